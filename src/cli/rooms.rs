//! From a word on the command line to a room: an id, or the evidence file of one. And rooms whose time has passed.

use tr::tr;

use super::drills::{Data, from_journal, wall_clock};
use super::failure::Failure;
use super::output::Output;
use crate::debrief::{GroupAbout, LINE_MOVES};
use crate::engine::Fact;
use crate::journal::{DrillId, JournalError, ReadRoom, RoomError, RoomId, Store};
use crate::room::{Identity, Room, RoomFact, TeamId};
use crate::scenario::{Scenario, said_date, utc_stamp};

/// What an id names.
pub(super) enum Which {
    Drill(Store, DrillId),
    Room(Store, RoomId),
}

/// A room that was read, from the data folder or from an evidence file.
pub(super) struct PlayedRoom {
    pub(super) scenario: Scenario,
    pub(super) room: Room,
    /// The facts of the drills that were begun, by team.
    pub(super) drills: Vec<(TeamId, Vec<Fact>)>,
    pub(super) about: GroupAbout,
    /// When it was opened, in seconds since 1970 (UTC).
    pub(super) opened: i64,
    /// When something last happened in it, in milliseconds since 1970.
    pub(super) until: u64,
    /// The beginning of its id.
    pub(super) short: String,
}

impl PlayedRoom {
    pub(super) fn of(read: ReadRoom) -> Self {
        let room = Room::after(&read.entries).expect("checked: a room that is read begins with its opening");
        let mut drills: Vec<(TeamId, Vec<Fact>)> = Vec::new();
        let until = read.entries.last().map_or(read.header.opened, |entry| entry.wall);
        let entries = read.entries.len() as u64;
        for entry in read.entries {
            if let RoomFact::Played { team, facts, .. } = entry.what {
                match drills.iter_mut().find(|(known, _)| *known == team) {
                    Some((_, all)) => all.extend(facts),
                    None => drills.push((team, facts)),
                }
            }
        }
        drills.sort_by_key(|(team, _)| *team);
        let opened = seconds(read.header.opened);
        let about = GroupAbout {
            room: read.header.id.to_string(),
            head: read.head.to_string(),
            entries,
            started: Some(utc_stamp(opened)),
            engine: read.header.engine,
            moves: LINE_MOVES,
            names: room.terms.identity == Identity::Named,
        };
        let short = read.header.id.short();
        Self { scenario: read.scenario, room, drills, about, opened, until, short }
    }

    /// Whether nothing is played in it any more.
    pub(super) fn over(&self) -> bool {
        let over = |team: TeamId| self.room.team(team).is_some_and(|team| team.over);
        self.room.closed || (!self.drills.is_empty() && self.drills.iter().all(|(team, _)| over(*team)))
    }
}

/// Whole seconds.
pub(super) fn seconds(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds / 1_000).unwrap_or(i64::MAX)
}

impl Data {
    /// The drill or the room that a word names.
    pub(super) fn which(&self, word: &str) -> Result<Which, Failure> {
        if !self.exists() {
            return Err(Self::nothing_played());
        }
        let store = self.open_to_read()?;
        match (store.find(word), store.find_room(word)) {
            (Ok(_), Ok(_)) => {
                Err(Failure::usage(tr!("a drill and a room begin with `{word}`; give more of the id", word)))
            }
            (Ok(id), Err(_)) => Ok(Which::Drill(store, id)),
            (Err(_), Ok(id)) => Ok(Which::Room(store, id)),
            (Err(JournalError::NoSuchDrill(_)), Err(JournalError::Room(room)))
                if !matches!(room, RoomError::NoSuch(_)) =>
            {
                Err(from_journal(room.into()))
            }
            (Err(error), Err(_)) => Err(from_journal(error)),
        }
    }

    /// Whether a room was ever opened here.
    fn has_rooms(&self) -> bool {
        self.exists() && self.folder().is_ok_and(|folder| folder.join("rooms").exists())
    }
}

/// What is said where a room is named and a drill is wanted.
pub(super) fn no_drill(short: &str) -> Failure {
    let failure = Failure::usage(tr!("{short} is a room, and this is done with drills", short))
        .hint(format!("breachdrill debrief {short}"));
    if HOSTS { failure.hint(format!("breachdrill host --again {short}")) } else { failure }
}

/// Whether this program can take a room up again.
pub(super) const HOSTS: bool = cfg!(feature = "host");

/// Forgets the rooms that are here longer than people were told, and says so. What cannot be forgotten now (a room
/// that is open, a folder that may not be written) is forgotten another time.
pub(super) fn forget_past_due(out: &Output, data: &Data) {
    if !data.has_rooms() {
        return;
    }
    let Ok(store) = data.open() else { return };
    let now = wall_clock();
    for room in store.rooms().unwrap_or_default() {
        let Some(until) = room.terms.as_ref().and_then(|terms| terms.kept_until(room.opened)) else {
            continue;
        };
        if until <= now && store.forget_room(room.id).is_ok() {
            let short = room.id.short();
            // A page that stays behind holds what was to be forgotten.
            let _ = super::command::forget::erase_pages(data, |page| page.starts_with(&short));
            out.say(&tr!(
                "Room {} ({}) was to be kept until {}. It has been forgotten.",
                short,
                room.title,
                day(until)
            ));
        }
    }
}

/// A moment as a day, for people.
pub(super) fn day(at: i64) -> String {
    let stamp = utc_stamp(at);
    said_date(stamp.split_once(' ').map_or(stamp.as_str(), |(day, _)| day))
}
