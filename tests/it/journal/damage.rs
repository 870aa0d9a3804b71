//! Damaged files: what comes back is exact, or reported with its place, or refused. Never less without a word.

use std::path::{Path, PathBuf};

use super::{begin, files, play, played, small};
use breachdrill::engine::Fact;
use breachdrill::journal::{Damage, DrillId, Journal, JournalError, Kind, Place, Store};
use rusqlite::Connection;

/// Every how many bytes a file of `length` is damaged: some hundreds of places spread over it, or each byte
/// where `BREACHDRILL_EVERY_BYTE` is set, which takes a quarter of an hour.
#[expect(clippy::disallowed_methods, reason = "a test that can be asked to be thorough")]
pub(crate) fn step(length: usize) -> usize {
    if std::env::var_os("BREACHDRILL_EVERY_BYTE").is_some() { 1 } else { (length / 400).max(1) | 1 }
}

/// A folder in memory where there is one: these tests write thousands of small files.
pub(crate) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// A drill's folder that is put back as it was before each damage.
struct Specimen {
    folder: tempfile::TempDir,
    whole: Vec<(PathBuf, Vec<u8>)>,
    id: DrillId,
    facts: Vec<Fact>,
}

impl Specimen {
    /// As a program that was killed leaves it: everything is still in SQLite's log.
    fn killed() -> Self {
        let live = scratch();
        let store = Store::open(live.path()).unwrap();
        let (facts, journal) = play(&small(), begin(&store, &small()));
        Self::copied(live.path(), journal.id(), facts)
    }

    /// As a program that ended leaves it: everything is in the database.
    fn closed() -> Self {
        let (live, id, facts) = played();
        drop(Store::open(live.path()).unwrap());
        Self::copied(live.path(), id, facts)
    }

    fn copied(live: &Path, id: DrillId, facts: Vec<Fact>) -> Self {
        let folder = scratch();
        std::fs::create_dir(folder.path().join("drills")).unwrap();
        let name = |path: PathBuf| path.strip_prefix(live).unwrap().to_owned();
        let mut whole: Vec<_> = files(live).into_iter().map(|(path, bytes)| (name(path), bytes)).collect();
        // The index of the log is rebuilt from the log, as after a kill.
        whole.retain(|(name, _)| name.extension().is_none_or(|e| e != "db-shm"));
        let specimen = Self { folder, whole, id, facts };
        specimen.with("", |_| ());
        assert_eq!(specimen.outcome(), Ok(()), "undamaged it reads exactly");
        specimen
    }

    fn bytes(&self, file: &str) -> &[u8] {
        &self.whole.iter().find(|(name, _)| name.to_string_lossy().ends_with(file)).unwrap().1
    }

    /// Puts everything back, with one file damaged.
    fn with(&self, file: &str, damage: impl FnOnce(&mut Vec<u8>)) {
        let _ = std::fs::remove_file(self.folder.path().join("journal.db-wal"));
        let _ = std::fs::remove_file(self.folder.path().join("journal.db-shm"));
        let mut damage = Some(damage);
        for (name, bytes) in &self.whole {
            let path = self.folder.path().join(name);
            match damage.take_if(|_| !file.is_empty() && name.to_string_lossy().ends_with(file)) {
                Some(damage) => {
                    let mut bytes = bytes.clone();
                    damage(&mut bytes);
                    std::fs::write(path, bytes).unwrap();
                }
                None => std::fs::write(path, bytes).unwrap(),
            }
        }
    }

