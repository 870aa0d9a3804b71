//! Findings, as an author sees them: with carets, in sentences, or as JSON.
//!
//! Excerpts of a script are cleaned character for character, so that nothing
//! in it acts on the terminal and every caret stays where it belongs; long
//! lines are cut around the place in question.

use std::fmt::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::limits::FINDINGS_MAX;
use crate::scenario::{Diagnostic, Lines, Loaded, Place, Severity, Span, clean};

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingsStyle {
    /// With an excerpt and carets.
    Rich {
        /// In colour.
        color: bool,
        /// Columns of the terminal.
        width: u16,
    },
    /// In sentences, for ears.
    Plain,
}

/// The findings about the script `text` that is called `name`, ready to be written.
#[must_use]
pub fn findings(findings: &[Diagnostic], name: &str, text: &str, style: FindingsStyle) -> String {
    let lines = Lines::of(text);
    let name = clean(name).replace('\n', " ");
    let shown = findings.iter().take(FINDINGS_MAX).map(|finding| match style {
        FindingsStyle::Rich { color, width } => rich(finding, &name, text, &lines, color, width),
        FindingsStyle::Plain => narrated(finding, &name, &lines),
    });
    let between = if style == FindingsStyle::Plain { "\n" } else { "\n\n" };
    let mut out = shown.collect::<Vec<_>>().join(between);
    if !out.is_empty() {
        out.push('\n');
    }
    if findings.len() > FINDINGS_MAX {
        let _ = writeln!(out, "… and {} more findings", findings.len() - FINDINGS_MAX);
    }
    out
}

/// All that came of checking a script, as JSON: its findings as
/// [`findings_json`] writes them, and in `allowed` those that the script allows,
/// each with `reason`.
#[must_use]
pub fn checked_json(loaded: &Loaded, name: &str, text: &str) -> Value {
    let mut json = findings_json(&loaded.findings, name, text);
    let allowed: Vec<_> = loaded.allowed.iter().map(|allowed| allowed.finding.clone()).collect();
    let mut listed = findings_json(&allowed, name, text)["findings"].take();
    for (row, allowed) in loaded.allowed.iter().enumerate() {
        listed[row]["reason"] = json!(allowed.reason);
    }
    json["allowed"] = listed;
    json
}

/// The findings as JSON, one object for one script:
///
/// `name`, `errors`, `warnings` (counts), and `findings`, each with `code`,
/// `severity`, `message`, `start` and `end` (`line` and `column` from one,
/// columns in characters; `byte` from nought; the end is exclusive), `labels`
/// (`start`, `end`, `text`), `help` and `notes` (lists of texts).
#[must_use]
pub fn findings_json(findings: &[Diagnostic], name: &str, text: &str) -> Value {
    let lines = Lines::of(text);
    let place = |byte: usize| {
        let Place { line, column } = lines.place(byte);
        json!({ "line": line, "column": column, "byte": byte })
    };
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let list: Vec<_> = findings
        .iter()
        .map(|finding| {
            let labels: Vec<_> = finding
                .labels
                .iter()
                .map(|(span, text)| json!({ "start": place(span.start), "end": place(span.end), "text": text }))
                .collect();
            json!({
                "code": finding.code.name(),
                "severity": finding.severity.name(),
                "message": finding.message,
                "start": place(finding.span.start),
                "end": place(finding.span.end),
                "labels": labels,
                "help": finding.help,
                "notes": finding.notes,
            })
        })
        .collect();
    json!({
        "name": name,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "findings": list,
    })
}

/// One finding in sentences, on one line.
fn narrated(finding: &Diagnostic, name: &str, lines: &Lines<'_>) -> String {
    let said = |text: &str| text.replace('`', "");
    let mut out = format!("{} {}: {}.", finding.severity.name(), finding.code.name(), said(&finding.message));
    let _ = write!(out, " {name} {}.", spoken(finding.span, lines));
    for (span, text) in &finding.labels {
        let _ = write!(out, " {}: {}.", spoken(*span, lines), said(text));
    }
    for note in &finding.notes {
        let _ = write!(out, " note: {}.", said(note));
    }
    for help in &finding.help {
        let help = said(help);
        let end = if help.ends_with(['?', '.', '!']) { "" } else { "." };
        let _ = write!(out, " help: {help}{end}");
    }
    out
}

