//! Where a line stands while it is explored, and what may be done there.
//!
//! Time is abstracted: a question may be answered at once, when another truth comes
//! into force, at the last second, or never. Work may begin when it comes on offer, when
//! other work is done, when something comes, at the edges of its window, and so that it
//! is done just after something that stands on the clock. What has no consequence but its
//! points is not branched over: it is settled as well, and as badly, as can be.

use super::ends::{Came, Ends};
use super::silence::Lull;
use crate::engine::{
    Answer, Asked, Fact, Input, Settings, Shelf, State, Submission, What, Work, decide, holds,
};
use crate::scenario::{ActionId, EvidenceId, InjectId, InjectKind, QuestionId, Scenario, SimTime};
use crate::score::{Credit, ItemOf, Ledger, Points};
use crate::solve::answers::{all_combined, answers};
use crate::solve::atoms::Atom;
use crate::solve::cone::{Exact, Goal};
use crate::solve::reads::{Doing, Here, Live, Reads, revisable, turns};

/// A scenario, prepared for exploration.
#[derive(Debug)]
pub(super) struct Ground<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) reads: Reads,
    /// Moments that the script names, ascending.
    pub(super) turns: Vec<SimTime>,
    /// What the end of work can make a difference to.
    pub(super) ends: Ends,
    /// Items that are followed exactly.
    pub(super) exact: Exact,
}

/// Where a line stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) state: State,
    pub(super) ledger: Ledger,
    pub(super) now: SimTime,
    pub(super) menu: Menu,
    /// Which actions are on offer now.
    pub(super) on_offer: Vec<bool>,
    /// Which actions without consequences have been settled.
    pub(super) counted: Vec<bool>,
    /// What can still make a difference.
    pub(super) live: Live,
}

/// What the trainee may do at this moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Menu {
    pub(super) questions: Vec<QuestionId>,
    pub(super) revise: Vec<QuestionId>,
    pub(super) work: Vec<Work>,
}

impl Menu {
    pub(super) const fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.revise.is_empty() && self.work.is_empty()
    }
}

/// What one step earns on the best and on the worst way to settle what it opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Earned {
    pub(super) most: Points,
    pub(super) least: Points,
}

/// What came of a step.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) earned: Earned,
    pub(super) facts: Vec<Fact>,
    /// Questions without consequences that were settled on the way.
    pub(super) settled: Vec<Settled>,
    /// Actions that came on offer on the way.
    pub(super) offered: Vec<ActionId>,
    /// Since when nothing may have come and nothing could be done, and ENDEX by time.
    pub(super) lull: Option<Lull>,
    /// What is assumed that some items earn at most and at least.
    pub(super) assumed: Vec<(ItemOf, Earned)>,
}

impl Outcome {
    pub(super) fn assume(&mut self, of: ItemOf, earned: Earned) {
        self.earned.most += earned.most;
        self.earned.least += earned.least;
        self.assumed.push((of, earned));
    }
}

/// A question without consequences, settled as soon as it opened.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    pub(super) at: SimTime,
    pub(super) question: QuestionId,
    pub(super) best: Answer,
    /// None where silence is worth least.
    pub(super) worst: Option<Answer>,
    /// What could be answered, and what it is worth; empty for a revision.
    pub(super) asked: Vec<(Answer, Credit)>,
}

impl<'s> Ground<'s> {
    pub(super) fn of(scenario: &'s Scenario, goal: Goal, exact: &Exact) -> Self {
        let reads = Reads::of(scenario, goal, exact);
        let ends = Ends::of(scenario, &reads);
        Self { scenario, reads, turns: turns(scenario), ends, exact: exact.clone() }
    }

