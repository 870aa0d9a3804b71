//! Conditions and effects: words of the author become rows of tables.

use super::super::at::{At, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::id::{
    ActionId, ChoiceId, DutyId, EvidenceId, GaugeId, InjectId, PartnerId, QuestionId, SeatId, SpreadId,
};
use super::super::model::{Condition, Effect};
use super::super::near::near_miss;
use super::super::time::SimTime;
use super::Script;
use super::reader::{Kind, Reader, listed};
use super::sorting::Known;
use crate::limits::{CONDITION_DEPTH_MAX, ENTRIES_MAX, GAUGE_AMOUNT_MAX};

/// Lowers with the names of the whole script at hand.
pub(super) struct Lower<'l, 's, 'f> {
    pub(super) reader: &'l mut Reader<'s>,
    pub(super) script: &'l Script<'f>,
    /// Classes and severities, which truths and conditions name.
    pub(super) known: Known,
}

impl Lower<'_, '_, '_> {
    /// A condition; `Always` where there is none.
    pub(super) fn condition(&mut self, field: &file::Opt<file::Condition>) -> Condition {
        let Some(at) = field.as_ref() else { return Condition::Always };
        let span = self.reader.span(at);
        match self.reader.get(at) {
            Some(condition) => self.part(condition, span, 1),
            None => Condition::Always,
        }
    }

    fn part(&mut self, condition: &file::Condition, span: Span, depth: usize) -> Condition {
        if depth > CONDITION_DEPTH_MAX {
            self.reader.holes = true;
            let finding = Diagnostic::new(Code::TooDeep, span, "this condition is nested too deeply");
            self.reader
                .report(finding.help(format!("a condition is {CONDITION_DEPTH_MAX} levels deep at most")));
            return Condition::Always;
        }
        use file::Condition as F;
        match condition {
            F::All(parts) => Condition::All(self.parts(parts, span, depth)),
            F::Any(parts) => Condition::Any(self.parts(parts, span, depth)),
            F::Not(part) => Condition::Not(Box::new(self.part(part, span, depth + 1))),
            F::Always
            | F::Chosen(..)
            | F::Assigned(..)
            | F::Notified(..)
            | F::Seated(_)
            | F::Answered(_)
            | F::Lapsed(_)
            | F::Did(_)
            | F::Delivered(_)
            | F::Met(_)
            | F::Missed(_)
            | F::Examined(_)
            | F::Categorized(..)
            | F::AtLeast(..)
            | F::AtMost(..)
            | F::From(_)
            | F::Spreading(_)
            | F::Contained(_)
            | F::DutyRunning(_)
            | F::DutyMet(_)
            | F::DutyMissed(_)
            // A reference that leads nowhere has been reported; the script will not be played.
            | F::Before(_) => self.leaf(condition).unwrap_or(Condition::Always),
        }
    }

    fn parts(&mut self, parts: &[file::Condition], span: Span, depth: usize) -> Vec<Condition> {
        parts.iter().map(|part| self.part(part, span, depth + 1)).collect()
    }

    fn leaf(&mut self, leaf: &file::Condition) -> Option<Condition> {
        use file::Condition as F;
        Some(match leaf {
            F::Always | F::All(_) | F::Any(_) | F::Not(_) => Condition::Always,
            F::Chosen(question, choice) => {
                let question = self.question(question)?;
                Condition::Chosen(question, self.choice(question, choice)?)
            }
            F::Assigned(question, task, to) => self.paired(question, task, to.as_ref(), true)?,
            F::Notified(question, whom, through) => self.paired(question, whom, through.as_ref(), false)?,
            F::Seated(seat) => Condition::Seated(SeatId::of(self.reader.refer(Kind::Seat, seat)?)),
            F::Answered(question) => Condition::Answered(self.question(question)?),
            F::Lapsed(question) => Condition::Lapsed(self.question(question)?),
            F::Did(action) => Condition::Did(ActionId::of(self.reader.refer(Kind::Action, action)?)),
            F::Delivered(inject) => Condition::Delivered(self.inject(inject, false)?),
            F::Met(inject) => Condition::Met(self.inject(inject, true)?),
            F::Missed(inject) => Condition::Missed(self.inject(inject, true)?),
            F::Examined(evidence) => Condition::Examined(self.evidence(evidence)?),
            F::Categorized(class, kind) => {
                let class_id = self.class(class)?;
                let kind = match kind {
                    Some(kind) => Some(self.kind(class_id, kind)?),
                    None => None,
                };
                Condition::Categorized(class_id, kind)
            }
            F::AtLeast(gauge, amount) => Condition::AtLeast(self.gauge(gauge)?, self.amount(amount)?),
            F::AtMost(gauge, amount) => Condition::AtMost(self.gauge(gauge)?, self.amount(amount)?),
            F::From(moment) => Condition::From(self.moment(moment)?),
            F::Before(moment) => Condition::Before(self.moment(moment)?),
            F::Spreading(spread) => Condition::Spreading(self.spread(spread)?),
            F::Contained(spread) => Condition::Contained(self.spread(spread)?),
            F::DutyRunning(duty) => Condition::DutyRunning(self.duty(duty)?),
            F::DutyMet(duty) => Condition::DutyMet(self.duty(duty)?),
            F::DutyMissed(duty) => Condition::DutyMissed(self.duty(duty)?),
        })
    }

    /// Effects, in order; one that names nothing known is left out.
    pub(super) fn effects(&mut self, field: &file::List<file::Effect>) -> Vec<Effect> {
        let list = self.reader.list(field, ENTRIES_MAX);
        list.into_iter().filter_map(|at| self.effect(at)).collect()
    }

    pub(super) fn effect(&mut self, at: &At<file::Effect>) -> Option<Effect> {
        use file::Effect as F;
        Some(match self.reader.get(at)? {
            F::Set(gauge, amount) => Effect::Set(self.gauge(gauge)?, self.amount(amount)?),
            F::Add(gauge, amount) => Effect::Add(self.gauge(gauge)?, self.amount(amount)?),
            F::Deliver(inject) => Effect::Deliver(self.inject(inject, false)?, SimTime::ZERO),
            F::DeliverIn(inject, delay) => {
                Effect::Deliver(self.inject(inject, false)?, self.reader.time_at(delay)?)
            }
            F::Cancel(inject) => Effect::Cancel(self.inject(inject, false)?),
            F::Ask(question) => Effect::Ask(self.question(question)?),
            F::Close(question) => Effect::Close(self.question(question)?),
            F::Reveal(evidence) => Effect::Reveal(self.evidence(evidence)?),
            F::Start(spread) => Effect::Start(self.spread(spread)?),
            F::Stop(spread) => Effect::Stop(self.spread(spread)?),
            F::StartDuty(duty) => Effect::StartDuty(self.duty(duty)?),
            F::DeclareDuty(duty) => Effect::DeclareDuty(self.duty(duty)?),
            F::MeetDuty(duty) => Effect::MeetDuty(self.duty(duty)?),
            F::End => Effect::End,
        })
    }

    fn gauge(&mut self, at: &At<String>) -> Option<GaugeId> {
        self.reader.refer(Kind::Gauge, at).map(GaugeId::of)
    }

    pub(super) fn evidence(&mut self, at: &At<String>) -> Option<EvidenceId> {
        self.reader.refer(Kind::Evidence, at).map(EvidenceId::of)
    }

    fn spread(&mut self, at: &At<String>) -> Option<SpreadId> {
        self.reader.refer(Kind::Spread, at).map(SpreadId::of)
    }

    fn duty(&mut self, at: &At<String>) -> Option<DutyId> {
        self.reader.refer(Kind::Duty, at).map(DutyId::of)
    }

    fn question(&mut self, at: &At<String>) -> Option<QuestionId> {
        self.reader.refer(Kind::Question, at).map(QuestionId::of)
    }

    fn amount(&mut self, at: &At<i64>) -> Option<i64> {
        self.reader.number_at(at, -GAUGE_AMOUNT_MAX..=GAUGE_AMOUNT_MAX)
    }

    fn moment(&mut self, at: &At<String>) -> Option<SimTime> {
        let moment = self.reader.time_at(at)?;
        self.reader.moments.push(moment);
        Some(moment)
    }

    /// An inject, or a checkpoint where one is called for.
    fn inject(&mut self, at: &At<String>, checkpoint: bool) -> Option<InjectId> {
        let row = self.reader.refer(Kind::Inject, at)?;
        let is_checkpoint = self.script.is_checkpoint(row);
        if is_checkpoint != checkpoint {
            let name = quoted(self.script.injects[row].name.as_str());
            let (message, help) = if is_checkpoint {
                (
                    format!("{name} is a checkpoint, which delivers nothing"),
                    "write `Met` or `Missed` for a checkpoint",
                )
            } else {
                (
                    format!("{name} is not a checkpoint"),
                    "write `Delivered` for an inject, or make it a `Checkpoint`",
                )
            };
            let finding = Diagnostic::new(Code::NotDeliverable, self.reader.span(at), message);
            self.reader.holes = true;
            self.reader.report(finding.label(self.script.injects[row].key, "it is here").help(help));
        }
        Some(InjectId::of(row))
    }

    /// That a task was given to somebody, or that a recipient was told.
    fn paired(
        &mut self,
        question: &At<String>,
        row: &At<String>,
        with: Option<&At<String>>,
        assigned: bool,
    ) -> Option<Condition> {
        let id = self.question(question)?;
        let ask = self.script.questions[id.at()].body.ok().and_then(|q| q.ask.as_ref()?.ok())?;
        let (fits, what, word) = match assigned {
            true => (matches!(ask, file::Ask::Assign { .. }), "gives out no tasks", "Assign"),
            false => (matches!(ask, file::Ask::Notify { .. }), "tells nobody", "Notify"),
        };
        if !fits {
            let name = quoted(self.script.questions[id.at()].name.as_str());
            let message = format!("question {name} {what}");
            let finding = Diagnostic::new(Code::UnknownQuestion, self.reader.span(question), message);
            self.reader.holes = true;
            let help = format!("name a question of the kind `{word}`, or write `Chosen`");
            self.reader.report(finding.help(help));
            return None;
        }
        let choice = self.choice(id, row)?;
        match with {
            None => Some(Condition::Chosen(id, choice)),
            Some(with) => Some(Condition::Paired(id, choice, self.partner(id, with)?)),
        }
    }

    /// Somebody whom a task can be given to, or a channel.
    pub(super) fn partner(&mut self, question: QuestionId, at: &At<String>) -> Option<PartnerId> {
        let sides = &self.script.sides[question.at()];
        let text = self.reader.get(at)?;
        let named = |name: &str| sides.iter().position(|side| side.name.as_str() == name);
        if let Some(row) = named(text) {
            return Some(PartnerId::of(row));
        }
        let of = quoted(self.script.questions[question.at()].name.as_str());
        let (what, many) = match sides.first().is_some_and(|side| side.route.is_some()) {
            true => ("channel", "its channels"),
            false => ("person", "its people"),
        };
        let message = format!("question {of} has no {what} named {}", quoted(text));
        let finding = Diagnostic::new(Code::UnknownChoice, self.reader.span(at), message);
        let meant = near_miss(text, sides.iter().map(|side| side.name.as_str()));
        let row = meant.and_then(named);
        self.reader.holes |= row.is_none();
        self.reader.report(match meant {
            Some(name) => finding.help(format!("did you mean `{name}`?")),
            None => finding.help(listed(many, sides.iter().map(|side| side.name.as_str()))),
        });
        row.map(PartnerId::of)
    }

    /// A choice of a question.
    pub(super) fn choice(&mut self, question: QuestionId, at: &At<String>) -> Option<ChoiceId> {
        let offers = &self.script.offers[question.at()];
        let text = self.reader.get(at)?;
        let asked = self.script.questions[question.at()].body.ok().and_then(|q| q.ask.as_ref());
        if asked.is_none_or(|ask| ask.ok().is_none()) {
            // The question itself could not be read, which has been reported.
            return None;
        }
        if let Some(row) = offers.iter().position(|offer| offer.name.as_str() == text) {
            return Some(ChoiceId::of(row));
        }
        let of = quoted(self.script.questions[question.at()].name.as_str());
        let message = format!("question {of} has no choice named {}", quoted(text));
        let finding = Diagnostic::new(Code::UnknownChoice, self.reader.span(at), message);
        let meant = near_miss(text, offers.iter().map(|offer| offer.name.as_str()));
        let row = meant.and_then(|name| offers.iter().position(|offer| offer.name.as_str() == name));
        self.reader.holes |= row.is_none();
        self.reader.report(match meant {
            Some(name) => finding.help(format!("did you mean `{name}`?")),
            None if offers.is_empty() => finding.help("this kind of question has no choices"),
            None => finding.help(listed("its choices", offers.iter().map(|offer| offer.name.as_str()))),
        });
        row.map(ChoiceId::of)
    }
}
