//! Who reads what: which part of a state can still make a difference to a goal.
//!
//! Conditions are a closed language, so what a condition may look at can be told
//! without running anything. From a goal, such as points, the cone of influence is
//! followed backwards: what is read by something that matters, matters. Exploration
//! leaves everything else out of a state's identity and does not branch over it.

use super::atoms::{Atom, Atoms, Few, Rows, atoms_of};
use super::clamps::{Scale, scales};
use super::cone::{Cone, Exact, Goal, bearers};
use crate::engine::{Asked, Delivery, Spreading, State};
use crate::scenario::{
    ActionId, Ask, ChoiceId, ChoiceSet, ClassId, Condition, Effect, InjectKind, KindId, PartnerId, Question,
    QuestionId, Scenario, SimTime, SpreadStart, Trigger,
};
use crate::score::ItemOf;

/// Until when a condition is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alive {
    /// Until the inject has come or will not come.
    Inject(usize),
    /// Until the question opens.
    Opening(usize),
    /// Until the action is done; for ever if it may be done often.
    Doing(usize),
    /// While a question that is measured by the truth is unsettled.
    Truth,
    /// Until the spread is contained or spent.
    Spread(usize),
    /// Until the duty is met or missed for good.
    Duty(usize),
    /// To the end.
    Ending(usize),
}

/// What the conditions of a scenario read, as far as a goal depends on it.
#[derive(Debug)]
pub(super) struct Reads {
    readers: Vec<(Alive, Few)>,
    always: Atoms,
    rows: Rows,
    cone: Cone,
    /// By question: the choices that a condition that matters names.
    pub(super) chosen: Vec<ChoiceSet>,
    /// By question: the pairs that a condition that matters names.
    pub(super) paired: Vec<Vec<(ChoiceId, PartnerId)>>,
    /// By question: whether its worth depends on the truth in force.
    pub(super) by_truth: Vec<bool>,
    exact: Exact,
    /// Whether the truth in force is itself what is asked for.
    truth_sought: bool,
    /// Classes and types that a condition that matters names.
    pub(super) categories: Vec<(ClassId, Option<KindId>)>,
    scales: Vec<Scale>,
    /// By action: from when on it can no longer be begun to any effect.
    expires: Vec<SimTime>,
}

