//! A room's journal: everything that happened in a room of people, durable, chained, signed and sealed.
//!
//! It is built as that of a drill is, from the same parts: `chain.rs`, `check.rs`, `sidecar.rs` and
//! `seal.rs` do not know which of the two they serve. What differs is the unit, an entry with who brought
//! it about and when, and that many people's words stand in one chain, each sealed with the key of the
//! person who said them.
//!
//! A room lives in `rooms/ID/` of the data folder: `room.db` (script, entries, checkpoints),
//! `room.checkpoints` (one line for each commit), `people.keys` (a random key for each member; number 0 is
//! the trainer's and the room's) and `room.lock` (held while the room is open). The folder appears whole or
//! not at all. When a room is erased it goes, and `rooms/ID.tombstone`, signed, stays. A list of drills
//! knows nothing of all this.

mod admit;
mod beat;
mod codec;
mod decode;
mod door;
mod error;
mod evidence;
mod folder;
mod forget;
mod header;
mod keys;
mod read;
mod sqlite;
mod store;
mod writer;

pub use door::DoorPlace;
pub use error::RoomError;
pub use evidence::VerifiedRoom;
pub(super) use evidence::{is_of_a_room, verified};
pub(super) use folder::any;
pub use header::RoomHeader;
pub use read::ReadRoom;
pub use store::RoomSummary;
pub use writer::{Receipt, RoomJournal};
