//! Takes values out of the file model and reports what is wrong with them.
//!
//! Every question to the reader is answered, with a fallback if need be, so
//! that lowering goes on and finds the rest. What it could not make sense of
//! at all leaves a hole: checks of the script as a whole would then only echo
//! a mistake that has been reported already.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::super::at::{At, Rows, Span, Wanted};
use super::super::diagnostic::{Code, Diagnostic, Severity, quoted};
use super::super::fault;
use super::super::file::{List, Map, Opt};
use super::super::id::Name;
use super::super::near::near_miss;
use super::super::outline;
use super::super::time::SimTime;
use super::forms::form;
use crate::limits::{FINDINGS_KEPT_MAX, FINDINGS_MAX};

/// A kind of thing that has a name in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Kind {
    System,
    Person,
    Seat,
    Slot,
    Gauge,
    Truth,
    Evidence,
    Inject,
    Question,
    Action,
    Spread,
    Duty,
    Ending,
    Source,
}

impl Kind {
    /// What it is called, one and many, and the code for one that there is not.
    pub(in super::super) const fn words(self) -> (&'static str, &'static str, Code) {
        match self {
            Self::System => ("system", "systems", Code::UnknownWord),
            Self::Person => ("person", "persons", Code::UnknownPerson),
            Self::Seat => ("seat", "seats", Code::UnknownSeat),
            Self::Slot => ("slot", "slots", Code::UnknownSlot),
            Self::Gauge => ("gauge", "gauges", Code::UnknownGauge),
            Self::Truth => ("truth", "truths", Code::UnknownTruth),
            Self::Evidence => ("evidence", "evidence", Code::UnknownEvidence),
            Self::Inject => ("inject", "injects", Code::UnknownInject),
            Self::Question => ("question", "questions", Code::UnknownQuestion),
            Self::Action => ("action", "actions", Code::UnknownAction),
            Self::Spread => ("spread", "spreads", Code::UnknownSpread),
            Self::Duty => ("duty", "duties", Code::UnknownDuty),
            Self::Ending => ("ending", "endings", Code::UnknownWord),
            Self::Source => ("source", "sources", Code::UnknownSource),
        }
    }
}

/// Who reads a text, and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Seen {
    /// Everybody before the drill begins: whoever chooses, and the briefing. Nothing is drawn yet.
    Before,
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
    errors: bool,
    pub(in super::super) written: Vec<Written>,
    pub(super) moments: Vec<SimTime>,
    pub(super) names: BTreeMap<Kind, BTreeMap<String, usize>>,
    pub(super) slot_fields: Vec<Vec<Name>>,
    pub(super) used: BTreeMap<Kind, BTreeSet<usize>>,
    /// Kinds of which some names could not be read: a reference may well be right.
    lost: BTreeSet<Kind>,
}

impl<'s> Reader<'s> {
    pub(in super::super) fn new(text: &'s str) -> Self {
        Self {
            text,
            base: text.as_ptr() as usize,
            findings: Vec::new(),
            masks: Vec::new(),
            holes: false,
            errors: false,
            written: Vec::new(),
            moments: Vec::new(),
            names: BTreeMap::new(),
            slot_fields: Vec::new(),
            used: BTreeMap::new(),
            lost: BTreeSet::new(),
        }
    }

    pub(in super::super) fn report(&mut self, finding: Diagnostic) {
        let error = finding.severity == Severity::Error;
        // Beyond the bound, only the first error still matters: it forbids play.
        if self.findings.len() < FINDINGS_KEPT_MAX || (error && !self.errors) {
            self.findings.push(finding);
        }
        self.errors |= error;
    }

    /// Whether more findings would not be kept.
    pub(in super::super) fn full(&self) -> bool {
        self.errors && self.findings.len() >= FINDINGS_KEPT_MAX
    }

    pub(in super::super) fn span<T>(&self, at: &At<T>) -> Span {
        at.span(self.base)
    }

    /// What was read, or a finding.
    pub(in super::super) fn get<'f, T: Wanted>(&mut self, at: &'f At<T>) -> Option<&'f T> {
        match at.value() {
            Ok(value) => Some(value),
            Err(_) if self.full() => {
                self.holes = true;
                None
            }
            Err(fault) if fault.error == ron::Error::Fmt => None,
            Err(fault) => {
                let finding = fault::finding(self.text, self.base, fault, at.span(self.base), T::WANTS);
                if matches!(finding.code, Code::UnknownField | Code::DoubledField) {
                    self.masks.push(outline::whole(self.text, finding.span.start));
                }
                self.holes = true;
                self.report(if finding.code == Code::Syntax { finding.note(fault::MORE) } else { finding });
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
        self.holes = true;
        let finding = Diagnostic::new(Code::MissingField, span, format!("{what} needs `{field}`"));
        self.report(finding.help(format!("write `{field}: {}`", form(field))));
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
    pub(in super::super) fn rows<'f, T>(
        &mut self,
        field: &'f Map<T>,
        what: &str,
        max: usize,
    ) -> Vec<Row<'f, T>> {
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

    /// Whether something is wrong within a stretch already.
    pub(in super::super) fn troubled(&self, span: Span) -> bool {
        self.findings.iter().any(|finding| {
            finding.severity == Severity::Error
                && finding.span.start >= span.start
                && finding.span.start < span.end
        })
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

    /// Makes the names of a kind known, which were written in `field`.
    pub(super) fn know<T>(&mut self, kind: Kind, rows: &[Row<'_, T>], field: &Map<T>) {
        let written = field.as_ref().map(At::ok);
        let unread =
            |rows: &Rows<T>| rows.0.iter().any(|(key, _)| key.ok().is_none_or(|n| Name::new(n).is_err()));
        if written.is_some_and(|rows| rows.is_none_or(unread)) {
            self.lost.insert(kind);
        }
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
        if self.lost.contains(&kind) {
            return None;
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
            self.report(finding.help(format!("write a number from {low} to {high}")));
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
