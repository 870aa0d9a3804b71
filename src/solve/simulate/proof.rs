//! Whether a stranger who guesses can pass.

use super::{Plan, Simulation, simulate};
use crate::engine::{Settings, State};
use crate::scenario::Scenario;
use crate::score::{Ledger, Points};
use crate::solve::policy::{Guide, Policy, Table, play};
use crate::solve::{Line, SKILL_TO_PASS, Skill};

/// Percent of the best line that every guesser stays below, on the mean over seeds.
const GUESSER_BELOW: u32 = 50;
/// Percent of the best line that the guessers' mean stays below.
const GUESSERS_BELOW: u32 = 35;

/// How a script stands up to those who guess.
#[derive(Clone, Debug)]
pub struct GuessProof {
    /// What they played.
    pub simulation: Simulation,
    /// The bounds that the script misses, in the order of [`Bound`]; none if it stands up to them.
    pub missed: Vec<Bound>,
}

/// A bound that a script misses. Percentages are in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The expert does not earn what the best line earns, with the seed of that line.
    Expert {
        /// What the expert earned.
        earned: Points,
        /// What the best line earns.
        best: Points,
    },
    /// A guesser earns half of the best line, or more, on the mean.
    Guesser {
        /// Who.
        policy: Policy,
        /// Of the best line.
        mean: u32,
    },
    /// The guessers together earn 35 % of the best line, or more.
    Guessers {
        /// The mean of their means.
        mean: u32,
    },
    /// One in twenty who answer at random passes, or more.
    Random {
        /// Percent of the points possible, whole, that 95 in a hundred do not pass.
        high: u16,
        /// The script's pass mark, in percent.
        pass: u8,
    },
}

/// Plays `scenario` with the expert and all guessers, `drills` times each, and holds what
/// they earn against the bounds of a script from which one can learn. `best` is the best
/// line known; the drills have its settings, and the seeds that follow its own. `keep_on` says
/// whether to go on; what is stopped is worth nothing as a proof.
#[must_use]
pub fn guess_proof(
    scenario: &Scenario,
    best: &Line,
    drills: u32,
    threads: usize,
    keep_on: &(dyn Fn(u64) -> bool + Sync),
) -> GuessProof {
    let guide = Guide::of(scenario, best);
    let mut plan = Plan::everybody(drills, best.settings.seed.0, threads);
    plan.untimed = best.settings.untimed;
    plan.policies.retain(|p| !matches!(p, Policy::Skilled(s) if *s != Skill::even(SKILL_TO_PASS)));
    let simulation = simulate(scenario, &guide, &plan, keep_on);
    let mut missed = Vec::new();
    let (earned, best) = (expert(scenario, &guide, best.settings), points(scenario, best));
    if earned < best {
        missed.push(Bound::Expert { earned, best });
    }
    let guessers = || simulation.played.iter().filter(|played| Policy::GUESSERS.contains(&played.policy));
    for played in guessers() {
        if played.of_best.mean >= GUESSER_BELOW * 100 {
            missed.push(Bound::Guesser { policy: played.policy, mean: played.of_best.mean });
        }
    }
    let sum: u32 = guessers().map(|played| played.of_best.mean).sum();
    let mean = sum / u32::try_from(Policy::GUESSERS.len()).expect("checked: there are a few");
    if mean >= GUESSERS_BELOW * 100 {
        missed.push(Bound::Guessers { mean });
    }
    let random = guessers().find(|played| played.policy == Policy::Random);
    let high = random.map_or(0, |played| played.scores.high());
    if high >= u16::from(scenario.pass) {
        missed.push(Bound::Random { high, pass: scenario.pass });
    }
    GuessProof { simulation, missed }
}

fn expert(scenario: &Scenario, guide: &Guide, settings: Settings) -> Points {
    let mut facts = Vec::new();
    play(&Table::new(scenario, guide), Policy::Expert, settings, &mut facts);
    worth(scenario, &facts)
}

fn points(scenario: &Scenario, line: &Line) -> Points {
    worth(scenario, &line.play(scenario).0)
}

fn worth(scenario: &Scenario, facts: &[crate::engine::Fact]) -> Points {
    let (mut state, mut ledger) = (State::new(scenario), Ledger::default());
    let mut earned = Points::default();
    for fact in facts {
        ledger.enter(scenario, &state, fact, |gain| earned += gain.points);
        state.apply(fact);
    }
    earned
}
