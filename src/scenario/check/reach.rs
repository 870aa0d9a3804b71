//! When anything can happen at the earliest, told from the graph alone.
//!
//! Everything that could happen is assumed to happen as soon as it can: a
//! `Not` may always hold, a gauge goes wherever an effect can push it, people
//! answer and act at once. So what never comes here, or comes too late, is
//! certainly out of reach in every drill at the script's own pace; exploration
//! finds the rest.

use std::cell::Cell;

use super::super::GaugeId;
use super::super::model::{Ask, Condition, Effect, Inject, InjectKind, Scenario, SpreadStart, Trigger};
use super::super::time::SimTime;

/// Steps of logic for one script: a large one needs some ten thousand, and one that was
/// made to take for ever is cut off within a second.
const STEPS_MAX: u32 = 2_000_000;

/// The earliest moment of everything; [`SimTime::NEVER`] where there is none.
pub(super) struct Reach<'c> {
    scenario: &'c Scenario,
    /// When each inject is delivered.
    pub(super) injects: Vec<SimTime>,
    sent: Vec<SimTime>,
    /// When each question opens.
    pub(super) questions: Vec<SimTime>,
    /// When an effect asks each question.
    pub(super) asked: Vec<SimTime>,
    /// When each choice can be made.
    pub(super) choices: Vec<Vec<SimTime>>,
    /// When each action can be begun.
    pub(super) actions: Vec<SimTime>,
    /// When each artefact is there.
    pub(super) evidence: Vec<SimTime>,
    /// When each spread can take its first step.
    pub(super) spreads: Vec<SimTime>,
    started: Vec<SimTime>,
    stopped: Vec<SimTime>,
    /// When each spread begins, and when it is contained.
    begun: Vec<SimTime>,
    contained: Vec<SimTime>,
    /// When each expected action is seen.
    seen: Vec<SimTime>,
    /// When the clock of each duty starts.
    pub(super) duties: Vec<SimTime>,
    met: Vec<SimTime>,
    gauges: Vec<Span>,
    changed: bool,
    /// Steps of logic that are left for this script.
    pub(super) steps: Cell<u32>,
}

/// How far a gauge goes.
#[derive(Clone, Copy)]
struct Span {
    low: i64,
    high: i64,
    /// When something first lowers or raises it.
    lowered: SimTime,
    raised: SimTime,
}

impl<'c> Reach<'c> {
    pub(super) fn of(scenario: &'c Scenario) -> Self {
        let never = |count: usize| vec![SimTime::NEVER; count];
        let start =
            |evidence: &super::super::model::Evidence| match evidence.from_start && evidence.chance > 0 {
                true => SimTime::ZERO,
                false => SimTime::NEVER,
            };
        let mut reach = Self {
            scenario,
            injects: never(scenario.injects.len()),
            sent: never(scenario.injects.len()),
            questions: never(scenario.questions.len()),
            asked: never(scenario.questions.len()),
            choices: scenario.questions.iter().map(|question| never(question.choices.len())).collect(),
            actions: never(scenario.actions.len()),
            evidence: scenario.evidence.iter().map(start).collect(),
            spreads: never(scenario.spreads.len()),
            started: never(scenario.spreads.len()),
            stopped: never(scenario.spreads.len()),
            begun: never(scenario.spreads.len()),
            contained: never(scenario.spreads.len()),
            seen: never(scenario.injects.len()),
            duties: never(scenario.duties.len()),
            met: never(scenario.duties.len()),
            gauges: scenario
                .gauges
                .iter()
                .map(|gauge| Span {
                    low: gauge.start,
                    high: gauge.start,
                    lowered: SimTime::NEVER,
                    raised: SimTime::NEVER,
                })
                .collect(),
            changed: true,
            steps: Cell::new(STEPS_MAX),
        };
        while reach.changed {
            reach.changed = false;
            reach.step();
        }
        reach
    }

    /// Where a gauge can stand, lowest and highest.
    pub(super) fn gauge(&self, gauge: GaugeId) -> (i64, i64) {
        let span = &self.gauges[gauge.at()];
        (span.low, span.high)
    }

