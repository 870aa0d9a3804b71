//! Conditions that cannot hold, that always hold, and what they hide.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file::{self, Opt};
use super::super::model::{Condition, InjectKind, Scenario, SpreadStart, Trigger};
use super::super::time::SimTime;
use super::Check;
use super::logic::{Claim, Logic};
use super::reach::Reach;

impl Check<'_, '_, '_> {
    pub(super) fn conditions(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let anywhere = Logic::anywhere(scenario, reach);
        for (number, (row, inject)) in script.injects.iter().zip(&scenario.injects).enumerate() {
            let Some(file) = row.body.ok() else { continue };
            let logic = match inject.trigger {
                Trigger::At(at) if !reach.sent(number) && inject.again.is_none() => {
                    Logic { from: at, until: inject.until.unwrap_or(at + inject.jitter), ..anywhere }
                }
                Trigger::At(_) | Trigger::After(..) | Trigger::When | Trigger::Effect => anywhere,
            };
            self.judge(&logic, &file.when, &inject.when, true);
            if let Trigger::After(condition, _) = &inject.trigger {
                self.judge(&anywhere, &file.after, condition, true);
            }
            if let Some(unless) = inject.again.as_ref().and_then(|again| again.unless.as_ref()) {
                self.judge(&anywhere, &file.unless, unless, true);
            }
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
                self.judge(&anywhere, &file.met, &checkpoint.met_when, true);
            }
        }
        for (number, (offers, question)) in script.offers.iter().zip(&scenario.questions).enumerate() {
            let logic = match question.opens {
                Some(opens) if reach.asked[number] == SimTime::NEVER => {
                    Logic { from: opens, until: opens, ..anywhere }
                }
                Some(_) | None => anywhere,
            };
            for (offer, choice) in offers.iter().zip(&question.choices) {
                self.judge(&logic, offer.when, &choice.when, true);
            }
        }
        for (row, action) in script.actions.iter().zip(&scenario.actions) {
            let Some(file) = row.body.ok() else { continue };
            self.judge(&anywhere, &file.when, &action.when, true);
        }
        for (row, truth) in script.truth.iter().zip(&scenario.truth) {
            let Some(file) = row.body.ok() else { continue };
            self.judge(&Logic { from: truth.from, ..anywhere }, &file.when, &truth.when, true);
        }
        self.of_the_world(&anywhere);
        for (row, ending) in script.endings.iter().zip(&scenario.endings) {
            let Some(file) = row.body.ok() else { continue };
            // One that always applies is a last ending; what it hides is told there.
            self.judge(&anywhere, &file.when, &ending.when, false);
        }
        self.hidden_endings(&anywhere);
        self.hidden_truths(&anywhere);
        self.by_itself(reach);
    }

    fn of_the_world<'c>(&mut self, anywhere: &Logic<'c>) {
        let (script, scenario) = (self.script, anywhere.scenario);
        for (row, spread) in script.spreads.iter().zip(&scenario.spreads) {
            let Some(file) = row.body.ok() else { continue };
            if let SpreadStart::When(start) = &spread.start {
                self.judge(anywhere, &file.start, start, true);
            }
            self.judge(anywhere, &file.r#while, &spread.goes_while, true);
            if let Some(unless) = &spread.unless {
                self.judge(anywhere, &file.unless, unless, true);
            }
        }
        for (row, duty) in script.duties.iter().zip(&scenario.duties) {
            let Some(file) = row.body.ok() else { continue };
            for (field, condition) in [(&file.starts, &duty.starts), (&file.met, &duty.met)] {
                if let Some(condition) = condition {
                    self.judge(anywhere, field, condition, true);
                }
            }
        }
    }

    /// Whether a condition that was written says anything.
    fn judge<'c>(
        &mut self,
        logic: &Logic<'c>,
        field: &Opt<file::Condition>,
        condition: &'c Condition,
        always: bool,
    ) {
        let Some(at) = field else { return };
        let (Some(written), span) = (at.ok(), self.reader.span(at)) else { return };
        if *condition == Condition::Always {
        } else if !logic.can_hold(condition) {
            let finding = Diagnostic::new(Code::NeverHolds, span, "this condition can never hold");
            self.report(finding.help(self.why(logic, condition)));
        } else if !logic.can_fail(condition) {
            if always {
                let finding = Diagnostic::new(Code::AlwaysHolds, span, "this condition always holds");
                self.report(finding.help("take it away, or write down what it was meant to ask"));
            }
        } else {
            self.parts(logic, written, condition, span);
        }
    }

    /// The parts of a condition that says something as a whole.
    fn parts<'c>(
        &mut self,
        logic: &Logic<'c>,
        written: &file::Condition,
        condition: &'c Condition,
        span: Span,
    ) {
        let pairs: Vec<(&file::Condition, &Condition)> = match (written, condition) {
            (file::Condition::All(files), Condition::All(parts))
            | (file::Condition::Any(files), Condition::Any(parts)) => files.iter().zip(parts).collect(),
            (file::Condition::Not(file), Condition::Not(part)) => {
                return self.parts(logic, file, part, span);
            }
            _ => return,
        };
        for (file, part) in pairs {
            let place = self.leaf(file).unwrap_or(span);
            if *part == Condition::Always {
            } else if !logic.can_hold(part) {
                let finding =
                    Diagnostic::new(Code::NeverHolds, place, "this part of the condition can never hold");
                self.report(finding.help(self.why(logic, part)));
            } else if !logic.can_fail(part) {
                let finding =
                    Diagnostic::new(Code::AlwaysHolds, place, "this part of the condition always holds");
                self.report(finding.help("take it away, or write down what it was meant to ask"));
            } else {
                self.parts(logic, file, part, place);
            }
        }
    }

    /// Where the first name within a condition stands.
    fn leaf(&self, condition: &file::Condition) -> Option<Span> {
        use file::Condition as F;
        match condition {
            F::Always => None,
            F::All(parts) | F::Any(parts) => parts.iter().find_map(|part| self.leaf(part)),
            F::Not(part) => self.leaf(part),
            F::Chosen(at, _)
            | F::Assigned(at, ..)
            | F::Notified(at, ..)
            | F::Seated(at)
            | F::Answered(at)
            | F::Lapsed(at)
            | F::Did(at)
            | F::Delivered(at)
            | F::Met(at)
            | F::Missed(at)
            | F::Examined(at)
            | F::Categorized(at, _)
            | F::AtLeast(at, _)
            | F::AtMost(at, _)
            | F::From(at)
            | F::Before(at)
            | F::Spreading(at)
            | F::Contained(at)
            | F::DutyRunning(at)
            | F::DutyMet(at)
            | F::DutyMissed(at) => Some(self.reader.span(at)),
        }
    }

    /// Why a condition cannot hold.
    fn why(&self, logic: &Logic<'_>, condition: &Condition) -> String {
        match condition {
            Condition::AtLeast(gauge, _) | Condition::AtMost(gauge, _) => {
                let (low, high) = match logic.reach.moves(*gauge) {
                    true => logic.reach.gauge(*gauge),
                    false => (self.scenario.gauge(*gauge).min, self.scenario.gauge(*gauge).max),
                };
                let name = quoted(self.scenario.gauge(*gauge).name.as_str());
                format!("{name} goes from {low} to {high}, whatever happens")
            }
            Condition::From(_) | Condition::Before(_) if logic.from == logic.until => {
                format!("it is looked at once, at {}", logic.from)
            }
            Condition::From(_) | Condition::Before(_) => {
                format!("it is looked at from {} to {} only", logic.from, logic.until)
            }
            Condition::Any(parts) if parts.is_empty() => "`Any` needs one part at least".to_owned(),
            Condition::Always
            | Condition::All(_)
            | Condition::Any(_)
            | Condition::Not(_)
            | Condition::Chosen(..)
            | Condition::Paired(..)
            | Condition::Seated(_)
            | Condition::Answered(_)
            | Condition::Lapsed(_)
            | Condition::Did(_)
            | Condition::Delivered(_)
            | Condition::Met(_)
            | Condition::Missed(_)
            | Condition::Examined(_)
            | Condition::Categorized(..)
            | Condition::Spreading(_)
            | Condition::Contained(_)
            | Condition::DutyRunning(_)
            | Condition::DutyMet(_)
            | Condition::DutyMissed(_) => "its parts contradict each other; take one of them away".to_owned(),
        }
    }

    /// Endings behind others that apply whenever they do.
    fn hidden_endings<'c>(&mut self, logic: &Logic<'c>)
    where
        Self: 'c,
    {
        let script = self.script;
        let endings = &logic.scenario.endings;
        for (number, ending) in endings.iter().enumerate().skip(1) {
            let mut claims: Vec<Claim<'_>> =
                endings[..number].iter().map(|other| (&other.when, false)).collect();
            claims.push((&ending.when, true));
            if !logic.can_hold(&ending.when) || logic.possible(&claims) {
                continue;
            }
            let alone = endings[..number]
                .iter()
                .position(|other| !logic.possible(&[(&other.when, false), (&ending.when, true)]));
            if alone.is_none() && ending.when == Condition::Always {
                // The last ending has to be there, even if those before it leave nothing open.
                continue;
            }
            let (message, label) = match alone {
                Some(first) if endings[first].when == Condition::Always => {
                    ("this ending never applies, for one before it always does", "this one has no `when`")
                }
                Some(_) => (
                    "this ending never applies, for one before it does whenever this one would",
                    "this one comes first",
                ),
                None => {
                    ("this ending never applies, for one of those before it always does", "they begin here")
                }
            };
            let finding = Diagnostic::new(Code::HiddenEnding, script.endings[number].key, message);
            let first = script.endings[alone.unwrap_or(0)].key;
            self.report(finding.label(first, label).help("move it before, or change their conditions"));
        }
    }

    /// Truths behind others that begin at the same moment and hold whenever they do.
    fn hidden_truths(&mut self, logic: &Logic<'_>) {
        let script = self.script;
        let truths = &logic.scenario.truth;
        for (number, truth) in truths.iter().enumerate() {
            let hides = |other: &super::super::model::Truth| {
                other.from == truth.from && !logic.possible(&[(&other.when, false), (&truth.when, true)])
            };
            let later = truths[number + 1..].iter().position(hides);
            if let (Some(later), true) = (later, logic.can_hold(&truth.when)) {
                let message = "this truth is never in force, for a later one holds whenever it would";
                let finding = Diagnostic::new(Code::HiddenTruth, script.truth[number].key, message);
                let finding = finding.label(script.truth[number + 1 + later].key, "this one");
                self.report(finding.help("let that one begin `from` a later moment, or give it a `when`"));
            }
        }
    }

    /// What holds at STARTEX, before anybody has done anything.
    fn by_itself(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, inject) in script.injects.iter().zip(&scenario.injects) {
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind
                && checkpoint.opens == SimTime::ZERO
                && at_startex(&checkpoint.met_when, scenario, reach) == Some(true)
            {
                let place = row.body.ok().map_or(row.key, |file| self.place(&file.met, row.key));
                let message = "this holds at STARTEX, so it is met before anybody acts";
                let finding = Diagnostic::new(Code::MetByItself, place, message);
                self.report(finding.help("let the window open later, or ask for something that is done"));
            }
        }
        for (row, ending) in script.endings.iter().zip(&scenario.endings) {
            if ending.at_once && at_startex(&ending.when, scenario, reach) == Some(true) {
                let place = row.body.ok().map_or(row.key, |file| self.place(&file.at_once, row.key));
                let message = "this ending applies at STARTEX, so the drill is over as it begins";
                let finding = Diagnostic::new(Code::OverAtOnce, place, message);
                self.report(finding.help("take `at_once` away, or give it a `when` that comes true later"));
            }
        }
    }
}

