//! An evidence file, of whatever it is: read within bounds, told apart by its title line, and checked.

use std::io::Read;

use tr::tr;

use super::JournalError;
use super::evidence::{Verified, verify_bytes};
use super::room::{self, VerifiedRoom};
use crate::limits::EVIDENCE_FILE_BYTES_MAX;
use crate::speech::noted;

/// An evidence file in which nothing was changed.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// Of a drill.
    Drill(Box<Verified>),
    /// Of a room, with all that was played in it.
    Room(Box<VerifiedRoom>),
}

/// Checks an evidence file, whichever it is of.
///
/// # Errors
/// [`JournalError::Damaged`] with every place found, or that it could not be read.
pub fn examine(source: impl Read) -> Result<Evidence, JournalError> {
    let bytes = read_all(source)?;
    let of_a_room = || room::verified(&bytes).map(|room| Evidence::Room(Box::new(room)));
    let of_a_drill = || verify_bytes(&bytes).map(|drill| Evidence::Drill(Box::new(drill)));
    let verified = if room::is_of_a_room(&bytes) { of_a_room() } else { of_a_drill() };
    verified.map_err(JournalError::Damaged)
}

/// Everything that is in a file, if that is no more than an evidence file can hold.
pub(super) fn read_all(source: impl std::io::Read) -> Result<Vec<u8>, JournalError> {
    let mut bytes = Vec::new();
    source
        .take(EVIDENCE_FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(JournalError::file(noted!("read the evidence"), tr!("the evidence file").as_ref()))?;
    if bytes.len() as u64 > EVIDENCE_FILE_BYTES_MAX {
        return Err(JournalError::TooLarge(tr!(
            "this is larger than an evidence file can be ({} MiB)",
            EVIDENCE_FILE_BYTES_MAX >> 20
        )));
    }
    Ok(bytes)
}
