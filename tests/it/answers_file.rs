//! A drill that an answers file decided says so, wherever it is told.

use std::io::Write;
use std::process::Stdio;

use crate::support::cli::{Cli, Ran, answers};

const SENTENCE: &str = "a file decided here";

/// What each format says, in one line.
fn debriefs(cli: &Cli) -> Vec<String> {
    ["terminal", "markdown", "html"]
        .iter()
        .map(|format| cli.ok(&["debrief", "--format", format]).replace('\n', " "))
        .collect()
}

#[test]
fn every_debrief_and_the_list_of_drills_say_so() {
    let cli = Cli::new();
    let good = answers("first-light-good");
    let debrief = cli.json(&["play", "first-light", "--seed", "7", "--answers", &good, "--json"]);
    assert_eq!(debrief["sheet"]["answers_file"], true);
    for text in debriefs(&cli) {
        let (before, _) = text.split_once(SENTENCE).unwrap_or_else(|| panic!("{text}"));
        assert!(!before.contains("You "), "it comes before what is said of anybody: {before}");
    }
    assert!(cli.ok(&["drills"]).contains(", from an answers file"));
    assert_eq!(cli.json(&["drills", "--json"])["drills"][0]["answers_file"], true);
    // It is signed with the rest: an evidence file says so anywhere.
    cli.ok(&["export", "--output", "drill.jsonl"]);
    let file = cli.path("drill.jsonl").to_string_lossy().into_owned();
    assert_eq!(Cli::new().json(&["debrief", &file, "--json"])["sheet"]["answers_file"], true);
    let unsaid = std::fs::read_to_string(&file).unwrap().replace(",\"played\":\"answers\"", "");
    assert_eq!(Cli::new().run(&["verify", &cli.write("unsaid.jsonl", &unsaid)]).code, 1);
}

#[test]
fn a_person_who_hands_over_to_a_file_is_told_apart_from_one_who_does_not() {
    let cli = Cli::new();
    let by_hand = |lines: &[u8]| {
        let mut command = cli.command(&["play", "first-light", "--seed", "7", "--plain", "--untimed"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(lines).unwrap();
        Ran::of(&child.wait_with_output().unwrap())
    };
    let listed = || cli.json(&["drills", "--json"])["drills"][0]["answers_file"].clone();
    let ran = by_hand(b"\n1\n");
    assert_eq!(listed(), false, "{}{}", ran.out, ran.err);
    cli.ok(&["resume", "--end"]);
    assert!(debriefs(&cli).iter().all(|text| !text.contains(SENTENCE)));
    by_hand(b"\n1\n");
    cli.ok(&["resume", "--answers", &answers("first-light-good"), "--lenient"]);
    assert_eq!(listed(), true);
    assert!(debriefs(&cli).iter().all(|text| text.contains(SENTENCE)));
    assert!(debriefs(&cli)[1].contains("from here on an answers file decided"));
    // What was played on from there is not a person's own either.
    let name = cli.json(&["debrief", "--json"])["decisions"][0]["name"].as_str().unwrap().to_owned();
    cli.run(&["retry", "--at", &name, "--plain"]);
    assert_eq!(listed(), true);
}
