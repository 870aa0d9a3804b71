//! Lists on a narrow screen: no row is wider than it, and none is lost.

use crate::support::cli::{Cli, Ran, answers};

/// What a command prints where the screen has so many columns.
fn printed(cli: &Cli, columns: &str, args: &[&str]) -> String {
    let ran = Ran::of(&cli.command(args).env("COLUMNS", columns).output().unwrap());
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran.out
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn drills_and_what_ifs_fit_the_screen() {
    let cli = Cli::new();
    for (script, name) in [("wrong-recipient-de", "Amber Weatherby-Montgomery"), ("first-light-de", "Ada")] {
        let file = answers(&format!("{script}-bad"));
        cli.ok(&["play", script, "--seed", "1", "--answers", &file, "--name", name]);
    }
    let id = cli.json(&["drills", "--json"])["drills"][1]["id"].as_str().unwrap().to_owned();
    for lang in ["en", "de"] {
        let commands = [vec!["drills", "--lang", lang], vec!["what-if", &id, "--lang", lang]];
        for command in commands {
            let whole = flat(&printed(&cli, "80", &command));
            assert!(whole.len() > 100, "{whole}");
            for columns in ["40", "60", "80", "200"] {
                let text = printed(&cli, columns, &command);
                let most = columns.parse::<usize>().unwrap().min(80);
                for line in text.lines() {
                    assert!(line.chars().count() <= most, "{columns}: {line}");
                }
                assert!(!text.contains('\u{a0}'), "what holds a line together is not written");
                assert_eq!(flat(&text), whole, "{columns}: nothing is lost");
            }
        }
        let rows = printed(&cli, "40", &["drills", "--lang", lang]);
        let days = |line: &&str| line.contains(" UTC");
        assert_eq!(rows.lines().filter(days).count(), 2, "a moment stands on one line: {rows}");
    }
}
