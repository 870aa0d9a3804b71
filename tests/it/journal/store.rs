//! Keeping, reading, resuming, naming, refusing.

use super::{TRAINEE, begin, inputs, play, played, small, take};
use breachdrill::drill::Drill;
use breachdrill::engine::{Fact, What};
use breachdrill::journal::{Chained, Journal, JournalError, Memory, NewDrill, Store};
use breachdrill::scenario::SimTime;

#[test]
fn what_was_played_is_read_back() {
    let (folder, id, facts) = played();
    let store = Store::open(folder.path()).unwrap();
    let read = store.read(id).unwrap();
    assert_eq!(read.facts, facts);
    assert_eq!(read.person.name.as_deref(), Some(TRAINEE));
    assert_eq!(read.scenario.text, super::SMALL);
    let list = store.list().unwrap();
    let [summary] = &list[..] else { panic!("one drill: {list:?}") };
    assert_eq!((summary.id, summary.facts, summary.ended), (id, facts.len(), true));
    assert_eq!(summary.title, "A small drill");
    assert_eq!(summary.head, Some(read.head));
    assert!(summary.damage.is_empty() && !summary.forgotten);
}

#[test]
fn same_script_seed_and_inputs_give_the_same_bytes() {
    let chained = || play(&small(), Chained::new(&small())).1;
    assert_eq!(chained().text(), chained().text());
    assert_eq!(chained().head(), chained().head());
    // The wire form is for ever: a change here is a new format, with a reader for the old one.
    insta::assert_snapshot!("small-drill", chained().text());
}

#[test]
fn equal_drills_have_equal_heads_in_every_folder_unless_words_were_sealed() {
    let scenario = small();
    let head = |with_words: bool| {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let new = NewDrill { scenario: &scenario, started: 0, trainee: None, parent: None, answers: false };
        let mut drill = Drill::new(&scenario, store.create(new).unwrap());
        take(&mut drill, 0, if with_words { inputs().len() } else { 1 });
        drill.journal().head()
    };
    assert_eq!(head(false), head(false));
    assert_ne!(head(true), head(true), "each person has a key of their own");
}

#[test]
fn a_person_with_the_same_inputs_gives_the_same_head_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let head = || play(&small(), begin(&store, &small())).1.head();
    assert_eq!(head(), head());
}

#[test]
fn a_drill_that_stopped_anywhere_goes_on() {
    let scenario = small();
    let (expected, _) = play(&scenario, Memory::default());
    for stop in 0..inputs().len() {
        let folder = tempfile::tempdir().unwrap();
        let id = {
            let store = Store::open(folder.path()).unwrap();
            let mut drill = Drill::new(&scenario, begin(&store, &scenario));
            take(&mut drill, 0, stop);
            drill.journal().id()
        };
        let store = Store::open(folder.path()).unwrap();
        // One without a fact has nothing to go on with, so nobody is led to it.
        assert_eq!(store.last_unfinished().unwrap(), (stop > 0).then_some(id));
        let (journal, read) = store.resume(id).unwrap();
        let mut drill = Drill::resumed(&read.scenario, journal, read.facts.clone());
        take(&mut drill, stop, inputs().len());
        assert_eq!(drill.facts(), expected, "stopped after {stop} inputs");
        assert_eq!(store.read(id).unwrap().facts, expected);
        assert_eq!(store.last_unfinished().unwrap(), None);
    }
}

#[test]
fn two_cannot_play_one_drill() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let journal = begin(&store, &small());
    let id = journal.id();
    let other = Store::open(folder.path()).unwrap();
    assert!(matches!(other.resume(id), Err(JournalError::InUse(busy)) if busy == id));
    assert!(matches!(other.forget_drill(id), Err(JournalError::InUse(_))));
    assert!(other.read(id).unwrap().facts.is_empty(), "looking is free");
    drop(journal);
    assert!(other.resume(id).is_ok());
}

