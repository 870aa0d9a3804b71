//! Evidence files of rooms: whole in themselves, and nothing can be changed or left out unnoticed.

use super::{BECAUSE, OTHER, TEAM, TOLD, WASHED, expected, hosted};
use crate::journal::{NOTE, TRAINEE, holds};
use breachdrill::journal::{
    Evidence, JournalError, Kind, Place, RoomError, SEALED, Store, VerifiedRoom, examine, verify,
};
use breachdrill::room::MemberId;

fn exported() -> (tempfile::TempDir, Vec<u8>) {
    let (folder, id) = hosted();
    let mut out = Vec::new();
    Store::open(folder.path()).unwrap().export_room(id, &mut out).unwrap();
    (folder, out)
}

fn room(bytes: &[u8]) -> Result<VerifiedRoom, JournalError> {
    match examine(bytes)? {
        Evidence::Room(room) => Ok(*room),
        Evidence::Drill(_) => panic!("it is of a room"),
    }
}

#[test]
fn a_room_s_file_verifies_and_reads_without_the_folder() {
    let (folder, out) = exported();
    let verified = room(&out).unwrap();
    assert_eq!((verified.entries, verified.closed), (expected().len(), true));
    let store = Store::open(folder.path()).unwrap();
    let read = verified.read(Some(&store)).unwrap();
    assert_eq!(read.entries, expected(), "beside the keys every word is open");
    let kept = store.read_room(verified.header.id).unwrap();
    assert_eq!((read.head, read.receipts), (kept.head, kept.receipts));
    for words in [NOTE, TRAINEE, OTHER, BECAUSE, WASHED, TEAM, TOLD] {
        assert!(!holds(&out, words.as_bytes()), "`{words}` stands in it");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    for folder in [None, Some(Store::open(elsewhere.path()).unwrap())] {
        let read = verified.read(folder.as_ref()).unwrap();
        let said = format!("{:?}", read.entries);
        assert!(said.contains(SEALED) && !said.contains(OTHER), "{said}");
        assert_eq!(read.entries.len(), expected().len());
    }
    let mut again = Vec::new();
    store.export_room(verified.header.id, &mut again).unwrap();
    assert!(out == again, "a second export is the same file");
}

#[test]
fn who_was_erased_stays_so_in_a_file_that_was_written_before() {
    let (folder, out) = exported();
    let verified = room(&out).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.forget_member(verified.header.id, MemberId(2)).unwrap();
    let said = format!("{:?}", verified.read(Some(&store)).unwrap().entries);
    assert!(!said.contains(OTHER) && said.contains(TRAINEE), "{said}");
    store.forget_room(verified.header.id).unwrap();
    let said = format!("{:?}", verified.read(Some(&store)).unwrap().entries);
    assert!(!said.contains(TRAINEE) && !said.contains(TEAM) && said.contains(SEALED), "{said}");
    let gone = store.export_room(verified.header.id, &mut Vec::new()).unwrap_err();
    assert!(matches!(gone, JournalError::Room(RoomError::Forgotten(_))));
}

#[test]
fn no_byte_is_changed_and_nothing_is_cut_unnoticed() {
    let (_folder, out) = exported();
    // Every byte of the shape, and the script now and then.
    let script = out.windows(9).position(|part| part == b",\"text\":\"").unwrap() + 9;
    let first = out.iter().position(|byte| *byte == b'\n').unwrap();
    for at in (0..script).chain((script..first).step_by(97)).chain((first..out.len()).step_by(5)) {
        let mut changed = out.clone();
        changed[at] ^= 1;
        assert!(examine(&changed[..]).is_err(), "byte {at}");
        let Err(JournalError::Damaged(damage)) = examine(&out[..at]) else { panic!("cut after {at} bytes") };
        assert!(!damage.is_empty());
    }
    let lines: Vec<&[u8]> = out.split_inclusive(|byte| *byte == b'\n').collect();
    for row in 0..lines.len() {
        let without: Vec<u8> = lines
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != row)
            .flat_map(|(_, line)| *line)
            .copied()
            .collect();
        assert!(examine(&without[..]).is_err(), "line {} left out", row + 1);
        let mut swapped = lines.clone();
        swapped.swap(row, (row + 1) % lines.len());
        assert!(examine(&swapped.concat()[..]).is_err(), "lines {} and the next", row + 1);
    }
    assert!(examine(&[&out[..], b"more\n"].concat()[..]).is_err(), "something more");
}

#[test]
fn what_was_changed_has_its_place() {
    let (_folder, out) = exported();
    let text = String::from_utf8(out).unwrap();
    let damage = |changed: &str| match examine(changed.as_bytes()) {
        Err(JournalError::Damaged(damage)) => damage,
        other => panic!("{other:?}"),
    };
    let paced = damage(&text.replace("\"pace\":6", "\"pace\":7"));
    assert!(matches!(paced[0].place, Place::Entry(_, n) if n > 1), "{paced:?}");
    assert_eq!(paced[0].kind, Kind::Altered);
    let cut = damage(text.trim_end_matches('\n').rsplit_once('\n').unwrap().0);
    assert_eq!(cut[0].kind, Kind::Cut, "{cut:?}");
    let title = damage(&text.replacen("Friday", "Monday", 1).replacen("\"title\":\"", "\"title\":\"A ", 1));
    assert_eq!(title[0].place, Place::Line(1), "{title:?}");
    let newer = damage(&text.replacen("room-evidence/1", "room-evidence/2", 1));
    assert_eq!(newer[0].place, Place::Line(1), "{newer:?}");
    assert!(verify(text.as_bytes()).is_err(), "it is no drill's");
}

#[test]
fn a_damaged_room_is_not_exported() {
    let (folder, id) = hosted();
    std::fs::remove_file(folder.path().join(format!("rooms/{id}/room.checkpoints"))).unwrap();
    let mut out = Vec::new();
    let refused = Store::open(folder.path()).unwrap().export_room(id, &mut out);
    assert!(matches!(refused, Err(JournalError::Damaged(_))) && out.is_empty());
}
