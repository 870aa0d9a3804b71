//! The clock goes on: to the next moment at which something may be done, or to ENDEX.

use super::node::{Ground, Menu, Node, Outcome, put};
use super::silence::{Quiet, shown};
use crate::engine::{Asked, Input, Work, decide};
use crate::scenario::{QuestionId, SimTime};

impl Ground<'_> {
    /// The node at the next moment at which something may be done, or at ENDEX.
    pub(super) fn wait(&self, node: &Node) -> (Node, Outcome) {
        let (mut next, mut outcome) = (node.clone(), Outcome::default());
        next.menu = Menu::default();
        let length = self.scenario.clock.length;
        let mut quiet = Quiet::begin(node);
        while !next.state.over() && next.menu.is_empty() {
            let begins = self.begins(&next);
            let first = begins.iter().map(|(at, _)| *at).min();
            let stop = self.next_stop(&next).into_iter().chain(first).min().unwrap_or(length).min(length);
            let due = decide(self.scenario, &next.state, stop, &Input::Tick).unwrap_or_default();
            let at = due.first().map_or(stop, |fact| fact.at);
            quiet.pass(self, &next, at, due.iter().any(|fact| shown(&fact.what)));
            next.now = at;
            self.enter(&mut next, due, &mut outcome);
            self.named_moments(&mut next);
            let just_now = begins.into_iter().filter(|(at, _)| *at == next.now).map(|(_, work)| work);
            just_now.for_each(|work| put(&mut next.menu.work, work));
            self.at_this_moment(&mut next, &mut outcome);
        }
        outcome.lull = quiet.lull(node.now, &next.state);
        (next, outcome)
    }

    /// The next moment after now at which something may be done although nothing happens.
    fn next_stop(&self, node: &Node) -> Option<SimTime> {
        let turn = self.turns.get(self.turns.partition_point(|m| *m <= node.now)).copied();
        let last = node.state.questions.iter().filter_map(|asked| match asked {
            Asked::Open { lapses, .. } if *lapses != SimTime::NEVER && lapses.0 > node.now.0 + 1 => {
                Some(SimTime(lapses.0 - 1))
            }
            Asked::Idle | Asked::Open { .. } | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => None,
        });
        last.chain(turn).min()
    }

    /// Puts on the menu what this moment is named for.
    fn named_moments(&self, node: &mut Node) {
        if node.state.over() {
            return;
        }
        for row in 0..node.state.questions.len() {
            if let Asked::Open { lapses, .. } = node.state.questions[row]
                && lapses.0 == node.now.0 + 1
            {
                put(&mut node.menu.questions, QuestionId::of(row));
            }
        }
        for (row, action) in self.scenario.actions.iter().enumerate() {
            let at = node.now;
            let edge = |(opens, closes)| opens == at || closes == at || closes == SimTime(at.0 + 1);
            let edge = action.window.is_some_and(edge);
            if edge && node.on_offer[row] {
                put(&mut node.menu.work, Work::Action(crate::scenario::ActionId::of(row)));
            }
        }
    }
}
