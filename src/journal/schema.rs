//! The tables of the databases, and what marks the files as ours: pinned, for old journals are read for ever.

/// What a database of ours is made of.
#[derive(Debug)]
pub(super) struct Shape {
    /// Marks the file as ours.
    pub(super) application: i64,
    pub(super) version: i64,
    pub(super) tables: &'static [&'static str],
}

/// "brdr": many drills.
pub(super) const DRILLS: Shape = Shape { application: 0x6272_6472, version: 1, tables: &DRILLS_TABLES };

/// "brdR": one room.
pub(super) const ROOM: Shape = Shape { application: 0x6272_6452, version: 1, tables: &ROOM_TABLES };

/// Facts are added in order, and neither changed nor, save by one path, removed.
const DRILLS_TABLES: [&str; 12] = [
    "CREATE TABLE script(digest BLOB PRIMARY KEY CHECK(length(digest)=32), text TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE drill(number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK(length(id)=16), script BLOB NOT NULL REFERENCES script, header TEXT NOT NULL) STRICT",
    "CREATE TABLE fact(drill INTEGER NOT NULL REFERENCES drill, seq INTEGER NOT NULL CHECK(seq>0), at INTEGER NOT NULL CHECK(at>=0), body TEXT NOT NULL, hash BLOB NOT NULL CHECK(length(hash)=32), PRIMARY KEY(drill, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE checkpoint(drill INTEGER NOT NULL REFERENCES drill, seq INTEGER NOT NULL, head BLOB NOT NULL CHECK(length(head)=32), signature BLOB NOT NULL CHECK(length(signature)=64), PRIMARY KEY(drill, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE tombstone(id BLOB PRIMARY KEY CHECK(length(id)=16), line TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE forgetting(drill INTEGER PRIMARY KEY) STRICT",
    "CREATE TRIGGER fact_in_order BEFORE INSERT ON fact WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM fact WHERE drill = NEW.drill) BEGIN SELECT RAISE(ABORT, 'facts are added in order'); END",
    "CREATE TRIGGER fact_stays BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END",
    "CREATE TRIGGER fact_kept BEFORE DELETE ON fact WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE drill = OLD.drill) BEGIN SELECT RAISE(ABORT, 'a fact is never removed'); END",
    "CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END",
    "CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE drill = OLD.drill) BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END",
    "CREATE TRIGGER tombstone_kept BEFORE DELETE ON tombstone BEGIN SELECT RAISE(ABORT, 'a tombstone is never removed'); END",
];

/// Entries are added in order, and neither changed nor removed: a room is erased with its file.
const ROOM_TABLES: [&str; 10] = [
    "CREATE TABLE header(number INTEGER PRIMARY KEY CHECK(number=1), text TEXT NOT NULL) STRICT",
    "CREATE TABLE script(number INTEGER PRIMARY KEY CHECK(number=1), text TEXT NOT NULL) STRICT",
    "CREATE TABLE entry(seq INTEGER PRIMARY KEY CHECK(seq>0), wall INTEGER NOT NULL CHECK(wall>=0), at INTEGER NOT NULL CHECK(at>=0), body TEXT NOT NULL, hash BLOB NOT NULL CHECK(length(hash)=32)) STRICT",
    "CREATE TABLE checkpoint(seq INTEGER PRIMARY KEY, head BLOB NOT NULL CHECK(length(head)=32), signature BLOB NOT NULL CHECK(length(signature)=64)) STRICT",
    "CREATE TRIGGER header_stays BEFORE UPDATE ON header BEGIN SELECT RAISE(ABORT, 'a header is never changed'); END",
    "CREATE TRIGGER entry_in_order BEFORE INSERT ON entry WHEN NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM entry) BEGIN SELECT RAISE(ABORT, 'entries are added in order'); END",
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
    "CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END",
    "CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END",
    "CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'a checkpoint is never removed'); END",
];
