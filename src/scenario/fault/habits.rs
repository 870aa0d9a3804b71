//! Habits from other languages, and how the same is written in a script.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::outline;

/// Words whose first value is a name.
const NAMING: &[&str] = &[
    "Chosen",
    "Answered",
    "Lapsed",
    "Did",
    "Delivered",
    "Met",
    "Missed",
    "Examined",
    "Categorized",
    "AtLeast",
    "AtMost",
    "Set",
    "Add",
    "Deliver",
    "DeliverIn",
    "Cancel",
    "Ask",
    "Close",
    "Reveal",
];

/// Fields that hold a time.
const TIMES: &[&str] = &[
    "at", "jitter", "delay", "until", "opens", "lapses", "good", "takes", "from", "length", "From", "Before",
];

/// The first habit in a value that could not be read.
pub(super) fn seen(text: &str, span: Span) -> Option<Diagnostic> {
    let mut last: [Span; 2] = [Span::default(); 2];
    let mut at = outline::skip_space(text, span.start);
    while at < span.end {
        let here = Span { start: at, end: outline::token_end(text, at) };
        if let Some((place, message, help)) = habit(text, last, here) {
            return Some(Diagnostic::new(Code::Syntax, place, message).help(help));
        }
        last = [last[1], here];
        at = outline::skip_space(text, here.end);
    }
    None
}

/// What is wrong with one token, after two others.
fn habit(text: &str, last: [Span; 2], here: Span) -> Option<(Span, String, String)> {
    let of = |span: Span| &text[span.start..span.end];
    let (before, token) = (of(last[1]), of(here));
    let next = outline::skip_space(text, here.end);
    let after = text[next..].chars().next();
    let first = token.chars().next()?;
    if matches!(token, "and" | "or" | "&&" | "||") && before == ")" {
        let all = if matches!(token, "and" | "&&") { "All" } else { "Any" };
        let message = format!("conditions are not joined with {}", quoted(token));
        return Some((here, message, format!("write `{all}([one, other])`")));
    }
    if first == '!' && token[1..].starts_with(|c: char| c.is_ascii_uppercase()) && after == Some('(') {
        let whole = &text[here.start + 1..outline::closing(text, next)];
        return Some((
            here,
            "`!` means nothing here".into(),
            format!("write {}", quoted(&format!("Not({whole})"))),
        ));
    }
    if token == "Some" && after == Some('(') {
        let help = "write the value alone, without `Some` and its brackets";
        return Some((here, "`Some` is not needed".into(), help.into()));
    }
    if matches!(before, "All" | "Any") && token == "(" && after != Some('[') {
        let message = format!("the conditions of `{before}` stand in square brackets");
        return Some((last[1], message, format!("write `{before}([one, other])`")));
    }
    if first.is_ascii_uppercase() && after == Some(':') && matches!(before, "[" | "," | "(" | ":") {
        let value = outline::skip_space(text, next + 1);
        let value = &text[value..outline::token_end(text, value)];
        let value = if value.starts_with('"') { value } else { "…" };
        let message = format!("{} takes round brackets, no colon", quoted(token));
        return Some((here, message, format!("write {}", quoted(&format!("{token}({value})")))));
    }
    let head = of(last[0]);
    if before == "(" && NAMING.contains(&head) && first.is_ascii_lowercase() && !token.contains('"') {
        let name = quoted(&format!("{head}(\"{token}\")"));
        let help = if after == Some(')') { format!("write {name}") } else { format!("write `\"{token}\"`") };
        return Some((here, "a name stands in double quotes".into(), help));
    }
    if token.starts_with('=') {
        return Some((here, "`=` gives no value here".into(), "write `name: value`, with a colon".into()));
    }
    None
}

/// The two sides of `name = value`.
pub(in super::super) fn equals(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    (plain && !value.is_empty()).then_some((name, value))
}

/// How a value of another type is written as what belongs there; `before` is the script up to it.
pub(super) fn mended(before: &str, slice: &str, wants: &str) -> Option<String> {
    let inner = slice.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic())
            && text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    };
    match wants {
        "a whole number" => match (inner, slice.split_once('.')) {
            (Some(inner), _) if number(inner) => Some(format!("write it without quotes: {}", quoted(inner))),
            (None, Some((whole, _))) if number(whole) => {
                Some(format!("only whole numbers count here, such as {}", quoted(whole)))
            }
            _ => None,
        },
        "`true` or `false`" => match inner.unwrap_or(slice).to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => Some("write `true`".to_owned()),
            "false" | "no" | "0" => Some("write `false`".to_owned()),
            _ => None,
        },
        "a text in double quotes" if number(slice) => Some(if TIMES.contains(&field(before)) {
            format!("a time is written with its unit, such as {}", quoted(&format!("\"{slice}m\"")))
        } else {
            format!("write it in double quotes: {}", quoted(&format!("\"{slice}\"")))
        }),
        "a text in double quotes" if word(slice) && slice != "None" => {
            Some(format!("write it in double quotes: {}", quoted(&format!("\"{slice}\""))))
        }
        "a list in square brackets" if !slice.starts_with(['[', '{']) && !slice.contains('\n') => {
            Some(format!("write {}", quoted(&format!("[{slice}]"))))
        }
        _ => inner
            .filter(|inner| word(inner) && inner.starts_with(|c: char| c.is_ascii_uppercase()))
            .filter(|_| wants.contains('`'))
            .map(|inner| format!("write it without quotes: {}", quoted(inner))),
    }
}

/// The name before the value.
fn field(before: &str) -> &str {
    let name = before.trim_end().trim_end_matches([':', '(']).trim_end();
    let start = name.rfind(|c: char| !c.is_ascii_alphabetic() && c != '_').map_or(0, |n| n + 1);
    &name[start..]
}
