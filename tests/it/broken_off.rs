//! A drill that the trainee ended early: it says so everywhere, and it is not passed.

use crate::support::cli::Cli;

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
