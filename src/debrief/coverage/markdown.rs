//! What scripts cover, as tables for a wiki.

use std::fmt;

use tr::tr;

use super::{Coverage, Covered};
use crate::scenario::{Stage, clean};
use crate::speech::label;

/// Writes the tables as Markdown. Scripts are numbered, so that many of them find room.
///
/// # Errors
/// When the writer fails.
pub fn coverage_markdown(coverage: &Coverage, out: &mut impl fmt::Write) -> fmt::Result {
    writeln!(out, "{}", tr!("| | script | for | level | minutes | language | seats |"))?;
    writeln!(out, "| ---: | --- | --- | --- | ---: | --- | ---: |")?;
    for (row, script) in coverage.scripts.iter().enumerate() {
        writeln!(
            out,
            "| {} | {} (`{}`) | {} | {} | {} | {} | {} |",
            row + 1,
            cell(&script.title),
            cell(&script.name),
            label(script.audience.label()),
            label(script.level.label()),
            script.minutes,
            cell(&script.language),
            script.seats
        )?;
    }
    let says = tr!("How many questions, actions, expected actions and duties count for each.");
    section(&tr!("Stages"), &says, out)?;
    head(coverage, &tr!("stage"), out)?;
    for (row, stage) in Stage::ALL.into_iter().enumerate() {
        line(coverage, &label(stage.label()), out, |script| match script.stages[row] {
            0 => String::new(),
            things => things.to_string(),
        })?;
    }
    let says = tr!("The classes that the truth of a script has at any time.");
    section(&tr!("Kinds of incident"), &says, out)?;
    head(coverage, &tr!("class"), out)?;
    for (name, says) in &coverage.classes {
        line(coverage, &label(says), out, |script| mark(script.classes.contains(name)))?;
    }
    section(&tr!("Techniques"), &tr!("MITRE ATT&CK, with the version that the script names."), out)?;
    head(coverage, &tr!("technique"), out)?;
    for technique in &coverage.techniques {
        let (id, version) = technique;
        line(coverage, &format!("{id} ({version})"), out, |script| {
            mark(script.techniques.contains(technique))
        })?;
    }
    Ok(())
}

fn section(title: &str, says: &str, out: &mut impl fmt::Write) -> fmt::Result {
    writeln!(out, "\n## {title}\n\n{says}\n")
}

fn mark(covered: bool) -> String {
    if covered { "●".into() } else { String::new() }
}

fn head(coverage: &Coverage, what: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let numbers: Vec<String> = (1..=coverage.scripts.len()).map(|number| number.to_string()).collect();
    writeln!(out, "| {what} | {} | {} |", numbers.join(" | "), tr!("scripts"))?;
    writeln!(out, "| --- |{} ---: |", " :---: |".repeat(numbers.len()))
}

fn line(
    coverage: &Coverage,
    label: &str,
    out: &mut impl fmt::Write,
    says: impl Fn(&Covered) -> String,
) -> fmt::Result {
    let cells: Vec<String> = coverage.scripts.iter().map(says).collect();
    let some = cells.iter().filter(|cell| !cell.is_empty()).count();
    writeln!(out, "| {} | {} | {some} |", cell(label), cells.join(" | "))
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    clean(text).replace('|', "\\|").replace('\n', " ")
}
