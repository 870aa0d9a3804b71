//! One drill and its journal, driven from outside. Never blocks, never waits.
//!
//! What is shown was first written: the engine works out what follows, the
//! journal takes it, and only then does anybody hear of it. If the journal
//! cannot take it, it has not happened.

use crate::engine::{self, Fact, Input, Refusal, State};
use crate::journal::{Journal, JournalError};
use crate::limits::FACTS_MAX;
use crate::scenario::{Scenario, SimTime};

/// One drill and its journal.
#[derive(Debug)]
pub struct Drill<'s, J> {
    scenario: &'s Scenario,
    state: State,
    facts: Vec<Fact>,
    journal: J,
}

/// What came of an input: facts, or a refusal.
pub type Submitted = Result<Vec<Fact>, Refusal>;

impl<'s, J: Journal> Drill<'s, J> {
    /// A drill before STARTEX.
    pub fn new(scenario: &'s Scenario, journal: J) -> Self {
        Self { scenario, state: State::new(scenario), facts: Vec::new(), journal }
    }

    /// A drill that goes on after `facts`, which its journal holds already.
    pub fn resumed(scenario: &'s Scenario, journal: J, facts: Vec<Fact>) -> Self {
        Self { scenario, state: State::after(scenario, &facts), facts, journal }
    }

    /// Everything that happens by itself up to `now`, in order.
    ///
    /// # Errors
    /// If the journal cannot take a fact; nothing of that moment has happened then.
    pub fn advance(&mut self, now: SimTime) -> Result<Vec<Fact>, JournalError> {
        let from = self.facts.len();
        while self.step(now)? {}
        Ok(self.facts[from..].to_vec())
    }

    /// What happens at the next moment, up to `now`, at which anything happens.
    ///
    /// # Errors
    /// As [`Drill::advance`].
    pub fn tick(&mut self, now: SimTime) -> Result<Vec<Fact>, JournalError> {
        let from = self.facts.len();
        self.step(now)?;
        Ok(self.facts[from..].to_vec())
    }

    /// As [`Drill::tick`], for who reads the facts elsewhere; whether there were any.
    ///
    /// # Errors
    /// As [`Drill::advance`].
    pub fn step(&mut self, now: SimTime) -> Result<bool, JournalError> {
        if self.facts.len() >= FACTS_MAX {
            return Ok(false);
        }
        let from = self.facts.len();
        // A tick is never refused after STARTEX, and before it nothing is due.
        let _due = engine::step(self.scenario, &mut self.state, now, &Input::Tick, &mut self.facts);
        self.record(from)?;
        Ok(self.facts.len() > from)
    }

    /// What follows from `input` at `now`, after everything that is due by then.
    ///
    /// # Errors
    /// If the journal cannot take a fact.
    pub fn submit(&mut self, now: SimTime, input: &Input) -> Result<Submitted, JournalError> {
        let from = self.facts.len();
        Ok(self.enter(now, input)?.map(|()| self.facts[from..].to_vec()))
    }

    /// As [`Drill::submit`], for who reads the facts elsewhere.
    ///
    /// # Errors
    /// As [`Drill::submit`].
    pub fn enter(&mut self, now: SimTime, input: &Input) -> Result<Result<(), Refusal>, JournalError> {
        while self.step(now)? {}
        let full = self.facts.len() >= FACTS_MAX;
        if full && *input != Input::End {
            return Ok(Err(Refusal::Full));
        }
        // A full drill ends where it stands; what is due since then does not happen.
        let now = if full { self.state.at } else { now };
        let from = self.facts.len();
        let entered = engine::step(self.scenario, &mut self.state, now, input, &mut self.facts);
        self.record(from)?;
        Ok(entered)
    }

    /// Writes down the facts from row `from` on, which the state has folded in.
    /// If that fails, they have not happened.
    fn record(&mut self, from: usize) -> Result<(), JournalError> {
        if self.facts.len() == from {
            return Ok(());
        }
        let written = self.journal.append(&self.facts[from..]);
        if written.is_err() {
            self.facts.truncate(from);
            self.state = State::after(self.scenario, &self.facts);
        }
        written
    }

    /// Notes how far drill time has come, for a drill that is killed.
    pub fn beat(&mut self, now: SimTime) {
        self.journal.beat(now);
    }

    /// The next moment at which something may happen by itself, if any is left.
    #[must_use]
    pub fn next_moment(&self) -> Option<SimTime> {
        engine::next_moment(self.scenario, &self.state)
    }

    /// The next moment after `from` at which something may happen by itself, if everything that is
    /// due by `from` has happened.
    #[must_use]
    pub fn next_moment_after(&self, from: SimTime) -> Option<SimTime> {
        engine::next_moment_after(self.scenario, &self.state, from)
    }

    /// The scenario.
    #[must_use]
    pub const fn scenario(&self) -> &'s Scenario {
        self.scenario
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Everything that has happened.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Its journal.
    #[must_use]
    pub const fn journal(&self) -> &J {
        &self.journal
    }

    /// Its journal, for closing it.
    pub const fn journal_mut(&mut self) -> &mut J {
        &mut self.journal
    }
}
