//! Slips of a hand that bring the whole outline out of step.

use super::{Flaw, first};
use crate::scenario::at::Span;

/// Bytes before and behind a text in which the line it stands on is looked for.
const LINE_BYTES_MAX: usize = 2_000;

/// Whether a bracket closes one that begins further in or further out.
pub(super) fn is_crooked(text: &str, open: usize, close: usize) -> bool {
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |n| n + 1);
    let (opens, closed) = (line(open), line(close));
    let indent = |start: usize| text[start..].bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
    // Only a bracket that begins its line says where it belongs.
    opens != closed && text[closed..close].trim().is_empty() && indent(opens) != indent(closed)
}

/// Whether a text in double quotes runs over a line that begins like a field.
pub(super) fn swallowed(token: &str) -> bool {
    token.starts_with('"')
        && token.lines().skip(1).any(|line| {
            let line = line.trim_start().trim_start_matches(['(', '{', '"']);
            let name =
                line.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_' && c != '-');
            let Some((_, rest)) = name.filter(|end| *end > 0).map(|end| line.split_at(end)) else {
                return false;
            };
            let value = rest.trim_start_matches('"').strip_prefix(':').map(str::trim_start);
            value.is_some_and(|v| {
                v.starts_with(|c: char| "\"([{".contains(c) || c.is_ascii_digit() || c.is_uppercase())
                    || v.starts_with("r#")
            })
        })
}

/// What a token says that can only be a slip.
pub(super) fn stray(text: &str, at: Span) -> Option<Flaw> {
    let token = &text[at.start..at.end];
    match token.chars().next()? {
        '#' => Some(Flaw::OtherComment(first(at.start))),
        c if "\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}".contains(c) => {
            Some(Flaw::CurlyQuote(Span { start: at.start, end: at.start + c.len_utf8() }))
        }
        '"' if meets(&text[at.end..]) || token.ends_with("r#\"") => unpaired(text, at),
        _ => None,
    }
}

/// Whether what follows a text directly cannot follow a text.
fn meets(rest: &str) -> bool {
    rest.starts_with(|c: char| !c.is_whitespace() && !",:)]}/".contains(c))
}

/// The flaw of a text that ends in the midst of something, if quotation marks
/// do not pair up; an unescaped one within a text is a slip of its place only.
fn unpaired(text: &str, at: Span) -> Option<Flaw> {
    let token = &text[at.start..at.end];
    // A line of many pages is no line that anybody wrote, and costs too much to count.
    let (before, after) = (&text.as_bytes()[..at.start], &text.as_bytes()[at.end..]);
    let back = before.iter().rev().take(LINE_BYTES_MAX).position(|b| *b == b'\n');
    let line = match back {
        Some(n) => at.start - n,
        None if at.start < LINE_BYTES_MAX => 0,
        None => return None,
    };
    let odd = match token.rfind('\n') {
        Some(last) => {
            swallowed(token) || token[last..].trim_start().trim_start_matches(['(', '[', '{']) == "\""
        }
        None => {
            let end = after.iter().take(LINE_BYTES_MAX).position(|b| *b == b'\n').unwrap_or(after.len());
            end <= LINE_BYTES_MAX && marks(&text[line..at.end + end]) % 2 == 1
        }
    };
    if !odd {
        return None;
    }
    let before = text[line..at.start].chars().next_back();
    Some(match before {
        Some(c) if c.is_alphanumeric() || ".!?".contains(c) => Flaw::NotOpened(first(at.start)),
        _ => Flaw::RunsOn(first(at.start)),
    })
}

/// How many quotation marks a line holds, without those that belong to a text.
fn marks(line: &str) -> usize {
    let mut escaped = false;
    let mark = |c: char| {
        let counts = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        counts
    };
    line.chars().map(mark).filter(|counts| *counts).count()
}
