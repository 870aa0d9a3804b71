//! Names as authors write them, and the small numbers the engine works with.
//!
//! A [`Name`] is checked once, when the script is read; after loading, every
//! reference is an index that is known to resolve. Indices are meaningless
//! outside the scenario they came from, so they never reach a disk or a wire.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::limits::{CHOICES_MAX, NAME_BYTES_MAX};

/// A name in a script: short kebab-case, such as `first-look`.
///
/// Lower-case ASCII letters, digits and single hyphens, beginning with a
/// letter or digit, at most [`NAME_BYTES_MAX`] bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// A sentence fragment that says what is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("a name cannot be empty".into());
        }
        if text.len() > NAME_BYTES_MAX {
            return Err(format!("a name has at most {NAME_BYTES_MAX} characters"));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let ends = text.starts_with(plain) && text.ends_with(plain);
        if !ends || text.contains("--") || !text.chars().all(|c| plain(c) || c == '-') {
            return Err("a name is written in kebab-case: small letters, digits, single hyphens".into());
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident($inner:ty)),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// The index, for reaching into the scenario's table.
            #[must_use]
            pub const fn at(self) -> usize {
                self.0 as usize
            }
            /// The index of row `row` of the table.
            ///
            /// # Panics
            /// If the table is larger than `limits` allows, which `load` rules out.
            #[must_use]
            pub fn of(row: usize) -> Self {
                Self(<$inner>::try_from(row).expect("checked: tables are within limits"))
            }
        }
    )*};
}

index! {
    /// Row of [`Scenario::injects`](super::Scenario::injects).
    InjectId(u16),
    /// Row of [`Scenario::questions`](super::Scenario::questions).
    QuestionId(u16),
    /// Row of [`Question::choices`](super::Question::choices), within its question.
    ChoiceId(u8),
    /// Row of [`Scenario::actions`](super::Scenario::actions).
    ActionId(u16),
    /// Row of [`Scenario::evidence`](super::Scenario::evidence).
    EvidenceId(u16),
    /// Row of [`Scenario::gauges`](super::Scenario::gauges).
    GaugeId(u16),
    /// Row of [`Scenario::cast`](super::Scenario::cast).
    PersonId(u16),
    /// Row of [`Scenario::truth`](super::Scenario::truth).
    TruthId(u16),
    /// Row of [`Scenario::endings`](super::Scenario::endings).
    EndingId(u16),
    /// Row of [`Scenario::spreads`](super::Scenario::spreads).
    SpreadId(u16),
    /// Row of [`Scenario::duties`](super::Scenario::duties).
    DutyId(u16),
    /// Row of [`Scenario::slots`](super::Scenario::slots).
    SlotId(u16),
    /// Row of [`Scenario::sources`](super::Scenario::sources).
    SourceId(u16),
    /// Row of [`Taxonomy::classes`](super::Taxonomy::classes).
    ClassId(u8),
    /// Row of [`Class::types`](super::Class::types), within its class.
    KindId(u8),
    /// Position on a severity scale or an impact axis, lowest first.
    LevelId(u8),
    /// Row of [`Scenario::seats`](super::Scenario::seats).
    SeatId(u8),
    /// Row of the people of an *assign* question, or of the channels of a *notify* question.
    PartnerId(u8),
}

/// A set of choices of one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceSet(pub u32);

impl ChoiceSet {
    /// Whether `choice` is in the set.
    #[must_use]
    pub const fn has(self, choice: ChoiceId) -> bool {
        choice.0 < 32 && self.0 & (1 << choice.0) != 0
    }
    /// The set with `choice` in it.
    #[must_use]
    pub const fn with(self, choice: ChoiceId) -> Self {
        Self(self.0 | 1 << choice.0)
    }
    /// The choices, lowest first.
    pub fn iter(self) -> impl Iterator<Item = ChoiceId> {
        (0..32).map(ChoiceId).filter(move |c| self.has(*c))
    }
    /// How many choices are in the set.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }
    /// Whether no choice is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Choices of one question in an order. It needs no room of its own, so that
/// facts that carry one cost no allocation.
#[derive(Clone, Copy)]
pub struct ChoiceOrder {
    count: u8,
    choices: [ChoiceId; CHOICES_MAX],
}

impl Default for ChoiceOrder {
    fn default() -> Self {
        Self { count: 0, choices: [ChoiceId(0); CHOICES_MAX] }
    }
}

impl Deref for ChoiceOrder {
    type Target = [ChoiceId];
    fn deref(&self) -> &[ChoiceId] {
        &self.choices[..usize::from(self.count)]
    }
}

impl DerefMut for ChoiceOrder {
    fn deref_mut(&mut self) -> &mut [ChoiceId] {
        &mut self.choices[..usize::from(self.count)]
    }
}

impl PartialEq for ChoiceOrder {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for ChoiceOrder {}

impl fmt::Debug for ChoiceOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// What is beyond [`CHOICES_MAX`] is left out; no question has so many.
impl FromIterator<ChoiceId> for ChoiceOrder {
    fn from_iter<I: IntoIterator<Item = ChoiceId>>(choices: I) -> Self {
        let mut order = Self::default();
        for (place, choice) in order.choices.iter_mut().zip(choices) {
            *place = choice;
            order.count += 1;
        }
        order
    }
}

impl<'o> IntoIterator for &'o ChoiceOrder {
    type Item = &'o ChoiceId;
    type IntoIter = std::slice::Iter<'o, ChoiceId>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<ChoiceId> for ChoiceSet {
    fn from_iter<I: IntoIterator<Item = ChoiceId>>(choices: I) -> Self {
        choices.into_iter().fold(Self::default(), Self::with)
    }
}

/// A set of seats. Of what a script says belongs to seats, the empty set means everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatSet(pub u16);

impl SeatSet {
    /// Every seat that a script can have.
    pub const ALL: Self = Self(u16::MAX);

