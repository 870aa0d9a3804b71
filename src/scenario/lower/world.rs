//! The simulated world: slots, gauges, what is true, what can be seen of it, how it ends.

use super::super::at::{At, Rows, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::id::{Name, TruthId};
use super::super::model::{Condition, Direction, Ending, Evidence, Gauge, Look, Slot, Truth, Verdict};
use super::conditions::Lower;
use super::reader::{Kind, Owner, Seen};
use crate::limits::{ALTERNATIVES_MAX, ENTRIES_MAX, GAUGE_AMOUNT_MAX, LABEL_BYTES_MAX, TEXT_BYTES_MAX};

impl Lower<'_, '_, '_> {
    pub(super) fn slots(&mut self) -> Vec<Slot> {
        let mut slots = Vec::new();
        for row in &self.script.slots {
            let mut slot = Slot { name: row.name.clone(), fields: Vec::new(), alternatives: Vec::new() };
            let list = self.reader.get(row.body).map_or(&[][..], Vec::as_slice);
            if list.is_empty() && row.body.ok().is_some() {
                let message = format!("slot {} has no alternatives", quoted(row.name.as_str()));
                self.reader.report(Diagnostic::new(Code::UnevenSlot, row.key, message));
            }
            if let Some(over) = list.get(ALTERNATIVES_MAX) {
                let span = self.reader.span(over);
                self.reader.too_many(span, ALTERNATIVES_MAX);
            }
            let mut first = None;
            for at in list.iter().take(ALTERNATIVES_MAX) {
                let span = self.reader.span(at);
                let fields = self.alternative(at);
                if first.is_none() {
                    slot.fields = fields.iter().map(|(name, _)| name.clone()).collect();
                    first = Some(span);
                } else if !slot.fields.iter().eq(fields.iter().map(|(name, _)| name)) {
                    let finding = Diagnostic::new(
                        Code::UnevenSlot,
                        span,
                        "this alternative has other fields than the first",
                    );
                    self.reader.report(
                        finding
                            .label(first.unwrap_or(span), "the first")
                            .help("give every alternative the same fields, for a text may name any of them"),
                    );
                    continue;
                }
                slot.alternatives.push(fields.into_iter().map(|(_, text)| text).collect());
            }
            self.reader.know_slot(slot.fields.clone());
            slots.push(slot);
        }
        slots
    }

    /// The fields of one alternative, ascending.
    fn alternative(&mut self, at: &At<Rows<String>>) -> Vec<(Name, String)> {
        let rows = self.reader.rows_of(Some(at), "fields", ENTRIES_MAX);
        let mut fields: Vec<_> = rows
            .into_iter()
            .map(|row| (row.name, self.reader.text_at(row.body, Seen::Play, LABEL_BYTES_MAX)))
            .collect();
        fields.sort();
        fields
    }

    pub(super) fn gauges(&mut self) -> Vec<Gauge> {
        let empty = file::Gauge::default();
        let all = -GAUGE_AMOUNT_MAX..=GAUGE_AMOUNT_MAX;
        let mut gauges = Vec::new();
        for row in &self.script.gauges {
            let gauge = self.reader.get(row.body).unwrap_or(&empty);
            let mut lowered = Gauge {
                name: row.name.clone(),
                label: self.label(&gauge.label, row.body, Owner(row.key, "a gauge", "label")),
                unit: self.short(&gauge.unit),
                start: self.reader.number(&gauge.start, all.clone(), 0),
                min: self.reader.number(&gauge.min, all.clone(), 0),
                max: self.reader.number(&gauge.max, all.clone(), GAUGE_AMOUNT_MAX),
                good: Direction::Low,
                hidden: self.reader.flag(&gauge.hidden, false),
            };
            if row.body.ok().is_some()
                && let Some(file::Direction::High) =
                    self.reader.must(&gauge.good, Owner(row.key, "a gauge", "good"))
            {
                lowered.good = Direction::High;
            }
            if lowered.min > lowered.start || lowered.start > lowered.max || lowered.min >= lowered.max {
                let message = format!(
                    "this gauge starts at {}, outside {} to {}",
                    lowered.start, lowered.min, lowered.max
                );
                let finding = Diagnostic::new(Code::GaugeBounds, row.key, message);
                self.reader.report(finding.help("`min` is below `max`, and `start` is not outside the two"));
            }
            gauges.push(lowered);
        }
        gauges
    }

    pub(super) fn truth(&mut self) -> Vec<Truth> {
        let empty = file::Truth::default();
        let mut table = Vec::new();
        for row in &self.script.truth {
            let truth = self.reader.get(row.body).unwrap_or(&empty);
            table.push(Truth {
                name: row.name.clone(),
                from: self.reader.time(&truth.from).unwrap_or_default(),
                when: self.condition(&truth.when),
                verdict: self.reader.take(&truth.verdict).map_or(
                    Verdict::Incident,
                    |verdict| match verdict {
                        file::Verdict::Incident => Verdict::Incident,
                        file::Verdict::NotAnIncident => Verdict::NotAnIncident,
                        file::Verdict::TooEarly => Verdict::TooEarly,
                    },
                ),
                thin: self.reader.flag(&truth.thin, false),
                category: self.category(truth),
                also: self.also(&truth.also),
                why: self.after(&truth.why, TEXT_BYTES_MAX),
                source: self.source(&truth.source),
            });
        }
        table
    }

    pub(super) fn evidence_table(&mut self) -> Vec<Evidence> {
        let empty = file::Evidence::default();
        let mut table = Vec::new();
        for row in &self.script.evidence {
            let evidence = self.reader.get(row.body).unwrap_or(&empty);
            let look = self.reader.take(&evidence.look).copied().unwrap_or(file::Look::Note);
            let (look, seen) = match look {
                file::Look::Note => (Look::Note, Seen::Play),
                file::Look::Log => (Look::Log, Seen::Verbatim),
                file::Look::Mail => (Look::Mail, Seen::Verbatim),
                file::Look::Table => (Look::Table, Seen::Play),
                file::Look::Transcript => (Look::Transcript, Seen::Verbatim),
                file::Look::Screen => (Look::Screen, Seen::Verbatim),
            };
            let title = self.label(&evidence.title, row.body, Owner(row.key, "evidence", "title"));
            let body = if row.body.ok().is_some() {
                let owner = Owner(row.key, "evidence", "body");
                self.reader.must_text(&evidence.body, owner, seen, TEXT_BYTES_MAX)
            } else {
                String::new()
            };
            let seats = self.seat_set(&evidence.seats);
            let supports = self.reader.list(&evidence.supports, ENTRIES_MAX);
            let supports = supports.into_iter().filter_map(|at| self.reader.refer(Kind::Truth, at));
            table.push(Evidence {
                name: row.name.clone(),
                title,
                seats,
                look,
                supports: supports.map(TruthId::of).collect(),
                takes: self.reader.time(&evidence.takes).unwrap_or_default(),
                body,
                from_start: true,
                decoy: self.reader.flag(&evidence.decoy, false),
                chance: self.reader.number(&evidence.chance, 0..=100, 100),
            });
        }
        table
    }

    pub(super) fn endings(&mut self) -> Vec<Ending> {
        let empty = file::Ending::default();
        let mut endings = Vec::new();
        for row in &self.script.endings {
            let ending = self.reader.get(row.body).unwrap_or(&empty);
            let says = Owner(row.key, "an ending", "says");
            endings.push(Ending {
                name: row.name.clone(),
                when: self.condition(&ending.when),
                at_once: self.reader.flag(&ending.at_once, false),
                good: self.reader.flag(&ending.good, false),
                title: self.label(&ending.title, row.body, Owner(row.key, "an ending", "title")),
                says: match row.body.ok() {
                    Some(_) => self.reader.must_text(&ending.says, says, Seen::After, TEXT_BYTES_MAX),
                    None => String::new(),
                },
            });
        }
        self.final_ending(&endings);
        endings
    }

    fn final_ending(&mut self, endings: &[Ending]) {
        let last = endings.last();
        if last.is_some_and(|ending| ending.when == Condition::Always) {
            return;
        }
        let span = self.script.endings.last().map_or(
            Span { start: 0, end: self.reader.text.find('\n').unwrap_or(self.reader.text.len()) },
            |row| row.key,
        );
        let message = match last {
            Some(_) => "the last ending has a condition, so a drill could end without one",
            None => "a script needs an ending",
        };
        let finding = Diagnostic::new(Code::NoFinalEnding, span, message);
        self.reader.report(finding.help("write a last ending without `when`"));
    }
}
