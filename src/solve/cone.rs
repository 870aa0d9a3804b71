//! The cone of influence: everything that a goal depends on, followed backwards.

use super::atoms::{Atom, Atoms, Rows, atoms_of};
use super::reads::{Alive, by_truth, conditions, effects, going, pending};
use crate::engine::{Asked, Shelf, State};
use crate::scenario::{
    Ask, ChoiceId, DutyId, Effect, EndingId, EvidenceId, InjectId, InjectKind, Question, QuestionId,
    Scenario, Stage, TruthId,
};
use crate::score::ItemOf;

/// What exploration is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Which line earns most, and which least.
    Points,
    /// The same, counting one stage only.
    Stage(Stage),
    /// Whether an inject is ever delivered, or an expected action seen.
    Inject(InjectId),
    /// Whether an expected action is ever missed.
    Missed(InjectId),
    /// Whether a question is ever asked.
    Question(QuestionId),
    /// Whether a choice is ever on offer.
    Choice(QuestionId, ChoiceId),
    /// Whether an artefact can ever be examined.
    Evidence(EvidenceId),
    /// Whether an action can ever be begun.
    Action(crate::scenario::ActionId),
    /// Whether a truth ever comes into force.
    Truth(TruthId),
    /// Whether a drill ever ends so.
    Ending(EndingId),
}

/// Items that are followed exactly. All others that have no consequence but their points
/// are taken to be settled as well, and as badly, as can be.
pub(super) type Exact = std::collections::BTreeSet<ItemOf>;

/// What a goal depends on.
#[derive(Clone, Debug)]
pub(super) struct Cone {
    goal: Goal,
    /// Items whose points count for the goal, ascending.
    counted: Vec<ItemOf>,
    /// By question: whether an effect may withdraw it.
    pub(super) closed: Vec<bool>,
    /// What is read by something that matters.
    pub(super) atoms: Atoms,
    /// What has effects that matter.
    pub(super) consequences: Consequences,
    injects: Vec<bool>,
    questions: Vec<bool>,
    actions: Vec<bool>,
    endings: Vec<bool>,
    spreads: Vec<bool>,
    duties: Vec<bool>,
    truth: bool,
}

/// Whose effects matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Consequences {
    injects: Vec<bool>,
    pub(super) questions: Vec<bool>,
    pub(super) actions: Vec<bool>,
}

impl Cone {
    pub(super) fn of(scenario: &Scenario, rows: &Rows, goal: Goal, exact: &Exact) -> Self {
        let mut cone = Self {
            goal,
            counted: counted(scenario, goal),
            closed: closed(scenario),
            atoms: rows.none(),
            consequences: Consequences {
                injects: vec![false; scenario.injects.len()],
                questions: vec![false; scenario.questions.len()],
                actions: vec![false; scenario.actions.len()],
            },
            injects: vec![false; scenario.injects.len()],
            questions: vec![false; scenario.questions.len()],
            actions: vec![false; scenario.actions.len()],
            endings: scenario.endings.iter().map(|e| e.at_once).collect(),
            spreads: vec![false; scenario.spreads.len()],
            duties: vec![false; scenario.duties.len()],
            truth: false,
        };
        cone.begin(rows, exact);
        loop {
            let before = cone.clone();
            cone.spread(scenario, rows, exact);
            if cone.same(&before) {
                return cone;
            }
        }
    }

    fn same(&self, other: &Self) -> bool {
        let parts = |cone: &Self| {
            (cone.atoms.clone(), cone.consequences.clone(), cone.injects.clone(), cone.questions.clone())
        };
        let rest = |cone: &Self| {
            (
                cone.actions.clone(),
                cone.spreads.clone(),
                cone.duties.clone(),
                cone.endings.clone(),
                cone.truth,
            )
        };
        parts(self) == parts(other) && rest(self) == rest(other)
    }

    fn begin(&mut self, rows: &Rows, exact: &Exact) {
        match self.goal {
            Goal::Points | Goal::Stage(_) => {
                for of in self.counted.clone() {
                    match of {
                        ItemOf::Question(id) => self.questions[id.at()] = true,
                        ItemOf::Action(id) => self.actions[id.at()] = true,
                        // Until shown otherwise, an expected action is both met at once and missed.
                        ItemOf::Checkpoint(id) => self.injects[id.at()] |= exact.contains(&of),
                        ItemOf::Duty(id) => self.duties[id.at()] = true,
                    }
                }
            }
            Goal::Inject(id) | Goal::Missed(id) => self.injects[id.at()] = true,
            Goal::Question(id) | Goal::Choice(id, _) => self.questions[id.at()] = true,
            Goal::Evidence(id) => self.atoms.put(rows.row(Atom::Evidence(id.at()))),
            Goal::Action(id) => self.actions[id.at()] = true,
            Goal::Truth(_) => self.truth = true,
            // Endings are judged in order: one that comes first hides the others.
            Goal::Ending(id) => self.endings[..=id.at()].fill(true),
        }
    }

