//! What no drill can reach, told from the graph alone.
//!
//! Everything that could happen is assumed to happen: a `Not` may always hold,
//! a gauge goes wherever an effect can push it. So what is reported here is
//! certainly out of reach; exploration (`solve`) finds the rest.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::model::{Condition, Effect, InjectKind, Scenario, SpreadStart, Trigger};
use super::Check;

/// What can happen in some drill.
struct Reach<'c> {
    scenario: &'c Scenario,
    injects: Vec<bool>,
    sent: Vec<bool>,
    questions: Vec<bool>,
    asked: Vec<bool>,
    choices: Vec<Vec<bool>>,
    actions: Vec<bool>,
    evidence: Vec<bool>,
    /// Spreads that an effect starts or stops, and those that take a step.
    started: Vec<bool>,
    stopped: Vec<bool>,
    spreads: Vec<bool>,
    /// Duties whose clock starts, and those that are met.
    duties: Vec<bool>,
    met: Vec<bool>,
    /// Lowest and highest reading of each gauge.
    gauges: Vec<(i64, i64)>,
    changed: bool,
}

impl<'c> Reach<'c> {
    fn of(scenario: &'c Scenario) -> Self {
        let mut reach = Self {
            scenario,
            injects: vec![false; scenario.injects.len()],
            sent: vec![false; scenario.injects.len()],
            questions: vec![false; scenario.questions.len()],
            asked: vec![false; scenario.questions.len()],
            choices: scenario.questions.iter().map(|question| vec![false; question.choices.len()]).collect(),
            actions: vec![false; scenario.actions.len()],
            evidence: scenario
                .evidence
                .iter()
                .map(|evidence| evidence.from_start && evidence.chance > 0)
                .collect(),
            started: vec![false; scenario.spreads.len()],
            stopped: vec![false; scenario.spreads.len()],
            spreads: vec![false; scenario.spreads.len()],
            duties: vec![false; scenario.duties.len()],
            met: vec![false; scenario.duties.len()],
            gauges: scenario.gauges.iter().map(|gauge| (gauge.start, gauge.start)).collect(),
            changed: true,
        };
        while reach.changed {
            reach.changed = false;
            reach.step();
        }
        reach
    }

    fn step(&mut self) {
        let scenario = self.scenario;
        for (row, inject) in scenario.injects.iter().enumerate() {
            let comes = match &inject.trigger {
                _ if matches!(inject.kind, InjectKind::Checkpoint(_)) => true,
                Trigger::At(at) => *at < scenario.clock.length || self.sent[row],
                Trigger::After(condition, _) => self.possible(condition) || self.sent[row],
                Trigger::When => true,
                Trigger::Effect => self.sent[row],
            };
            if !self.injects[row] && comes && inject.chance > 0 && self.possible(&inject.when) {
                self.injects[row] = true;
                self.follow(&inject.then);
            }
        }
        for (row, question) in scenario.questions.iter().enumerate() {
            let opens = question.opens.is_some_and(|opens| opens < scenario.clock.length);
            if !self.questions[row] && (opens || self.asked[row]) {
                self.questions[row] = true;
                self.follow(&question.then);
                self.follow(&question.lapse_then);
            }
            for (number, choice) in question.choices.iter().enumerate() {
                if self.questions[row] && !self.choices[row][number] && self.possible(&choice.when) {
                    self.choices[row][number] = true;
                    self.follow(&choice.then);
                }
            }
        }
        for (row, action) in scenario.actions.iter().enumerate() {
            if !self.actions[row] && self.possible(&action.when) {
                self.actions[row] = true;
                self.follow(&action.then);
            }
        }
        self.step_of_the_world();
    }

    /// What goes on by itself, and the clocks of duties.
    fn step_of_the_world(&mut self) {
        let scenario = self.scenario;
        for (row, spread) in scenario.spreads.iter().enumerate() {
            if !self.spreads[row] && self.begins(row) && self.possible(&spread.goes_while) {
                self.spreads[row] = true;
                self.follow(&spread.then);
            }
        }
        for (row, duty) in scenario.duties.iter().enumerate() {
            if !self.duties[row] && duty.starts.as_ref().is_some_and(|starts| self.possible(starts)) {
                self.duties[row] = true;
                self.changed = true;
            }
            if !self.met[row] && duty.met.as_ref().is_some_and(|met| self.possible(met)) {
                self.met[row] = true;
                self.changed = true;
            }
        }
    }

