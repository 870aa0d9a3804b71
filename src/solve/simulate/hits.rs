//! What was reached how often, told by the facts of each drill.

use crate::engine::{DutyStep, Fact, SpreadStep, State, What, holds};
use crate::scenario::{
    ActionId, ChoiceId, Condition, EndingId, InjectId, InjectKind, QuestionId, Scenario, SpreadId, TruthId,
};

/// In how many drills each thing was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Drills in all.
    pub drills: u32,
    /// Injects that were delivered, checkpoints that were met.
    pub injects: Vec<u32>,
    /// What became of questions.
    pub questions: Vec<Answered>,
    /// Choices that were part of an answer, by question.
    pub choices: Vec<Vec<u32>>,
    /// Actions that were done.
    pub actions: Vec<u32>,
    /// Evidence that was examined.
    pub evidence: Vec<u32>,
    /// Spreads that went a step at least.
    pub spreads: Vec<u32>,
    /// Duties whose clock started.
    pub duties: Vec<u32>,
    /// Endings.
    pub endings: Vec<u32>,
    /// Both sides of every condition.
    pub gates: Vec<(Gate, Side)>,
}

/// What became of a question, in drills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// It opened.
    pub opened: u32,
    /// It was answered.
    pub answered: u32,
    /// Nobody answered in time.
    pub lapsed: u32,
}

/// Where a condition stands in the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// An inject's `when`, looked at when it is due.
    Inject(InjectId),
    /// A checkpoint's `met`.
    Checkpoint(InjectId),
    /// A choice's `when`, looked at when its question opens.
    Choice(QuestionId, ChoiceId),
    /// An action's `when`: whether it was done. Whether it could have been is not looked at.
    Action(ActionId),
    /// A truth's `when`: whether it came into force.
    Truth(TruthId),
    /// A spread's `while`, looked at step by step.
    Goes(SpreadId),
    /// A spread's `unless`.
    Stops(SpreadId),
    /// An ending's `when`, looked at at ENDEX.
    Ending(EndingId),
}

/// In how many drills a condition held when it was looked at, and in how many it did not;
/// a drill may count on both sides, or on neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// It held.
    pub held: u32,
    /// It did not.
    pub failed: u32,
}

impl Hits {
    /// Nothing counted yet.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let none = |count: usize| vec![0; count];
        Self {
            drills: 0,
            injects: none(scenario.injects.len()),
            questions: vec![Answered::default(); scenario.questions.len()],
            choices: scenario.questions.iter().map(|q| none(q.choices.len())).collect(),
            actions: none(scenario.actions.len()),
            evidence: none(scenario.evidence.len()),
            spreads: none(scenario.spreads.len()),
            duties: none(scenario.duties.len()),
            endings: none(scenario.endings.len()),
            gates: gates(scenario).into_iter().map(|gate| (gate, Side::default())).collect(),
        }
    }

    /// Sets every count to nought.
    fn clear(&mut self) {
        self.drills = 0;
        let tables = [&mut self.injects, &mut self.actions, &mut self.evidence, &mut self.spreads];
        tables.into_iter().chain([&mut self.duties, &mut self.endings]).for_each(|table| table.fill(0));
        self.questions.fill(Answered::default());
        self.choices.iter_mut().for_each(|choices| choices.fill(0));
        self.gates.iter_mut().for_each(|(_, side)| *side = Side::default());
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact reaches a thing of the script")]
    fn take(&mut self, what: &What, seen: &mut Seen) {
        match what {
            What::Delivered(inject) => {
                self.injects[inject.at()] = 1;
                seen.injects[inject.at()].held = 1;
            }
            What::Withheld(inject) | What::Awaited { inject, .. } => seen.injects[inject.at()].failed = 1,
            What::Met(inject) => {
                self.injects[inject.at()] = 1;
                seen.injects[inject.at()].held = 1;
            }
            What::Missed(inject) => seen.injects[inject.at()].failed = 1,
            What::Opened { question, offered, .. } => {
                self.questions[question.at()].opened = 1;
                for (row, side) in seen.choices[question.at()].iter_mut().enumerate() {
                    let shown = offered.contains(&ChoiceId::of(row));
                    *side = Side { held: u32::from(shown), failed: u32::from(!shown) };
                }
            }
            What::Answered { question, answer, .. } => {
                self.questions[question.at()].answered = 1;
                answer.choices().iter().for_each(|choice| self.choices[question.at()][choice.at()] = 1);
            }
            What::Lapsed(question) => self.questions[question.at()].lapsed = 1,
            What::Did(action) => self.actions[action.at()] = 1,
            What::Examined(evidence) => self.evidence[evidence.at()] = 1,
            What::Known(truth) => seen.truths[truth.at()] = 1,
            What::Spread { spread, step } => match step {
                SpreadStep::Went { .. } => {
                    self.spreads[spread.at()] = 1;
                    seen.goes[spread.at()].held = 1;
                }
                SpreadStep::Waited { .. } => seen.goes[spread.at()].failed = 1,
                SpreadStep::Contained => seen.stopped[spread.at()] = 1,
                SpreadStep::LeftOut | SpreadStep::Began { .. } => {}
            },
            What::Duty { duty, step: DutyStep::Started { .. } } => self.duties[duty.at()] = 1,
            What::Ended { ending, .. } => self.endings[ending.at()] = 1,
            _ => {}
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: &Self) {
        let sum = |own: &mut [u32], more: &[u32]| own.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        self.drills += other.drills;
        sum(&mut self.injects, &other.injects);
        for (own, more) in self.questions.iter_mut().zip(&other.questions) {
            own.opened += more.opened;
            own.answered += more.answered;
            own.lapsed += more.lapsed;
        }
        self.choices.iter_mut().zip(&other.choices).for_each(|(own, more)| sum(own, more));
        sum(&mut self.actions, &other.actions);
        sum(&mut self.evidence, &other.evidence);
        sum(&mut self.spreads, &other.spreads);
        sum(&mut self.duties, &other.duties);
        sum(&mut self.endings, &other.endings);
        for ((_, own), (_, more)) in self.gates.iter_mut().zip(&other.gates) {
            own.held += more.held;
            own.failed += more.failed;
        }
    }
}

/// Counts drill after drill, in the same tables.
pub(super) struct Counter<'s> {
    scenario: &'s Scenario,
    all: Hits,
    drill: Hits,
    seen: Seen,
}

