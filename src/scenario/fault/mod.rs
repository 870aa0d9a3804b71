//! What RON says when it cannot read a value, in our own words.
//!
//! RON speaks to programmers. An author is told what stands there, what
//! belongs there, and how it is written. None of RON's sentences pass here.

mod habits;

use ron::Error;
use ron::value::RawValue;

use super::at::{Fault, Span};
use super::diagnostic::{Code, Diagnostic, quoted};
use super::near::near_miss;
use super::outline;

pub(super) use habits::equals;

/// What a finding says that stops the reading of all around it.
pub(super) const MORE: &str = "there may be more to find once this is mended";

/// The finding for a value at `span` that could not be read; `wants` says what belongs there.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "RON may say more tomorrow; all the rest is one of two things"
)]
pub(super) fn finding(text: &str, base: usize, fault: &Fault, span: Span, wants: &str) -> Diagnostic {
    let slice = &text[span.start..span.end];
    let place = Span { start: fault.start - base, end: fault.end - base };
    match &fault.error {
        Error::NoSuchStructField { expected, found, .. } => {
            let message = format!("there is no field {} here", quoted(found));
            let finding = Diagnostic::new(Code::UnknownField, word(text, place, found), message);
            suggested(finding, found, expected, "fields here are")
        }
        Error::DuplicateStructField { field, .. } => {
            let message = format!("the field {} is given twice", quoted(field));
            Diagnostic::new(Code::DoubledField, word(text, place, field), message).help("keep one of the two")
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let message = format!("{} is not {wants}", quoted(found));
            let finding = Diagnostic::new(Code::UnknownWord, word(text, place, found), message);
            match OTHERS.iter().find(|(words, _)| words.contains(&found.as_str())) {
                Some((_, kind)) => finding.help(format!("{} is {kind}", quoted(found))),
                None => suggested(finding, found, expected, "known are"),
            }
        }
        Error::ExceededRecursionLimit => too_deep(span),
        error => match RawValue::from_ron(slice) {
            Err(at) => {
                if let Some(finding) = habits::seen(text, span) {
                    return finding;
                }
                // Only who expects a field knows that a colon is missing.
                let colon = matches!(error, Error::ExpectedMapColon);
                let fault = if colon { fault.clone() } else { super::at::fault(slice, at) };
                let start = fault.end - base;
                let end = outline::token_end(text, start).clamp(start, span.end.max(start));
                syntax(text, &fault.error, Span { start, end })
            }
            Ok(_) => match habits::seen(text, span) {
                Some(finding) => Diagnostic { code: Code::WrongType, ..finding },
                None => wrong_type(text, error, place.end - span.start, span, wants),
            },
        },
    }
}

/// The finding for brackets within brackets within brackets.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, span, "brackets are nested too deeply")
        .help(format!("a script nests {} brackets at most", crate::limits::NESTING_MAX))
}

/// A value that can be read, but not as what belongs there.
fn wrong_type(text: &str, error: &Error, at: usize, span: Span, wants: &str) -> Diagnostic {
    let slice = &text[span.start..span.end];
    let plain = || {
        let message = format!("expected {wants}, found {}", found(slice));
        let finding = Diagnostic::new(Code::WrongType, span, message);
        match habits::mended(&text[..span.start], slice, wants) {
            Some(help) => finding.help(help),
            None => finding,
        }
    };
    if matches!(error, Error::IntegerOutOfBounds) {
        return Diagnostic::new(Code::OutOfRange, span, "this number is too large to be one in a script");
    }
    // Only words have forms of their own; a list is not mended by another word.
    if !wants.contains("such as") && !wants.starts_with('`') {
        return plain();
    }
    let begun = FORMS.iter().filter_map(|form| {
        let word = form.split(['(', ' ']).next().unwrap_or(form);
        let (from, _) = slice.match_indices(word).take_while(|(from, _)| *from <= at).last()?;
        let whole = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let alone =
            whole(slice[..from].chars().next_back()) && whole(slice[from + word.len()..].chars().next());
        alone.then_some((from, word, form))
    });
    match begun.max_by_key(|(from, ..)| *from) {
        Some((_, word, form)) if slice.starts_with(|c: char| c.is_ascii_uppercase()) => {
            Diagnostic::new(Code::WrongType, span, format!("this is not how `{word}` is written"))
                .help(format!("write `{form}`"))
        }
        _ => plain(),
    }
}

