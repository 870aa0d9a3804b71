//! `list`: the shipped scripts, for choosing.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{Audience, Level, Scenario, Stage, library, load};

pub(in crate::cli) fn run(out: &Output) -> Result<(), Failure> {
    let scripts = shipped();
    if out.json {
        let list: Vec<Value> = scripts.iter().map(|(name, s)| describe(name, s)).collect();
        return out.result(&pretty(&json!({ "format": "breachdrill/list/1", "scripts": list })));
    }
    let mut text = String::new();
    for (name, scenario) in &scripts {
        let head = &scenario.head;
        let _ = writeln!(text, "{name}");
        let facts = format!(
            "{} · {} · {} · {}",
            head.title,
            minutes(head.minutes),
            audience(head.audience),
            level(head.level)
        );
        let facts = if out.ascii { facts.replace(" · ", ", ") } else { facts };
        let _ = writeln!(text, "  {facts}");
        for line in textwrap::wrap(&head.summary, usize::from(out.width).min(80) - 2) {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    out.result(text.trim_end())?;
    if let Some((name, _)) = scripts.first() {
        out.next(&format!("breachdrill play {name}"));
    }
    Ok(())
}

/// The shipped scripts, shortest first.
pub(in crate::cli) fn shipped() -> Vec<(&'static str, Scenario)> {
    let mut scripts: Vec<_> = library()
        .iter()
        .map(|(name, text)| (*name, load(text).scenario.expect("checked: a test loads every shipped script")))
        .collect();
    scripts.sort_by_key(|(name, s)| (s.head.minutes, *name));
    scripts
}

/// A script as one row of a menu.
pub(in crate::cli) fn entry(scenario: &Scenario) -> String {
    let head = &scenario.head;
    format!("{} ({}, for {})", head.title, minutes(head.minutes), audience(head.audience))
}

/// What a catalogue says about a script; free of spoilers.
pub(in crate::cli) fn describe(name: &str, scenario: &Scenario) -> Value {
    let head = &scenario.head;
    json!({
        "name": name,
        "title": head.title,
        "summary": head.summary,
        "language": head.language,
        "audience": audience(head.audience),
        "level": level(head.level),
        "minutes": head.minutes,
        "stages": stages(scenario).iter().map(|s| s.label()).collect::<Vec<_>>(),
        "objectives": head.objectives.iter().map(|o| json!({ "says": o.says, "stage": o.stage.label() })).collect::<Vec<_>>(),
        "seats": scenario.seats.iter().map(|s| json!({ "name": s.name.as_str(), "label": s.label, "about": s.about })).collect::<Vec<_>>(),
        "content_note": head.content_note,
        "tags": head.tags,
        "questions": scenario.questions.len(),
        "licence": head.licence,
    })
}

/// The stages that a script asks about, in the order of an incident.
pub(in crate::cli) fn stages(scenario: &Scenario) -> Vec<Stage> {
    let asked = |stage: Stage| {
        scenario.questions.iter().any(|q| q.stage == stage)
            || scenario.actions.iter().any(|a| a.stage == stage)
            || scenario.duties.iter().any(|d| d.stage == stage)
    };
    Stage::ALL.into_iter().filter(|s| asked(*s)).collect()
}

pub(in crate::cli) const fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Everyone => "everyone",
        Audience::Responders => "responders",
        Audience::Leadership => "leadership",
    }
}

pub(in crate::cli) const fn level(level: Level) -> &'static str {
    match level {
        Level::Intro => "intro",
        Level::Intermediate => "intermediate",
        Level::Advanced => "advanced",
    }
}

pub(in crate::cli) fn minutes(minutes: u16) -> String {
    if minutes == 1 { "1 minute".into() } else { format!("{minutes} minutes") }
}

/// JSON for people and programs.
pub(in crate::cli) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("checked: plain values have a JSON form")
}
