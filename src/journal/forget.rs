//! Erasing a person, or a drill.
//!
//! A person: their key goes, and with it every name and word that it sealed, in
//! every drill; the drills stay and still verify. Whoever's key was lost can be
//! given up in the same way. A drill: its facts go, and a
//! signed tombstone stays, so that a drill that was erased and one that was
//! lost are not the same.

use super::JournalError;
use super::beat;
use super::chain::{Digest, from_hex_exact, hex};
use super::error::{Damage, Kind, Place};
use super::files;
use super::header::Header;
use super::id::DrillId;
use super::sidecar;
use super::sign::Seal;
use super::store::Store;
use super::vault::Person;
use crate::speech::noted;

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
        let known = by_name.or_else(by_number).map(|p| (p.number, p.key.mark()));
        let keyless = || -> Result<Option<(u32, String)>, JournalError> {
            Ok(self.keyless()?.into_iter().find(|(number, _)| who.trim().parse() == Ok(*number)))
        };
        let (person, mark) = match known {
            Some(known) => known,
            None => keyless()?.ok_or_else(|| no_such(&name, people.iter().map(Person::name)))?,
        };
        let headers = self.db.headers()?;
        let drills = headers.iter().filter_map(|h| Header::decode(h).ok()).filter(|h| h.person == person);
        // Nobody writes on with a key that is gone: what was written then could never be read.
        let locks = drills.map(|h| self.lock(h.id)?.ok_or(JournalError::InUse(h.id)));
        let locks = locks.collect::<Result<Vec<_>, _>>()?;
        // The key first: what is said to be erased is.
        self.vault.erase(person)?;
        self.give_up(&mark)?;
        Ok(Forgotten { person, drills: locks.len() })
    }

    /// Erases a drill; its tombstone stays. Whoever has no drill left is erased with it.
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
        files::remove(&sidecar::path(&checkpoints, id))?;
        files::remove(&beat::path(&checkpoints, id))?;
        self.forget_the_drillless()?;
        // Last, for it can fail while somebody else reads; everything is erased for every reader by now.
        self.db.pack()
    }

    /// Erases the name and key of everybody who has no drill here.
    ///
    /// Not while a drill is damaged or lost: it may be theirs, and a copy may bring it back.
    fn forget_the_drillless(&self) -> Result<(), JournalError> {
        self.vault.keep_only(|| {
            let lost = !self.lost()?.is_empty();
            let headers: Result<Vec<Header>, _> =
                self.db.headers()?.iter().map(|header| Header::decode(header)).collect();
            Ok(headers.ok().filter(|_| !lost).map(|headers| headers.iter().map(|h| h.person).collect()))
        })
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
                    noted!("its tombstone is not signed with this folder's key"),
                )]
            }
        }
    }
}

/// Nobody is called `wanted`; but who is, if capitals and blanks do not count?
fn no_such(wanted: &str, names: impl Iterator<Item = String>) -> JournalError {
    let loose = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let like = names.filter(|name| !name.is_empty() && loose(name) == loose(wanted)).collect();
    JournalError::NoSuchPerson { wanted: wanted.to_owned(), like }
}

fn statement(id: DrillId) -> Digest {
    Digest::of_parts("tombstone", &[&id.0])
}
