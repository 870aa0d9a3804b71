//! Erasing somebody or a room: nothing readable is left in any file, and the rest still verifies.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one kind among many")]

use super::{BECAUSE, OTHER, TEAM, TOLD, WASHED, entries, expected, hosted, open, write};
use crate::journal::{NOTE, REASON, REFLECTION, TRAINEE, files, holds};
use breachdrill::journal::{ERASED, JournalError, KEYLESS, RoomError, Store};
use breachdrill::room::{Entry, MemberId, RoomFact};

#[test]
fn words_and_names_stand_in_no_file_even_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut journal = open(&store);
    write(&mut journal);
    for (path, bytes) in files(folder.path()) {
        for words in [NOTE, REASON, REFLECTION, TRAINEE, OTHER, BECAUSE, WASHED, TEAM, TOLD] {
            assert!(!holds(&bytes, words.as_bytes()), "{} holds `{words}`", path.display());
        }
    }
}

/// What is read of the room once these members' words say `instead`.
fn without(members: &[u32], instead: &str) -> Vec<Entry> {
    let mut all = expected();
    let theirs = |member: &MemberId| members.contains(&member.0);
    for entry in &mut all {
        match &mut entry.what {
            RoomFact::Joined { member, name, .. } if theirs(member) => *name = instead.into(),
            RoomFact::Washed { member, says, .. } if theirs(member) => *says = instead.into(),
            RoomFact::Voted { member, vote, .. } if theirs(member) => {
                vote.reason = Some(instead.into());
                if let breachdrill::engine::Answer::Text(text) = &mut vote.answer {
                    *text = instead.into();
                }
            }
            _ => {}
        }
    }
    all
}

fn key_of(keys: &str, number: u32) -> String {
    let line = keys.lines().find(|line| line.starts_with(&format!("{number} "))).unwrap();
    line.split(' ').nth(1).unwrap().to_owned()
}

#[test]
fn somebody_erased_cannot_be_read_and_the_chain_still_holds() {
    let (folder, id) = hosted();
    let keys = || std::fs::read_to_string(folder.path().join(format!("rooms/{id}/people.keys"))).unwrap();
    let key = key_of(&keys(), 2);
    let store = Store::open(folder.path()).unwrap();
    let before = store.read_room(id).unwrap();
    store.forget_member(id, MemberId(2)).unwrap();
    for (path, bytes) in files(folder.path()) {
        for trace in [key.as_str(), OTHER, BECAUSE, WASHED] {
            assert!(!holds(&bytes, trace.as_bytes()), "{} holds `{trace}`", path.display());
        }
    }
    let after = store.read_room(id).unwrap();
    assert_eq!(after.head, before.head, "the chain is over what was sealed");
    assert_eq!(after.entries, without(&[2], ERASED), "and the others' words stay");
    assert_eq!(store.verify_room(id).unwrap(), []);
    store.forget_member(id, MemberId(2)).unwrap();
    let nobody = store.forget_member(id, MemberId(3)).unwrap_err();
    assert!(matches!(nobody, JournalError::Room(RoomError::NoSuchMember(_, MemberId(3)))));
    // The room goes on, and nothing of what they might still say is kept.
    let (mut journal, _) = store.resume_room(id).unwrap();
    let washed = RoomFact::Washed { member: MemberId(2), row: 1, says: WASHED.into() };
    journal.append(&[vec![Entry { what: washed, ..entries()[0].clone() }]]).unwrap();
    let last = store.read_room(id).unwrap().entries.pop().unwrap();
    assert!(matches!(&last.what, RoomFact::Washed { says, .. } if says == ERASED), "{last:?}");
}

#[test]
fn somebody_is_erased_while_the_room_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut journal = open(&store);
    let (first, rest) = (entries()[..2].to_vec(), entries()[2..].to_vec());
    journal.append(&[first]).unwrap();
    let elsewhere = Store::open(folder.path()).unwrap();
    let refused = elsewhere.forget_member(journal.id(), MemberId(2)).unwrap_err();
    assert!(matches!(refused, JournalError::Room(RoomError::InUse(_))));
    assert!(matches!(elsewhere.forget_room(journal.id()), Err(JournalError::Room(RoomError::InUse(_)))));
    journal.forget_member(MemberId(2)).unwrap();
    assert!(journal.forget_member(MemberId(9)).is_err());
    journal.append(&[rest]).unwrap();
    assert_eq!(store.read_room(journal.id()).unwrap().entries, without(&[2], ERASED));
}

