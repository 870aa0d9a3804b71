//! Exploration: what every line of a scenario together can tell.

mod key;
mod node;
mod reach;
mod search;

pub use reach::{Reach, Way};
pub use search::{BYTES_A_STATE, Bounds, Cut, Progress};

use super::cone::{Exact, Goal};
use super::line::{Line, Step};
use crate::engine::Settings;
use crate::scenario::{Scenario, SimTime};
use crate::score::Points;
use node::Ground;
use search::Search;

/// What exploration found.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// Why and at which moment it was cut short; none if every line was looked at.
    pub cut: Option<(Cut, SimTime)>,
    /// How much was looked at.
    pub progress: Progress,
    /// The line that earns the most.
    pub best: Rated,
    /// The line that earns the least.
    pub worst: Rated,
    /// What was reached.
    pub reach: Reach,
}

/// A line and what it earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The line.
    pub line: Line,
    /// Points.
    pub earned: Points,
}

/// Explores every line of `scenario` with these settings, within `bounds`. `keep_on` is
/// asked every few hundred moves whether to go on.
pub fn explore(
    scenario: &Scenario,
    settings: Settings,
    goal: Goal,
    bounds: Bounds,
    keep_on: &mut dyn FnMut(Progress) -> bool,
) -> Exploration {
    let ground = Ground::of(scenario, goal, &Exact::new());
    let (start, outcome) = ground.start(settings);
    let mut search = Search::new(&ground, bounds, keep_on);
    let whole = search.whole(&start, &outcome);
    let line = |steps: Vec<Step>, earned: Points| Rated { line: Line { settings, steps }, earned };
    let (best, worst) = if search.cut.is_none() {
        (search.line(&start, &outcome, true), search.line(&start, &outcome, false))
    } else {
        (Vec::new(), Vec::new())
    };
    Exploration {
        cut: search.cut,
        progress: search.progress,
        best: line(best, whole.most),
        worst: line(worst, whole.least),
        reach: search.reach,
    }
}
