//! The database under a data folder: every line of SQL stands here, the tables in `schema.rs`.
//!
//! It stores and gives back, and judges nothing: whether what comes back is
//! what was written is for `check.rs` to say. WAL with full synchronisation,
//! so that a commit that has returned survives a crash and a power cut; facts
//! can be added but neither changed nor, save by the one path of
//! [`Db::forget`], removed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params,
};
use tr::tr;

use super::JournalError;
use super::chain::Digest;
use super::error::{Kind, Place};
use super::files::{self, Lock};
use super::header::{DrillId, Header};
use super::schema::{APPLICATION, SCHEMA, VERSION};
use super::sign::Checkpoint;
use crate::speech::noted;

/// How long to wait for another process to finish its commit.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to the database.
#[derive(Debug)]
pub(super) struct Db {
    connection: Connection,
    pub(super) path: PathBuf,
}

/// One fact as it stands in the database.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) n: u64,
    pub(super) at: u32,
    pub(super) body: String,
    pub(super) hash: Digest,
}

/// Everything of one drill, from one snapshot.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) number: i64,
    pub(super) header: String,
    pub(super) script: Option<String>,
    pub(super) records: Vec<Record>,
    pub(super) checkpoints: Vec<Checkpoint>,
}

const OPEN: &str = noted!("open the journal");
const MAKE: &str = noted!("make the journal");
const LIST: &str = noted!("list the drills");