    /// STARTEX.
    pub(super) fn start(&self, settings: Settings) -> (Node, Outcome) {
        let mut node = Node {
            state: State::new(self.scenario),
            ledger: Ledger::default(),
            now: SimTime::ZERO,
            menu: Menu::default(),
            on_offer: vec![false; self.scenario.actions.len()],
            counted: vec![false; self.scenario.actions.len()],
            live: Live::none(&self.reads),
        };
        let mut outcome = Outcome::default();
        let facts = decide(self.scenario, &node.state, SimTime::ZERO, &Input::Start(settings));
        self.enter(&mut node, facts.expect("checked: a new drill starts"), &mut outcome);
        for (row, inject) in self.scenario.injects.iter().enumerate() {
            let of = ItemOf::Checkpoint(InjectId::of(row));
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind
                && self.reads.counts(of)
                && self.assumed(of)
            {
                let most = Credit::percent(100).points(checkpoint.weight, 100);
                outcome.assume(of, Earned { most, least: Points(0) });
            }
        }
        for row in 0..self.scenario.evidence.len() {
            self.offer_evidence(&mut node, EvidenceId::of(row));
        }
        self.at_this_moment(&mut node, &mut outcome);
        (node, outcome)
    }

    /// What may be done at this moment, answers before work, the most valuable first.
    pub(super) fn moves(&self, node: &Node) -> Vec<Input> {
        let mut moves = Vec::new();
        if node.state.over() {
            return moves;
        }
        for id in node.menu.questions.iter().chain(&node.menu.revise) {
            let asked = answers(self.scenario, &self.reads, node.here(), *id);
            moves.extend(asked.into_iter().map(|answer| answered(*id, answer)));
        }
        moves.extend(node.menu.work.iter().map(|work| match work {
            Work::Action(id) => Input::Do(*id),
            Work::Evidence(id) => Input::Examine(*id),
        }));
        moves
    }

    /// Whether every answer that can make a difference is among its moves.
    pub(super) fn all_answers(&self, node: &Node) -> bool {
        let asked = node.menu.questions.iter().chain(&node.menu.revise);
        asked.into_iter().all(|id| all_combined(self.scenario, &self.reads, node.here(), *id))
    }

    /// The node after one of its moves; none if the drill refuses it.
    pub(super) fn make(&self, node: &Node, input: &Input) -> Option<(Node, Outcome)> {
        let facts = decide(self.scenario, &node.state, node.now, input).ok()?;
        let (mut next, mut outcome) = (node.clone(), Outcome::default());
        self.enter(&mut next, facts, &mut outcome);
        let revised = |id: &QuestionId| matches!(input, Input::Answer(s) if s.question == *id);
        next.menu.revise.retain(|id| !revised(id));
        self.at_this_moment(&mut next, &mut outcome);
        Some((next, outcome))
    }

    /// Folds facts in, and looks at what they put on the menu.
    pub(super) fn enter(&self, node: &mut Node, facts: Vec<Fact>, outcome: &mut Outcome) {
        for fact in facts {
            let earned = &mut outcome.earned;
            node.ledger.enter(self.scenario, &node.state, &fact, |gain| {
                if self.reads.counts(gain.of) && !self.assumed(gain.of) {
                    earned.most += gain.points;
                    earned.least += gain.points;
                }
            });
            node.state.apply(&fact);
            self.offer(node, &fact.what, outcome);
            outcome.facts.push(fact);
        }
    }

