//! A journal that begins with the first fact: a drill that nobody began leaves nothing behind.

use crate::engine::Fact;
use crate::journal::{Digest, DrillId, DrillJournal, Journal, JournalError, NewDrill, Store};
use crate::scenario::SimTime;

/// Records a drill from its first fact on.
pub(super) enum Recorder<'s> {
    /// Nothing has happened.
    Waiting {
        /// Where the drill will be kept.
        store: &'s Store,
        /// What is settled before STARTEX.
        new: NewDrill<'s>,
    },
    /// The drill is in its journal.
    Begun(Box<DrillJournal>),
}

impl Recorder<'_> {
    /// The drill's id, once it has one.
    pub(super) const fn id(&self) -> Option<DrillId> {
        match self {
            Self::Waiting { .. } => None,
            Self::Begun(journal) => Some(journal.id()),
        }
    }
}

impl Journal for Recorder<'_> {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        if let Self::Waiting { store, new } = self
            && !facts.is_empty()
        {
            *self = Self::Begun(Box::new(store.create(*new)?));
        }
        match self {
            Self::Waiting { .. } => Ok(()),
            Self::Begun(journal) => journal.append(facts),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Waiting { .. } => 0,
            Self::Begun(journal) => journal.len(),
        }
    }

    fn head(&self) -> Option<Digest> {
        match self {
            Self::Waiting { .. } => None,
            Self::Begun(journal) => journal.head(),
        }
    }

    fn beat(&mut self, now: SimTime) {
        if let Self::Begun(journal) = self {
            journal.beat(now);
        }
    }
}
