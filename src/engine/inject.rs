//! Injects: when they come, come again, are waited for, or do not come at all;
//! and expected actions, which deliver nothing.

use super::agenda::Item;
use super::chance::Stream;
use super::fact::What;
use super::happen::{Moment, first};
use super::input::Settings;
use super::state::{Delivery, Phase, State};
use crate::scenario::{Checkpoint, Inject, InjectId, InjectKind, Mark, Scenario, SimTime, Trigger};

/// When the window of an expected action closes: stretched by a personal time factor,
/// and with ENDEX alone in an untimed drill, where time is not the trainee's to lose.
#[must_use]
pub fn closing(checkpoint: &Checkpoint, settings: Settings) -> SimTime {
    if settings.untimed {
        return SimTime::NEVER;
    }
    checkpoint.opens + checkpoint.closes.since(checkpoint.opens).stretched(settings.factor)
}

/// When each window closes that may still be met, row by row.
pub(super) fn closings(
    scenario: &Scenario,
    state: &State,
    settings: Settings,
) -> impl Iterator<Item = (SimTime, InjectId)> {
    scenario.injects.iter().enumerate().filter_map(move |(row, inject)| match &inject.kind {
        InjectKind::Checkpoint(checkpoint) if state.injects[row] == Delivery::Idle => {
            Some((closing(checkpoint, settings), InjectId::of(row)))
        }
        InjectKind::Checkpoint(_) | InjectKind::Contextual | InjectKind::Contingency => None,
    })
}

