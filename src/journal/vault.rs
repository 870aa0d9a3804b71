//! The keys of persons, in a small file of their own with a life of its own.
//!
//! One line a person: number, key, sealed name, and a check. Erasing a person
//! replaces the line by the word `erased` and overwrites the old file; then
//! nothing on this disk opens what was sealed for that person, in the journals,
//! in evidence files or in copies of either. A copy of *this* file would: keep
//! none, or erase it there too. A number is never given twice.

use std::collections::BTreeSet;
use std::path::PathBuf;

use tr::tr;

use super::JournalError;
use super::chain::{Digest, from_hex_exact, hex};
use super::error::{Kind, Place};
use super::files::{self, Lock};
use super::seal::Key;
use crate::limits::{TRAINEE_NAME_BYTES_MAX, VAULT_BYTES_MAX};
use crate::speech::noted;

const TITLE: &str = "breachdrill/vault/1";

/// Where a name is sealed: bound to the person's key alone, so that it is equal in each drill.
const NAME_PLACE: &[u8] = b"name";

/// The file of keys.
#[derive(Debug)]
pub(super) struct Vault {
    path: PathBuf,
}

/// Somebody who plays here.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) number: u32,
    pub(super) key: Key,
    pub(super) sealed_name: String,
}

impl Person {
    /// The name; empty if none was given.
    pub(super) fn name(&self) -> String {
        open_name(&self.key, &self.sealed_name).unwrap_or_default()
    }
}

/// The name that `key` sealed; empty if none was given, none if another key sealed it.
pub(super) fn open_name(key: &Key, sealed: &str) -> Option<String> {
    if sealed.is_empty() { Some(String::new()) } else { key.open(NAME_PLACE, sealed) }
}

/// What the file knows of one key.
pub(super) enum Held {
    /// The key.
    Key(Key),
    /// That it was erased.
    Erased,
    /// Nothing: the file was lost, or this line of it.
    Nothing,
}

/// A line of a file of keys: somebody, or the number of somebody erased.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Known(Person),
    Erased(u32),
}

impl Entry {
    pub(super) const fn number(&self) -> u32 {
        match self {
            Self::Known(person) => person.number,
            Self::Erased(number) => *number,
        }
    }

    /// As a line, with its check.
    pub(super) fn line(&self) -> String {
        let line = match self {
            Self::Known(p) => format!("{} {} {}", p.number, hex(p.key.bytes()), dash(&p.sealed_name)),
            Self::Erased(number) => format!("{number} erased"),
        };
        format!("{line} {}\n", check(&line))
    }
}

impl Vault {
    pub(super) const fn at(path: PathBuf) -> Self {
        Self { path }
    }

    /// What the file knows of that person's key with that mark.
    pub(super) fn held(&self, number: u32, mark: &str) -> Result<Held, JournalError> {
        Ok(match self.read()?.into_iter().find(|entry| entry.number() == number) {
            Some(Entry::Known(person)) if person.key.mark() == mark => Held::Key(person.key),
            Some(Entry::Erased(_)) => Held::Erased,
            Some(Entry::Known(_)) | None => Held::Nothing,
        })
    }

    /// Everybody whose key is here.
    pub(super) fn people(&self) -> Result<Vec<Person>, JournalError> {
        let known = self.read()?.into_iter().filter_map(|entry| match entry {
            Entry::Known(person) => Some(person),
            Entry::Erased(_) => None,
        });
        Ok(known.collect())
    }

    /// The person of that name (or the one without a name), made if new. A new number is above `taken`.
    ///
    /// Until `begin` has made their drill nobody else can find that they have none ([`Vault::keep_only`]).
    pub(super) fn enrol<T>(
        &self,
        name: &str,
        taken: u32,
        begin: impl FnOnce(&Person) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let name = crate::scenario::clean(name.trim());
        if name.len() > TRAINEE_NAME_BYTES_MAX {
            return Err(JournalError::TooLarge(tr!("A name has at most {} bytes", TRAINEE_NAME_BYTES_MAX)));
        }
        let _lock = self.lock()?;
        let mut entries = self.read()?;
        for entry in &entries {
            if let Entry::Known(person) = entry
                && person.name() == name
            {
                return begin(person);
            }
        }
        let key = new_key()?;
        let number = entries.iter().map(Entry::number).max().unwrap_or(0).max(taken) + 1;
        let sealed_name = if name.is_empty() { name } else { key.seal(NAME_PLACE, &name) };
        let person = Person { number, key, sealed_name };
        entries.push(Entry::Known(person.clone()));
        self.write(&entries)?;
        begin(&person)
    }

    /// Erases everybody whom `named` does not name; nobody if it cannot be said who is named.
    pub(super) fn keep_only(
        &self,
        named: impl FnOnce() -> Result<Option<BTreeSet<u32>>, JournalError>,
    ) -> Result<(), JournalError> {
        let _lock = self.lock()?;
        let mut entries = self.read()?;
        let Some(named) = named()? else { return Ok(()) };
        let mut erased = false;
        for entry in &mut entries {
            if matches!(entry, Entry::Known(_)) && !named.contains(&entry.number()) {
                *entry = Entry::Erased(entry.number());
                erased = true;
            }
        }
        if erased { self.write(&entries) } else { Ok(()) }
    }

