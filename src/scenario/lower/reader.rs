//! Takes values out of the file model and reports what is wrong with them.
//!
//! Every question to the reader is answered, with a fallback if need be, so
//! that lowering goes on and finds the rest. What it could not make sense of
//! at all leaves a hole: checks of the script as a whole would then only echo
//! a mistake that has been reported already.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::super::at::{At, Rows, Span, Wanted};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::fault;
use super::super::file::{List, Map, Opt};
use super::super::id::Name;
use super::super::near::near_miss;
use super::super::outline;
use super::super::text::{acts, clean};
use super::super::time::SimTime;
use crate::limits::FINDINGS_MAX;

/// A kind of thing that has a name in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Kind {
    System,
    Person,
    Slot,
    Gauge,
    Truth,
    Evidence,
    Inject,
    Question,
    Action,
    Ending,
    Source,
}

impl Kind {
    /// What it is called, one and many, and the code for one that there is not.
    pub(in super::super) const fn words(self) -> (&'static str, &'static str, Code) {
        match self {
            Self::System => ("system", "systems", Code::UnknownWord),
            Self::Person => ("person", "persons", Code::UnknownPerson),
            Self::Slot => ("slot", "slots", Code::UnknownSlot),
            Self::Gauge => ("gauge", "gauges", Code::UnknownGauge),
            Self::Truth => ("truth", "truths", Code::UnknownTruth),
            Self::Evidence => ("evidence", "evidence", Code::UnknownEvidence),
            Self::Inject => ("inject", "injects", Code::UnknownInject),
            Self::Question => ("question", "questions", Code::UnknownQuestion),
            Self::Action => ("action", "actions", Code::UnknownAction),
            Self::Ending => ("ending", "endings", Code::UnknownWord),
            Self::Source => ("source", "sources", Code::UnknownSource),
        }
    }
}

/// Who reads a text, and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Seen {
    /// Trainees during play, as prose.
    Play,
    /// Trainees during play, as it stands.
    Verbatim,
    /// Everybody afterwards, or authors only.
    After,
    /// Titles and addresses of sources, which are real.
    Source,
}

/// A text of the script, with its place.
#[derive(Debug)]
pub(in super::super) struct Written {
    pub(in super::super) span: Span,
    pub(in super::super) seen: Seen,
    pub(in super::super) text: String,
}

/// One entry of a map, with a name that is good and new.
pub(in super::super) struct Row<'f, T> {
    pub(in super::super) name: Name,
    pub(in super::super) key: Span,
    pub(in super::super) body: &'f At<T>,
}

/// See the head of this file.
pub(in super::super) struct Reader<'s> {
    pub(in super::super) text: &'s str,
    pub(in super::super) base: usize,
    pub(in super::super) findings: Vec<Diagnostic>,
    /// Fields that must be blanked out before more can be read.
    pub(in super::super) masks: Vec<Span>,
    pub(in super::super) holes: bool,
    pub(in super::super) written: Vec<Written>,
    pub(super) moments: Vec<SimTime>,
    names: BTreeMap<Kind, BTreeMap<String, usize>>,
    slot_fields: Vec<Vec<Name>>,
    used: BTreeMap<Kind, BTreeSet<usize>>,
}

impl<'s> Reader<'s> {
    pub(in super::super) fn new(text: &'s str) -> Self {
        Self {
            text,
            base: text.as_ptr() as usize,
            findings: Vec::new(),
            masks: Vec::new(),
            holes: false,
            written: Vec::new(),
            moments: Vec::new(),
            names: BTreeMap::new(),
            slot_fields: Vec::new(),
            used: BTreeMap::new(),
        }
    }

