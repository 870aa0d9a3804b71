//! The simulated world: slots, gauges, what is true, what can be seen of it, how it ends.

use super::super::at::{At, Rows, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::id::{ClassId, KindId, LevelId, Name, TruthId};
use super::super::model::{
    Alternative, Category, Condition, Direction, Ending, Evidence, Gauge, Look, Slot, Truth, Verdict,
};
use super::super::near::near_miss;
use super::super::taxonomy::{self, Axis, Class, SEVERITIES, Taxonomy};
use super::conditions::Lower;
use super::reader::{Kind, Owner, Seen, listed};
use crate::limits::{
    ALTERNATIVES_MAX, CLASSES_MAX, ENTRIES_MAX, GAUGE_AMOUNT_MAX, LABEL_BYTES_MAX, SEVERITIES_MAX,
    TEXT_BYTES_MAX,
};

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

    pub(super) fn taxonomy(&mut self) -> Taxonomy {
        let Some(file::Taxonomy::Own { title, classes }) = self.reader.take(&self.script.file.taxonomy)
        else {
            return Taxonomy::rsit();
        };
        let title = self.short(title);
        let empty = file::Class::default();
        let mut own = Taxonomy { title, classes: Vec::new() };
        for row in self.reader.rows(classes, "classes", CLASSES_MAX) {
            let class = self.reader.get(row.body).unwrap_or(&empty);
            let label = self.label(&class.label, row.body, Owner(row.key, "a class", "label"));
            let types = self.reader.rows(&class.types, "types", CLASSES_MAX);
            let types = types.into_iter().map(|row| taxonomy::Kind {
                name: row.name.as_str().to_owned(),
                label: self.reader.filled(row.body, "types", Seen::Play, LABEL_BYTES_MAX),
            });
            own.classes.push(Class { name: row.name.as_str().to_owned(), label, types: types.collect() });
        }
        own
    }

    pub(super) fn severities(&mut self) -> Vec<String> {
        let list = self.reader.list(&self.script.file.severities, SEVERITIES_MAX);
        if list.is_empty() {
            return SEVERITIES.iter().map(|&level| level.to_owned()).collect();
        }
        let mut levels: Vec<String> = Vec::new();
        for at in list {
            let level = self.reader.filled(at, "severities", Seen::Play, LABEL_BYTES_MAX);
            if levels.contains(&level) {
                let message = format!("there are two severities named {}", quoted(&level));
                self.reader.report(Diagnostic::new(Code::DoubledName, self.reader.span(at), message));
            }
            levels.push(level);
        }
        levels
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

    fn category(&mut self, truth: &file::Truth) -> Option<Category> {
        let class = truth.class.as_ref().and_then(|at| self.class(at));
        if class.is_none()
            && let Some(at) = &truth.kind
            && truth.class.is_none()
        {
            let finding =
                Diagnostic::new(Code::MissingField, self.reader.span(at), "a type needs its `class`");
            self.reader.report(finding);
        }
        let impact = [&truth.functional, &truth.information, &truth.recoverability];
        let mut category = Category {
            class,
            kind: class.and_then(|class| self.kind(class, truth.kind.as_ref()?)),
            severity: truth.severity.as_ref().and_then(|at| self.severity(at)),
            impact: [None; 3],
            too_early: false,
        };
        for (axis, field) in Axis::ALL.into_iter().zip(impact) {
            category.impact[axis as usize] = field.as_ref().and_then(|at| self.level(axis, at));
        }
        (category != Category::default()).then_some(category)
    }

    fn also(&mut self, field: &file::List<file::Also>) -> Vec<Alternative> {
        let list = self.reader.list(field, ENTRIES_MAX);
        let also = list.into_iter().filter_map(|at| {
            let owner = Owner(self.reader.span(at), "an alternative", "class");
            let also = self.reader.get(at)?;
            self.reader.must(&also.class, owner);
            let class = self.class(also.class.as_ref()?)?;
            self.reader.must(&also.credit, Owner(owner.0, owner.1, "credit"));
            Some(Alternative {
                class,
                kind: also.kind.as_ref().and_then(|at| self.kind(class, at)),
                credit: self.reader.number(&also.credit, 0..=100, 0),
            })
        });
        also.collect()
    }

    pub(super) fn class(&mut self, at: &At<String>) -> Option<ClassId> {
        let name = self.reader.get(at)?;
        let span = self.reader.span(at);
        let taxonomy = &self.known.0;
        let row = taxonomy.class(name);
        if row.is_none() {
            let known: Vec<_> = taxonomy.classes.iter().map(|class| class.name.as_str()).collect();
            let message = format!("{} has no class {}", quoted(&taxonomy.title), quoted(name));
            let finding = unknown(Code::UnknownClass, span, message, name, "classes", &known);
            let meant = near_miss(name, known.into_iter()).and_then(|name| taxonomy.class(name));
            self.reader.holes |= meant.is_none();
            self.reader.report(finding);
            return meant;
        }
        row
    }

    pub(super) fn kind(&mut self, class: ClassId, at: &At<String>) -> Option<KindId> {
        let name = self.reader.get(at)?;
        let span = self.reader.span(at);
        let taxonomy = &self.known.0;
        let row = taxonomy.kind(class, name);
        if row.is_none() {
            let class = &taxonomy.classes[class.at()];
            let known: Vec<_> = class.types.iter().map(|kind| kind.name.as_str()).collect();
            let message = format!("class {} has no type {}", quoted(&class.name), quoted(name));
            let mut finding = unknown(Code::UnknownType, span, message, name, "its types", &known);
            let other = taxonomy.classes.iter().find(|c| c.types.iter().any(|kind| &kind.name == name));
            if let Some(other) = other {
                finding =
                    finding.note(format!("type {} belongs to class {}", quoted(name), quoted(&other.name)));
            }
            self.reader.report(finding);
        }
        row
    }

    fn severity(&mut self, at: &At<String>) -> Option<LevelId> {
        let name = self.reader.get(at)?;
        let row = self.known.1.iter().position(|level| level == name).map(LevelId::of);
        if row.is_none() {
            let known: Vec<_> = self.known.1.iter().map(String::as_str).collect();
            let message = format!("there is no severity {}", quoted(name));
            let finding =
                unknown(Code::UnknownLevel, self.reader.span(at), message, name, "severities", &known);
            self.reader.report(finding);
        }
        row
    }

    fn level(&mut self, axis: Axis, at: &At<String>) -> Option<LevelId> {
        let name = self.reader.get(at)?;
        let row = axis.level(name);
        if row.is_none() {
            let message = format!("the {} impact has no level {}", axis.name(), quoted(name));
            let finding =
                unknown(Code::UnknownLevel, self.reader.span(at), message, name, "its levels", axis.levels());
            self.reader.report(finding);
        }
        row
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
            let supports = self.reader.list(&evidence.supports, ENTRIES_MAX);
            let supports = supports.into_iter().filter_map(|at| self.reader.refer(Kind::Truth, at));
            table.push(Evidence {
                name: row.name.clone(),
                title,
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

fn unknown(code: Code, span: Span, message: String, found: &str, many: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(code, span, message);
    match near_miss(found, known.iter().copied()) {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding.help(listed(many, known.iter().copied())),
    }
}
