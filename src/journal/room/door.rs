//! Where people came in, so that a room that is taken up again is found where it was.
//!
//! Not part of what is chained and signed: whoever changes it only sends people to another port.

use std::path::Path;

use crate::journal::files;

/// Bytes of the file, at most.
const BYTES_MAX: u64 = 64;

/// Where a room takes connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoorPlace {
    /// Whether other machines on the network reach it.
    pub lan: bool,
    /// The port.
    pub port: u16,
}

/// Writes down where people come in.
pub(super) fn write(path: &Path, place: DoorPlace) {
    let word = if place.lan { "lan" } else { "here" };
    // One that cannot be written costs an option to be typed, at worst.
    let _ = files::replace(path, format!("{word} {}\n", place.port).as_bytes());
}

/// Where people came in; none where that was never written, or cannot be read.
pub(super) fn read(path: &Path) -> Option<DoorPlace> {
    let bytes = files::read(path, BYTES_MAX).ok().flatten()?;
    let text = String::from_utf8(bytes).ok()?;
    let (word, port) = text.strip_suffix('\n')?.split_once(' ')?;
    let lan = match word {
        "lan" => true,
        "here" => false,
        _ => return None,
    };
    Some(DoorPlace { lan, port: port.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_anything_else_is_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("room.door");
        assert_eq!(read(&path), None);
        for place in [DoorPlace { lan: true, port: 8_750 }, DoorPlace { lan: false, port: 1 }] {
            write(&path, place);
            assert_eq!(read(&path), Some(place));
        }
        for odd in ["", "lan", "lan 99999\n", "everybody 80\n", "lan 80"] {
            std::fs::write(&path, odd).expect("a file");
            assert_eq!(read(&path), None, "{odd:?}");
        }
    }
}
