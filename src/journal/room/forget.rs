//! Erasing somebody who was in a room, or a room with everybody who was in it.
//!
//! Somebody: their key goes, and with it their name and every word of theirs;
//! the entries stay and still verify. What the trainer, the clock or a whole
//! team brought about is sealed with the room's own key, and stays readable.
//! A room: its keys are overwritten, its folder goes, and a signed tombstone
//! stays.

use super::codec::speaker;
use super::error::RoomError;
use super::keys::Keys;
use crate::journal::id::RoomId;
use crate::journal::{JournalError, Store, files};
use crate::room::MemberId;

impl Store {
    /// Erases somebody who was in a room; number 0 is the trainer. Whoever's key was lost is given up so.
    ///
    /// # Errors
    /// If there is no such room or member, the room is open, or the key could not be erased.
    pub fn forget_member(&self, room: RoomId, member: MemberId) -> Result<(), JournalError> {
        let folder = self.room_folder(room)?;
        let _lock = folder.lock()?.ok_or(RoomError::InUse(room))?;
        let mut keys = Keys::read(&folder.keys())?;
        let named = || {
            let read = self.read_room(room)?;
            Ok::<_, JournalError>(read.entries.iter().any(|entry| speaker(&entry.what) == member))
        };
        if keys.knows(member) || named()? {
            keys.erase(member)
        } else {
            Err(RoomError::NoSuchMember(room, member).into())
        }
    }

    /// Erases a room; its tombstone stays.
    ///
    /// # Errors
    /// If there is no such room, it is open, or it could not be erased.
    pub fn forget_room(&self, id: RoomId) -> Result<(), JournalError> {
        let rooms = self.rooms_folder();
        let folder = rooms.folder(id);
        if !folder.is_there() {
            return self.room_folder(id).map(drop);
        }
        let lock = folder.lock()?.ok_or(RoomError::InUse(id))?;
        rooms.set_stone(id, &self.pen)?;
        // First of what is erased, for it is what opens the rest.
        files::replace_secret(&folder.keys(), b"")?;
        drop(lock);
        folder.remove()
    }
}
