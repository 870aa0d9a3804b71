//! Exploration: what every line of a scenario together can tell.

mod ceiling;
mod ends;
mod key;
mod node;
mod proof;
mod reach;
mod search;
mod settle;
mod silence;
mod table;
mod wait;
mod weave;
mod web;

pub use proof::{Proof, StageReach, Unreached, prove};
pub use reach::{Reach, Silence, Way};
pub use search::{BYTES_A_STATE, Bounds, Cut, KeepOn, Progress};

use super::cone::{Exact, Goal};
use super::line::Line;
use crate::engine::{Settings, State};
use crate::scenario::{Scenario, SimTime};
use crate::score::{ItemOf, Ledger, Points};
use node::{Earned, Ground};
use search::{STACK_BYTES, Search};
use std::collections::BTreeMap;
use weave::weave;

/// What exploration found.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Why and at which moment it was cut short; none if every line was looked at.
    pub cut: Option<(Cut, SimTime)>,
    /// How much was looked at.
    pub progress: Progress,
    /// The line that earns the most, and what no line can earn more than.
    pub best: Rated,
    /// The line that earns the least, and what no line can earn less than.
    pub worst: Rated,
    /// What was reached.
    pub reach: Reach,
}

/// A line, what it earns, and how far it could at most be from the best or the worst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The line; played, it earns exactly this.
    pub line: Line,
    /// Points.
    pub earned: Points,
    /// What no line passes.
    pub bound: Points,
}

impl Rated {
    /// Whether no line is better, or worse.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.earned == self.bound
    }
}

/// Explores every line of `scenario` with these settings, within `bounds`. `keep_on` is
/// asked every few hundred moves whether to go on.
///
/// What has no consequence but its points is first assumed to be settled as well, and as
/// badly, as can be. The lines found are then played; an item that did not earn what was
/// assumed is followed exactly from then on, and the search begins anew.
pub fn explore(
    scenario: &Scenario,
    settings: Settings,
    goal: Goal,
    bounds: Bounds,
    keep_on: &mut KeepOn<'_>,
) -> Exploration {
    deep(|| rounds(scenario, settings, goal, bounds, keep_on))
}

/// Runs a search where there is stack enough for the longest line.
fn deep<T: Send>(search: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, search);
        let found = thread.expect("checked: a thread can be had").join();
        found.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn rounds(
    scenario: &Scenario,
    settings: Settings,
    goal: Goal,
    bounds: Bounds,
    keep_on: &mut KeepOn<'_>,
) -> Exploration {
    let mut exact = Exact::new();
    let mut spent = Progress::default();
    loop {
        let ground = Ground::of(scenario, goal, &exact);
        let mut round = Round::play(&ground, settings, bounds, keep_on);
        spent.states = spent.states.max(round.progress.states);
        spent.transitions += round.progress.transitions;
        let before = exact.len();
        if round.cut.is_none() {
            exact.extend(std::mem::take(&mut round.missed));
        }
        if exact.len() == before {
            let Round { cut, best, worst, reach, .. } = round;
            return Exploration { cut, progress: spent, best, worst, reach };
        }
    }
}

/// One search with the items that are followed exactly.
struct Round {
    cut: Option<(Cut, SimTime)>,
    progress: Progress,
    best: Rated,
    worst: Rated,
    reach: Reach,
    /// Items that did not earn what was assumed.
    missed: Exact,
}

impl Round {
    fn play(ground: &Ground<'_>, settings: Settings, bounds: Bounds, keep_on: &mut KeepOn<'_>) -> Self {
        let (start, outcome) = ground.start(settings);
        let mut search = Search::new(ground, settings, bounds, keep_on);
        let whole = search.whole(&start, &outcome);
        let mut missed = Exact::new();
        let mut rated = |best: bool, bound: Points, search: &mut Search<'_, '_>| {
            let (steps, assumed) = search.line(&start, &outcome, best);
            let line = weave(ground.scenario, settings, steps, ground.wanted(best));
            let earned = Earnings::of(ground, &line);
            for (of, assumed) in assumed {
                let real = earned.of_item(of);
                if best && real < assumed.most || !best && real > assumed.least {
                    missed.insert(of);
                }
            }
            Rated { line, earned: earned.all(), bound }
        };
        let bounds = if search.partial().is_none() {
            Earned { most: whole.most, least: whole.least }
        } else {
            ground.ceiling()
        };
        let best = rated(true, bounds.most, &mut search);
        let worst = rated(false, bounds.least, &mut search);
        // A search that was cut may not have come to where its best line goes on to.
        if search.partial().is_some() {
            [&best, &worst].into_iter().for_each(|rated| search.reach.played(ground.scenario, &rated.line));
        }
        Self { cut: search.partial(), progress: search.progress, best, worst, reach: search.reach, missed }
    }
}

/// What a line earns, item by item.
struct Earnings(BTreeMap<ItemOf, Points>);

impl Earnings {
    fn of(ground: &Ground<'_>, line: &Line) -> Self {
        let (facts, _) = line.play(ground.scenario);
        let (mut state, mut ledger) = (State::new(ground.scenario), Ledger::default());
        let mut earned = BTreeMap::new();
        for fact in &facts {
            ledger.enter(ground.scenario, &state, fact, |gain| {
                if ground.reads.counts(gain.of) {
                    *earned.entry(gain.of).or_default() += gain.points;
                }
            });
            state.apply(fact);
        }
        Self(earned)
    }

    fn of_item(&self, of: ItemOf) -> Points {
        self.0.get(&of).copied().unwrap_or_default()
    }

    fn all(&self) -> Points {
        self.0.values().copied().sum()
    }
}
