//! A connection to one of our databases: how it is made, opened, recognised and written.
//!
//! WAL with full synchronisation, so that a commit that has returned survives a
//! crash and a power cut. What a database holds is for `sqlite.rs` (drills) and
//! `room/sqlite.rs` (a room) to say.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Rows, Transaction, TransactionBehavior};

use super::JournalError;
use super::chain::Digest;
use super::error::{Kind, Place, said_by_sqlite, unreadable};
use super::files;
use super::id::Whose;
use super::schema::Shape;
use super::sign::Checkpoint;
use crate::speech::noted;

/// How long to wait for another process to finish its commit.
const PATIENCE: Duration = Duration::from_secs(5);

/// Everything of one record, from one snapshot.
#[derive(Clone, Debug)]
pub(super) struct Stored<R> {
    pub(super) header: String,
    pub(super) script: Option<String>,
    pub(super) records: Vec<R>,
    pub(super) checkpoints: Vec<Checkpoint>,
}

/// An open database.
#[derive(Debug)]
pub(super) struct Base {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

const OPEN: &str = noted!("open the journal");
pub(super) const MAKE: &str = noted!("make the journal");

impl Base {
    /// Opens a database that is there, to write.
    pub(super) fn open(path: &Path, shape: &Shape) -> Result<Self, JournalError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| failed(OPEN, path, e))?;
        // SQLite opens a file that it may not write all the same, to be read.
        if connection.is_readonly("main").map_err(|e| failed(OPEN, path, e))? {
            let said = noted!("it cannot be written").into();
            return Err(JournalError::Database { doing: OPEN, path: path.to_owned(), said });
        }
        Self::settled(connection, path)?.recognised(shape, "wal")
    }

    /// Opens a database that may not be written, and leaves no file beside it.
    pub(super) fn open_to_read(path: &Path, shape: &Shape) -> Result<Self, JournalError> {
        let plain = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, plain).map_err(|e| failed(OPEN, path, e));
        let refused = match opened.and_then(|c| Self::settled(c, path)?.recognised(shape, "wal")) {
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
        Self::settled(connection, path)?.recognised(shape, "delete")
    }

    fn settled(connection: Connection, path: &Path) -> Result<Self, JournalError> {
        let base = Self { connection, path: path.to_owned() };
        base.settle().map_err(|e| failed(OPEN, path, e))?;
        Ok(base)
    }

    /// Makes a database where none is; it is whole on the disk, and closed, when this returns.
    pub(super) fn make(
        path: &Path,
        shape: &Shape,
        fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), JournalError> {
        let file = files::private().write(true).create_new(true).open(path);
        let file = file.map_err(JournalError::file(MAKE, path))?;
        let make = || {
            let connection = Connection::open(path)?;
            connection.pragma_update(None, "application_id", shape.application)?;
            connection.pragma_update(None, "user_version", shape.version)?;
            connection.execute_batch(&format!("BEGIN; {};", shape.tables.join(";\n")))?;
            fill(&connection)?;
            connection.execute_batch("COMMIT;")?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.close().map_err(|(_, error)| error)
        };
        make().map_err(|e| failed(MAKE, path, e))?;
        file.sync_all().map_err(JournalError::file(MAKE, path))
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
    fn recognised(self, shape: &Shape, mode: &str) -> Result<Self, JournalError> {
        self.recognise(shape, mode).map(|()| self)
    }

    fn recognise(&self, shape: &Shape, mode: &str) -> Result<(), JournalError> {
        let pragma = |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let read = |e| failed(noted!("read the journal"), &self.path, e);
        let damaged = |what| JournalError::damaged(Place::Folder(self.path.clone()), Kind::Altered, what);
        if pragma("application_id").map_err(read)? != shape.application {
            return Err(damaged(noted!("it is not a journal of breachdrill")));
        }
        match pragma("user_version").map_err(read)? {
            known if known == shape.version => {}
            newer if newer > shape.version => {
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
        if tables == shape.tables {
            Ok(())
        } else {
            Err(damaged(noted!("its tables are not as breachdrill makes them")))
        }
    }

    /// Does `work` in one transaction; it is durable when this returns.
    pub(super) fn commit<T>(
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

/// Every row that a statement yields, in order, or the place of the first that cannot be read.
///
/// What SQLite cannot read it says without a place; the place is after the last row that it could.
pub(super) fn rows_of<R>(
    mut rows: Rows<'_>,
    read: fn(&Row<'_>) -> rusqlite::Result<R>,
    whose: Whose,
    otherwise: impl Fn(rusqlite::Error) -> JournalError,
) -> Result<Vec<R>, JournalError> {
    let mut all = Vec::new();
    loop {
        match rows.next().and_then(|row| row.map(read).transpose()) {
            Ok(Some(row)) => all.push(row),
            Ok(None) => return Ok(all),
            Err(error) if is_damage(&error) => {
                let what = unreadable(&error);
                return Err(JournalError::damaged(
                    whose.record(all.len() as u64 + 1),
                    Kind::Unreadable,
                    what,
                ));
            }
            Err(error) => return Err(otherwise(error)),
        }
    }
}

pub(super) fn checkpoint(row: &Row<'_>) -> rusqlite::Result<Checkpoint> {
    Ok(Checkpoint { n: unsigned(row.get(0)?), head: Digest(row.get(1)?), signature: row.get(2)? })
}

pub(super) fn signed(n: u64) -> i64 {
    i64::try_from(n).expect("checked: nothing has so many rows")
}

/// A number below zero was never written; as the largest number it is out of every sequence.
pub(super) fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// Whether SQLite says that the file is broken, rather than that it could not get at it.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase),
        // Without a code of SQLite's own, a value was not of the type that we store.
        None => true,
    }
}

pub(super) fn failed(doing: &'static str, path: &Path, error: rusqlite::Error) -> JournalError {
    if is_damage(&error) {
        let what = unreadable(&error);
        return JournalError::damaged(Place::Folder(path.to_owned()), Kind::Unreadable, what);
    }
    JournalError::Database { doing, path: path.to_owned(), said: said_by_sqlite(&error) }
}