    /// Erases a person's key. Whether it was there.
    pub(super) fn erase(&self, number: u32) -> Result<bool, JournalError> {
        let _lock = self.lock()?;
        let mut entries = self.read()?;
        let Some(entry) = entries.iter_mut().find(|e| e.number() == number) else { return Ok(false) };
        let known = matches!(entry, Entry::Known(_));
        *entry = Entry::Erased(number);
        self.write(&entries)?;
        Ok(known)
    }

    fn lock(&self) -> Result<Lock, JournalError> {
        Lock::take(&self.path.with_extension("lock"))
    }

    fn write(&self, entries: &[Entry]) -> Result<(), JournalError> {
        let mut text = format!("{TITLE}\n");
        for entry in entries {
            text.push_str(&entry.line());
        }
        if text.len() as u64 > VAULT_BYTES_MAX {
            return Err(JournalError::TooLarge(tr!(
                "{} has as many people as it can hold; keep new drills in another folder (--data-dir DIR)",
                self.path.display()
            )));
        }
        files::replace_secret(&self.path, text.as_bytes())
    }

    fn read(&self) -> Result<Vec<Entry>, JournalError> {
        // Whoever replaces the file wipes the old one; if that was the one that we had opened, there is a new one.
        self.read_once().or_else(|_| self.read_once())
    }

    fn read_once(&self) -> Result<Vec<Entry>, JournalError> {
        let Some(bytes) = files::read(&self.path, VAULT_BYTES_MAX)? else { return Ok(Vec::new()) };
        entries(TITLE, &bytes)
            .map_err(|what| JournalError::damaged(Place::Folder(self.path.clone()), Kind::Altered, what))
    }
}

/// What stands in a file of keys, or what is wrong with it.
pub(super) fn entries(title: &str, bytes: &[u8]) -> Result<Vec<Entry>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| noted!("it is not text").to_owned())?;
    if !text.ends_with('\n') {
        return Err(noted!("it ends in the middle of a line").into());
    }
    let mut lines = text.lines();
    if lines.next() != Some(title) {
        return Err(noted!("line 1 is not the title of a file of keys").into());
    }
    let numbered = lines.enumerate();
    numbered
        .map(|(n, line)| entry(line).ok_or_else(|| tr!("line {} is not what was written", n + 2)))
        .collect()
}

/// A new key.
pub(super) fn new_key() -> Result<Key, JournalError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| JournalError::NoRandomness(e.to_string()))?;
    Ok(Key::new(bytes))
}

fn entry(line: &str) -> Option<Entry> {
    let (body, sum) = line.rsplit_once(' ')?;
    let (number, rest) = body.split_once(' ').filter(|_| sum == check(body))?;
    let number = number.parse().ok()?;
    if rest == "erased" {
        return Some(Entry::Erased(number));
    }
    let (key, name) = rest.split_once(' ')?;
    let sealed_name = if name == "-" { String::new() } else { name.to_owned() };
    Some(Entry::Known(Person { number, key: Key::new(from_hex_exact(key)?), sealed_name }))
}

fn dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

fn check(line: &str) -> String {
    Digest::of_parts("vault-line", &[line.as_bytes()]).short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrol(vault: &Vault, name: &str, taken: u32) -> Person {
        vault.enrol(name, taken, |person| Ok(person.clone())).expect("room")
    }

    fn vault() -> (tempfile::TempDir, Vault) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let vault = Vault::at(folder.path().join("people.keys"));
        (folder, vault)
    }

    #[test]
    fn a_name_keeps_its_number_and_numbers_are_not_given_twice() {
        let (_folder, vault) = vault();
        let ada = enrol(&vault, " Ada ", 4);
        assert_eq!((ada.number, ada.name().as_str()), (5, "Ada"));
        assert_eq!(enrol(&vault, "Ada", 0).number, 5);
        assert_eq!(enrol(&vault, "", 0).number, 6);
        assert_eq!(vault.erase(6).ok(), Some(true));
        assert_eq!(vault.erase(6).ok(), Some(false));
        assert_eq!(enrol(&vault, "", 0).number, 7);
        assert!(matches!(vault.held(6, "any"), Ok(Held::Erased)));
        assert!(matches!(vault.held(9, "any"), Ok(Held::Nothing)));
        assert!(matches!(vault.held(5, &ada.key.mark()), Ok(Held::Key(_))));
        assert!(matches!(vault.held(5, "any"), Ok(Held::Nothing)));
    }

    #[test]
    fn every_flip_and_every_cut_is_noticed_or_changes_nothing() {
        let (_folder, vault) = vault();
        let ada = enrol(&vault, "Ada", 0);
        enrol(&vault, "", 0);
        let whole = std::fs::read(&vault.path).expect("the file");
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            std::fs::write(&vault.path, &flipped).expect("written");
            assert!(vault.people().is_err(), "byte {at}");
            std::fs::write(&vault.path, &whole[..at]).expect("written");
            // A cut between lines loses whole people, whose keys are then missing.
            if let Ok(people) = vault.people() {
                assert!(people.iter().all(|p| p.number == ada.number && p.name() == "Ada"), "cut {at}");
            }
        }
    }
}
