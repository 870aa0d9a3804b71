//! Damaged files of a room: what comes back is exact, or reported with its place, or refused.

use std::path::{Path, PathBuf};

use super::{expected, hosted, open, write};
use crate::journal::damage::{scratch, step};
use crate::journal::files;
use breachdrill::journal::{Damage, JournalError, Kind, Place, RoomId, Store};
use rusqlite::Connection;

/// A room's folder that is put back as it was before each damage.
struct Specimen {
    folder: tempfile::TempDir,
    whole: Vec<(PathBuf, Vec<u8>)>,
    id: RoomId,
}

impl Specimen {
    /// As a program that was killed leaves it: everything is still in SQLite's log.
    fn killed() -> Self {
        let live = scratch();
        let store = Store::open(live.path()).unwrap();
        let mut journal = open(&store);
        write(&mut journal);
        Self::copied(live.path(), journal.id())
    }

    /// As a program that ended leaves it.
    fn closed() -> Self {
        let (live, id) = hosted();
        Self::copied(live.path(), id)
    }

    fn copied(live: &Path, id: RoomId) -> Self {
        let folder = scratch();
        let name = |path: PathBuf| path.strip_prefix(live).unwrap().to_owned();
        let mut whole: Vec<_> = files(live).into_iter().map(|(path, bytes)| (name(path), bytes)).collect();
        whole.retain(|(name, _)| name.extension().is_none_or(|e| e != "db-shm"));
        let specimen = Self { folder, whole, id };
        specimen.with("", |_| ());
        assert_eq!(specimen.outcome(), Ok(()), "undamaged it reads exactly");
        specimen
    }

    fn bytes(&self, file: &str) -> &[u8] {
        &self.whole.iter().find(|(name, _)| name.ends_with(file)).unwrap().1
    }

    fn room(&self) -> PathBuf {
        self.folder.path().join(format!("rooms/{}", self.id))
    }

    fn store(&self) -> Store {
        Store::open(self.folder.path()).unwrap()
    }

