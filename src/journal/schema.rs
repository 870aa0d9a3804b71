//! The tables of the database, and what marks the file as ours: pinned, for old journals are read for ever.

/// "brdr": marks the file as ours.
pub(super) const APPLICATION: i64 = 0x6272_6472;
pub(super) const VERSION: i64 = 1;

/// Facts are added in order, and neither changed nor, save by one path, removed.
pub(super) const SCHEMA: [&str; 12] = [
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