/// Words that stand in the wrong place, and what they are.
const OTHERS: &[(&[&str], &str)] = &[
    (
        &[
            "Always",
            "All",
            "Any",
            "Not",
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
            "From",
            "Before",
            "Spreading",
            "Contained",
            "DutyRunning",
            "DutyMet",
            "DutyMissed",
        ],
        "a condition, which goes with `when`, `after` or `met`",
    ),
    (
        &[
            "Set",
            "Add",
            "Deliver",
            "DeliverIn",
            "Cancel",
            "Ask",
            "Close",
            "Reveal",
            "Start",
            "Stop",
            "StartDuty",
            "DeclareDuty",
            "MeetDuty",
            "End",
        ],
        "an effect, which goes into `then`",
    ),
];

/// Commas, colons, quotes.
#[expect(clippy::wildcard_enum_match_arm, reason = "RON may say more tomorrow; all the rest reads alike")]
fn syntax(text: &str, error: &Error, mut span: Span) -> Diagnostic {
    let before = text[..span.start].chars().next_back();
    if matches!(error, Error::ExpectedComma) && before.is_some_and(|c| c.is_ascii_digit()) {
        let digits = text[..span.start].trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let span = Span { start: digits, ..span };
        let message = format!("{} is neither a number nor a text", quoted(&text[span.start..span.end]));
        return Diagnostic::new(Code::Syntax, span, message)
            .help("a time stands in double quotes, such as `\"25m\"`");
    }
    if matches!(error, Error::ExpectedComma) && before == Some('"') {
        let message = format!("a text ends directly before {}", quoted(&text[span.start..span.end]));
        return Diagnostic::new(Code::Syntax, span, message)
            .help("write `\\\"` for a quotation mark inside a text; between two values stands a comma");
    }
    if matches!(error, Error::InvalidEscape(_)) {
        span.start = text[..span.end].rfind('\\').unwrap_or(span.start);
        span.end = text[span.start..].char_indices().nth(2).map_or(text.len(), |(at, _)| span.start + at);
    }
    if matches!(error, Error::ExpectedChar) {
        span.start = text[..span.end].rfind('\'').unwrap_or(span.start);
        span.end = span.start + 1;
        let finding = Diagnostic::new(Code::Syntax, span, "a text does not stand in single quotes");
        return finding.help("write it in double quotes: \"…\"");
    }
    let here = || quoted(&text[span.start..span.end]);
    let (message, help) = match error {
        Error::ExpectedComma => {
            (format!("a comma is missing before {}", here()), "put a comma between the two")
        }
        Error::ExpectedMapColon => (
            format!("a colon is missing before {}", here()),
            "write `name: value`, or `\"name\": value` in a map",
        ),
        Error::InvalidEscape(_) => (
            "this is no escape that a text can hold".to_owned(),
            "write `\\\\` for a backslash, or put the text in raw quotes: r\"…\"",
        ),
        Error::Eof => ("a value is missing here".to_owned(), "write one, or take the name away"),
        Error::UnderscoreAtBeginning | Error::InvalidIntegerDigit { .. } | Error::IntegerOutOfBounds => {
            ("this number cannot be read".to_owned(), "write digits, such as `184300`")
        }
        Error::ExceededRecursionLimit => return too_deep(span),
        _ => (
            format!("{} makes no sense here", here()),
            "texts stand in double quotes, lists in square brackets, fields in round brackets, maps in curly brackets",
        ),
    };
    Diagnostic::new(Code::Syntax, span, message).help(help)
}

/// With the nearest of what is known, or with all of it.
fn suggested(finding: Diagnostic, found: &str, known: &[&str], all: &str) -> Diagnostic {
    match near_miss(found, known.iter().copied()) {
        Some(word) => finding.help(format!("did you mean `{word}`?")),
        None if known.is_empty() => finding,
        None => {
            let list: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
            finding.help(format!("{all} {}", list.join(", ")))
        }
    }
}

