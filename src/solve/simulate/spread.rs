//! How scores are spread, and the pass mark that follows.

use super::Played;
use crate::solve::{Policy, Skill};

/// How much somebody who should pass knows, in percent: the skill that the suggested pass
/// mark is set for.
pub const SKILL_TO_PASS: u8 = 80;

/// How percentages are spread over drills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many.
    pub count: u32,
    /// Mean, in hundredths of a percent, rounded down.
    pub mean: u32,
    /// The smallest, and the 5th, 25th, 50th, 75th and 95th percentile, and the largest:
    /// the smallest value that at least so many in a hundred do not pass (nearest rank).
    pub ranks: [u16; 7],
    /// How many lie in each five percent: 0–4, 5–9, … 90–94, 95 and more.
    pub bins: [u32; 20],
}

impl Spread {
    /// Of these percentages, in any order.
    pub(super) fn of(mut values: Vec<u16>) -> Self {
        values.sort_unstable();
        let Some(last) = values.len().checked_sub(1) else { return Self::default() };
        let rank = |percent: usize| values[(values.len() * percent).div_ceil(100).max(1) - 1];
        let mut bins = [0; 20];
        for value in &values {
            bins[usize::from(value / 5).min(19)] += 1;
        }
        let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
        let whole = |number: u64| u32::try_from(number).expect("checked: a percentage is small");
        Self {
            count: whole(values.len() as u64),
            mean: whole(sum * 100 / values.len() as u64),
            ranks: [values[0], rank(5), rank(25), rank(50), rank(75), rank(95), values[last]],
            bins,
        }
    }

    /// The value that 95 in a hundred do not pass.
    #[must_use]
    pub const fn high(&self) -> u16 {
        self.ranks[5]
    }

    /// The value that five in a hundred do not pass.
    #[must_use]
    pub const fn low(&self) -> u16 {
        self.ranks[1]
    }

    /// The value in the middle.
    #[must_use]
    pub const fn middle(&self) -> u16 {
        self.ranks[3]
    }
}

/// The pass mark that simulation suggests.
///
/// The lowest multiple of five that 95 in a hundred of those who answer at random miss.
/// It stands only if the expert reaches it in 95 of a hundred drills, and who knows
/// [`SKILL_TO_PASS`] percent in half of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassMark {
    /// This percentage of the points possible.
    Suggested(u8),
    /// No mark tells them apart: the one that those at random miss is missed by the others as well.
    None {
        /// That mark; above 100 if those at random earn everything.
        missed_at_random: u16,
        /// What the expert reaches in 95 of a hundred drills.
        expert: u16,
        /// What the skilled reach in half of them.
        skilled: u16,
    },
    /// Who is needed for it did not play.
    Unknown,
}

impl PassMark {
    pub(super) fn of(played: &[Played]) -> Self {
        let of = |policy: Policy| played.iter().find(|p| p.policy == policy).map(|p| &p.scores);
        let skilled = Policy::Skilled(Skill::even(SKILL_TO_PASS));
        let (Some(random), Some(expert), Some(skilled)) =
            (of(Policy::Random), of(Policy::Expert), of(skilled))
        else {
            return Self::Unknown;
        };
        let mark = (random.high() + 1).div_ceil(5) * 5;
        match u8::try_from(mark) {
            Ok(suggested) if mark <= 100 && mark <= expert.low() && mark <= skilled.middle() => {
                Self::Suggested(suggested)
            }
            _ => Self::None { missed_at_random: mark, expert: expert.low(), skilled: skilled.middle() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_nearest_ranks() {
        let spread = Spread::of((0..=100).rev().collect());
        assert_eq!(spread.ranks, [0, 5, 25, 50, 75, 95, 100]);
        assert_eq!((spread.count, spread.mean), (101, 5_000));
        assert_eq!((spread.bins[0], spread.bins[19]), (5, 6));
        assert_eq!(Spread::of(vec![40]).ranks, [40; 7]);
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }

    fn played(policy: Policy, percent: u16) -> Played {
        let scores = Spread::of(vec![percent]);
        Played { policy, of_best: scores.clone(), scores, passed: 0, endings: Vec::new() }
    }

    #[test]
    fn a_mark_stands_between_who_guesses_and_who_knows() {
        let skilled = Policy::Skilled(Skill::even(SKILL_TO_PASS));
        let three = |random, expert, able| {
            [played(Policy::Random, random), played(Policy::Expert, expert), played(skilled, able)]
        };
        assert_eq!(PassMark::of(&three(41, 100, 80)), PassMark::Suggested(45));
        assert_eq!(PassMark::of(&three(44, 100, 80)), PassMark::Suggested(45));
        assert_eq!(PassMark::of(&three(45, 100, 80)), PassMark::Suggested(50));
        let none = PassMark::None { missed_at_random: 85, expert: 100, skilled: 80 };
        assert_eq!(PassMark::of(&three(80, 100, 80)), none);
        assert_eq!(PassMark::of(&three(41, 100, 80)[..2]), PassMark::Unknown);
    }
}
