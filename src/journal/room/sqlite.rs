//! The database of a room: every line of SQL about rooms. It stores and gives back, and judges nothing.

use std::path::Path;

use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::journal::JournalError;
use crate::journal::chain::Digest;
use crate::journal::check::Linked;
use crate::journal::connection::{Base, Stored, checkpoint, failed, rows_of, signed, unsigned};
use crate::journal::error::{Damage, Kind, Place};
use crate::journal::id::Whose;
use crate::journal::schema::ROOM;
use crate::journal::sign::Checkpoint;
use crate::journal::store::refusal;
use crate::limits::ROOM_ENTRIES_MAX;
use crate::speech::noted;

/// One entry as it stands in the database.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) n: u64,
    pub(super) wall: u64,
    pub(super) at: u32,
    pub(super) body: String,
    pub(super) hash: Digest,
}

/// The hash of entry `n` (the first is 1), given what it says and the hash before it.
pub(super) fn link(before: Digest, n: u64, (wall, at): (u64, u32), body: &str) -> Digest {
    let (n, wall, at) = (n.to_be_bytes(), wall.to_be_bytes(), at.to_be_bytes());
    Digest::of_parts("entry", &[&n, &wall, &at, body.as_bytes(), &before.0])
}

impl Linked for Record {
    const MOST: u64 = ROOM_ENTRIES_MAX as u64;

    fn n(&self) -> u64 {
        self.n
    }

    fn body(&self) -> &str {
        &self.body
    }

    fn hash(&self) -> Digest {
        self.hash
    }

    fn linked(&self, before: Digest, n: u64) -> Digest {
        link(before, n, (self.wall, self.at), &self.body)
    }
}

/// A connection to a room's database.
#[derive(Debug)]
pub(super) struct Db(Base);

const READ: &str = noted!("read the room");

impl Db {
    /// Makes a room's database with what it begins with.
    pub(super) fn make(path: &Path, new: &Stored<Record>) -> Result<(), JournalError> {
        Base::make(path, &ROOM, |connection| {
            connection.execute("INSERT INTO header(number, text) VALUES (1, ?1)", [&new.header])?;
            connection.execute("INSERT INTO script(number, text) VALUES (1, ?1)", [&new.script])?;
            add_entries(connection, &new.records)?;
            new.checkpoints.iter().try_for_each(|checkpoint| add_checkpoint(connection, checkpoint))
        })
    }

    /// Opens a room's database, which is there.
    pub(super) fn open(path: &Path) -> Result<Self, JournalError> {
        there(path)?;
        Base::open(path, &ROOM).map(Self)
    }

    /// As [`Db::open`]; but one that may not be written is opened all the same, to be read.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, JournalError> {
        match Self::open(path) {
            Err(refused) if refusal(&refused) => {
                Base::open_to_read(path, &ROOM).map(Self).map_err(|other| match other {
                    // What is said of writing says more than that reading does not help.
                    other if refusal(&other) => refused,
                    other => other,
                })
            }
            opened => opened,
        }
    }

    /// Adds entries and the checkpoint over them, all or none; durable when it returns.
    pub(super) fn append(&self, records: &[Record], over: &Checkpoint) -> Result<(), JournalError> {
        self.0.commit(noted!("write the entries"), |t: &Transaction<'_>| {
            add_entries(t, records)?;
            add_checkpoint(t, over)
        })
    }

    /// Everything, in one snapshot.
    pub(super) fn stored(&self, whose: Whose) -> Result<Stored<Record>, JournalError> {
        let failed = |e| failed(READ, &self.0.path, e);
        let snapshot = self.0.connection.unchecked_transaction().map_err(failed)?;
        let text =
            |sql: &str| snapshot.query_row(sql, [], |row| row.get::<_, String>(0)).optional().map_err(failed);
        let header = text("SELECT text FROM header")?;
        let script = text("SELECT text FROM script")?;
        let mut statement = snapshot
            .prepare_cached("SELECT seq, wall, at, body, hash FROM entry ORDER BY seq")
            .map_err(failed)?;
        let records = rows_of(statement.query([]).map_err(failed)?, record, whose, failed)?;
        let checkpoints = snapshot
            .prepare_cached("SELECT seq, head, signature FROM checkpoint ORDER BY seq")
            .and_then(|mut s| s.query_map([], checkpoint)?.collect())
            .map_err(failed)?;
        Ok(Stored { header: header.unwrap_or_default(), script, records, checkpoints })
    }
}

/// SQLite would say of a file that is gone only that it cannot open it.
fn there(path: &Path) -> Result<(), JournalError> {
    if path.exists() {
        return Ok(());
    }
    let gone = Damage::new(Place::Folder(path.to_owned()), Kind::Shorter, noted!("it is gone"));
    Err(JournalError::Damaged(vec![gone]))
}

fn add_entries(connection: &rusqlite::Connection, records: &[Record]) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT INTO entry(seq, wall, at, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for r in records {
        insert.execute(params![signed(r.n), signed(r.wall), r.at, r.body, r.hash.0])?;
    }
    Ok(())
}

fn add_checkpoint(connection: &rusqlite::Connection, c: &Checkpoint) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO checkpoint(seq, head, signature) VALUES (?1, ?2, ?3)")?
        .execute(params![signed(c.n), c.head.0, c.signature])
        .map(|_| ())
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        n: unsigned(row.get(0)?),
        wall: unsigned(row.get(1)?),
        at: row.get(2)?,
        body: row.get(3)?,
        hash: Digest(row.get(4)?),
    })
}
