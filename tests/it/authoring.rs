//! The author's guide is true: its scripts load, its commands run and say what it shows.

use crate::support::cli::Cli;
use crate::support::fenced::{Block, blocks};

const GUIDE: &str = include_str!("../../docs/authoring.md");

/// The scripts of the guide, by the names of their files.
fn scripts() -> Vec<(&'static str, &'static str)> {
    let whole = blocks(GUIDE).into_iter().filter(|block| block.language == "ron");
    let named = |block: Block| {
        let name =
            block.before.strip_prefix("File: ").expect("a whole script is named in the line before it");
        (name, block.text)
    };
    whole.map(named).collect()
}

#[test]
fn its_scripts_load_and_its_last_is_clean() {
    let scripts = scripts();
    assert!(scripts.len() >= 3);
    for (name, text) in &scripts {
        let loaded = breachdrill::scenario::load(text);
        assert!(loaded.scenario.is_some(), "{name}: {:#?}", loaded.findings);
    }
    let (name, last) = scripts.last().unwrap();
    let findings = breachdrill::scenario::load(last).findings;
    assert!(findings.is_empty(), "{name}: {findings:#?}");
}

#[test]
fn its_constructs_are_a_script_together() {
    let reference = GUIDE.split("\n## ").find(|part| part.starts_with("2. ")).unwrap();
    let mut text = "#![type = \"breachdrill/scenario/1\"]\nScenario(\n".to_owned();
    for part in blocks(reference).into_iter().filter(|block| block.language == "ron-part") {
        text.push_str(part.text);
    }
    text.push(')');
    let loaded = breachdrill::scenario::load(&text);
    assert!(loaded.scenario.is_some(), "{:#?}\n{text}", loaded.findings);
}

#[test]
fn its_commands_run_in_order_and_say_what_it_shows() {
    let cli = Cli::new();
    for (name, text) in scripts() {
        cli.write(name, text);
    }
    let mut run = 0;
    for block in blocks(GUIDE).into_iter().filter(|block| block.language == "console") {
        let mut said = String::new();
        for line in block.text.lines() {
            if let Some(command) = line.strip_prefix("$ breachdrill ") {
                let args: Vec<&str> = command.split_whitespace().collect();
                let ran = cli.run(&args);
                assert_eq!(ran.code, 0, "{command}\n{}\n{}", ran.out, ran.err);
                said = format!("{}\n{}", ran.out, ran.err);
                run += 1;
            } else if !line.trim().is_empty() && line.trim() != "…" {
                // A line that is told in part ends, or begins, with an ellipsis.
                let shown = line.trim().trim_matches('…').trim();
                assert!(said.contains(shown), "the guide shows\n{line}\nit says\n{said}");
            }
        }
    }
    assert!(run > 10, "{run} commands");
}
