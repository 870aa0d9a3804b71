//! The best line as somebody remembers it: what to answer how long after being asked, and
//! what to do when. So it can be followed in a drill whose dice fall differently.

use crate::engine::{Input, What};
use crate::scenario::{QuestionId, Scenario, SimTime};
use crate::solve::Line;

/// A line to go by.
#[derive(Clone, Debug)]
pub struct Guide {
    pub(super) steps: Vec<Turn>,
    /// Questions that the line left unanswered on purpose.
    pub(super) left: Vec<bool>,
}

/// One step of a guide.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    pub(super) when: When,
    pub(super) input: Input,
}

/// When a step is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// So long after the question opened.
    Asked(QuestionId, SimTime),
    /// At a moment of the drill.
    At(SimTime),
}

impl Guide {
    /// What to remember of `line`.
    #[must_use]
    pub fn of(scenario: &Scenario, line: &Line) -> Self {
        let (facts, refused) = line.play(scenario);
        let (mut opened, mut lapsed) =
            (vec![None; scenario.questions.len()], vec![false; scenario.questions.len()]);
        for fact in &facts {
            if let What::Opened { question, .. } = fact.what {
                opened[question.at()] = Some(fact.at);
            } else if let What::Lapsed(question) = fact.what {
                lapsed[question.at()] = true;
            }
        }
        let steps = line.steps.iter().enumerate();
        let steps = steps.filter(|(row, _)| refused.iter().all(|(other, _)| other != row));
        let mut answered = vec![false; scenario.questions.len()];
        let turn = |(_, step): (usize, &crate::solve::Step)| {
            let when = match &step.input {
                // A revision comes when it comes.
                Input::Answer(given) if !std::mem::replace(&mut answered[given.question.at()], true) => {
                    let since = opened[given.question.at()].map(|opened| step.at.since(opened));
                    since.map_or(When::At(step.at), |since| When::Asked(given.question, since))
                }
                Input::Answer(_)
                | Input::Do(_)
                | Input::Examine(_)
                | Input::Hint(_)
                | Input::MoreTime(_)
                | Input::Note(_)
                | Input::Tick
                | Input::Start(_)
                | Input::Pause(_)
                | Input::Resume
                | Input::End => When::At(step.at),
            };
            Turn { when, input: step.input.clone() }
        };
        Self { steps: steps.map(turn).collect(), left: lapsed }
    }

    /// No line is known: the best answer on offer, every time.
    #[must_use]
    pub fn none(scenario: &Scenario) -> Self {
        Self { steps: Vec::new(), left: vec![false; scenario.questions.len()] }
    }

    /// Whether the line does this at all.
    pub(super) fn does(&self, input: &Input) -> bool {
        self.steps.iter().any(|turn| turn.input == *input)
    }
}