#[test]
fn drills_are_found_by_the_beginning_of_their_id() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.last().unwrap(), None);
    let ids: Vec<_> = (0..20).map(|_| begin(&store, &small()).id()).collect();
    assert_eq!(store.find(&ids[3].to_string()).unwrap(), ids[3]);
    assert_eq!(store.find(&ids[3].to_string()[..20]).unwrap(), ids[3]);
    assert_eq!(store.last().unwrap(), ids.last().copied());
    // Twenty ids over sixteen digits: two begin alike.
    let shared = "0123456789abcdef"
        .chars()
        .find(|digit| ids.iter().filter(|id| id.to_string().starts_with(*digit)).count() > 1)
        .unwrap();
    assert!(matches!(store.find(&shared.to_string()), Err(JournalError::Ambiguous { .. })));
    for none in ["", "zz", "\u{1b}[2J"] {
        let error = store.find(none).unwrap_err();
        assert!(matches!(error, JournalError::NoSuchDrill(_)), "{none}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
}

#[test]
fn facts_can_be_neither_changed_nor_removed_through_the_database() {
    let (folder, ..) = played();
    let raw = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    for attempt in [
        "UPDATE fact SET at = 0",
        "DELETE FROM fact",
        "UPDATE checkpoint SET seq = 9",
        "DELETE FROM checkpoint",
        "INSERT INTO fact VALUES (1, 99, 0, '', zeroblob(32))",
    ] {
        assert!(raw.execute(attempt, []).is_err(), "{attempt}");
    }
}

#[test]
fn after_a_failed_write_a_drill_takes_nothing_more_until_it_is_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let scenario = small();
    let mut drill = Drill::new(&scenario, begin(&store, &scenario));
    take(&mut drill, 0, 2);
    let (id, held) = (drill.journal().id(), drill.facts().to_vec());
    let raw = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    raw.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON fact BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    .unwrap();
    let note = |text: &str| [Fact { at: SimTime(50), what: What::Noted(text.into()) }];
    let journal = drill.journal_mut();
    assert!(journal.append(&note("lost")).is_err());
    raw.execute_batch("DROP TRIGGER full").unwrap();
    assert!(matches!(journal.append(&note("never")), Err(JournalError::Stopped { .. })));
    drop(drill);
    let (mut journal, read) = store.resume(id).unwrap();
    assert_eq!(read.facts, held, "what was acknowledged is there, and nothing else");
    journal.append(&note("kept")).unwrap();
    assert_eq!(store.read(id).unwrap().facts.len(), held.len() + 1);
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("data");
    let store = Store::open(&folder).unwrap();
    let _journal = begin(&store, &small());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for (path, _) in super::files(&folder) {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn many_play_in_one_folder_at_once_while_others_look() {
    let folder = tempfile::tempdir().unwrap();
    let expected = play(&small(), Memory::default()).0;
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let store = Store::open(folder.path()).unwrap();
                for _ in 0..4 {
                    let (facts, journal) = play(&small(), begin(&store, &small()));
                    assert_eq!(store.read(journal.id()).unwrap().facts, facts);
                }
            });
        }
        scope.spawn(|| {
            let store = Store::open(folder.path()).unwrap();
            for _ in 0..30 {
                let list = store.list().unwrap();
                assert!(list.iter().all(|d| d.damage.is_empty()), "{list:?}");
            }
        });
    });
    let store = Store::open(folder.path()).unwrap();
    let list = store.list().unwrap();
    assert_eq!(list.len(), 12);
    assert!(list.iter().all(|d| d.facts == expected.len() && d.ended));
}

#[test]
fn the_unfinished_drill_that_was_played_last_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let scenario = small();
    let begun = || {
        let mut drill = Drill::new(&scenario, begin(&store, &scenario));
        take(&mut drill, 0, 2);
        drill.journal().id()
    };
    let (first, second) = (begun(), begun());
    let written = |id, second: u64| {
        let path = folder.path().join("drills").join(format!("{id}.checkpoints"));
        let file = std::fs::File::options().append(true).open(path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(second)).unwrap();
    };
    for (one, other, last) in [(10, 20, second), (20, 10, first), (10, 10, second)] {
        written(first, one);
        written(second, other);
        assert_eq!(store.last_unfinished().unwrap(), Some(last), "{one} and {other}");
    }
    // To look at one is not to play it, and to play it is.
    written(first, 10);
    written(second, 20);
    store.read(first).unwrap();
    assert_eq!(store.last_unfinished().unwrap(), Some(second));
    let (journal, read) = store.resume(first).unwrap();
    let mut drill = Drill::resumed(&read.scenario, journal, read.facts.clone());
    take(&mut drill, 2, 3);
    drop(drill);
    assert_eq!(store.last_unfinished().unwrap(), Some(first));
}
