//! Keeping, reading, taking up again, naming, refusing.

use super::{OPENED, entries, expected, hosted, open, terms, write};
use crate::journal::{begin, files, small};
use breachdrill::journal::{JournalError, RoomError, RoomId, Store};
use breachdrill::room::{Entry, MemberId, Room, RoomFact, TeamId, Terms, Way};
use breachdrill::scenario::SimTime;

#[test]
fn everything_that_can_happen_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut journal = open(&store);
    assert_eq!(journal.last().n, 1, "it was opened");
    let receipts = write(&mut journal);
    let last = *receipts.last().unwrap();
    assert_eq!((last, last.n as usize), (journal.last(), expected().len()));
    assert!(receipts.windows(2).all(|pair| pair[0].n < pair[1].n && pair[0].head != pair[1].head));
    assert_eq!(journal.append(&[Vec::new()]).unwrap(), [last], "nothing is added by an empty batch");
    // While it is open somebody else can read it.
    let read = Store::open(folder.path()).unwrap().read_room(journal.id()).unwrap();
    assert_eq!(read.entries, expected());
    assert_eq!((read.head, read.header), (last.head, journal.header().clone()));
    assert_eq!(read.scenario.text, small().text);
    assert!(Room::after(&read.entries).unwrap().closed);
    assert_eq!(store.verify_room(journal.id()).unwrap(), []);
}

#[test]
fn a_room_is_listed_and_found_and_drills_are_not_disturbed() {
    let (folder, id) = hosted();
    let store = Store::open(folder.path()).unwrap();
    assert!(store.list().unwrap().is_empty() && store.last().unwrap().is_none());
    let drill = begin(&store, &small()).id();
    assert_eq!(store.list().unwrap().len(), 1);
    let rooms = store.rooms().unwrap();
    let [room] = &rooms[..] else { panic!("one room: {rooms:?}") };
    assert_eq!((room.id, room.opened, room.entries), (id, OPENED, expected().len()));
    assert_eq!((room.people, room.closed, room.title.as_str()), (2, true, "A small drill"));
    assert_eq!(room.terms, Some(terms()));
    assert!(room.damage.is_empty() && !room.forgotten);
    assert_eq!(store.find_room(&id.short()).unwrap(), id);
    let error = |word: &str| store.find_room(word).unwrap_err().to_string();
    assert_eq!(error("\u{1b}[2J"), "No room is called `\u{fffd}[2J`.");
    assert_eq!(error(""), "No room is called ``.");
    store.forget_drill(drill).unwrap();
    assert_eq!(store.read_room(id).unwrap().entries, expected());
    let none = RoomId::parse(&"7f".repeat(16)).unwrap();
    for outcome in
        [store.read_room(none).map(drop), store.resume_room(none).map(drop), store.forget_room(none)]
    {
        assert!(matches!(outcome, Err(JournalError::Room(RoomError::NoSuch(_)))));
    }
}

#[test]
fn a_room_that_stopped_anywhere_goes_on() {
    let all = entries();
    for stop in (0..all.len()).step_by(5) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let id = {
            let mut journal = open(&store);
            journal.append(&[all[..stop].to_vec()]).unwrap();
            let busy = Store::open(folder.path()).unwrap();
            let refused = busy.resume_room(journal.id()).unwrap_err();
            assert!(matches!(refused, JournalError::Room(RoomError::InUse(id)) if id == journal.id()));
            journal.id()
        };
        let (mut journal, read) = store.resume_room(id).unwrap();
        assert_eq!(read.entries, expected()[..=stop]);
        assert_eq!((journal.last().n, journal.last().head), (stop as u64 + 1, read.head));
        journal.append(&[all[stop..].to_vec()]).unwrap();
        assert_eq!(store.read_room(id).unwrap().entries, expected(), "stopped after {stop}");
    }
}

/// Alone there are no names of teams, so nothing in the first entry is sealed.
fn alone() -> Terms {
    Terms { way: Way::SideBySide, teams: Vec::new(), ..terms() }
}

/// As [`entries`], with each in a team of one.
fn entries_alone() -> Vec<Entry> {
    let mut all = entries();
    let two = all.iter_mut().find(|entry| matches!(entry.what, RoomFact::Joined { member: MemberId(2), .. }));
    if let Some(Entry { what: RoomFact::Joined { team, .. }, .. }) = two {
        *team = TeamId(2);
    }
    all
}

