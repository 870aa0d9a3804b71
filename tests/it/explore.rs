//! `explore` and `check --prove` as commands.

use serde_json::Value;

use crate::support::cli::Cli;

const BASE: &str = include_str!("../fixtures/base.ron");
const JSON_DOC: &str = include_str!("../../docs/explore-json.md");

#[test]
fn the_lines_that_it_writes_are_played_as_they_were_found() {
    let cli = Cli::new();
    let found = cli.json(&["explore", "first-light", "--json"]);
    assert_eq!(found["complete"], true);
    for line in ["best", "worst"] {
        let file = format!("{line}.ron");
        let ran = cli.run(&["explore", "first-light", "--line", line, "--output", &file]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("breachdrill play first-light --seed 1 --answers"), "{}", ran.err);
        let played = cli.run(&["play", "first-light", "--seed", "1", "--answers", &file]);
        assert_eq!(played.code, 0, "{}", played.err);
        let debrief = cli.json(&["debrief", "--json"]);
        let earned = found[line]["earned_millionths"].as_i64().unwrap();
        assert_eq!(points(&debrief), Some(earned));
    }
    let again = cli.run(&["explore", "first-light", "--line", "best", "--output", "best.ron"]);
    assert_eq!(again.code, 1, "nothing is overwritten unasked: {}", again.err);
}

/// The points of a debrief, added up from its decisions.
fn points(debrief: &Value) -> Option<i64> {
    let decisions = debrief["decisions"].as_array()?;
    let earned = |d: &Value| d["points"]["earned"].as_i64();
    decisions.iter().map(earned).sum()
}

#[test]
fn a_way_to_everything_that_is_reached() {
    let cli = Cli::new();
    let text = cli.ok(&["explore", "first-light", "--line", "ending:next-door"]);
    cli.write("next-door.ron", &text);
    cli.ok(&["play", "first-light", "--seed", "1", "--answers", "next-door.ron"]);
    assert!(cli.ok(&["debrief", "--format", "markdown"]).contains("Not through your door"));
    for (line, code, says) in [
        ("ending:nextdoor", 2, "did you mean `next-door`?"),
        ("ending:nobody-knows", 1, "no line reaches ending `nobody-knows`"),
        ("dead-end", 1, "no line comes to a dead end"),
        ("beste", 2, "say best, worst, dead-end"),
    ] {
        let ran = cli.run(&["explore", "first-light", "--line", line]);
        assert_eq!(ran.code, code, "{line}: {}", ran.err);
        assert!(ran.err.contains(says), "{line}: {}", ran.err);
    }
}

#[test]
fn a_question_shows_what_each_choice_falls_short_of() {
    let cli = Cli::new();
    let text = cli.ok(&["explore", "first-light", "--question", "prompt"]);
    let row = |name: &str| text.lines().find(|line| line.ends_with(name)).unwrap().to_owned();
    assert!(row("report").contains("100  0 "), "{text}");
    assert!(row("approve").contains("-60"), "{text}");
    let ran = cli.run(&["explore", "first-light", "--question", "promt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `prompt`?"), "{}", ran.err);
}

#[test]
fn check_tells_what_exploration_finds_at_its_place() {
    let cli = Cli::new();
    let script = cli.write("odd.ron", BASE);
    assert_eq!(cli.run(&["check", &script, "--strict"]).code, 0, "reading finds nothing");
    let ran = cli.run(&["check", &script, "--prove"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("warning[dead-end]"), "{}", ran.out);
    assert!(ran.out.contains("odd.ron:10:"), "at the clock: {}", ran.out);
    assert_eq!(cli.run(&["check", &script, "--prove", "--strict"]).code, 3);
    let allowed =
        BASE.replace("    endings:", "    allow: { \"dead-end\": \"They talk meanwhile.\", \"guessable\": \"It is short.\" },\n    endings:");
    let script = cli.write("allowed.ron", &allowed);
    let ran = cli.run(&["check", &script, "--prove", "--strict"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("clean; "), "{}", ran.err);
    let idle = allowed.replace("dead-end", "harm-pays");
    let script = cli.write("idle.ron", &idle);
    let ran = cli.run(&["check", &script, "--prove"]);
    assert!(ran.out.contains("`harm-pays` is allowed here, but is not found"), "{}", ran.out);
    assert!(!cli.run(&["check", &script]).out.contains("harm-pays"), "only exploration can tell");
}

#[test]
fn what_is_cut_short_says_so() {
    let cli = Cli::new();
    let text = cli.ok(&["explore", "friday-invoice", "--states", "100"]);
    assert!(text.contains("partial: cut by states, at "), "{text}");
    assert!(text.contains("none passes"), "a bound is given: {text}");
    let ran = cli.run(&["check", "friday-invoice", "--prove", "--states", "100", "--strict"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("warning[not-proved]"), "{}", ran.out);
}

#[test]
fn every_field_of_its_json_is_described() {
    let cli = Cli::new();
    let found = cli.json(&["explore", "first-light", "--json"]);
    let mut names = Vec::new();
    keys(&found, &mut names);
    for name in names {
        assert!(JSON_DOC.contains(&format!("`{name}`")), "{name} is not described");
    }
}

fn keys(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                keys(value, names);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| keys(row, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
