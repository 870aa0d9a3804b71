//! What a command says when it cannot do what was asked, and what it leaves alone.

use crate::support::cli::{Cli, answers};

fn played() -> Cli {
    let cli = Cli::new();
    let good = answers("first-light-good");
    cli.ok(&["play", "first-light", "--seed", "41", "--answers", &good, "--name", "Amber"]);
    cli
}

#[test]
fn steps_that_do_not_fit_are_told_and_are_a_failure() {
    let cli = Cli::new();
    let steps = cli.write(
        "steps.ron",
        r#"Answers(steps: [(at: "1s", does: Resume), (at: "2s", does: End), (at: "9m", does: Note("late"))])"#,
    );
    let ran = cli.run(&["play", "first-light", "--seed", "1", "--answers", &steps, "--quiet"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for part in [
        "answers: line 1, step 1 at ",
        "answers: line 1, step 3 was not reached",
        "2 steps of the answers file",
        "--lenient",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    cli.ok(&["play", "first-light", "--seed", "1", "--answers", &steps, "--lenient"]);
}

#[test]
fn what_cannot_be_asked_is_said_and_no_drill_is_begun() {
    let cli = Cli::new();
    for option in ["--no-input", "--json"] {
        let ran = cli.run(&["play", "first-light", "--plain", option]);
        assert!(ran.code == 2 && ran.err.contains("--answers"), "{option}: {}", ran.err);
        assert!(ran.out.is_empty(), "{option}: {}", ran.out);
    }
    assert!(!cli.data().exists());
    for command in [
        &["replay"][..],
        &["new", "x.ron"],
        &["forget", "--person", "Amber", "--yes"],
        &["export"],
        &["resume"],
        &["man"],
        &["completions", "bash"],
    ] {
        let ran = cli.run(&[command, &["--json"]].concat());
        assert!(ran.code == 2 && ran.err.contains("no JSON form"), "{command:?}: {}", ran.err);
    }
    let ran = cli.run(&["debrief", "--json", "--format", "markdown"]);
    assert!(ran.code == 2 && ran.err.contains("different things"), "{}", ran.err);
}

#[test]
fn a_debrief_overwrites_nothing_unasked_and_never_its_evidence() {
    let cli = played();
    let file = cli.path("drill.jsonl").to_string_lossy().into_owned();
    cli.ok(&["export", "-o", &file]);
    let evidence = std::fs::read(&file).unwrap();
    for args in [&["debrief", &file, "-o", &file][..], &["debrief", &file, "-o", &file, "--force"]] {
        let ran = cli.run(args);
        assert!(ran.code == 2 && ran.err.contains("never overwritten"), "{}", ran.err);
    }
    assert_eq!(std::fs::read(&file).unwrap(), evidence);
    let page = cli.write("page.html", "mine");
    let ran = cli.run(&["debrief", "-o", &page]);
    assert!(ran.code == 1 && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "mine");
    cli.ok(&["debrief", "-o", &page, "--force"]);
    assert!(std::fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));
}

#[test]
fn words_without_their_key_are_sealed_and_not_erased() {
    let (here, there) = (played(), Cli::new());
    let file = here.path("drill.jsonl").to_string_lossy().into_owned();
    here.ok(&["export", "-o", &file]);
    let own = |cli: &Cli| cli.json(&["debrief", &file, "--json"])["record"]["noted"][0]["says"].clone();
    assert!(own(&here).as_str().unwrap().contains("service desk"));
    assert_eq!(own(&there), "sealed, not in this file");
    here.ok(&["forget", "--person", "Amber", "--yes"]);
    assert_eq!(here.json(&["debrief", "--json"])["record"]["noted"][0]["says"], "erased");
}

#[test]
fn a_damaged_folder_is_told_and_can_be_set_aside() {
    let cli = played();
    for log in ["journal.db-wal", "journal.db-shm"] {
        let _ = std::fs::remove_file(cli.data().join(log));
    }
    std::fs::write(
        cli.data().join("journal.db"),
        "this is no database, and it is long enough to be seen as none",
    )
    .unwrap();
    let ran = cli.run(&["drills"]);
    assert!(
        ran.code == 1 && ran.err.contains("--set-aside") && ran.err.contains("--data-dir"),
        "{}",
        ran.err
    );
    let doctor = cli.run(&["doctor"]);
    assert!(doctor.code == 1 && doctor.out.contains("--set-aside"), "{}", doctor.out);
    assert_eq!(cli.run(&["doctor", "--set-aside"]).code, 2, "without a terminal it wants --yes");
    cli.ok(&["doctor", "--set-aside", "--yes"]);
    assert!(cli.path("data-aside-1").join("journal.db").exists() && !cli.data().exists());
    cli.ok(&["doctor"]);
}

#[test]
fn doctor_notices_lost_keys_and_places_that_take_nothing() {
    let cli = played();
    assert!(cli.ok(&["doctor"]).contains("MiB fit"));
    std::fs::remove_file(cli.data().join("people.keys")).unwrap();
    let ran = cli.run(&["doctor"]);
    assert!(ran.code == 1 && ran.out.contains("people.keys is gone"), "{}", ran.out);
    if cfg!(target_os = "linux") {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_breachdrill"));
        let nowhere = command.args(["doctor", "--data-dir", "/proc/nope"]).output().unwrap();
        assert_eq!(nowhere.status.code(), Some(1), "{}", String::from_utf8_lossy(&nowhere.stdout));
    }
}

#[test]
fn the_documented_answers_file_plays_and_every_documented_form_is_read() {
    const DOCS: &str = include_str!("../../docs/answers.md");
    let cli = Cli::new();
    let examples: Vec<&str> =
        DOCS.split("```ron\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let war_room = cli.write("war-room.ron", include_str!("../fixtures/war-room.ron"));
    for (script, example) in ["first-light", &war_room].into_iter().zip(&examples) {
        let file = cli.write("answers.ron", example);
        let ran = cli.run(&["play", script, "--seed", "41", "--answers", &file]);
        assert_eq!(ran.code, 0, "{script}: every step is taken: {}", ran.err);
    }
    assert_eq!(examples.len(), 2);
    let (_, table) = DOCS.split_once("## What\n").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `")).flat_map(|line| {
        let forms = line.split('|').nth(1).unwrap();
        forms.split('`').skip(1).step_by(2).filter(|form| *form != "does:")
    });
    let rows: Vec<&str> = rows.collect();
    assert!(rows.len() > 12, "{rows:?}");
    for form in rows {
        let text = format!(
            "Answers(steps: [(at: \"1s\", question: \"q\", does: {form}, sure: 90, because: \"b\")])"
        );
        assert!(breachdrill::scenario::Answers::read(&text).is_ok(), "{form}");
    }
}

#[test]
fn a_fault_of_an_answers_file_is_told_with_its_line_and_the_nearest_name() {
    let cli = Cli::new();
    for (text, parts) in [
        (
            "Answers(steps: [\n  (asked: \"promt\", does: Choose(\"report\")),\n])",
            ["line 2, step 1", "did you mean `prompt`?"],
        ),
        (
            "Answers(steps: [\n\n  (asked: \"prompt\", does: Choose(\"repord\")),\n])",
            ["line 3, step 1", "did you mean `report`?"],
        ),
        (
            "Answers(steps: [\n  (asked: \"prompt\", dose: End),\n])",
            ["line 2, column", "did you mean `does`?"],
        ),
        (
            "Answers(steps: [\n  (at: \"1m\", does: Examine(\"profil\")),\n])",
            ["line 2, step 1", "did you mean `profile`?"],
        ),
    ] {
        let file = cli.write("answers.ron", text);
        let ran = cli.run(&["play", "first-light", "--answers", &file]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        for part in parts {
            assert!(ran.err.contains(part), "{part}: {}", ran.err);
        }
    }
    assert!(!cli.data().exists(), "no drill was begun");
}
