//! Facts, kept: in memory, or durable and tamper-evident on a disk.
//!
//! [`Store`] is a data folder; [`DrillJournal`] is one drill in it that takes
//! facts; [`RoomJournal`] is one room that takes entries. What a fact looks like on a disk is `codec.rs`; why a changed record
//! is noticed is `chain.rs`, `sign.rs` and `sidecar.rs`; how a person is erased
//! from a record that must not change is `seal.rs`, `vault.rs` and `keys.rs`; what leaves
//! the folder is `evidence.rs`. Nothing here reads a clock.
//!
//! A data folder holds `journal.db` (SQLite, with its log beside it),
//! `drills/ID.checkpoints` (signed heads), `drills/ID.lock` (held while a drill
//! is played), `drills/ID.beat` (how far its clock has run), `signing.key` and `people.keys`. Whoever keeps copies keeps the
//! last one apart, or not at all: it is what erasing a person erases. What many people play together is in
//! `rooms/ID/`, each room with a database and a file of keys of its own: see `room/mod.rs`.

mod admit;
mod beat;
mod catalogue;
mod chain;
mod check;
mod codec;
mod connection;
mod decode;
mod error;
mod evidence;
mod examine;
mod files;
mod forget;
mod header;
mod id;
mod keyfile;
mod keys;
mod names;
mod room;
mod schema;
mod seal;
mod sidecar;
mod sign;
mod sqlite;
mod store;
mod vault;
mod writer;

pub use chain::{Chained, Digest, FORMAT};
pub use error::{Damage, JournalError, Kind, Place, said};
pub use evidence::{Verified, verify};
pub use examine::{Evidence, examine};
pub use forget::Forgotten;
pub use header::{Header, Parent};
pub use id::{DrillId, RoomId};
pub use keys::Words;
pub use room::{DoorPlace, ReadRoom, Receipt, RoomError, RoomHeader, RoomJournal, RoomSummary, VerifiedRoom};
pub use seal::{ERASED, KEYLESS, SEALED};
pub use store::{DrillSummary, NewDrill, Player, Read, Store};
pub use writer::DrillJournal;

use crate::engine::Fact;
use crate::scenario::SimTime;

/// Where the facts of one drill go.
pub trait Journal {
    /// Adds facts, all or none. What `append` has returned from is kept.
    ///
    /// # Errors
    /// If they cannot be kept. Then the drill stops: nothing is shown that was not written.
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError>;

    /// How many facts there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The head of the chain; none where nothing is chained.
    fn head(&self) -> Option<Digest>;

    /// Notes that drill time has come this far without a fact, for a drill that is killed. What
    /// cannot be noted is let go: the next fact says whether the disk still takes anything.
    fn beat(&mut self, _now: SimTime) {}
}

/// A drill can borrow its journal, so that whoever lent it has it back afterwards.
impl<J: Journal + ?Sized> Journal for &mut J {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        (**self).append(facts)
    }

    fn len(&self) -> usize {
        (**self).len()
    }

    fn head(&self) -> Option<Digest> {
        (**self).head()
    }

    fn beat(&mut self, now: SimTime) {
        (**self).beat(now);
    }
}

/// Keeps nothing but the count: for simulation, where speed counts and the drill holds the facts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    count: usize,
}

impl Journal for Memory {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        self.count += facts.len();
        Ok(())
    }

    fn len(&self) -> usize {
        self.count
    }

    fn head(&self) -> Option<Digest> {
        None
    }
}
