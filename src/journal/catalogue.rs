//! Which drills there are, and which one is meant.

use std::time::SystemTime;

use super::JournalError;
use super::beat;
use super::check::Care;
use super::codec::{breaks_off, ends, hands_over};
use super::error::{Damage, Kind, Place};
use super::id::DrillId;
use super::sidecar;
use super::store::{DrillSummary, Store, player};
use crate::speech::noted;

impl Store {
    /// Every drill, the oldest first, then tombstones. A damaged drill is listed with its damage.
    ///
    /// # Errors
    /// If the database cannot be read at all.
    pub fn list(&self) -> Result<Vec<DrillSummary>, JournalError> {
        let known = self.known()?;
        let mut list = known.drills.iter().map(|id| self.summary(*id)).collect::<Result<Vec<_>, _>>()?;
        for (id, line) in known.stones.iter().filter(|(id, _)| !known.drills.contains(id)) {
            let damage = self.tombstone_damage(*id, line);
            list.push(DrillSummary { forgotten: true, damage, ..blank(*id) });
        }
        for id in known.lost {
            let what = noted!("its checkpoints are there, but the journal has nothing of it");
            let damage = vec![Damage::new(Place::Header(id), Kind::Shorter, what)];
            list.push(DrillSummary { damage, ..blank(id) });
        }
        Ok(list)
    }

    /// The files are looked at first: a drill that is begun meanwhile is then no lost one.
    fn known(&self) -> Result<Known, JournalError> {
        let mut lost = sidecar::drills(&self.checkpoints())?;
        let drills = self.db.drills()?;
        let stones = self.db.tombstones()?;
        lost.retain(|id| !drills.contains(id) && !stones.iter().any(|(stone, _)| stone == id));
        Ok(Known { drills, stones, lost })
    }

    /// Drills of which only the checkpoints are left.
    pub(super) fn lost(&self) -> Result<Vec<DrillId>, JournalError> {
        self.known().map(|known| known.lost)
    }

    /// The drills in the order in which they were begun. Nobody knows where in it a lost one belongs.
    fn in_order(&self) -> Result<Vec<DrillId>, JournalError> {
        let known = self.known()?;
        if known.lost.is_empty() { Ok(known.drills) } else { Err(JournalError::LastLost(known.lost)) }
    }

    /// When something of a drill was last written: a fact, or how far its clock had come.
    fn touched(&self, id: DrillId) -> Option<SystemTime> {
        let folder = self.checkpoints();
        let written = [sidecar::path(&folder, id), beat::path(&folder, id)];
        written.iter().filter_map(|path| path.metadata().ok()?.modified().ok()).max()
    }

    fn summary(&self, id: DrillId) -> Result<DrillSummary, JournalError> {
        let (stored, checked) = match self.checked(id, Care::Glance) {
            Ok(checked) => checked,
            Err(JournalError::Damaged(damage)) => return Ok(DrillSummary { damage, ..blank(id) }),
            Err(JournalError::Forgotten(_)) => return Ok(DrillSummary { forgotten: true, ..blank(id) }),
            // A table of the database has the id and its index has not: one of them was changed.
            Err(JournalError::NoSuchDrill(_)) => {
                let what = noted!("the database lists this id, and does not find it");
                let damage = vec![Damage::new(Place::Header(id), Kind::Altered, what)];
                return Ok(DrillSummary { damage, ..blank(id) });
            }
            Err(other) => return Err(other),
        };
        let Some(header) = checked.header else {
            return Ok(DrillSummary { damage: checked.damage, ..blank(id) });
        };
        let found = self.key_of(&header)?;
        let any = |says: fn(&str) -> bool| stored.records[..checked.sound].iter().any(|r| says(&r.body));
        Ok(DrillSummary {
            person: Some(player(&header, &found)),
            title: header.title,
            started: header.started,
            facts: checked.sound,
            ended: any(ends),
            broken_off: any(breaks_off),
            parent: header.parent,
            answers: header.answers || any(hands_over),
            head: Some(checked.head),
            damage: checked.damage,
            ..blank(id)
        })
    }

    /// The drill whose id begins with `prefix`.
    ///
    /// # Errors
    /// If none does, more than one does, or it was forgotten.
    pub fn find(&self, prefix: &str) -> Result<DrillId, JournalError> {
        let fits = |id: &DrillId| !prefix.is_empty() && id.to_string().starts_with(prefix);
        let Known { mut drills, stones, lost } = self.known()?;
        drills.extend(lost);
        drills.retain(fits);
        match drills[..] {
            [id] => Ok(id),
            [] => match stones.iter().find(|(id, _)| fits(id)) {
                Some((id, _)) => Err(JournalError::Forgotten(*id)),
                None => Err(JournalError::NoSuchDrill(crate::scenario::clean(prefix))),
            },
            _ => Err(JournalError::Ambiguous { prefix: prefix.to_owned(), many: drills.len() }),
        }
    }

    /// The drill begun last, damaged or not.
    ///
    /// # Errors
    /// If the database cannot be read, or has lost a drill: that may be the one.
    pub fn last(&self) -> Result<Option<DrillId>, JournalError> {
        Ok(self.in_order()?.pop())
    }

    /// The drill played last of those that have not come to ENDEX; where nobody knows, the one begun last.
    ///
    /// # Errors
    /// If the database cannot be read, or has lost a drill: that may be the one.
    pub fn last_unfinished(&self) -> Result<Option<DrillId>, JournalError> {
        let mut drills = self.in_order()?;
        // Facts have drill time alone; but each is followed by a line in the drill's own file.
        drills.sort_by_cached_key(|id| self.touched(*id));
        for id in drills.into_iter().rev() {
            // One that was killed before its first fact has nothing to go on with.
            let summary = self.summary(id)?;
            if !summary.ended && (summary.facts > 0 || !summary.damage.is_empty()) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }
}

/// Every id that this folder knows of.
struct Known {
    drills: Vec<DrillId>,
    /// Erased drills with the line of their tombstone.
    stones: Vec<(DrillId, String)>,
    /// Drills that have checkpoints, and are neither in the database nor known to be erased.
    lost: Vec<DrillId>,
}

fn blank(id: DrillId) -> DrillSummary {
    DrillSummary {
        id,
        title: String::new(),
        started: 0,
        facts: 0,
        ended: false,
        broken_off: false,
        parent: None,
        answers: false,
        person: None,
        forgotten: false,
        head: None,
        damage: Vec::new(),
    }
}
