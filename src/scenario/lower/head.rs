//! The title page, the organisation, its people, the clock, and the hot wash.

use super::super::at::Span;
use super::super::calendar::{Calendar, is_shaped};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::id::SourceId;
use super::super::model::{
    Audience, ClockPlan, Head, HotWash, Improvement, Level, Objective, Organisation, Person, Source, Stage,
    System,
};
use super::super::time::SimTime;
use super::conditions::Lower;
use super::reader::{Kind, Owner, Seen};
use crate::limits::{DRILL_SECONDS_MAX, ENTRIES_MAX, LABEL_BYTES_MAX, MINUTES_MAX, PACE_MAX, TEXT_BYTES_MAX};

/// Where a finding about the script as a whole points: its first line.
fn top(text: &str) -> Span {
    Span { start: 0, end: text.find('\n').unwrap_or(text.len()) }
}

impl Lower<'_, '_, '_> {
    pub(super) fn short(&mut self, field: &file::Opt<String>) -> String {
        self.reader.text(field, Seen::Play, LABEL_BYTES_MAX)
    }

    /// The same, read before the drill begins.
    fn early(&mut self, field: &file::Opt<String>) -> String {
        self.reader.text(field, Seen::Before, LABEL_BYTES_MAX)
    }

    pub(super) fn after(&mut self, field: &file::Opt<String>, bytes_max: usize) -> String {
        self.reader.text(field, Seen::After, bytes_max)
    }

    pub(super) fn head(&mut self) -> Head {
        let file = self.script.file;
        let owner = |field| Owner(top(self.reader.text), "a script", field);
        let (title, summary) = (owner("title"), owner("summary"));
        let (audience, minutes) = (owner("audience"), owner("minutes"));
        let (attack_version, techniques) = self.attack();
        Head {
            title: self.reader.must_text(&file.title, title, Seen::Before, LABEL_BYTES_MAX),
            summary: self.reader.must_text(&file.summary, summary, Seen::Before, LABEL_BYTES_MAX),
            language: self.language(),
            audience: self.reader.must(&file.audience, audience).map_or(Audience::Everyone, |a| match a {
                file::Audience::Everyone => Audience::Everyone,
                file::Audience::Responders => Audience::Responders,
                file::Audience::Leadership => Audience::Leadership,
            }),
            level: self.reader.take(&file.level).map_or(Level::Intro, |level| match level {
                file::Level::Intro => Level::Intro,
                file::Level::Intermediate => Level::Intermediate,
                file::Level::Advanced => Level::Advanced,
            }),
            minutes: {
                self.reader.must(&file.minutes, minutes);
                self.reader.number(&file.minutes, 1..=i64::from(MINUTES_MAX), 1)
            },
            objectives: self.objectives(),
            content_note: self.early(&file.content_note),
            authors: self.words(&file.authors, "authors"),
            licence: self.after(&file.licence, LABEL_BYTES_MAX),
            attack_version,
            techniques,
            tags: self.words(&file.tags, "tags"),
        }
    }

    pub(super) fn pass(&mut self) -> u8 {
        self.reader.number(&self.script.file.pass, 0..=100, 60)
    }

    /// A list of short texts that no trainee reads during play.
    fn words(&mut self, field: &file::List<String>, what: &str) -> Vec<String> {
        let list = self.reader.list(field, ENTRIES_MAX);
        list.into_iter().map(|at| self.reader.filled(at, what, Seen::After, LABEL_BYTES_MAX)).collect()
    }

    fn language(&mut self) -> String {
        let Some(at) = self.script.file.language.as_ref() else { return "en".to_owned() };
        let Some(text) = self.reader.get(at) else { return "en".to_owned() };
        let mut parts = text.split('-');
        let first = parts
            .next()
            .is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
        let rest = parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !first || !rest {
            let message = format!("{} is not a language tag", quoted(text));
            let finding = Diagnostic::new(Code::BadLanguage, self.reader.span(at), message);
            self.reader.report(finding.help("write one like `en`, `de` or `pt-BR`"));
        }
        text.chars().take(35).collect()
    }

    fn attack(&mut self) -> (String, Vec<String>) {
        let Some(at) = self.script.file.attack.as_ref() else { return Default::default() };
        let span = self.reader.span(at);
        let Some(attack) = self.reader.get(at) else { return Default::default() };
        let version = self.short(&attack.version);
        let number =
            |part: &str| !part.is_empty() && part.len() < 4 && part.bytes().all(|b| b.is_ascii_digit());
        if attack.version.is_none() || !version.split('.').all(number) {
            let span = attack.version.as_ref().map_or(span, |at| self.reader.span(at));
            let finding = Diagnostic::new(
                Code::BadTechnique,
                span,
                "techniques need the version of ATT&CK they are from",
            );
            self.reader.report(
                finding.help("write it like `version: \"19.2\"`; ids change from version to version"),
            );
        }
        let list = self.reader.list(&attack.techniques, ENTRIES_MAX);
        let mut techniques = Vec::new();
        for at in list {
            let Some(id) = self.reader.get(at) else { continue };
            let digits =
                |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
            let sound = id.strip_prefix('T').is_some_and(|rest| match rest.split_once('.') {
                Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
                None => digits(rest, 4),
            });
            if sound {
                techniques.push(id.clone());
            } else {
                let message = format!("{} is not a technique id", quoted(id));
                let finding = Diagnostic::new(Code::BadTechnique, self.reader.span(at), message);
                self.reader.report(finding.help("write one like `T1566` or `T1566.002`"));
            }
        }
        (version, techniques)
    }

    fn objectives(&mut self) -> Vec<Objective> {
        let list = self.reader.list(&self.script.file.objectives, ENTRIES_MAX);
        let read = list.into_iter().map(|at| {
            let owner = |field| Owner(self.reader.span(at), "an objective", field);
            let (says, stage) = (owner("says"), owner("stage"));
            let objective = self.reader.get(at)?;
            Some(Objective {
                says: self.reader.must_text(&objective.says, says, Seen::Before, LABEL_BYTES_MAX),
                stage: self.stage(&objective.stage, stage),
            })
        });
        read.flatten().collect()
    }

    /// A stage that must be given.
    pub(super) fn stage(&mut self, field: &file::Opt<file::Stage>, owner: Owner) -> Stage {
        self.reader.must(field, owner).map_or(Stage::Identification, |stage| match stage {
            file::Stage::Identification => Stage::Identification,
            file::Stage::Categorization => Stage::Categorization,
            file::Stage::Analysis => Stage::Analysis,
            file::Stage::Response => Stage::Response,
            file::Stage::Communication => Stage::Communication,
            file::Stage::Legal => Stage::Legal,
            file::Stage::Documentation => Stage::Documentation,
            file::Stage::LessonsLearned => Stage::LessonsLearned,
            file::Stage::Training => Stage::Training,
            file::Stage::Collaboration => Stage::Collaboration,
        })
    }

    pub(super) fn organisation(&mut self) -> Organisation {
        let Some(o) = self.reader.take(&self.script.file.organisation) else {
            return Organisation::default();
        };
        Organisation {
            name: self.reader.some_text(&o.name, "name", Seen::Before, LABEL_BYTES_MAX),
            sector: self.early(&o.sector),
            size: self.early(&o.size),
            operates_in: self.early(&o.operates_in),
            about: self.reader.text(&o.about, Seen::Before, TEXT_BYTES_MAX),
        }
    }

    pub(super) fn systems(&mut self) -> Vec<System> {
        let empty = file::System::default();
        let mut systems = Vec::new();
        for row in &self.script.systems {
            let system = self.reader.get(row.body).unwrap_or(&empty);
            let label = self.label(&system.label, row.body, Owner(row.key, "a system", "label"));
            let about = self.reader.text(&system.about, Seen::Play, TEXT_BYTES_MAX);
            systems.push(System { name: row.name.clone(), label, about });
        }
        systems
    }

    pub(super) fn cast(&mut self) -> Vec<Person> {
        let empty = file::Person::default();
        let mut cast = Vec::new();
        for row in &self.script.cast {
            let person = self.reader.get(row.body).unwrap_or(&empty);
            cast.push(Person {
                name: row.name.clone(),
                label: self.label(&person.label, row.body, Owner(row.key, "a person", "label")),
                role: self.short(&person.role),
                address: self.short(&person.address),
                trust: self.after(&person.trust, TEXT_BYTES_MAX),
            });
        }
        cast
    }

    /// A short text that must be there, unless the whole row could not be read.
    pub(super) fn label<T>(
        &mut self,
        field: &file::Opt<String>,
        body: &super::super::at::At<T>,
        owner: Owner,
    ) -> String {
        match body.ok() {
            Some(_) => self.reader.must_text(field, owner, Seen::Play, LABEL_BYTES_MAX),
            None => String::new(),
        }
    }

    pub(super) fn clock(&mut self) -> ClockPlan {
        let mut plan = ClockPlan {
            startex: "2026-01-01 09:00".to_owned(),
            zone: "UTC".to_owned(),
            length: SimTime(DRILL_SECONDS_MAX),
            pace: 1,
            untimed: false,
        };
        let owner = Owner(top(self.reader.text), "a script", "clock");
        let Some(clock) = self.reader.must(&self.script.file.clock, owner) else { return plan };
        let span = self.script.file.clock.as_ref().map_or(owner.0, |at| self.reader.span(at));
        if let Some(startex) = self.reader.must(&clock.startex, Owner(span, "the clock", "startex")) {
            self.date(&clock.startex, startex, "UTC");
            plan.startex = startex.clone();
        }
        if let Some(zone) = self.reader.must(&clock.zone, Owner(span, "the clock", "zone")) {
            self.date(&clock.zone, "2026-01-01 09:00", zone);
            plan.zone = zone.clone();
            // Only both together say whether a clock ever shows that time.
            let sound = |startex, zone| Calendar::new(startex, zone).is_ok();
            if sound(&plan.startex, "UTC") && sound("2026-01-01 09:00", &plan.zone) {
                self.date(&clock.startex, &plan.startex, &plan.zone);
            }
        }
        self.reader.must(&clock.length, Owner(span, "the clock", "length"));
        if let Some(length) = self.reader.time(&clock.length) {
            if length == SimTime::ZERO {
                let at = clock.length.as_ref().map_or(span, |at| self.reader.span(at));
                self.reader.report(Diagnostic::new(Code::OutOfRange, at, "a drill cannot have no length"));
            } else {
                plan.length = length;
            }
        }
        plan.pace = self.reader.number(&clock.pace, 1..=i64::from(PACE_MAX), 1);
        plan.untimed = self.reader.flag(&clock.untimed, false);
        plan
    }

    fn date(&mut self, field: &file::Opt<String>, startex: &str, zone: &str) {
        let Some(at) = field else { return };
        if let Err(why) = Calendar::new(startex, zone) {
            let text = at.ok().map_or("", String::as_str);
            let message = if is_shaped(text) {
                format!("no drill can begin at {}", quoted(text))
            } else {
                format!("{} cannot be read", quoted(text))
            };
            let finding = Diagnostic::new(Code::BadDate, self.reader.span(at), message);
            self.reader.report(finding.help(why));
        }
    }

    pub(super) fn wash(&mut self) -> HotWash {
        let Some(wash) = self.reader.take(&self.script.file.hot_wash) else { return HotWash::default() };
        let improvements = self.reader.list(&wash.improvements, ENTRIES_MAX);
        let improvements = improvements.into_iter().map(|at| {
            let owner = |field| Owner(self.reader.span(at), "an improvement", field);
            let (says, stage) = (owner("says"), owner("stage"));
            let improvement = self.reader.get(at)?;
            Some(Improvement {
                says: self.reader.must_text(&improvement.says, says, Seen::After, LABEL_BYTES_MAX),
                stage: self.stage(&improvement.stage, stage),
            })
        });
        let improvements = improvements.flatten().collect();
        let reading = self.reader.list(&wash.reading, ENTRIES_MAX);
        HotWash {
            questions: self.words(&wash.questions, "questions"),
            good: self.after(&wash.good, TEXT_BYTES_MAX),
            improvements,
            reading: reading
                .into_iter()
                .filter_map(|at| self.reader.refer(Kind::Source, at))
                .map(SourceId::of)
                .collect(),
        }
    }

    pub(super) fn sources(&mut self) -> Vec<Source> {
        let empty = file::Source::default();
        let mut sources = Vec::new();
        for row in &self.script.sources {
            let source = self.reader.get(row.body).unwrap_or(&empty);
            if row.body.ok().is_some() {
                let owner = Owner(row.key, "a source", "title");
                self.reader.must_text(&source.title, owner, Seen::Source, LABEL_BYTES_MAX);
            }
            sources.push(Source {
                name: row.name.clone(),
                title: self.reader.text(&source.title, Seen::Source, LABEL_BYTES_MAX),
                address: self.reader.text(&source.address, Seen::Source, LABEL_BYTES_MAX),
                read: self.day_read(&source.read),
            });
        }
        sources
    }

    /// The day on which a source was read.
    fn day_read(&mut self, field: &file::Opt<String>) -> String {
        let day = self.after(field, LABEL_BYTES_MAX);
        let Some(at) = field.as_ref().filter(|at| at.ok().is_some()) else { return day };
        if Calendar::new(&format!("{day} 12:00"), "UTC").is_err() || day.len() != 10 {
            let message = format!("{} is not a day", quoted(&day));
            let finding = Diagnostic::new(Code::BadDate, self.reader.span(at), message);
            self.reader.report(finding.help("write one like `2026-11-23`"));
        }
        day
    }

    /// What a rationale rests on.
    pub(super) fn source(&mut self, field: &file::Opt<String>) -> Option<SourceId> {
        field.as_ref().and_then(|at| self.reader.refer(Kind::Source, at)).map(SourceId::of)
    }
}
