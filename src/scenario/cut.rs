//! The first cut of a script: its marker, its fields, the entries of its maps.
//!
//! Each piece is then read on its own, so that a slip in one does not hide the
//! next.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::at::{At, Rows, Span, Wanted};
use super::diagnostic::{Code, Diagnostic, quoted};
use super::fault::{self, MORE};
use super::file::File;
use super::lower::Reader;
use super::near::near_miss;
use super::outline::{self, Flaw, Member};
use crate::limits::FINDINGS_MAX;

/// The version of the language that this program reads.
const MARKER: &str = "breachdrill/scenario/1";
/// How a script begins.
const FIRST_LINE: &str = "#![type = \"breachdrill/scenario/1\"]";

/// Reads the marker; says where the script proper begins.
pub(super) fn start(text: &str) -> (usize, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut at = 0;
    if text.starts_with('\u{feff}') {
        at = '\u{feff}'.len_utf8();
        let finding = Diagnostic::new(
            Code::ByteOrderMark,
            Span { start: 0, end: at },
            "this file begins with an invisible byte order mark",
        );
        findings.push(finding.help("save it as UTF-8 without a byte order mark"));
    }
    let mut marked = false;
    loop {
        at = outline::skip_space(text, at);
        let Some(attribute) = text[at..].strip_prefix("#!") else { break };
        let end =
            text.len() - attribute.len() + attribute.find([']', '\n']).map_or(attribute.len(), |n| n + 1);
        let span = Span { start: at, end: text[..end].trim_end().len() };
        let value = value_of(&text[at..end]);
        marked |= value.is_some();
        match value {
            Some(MARKER) => {}
            Some(other) => findings.push(
                Diagnostic::new(
                    Code::UnsupportedVersion,
                    span,
                    format!("this program does not read {}", quoted(other)),
                )
                .help(format!(
                    "write `{FIRST_LINE}`, or use the version of breachdrill that the script was written for"
                )),
            ),
            None => findings.push(
                Diagnostic::new(Code::Syntax, span, "a script has no such line")
                    .help("take it away; nothing has to be enabled"),
            ),
        }
        at = end;
    }
    if !marked {
        let end = outline::token_end(text, at);
        let finding = Diagnostic::new(
            Code::MissingMarker,
            Span { start: at, end },
            "the script does not say in which language it is written",
        );
        findings.push(finding.help(format!("write `{FIRST_LINE}` as the first line")));
    }
    (at, findings)
}

/// The value of `#![type = "value"]`.
fn value_of(attribute: &str) -> Option<&str> {
    let inner = attribute.trim_end().strip_prefix("#![")?.strip_suffix(']')?.trim();
    let value = inner.strip_prefix("type")?.trim_start().strip_prefix('=')?.trim();
    value.strip_prefix('"')?.strip_suffix('"')
}

/// Cuts and reads everything from `start` on.
pub(super) fn file(reader: &mut Reader<'_>, start: usize) -> Option<File> {
    let text = reader.text;
    if let Some(flaw) = outline::flaw(&text[start..]) {
        reader.report(broken(flaw, start).note(MORE));
        return None;
    }
    let open = opening(reader, start)?;
    let (fields, close) = outline::members(text, open);
    let rest = outline::skip_space(text, close + 1);
    if rest < text.len() {
        let end = outline::token_end(text, rest);
        let finding = Diagnostic::new(Code::Syntax, Span { start: rest, end }, "the script ends before this");
        reader
            .report(finding.help("one file holds one script; move this into its brackets, or take it away"));
    }
    let mut file = File::default();
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for field in fields {
        let field = with_colon(reader, field);
        let Some(value) = member(reader, &field) else { continue };
        let name = &text[field.key.start..field.key.end];
        if reader.full() {
            break;
        }
        if let Some(first) = seen.get(name) {
            let message = format!("the field {} is given twice", quoted(name));
            let finding = Diagnostic::new(Code::DoubledField, field.key, message);
            reader.report(finding.label(*first, "the first one").help("keep one of the two"));
            continue;
        }
        seen.insert(name, field.key);
        if !file.fill(reader, name, value) {
            let message = format!("there is no field {} here", quoted(name));
            let finding = Diagnostic::new(Code::UnknownField, field.key, message);
            let known = FIELDS.iter().copied().filter(|_| reader.findings.len() < FINDINGS_MAX);
            reader.report(match near_miss(name, known) {
                Some(name) => finding.help(format!("did you mean `{name}`?")),
                None => finding.help(format!("fields of a script are {}", FIELDS.join(", "))),
            });
        }
    }
    Some(file)
}

/// Where the bracket of the script opens.
fn opening(reader: &mut Reader<'_>, start: usize) -> Option<usize> {
    let text = reader.text;
    let word = outline::token_end(text, start);
    let open = if text[start..].starts_with('(') { start } else { outline::skip_space(text, word) };
    let named = open == start || &text[start..word] == "Scenario";
    if named && text[open..].starts_with('(') {
        return Some(open);
    }
    let finding =
        Diagnostic::new(Code::Syntax, Span { start, end: word }, "a script is written as `Scenario( … )`");
    let finding = finding.help("put everything after the first line between `Scenario(` and `)`");
    reader.report(finding.note(MORE));
    None
}

/// A member that is written `name = value`, read as what it means.
fn with_colon(reader: &mut Reader<'_>, member: Member) -> Member {
    let text = reader.text;
    let written = &text[member.key.start..member.key.end];
    let Some((name, value)) = fault::equals(written).filter(|_| member.value.is_none()) else {
        return member;
    };
    let finding = Diagnostic::new(Code::Syntax, member.key, format!("{} is followed by `=`", quoted(name)));
    reader.report(finding.help(format!("write a colon: {}", quoted(&format!("{name}: {value}")))));
    let key = Span { start: member.key.start, end: member.key.start + name.len() };
    Member { key, value: Some(Span { start: member.key.end - value.len(), end: member.key.end }), ..member }
}

