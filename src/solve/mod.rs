//! What could have been: every way to play a scenario, and what each is worth.
//!
//! A [`Line`] is one way to play. `explore` proves what lines there are, which is
//! best and worst, and what none of them reaches; `policy` and `simulate` play a
//! scenario with simulated trainees; `what_if` changes one decision of a drill.
//! All of it is the engine and the score, run again: nothing here knows a rule of
//! its own. No clock: whoever calls says when to stop.

mod answers;
mod atoms;
mod clamps;
mod cone;
mod explore;
mod findings;
mod guessable;
mod line;
mod pairs;
mod policy;
mod reads;
mod simulate;
mod what_if;

pub use cone::Goal;
pub use explore::{
    BYTES_A_STATE, Bounds, Cut, Exploration, KeepOn, Progress, Proof, Rated, Reach, Silence, StageReach,
    Unreached, Way, explore, prove,
};
pub use findings::findings;
pub use guessable::guess_findings;
pub use line::{Line, Step};
pub use policy::{Guide, Policy, Skill};
pub use simulate::{
    Answered, Bound, Gate, GuessProof, Hits, PassMark, Plan, Played, SKILL_TO_PASS, Side, Simulation, Spread,
    guess_proof, simulate,
};
pub use what_if::{Alternative, Alternatives, Difference, Fork, Instead, Turn, Unasked, Wanted, WhatIf};
