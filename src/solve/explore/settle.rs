//! What has no consequence but its points: settled as well, and as badly, as can be.
//!
//! Questions are answered as they open, actions counted as they come on offer, expected
//! actions taken to be both met at once and missed. All of it is assumed; the lines that
//! come of it are played, and what did not earn what was assumed is followed exactly.

use super::node::{Earned, Ground, Node, Outcome, Settled, answered};
use super::weave::{all_work, wants};
use crate::engine::{Asked, Work, decide};
use crate::scenario::{ActionId, InjectId, InjectKind, QuestionId, TruthId};
use crate::score::{Credit, ItemOf, Points, timely};
use crate::solve::answers::rated;
use crate::solve::reads::by_truth;

impl Ground<'_> {
    /// Whether an item's points are assumed, not followed.
    pub(super) fn assumed(&self, of: ItemOf) -> bool {
        let ItemOf::Checkpoint(inject) = of else { return false };
        !self.exact.contains(&of) && !self.reads.inject(inject.at())
    }

    /// The work that a line is to hold beside its own, if there is time for it: on a best
    /// line what earns points or meets an expected action, on a worst line what harms.
    pub(super) fn wanted(&self, best: bool) -> Vec<Work> {
        let mut wanted = Vec::new();
        if best {
            for (row, inject) in self.scenario.injects.iter().enumerate() {
                if let InjectKind::Checkpoint(checkpoint) = &inject.kind
                    && self.assumed(ItemOf::Checkpoint(InjectId::of(row)))
                {
                    wants(&checkpoint.met_when, &mut wanted);
                }
            }
        }
        for work in all_work(self.scenario) {
            if let Work::Action(id) = work
                && (self.scenario.action(id).credit > 0) == best
                && self.scenario.action(id).credit != 0
                && !wanted.contains(&work)
            {
                wanted.push(work);
            }
        }
        let harmless = |work: &Work| match work {
            Work::Action(id) => self.scenario.action(*id).credit >= 0 || !best,
            Work::Evidence(_) => true,
        };
        let consequential = |work: &Work| match work {
            Work::Action(id) => self.reads.has_consequence(*id),
            Work::Evidence(id) => self.reads.evidence(id.at()),
        };
        wanted.retain(|work| harmless(work) && !consequential(work));
        wanted
    }

    /// An action that has no consequence but its points: doing it, and leaving it. That
    /// there is time for it beside other work is assumed here; whether there is, the
    /// line that is put together in the end shows by being played.
    pub(super) fn count(&self, node: &mut Node, outcome: &mut Outcome, id: ActionId) {
        let action = self.scenario.action(id);
        let inside = action.window.is_none_or(|(opens, closes)| opens <= node.now && node.now < closes);
        if action.credit > 0 && !inside {
            return;
        }
        node.counted[id.at()] = true;
        let points = Credit::percent(action.credit).points(action.weight, 100);
        if self.reads.counts(ItemOf::Action(id)) {
            let (most, least) = (points.max(Points(0)), points.min(Points(0)));
            outcome.assume(ItemOf::Action(id), Earned { most, least });
        }
    }

    /// Settles a question that has no consequence but its points, if one is open.
    pub(super) fn settle_one(&self, node: &mut Node, outcome: &mut Outcome) -> bool {
        if node.state.over() {
            return false;
        }
        let open = (0..node.state.questions.len()).map(QuestionId::of);
        let inert = open.filter(|id| {
            matches!(node.state.questions[id.at()], Asked::Open { .. })
                && self.reads.inert(self.scenario, &node.state, &node.live, *id)
        });
        for id in inert.collect::<Vec<_>>() {
            let Some((settled, earned)) = self.settle(node, id) else { continue };
            let input = answered(id, settled.best.clone());
            let Ok(facts) = decide(self.scenario, &node.state, node.now, &input) else { continue };
            let before = outcome.earned;
            self.enter(node, facts, outcome);
            node.ledger.leave_out(id);
            outcome.earned = before;
            outcome.assume(ItemOf::Question(id), earned);
            outcome.settled.push(settled);
            node.menu.questions.retain(|open| *open != id);
            return true;
        }
        false
    }

    /// The best and the worst way to settle a question that has no consequence.
    fn settle(&self, node: &Node, id: QuestionId) -> Option<(Settled, Earned)> {
        let question = self.scenario.question(id);
        let asked = rated(self.scenario, &self.reads, node.here(), id, node.state.truth);
        let (best, worst) = (asked.first()?.0.clone(), asked.last()?.0.clone());
        let settled =
            |worst| Settled { at: node.now, question: id, best: best.clone(), worst, asked: asked.clone() };
        if !self.reads.counts(ItemOf::Question(id)) {
            return Some((settled(Some(worst)), Earned::default()));
        }
        let silent = Credit::percent(question.lapse_credit).points(question.weight, 100);
        let (most, least) = if by_truth(question) {
            self.whatever_is_true(node, id)
        } else {
            let points = |row: usize| self.points_now(node, id, asked[row].1);
            (points(0), points(asked.len() - 1))
        };
        // Waiting would make a poor answer poorer still: that is left to the search.
        if most < silent || least > Points(0) && Points(least.0 * i64::from(question.floor) / 100) < silent {
            return None;
        }
        let worst = (silent > least).then_some(worst);
        Some((settled(worst), Earned { most, least: least.min(silent) }))
    }

    /// The most and the least that an answer can be worth at once, whichever truth is in
    /// force then or comes later.
    fn whatever_is_true(&self, node: &Node, id: QuestionId) -> (Points, Points) {
        let truths = (0..self.scenario.truth.len()).map(|row| Some(TruthId::of(row)));
        let (mut most, mut least) = (Credit(0), Credit(0));
        for truth in truths.chain([None]) {
            let asked = rated(self.scenario, &self.reads, node.here(), id, truth);
            most = asked.first().map_or(most, |(_, credit)| most.max(*credit));
            least = asked.last().map_or(least, |(_, credit)| least.min(*credit));
        }
        (self.points_now(node, id, most), self.points_now(node, id, least))
    }

    fn points_now(&self, node: &Node, id: QuestionId, credit: Credit) -> Points {
        timely(self.scenario, &node.state, node.now, id, credit)
    }

    /// What a revised categorization says now that another truth is in force.
    pub(super) fn revision(&self, node: &Node, id: QuestionId) -> Option<Settled> {
        let asked = rated(self.scenario, &self.reads, node.here(), id, node.state.truth);
        let best = asked.first()?.0.clone();
        Some(Settled { at: node.state.at, question: id, best, worst: None, asked: Vec::new() })
    }
}