/// The value of a member, or findings.
fn member(reader: &mut Reader<'_>, member: &Member) -> Option<Span> {
    let key = quoted(&reader.text[member.key.start..member.key.end]);
    if member.comma_missing {
        let finding = Diagnostic::new(Code::Syntax, member.key, format!("a comma is missing before {key}"));
        reader.report(finding.help("put a comma between the two"));
    }
    if member.value.is_none() {
        let stray = reader.text[member.key.start..].starts_with([',', ':']);
        let message =
            if stray { format!("{key} makes no sense here") } else { format!("{key} has no value") };
        let finding = Diagnostic::new(Code::Syntax, member.key, message);
        reader.report(finding.help("write `name: value`, or `\"name\": value` in a map"));
        reader.holes = true;
    }
    member.value
}

fn broken(flaw: Flaw, start: usize) -> Diagnostic {
    let moved = |span: Span| Span { start: span.start + start, end: span.end + start };
    match flaw {
        Flaw::OpenText(span) => Diagnostic::new(Code::Syntax, moved(span), "this text is never closed")
            .help("put a quotation mark where it ends; write `\\\"` for one inside"),
        Flaw::RunsOn(span) => {
            Diagnostic::new(Code::Syntax, moved(span), "this text is perhaps not closed on this line")
                .help("put a quotation mark where it ends; write `\\\"` for one inside")
        }
        Flaw::NotOpened(span) => {
            Diagnostic::new(Code::Syntax, moved(span), "this closes a text that is perhaps not opened")
                .help("put a quotation mark where it begins; write `\\\"` for one inside")
        }
        Flaw::OtherComment(span) => {
            Diagnostic::new(Code::Syntax, moved(span), "this does not begin a comment")
                .help("write `// …` for a comment")
        }
        Flaw::CurlyQuote(span) => {
            Diagnostic::new(Code::Syntax, moved(span), "a text does not stand in curly quotation marks")
                .help("write it in straight ones: \"…\"")
        }
        Flaw::OpenComment(span) => Diagnostic::new(Code::Syntax, moved(span), "this comment is never closed")
            .help("close it with a star and a slash where it ends"),
        Flaw::OpenBracket(span) => Diagnostic::new(Code::Syntax, moved(span), "this bracket is never closed")
            .help("put its partner where it ends"),
        Flaw::Crooked { open, close } => {
            Diagnostic::new(Code::Syntax, moved(open), "this bracket is not closed where it should be")
                .label(moved(close), "this one closes it, but stands where another one belongs")
                .help("put its partner where it ends")
        }
        Flaw::Mismatch { close, open: Some(open) } => {
            Diagnostic::new(Code::Syntax, moved(close), "this bracket does not close the one that is open")
                .label(moved(open), "this one is open")
                .help("a bracket may be missing or doubled somewhere between the two")
        }
        Flaw::Mismatch { close, open: None } => {
            Diagnostic::new(Code::Syntax, moved(close), "this bracket closes nothing")
                .help("take it away, or put back the one that it should close")
        }
        Flaw::TooDeep(span) => fault::too_deep(moved(span)),
    }
}

/// A map whose entries are read one by one.
fn map<'s, T>(reader: &mut Reader<'s>, value: Span) -> At<Rows<T>>
where
    T: Deserialize<'s> + Wanted,
{
    let text = reader.text;
    let slice = &text[value.start..value.end];
    if !slice.starts_with('{') {
        return At::read(slice);
    }
    let (entries, close) = outline::members(text, value.start);
    if close + 1 != value.end {
        // Something stands behind the map, and RON will say so.
        return At::read(slice);
    }
    let mut rows = Vec::new();
    for entry in entries {
        let key = &text[entry.key.start..entry.key.end];
        match member(reader, &entry) {
            Some(body) => rows.push((At::read(key), At::read(&text[body.start..body.end]))),
            None if key.starts_with([',', ':']) => {}
            // Others may refer to an entry although it has no value.
            None => rows.push((At::read(key), At::nothing(key))),
        }
    }
    At::made(slice, Rows(rows))
}

fn leaf<'s, T: Deserialize<'s>>(reader: &mut Reader<'s>, value: Span) -> At<T> {
    At::read(&reader.text[value.start..value.end])
}

macro_rules! fields {
    ($($field:ident: $how:ident,)*) => {
        /// The fields of a script.
        const FIELDS: &[&str] = &[$(stringify!($field),)*];

        impl File {
            /// Reads one field; false if there is none of that name.
            fn fill(&mut self, reader: &mut Reader<'_>, name: &str, value: Span) -> bool {
                match name {
                    $(stringify!($field) => self.$field = Some($how(reader, value)),)*
                    _ => return false,
                }
                true
            }
        }
    };
}

fields! {
    title: leaf, summary: leaf, language: leaf, audience: leaf, level: leaf, minutes: leaf, objectives: leaf,
    content_note: leaf, authors: leaf, licence: leaf, attack: leaf, tags: leaf, pass: leaf, organisation: leaf,
    systems: map, cast: map, seats: map, clock: leaf, slots: map, gauges: map, taxonomy: leaf, severities: leaf,
    severity: leaf, truth: map, evidence: map, spreads: map, duties: map, injects: map, questions: map,
    actions: map, endings: map, hot_wash: leaf, sources: map, allow: map,
}
