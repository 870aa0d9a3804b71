//! What if: one decision of a drill changed, and everything after it played again.
//!
//! Draws are keyed by name, so chance does not differ between the two worlds. Up to the
//! fork the drill is as it was. What the trainee did later is kept where that is still
//! possible: an answer comes as long after its question opened as it did in the drill, an
//! action begins at its moment, or as soon as it can. Where the drill has nothing to keep
//! the best is taken: a question that was never asked, or whose answer is no longer on
//! offer, gets the answer that is worth most at that moment, or silence where that is worth
//! more. Who was silent on a question stays silent on it. Pauses are left out.
//!
//! The parts need not add up to the whole: two changes together may do more, or less.
//! `forks.rs` says what can be changed, `branch.rs` plays the rest, `differ.rs` compares.

mod ask;
mod branch;
mod differ;
mod forks;

pub use ask::{Unasked, Wanted};
pub use differ::Difference;
pub use forks::{Instead, Turn};

use super::cone::{Exact, Goal};
use super::line::{Step, input_of};
use super::reads::Reads;
use crate::engine::{Asked, Fact, Input, Settings, State, What};
use crate::limits::WHAT_IF_FACTS_MAX;
use crate::scenario::{ActionId, QuestionId, Scenario, SimTime};
use branch::Branch;
use differ::Ends;
use forks::Stand;

/// A drill, made ready to have single decisions changed.
#[derive(Debug)]
pub struct WhatIf<'d> {
    scenario: &'d Scenario,
    facts: &'d [Fact],
    settings: Settings,
    reads: Reads,
    steps: Vec<Taken>,
    /// By question: when and how the drill met it.
    met: Vec<Meeting>,
    /// The row before which the last truth had come.
    last_truth: Option<usize>,
    /// Actions that were never begun: before which row, and when, they could have been.
    missed: Vec<(usize, SimTime, ActionId)>,
    ends: Ends,
}

/// An input of the drill, and the row of the fact that shows it.
#[derive(Clone, Debug)]
struct Taken {
    row: usize,
    step: Step,
    /// The question that it is about.
    about: Option<QuestionId>,
}

/// How the drill met a question.
#[derive(Clone, Copy, Debug, Default)]
struct Meeting {
    opened: Option<SimTime>,
    /// The row before which it had been asked, and everything that came with it.
    cut: usize,
    /// Whether it lapsed.
    silent: bool,
}

/// A place at which a drill is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// The decision that is changed.
    pub turn: Turn,
    /// What is done instead.
    pub instead: Instead,
    /// When.
    pub at: SimTime,
    /// Whether it is the last word on the question: no revision of the drill follows it.
    pub stands: bool,
    /// How many facts of the drill come before it.
    pub cut: usize,
    /// Steps of the drill that are left out.
    without: Vec<usize>,
    /// What is put in their place.
    put: Option<Step>,
}

/// What could have been decided otherwise, and what would have come of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The change.
    pub fork: Fork,
    /// What differs at ENDEX.
    pub difference: Difference,
}

/// Every decision of a drill with its alternatives, the best first.
#[derive(Clone, Debug, Default)]
pub struct Alternatives {
    /// Decision by decision, in the order of the drill; those that make no difference are left out.
    pub turns: Vec<(Turn, Vec<Alternative>)>,
    /// Whether there was too much to play it all: then only the first ones are here.
    pub cut: bool,
}

impl<'d> WhatIf<'d> {
    /// Makes a drill ready; `None` if it has not come to ENDEX.
    #[must_use]
    pub fn of(scenario: &'d Scenario, facts: &'d [Fact]) -> Option<Self> {
        let What::Started { settings, .. } = facts.first()?.what else { return None };
        let ended = facts.iter().any(|fact| matches!(fact.what, What::Ended { .. }));
        if !ended {
            return None;
        }
        let mut steps = Vec::new();
        let mut met = vec![Meeting::default(); scenario.questions.len()];
        let mut last_truth = None;
        let boundary = |row: usize| {
            let rest = (row + 1..facts.len()).find(|row| between(facts, *row));
            rest.unwrap_or(facts.len())
        };
        for (row, fact) in facts.iter().enumerate() {
            if let Some(input) = input_of(&fact.what) {
                let about = about(&input);
                steps.push(Taken { row, step: Step { at: fact.at, input }, about });
            }
            if let What::Opened { question, .. } = fact.what {
                let meeting = &mut met[question.at()];
                (meeting.opened, meeting.cut) = (Some(fact.at), boundary(row));
            } else if let What::Known(_) = fact.what {
                last_truth = Some(boundary(row));
            } else if let What::Lapsed(question) = fact.what {
                met[question.at()].silent = true;
            }
        }
        let reads = Reads::of(scenario, Goal::Points, &Exact::new());
        let ends = Ends::of(scenario, facts);
        let missed = Vec::new();
        let mut drill = Self { scenario, facts, settings, reads, steps, met, last_truth, missed, ends };
        drill.missed = drill.never_begun();
        Some(drill)
    }

