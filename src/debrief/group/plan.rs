//! What went well, what did not, what to do about it, and what was said of it.

use tr::tr;

use super::super::build::opening::{nothing_judged, quote};
use super::super::build::teller::Teller;
use super::super::decision::{Of, Pick};
use super::super::model::{Opening, Rating};
use super::super::render::plain;
use super::super::words::{capital, out_of, percent};
use super::after::{Finding, GroupReflection, HotWash, PlanRow, Said};
use super::answers::count;
use super::drills::Group;
use super::model::{FEW, GroupAbout, GroupDecision, GroupSheet, GroupStage, TeamTold};
use crate::engine::Answer;
use crate::room::Identity;
use crate::scenario::{Ask, QuestionId, clean};
use crate::speech::label;

/// No more than so many stages and so many decisions are named, at either end.
const NAMED: usize = 3;

/// From how many percent of its points on a decision is a strength, and below how many an area for improvement.
const STRONG: u8 = 80;
const WEAK: u8 = 65;

fn share(decision: &GroupDecision) -> Option<u8> {
    decision.points.and_then(|points| points.percent)
}

/// Decisions below the mark, what cost most first.
fn weakest(decisions: &[GroupDecision]) -> Vec<&GroupDecision> {
    let lost = |d: &&GroupDecision| d.points.map_or(0, |points| points.possible - points.earned);
    let weak = |d: &&GroupDecision| share(d).map_or(lost(d) > 0, |share| share < WEAK);
    let mut weak: Vec<&GroupDecision> = decisions.iter().filter(weak).collect();
    weak.sort_by_key(|d| std::cmp::Reverse(lost(d)));
    weak.truncate(NAMED);
    weak
}

fn strongest(decisions: &[GroupDecision]) -> Vec<&GroupDecision> {
    let earned = |d: &&GroupDecision| d.points.map_or(0, |points| points.earned);
    let strong = |d: &&GroupDecision| share(d).is_some_and(|share| share >= STRONG) && earned(d) > 0;
    let mut strong: Vec<&GroupDecision> = decisions.iter().filter(strong).collect();
    strong.sort_by_key(|d| std::cmp::Reverse((share(d), earned(d))));
    strong.truncate(NAMED);
    strong
}

/// What went well.
pub(super) fn strengths(stages: &[GroupStage], decisions: &[GroupDecision]) -> Vec<Finding> {
    let rated = |stage: &&GroupStage| stage.whole.rating == Some(Rating::P);
    let mut best: Vec<&GroupStage> = stages.iter().filter(rated).collect();
    best.sort_by_key(|stage| std::cmp::Reverse(stage.whole.points.percent));
    best.truncate(NAMED);
    let stages = best.into_iter().map(of_stage);
    stages.chain(strongest(decisions).into_iter().map(of_decision)).collect()
}

/// What did not.
pub(super) fn areas(stages: &[GroupStage], decisions: &[GroupDecision]) -> Vec<Finding> {
    let rated = |stage: &&GroupStage| matches!(stage.whole.rating, Some(Rating::M | Rating::U));
    let mut worst: Vec<&GroupStage> = stages.iter().filter(rated).collect();
    worst.sort_by_key(|stage| stage.whole.points.percent);
    worst.truncate(NAMED);
    let stages = worst.into_iter().map(of_stage);
    stages.chain(weakest(decisions).into_iter().map(of_decision)).collect()
}

fn of_stage(stage: &GroupStage) -> Finding {
    let name = capital(&label(&stage.label));
    let rating = stage.whole.rating.map(|rating| rating.shown(", ")).unwrap_or_default();
    let says = match stage.whole.points.percent {
        Some(share) => tr!("{0}: {1}, {2} of the points", name, rating, percent(share)),
        None => format!("{name}: {rating}"),
    };
    Finding { stage: stage.label.clone(), decision: None, says }
}

fn of_decision(decision: &GroupDecision) -> Finding {
    Finding { stage: decision.stage.clone(), decision: Some(decision.number), says: seen(decision) }
}

/// A decision in a sentence: what share of its points it earned.
fn seen(decision: &GroupDecision) -> String {
    let title = quote(&capital(&decision.title));
    let harm = decision.points.filter(|points| points.earned < 0);
    match (share(decision), harm) {
        // Less than nothing is no share.
        (_, Some(points)) => tr!("No. {0}, {1}: {2}", decision.number, title, out_of(points)),
        (Some(share), None) => {
            tr!("No. {0}, {1}: {2} of the points", decision.number, title, percent(share))
        }
        (None, None) => tr!("No. {0}, {1}", decision.number, title),
    }
}

/// The improvement plan: the weakest decisions with what was stronger, then the script's own proposals.
pub(super) fn plan(group: &Group<'_>, teller: &Teller<'_>, decisions: &[GroupDecision]) -> Vec<PlanRow> {
    let weak = weakest(decisions);
    let row =
        |d: &&GroupDecision| PlanRow { capability: d.stage.clone(), issue: seen(d), action: stronger(d) };
    let mut rows: Vec<PlanRow> = weak.iter().map(row).collect();
    let improvements = group.scenario.wash.improvements.iter();
    rows.extend(improvements.map(|improvement| PlanRow {
        capability: improvement.stage.label().into(),
        issue: String::new(),
        action: teller.line(&improvement.says),
    }));
    rows
}

fn stronger(decision: &GroupDecision) -> String {
    let best = joined(&decision.best);
    match (decision.of, best.is_empty()) {
        (Of::Question, false) => tr!("Practise what was stronger: {}", quote(&best)),
        (Of::Question, true) => tr!("Talk through what was stronger"),
        (Of::Action | Of::Checkpoint | Of::Duty, _) => {
            tr!("Practise it: {}", quote(&capital(&plain(&decision.title))))
        }
    }
}