    /// Whether any effect that can happen moves a gauge.
    pub(super) fn moves(&self, gauge: GaugeId) -> bool {
        let (low, high) = self.gauge(gauge);
        low < high
    }

    /// Whether no effect moves a gauge in the moment of STARTEX.
    pub(super) fn still_at_startex(&self, gauge: GaugeId) -> bool {
        let span = &self.gauges[gauge.at()];
        span.lowered > SimTime::ZERO && span.raised > SimTime::ZERO
    }

    /// Whether an effect can deliver an inject.
    pub(super) fn sent(&self, inject: usize) -> bool {
        self.sent[inject] != SimTime::NEVER
    }

    /// Looks at everything once more; what comes sooner than was known is followed.
    fn step(&mut self) {
        let scenario = self.scenario;
        for (row, inject) in scenario.injects.iter().enumerate() {
            let comes = self.within(self.comes(row, inject));
            if comes < self.injects[row] {
                self.injects[row] = comes;
                self.follow(&inject.then, comes);
            }
        }
        for (row, question) in scenario.questions.iter().enumerate() {
            let opens = question.opens.filter(|opens| *opens < scenario.clock.length);
            let opens = self.within(opens.unwrap_or(SimTime::NEVER).min(self.asked[row]));
            if opens < self.questions[row] {
                self.questions[row] = opens;
                self.follow(&question.then, opens);
                if let Some(lapses) = question.lapses {
                    self.follow(&question.lapse_then, self.within(opens + lapses));
                }
            }
            for (number, choice) in question.choices.iter().enumerate() {
                let mut offered = self.questions[row].max(self.earliest(&choice.when));
                if self.asked[row] == SimTime::NEVER && offered > self.questions[row] {
                    // Choices are picked as the question opens, and this one opens at its moment only.
                    offered = SimTime::NEVER;
                }
                if offered < self.choices[row][number] {
                    self.choices[row][number] = offered;
                    self.follow(&choice.then, offered);
                }
            }
        }
        for (row, action) in scenario.actions.iter().enumerate() {
            let begins = self.within(self.earliest(&action.when));
            if begins < self.actions[row] {
                self.changed = true;
                self.actions[row] = begins;
                self.follow(&action.then, self.within(begins + action.takes));
            }
        }
        for (row, inject) in scenario.injects.iter().enumerate() {
            let InjectKind::Checkpoint(checkpoint) = &inject.kind else { continue };
            let seen = self.earliest(&checkpoint.met_when).max(checkpoint.opens);
            if seen < checkpoint.closes && seen < self.seen[row] {
                self.changed = true;
                self.seen[row] = seen;
            }
        }
        self.step_of_the_world();
    }

    /// What goes on by itself, and the clocks of duties.
    fn step_of_the_world(&mut self) {
        let scenario = self.scenario;
        for (row, spread) in scenario.spreads.iter().enumerate() {
            // Kept, not asked anew: a spread may wait for itself, alone or by way of others.
            let begins = self.within(self.begins(row));
            let unless = spread.unless.as_ref().map_or(SimTime::NEVER, |unless| self.earliest(unless));
            let contained = self.within(self.stopped[row].min(unless));
            self.changed |= begins < self.begun[row] || contained < self.contained[row];
            sooner(&mut self.begun[row], begins);
            sooner(&mut self.contained[row], contained);
            let steps = (self.begun[row] + spread.first).max(self.earliest(&spread.goes_while));
            let steps = self.within(steps);
            if steps < self.spreads[row] {
                self.spreads[row] = steps;
                self.follow(&spread.then, steps);
            }
        }
        for (row, duty) in scenario.duties.iter().enumerate() {
            let comes = |condition: &Option<Condition>| {
                condition.as_ref().map_or(SimTime::NEVER, |condition| self.within(self.earliest(condition)))
            };
            let (starts, met) = (comes(&duty.starts), comes(&duty.met));
            self.changed |= starts < self.duties[row] || met < self.met[row];
            sooner(&mut self.duties[row], starts);
            sooner(&mut self.met[row], met);
        }
    }

