//! What the README shows is true.

use crate::support::cli::{Cli, answers};
use crate::support::fenced;

const README: &str = include_str!("../../README.md");

/// The fenced blocks in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let all = fenced::blocks(README).into_iter().filter(|block| block.language == language);
    all.map(|block| block.text.trim_end()).collect()
}

#[test]
fn its_scripts_load_without_errors() {
    let scripts = blocks("ron");
    assert!(!scripts.is_empty());
    for (row, text) in scripts.into_iter().enumerate() {
        let loaded = breachdrill::scenario::load(text);
        assert!(loaded.scenario.is_some(), "{text}\n{:#?}", loaded.findings);
        let clean = loaded.findings.is_empty() || row > 0;
        assert!(clean, "a reader's first script draws no warning\n{:#?}", loaded.findings);
    }
}

#[cfg_attr(not(feature = "host"), ignore = "it speaks of the host")]
#[test]
fn its_commands_run_as_written() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let lines = blocks("console").into_iter().flat_map(str::lines);
    let commands: Vec<&str> = lines.filter_map(|l| l.strip_prefix("$ breachdrill ")).collect();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands {
        let args: Vec<&str> = command.split_whitespace().collect();
        if ["play", "retry", "host"].contains(&args[0]) || args.contains(&"--open") {
            // These want a person or a browser: their words must at least be words of the command.
            let help = cli.ok(&[args[0], "--help"]);
            for flag in args.iter().filter(|a| a.starts_with("--")) {
                assert!(help.contains(flag), "{command}: {flag}");
            }
        } else {
            cli.ok(&args);
        }
    }
}

#[test]
fn its_finding_is_what_check_says() {
    let cli = Cli::new();
    cli.ok(&["new", "lost-laptop.ron"]);
    let script = std::fs::read_to_string(cli.path("lost-laptop.ron")).unwrap();
    cli.write("lost-laptop.ron", &script.replace(r#"Ask("first-look")"#, r#"Ask("first-lok")"#));
    let ran = cli.run(&["check", "lost-laptop.ron"]);
    let shown = blocks("text").into_iter().find(|b| b.starts_with("error[")).unwrap();
    assert!(ran.out.starts_with(shown), "README shows\n{shown}\ncheck says\n{}", ran.out);
}

#[test]
fn its_first_two_commands_are_the_ones_that_set_everything_up() {
    let first: Vec<&str> =
        blocks("console").into_iter().flat_map(str::lines).filter(|l| l.starts_with("$ ")).take(2).collect();
    assert_eq!(first, ["$ cargo run -- play first-light", "$ bash tests/run"]);
    assert!(include_str!("../../.ci/run").contains("bash tests/run"));
}

#[test]
fn every_command_is_mentioned() {
    let help = Cli::new().ok(&["--help"]);
    let commands = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    for line in commands.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   ")) {
        let name = line.split_whitespace().next().unwrap();
        assert!(name == "help" || README.contains(name), "README does not mention `{name}`");
    }
}

#[test]
fn the_reference_script_has_every_construct_as_it_says() {
    let reference = include_str!("../fixtures/reference.ron");
    let words: Vec<&str> = reference.split(|c: char| !c.is_alphanumeric()).collect();
    let file = include_str!("../../src/scenario/file.rs");
    let bodies = file.split("\npub(super) enum ").skip(1).map(|rest| rest.split("\n}").next().unwrap());
    let lines = bodies.flat_map(str::lines).filter_map(|line| line.strip_prefix("    "));
    let variants = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let variants: Vec<&str> =
        variants.map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap()).collect();
    assert!(variants.len() > 60, "{variants:?}");
    for variant in variants {
        assert!(words.contains(&variant), "tests/fixtures/reference.ron lacks `{variant}`");
    }
}

#[test]
fn what_it_says_of_seats_tasks_and_notices_stands_in_its_script() {
    let script = blocks("ron").into_iter().find(|text| text.contains("seats: {")).unwrap();
    let (_, told) = README.split_once("Conditions read what was decided:").unwrap();
    let paragraph = told.split("\n\n").next().unwrap();
    for word in ["Assigned(", "Notified(", "Seated("] {
        assert!(paragraph.contains(word) && script.contains(word), "{word}");
    }
    let seats = breachdrill::scenario::load(script).scenario.unwrap().seats;
    assert_eq!(seats.iter().map(|seat| seat.name.as_str()).collect::<Vec<_>>(), ["lead", "counsel"]);
}
