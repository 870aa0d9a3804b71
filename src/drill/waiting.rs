//! The steps of an answers file that are still to be taken, and which comes next.
//!
//! The soonest comes first; of those that are due, the one that stands first in
//! the file, and before all of them work that had to wait for other work.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::scripted::{Planned, When};
use crate::engine::Input;
use crate::scenario::{QuestionId, SimTime};

/// The steps still to be taken.
pub(super) struct Waiting<'p> {
    /// Every step that ever waited; none once it is taken.
    steps: Vec<Option<Step<'p>>>,
    /// By moment, then place: those whose moment is known and lies ahead.
    ahead: BinaryHeap<Reverse<(SimTime, Place, usize)>>,
    /// By place: those whose moment has come.
    due: BinaryHeap<Reverse<(Place, usize)>>,
    /// Those that wait for a question to open, by question.
    unasked: Vec<(QuestionId, usize)>,
    first: Place,
}

/// Smaller comes first; what is put before the file has the negative ones.
type Place = i64;

struct Step<'p> {
    planned: &'p Planned,
    /// Its moment, once that is known.
    at: Option<SimTime>,
    place: Place,
}

impl<'p> Waiting<'p> {
    pub(super) fn new(steps: Vec<&'p Planned>) -> Self {
        let mut waiting = Self {
            steps: Vec::with_capacity(steps.len()),
            ahead: BinaryHeap::new(),
            due: BinaryHeap::new(),
            unasked: Vec::new(),
            first: 0,
        };
        for (place, planned) in (0..).zip(steps) {
            let at = match planned.moment {
                When::At(at) => Some(at),
                When::After(question, _) => {
                    waiting.unasked.push((question, waiting.steps.len()));
                    None
                }
            };
            waiting.put(Step { planned, at, place });
        }
        waiting.unasked.sort_unstable();
        waiting
    }

    fn put(&mut self, step: Step<'p>) {
        if let Some(at) = step.at {
            self.ahead.push(Reverse((at, step.place, self.steps.len())));
        }
        self.steps.push(Some(step));
    }

    /// Puts a step before all others, for a later moment.
    pub(super) fn put_first(&mut self, planned: &'p Planned, at: SimTime) {
        self.first -= 1;
        self.put(Step { planned, at: Some(at), place: self.first });
    }

    /// From the opening of a question on, the moments of the steps that wait for it are known.
    pub(super) fn opened(&mut self, question: QuestionId, at: SimTime) {
        let from = self.unasked.partition_point(|(asked, _)| *asked < question);
        for (_, id) in self.unasked[from..].iter().take_while(|(asked, _)| *asked == question) {
            if let Some(step) = &mut self.steps[*id]
                && let When::After(_, after) = step.planned.moment
                && step.at.is_none()
            {
                step.at = Some(at + after);
                self.ahead.push(Reverse((at + after, step.place, *id)));
            }
        }
    }

    /// The step that comes next, and its moment, if any can be told.
    pub(super) fn next(&mut self, now: SimTime) -> Option<(usize, SimTime)> {
        while let Some(Reverse((at, place, id))) = self.ahead.peek()
            && (*at <= now || self.steps[*id].is_none())
        {
            self.due.push(Reverse((*place, *id)));
            self.ahead.pop();
        }
        while let Some(Reverse((_, id))) = self.due.peek()
            && self.steps[*id].is_none()
        {
            self.due.pop();
        }
        match self.due.peek() {
            Some(Reverse((_, id))) => Some((*id, now)),
            None => self.ahead.peek().map(|Reverse((at, _, id))| (*id, *at)),
        }
    }

    /// The step that comes next while the clock stands still: what may be done in
    /// a pause is done in it, if it is listed before the going on.
    pub(super) fn next_in_pause(&self, now: SimTime) -> Option<(usize, SimTime)> {
        let standing = self.steps.iter().enumerate().filter_map(|(id, step)| Some((id, step.as_ref()?)));
        let next = standing.filter(|(_, step)| {
            let may = matches!(step.planned.input, Input::Note(_) | Input::End);
            step.planned.input == Input::Resume || may && step.at.is_some_and(|at| at <= now)
        });
        next.min_by_key(|(_, step)| step.place).map(|(id, _)| (id, now))
    }

    pub(super) fn take(&mut self, id: usize) -> &'p Planned {
        self.steps[id].take().expect("checked: a step is taken once").planned
    }

    /// Those that were never taken, in order.
    pub(super) fn left(&self) -> impl Iterator<Item = &'p Planned> {
        let mut left: Vec<_> = self.steps.iter().flatten().collect();
        left.sort_unstable_by_key(|step| step.place);
        left.into_iter().map(|step| step.planned)
    }
}
