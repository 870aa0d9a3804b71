//! Which good actions could have been done, and stayed open to the end.
//!
//! A good action that nobody did counts against a trainee only if it was there
//! to be done: its condition held inside its window, with drill time enough
//! left to finish it. And only if nothing but time took it away: once something
//! that happened has closed it, it was settled in another way, and that way is
//! scored where it was decided, once. Whether somebody was busy meanwhile is
//! not asked, for how to spend the time was theirs to decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::{Settings, State, holds};
use crate::scenario::{Action, ActionId, Scenario, SimTime};

/// Where the offer of one good action stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Offer {
    id: ActionId,
    /// When beginning it earns: half-open.
    window: (SimTime, SimTime),
    /// From when it could have been done; never so far if none.
    first: Option<SimTime>,
    stands: Stands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Open,
    ClosedByTime,
    ClosedByFact,
}

/// Looks at every stretch of a drill in which nothing happens.
#[derive(Debug)]
pub(super) struct Offers<'s> {
    scenario: &'s Scenario,
    end: SimTime,
    offers: Vec<Offer>,
}

impl<'s> Offers<'s> {
    pub(super) fn new(scenario: &'s Scenario, settings: Option<Settings>, end: SimTime) -> Self {
        let good = (0..scenario.actions.len()).map(ActionId::of).filter(|id| scenario.action(*id).credit > 0);
        let offers = good.map(|id| Offer {
            id,
            window: window(scenario.action(id), settings),
            first: None,
            stands: Stands::ClosedByFact,
        });
        let offers = offers.collect();
        Self { scenario, end, offers }
    }

    /// Whether there is any good action at all.
    pub(super) const fn any(&self) -> bool {
        !self.offers.is_empty()
    }

    /// Looks at the stretch `from` … `to` (half-open), in which `state` holds
    /// and a condition turns only at a moment that the script names.
    pub(super) fn look(&mut self, state: &State, from: SimTime, to: SimTime) {
        if !state.running() {
            return;
        }
        let watch = &self.scenario.watch;
        let turns = &watch[watch.partition_point(|m| *m <= from)..watch.partition_point(|m| *m < to)];
        let turns_at_end = watch.binary_search(&to).is_ok();
        let mut offers = std::mem::take(&mut self.offers);
        for offer in &mut offers {
            let mut start = from;
            for next in turns.iter().copied().chain([to]) {
                self.look_at(offer, state, start, next);
                start = next;
            }
            // Whether time alone closes it at the very moment at which something happens.
            let open = || !self.too_late(offer, to) && (!turns_at_end || self.open(offer, state, to));
            if offer.stands == Stands::Open && !open() {
                offer.stands = Stands::ClosedByTime;
            }
        }
        self.offers = offers;
    }

    fn look_at(&self, offer: &mut Offer, state: &State, from: SimTime, to: SimTime) {
        let begin = from.max(offer.window.0);
        if begin >= to {
            return;
        }
        if self.open(offer, state, begin) {
            offer.first.get_or_insert(begin);
            offer.stands = Stands::Open;
        } else if offer.stands == Stands::Open {
            let by_time = self.too_late(offer, begin) || from > state.at;
            offer.stands = if by_time { Stands::ClosedByTime } else { Stands::ClosedByFact };
        }
    }

    fn open(&self, offer: &Offer, state: &State, at: SimTime) -> bool {
        let when = &self.scenario.action(offer.id).when;
        offer.window.0 <= at && !self.too_late(offer, at) && holds(when, state, at)
    }

    fn too_late(&self, offer: &Offer, at: SimTime) -> bool {
        let takes = self.scenario.action(offer.id).takes;
        at >= offer.window.1 || at >= self.end || at + takes > self.end
    }

    /// The good actions that could still be begun, and finished in time, after all that was looked at.
    pub(super) fn still_open(&self) -> BTreeSet<ActionId> {
        self.offers.iter().filter(|offer| offer.stands == Stands::Open).map(|offer| offer.id).collect()
    }

    /// From when each good action could have been done that nothing but time closed.
    pub(super) fn left(self) -> BTreeMap<ActionId, SimTime> {
        let left = self.offers.iter().filter(|offer| offer.stands != Stands::ClosedByFact);
        left.filter_map(|offer| Some((offer.id, offer.first?))).collect()
    }
}

/// When beginning an action earns its positive credit: half-open, stretched by a
/// personal time factor, and without an end in an untimed drill.
pub(super) fn window(action: &Action, settings: Option<Settings>) -> (SimTime, SimTime) {
    let Some((opens, closes)) = action.window else {
        return (SimTime::ZERO, SimTime::NEVER);
    };
    match settings {
        Some(settings) if settings.untimed => (opens, SimTime::NEVER),
        Some(settings) => (opens, opens + closes.since(opens).stretched(settings.factor)),
        None => (opens, closes),
    }
}
