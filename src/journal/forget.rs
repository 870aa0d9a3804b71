//! Erasing a person, or a drill.
//!
//! A person: their key goes, and with it every name and word that it sealed, in
//! every drill; the drills stay and still verify. A drill: its facts go, and a
//! signed tombstone stays, so that a drill that was erased and one that was
//! lost are not the same.

use super::JournalError;
use super::chain::{Digest, from_hex_exact, hex};
use super::error::{Damage, Kind, Place};
use super::files;
use super::header::{DrillId, Header};
use super::sidecar;
use super::sign::Seal;
use super::store::Store;

/// Who was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// The person's number, which stays.
    pub person: u32,
    /// How many drills have their name and words erased by it.
    pub drills: usize,
}

impl Store {
    /// Erases a person, given by name or by number.
    ///
    /// # Errors
    /// If nobody is recorded so, or the key could not be erased.
    pub fn forget_person(&self, who: &str) -> Result<Forgotten, JournalError> {
        let people = self.vault.people()?;
        let name = crate::scenario::clean(who.trim());
        let by_name = people.iter().find(|p| p.name() == name && !name.is_empty());
        let by_number = || people.iter().find(|p| who.trim().parse() == Ok(p.number));
        let person = by_name
            .or_else(by_number)
            .map(|p| p.number)
            .ok_or_else(|| JournalError::NoSuchPerson(name.clone()))?;
        self.vault.erase(person)?;
        let headers = self.db.headers()?;
        let drills = headers.iter().filter_map(|h| Header::decode(h).ok()).filter(|h| h.person == person);
        Ok(Forgotten { person, drills: drills.count() })
    }

    /// Erases a drill; its tombstone stays.
    ///
    /// # Errors
    /// If there is no such drill, it is being played, or it could not be erased.
    pub fn forget_drill(&self, id: DrillId) -> Result<(), JournalError> {
        let _lock = self.lock(id)?.ok_or(JournalError::InUse(id))?;
        let checkpoints = self.checkpoints();
        // A drill that was lost is still listed, by its checkpoints; it can be erased like any other.
        if !self.db.drills()?.contains(&id) && !sidecar::drills(&checkpoints)?.contains(&id) {
            return Err(self.missing(id, false));
        }
        let line = format!("{} {}", self.pen.seal(), hex(&self.pen.sign(statement(id))));
        self.db.forget(id, &line)?;
        files::remove(&sidecar::path(&checkpoints, id))
    }

    /// What is wrong with a tombstone, if anything.
    pub(super) fn tombstone_damage(&self, id: DrillId, line: &str) -> Vec<Damage> {
        let signed = line.split_once(' ').and_then(|(signer, signature)| {
            let seal = Seal::parse(signer).filter(|seal| *seal == self.pen.seal())?;
            seal.checks(statement(id), &from_hex_exact(signature)?).then_some(())
        });
        match signed {
            Some(()) => Vec::new(),
            None => {
                vec![Damage::new(
                    Place::Header(id),
                    Kind::Altered,
                    "its tombstone is not signed with this folder's key",
                )]
            }
        }
    }
}

fn statement(id: DrillId) -> Digest {
    Digest::of_parts("tombstone", &[&id.0])
}