#[test]
fn what_a_member_did_in_a_drill_stays_without_their_words() {
    let (folder, id) = hosted();
    let store = Store::open(folder.path()).unwrap();
    store.forget_member(id, MemberId(1)).unwrap();
    let said = format!("{:?}", store.read_room(id).unwrap().entries);
    for words in [NOTE, REASON, REFLECTION, TRAINEE] {
        assert!(!said.contains(words), "{words}");
    }
    assert!(said.contains(OTHER) && said.contains(TEAM));
    assert_eq!(said.matches(&format!("{ERASED:?}")).count(), 4, "a name, a reason, a note and a reflection");
}

#[test]
fn without_the_file_of_keys_everything_still_verifies() {
    let (folder, id) = hosted();
    let path = folder.path().join(format!("rooms/{id}/people.keys"));
    let copy = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let said = format!("{:?}", store.read_room(id).unwrap().entries);
    assert!(said.contains(KEYLESS) && !said.contains(&format!("{ERASED:?}")), "{said}");
    assert_eq!(store.verify_room(id).unwrap(), []);
    let refused = store.resume_room(id).unwrap_err();
    let missing = |error: &JournalError| match error {
        JournalError::Room(RoomError::KeysMissing { members, .. }) => members.clone(),
        _ => panic!("{error}"),
    };
    assert_eq!(missing(&refused), [0, 1, 2]);
    assert!(!path.exists(), "no new file was made");
    std::fs::write(&path, copy).unwrap();
    assert_eq!(store.read_room(id).unwrap().entries, expected());
    // Or they are given up one by one.
    std::fs::remove_file(&path).unwrap();
    for member in 0..3 {
        store.forget_member(id, MemberId(member)).unwrap();
    }
    assert!(store.resume_room(id).is_ok());
    // A file that has lost lines lacks those people's keys only.
    let (folder, id) = hosted();
    let path = folder.path().join(format!("rooms/{id}/people.keys"));
    let text = std::fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("2 ")).collect();
    std::fs::write(&path, kept.join("\n") + "\n").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read_room(id).unwrap().entries, without(&[2], KEYLESS));
    assert_eq!(missing(&store.resume_room(id).unwrap_err()), [2]);
}

#[test]
fn an_erased_room_leaves_a_signed_tombstone_and_nothing_else() {
    let (folder, id) = hosted();
    let store = Store::open(folder.path()).unwrap();
    let kept = open(&store).id();
    store.forget_room(id).unwrap();
    let forgotten = |error: JournalError| match error {
        JournalError::Room(RoomError::Forgotten(gone)) => assert_eq!(gone, id),
        other => panic!("{other}"),
    };
    forgotten(store.read_room(id).unwrap_err());
    forgotten(store.forget_room(id).unwrap_err());
    forgotten(store.resume_room(id).unwrap_err());
    forgotten(store.forget_member(id, MemberId(1)).unwrap_err());
    forgotten(store.find_room(&id.to_string()).unwrap_err());
    assert!(store.read_room(kept).is_ok() && store.list().unwrap().is_empty());
    let again = store.begin_room(&super::small(), &super::terms(), 0, Some(id)).unwrap_err();
    assert!(matches!(again, JournalError::Room(RoomError::Taken(_))), "no id comes twice");
    let stone = || store.rooms().unwrap().into_iter().find(|room| room.id == id).unwrap();
    assert!(stone().forgotten && stone().damage.is_empty());
    assert!(!folder.path().join(format!("rooms/{id}")).exists());
    let path = folder.path().join(format!("rooms/{id}.tombstone"));
    std::fs::write(path, "breachdrill/tombstone/1 x y\n").unwrap();
    assert_eq!(stone().damage.len(), 1);
}

#[test]
fn a_room_that_was_erased_by_half_is_erased_once_more() {
    let (folder, id) = hosted();
    let store = Store::open(folder.path()).unwrap();
    let room = folder.path().join(format!("rooms/{id}"));
    store.forget_room(id).unwrap();
    // As a program leaves it that was killed before it came to the files.
    std::fs::create_dir(&room).unwrap();
    std::fs::write(room.join("room.db"), "left").unwrap();
    let stone = store.rooms().unwrap().remove(0);
    assert!(stone.forgotten && stone.damage.len() == 1, "{stone:?}");
    assert!(store.read_room(id).is_err());
    store.forget_room(id).unwrap();
    assert!(!room.exists() && store.rooms().unwrap()[0].damage.is_empty());
}
