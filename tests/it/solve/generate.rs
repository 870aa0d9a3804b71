//! Exploration and brute force agree on scripts made at random.

use std::cell::Cell;

use breachdrill::engine::{Asked, Shelf, State, What, holds};
use breachdrill::scenario::{Code, Scenario, Severity, load};
use breachdrill::score::{Points, score};
use breachdrill::solve::{
    Bound, Bounds, Exploration, Goal, Line, Rated, Silence, explore, guess_proof, prove,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use super::brute::{Found, brute, follow, goals};
use super::script::script;
use crate::support::settings;

/// Lines of a script that is looked at.
const LINES_MAX: usize = 3_000;
/// Scripts that are made where nobody asks for more.
const CASES: u32 = 60;

/// What was looked at, all scripts together.
#[derive(Default)]
struct Tally {
    made: Cell<usize>,
    judged: Cell<usize>,
    lines: Cell<usize>,
    proved: Cell<usize>,
    listed: Cell<usize>,
}

fn add(cell: &Cell<usize>, more: usize) {
    cell.set(cell.get() + more);
}

#[test]
fn exploration_and_brute_force_agree() {
    // Always the same scripts, unless somebody asks for more by PROPTEST_CASES.
    let asked = Config::default();
    let more = asked.cases != 256;
    let config = Config {
        cases: if more { asked.cases } else { CASES },
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..asked
    };
    let mut runner = if more {
        TestRunner::new(config)
    } else {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    };
    let tally = Tally::default();
    let ran = runner.run(&proptest::collection::vec(any::<u16>(), 0..220), |rolls| {
        let text = script(&rolls);
        add(&tally.made, 1);
        let seed = rolls.first().copied().unwrap_or(1);
        judge(&text, u64::from(seed), &tally).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{text}")))
    });
    if let Err(wrong) = ran {
        panic!("{wrong}");
    }
    let Tally { made, judged, lines, proved, listed } = tally;
    let shares = [&made, &judged, &proved, &listed].map(Cell::get);
    let [made, judged, proved, listed] = shares;
    let told = format!(
        "{made} made, {judged} judged with {} lines, {proved} proved, {listed} by listed moments",
        lines.get()
    );
    assert!(judged * 100 >= made * 60, "most scripts are small enough: {told}");
    assert!(proved * 100 >= judged * 98, "what is small is proved: {told}");
    assert!(listed * 100 >= judged * 75, "most best lines keep to the listed moments: {told}");
    #[expect(clippy::print_stderr, reason = "whoever asked for more wants to know")]
    if more {
        eprintln!("{told}");
    }
}

macro_rules! ensure {
    ($holds:expr, $($said:tt)*) => {
        if !$holds {
            return Err(format!($($said)*));
        }
    };
}

/// Whether exploration and brute force agree about a script that is small.
pub(crate) fn agrees(text: &str, seed: u64) -> Result<(), String> {
    let tally = Tally::default();
    judge(text, seed, &tally)?;
    ensure!(tally.judged.get() == 1, "it does not load, or is not small");
    Ok(())
}

/// The same, keeping count.
fn judge(text: &str, seed: u64, tally: &Tally) -> Result<(), String> {
    let loaded = load(text);
    let Some(scenario) = loaded.scenario else {
        // The dice may leave out what a categorization asks for; all else must load.
        let errors = loaded.findings.iter().filter(|f| f.severity == Severity::Error);
        let errors: Vec<_> = errors.filter(|f| f.code != Code::NoTruth).collect();
        ensure!(errors.is_empty(), "it does not load: {errors:#?}");
        return Ok(());
    };
    let Some(found) = brute(&scenario, settings(seed), LINES_MAX) else { return Ok(()) };
    add(&tally.judged, 1);
    add(&tally.lines, found.lines);
    let points = look(&scenario, seed, Goal::Points);
    ensure!(points.cut.is_none(), "cut short");
    lines_agree(&scenario, seed, &points, &found, tally)?;
    bounds_hold(&scenario, seed, &found)?;
    reach_agrees(&scenario, seed, &points, &found)?;
    proof_agrees(&scenario, seed, &found)
}

fn look(scenario: &Scenario, seed: u64, goal: Goal) -> Exploration {
    explore(scenario, settings(seed), goal, Bounds::default(), &mut |_| true)
}

/// Best and worst. Exploration lets work without consequences begin wherever there is
/// time, and brute force only at listed moments. So no line of brute force passes a
/// bound; and where the line that exploration found keeps to the listed moments, it
/// earns exactly what the best line of brute force earns.
fn lines_agree(
    scenario: &Scenario,
    seed: u64,
    points: &Exploration,
    found: &Found,
    tally: &Tally,
) -> Result<(), String> {
    let (best, best_steps) = found.best.clone().expect("there is a line");
    let (worst, worst_steps) = found.worst.clone().expect("there is a line");
    ensure!(points.best.bound >= best, "best {} < brute {best} by {best_steps:?}", points.best.bound);
    ensure!(points.worst.bound <= worst, "worst {} > brute {worst} by {worst_steps:?}", points.worst.bound);
    let both = [(&points.best, best), (&points.worst, worst)];
    let proved = both.iter().all(|(rated, _)| rated.proved());
    let mut listed = true;
    for (rated, brute) in both {
        let real = plays(scenario, rated)?;
        ensure!(real == rated.earned, "a line earns {real}, not {}: {:?}", rated.earned, rated.line);
        let (_, lawful) = follow(scenario, settings(seed), &rated.line.steps);
        ensure!(
            !lawful || !rated.proved() || rated.earned == brute,
            "a listed line earns {real}, brute {brute}: {:?}",
            rated.line
        );
        listed &= lawful;
    }
    add(&tally.proved, usize::from(proved));
    add(&tally.listed, usize::from(listed));
    Ok(())
}

/// Even where the search was cut at once.
fn bounds_hold(scenario: &Scenario, seed: u64, found: &Found) -> Result<(), String> {
    let (best, worst) = (found.best.as_ref().map(|(p, _)| *p), found.worst.as_ref().map(|(p, _)| *p));
    let cut = explore(scenario, settings(seed), Goal::Points, Bounds { states: 1 }, &mut |_| true);
    ensure!(best <= Some(cut.best.bound), "best after a cut {} < brute {best:?}", cut.best.bound);
    ensure!(worst >= Some(cut.worst.bound), "worst after a cut {} > brute {worst:?}", cut.worst.bound);
    for rated in [&cut.best, &cut.worst] {
        let real = plays(scenario, rated)?;
        ensure!(real == rated.earned, "after a cut, a line earns {real}, not {}", rated.earned);
    }
    Ok(())
}

fn plays(scenario: &Scenario, rated: &Rated) -> Result<Points, String> {
    let (facts, refused) = rated.line.play(scenario);
    ensure!(refused.is_empty(), "refused {refused:?} of {:?}", rated.line);
    Ok(score(scenario, &facts).decisions.earned)
}

/// What is reached, thing by thing, each by the way that is told.
fn reach_agrees(scenario: &Scenario, seed: u64, points: &Exploration, found: &Found) -> Result<(), String> {
    for goal in goals(scenario) {
        let really = found.reached.contains(&goal);
        let mut reach = points.reach.clone();
        if !reach.has(goal) {
            let own = look(scenario, seed, goal);
            ensure!(own.cut.is_none(), "{goal:?}: cut short");
            reach = own.reach;
        }
        ensure!(reach.has(goal) == really, "{goal:?}: explored {}, brute {really}", reach.has(goal));
        if matches!(goal, Goal::Choice(..)) {
            continue;
        }
        if let Some(way) = reach.way(goal) {
            ensure!(way.settings == settings(seed), "{goal:?}: a way in another variation");
            way_leads(scenario, goal, way)?;
        }
    }
    Ok(())
}

fn way_leads(scenario: &Scenario, goal: Goal, way: &Line) -> Result<(), String> {
    let (_, refused) = way.play(scenario);
    ensure!(refused.is_empty(), "{goal:?}: refused {refused:?} of {way:?}");
    // What can make no difference any more is settled at once, listed or not.
    let (reached, _) = follow(scenario, way.settings, &way.steps);
    ensure!(reached.contains(&goal), "{goal:?}: not reached by {way:?}");
    Ok(())
}

/// A line that is said to come to a dead end does: nothing comes any more, and nothing is left
/// that could be done.
fn dead_end_is_one(scenario: &Scenario, silence: &Silence) -> Result<(), String> {
    let (facts, refused) = silence.way.play(scenario);
    ensure!(refused.is_empty(), "dead end: refused {refused:?}");
    let comes = |what: &What| {
        matches!(what, What::Delivered(_) | What::Opened { .. } | What::Revealed(_) | What::Lapsed(_))
    };
    let mut state = State::new(scenario);
    let mut begun = false;
    for fact in &facts {
        if !begun && fact.at > silence.from {
            begun = true;
            let left = state.evidence.contains(&Shelf::Available)
                || state.busy.is_some()
                || state.questions.iter().any(|asked| matches!(asked, Asked::Open { .. }))
                || scenario.actions.iter().enumerate().any(|(row, action)| {
                    (action.often || !state.actions[row]) && holds(&action.when, &state, silence.from)
                });
            ensure!(!left, "dead end from {}: there is something to do", silence.from);
        }
        ensure!(!begun || !comes(&fact.what), "dead end from {}: {fact:?}", silence.from);
        state.apply(fact);
    }
    ensure!(state.at == silence.until, "dead end to {}: over at {}", silence.until, state.at);
    Ok(())
}

/// Who follows the best line earns what it earns.
fn expert_agrees(scenario: &Scenario, best: &Line) -> Result<(), String> {
    let proof = guess_proof(scenario, best, 1, 1, &|_| true);
    let missed = proof.missed.iter().find(|bound| matches!(bound, Bound::Expert { .. }));
    ensure!(missed.is_none(), "{missed:?} by {best:?}");
    Ok(())
}

/// What is said of all variations holds in this one.
fn proof_agrees(scenario: &Scenario, seed: u64, found: &Found) -> Result<(), String> {
    let proof = prove(scenario, settings(seed), Bounds::default(), &mut |_| true);
    ensure!(proof.cut.is_none(), "proof cut short");
    proof.reach.silence.iter().try_for_each(|silence| dead_end_is_one(scenario, silence))?;
    expert_agrees(scenario, &proof.points.best.line)?;
    for unreached in &proof.unreached {
        ensure!(unreached.proved, "{:?}: not proved", unreached.goal);
        ensure!(!found.reached.contains(&unreached.goal), "{:?}: reached after all", unreached.goal);
    }
    for goal in goals(scenario) {
        let told = proof.unreached.iter().any(|unreached| unreached.goal == goal);
        ensure!(proof.reach.has(goal) != told, "{goal:?}: neither or both reached and unreached");
        if let Some(way) = proof.reach.way(goal).filter(|_| !matches!(goal, Goal::Choice(..))) {
            way_leads(scenario, goal, way)?;
        }
    }
    for stage in &proof.stages {
        let most = found.stages.iter().find(|(own, _)| *own == stage.stage).map(|(_, most)| *most);
        ensure!(
            !stage.proved || most.is_none_or(|most| most <= stage.earned),
            "{:?}: earns {}, brute {most:?}",
            stage.stage,
            stage.earned
        );
    }
    Ok(())
}