impl Db {
    /// Opens the database, and makes it first if it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.exists() {
            Self::make(path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| failed(OPEN, path, e))?;
        // SQLite opens a file that it may not write all the same, to be read.
        if connection.is_readonly("main").map_err(|e| failed(OPEN, path, e))? {
            let said = noted!("it cannot be written").into();
            return Err(JournalError::Database { doing: OPEN, path: path.to_owned(), said });
        }
        Self::settled(connection, path)?.recognised("wal")
    }

    /// Opens a database that may not be written, and leaves no file beside it.
    pub(super) fn open_to_read(path: &Path) -> Result<Self, JournalError> {
        let plain = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, plain).map_err(|e| failed(OPEN, path, e));
        let refused = match opened.and_then(|c| Self::settled(c, path)?.recognised("wal")) {
            Err(error @ JournalError::Database { .. }) => error,
            settled => return settled,
        };
        // Without its log's index SQLite reads a file only if told that nobody changes it, and then passes over
        // the log: so only where there is none.
        let log = path.with_extension("db-wal");
        if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            return Err(refused);
        }
        let mut uri = String::from("file:");
        for byte in path.as_os_str().as_encoded_bytes() {
            match byte {
                b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
                letter if letter.is_ascii_alphanumeric() => uri.push(char::from(*letter)),
                other => write!(uri, "%{other:02x}").expect("checked: text takes text"),
            }
        }
        uri.push_str("?immutable=1");
        let connection = Connection::open_with_flags(uri, plain | OpenFlags::SQLITE_OPEN_URI)
            .map_err(|e| failed(OPEN, path, e))?;
        Self::settled(connection, path)?.recognised("delete")
    }

    fn settled(connection: Connection, path: &Path) -> Result<Self, JournalError> {
        let db = Self { connection, path: path.to_owned() };
        db.settle().map_err(|e| failed(OPEN, path, e))?;
        Ok(db)
    }

    /// Makes the database beside its place and moves it there whole, so that a crash leaves none rather than half.
    fn make(path: &Path) -> Result<(), JournalError> {
        let _lock = Lock::take(&path.with_extension("lock"))?;
        if path.exists() {
            return Ok(());
        }
        let beside = path.with_extension("new");
        files::remove(&beside)?;
        let file = files::private().write(true).create_new(true).open(&beside);
        let file = file.map_err(JournalError::file(MAKE, &beside))?;
        let make = || {
            let connection = Connection::open(&beside)?;
            connection.pragma_update(None, "application_id", APPLICATION)?;
            connection.pragma_update(None, "user_version", VERSION)?;
            connection.execute_batch(&format!("BEGIN; {}; COMMIT;", SCHEMA.join(";\n")))?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.close().map_err(|(_, error)| error)
        };
        make().map_err(|e| failed(MAKE, &beside, e))?;
        let moved = file.sync_all().and_then(|()| std::fs::rename(&beside, path));
        moved.and_then(|()| files::sync_folder_of(path)).map_err(JournalError::file(MAKE, path))
    }

    /// What every connection is set to.
    fn settle(&self) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.busy_timeout(PATIENCE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_prepared_statement_cache_capacity(16);
        for (pragma, value) in [
            ("trusted_schema", "OFF"),
            ("cell_size_check", "ON"),
            ("mmap_size", "0"),
            ("synchronous", "FULL"),
            ("fullfsync", "ON"),
            ("checkpoint_fullfsync", "ON"),
            ("foreign_keys", "ON"),
            ("secure_delete", "ON"),
            ("temp_store", "MEMORY"),
        ] {
            connection.pragma_update(None, pragma, value)?;
        }
        Ok(())
    }

    /// Whether the file is ours, of this version, and built as we build it.
    fn recognised(self, mode: &str) -> Result<Self, JournalError> {
        self.recognise(mode).map(|()| self)
    }

    fn recognise(&self, mode: &str) -> Result<(), JournalError> {
        let pragma = |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let read = |e| failed(noted!("read the journal"), &self.path, e);
        let damaged = |what| JournalError::damaged(Place::Folder(self.path.clone()), Kind::Altered, what);
        if pragma("application_id").map_err(read)? != APPLICATION {
            return Err(damaged(noted!("it is not a journal of breachdrill")));
        }
        match pragma("user_version").map_err(read)? {
            VERSION => {}
            newer if newer > VERSION => {
                return Err(JournalError::Newer { path: self.path.clone(), found: newer.to_string() });
            }
            _ => return Err(damaged(noted!("its version is not one that breachdrill ever wrote"))),
        }
        let found = self.connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0));
        if found.map_err(read)? != mode {
            return Err(damaged(noted!("it is not in the mode in which breachdrill writes")));
        }
        let mut statement = self
            .connection
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
            .map_err(read)?;
        let tables = statement.query_map([], |row| row.get::<_, String>(0)).map_err(read)?;
        let tables: Vec<String> = tables.collect::<Result<_, _>>().map_err(read)?;
        if tables == SCHEMA {
            Ok(())
        } else {
            Err(damaged(noted!("its tables are not as breachdrill makes them")))
        }
    }

    /// Adds a drill with its first checkpoint, and gives its number.
    pub(super) fn add_drill(
        &self,
        header: &Header,
        script: &str,
        first: &Checkpoint,
    ) -> Result<i64, JournalError> {
        self.commit(noted!("begin the drill"), |t| {
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
        self.commit(noted!("write the facts"), |t| {
            let mut insert =
                t.prepare_cached("INSERT INTO fact(drill, seq, at, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for record in records {
                insert.execute(params![drill, signed(record.n), record.at, record.body, record.hash.0])?;
            }
            add_checkpoint(t, drill, over)
        })
    }

    fn commit<T>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, JournalError> {
        let commit = || {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        commit().map_err(|e| failed(doing, &self.path, e))
    }

    /// Every drill, oldest first.
    pub(super) fn drills(&self) -> Result<Vec<DrillId>, JournalError> {
        self.connection
            .prepare_cached("SELECT id FROM drill ORDER BY number")
            .and_then(|mut s| s.query_map([], |row| row.get(0).map(DrillId))?.collect())
            .map_err(|e| failed(LIST, &self.path, e))
    }

    /// Every header, as it stands.
    pub(super) fn headers(&self) -> Result<Vec<String>, JournalError> {
        self.connection
            .prepare_cached("SELECT header FROM drill")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(|e| failed(LIST, &self.path, e))
    }

    /// Everything of one drill, in one snapshot; none if there is no such drill.
    pub(super) fn stored(&self, id: DrillId) -> Result<Option<Stored>, JournalError> {
        let failed = |e| failed(noted!("read the drill"), &self.path, e);
        let snapshot = self.connection.unchecked_transaction().map_err(failed)?;
        let head = snapshot
            .prepare_cached("SELECT number, header, script.text FROM drill LEFT JOIN script ON script.digest = drill.script WHERE id = ?1")
            .and_then(|mut s| s.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional())
            .map_err(failed)?;
        let Some((number, header, script)) = head else { return Ok(None) };
        let mut records = Vec::new();
        let mut statement = snapshot
            .prepare_cached("SELECT seq, at, body, hash FROM fact WHERE drill = ?1 ORDER BY seq")
            .map_err(failed)?;
        let mut rows = statement.query([number]).map_err(failed)?;
        loop {
            // What SQLite cannot read it says without a place; the place is after the last fact that it could.
            let unreadable = |error: rusqlite::Error| {
                let place = Place::Fact(id, records.len() as u64 + 1);
                if is_damage(&error) {
                    JournalError::damaged(place, Kind::Unreadable, tr!("it cannot be read: {error}", error))
                } else {
                    failed(error)
                }
            };
            match rows.next().and_then(|row| row.map(record).transpose()) {
                Ok(Some(record)) => records.push(record),
                Ok(None) => break,
                Err(error) => return Err(unreadable(error)),
            }
        }
        let checkpoints = snapshot
            .prepare_cached("SELECT seq, head, signature FROM checkpoint WHERE drill = ?1 ORDER BY seq")
            .and_then(|mut s| s.query_map([number], checkpoint)?.collect())
            .map_err(failed)?;
        Ok(Some(Stored { number, header, script, records, checkpoints }))
    }

    /// Every tombstone: the id, and the line that says who signed it.
    pub(super) fn tombstones(&self) -> Result<Vec<(DrillId, String)>, JournalError> {
        self.connection
            .prepare_cached("SELECT id, line FROM tombstone WHERE line NOT LIKE 'key %'")
            .and_then(|mut s| s.query_map([], |row| Ok((DrillId(row.get(0)?), row.get(1)?)))?.collect())
            .map_err(|e| failed(noted!("list the tombstones"), &self.path, e))
    }

    /// The stone of a key that was erased, without the word that tells it from a drill's; none if there is none.
    pub(super) fn stone(&self, id: DrillId) -> Result<Option<String>, JournalError> {
        self.connection
            .query_row(
                "SELECT substr(line, 5) FROM tombstone WHERE id = ?1 AND line LIKE 'key %'",
                [id.0],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| failed(noted!("look for an erased key"), &self.path, e))
    }

    /// Sets the stone of a key that was erased, unless there is one.
    pub(super) fn set_stone(&self, id: DrillId, line: &str) -> Result<(), JournalError> {
        self.commit(noted!("note that a key was erased"), |t| {
            let set = "INSERT OR IGNORE INTO tombstone(id, line) VALUES (?1, 'key ' || ?2)";
            t.execute(set, params![id.0, line]).map(|_| ())
        })
    }

    /// The one way in which facts go: a whole drill, if it is there, for a tombstone.
    ///
    /// The rows are overwritten with zeros; after [`Db::pack`] no file of the database holds them any more.
    pub(super) fn forget(&self, id: DrillId, tombstone: &str) -> Result<(), JournalError> {
        self.commit(noted!("erase the drill"), |t| {
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
        let pack = || {
            self.connection.execute_batch("VACUUM")?;
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        };
        match pack().map_err(|e| failed(noted!("pack the journal"), &self.path, e))? {
            0 => Ok(()),
            _ => Err(JournalError::Database {
                doing: noted!("empty the journal's log"),
                path: self.path.clone(),
                said: noted!("another breachdrill is reading it; close that one and do this again").into(),
            }),
        }
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

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    Ok(Checkpoint { n: unsigned(row.get(0)?), head: Digest(row.get(1)?), signature: row.get(2)? })
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).expect("checked: a drill has far fewer facts")
}

/// A number below zero was never written; as the largest number it is out of every sequence.
fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Whether SQLite says that the file is broken, rather than that it could not get at it.
fn is_damage(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase),
        // Without a code of SQLite's own, a value was not of the type that we store.
        None => true,
    }
}

fn failed(doing: &'static str, path: &Path, error: rusqlite::Error) -> JournalError {
    if is_damage(&error) {
        let what = tr!("it cannot be read: {error}", error);
        return JournalError::damaged(Place::Folder(path.to_owned()), Kind::Unreadable, what);
    }
    JournalError::Database { doing, path: path.to_owned(), said: error.to_string() }
}