impl Moment<'_> {
    /// Injects that are due, waits and windows that close, row by row.
    pub(super) fn due_injects(&mut self, marks: &[(SimTime, Mark)]) {
        let mut from = InjectId(0);
        loop {
            let due = match self.state.agenda.first(self.now, Item::Inject(from)) {
                Some(Item::Inject(inject)) => Some(inject),
                _ => None,
            };
            let Some(inject) = due.into_iter().chain(self.closes(marks, from)).min() else { return };
            match self.state.injects[inject.at()] {
                Delivery::Due(_) => self.bring(inject),
                Delivery::Again { number, .. } => self.bring_again(inject, number),
                Delivery::Awaited(_) => self.unless_over(What::Withheld(inject)),
                Delivery::Idle => self.unless_over(What::Missed(inject)),
                // What is held is on no clock.
                Delivery::Held(_)
                | Delivery::Delivered
                | Delivery::Gone
                | Delivery::Met
                | Delivery::Missed => {}
            }
            from = InjectId(inject.0 + 1);
        }
    }

    /// The first expected action, from row `from` on, whose window closes at this moment.
    fn closes(&self, marks: &[(SimTime, Mark)], from: InjectId) -> Option<InjectId> {
        // What came before in this very moment may have ended the drill.
        let Phase::Running(settings) = self.state.phase else { return None };
        match (settings.as_written(), first(marks, Mark::Closes(from))) {
            (true, Some(Mark::Closes(inject))) => Some(inject),
            (true, _) => None,
            (false, _) => {
                let mut late = closings(self.scenario, self.state, settings);
                late.find(|(at, id)| *at == self.now && *id >= from).map(|(_, id)| id)
            }
        }
    }

    /// Sees whether an inject's condition has come, or an expected action.
    pub(super) fn react(&mut self, id: InjectId) {
        if self.state.over() {
            return;
        }
        let inject = self.scenario.inject(id);
        let stands = self.state.injects[id.at()];
        // What nothing had brought when it was held is still brought by its condition, and noted.
        let not_brought = matches!(stands, Delivery::Idle | Delivery::Held(SimTime::NEVER));
        match (stands, &inject.kind, &inject.trigger) {
            (Delivery::Idle, InjectKind::Checkpoint(checkpoint), _) => self.see(id, checkpoint),
            (_, _, Trigger::After(condition, delay)) if not_brought && self.holds(condition) => {
                self.schedule(id, inject, *delay);
            }
            (_, _, Trigger::When) if not_brought && self.holds(&inject.when) => {
                self.schedule(id, inject, SimTime::ZERO);
            }
            (Delivery::Awaited(_), ..) if self.holds(&inject.when) => self.deliver(id),
            _ => {}
        }
    }

    fn see(&mut self, id: InjectId, checkpoint: &Checkpoint) {
        let open = checkpoint.opens <= self.now && self.now < closing(checkpoint, self.settings());
        if open && self.holds(&checkpoint.met_when) {
            self.unless_over(What::Met(id));
        }
    }

    fn schedule(&mut self, id: InjectId, inject: &Inject, delay: SimTime) {
        let due = self.now + delay + jitter(self.settings(), inject);
        if due == self.now && !self.held(id) {
            self.bring(id);
        } else {
            self.unless_over(What::Scheduled { inject: id, due });
        }
    }

    /// An inject is due: it is delivered, waited for, or withheld.
    pub(super) fn bring(&mut self, id: InjectId) {
        let inject = self.scenario.inject(id);
        if self.state.over() {
        } else if self.holds(&inject.when) {
            self.deliver(id);
        } else if let Some(until) = inject.until
            && self.now < until
        {
            self.fact(What::Awaited { inject: id, until });
        } else {
            self.fact(What::Withheld(id));
        }
    }

    pub(super) fn deliver(&mut self, id: InjectId) {
        if !self.state.over() {
            let stands = self.state.injects[id.at()];
            let number = if let Delivery::Again { number, .. } = stands { number } else { 1 };
            self.fact(What::Delivered(id));
            self.come_again(id, number.saturating_add(1));
            self.follow(&self.scenario.inject(id).then);
        }
    }

    /// An inject that comes again is due: it is delivered, left out this time, or comes no more.
    fn bring_again(&mut self, id: InjectId, number: u16) {
        let inject = self.scenario.inject(id);
        let unless = inject.again.as_ref().and_then(|again| again.unless.as_ref());
        if self.state.over() {
        } else if unless.is_some_and(|unless| self.holds(unless)) {
            self.fact(What::Cancelled(id));
        } else if self.holds(&inject.when) {
            self.deliver(id);
        } else {
            self.fact(What::Withheld(id));
            self.come_again(id, number.saturating_add(1));
        }
    }

    /// Puts an inject on the clock for the `number`-th time, if it comes so often.
    fn come_again(&mut self, id: InjectId, number: u16) {
        let inject = self.scenario.inject(id);
        let Some(again) = &inject.again else { return };
        if again.times.is_none_or(|times| number <= times) {
            let jitter = match inject.jitter {
                SimTime::ZERO => SimTime::ZERO,
                most => {
                    let (seed, name) = (self.settings().seed, inject.name.as_str());
                    SimTime(seed.nth_up_to(Stream::Again, name, number.into(), most.0))
                }
            };
            let due = self.now + again.every + jitter;
            self.fact(What::Again { inject: id, number, due });
        }
    }

    fn held(&self, inject: InjectId) -> bool {
        matches!(self.state.injects[inject.at()], Delivery::Held(_))
    }

    pub(super) fn send(&mut self, inject: InjectId, delay: SimTime) {
        if !pending(self.state.injects[inject.at()]) {
        } else if delay == SimTime::ZERO && !self.held(inject) {
            self.bring(inject);
        } else {
            self.fact(What::Scheduled { inject, due: self.now + delay });
        }
    }
}

/// Whether an inject may still come.
pub(super) const fn pending(delivery: Delivery) -> bool {
    matches!(delivery, Delivery::Idle | Delivery::Due(_) | Delivery::Awaited(_) | Delivery::Held(_))
}

/// How late this drill's seed makes an inject.
pub(super) fn jitter(settings: Settings, inject: &Inject) -> SimTime {
    match inject.jitter {
        SimTime::ZERO => SimTime::ZERO,
        most => SimTime(settings.seed.up_to(Stream::Jitter, inject.name.as_str(), most.0)),
    }
}
