//! What is due in a drill: a sorted list, kept by [`State::apply`](super::State::apply) alone.
//!
//! It says again, in order of time, what the tables of the state say row by
//! row; so equal states have equal agendas. What the script itself puts on the
//! clock is not here but in the scenario's timetable. To make one more thing
//! due, add a kind to [`Item`] at its place among ties, let `apply` note and
//! strike it, and let `happen` carry it out.

use std::cmp::Reverse;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::scenario::{DutyId, InjectId, QuestionId, SimTime, SpreadId};

/// What is due, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Agenda {
    /// Latest first: what comes next is taken off the end.
    due: Vec<Due>,
}

/// An agenda says nothing that the rest of its state does not say.
impl Hash for Agenda {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A moment, the kind of what is due then, and its row, in one number that sorts as they do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Due(u64);

impl Due {
    fn new(at: SimTime, item: Item) -> Self {
        let (kind, row) = match item {
            Item::Work => (0, 0),
            Item::Lapse(question) => (1, question.0),
            Item::Inject(inject) => (2, inject.0),
            Item::Step(spread) => (3, spread.0),
            Item::Deadline(duty) => (4, duty.0),
        };
        Self(u64::from(at.0) << 32 | kind << 16 | u64::from(row))
    }

    const fn at(self) -> SimTime {
        SimTime((self.0 >> 32) as u32)
    }

    const fn item(self) -> Item {
        let row = self.0 as u16;
        match (self.0 >> 16) as u16 {
            0 => Item::Work,
            1 => Item::Lapse(QuestionId(row)),
            2 => Item::Inject(InjectId(row)),
            3 => Item::Step(SpreadId(row)),
            _ => Item::Deadline(DutyId(row)),
        }
    }
}

impl fmt::Debug for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.item(), self.at())
    }
}

/// Kinds of what is due; the order is that of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// Work under way is finished.
    Work,
    /// An open question lapses.
    Lapse(QuestionId),
    /// An inject is due, or no longer waited for.
    Inject(InjectId),
    /// A step of a spread is due.
    Step(SpreadId),
    /// The deadline of a duty comes.
    Deadline(DutyId),
}

/// How far from its end a list is looked through one by one; further on it is halved.
const NEAR: usize = 8;

impl Agenda {
    /// What is due, soonest first.
    pub fn iter(&self) -> impl Iterator<Item = (SimTime, Item)> {
        self.due.iter().rev().map(|due| (due.at(), due.item()))
    }

    /// The first moment after `from` at which anything is due.
    pub(super) fn after(&self, from: SimTime) -> Option<SimTime> {
        self.due.iter().rev().map(|due| due.at()).find(|at| *at > from)
    }

    /// The first in the order of ties, from `floor` on, of all that is due by `now`.
    pub(super) fn first(&self, now: SimTime, floor: Item) -> Option<Item> {
        // What is left of moments before: rarely anything.
        let mut left: Option<Item> = None;
        for due in self.due.iter().rev().take_while(|due| due.at() <= now) {
            let item = due.item();
            if item >= floor {
                let first = left.map_or(item, |left| left.min(item));
                if due.at() == now {
                    return Some(first);
                }
                left = Some(first);
            }
        }
        left
    }

    /// The row before which `due` belongs, or at which it stands.
    fn row(&self, due: Due) -> usize {
        let near = self.due.len().saturating_sub(NEAR);
        match self.due[near..].iter().rposition(|other| *other > due) {
            Some(row) => near + row + 1,
            None => self.due[..near].partition_point(|other| *other > due),
        }
    }

    /// Notes that `item` is due at `at`; never is not noted.
    fn note(&mut self, at: SimTime, item: Item) {
        if at != SimTime::NEVER {
            let due = Due::new(at, item);
            self.due.insert(self.row(due), due);
        }
    }

    /// Notes many at once.
    pub(super) fn note_all(&mut self, items: impl Iterator<Item = (SimTime, Item)>) {
        let timed = items.filter(|(at, _)| *at != SimTime::NEVER);
        self.due.extend(timed.map(|(at, item)| Due::new(at, item)));
        self.due.sort_unstable_by_key(|due| Reverse(*due));
    }

