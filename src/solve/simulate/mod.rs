//! Many drills by simulated trainees, on all cores.
//!
//! A drill is one session and is never divided; sessions run side by side. What a drill
//! does depends on its seed and its policy and nothing else, and what is counted is added
//! up seed by seed, so the result does not depend on the number of threads. Drills of the
//! same seed see the same dice: policies are compared on equal terms.

mod hits;
mod lines;
mod proof;
mod spread;

pub use hits::{Answered, Gate, Hits, Side};
pub use proof::{Bound, GuessProof, guess_proof};
pub use spread::{PassMark, SKILL_TO_PASS, Spread};

use hits::Counter;

use super::policy::{Guide, Policy, Skill, Table, play};
use crate::engine::{Phase, Seed, Settings};
use crate::scenario::{EndingId, Scenario, SeatSet};
use crate::score::{Tally, tally};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// Seeds that a thread takes at a time.
const BLOCK: u32 = 8;

/// Who plays how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The policies, in the order of the result.
    pub policies: Vec<Policy>,
    /// Drills of each policy, one for each seed.
    pub drills: u32,
    /// The first seed; the others follow it.
    pub seed: u64,
    /// No question lapses, and timeliness is full.
    pub untimed: bool,
    /// Threads, one at the least.
    pub threads: usize,
}

impl Plan {
    /// Everybody: the expert, all guessers, and who knows half, and four fifths, of what is asked.
    #[must_use]
    pub fn everybody(drills: u32, seed: u64, threads: usize) -> Self {
        let skilled = [50, SKILL_TO_PASS].map(|percent| Policy::Skilled(Skill::even(percent)));
        let policies = [Policy::Expert].into_iter().chain(skilled).chain(Policy::GUESSERS);
        Self { policies: policies.collect(), drills, seed, untimed: false, threads }
    }

    const fn settings(&self, row: u32) -> Settings {
        Settings {
            seed: Seed(self.seed.wrapping_add(row as u64)),
            untimed: self.untimed,
            factor: 100,
            seats: SeatSet::ALL,
        }
    }
}

/// What came of many drills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// By policy, in the order of the plan.
    pub played: Vec<Played>,
    /// What was reached how often, over all drills.
    pub hits: Hits,
    /// A pass mark that tells who knows from who guesses.
    pub mark: PassMark,
}

impl Simulation {
    /// Drills that each policy played: those of the plan, or fewer where it was stopped.
    #[must_use]
    pub fn drills(&self) -> u32 {
        self.played.first().map_or(0, |played| played.scores.count)
    }
}

/// What came of one policy's drills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The policy.
    pub policy: Policy,
    /// Percent of the points possible on the line played, rounded down; nought where none were.
    pub scores: Spread,
    /// Percent of what the expert earned with the same seed, rounded down, 0 … 999.
    pub of_best: Spread,
    /// Drills that reached the script's own pass mark.
    pub passed: u32,
    /// Drills by ending, in the order of the script.
    pub endings: Vec<u32>,
}

/// What came of one drill.
#[derive(Clone, Copy, Debug)]
struct Outcome {
    tally: Tally,
    ending: Option<EndingId>,
}

/// Plays `plan` with the best line as `guide`. `keep_on` hears seed by seed, from any
/// of the threads, how many drills have been played, and says whether to go on; together they
/// are `drills × policies`, and as many again for the expert if the plan has none. Stopped
/// before its end, it gives what was played by then ([`Simulation::drills`] of each).
#[must_use]
pub fn simulate(
    scenario: &Scenario,
    guide: &Guide,
    plan: &Plan,
    keep_on: &(dyn Fn(u64) -> bool + Sync),
) -> Simulation {
    let table = Table::new(scenario, guide);
    let (next, done, stop) = (AtomicU32::new(0), AtomicU64::new(0), AtomicBool::new(false));
    let worker = || {
        let (mut counter, mut rows) = (Counter::new(scenario), Vec::new());
        loop {
            let from = next.fetch_add(BLOCK, Ordering::Relaxed);
            if from >= plan.drills {
                return (counter.hits(), rows);
            }
            for row in from..plan.drills.min(from.saturating_add(BLOCK)) {
                if stop.load(Ordering::Relaxed) {
                    return (counter.hits(), rows);
                }
                let seed = one_seed(&table, plan, row, &mut counter);
                let played = seed.1.len() as u64;
                rows.push((row, seed));
                if !keep_on(done.fetch_add(played, Ordering::Relaxed) + played) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
        }
    };
    let threads = plan.threads.clamp(1, plan.drills.div_ceil(BLOCK).max(1) as usize);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(worker)).collect();
        let own = worker();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().expect("checked: a session that panics is a bug, and says so")
        };
        [own].into_iter().chain(others.into_iter().map(join)).collect()
    });
    let mut hits = Hits::new(scenario);
    let mut rows = Vec::new();
    for (part, more) in parts {
        hits.add(&part);
        rows.extend(more);
    }
    rows.sort_by_key(|(row, _)| *row);
    let seeds: Vec<Row> = rows.into_iter().map(|(_, seed)| seed).collect();
    let policies = plan.policies.iter().enumerate();
    let played: Vec<Played> =
        policies.map(|(column, policy)| played(scenario, *policy, column, &seeds)).collect();
    let mark = PassMark::of(&played);
    Simulation { played, hits, mark }
}

/// What the expert earned with a seed, and what came of each policy.
type Row = (Outcome, Vec<Outcome>);

fn one_seed(table: &Table<'_>, plan: &Plan, row: u32, counter: &mut Counter<'_>) -> Row {
    let mut facts = Vec::new();
    let mut one = |policy: Policy, counter: Option<&mut Counter<'_>>| {
        let state = play(table, policy, plan.settings(row), &mut facts);
        if let Some(counter) = counter {
            counter.count(&state, &facts);
        }
        let ending = if let Phase::Over(_, ending) = state.phase { Some(ending) } else { None };
        Outcome { tally: tally(table.scenario, &facts), ending }
    };
    let outcomes: Vec<Outcome> = plan.policies.iter().map(|policy| one(*policy, Some(counter))).collect();
    let expert = plan.policies.iter().position(|policy| *policy == Policy::Expert);
    let expert = expert.map_or_else(|| one(Policy::Expert, None), |column| outcomes[column]);
    (expert, outcomes)
}

fn played(scenario: &Scenario, policy: Policy, column: usize, seeds: &[Row]) -> Played {
    let mut endings = vec![0; scenario.endings.len()];
    for ending in seeds.iter().filter_map(|(_, outcomes)| outcomes[column].ending) {
        endings[ending.at()] += 1;
    }
    let percent = |outcome: &Outcome| u16::from(outcome.tally.percent().unwrap_or(0));
    let scores = seeds.iter().map(|(_, outcomes)| percent(&outcomes[column]));
    let of_best = seeds.iter().map(|(expert, outcomes)| {
        let (best, earned) = (expert.tally.earned.0, outcomes[column].tally.earned.0.max(0));
        if best <= 0 { 0 } else { u16::try_from(earned * 100 / best).unwrap_or(999).min(999) }
    });
    let passed = scores.clone().filter(|percent| *percent >= u16::from(scenario.pass)).count();
    Played {
        policy,
        scores: Spread::of(scores.collect()),
        of_best: Spread::of(of_best.collect()),
        passed: u32::try_from(passed).expect("checked: no more than there are drills"),
        endings,
    }
}
