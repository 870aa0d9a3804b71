//! Every decision over everybody who was asked for it, and the decisions as items of a test.

use std::collections::BTreeMap;

use super::super::build::decisions::standing;
use super::super::build::sum;
use super::super::build::teller::Teller;
use super::super::decision::{Decision, Of, Pick};
use super::super::model::{Debrief, Moment};
use super::answers::{count, counted, done, says, told};
use super::drills::{Given, Group, One};
use super::model::{Answers, Decided, FEW, GroupDecision, MANY, Test};
use crate::scenario::{Ask, QuestionId, SeatSet};
use crate::score::{Item, ItemOf, Tally, cronbach_alpha, item_rest_correlation};

/// All decisions, with the reference account of each.
pub(super) fn decisions(
    group: &Group<'_>,
    teller: &Teller<'_>,
    (accounts, told): (&BTreeMap<ItemOf, Decision>, &[(usize, Debrief)]),
) -> (Vec<GroupDecision>, Test) {
    let matrix = Matrix::of(group);
    let mut all = Vec::new();
    for (row, (of, asked)) in group.items.iter().enumerate() {
        let Some(account) = accounts.get(of) else { continue };
        let decision = decision(group, teller, (*of, account, told), teller.moment(*asked));
        let discrimination = matrix.discrimination(*of);
        let number = u16::try_from(row + 1).unwrap_or(u16::MAX);
        all.push(GroupDecision { number, discrimination, ..decision });
    }
    (all, matrix.test())
}

fn decision(
    group: &Group<'_>,
    teller: &Teller<'_>,
    (of, account, debriefs): (ItemOf, &Decision, &[(usize, Debrief)]),
    asked: Moment,
) -> GroupDecision {
    let drills: Vec<(&One<'_>, &Item)> =
        group.drills.iter().filter_map(|one| Some((one, one.item(of)?))).collect();
    let enough = !group.alone() || drills.len() >= FEW;
    let (answers, decided) = match group.alone() {
        true => (alone(teller, of, &drills), Vec::new()),
        false => together(group, teller, (of, debriefs), &drills),
    };
    GroupDecision {
        number: 0,
        of: account.of,
        name: account.name.clone(),
        stage: account.stage.clone(),
        seats: account.seats.clone(),
        title: account.title.clone(),
        asked,
        drills: count(drills.len()),
        answers,
        decided,
        points: enough.then(|| sum(drills.iter().map(|(_, item)| item.tally).sum::<Tally>())),
        difficulty: mean(drills.iter().map(|(_, item)| item.credit.0)).filter(|_| enough),
        discrimination: None,
        best: best(group, of, account, debriefs),
        why: account.why.clone(),
        source: account.source.clone(),
    }
}

/// What was best. Where one thing was to be said, what was best may differ from team to team, with what each
/// could know by then: then all of it.
fn best(group: &Group<'_>, of: ItemOf, decision: &Decision, debriefs: &[(usize, Debrief)]) -> Vec<Pick> {
    if decision.best.is_empty() && decision.of != Of::Question {
        return decision.chosen.clone();
    }
    let mut best = decision.best.clone();
    let one = |id: QuestionId| {
        let ask = &group.scenario.question(id).ask;
        matches!(ask, Ask::Triage(_) | Ask::ChooseOne | Ask::Categorize(_))
    };
    if matches!(of, ItemOf::Question(id) if one(id)) && !group.alone() {
        let others = group.drills.iter().filter_map(|one| account(group, debriefs, one, of));
        for pick in others.flat_map(|other| &other.best) {
            if !best.iter().any(|known| known.says == pick.says) {
                best.push(pick.clone());
            }
        }
    }
    best
}

/// The answers of everybody who played alone.
fn alone(teller: &Teller<'_>, of: ItemOf, drills: &[(&One<'_>, &Item)]) -> Answers {
    let given: Vec<Given<'_>> = drills.iter().filter_map(|(one, item)| one.given(item)).collect();
    match of {
        ItemOf::Question(id) => told(teller, id, &given, drills.len()),
        ItemOf::Action(_) | ItemOf::Checkpoint(_) | ItemOf::Duty(_) => done(&given, drills.len()),
    }
}

