//! Whether the key is here that sealed a person's words, and if not, why.
//!
//! A key that was erased and a key that was lost are two things. Erasing leaves
//! its mark twice: in the file of keys, and as a signed stone in the journal,
//! which stays when that file is lost. A key of which neither knows is missing:
//! a copy of the file may bring it back, so nothing is called erased, and nobody
//! writes on as if it were, until it is given up on purpose.

use std::collections::BTreeMap;

use super::JournalError;
use super::chain::{Digest, from_hex_exact, hex};
use super::header::Header;
use super::id::DrillId;
use super::seal::Key;
use super::sign::Seal;
use super::store::Store;
use super::vault::Held;

/// Whether a person's name and words can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Their key is here.
    Open,
    /// They were erased on request, or given up.
    Erased,
    /// Their key is not here, and nobody erased it: a copy may bring it back.
    KeyMissing,
}

/// The key of a drill, or why there is none.
#[derive(Clone, Debug)]
pub(super) enum Found {
    Key(Key),
    Erased,
    Missing,
}

impl Found {
    pub(super) const fn key(&self) -> Option<&Key> {
        match self {
            Self::Key(key) => Some(key),
            Self::Erased | Self::Missing => None,
        }
    }

    pub(super) const fn words(&self) -> Words {
        match self {
            Self::Key(_) => Words::Open,
            Self::Erased => Words::Erased,
            Self::Missing => Words::KeyMissing,
        }
    }
}

impl Store {
    /// The numbers of the people who played here and whose keys are missing, ascending.
    ///
    /// # Errors
    /// If the database or the file of keys cannot be read.
    pub fn people_without_keys(&self) -> Result<Vec<u32>, JournalError> {
        Ok(self.keyless()?.into_keys().collect())
    }

    /// Gives up everybody whose key is missing: from now on their words count as erased. How many they were.
    ///
    /// # Errors
    /// If it could not be written.
    pub fn forget_people_without_keys(&self) -> Result<usize, JournalError> {
        let keyless = self.keyless()?;
        keyless.values().try_for_each(|mark| self.give_up(mark))?;
        Ok(keyless.len())
    }

    /// Each person whose key is missing, with the mark of that key.
    pub(super) fn keyless(&self) -> Result<BTreeMap<u32, String>, JournalError> {
        let mut people = BTreeMap::new();
        for header in self.db.headers()?.iter().filter_map(|header| Header::decode(header).ok()) {
            people.insert(header.person, header.key_mark);
        }
        let mut keyless = BTreeMap::new();
        for (person, mark) in people {
            if matches!(self.found(person, &mark)?, Found::Missing) {
                keyless.insert(person, mark);
            }
        }
        Ok(keyless)
    }

    /// The key that sealed this drill.
    pub(super) fn key_of(&self, header: &Header) -> Result<Found, JournalError> {
        self.found(header.person, &header.key_mark)
    }

    fn found(&self, person: u32, mark: &str) -> Result<Found, JournalError> {
        Ok(match self.vault.held(person, mark)? {
            Held::Key(key) => Found::Key(key),
            Held::Erased => Found::Erased,
            Held::Nothing if self.given_up(mark)? => Found::Erased,
            Held::Nothing => Found::Missing,
        })
    }

    /// Sets a stone for a key that is erased, so that this is known without the file of keys.
    pub(super) fn give_up(&self, mark: &str) -> Result<(), JournalError> {
        let line = format!("{} {}", self.pen.seal(), hex(&self.pen.sign(statement(mark))));
        self.db.set_stone(stone(mark), &line)
    }

    fn given_up(&self, mark: &str) -> Result<bool, JournalError> {
        let signed = |line: String| {
            let (signer, signature) = line.split_once(' ')?;
            let seal = Seal::parse(signer).filter(|seal| *seal == self.pen.seal())?;
            seal.checks(statement(mark), &from_hex_exact(signature)?).then_some(())
        };
        Ok(self.db.stone(stone(mark))?.and_then(signed).is_some())
    }
}

/// Where the stone of a key stands: beside the tombstones of drills, under an id that no drill has.
fn stone(mark: &str) -> DrillId {
    let mut id = [0; 16];
    id.copy_from_slice(&statement(mark).0[..16]);
    DrillId(id)
}

fn statement(mark: &str) -> Digest {
    Digest::of_parts("key-erased", &[mark.as_bytes()])
}