    /// Strikes `item`, which was due at `at`.
    fn strike(&mut self, at: SimTime, item: Item) {
        let due = Due::new(at, item);
        let row = self.row(due);
        if self.due.get(row) == Some(&due) {
            self.due.remove(row);
        }
    }

    /// Strikes `item` where it stood, and notes it where it stands now, if anywhere.
    pub(super) fn put_off(&mut self, before: Option<SimTime>, now: Option<SimTime>, item: Item) {
        if before == now {
            return;
        }
        if let Some(at) = before {
            self.strike(at, item);
        }
        if let Some(at) = now {
            self.note(at, item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agenda() -> Agenda {
        let mut agenda = Agenda::default();
        agenda.note(SimTime(20), Item::Inject(InjectId(4)));
        agenda.note(SimTime(20), Item::Lapse(QuestionId(7)));
        agenda.note(SimTime(10), Item::Inject(InjectId(9)));
        agenda.note(SimTime::NEVER, Item::Lapse(QuestionId(1)));
        agenda.note(SimTime(20), Item::Work);
        agenda
    }

    #[test]
    fn what_is_due_is_in_order_of_time_and_of_ties() {
        let inject = |row| Item::Inject(InjectId(row));
        let ties = [Item::Work, Item::Lapse(QuestionId(7)), inject(4)].map(|item| (SimTime(20), item));
        let all: Vec<_> = agenda().iter().collect();
        assert_eq!(all, [&[(SimTime(10), inject(9))][..], &ties].concat());
    }

    #[test]
    fn equal_contents_make_equal_agendas() {
        let mut other = Agenda::default();
        other.note_all(agenda().iter());
        other.note(SimTime(5), Item::Lapse(QuestionId(2)));
        assert_ne!(other, agenda());
        other.strike(SimTime(6), Item::Lapse(QuestionId(2)));
        assert_ne!(other, agenda(), "it was not due then");
        other.strike(SimTime(5), Item::Lapse(QuestionId(2)));
        assert_eq!(other, agenda());
    }

    #[test]
    fn a_long_agenda_is_sorted_too() {
        let item = |row: u16| match row % 5 {
            0 => Item::Work,
            1 => Item::Lapse(QuestionId(row)),
            2 => Item::Inject(InjectId(row)),
            3 => Item::Step(SpreadId(row)),
            _ => Item::Deadline(DutyId(row)),
        };
        let all: Vec<_> = (0..200).map(|row| (SimTime(u32::from(row) * 7919 % 101), item(row))).collect();
        let mut agenda = Agenda::default();
        all.iter().for_each(|(at, item)| agenda.note(*at, *item));
        let mut sorted = all.clone();
        sorted.sort_unstable();
        assert_eq!(agenda.iter().collect::<Vec<_>>(), sorted);
        all[..150].iter().for_each(|(at, item)| agenda.put_off(Some(*at), None, *item));
        let mut rest = Agenda::default();
        rest.note_all(all[150..].iter().copied());
        assert_eq!(agenda, rest);
    }

    #[test]
    fn the_next_moment_and_the_next_of_a_moment_are_found() {
        let agenda = agenda();
        assert_eq!(agenda.after(SimTime(0)), Some(SimTime(10)));
        assert_eq!(agenda.after(SimTime(10)), Some(SimTime(20)));
        assert_eq!(agenda.after(SimTime(20)), None);
        let first = |now, floor| agenda.first(SimTime(now), floor);
        assert_eq!(first(9, Item::Work), None);
        assert_eq!(first(10, Item::Work), Some(Item::Inject(InjectId(9))));
        assert_eq!(first(20, Item::Lapse(QuestionId(0))), Some(Item::Lapse(QuestionId(7))));
        assert_eq!(first(20, Item::Lapse(QuestionId(8))), Some(Item::Inject(InjectId(4))));
        assert_eq!(first(20, Item::Inject(InjectId(5))), Some(Item::Inject(InjectId(9))), "left of before");
        assert_eq!(first(20, Item::Inject(InjectId(10))), None);
        assert_eq!(first(20, Item::Inject(InjectId(0))), Some(Item::Inject(InjectId(4))));
    }
}