    /// Puts everything back, with one file damaged.
    fn with(&self, file: &str, damage: impl FnOnce(&mut Vec<u8>)) {
        let _ = std::fs::remove_dir_all(self.folder.path().join("rooms"));
        let mut damage = Some(damage);
        for (name, bytes) in &self.whole {
            let path = self.folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let mut bytes = bytes.clone();
            if let Some(damage) = damage.take_if(|_| !file.is_empty() && name.ends_with(file)) {
                damage(&mut bytes);
            }
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// Reads the room: exactly, or with what was reported. Less than everything without a report is a failure.
    fn outcome(&self) -> Result<(), Vec<Damage>> {
        let store = self.store();
        let listed = store.rooms().unwrap();
        let ours = listed.iter().find(|room| room.id == self.id).expect("the room is listed");
        assert!(ours.entries == expected().len() || !ours.damage.is_empty(), "shorter: {ours:?}");
        match store.read_room(self.id) {
            Ok(read) => {
                assert_eq!(read.entries, expected(), "read without a word, but not as written");
                assert_eq!(store.verify_room(self.id).unwrap(), []);
                Ok(())
            }
            Err(JournalError::Damaged(damage)) => {
                assert!(!damage.is_empty() && store.resume_room(self.id).is_err());
                Err(damage)
            }
            Err(JournalError::Database { .. } | JournalError::File { .. } | JournalError::Newer { .. }) => {
                Err(Vec::new())
            }
            Err(other) => panic!("not a report of damage: {other}"),
        }
    }

    /// Flips and cuts `file` all along, and gives how many of each were reported, and how many were tried.
    fn all_along(&self, file: &str) -> (usize, usize, usize) {
        let length = self.bytes(file).len();
        let (mut flips, mut cuts, mut tried) = (0, 0, 0);
        for at in (0..length).step_by(2 * step(length) + 1) {
            tried += 1;
            self.with(file, |bytes| bytes[at] ^= 1 << (at % 8));
            flips += usize::from(self.outcome().is_err());
            self.with(file, |bytes| bytes.truncate(at));
            cuts += usize::from(self.outcome().is_err());
        }
        (flips, cuts, tried)
    }

    /// Changes the database as somebody who knows SQL would, triggers out of the way and back again.
    fn tamper(&self, sql: &str) {
        self.with("", |_| ());
        let raw = Connection::open(self.room().join("room.db")).unwrap();
        let triggers: Vec<(String, String)> = raw
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        for (name, _) in &triggers {
            raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        raw.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        for (_, trigger) in &triggers {
            raw.execute_batch(trigger).unwrap();
        }
    }
}

#[test]
fn a_damaged_database_is_never_silently_read() {
    let (flips, cuts, _) = Specimen::closed().all_along("room.db");
    assert!(flips > 0 && cuts > 0);
}

#[test]
fn a_damaged_log_is_never_silently_read() {
    let specimen = Specimen::killed();
    assert!(specimen.bytes("room.db-wal").len() > 10_000, "the log holds the room");
    let (flips, cuts, tried) = specimen.all_along("room.db-wal");
    // What is not reported lies in frames that a later one made obsolete, and there the entries are exact.
    assert!(flips * 10 > tried * 7 && cuts * 10 > tried * 9, "{flips} flips, {cuts} cuts of {tried}");
}

#[test]
fn every_byte_of_the_checkpoints_counts_and_a_crash_may_leave_out_the_last_line() {
    let specimen = Specimen::closed();
    let file = "room.checkpoints";
    let whole = specimen.bytes(file).to_vec();
    let last_line = whole[..whole.len() - 1].iter().rposition(|b| *b == b'\n').unwrap() + 1;
    for at in (0..whole.len()).step_by(step(whole.len())) {
        specimen.with(file, |bytes| bytes[at] ^= 1);
        let damage = specimen.outcome().unwrap_err();
        let line = whole[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        let found = (&damage[0].place, damage[0].kind);
        assert_eq!(found, (&Place::RoomSidecar(specimen.id, line), Kind::SidecarAltered), "byte {at}");
        specimen.with(file, |bytes| bytes.truncate(at));
        match specimen.outcome() {
            Ok(()) => assert!(at >= last_line, "cut {at}"),
            Err(damage) => assert_eq!((damage[0].kind, at < last_line), (Kind::SidecarCut, true), "cut {at}"),
        }
    }
    // Killed between the database and the file: nothing is lost, and the file is mended.
    for cut in [last_line, last_line + 20] {
        specimen.with(file, |bytes| bytes.truncate(cut));
        let (journal, read) = specimen.store().resume_room(specimen.id).unwrap();
        assert_eq!(read.entries, expected());
        drop(journal);
        assert_eq!(std::fs::read(specimen.room().join(file)).unwrap(), whole);
    }
}

#[test]
fn lost_files_are_noticed() {
    let specimen = Specimen::killed();
    for (file, kind) in [
        ("room.db-wal", Kind::Shorter),
        ("room.db", Kind::Shorter),
        ("room.checkpoints", Kind::SidecarMissing),
    ] {
        specimen.with("", |_| ());
        std::fs::remove_file(specimen.room().join(file)).unwrap();
        assert_eq!(specimen.outcome().unwrap_err()[0].kind, kind, "{file}");
    }
}

#[test]
fn whatever_somebody_does_with_sql_is_named_by_its_place() {
    let specimen = Specimen::closed();
    let entry = |n| Place::Entry(specimen.id, n);
    let many = expected().len() as u64;
    let last = format!("DELETE FROM entry WHERE seq = {many}");
    let both = format!("{last}; DELETE FROM checkpoint WHERE seq = {many}");
    let added =
        format!("INSERT INTO entry SELECT {}, wall, at, body, hash FROM entry WHERE seq = {many}", many + 1);
    let swapped = "UPDATE entry SET seq = 9000 WHERE seq = 4; UPDATE entry SET seq = 4 WHERE seq = 5; \
                   UPDATE entry SET seq = 5 WHERE seq = 9000";
    let doubled = "UPDATE entry SET (wall, at, body, hash) = \
                   (SELECT wall, at, body, hash FROM entry WHERE seq = 6) WHERE seq = 7";
    for (sql, place, kind) in [
        (
            "UPDATE entry SET body = replace(body, '\"entry\":\"here\"', '\"entry\":\"away\"') WHERE seq = 4",
            entry(4),
            Kind::Altered,
        ),
        ("UPDATE entry SET wall = wall + 1 WHERE seq = 5", entry(5), Kind::Altered),
        ("UPDATE entry SET at = at + 1 WHERE seq = 6", entry(6), Kind::Altered),
        ("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2", entry(2), Kind::Altered),
        ("DELETE FROM entry WHERE seq = 3", entry(3), Kind::Altered),
        (last.as_str(), entry(many), Kind::Shorter),
        // The last commit had five entries.
        (both.as_str(), entry(many - 4), Kind::Shorter),
        (added.as_str(), entry(many + 1), Kind::Altered),
        (swapped, entry(4), Kind::Altered),
        (doubled, entry(7), Kind::Altered),
        ("UPDATE checkpoint SET signature = zeroblob(64) WHERE seq = 1", entry(1), Kind::Altered),
        (
            "UPDATE header SET text = replace(text, 'small', 'large')",
            Place::RoomHeader(specimen.id),
            Kind::Altered,
        ),
        ("DELETE FROM header", Place::RoomHeader(specimen.id), Kind::Altered),
        ("UPDATE script SET text = text || ' '", Place::RoomHeader(specimen.id), Kind::Altered),
        ("DELETE FROM script", Place::RoomHeader(specimen.id), Kind::Shorter),
    ] {
        specimen.tamper(sql);
        let damage = specimen.outcome().expect_err(sql);
        let found = damage.iter().find(|d| d.place == place && d.kind == kind);
        assert!(found.is_some(), "{sql}: {damage:?}");
        assert_eq!(specimen.store().verify_room(specimen.id).unwrap(), damage);
    }
    specimen.tamper("SELECT 1");
    assert_eq!(specimen.outcome(), Ok(()), "nothing but what was tampered with");
}

#[test]
fn a_room_of_another_folder_is_told_by_its_key() {
    let specimen = Specimen::closed();
    let (other, id) = hosted();
    specimen.with("", |_| ());
    let theirs = specimen.folder.path().join(format!("rooms/{id}"));
    std::fs::create_dir(&theirs).unwrap();
    for name in ["room.db", "room.checkpoints", "people.keys"] {
        std::fs::copy(other.path().join(format!("rooms/{id}/{name}")), theirs.join(name)).unwrap();
    }
    let damage = specimen.store().verify_room(id).unwrap();
    assert_eq!(damage.iter().map(|d| d.kind).collect::<Vec<_>>(), [Kind::OtherKey]);
    assert!(specimen.store().resume_room(id).is_err());
    // And one in another's place by its header.
    for name in ["room.db", "room.checkpoints", "people.keys"] {
        std::fs::copy(theirs.join(name), specimen.room().join(name)).unwrap();
    }
    let damage = specimen.outcome().unwrap_err();
    assert_eq!(damage[0].place, Place::RoomHeader(specimen.id));
}

#[test]
fn with_other_keys_words_do_not_open() {
    let specimen = Specimen::closed();
    let (other, id) = hosted();
    let keys = std::fs::read(other.path().join(format!("rooms/{id}/people.keys"))).unwrap();
    specimen.with("people.keys", |bytes| *bytes = keys);
    let damage = specimen.outcome().unwrap_err();
    assert_eq!(damage[0].place, Place::Entry(specimen.id, 1), "{damage:?}");
}

#[test]
fn a_room_cannot_go_on_beside_a_cut_checkpoint_file() {
    let specimen = Specimen::closed();
    let lines: Vec<usize> = specimen
        .bytes("room.checkpoints")
        .iter()
        .enumerate()
        .filter_map(|(at, byte)| (*byte == b'\n').then_some(at + 1))
        .collect();
    specimen.with("room.checkpoints", |bytes| bytes.truncate(lines[2]));
    let Err(JournalError::Damaged(damage)) = specimen.store().resume_room(specimen.id) else {
        panic!("it went on")
    };
    assert_eq!(damage[0].kind, Kind::SidecarCut);
}