    /// When a spread begins.
    fn begins(&self, row: usize) -> SimTime {
        let spread = &self.scenario.spreads[row];
        match &spread.start {
            _ if spread.chance == 0 => SimTime::NEVER,
            SpreadStart::Startex => SimTime::ZERO,
            SpreadStart::When(start) => self.started[row].min(self.earliest(start)),
            SpreadStart::Effect => self.started[row],
        }
    }

    /// What comes after ENDEX does not come.
    fn within(&self, moment: SimTime) -> SimTime {
        if moment > self.scenario.clock.length { SimTime::NEVER } else { moment }
    }

    fn comes(&self, row: usize, inject: &Inject) -> SimTime {
        let holds = self.earliest(&inject.when);
        if inject.chance == 0 || matches!(inject.kind, InjectKind::Checkpoint(_)) {
            return SimTime::NEVER;
        }
        let by_effect = self.sent[row].max(holds);
        let by_itself = match &inject.trigger {
            Trigger::At(at) if *at >= self.scenario.clock.length => SimTime::NEVER,
            Trigger::At(at) => {
                let waits = inject.until.is_some_and(|until| holds < until);
                if holds > *at + inject.jitter && !waits { SimTime::NEVER } else { holds.max(*at) }
            }
            Trigger::After(condition, delay) => (self.earliest(condition) + *delay).max(holds),
            Trigger::When => holds,
            Trigger::Effect => SimTime::NEVER,
        };
        by_effect.min(by_itself)
    }

    fn follow(&mut self, effects: &[Effect], at: SimTime) {
        self.changed = true;
        if at == SimTime::NEVER {
            return;
        }
        for effect in effects {
            match *effect {
                Effect::Set(gauge, amount) => self.push(gauge, amount, amount, at),
                // Once is enough to know the direction; it may happen again and again.
                Effect::Add(gauge, amount) => {
                    let bounds = self.scenario.gauge(gauge);
                    let (low, high) = self.gauge(gauge);
                    let low = if amount < 0 { bounds.min } else { low };
                    let high = if amount > 0 { bounds.max } else { high };
                    self.push(gauge, low, high, at);
                }
                Effect::Deliver(inject, delay) => sooner(&mut self.sent[inject.at()], at + delay),
                Effect::Ask(question) => sooner(&mut self.asked[question.at()], at),
                Effect::Reveal(evidence) if self.scenario.artefact(evidence).chance == 0 => {}
                Effect::Reveal(evidence) => sooner(&mut self.evidence[evidence.at()], at),
                Effect::Start(spread) => sooner(&mut self.started[spread.at()], at),
                Effect::Stop(spread) => sooner(&mut self.stopped[spread.at()], at),
                Effect::StartDuty(duty) => sooner(&mut self.duties[duty.at()], at),
                Effect::MeetDuty(duty) => sooner(&mut self.met[duty.at()], at),
                Effect::Cancel(_) | Effect::Close(_) | Effect::DeclareDuty(_) | Effect::End => {}
            }
        }
    }

    fn push(&mut self, gauge: GaugeId, low: i64, high: i64, at: SimTime) {
        let bounds = self.scenario.gauge(gauge);
        let span = &mut self.gauges[gauge.at()];
        let start = bounds.start;
        span.low = span.low.min(low.max(bounds.min));
        span.high = span.high.max(high.min(bounds.max));
        if low < start {
            sooner(&mut span.lowered, at);
        }
        if high > start {
            sooner(&mut span.raised, at);
        }
    }