    /// Reads the drill: exactly, or with what was reported. Less than everything without a report is a failure.
    fn outcome(&self) -> Result<(), Vec<Damage>> {
        let read = Store::open(self.folder.path()).and_then(|store| {
            let listed = store.list()?;
            let ours = listed.iter().find(|d| d.id == self.id);
            let ours = ours.unwrap_or_else(|| panic!("the drill vanished from the list: {listed:?}"));
            assert!(ours.facts == self.facts.len() || !ours.damage.is_empty(), "listed as shorter: {ours:?}");
            store.read(self.id).inspect_err(|_| drop(store.salvage(self.id)))
        });
        match read {
            Ok(read) => {
                assert_eq!(read.facts, self.facts, "read without a word, but not as written");
                Ok(())
            }
            Err(JournalError::Damaged(damage)) => {
                assert!(!damage.is_empty());
                Err(damage)
            }
            Err(JournalError::Database { .. } | JournalError::File { .. } | JournalError::Newer { .. }) => {
                Err(Vec::new())
            }
            Err(other) => panic!("not a report of damage: {other}"),
        }
    }

    /// Flips and cuts `file` all along, and gives how many of each were reported.
    fn all_along(&self, file: &str) -> (usize, usize) {
        let length = self.bytes(file).len();
        let (mut flips, mut cuts) = (0, 0);
        for at in (0..length).step_by(step(length)) {
            self.with(file, |bytes| bytes[at] ^= 1 << (at % 8));
            flips += usize::from(self.outcome().is_err());
            self.with(file, |bytes| bytes.truncate(at));
            cuts += usize::from(self.outcome().is_err());
        }
        (flips, cuts)
    }
}

#[test]
fn a_damaged_database_is_never_silently_read() {
    let specimen = Specimen::closed();
    let (flips, cuts) = specimen.all_along("journal.db");
    assert!(flips > 0 && cuts > 0);
}

#[test]
fn a_damaged_log_is_never_silently_read() {
    let specimen = Specimen::killed();
    assert!(specimen.bytes("journal.db-wal").len() > 10_000, "the log holds the drill");
    let (flips, cuts) = specimen.all_along("journal.db-wal");
    let length = specimen.bytes("journal.db-wal").len();
    let tried = length.div_ceil(step(length));
    // SQLite itself drops what follows a bad frame without a word; here it is reported nearly always. What is
    // not reported lies in frames that a later one made obsolete, and there the facts are exact.
    assert!(flips * 10 > tried * 7 && cuts * 10 > tried * 9, "{flips} flips, {cuts} cuts of {tried}");
}

