//! A drill that the trainee ended early: it says so everywhere, and it is not passed.

use std::collections::BTreeSet;

use breachdrill::engine::{Fact, Settings, State, What};
use breachdrill::score::{ItemOf, Ledger, score};

use crate::support::cli::Cli;
use crate::support::{MACHINE_ROOM, Rehearsal, scenario, settings};

/// One good answer, then the end.
const ONE_AND_OUT: &str = r#"Answers(steps: [
    (asked: "prompt", after: "1s", does: Choose("report")),
    (asked: "prompt", after: "2s", does: End),
])"#;

#[test]
fn every_debrief_says_so_in_its_first_sentence() {
    let cli = Cli::new();
    let answers = cli.write("out.ron", r#"Answers(steps: [(at: "2s", does: End)])"#);
    let debrief = cli.json(&["play", "ward-round", "--seed", "1", "--answers", &answers, "--json"]);
    let happened = debrief["opening"]["happened"].as_str().unwrap();
    assert!(happened.starts_with("Broken off: you ended this drill at "), "{happened}");
    assert_eq!((&debrief["passed"], &debrief["ending"]["broken_off"]), (&false.into(), &true.into()));
    assert_eq!(debrief["ending"]["title"], "The story was broken off");
    assert_eq!(debrief["ending"]["good"], false);
    for format in ["terminal", "markdown", "html"] {
        let text = cli.ok(&["debrief", "--format", format]);
        let (first, _) =
            text.split_once("Broken off: you ended").unwrap_or_else(|| panic!("{format}\n{text}"));
        assert!(!first.contains("Best") && !first.contains("pass mark"), "{format}\n{first}");
        assert!(!text.contains("above the pass mark"), "{format}");
    }
}

#[test]
fn it_is_not_passed_however_good_it_was() {
    let cli = Cli::new();
    let answers = cli.write("out.ron", ONE_AND_OUT);
    let play = ["play", "first-light", "--seed", "1", "--answers", &answers, "--min-score", "1"];
    let ran = cli.run(&play);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.contains("the drill was broken off"), "{}", ran.err);
    assert!(!ran.out.contains("the pass mark of"), "{}", ran.out);
    assert!(cli.ok(&["drills"]).contains(", broken off, "));
    assert_eq!(cli.json(&["drills", "--json"])["drills"][0]["state"], "broken off");
}

#[test]
fn one_that_came_to_its_end_is_passed_or_not_by_its_score() {
    let cli = Cli::new();
    for (line, code, passed) in [("good", 0, true), ("bad", 4, false)] {
        let answers = crate::support::cli::answers(&format!("first-light-{line}"));
        let play =
            ["play", "first-light", "--seed", "41", "--answers", &answers, "--json", "--min-score", "60"];
        let ran = cli.run(&play);
        assert_eq!(ran.code, code, "{line}: {}", ran.err);
        let debrief: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&debrief["passed"], &debrief["ending"]["broken_off"]), (&passed.into(), &false.into()));
    }
}

/// The names of everything that counts in a drill of the machine room, and its facts.
fn counted(settings: Settings, steps: &str) -> (BTreeSet<String>, Vec<Fact>) {
    let scenario = scenario(MACHINE_ROOM);
    let (facts, refused) = Rehearsal::of(&scenario).settings(settings).steps(steps).run();
    assert_eq!(refused, Vec::<String>::new());
    let name = |of: ItemOf| match of {
        ItemOf::Question(id) => scenario.question(id).name.to_string(),
        ItemOf::Action(id) => scenario.action(id).name.to_string(),
        ItemOf::Checkpoint(id) => scenario.inject(id).name.to_string(),
        ItemOf::Duty(id) => scenario.duty(id).name.to_string(),
    };
    (score(&scenario, &facts).items.iter().map(|item| name(item.of)).collect(), facts)
}

fn names(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_could_still_have_been_done_counts_neither_for_nor_against() {
    let counts = |steps: &str| counted(settings(1), steps).0;
    // At 3m one question is open, a call could still be made, and is still expected.
    assert_eq!(counts(r#"(at: "3m", does: End)"#), names(&[]));
    assert_eq!(counts(r#"(at: "4m30s", does: End)"#), names(&["is-it"]), "it lapsed at 4m");
    assert_eq!(
        counts(r#"(at: "2m", does: MoreTime("is-it")), (at: "4m30s", does: End)"#),
        names(&[]),
        "with more time it had not"
    );
    // Under way is not undone.
    assert_eq!(counts(r#"(at: "1m", does: Do("call")), (at: "3m", does: End)"#), names(&[]));
    // The expected call was due by 16m; the action earns something until 20m.
    let late = counts(r#"(at: "17m", does: End)"#);
    assert!(late.contains("calls") && !late.contains("call"), "{late:?}");
    let later = counts(r#"(at: "21m", does: End)"#);
    assert!(later.contains("calls") && later.contains("call"), "{later:?}");
}

#[test]
fn the_ledger_and_the_score_agree_on_it() {
    let scenario = scenario(MACHINE_ROOM);
    for end in ["1m", "3m", "4m30s", "6m", "11m", "17m", "59m"] {
        let steps = format!(r#"(at: "{end}", does: End)"#);
        let facts = Rehearsal::of(&scenario).steps(&steps).facts();
        let (mut state, mut ledger, mut earned) = (State::new(&scenario), Ledger::default(), 0);
        for fact in &facts {
            ledger.enter(&scenario, &state, fact, |gain| earned += gain.points.0);
            state.apply(fact);
        }
        assert_eq!(earned, score(&scenario, &facts).decisions.earned.0, "{end}");
    }
}

#[test]
fn windows_of_expected_actions_wait_for_whoever_has_more_time() {
    let missed = |facts: &[Fact]| facts.iter().find(|f| matches!(f.what, What::Missed(_))).map(|f| f.at.0);
    let usual = settings(1);
    let (double, untimed) = (Settings { factor: 200, ..usual }, Settings { untimed: true, ..usual });
    assert_eq!(missed(&counted(usual, "").1), Some(16 * 60));
    assert_eq!(missed(&counted(double, "").1), Some(30 * 60), "2m to 16m, twice as long");
    assert_eq!(missed(&counted(untimed, "").1), Some(60 * 60), "with ENDEX");
    let met = |facts: &[Fact]| facts.iter().any(|f| matches!(f.what, What::Met(_)));
    let call = r#"(at: "25m", does: Do("call"))"#;
    assert_eq!([usual, double, untimed].map(|settings| met(&counted(settings, call).1)), [false, true, true]);
}

#[test]
fn a_question_is_told_to_have_lapsed_when_it_did() {
    let cli = Cli::new();
    let script = cli.write("room.ron", MACHINE_ROOM);
    let change = |steps: &str| {
        let file = cli.write("steps.ron", &format!("Answers(steps: [{steps}])"));
        let debrief = cli.json(&["play", &script, "--seed", "1", "--answers", &file, "--json"]);
        let all = debrief["decisions"].as_array().unwrap().clone();
        let lapsed = all.into_iter().find(|d| d["name"] == "is-it").unwrap();
        lapsed["at"]["clock"].as_str().unwrap().to_owned()
    };
    assert_eq!(change(""), "08:04");
    assert_eq!(change(r#"(at: "2m", does: MoreTime("is-it"))"#), "08:06");
}
