//! How the stages went, as computed and as it was seen; and where the gauges ended.

use super::super::build::sum;
use super::super::build::teller::Teller;
use super::super::happened::Good;
use super::super::model::Sum;
use super::super::otherwise::LineEnd;
use super::drills::{Group, One};
use super::model::{FEW, GroupDecision, GroupGauge, GroupStage, StageMark, TeamEnd};
use crate::room::TeamId;
use crate::scenario::{Direction, Stage};
use crate::score::{Bands, Rating, Tally};

pub(super) fn stages(group: &Group<'_>, decisions: &[GroupDecision]) -> Vec<GroupStage> {
    Stage::ALL.map(|stage| one(group, decisions, stage)).to_vec()
}

fn one(group: &Group<'_>, decisions: &[GroupDecision], stage: Stage) -> GroupStage {
    let tally = |one: &One<'_>| {
        let of = one.score.stages.iter().find(|of| of.stage == stage);
        of.map_or_else(Tally::default, |of| of.tally)
    };
    let all: Tally = group.drills.iter().map(tally).sum();
    let all = if group.few() { Tally::default() } else { all };
    let teams = if group.alone() { &[][..] } else { &group.drills };
    GroupStage {
        label: stage.label().into(),
        items: u16::try_from(decisions.iter().filter(|d| d.stage == stage.label()).count())
            .unwrap_or(u16::MAX),
        whole: mark(group, None, stage, all),
        teams: teams.iter().map(|one| mark(group, Some(one.team), stage, tally(one))).collect(),
    }
}

fn mark(group: &Group<'_>, team: Option<TeamId>, stage: Stage, tally: Tally) -> StageMark {
    let computed = rate(tally);
    let marked = group.room.marks.get(&(team, stage)).copied();
    StageMark {
        team: team.map(|team| team.0),
        points: sum(tally),
        rating: computed.map(Into::into),
        marked: marked.map(Into::into),
        weaker: computed.zip(marked).map(|(computed, marked)| step(marked) - step(computed)),
    }
}

/// As the score rates a stage; where one could only do harm, harm was done.
fn rate(tally: Tally) -> Option<Rating> {
    let harmed = (tally.earned.0 < 0).then_some(Rating::Unable);
    tally.percent().map(|percent| Bands::default().rate(percent)).or(harmed)
}

const fn step(rating: Rating) -> i8 {
    match rating {
        Rating::Performed => 0,
        Rating::Some => 1,
        Rating::Major => 2,
        Rating::Unable => 3,
    }
}

/// Points of all drills; none where that would tell what single people earned.
pub(super) fn points(group: &Group<'_>) -> Option<Sum> {
    (!group.few()).then(|| sum(group.drills.iter().map(|one| one.score.decisions).sum::<Tally>()))
}

pub(super) fn gauges(
    group: &Group<'_>,
    teller: &Teller<'_>,
    (best, worst): (Option<&LineEnd>, Option<&LineEnd>),
) -> Vec<GroupGauge> {
    let mut told = Vec::new();
    for (row, gauge) in group.scenario.gauges.iter().enumerate() {
        let reads = |one: &One<'_>| one.score.outcome.get(row).map_or(gauge.start, |outcome| outcome.end);
        let ends: Vec<i64> = group.drills.iter().map(reads).collect();
        let name = gauge.name.to_string();
        let line = |line: Option<&LineEnd>| {
            line.and_then(|line| line.gauges.iter().find(|course| course.name == name))
                .map(|course| course.end)
        };
        let teams = group.drills.iter().zip(&ends).filter(|_| !group.alone());
        told.push(GroupGauge {
            label: teller.fill(&gauge.label),
            unit: teller.fill(&gauge.unit),
            good: match gauge.good {
                Direction::Low => Good::Low,
                Direction::High => Good::High,
            },
            hidden: gauge.hidden,
            start: gauge.start,
            ends: teams.map(|(one, reads)| TeamEnd { team: one.team.0, reads: *reads }).collect(),
            quarters: quarters(ends).filter(|_| group.alone()),
            best: line(best),
            worst: line(worst),
            name,
        });
    }
    told
}

/// The lower quarter, the middle, the upper quarter; none of few.
fn quarters(mut values: Vec<i64>) -> Option<[i64; 3]> {
    if values.len() < FEW {
        return None;
    }
    values.sort_unstable();
    let last = values.len() - 1;
    Some([last / 4, last / 2, last - last / 4].map(|row| values[row]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_readings_that_were_and_of_few_there_are_none() {
        assert_eq!(quarters(vec![5, 1, 4, 2, 3]), Some([2, 3, 4]));
        assert_eq!(quarters(vec![1, 2, 3, 4]), None);
    }
}
