//! Rooms of a data folder: opened, listed, found, read, checked, taken up again.

use super::codec::kind_of;
use super::error::RoomError;
use super::folder::{RoomFolder, Rooms};
use super::header::RoomHeader;
use super::keys::Keys;
use super::read::{ReadRoom, decode_room, entry_of, missing_keys};
use super::sqlite::{Db, Record};
use super::writer::{Chain, Parts, RoomJournal};
use crate::journal::chain::Digest;
use crate::journal::check::{Care, Checked, check, settled, sound};
use crate::journal::connection::Stored;
use crate::journal::error::Damage;
use crate::journal::header::Titled;
use crate::journal::id::{RoomId, Whose};
use crate::journal::names::Names;
use crate::journal::sidecar::{self, Sidecar};
use crate::journal::sign::Subject;
use crate::journal::{JournalError, Store};
use crate::room::{Entry, RoomFact, Terms};
use crate::scenario::{Scenario, SimTime, clean};

/// One room as a list shows it.
#[derive(Clone, Debug)]
pub struct RoomSummary {
    /// Which.
    pub id: RoomId,
    /// The script's title; empty if the room was forgotten or cannot be read.
    pub title: String,
    /// When it was opened, in milliseconds since 1970 (UTC).
    pub opened: u64,
    /// What was settled; none if the room was forgotten or cannot be read.
    pub terms: Option<Terms>,
    /// How many entries are sound.
    pub entries: usize,
    /// How many people ever came in.
    pub people: usize,
    /// Whether it has been closed.
    pub closed: bool,
    /// Whether only its tombstone is left.
    pub forgotten: bool,
    /// The head of the chain.
    pub head: Option<Digest>,
    /// What is not as it was written; mostly nothing.
    pub damage: Vec<Damage>,
}

type Looked = (Stored<Record>, Checked<RoomHeader>);

impl Store {
    pub(super) fn rooms_folder(&self) -> Rooms {
        Rooms::of(&self.folder)
    }

    /// Opens a new room: its first entry, that it was opened on these terms, is written. `wall` is now, in
    /// milliseconds since 1970; without an `id` the room gets a new one.
    ///
    /// # Errors
    /// If it cannot be made durable, or the id is taken.
    pub fn begin_room(
        &self,
        scenario: &Scenario,
        terms: &Terms,
        wall: u64,
        id: Option<RoomId>,
    ) -> Result<RoomJournal, JournalError> {
        let rooms = self.rooms_folder();
        let id = id.map_or_else(RoomId::random, Ok)?;
        if rooms.folder(id).is_there() || rooms.has_stone(id) {
            return Err(RoomError::Taken(id).into());
        }
        let header = RoomHeader::new(id, scenario, wall, self.pen.seal().to_string());
        let genesis = header.genesis();
        let mut chain = Chain::ending(&header, scenario, 0, genesis);
        rooms.make(id, |new| {
            let opened = Entry { wall, at: SimTime::ZERO, what: RoomFact::Opened(terms.clone()) };
            let first = chain.add(&Keys::make(new.keys())?, &opened)?;
            let subject = Subject::of(&header);
            let sign = |n, head| self.pen.checkpoint(&subject, n, head);
            let stored = Stored {
                header: header.encode(),
                script: Some(scenario.text.clone()),
                checkpoints: vec![sign(0, genesis), sign(1, first.hash)],
                records: vec![first],
            };
            Db::make(&new.database(), &stored)?;
            Sidecar::renew(new.checkpoints(), &header, &stored.checkpoints).map(drop)
        })?;
        let folder = rooms.folder(id);
        let lock = folder.lock()?.ok_or(RoomError::InUse(id))?;
        let keys = Keys::read(&folder.keys())?;
        RoomJournal::open(&folder, Parts { header, chain, keys, pen: self.pen.clone(), lock })
    }

    /// Takes a room up again where it stopped. Of the signatures only the last is checked here, which covers the
    /// whole chain: a room of thousands is to be back at once. Each signature takes about a tenth of a millisecond,
    /// and in a room of 100 000 entries there can be tens of thousands: seconds, in which people wait.
    /// [`Store::verify_room`] checks them all.
    ///
    /// # Errors
    /// If it is damaged, forgotten, or open elsewhere; or if keys for its words are missing.
    pub fn resume_room(&self, id: RoomId) -> Result<(RoomJournal, ReadRoom), JournalError> {
        let folder = self.room_folder(id)?;
        let lock = folder.lock()?.ok_or(RoomError::InUse(id))?;
        let (stored, checked) = self.checked_room(id, Care::Glance, false)?;
        sound(&checked)?;
        let keys = Keys::read(&folder.keys())?;
        if checked.behind {
            let header = checked.header.as_ref().expect("checked: a sound room has a header");
            Sidecar::renew(folder.checkpoints(), header, &stored.checkpoints)?;
        }
        let read = decode_room(stored, checked, &keys)?;
        let missing = missing_keys(&keys, &read.entries);
        if !missing.is_empty() {
            return Err(RoomError::KeysMissing { path: folder.keys(), members: missing }.into());
        }
        let chain = Chain::ending(&read.header, &read.scenario, read.entries.len() as u64, read.head);
        let header = read.header.clone();
        let parts = Parts { header, chain, keys, pen: self.pen.clone(), lock };
        Ok((RoomJournal::open(&folder, parts)?, read))
    }