    /// What was settled at STARTEX.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// Every decision with every other choice that makes a difference.
    #[must_use]
    pub fn all(&self) -> Alternatives {
        self.among(|_| true)
    }

    /// The same for the decisions that are `wanted`.
    #[must_use]
    pub fn among(&self, wanted: impl Fn(Turn) -> bool) -> Alternatives {
        let mut found = Alternatives::default();
        let mut left = WHAT_IF_FACTS_MAX;
        self.walk(|stand| {
            for (turn, forks) in self.forks_at(stand).into_iter().filter(|(turn, _)| wanted(*turn)) {
                let mut told = Vec::new();
                for fork in forks {
                    if left == 0 {
                        found.cut = true;
                        continue;
                    }
                    let branch = self.branch(stand, &fork);
                    left = left.saturating_sub(branch.facts.len());
                    let difference = self.ends.against(&stand.ends(self, &branch));
                    if !difference.is_none() {
                        told.push(Alternative { fork, difference });
                    }
                }
                told.sort_by_cached_key(|other| std::cmp::Reverse(other.difference.rank(self.scenario)));
                if !told.is_empty() {
                    found.turns.push((turn, told));
                }
            }
        });
        found
    }

    /// What comes of one change.
    #[must_use]
    pub fn try_out(&self, fork: &Fork) -> Difference {
        let stand = self.stand(fork.cut);
        let branch = self.branch(&stand, fork);
        self.ends.against(&stand.ends(self, &branch))
    }

    /// The whole drill as it would have been, from STARTEX to ENDEX.
    #[must_use]
    pub fn play(&self, fork: &Fork) -> Vec<Fact> {
        let branch = self.branch(&self.stand(fork.cut), fork);
        let before = self.facts[..fork.cut].iter();
        before.chain(&branch.facts).filter(|fact| !pause(fact)).cloned().collect()
    }

    fn branch<'b>(&'b self, stand: &Stand, fork: &'b Fork) -> Branch<'b> {
        Branch::play(self, stand.state.clone(), fork)
    }

    /// Where the drill stood before the fact in row `cut`.
    fn stand(&self, cut: usize) -> Stand {
        let mut stand = Stand::new(self.scenario);
        for fact in &self.facts[..cut] {
            stand.take(self.scenario, fact);
        }
        stand
    }

    /// Goes through the drill, stopping wherever something could have been done.
    fn walk(&self, mut at: impl FnMut(&Stand)) {
        let mut stand = Stand::new(self.scenario);
        for row in 1..self.facts.len() {
            stand.take(self.scenario, &self.facts[row - 1]);
            if between(self.facts, row) && !stand.state.over() && stand.state.paused.is_none() {
                at(&stand);
            }
        }
    }
}

/// Whether a drill may be cut before the fact in this row: nothing follows from what came before.
fn between(facts: &[Fact], row: usize) -> bool {
    facts[row].at > facts[row - 1].at || input_of(&facts[row].what).is_some()
}

fn asked(state: &State, id: QuestionId) -> bool {
    state.questions[id.at()] != Asked::Idle
}

/// The question that an input is about.
const fn about(input: &Input) -> Option<QuestionId> {
    match input {
        Input::Answer(submission) => Some(submission.question),
        Input::Hint(question) | Input::MoreTime(question) | Input::Extend(question, _) => Some(*question),
        Input::Tick
        | Input::Start(_)
        | Input::Do(_)
        | Input::Examine(_)
        | Input::Note(_)
        | Input::Pause(_)
        | Input::Resume
        | Input::End
        | Input::Fire(_)
        | Input::Hold(_)
        | Input::Release(_)
        | Input::Skip(_) => None,
    }
}

const fn pause(fact: &Fact) -> bool {
    matches!(fact.what, What::Paused(_) | What::Resumed)
}
