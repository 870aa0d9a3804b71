//! `what-if` and `retry` on the command line: another choice asked for, and played.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::cli::{Cli, Ran, answers};

fn played(script: &str, line: &str) -> Cli {
    let cli = Cli::new();
    cli.ok(&["play", script, "--seed", "7", "--answers", &answers(&format!("{script}-{line}"))]);
    cli
}

/// The first question that the drill asked, with the choice that was best there.
fn first(cli: &Cli) -> String {
    let debrief = cli.json(&["debrief", "--json"]);
    let all = debrief["decisions"].as_array().unwrap();
    let decision = all.iter().find(|d| d["of"] == "question" && d["otherwise"][0]["better"] == true);
    decision.unwrap()["name"].as_str().unwrap().to_owned()
}

#[test]
fn what_if_says_what_the_debrief_says() {
    let cli = played("ward-round", "bad");
    let name = first(&cli);
    let debrief = cli.json(&["debrief", "--json"]);
    let told = cli.json(&["what-if", "--at", &name, "--json"]);
    assert_eq!(told["format"], "breachdrill/what-if/1");
    let of = |of: &Value| of["otherwise"][0]["says"].clone();
    let own = debrief["decisions"].as_array().unwrap().iter().find(|d| d["name"] == *name).unwrap();
    assert_eq!(of(&told["decisions"][0]), of(own));
    let plain = cli.ok(&["what-if", "--at", &name]);
    assert!(plain.contains("Had you"), "{plain}");
    for format in ["terminal", "markdown", "html"] {
        let text = cli.ok(&["debrief", "--format", format]);
        assert!(text.contains("What would have been") && text.contains("best line"), "{format}");
    }
    assert!(cli.ok(&["what-if"]).lines().count() > 3);
}

#[test]
fn what_cannot_be_asked_says_why() {
    let cli = played("first-light", "bad");
    let ran = cli.run(&["what-if", "--at", "no-such-thing"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no question or action is named"), "{}", ran.err);
    let ran = cli.run(&["what-if", "--choose", "x"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    let name = first(&cli);
    let ran = cli.run(&["what-if", "--at", &name, "--choose", "no-such-choice"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no choice is named"), "{}", ran.err);
}

#[test]
fn a_retry_is_a_drill_that_knows_its_parent() {
    let cli = played("ward-round", "bad");
    let name = first(&cli);
    let before = cli.json(&["debrief", "--json"]);
    let good = answers("ward-round-good");
    let retried = cli.json(&["retry", "--at", &name, "--answers", &good, "--json"]);
    assert_eq!(retried["sheet"]["retry"]["drill"], before["sheet"]["drill"]);
    assert_eq!(retried["sheet"]["seed"], "7");
    assert!(retried["points"]["earned"].as_i64() > before["points"]["earned"].as_i64());
    let drills = cli.json(&["drills", "--json"]);
    assert_eq!(drills["drills"][0]["retry_of"]["drill"], before["sheet"]["drill"]);
    assert_eq!(drills["drills"][1]["retry_of"], Value::Null);
    assert!(cli.ok(&["drills"]).contains("a retry of"));
    cli.ok(&["verify"]);
    let file = cli.path("retry.jsonl").to_string_lossy().into_owned();
    cli.ok(&["export", "--output", &file]);
    cli.ok(&["verify", &file]);
    let elsewhere = Cli::new().json(&["debrief", &file, "--json"]);
    assert_eq!(elsewhere["sheet"]["retry"], retried["sheet"]["retry"]);
    for format in ["terminal", "markdown", "html"] {
        let text = cli.ok(&["debrief", "--format", format]);
        assert!(text.replace('\n', " ").contains("retry of drill"), "{format}");
    }
    // The first drill is as it was.
    let parent = before["sheet"]["drill"].as_str().unwrap();
    assert_eq!(cli.json(&["debrief", parent, "--json"]), before);
}

#[test]
fn a_retry_is_played_line_by_line() {
    let cli = played("first-light", "bad");
    let name = first(&cli);
    let mut child = cli
        .command(&["retry", "--at", &name, "--plain", "--pace", "600"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Goes on, chooses the first, and leaves the rest to the clock.
    child.stdin.as_mut().unwrap().write_all(b"\nresume\n1\n").unwrap();
    let ran = Ran::of(&child.wait_with_output().unwrap());
    assert!(ran.err.contains("A retry of drill"), "{}\n{}", ran.out, ran.err);
    let drills = cli.json(&["drills", "--json"]);
    assert_eq!(drills["drills"].as_array().unwrap().len(), 2, "{}\n{}", ran.out, ran.err);
    assert!(drills["drills"][0]["retry_of"]["facts"].as_u64().unwrap() > 1);
    cli.ok(&["verify"]);
}
