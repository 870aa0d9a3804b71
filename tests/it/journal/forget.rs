//! Erasing a person or a drill: nothing readable is left in any file, and the rest still verifies.

use super::{NOTE, REASON, REFLECTION, TRAINEE, files, holds, played};
use breachdrill::engine::{Answer, What};
use breachdrill::journal::{ERASED, JournalError, KEYLESS, NewDrill, Store, Words};

#[test]
fn words_and_names_stand_in_no_file_even_before() {
    let (folder, ..) = played();
    let _open = Store::open(folder.path()).unwrap();
    for (path, bytes) in files(folder.path()) {
        for words in [NOTE, REASON, REFLECTION, TRAINEE, "Quillfeather"] {
            assert!(!holds(&bytes, words.as_bytes()), "{} holds `{words}`", path.display());
        }
    }
}

#[test]
fn an_erased_person_cannot_be_read_and_the_chain_still_holds() {
    let (folder, id, facts) = played();
    let keys = std::fs::read_to_string(folder.path().join("people.keys")).unwrap();
    let key = keys.lines().nth(1).unwrap().split(' ').nth(1).unwrap().to_owned();
    let store = Store::open(folder.path()).unwrap();
    let before = store.read(id).unwrap();
    let forgotten = store.forget_person(TRAINEE).unwrap();
    assert_eq!((forgotten.person, forgotten.drills), (before.person.number, 1));
    for (path, bytes) in files(folder.path()) {
        assert!(!holds(&bytes, key.as_bytes()), "{} holds the key", path.display());
    }
    let after = store.read(id).unwrap();
    assert_eq!(after.head, before.head, "the chain is over what was sealed");
    assert_eq!((after.person.number, after.person.name), (before.person.number, None));
    let mut erased = 0;
    for (now, then) in after.facts.iter().zip(&facts) {
        if let What::Noted(words)
        | What::Answered { answer: Answer::Text(words), .. }
        | What::Answered { reason: Some(words), .. } = &now.what
        {
            assert_eq!(words, ERASED);
            erased += 1;
        } else {
            assert_eq!(now, then);
        }
    }
    assert_eq!(erased, 3);
    assert!(matches!(store.forget_person(TRAINEE), Err(JournalError::NoSuchPerson { .. })));
}