impl Reads {
    pub(super) fn of(scenario: &Scenario, goal: Goal, exact: &Exact) -> Self {
        let rows = Rows::of(scenario);
        let cone = Cone::of(scenario, &rows, goal, exact);
        let mut reads = Self {
            readers: Vec::new(),
            always: rows.none(),
            chosen: vec![ChoiceSet::default(); scenario.questions.len()],
            paired: vec![Vec::new(); scenario.questions.len()],
            by_truth: Vec::new(),
            exact: exact.clone(),
            truth_sought: matches!(goal, Goal::Truth(_)),
            categories: Vec::new(),
            scales: scales(scenario, &cone),
            expires: scenario.actions.iter().map(|a| expires(a, scenario.clock.length)).collect(),
            rows,
            cone,
        };
        if let Goal::Evidence(id) = goal {
            // What is asked for is read by whoever asks.
            reads.always.put(reads.rows.row(Atom::Evidence(id.at())));
        }
        for (alive, condition) in conditions(scenario) {
            if !reads.cone.reader(alive) {
                continue;
            }
            let mut atoms = reads.rows.none();
            reads.note_names(condition);
            atoms_of(condition, &mut |atom| atoms.put(reads.rows.row(atom)));
            if matches!(alive, Alive::Ending(_)) {
                reads.always.add(&atoms);
            } else if !atoms.is_empty() {
                reads.readers.push((alive, atoms.few()));
            }
        }
        reads.by_truth = (0..scenario.questions.len())
            .map(|row| {
                let of = ItemOf::Question(QuestionId::of(row));
                let followed = reads.cone.followed(scenario, &reads.rows, exact, row);
                by_truth(&scenario.questions[row]) && reads.cone.counts(of) && followed
            })
            .collect();
        reads
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "no other condition names a choice or a category")]
    fn note_names(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|c| self.note_names(c)),
            Condition::Not(part) => self.note_names(part),
            Condition::Chosen(question, choice) => {
                self.chosen[question.at()] = self.chosen[question.at()].with(*choice);
            }
            Condition::Paired(question, choice, partner) => {
                self.chosen[question.at()] = self.chosen[question.at()].with(*choice);
                self.paired[question.at()].push((*choice, *partner));
            }
            Condition::Categorized(class, kind) if !self.categories.contains(&(*class, *kind)) => {
                self.categories.push((*class, *kind));
            }
            _ => {}
        }
    }

    /// Whether the points of a question, an action or a checkpoint count for the goal.
    pub(super) fn counts(&self, of: ItemOf) -> bool {
        self.cone.counts(of)
    }

    /// Whether doing an action can ever have a consequence but its points.
    pub(super) fn has_consequence(&self, id: ActionId) -> bool {
        let row = id.at();
        self.exact.contains(&ItemOf::Action(id))
            || self.cone.consequences.actions[row]
            || self.cone.atoms.has(self.rows.row(Atom::Action(row)))
    }

    /// Whether examining an artefact can ever have a consequence.
    pub(super) fn evidence(&self, row: usize) -> bool {
        self.cone.atoms.has(self.rows.row(Atom::Evidence(row)))
    }

    /// What doing an action that is on offer can still bring about in `state`.
    pub(super) fn action(&self, scenario: &Scenario, state: &State, live: &Live, id: ActionId) -> Doing {
        let followed = self.exact.contains(&ItemOf::Action(id));
        if followed
            || self.read(live, Atom::Action(id.at()))
            || self.touches(&scenario.action(id).then, state, live)
        {
            Doing::Branch
        } else if self.cone.counts(ItemOf::Action(id)) {
            Doing::Settle
        } else {
            Doing::Leave
        }
    }

    /// Whether answering, and how, can in `state` have no consequence but the points.
    pub(super) fn inert(&self, scenario: &Scenario, state: &State, live: &Live, id: QuestionId) -> bool {
        let (row, question) = (id.at(), scenario.question(id));
        let called = matches!(question.ask, Ask::Categorize(_)) && self.read(live, Atom::Called);
        !(called
            || self.exact.contains(&ItemOf::Question(id))
            || self.cone.closed[row]
            || self.by_truth[row]
            || self.read(live, Atom::Question(row))
            || bearers(question).any(|effects| self.touches(effects, state, live)))
    }

    /// Whether a choice can in `state` have a consequence of its own.
    pub(super) fn choice(
        &self,
        question: &Question,
        id: QuestionId,
        choice: ChoiceId,
        at: &Here<'_>,
    ) -> bool {
        let named = self.chosen[id.at()].has(choice) && self.read(at.live, Atom::Question(id.at()));
        named || self.touches(&question.choice(choice).then, at.state, at.live)
    }

    fn touches(&self, effects: &[Effect], state: &State, live: &Live) -> bool {
        self.cone.matters_now(effects, state, |atom| self.read(live, atom))
    }

    /// Whether an action can still be begun to any effect.
    pub(super) fn expired(&self, row: usize, now: SimTime) -> bool {
        now >= self.expires[row]
    }

    /// What a reader that is still alive in `state` reads.
    pub(super) fn live(&self, scenario: &Scenario, state: &State, now: SimTime, live: &mut Live) {
        live.atoms.clone_from(&self.always);
        live.truth = self.truth_matters(scenario, state);
        for (alive, atoms) in &self.readers {
            let lives = match *alive {
                Alive::Inject(row) => pending(state.injects[row]),
                Alive::Opening(row) => state.questions[row] == Asked::Idle,
                Alive::Doing(row) => {
                    (!state.actions[row] || scenario.actions[row].often) && !self.expired(row, now)
                }
                Alive::Truth => live.truth,
                Alive::Spread(row) => going(state.spreads[row]),
                Alive::Duty(_) | Alive::Ending(_) => true,
            };
            if lives {
                live.atoms.add_few(atoms);
            }
        }
    }

    fn truth_matters(&self, scenario: &Scenario, state: &State) -> bool {
        let unsettled = |(row, by_truth): (usize, &bool)| {
            *by_truth
                && match state.questions[row] {
                    Asked::Idle | Asked::Open { .. } => true,
                    Asked::Answered { .. } => revisable(&scenario.questions[row].ask),
                    Asked::Lapsed | Asked::Closed => false,
                }
        };
        self.truth_sought || self.by_truth.iter().enumerate().any(unsettled)
    }

    /// Whether what an atom says can still make a difference.
    pub(super) fn read(&self, live: &Live, atom: Atom) -> bool {
        live.atoms.has(self.rows.row(atom))
    }

    /// Whether a part of a state can make a difference at all.
    pub(super) fn matters(&self, atom: Atom) -> bool {
        self.cone.matters(&self.rows, atom)
    }

    /// Whether a condition with this life can make a difference.
    pub(super) fn reader(&self, alive: Alive) -> bool {
        self.cone.reader(alive)
    }

    /// Whether an inject that has not come yet can make a difference.
    pub(super) fn inject(&self, row: usize) -> bool {
        self.cone.reader(Alive::Inject(row))
    }

    /// Whether a spread can make a difference.
    pub(super) fn spread(&self, row: usize) -> bool {
        self.cone.reader(Alive::Spread(row))
    }

    /// What a gauge reads, as far as it can still make a difference.
    pub(super) fn gauge(&self, live: &Live, row: usize, reads: i64) -> Option<i64> {
        self.read(live, Atom::Gauge(row)).then(|| self.scales[row].of(reads))
    }
}

/// A state, and what is alive in it.
#[derive(Clone, Copy)]
pub(super) struct Here<'h> {
    pub(super) state: &'h State,
    pub(super) live: &'h Live,
}

/// What exploration does with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// It has consequences: try both.
    Branch,
    /// It has no consequence but its points.
    Settle,
    /// It makes no difference.
    Leave,
}