#[test]
fn same_script_keys_and_entries_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let keys = |id: RoomId| folder.path().join(format!("rooms/{id}/people.keys"));
    let mut first = store.begin_room(&small(), &alone(), OPENED, None).unwrap();
    first.append(&[entries_alone()]).unwrap();
    let second = store.begin_room(&small(), &alone(), OPENED, None).unwrap().id();
    std::fs::copy(keys(first.id()), keys(second)).unwrap();
    let (mut second, _) = store.resume_room(second).unwrap();
    // How entries are put into commits is no part of it.
    for entry in entries_alone() {
        second.append(&[vec![entry]]).unwrap();
    }
    assert_eq!(first.last(), second.last());
    let mut third = store.begin_room(&small(), &alone(), OPENED, None).unwrap();
    third.append(&[entries_alone()]).unwrap();
    assert_ne!(first.last().head, third.last().head, "each person has a key of their own in each room");
}

#[test]
fn a_room_is_there_whole_or_not_at_all() {
    let (folder, id) = hosted();
    let store = Store::open(folder.path()).unwrap();
    let rooms = folder.path().join("rooms");
    // As a program leaves it that was killed while it made a room.
    let half = rooms.join(format!("{}.new", "ab".repeat(16)));
    std::fs::create_dir(&half).unwrap();
    std::fs::write(half.join("room.db"), "half").unwrap();
    assert_eq!(store.rooms().unwrap().len(), 1);
    let again = store.begin_room(&small(), &terms(), OPENED, Some(id)).unwrap_err();
    assert!(matches!(again, JournalError::Room(RoomError::Taken(taken)) if taken == id));
    let wanted = RoomId::random().unwrap();
    assert_eq!(store.begin_room(&small(), &terms(), OPENED, Some(wanted)).unwrap().id(), wanted);
    assert!(!half.exists(), "the half room went");
    assert_eq!(store.rooms().unwrap().len(), 2);
}

#[test]
fn no_new_key_is_made_where_rooms_are_kept() {
    let (folder, _) = hosted();
    std::fs::remove_file(folder.path().join("signing.key")).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(JournalError::KeyGone(_))));
}

#[test]
fn an_entry_that_could_not_have_happened_is_damage_with_its_place() {
    let joined = |member, team| RoomFact::Joined {
        member: MemberId(member),
        team: TeamId(team),
        seats: Default::default(),
        name: "Ada".into(),
        mark: breachdrill::room::Mark([9; 32]),
        factor: 100,
    };
    let unlawful = [
        RoomFact::Opened(terms()),
        joined(1, 1),
        joined(4, 1),
        joined(3, 3),
        joined(3, 0),
        RoomFact::Here(MemberId(3)),
        RoomFact::Leads(MemberId(0)),
        RoomFact::Paced { team: Some(TeamId(3)), pace: 1 },
        RoomFact::Observed { team: Some(TeamId(0)), says: "x".into() },
        RoomFact::Seated { member: MemberId(1), team: TeamId(9), seats: Default::default() },
        RoomFact::Played { team: TeamId(1), cause: breachdrill::room::Cause::Clock, facts: Vec::new() },
    ];
    for what in unlawful {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut journal = open(&store);
        journal.append(&[entries()[..2].to_vec()]).unwrap();
        let said = format!("{what:?}");
        journal.append(&[vec![Entry { wall: OPENED, at: SimTime::ZERO, what }]]).unwrap();
        let Err(JournalError::Damaged(damage)) = store.read_room(journal.id()) else { panic!("{said}") };
        let place = breachdrill::journal::Place::Entry(journal.id(), 4);
        assert_eq!((damage.len(), &damage[0].place), (1, &place), "{said}: {damage:?}");
        assert_eq!(store.verify_room(journal.id()).unwrap(), damage);
    }
}

#[test]
fn a_fact_that_could_not_have_happened_in_its_drill_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut journal = open(&store);
    let mut all = entries();
    let start = all.iter().position(|e| matches!(e.what, RoomFact::Played { .. })).unwrap();
    all.swap(start, start + 1);
    journal.append(&[all]).unwrap();
    let error = store.read_room(journal.id()).unwrap_err().to_string();
    assert!(error.contains(&format!("entry {}", start + 2)), "{error}");
    assert!(error.contains("the drill has not started yet"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, id) = hosted();
    begin(&Store::open(folder.path()).unwrap(), &small());
    for (path, _) in files(folder.path()) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o400)).unwrap();
    }
    let store = Store::open_to_read(folder.path()).unwrap();
    assert_eq!(store.read_room(id).unwrap().entries, expected());
    assert_eq!(store.rooms().unwrap().len(), 1);
}
