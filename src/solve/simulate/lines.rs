//! The best line of each drill of a plan, as far as it can be had for so many moves.
//!
//! Chance leaves out one thing in one drill and another in the next, so the best line of one
//! seed is not that of another. The expert knows the lines of the seeds that were looked at,
//! and in any other drill follows the one of them that earns most there.

use super::Plan;
use crate::engine::Settings;
use crate::scenario::{Scenario, SimTime};
use crate::solve::policy::Guide;
use crate::solve::{Bounds, Goal, KeepOn, Line, Progress, explore};

/// Drills whose own best line is looked for.
const LINES_MAX: u32 = 256;

impl Guide {
    /// What to remember for the drills of `plan`: `best`, the line of the first, and the best
    /// lines of the others, looked for with so many `moves` in all.
    #[must_use]
    pub fn of_plan(
        scenario: &Scenario,
        best: &Line,
        plan: &Plan,
        moves: u64,
        keep_on: &mut KeepOn<'_>,
    ) -> Self {
        let mut guide = Self::of(scenario, best);
        if !varies(scenario) {
            return guide;
        }
        let mut spent = 0;
        for row in 1..plan.drills.min(LINES_MAX) {
            let Some((line, made)) = look(scenario, plan.settings(row), moves - spent, keep_on) else {
                break;
            };
            guide.remember(scenario, &line);
            spent += made;
        }
        guide
    }
}

/// The best line of one drill, and what it took; none if it takes more moves.
fn look(
    scenario: &Scenario,
    settings: Settings,
    moves: u64,
    keep_on: &mut KeepOn<'_>,
) -> Option<(Line, u64)> {
    let mut within = |progress: Progress| progress.transitions < moves && keep_on(progress);
    let found = explore(scenario, settings, Goal::Points, Bounds::default(), &mut within);
    let made = found.progress.transitions;
    (found.cut.is_none() && made < moves).then_some((found.best.line, made))
}

/// Whether chance or a delay makes one drill other than another.
fn varies(scenario: &Scenario) -> bool {
    let late = |jitter: SimTime| jitter > SimTime::ZERO;
    scenario.injects.iter().any(|inject| inject.chance < 100 || late(inject.jitter))
        || scenario.evidence.iter().any(|artefact| artefact.chance < 100)
        || scenario.spreads.iter().any(|spread| spread.chance < 100 || late(spread.jitter))
}
