//! Where rooms live within a data folder, and which there are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::journal::JournalError;
use crate::journal::chain::{Digest, from_hex_exact, hex};
use crate::journal::error::{Damage, Kind};
use crate::journal::files::{self, Lock};
use crate::journal::id::{RoomId, Whose};
use crate::journal::sign::{Pen, Seal};
use crate::speech::noted;

/// The folder of rooms within the data folder.
const ROOMS: &str = "rooms";

/// What a tombstone begins with.
const STONE: &str = "breachdrill/tombstone/1";

/// Bytes of a tombstone, at most.
const STONE_BYTES_MAX: u64 = 1_000;

/// The folder of rooms.
#[derive(Clone, Debug)]
pub(super) struct Rooms(PathBuf);

/// The folder of one room.
#[derive(Clone, Debug)]
pub(super) struct RoomFolder(PathBuf);

/// Whether there are rooms in a data folder, or were.
pub(in crate::journal) fn any(data: &Path) -> Result<bool, JournalError> {
    let rooms = Rooms::of(data);
    Ok(!rooms.list()?.is_empty() || !rooms.stones()?.is_empty())
}

impl Rooms {
    pub(super) fn of(data: &Path) -> Self {
        Self(data.join(ROOMS))
    }

    pub(super) fn folder(&self, id: RoomId) -> RoomFolder {
        RoomFolder(self.0.join(id.to_string()))
    }

    /// The rooms that are there, by their ids.
    pub(super) fn list(&self) -> Result<Vec<RoomId>, JournalError> {
        self.named(RoomId::parse)
    }

    /// The rooms that were erased.
    pub(super) fn stones(&self) -> Result<Vec<RoomId>, JournalError> {
        self.named(|name| name.strip_suffix(".tombstone").and_then(RoomId::parse))
    }

    fn named(&self, id: fn(&str) -> Option<RoomId>) -> Result<Vec<RoomId>, JournalError> {
        let failed = || JournalError::file(noted!("list the rooms"), &self.0);
        let entries = match fs::read_dir(&self.0) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed())?,
        };
        let mut all = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed())?.file_name();
            all.extend(name.to_str().and_then(id));
        }
        all.sort_unstable();
        Ok(all)
    }

    /// Makes a room's folder: `make` fills one beside it, which is moved to its place when it is whole.
    ///
    /// What a program that was killed left half made goes by the way.
    pub(super) fn make(
        &self,
        id: RoomId,
        make: impl FnOnce(&RoomFolder) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        files::make_folder(&self.0)?;
        let _making = Lock::take(&self.0.join("rooms.lock"))?;
        for half in self.named(|name| name.strip_suffix(".new").and_then(RoomId::parse))? {
            self.half(half).remove()?;
        }
        let half = self.half(id);
        files::make_folder(&half.0)?;
        make(&half)?;
        let folder = self.folder(id);
        let moved = fs::rename(&half.0, &folder.0).and_then(|()| files::sync_folder_of(&folder.0));
        moved.map_err(JournalError::file(noted!("make the room's folder"), &folder.0))
    }

    fn half(&self, id: RoomId) -> RoomFolder {
        RoomFolder(self.0.join(format!("{id}.new")))
    }

    /// Sets a room's tombstone.
    pub(super) fn set_stone(&self, id: RoomId, pen: &Pen) -> Result<(), JournalError> {
        let line = format!("{STONE} {} {}\n", pen.seal(), hex(&pen.sign(statement(id))));
        files::replace(&self.stone(id), line.as_bytes())
    }

    /// Whether a room was erased.
    pub(super) fn has_stone(&self, id: RoomId) -> bool {
        self.stone(id).exists()
    }

    /// What is wrong with a tombstone, if anything.
    pub(super) fn stone_damage(&self, id: RoomId, ours: Seal) -> Result<Vec<Damage>, JournalError> {
        let bytes = files::read(&self.stone(id), STONE_BYTES_MAX)?.unwrap_or_default();
        let signed = || {
            let line = std::str::from_utf8(&bytes).ok()?.strip_suffix('\n')?;
            let (signer, signature) = line.strip_prefix(STONE)?.strip_prefix(' ')?.split_once(' ')?;
            let seal = Seal::parse(signer).filter(|seal| *seal == ours)?;
            seal.checks(statement(id), &from_hex_exact(signature)?).then_some(())
        };
        let header = Whose::Room(id).header();
        let mut damage = Vec::new();
        if signed().is_none() {
            let what = noted!("its tombstone is not signed with this folder's key");
            damage.push(Damage::new(header.clone(), Kind::Altered, what));
        }
        if self.folder(id).is_there() {
            let what = noted!("it was to be erased, and files of it are left; erase it once more");
            damage.push(Damage::new(header, Kind::Unreadable, what));
        }
        Ok(damage)
    }

    fn stone(&self, id: RoomId) -> PathBuf {
        self.0.join(format!("{id}.tombstone"))
    }
}

impl RoomFolder {
    pub(super) fn is_there(&self) -> bool {
        self.0.exists()
    }

    pub(super) fn database(&self) -> PathBuf {
        self.0.join("room.db")
    }

    pub(super) fn checkpoints(&self) -> PathBuf {
        self.0.join("room.checkpoints")
    }

    /// How far the clocks have come.
    pub(super) fn beat(&self) -> PathBuf {
        self.0.join("room.beat")
    }

    /// Where people come in.
    pub(super) fn door(&self) -> PathBuf {
        self.0.join("room.door")
    }

    pub(super) fn keys(&self) -> PathBuf {
        self.0.join("people.keys")
    }

    /// Holds the room; none if somebody else does.
    pub(super) fn lock(&self) -> Result<Option<Lock>, JournalError> {
        Lock::try_take(&self.0.join("room.lock"))
    }

    /// Removes the folder with all that is in it.
    pub(super) fn remove(&self) -> Result<(), JournalError> {
        let failed = JournalError::file(noted!("remove the room's folder"), &self.0);
        fs::remove_dir_all(&self.0).and_then(|()| files::sync_folder_of(&self.0)).map_err(failed)
    }
}

fn statement(id: RoomId) -> Digest {
    Digest::of_parts("room-tombstone", &[&id.0])
}
