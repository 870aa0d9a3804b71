//! How things look in a terminal: faces, marks, plurals, times in words.
//!
//! Only the sixteen ANSI colours, never colour alone. A [`Span`] cleans its
//! text when it is made, so nothing from a script or a trainee can act on the
//! terminal; control sequences are added here, at the very end, and nowhere else.

use tr::tr;
use unicode_width::UnicodeWidthChar;

use crate::scenario::{SimTime, clean, in_ascii};
use crate::speech::grouped;

/// How the terminal is to be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether colour, bold and reverse may be used.
    pub color: bool,
    /// Whether marks are drawn in ASCII.
    pub ascii: bool,
}

/// What a piece of text is, for the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    /// Body text.
    #[default]
    Plain,
    /// The one thing to look at.
    Strong,
    /// Margins, footers, what one may skip.
    Quiet,
    /// Links, code, what was chosen.
    Calm,
    /// Time short, one step off.
    Caution,
    /// Lapsed, serious.
    Serious,
    /// Where the cursor is.
    Here,
}

impl Face {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Quiet => "2",
            Self::Calm => "36",
            Self::Caution => "33",
            Self::Serious => "31",
            Self::Here => "1;7",
        }
    }
}

/// A piece of text with one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    text: String,
    /// Its face.
    pub(super) face: Face,
}

/// One line of a screen.
pub(super) type Line = Vec<Span>;

impl Span {
    /// A span of cleaned text; line breaks become spaces.
    #[must_use]
    pub(super) fn new(face: Face, text: &str) -> Self {
        let text = if text.chars().all(|c| c == ' ' || c.is_alphanumeric() || c.is_ascii_punctuation()) {
            text.to_owned()
        } else {
            clean(text).replace('\n', " ")
        };
        Self { text, face }
    }

    /// Its text.
    #[must_use]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many columns it takes.
    #[must_use]
    pub(super) fn columns(&self) -> usize {
        columns(&self.text)
    }
}

/// A plain span.
#[must_use]
pub(super) fn plain(text: &str) -> Span {
    Span::new(Face::Plain, text)
}

/// A span in bold.
#[must_use]
pub(super) fn strong(text: &str) -> Span {
    Span::new(Face::Strong, text)
}

/// A span one may skip.
#[must_use]
pub(super) fn quiet(text: &str) -> Span {
    Span::new(Face::Quiet, text)
}

/// How many columns `text` takes, counted character by character, as terminals draw.
#[must_use]
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// How many columns a line takes.
#[must_use]
pub(super) fn line_columns(line: &Line) -> usize {
    line.iter().map(Span::columns).sum()
}

/// The text of a line, without faces.
#[must_use]
pub(super) fn line_text(line: &Line) -> String {
    line.iter().map(Span::text).collect()
}

impl Style {
    /// A line as it is written to the terminal.
    #[must_use]
    pub(super) fn paint(self, line: &Line) -> String {
        let mut painted = String::new();
        for span in line {
            let text = if self.ascii { in_ascii(&span.text, mark) } else { span.text.clone() };
            match span.face.code() {
                code if self.color && !code.is_empty() && !text.is_empty() => {
                    painted.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
                }
                _ => painted.push_str(&text),
            }
        }
        painted
    }

    /// The mark and word of a severity: `level` counts from the lowest, of `levels`.
    #[must_use]
    pub(super) fn severity(self, word: &str, level: usize, levels: usize) -> String {
        if self.ascii {
            return format!("[{}]", word.to_uppercase());
        }
        // A script may bring more or fewer levels than four; the highest is always the diamond.
        let last = levels.saturating_sub(1).max(1);
        let mark = ['●', '■', '▲', '◆'][(level * 3 / last).min(3)];
        format!("{mark} {word}")
    }
}

/// What stands for the marks of lists and levels.
const fn mark(sign: char) -> Option<char> {
    match sign {
        '▲' => Some('!'),
        '✓' => Some('x'),
        _ => None,
    }
}

/// `1 message`, `3 messages`.
#[must_use]
pub fn count(number: usize, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}

/// `1 second`, `40 seconds`.
#[must_use]
pub(super) fn seconds(number: u64) -> String {
    tr!("1 second" | "{n} seconds" % number)
}

/// `1 minute`, `8 minutes`.
#[must_use]
pub(super) fn minutes(number: u64) -> String {
    tr!("1 minute" | "{n} minutes" % number)
}

fn hours(number: u64) -> String {
    tr!("1 hour" | "{n} hours" % number)
}

fn days(number: u64) -> String {
    tr!("1 day" | "{n} days" % number)
}

