//! A line: one way to play a scenario from STARTEX on, input by input.
//!
//! A line names what the trainee did and when, and nothing that follows from it,
//! so it can be played again, changed at one place, and written as an answers file.

use crate::engine::{EndCause, Fact, Input, Refusal, Settings, State, Submission, What, decide};
use crate::scenario::{Scenario, SimTime};

/// What was settled at STARTEX, and what was done when, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What was settled at STARTEX.
    pub settings: Settings,
    /// The inputs, in order; the clock's own are not among them.
    pub steps: Vec<Step>,
}

/// One input at its moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: SimTime,
    /// What.
    pub input: Input,
}

impl Line {
    /// Nobody does anything.
    #[must_use]
    pub const fn silent(settings: Settings) -> Self {
        Self { settings, steps: Vec::new() }
    }

    /// The line that a drill's facts show; `None` before STARTEX.
    #[must_use]
    pub fn of(facts: &[Fact]) -> Option<Self> {
        let settings = |fact: &Fact| {
            if let What::Started { settings, .. } = &fact.what { Some(*settings) } else { None }
        };
        let settings = facts.iter().find_map(settings)?;
        let steps = facts.iter().filter_map(|fact| Some(Step { at: fact.at, input: input_of(&fact.what)? }));
        Some(Self { settings, steps: steps.collect() })
    }

    /// Plays the line to ENDEX: its facts, and which steps the drill refused.
    #[must_use]
    pub fn play(&self, scenario: &Scenario) -> (Vec<Fact>, Vec<(usize, Refusal)>) {
        let mut run = Run::start(scenario, self.settings);
        let mut refused = Vec::new();
        for (row, step) in self.steps.iter().enumerate() {
            run.advance(step.at);
            if run.state.over() {
                refused.extend(run.take(step.at, &step.input).err().map(|refusal| (row, refusal)));
                continue;
            }
            if let Err(refusal) = run.take(step.at, &step.input) {
                refused.push((row, refusal));
            }
        }
        run.finish();
        (run.facts, refused)
    }
}

/// The input that a fact shows, if a trainee's or a trainer's input brought it about.
#[expect(clippy::wildcard_enum_match_arm, reason = "all other facts follow from these and from the clock")]
pub(super) fn input_of(what: &What) -> Option<Input> {
    Some(match what {
        What::Answered { question, answer, confidence, reason } => Input::Answer(Submission {
            question: *question,
            answer: answer.clone(),
            confidence: *confidence,
            reason: reason.clone(),
        }),
        What::Begun { action, .. } => Input::Do(*action),
        What::Examining { evidence, .. } => Input::Examine(*evidence),
        What::Hinted { question, .. } => Input::Hint(*question),
        What::Extended { question, granted: Some(by), .. } => Input::Extend(*question, *by),
        What::Extended { question, granted: None, .. } => Input::MoreTime(*question),
        What::Fired(inject) => Input::Fire(*inject),
        What::Held(inject) => Input::Hold(*inject),
        What::Released(inject) => Input::Release(*inject),
        What::Skipped(inject) => Input::Skip(*inject),
        What::Noted(text) => Input::Note(text.clone()),
        What::Paused(cause) => Input::Pause(*cause),
        What::Resumed => Input::Resume,
        What::Ended { cause: EndCause::Asked, .. } => Input::End,
        _ => return None,
    })
}

/// A drill being played in memory: where it stands, and its facts.
#[derive(Clone, Debug)]
pub(super) struct Run<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) state: State,
    pub(super) facts: Vec<Fact>,
}

impl<'s> Run<'s> {
    /// A drill just after STARTEX.
    pub(super) fn start(scenario: &'s Scenario, settings: Settings) -> Self {
        let mut run = Self { scenario, state: State::new(scenario), facts: Vec::new() };
        run.take(SimTime::ZERO, &Input::Start(settings)).expect("checked: a new drill starts");
        run
    }

    /// What is due at the next moment, up to `until`, at which anything happens; whether anything was.
    pub(super) fn tick(&mut self, until: SimTime) -> bool {
        let from = self.facts.len();
        let due = decide(self.scenario, &self.state, until, &Input::Tick).unwrap_or_default();
        self.record(due);
        self.facts.len() > from
    }

    /// Everything that is due by `until`.
    pub(super) fn advance(&mut self, until: SimTime) {
        while self.tick(until) {}
    }

    /// Everything that is still due, to ENDEX.
    pub(super) fn finish(&mut self) {
        self.advance(self.scenario.clock.length);
    }

    /// An input, after everything that is due by then.
    pub(super) fn take(&mut self, now: SimTime, input: &Input) -> Result<(), Refusal> {
        let facts = decide(self.scenario, &self.state, now, input)?;
        self.record(facts);
        Ok(())
    }

    fn record(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            self.state.apply(&fact);
            self.facts.push(fact);
        }
    }
}