    /// Whether answering a question may ever have to be followed, and not only assumed: it,
    /// its answer or its silence has a consequence, an effect may withdraw it, or silence
    /// may be worth more than an answer.
    pub(super) fn followed(&self, scenario: &Scenario, rows: &Rows, exact: &Exact, row: usize) -> bool {
        let (id, question) = (QuestionId::of(row), &scenario.questions[row]);
        let called = matches!(question.ask, Ask::Categorize(_)) && self.atoms.has(rows.row(Atom::Called));
        exact.contains(&ItemOf::Question(id))
            || self.consequences.questions[row]
            || self.atoms.has(rows.row(Atom::Question(row)))
            || called
            || question.lapse_credit > 0
            || self.closed[row]
    }

    /// One round: readers that matter make what they read matter, and effects on what
    /// matters make their bearers matter.
    fn spread(&mut self, scenario: &Scenario, rows: &Rows, exact: &Exact) {
        let measured = |(row, question): (usize, &Question)| {
            let of = ItemOf::Question(QuestionId::of(row));
            by_truth(question) && self.counts(of) && self.followed(scenario, rows, exact, row)
        };
        self.truth |= scenario.questions.iter().enumerate().any(measured);
        for (alive, condition) in conditions(scenario) {
            if self.reader(alive) {
                atoms_of(condition, &mut |atom| self.atoms.put(rows.row(atom)));
            }
        }
        for (row, inject) in scenario.injects.iter().enumerate() {
            let bears = self.any_matters(rows, &inject.then);
            self.consequences.injects[row] |= bears;
            self.injects[row] |= bears || self.atoms.has(rows.row(Atom::Inject(row)));
        }
        for (row, question) in scenario.questions.iter().enumerate() {
            let bears = bearers(question).any(|effects| self.any_matters(rows, effects));
            self.consequences.questions[row] |= bears;
            let called = matches!(question.ask, Ask::Categorize(_)) && self.atoms.has(rows.row(Atom::Called));
            self.questions[row] |= bears || called || self.atoms.has(rows.row(Atom::Question(row)));
        }
        for (row, action) in scenario.actions.iter().enumerate() {
            let bears = self.any_matters(rows, &action.then);
            self.consequences.actions[row] |= bears;
            self.actions[row] |= bears || self.atoms.has(rows.row(Atom::Action(row)));
        }
        self.spread_world(scenario, rows);
    }

    /// The same, for what goes on by itself.
    fn spread_world(&mut self, scenario: &Scenario, rows: &Rows) {
        for (row, spread) in scenario.spreads.iter().enumerate() {
            let bears = self.any_matters(rows, &spread.then);
            self.spreads[row] |= bears || self.atoms.has(rows.row(Atom::Spread(row)));
        }
        for row in 0..scenario.duties.len() {
            self.duties[row] |= self.atoms.has(rows.row(Atom::Duty(row)));
        }
    }

    /// Whether one of these effects touches something that matters.
    pub(super) fn any_matters(&self, rows: &Rows, effects: &[Effect]) -> bool {
        effects.iter().any(|effect| match effect {
            Effect::Set(gauge, _) | Effect::Add(gauge, _) => {
                self.atoms.has(rows.row(Atom::Gauge(gauge.at())))
            }
            Effect::Deliver(inject, _) | Effect::Cancel(inject) => self.injects[inject.at()],
            Effect::Ask(question) | Effect::Close(question) => self.questions[question.at()],
            Effect::Reveal(evidence) => self.atoms.has(rows.row(Atom::Evidence(evidence.at()))),
            Effect::Start(spread) | Effect::Stop(spread) => self.spreads[spread.at()],
            Effect::StartDuty(duty) | Effect::DeclareDuty(duty) | Effect::MeetDuty(duty) => {
                self.duties[duty.at()]
            }
            Effect::End => true,
        })
    }

