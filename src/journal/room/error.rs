//! What cannot be done with a room now, in sentences.

use std::fmt;
use std::path::PathBuf;

use tr::tr;

use crate::journal::RoomId;
use crate::room::MemberId;

/// Something that cannot be done with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomError {
    /// No room has this id.
    NoSuch(String),
    /// More than one room has an id that begins so.
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// How many begin so.
        many: usize,
    },
    /// There is, or was, a room of this id.
    Taken(RoomId),
    /// Somebody has this room open.
    InUse(RoomId),
    /// The room was erased.
    Forgotten(RoomId),
    /// Nobody in the room has this number.
    NoSuchMember(RoomId, MemberId),
    /// An earlier append failed; nothing is added after a hole.
    Stopped {
        /// Which room.
        room: RoomId,
        /// What went wrong then.
        because: String,
    },
    /// Keys that opened names and words are not there, and were not erased.
    KeysMissing {
        /// The file of keys.
        path: PathBuf,
        /// Whose keys they are; number 0 is the trainer's.
        members: Vec<u32>,
    },
    /// The script in the room's journal does not load with this breachdrill.
    Script(RoomId),
}

impl fmt::Display for RoomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NoSuch(wanted) => tr!("No room is called `{wanted}`.", wanted),
            Self::Ambiguous { prefix, many } => {
                tr!("{many} rooms begin with `{prefix}`. Give more of the id.", many, prefix)
            }
            Self::Taken(id) => tr!("There is a room {} already.", id.short()),
            Self::InUse(id) => {
                tr!("Room {} is open in another breachdrill. Close that one first.", id.short())
            }
            Self::Forgotten(id) => tr!("Room {} was erased; only its tombstone is left.", id.short()),
            Self::NoSuchMember(id, member) => {
                tr!("Nobody in room {} has the number {member}.", id.short(), member = member.0)
            }
            Self::Stopped { room, because } => tr!(
                "Room {} keeps nothing more since something could not be written: {because} \
                 Mend the cause, then open the room again.",
                room.short(),
                because
            ),
            Self::KeysMissing { path, members } => tr!(
                "{path} lacks the keys of members {members}: names and words are closed that a copy of the file \
                 would open. Nothing was changed. Put the file back from a copy; or erase these members for good, \
                 and go on.",
                path = path.display(),
                members = members.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
            ),
            Self::Script(id) => tr!(
                "The script that is played in room {} does not load with this breachdrill. \
                 The breachdrill that opened the room still reads it.",
                id.short()
            ),
        })
    }
}

impl std::error::Error for RoomError {}
