//! One drill and its journal, driven from outside. Never blocks, never waits.
//!
//! Decide, append, apply, in that order: what is shown was first written.

use crate::engine::{Fact, Input, Refusal, State, decide, next_moment};
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
        let due = decide(self.scenario, &self.state, now, &Input::Tick).unwrap_or_default();
        let any = !due.is_empty();
        if any {
            self.record(due)?;
        }
        Ok(any)
    }

    /// What follows from `input` at `now`, after everything that is due by then.
    ///
    /// # Errors
    /// If the journal cannot take a fact.
    pub fn submit(&mut self, now: SimTime, input: &Input) -> Result<Submitted, JournalError> {
        let from = self.facts.len();
        while self.step(now)? {}
        if self.facts.len() >= FACTS_MAX && *input != Input::End {
            return Ok(Err(Refusal::Full));
        }
        match decide(self.scenario, &self.state, now, input) {
            Ok(facts) => self.record(facts)?,
            Err(refusal) => return Ok(Err(refusal)),
        }
        Ok(Ok(self.facts[from..].to_vec()))
    }

    fn record(&mut self, facts: Vec<Fact>) -> Result<(), JournalError> {
        self.journal.append(&facts)?;
        for fact in facts {
            self.state.apply(&fact);
            self.facts.push(fact);
        }
        Ok(())
    }

    /// Notes how far drill time has come, for a drill that is killed.
    pub fn beat(&mut self, now: SimTime) {
        self.journal.beat(now);
    }

    /// The next moment at which something may happen by itself, if any is left.
    #[must_use]
    pub fn next_moment(&self) -> Option<SimTime> {
        next_moment(self.scenario, &self.state)
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
