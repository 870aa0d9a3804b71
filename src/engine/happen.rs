//! What follows at one moment: facts, one by one, each folded into the state
//! before the next is judged.
//!
//! Ties, in this order, each in the order of the script: work that is finished;
//! questions that lapse or open on the clock; injects that are due, waits and
//! checkpoint windows that close; spreads that go on; deadlines of duties; ENDEX
//! by time. Then whatever these set off, round by round until nothing more
//! follows: the truth in force; duties that start or are met; spreads that are
//! contained or begin; expected actions seen and injects whose condition has
//! come; endings that apply at once. Windows are half-open: what closes at a
//! moment is closed at that moment.
//!
//! Nothing is searched for: what is due stands on the state's agenda and in the
//! scenario's timetable, and only watchers that read what has changed are looked
//! at. That leaves out nothing: a watcher that found nothing to do finds nothing
//! to do until something that it reads changes.

use super::agenda::Item;
use super::chance::Stream;
use super::condition::holds;
use super::fact::{EndCause, Fact, What};
use super::inject::pending;
use super::input::Settings;
use super::state::{Asked, Delivery, Phase, Shelf, State, Work};
use super::turned::Turned;
use crate::scenario::{
    Ask, ChoiceId, ChoiceOrder, Condition, DutyId, Effect, EndingId, EvidenceId, GaugeId, InjectId,
    InjectKind, Mark, QuestionId, Scenario, SimTime, TruthId, Watcher,
};

/// One moment being worked out.
pub(super) struct Moment<'m> {
    pub(super) scenario: &'m Scenario,
    pub(super) state: &'m mut State,
    pub(super) now: SimTime,
    facts: &'m mut Vec<Fact>,
    turned: Turned,
}

impl<'m> Moment<'m> {
    pub(super) fn new(
        scenario: &'m Scenario,
        state: &'m mut State,
        now: SimTime,
        facts: &'m mut Vec<Fact>,
    ) -> Self {
        Self { scenario, state, now, facts, turned: Turned::default() }
    }

    /// Records a fact and folds it in.
    pub(super) fn fact(&mut self, what: What) {
        self.turned.by(self.scenario, &what);
        let fact = Fact { at: self.now, what };
        self.state.apply(&fact);
        self.facts.push(fact);
    }

    pub(super) fn holds(&self, condition: &Condition) -> bool {
        holds(condition, self.state, self.now)
    }

    pub(super) fn settings(&self) -> Settings {
        match self.state.phase {
            Phase::Running(settings) => settings,
            Phase::Before | Phase::Over(..) => unreachable!("checked: only a running drill has moments"),
        }
    }

    /// Everything that is due at this moment by itself, and what follows.
    pub(super) fn due(&mut self) {
        let marks = self.scenario.timetable.at(self.now);
        for (_, mark) in marks {
            if let Mark::Turns(watcher) | Mark::Window(_, watcher) = mark {
                self.turned.put(*watcher);
            }
        }
        if let Some((work, until)) = self.state.busy
            && until <= self.now
        {
            self.finish(work);
        }
        self.due_questions(marks);
        self.due_injects(marks);
        self.steps_due();
        self.deadlines_due();
        if self.now >= self.scenario.clock.length {
            self.end(EndCause::Time);
        }
        self.settle();
    }

    /// Questions that lapse or open, row by row.
    fn due_questions(&mut self, marks: &[(SimTime, Mark)]) {
        let mut from = QuestionId(0);
        loop {
            let lapses = match self.state.agenda.first(self.now, Item::Lapse(from)) {
                Some(Item::Lapse(question)) => Some(question),
                _ => None,
            };
            let opens = match first(marks, Mark::Opens(from)) {
                Some(Mark::Opens(question)) => Some(question),
                _ => None,
            };
            let Some(question) = lapses.into_iter().chain(opens).min() else { return };
            match self.state.questions[question.at()] {
                Asked::Open { .. } if lapses == Some(question) => self.lapse(question),
                Asked::Idle if opens == Some(question) => self.ask(question),
                Asked::Idle | Asked::Open { .. } | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => {
                }
            }
            from = QuestionId(question.0 + 1);
        }
    }

    pub(super) fn unless_over(&mut self, what: What) {
        if !self.state.over() {
            self.fact(what);
        }
    }

    /// Whatever the facts so far set off, until nothing more follows: round by
    /// round, each watcher that may have turned, in their order.
    pub(super) fn settle(&mut self) {
        let mut from = 0;
        while !self.turned.is_empty() && !self.state.over() {
            let Some(id) = self.turned.take(from) else {
                from = 0;
                continue;
            };
            from = id.at() + 1;
            match self.scenario.watchers.all()[id.at()] {
                Watcher::Truth => self.know(),
                Watcher::Duty(duty) => self.see_duty(duty),
                Watcher::Spread(spread) => self.see_spread(spread),
                Watcher::Inject(inject) => self.react(inject),
                Watcher::Ending(ending) => {
                    if self.holds(&self.scenario.endings[ending.at()].when) {
                        self.end(EndCause::Story);
                    }
                }
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
        let mut offered: ChoiceOrder = (0..question.choices.len())
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
        for row in 0..self.scenario.duties.len() {
            self.see_duty(DutyId::of(row));
        }
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

/// The first mark of a moment from `floor` on, in the order of ties.
pub(super) fn first(marks: &[(SimTime, Mark)], floor: Mark) -> Option<Mark> {
    marks[marks.partition_point(|(_, mark)| *mark < floor)..].first().map(|(_, mark)| *mark)
}
