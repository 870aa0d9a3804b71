//! The database under a data folder: every line of SQL about drills stands here, the tables in `schema.rs`.
//!
//! It stores and gives back, and judges nothing: whether what comes back is
//! what was written is for `check.rs` to say. Facts can be added but neither
//! changed nor, save by the one path of [`Db::forget`], removed.

use std::path::Path;

use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::JournalError;
use super::chain::{Digest, link};
use super::check::Linked;
use super::connection::{Base, MAKE, Stored, checkpoint, failed, rows_of, signed, unsigned};
use super::files::{self, Lock};
use super::header::Header;
use super::id::{DrillId, Whose};
use super::schema::DRILLS;
use super::sign::Checkpoint;
use crate::limits::FACTS_READ_MAX;
use crate::scenario::SimTime;
use crate::speech::noted;

/// A connection to the database.
#[derive(Debug)]
pub(super) struct Db {
    base: Base,
}

/// One fact as it stands in the database.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) n: u64,
    pub(super) at: u32,
    pub(super) body: String,
    pub(super) hash: Digest,
}

impl Linked for Record {
    const MOST: u64 = FACTS_READ_MAX as u64;

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
        link(before, n, SimTime(self.at), &self.body)
    }
}

const LIST: &str = noted!("list the drills");

impl Db {
    /// Opens the database, and makes it first if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.exists() {
            Self::make(path)?;
        }
        Base::open(path, &DRILLS).map(|base| Self { base })
    }

    /// Opens a database that may not be written, and leaves no file beside it.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, JournalError> {
        Base::open_to_read(path, &DRILLS).map(|base| Self { base })
    }

    /// Makes the database beside its place and moves it there whole, so that a crash leaves none rather than half.
    fn make(path: &Path) -> Result<(), JournalError> {
        let _lock = Lock::take(&path.with_extension("lock"))?;
        if path.exists() {
            return Ok(());
        }
        let beside = path.with_extension("new");
        files::remove(&beside)?;
        Base::make(&beside, &DRILLS, |_| Ok(()))?;
        let moved = std::fs::rename(&beside, path);
        moved.and_then(|()| files::sync_folder_of(path)).map_err(JournalError::file(MAKE, path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.base.path
    }

    /// Adds a drill with its first checkpoint, and gives its number.
    pub(super) fn add_drill(
        &self,
        header: &Header,
        script: &str,
        first: &Checkpoint,
    ) -> Result<i64, JournalError> {
        self.base.commit(noted!("begin the drill"), |t| {
            t.execute(
                "INSERT OR IGNORE INTO script(digest, text) VALUES (?1, ?2)",
                params![header.script.0, script],
            )?;
            t.execute(
                "INSERT INTO drill(id, script, header) VALUES (?1, ?2, ?3)",
                params![header.id.0, header.script.0, header.encode()],
            )?;
            let number = t.last_insert_rowid();
            add_checkpoint(t, number, first)?;
            Ok(number)
        })
    }

    /// Adds facts and the checkpoint over them, all or none; durable when it returns.
    pub(super) fn append(
        &self,
        drill: i64,
        records: &[Record],
        over: &Checkpoint,
    ) -> Result<(), JournalError> {
        self.base.commit(noted!("write the facts"), |t| {
            let mut insert =
                t.prepare_cached("INSERT INTO fact(drill, seq, at, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for record in records {
                insert.execute(params![drill, signed(record.n), record.at, record.body, record.hash.0])?;
            }
            add_checkpoint(t, drill, over)
        })
    }

    /// Every drill, oldest first.
    pub(super) fn drills(&self) -> Result<Vec<DrillId>, JournalError> {
        self.base
            .connection
            .prepare_cached("SELECT id FROM drill ORDER BY number")
            .and_then(|mut s| s.query_map([], |row| row.get(0).map(DrillId))?.collect())
            .map_err(|e| failed(LIST, self.path(), e))
    }

    /// Every header, as it stands.
    pub(super) fn headers(&self) -> Result<Vec<String>, JournalError> {
        self.base
            .connection
            .prepare_cached("SELECT header FROM drill")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(|e| failed(LIST, self.path(), e))
    }

    /// Everything of one drill, in one snapshot; none if there is no such drill.
    pub(super) fn stored(&self, id: DrillId) -> Result<Option<Stored<Record>>, JournalError> {
        let failed = |e| failed(noted!("read the drill"), self.path(), e);
        let snapshot = self.base.connection.unchecked_transaction().map_err(failed)?;
        let head = snapshot
            .prepare_cached("SELECT number, header, script.text FROM drill LEFT JOIN script ON script.digest = drill.script WHERE id = ?1")
            .and_then(|mut s| s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(failed)?;
        let Some((number, header, script)): Option<(i64, _, _)> = head else { return Ok(None) };
        let mut statement = snapshot
            .prepare_cached("SELECT seq, at, body, hash FROM fact WHERE drill = ?1 ORDER BY seq")
            .map_err(failed)?;
        let rows = statement.query([number]).map_err(failed)?;
        let records = rows_of(rows, record, Whose::Drill(id), failed)?;
        let checkpoints = snapshot
            .prepare_cached("SELECT seq, head, signature FROM checkpoint WHERE drill = ?1 ORDER BY seq")
            .and_then(|mut s| s.query_map([number], checkpoint)?.collect())
            .map_err(failed)?;
        Ok(Some(Stored { header, script, records, checkpoints }))
    }

    /// The number under which the facts of a drill stand; none if there is no such drill.
    pub(super) fn number(&self, id: DrillId) -> Result<Option<i64>, JournalError> {
        self.base
            .connection
            .query_row("SELECT number FROM drill WHERE id = ?1", [id.0], |row| row.get(0))
            .optional()
            .map_err(|e| failed(noted!("read the drill"), self.path(), e))
    }

    /// Every tombstone: the id, and the line that says who signed it.
    pub(super) fn tombstones(&self) -> Result<Vec<(DrillId, String)>, JournalError> {
        self.base
            .connection
            .prepare_cached("SELECT id, line FROM tombstone WHERE line NOT LIKE 'key %'")
            .and_then(|mut s| s.query_map([], |row| Ok((DrillId(row.get(0)?), row.get(1)?)))?.collect())
            .map_err(|e| failed(noted!("list the tombstones"), self.path(), e))
    }

    /// The stone of a key that was erased, without the word that tells it from a drill's; none if there is none.
    pub(super) fn stone(&self, id: DrillId) -> Result<Option<String>, JournalError> {
        self.base
            .connection
            .query_row(
                "SELECT substr(line, 5) FROM tombstone WHERE id = ?1 AND line LIKE 'key %'",
                [id.0],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| failed(noted!("look for an erased key"), self.path(), e))
    }

    /// Sets the stone of a key that was erased, unless there is one.
    pub(super) fn set_stone(&self, id: DrillId, line: &str) -> Result<(), JournalError> {
        self.base.commit(noted!("note that a key was erased"), |t| {
            let set = "INSERT OR IGNORE INTO tombstone(id, line) VALUES (?1, 'key ' || ?2)";
            t.execute(set, params![id.0, line]).map(|_| ())
        })
    }

    /// The one way in which facts go: a whole drill, if it is there, for a tombstone.
    ///
    /// The rows are overwritten with zeros; after [`Db::pack`] no file of the database holds them any more.
    pub(super) fn forget(&self, id: DrillId, tombstone: &str) -> Result<(), JournalError> {
        self.base.commit(noted!("erase the drill"), |t| {
            let number: Option<i64> =
                t.query_row("SELECT number FROM drill WHERE id = ?1", [id.0], |row| row.get(0)).optional()?;
            t.execute("INSERT INTO forgetting(drill) SELECT number FROM drill WHERE id = ?1", [id.0])?;
            t.execute("DELETE FROM fact WHERE drill = ?1", [number])?;
            t.execute("DELETE FROM checkpoint WHERE drill = ?1", [number])?;
            t.execute("DELETE FROM drill WHERE number = ?1", [number])?;
            t.execute("DELETE FROM script WHERE digest NOT IN (SELECT script FROM drill)", [])?;
            t.execute("DELETE FROM forgetting", [])?;
            let set = "INSERT INTO tombstone(id, line) VALUES (?1, ?2)";
            t.execute(set, params![id.0, tombstone]).map(|_| ())
        })
    }

    /// Packs the file and empties the log.
    pub(super) fn pack(&self) -> Result<(), JournalError> {
        self.base.pack()
    }
}

fn add_checkpoint(t: &Transaction<'_>, drill: i64, c: &Checkpoint) -> rusqlite::Result<()> {
    t.prepare_cached("INSERT INTO checkpoint(drill, seq, head, signature) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![drill, signed(c.n), c.head.0, c.signature])
        .map(|_| ())
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record { n: unsigned(row.get(0)?), at: row.get(1)?, body: row.get(2)?, hash: Digest(row.get(3)?) })
}
