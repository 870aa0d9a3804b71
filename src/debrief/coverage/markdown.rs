//! What scripts cover, as tables for a wiki.

use std::fmt;

use super::{Coverage, Covered};
use crate::scenario::{Stage, clean};

/// Writes the tables as Markdown. Scripts are numbered, so that many of them find room.
///
/// # Errors
/// When the writer fails.
pub fn coverage_markdown(coverage: &Coverage, out: &mut impl fmt::Write) -> fmt::Result {
    writeln!(out, "| | script | for | level | minutes | language | seats |")?;
    writeln!(out, "| ---: | --- | --- | --- | ---: | --- | ---: |")?;
    for (row, script) in coverage.scripts.iter().enumerate() {
        writeln!(
            out,
            "| {} | {} (`{}`) | {} | {} | {} | {} | {} |",
            row + 1,
            cell(&script.title),
            cell(&script.name),
            script.audience.label(),
            script.level.label(),
            script.minutes,
            cell(&script.language),
            script.seats
        )?;
    }
    writeln!(
        out,
        "\n## Stages\n\nHow many questions, actions, expected actions and duties count for each.\n"
    )?;
    head(coverage, "stage", out)?;
    for (row, stage) in Stage::ALL.into_iter().enumerate() {
        line(coverage, stage.label(), out, |script| match script.stages[row] {
            0 => String::new(),
            things => things.to_string(),
        })?;
    }
    writeln!(out, "\n## Kinds of incident\n\nThe classes that the truth of a script has at any time.\n")?;
    head(coverage, "class", out)?;
    for (name, label) in &coverage.classes {
        line(coverage, label, out, |script| mark(script.classes.contains(name)))?;
    }
    writeln!(out, "\n## Techniques\n\nMITRE ATT&CK, with the version that the script names.\n")?;
    head(coverage, "technique", out)?;
    for technique in &coverage.techniques {
        let (id, version) = technique;
        line(coverage, &format!("{id} ({version})"), out, |script| {
            mark(script.techniques.contains(technique))
        })?;
    }
    Ok(())
}

fn mark(covered: bool) -> String {
    if covered { "●".into() } else { String::new() }
}

fn head(coverage: &Coverage, what: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let numbers: Vec<String> = (1..=coverage.scripts.len()).map(|number| number.to_string()).collect();
    writeln!(out, "| {what} | {} | scripts |", numbers.join(" | "))?;
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
