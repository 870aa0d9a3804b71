//! Best lines as somebody remembers them: what to answer how long after being asked, and
//! what to do when. So they can be followed in a drill whose dice fall differently.

use crate::engine::{Input, Seed, What};
use crate::scenario::{QuestionId, Scenario, SimTime};
use crate::solve::Line;

/// Lines that are tried in a drill for which none was looked for.
const TRIED_MAX: usize = 12;

/// Lines to go by, each the best with its own seed.
#[derive(Clone, Debug)]
pub struct Guide {
    lines: Vec<Known>,
}

/// One line to go by.
#[derive(Clone, Debug)]
pub(super) struct Known {
    seed: Option<Seed>,
    pub(super) steps: Vec<Turn>,
    /// Questions that the line left unanswered on purpose: until they lapsed, an action
    /// withdrew them, or the drill was over.
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
        Self { lines: vec![Known::of(scenario, line)] }
    }

    /// No line is known: the best answer on offer, every time.
    #[must_use]
    pub fn none(scenario: &Scenario) -> Self {
        Self {
            lines: vec![Known { seed: None, steps: Vec::new(), left: vec![false; scenario.questions.len()] }],
        }
    }

    /// One line more, for the drills of its seed.
    pub(in crate::solve) fn remember(&mut self, scenario: &Scenario, line: &Line) {
        self.lines.push(Known::of(scenario, line));
    }

    /// What to go by in the drill of a seed: the line that is best with it, or any of the
    /// first few.
    pub(super) fn lines(&self, seed: Seed) -> &[Known] {
        let own = self.lines.iter().position(|line| line.seed == Some(seed));
        own.map_or(&self.lines[..self.lines.len().min(TRIED_MAX)], |row| &self.lines[row..=row])
    }

    /// The line of the first drill.
    pub(super) fn first(&self) -> &Known {
        &self.lines[0]
    }
}

impl Known {
    fn of(scenario: &Scenario, line: &Line) -> Self {
        let (facts, refused) = line.play(scenario);
        let mut opened = vec![None; scenario.questions.len()];
        for fact in &facts {
            if let What::Opened { question, .. } = fact.what {
                opened[question.at()] = Some(fact.at);
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
                | Input::End
                | Input::Fire(_)
                | Input::Hold(_)
                | Input::Release(_)
                | Input::Skip(_)
                | Input::Extend(..) => When::At(step.at),
            };
            Turn { when, input: step.input.clone() }
        };
        let steps = steps.map(turn).collect();
        let left = opened.iter().zip(answered).map(|(opened, answered)| opened.is_some() && !answered);
        Self { seed: Some(line.settings.seed), steps, left: left.collect() }
    }

    /// Whether the line does this at all.
    pub(super) fn does(&self, input: &Input) -> bool {
        self.steps.iter().any(|turn| turn.input == *input)
    }
}
