//! What follows at one moment: facts, one by one, each folded into a scratch
//! state before the next is judged.
//!
//! Ties, in this order, each in the order of the script: work that is finished,
//! questions that lapse, questions that open on the clock, injects that are
//! due, waits and checkpoint windows that close, spreads that go on, deadlines
//! of duties, ENDEX by time. Then whatever these set off, until nothing more
//! follows: the truth in force, duties that start or are met, spreads that are
//! contained or begin, expected actions seen, injects whose condition has
//! come, endings that apply at once.
//! Windows are half-open: what closes at a moment is closed at that moment.

use super::chance::Stream;
use super::condition::holds;
use super::fact::{EndCause, Fact, What};
use super::input::Settings;
use super::state::{Asked, Delivery, Phase, Shelf, State, Work};
use crate::scenario::{
    Ask, Checkpoint, ChoiceId, Condition, Effect, EndingId, EvidenceId, GaugeId, Inject, InjectId,
    InjectKind, QuestionId, Scenario, SimTime, Trigger, TruthId,
};

/// One moment being worked out.
pub(super) struct Moment<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) state: State,
    pub(super) now: SimTime,
    facts: Vec<Fact>,
}

impl<'s> Moment<'s> {
    pub(super) fn new(scenario: &'s Scenario, state: &State, now: SimTime) -> Self {
        Self { scenario, state: state.clone(), now, facts: Vec::new() }
    }

    pub(super) fn into_facts(self) -> Vec<Fact> {
        self.facts
    }

    /// Records a fact and folds it in.
    pub(super) fn fact(&mut self, what: What) {
        let fact = Fact { at: self.now, what };
        self.state.apply(&fact);
        self.facts.push(fact);
    }

    pub(super) fn holds(&self, condition: &Condition) -> bool {
        holds(condition, &self.state, self.now)
    }

    pub(super) fn settings(&self) -> Settings {
        match self.state.phase {
            Phase::Running(settings) => settings,
            Phase::Before | Phase::Over(..) => unreachable!("checked: only a running drill has moments"),
        }
    }

    /// Everything that is due at this moment by itself, and what follows.
    pub(super) fn due(&mut self) {
        if let Some((work, until)) = self.state.busy
            && until <= self.now
        {
            self.finish(work);
        }
        for row in 0..self.scenario.questions.len() {
            let question = QuestionId::of(row);
            match self.state.questions[row] {
                Asked::Open { lapses, .. } if lapses <= self.now => self.lapse(question),
                Asked::Idle if self.scenario.questions[row].opens == Some(self.now) => self.ask(question),
                Asked::Idle | Asked::Open { .. } | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => {
                }
            }
        }
        for row in 0..self.scenario.injects.len() {
            match self.state.injects[row] {
                Delivery::Due(due) if due <= self.now => self.bring(InjectId::of(row)),
                Delivery::Again { due, number } if due <= self.now => {
                    self.bring_again(InjectId::of(row), number);
                }
                Delivery::Awaited(until) if until <= self.now => {
                    self.unless_over(What::Withheld(InjectId::of(row)));
                }
                Delivery::Idle => self.close_window(InjectId::of(row)),
                Delivery::Due(_)
                | Delivery::Again { .. }
                | Delivery::Awaited(_)
                | Delivery::Delivered
                | Delivery::Gone
                | Delivery::Met
                | Delivery::Missed => {}
            }
        }
        self.steps_due();
        self.deadlines_due();
        if self.now >= self.scenario.clock.length {
            self.end(EndCause::Time);
        }
        self.settle();
    }

    fn unless_over(&mut self, what: What) {
        if !self.state.over() {
            self.fact(what);
        }
    }

    fn close_window(&mut self, inject: InjectId) {
        if let InjectKind::Checkpoint(checkpoint) = &self.scenario.inject(inject).kind
            && checkpoint.closes <= self.now
        {
            self.unless_over(What::Missed(inject));
        }
    }

    /// Whatever the facts so far set off, until nothing more follows.
    pub(super) fn settle(&mut self) {
        while !self.state.over() {
            let before = self.facts.len();
            self.know();
            self.see_duties();
            self.see_spreads();
            for inject in &self.scenario.reactive {
                self.react(*inject);
            }
            for row in 0..self.scenario.endings.len() {
                let ending = &self.scenario.endings[row];
                if ending.at_once && self.state.running() && self.holds(&ending.when) {
                    self.end(EndCause::Story);
                }
            }
            if self.facts.len() == before {
                return;
            }
        }
    }

