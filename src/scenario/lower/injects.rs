//! Injects of the three kinds, and actions.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::file;
use super::super::id::PersonId;
use super::super::model::{Action, Channel, Checkpoint, Inject, InjectKind, Stage, Trigger};
use super::super::time::SimTime;
use super::conditions::Lower;
use super::reader::{Kind, Owner, Row, Seen};
use crate::limits::{LABEL_BYTES_MAX, TEXT_BYTES_MAX, WEIGHT_MAX};

impl Lower<'_, '_, '_> {
    pub(super) fn injects(&mut self) -> Vec<Inject> {
        let empty = file::Inject::default();
        let script = self.script;
        let mut injects = Vec::new();
        for row in &script.injects {
            let read = self.reader.get(row.body);
            let inject = read.unwrap_or(&empty);
            let kind = match self.reader.take(&inject.kind) {
                None | Some(file::InjectKind::Contextual) => InjectKind::Contextual,
                Some(file::InjectKind::Contingency) => InjectKind::Contingency,
                Some(file::InjectKind::Checkpoint) => {
                    InjectKind::Checkpoint(self.checkpoint(row.key, inject))
                }
            };
            if read.is_some() {
                self.fields_of_kind(row, inject, &kind);
            }
            injects.push(Inject {
                name: row.name.clone(),
                kind,
                trigger: self.trigger(inject),
                jitter: self.reader.time(&inject.jitter).unwrap_or_default(),
                chance: self.reader.number(&inject.chance, 0..=100, 100),
                when: self.condition(&inject.when),
                until: self.reader.time(&inject.until),
                again: self.again(inject),
                via: inject.via.as_ref().and_then(|via| {
                    let span = self.reader.span(via);
                    let channel = self.reader.get(via)?;
                    self.channel(channel, span)
                }),
                seats: self.seat_set(&inject.seats),
                body: self.reader.text(&inject.body, Seen::Play, TEXT_BYTES_MAX),
                then: self.effects(&inject.then),
            });
        }
        injects
    }

    fn trigger(&mut self, inject: &file::Inject) -> Trigger {
        let at = self.reader.time(&inject.at);
        if let (Some(_), Some(after)) = (&inject.at, &inject.after) {
            let finding = Diagnostic::new(
                Code::TwoTriggers,
                self.reader.span(after),
                "this inject comes `at` a moment and `after` something",
            );
            self.reader.report(finding.help("keep one of the two; `when` may go with either"));
        }
        if let (Some(delay), None) = (&inject.delay, &inject.after) {
            let finding = Diagnostic::new(
                Code::MisplacedField,
                self.reader.span(delay),
                "`delay` goes with `after` only",
            );
            self.reader.report(finding.help("write `at` for a moment, or say after what the delay counts"));
        }
        let delay = self.reader.time(&inject.delay).unwrap_or_default();
        match (at, &inject.after, &inject.when) {
            (Some(at), ..) => Trigger::At(at),
            (None, Some(_), _) => Trigger::After(self.condition(&inject.after), delay),
            // A time that could not be read has been reported; it was meant to come by the clock.
            (None, None, _) if inject.at.is_some() => Trigger::At(SimTime::ZERO),
            (None, None, Some(_)) => Trigger::When,
            (None, None, None) => Trigger::Effect,
        }
    }

    /// Fields that a kind of inject must have, and those it cannot have.
    fn fields_of_kind(&mut self, row: &Row<'_, file::Inject>, inject: &file::Inject, kind: &InjectKind) {
        let base = self.reader.base;
        let of_injects = [
            ("at", inject.at.as_ref().map(|at| at.span(base))),
            ("jitter", inject.jitter.as_ref().map(|at| at.span(base))),
            ("after", inject.after.as_ref().map(|at| at.span(base))),
            ("chance", inject.chance.as_ref().map(|at| at.span(base))),
            ("when", inject.when.as_ref().map(|at| at.span(base))),
            ("until", inject.until.as_ref().map(|at| at.span(base))),
            ("every", inject.every.as_ref().map(|at| at.span(base))),
            ("times", inject.times.as_ref().map(|at| at.span(base))),
            ("unless", inject.unless.as_ref().map(|at| at.span(base))),
            ("via", inject.via.as_ref().map(|at| at.span(base))),
            ("body", inject.body.as_ref().map(|at| at.span(base))),
            ("then", inject.then.as_ref().map(|at| at.span(base))),
            ("seats", inject.seats.as_ref().map(|at| at.span(base))),
        ];
        let of_checkpoints = [
            ("expects", inject.expects.as_ref().map(|at| at.span(base))),
            ("met", inject.met.as_ref().map(|at| at.span(base))),
            ("window", inject.window.as_ref().map(|at| at.span(base))),
            ("good", inject.good.as_ref().map(|at| at.span(base))),
            ("stage", inject.stage.as_ref().map(|at| at.span(base))),
            ("weight", inject.weight.as_ref().map(|at| at.span(base))),
            ("why", inject.why.as_ref().map(|at| at.span(base))),
            ("source", inject.source.as_ref().map(|at| at.span(base))),
        ];
        if matches!(kind, InjectKind::Checkpoint(_)) {
            self.misplaced(&of_injects, "a checkpoint delivers nothing, so it has no");
            return;
        }
        self.misplaced(&of_checkpoints, "only a checkpoint has");
        if inject.via.is_none() {
            self.reader.missing(Owner(row.key, "an inject", "via"));
        }
        self.reader.must_text(&inject.body, Owner(row.key, "an inject", "body"), Seen::Play, TEXT_BYTES_MAX);
        if matches!(kind, InjectKind::Contingency) && inject.when.is_none() && inject.after.is_none() {
            let message =
                "a contingency inject comes only if something is missing, and this one always comes";
            let finding = Diagnostic::new(Code::UnconditionalContingency, row.key, message);
            self.reader.report(
                finding.help("say what must be missing, such as `when: Not(Did(\"call-supplier\"))`"),
            );
        }
    }

    fn misplaced(&mut self, fields: &[(&str, Option<Span>)], why: &str) {
        for (field, span) in fields {
            if let Some(span) = span {
                let finding = Diagnostic::new(Code::MisplacedField, *span, format!("{why} `{field}`"));
                self.reader.report(finding.help("take the field away, or change `kind`"));
            }
        }
    }

    fn checkpoint(&mut self, key: Span, inject: &file::Inject) -> Checkpoint {
        let owner = |field| Owner(key, "a checkpoint", field);
        let (opens, closes) = self.window(&inject.window).unwrap_or((SimTime::ZERO, SimTime::NEVER));
        for (there, field) in [(inject.met.is_some(), "met"), (inject.window.is_some(), "window")] {
            if !there {
                self.reader.missing(owner(field));
            }
        }
        Checkpoint {
            expects: self.reader.must_text(&inject.expects, owner("expects"), Seen::After, LABEL_BYTES_MAX),
            met_when: self.condition(&inject.met),
            opens,
            good: self.reader.time(&inject.good).unwrap_or(closes),
            closes,
            stage: self.stage(&inject.stage, owner("stage")),
            weight: self.weight(&inject.weight),
            why: self.after(&inject.why, TEXT_BYTES_MAX),
            source: self.source(&inject.source),
        }
    }

    pub(super) fn weight(&mut self, field: &file::Opt<i64>) -> u16 {
        self.reader.number(field, 0..=i64::from(WEIGHT_MAX), 10)
    }

    /// A window, which must open before it closes.
    fn window(&mut self, field: &file::Opt<file::Pair<String>>) -> Option<(SimTime, SimTime)> {
        let at = field.as_ref()?;
        let (opens, closes) = self.reader.get(at)?;
        let (opens, closes) = (self.reader.time_at(opens)?, self.reader.time_at(closes)?);
        if opens >= closes {
            let message = format!("this window closes at {closes}, before it opens at {opens}");
            let message = if opens == closes { "this window has no length".to_owned() } else { message };
            let finding = Diagnostic::new(Code::EmptyWindow, self.reader.span(at), message);
            self.reader.report(finding.help("write the opening first, then the end"));
        }
        Some((opens, closes))
    }

    fn channel(&mut self, channel: &file::Channel, span: Span) -> Option<Channel> {
        use file::Channel as F;
        let owner = |field| Owner(span, "this channel", field);
        Some(match channel {
            F::Mail { from, address, to, subject } => Channel::Mail {
                from: self.person(from, span)?,
                address: self.short(address),
                to: self.short(to),
                subject: self.shown(subject, owner("subject")),
            },
            F::Chat { from, room } => {
                Channel::Chat { from: self.person(from, span)?, room: self.short(room) }
            }
            F::Call { from, number } => {
                Channel::Call { from: self.person(from, span)?, number: self.short(number) }
            }
            F::Ticket { from, number, state } => Channel::Ticket {
                from: self.person(from, span)?,
                number: self.short(number),
                state: self.short(state),
            },
            F::Alert { system, level } => {
                Channel::Alert { system: self.shown(system, owner("system")), level: self.short(level) }
            }
            F::News { outlet, headline } => Channel::News {
                outlet: self.shown(outlet, owner("outlet")),
                headline: self.shown(headline, owner("headline")),
            },
            F::Post { account, network } => {
                Channel::Post { account: self.shown(account, owner("account")), network: self.short(network) }
            }
            F::Letter { from, subject } => Channel::Letter {
                from: self.person(from, span)?,
                subject: self.reader.some_text(subject, "subject", Seen::Play, LABEL_BYTES_MAX),
            },
            F::Desk { from } => Channel::Desk { from: self.person(from, span)? },
        })
    }

    fn shown(&mut self, field: &file::Opt<String>, owner: Owner) -> String {
        self.reader.must_text(field, owner, Seen::Play, LABEL_BYTES_MAX)
    }

    fn person(&mut self, field: &file::Opt<String>, channel: Span) -> Option<PersonId> {
        self.reader.must(field, Owner(channel, "this channel", "from"));
        self.reader.refer(Kind::Person, field.as_ref()?).map(PersonId::of)
    }

    pub(super) fn actions(&mut self) -> Vec<Action> {
        let empty = file::Action::default();
        let mut actions = Vec::new();
        for row in &self.script.actions {
            let read = self.reader.get(row.body);
            let action = read.unwrap_or(&empty);
            actions.push(Action {
                name: row.name.clone(),
                seats: self.seat_set(&action.seats),
                label: self.label(&action.label, row.body, Owner(row.key, "an action", "label")),
                stage: match read {
                    Some(_) => self.stage(&action.stage, Owner(row.key, "an action", "stage")),
                    None => Stage::Identification,
                },
                takes: self.reader.time(&action.takes).unwrap_or_default(),
                when: self.condition(&action.when),
                often: self.reader.flag(&action.often, false),
                credit: self.credit(&action.credit),
                weight: self.weight(&action.weight),
                window: self.window(&action.window),
                then: self.effects(&action.then),
                result: self.reader.some_text(&action.result, "result", Seen::Play, TEXT_BYTES_MAX),
                why: self.after(&action.why, TEXT_BYTES_MAX),
                source: self.source(&action.source),
            });
        }
        actions
    }

    /// A credit; zero where there is none.
    pub(super) fn credit(&mut self, field: &file::Opt<i64>) -> i16 {
        self.reader.number(field, -100..=100, 0)
    }
}