/// Whether a condition holds at STARTEX; none where that depends on what comes in that moment.
fn at_startex(condition: &Condition, scenario: &Scenario, reach: &Reach<'_>) -> Option<bool> {
    let part = |part: &Condition| at_startex(part, scenario, reach);
    match condition {
        Condition::Always => Some(true),
        Condition::Not(inner) => part(inner).map(|holds| !holds),
        Condition::All(parts) if parts.iter().any(|p| part(p) == Some(false)) => Some(false),
        Condition::All(parts) => parts.iter().all(|p| part(p) == Some(true)).then_some(true),
        Condition::Any(parts) if parts.iter().any(|p| part(p) == Some(true)) => Some(true),
        Condition::Any(parts) => parts.iter().all(|p| part(p) == Some(false)).then_some(false),
        // Nobody has done anything yet.
        Condition::Chosen(..)
        | Condition::Paired(..)
        | Condition::Answered(_)
        | Condition::Did(_)
        | Condition::Examined(_)
        | Condition::Categorized(..) => Some(false),
        // That depends on who plays.
        Condition::Seated(_) => None,
        Condition::Lapsed(_)
        | Condition::Delivered(_)
        | Condition::Met(_)
        | Condition::Missed(_)
        | Condition::Spreading(_)
        | Condition::Contained(_)
        | Condition::DutyRunning(_)
        | Condition::DutyMet(_)
        | Condition::DutyMissed(_) => (reach.earliest(condition) > SimTime::ZERO).then_some(false),
        Condition::AtLeast(gauge, amount) => {
            reach.still_at_startex(*gauge).then(|| scenario.gauge(*gauge).start >= *amount)
        }
        Condition::AtMost(gauge, amount) => {
            reach.still_at_startex(*gauge).then(|| scenario.gauge(*gauge).start <= *amount)
        }
        Condition::From(moment) => Some(*moment == SimTime::ZERO),
        Condition::Before(moment) => Some(*moment > SimTime::ZERO),
    }
}