/// A place in words.
fn spoken(span: Span, lines: &Lines<'_>) -> String {
    let (start, end) = (lines.place(span.start), lines.place(span.end));
    if start.line != end.line {
        return format!("lines {} to {}", start.line, end.line);
    }
    match end.column.saturating_sub(1) {
        last if last <= start.column => format!("line {}, column {}", start.line, start.column),
        last => format!("line {}, columns {} to {last}", start.line, start.column),
    }
}

/// One finding with an excerpt and carets.
fn rich(finding: &Diagnostic, name: &str, text: &str, lines: &Lines<'_>, color: bool, width: u16) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.code.name()));
    if finding.span.start == finding.span.end {
        group = group.element(Origin::path(name));
    } else {
        let primary = Excerpt::of(text, lines, finding.span);
        let labels: Vec<_> =
            finding.labels.iter().map(|(span, words)| (Excerpt::of(text, lines, *span), words)).collect();
        let (beside, elsewhere): (Vec<_>, Vec<_>) =
            labels.into_iter().partition(|(label, _)| primary.holds(label));
        let mut annotations = vec![AnnotationKind::Primary.span(primary.start..primary.end)];
        for (label, words) in beside {
            annotations.push(AnnotationKind::Context.span(label.start..label.end).label(words.as_str()));
        }
        group = primary.shown(group, name, annotations);
        for (label, words) in elsewhere {
            let annotation = AnnotationKind::Context.span(label.start..label.end).label(words.as_str());
            group = label.shown(group, name, vec![annotation]);
        }
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).term_width(usize::from(width)).render(&[group])
}

/// Characters shown on either side of a place in a long line.
const AROUND_CHARS: usize = 300;

/// The line of a place, cleaned, and cut if it is long.
struct Excerpt {
    text: String,
    /// The place, in bytes of the excerpt.
    start: usize,
    end: usize,
    /// The place in the script.
    at: Place,
    /// Whether the beginning of the line is missing.
    cut: bool,
}

impl Excerpt {
    fn of(text: &str, lines: &Lines<'_>, span: Span) -> Self {
        let at = lines.place(span.start);
        let line = lines.line(at.line);
        let start = text.floor_char_boundary(span.start).max(line.start).min(line.end);
        let end = text.ceil_char_boundary(span.end).clamp(start, line.end);
        let before = &text[line.start..start];
        let from = before.char_indices().rev().nth(AROUND_CHARS).map_or(0, |(at, _)| at);
        let (inside, after) = (&text[start..end], text[end..line.end].trim_end_matches('\r'));
        let first = |text: &str| text.chars().take(AROUND_CHARS).collect::<String>();
        let mut excerpt = if from > 0 { "…".to_owned() } else { String::new() };
        excerpt.push_str(&cleaned(&before[from..]));
        let start = excerpt.len();
        excerpt.push_str(&cleaned(&first(inside)));
        let end = excerpt.len();
        excerpt.push_str(&cleaned(&first(after)));
        Self { text: excerpt, start, end, at, cut: from > 0 }
    }

    /// Whether a place of the same line can be shown in this excerpt.
    fn holds(&self, other: &Self) -> bool {
        self.at.line == other.at.line && !self.cut && !other.cut && other.end <= self.text.len()
    }

    fn shown<'g>(self, group: Group<'g>, name: &'g str, annotations: Vec<Annotation<'g>>) -> Group<'g> {
        let snippet = Snippet::source(self.text).line_start(self.at.line).annotations(annotations);
        if self.cut {
            // The renderer would count columns from the cut.
            let origin = Origin::path(name).line(self.at.line).char_column(self.at.column);
            group.element(origin).element(snippet)
        } else {
            group.element(snippet.path(name))
        }
    }
}

/// One character for one character, and nothing that breaks a line.
fn cleaned(text: &str) -> String {
    clean(text).replace('\n', " ")
}