#[test]
fn a_name_that_comes_back_is_somebody_new() {
    let (folder, old, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let number = store.read(old).unwrap().person.number;
    store.forget_person(&number.to_string()).unwrap();
    let new = super::begin(&store, &super::small());
    assert_eq!(new.header().person, number + 1);
    assert_eq!(store.read(old).unwrap().person.name, None);
    assert_eq!(store.read(new.id()).unwrap().person.name.as_deref(), Some(TRAINEE));
}

#[test]
fn without_the_file_of_keys_everything_still_verifies() {
    let (folder, id, facts) = played();
    std::fs::remove_file(folder.path().join("people.keys")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let read = store.read(id).unwrap();
    assert_eq!((read.facts.len(), read.person.name), (facts.len(), None));
    // What a copy of the file would open is not erased, and a new file would only hide that.
    assert_eq!(read.person.words, Words::KeyMissing);
    let said = format!("{:?}", read.facts);
    assert!(said.contains(KEYLESS) && !said.contains(ERASED), "{said}");
    let scenario = super::small();
    let new = NewDrill { scenario: &scenario, started: 0, trainee: None, parent: None, answers: false };
    let refused = store.create(new).unwrap_err();
    assert!(matches!(&refused, JournalError::KeysMissing { people, .. } if *people == [read.person.number]));
    assert!(matches!(store.resume(id), Err(JournalError::KeysMissing { .. })));
    assert!(!folder.path().join("people.keys").exists(), "no new file was made");
}

#[test]
fn a_missing_key_comes_back_with_a_copy_of_its_file() {
    let (folder, id, facts) = played();
    let keys = folder.path().join("people.keys");
    let copy = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let number = store.read(id).unwrap().person.number;
    assert_eq!(store.people_without_keys().unwrap(), [number]);
    std::fs::write(&keys, &copy).unwrap();
    assert!(store.people_without_keys().unwrap().is_empty());
    assert_eq!(store.read(id).unwrap().facts, facts);
}

#[test]
fn who_was_forgotten_is_known_without_the_file_of_keys() {
    let (folder, id, _) = played();
    let store = Store::open(folder.path()).unwrap();
    store.forget_person(TRAINEE).unwrap();
    std::fs::remove_file(folder.path().join("people.keys")).unwrap();
    assert!(store.people_without_keys().unwrap().is_empty());
    let read = store.read(id).unwrap();
    assert_eq!(read.person.words, Words::Erased);
    assert!(format!("{:?}", read.facts).contains(ERASED));
    assert_eq!(store.list().unwrap().len(), 1, "the stone of a key is no drill");
    // Nobody gets the number of somebody who is gone.
    assert_eq!(super::begin(&store, &super::small()).header().person, read.person.number + 1);
}

#[test]
fn whoever_is_given_up_stands_in_nobodys_way() {
    for by_number in [false, true] {
        let (folder, id, _) = played();
        std::fs::remove_file(folder.path().join("people.keys")).unwrap();
        let store = Store::open(folder.path()).unwrap();
        let number = store.read(id).unwrap().person.number;
        if by_number {
            assert_eq!(store.forget_person(&number.to_string()).unwrap().drills, 1);
        } else {
            assert_eq!(store.forget_people_without_keys().unwrap(), 1);
        }
        assert_eq!(store.read(id).unwrap().person.words, Words::Erased);
        assert_eq!(super::begin(&store, &super::small()).header().person, number + 1);
        // A stone that somebody else carved says nothing.
        let raw = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
        raw.execute("UPDATE tombstone SET line = 'key x y'", []).unwrap();
        assert_eq!(store.people_without_keys().unwrap(), [number]);
    }
}

#[test]
fn an_erased_drill_leaves_a_signed_tombstone_and_nothing_else() {
    let (folder, id, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let kept = super::play(&super::small(), super::begin(&store, &super::small())).1.id();
    store.forget_drill(id).unwrap();
    assert!(matches!(store.read(id), Err(JournalError::Forgotten(f)) if f == id));
    assert!(matches!(store.forget_drill(id), Err(JournalError::Forgotten(_))));
    assert!(matches!(store.find(&id.to_string()), Err(JournalError::Forgotten(_))));
    let list = store.list().unwrap();
    let stone = list.iter().find(|d| d.id == id).unwrap();
    assert!(stone.forgotten && stone.damage.is_empty());
    assert!(store.read(kept).is_ok(), "the others stay");
    store.forget_drill(kept).unwrap();
    for (path, bytes) in files(folder.path()) {
        for trace in ["\"fact\":\"answered\"", "Odd sign-in", "A small drill"] {
            assert!(!holds(&bytes, trace.as_bytes()), "{} holds `{trace}`", path.display());
        }
    }
    let raw = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    raw.execute("UPDATE tombstone SET line = 'x' WHERE id = (SELECT min(id) FROM tombstone)", []).unwrap();
    assert_eq!(store.list().unwrap().iter().filter(|d| !d.damage.is_empty()).count(), 1);
}

#[test]
fn a_drill_that_was_lost_can_be_erased_too() {
    let (folder, id, _) = played();
    for name in ["journal.db", "journal.db-wal", "journal.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    let checkpoints = folder.path().join(format!("drills/{id}.checkpoints"));
    let aside = folder.path().join("aside");
    std::fs::rename(&checkpoints, &aside).unwrap();
    let store = Store::open(folder.path()).unwrap();
    std::fs::rename(&aside, &checkpoints).unwrap();
    assert_eq!(store.find(&id.to_string()[..8]).unwrap(), id);
    assert!(matches!(store.read(id), Err(JournalError::Damaged(_))));
    assert_eq!(store.list().unwrap()[0].damage.len(), 1);
    store.forget_drill(id).unwrap();
    assert!(matches!(store.read(id), Err(JournalError::Forgotten(_))));
    assert!(store.list().unwrap()[0].damage.is_empty());
}

#[test]
fn with_the_last_drill_its_person_goes_too() {
    let (folder, first, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let second = super::begin(&store, &super::small()).id();
    let keys = || std::fs::read_to_string(folder.path().join("people.keys")).unwrap();
    let key = keys().lines().nth(1).unwrap().split(' ').nth(1).unwrap().to_owned();
    store.forget_drill(first).unwrap();
    assert!(keys().contains(&key), "one drill is left");
    assert_eq!(store.read(second).unwrap().person.name.as_deref(), Some(TRAINEE));
    store.forget_drill(second).unwrap();
    assert!(keys().contains("1 erased"), "{}", keys());
    for (path, bytes) in files(folder.path()) {
        assert!(!holds(&bytes, key.as_bytes()), "{} holds the key", path.display());
    }
    assert_eq!(super::begin(&store, &super::small()).header().person, 2, "the number is not given again");
}

#[test]
fn whoever_has_a_damaged_drill_is_not_erased_by_the_way() {
    let (folder, first, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let second = super::begin(&store, &super::small()).id();
    let raw = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    raw.execute("UPDATE drill SET header = 'x' WHERE number = 2", []).unwrap();
    store.forget_drill(first).unwrap();
    let keys = || std::fs::read_to_string(folder.path().join("people.keys")).unwrap();
    assert!(!keys().contains("erased"), "the damaged one may be theirs");
    store.forget_drill(second).unwrap();
    assert!(keys().contains("1 erased"));
}

#[test]
fn a_person_without_a_drill_can_be_erased() {
    let (folder, id, _) = played();
    let keys = folder.path().join("people.keys");
    let before = std::fs::read(&keys).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.forget_drill(id).unwrap();
    // As a breachdrill left it that did not erase them with their last drill.
    std::fs::write(&keys, before).unwrap();
    assert_eq!(store.forget_person(TRAINEE).unwrap().drills, 0);
    assert!(std::fs::read_to_string(&keys).unwrap().contains("1 erased"));
}

#[test]
fn a_name_that_is_nearly_right_is_told_and_not_erased() {
    let (folder, id, _) = played();
    let store = Store::open(folder.path()).unwrap();
    let error = store.forget_person(" marigold   QUILLFEATHER").unwrap_err();
    assert!(error.to_string().contains(&format!("`{TRAINEE}`")), "{error}");
    assert_eq!(store.read(id).unwrap().person.name.as_deref(), Some(TRAINEE));
    let error = store.forget_person("Nobody").unwrap_err();
    assert!(!error.to_string().contains(TRAINEE), "{error}");
}
