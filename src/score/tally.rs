//! What a score is made of. Every number keeps the arithmetic that made it.
//!
//! Points are whole millionths, so sums are exact: an item is worth
//! `weight × credit × timeliness`, with credit in hundredths of a percent and
//! timeliness in percent, and one point is a million of those. Rounding
//! happens in the renderers and nowhere else.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use super::rounding::{hundredths, nearest};
use crate::scenario::{ActionId, DutyId, EndingId, GaugeId, InjectId, QuestionId, SimTime, Stage};

/// Points, in millionths. One usual item (weight 10, credit 100 %) is 10 points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub i64);

impl Add for Points {
    type Output = Self;
    fn add(self, more: Self) -> Self {
        Self(self.0 + more.0)
    }
}
impl AddAssign for Points {
    fn add_assign(&mut self, more: Self) {
        self.0 += more.0;
    }
}
impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::default(), Add::add)
    }
}
/// Points as people read them, to the nearest hundredth: `10`, `3.63`, `−5`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hundredths(nearest(i128::from(self.0), 10_000)))
    }
}

/// Credit in hundredths of a percent: -10 000 … 10 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Credit(pub i32);

impl Credit {
    /// Credit of whole percent.
    #[must_use]
    pub const fn percent(percent: i16) -> Self {
        Self(percent as i32 * 100)
    }

    /// `part` of `whole`, to the nearest hundredth of a percent; nothing of nothing is nothing.
    #[must_use]
    pub fn share(part: usize, whole: usize) -> Self {
        let share = if whole == 0 { 0 } else { nearest(part as i128 * 10_000, whole as i128) };
        Self(i32::try_from(share).expect("checked: a part is no larger than its whole"))
    }

    /// The points this credit makes of an item of `weight` at `timeliness` percent.
    #[must_use]
    pub fn points(self, weight: u16, timeliness: u8) -> Points {
        Points(i64::from(weight) * i64::from(self.0) * i64::from(timeliness))
    }

    /// Whether an answer worth this counts as right: from 80 % of the `best` on offer.
    #[must_use]
    pub const fn right(self, best: Self) -> bool {
        self.0 as i64 * 100 >= best.0 as i64 * 80 && (self.0 > 0 || self.0 >= best.0)
    }
}
/// Percent without the sign: `75`, `41.67`, `−50`.
impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hundredths(i64::from(self.0)))
    }
}

/// What a drill earned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Every scored item, in order of its moment.
    pub items: Vec<Item>,
    /// Points of all items.
    pub decisions: Tally,
    /// The ten stages, in the order of [`Stage::ALL`].
    pub stages: Vec<StageScore>,
    /// Where every gauge that trainees can move ended.
    pub outcome: Vec<GaugeEnd>,
    /// Confidence against correctness.
    pub calibration: Calibration,
    /// How it ended; none if ENDEX has not been.
    pub ending: Option<EndingId>,
}

/// Points earned out of points possible.
///
/// What was not offered is not in it: a line is measured against itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Earned.
    pub earned: Points,
    /// Possible on the line that was played.
    pub possible: Points,
}

impl Add for Tally {
    type Output = Self;
    fn add(self, more: Self) -> Self {
        Self { earned: self.earned + more.earned, possible: self.possible + more.possible }
    }
}
impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

impl Tally {
    /// Whole percent, rounded down, 0 at the least; none where nothing was possible.
    #[must_use]
    pub fn percent(self) -> Option<u8> {
        (self.possible.0 > 0).then(|| {
            u8::try_from((self.earned.0.max(0) * 100 / self.possible.0).min(100))
                .expect("checked: at most 100")
        })
    }
}

/// One scored item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What was scored.
    pub of: ItemOf,
    /// Its stage.
    pub stage: Stage,
    /// When it was asked, or its window opened.
    pub asked: SimTime,
    /// When it was decided; none if never.
    pub decided: Option<SimTime>,
    /// Weight; 10 is usual.
    pub weight: u16,
    /// What the answer is worth before time and help.
    pub credit: Credit,
    /// Percent that time leaves, 0 … 100.
    pub timeliness: u8,
    /// Percent of the item that hints cost.
    pub help: u8,
    /// Points.
    pub tally: Tally,
    /// How it stands.
    pub standing: Standing,
    /// How sure the trainee was, in percent.
    pub confidence: Option<u8>,
    /// A contingency inject helped, or hints did.
    pub assisted: bool,
    /// The arithmetic, line by line, for people: rule, numbers, result.
    pub arithmetic: Vec<String>,
}

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemOf {
    /// A question.
    Question(QuestionId),
    /// An action.
    Action(ActionId),
    /// A checkpoint.
    Checkpoint(InjectId),
    /// A duty.
    Duty(DutyId),
}

/// How an answer stands, by its credit before time and help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The most that was possible.
    Best,
    /// Forty percent or more.
    Defensible,
    /// Less than forty percent.
    Poor,
    /// Below zero.
    Harmful,
    /// Nobody answered, or nobody did it.
    Lapsed,
}

/// One stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageScore {
    /// Which.
    pub stage: Stage,
    /// How many items exercised it.
    pub items: u16,
    /// Points.
    pub tally: Tally,
    /// Rating; none where the stage was not exercised.
    pub rating: Option<Rating>,
}

/// The four ratings of an HSEEP exercise evaluation guide. HSEEP gives words,
/// not percentages; the bands 80, 65 and 50 are this project's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Performed without challenges.
    Performed,
    /// Performed with some challenges.
    Some,
    /// Performed with major challenges.
    Major,
    /// Unable to be performed.
    Unable,
}

impl Rating {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::Performed, Self::Some, Self::Major, Self::Unable];
}

/// Where a gauge ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GaugeEnd {
    /// Which.
    pub gauge: GaugeId,
    /// At STARTEX.
    pub start: i64,
    /// At ENDEX.
    pub end: i64,
}

/// Confidence against correctness. An answer counts as right from 80 % of the
/// best credit on offer, before time and help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// Every answer with a confidence, *sure and wrong* first.
    pub calls: Vec<Call>,
    /// Mean Brier score in ten-thousandths (0 best, 10 000 worst); none without calls.
    pub brier: Option<u32>,
}

/// One answer with its confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The item, as its row in [`Score::items`].
    pub item: usize,
    /// How sure, in percent.
    pub confidence: u8,
    /// Whether it was right.
    pub right: bool,
    /// Brier score `(p − o)²` in ten-thousandths (Brier 1950, Monthly Weather Review 78).
    pub brier: u32,
}