    /// The first `count` seats.
    #[must_use]
    pub fn first(count: usize) -> Self {
        (0..count).map(SeatId::of).collect()
    }
    /// Whether `seat` is in the set.
    #[must_use]
    pub const fn has(self, seat: SeatId) -> bool {
        seat.0 < 16 && self.0 & (1 << seat.0) != 0
    }
    /// The set with `seat` in it.
    #[must_use]
    pub const fn with(self, seat: SeatId) -> Self {
        Self(self.0 | 1 << seat.0)
    }
    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    /// Whether no seat is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// The seats, lowest first.
    pub fn iter(self) -> impl Iterator<Item = SeatId> {
        (0..16).map(SeatId).filter(move |seat| self.has(*seat))
    }
    /// These seats; every one where there are none, for who chose no seat holds all of them.
    #[must_use]
    pub const fn or_all(self) -> Self {
        if self.is_empty() { Self::ALL } else { self }
    }
    /// Whether what belongs to these seats reaches somebody who holds `mine`, in a
    /// drill in which the seats `taken` are held at all.
    ///
    /// What belongs to nobody in particular reaches everybody. What belongs only to
    /// seats that nobody took falls to everybody too: somebody has to stand in, and
    /// no drill stands still because a chair is empty.
    #[must_use]
    pub const fn reaches(self, taken: Self, mine: Self) -> bool {
        let held = self.and(taken);
        held.is_empty() || !held.and(mine).is_empty()
    }
}

impl FromIterator<SeatId> for SeatSet {
    fn from_iter<I: IntoIterator<Item = SeatId>>(seats: I) -> Self {
        seats.into_iter().fold(Self::default(), Self::with)
    }
}

/// Which row of a question was paired with which partner: sixteen rows of four
/// bits, nothing or one of fifteen. Small, because a state holds one per question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pairing([u32; 2]);

impl Pairing {
    /// The partner of a row.
    #[must_use]
    pub const fn of(self, row: ChoiceId) -> Option<PartnerId> {
        if row.0 >= 16 {
            return None;
        }
        match (self.0[row.0 as usize / 8] >> (row.0 % 8 * 4)) & 15 {
            0 => None,
            partner => Some(PartnerId(partner as u8 - 1)),
        }
    }
    /// The pairing with this pair in it; what does not fit is left out.
    #[must_use]
    pub const fn with(mut self, row: ChoiceId, partner: PartnerId) -> Self {
        if row.0 < 16 && partner.0 < 15 {
            self.0[row.0 as usize / 8] |= (partner.0 as u32 + 1) << (row.0 % 8 * 4);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case() {
        for good in ["a", "first-look", "rule-2", "2nd"] {
            assert!(Name::new(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Big", "a b", "a_b", "ä", &"x".repeat(49)] {
            assert!(Name::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pairing_keeps_a_partner_for_each_row() {
        let pairs = [(0, 14), (7, 0), (8, 3), (15, 9)];
        let pairing = pairs
            .iter()
            .fold(Pairing::default(), |p, (row, partner)| p.with(ChoiceId(*row), PartnerId(*partner)));
        for row in 0..20 {
            let kept = pairs.iter().find(|(r, _)| *r == row).map(|(_, partner)| PartnerId(*partner));
            assert_eq!(pairing.of(ChoiceId(row)), kept, "{row}");
        }
        assert_eq!(pairing.with(ChoiceId(16), PartnerId(0)), pairing, "what does not fit is left out");
    }

    #[test]
    fn what_belongs_to_an_empty_chair_falls_to_everybody() {
        let (lead, legal, press) = (SeatSet(1), SeatSet(2), SeatSet(4));
        let taken = SeatSet(0b011);
        assert!(SeatSet::default().reaches(taken, lead), "nobody's in particular");
        assert!(lead.reaches(taken, lead) && !lead.reaches(taken, legal));
        assert!(SeatSet(0b011).reaches(taken, legal), "either of two");
        assert!(press.reaches(taken, lead) && press.reaches(taken, legal), "nobody is the press officer");
        assert!(SeatSet(0b101).reaches(taken, lead) && !SeatSet(0b101).reaches(taken, legal));
        assert_eq!(SeatSet::first(3), SeatSet(0b111));
        assert_eq!(SeatSet(0b101).iter().map(|s| s.0).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn sets_keep_what_is_put_in() {
        let set: ChoiceSet = [ChoiceId(3), ChoiceId(0), ChoiceId(31)].into_iter().collect();
        assert_eq!(set.len(), 3);
        assert!(set.has(ChoiceId(31)) && !set.has(ChoiceId(30)) && !set.has(ChoiceId(32)));
        assert_eq!(set.iter().map(|c| c.0).collect::<Vec<_>>(), [0, 3, 31]);
    }

    #[test]
    fn orders_keep_what_is_put_in_and_are_equal_by_that() {
        let order = |rows: &[u8]| rows.iter().copied().map(ChoiceId).collect::<ChoiceOrder>();
        let mut turned = order(&[4, 9, 1]);
        turned.reverse();
        assert_eq!(turned, order(&[1, 9, 4]));
        assert_ne!(turned, order(&[1, 9]));
        let full: Vec<u8> = (0..32).collect();
        assert_eq!(order(&full).len(), CHOICES_MAX);
        assert_eq!(format!("{:?}", order(&[7])), "[ChoiceId(7)]");
    }
}