    fn offer(&self, node: &mut Node, what: &What, outcome: &mut Outcome) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact puts anything on the menu")]
        match what {
            What::Opened { question, .. } => put(&mut node.menu.questions, *question),
            What::Known(_) => {
                for (row, asked) in node.state.questions.iter().enumerate() {
                    let by_truth = self.reads.by_truth[row];
                    match asked {
                        Asked::Open { .. } if by_truth => put(&mut node.menu.questions, QuestionId::of(row)),
                        Asked::Answered { .. }
                            if by_truth && revisable(&self.scenario.questions[row].ask) =>
                        {
                            put(&mut node.menu.revise, QuestionId::of(row));
                        }
                        Asked::Answered { .. } if revisable(&self.scenario.questions[row].ask) => {
                            outcome.settled.extend(self.revision(node, QuestionId::of(row)));
                        }
                        _ => {}
                    }
                }
            }
            What::Revealed(evidence) => self.offer_evidence(node, *evidence),
            // Whenever other work is done, or something comes that the end of work has to
            // do with, work may begin that was left before.
            What::Did(_) | What::Examined(_) => {
                node.on_offer.fill(false);
                for row in 0..node.state.evidence.len() {
                    self.offer_evidence(node, EvidenceId::of(row));
                }
            }
            What::Delivered(id) => self.offer_again(node, Came::Inject(*id)),
            What::Spread { spread, .. } => self.offer_again(node, Came::Step(*spread)),
            _ => {}
        }
    }

    fn offer_again(&self, node: &mut Node, came: Came) {
        if !self.ends.any() {
            return;
        }
        for row in 0..node.on_offer.len() {
            node.on_offer[row] &= !self.ends.of_action(row, came);
        }
        for row in (0..node.state.evidence.len()).filter(|row| self.ends.of_evidence(*row, came)) {
            self.offer_evidence(node, EvidenceId::of(row));
        }
    }

    fn offer_evidence(&self, node: &mut Node, id: EvidenceId) {
        if node.state.evidence[id.at()] == Shelf::Available {
            put(&mut node.menu.work, Work::Evidence(id));
        }
    }

    /// Everything else that is due at this very moment; then the menu is made whole.
    pub(super) fn at_this_moment(&self, node: &mut Node, outcome: &mut Outcome) {
        loop {
            while !node.state.over() {
                let due = decide(self.scenario, &node.state, node.now, &Input::Tick).unwrap_or_default();
                if due.is_empty() {
                    break;
                }
                self.enter(node, due, outcome);
            }
            self.reads.live(self.scenario, &node.state, node.now, &mut node.live);
            if !self.settle_one(node, outcome) {
                break;
            }
        }
        if node.state.over() {
            // What ended with this very moment is not revised any more.
            let at = node.state.at;
            outcome.settled.retain(|settled| settled.at < at || !settled.asked.is_empty());
        }
        node.menu.questions.retain(|id| matches!(node.state.questions[id.at()], Asked::Open { .. }));
        self.offer_work(node, outcome);
    }

    /// Puts actions that have come on offer on the menu, and takes off what has no
    /// consequence any more.
    fn offer_work(&self, node: &mut Node, outcome: &mut Outcome) {
        if node.state.over() {
            node.menu.work.clear();
            node.on_offer.fill(false);
            return;
        }
        for row in 0..node.on_offer.len() {
            let id = ActionId::of(row);
            let on_offer = self.may_do(node, id);
            if on_offer && !node.on_offer[row] {
                put(&mut node.menu.work, Work::Action(id));
                outcome.offered.push(id);
            }
            node.on_offer[row] = on_offer;
            if on_offer && !node.counted[row] && self.doing(node, id) == Doing::Settle {
                self.count(node, outcome, id);
            }
        }
        let work = std::mem::take(&mut node.menu.work);
        let idle = node.state.busy.is_none();
        let stays = |work: &Work| match work {
            _ if !idle => false,
            Work::Action(id) => self.may_do(node, *id) && self.doing(node, *id) == Doing::Branch,
            Work::Evidence(id) => {
                node.state.evidence[id.at()] == Shelf::Available
                    && self.reads.read(&node.live, Atom::Evidence(id.at()))
            }
        };
        node.menu.work = work.into_iter().filter(stays).collect();
    }

    pub(super) fn doing(&self, node: &Node, id: ActionId) -> Doing {
        self.reads.action(self.scenario, &node.state, &node.live, id)
    }

    fn may_do(&self, node: &Node, id: ActionId) -> bool {
        may_do(self.scenario, &node.state, node.now, id)
    }
}

fn may_do(scenario: &Scenario, state: &State, now: SimTime, id: ActionId) -> bool {
    let action = scenario.action(id);
    let under_way = matches!(state.busy, Some((Work::Action(busy), _)) if busy == id);
    let again = action.often && action.takes > SimTime::ZERO;
    !under_way
        && (!state.actions[id.at()] || again)
        && now + action.takes <= scenario.clock.length
        && holds(&action.when, state, now)
}

pub(super) fn answered(question: QuestionId, answer: Answer) -> Input {
    Input::Answer(Submission { question, answer, confidence: None, reason: None })
}

/// Puts `item` in its place of an ascending list, once.
pub(super) fn put<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(row) = list.binary_search(&item) {
        list.insert(row, item);
    }
}

impl Node {
    /// Its state, and what is alive in it.
    pub(super) const fn here(&self) -> Here<'_> {
        Here { state: &self.state, live: &self.live }
    }
}
