//! What goes on by itself: spreads, and injects that come again.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::file::{self, Opt};
use super::super::model::{Again, Condition, Spread, SpreadStart};
use super::super::time::SimTime;
use super::conditions::Lower;
use super::reader::{Owner, Seen};
use crate::limits::{LABEL_BYTES_MAX, STEPS_MAX};

impl Lower<'_, '_, '_> {
    pub(super) fn spreads(&mut self) -> Vec<Spread> {
        let empty = file::Spread::default();
        let script = self.script;
        let mut spreads = Vec::new();
        for row in &script.spreads {
            let read = self.reader.get(row.body);
            let spread = read.unwrap_or(&empty);
            let every = self.every(&spread.every, &spread.times);
            let jitter = self.reader.time(&spread.jitter).unwrap_or_default();
            self.shorter(&spread.jitter, jitter, every);
            spreads.push(Spread {
                name: row.name.clone(),
                label: match read {
                    Some(_) => {
                        let owner = Owner(row.key, "a spread", "label");
                        self.reader.must_text(&spread.label, owner, Seen::After, LABEL_BYTES_MAX)
                    }
                    None => String::new(),
                },
                start: match &spread.start {
                    Some(_) => SpreadStart::When(self.condition(&spread.start)),
                    None => SpreadStart::Startex,
                },
                first: self.reader.time(&spread.first).unwrap_or_default(),
                every,
                times: self.times(&spread.times),
                jitter,
                chance: self.reader.number(&spread.chance, 0..=100, 100),
                goes_while: self.condition(&spread.r#while),
                unless: self.unless(&spread.unless),
                then: self.effects(&spread.then),
            });
        }
        spreads
    }

    /// How an inject comes again, if it does.
    pub(super) fn again(&mut self, inject: &file::Inject) -> Option<Again> {
        let every = self.every(&inject.every, &inject.times);
        let jitter = self.reader.time(&inject.jitter).unwrap_or_default();
        self.shorter(&inject.jitter, jitter, every);
        if let (Some(unless), None) = (&inject.unless, &inject.every) {
            let span = self.reader.span(unless);
            self.needs_every(span, "unless");
        }
        let (times, unless) = (self.times(&inject.times), self.unless(&inject.unless));
        every.map(|every| Again { every, times, unless })
    }

    fn unless(&mut self, field: &Opt<file::Condition>) -> Option<Condition> {
        field.is_some().then(|| self.condition(field))
    }

    fn times(&mut self, field: &Opt<i64>) -> Option<u16> {
        field.as_ref().and_then(|at| self.reader.number_at(at, 1..=i64::from(STEPS_MAX)))
    }

    /// The time between two steps, which must not make for more of them than a drill can hold.
    fn every(&mut self, field: &Opt<String>, times: &Opt<i64>) -> Option<SimTime> {
        if let (Some(times), None) = (times, field) {
            let span = self.reader.span(times);
            self.needs_every(span, "times");
        }
        let at = field.as_ref()?;
        let every = self.reader.time_at(at)?;
        let most = u32::from(STEPS_MAX);
        let length = self.script.file.clock.as_ref().and_then(|clock| clock.ok()?.length.as_ref()?.ok());
        let length = length.and_then(|text| SimTime::parse(text).ok()).unwrap_or_default();
        let shortest = SimTime(length.0.div_ceil(most).max(1));
        if every < shortest {
            let finding = Diagnostic::new(
                Code::OutOfRange,
                self.reader.span(at),
                format!("every {every} is too often"),
            );
            self.reader.report(finding.help(format!(
                "write {shortest} or more: nothing goes on more than {most} times in a drill"
            )));
            return None;
        }
        Some(every)
    }

    fn needs_every(&mut self, span: Span, field: &str) {
        let message = format!("`{field}` says how something goes on, and nothing does without `every`");
        let finding = Diagnostic::new(Code::MisplacedField, span, message);
        self.reader.report(finding.help(format!("write `every: \"10m\"`, or take `{field}` away")));
    }

    /// A jitter as long as the time between two steps would let them change places.
    fn shorter(&mut self, field: &Opt<String>, jitter: SimTime, every: Option<SimTime>) {
        if let (Some(at), Some(every)) = (field, every)
            && jitter >= every
        {
            let message = format!("a jitter of {jitter} is not shorter than every {every}");
            let finding = Diagnostic::new(Code::OutOfRange, self.reader.span(at), message);
            self.reader.report(finding.help(format!("write less than {every}")));
        }
    }
}