    /// Notes which truth is in force.
    fn know(&mut self) {
        let truth = &self.scenario.truth;
        let in_force = (0..truth.len())
            .filter(|row| truth[*row].from <= self.now && self.holds(&truth[*row].when))
            .max_by_key(|row| (truth[*row].from, *row))
            .map(TruthId::of);
        if let Some(truth) = in_force
            && self.state.truth != in_force
        {
            self.unless_over(What::Known(truth));
        }
    }

    /// Sees whether an inject's condition has come, or an expected action.
    fn react(&mut self, id: InjectId) {
        if self.state.over() {
            return;
        }
        let inject = self.scenario.inject(id);
        match (self.state.injects[id.at()], &inject.kind, &inject.trigger) {
            (Delivery::Idle, InjectKind::Checkpoint(checkpoint), _) => self.see(id, checkpoint),
            (Delivery::Idle, _, Trigger::After(condition, delay)) if self.holds(condition) => {
                self.schedule(id, inject, *delay);
            }
            (Delivery::Idle, _, Trigger::When) if self.holds(&inject.when) => {
                self.schedule(id, inject, SimTime::ZERO);
            }
            (Delivery::Awaited(_), ..) if self.holds(&inject.when) => self.deliver(id),
            _ => {}
        }
    }

    fn see(&mut self, id: InjectId, checkpoint: &Checkpoint) {
        let open = checkpoint.opens <= self.now && self.now < checkpoint.closes;
        if open && self.holds(&checkpoint.met_when) {
            self.unless_over(What::Met(id));
        }
    }

    fn schedule(&mut self, id: InjectId, inject: &Inject, delay: SimTime) {
        let due = self.now + delay + jitter(self.settings(), inject);
        if due == self.now {
            self.bring(id);
        } else {
            self.unless_over(What::Scheduled { inject: id, due });
        }
    }

    /// An inject is due: it is delivered, waited for, or withheld.
    fn bring(&mut self, id: InjectId) {
        let inject = self.scenario.inject(id);
        if self.state.over() {
        } else if self.holds(&inject.when) {
            self.deliver(id);
        } else if let Some(until) = inject.until
            && self.now < until
        {
            self.fact(What::Awaited { inject: id, until });
        } else {
            self.fact(What::Withheld(id));
        }
    }

    fn deliver(&mut self, id: InjectId) {
        if !self.state.over() {
            let stands = self.state.injects[id.at()];
            let number = if let Delivery::Again { number, .. } = stands { number } else { 1 };
            self.fact(What::Delivered(id));
            self.come_again(id, number.saturating_add(1));
            self.follow(&self.scenario.inject(id).then);
        }
    }

    /// An inject that comes again is due: it is delivered, left out this time, or comes no more.
    fn bring_again(&mut self, id: InjectId, number: u16) {
        let inject = self.scenario.inject(id);
        let unless = inject.again.as_ref().and_then(|again| again.unless.as_ref());
        if self.state.over() {
        } else if unless.is_some_and(|unless| self.holds(unless)) {
            self.fact(What::Cancelled(id));
        } else if self.holds(&inject.when) {
            self.deliver(id);
        } else {
            self.fact(What::Withheld(id));
            self.come_again(id, number.saturating_add(1));
        }
    }

    /// Puts an inject on the clock for the `number`-th time, if it comes so often.
    fn come_again(&mut self, id: InjectId, number: u16) {
        let inject = self.scenario.inject(id);
        let Some(again) = &inject.again else { return };
        if again.times.is_none_or(|times| number <= times) {
            let jitter = match inject.jitter {
                SimTime::ZERO => SimTime::ZERO,
                most => {
                    let key = format!("{}#{number}", inject.name);
                    SimTime(self.settings().seed.up_to(Stream::Again, &key, most.0))
                }
            };
            let due = self.now + again.every + jitter;
            self.fact(What::Again { inject: id, number, due });
        }
    }

    fn finish(&mut self, work: Work) {
        match work {
            Work::Action(action) => {
                self.fact(What::Did(action));
                self.follow(&self.scenario.action(action).then);
            }
            Work::Evidence(evidence) => self.fact(What::Examined(evidence)),
        }
    }

    /// Begins work; work that takes no time is done at once.
    pub(super) fn begin(&mut self, work: Work, takes: SimTime) {
        let until = self.now + takes;
        self.fact(match work {
            Work::Action(action) => What::Begun { action, until },
            Work::Evidence(evidence) => What::Examining { evidence, until },
        });
        if takes == SimTime::ZERO {
            self.finish(work);
        }
    }

    fn lapse(&mut self, question: QuestionId) {
        if !self.state.over() {
            self.fact(What::Lapsed(question));
            self.follow(&self.scenario.question(question).lapse_then);
        }
    }

