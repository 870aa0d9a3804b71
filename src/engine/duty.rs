//! Duties: clocks that start with a fact and are met, in time, late, or not.
//!
//! A clock starts as soon as its `starts` holds. What meets it may happen
//! before that, and then counts. At its deadline it is missed unless what
//! meets it has happened by then; it may still be met late. What a trainee
//! declares changes nothing of this.

use super::agenda::Item;
use super::fact::{DutyStep, What};
use super::happen::Moment;
use crate::scenario::{Calendar, Deadline, DutyId, SimTime};

/// Where a duty stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owed {
    /// Its clock.
    pub clock: DutyClock,
    /// Whether the trainee declared its start.
    pub declared: bool,
}

/// The clock of a duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyClock {
    /// It has not started.
    #[default]
    Idle,
    /// It was met before it started.
    Early,
    /// It runs until then.
    Running(SimTime),
    /// It started, and was met in time.
    Met,
    /// The deadline passed.
    Missed,
    /// It was met after the deadline.
    Late,
}

impl Owed {
    pub(super) fn take(&mut self, step: DutyStep) {
        match (step, self.clock) {
            (DutyStep::Started { .. }, DutyClock::Early) => self.clock = DutyClock::Met,
            (DutyStep::Started { due }, _) => self.clock = DutyClock::Running(due),
            (DutyStep::Declared { .. }, _) => self.declared = true,
            (DutyStep::Met, DutyClock::Idle) => self.clock = DutyClock::Early,
            (DutyStep::Met, DutyClock::Missed) => self.clock = DutyClock::Late,
            (DutyStep::Met, _) => self.clock = DutyClock::Met,
            (DutyStep::Missed, _) => self.clock = DutyClock::Missed,
        }
    }
}

impl Moment<'_> {
    fn duty(&mut self, duty: DutyId, step: DutyStep) {
        self.fact(What::Duty { duty, step });
    }

    /// The deadline of a clock that starts now.
    fn deadline(&self, id: DutyId) -> SimTime {
        let deadline = self.scenario.duty(id).deadline;
        // Hours need no calendar, and a calendar takes its time.
        if let Deadline::Within(time) = deadline {
            return self.now + time;
        };
        Calendar::of(self.scenario).due(self.now, deadline)
    }

    /// Clocks whose deadline has come, in the order of the script.
    pub(super) fn deadlines_due(&mut self) {
        let mut from = DutyId(0);
        while let Some(Item::Deadline(duty)) = self.state.agenda.first(self.now, Item::Deadline(from))
            && !self.state.over()
        {
            let met = self.is_met(duty);
            self.duty(duty, if met { DutyStep::Met } else { DutyStep::Missed });
            from = DutyId(duty.0 + 1);
        }
    }

    /// Sees whether a clock starts, and whether it is met.
    pub(super) fn see_duty(&mut self, id: DutyId) {
        if self.scenario.duty(id).starts.as_ref().is_some_and(|starts| self.holds(starts)) {
            self.start_duty(id);
        }
        if self.is_met(id) {
            self.meet_duty(id);
        }
    }

    fn is_met(&self, id: DutyId) -> bool {
        self.scenario.duty(id).met.as_ref().is_some_and(|met| self.holds(met))
    }

    /// Starts a clock, once.
    pub(super) fn start_duty(&mut self, id: DutyId) {
        if matches!(self.state.duties[id.at()].clock, DutyClock::Idle | DutyClock::Early) {
            let due = self.deadline(id);
            self.duty(id, DutyStep::Started { due });
        }
    }

    /// The trainee declares that a clock has started; the first time counts.
    pub(super) fn declare_duty(&mut self, id: DutyId) {
        if !self.state.duties[id.at()].declared {
            let clock = self.state.duties[id.at()].clock;
            let open = matches!(clock, DutyClock::Idle | DutyClock::Running(_) | DutyClock::Missed);
            let due = open.then(|| self.deadline(id));
            self.duty(id, DutyStep::Declared { due });
        }
    }

    /// Meets a duty, once.
    pub(super) fn meet_duty(&mut self, id: DutyId) {
        let clock = self.state.duties[id.at()].clock;
        if matches!(clock, DutyClock::Idle | DutyClock::Running(_) | DutyClock::Missed) {
            self.duty(id, DutyStep::Met);
        }
    }
}