    /// Whether one of these effects can still touch something that matters.
    pub(super) fn matters_now(&self, effects: &[Effect], state: &State, read: impl Fn(Atom) -> bool) -> bool {
        effects.iter().any(|effect| match effect {
            Effect::Set(gauge, amount) => {
                read(Atom::Gauge(gauge.at())) && state.gauges[gauge.at()] != *amount
            }
            Effect::Add(gauge, _) => read(Atom::Gauge(gauge.at())),
            Effect::Deliver(inject, _) | Effect::Cancel(inject) => {
                self.injects[inject.at()] && pending(state.injects[inject.at()])
            }
            Effect::Ask(id) => self.questions[id.at()] && state.questions[id.at()] == Asked::Idle,
            Effect::Close(id) => {
                self.questions[id.at()]
                    && matches!(state.questions[id.at()], Asked::Idle | Asked::Open { .. })
            }
            Effect::Reveal(evidence) => {
                read(Atom::Evidence(evidence.at())) && state.evidence[evidence.at()] == Shelf::Hidden
            }
            Effect::Start(spread) | Effect::Stop(spread) => {
                self.spreads[spread.at()] && going(state.spreads[spread.at()])
            }
            Effect::StartDuty(duty) | Effect::DeclareDuty(duty) | Effect::MeetDuty(duty) => {
                self.duties[duty.at()]
            }
            Effect::End => true,
        })
    }

    /// Whether a part of a state can make a difference: something that matters reads it, or
    /// it can still bring about something that matters.
    pub(super) fn matters(&self, rows: &Rows, atom: Atom) -> bool {
        let bears = match atom {
            Atom::Inject(row) => self.injects[row],
            Atom::Question(row) => self.questions[row],
            Atom::Spread(row) => self.spreads[row],
            Atom::Duty(row) => self.duties[row],
            Atom::Called | Atom::Action(_) | Atom::Evidence(_) | Atom::Gauge(_) => false,
        };
        bears || self.atoms.has(rows.row(atom))
    }

    /// Whether a condition with this life is one that matters.
    pub(super) fn reader(&self, alive: Alive) -> bool {
        match alive {
            Alive::Inject(row) => self.injects[row],
            Alive::Opening(row) => self.questions[row],
            Alive::Doing(row) => self.actions[row],
            Alive::Truth => self.truth,
            Alive::Ending(row) => self.endings[row],
            Alive::Spread(row) => self.spreads[row],
            Alive::Duty(row) => self.duties[row],
        }
    }

    /// Whether an item's points count for the goal.
    pub(super) fn counts(&self, of: ItemOf) -> bool {
        self.counted.binary_search(&of).is_ok()
    }
}

/// The items whose points count for a goal, ascending.
fn counted(scenario: &Scenario, goal: Goal) -> Vec<ItemOf> {
    let counts = |stage: Stage| match goal {
        Goal::Points => true,
        Goal::Stage(wanted) => stage == wanted,
        Goal::Inject(_)
        | Goal::Missed(_)
        | Goal::Question(_)
        | Goal::Choice(..)
        | Goal::Evidence(_)
        | Goal::Action(_)
        | Goal::Truth(_)
        | Goal::Ending(_) => false,
    };
    let mut counted: Vec<ItemOf> =
        stages(scenario).into_iter().filter(|(_, stage)| counts(*stage)).map(|(of, _)| of).collect();
    counted.sort_unstable();
    counted
}

/// By question: whether an effect may withdraw it.
fn closed(scenario: &Scenario) -> Vec<bool> {
    let mut closed = vec![false; scenario.questions.len()];
    for effect in effects(scenario) {
        if let Effect::Close(question) = effect {
            closed[question.at()] = true;
        }
    }
    closed
}

/// Every list of effects of a question.
pub(super) fn bearers(question: &Question) -> impl Iterator<Item = &[Effect]> {
    let own = [&question.then[..], &question.lapse_then[..]];
    own.into_iter().chain(question.choices.iter().map(|c| &c.then[..]))
}

/// Everything that can earn or cost points, with its stage.
fn stages(scenario: &Scenario) -> Vec<(ItemOf, Stage)> {
    let questions = scenario.questions.iter().enumerate();
    let questions = questions
        .filter(|(_, q)| !matches!(q.ask, Ask::Reflect { .. }))
        .map(|(row, q)| (ItemOf::Question(QuestionId::of(row)), q.stage));
    let actions = scenario.actions.iter().enumerate().filter(|(_, a)| a.credit != 0);
    let actions = actions.map(|(row, a)| (ItemOf::Action(crate::scenario::ActionId::of(row)), a.stage));
    let checkpoints = scenario.injects.iter().enumerate().filter_map(|(row, inject)| match &inject.kind {
        InjectKind::Checkpoint(checkpoint) => Some((ItemOf::Checkpoint(InjectId::of(row)), checkpoint.stage)),
        InjectKind::Contextual | InjectKind::Contingency => None,
    });
    let duties = scenario.duties.iter().enumerate();
    let duties = duties.map(|(row, duty)| (ItemOf::Duty(DutyId::of(row)), duty.stage));
    questions.chain(actions).chain(checkpoints).chain(duties).collect()
}