/// What was best, on one line.
fn joined(best: &[Pick]) -> String {
    best.iter().map(|pick| plain(&pick.says)).collect::<Vec<_>>().join("; ")
}

/// Three sentences for a tired person; `whole` is whether every drill came to its end.
pub(super) fn opening(
    sheet: &GroupSheet,
    teams: &[TeamTold],
    decisions: &[GroupDecision],
    whole: bool,
) -> Opening {
    let best = strongest(decisions);
    let best = match best.first() {
        Some(decision) => tr!("What went best: {}.", seen(decision)),
        None if sheet.few => {
            tr!("What went best stands in each person's own debrief, for so few are not broken down.")
        }
        None if !whole => tr!("What went best: nothing stands out yet, for not every drill came to its end."),
        None => tr!("What went best: everybody stayed with it to the end."),
    };
    let weak = weakest(decisions);
    let change = match weak.first().map(|decision| (decision, joined(&decision.best))) {
        Some((decision, stronger)) if stronger.is_empty() => tr!("Change one thing: {}.", seen(decision)),
        Some((decision, stronger)) => {
            tr!(
                "Change one thing: {0}; {1} was stronger.",
                seen(decision),
                quote(stronger.trim_end_matches('.'))
            )
        }
        None if sheet.few => tr!("Change one thing: let the hot wash say which."),
        None if !whole => nothing_judged(),
        None => tr!("Change one thing: take a harder script, for this one was mastered."),
    };
    Opening { happened: happened(sheet, teams), best, change }
}

fn happened(sheet: &GroupSheet, teams: &[TeamTold]) -> String {
    let people = tr!("1 person" | "{n} people" % sheet.people as usize);
    let drills = sheet.drills as usize;
    let good = teams.iter().filter(|team| team.ending.as_ref().is_some_and(|ending| ending.good)).count();
    match teams {
        [] if drills == 0 => tr!("{} came, and no drill was begun.", people),
        [] => tr!(
            "{0} took part, each in a drill of their own: {1}, of which {2} came to ENDEX.",
            people,
            tr!("1 drill" | "{n} drills" % drills),
            sheet.ended
        ),
        [only] => {
            let title = only.ending.as_ref().map(|ending| ending.title.trim_end_matches(['.', '!']));
            match title {
                Some(title) => tr!("{0} played as one team, and it ended so: {1}.", people, title),
                None => tr!("{} played as one team, and the drill is not over.", people),
            }
        }
        _ => tr!("{0} played in {1} teams; {2} of them came to a good end.", people, teams.len(), good),
    }
}

/// The questions of the hot wash with what was said; under names only where they are the people's own, for the trainer.
pub(super) fn hot_wash(group: &Group<'_>, teller: &Teller<'_>, about: &GroupAbout) -> Vec<HotWash> {
    let named = about.names && group.room.terms.identity == Identity::Named;
    let asked = &group.scenario.wash.questions;
    let last = group.room.washed.keys().map(|(_, row)| usize::from(*row) + 1).max().unwrap_or(0);
    let rows = 0..asked.len().max(last);
    let wash = |row: usize| {
        let here = group.room.washed.iter().filter(|((_, of), _)| usize::from(*of) == row);
        let said = here.map(|((member, _), washed)| Said {
            says: clean(&washed.says),
            by: group.room.member(*member).filter(|_| named).map(|member| clean(&member.name)),
        });
        let mut said: Vec<Said> = said.filter(|said| !said.says.trim().is_empty()).collect();
        // The order in which people came would tell who they are.
        said.sort();
        HotWash { asked: asked.get(row).map(|asked| teller.line(asked)).unwrap_or_default(), said }
    };
    rows.map(wash).filter(|wash| !wash.asked.is_empty() || !wash.said.is_empty()).collect()
}

/// What people were asked to reflect on, and how many did.
pub(super) fn reflections(group: &Group<'_>, teller: &Teller<'_>) -> Vec<GroupReflection> {
    let mut told = Vec::new();
    for (row, question) in group.scenario.questions.iter().enumerate() {
        let (id, Ask::Reflect { key_points }) = (QuestionId::of(row), &question.ask) else { continue };
        let drills = group.drills.iter().filter(|one| one.played.sittings.contains_key(&id));
        let (mut texts, mut asked): (Vec<&Answer>, usize) = (Vec::new(), 0);
        for one in drills {
            if group.alone() {
                asked += 1;
                texts.extend(one.last(id).map(|(answer, _)| answer));
            } else {
                let votes = one.votes(group, id);
                let lone = one.last(id).filter(|_| votes.is_empty());
                asked += if lone.is_some() { 1 } else { group.asked(one, question.seats, votes.len()) };
                texts.extend(votes.iter().filter_map(|given| given.answer));
                texts.extend(lone.map(|(answer, _)| answer));
            }
        }
        if asked == 0 {
            continue;
        }
        let mut words: Vec<String> = texts.iter().filter_map(|answer| text(answer)).collect();
        words.sort();
        let enough = words.len() >= FEW;
        told.push(GroupReflection {
            asked: teller.line(&question.says),
            count: count(words.len()),
            of: count(asked),
            key_points: key_points.iter().map(|point| teller.line(point)).collect(),
            words: if enough { words } else { Vec::new() },
        });
    }
    told
}

fn text(answer: &Answer) -> Option<String> {
    let text = if let Answer::Text(text) = answer { clean(text) } else { return None };
    (!text.trim().is_empty()).then_some(text)
}
