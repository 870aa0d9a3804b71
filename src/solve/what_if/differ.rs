//! Two drills compared at ENDEX: points, gauges, ending, and what was asked.

use super::WhatIf;
use super::branch::Branch;
use super::forks::Stand;
use crate::engine::{Asked, EndCause, Fact, Phase, State};
use crate::scenario::{Direction, EndingId, GaugeId, QuestionId, Scenario, SimTime};
use crate::score::{Ledger, Points};

/// How a drill ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) earned: Points,
    pub(super) state: State,
}

/// What differs between the drill that was played and the one that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What the other drill earns.
    pub earned: Points,
    /// How much more that is; below zero if it is less.
    pub points: Points,
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
        Self { earned: stand.earned, state: stand.state }
    }

    pub(super) fn against(&self, other: &Self) -> Difference {
        let gauges = self.state.gauges.iter().zip(&other.state.gauges).enumerate();
        let asked = |state: &State, row: usize| state.questions[row] != Asked::Idle;
        let only = |one: &State, two: &State| {
            let rows = 0..one.questions.len();
            rows.filter(|row| asked(one, *row) && !asked(two, *row)).map(QuestionId::of).collect()
        };
        Difference {
            earned: other.earned,
            points: Points(other.earned.0 - self.earned.0),
            gauges: gauges
                .filter(|(_, (was, would))| was != would)
                .map(|(row, (was, would))| (GaugeId::of(row), *was, *would))
                .collect(),
            ending: ending(&other.state).filter(|_| ending(&other.state) != ending(&self.state)),
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
        Ends { earned: after.earned, state: after.state }
    }

    pub(super) fn new(scenario: &Scenario) -> Self {
        Self { state: State::new(scenario), ledger: Ledger::default(), earned: Points(0), facts: 0 }
    }

    /// One more fact.
    pub(super) fn take(&mut self, scenario: &Scenario, fact: &Fact) {
        let earned = &mut self.earned;
        self.ledger.enter(scenario, &self.state, fact, |gain| *earned += gain.points);
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

    /// How much better it is: points first, then the world.
    #[must_use]
    pub fn rank(&self, scenario: &Scenario) -> (Points, i64) {
        (self.points, self.world(scenario))
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

const fn ending(state: &State) -> Option<(EndCause, EndingId)> {
    if let Phase::Over(cause, ending) = state.phase { Some((cause, ending)) } else { None }
}