    pub(in super::super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(in super::super) fn span<T>(&self, at: &At<T>) -> Span {
        at.span(self.base)
    }

    /// What was read, or a finding.
    pub(in super::super) fn get<'f, T: Wanted>(&mut self, at: &'f At<T>) -> Option<&'f T> {
        match at.value() {
            Ok(value) => Some(value),
            Err(fault) => {
                let finding = fault::finding(self.text, self.base, fault, at.span(self.base), T::WANTS);
                if matches!(finding.code, Code::UnknownField | Code::DoubledField) {
                    self.masks.push(outline::whole(self.text, finding.span.start));
                }
                self.holes = true;
                self.report(finding);
                None
            }
        }
    }

    /// What was read, if the field is there.
    pub(super) fn take<'f, T: Wanted>(&mut self, field: &'f Opt<T>) -> Option<&'f T> {
        field.as_ref().and_then(|at| self.get(at))
    }

    /// What was read from a field that must be there.
    pub(super) fn must<'f, T: Wanted>(&mut self, field: &'f Opt<T>, owner: Owner) -> Option<&'f T> {
        if field.is_none() {
            self.missing(owner);
        }
        self.take(field)
    }

    pub(super) fn missing(&mut self, Owner(span, what, field): Owner) {
        self.report(Diagnostic::new(Code::MissingField, span, format!("{what} needs `{field}`")));
    }

    /// The elements of a list.
    pub(super) fn list<'f, T: Wanted>(&mut self, field: &'f List<T>, max: usize) -> Vec<&'f At<T>> {
        let Some(list) = self.take(field) else { return Vec::new() };
        if let Some(over) = list.get(max) {
            let span = self.span(over);
            self.too_many(span, max);
        }
        list.iter().take(max).collect()
    }

    pub(super) fn too_many(&mut self, span: Span, max: usize) {
        self.report(
            Diagnostic::new(Code::TooMany, span, "this is one too many")
                .help(format!("there can be {max} here at most")),
        );
    }

    /// The rows of a map with good names, each once.
    pub(super) fn rows<'f, T>(&mut self, field: &'f Map<T>, what: &str, max: usize) -> Vec<Row<'f, T>> {
        self.rows_of(field.as_ref(), what, max)
    }

    /// The rows of a map that may not be there.
    pub(super) fn rows_of<'f, T>(
        &mut self,
        map: Option<&'f At<Rows<T>>>,
        what: &str,
        max: usize,
    ) -> Vec<Row<'f, T>> {
        let Some(rows) = map.and_then(|at| self.get(at)) else { return Vec::new() };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut kept = Vec::new();
        for (key, body) in &rows.0 {
            let span = self.span(key);
            let Some(text) = self.get(key) else { continue };
            if let Some(first) = seen.get(text.as_str()) {
                let message = format!("there are two {what} named {}", quoted(text));
                let finding = Diagnostic::new(Code::DoubledName, span, message);
                self.report(finding.label(*first, "the first one").help("give one of them another name"));
                continue;
            }
            seen.insert(text, span);
            let Some(name) = self.name(text, span) else { continue };
            if kept.len() == max {
                self.too_many(span, max);
                break;
            }
            kept.push(Row { name, key: span, body });
        }
        kept
    }

    /// A name, checked.
    pub(super) fn name(&mut self, text: &str, span: Span) -> Option<Name> {
        match Name::new(text) {
            Ok(name) => Some(name),
            Err(why) => {
                self.holes = true;
                let finding =
                    Diagnostic::new(Code::BadName, span, format!("{} cannot be a name", quoted(text)))
                        .help(why);
                self.report(finding);
                None
            }
        }
    }

    /// Makes the names of a kind known.
    pub(super) fn know<T>(&mut self, kind: Kind, rows: &[Row<'_, T>]) {
        let names = rows.iter().enumerate().map(|(row, r)| (r.name.as_str().to_owned(), row)).collect();
        self.names.insert(kind, names);
    }

    pub(super) fn know_slot(&mut self, fields: Vec<Name>) {
        self.slot_fields.push(fields);
    }

    /// The row that a reference names.
    pub(super) fn refer(&mut self, kind: Kind, at: &At<String>) -> Option<usize> {
        let text = self.get(at)?;
        let none = BTreeMap::new();
        let names = self.names.get(&kind).unwrap_or(&none);
        let row = names.get(text.as_str()).copied();
        let (one, many, code) = kind.words();
        if row.is_some() {
            self.used.entry(kind).or_default().extend(row);
            return row;
        }
        // A slip is read as what was meant, so that it does not set off other findings.
        let meant =
            (self.findings.len() < FINDINGS_MAX).then(|| near_miss(text, names.keys().map(String::as_str)));
        let row = meant.flatten().and_then(|name| names.get(name)).copied();
        let message = format!("no {one} is named {}", quoted(text));
        let mut finding = Diagnostic::new(code, self.span(at), message);
        finding = match meant.flatten() {
            Some(name) => finding.help(format!("did you mean `{name}`?")),
            None => finding.help(listed(many, names.keys().map(String::as_str))),
        };
        self.holes |= row.is_none();
        self.used.entry(kind).or_default().extend(row);
        self.report(finding);
        row
    }

    /// Whether anything referred to row `row` of a kind.
    pub(in super::super) fn is_used(&self, kind: Kind, row: usize) -> bool {
        self.used.get(&kind).is_some_and(|rows| rows.contains(&row))
    }

    /// A whole number within bounds; the default where there is none, or a bad one.
    pub(super) fn number<N: TryFrom<i64>>(
        &mut self,
        field: &Opt<i64>,
        bounds: RangeInclusive<i64>,
        or: N,
    ) -> N {
        match field.as_ref() {
            Some(at) => self.number_at(at, bounds).unwrap_or(or),
            None => or,
        }
    }

    /// A whole number within bounds.
    pub(super) fn number_at<N: TryFrom<i64>>(
        &mut self,
        at: &At<i64>,
        bounds: RangeInclusive<i64>,
    ) -> Option<N> {
        let number = *self.get(at)?;
        if !bounds.contains(&number) {
            let (low, high) = bounds.into_inner();
            let finding =
                Diagnostic::new(Code::OutOfRange, self.span(at), format!("{number} is out of range"));
            self.report(finding.help(format!("it goes from {low} to {high}")));
            return None;
        }
        N::try_from(number).ok()
    }

    pub(super) fn flag(&mut self, field: &Opt<bool>, or: bool) -> bool {
        self.take(field).copied().unwrap_or(or)
    }

    /// A time.
    pub(super) fn time(&mut self, field: &Opt<String>) -> Option<SimTime> {
        field.as_ref().and_then(|at| self.time_at(at))
    }

    pub(super) fn time_at(&mut self, at: &At<String>) -> Option<SimTime> {
        let text = self.get(at)?;
        match SimTime::parse(text) {
            Ok(time) => Some(time),
            Err(why) => {
                let finding =
                    Diagnostic::new(Code::BadTime, self.span(at), format!("{} is not a time", quoted(text)));
                self.report(finding.help(why));
                None
            }
        }
    }

    /// A text, clean and within bounds; empty where there is none.
    pub(super) fn text(&mut self, field: &Opt<String>, seen: Seen, bytes_max: usize) -> String {
        field.as_ref().map(|at| self.text_at(at, seen, bytes_max)).unwrap_or_default()
    }

    /// A text that must be there, with something in it.
    pub(super) fn must_text(&mut self, field: &Opt<String>, owner: Owner, seen: Seen, max: usize) -> String {
        let text = self.text(field, seen, max);
        match field {
            None => self.missing(owner),
            Some(at) if at.ok().is_some() && text.trim().is_empty() => {
                let finding =
                    Diagnostic::new(Code::EmptyText, self.span(at), format!("`{}` says nothing", owner.2));
                self.report(finding);
            }
            Some(_) => {}
        }
        text
    }

    pub(super) fn text_at(&mut self, at: &At<String>, seen: Seen, bytes_max: usize) -> String {
        let span = self.span(at);
        let Some(text) = self.get(at) else { return String::new() };
        if text.len() > bytes_max {
            let finding = Diagnostic::new(Code::TooLong, span, format!("this text has {} bytes", text.len()));
            self.report(finding.help(format!("a text here has {bytes_max} bytes at most")));
            return String::new();
        }
        let text = text.replace("\r\n", "\n");
        if let Some(bad) = text.chars().find(|c| !matches!(c, '\n' | '\t') && acts(*c)) {
            let place = acting(&self.text[span.start..span.end], bad, span);
            let message = format!("this text holds the invisible character U+{:04X}", u32::from(bad));
            self.report(
                Diagnostic::new(Code::ControlCharacter, place, message)
                    .help("take it out: it could move, hide or reorder what a screen shows"),
            );
        }
        let text = clean(&text);
        self.slots_of(&text, span);
        self.written.push(Written { span, seen, text: text.clone() });
        text
    }

    /// Every `{slot.field}` of a text must be one.
    fn slots_of(&mut self, text: &str, span: Span) {
        for (open, _) in text.match_indices('{') {
            let Some((inner, _)) = text[open + 1..].split_once('}') else { return };
            let Some((slot, field)) = inner.split_once('.') else { continue };
            if Name::new(slot).is_err() || Name::new(field).is_err() {
                continue;
            }
            let row = self.names.get(&Kind::Slot).and_then(|names| names.get(slot)).copied();
            let fields = row.and_then(|row| self.slot_fields.get(row)).map_or(&[][..], Vec::as_slice);
            if let Some(row) = row {
                self.used.entry(Kind::Slot).or_default().insert(row);
            }
            if fields.iter().any(|f| f.as_str() == field) {
                continue;
            }
            let written = format!("{{{inner}}}");
            let place = self.text[span.start..span.end]
                .find(&written)
                .map_or(span, |at| Span { start: span.start + at, end: span.start + at + written.len() });
            let finding = Diagnostic::new(
                Code::UnknownSlot,
                place,
                match row {
                    Some(_) => format!("slot `{slot}` has no field {}", quoted(field)),
                    None => format!("no slot is named {}", quoted(slot)),
                },
            );
            let help = match row {
                Some(_) => listed("its fields", fields.iter().map(Name::as_str)),
                None => "name it in `slots`, or write the words themselves".to_owned(),
            };
            self.report(finding.help(help));
        }
    }
}

/// Whose field it is: where, what, and which.
#[derive(Clone, Copy)]
pub(super) struct Owner(pub(super) Span, pub(super) &'static str, pub(super) &'static str);

/// "injects are `a`, `b`", cut short where there are many.
pub(in super::super) fn listed<'n>(many: &str, names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let names: Vec<_> = names.collect();
    if names.is_empty() {
        return format!("there are no {many} in this script");
    }
    let shown: Vec<_> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{many} are {}{more}", shown.join(", "))
}

/// Where a character stands in the source of a text, written out or escaped.
fn acting(source: &str, bad: char, span: Span) -> Span {
    if let Some(at) = source.find(bad) {
        return Span { start: span.start + at, end: span.start + at + bad.len_utf8() };
    }
    let escapes = ["\\u{", "\\x", "\\r", "\\0"];
    match escapes.iter().filter_map(|e| source.find(e)).min() {
        Some(at) => {
            let end = source[at..]
                .find('}')
                .filter(|_| source[at..].starts_with("\\u{"))
                .map_or(at + 2, |n| at + n + 1);
            Span { start: span.start + at, end: span.start + end }
        }
        None => span,
    }
}