    /// Whether a spread can begin, early enough for a first step.
    fn begins(&self, row: usize) -> bool {
        let spread = &self.scenario.spreads[row];
        let starts = match &spread.start {
            SpreadStart::Startex => true,
            SpreadStart::When(start) => self.started[row] || self.possible(start),
            SpreadStart::Effect => self.started[row],
        };
        starts && spread.chance > 0 && spread.first <= self.scenario.clock.length
    }

    fn follow(&mut self, effects: &[Effect]) {
        self.changed = true;
        for effect in effects {
            match *effect {
                Effect::Set(gauge, amount) => self.push(gauge.at(), amount, amount),
                // Once is enough to know the direction; it may happen again and again.
                Effect::Add(gauge, amount) => {
                    let bounds = &self.scenario.gauges[gauge.at()];
                    let (low, high) = self.gauges[gauge.at()];
                    let low = if amount < 0 { bounds.min } else { low };
                    let high = if amount > 0 { bounds.max } else { high };
                    self.push(gauge.at(), low, high);
                }
                Effect::Deliver(inject, _) => self.sent[inject.at()] = true,
                Effect::Ask(question) => self.asked[question.at()] = true,
                Effect::Reveal(evidence) => {
                    self.evidence[evidence.at()] = self.scenario.artefact(evidence).chance > 0;
                }
                Effect::Start(spread) => self.started[spread.at()] = true,
                Effect::Stop(spread) => self.stopped[spread.at()] = true,
                Effect::StartDuty(duty) => self.duties[duty.at()] = true,
                Effect::MeetDuty(duty) => self.met[duty.at()] = true,
                Effect::Cancel(_) | Effect::Close(_) | Effect::DeclareDuty(_) | Effect::End => {}
            }
        }
    }

    fn push(&mut self, gauge: usize, low: i64, high: i64) {
        let bounds = &self.scenario.gauges[gauge];
        let reach = &mut self.gauges[gauge];
        *reach = (reach.0.min(low).max(bounds.min), reach.1.max(high).min(bounds.max));
    }

    /// Whether a condition can hold in some drill.
    fn possible(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Always | Condition::Not(_) => true,
            Condition::All(parts) => parts.iter().all(|part| self.possible(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.possible(part)),
            Condition::Chosen(question, choice) => self.choices[question.at()][choice.at()],
            Condition::Answered(question) => self.questions[question.at()],
            Condition::Lapsed(question) => {
                self.questions[question.at()] && self.scenario.question(*question).lapses.is_some()
            }
            Condition::Did(action) => self.actions[action.at()],
            Condition::Delivered(inject) => self.injects[inject.at()],
            Condition::Met(inject) => match &self.scenario.inject(*inject).kind {
                InjectKind::Checkpoint(checkpoint) => self.possible(&checkpoint.met_when),
                InjectKind::Contextual | InjectKind::Contingency => false,
            },
            Condition::Missed(_) => true,
            Condition::Examined(evidence) => self.evidence[evidence.at()],
            Condition::Categorized(..) => {
                self.scenario.questions.iter().zip(&self.questions).any(|(question, reached)| {
                    *reached && matches!(question.ask, super::super::model::Ask::Categorize(_))
                })
            }
            Condition::AtLeast(gauge, amount) => self.gauges[gauge.at()].1 >= *amount,
            Condition::AtMost(gauge, amount) => self.gauges[gauge.at()].0 <= *amount,
            Condition::From(moment) => *moment <= self.scenario.clock.length,
            Condition::Before(moment) => moment.0 > 0,
            Condition::Spreading(spread) => self.begins(spread.at()),
            Condition::Contained(spread) => {
                let unless = self.scenario.spread(*spread).unless.as_ref();
                self.stopped[spread.at()] || unless.is_some_and(|unless| self.possible(unless))
            }
            Condition::DutyRunning(duty) | Condition::DutyMissed(duty) => self.duties[duty.at()],
            Condition::DutyMet(duty) => self.met[duty.at()],
        }
    }
}

