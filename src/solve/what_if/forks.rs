//! What can be changed: decision by decision, every other choice that makes a difference.

use super::branch::given;
use super::{Fork, WhatIf};
use crate::engine::{Answer, Asked, Input, State, What, holds};
use crate::scenario::{ActionId, Ask, QuestionId, Scenario, SimTime};
use crate::score::{Ledger, Points};
use crate::solve::line::Step;
use crate::solve::reads::{revisable, turns};

/// Where a drill stands before a fork, and what it has earned.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    pub(super) state: State,
    pub(super) ledger: Ledger,
    pub(super) earned: Points,
    /// How much of it by each question.
    pub(super) by_question: Vec<Points>,
    /// How many facts led here.
    pub(super) facts: usize,
}

/// One decision of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// A question was answered.
    Answered(QuestionId),
    /// A categorization was revised, for which time; the first is 1.
    Revised(QuestionId, u16),
    /// A categorization stood although another truth had come.
    Stood(QuestionId),
    /// A question was not answered.
    Silent(QuestionId),
    /// An action was begun, for which time; the first is 1.
    Did(ActionId, u16),
    /// An action was on offer, and never begun.
    Left(ActionId),
}

/// What is done in a decision's stead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Another answer.
    Answer(Answer),
    /// No answer, or no revision.
    Silence,
    /// The action.
    Do,
    /// Not the action.
    Leave,
}

