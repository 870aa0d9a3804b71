//! One room that takes entries: durable, chained and signed before `append` returns.
//!
//! Many batches go into one commit: keys of who has just come in first, then
//! the database, then one line of the checkpoint file, and only then does the
//! caller hear that it is done. After any failure the room takes nothing more: a
//! retried commit can lose what it says it kept.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tr::tr;

use super::beat;
use super::codec::{encode, speaker};
use super::door::{self, DoorPlace};
use super::error::RoomError;
use super::folder::RoomFolder;
use super::header::RoomHeader;
use super::keys::Keys;
use super::sqlite::{Db, Record, link};
use crate::journal::JournalError;
use crate::journal::chain::Digest;
use crate::journal::files::Lock;
use crate::journal::header::Titled;
use crate::journal::id::RoomId;
use crate::journal::names::Names;
use crate::journal::seal::Sealer;
use crate::journal::sidecar::Sidecar;
use crate::journal::sign::{Pen, Subject};
use crate::limits::{EVIDENCE_LINE_BYTES_MAX, ROOM_ENTRIES_MAX};
use crate::room::{Entry, MemberId, TeamId};
use crate::scenario::{Scenario, SimTime};

/// What whoever brought an entry about can keep: it names the entry, and a journal that was changed has not got it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The number of the last entry of the batch; the first of a room is 1.
    pub n: u64,
    /// The head of the chain after it.
    pub head: Digest,
}

/// The journal of one room on a disk. While it lives nobody else can write to the room.
#[derive(Debug)]
pub struct RoomJournal {
    header: RoomHeader,
    subject: Subject,
    pen: Pen,
    chain: Chain,
    keys: Keys,
    db: Db,
    sidecar: Sidecar,
    stopped: Option<String>,
    beat: PathBuf,
    door: PathBuf,
    _lock: Lock,
}

/// Where a chain ends, and what it takes to go on.
#[derive(Debug)]
pub(super) struct Chain {
    names: Names,
    genesis: Digest,
    n: u64,
    head: Digest,
}

impl Chain {
    /// A chain that ends with entry `n`.
    pub(super) fn ending(header: &RoomHeader, scenario: &Scenario, n: u64, head: Digest) -> Self {
        Self { names: Names::of(scenario), genesis: header.genesis(), n, head }
    }

    /// The row of the entry that comes next.
    pub(super) fn add(&mut self, keys: &Keys, entry: &Entry) -> Result<Record, JournalError> {
        let n = self.n + 1;
        if n > ROOM_ENTRIES_MAX as u64 {
            return Err(JournalError::TooLarge(tr!("A room has at most {} entries", ROOM_ENTRIES_MAX)));
        }
        let mut sealer = Sealer::new(keys.key(speaker(&entry.what)), self.genesis);
        sealer.at(n);
        let body = encode(&self.names, entry, &mut |text| sealer.seal(text));
        if body.len() > EVIDENCE_LINE_BYTES_MAX / 2 {
            let most = EVIDENCE_LINE_BYTES_MAX / 2;
            return Err(JournalError::TooLarge(tr!("Entry {n} has more than {most} bytes", n, most)));
        }
        let (wall, at) = (entry.wall, entry.at.0);
        let hash = link(self.head, n, (wall, at), &body);
        (self.n, self.head) = (n, hash);
        Ok(Record { n, wall, at, body, hash })
    }
}

/// What a room is opened with for writing.
pub(super) struct Parts {
    pub(super) header: RoomHeader,
    pub(super) chain: Chain,
    pub(super) keys: Keys,
    pub(super) pen: Pen,
    pub(super) lock: Lock,
}

impl RoomJournal {
    /// Opens the files of a room that is whole.
    pub(super) fn open(folder: &RoomFolder, parts: Parts) -> Result<Self, JournalError> {
        let Parts { header, chain, keys, pen, lock } = parts;
        Ok(Self {
            subject: Subject::of(&header),
            db: Db::open(&folder.database())?,
            sidecar: Sidecar::open(folder.checkpoints())?,
            stopped: None,
            beat: folder.beat(),
            door: folder.door(),
            _lock: lock,
            header,
            chain,
            keys,
            pen,
        })
    }

    /// The room.
    #[must_use]
    pub const fn id(&self) -> RoomId {
        self.header.id
    }

    /// The title page.
    #[must_use]
    pub const fn header(&self) -> &RoomHeader {
        &self.header
    }

    /// What was kept last: its number, and the head of the chain.
    #[must_use]
    pub const fn last(&self) -> Receipt {
        Receipt { n: self.chain.n, head: self.chain.head }
    }

    /// Adds batches of entries, all of them or none, in one commit. What this has returned from is kept. Gives
    /// a receipt for each batch; that of an empty one is for what stands before it.
    ///
    /// # Errors
    /// If they cannot be kept. Then the room takes nothing more: nothing is shown that was not written.
    ///
    /// # Panics
    /// If an entry names what the script does not have, which room and engine rule out.
    pub fn append(&mut self, batches: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError> {
        self.unless_stopped(|journal| journal.write(batches))
    }

    /// Erases somebody's key in a room that is open: their name and words cannot be read any more.
    ///
    /// # Errors
    /// If nobody has that number, or it could not be written. Then the room takes nothing more.
    pub fn forget_member(&mut self, member: MemberId) -> Result<(), JournalError> {
        if !self.keys.knows(member) {
            return Err(RoomError::NoSuchMember(self.id(), member).into());
        }
        self.unless_stopped(|journal| journal.keys.erase(member))
    }

    /// Notes how far the clocks of drills have come that run, for a host that is killed.
    pub fn beat(&mut self, moments: &[(TeamId, SimTime)]) {
        beat::write(&self.beat, moments);
    }

    /// Notes where people come in, for when the room is taken up again.
    pub fn opens_at(&self, place: DoorPlace) {
        door::write(&self.door, place);
    }

    /// Where people came in when it was open last.
    #[must_use]
    pub fn opened_at(&self) -> Option<DoorPlace> {
        door::read(&self.door)
    }

    /// How far clocks had come when that was noted last. Where nothing had happened by then, it counts.
    #[must_use]
    pub fn ran_to(&self) -> BTreeMap<TeamId, SimTime> {
        beat::read(&self.beat)
    }

    fn unless_stopped<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        if let Some(because) = &self.stopped {
            return Err(RoomError::Stopped { room: self.id(), because: because.clone() }.into());
        }
        let kept = self.last();
        work(self).inspect_err(|error| {
            self.stopped = Some(error.to_string());
            (self.chain.n, self.chain.head) = (kept.n, kept.head);
        })
    }

    fn write(&mut self, batches: &[Vec<Entry>]) -> Result<Vec<Receipt>, JournalError> {
        let entries = || batches.iter().flatten();
        self.keys.enrol(entries().map(|entry| speaker(&entry.what)))?;
        let mut records = Vec::with_capacity(entries().count());
        let mut receipts = Vec::with_capacity(batches.len());
        for batch in batches {
            for entry in batch {
                records.push(self.chain.add(&self.keys, entry)?);
            }
            receipts.push(self.last());
        }
        if !records.is_empty() {
            let Receipt { n, head } = self.last();
            let checkpoint = self.pen.checkpoint(&self.subject, n, head);
            self.db.append(&records, &checkpoint)?;
            self.sidecar.add(&checkpoint)?;
        }
        Ok(receipts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_of_its_own_can_have_it() {
        const fn can_be_sent<T: Send>() {}
        can_be_sent::<RoomJournal>();
    }
}