/// The votes of all teams, and what each team decided.
fn together(
    group: &Group<'_>,
    teller: &Teller<'_>,
    (of, debriefs): (ItemOf, &[(usize, Debrief)]),
    drills: &[(&One<'_>, &Item)],
) -> (Answers, Vec<Decided>) {
    let lone: Vec<Given<'_>> = drills.iter().filter_map(|(one, item)| one.lone(group, item)).collect();
    let votes: Vec<(Vec<Given<'_>>, usize)> =
        drills.iter().map(|(one, item)| votes(group, one, item)).collect();
    // What the room said less what one team said is what the other said: none is told where one is too small.
    let apart = votes.iter().all(|(votes, _)| votes.is_empty() || votes.len() >= FEW);
    let mut decided = Vec::new();
    for ((one, item), (votes, asked)) in drills.iter().zip(&votes) {
        let votes = match of {
            ItemOf::Question(id) if apart => told(teller, id, votes, *asked),
            ItemOf::Question(_) | ItemOf::Action(_) | ItemOf::Checkpoint(_) | ItemOf::Duty(_) => {
                counted(votes, *asked)
            }
        };
        let at = account(group, debriefs, one, of).map(|decision| decision.at.clone());
        decided.push(of_team(teller, one, item, (at.unwrap_or_default(), votes)));
    }
    let mut all: Vec<Given<'_>> = votes.iter().flat_map(|(votes, _)| votes.iter().copied()).collect();
    let voted = all.len();
    all.extend(&lone);
    let asked = votes.iter().map(|(_, asked)| asked).sum::<usize>() + lone.len();
    let answers = match of {
        // What one answered alone is told with the team: less that, the sums would tell what few others voted for.
        ItemOf::Question(id) if voted == 0 || voted >= FEW => told(teller, id, &all, asked),
        ItemOf::Question(_) => counted(&all, asked),
        ItemOf::Action(_) | ItemOf::Checkpoint(_) | ItemOf::Duty(_) => {
            let did: Vec<Given<'_>> = drills.iter().filter_map(|(one, item)| one.given(item)).collect();
            counted(&did, drills.len())
        }
    };
    (answers, decided)
}

/// The votes of a team, and how many were asked for one: nobody where one alone could answer, and did.
fn votes<'r>(group: &Group<'r>, one: &One<'r>, item: &Item) -> (Vec<Given<'r>>, usize) {
    let ItemOf::Question(id) = item.of else { return (Vec::new(), 0) };
    if one.lone(group, item).is_some() {
        return (Vec::new(), 0);
    }
    let votes = one.votes(group, id);
    let seats: SeatSet = group.scenario.question(id).seats;
    let asked = group.asked(one, seats, votes.len());
    (votes, asked)
}

/// What the debrief of a team's own drill says of a decision.
fn account<'d>(
    group: &Group<'_>,
    debriefs: &'d [(usize, Debrief)],
    one: &One<'_>,
    of: ItemOf,
) -> Option<&'d Decision> {
    let (_, debrief) = debriefs.iter().find(|(row, _)| group.drills[*row].team == one.team)?;
    debrief.decisions.get(one.score.items.iter().position(|item| item.of == of)?)
}

fn of_team(teller: &Teller<'_>, one: &One<'_>, item: &Item, (at, votes): (Moment, Answers)) -> Decided {
    let reply =
        if let ItemOf::Question(id) = item.of { one.last(id).map(|(answer, _)| (id, answer)) } else { None };
    Decided {
        team: one.team.0,
        at,
        says: reply.map_or_else(String::new, |(id, answer)| says(teller, id, answer)),
        standing: standing(item.standing),
        seconds: item.decided.map(|at| at.since(item.asked).0),
        confidence: item.confidence,
        credit: item.credit.0,
        points: sum(item.tally),
        votes,
    }
}

/// The mean, to the nearest; halves away from zero.
fn mean(values: impl Iterator<Item = i32>) -> Option<i32> {
    let (mut sum, mut many) = (0_i64, 0_i64);
    for value in values {
        (sum, many) = (sum + i64::from(value), many + 1);
    }
    let rounded = (sum.abs() * 2 + many).checked_div(many * 2)?;
    i32::try_from(rounded * sum.signum()).ok()
}

/// Credits by drill and item, of the items that every drill was scored on.
struct Matrix {
    items: Vec<ItemOf>,
    rows: Vec<Vec<i64>>,
    drills: usize,
}

impl Matrix {
    fn of(group: &Group<'_>) -> Self {
        let everywhere = |of: &ItemOf| group.drills.iter().all(|one| one.item(*of).is_some());
        let items: Vec<ItemOf> = group.items.iter().map(|(of, _)| *of).filter(everywhere).collect();
        let credit = |one: &One<'_>, of: &ItemOf| one.item(*of).map_or(0, |item| i64::from(item.credit.0));
        let row = |one: &One<'_>| items.iter().map(|of| credit(one, of)).collect();
        let rows =
            if group.drills.len() >= MANY { group.drills.iter().map(row).collect() } else { Vec::new() };
        Self { rows, drills: group.drills.len(), items }
    }

    fn discrimination(&self, of: ItemOf) -> Option<i64> {
        item_rest_correlation(&self.rows, self.items.iter().position(|item| *item == of)?)
    }

    fn test(&self) -> Test {
        Test { drills: count(self.drills), items: count(self.items.len()), alpha: cronbach_alpha(&self.rows) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_like_a_score() {
        assert_eq!(mean([10_000, 0, 5_000].into_iter()), Some(5_000));
        assert_eq!(mean([-1, 0].into_iter()), Some(-1));
        assert_eq!(mean([1, 1, 0].into_iter()), Some(1));
        assert_eq!(mean(std::iter::empty()), None);
    }
}
