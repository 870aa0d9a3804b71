//! From when each action could have been done.
//!
//! A good action that nobody did counts against a trainee only if it could
//! have been done: its condition held, inside its window, with drill time
//! enough left to finish it. Whether somebody was busy meanwhile is not asked,
//! for how to spend the time was theirs to decide.

use std::collections::BTreeMap;

use crate::engine::{Settings, State, holds};
use crate::scenario::{Action, ActionId, Scenario, SimTime};

/// Looks at every stretch of a drill in which nothing happens.
#[derive(Debug)]
pub(super) struct Offers<'s> {
    scenario: &'s Scenario,
    settings: Option<Settings>,
    end: SimTime,
    /// Actions whose moment has not been found yet.
    open: Vec<ActionId>,
    first: BTreeMap<ActionId, SimTime>,
}

impl<'s> Offers<'s> {
    pub(super) fn new(scenario: &'s Scenario, settings: Option<Settings>, end: SimTime) -> Self {
        let open = (0..scenario.actions.len()).map(ActionId::of).collect();
        Self { scenario, settings, end, open, first: BTreeMap::new() }
    }

    /// Looks at the stretch `from` … `to` (half-open), in which `state` holds
    /// and a condition turns only at a moment that the script names.
    pub(super) fn look(&mut self, state: &State, from: SimTime, to: SimTime) {
        if !state.running() {
            return;
        }
        let watch = &self.scenario.watch;
        let turns = watch.partition_point(|m| *m <= from)..watch.partition_point(|m| *m < to);
        let starts = std::iter::once(from).chain(watch[turns].iter().copied());
        for start in starts.collect::<Vec<_>>() {
            let next = watch.get(watch.partition_point(|m| *m <= start)).map_or(to, |m| (*m).min(to));
            self.look_at(state, start, next);
        }
    }

    fn look_at(&mut self, state: &State, from: SimTime, to: SimTime) {
        let (scenario, settings, end) = (self.scenario, self.settings, self.end);
        self.open.retain(|id| {
            let action = scenario.action(*id);
            let (opens, closes) = window(action, settings);
            let begin = from.max(opens);
            let fits = begin < to.min(closes) && begin < end && begin + action.takes <= end;
            let offered = fits && holds(&action.when, state, begin);
            if offered {
                self.first.insert(*id, begin);
            }
            !offered
        });
    }

    pub(super) fn into_first(self) -> BTreeMap<ActionId, SimTime> {
        self.first
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