impl WhatIf<'_> {
    /// What can be changed at the moment at which the drill stands so.
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact shows a decision")]
    pub(super) fn forks_at(&self, stand: &Stand) -> Vec<(Turn, Vec<Fork>)> {
        let mut found = Vec::new();
        match &self.facts[stand.facts].what {
            What::Answered { question, answer, .. } => {
                found.push(self.answered(stand, *question, answer));
            }
            What::Begun { action, .. } => {
                let turn = Turn::Did(*action, self.nth(stand.facts, |input| *input == Input::Do(*action)));
                let without = vec![self.step_at(stand.facts)];
                let fork = self.fork(stand, turn, Instead::Leave, without, None);
                found.push((turn, vec![fork]));
            }
            _ => {}
        }
        for (row, meeting) in self.met.iter().enumerate() {
            if meeting.silent && meeting.cut == stand.facts {
                found.extend(self.silent(stand, QuestionId::of(row)));
            }
        }
        if self.last_truth == Some(stand.facts) {
            found.extend(self.stood(stand));
        }
        let missed = self.missed.iter().filter(|(cut, ..)| *cut == stand.facts);
        for (_, at, action) in missed {
            let put = Step { at: *at, input: Input::Do(*action) };
            let turn = Turn::Left(*action);
            found.push((turn, vec![self.fork(stand, turn, Instead::Do, Vec::new(), Some(put))]));
        }
        found
    }

    fn fork(
        &self,
        stand: &Stand,
        turn: Turn,
        instead: Instead,
        without: Vec<usize>,
        put: Option<Step>,
    ) -> Fork {
        let at = put.as_ref().map_or(self.facts[stand.facts].at, |put| put.at);
        let stands = self.stands(turn, &without, stand.facts);
        Fork { turn, instead, at, stands, cut: stand.facts, without, put }
    }

    fn answered(&self, stand: &Stand, question: QuestionId, own: &Answer) -> (Turn, Vec<Fork>) {
        let at = self.facts[stand.facts].at;
        let revision = matches!(stand.state.questions[question.at()], Asked::Answered { .. });
        let earlier = self.nth(stand.facts, |input| answers(input, question)) - 1;
        let turn = if revision { Turn::Revised(question, earlier) } else { Turn::Answered(question) };
        let own_step = self.step_at(stand.facts);
        let mut forks = Vec::new();
        for answer in self.choices(stand, at, question) {
            if answer != *own {
                forks.push(self.answer(stand, turn, question, at, vec![own_step], answer));
            }
        }
        // Who does not answer at all does not revise either.
        let silent = if revision { vec![own_step] } else { self.answers_to(question) };
        forks.push(self.fork(stand, turn, Instead::Silence, silent, None));
        (turn, forks)
    }

    fn answer(
        &self,
        stand: &Stand,
        turn: Turn,
        question: QuestionId,
        at: SimTime,
        without: Vec<usize>,
        answer: Answer,
    ) -> Fork {
        let put = Step { at, input: given(question, answer.clone()) };
        self.fork(stand, turn, Instead::Answer(answer), without, Some(put))
    }

    /// A silent trainee could have answered as soon as the question was asked.
    fn silent(&self, stand: &Stand, question: QuestionId) -> Option<(Turn, Vec<Fork>)> {
        let at = self.met[question.at()].opened?;
        let turn = Turn::Silent(question);
        let answers = self.choices(stand, at, question).into_iter();
        let forks = answers.map(|answer| self.answer(stand, turn, question, at, Vec::new(), answer));
        Some((turn, forks.collect()))
    }

    /// A call could have been revised as soon as the last truth could be known.
    fn stood(&self, stand: &Stand) -> Vec<(Turn, Vec<Fork>)> {
        let at = stand.state.at;
        let mut found = Vec::new();
        for (row, question) in self.scenario.questions.iter().enumerate() {
            let id = QuestionId::of(row);
            let later = self.steps.iter().any(|t| t.row >= stand.facts && answers(&t.step.input, id));
            let called = matches!(stand.state.questions[row], Asked::Answered { .. });
            if called && revisable(&question.ask) && !later {
                let turn = Turn::Stood(id);
                let calls = self.choices(stand, at, id).into_iter();
                let forks = calls.map(|call| self.answer(stand, turn, id, at, Vec::new(), call));
                found.push((turn, forks.collect()));
            }
        }
        found
    }

    /// Every single choice on offer, or the answers that can make a difference.
    fn choices(&self, stand: &Stand, at: SimTime, id: QuestionId) -> Vec<Answer> {
        match (&self.scenario.question(id).ask, stand.state.questions[id.at()]) {
            (Ask::Triage(_) | Ask::ChooseOne, Asked::Open { offered, .. }) => {
                offered.iter().map(Answer::One).collect()
            }
            (Ask::Reflect { .. }, _) => Vec::new(),
            _ => self.rated(&stand.state, at, id).into_iter().map(|(answer, _)| answer).collect(),
        }
    }

    /// The step that the fact in this row shows.
    pub(super) fn step_at(&self, row: usize) -> usize {
        self.steps.partition_point(|taken| taken.row < row)
    }

    /// For which time such an input comes with the fact in this row.
    fn nth(&self, row: usize, such: impl Fn(&Input) -> bool) -> u16 {
        let upto = self.steps[..=self.step_at(row)].iter();
        let many = upto.filter(|taken| such(&taken.step.input)).count();
        u16::try_from(many).unwrap_or(u16::MAX)
    }

    /// The answers and revisions that the drill gave to a question.
    pub(super) fn answers_to(&self, question: QuestionId) -> Vec<usize> {
        let steps = self.steps.iter().enumerate();
        steps.filter(|(_, taken)| answers(&taken.step.input, question)).map(|(row, _)| row).collect()
    }

    /// Whether no answer of the drill to the question of this turn comes after the row `cut`, but for
    /// the steps left out.
    pub(super) fn stands(&self, turn: Turn, without: &[usize], cut: usize) -> bool {
        let (Turn::Answered(id) | Turn::Revised(id, _) | Turn::Stood(id) | Turn::Silent(id)) = turn else {
            return true;
        };
        !self.answers_to(id).iter().any(|step| self.steps[*step].row >= cut && !without.contains(step))
    }

    /// Where each action that was never begun could first have been: before which fact, and when.
    pub(super) fn never_begun(&self) -> Vec<(usize, SimTime, ActionId)> {
        let begun = |id| self.steps.iter().any(|taken| taken.step.input == Input::Do(id));
        let all = (0..self.scenario.actions.len()).map(ActionId::of);
        let mut left: Vec<ActionId> = all.filter(|id| !begun(*id)).collect();
        let (turns, mut found) = (turns(self.scenario), Vec::new());
        if left.is_empty() {
            return found;
        }
        self.walk(|stand| {
            let (from, until) = (stand.state.at, self.facts[stand.facts].at);
            let next = turns.partition_point(|turn| *turn <= from);
            let between = turns[next..].iter().copied().take_while(|turn| *turn < until);
            for now in std::iter::once(from).chain(between) {
                left.retain(|id| {
                    let fits = could_begin(self.scenario, &stand.state, now, *id);
                    if fits {
                        found.push((stand.facts, now, *id));
                    }
                    !fits
                });
            }
        });
        found
    }
}

/// Whether an action may be begun now, inside its window, and is done before ENDEX.
fn could_begin(scenario: &Scenario, state: &State, now: SimTime, id: ActionId) -> bool {
    let action = scenario.action(id);
    let inside = action.window.is_none_or(|(opens, closes)| opens <= now && now < closes);
    state.busy.is_none()
        && holds(&action.when, state, now)
        && (action.credit <= 0 || inside)
        && now + action.takes <= scenario.clock.length
}

pub(super) fn answers(input: &Input, question: QuestionId) -> bool {
    matches!(input, Input::Answer(submission) if submission.question == question)
}
