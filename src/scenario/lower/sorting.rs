//! Words for sorting incidents: taxonomy, distances, severity, and the truth's own category.

use super::super::at::{At, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::id::{ClassId, KindId, LevelId};
use super::super::model::{Alternative, Category};
use super::super::near::near_miss;
use super::super::severity::Scheme;
use super::super::taxonomy::{self, Axis, Class, Near, SEVERITIES, Taxonomy};
use super::conditions::Lower;
use super::reader::{Owner, Seen, listed};
use crate::limits::{CLASSES_MAX, DISTANCES_MAX, ENTRIES_MAX, LABEL_BYTES_MAX, SEVERITIES_MAX};

/// The words that truths, conditions and questions use.
pub(super) struct Known {
    pub(super) taxonomy: Taxonomy,
    pub(super) scheme: Scheme,
    /// The levels of the scheme, lowest first.
    pub(super) severities: Vec<String>,
}

impl Default for Known {
    fn default() -> Self {
        Self { taxonomy: Taxonomy::rsit(), scheme: Scheme::Own, severities: Vec::new() }
    }
}

type Place = (ClassId, Option<KindId>);

impl Lower<'_, '_, '_> {
    pub(super) fn taxonomy(&mut self) -> Taxonomy {
        let Some(file::Taxonomy::Own { title, classes, .. }) = self.reader.take(&self.script.file.taxonomy)
        else {
            return Taxonomy::rsit();
        };
        let title = self.short(title);
        let empty = file::Class::default();
        let mut own = Taxonomy { title, classes: Vec::new(), near: Vec::new() };
        for row in self.reader.rows(classes, "classes", CLASSES_MAX) {
            let class = self.reader.get(row.body).unwrap_or(&empty);
            let label = self.label(&class.label, row.body, Owner(row.key, "a class", "label"));
            let rsit = class.rsit.as_ref().and_then(|at| self.rsit(at));
            let types = self.reader.rows(&class.types, "types", CLASSES_MAX);
            let types = types.into_iter().map(|row| taxonomy::Kind {
                name: row.name.as_str().to_owned(),
                label: self.reader.filled(row.body, "types", Seen::Play, LABEL_BYTES_MAX),
            });
            let (name, types) = (row.name.as_str().to_owned(), types.collect());
            own.classes.push(Class { name, label, rsit, types });
        }
        own
    }

    /// The class of RSIT that a class of the script's own stands for.
    fn rsit(&mut self, at: &At<String>) -> Option<String> {
        let name = self.reader.get(at)?;
        let rsit = Taxonomy::rsit();
        if rsit.class(name).is_none() {
            let known: Vec<_> = rsit.classes.iter().map(|class| class.name.as_str()).collect();
            let message = format!("{} has no class {}", quoted(&rsit.title), quoted(name));
            let span = self.reader.span(at);
            let finding = unknown(Code::UnknownClass, span, message, name, "classes", &known);
            self.reader.report(finding);
            return None;
        }
        Some(name.clone())
    }

    /// Pairs of classes or types that lie near one another.
    pub(super) fn distances(&mut self) {
        let field = match self.reader.take(&self.script.file.taxonomy) {
            Some(file::Taxonomy::Own { near, .. } | file::Taxonomy::RsitWith { near }) => near,
            Some(file::Taxonomy::Rsit) | None => return,
        };
        for at in self.reader.list(field, DISTANCES_MAX) {
            let Some((one, other, credit)) = self.reader.get(at) else { continue };
            let credit = self.reader.number_at(credit, 0..=100);
            let (Some(one), Some(other), Some(credit)) = (self.place(one), self.place(other), credit) else {
                continue;
            };
            if one == other {
                let message = "this is the distance of something from itself";
                let finding = Diagnostic::new(Code::SameChoice, self.reader.span(at), message);
                self.reader.report(finding.help("name two different classes or types"));
            }
            self.known.taxonomy.near.push(Near { places: [one, other], credit });
        }
    }

    /// A class, or a type as `class/type`.
    fn place(&mut self, at: &At<String>) -> Option<Place> {
        let text = self.reader.get(at)?;
        let span = self.reader.span(at);
        match text.split_once('/') {
            None => Some((self.class_named(text, span)?, None)),
            Some((class, kind)) => {
                let class = self.class_named(class, span)?;
                Some((class, Some(self.kind_named(class, kind, span)?)))
            }
        }
    }

    /// The scheme of severity, and its levels.
    pub(super) fn severities(&mut self) {
        let file = self.script.file;
        let scheme = self.reader.take(&file.severity);
        if let (Some(at), Some(_)) = (&file.severities, &file.severity) {
            let message = "`severity` and `severities` say the same thing twice";
            let finding = Diagnostic::new(Code::MisplacedField, self.reader.span(at), message);
            self.reader.report(finding.help("keep `severity`"));
        }
        let own = match scheme {
            None => self.reader.list(&file.severities, SEVERITIES_MAX),
            Some(file::Severity::Own(levels)) => self.levels(levels),
            Some(file::Severity::Sp80061) => return self.scheme(Scheme::Sp80061),
            Some(file::Severity::Ciss) => return self.scheme(Scheme::Ciss),
            Some(file::Severity::UkC1C6) => return self.scheme(Scheme::UkC1C6),
            Some(file::Severity::Nciss) => return self.scheme(Scheme::Nciss),
        };
        if own.is_empty() {
            self.known.severities = SEVERITIES.iter().map(|&level| level.to_owned()).collect();
            return;
        }
        let mut levels: Vec<String> = Vec::new();
        for at in own {
            let level = self.reader.filled(at, "severities", Seen::Play, LABEL_BYTES_MAX);
            if levels.contains(&level) {
                let message = format!("there are two severities named {}", quoted(&level));
                self.reader.report(Diagnostic::new(Code::DoubledName, self.reader.span(at), message));
            }
            levels.push(level);
        }
        self.known.severities = levels;
    }

    fn levels<'f>(&mut self, levels: &'f At<Vec<At<String>>>) -> Vec<&'f At<String>> {
        let Some(list) = self.reader.get(levels) else { return Vec::new() };
        if let Some(over) = list.get(SEVERITIES_MAX) {
            let span = self.reader.span(over);
            self.reader.too_many(span, SEVERITIES_MAX);
        }
        list.iter().take(SEVERITIES_MAX).collect()
    }

    fn scheme(&mut self, scheme: Scheme) {
        self.known.scheme = scheme;
        self.known.severities = scheme.names().map(str::to_owned).collect();
    }

    pub(super) fn category(&mut self, truth: &file::Truth) -> Option<Category> {
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
        let category = Category {
            class,
            kind: class.and_then(|class| self.kind(class, truth.kind.as_ref()?)),
            severity: truth.severity.as_ref().and_then(|at| self.severity(at)),
            factors: None,
            impact: self.impact(impact),
            too_early: false,
        };
        (category != Category::default()).then_some(category)
    }

    fn impact(&mut self, fields: [&file::Opt<String>; 3]) -> [Option<LevelId>; 3] {
        let mut impact = [None; 3];
        for (axis, field) in Axis::ALL.into_iter().zip(fields) {
            impact[axis as usize] = field.as_ref().and_then(|at| self.level(axis, at));
        }
        impact
    }

    pub(super) fn also(&mut self, field: &file::List<file::Also>) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for at in self.reader.list(field, ENTRIES_MAX) {
            let span = self.reader.span(at);
            let Some(also) = self.reader.get(at) else { continue };
            let axes = [&also.functional, &also.information, &also.recoverability];
            let parts = [&also.class, &also.severity].into_iter().chain(axes);
            if parts.clone().all(Option::is_none) {
                let message = "this alternative says nothing that could be called";
                let help = "write its `class`, `severity`, `functional`, `information` or `recoverability`";
                self.reader.report(Diagnostic::new(Code::MissingField, span, message).help(help));
                continue;
            }
            self.reader.must(&also.credit, Owner(span, "an alternative", "credit"));
            let class = also.class.as_ref().and_then(|at| self.class(at));
            let alternative = Alternative {
                class,
                kind: class.and_then(|class| self.kind(class, also.kind.as_ref()?)),
                severity: also.severity.as_ref().and_then(|at| self.severity(at)),
                impact: self.impact(axes),
                credit: self.reader.number(&also.credit, 0..=100, 0),
            };
            // What could not be read has been reported; it must not fit every call.
            if alternative.named() > 0 {
                alternatives.push(alternative);
            }
        }
        alternatives
    }

    pub(super) fn class(&mut self, at: &At<String>) -> Option<ClassId> {
        let name = self.reader.get(at)?;
        self.class_named(name, self.reader.span(at))
    }

    fn class_named(&mut self, name: &str, span: Span) -> Option<ClassId> {
        let taxonomy = &self.known.taxonomy;
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
        self.kind_named(class, name, self.reader.span(at))
    }

    fn kind_named(&mut self, class: ClassId, name: &str, span: Span) -> Option<KindId> {
        let taxonomy = &self.known.taxonomy;
        let row = taxonomy.kind(class, name);
        if row.is_none() {
            let class = &taxonomy.classes[class.at()];
            let known: Vec<_> = class.types.iter().map(|kind| kind.name.as_str()).collect();
            let message = format!("class {} has no type {}", quoted(&class.name), quoted(name));
            let mut finding = unknown(Code::UnknownType, span, message, name, "its types", &known);
            let other = taxonomy.classes.iter().find(|c| c.types.iter().any(|kind| kind.name == name));
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
        let row = self.known.severities.iter().position(|level| level == name).map(LevelId::of);
        if row.is_none() {
            let known: Vec<_> = self.known.severities.iter().map(String::as_str).collect();
            let message = format!("there is no severity {}", quoted(name));
            let span = self.reader.span(at);
            let finding = if self.known.scheme == Scheme::Sp80061 {
                let help =
                    "this scheme has no single level: write `functional`, `information` and `recoverability`";
                Diagnostic::new(Code::UnknownLevel, span, message).help(help)
            } else {
                unknown(Code::UnknownLevel, span, message, name, "severities", &known)
            };
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
}

fn unknown(code: Code, span: Span, message: String, found: &str, many: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(code, span, message);
    match near_miss(found, known.iter().copied()) {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding.help(listed(many, known.iter().copied())),
    }
}