    /// When a condition can hold at the earliest.
    pub(super) fn earliest(&self, condition: &Condition) -> SimTime {
        let scenario = self.scenario;
        match condition {
            // Alone, every seat is taken.
            Condition::Always | Condition::Not(_) | Condition::Before(_) | Condition::Seated(_) => {
                SimTime::ZERO
            }
            Condition::All(parts) => {
                parts.iter().map(|part| self.earliest(part)).max().unwrap_or(SimTime::ZERO)
            }
            Condition::Any(parts) => {
                parts.iter().map(|part| self.earliest(part)).min().unwrap_or(SimTime::NEVER)
            }
            Condition::Chosen(question, choice) | Condition::Paired(question, choice, _) => {
                self.choices[question.at()][choice.at()]
            }
            Condition::Answered(question) => self.questions[question.at()],
            Condition::Lapsed(question) => {
                self.questions[question.at()] + scenario.question(*question).lapses.unwrap_or(SimTime::NEVER)
            }
            Condition::Did(action) => self.actions[action.at()] + scenario.action(*action).takes,
            Condition::Delivered(inject) => self.injects[inject.at()],
            Condition::Met(inject) => self.seen[inject.at()],
            Condition::Missed(inject) => match &scenario.inject(*inject).kind {
                InjectKind::Checkpoint(checkpoint) => checkpoint.closes,
                InjectKind::Contextual | InjectKind::Contingency => SimTime::NEVER,
            },
            Condition::Examined(evidence) => {
                self.evidence[evidence.at()] + scenario.artefact(*evidence).takes
            }
            Condition::Categorized(..) => {
                let calls = scenario.questions.iter().zip(&self.questions);
                let calls = calls.filter(|(question, _)| matches!(question.ask, Ask::Categorize(_)));
                calls.map(|(_, opens)| *opens).min().unwrap_or(SimTime::NEVER)
            }
            Condition::AtLeast(gauge, amount) => self.stands_at_least(*gauge, *amount),
            Condition::AtMost(gauge, amount) => self.stands_at_most(*gauge, *amount),
            Condition::From(moment) => *moment,
            Condition::Spreading(spread) => self.begun[spread.at()],
            Condition::Contained(spread) => self.contained[spread.at()],
            // How long a deadline is depends on the day, so only its start is certain.
            Condition::DutyRunning(duty) | Condition::DutyMissed(duty) => self.duties[duty.at()],
            Condition::DutyMet(duty) => self.met[duty.at()],
        }
    }

    fn stands_at_least(&self, gauge: GaugeId, amount: i64) -> SimTime {
        let span = &self.gauges[gauge.at()];
        match self.scenario.gauge(gauge).start >= amount {
            true => SimTime::ZERO,
            false if span.high < amount => SimTime::NEVER,
            false => span.raised,
        }
    }

    fn stands_at_most(&self, gauge: GaugeId, amount: i64) -> SimTime {
        let span = &self.gauges[gauge.at()];
        match self.scenario.gauge(gauge).start <= amount {
            true => SimTime::ZERO,
            false if span.low > amount => SimTime::NEVER,
            false => span.lowered,
        }
    }

    /// Whether a condition can hold in some drill before it is over.
    pub(super) fn possible(&self, condition: &Condition) -> bool {
        self.earliest(condition) <= self.scenario.clock.length
    }

    /// Whether a condition can hold at the end of some drill, where what is still open has lapsed.
    pub(super) fn possible_at_the_end(&self, condition: &Condition) -> bool {
        match condition {
            Condition::All(parts) => parts.iter().all(|part| self.possible_at_the_end(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.possible_at_the_end(part)),
            Condition::Lapsed(question) => self.questions[question.at()] != SimTime::NEVER,
            Condition::Missed(inject) => match &self.scenario.inject(*inject).kind {
                InjectKind::Checkpoint(checkpoint) => checkpoint.opens <= self.scenario.clock.length,
                InjectKind::Contextual | InjectKind::Contingency => false,
            },
            Condition::Always
            | Condition::Not(_)
            | Condition::Chosen(..)
            | Condition::Paired(..)
            | Condition::Seated(_)
            | Condition::Answered(_)
            | Condition::Did(_)
            | Condition::Delivered(_)
            | Condition::Met(_)
            | Condition::Examined(_)
            | Condition::Categorized(..)
            | Condition::AtLeast(..)
            | Condition::AtMost(..)
            | Condition::From(_)
            | Condition::Before(_)
            | Condition::Spreading(_)
            | Condition::Contained(_)
            | Condition::DutyRunning(_)
            | Condition::DutyMet(_)
            | Condition::DutyMissed(_) => self.possible(condition),
        }
    }
}

fn sooner(known: &mut SimTime, moment: SimTime) {
    *known = (*known).min(moment);
}
