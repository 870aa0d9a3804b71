//! The catalogue: filters, the trainer's page, copies for tailoring, coverage.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use breachdrill::debrief::{NO_INCIDENT, coverage, coverage_markdown, coverage_svg, covered};
use breachdrill::scenario::{Audience, Level, Scenario, Stage, library, load};

use crate::support::cli::Cli;

fn shipped() -> Vec<(&'static str, Scenario)> {
    let mut scripts: Vec<_> =
        library().iter().map(|(name, text)| (*name, load(text).scenario.unwrap())).collect();
    scripts.sort_by_key(|(name, scenario)| (scenario.head.minutes, *name));
    scripts
}

/// The names that `list` gives with some filters.
fn listed(cli: &Cli, filters: &[&str]) -> Vec<String> {
    let all = cli.json(&[&["list", "--json"], filters].concat());
    all["scripts"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap().to_owned()).collect()
}

/// The names of the shipped scripts that are something.
fn those(fits: impl Fn(&Scenario) -> bool) -> Vec<String> {
    shipped().into_iter().filter(|(_, scenario)| fits(scenario)).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_filter_keeps_what_fits_and_nothing_else() {
    let cli = Cli::new();
    let all = listed(&cli, &[]);
    assert_eq!(all.len(), library().len());
    for audience in Audience::ALL {
        let found = listed(&cli, &["--audience", audience.label()]);
        assert_eq!(found, those(|s| s.head.audience == audience));
    }
    for level in Level::ALL {
        assert_eq!(listed(&cli, &["--level", level.label()]), those(|s| s.head.level == level));
    }
    // Every call reads the whole library: a stage of one word, and two of several.
    for stage in [Stage::Analysis, Stage::Legal, Stage::LessonsLearned] {
        let counts = |s: &Scenario| covered("", s).stages[stage as usize] > 0;
        assert_eq!(listed(&cli, &["--stage", stage.label()]), those(counts), "{}", stage.label());
        let word = stage.label().split(' ').next().unwrap();
        assert_eq!(listed(&cli, &["--stage", word]), those(counts), "its first word will do: {word}");
    }
    let languages: std::collections::BTreeSet<String> =
        shipped().into_iter().map(|(_, scenario)| scenario.head.language).collect();
    for language in languages {
        let found = listed(&cli, &["--language", &language.to_uppercase()]);
        assert_eq!(found, those(|s| s.head.language == language));
    }
    for class in ["fraud", "Fraud", "information-content-security", "no incident", "not-an-incident"] {
        let name = match class {
            "Fraud" => "fraud",
            "not-an-incident" => NO_INCIDENT,
            other => other,
        };
        assert_eq!(
            listed(&cli, &["--class", class]),
            those(|s| covered("", s).classes.contains(name)),
            "{class}"
        );
    }
    // Its classes are its own, and say which of RSIT they stand for.
    assert!(listed(&cli, &["--class", "fraud"]).contains(&"friday-invoice".to_owned()));
    assert_eq!(listed(&cli, &["--minutes", "10"]), those(|s| s.head.minutes <= 10));
    assert_eq!(listed(&cli, &["--minutes", "10-40"]), those(|s| (10..=40).contains(&s.head.minutes)));
    let both = listed(&cli, &["--audience", "everyone", "--minutes", "5"]);
    assert_eq!(both, those(|s| s.head.audience == Audience::Everyone && s.head.minutes <= 5));
}

#[test]
fn a_filter_that_names_nothing_says_what_there_is() {
    let cli = Cli::new();
    for (filter, says) in [
        (["--audience", "responder"], "did you mean `responders`?"),
        (["--audience", "children"], "there are: everyone, responders, leadership"),
        (["--stage", "leagl"], "did you mean `legal`?"),
        (["--stage", "lunch"], "there are: identification, categorization, analysis,"),
        (["--class", "frauds"], "did you mean `fraud`?"),
        (["--level", "advaned"], "did you mean `advanced`?"),
        (["--language", "xx"], "there are: "),
        (["--minutes", "soon"], "say 15 for at most fifteen, or 10-30"),
        (["--minutes", "30-10"], "30 is more than 10"),
    ] {
        let ran = cli.run(&["list", filter[0], filter[1]]);
        assert_eq!(ran.code, 2, "{filter:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{filter:?}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
    let none = cli.run(&["list", "--minutes", "0"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.contains("No shipped script is all of that"), "{}", none.err);
    assert!(listed(&cli, &["--minutes", "0"]).is_empty());
}

#[test]
fn the_trainers_page_says_what_is_trained_and_gives_nothing_away() {
    let cli = Cli::new();
    for (name, scenario) in shipped() {
        let page = cli.ok(&["show", name]);
        // Lines break at blanks and at hyphens, so blanks are no part of the comparison.
        let solid = |text: &str| text.split_whitespace().collect::<String>();
        let flat = solid(&page);
        let holds = |text: &str| flat.contains(&solid(text));
        for objective in &scenario.head.objectives {
            assert!(holds(&objective.says), "{name}: {}", objective.says);
        }
        for stage in covered(name, &scenario).exercised() {
            assert!(holds(stage.label()), "{name}: {}", stage.label());
        }
        for seat in &scenario.seats {
            assert!(holds(&seat.label), "{name}: {}", seat.label);
        }
        for choice in scenario.questions.iter().flat_map(|question| &question.choices) {
            assert!(choice.why.is_empty() || !holds(&choice.why), "{name}: {}", choice.why);
        }
        for technique in &scenario.head.techniques {
            assert!(!flat.contains(technique.as_str()), "{name} gives {technique} away");
        }
        for truth in &scenario.truth {
            assert!(!holds(&truth.why), "{name}: {}", truth.why);
        }
        let spoilers = cli.ok(&["show", name, "--spoilers"]);
        assert!(spoilers.starts_with(page.trim_end()) && spoilers.contains("What is true"), "{name}");
        // What a source is about tells what it was.
        for source in &scenario.sources {
            assert!(!holds(&source.title), "{name}: {}", source.title);
            assert!(solid(&spoilers).contains(&solid(&source.title)), "{name}: {}", source.title);
        }
        let choices = scenario.questions.iter().flat_map(|question| &question.choices);
        let names = choices.map(|choice| &choice.name).chain(scenario.evidence.iter().map(|own| &own.name));
        for own in names.chain(scenario.actions.iter().map(|action| &action.name)) {
            assert!(
                spoilers.contains(&format!("`{own}`")),
                "{name}: {own} is named to whoever writes answers"
            );
        }
    }
}

#[test]
fn a_copy_for_tailoring_is_the_script_with_its_origin() {
    let cli = Cli::new();
    for (name, text) in library().iter().filter(|(name, _)| ["first-light", "ward-round"].contains(name)) {
        let file = format!("our-{name}.ron");
        let ran = cli.run(&["new", &file, "--from", name]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let copy = fs::read_to_string(cli.path(&file)).unwrap();
        let (marker, rest) = text.split_once('\n').unwrap();
        let (from, same) = copy.strip_prefix(marker).unwrap().trim_start().split_once('\n').unwrap();
        assert!(from.starts_with("// Tailored from “") && from.contains("CC-BY-4.0"), "{from}");
        assert_eq!(same, rest);
        assert_eq!(cli.run(&["check", &file, "--strict"]).code, 0, "{name}");
    }
    let again = cli.run(&["new", "our-first-light.ron", "--from", "first-light"]);
    assert!(again.code == 1 && again.err.contains("--force"), "{}", again.err);
    let near = cli.run(&["new", "x.ron", "--from", "first-ligth"]);
    assert!(near.code == 2 && near.err.contains("did you mean `first-light`?"), "{}", near.err);
    assert!(!cli.path("x.ron").exists());
}

const HEAD: &str = "\
# What the shipped scripts cover

For trainers who plan a year, and for authors who look for what is missing. It
says what each script is about, so it is nothing for trainees.
`breachdrill list --coverage` prints these tables, with `--stage`, `--class` and
the other filters for some of the scripts, `--json` for programs, and
`--output FILE.svg` as the picture below.

![Stages, kinds of incident and techniques by script](coverage.svg)

This file and the picture are written by a test
(`UPDATE_FIXTURES=1 cargo test --test it catalogue`).

## Scripts

";

#[test]
#[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
fn the_coverage_in_the_docs_is_true() {
    let scripts = shipped();
    let named: Vec<(&str, &Scenario)> = scripts.iter().map(|(name, scenario)| (*name, scenario)).collect();
    let coverage = coverage(&named);
    let (mut tables, mut picture) = (HEAD.to_owned(), String::new());
    coverage_markdown(&coverage, &mut tables).unwrap();
    coverage_svg(&coverage, &mut picture).unwrap();
    let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (file, made) in [("coverage.md", &tables), ("coverage.svg", &picture)] {
        if std::env::var("UPDATE_FIXTURES").is_ok() {
            fs::write(docs.join(file), made).unwrap();
        }
        let written = fs::read_to_string(docs.join(file)).unwrap_or_default();
        assert_eq!(&written, made, "docs/{file} is stale: it says itself how it is written");
    }
    let cli = Cli::new();
    assert!(tables.ends_with(&cli.ok(&["list", "--coverage"])));
    cli.ok(&["list", "--coverage", "--output", "all.svg"]);
    assert_eq!(fs::read_to_string(cli.path("all.svg")).unwrap(), picture);
    let json = cli.json(&["list", "--coverage", "--json"]);
    assert_eq!(json["scripts"].as_array().unwrap().len(), library().len());
}

#[test]
fn the_library_covers_every_stage() {
    let scripts = shipped();
    let mut missing = String::new();
    for stage in Stage::ALL {
        let count = scripts.iter().filter(|(name, s)| covered(name, s).stages[stage as usize] > 0).count();
        if count < 2 {
            let _ = writeln!(missing, "{} counts in {count} scripts", stage.label());
        }
    }
    assert!(missing.is_empty(), "{missing}");
}
