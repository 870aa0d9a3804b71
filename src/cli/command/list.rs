//! `list`: the shipped scripts, for choosing.

use std::fmt::Write;

use serde_json::{Value, json};
use tr::tr;

use super::wanted::Wanted;
use crate::cli::args::List;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::debrief::{Coverage, Covered, coverage, coverage_markdown, coverage_svg, covered};
use crate::scenario::{Scenario, Stage, library, load};
use crate::speech::{label, language};

pub(in crate::cli) fn run(args: &List, out: &Output) -> Result<(), Failure> {
    let scripts = shipped();
    let wanted = Wanted::of(args, &scripts)?;
    let fitting: Vec<_> = scripts.iter().filter(|(name, s)| wanted.fits(&covered(name, s))).collect();
    if args.coverage {
        return tell_coverage(args, &fitting, out);
    }
    if out.json {
        let list: Vec<Value> = fitting.iter().map(|(name, s)| describe(name, s)).collect();
        return out.result(&pretty(&json!({ "format": "breachdrill/list/1", "scripts": list })));
    }
    let spoken = |(_, scenario): &&&(&str, Scenario)| scenario.head.language == language().tag();
    let Some((first, _)) = fitting.iter().find(spoken).or(fitting.first()) else {
        out.say(&tr!("No shipped script is all of that."));
        out.next(&tr!("breachdrill list --coverage, for what there is (it tells what each script is about)"));
        return Ok(());
    };
    let mut text = String::new();
    for (name, scenario) in &fitting {
        let head = &scenario.head;
        let _ = writeln!(text, "{name}");
        let mut facts = vec![head.title.clone(), minutes(head.minutes)];
        facts.extend([head.audience.label(), head.level.label()].map(label));
        if head.language != language().tag() {
            facts.push(head.language.clone());
        }
        let _ = writeln!(text, "  {}", facts.join(if out.ascii { ", " } else { " · " }));
        for line in textwrap::wrap(&head.summary, usize::from(out.width).min(80) - 2) {
            let _ = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    out.prose(text.trim_end())?;
    out.next(&format!("breachdrill play {first}"));
    Ok(())
}

/// Scripts by stages, classes and techniques: tables, a picture, or JSON.
fn tell_coverage(args: &List, fitting: &[&(&'static str, Scenario)], out: &Output) -> Result<(), Failure> {
    let named: Vec<(&str, &Scenario)> = fitting.iter().map(|(name, scenario)| (*name, scenario)).collect();
    let coverage = coverage(&named);
    let svg = args.output.as_deref().is_some_and(|file| file.extension().is_some_and(|e| e == "svg"));
    let mut text = String::new();
    if out.json {
        text = pretty(&coverage_json(&coverage));
    } else {
        let written =
            if svg { coverage_svg(&coverage, &mut text) } else { coverage_markdown(&coverage, &mut text) };
        written.expect("checked: text takes text");
    }
    let Some(file) = &args.output else { return out.result(&text) };
    super::new::write(file, &text, args.force)?;
    out.talk(&tr!("Wrote {}", file.display()));
    Ok(())
}

fn coverage_json(coverage: &Coverage) -> Value {
    let techniques = |script: &Covered| -> Vec<Value> {
        script.techniques.iter().map(|(id, version)| json!({ "id": id, "attack": version })).collect()
    };
    let stages = |script: &Covered| -> serde_json::Map<String, Value> {
        let all = Stage::ALL.iter().zip(script.stages);
        all.map(|(stage, things)| (stage.label().to_owned(), things.into())).collect()
    };
    let script = |script: &Covered| {
        json!({
            "name": script.name,
            "stages": stages(script),
            "classes": script.classes,
            "techniques": techniques(script),
        })
    };
    json!({
        "format": "breachdrill/coverage/1",
        "classes": coverage.classes.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "scripts": coverage.scripts.iter().map(script).collect::<Vec<_>>(),
    })
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
    let spoken = head.language == language().tag();
    let other = if spoken { String::new() } else { format!(", {}", head.language) };
    let audience = label(head.audience.label());
    tr!("{0} ({1}, for {2}{other})", head.title, minutes(head.minutes), audience, other)
}

/// What a catalogue says about a script; free of spoilers.
pub(in crate::cli) fn describe(name: &str, scenario: &Scenario) -> Value {
    let head = &scenario.head;
    json!({
        "name": name,
        "title": head.title,
        "summary": head.summary,
        "language": head.language,
        "audience": head.audience.label(),
        "level": head.level.label(),
        "minutes": head.minutes,
        "stages": covered(name, scenario).exercised().map(Stage::label).collect::<Vec<_>>(),
        "objectives": head.objectives.iter().map(|o| json!({ "says": o.says, "stage": o.stage.label() })).collect::<Vec<_>>(),
        "seats": scenario.seats.iter().map(|s| json!({ "name": s.name.as_str(), "label": s.label, "about": s.about })).collect::<Vec<_>>(),
        "content_note": head.content_note,
        "tags": head.tags,
        "questions": scenario.questions.len(),
        "pass": scenario.pass,
        "licence": head.licence,
    })
}

pub(in crate::cli) fn minutes(minutes: u16) -> String {
    tr!("1 minute" | "{n} minutes" % minutes)
}

/// JSON for people and programs.
pub(in crate::cli) fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("checked: plain values have a JSON form")
}
