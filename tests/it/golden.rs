//! Golden drills: same script, seed and inputs, same bytes, on every run and machine.
//!
//! `UPDATE_GOLDEN=1 cargo test golden` writes them anew; read the difference
//! before it is committed.

use std::fs;
use std::path::PathBuf;

use breachdrill::debrief::{self, About, build};
use breachdrill::drill::{Drill, scripted};
use breachdrill::engine::Input;
use breachdrill::journal::{Chained, Journal};
use breachdrill::scenario::{Answers, Scenario, SimTime, library};
use breachdrill::score::score;

use crate::support::{scenario, settings};

const LINES: [&str; 2] = ["good", "bad"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

pub(crate) fn compare(name: &str, text: &str) {
    let path = folder().join("golden").join(name);
    #[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    if golden != text {
        let differs = golden.lines().zip(text.lines()).position(|(a, b)| a != b);
        let line = differs.unwrap_or_else(|| golden.lines().count().min(text.lines().count()));
        panic!(
            "tests/golden/{name} differs from line {} on\n  golden: {}\n  now:    {}",
            line + 1,
            golden.lines().nth(line).unwrap_or("(ends)"),
            text.lines().nth(line).unwrap_or("(ends)")
        );
    }
}

/// Plays a shipped script along one of its answers files.
fn played(scenario: &Scenario, name: &str, line: &str, seed: u64) -> Drill<'static, Chained> {
    // Tests leak a scenario or two; drills borrow them.
    let scenario: &'static Scenario = Box::leak(Box::new(scenario.clone()));
    let file = fs::read_to_string(folder().join(format!("fixtures/answers/{name}-{line}.ron"))).unwrap();
    let steps = scripted::plan(scenario, &Answers::read(&file).unwrap()).unwrap();
    let mut drill = Drill::new(scenario, Chained::new(scenario));
    drill.submit(SimTime::ZERO, &Input::Start(settings(seed))).unwrap().unwrap();
    let notices = scripted::run(&mut drill, &steps, |_| {}).unwrap();
    // Written for one seed; with another one some steps may have no question.
    assert!(notices.is_empty() || line == "bad" || seed != 7, "{name}, good line: {notices:?}");
    drill
}

fn about(drill: &Drill<'_, Chained>) -> About {
    About {
        drill: "00000000000000000000000000000000".into(),
        head: drill.journal().head().map(|h| h.to_string()).unwrap_or_default(),
        trainee: None,
        started: None,
        engine: "golden".into(),
        parent: None,
        moves: 20_000,
        answers: false,
    }
}

#[test]
fn journals_and_debriefs_of_the_shipped_scripts() {
    for (name, text) in library() {
        let scenario = scenario(text);
        for line in LINES {
            let drill = played(&scenario, name, line, 7);
            compare(&format!("{name}-{line}.facts.jsonl"), drill.journal().text());
            let earned = score(&scenario, drill.facts());
            let told = build(&scenario, drill.facts(), &earned, &about(&drill));
            let (mut json, mut markdown) = (String::new(), String::new());
            debrief::markdown(&told, &mut markdown).unwrap();
            // The form is the same for all; the content of the others is in the Markdown.
            if ["first-light", "friday-invoice", "ward-round"].contains(name) {
                debrief::json(&told, &mut json).unwrap();
                compare(&format!("{name}-{line}.debrief.json"), &json);
            }
            compare(&format!("{name}-{line}.debrief.md"), &markdown);
        }
    }
}

#[test]
fn every_shipped_script_can_be_won_and_lost_and_plays_differently() {
    let mut wrong = Vec::new();
    for (name, text) in library() {
        let scenario = scenario(text);
        let [good, bad] = LINES.map(|line| played(&scenario, name, line, 7));
        let of = |drill: &Drill<'_, Chained>| {
            let score = score(&scenario, drill.facts());
            (score.decisions.percent().unwrap(), scenario.endings[score.ending.unwrap().at()].good)
        };
        let (won, lost) = (of(&good), of(&bad));
        if won.0 < 90 || !won.1 {
            wrong.push(format!("{name}: the good line earns {} %, ends well: {}", won.0, won.1));
        }
        if lost.0 >= 50 || lost.1 {
            wrong.push(format!("{name}: the bad line earns {} %, ends well: {}", lost.0, lost.1));
        }
        let other = played(&scenario, name, "good", 8);
        assert_ne!(good.journal().text(), other.journal().text(), "{name}: another seed, another drill");
        let again = played(&scenario, name, "good", 7);
        assert_eq!(good.journal().text(), again.journal().text(), "{name}: same seed, same bytes");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_choice_and_action_of_a_shipped_script_has_a_reason_and_a_source() {
    let mut wrong = Vec::new();
    for (name, text) in library() {
        let loaded = breachdrill::scenario::load(text);
        assert!(loaded.findings.is_empty(), "{name} does not check clean: {:#?}", loaded.findings);
        let scenario = loaded.scenario.unwrap();
        for question in &scenario.questions {
            for choice in &question.choices {
                let reason = !choice.why.is_empty() || !question.why.is_empty();
                let source = choice.source.is_some() || question.source.is_some();
                if !(reason && source) {
                    wrong.push(format!("{name}: {} / {}", question.name, choice.name));
                }
            }
        }
        for action in &scenario.actions {
            if action.why.is_empty() || action.source.is_none() {
                wrong.push(format!("{name}: {}", action.name));
            }
        }
    }
    assert!(wrong.is_empty(), "no reason, or no source: {wrong:#?}");
}

#[test]
fn ward_round_trains_all_ten_stages() {
    let (_, text) = library().iter().find(|(name, _)| *name == "ward-round").unwrap();
    let scenario = scenario(text);
    let drill = played(&scenario, "ward-round", "good", 7);
    for stage in score(&scenario, drill.facts()).stages {
        // What is learned is also reflected on, and that is never scored.
        assert!(stage.items > 0, "{} is not exercised", stage.stage.label());
    }
}