    /// Reads a room.
    ///
    /// # Errors
    /// If there is none, or anything about it is not as it was written.
    pub fn read_room(&self, id: RoomId) -> Result<ReadRoom, JournalError> {
        let (stored, checked) = self.checked_room(id, Care::Thorough, true)?;
        sound(&checked)?;
        decode_room(stored, checked, &Keys::read(&self.room_folder(id)?.keys())?)
    }

    /// Everything about a room that is not as it was written; nothing if it is whole.
    ///
    /// # Errors
    /// If there is no such room, or it could not be looked at.
    pub fn verify_room(&self, id: RoomId) -> Result<Vec<Damage>, JournalError> {
        match self.read_room(id) {
            Ok(_) => Ok(Vec::new()),
            Err(JournalError::Damaged(damage)) => Ok(damage),
            Err(other) => Err(other),
        }
    }

    /// Every room, the oldest first, then tombstones. A damaged room is listed with its damage.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn rooms(&self) -> Result<Vec<RoomSummary>, JournalError> {
        let rooms = self.rooms_folder();
        let stones = rooms.stones()?;
        let there = rooms.list()?.into_iter().filter(|id| !stones.contains(id));
        let mut list = there.map(|id| self.room_summary(id)).collect::<Result<Vec<_>, _>>()?;
        list.sort_by_key(|room| (room.opened, room.id));
        for id in stones {
            let damage = rooms.stone_damage(id, self.pen.seal())?;
            list.push(RoomSummary { forgotten: true, damage, ..blank(id) });
        }
        Ok(list)
    }

    /// The room whose id begins with `word`.
    ///
    /// # Errors
    /// If none does, more than one does, or it was forgotten.
    pub fn find_room(&self, word: &str) -> Result<RoomId, JournalError> {
        let rooms = self.rooms_folder();
        let fits = |id: &RoomId| !word.is_empty() && id.to_string().starts_with(word);
        let stones = rooms.stones()?;
        let mut found = rooms.list()?;
        found.retain(|id| fits(id) && !stones.contains(id));
        Err(match found[..] {
            [id] => return Ok(id),
            [] => match stones.into_iter().find(fits) {
                Some(id) => RoomError::Forgotten(id),
                None => RoomError::NoSuch(clean(word)),
            },
            _ => RoomError::Ambiguous { prefix: clean(word), many: found.len() },
        }
        .into())
    }

    /// The folder of a room that is there.
    pub(super) fn room_folder(&self, id: RoomId) -> Result<RoomFolder, JournalError> {
        let rooms = self.rooms_folder();
        let folder = rooms.folder(id);
        if rooms.has_stone(id) {
            return Err(RoomError::Forgotten(id).into());
        }
        if folder.is_there() { Ok(folder) } else { Err(RoomError::NoSuch(id.to_string()).into()) }
    }

    /// Whether `others` may be writing to it meanwhile; not while we hold it ourselves.
    pub(super) fn checked_room(&self, id: RoomId, care: Care, others: bool) -> Result<Looked, JournalError> {
        let folder = self.room_folder(id)?;
        let whose = Whose::Room(id);
        let look = || {
            let checkpoints = sidecar::read(&folder.checkpoints(), whose)?;
            let stored = Db::open_to_read(&folder.database())?.stored(whose)?;
            let header = RoomHeader::decode(&stored.header);
            let with = (&self.pen.seal(), care);
            let checked = check(whose, header, &stored, checkpoints.as_deref(), with);
            Ok((stored, checked))
        };
        settled(look, || others && matches!(folder.lock(), Ok(None)))
    }

    fn room_summary(&self, id: RoomId) -> Result<RoomSummary, JournalError> {
        let (stored, checked) = match self.checked_room(id, Care::Glance, true) {
            Ok(looked) => looked,
            Err(JournalError::Damaged(damage)) => return Ok(RoomSummary { damage, ..blank(id) }),
            Err(JournalError::Room(RoomError::Forgotten(_) | RoomError::NoSuch(_))) => {
                return Ok(RoomSummary { forgotten: true, ..blank(id) });
            }
            Err(other) => return Err(other),
        };
        let Some(header) = checked.header else {
            return Ok(RoomSummary { damage: checked.damage, ..blank(id) });
        };
        let sound = &stored.records[..checked.sound];
        let count = |kind| sound.iter().filter(|r| kind_of(&r.body) == Some(kind)).count();
        let opened = || {
            let keys = Keys::read(&self.rooms_folder().folder(id).keys()).ok()?;
            // What was settled names nothing of the script's.
            let first = entry_of(sound.first()?, &Names::default(), (&keys, header.genesis())).ok()?;
            if let RoomFact::Opened(terms) = first.what { Some(terms) } else { None }
        };
        let terms = opened();
        Ok(RoomSummary {
            title: header.title,
            opened: header.opened,
            terms,
            entries: checked.sound,
            people: count("joined"),
            closed: count("closed") > 0,
            head: Some(checked.head),
            damage: checked.damage,
            ..blank(id)
        })
    }
}

fn blank(id: RoomId) -> RoomSummary {
    RoomSummary {
        id,
        title: String::new(),
        opened: 0,
        terms: None,
        entries: 0,
        people: 0,
        closed: false,
        forgotten: false,
        head: None,
        damage: Vec::new(),
    }
}