/// The place of `word` at or just before where reading stopped.
fn word(text: &str, place: Span, word: &str) -> Span {
    let start = if text[place.start..].starts_with(word) {
        place.start
    } else {
        text[..place.end].rfind(word).unwrap_or(place.start)
    };
    Span { start, end: (start + word.len()).min(text.len()) }
}

/// What stands there, in words.
fn found(slice: &str) -> String {
    match slice.chars().next() {
        None => "nothing".to_owned(),
        Some('"') => "a text".to_owned(),
        Some('[') => "a list in square brackets".to_owned(),
        Some('{') => "a map in curly brackets".to_owned(),
        Some('(') => "round brackets".to_owned(),
        Some(c) if c.is_ascii_digit() || "+-.".contains(c) => format!("the number {}", quoted(slice)),
        Some('r') if slice.starts_with("r\"") || slice.starts_with("r#") => "a text".to_owned(),
        Some(_) => {
            let word = slice.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(slice);
            format!("the word {}", quoted(if word.is_empty() { slice } else { word }))
        }
    }
}

/// How the words with brackets are written.
const FORMS: &[&str] = &[
    "Always",
    "All([one, other])",
    "Any([one, other])",
    "Not(condition)",
    "Chosen(\"question\", \"choice\")",
    "Answered(\"question\")",
    "Lapsed(\"question\")",
    "Did(\"action\")",
    "Delivered(\"inject\")",
    "Met(\"checkpoint\")",
    "Missed(\"checkpoint\")",
    "Examined(\"evidence\")",
    "Categorized(\"class\")` or `Categorized(\"class\", \"type\")",
    "AtLeast(\"gauge\", 1)",
    "AtMost(\"gauge\", 1)",
    "From(\"30m\")",
    "Before(\"30m\")",
    "Spreading(\"spread\")",
    "Contained(\"spread\")",
    "DutyRunning(\"duty\")",
    "DutyMet(\"duty\")",
    "DutyMissed(\"duty\")",
    "Set(\"gauge\", 1)",
    "Add(\"gauge\", 1)",
    "Deliver(\"inject\")",
    "DeliverIn(\"inject\", \"5m\")",
    "Cancel(\"inject\")",
    "Ask(\"question\")",
    "Close(\"question\")",
    "Reveal(\"evidence\")",
    "Start(\"spread\")",
    "Stop(\"spread\")",
    "StartDuty(\"duty\")",
    "DeclareDuty(\"duty\")",
    "MeetDuty(\"duty\")",
    "Within(\"24h\")",
    "Days(30)",
    "BusinessDays(3)",
    "Months(1)",
    "End",
    "Mail(from: \"person\", subject: \"…\")",
    "Chat(from: \"person\", room: \"…\")",
    "Call(from: \"person\", number: \"…\")",
    "Ticket(from: \"person\", number: \"…\", state: \"…\")",
    "Alert(system: \"…\", level: \"…\")",
    "News(outlet: \"…\", headline: \"…\")",
    "Post(account: \"…\", network: \"…\")",
    "Letter(from: \"person\", subject: \"…\")",
    "Desk(from: \"person\")",
    "Triage()",
    "Categorize(asks: [Class, Severity])",
    "ChooseOne({ \"name\": (says: \"…\", credit: 100, why: \"…\") })",
    "ChooseSeveral({ \"name\": (says: \"…\", right: true, why: \"…\") })",
    "PutInOrder(items: { \"name\": (says: \"…\", why: \"…\") }, before: [(\"name\", \"other\")])",
    "Estimate(unit: \"hours\", answer: 70, tolerance: 1, outer: 6)",
    "Record(items: { \"name\": (says: \"…\", right: true, why: \"…\") })",
    "Reflect(key_points: [\"…\"])",
    "Rsit",
    "Own(title: \"…\", classes: { \"name\": (label: \"…\") })",
];
