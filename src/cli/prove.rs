//! Exploration as the command line asks for it: bounds, progress, time.

use super::args::Exploring;
use super::output::Output;
use crate::drill::Stopwatch;
use crate::engine::{Seed, Settings};
use crate::scenario::{Diagnostic, Scenario, SeatSet};
use crate::solve::{self, BYTES_A_STATE, Bounds, Progress, Proof};
use crate::term;

/// A script's proof, with how long it took.
pub(super) struct Proved {
    pub(super) proof: Proof,
    pub(super) seconds: f64,
}

/// Proves what can be proved of a scenario, within what was typed.
pub(super) fn prove(scenario: &Scenario, args: &Exploring, seed: u64, out: &Output) -> Proved {
    let by_memory =
        usize::try_from(args.memory).unwrap_or(usize::MAX).saturating_mul(1 << 20) / BYTES_A_STATE;
    let bounds = Bounds { states: args.states.min(by_memory.max(1)) };
    let settings = Settings { seed: Seed(seed), untimed: false, factor: 100, seats: SeatSet::ALL };
    let watch = Stopwatch::start();
    let bar = term::Progress::new("states", bounds.states as u64, !out.quiet && !out.plain);
    let mut keep_on = |progress: Progress| {
        bar.reach(progress.states as u64);
        watch.elapsed().as_secs() < args.seconds
    };
    let proof = solve::prove(scenario, settings, bounds, &mut keep_on);
    drop(bar);
    Proved { proof, seconds: watch.elapsed().as_secs_f64() }
}

/// Drills of each guesser; enough that its mean no longer moves by a percent.
const GUESSED_DRILLS: u32 = 400;

/// What an author should mend, by exploration and by simulated trainees who guess.
pub(super) fn findings(scenario: &Scenario, args: &Exploring, out: &Output) -> Vec<Diagnostic> {
    let proof = prove(scenario, args, 1, out).proof;
    let mut found = solve::findings(scenario, &proof);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let guessed = solve::guess_proof(scenario, &proof.points.best.line, GUESSED_DRILLS, threads);
    found.extend(solve::guess_findings(scenario, &guessed));
    found
}
