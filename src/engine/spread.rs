//! What goes on by itself: spreads, and what of a script is not part of a drill.
//!
//! A spread begins once, takes its steps on a grid of its own (start, `first`,
//! then every `every`, each with its own jitter), leaves out those whose
//! condition does not hold, and is contained for good as soon as its `unless`
//! holds or an effect stops it, even before it began. Whoever finishes at the
//! very moment of a step comes before it.

use super::agenda::Item;
use super::chance::Stream;
use super::fact::{SpreadStep, What};
use super::happen::Moment;
use crate::scenario::{EvidenceId, SimTime, Spread, SpreadId, SpreadStart};

/// Where a spread stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spreading {
    /// It has not begun.
    Idle,
    /// It goes on.
    On {
        /// Since when.
        since: SimTime,
        /// How many steps were due so far.
        tried: u16,
        /// How many steps it took.
        went: u16,
        /// When the next is due.
        due: SimTime,
    },
    /// It took its last step.
    Spent,
    /// It was contained, for good.
    Contained,
    /// It is not part of this drill.
    Absent,
}

impl Spreading {
    /// When its next step is due.
    pub(super) const fn due(self) -> Option<SimTime> {
        match self {
            Self::On { due, .. } => Some(due),
            Self::Idle | Self::Spent | Self::Contained | Self::Absent => None,
        }
    }

    pub(super) fn take(&mut self, at: SimTime, step: SpreadStep) {
        *self = match (step, *self) {
            (SpreadStep::LeftOut, _) => Self::Absent,
            (SpreadStep::Began { due }, _) => Self::On { since: at, tried: 0, went: 0, due },
            (SpreadStep::Went { due: Some(due) }, Self::On { since, tried, went, .. }) => {
                Self::On { since, tried: tried.saturating_add(1), went: went.saturating_add(1), due }
            }
            (SpreadStep::Went { .. }, _) => Self::Spent,
            (SpreadStep::Waited { due: Some(due) }, Self::On { since, tried, went, .. }) => {
                Self::On { since, tried: tried.saturating_add(1), went, due }
            }
            (SpreadStep::Waited { .. }, _) => Self::Spent,
            (SpreadStep::Contained, _) => Self::Contained,
        };
    }
}

impl Moment<'_> {
    /// STARTEX: what is not part of this drill, and the spreads that begin with it.
    pub(super) fn open_world(&mut self) {
        let seed = self.settings().seed;
        let scenario = self.scenario;
        for (row, evidence) in scenario.evidence.iter().enumerate() {
            let key = evidence.name.as_str();
            if evidence.chance < 100 && !seed.percent(Stream::Evidence, key, evidence.chance) {
                self.fact(What::Absent(EvidenceId::of(row)));
            }
        }
        for (row, spread) in scenario.spreads.iter().enumerate() {
            let id = SpreadId::of(row);
            let key = spread.name.as_str();
            if spread.chance < 100 && !seed.percent(Stream::Spread, key, spread.chance) {
                self.spread(id, SpreadStep::LeftOut);
            } else if spread.start == SpreadStart::Startex {
                self.begin_spread(id);
            }
        }
    }

    fn spread(&mut self, spread: SpreadId, step: SpreadStep) {
        self.fact(What::Spread { spread, step });
    }

    /// Spreads whose next step is due, in the order of the script.
    pub(super) fn steps_due(&mut self) {
        let mut from = SpreadId(0);
        while let Some(Item::Step(spread)) = self.state.agenda.first(self.now, Item::Step(from)) {
            self.go_on(spread);
            from = SpreadId(spread.0 + 1);
        }
    }

    /// Sees whether a spread is contained, or begins.
    pub(super) fn see_spread(&mut self, id: SpreadId) {
        let spread = self.scenario.spread(id);
        let stands = self.state.spreads[id.at()];
        if !matches!(stands, Spreading::Idle | Spreading::On { .. }) {
        } else if spread.unless.as_ref().is_some_and(|unless| self.holds(unless)) {
            self.spread(id, SpreadStep::Contained);
        } else if let (Spreading::Idle, SpreadStart::When(start)) = (stands, &spread.start)
            && self.holds(start)
        {
            self.begin_spread(id);
        }
    }

    /// Starts a spread, unless it began or was contained before.
    pub(super) fn begin_spread(&mut self, id: SpreadId) {
        if self.state.spreads[id.at()] != Spreading::Idle {
            return;
        }
        let spread = self.scenario.spread(id);
        if spread.unless.as_ref().is_some_and(|unless| self.holds(unless)) {
            return self.spread(id, SpreadStep::Contained);
        }
        let due = self.step_due(spread, self.now, 0);
        self.spread(id, SpreadStep::Began { due });
        self.go_on(id);
    }

    /// Contains a spread.
    pub(super) fn stop_spread(&mut self, id: SpreadId) {
        if matches!(self.state.spreads[id.at()], Spreading::Idle | Spreading::On { .. }) {
            self.spread(id, SpreadStep::Contained);
        }
    }

    /// When the step that follows `tried` others is due.
    fn step_due(&self, spread: &Spread, since: SimTime, tried: u16) -> SimTime {
        let every = spread.every.map_or(0, |every| every.0).saturating_mul(tried.into());
        let jitter = match spread.jitter {
            SimTime::ZERO => 0,
            most => {
                let (seed, name) = (self.settings().seed, spread.name.as_str());
                seed.nth_up_to(Stream::Step, name, u32::from(tried) + 1, most.0)
            }
        };
        since + spread.first + SimTime(every) + SimTime(jitter)
    }

    /// Takes the step of a spread that is due, if one is.
    fn go_on(&mut self, id: SpreadId) {
        let scenario = self.scenario;
        let spread = scenario.spread(id);
        let Spreading::On { since, tried, went, due } = self.state.spreads[id.at()] else { return };
        if due > self.now || self.state.over() {
            return;
        }
        if spread.unless.as_ref().is_some_and(|unless| self.holds(unless)) {
            return self.spread(id, SpreadStep::Contained);
        }
        let next = spread.every.map(|_| self.step_due(spread, since, tried.saturating_add(1)));
        if self.holds(&spread.goes_while) {
            let last = spread.times.is_some_and(|times| went + 1 >= times);
            self.spread(id, SpreadStep::Went { due: next.filter(|_| !last) });
            self.follow(&spread.then);
        } else {
            self.spread(id, SpreadStep::Waited { due: next });
        }
    }
}