    fn ask(&mut self, id: QuestionId) {
        if self.state.over() {
            return;
        }
        let question = self.scenario.question(id);
        let settings = self.settings();
        let mut offered: Vec<ChoiceId> = (0..question.choices.len())
            .filter(|row| self.holds(&question.choices[*row].when))
            .map(ChoiceId::of)
            .collect();
        if !question.keep_order && !matches!(question.ask, Ask::Triage(_)) {
            settings.seed.shuffle(Stream::Order, question.name.as_str(), &mut offered);
        }
        let window = |length: Option<SimTime>| {
            length.filter(|_| !settings.untimed).map(|length| self.now + length.stretched(settings.factor))
        };
        let (lapses, good) = (window(question.lapses), window(question.good));
        self.fact(What::Opened { question: id, lapses, good, offered });
    }

    /// Carries out effects, in order.
    pub(super) fn follow(&mut self, effects: &[Effect]) {
        for effect in effects {
            if self.state.over() {
                return;
            }
            match *effect {
                Effect::Set(gauge, amount) => self.move_to(gauge, amount),
                Effect::Add(gauge, amount) => {
                    self.move_to(gauge, self.state.gauges[gauge.at()].saturating_add(amount));
                }
                Effect::Deliver(inject, delay) => self.send(inject, delay),
                Effect::Cancel(inject) => {
                    let stands = self.state.injects[inject.at()];
                    if pending(stands) || matches!(stands, Delivery::Again { .. }) {
                        self.fact(What::Cancelled(inject));
                    }
                }
                Effect::Ask(question) => {
                    if self.state.questions[question.at()] == Asked::Idle {
                        self.ask(question);
                    }
                }
                Effect::Close(question) => {
                    if matches!(self.state.questions[question.at()], Asked::Open { .. } | Asked::Idle) {
                        self.fact(What::Closed(question));
                    }
                }
                Effect::Reveal(evidence) => self.reveal(evidence),
                Effect::Start(spread) => self.begin_spread(spread),
                Effect::Stop(spread) => self.stop_spread(spread),
                Effect::StartDuty(duty) => self.start_duty(duty),
                Effect::DeclareDuty(duty) => self.declare_duty(duty),
                Effect::MeetDuty(duty) => self.meet_duty(duty),
                Effect::End => self.end(EndCause::Story),
            }
        }
    }

    fn send(&mut self, inject: InjectId, delay: SimTime) {
        if !pending(self.state.injects[inject.at()]) {
        } else if delay == SimTime::ZERO {
            self.bring(inject);
        } else {
            self.fact(What::Scheduled { inject, due: self.now + delay });
        }
    }

    fn reveal(&mut self, evidence: EvidenceId) {
        if self.state.evidence[evidence.at()] == Shelf::Hidden {
            self.fact(What::Revealed(evidence));
        }
    }

    fn move_to(&mut self, id: GaugeId, amount: i64) {
        let gauge = self.scenario.gauge(id);
        let reads = amount.clamp(gauge.min, gauge.max);
        if reads != self.state.gauges[id.at()] {
            self.fact(What::Moved { gauge: id, reads });
        }
    }

    /// ENDEX: what is open lapses, windows that had opened are missed, an ending applies.
    pub(super) fn end(&mut self, cause: EndCause) {
        if self.state.over() {
            return;
        }
        // What was done at the last moment still meets what it was done for.
        self.see_duties();
        for row in 0..self.state.questions.len() {
            if matches!(self.state.questions[row], Asked::Open { .. }) {
                self.fact(What::Lapsed(QuestionId::of(row)));
            }
        }
        for row in 0..self.state.injects.len() {
            if let InjectKind::Checkpoint(checkpoint) = &self.scenario.injects[row].kind
                && self.state.injects[row] == Delivery::Idle
                && checkpoint.opens <= self.now
            {
                self.fact(What::Missed(InjectId::of(row)));
            }
        }
        let ending = self.scenario.endings.iter().position(|e| self.holds(&e.when));
        let ending = EndingId::of(ending.expect("checked: the last ending always applies"));
        self.fact(What::Ended { cause, ending });
    }
}

/// Whether an inject may still come.
const fn pending(delivery: Delivery) -> bool {
    matches!(delivery, Delivery::Idle | Delivery::Due(_) | Delivery::Awaited(_))
}

/// How late this drill's seed makes an inject.
pub(super) fn jitter(settings: Settings, inject: &Inject) -> SimTime {
    match inject.jitter {
        SimTime::ZERO => SimTime::ZERO,
        most => SimTime(settings.seed.up_to(Stream::Jitter, inject.name.as_str(), most.0)),
    }
}
