//! Two drills compared at ENDEX: points, gauges, ending, and what was asked.

use super::WhatIf;
use super::branch::Branch;
use super::forks::Stand;
use crate::engine::{Asked, EndCause, Fact, Phase, State};
use crate::scenario::{Direction, EndingId, GaugeId, QuestionId, Scenario, SimTime};
use crate::score::{ItemOf, Ledger, Points};

/// How a drill ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) earned: Points,
    pub(super) by_question: Vec<Points>,
    pub(super) state: State,
}

/// What differs between the drill that was played and the one that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the other drill earns.
    pub earned: Points,
    /// How much more that is; below zero if it is less.
    pub points: Points,
    /// How much more it earns on what both drills have in common: without the questions that only
    /// one of them asked. A choice is not better because it leads to more questions.
    pub alike: Points,
    /// Gauges that end otherwise: which, what it read, what it would have read.
    pub gauges: Vec<(GaugeId, i64, i64)>,
    /// How it would have ended, and what would have brought ENDEX, if that differs.
    pub ending: Option<(EndCause, EndingId)>,
    /// When it would have ended.
    pub endex: SimTime,
    /// Questions that would have been asked and were not.
    pub asked: Vec<QuestionId>,
    /// Questions that were asked and would not have been.
    pub never: Vec<QuestionId>,
}

impl Ends {
    pub(super) fn of(scenario: &Scenario, facts: &[Fact]) -> Self {
        let mut stand = Stand::new(scenario);
        for fact in facts {
            stand.take(scenario, fact);
        }
        stand.over()
    }

    pub(super) fn against(&self, other: &Self) -> Difference {
        let gauges = self.state.gauges.iter().zip(&other.state.gauges).enumerate();
        let asked = |state: &State, row: usize| state.questions[row] != Asked::Idle;
        let only = |one: &State, two: &State| {
            let rows = 0..one.questions.len();
            rows.filter(|row| asked(one, *row) && !asked(two, *row)).map(QuestionId::of).collect()
        };
        let alike = |ends: &Self, other: &Self| {
            let alone = (0..ends.by_question.len()).filter(|row| !asked(&other.state, *row));
            ends.earned.0 - alone.map(|row| ends.by_question[row].0).sum::<i64>()
        };
        Difference {
            earned: other.earned,
            points: Points(other.earned.0 - self.earned.0),
            alike: Points(alike(other, self) - alike(self, other)),
            gauges: gauges
                .filter(|(_, (was, would))| was != would)
                .map(|(row, (was, would))| (GaugeId::of(row), *was, *would))
                .collect(),
            ending: ending(&other.state).filter(|would| otherwise(ending(&self.state), *would)),
            endex: other.state.at,
            asked: only(&other.state, &self.state),
            never: only(&self.state, &other.state),
        }
    }
}

impl Stand {
    /// How the branch from here ends.
    pub(super) fn ends(&self, drill: &WhatIf<'_>, branch: &Branch<'_>) -> Ends {
        let mut after = self.clone();
        for fact in &branch.facts {
            after.take(drill.scenario, fact);
        }
        after.over()
    }

    fn over(self) -> Ends {
        Ends { earned: self.earned, by_question: self.by_question, state: self.state }
    }

    pub(super) fn new(scenario: &Scenario) -> Self {
        let by_question = vec![Points(0); scenario.questions.len()];
        Self {
            state: State::new(scenario),
            ledger: Ledger::default(),
            earned: Points(0),
            by_question,
            facts: 0,
        }
    }

    /// One more fact.
    pub(super) fn take(&mut self, scenario: &Scenario, fact: &Fact) {
        let (earned, by_question) = (&mut self.earned, &mut self.by_question);
        self.ledger.enter(scenario, &self.state, fact, |gain| {
            *earned += gain.points;
            if let ItemOf::Question(id) = gain.of {
                by_question[id.at()] += gain.points;
            }
        });
        self.state.apply(fact);
        self.facts += 1;
    }
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.points == Points(0)
            && self.gauges.is_empty()
            && self.ending.is_none()
            && self.asked.is_empty()
            && self.never.is_empty()
    }

    /// How much better it is: what is [better](Self::better) first, then points on what both drills
    /// have in common, then the world.
    #[must_use]
    pub fn rank(&self, scenario: &Scenario) -> (bool, Points, i64) {
        let world = self.world(scenario);
        (self.betters(world), self.alike, world)
    }

    /// Whether it is better: more points on what both drills have in common and no worse a world,
    /// or as many and a better one.
    #[must_use]
    pub fn better(&self, scenario: &Scenario) -> bool {
        self.betters(self.world(scenario))
    }

    fn betters(&self, world: i64) -> bool {
        world >= 0 && (self.alike, world) > (Points(0), 0)
    }

    /// How many gauges end better, less those that end worse; a good ending counts like ten.
    #[must_use]
    pub fn world(&self, scenario: &Scenario) -> i64 {
        let gauge = |(id, was, would): &(GaugeId, i64, i64)| match scenario.gauges[id.at()].good {
            Direction::Low => (was - would).signum(),
            Direction::High => (would - was).signum(),
        };
        let gauges: i64 = self.gauges.iter().map(gauge).sum();
        let good = |ending: EndingId| if scenario.endings[ending.at()].good { 10 } else { -10 };
        gauges + self.ending.map_or(0, |(_, ending)| good(ending))
    }
}

/// Whether it ends otherwise. Who breaks off here breaks off there, and what would have come of it is
/// not known; what brings ENDEX makes no other ending of it.
fn otherwise(was: Option<(EndCause, EndingId)>, (cause, would): (EndCause, EndingId)) -> bool {
    cause != EndCause::Asked && was.is_none_or(|(by, ending)| by == EndCause::Asked || ending != would)
}

const fn ending(state: &State) -> Option<(EndCause, EndingId)> {
    if let Phase::Over(cause, ending) = state.phase { Some((cause, ending)) } else { None }
}
