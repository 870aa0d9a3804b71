//! What is proved of three shipped scripts, pinned: the same on every run and machine.

use serde_json::{Value, json};

use breachdrill::engine::{Fact, What};
use breachdrill::scenario::{EndingId, Scenario, library};
use breachdrill::score::score;
use breachdrill::solve::{Bounds, Goal, Proof, Rated, prove};

use crate::golden::compare;
use crate::support::{scenario, settings};

/// States that each search may hold here: enough for what is proved, and soon at its end.
const STATES: usize = 20_000;

/// A short script, one that is cut by so many states, and a long one.
const PINNED: [&str; 3] = ["first-light", "friday-invoice", "ward-round"];

#[test]
fn the_proof_of_shipped_scripts() {
    for (name, text) in library().iter().filter(|(name, _)| PINNED.contains(name)) {
        let scenario = scenario(text);
        let told = |proof: &Proof| format!("{:#}\n", pinned(&scenario, proof));
        let proof = proved(&scenario);
        compare(&format!("proof/{name}.json"), &told(&proof));
    }
}

#[test]
fn a_proof_is_the_same_on_every_run() {
    let (_, text) = library().iter().find(|(name, _)| *name == "first-light").unwrap();
    let scenario = scenario(text);
    let [one, other] = [proved(&scenario), proved(&scenario)];
    assert_eq!(pinned(&scenario, &one), pinned(&scenario, &other));
    assert_eq!((one.reach, one.points.best.line), (other.reach, other.points.best.line));
}

fn proved(scenario: &Scenario) -> Proof {
    prove(scenario, settings(7), Bounds { states: STATES }, &mut |_| true)
}

fn pinned(scenario: &Scenario, proof: &Proof) -> Value {
    let rated = |rated: &Rated| {
        let (facts, refused) = rated.line.play(scenario);
        assert!(refused.is_empty(), "{refused:?}");
        let earned = score(scenario, &facts).decisions;
        assert_eq!(earned.earned, rated.earned, "a line earns what is said");
        let ending = facts.iter().rev().find_map(ending).expect("a line ends");
        json!({
            "earned": earned.earned.to_string(),
            "possible": earned.possible.to_string(),
            "bound": rated.bound.to_string(),
            "proved": rated.proved(),
            "steps": rated.line.steps.len(),
            "ending": scenario.endings[ending.at()].name.as_str(),
        })
    };
    let stages = proof.stages.iter().map(|stage| {
        let (earned, possible) = (stage.earned.to_string(), stage.possible.to_string());
        json!({ "stage": stage.stage.label(), "earned": earned, "possible": possible, "proved": stage.proved })
    });
    let endings = (0..scenario.endings.len()).map(EndingId::of);
    let endings = endings.filter(|id| proof.reach.has(Goal::Ending(*id)));
    let unreached = proof.unreached.iter();
    json!({
        "states": proof.progress.states,
        "transitions": proof.progress.transitions,
        "cut": proof.cut.map(|(cut, at)| format!("by {} at {at}", cut.name())),
        "variations": proof.variations.len(),
        "best": rated(&proof.points.best),
        "worst": rated(&proof.points.worst),
        "endings": endings.map(|id| scenario.endings[id.at()].name.to_string()).collect::<Vec<_>>(),
        "unreached": unreached.map(|u| format!("{:?}, proved: {}", u.goal, u.proved)).collect::<Vec<_>>(),
        "stages": stages.collect::<Vec<_>>(),
    })
}

fn ending(fact: &Fact) -> Option<EndingId> {
    if let What::Ended { ending, .. } = fact.what { Some(ending) } else { None }
}
