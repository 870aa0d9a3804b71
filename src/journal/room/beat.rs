//! How far the clocks of a room's drills have come since their last facts, for a host that is killed.
//!
//! As with a drill that is played alone (`journal/beat.rs`): a clock that runs makes no entries, so a small
//! file is written over every few seconds. It is not part of what is chained and signed: it can set a clock
//! forward to where nothing has happened yet, and do nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use crate::journal::files;
use crate::room::TeamId;
use crate::scenario::SimTime;

/// Bytes of the file, at most: a line for each drill of a large room.
const BYTES_MAX: u64 = 1 << 20;

/// What the last line says, so that half a file is none.
const END: &str = "end\n";

/// Writes down how far each clock has come; it is on the disk when this returns.
pub(super) fn write(path: &Path, moments: &[(TeamId, SimTime)]) {
    let mut text: String = moments.iter().map(|(team, at)| format!("{} {}\n", team.0, at.0)).collect();
    text.push_str(END);
    // One that cannot be written costs a few seconds, at worst.
    let _ = files::replace(path, text.as_bytes());
}

/// How far each clock had come; nothing where that is not there, or half written.
pub(super) fn read(path: &Path) -> BTreeMap<TeamId, SimTime> {
    let bytes = files::read(path, BYTES_MAX).ok().flatten().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let Some(lines) = text.strip_suffix(END) else { return BTreeMap::new() };
    let moment = |line: &str| {
        let (team, at) = line.split_once(' ')?;
        Some((TeamId(team.parse().ok()?), SimTime(at.parse().ok()?)))
    };
    lines.lines().filter_map(moment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_beat_is_read_and_half_a_one_is_none() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("room.beat");
        assert!(read(&path).is_empty());
        let moments = [(TeamId(1), SimTime(12)), (TeamId(3), SimTime(4_000_000_000))];
        write(&path, &[(TeamId(2), SimTime(1))]);
        write(&path, &moments);
        assert_eq!(read(&path), BTreeMap::from(moments));
        for text in ["", "1 12\n", "1 12\nen", "x y\nend\n"] {
            std::fs::write(&path, text).expect("a file");
            assert!(read(&path).is_empty(), "{text:?}");
        }
    }
}
