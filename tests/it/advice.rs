//! Small things that go wrong at the table and on the command line, and what is said then.

use breachdrill::drill::{Drill, ManualClock};
use breachdrill::engine::{Fact, Seed, Settings, What};
use breachdrill::journal::Memory;
use breachdrill::scenario::SeatSet;
use breachdrill::term::{Seating, Style, play_plain};

use crate::support::cli::{Cli, answers};
use crate::support::scenario;

/// Two questions at once, and nothing else for twenty minutes.
const DESK: &str = r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Two at once", summary: "For tests.", audience: Everyone, minutes: 1,
    clock: (startex: "2026-03-06 08:55", zone: "Europe/Berlin", length: "1h", pace: 10),
    truth: { "t": (from: "0m", class: "fraud", kind: "phishing", severity: "high", why: "w") },
    cast: { "ada": (label: "Ada", role: "colleague") },
    injects: {
        "both": (at: "0m", via: Desk(from: "ada"), body: "Two things.", then: [Ask("what"), Ask("who")]),
        "late": (at: "20m", via: Desk(from: "ada"), body: "A third thing."),
    },
    questions: {
        "what": (stage: Categorization, says: "What is it?", lapses: "40m", ask: Categorize(asks: [Class, Severity])),
        "who": (stage: Response, says: "Who does it?", lapses: "40m", ask: ChooseOne({
            "me": (says: "I do", credit: 100, why: "w"), "you": (says: "You do", credit: 0, why: "v"),
        })),
    },
    endings: { "end": (good: true, title: "End", says: "e") },
)"#;

/// What is said line by line, and the facts.
fn plain(lines: &str) -> (String, Vec<Fact>) {
    let scenario = scenario(DESK);
    let mut drill = Drill::new(&scenario, Memory::default());
    let seating = Seating {
        style: Style { color: false, ascii: false },
        settings: Settings { seed: Seed(1), untimed: false, factor: 100, seats: SeatSet::ALL },
        pace: None,
        brief: false,
        typed: false,
    };
    let input = std::io::Cursor::new(lines.to_owned().into_bytes());
    let mut said = Vec::new();
    play_plain(&mut drill, &mut ManualClock::default(), input, &mut said, &seating).unwrap();
    (String::from_utf8(said).unwrap(), drill.facts().to_vec())
}

#[test]
fn a_question_that_is_left_for_another_keeps_what_was_given() {
    let (said, _) = plain("1\no\no\n");
    assert!(said.contains("Part 1 of 3: Which class of incident?"), "{said}");
    assert_eq!(said.matches("Part 2 of 3: Which type of").count(), 2, "{said}");
}

#[test]
fn much_time_is_not_let_pass_by_one_key_while_something_is_asked() {
    let third = |facts: &[Fact]| facts.iter().filter(|f| matches!(f.what, What::Delivered(_))).count() == 2;
    let (said, facts) = plain("w\n");
    assert!(
        said.contains("You are asked something, and 20 minutes pass before anything else comes."),
        "{said}"
    );
    assert!(!third(&facts), "{said}");
    let (said, facts) = plain("w\ny\n");
    assert!(third(&facts), "{said}");
}

#[test]
fn a_note_without_a_line_says_how() {
    let (said, facts) = plain("note\n");
    assert!(said.contains("as in: note called the bank"), "{said}");
    assert!(!facts.iter().any(|f| matches!(f.what, What::Noted(_))));
}

#[test]
fn a_name_forges_no_row() {
    let cli = Cli::new();
    let good = answers("first-light-good");
    let ran = cli.run(&["play", "first-light", "--answers", &good, "--name", "Ann\n7f3a0000  2020-01-01"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("one line"), "{}", ran.err);
    assert_eq!(cli.ok(&["drills"]), "", "nothing was kept");
}

#[test]
fn a_data_folder_that_is_a_file_is_told_apart_from_a_full_disk() {
    let cli = Cli::new();
    std::fs::write(cli.data(), "not a folder").unwrap();
    let good = answers("first-light-good");
    for args in
        [&["drills"][..], &["debrief"], &["play", "first-light", "--answers", &good], &["forget", "7f3a"]]
    {
        let ran = cli.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("is a file") && ran.err.contains("--data-dir"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn what_is_left_out_is_named() {
    let cli = Cli::new();
    let ran = cli.run(&["forget"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--person NAME") && ran.err.contains("forget ID"), "{}", ran.err);
    for args in [&["new", "-"][..], &["new", "a.ron", "--title", ""], &["new", "a.ron", "--title", " \n"]] {
        assert_eq!(cli.run(args).code, 2, "{args:?}");
    }
    assert!(!cli.path("-").exists() && !cli.path("a.ron").exists());
    let help = cli.ok(&["check", "--help"]);
    assert!(help.contains("Exit codes: 0 sound; 3 errors"), "{help}");
}

#[test]
fn a_forgotten_drill_has_no_date() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "1", "--answers", &answers("first-light-good")]);
    let id = cli.json(&["drills", "--json"])["drills"][0]["id"].as_str().unwrap().to_owned();
    cli.ok(&["forget", &id, "--yes"]);
    let drill = cli.json(&["drills", "--json"])["drills"][0].clone();
    assert_eq!((&drill["state"], &drill["started"]), (&"forgotten".into(), &serde_json::Value::Null));
}

#[test]
fn the_manual_page_names_no_page_that_is_not_there() {
    let page = Cli::new().ok(&["man"]);
    assert!(page.contains("breachdrill what\\-if \\-\\-help"), "{page}");
    assert!(!page.contains("(1)"), "{page}");
}

#[test]
fn completions_offer_the_shipped_scripts() {
    let cli = Cli::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(cli.ok(&["completions", shell]).contains("friday-invoice"), "{shell}");
    }
    assert!(cli.ok(&["completions", "zsh"]).contains("_files}"));
    assert!(!cli.ok(&["play", "--help"]).contains("possible values: first-light"));
}

#[test]
fn a_lost_file_of_keys_is_told_and_not_written_over() {
    let cli = Cli::new();
    let good = answers("first-light-good");
    cli.ok(&["play", "first-light", "--seed", "41", "--answers", &good, "--name", "Amber"]);
    let keys = cli.data().join("people.keys");
    let copy = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    assert!(cli.ok(&["drills"]).contains(", person 1 (key missing)"));
    assert_eq!(cli.json(&["drills", "--json"])["drills"][0]["words"], "key-missing");
    let noted = |cli: &Cli| cli.json(&["debrief", "--json"])["record"]["noted"][0]["says"].clone();
    assert_eq!(noted(&cli), "sealed, and its key is missing");
    let doctor = cli.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("people.keys is gone: missing is the key of person 1"), "{}", doctor.out);
    let play = ["play", "first-light", "--seed", "41", "--answers", &good];
    let ran = cli.run(&play);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("forget --keyless") && !keys.exists(), "{}", ran.err);
    // A new file of keys would silence nothing.
    std::fs::write(&keys, "breachdrill/vault/1\n").unwrap();
    assert!(cli.run(&["doctor"]).out.contains("people.keys has not all"));
    std::fs::write(&keys, &copy).unwrap();
    assert!(noted(&cli).as_str().unwrap().contains("service desk"));
    cli.ok(&["doctor"]);
    std::fs::remove_file(&keys).unwrap();
    assert_eq!(cli.run(&["forget", "--keyless"]).code, 2, "it asks first");
    cli.ok(&["forget", "--keyless", "--yes"]);
    assert_eq!(noted(&cli), "erased");
    cli.ok(&["doctor"]);
    cli.ok(&play);
    cli.ok(&["verify"]);
}
