//! The branch after a fork, played to ENDEX: what was decided is kept where it can be.

use super::{Fork, Taken, WhatIf, asked};
use crate::engine::{Answer, Asked, Fact, Input, Refusal, State, Submission, What, step};
use crate::scenario::{QuestionId, SimTime};
use crate::score::Credit;
use crate::solve::answers::rated;
use crate::solve::reads::{Here, Live};

/// A drill that goes on otherwise.
pub(super) struct Branch<'w> {
    drill: &'w WhatIf<'w>,
    fork: &'w Fork,
    pub(super) state: State,
    /// The facts from the fork on.
    pub(super) facts: Vec<Fact>,
    /// How many of them were looked at.
    seen: usize,
    now: SimTime,
    /// What is still to be done, the next last.
    plan: Vec<Planned<'w>>,
    /// Work that was not possible at its moment.
    waiting: Vec<&'w Input>,
    /// Why what was put in did not happen.
    pub(super) refused: Option<Refusal>,
}

/// Something that will be done.
struct Planned<'w> {
    at: SimTime,
    /// Its place in the drill, for what falls on one moment.
    row: usize,
    what: Doing<'w>,
}

/// What will be done.
enum Doing<'w> {
    /// The same as in the drill.
    Kept(&'w Input),
    /// What the fork puts in.
    Put(&'w Input),
    /// The best answer there is.
    Best(QuestionId),
}

impl<'w> Branch<'w> {
    pub(super) fn play(drill: &'w WhatIf<'w>, state: State, fork: &'w Fork) -> Self {
        let rest = drill.facts.len() - fork.cut;
        let now = state.at;
        let mut branch = Self {
            drill,
            fork,
            state,
            facts: Vec::with_capacity(rest + rest / 4 + 8),
            seen: 0,
            now,
            plan: Vec::new(),
            waiting: Vec::new(),
            refused: None,
        };
        let first = drill.steps.partition_point(|taken| taken.row < fork.cut);
        for (row, taken) in drill.steps.iter().enumerate().skip(first) {
            let opened = taken.about.is_none_or(|id| asked(&branch.state, id));
            if opened && branch.keeps(row, taken) {
                let what = Doing::Kept(&taken.step.input);
                branch.plan.push(Planned { at: taken.step.at, row: taken.row, what });
            }
        }
        branch.plan.reverse();
        if let Some(put) = &fork.put {
            branch.put(Planned { at: put.at, row: fork.cut, what: Doing::Put(&put.input) });
        }
        branch.run();
        branch
    }

    /// Whether a step of the drill is done again. The clock does not stop for nothing.
    fn keeps(&self, row: usize, taken: &Taken) -> bool {
        !matches!(taken.step.input, Input::Pause(_) | Input::Resume) && !self.fork.without.contains(&row)
    }

    /// Plans something, after what is planned for the same moment and stood earlier in the drill.
    fn put(&mut self, planned: Planned<'w>) {
        let key = (planned.at, planned.row);
        let place = self.plan.partition_point(|other| (other.at, other.row) >= key);
        self.plan.insert(place, planned);
    }

    fn run(&mut self) {
        let length = self.drill.scenario.clock.length;
        while !self.state.over() {
            self.catch_up();
            let next = self.plan.last().map_or(length, |planned| planned.at.min(length));
            let until = if self.waiting.is_empty() { next } else { next.min(self.turn_after(self.now)) };
            let before = self.facts.len();
            let ticked = step(self.drill.scenario, &mut self.state, until, &Input::Tick, &mut self.facts);
            if ticked.is_err() {
                return;
            }
            if self.facts.len() > before {
                self.now = self.state.at;
                self.notice();
                continue;
            }
            self.now = until;
            let due = self.plan.pop_if(|planned| planned.at <= until);
            match due {
                Some(planned) => self.take(planned.what),
                None if until >= length => return,
                None => {}
            }
            self.notice();
        }
    }

    /// The next moment at which something may come on offer by the clock alone.
    fn turn_after(&self, now: SimTime) -> SimTime {
        let watch = &self.drill.scenario.watch;
        let row = watch.partition_point(|moment| *moment <= now);
        watch.get(row).copied().unwrap_or(SimTime::NEVER)
    }

    /// Begins work that had to wait, as soon as it can be.
    fn catch_up(&mut self) {
        let mut row = 0;
        while row < self.waiting.len() && self.state.busy.is_none() && !self.state.over() {
            match self.submit(self.waiting[row]) {
                Err(Refusal::Busy(_) | Refusal::NotAvailable) => row += 1,
                _ => drop(self.waiting.remove(row)),
            }
            self.notice();
        }
    }

    fn submit(&mut self, input: &Input) -> Result<(), Refusal> {
        step(self.drill.scenario, &mut self.state, self.now, input, &mut self.facts)
    }

    fn take(&mut self, what: Doing<'w>) {
        let input = match what {
            Doing::Kept(input) => input,
            Doing::Put(input) => {
                self.refused = self.submit(input).err();
                return;
            }
            Doing::Best(question) => return self.answer_best(question),
        };
        let Err(refusal) = self.submit(input) else { return };
        match (input, refusal) {
            (Input::Do(_) | Input::Examine(_), Refusal::Busy(_) | Refusal::NotAvailable) => {
                self.waiting.push(input);
            }
            (Input::Answer(submission), Refusal::NotOffered | Refusal::Incomplete) => {
                self.answer_best(submission.question);
            }
            _ => {}
        }
    }

    /// Plans what the trainee does about questions that have just opened.
    fn notice(&mut self) {
        while self.seen < self.facts.len() {
            let fact = &self.facts[self.seen];
            self.seen += 1;
            if let What::Opened { question, .. } = fact.what {
                let opened = fact.at;
                self.meet(question, opened);
            }
        }
    }

    fn meet(&mut self, question: QuestionId, opened: SimTime) {
        let drill = self.drill;
        let meeting = drill.met[question.at()];
        let mut known = meeting.silent;
        let then = meeting.opened.unwrap_or(SimTime::ZERO);
        for (row, taken) in drill.steps.iter().enumerate() {
            if taken.about != Some(question) {
                continue;
            }
            known |= matches!(taken.step.input, Input::Answer(_));
            if self.keeps(row, taken) {
                let at = opened + taken.step.at.since(then);
                self.put(Planned { at, row: taken.row, what: Doing::Kept(&taken.step.input) });
            }
        }
        if !known {
            self.put(Planned { at: opened, row: usize::MAX, what: Doing::Best(question) });
        }
    }

    /// The answer that is worth most as things stand, unless silence is worth more.
    fn answer_best(&mut self, question: QuestionId) {
        let drill = self.drill;
        if !matches!(self.state.questions[question.at()], Asked::Open { .. }) {
            return;
        }
        if let Some((answer, credit)) = drill.rated(&self.state, self.now, question).into_iter().next()
            && credit >= Credit::percent(drill.scenario.question(question).lapse_credit)
        {
            let input = given(question, answer);
            // A refusal leaves the trainee silent.
            let _ = self.submit(&input);
        }
    }
}

/// An answer as it is handed in, without how sure or why.
pub(super) const fn given(question: QuestionId, answer: Answer) -> Input {
    Input::Answer(Submission { question, answer, confidence: None, reason: None })
}

impl WhatIf<'_> {
    /// The answers that can make a difference, each with what it is worth, the most valuable first.
    pub(super) fn rated(&self, state: &State, now: SimTime, question: QuestionId) -> Vec<(Answer, Credit)> {
        let mut live = Live::none(&self.reads);
        self.reads.live(self.scenario, state, now, &mut live);
        rated(self.scenario, &self.reads, Here { state, live: &live }, question, state.truth)
    }
}
