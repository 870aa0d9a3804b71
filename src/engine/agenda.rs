//! What is due in a drill: a sorted list, kept by [`State::apply`](super::State::apply) alone.
//!
//! It says again, in order of time, what the tables of the state say row by
//! row; so equal states have equal agendas. What the script itself puts on the
//! clock is not here but in the scenario's timetable. To make one more thing
//! due, add a kind to [`Item`] at its place among ties, let `apply` note and
//! strike it, and let `happen` carry it out.

use crate::scenario::{DutyId, InjectId, QuestionId, SimTime, SpreadId};

/// What is due, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agenda {
    /// Latest first: what comes next is taken off the end.
    due: Vec<(SimTime, Item)>,
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

impl Agenda {
    /// What is due, soonest first.
    pub fn iter(&self) -> impl Iterator<Item = (SimTime, Item)> {
        self.due.iter().rev().copied()
    }

    /// The first moment after `from` at which anything is due.
    pub(super) fn after(&self, from: SimTime) -> Option<SimTime> {
        match self.due.last() {
            Some((at, _)) if *at > from => Some(*at),
            _ => {
                let later = self.due.partition_point(|(at, _)| *at > from);
                later.checked_sub(1).map(|row| self.due[row].0)
            }
        }
    }

    /// The first in the order of ties, from `floor` on, of all that is due by `now`.
    pub(super) fn first(&self, now: SimTime, floor: Item) -> Option<Item> {
        let due = &self.due[self.due.partition_point(|(at, _)| *at > now)..];
        // What is due in this moment, and what is left of moments before: rarely anything.
        let (current, left) = due.split_at(due.partition_point(|(at, _)| *at == now));
        let first = current.partition_point(|(_, item)| *item >= floor).checked_sub(1);
        let first = first.map(|row| current[row].1);
        let left = left.iter().map(|(_, item)| *item).filter(|item| *item >= floor).min();
        match (first, left) {
            (Some(first), Some(left)) => Some(first.min(left)),
            (first, left) => first.or(left),
        }
    }

    /// Notes that `item` is due at `at`; never is not noted.
    pub(super) fn note(&mut self, at: SimTime, item: Item) {
        if at != SimTime::NEVER {
            let row = self.due.partition_point(|due| *due > (at, item));
            self.due.insert(row, (at, item));
        }
    }

    /// Notes many at once.
    pub(super) fn note_all(&mut self, items: impl Iterator<Item = (SimTime, Item)>) {
        self.due.extend(items.filter(|(at, _)| *at != SimTime::NEVER));
        self.due.sort_unstable_by(|a, b| b.cmp(a));
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

    /// Strikes `item`, which was due at `at`.
    pub(super) fn strike(&mut self, at: SimTime, item: Item) {
        let row = self.due.partition_point(|due| *due > (at, item));
        if self.due.get(row) == Some(&(at, item)) {
            self.due.remove(row);
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
    }
}