#[test]
fn every_byte_of_the_checkpoints_counts() {
    let specimen = Specimen::closed();
    let file = format!("{}.checkpoints", specimen.id);
    let whole = specimen.bytes(&file).to_vec();
    let last_line = whole[..whole.len() - 1].iter().rposition(|b| *b == b'\n').unwrap() + 1;
    for at in (0..whole.len()).step_by(step(whole.len())) {
        specimen.with(&file, |bytes| bytes[at] ^= 1);
        let damage = specimen.outcome().unwrap_err();
        let line = whole[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        assert_eq!(damage[0].place, Place::Sidecar(specimen.id, line), "byte {at}");
        assert_eq!(damage[0].kind, Kind::SidecarAltered, "byte {at}");

        specimen.with(&file, |bytes| bytes.truncate(at));
        match specimen.outcome() {
            // The last line, or part of it, is what a crash may leave out. The facts are exact.
            Ok(()) => assert!(at >= last_line, "cut {at}"),
            Err(damage) => assert_eq!((damage[0].kind, at < last_line), (Kind::SidecarCut, true), "cut {at}"),
        }
    }
}

#[test]
fn a_lost_log_is_noticed_and_so_are_lost_checkpoints() {
    let specimen = Specimen::killed();
    let first = |damage: Vec<Damage>| (damage[0].kind, damage[0].place.clone());
    specimen.with("", |_| ());
    std::fs::remove_file(specimen.folder.path().join("journal.db-wal")).unwrap();
    let (kind, place) = first(specimen.outcome().unwrap_err());
    assert_eq!((kind, place), (Kind::Shorter, Place::Header(specimen.id)));

    specimen.with("", |_| ());
    std::fs::remove_file(specimen.folder.path().join("journal.db")).unwrap();
    assert_eq!(
        first(specimen.outcome().unwrap_err()).0,
        Kind::Shorter,
        "no new database is made in its place"
    );

    specimen.with("", |_| ());
    std::fs::remove_file(specimen.folder.path().join(format!("drills/{}.checkpoints", specimen.id))).unwrap();
    assert_eq!(first(specimen.outcome().unwrap_err()).0, Kind::SidecarMissing);
    let store = Store::open(specimen.folder.path()).unwrap();
    let (read, damage) = store.salvage(specimen.id).unwrap();
    assert_eq!((read.facts, damage.len()), (specimen.facts.clone(), 1), "on purpose it can still be read");
}

#[test]
fn a_drill_cannot_go_on_beside_a_cut_checkpoint_file() {
    let specimen = Specimen::closed();
    let file = format!("{}.checkpoints", specimen.id);
    let first_line = specimen.bytes(&file).iter().position(|b| *b == b'\n').unwrap() + 1;
    specimen.with(&file, |bytes| bytes.truncate(first_line));
    let Err(JournalError::Damaged(damage)) = Store::open(specimen.folder.path()).unwrap().resume(specimen.id)
    else {
        panic!("it went on")
    };
    assert_eq!(damage[0].kind, Kind::SidecarCut);
}

/// Changes the database as somebody who knows SQL would, triggers out of the way and back again.
fn tamper(folder: &Path, sql: &str) {
    let raw = Connection::open(folder.join("journal.db")).unwrap();
    let triggers: Vec<String> = raw
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for name in
        ["fact_in_order", "fact_stays", "fact_kept", "checkpoint_stays", "checkpoint_kept", "tombstone_kept"]
    {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(sql).unwrap();
    raw.execute_batch(&triggers.join(";\n")).unwrap();
}

#[test]
fn whoever_edits_the_database_is_found_out_with_the_place() {
    for (sql, kind, n) in [
        ("UPDATE fact SET body = replace(body, 'wait', 'report') WHERE seq = 4", Kind::Altered, 4),
        ("UPDATE fact SET at = at + 1 WHERE seq = 7", Kind::Altered, 7),
        ("UPDATE fact SET hash = zeroblob(32) WHERE seq = 5", Kind::Altered, 5),
        ("DELETE FROM fact WHERE seq = 6", Kind::Altered, 6),
        ("DELETE FROM fact WHERE seq >= 14", Kind::Shorter, 14),
        ("DELETE FROM fact WHERE seq >= 14; DELETE FROM checkpoint WHERE seq >= 14", Kind::Shorter, 14),
        ("DELETE FROM fact", Kind::Shorter, 1),
        (
            "UPDATE fact SET seq = 100 WHERE seq = 8; UPDATE fact SET seq = 8 WHERE seq = 9; UPDATE fact SET seq = 9 WHERE seq = 100",
            Kind::Altered,
            8,
        ),
        ("DELETE FROM checkpoint WHERE seq = (SELECT max(seq) FROM checkpoint)", Kind::Altered, 16),
        ("UPDATE checkpoint SET signature = zeroblob(64) WHERE seq = 3", Kind::Altered, 3),
    ] {
        let (folder, id, _) = played();
        tamper(folder.path(), sql);
        let error = Store::open(folder.path()).unwrap().read(id).unwrap_err();
        let JournalError::Damaged(damage) = &error else { panic!("{sql}: {error}") };
        let found: Vec<_> = damage.iter().map(|d| (d.kind, d.place.clone())).collect();
        assert!(found.contains(&(kind, Place::Fact(id, n))), "{sql}: {damage:?}");
    }
}

#[test]
fn header_script_and_tables_are_covered_too() {
    for sql in [
        "UPDATE drill SET header = replace(header, 'small', 'large')",
        "UPDATE drill SET header = replace(header, '1772808000', '1772808001')",
        "UPDATE drill SET header = ''",
        "UPDATE script SET text = replace(text, 'Report it', 'Ignore it')",
        "PRAGMA foreign_keys = OFF; DELETE FROM script",
        "PRAGMA foreign_keys = OFF; DELETE FROM drill",
        "CREATE TABLE more(x)",
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 7",
    ] {
        let (folder, id, _) = played();
        tamper(folder.path(), sql);
        let error = Store::open(folder.path()).and_then(|store| store.read(id)).unwrap_err();
        assert!(matches!(error, JournalError::Damaged(_) | JournalError::Newer { .. }), "{sql}: {error}");
    }
}

#[test]
fn a_record_of_another_folder_is_told_apart() {
    let (folder, id, facts) = played();
    let (other, ..) = played();
    std::fs::copy(other.path().join("signing.key"), folder.path().join("signing.key")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let JournalError::Damaged(damage) = store.read(id).unwrap_err() else { panic!("another key signs now") };
    assert_eq!(damage.iter().map(|d| d.kind).collect::<Vec<_>>(), [Kind::OtherKey]);
    assert_eq!(store.salvage(id).unwrap().0.facts, facts);
}

#[test]
fn a_key_that_is_gone_is_not_made_anew() {
    let (folder, id, facts) = played();
    let (key, aside) = (folder.path().join("signing.key"), folder.path().join("aside"));
    std::fs::rename(&key, &aside).unwrap();
    for opened in [Store::open(folder.path()), Store::open_to_read(folder.path())] {
        assert!(matches!(opened, Err(JournalError::KeyGone(gone)) if gone == key));
        assert!(!key.exists());
    }
    std::fs::rename(&aside, &key).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(id).unwrap().facts, facts, "put back, all is as it was");
    // A tombstone was signed as well.
    store.forget_drill(id).unwrap();
    std::fs::remove_file(&key).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(JournalError::KeyGone(_))));
}

