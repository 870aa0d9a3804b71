//! What `check` tells an author: a value, never an `Err`.
//!
//! A finding has a word for a code, a place in the script, a sentence, and
//! what to do about it. How it looks is the affair of `term`. Whatever it
//! quotes from a script is cut and cleaned here, once.

use super::at::Span;
pub(super) use super::code::Code;
use super::text::clean;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The word for it.
    pub code: Code,
    /// Whether it keeps a script from being played.
    pub severity: Severity,
    /// What is wrong: a lower-case fragment, names in backticks.
    pub message: String,
    /// Where, in bytes of the script.
    pub span: Span,
    /// Other places that belong to it, each with a few words.
    pub labels: Vec<(Span, String)>,
    /// What to do.
    pub help: Vec<String>,
    /// What else is good to know.
    pub notes: Vec<String>,
}

/// Whether a finding keeps a script from being played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but trainees will feel it.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

impl Diagnostic {
    /// A finding of `code` at `span`.
    pub(super) fn new(code: Code, span: Span, message: impl AsRef<str>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: capped(message.as_ref()),
            span,
            labels: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// With a line that says what to do.
    pub(super) fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help.push(capped(help.as_ref()));
        self
    }

    /// With a line that is good to know.
    pub(super) fn note(mut self, note: impl AsRef<str>) -> Self {
        self.notes.push(capped(note.as_ref()));
        self
    }

    /// With another place.
    pub(super) fn label(mut self, span: Span, words: impl AsRef<str>) -> Self {
        self.labels.push((span, capped(words.as_ref())));
        self
    }
}

/// Characters of one line of a finding.
const LINE_CHARS_MAX: usize = 400;
/// Characters of a piece of script quoted within a line.
const QUOTE_CHARS_MAX: usize = 60;

fn capped(text: &str) -> String {
    short(text, LINE_CHARS_MAX)
}

/// A piece of the script in backticks, cut and cleaned.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", short(text, QUOTE_CHARS_MAX))
}

fn short(text: &str, chars_max: usize) -> String {
    let mut kept: String = text.chars().take(chars_max).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    clean(&kept).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_short_and_clean() {
        let long = format!("\u{1b}[2J{}", "A".repeat(10_000_000));
        let finding = Diagnostic::new(Code::Syntax, Span::default(), quoted(&long));
        assert!(finding.message.chars().count() < 80);
        assert!(!finding.message.contains('\u{1b}'));
    }
}
