//! What each state is still worth, by its fingerprint: one flat table.
//!
//! A standard hash map doubles when it is full, and then takes up to 76 bytes for each
//! of its states. This one grows by half, so that a state never takes more than
//! [`BYTES_A_STATE`](super::BYTES_A_STATE); nothing is ever taken out of it.

use super::key::Fingerprint;
use super::search::Worth;
use crate::score::Points;

/// Places of a table that has just been made.
const PLACES_MIN: usize = 64;
/// No such fingerprint: the place is free.
const FREE: Fingerprint = 0;
const NOTHING: Worth = Worth { most: Points(0), least: Points(0) };

/// Fingerprints, and what each is worth.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: Vec<Fingerprint>,
    worths: Vec<Worth>,
    held: usize,
}

impl Table {
    /// What a state is worth, if it is held.
    pub(super) fn get(&self, key: Fingerprint) -> Option<Worth> {
        if self.keys.is_empty() {
            return None;
        }
        let row = self.row(taken(key));
        (self.keys[row] != FREE).then(|| self.worths[row])
    }

    /// Holds what a state is worth.
    pub(super) fn insert(&mut self, key: Fingerprint, worth: Worth) {
        if self.held * 5 >= self.keys.len() * 4 {
            self.grow();
        }
        let key = taken(key);
        let row = self.row(key);
        self.held += usize::from(self.keys[row] == FREE);
        self.keys[row] = key;
        self.worths[row] = worth;
    }

    /// The place of a fingerprint, or the free one where it belongs.
    fn row(&self, key: Fingerprint) -> usize {
        let places = self.keys.len();
        // The low half of a fingerprint, as a share of all places.
        let share = u128::from(key as u64) * places as u128;
        let mut row = (share >> 64) as usize;
        while self.keys[row] != FREE && self.keys[row] != key {
            row = if row + 1 == places { 0 } else { row + 1 };
        }
        row
    }

    fn grow(&mut self) {
        let places = (self.keys.len() / 2 * 3).max(PLACES_MIN);
        let keys = std::mem::replace(&mut self.keys, vec![FREE; places]);
        let worths = std::mem::replace(&mut self.worths, vec![NOTHING; places]);
        for (key, worth) in keys.into_iter().zip(worths) {
            if key != FREE {
                let row = self.row(key);
                self.keys[row] = key;
                self.worths[row] = worth;
            }
        }
    }
}

/// A fingerprint that marks no free place.
const fn taken(key: Fingerprint) -> Fingerprint {
    if key == FREE { 1 } else { key }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::BYTES_A_STATE;
    use super::*;

    #[test]
    fn it_holds_what_was_put_in_and_stays_small() {
        let (mut table, mut beside) = (Table::default(), BTreeMap::new());
        let mut key: Fingerprint = 2;
        for n in 0..20_000_i64 {
            let worth = Worth { most: Points(n), least: Points(-n) };
            assert_eq!(table.get(key), beside.get(&key).copied());
            table.insert(key, worth);
            beside.insert(key, worth);
            assert_eq!((table.get(key), table.held), (Some(worth), beside.len()));
            let bytes = table.keys.len() * (size_of::<Fingerprint>() + size_of::<Worth>());
            assert!(n < 100 || bytes <= table.held * BYTES_A_STATE, "{bytes} for {}", table.held);
            // Keys that crowd together, and some that come again.
            key = if n % 7 == 6 {
                key / 3
            } else {
                key.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C).wrapping_add(1)
            };
        }
        assert!(beside.iter().all(|(key, worth)| table.get(*key) == Some(*worth)));
    }
}
