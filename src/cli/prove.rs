//! Exploration as the command line asks for it: bounds, progress, time, Ctrl-C.

use super::args::Exploring;
use super::output::Output;
use crate::drill::Stopwatch;
use crate::engine::{Seed, Settings};
use crate::scenario::{Diagnostic, Scenario, SeatSet};
use crate::solve::{self, BYTES_A_STATE, Bounds, Cut, Progress, Proof};
use crate::term::{self, Told};

/// A script's proof, with how long it took.
pub(super) struct Proved {
    pub(super) proof: Proof,
    pub(super) seconds: f64,
}

/// Listens for Ctrl-C, where that is possible; otherwise it ends the program as ever.
pub(super) fn listen() -> Told {
    Told::listen().unwrap_or_else(|_| Told::never())
}

/// Proves what can be proved of a scenario, within what was typed, until it is `told` to end.
pub(super) fn prove(scenario: &Scenario, args: &Exploring, seed: u64, told: &Told, out: &Output) -> Proved {
    let by_memory =
        usize::try_from(args.memory).unwrap_or(usize::MAX).saturating_mul(1 << 20) / BYTES_A_STATE;
    let bounds = Bounds { states: args.states.min(by_memory.max(1)) };
    let settings = Settings { seed: Seed(seed), untimed: false, factor: 100, seats: SeatSet::ALL };
    let watch = Stopwatch::start();
    let bar = term::Progress::towards("exploring", !out.quiet && !out.plain);
    let mut keep_on = |progress: Progress| {
        let seconds = watch.elapsed().as_secs();
        bar.near(
            near(progress.states as u64, bounds.states as u64).max(near(seconds, args.seconds)),
            format!("{} of {} states, {seconds} of {} s", progress.states, bounds.states, args.seconds),
        );
        seconds < args.seconds && !told.to_end()
    };
    let mut proof = solve::prove(scenario, settings, bounds, &mut keep_on);
    drop(bar);
    if told.to_end() {
        // Exploration was told to stop, and cannot know by whom.
        for cut in [&mut proof.cut, &mut proof.points.cut].into_iter().flatten() {
            if cut.0 == Cut::Time {
                cut.0 = Cut::You;
            }
        }
    }
    Proved { proof, seconds: watch.elapsed().as_secs_f64() }
}

/// Thousandths of a limit; what has no room is at its limit.
fn near(come: u64, limit: u64) -> u64 {
    come.saturating_mul(1000).checked_div(limit).unwrap_or(1000)
}

/// Drills of each guesser; enough that its mean no longer moves by a percent.
const GUESSED_DRILLS: u32 = 400;

/// What an author should mend, by exploration and by simulated trainees who guess; and
/// whether that is everything, for exploration may have been cut short, or `told` to end.
pub(super) fn findings(
    scenario: &Scenario,
    args: &Exploring,
    told: &Told,
    out: &Output,
) -> (Vec<Diagnostic>, bool) {
    let proof = prove(scenario, args, 1, told, out).proof;
    let mut found = solve::findings(scenario, &proof);
    if told.to_end() {
        return (found, false);
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let keep_on = |_| !told.to_end();
    let guessed = solve::guess_proof(scenario, &proof.points.best.line, GUESSED_DRILLS, threads, &keep_on);
    if !told.to_end() {
        found.extend(solve::guess_findings(scenario, &guessed));
    }
    (found, proof.complete() && !told.to_end())
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn the_nearer_limit_is_what_a_bar_follows() {
        assert_eq!((near(1_000, 4_000_000), near(30, 60)), (0, 500));
        assert_eq!(near(60, 60), 1000);
        assert_eq!(near(0, 0), 1000, "no room at all is at its limit");
    }
}
