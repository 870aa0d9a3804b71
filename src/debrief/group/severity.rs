//! Severity as it was called against as it was, with what could be known at that moment.

use super::drills::{Group, One};
use super::model::{Callers, Confusion, FEW};
use crate::engine::Answer;
use crate::scenario::{Ask, LevelId, QuestionId};
use crate::score::quadratic_kappa;
use crate::speech::label;

/// A call: the true level, and the called one; none for too early to tell.
type Call = (LevelId, Option<LevelId>);

/// The picture; none where severity was not asked, or too few called it.
pub(super) fn confusion(group: &Group<'_>) -> Option<Confusion> {
    let mut people: Vec<Call> = Vec::new();
    let mut teams: Vec<Call> = Vec::new();
    for one in &group.drills {
        for (id, truth) in asked(group, one) {
            let last = one.last(id).and_then(|(answer, _)| called(answer));
            teams.extend(last.map(|called| (truth, called)));
            let votes = one.votes(group, id);
            let votes = votes.iter().filter_map(|given| called(given.answer?));
            people.extend(votes.map(|called| (truth, called)));
        }
    }
    if group.alone() {
        people = std::mem::take(&mut teams);
    }
    match (people.len() >= FEW, teams.is_empty()) {
        (true, _) => Some(counted(levels(group), &people, Callers::People)),
        (false, false) => Some(counted(levels(group), &teams, Callers::Teams)),
        (false, true) => None,
    }
}

/// The questions of a drill that asked for the severity, each with the level that was true then.
fn asked(group: &Group<'_>, one: &One<'_>) -> Vec<(QuestionId, LevelId)> {
    let mut asked = Vec::new();
    for id in one.played.sittings.keys() {
        let question = group.scenario.question(*id);
        if !matches!(&question.ask, Ask::Categorize(spec) if spec.severity) {
            continue;
        }
        let truth = one.settled(group.scenario, *id).and_then(|(_, truth)| truth);
        let truth = truth.and_then(|truth| group.scenario.truth[truth.at()].category.as_ref()?.severity);
        asked.extend(truth.map(|level| (*id, level)));
    }
    asked
}

fn called(answer: &Answer) -> Option<Option<LevelId>> {
    if let Answer::Category(category) = answer {
        (category.too_early || category.severity.is_some()).then_some(category.severity)
    } else {
        None
    }
}

fn levels(group: &Group<'_>) -> Vec<String> {
    let rows = 0..group.scenario.severities.len();
    rows.map(|row| label(&group.scenario.severity(LevelId::of(row)))).collect()
}

fn counted(levels: Vec<String>, calls: &[Call], of: Callers) -> Confusion {
    let mut cells = vec![vec![0; levels.len()]; levels.len()];
    let (mut truths, mut heard) = (Vec::new(), Vec::new());
    let [mut exact, mut over, mut under, mut too_early] = [0; 4];
    for (truth, called) in calls {
        let Some(called) = called else {
            too_early += 1;
            continue;
        };
        let (row, column) = (truth.at(), called.at());
        if let Some(cell) = cells.get_mut(row).and_then(|row: &mut Vec<u32>| row.get_mut(column)) {
            *cell += 1;
        }
        match column.cmp(&row) {
            std::cmp::Ordering::Equal => exact += 1,
            std::cmp::Ordering::Greater => over += 1,
            std::cmp::Ordering::Less => under += 1,
        }
        truths.push(truth.0);
        heard.push(called.0);
    }
    // A few calls agree, or do not, by chance.
    let kappa = if truths.len() < FEW { None } else { quadratic_kappa(&truths, &heard) };
    Confusion { of, levels, cells, exact, over, under, too_early, kappa }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_the_kappa_counted_out() {
        let truth = [0, 1, 2, 3, 4, 5, 2, 3];
        let called = [0, 1, 3, 3, 4, 4, 1, 5];
        let calls: Vec<Call> = truth
            .iter()
            .zip(called)
            .map(|(truth, called)| (LevelId(*truth), Some(LevelId(called))))
            .collect();
        let levels: Vec<String> = (0..6).map(|n| n.to_string()).collect();
        let told = counted(levels, &calls, Callers::People);
        assert_eq!(told.kappa, Some(8_250));
        assert_eq!((told.exact, told.over, told.under, told.too_early), (4, 2, 2, 0));
        assert_eq!((told.cells[2][3], told.cells[2][1], told.cells[3][5], told.cells[5][4]), (1, 1, 1, 1));
    }

    #[test]
    fn too_early_to_tell_is_no_level() {
        let told = counted(vec!["low".into()], &[(LevelId(0), None)], Callers::Teams);
        assert_eq!((told.too_early, told.kappa, told.exact), (1, None, 0));
        let three = [(0, 0), (1, 1), (1, 0)].map(|(truth, called)| (LevelId(truth), Some(LevelId(called))));
        let told = counted(vec!["low".into(), "high".into()], &three, Callers::Teams);
        assert_eq!((told.exact, told.kappa), (2, None), "of three calls no coefficient is told");
    }
}