impl Check<'_, '_, '_> {
    pub(super) fn reach(&mut self) {
        let reach = Reach::of(self.scenario);
        self.unreached_injects(&reach);
        self.unreached_questions(&reach);
        self.unreached_rest(&reach);
        self.hidden_endings();
    }

    fn unreachable(&mut self, span: Span, what: &str, help: &str) {
        let finding = Diagnostic::new(Code::Unreachable, span, format!("no drill can reach {what}"));
        self.report(finding.help(help));
    }

    fn unreached_injects(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let mut delivered = vec![false; scenario.injects.len()];
        scenario.each_effect(|effect| {
            if let Effect::Deliver(inject, _) = effect {
                delivered[inject.at()] = true;
            }
        });
        for (row, inject) in scenario.injects.iter().enumerate() {
            let key = script.injects[row].key;
            let by_effect = matches!(inject.trigger, Trigger::Effect);
            if matches!(inject.kind, InjectKind::Checkpoint(_)) || reach.injects[row] {
            } else if by_effect && !delivered[row] {
                let finding = Diagnostic::new(Code::NeverDelivered, key, "nothing delivers this inject");
                self.report(finding.help("give it `at`, `after` or `when`, or `Deliver` it in some `then`"));
            } else if !matches!(inject.trigger, Trigger::At(at) if at >= scenario.clock.length) {
                self.unreachable(
                    key,
                    "this inject",
                    "what it waits for cannot happen; see its trigger and its `when`",
                );
            }
        }
    }

    fn unreached_questions(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        let mut asked = vec![false; scenario.questions.len()];
        scenario.each_effect(|effect| {
            if let Effect::Ask(question) = effect {
                asked[question.at()] = true;
            }
        });
        for (row, question) in scenario.questions.iter().enumerate() {
            let key = script.questions[row].key;
            match (question.opens, asked[row]) {
                (None, false) => {
                    let finding = Diagnostic::new(Code::NeverAsked, key, "nobody asks this question");
                    self.report(finding.help("write `Ask` in some `then`, or give it a moment with `opens`"));
                }
                (Some(_), true) => {
                    let place =
                        script.questions[row].body.ok().map_or(key, |file| self.place(&file.opens, key));
                    let message = "this question opens by itself and is asked by an effect too";
                    let finding = Diagnostic::new(Code::OpensAndAsked, place, message);
                    self.report(finding.help("keep one of the two; whichever comes first opens it"));
                }
                (None, true) if !reach.questions[row] => {
                    self.unreachable(key, "this question", "what asks it cannot happen");
                }
                (Some(_), false) | (None, true) => {}
            }
            if !reach.questions[row] {
                continue;
            }
            for (offer, reached) in script.offers[row].iter().zip(&reach.choices[row]) {
                if !reached {
                    let what = format!("choice {}", quoted(offer.name.as_str()));
                    let place = self.place(offer.when, offer.key);
                    self.unreachable(place, &what, "its `when` cannot hold");
                }
            }
        }
    }

    fn unreached_rest(&mut self, reach: &Reach<'_>) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, reached) in script.actions.iter().zip(&reach.actions) {
            if !reached {
                self.unreachable(row.key, "this action", "its `when` cannot hold");
            }
        }
        for (row, reached) in script.spreads.iter().zip(&reach.spreads) {
            if !reached {
                self.unreachable(
                    row.key,
                    "a step of this spread",
                    "what starts it, or its `while`, cannot hold",
                );
            }
        }
        for ((row, duty), reached) in script.duties.iter().zip(&scenario.duties).zip(&reach.duties) {
            if !reached && duty.starts.is_some() {
                self.unreachable(row.key, "the start of this duty", "its `starts` cannot hold");
            }
        }
        for (row, reached) in script.evidence.iter().zip(&reach.evidence) {
            if !reached {
                self.unreachable(row.key, "this evidence", "what reveals it cannot happen");
            }
        }
        for (row, ending) in script.endings.iter().zip(&scenario.endings) {
            if !reach.possible(&ending.when) {
                self.unreachable(row.key, "this ending", "its `when` cannot hold");
            }
        }
    }

    fn hidden_endings(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let Some(first) = scenario.endings.iter().position(|ending| ending.when == Condition::Always) else {
            return;
        };
        for row in &script.endings[first + 1..] {
            let finding = Diagnostic::new(
                Code::HiddenEnding,
                row.key,
                "this ending never applies, for one before it always does",
            );
            self.report(
                finding
                    .label(script.endings[first].key, "this one has no `when`")
                    .help("move it before that one"),
            );
        }
    }
}