#[test]
fn the_drill_before_a_lost_one_does_not_pass_for_the_last() {
    let (folder, first, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let second = play(&small(), begin(&store, &small())).1.id();
    assert_eq!(store.last().unwrap(), Some(second));
    drop(store);
    tamper(folder.path(), "DELETE FROM checkpoint WHERE drill = 2; DELETE FROM fact WHERE drill = 2");
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.last().unwrap(), Some(second), "damaged, and still the last");
    assert!(matches!(store.read(second), Err(JournalError::Damaged(_))));
    drop(store);
    tamper(folder.path(), "DELETE FROM drill WHERE number = 2");
    let store = Store::open(folder.path()).unwrap();
    for asked in [store.last(), store.last_unfinished()] {
        let error = asked.unwrap_err();
        assert!(error.to_string().contains(&second.short()), "{error}");
        assert!(matches!(error, JournalError::LastLost(lost) if lost == [second]));
    }
    store.forget_drill(second).unwrap();
    assert_eq!(store.last().unwrap(), Some(first));
}

#[test]
fn a_crash_between_database_and_checkpoint_is_mended_on_resuming() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let scenario = small();
    let mut journal = begin(&store, &scenario);
    let mut drill = breachdrill::drill::Drill::new(&scenario, &mut journal);
    super::take(&mut drill, 0, 3);
    let facts = drill.facts().to_vec();
    let id = journal.id();
    drop(journal);
    let path = folder.path().join(format!("drills/{id}.checkpoints"));
    let whole = std::fs::read(&path).unwrap();
    let last_line = whole[..whole.len() - 1].iter().rposition(|b| *b == b'\n').unwrap() + 1;
    for kept in last_line..whole.len() {
        std::fs::write(&path, &whole[..kept]).unwrap();
        assert_eq!(store.read(id).unwrap().facts, facts, "{kept} bytes");
        let (journal, read) = store.resume(id).unwrap();
        assert_eq!((journal.len(), &read.facts), (facts.len(), &facts));
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
}
