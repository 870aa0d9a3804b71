//! Effects that do nothing: on what is settled already, after the end, beyond a bound.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file::{self, List};
use super::super::model::{Condition, Effect, Trigger};
use super::super::time::SimTime;
use super::Check;
use super::reach::Reach;
use crate::scenario::{ChoiceId, InjectId, QuestionId};

/// What is certain when effects happen.
struct Given {
    /// The moment before which they cannot happen.
    earliest: SimTime,
    /// Conditions that hold then.
    holds: Vec<Condition>,
}

impl Check<'_, '_, '_> {
    pub(super) fn effects(&mut self, reach: &Reach<'_>) {
        self.effects_of_questions(reach);
        let (script, scenario) = (self.script, self.scenario);
        for (number, (row, inject)) in script.injects.iter().zip(&scenario.injects).enumerate() {
            let Some(file) = row.body.ok() else { continue };
            let mut holds = vec![Condition::Delivered(InjectId::of(number))];
            certain(&inject.when, &mut holds);
            if let (Trigger::After(condition, _), false) = (&inject.trigger, reach.sent(number)) {
                certain(condition, &mut holds);
            }
            let given = Given { earliest: reach.injects[number], holds };
            self.idle(&given, &file.then, &inject.then);
        }
        for (number, (row, spread)) in script.spreads.iter().zip(&scenario.spreads).enumerate() {
            let Some(file) = row.body.ok() else { continue };
            let given = Given { earliest: reach.spreads[number], holds: Vec::new() };
            self.idle(&given, &file.then, &spread.then);
        }
        for (number, (row, action)) in script.actions.iter().zip(&scenario.actions).enumerate() {
            let Some(file) = row.body.ok() else { continue };
            let mut holds = Vec::new();
            certain(&action.when, &mut holds);
            let given = Given { earliest: reach.actions[number] + action.takes, holds };
            self.idle(&given, &file.then, &action.then);
        }
    }

    fn effects_of_questions(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        for (number, (row, question)) in script.questions.iter().zip(&scenario.questions).enumerate() {
            let Some(file) = row.body.ok() else { continue };
            let id = QuestionId::of(number);
            let opens = reach.questions[number];
            let given = |holds, earliest| Given { earliest, holds: vec![holds] };
            for (place, (offer, choice)) in script.offers[number].iter().zip(&question.choices).enumerate() {
                let chosen = Condition::Chosen(id, ChoiceId::of(place));
                self.idle(&given(chosen, opens), offer.then, &choice.then);
            }
            self.idle(&given(Condition::Answered(id), opens), &file.then, &question.then);
            let Some(lapse) = file.lapse.as_ref().and_then(|at| at.ok()) else { continue };
            if let (None, Some(at), false) = (question.lapses, &lapse.then, question.lapse_then.is_empty()) {
                let span = self.reader.span(at);
                let message = "this never happens, for the question does not lapse";
                let finding = Diagnostic::new(Code::IdleEffect, span, message);
                self.report(finding.help("say in `lapses` how long the question stays open"));
            } else {
                let lapses = opens + question.lapses.unwrap_or_default();
                self.idle(&given(Condition::Lapsed(id), lapses), &lapse.then, &question.lapse_then);
            }
        }
    }

    /// Each effect of a list that does nothing.
    fn idle(&mut self, given: &Given, written: &List<file::Effect>, effects: &[Effect]) {
        let Some(list) = written.as_ref().and_then(|at| at.ok()) else { return };
        // What could not be read is left out of the effects, and has been reported.
        if list.len() != effects.len() {
            return;
        }
        for (row, (at, effect)) in list.iter().zip(effects).enumerate() {
            let span = self.reader.span(at);
            let again = !matches!(effect, Effect::Add(..) | Effect::Set(..));
            if effects[..row].contains(&Effect::End) {
                self.report_idle(span, "this comes after `End`, when the drill is over");
            } else if again && effects[..row].contains(effect) {
                self.report_idle(
                    span,
                    "this stands in the same list twice, and does nothing the second time",
                );
            } else if let Some(message) = self.settled(given, effect) {
                self.report_idle(span, &message);
            } else {
                self.beyond(span, effect);
            }
        }
    }

    fn report_idle(&mut self, span: Span, message: &str) {
        let finding = Diagnostic::new(Code::IdleEffect, span, message);
        self.report(finding.help("take it away, or let it happen where it still matters"));
    }

    /// Why an effect does nothing, if what it acts on is settled by then.
    fn settled(&self, given: &Given, effect: &Effect) -> Option<String> {
        let scenario = self.scenario;
        let holds = |condition: Condition| given.holds.contains(&condition);
        match effect {
            Effect::Add(_, 0) => Some("this adds nothing".to_owned()),
            Effect::Ask(question) | Effect::Close(question) => {
                let settled = given.holds.iter().any(|condition| {
                    matches!(condition,
                        Condition::Chosen(same, _) | Condition::Answered(same) | Condition::Lapsed(same)
                            if same == question)
                });
                let name = quoted(scenario.question(*question).name.as_str());
                settled.then(|| format!("question {name} is settled when this happens"))
            }
            Effect::Start(spread) | Effect::Stop(spread) if holds(Condition::Contained(*spread)) => {
                let name = quoted(scenario.spread(*spread).name.as_str());
                Some(format!("spread {name} is contained when this happens"))
            }
            Effect::MeetDuty(duty) | Effect::StartDuty(duty) if holds(Condition::DutyMet(*duty)) => {
                let name = quoted(scenario.duty(*duty).name.as_str());
                Some(format!("duty {name} is met when this happens"))
            }
            Effect::Reveal(evidence) if holds(Condition::Examined(*evidence)) => {
                let name = quoted(scenario.artefact(*evidence).name.as_str());
                Some(format!("evidence {name} has been seen when this happens"))
            }
            Effect::Deliver(id, _) | Effect::Cancel(id) => {
                let inject = scenario.inject(*id);
                // One that comes again and again can still be stopped.
                if inject.again.is_some() {
                    return None;
                }
                let name = quoted(inject.name.as_str());
                if holds(Condition::Delivered(*id)) {
                    return Some(format!("inject {name} has been delivered when this happens"));
                }
                // Its moment settles it: by then it was delivered, or withheld for good.
                let Trigger::At(at) = inject.trigger else { return None };
                let due = (at + inject.jitter).max(inject.until.unwrap_or_default());
                let earliest = given.earliest;
                let late = earliest > due && earliest != SimTime::NEVER;
                late.then(|| {
                    format!("inject {name} is settled at {due}, and this cannot happen before {earliest}")
                })
            }
            Effect::Set(..)
            | Effect::Add(..)
            | Effect::Reveal(_)
            | Effect::Start(_)
            | Effect::Stop(_)
            | Effect::StartDuty(_)
            | Effect::DeclareDuty(_)
            | Effect::MeetDuty(_)
            | Effect::End => None,
        }
    }

    /// An amount that a gauge cannot take.
    fn beyond(&mut self, span: Span, effect: &Effect) {
        let (gauge, cut) = match effect {
            Effect::Set(gauge, amount) => {
                let gauge = self.scenario.gauge(*gauge);
                (gauge, *amount < gauge.min || *amount > gauge.max)
            }
            Effect::Add(gauge, amount) => {
                let gauge = self.scenario.gauge(*gauge);
                let room = gauge.max.saturating_sub(gauge.min);
                (gauge, amount.saturating_abs() > room)
            }
            Effect::Deliver(..)
            | Effect::Cancel(_)
            | Effect::Ask(_)
            | Effect::Close(_)
            | Effect::Reveal(_)
            | Effect::Start(_)
            | Effect::Stop(_)
            | Effect::StartDuty(_)
            | Effect::DeclareDuty(_)
            | Effect::MeetDuty(_)
            | Effect::End => return,
        };
        if cut {
            let name = quoted(gauge.name.as_str());
            let message = format!("{name} goes from {} to {}, so this is always cut", gauge.min, gauge.max);
            let finding = Diagnostic::new(Code::BeyondBounds, span, message);
            self.report(finding.help("write an amount that fits, or widen `min` and `max`"));
        }
    }
}

/// What holds for certain where a condition does, and will not cease to hold.
fn certain(condition: &Condition, holds: &mut Vec<Condition>) {
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| certain(part, holds)),
        Condition::Chosen(..)
        | Condition::Paired(..)
        | Condition::Seated(_)
        | Condition::Answered(_)
        | Condition::Lapsed(_)
        | Condition::Did(_)
        | Condition::Delivered(_)
        | Condition::Met(_)
        | Condition::Missed(_)
        | Condition::Contained(_)
        | Condition::DutyMet(_)
        | Condition::DutyMissed(_)
        | Condition::Examined(_) => holds.push(condition.clone()),
        Condition::Always
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Categorized(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::From(_)
        | Condition::Before(_)
        | Condition::Spreading(_)
        | Condition::DutyRunning(_) => {}
    }
}