/// What is alive in one state; kept between states, so that nothing is allocated.
#[derive(Clone, Debug)]
pub(super) struct Live {
    atoms: Atoms,
    /// Whether the truth in force can still make a difference.
    pub(super) truth: bool,
}

impl Live {
    pub(super) fn none(reads: &Reads) -> Self {
        Self { atoms: reads.always.clone(), truth: false }
    }
}

/// Whether an inject may still come, or come again.
pub(super) const fn pending(delivery: Delivery) -> bool {
    match delivery {
        Delivery::Idle
        | Delivery::Due(_)
        | Delivery::Awaited(_)
        | Delivery::Again { .. }
        | Delivery::Held(_) => true,
        Delivery::Delivered | Delivery::Gone | Delivery::Met | Delivery::Missed => false,
    }
}

/// Whether a spread may still go on.
pub(super) const fn going(spread: Spreading) -> bool {
    matches!(spread, Spreading::Idle | Spreading::On { .. })
}

/// Whether a categorization may be revised.
pub(super) const fn revisable(ask: &Ask) -> bool {
    matches!(ask, Ask::Categorize(spec) if spec.revisable)
}

/// Whether what an answer is worth depends on the truth in force.
pub(super) fn by_truth(question: &Question) -> bool {
    match &question.ask {
        Ask::Triage(_) | Ask::Categorize(_) => true,
        Ask::ChooseOne => question.choices.iter().any(|choice| !choice.by_truth.is_empty()),
        Ask::Estimate(spec) => !spec.by_truth.is_empty(),
        Ask::ChooseSeveral
        | Ask::PutInOrder { .. }
        | Ask::Record { .. }
        | Ask::Assign(_)
        | Ask::Notify(_)
        | Ask::Reflect { .. } => false,
    }
}

/// Every condition of a scenario, with how long it is looked at.
pub(super) fn conditions(scenario: &Scenario) -> Vec<(Alive, &Condition)> {
    let mut found = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        found.push((Alive::Inject(row), &inject.when));
        if let Trigger::After(condition, _) = &inject.trigger {
            found.push((Alive::Inject(row), condition));
        }
        if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
            found.push((Alive::Inject(row), &checkpoint.met_when));
        }
        if let Some(unless) = inject.again.as_ref().and_then(|again| again.unless.as_ref()) {
            found.push((Alive::Inject(row), unless));
        }
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        found.extend(question.choices.iter().map(|choice| (Alive::Opening(row), &choice.when)));
    }
    found.extend(scenario.actions.iter().enumerate().map(|(row, a)| (Alive::Doing(row), &a.when)));
    for (row, spread) in scenario.spreads.iter().enumerate() {
        found.push((Alive::Spread(row), &spread.goes_while));
        found.extend(spread.unless.as_ref().map(|unless| (Alive::Spread(row), unless)));
        if let SpreadStart::When(start) = &spread.start {
            found.push((Alive::Spread(row), start));
        }
    }
    for (row, duty) in scenario.duties.iter().enumerate() {
        found.extend([&duty.starts, &duty.met].into_iter().flatten().map(|c| (Alive::Duty(row), c)));
    }
    found.extend(scenario.truth.iter().map(|truth| (Alive::Truth, &truth.when)));
    found.extend(scenario.endings.iter().enumerate().map(|(row, e)| (Alive::Ending(row), &e.when)));
    found
}

/// Every effect of a scenario.
pub(super) fn effects(scenario: &Scenario) -> impl Iterator<Item = &Effect> {
    let injects = scenario.injects.iter().flat_map(|i| &i.then);
    let questions = scenario.questions.iter().flat_map(|q| {
        let choices = q.choices.iter().flat_map(|c| &c.then);
        q.then.iter().chain(&q.lapse_then).chain(choices)
    });
    let spreads = scenario.spreads.iter().flat_map(|s| &s.then);
    injects.chain(questions).chain(scenario.actions.iter().flat_map(|a| &a.then)).chain(spreads)
}

/// From when on an action can no longer be begun: its condition says `Before`, or its
/// window is all that it was good for.
fn expires(action: &crate::scenario::Action, length: SimTime) -> SimTime {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these two keep an end in sight")]
    fn before(condition: &Condition) -> SimTime {
        match condition {
            Condition::Before(moment) => *moment,
            Condition::All(parts) => parts.iter().map(before).min().unwrap_or(SimTime::NEVER),
            _ => SimTime::NEVER,
        }
    }
    before(&action.when).min(SimTime(length.0.saturating_sub(action.takes.0).saturating_add(1)))
}

/// The moments at which the script itself may turn something for the trainee:
/// what conditions name, and the edges of the windows of actions.
pub(super) fn turns(scenario: &Scenario) -> Vec<SimTime> {
    let mut turns = scenario.watch.clone();
    for (opens, closes) in scenario.actions.iter().filter_map(|a| a.window) {
        turns.push(opens);
        if closes > SimTime::ZERO {
            turns.push(SimTime(closes.0 - 1));
        }
        turns.push(closes);
    }
    turns.retain(|moment| *moment < scenario.clock.length);
    turns.sort_unstable();
    turns.dedup();
    turns
}
