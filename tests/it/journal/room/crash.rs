//! Killed at any instant, on a full disk: what a receipt was given for is there.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use super::{OPENED, open};
use crate::journal::crash::{child, last_kept, told_folder};
use breachdrill::journal::{RoomError, Store};
use breachdrill::room::{Entry, Mark, MemberId, RoomFact, TeamId};
use breachdrill::scenario::{SeatSet, SimTime};

const CHILD: &str = "journal::room::crash::the_child_writes_until_it_is_killed";
const KILLS: u64 = 24;

fn entry(what: RoomFact) -> Entry {
    Entry { wall: OPENED, at: SimTime::ZERO, what }
}

/// What comes `n`-th: somebody new now and then, so that a key is made, and words of theirs.
fn batch(n: u32) -> Vec<Entry> {
    let member = MemberId(1 + n / 3);
    if n.is_multiple_of(3) {
        return vec![entry(RoomFact::Joined {
            member,
            team: TeamId(1),
            seats: SeatSet::default(),
            name: format!("Number {n}"),
            mark: Mark([n as u8; 32]),
            factor: 100,
        })];
    }
    let says = |row: u8| format!("{n} {}", "x".repeat(usize::from(row) * 97));
    (0..1 + n as u8 % 4).map(|row| entry(RoomFact::Washed { member, row, says: says(row) })).collect()
}

/// Not a test but the child that is killed: without its folder it has nothing to do.
#[test]
fn the_child_writes_until_it_is_killed() {
    let Some(folder) = told_folder() else { return };
    let store = Store::open(Path::new(&folder)).unwrap();
    let mut journal = open(&store);
    let mut out = std::io::stdout();
    for n in 0.. {
        let batches: Vec<Vec<Entry>> = (0..3).map(|m| batch(3 * n + m)).collect();
        match journal.append(&batches) {
            Ok(receipts) => {
                let last = receipts.last().unwrap();
                writeln!(out, "\nkept {} {}", journal.id(), last.n).unwrap();
                out.flush().unwrap();
            }
            Err(error) => {
                writeln!(out, "\nfull {} {error}", journal.last().n).unwrap();
                let again = journal.append(&batches).unwrap_err();
                assert!(matches!(again, breachdrill::journal::JournalError::Room(RoomError::Stopped { .. })));
                return;
            }
        }
    }
}

#[test]
fn killed_at_any_instant_nothing_acknowledged_is_lost() {
    let mut acknowledged = 0;
    let mut folder = tempfile::tempdir().unwrap();
    for kill in 0..KILLS {
        if kill % 4 == 0 {
            folder = tempfile::tempdir().unwrap();
        }
        let (mut child, mut out) = child(CHILD, folder.path(), None);
        let before = if kill % 2 == 0 { None } else { last_kept(&mut out, 1 + kill as usize % 11) };
        std::thread::sleep(Duration::from_micros(kill * 7_919 % 30_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = last_kept(&mut out, usize::MAX).or(before);
        let store = Store::open(folder.path()).unwrap();
        let rooms = store.rooms().unwrap();
        assert!(rooms.iter().all(|room| room.damage.is_empty()), "kill {kill}: {rooms:?}");
        let Some((id, count)) = kept else { continue };
        let (mut journal, read) = store.resume_room(store.find_room(&id).unwrap()).unwrap();
        assert!(read.entries.len() >= count, "kill {kill}: {} of {count}", read.entries.len());
        acknowledged += count;
        let next = read.entries.iter().filter(|e| matches!(e.what, RoomFact::Joined { .. })).count();
        // Whoever had a key already when the program was killed comes in with that.
        journal.append(&[batch(3 * next as u32)]).unwrap();
        assert_eq!(store.verify_room(journal.id()).unwrap(), []);
    }
    assert!(acknowledged > 100, "the children came to write: {acknowledged}");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_a_room_stops_and_what_it_kept_stays() {
    for blocks in [240, 450] {
        let folder = tempfile::tempdir().unwrap();
        let (mut child, out) = child(CHILD, folder.path(), Some(blocks));
        let lines: Vec<String> = std::io::BufRead::lines(out).map_while(Result::ok).collect();
        assert!(child.wait().unwrap().success());
        let full = lines.iter().rev().find_map(|l| l.strip_prefix("full ")).expect("the disk filled up");
        let (count, said) = full.split_once(' ').unwrap();
        let count: usize = count.parse().unwrap();
        assert!(said.contains("Could not"), "{said}");
        let store = Store::open(folder.path()).unwrap();
        let id = store.rooms().unwrap()[0].id;
        let (mut journal, read) = store.resume_room(id).unwrap();
        // The failed append may have reached the database before the checkpoint file could not take it.
        assert!(
            (count..=count + 9).contains(&read.entries.len()),
            "{count} kept, {} read",
            read.entries.len()
        );
        journal.append(&[vec![entry(RoomFact::Locked)]]).unwrap();
        assert_eq!(store.read_room(id).unwrap().entries.len(), read.entries.len() + 1);
    }
}