impl<'s> Counter<'s> {
    /// Nothing counted yet.
    pub(super) fn new(scenario: &'s Scenario) -> Self {
        let (all, drill) = (Hits::new(scenario), Hits::new(scenario));
        Self { scenario, all, drill, seen: Seen::new(scenario) }
    }

    /// Counts one drill, which has come to ENDEX.
    pub(super) fn count(&mut self, end: &State, facts: &[Fact]) {
        let Self { drill, seen, .. } = self;
        drill.clear();
        seen.clear();
        drill.drills = 1;
        for fact in facts {
            drill.take(&fact.what, seen);
        }
        let endings = self.scenario.endings.iter().map(|ending| holds(&ending.when, end, end.at));
        seen.endings.iter_mut().zip(endings).for_each(|(seen, holds)| *seen = holds);
        drill.gates.iter_mut().for_each(|(gate, side)| *side = seen.side(*gate, &drill.actions));
        self.all.add(drill);
    }

    /// What was counted.
    pub(super) fn hits(self) -> Hits {
        self.all
    }
}

/// What one drill showed of conditions.
struct Seen {
    injects: Vec<Side>,
    choices: Vec<Vec<Side>>,
    truths: Vec<u32>,
    goes: Vec<Side>,
    stopped: Vec<u32>,
    endings: Vec<bool>,
}

impl Seen {
    fn new(scenario: &Scenario) -> Self {
        Self {
            injects: vec![Side::default(); scenario.injects.len()],
            choices: scenario.questions.iter().map(|q| vec![Side::default(); q.choices.len()]).collect(),
            truths: vec![0; scenario.truth.len()],
            goes: vec![Side::default(); scenario.spreads.len()],
            stopped: vec![0; scenario.spreads.len()],
            endings: vec![false; scenario.endings.len()],
        }
    }

    fn clear(&mut self) {
        self.injects.fill(Side::default());
        self.choices.iter_mut().for_each(|choices| choices.fill(Side::default()));
        self.truths.fill(0);
        self.goes.fill(Side::default());
        self.stopped.fill(0);
        self.endings.fill(false);
    }

    fn side(&self, gate: Gate, actions: &[u32]) -> Side {
        let either = |held: u32| Side { held, failed: 1 - held };
        match gate {
            Gate::Inject(id) | Gate::Checkpoint(id) => self.injects[id.at()],
            Gate::Choice(question, choice) => self.choices[question.at()][choice.at()],
            Gate::Action(id) => either(actions[id.at()]),
            Gate::Truth(id) => either(self.truths[id.at()]),
            Gate::Goes(id) => self.goes[id.at()],
            Gate::Stops(id) => either(self.stopped[id.at()]),
            Gate::Ending(id) => either(u32::from(self.endings[id.at()])),
        }
    }
}

/// Every condition that is not always true, in the order of the script's parts.
fn gates(scenario: &Scenario) -> Vec<Gate> {
    let asks = |condition: &Condition| *condition != Condition::Always;
    let mut gates = Vec::new();
    for (row, truth) in scenario.truth.iter().enumerate() {
        gates.extend(asks(&truth.when).then_some(Gate::Truth(TruthId::of(row))));
    }
    for (row, inject) in scenario.injects.iter().enumerate() {
        let id = InjectId::of(row);
        match inject.kind {
            InjectKind::Checkpoint(_) => gates.push(Gate::Checkpoint(id)),
            InjectKind::Contextual | InjectKind::Contingency => {
                gates.extend(asks(&inject.when).then_some(Gate::Inject(id)));
            }
        }
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        let choices = question.choices.iter().enumerate().filter(|(_, choice)| asks(&choice.when));
        gates.extend(choices.map(|(choice, _)| Gate::Choice(QuestionId::of(row), ChoiceId::of(choice))));
    }
    for (row, action) in scenario.actions.iter().enumerate() {
        gates.extend(asks(&action.when).then_some(Gate::Action(ActionId::of(row))));
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        gates.extend(asks(&spread.goes_while).then_some(Gate::Goes(SpreadId::of(row))));
        gates.extend(spread.unless.is_some().then_some(Gate::Stops(SpreadId::of(row))));
    }
    for (row, ending) in scenario.endings.iter().enumerate() {
        gates.extend(asks(&ending.when).then_some(Gate::Ending(EndingId::of(row))));
    }
    gates
}
