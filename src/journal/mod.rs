//! Facts on disk. (A first cut, so that `drill` can be built on it.)

use std::fmt;

use crate::engine::Fact;

/// Where facts go to stay.
pub trait Journal {
    /// Appends facts that belong together; they are durable when it returns.
    ///
    /// # Errors
    /// If they could not be made durable; then none of them is kept.
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError>;
}

/// A journal in memory, for tests and simulation.
#[derive(Clone, Debug, Default)]
pub struct Memory;

impl Journal for Memory {
    fn append(&mut self, _: &[Fact]) -> Result<(), JournalError> {
        Ok(())
    }
}

/// The journal could not take or give what was asked.
#[derive(Debug)]
pub struct JournalError;

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the journal could not be written")
    }
}