/// A length of time in words: `40 seconds`, `8 minutes`, `1 hour 5 minutes`.
#[must_use]
pub fn in_words(length: u64) -> String {
    let whole = (length / 86_400, length / 3_600 % 24, length / 60 % 60, length % 60);
    let parts: Vec<String> = match whole {
        (0, 0, 0, s) => vec![seconds(s)],
        (0, 0, m, s) if m < 5 && s > 0 => vec![minutes(m), seconds(s)],
        (0, 0, m, _) => vec![minutes(m)],
        (0, h, 0, _) => vec![hours(h)],
        (0, h, m, _) => vec![hours(h), minutes(m)],
        (d, 0, ..) => vec![days(d)],
        (d, h, ..) => vec![days(d), hours(h)],
    };
    parts.join(" ")
}

/// A length of drill time in words.
#[must_use]
pub fn drill_words(length: SimTime) -> String {
    in_words(u64::from(length.0))
}

/// A length of time in few columns: `40 s`, `8 min`, `1 h 05 min`.
#[must_use]
pub(super) fn in_short(seconds: u64) -> String {
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) if m < 5 && s > 0 => format!("{m} min {s:02} s"),
        (0, m, _) => format!("{m} min"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m:02} min"),
    }
}

/// A whole number with its thousands apart: `184,300`, in the marks of the language spoken.
#[must_use]
pub(super) fn number(value: i64) -> String {
    let out = grouped(value.unsigned_abs());
    if value < 0 { format!("-{out}") } else { out }
}

/// A number with its unit: `14 accounts`, `1 account`.
#[must_use]
pub(super) fn reading(value: i64, unit: &str) -> String {
    let number = number(value);
    let word = unit.len() > 3 && unit.chars().all(char::is_alphabetic);
    let ending = |end: &str| unit.strip_suffix(end).filter(|_| word && value.unsigned_abs() == 1);
    if unit.is_empty() {
        return number;
    }
    if let Some(stem) = ending("ies") {
        return format!("{number} {stem}y");
    }
    match ending("s").filter(|one| !one.ends_with(['s', 'u', 'i'])) {
        Some(one) => format!("{number} {one}"),
        None => format!("{number} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        for (seconds, words, short) in [
            (1, "1 second", "1 s"),
            (40, "40 seconds", "40 s"),
            (90, "1 minute 30 seconds", "1 min 30 s"),
            (480, "8 minutes", "8 min"),
            (3_900, "1 hour 5 minutes", "1 h 05 min"),
            (7_200, "2 hours", "2 h"),
            (90_000, "1 day 1 hour", "25 h"),
        ] {
            assert_eq!((in_words(seconds).as_str(), in_short(seconds).as_str()), (words, short));
        }
    }

    #[test]
    fn nothing_but_our_own_sequences_reaches_the_terminal() {
        let style = Style { color: true, ascii: false };
        let painted = style.paint(&vec![strong("a\u{1b}]0;title\u{7}b\u{9b}2J\nc")]);
        assert_eq!(painted, "\u{1b}[1ma\u{fffd}]0;title\u{fffd}b\u{fffd}2J c\u{1b}[0m");
        let bare = Style { color: false, ascii: true }.paint(&vec![strong("a – b…")]);
        assert_eq!(bare, "a - b...", "no colour means no sequence at all");
    }

    #[test]
    fn severities_have_a_word_and_a_shape() {
        let (drawn, ascii) = (Style { color: true, ascii: false }, Style { color: true, ascii: true });
        let words = ["low", "medium", "high", "severe"];
        let marks: Vec<_> = (0..4).map(|n| drawn.severity(words[n], n, 4)).collect();
        assert_eq!(marks, ["● low", "■ medium", "▲ high", "◆ severe"]);
        assert_eq!(ascii.severity("high", 2, 4), "[HIGH]");
        assert_eq!(drawn.severity("only", 0, 1), "● only");
    }

    #[test]
    fn one_of_a_thing_is_said_so() {
        for (value, unit, says) in [
            (1, "accounts", "1 account"),
            (-1, "hours", "-1 hour"),
            (2, "accounts", "2 accounts"),
            (1, "copies", "1 copy"),
            (1, "people", "1 people"),
            (1, "of 212", "1 of 212"),
            (1, "% of customers", "1 % of customers"),
            (1, "", "1"),
        ] {
            assert_eq!(reading(value, unit), says);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(234), "234");
        assert_eq!(number(1_234), "1,234");
        assert_eq!(number(-184_300), "-184,300");
        assert_eq!(number(1_000_000), "1,000,000");
    }
}
