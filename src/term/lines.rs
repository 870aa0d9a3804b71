//! Findings for programs that read lines: one a line, and workflow commands.

use std::fmt::Write;

use crate::scenario::{Diagnostic, Lines, clean};

/// The findings about the script `text` that is called `name`, one a line:
/// `file:line:column: severity[code]: message`.
#[must_use]
pub fn findings_short(findings: &[Diagnostic], name: &str, text: &str) -> String {
    let (lines, name) = (Lines::of(text), clean(name).replace('\n', " "));
    let mut out = String::new();
    for finding in findings {
        let place = lines.place(finding.span.start);
        let (severity, code) = (finding.severity.name(), finding.code.name());
        let _ =
            writeln!(out, "{name}:{}:{}: {severity}[{code}]: {}", place.line, place.column, finding.message);
    }
    out
}

/// The findings as workflow commands, from which GitHub makes notes beside the lines of a change.
#[must_use]
pub fn findings_github(findings: &[Diagnostic], name: &str, text: &str) -> String {
    let lines = Lines::of(text);
    let mut out = String::new();
    for finding in findings {
        let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
        let _ = write!(out, "::{} file={},line={}", finding.severity.name(), property(name), start.line);
        // Columns are understood within one line only; the last one is part of the place.
        let _ = match start.line == end.line {
            true => {
                let last = end.column.saturating_sub(1).max(start.column);
                write!(out, ",endLine={},col={},endColumn={last}", end.line, start.column)
            }
            false => write!(out, ",endLine={}", end.line),
        };
        let mut message = finding.message.clone();
        for note in &finding.notes {
            let _ = write!(message, "\nnote: {note}");
        }
        for help in &finding.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = writeln!(out, ",title={}::{}", property(finding.code.name()), data(&message));
    }
    out
}

/// A text as the data of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
