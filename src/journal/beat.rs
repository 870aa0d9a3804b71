//! How far drill time has come since the last fact, for a drill that is killed.
//!
//! A clock that runs makes no facts, so a program that is killed without
//! warning would give back all the time since the last one. While time runs a
//! small file beside the checkpoints is written over every few seconds. It is
//! not part of what is chained and signed: it can set the clock forward to
//! where nothing has happened yet, and do nothing else.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::JournalError;
use super::files;
use super::id::DrillId;
use crate::scenario::SimTime;

/// Bytes of the file: ten digits and a line break.
const BYTES_MAX: u64 = 11;

/// The file of a drill.
pub(super) fn path(folder: &Path, id: DrillId) -> PathBuf {
    folder.join(format!("{id}.beat"))
}

/// What the file of a drill says; none if it is not there, or half written.
pub(super) fn read(folder: &Path, id: DrillId) -> Result<Option<SimTime>, JournalError> {
    let bytes = match files::read(&path(folder, id), BYTES_MAX) {
        Err(JournalError::TooLarge(_)) => None,
        read => read?,
    };
    let whole = bytes.filter(|bytes| bytes.len() as u64 == BYTES_MAX && bytes.ends_with(b"\n"));
    let text = whole.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(text.and_then(|text| text.trim_end().parse().ok()).map(SimTime))
}

/// The file of one drill; made with the first beat.
#[derive(Debug)]
pub(super) struct Beat {
    path: PathBuf,
    file: Option<File>,
}

impl Beat {
    pub(super) const fn at(path: PathBuf) -> Self {
        Self { path, file: None }
    }

    /// Writes the moment down; it is on the disk when this returns.
    pub(super) fn write(&mut self, now: SimTime) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                self.file.insert(files::private().write(true).create(true).truncate(true).open(&self.path)?)
            }
        };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(format!("{:010}\n", now.0).as_bytes())?;
        file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_beat_is_read_and_half_a_one_is_none() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let id = DrillId::parse(&"7f".repeat(16)).expect("an id");
        assert_eq!(read(folder.path(), id).expect("nothing there"), None);
        let mut beat = Beat::at(path(folder.path(), id));
        for second in [0, 4_000_000_000, 12] {
            beat.write(SimTime(second)).expect("a beat");
            assert_eq!(read(folder.path(), id).expect("a beat"), Some(SimTime(second)));
        }
        for text in ["", "00000000", "0000000012 \n", "abcdefghij\n"] {
            std::fs::write(path(folder.path(), id), text).expect("a file");
            assert_eq!(read(folder.path(), id).expect("read"), None, "{text:?}");
        }
    }
}
