//! The keys of the people in one room: a line for each, added when they come in.
//!
//! Number 0 is the trainer's and the room's. A key is on the disk before
//! anything that it sealed is: a line that a crash cut in the middle sealed
//! nothing. Erasing somebody replaces their line by the word `erased` and
//! overwrites the old file; then nothing on this disk opens their name and
//! words, in the room or in copies of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tr::tr;

use super::codec::TRAINER;
use crate::journal::JournalError;
use crate::journal::error::{Kind, Place};
use crate::journal::files;
use crate::journal::seal::{ERASED, KEYLESS, Key, SEALED};
use crate::journal::vault::{Entry, Person, entries, new_key};
use crate::limits::{ROOM_PEOPLE_MAX, VAULT_BYTES_MAX};
use crate::room::MemberId;
use crate::speech::noted;

const TITLE: &str = "breachdrill/room-keys/1";

/// The file of keys of a room.
#[derive(Debug)]
pub(super) struct Keys {
    path: PathBuf,
    /// Open for more lines, once there was one to add.
    file: Option<File>,
    /// Everybody's key; none where it was erased.
    keys: BTreeMap<u32, Option<Key>>,
    /// What the words of those say whom the file does not know.
    unknown: &'static str,
}

impl Keys {
    /// Makes the file, with the trainer's key.
    pub(super) fn make(path: PathBuf) -> Result<Self, JournalError> {
        let trainer = BTreeMap::from([(TRAINER.0, Some(new_key()?))]);
        let keys = Self { path, file: None, keys: trainer, unknown: KEYLESS };
        keys.write()?;
        Ok(keys)
    }

    /// Reads the file. If it is gone nobody's key is known.
    pub(super) fn read(path: &Path) -> Result<Self, JournalError> {
        let mut bytes = files::read(path, VAULT_BYTES_MAX)?.unwrap_or_default();
        // A line that was being added when the program was killed.
        bytes.truncate(bytes.iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1));
        let mut keys = BTreeMap::new();
        if !bytes.is_empty() {
            let damaged =
                |what: String| JournalError::damaged(Place::Folder(path.to_owned()), Kind::Altered, what);
            for entry in entries(TITLE, &bytes).map_err(damaged)? {
                let number = entry.number();
                let key = match entry {
                    Entry::Known(person) => Some(person.key),
                    Entry::Erased(_) => None,
                };
                if keys.insert(number, key).is_some() {
                    return Err(damaged(noted!("somebody stands in it twice").into()));
                }
            }
        }
        Ok(Self { path: path.to_owned(), file: None, keys, unknown: KEYLESS })
    }

    /// The keys of a room whose folder is not here: all its words are sealed.
    pub(super) const fn nowhere() -> Self {
        Self { path: PathBuf::new(), file: None, keys: BTreeMap::new(), unknown: SEALED }
    }

    /// What stands for somebody's words that no key opens.
    pub(super) fn without(&self, member: MemberId) -> &'static str {
        if self.knows(member) { ERASED } else { self.unknown }
    }

    /// The key with which somebody's words are sealed; none if it was erased.
    pub(super) fn key(&self, member: MemberId) -> Option<&Key> {
        self.keys.get(&member.0)?.as_ref()
    }

    /// Whether the file knows somebody, erased or not.
    pub(super) fn knows(&self, member: MemberId) -> bool {
        self.keys.contains_key(&member.0)
    }

    /// Gives each of these a key, unless they have one or had one; on the disk when this returns.
    pub(super) fn enrol(&mut self, members: impl Iterator<Item = MemberId>) -> Result<(), JournalError> {
        let mut lines = String::new();
        for member in members {
            if !self.knows(member) {
                let key = new_key()?;
                lines.push_str(&line(member.0, Some(&key)));
                self.keys.insert(member.0, Some(key));
            }
        }
        if self.keys.len() > ROOM_PEOPLE_MAX {
            return Err(JournalError::TooLarge(tr!("A room has at most {} people", ROOM_PEOPLE_MAX)));
        }
        if lines.is_empty() { Ok(()) } else { self.add(&lines) }
    }

    fn add(&mut self, lines: &str) -> Result<(), JournalError> {
        let Some(file) = &mut self.file else {
            // Written anew when it is first opened: so no half line stands before the next.
            self.write()?;
            let file = files::private().append(true).open(&self.path);
            self.file = Some(file.map_err(JournalError::file(WRITE, &self.path))?);
            return Ok(());
        };
        let written = file.write_all(lines.as_bytes()).and_then(|()| file.sync_data());
        written.map_err(JournalError::file(WRITE, &self.path))
    }

    /// Erases somebody's key.
    pub(super) fn erase(&mut self, member: MemberId) -> Result<(), JournalError> {
        self.file = None;
        self.keys.insert(member.0, None);
        self.write()
    }

    fn write(&self) -> Result<(), JournalError> {
        let mut text = format!("{TITLE}\n");
        self.keys.iter().for_each(|(number, key)| text.push_str(&line(*number, key.as_ref())));
        files::replace_secret(&self.path, text.as_bytes())
    }
}

const WRITE: &str = noted!("write the keys");

fn line(number: u32, key: Option<&Key>) -> String {
    let known = |key: &Key| Entry::Known(Person { number, key: key.clone(), sealed_name: String::new() });
    key.map_or(Entry::Erased(number), known).line()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_added_and_erased_and_a_half_line_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.keys");
        let members = |all: &'static [u32]| all.iter().copied().map(MemberId);
        let mut keys = Keys::make(path.clone()).expect("made");
        keys.enrol(members(&[1, 2])).expect("added");
        keys.enrol(members(&[2, 3])).expect("added");
        let mark = |keys: &Keys, n| keys.key(MemberId(n)).map(Key::mark);
        let read = || Keys::read(&path).expect("read");
        for n in 0..4 {
            assert!(mark(&keys, n).is_some() && mark(&keys, n) == mark(&read(), n), "{n}");
        }
        let whole = std::fs::read(&path).expect("the file");
        std::fs::write(&path, &whole[..whole.len() - 9]).expect("cut");
        let mut again = read();
        assert!(!again.knows(MemberId(3)) && again.knows(MemberId(2)));
        again.enrol(members(&[4])).expect("added after the cut");
        let cut = mark(&again, 4);
        assert_eq!(mark(&read(), 4), cut);
        again.erase(MemberId(1)).expect("erased");
        again.enrol(members(&[1, 5])).expect("added after erasing");
        assert!(read().knows(MemberId(1)) && mark(&read(), 1).is_none());
        assert_eq!((mark(&read(), 4), mark(&read(), 5)), (cut, mark(&again, 5)));
        assert!(!read().knows(MemberId(9)));
        let old = whole.split(|b| *b == b'\n').nth(2).expect("a line").to_vec();
        let key = &old[2..66];
        let now = std::fs::read(&path).expect("the file");
        assert!(!now.windows(64).any(|part| part == key), "the key of 1 is gone");
    }

    #[test]
    fn a_damaged_file_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("people.keys");
        let mut keys = Keys::make(path.clone()).expect("made");
        keys.enrol([MemberId(1)].into_iter()).expect("added");
        let whole = std::fs::read(&path).expect("the file");
        for at in 0..whole.len() - 1 {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            std::fs::write(&path, &flipped).expect("written");
            assert!(Keys::read(&path).is_err(), "byte {at}");
        }
        std::fs::write(&path, [&whole[..], &whole[24..]].concat()).expect("written");
        assert!(Keys::read(&path).is_err(), "lines twice");
    }
}
