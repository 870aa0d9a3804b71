//! Beyond which values of each gauge no condition can tell states apart any more.
//!
//! A gauge that only ever rises stays above every threshold that it has passed, and
//! one that only ever falls stays below; so its value is clamped to the range that
//! conditions tell apart. Of one that is only ever set, the band it is in is enough.

use super::cone::Cone;
use super::reads::{conditions, effects};
use crate::scenario::{Condition, Effect, Scenario};

/// What of a gauge's value can still make a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    /// Its value, between these two.
    Value(i64, i64),
    /// How many of these thresholds it has passed.
    Bands(Vec<i64>),
}

impl Scale {
    /// What `reads` comes to on this scale.
    pub(super) fn of(&self, reads: i64) -> i64 {
        match self {
            Self::Value(low, high) => reads.clamp(*low, *high),
            Self::Bands(turns) => turns.partition_point(|turn| *turn <= reads) as i64,
        }
    }
}

/// By gauge: what of its value can still make a difference.
pub(super) fn scales(scenario: &Scenario, cone: &Cone) -> Vec<Scale> {
    let mut turns: Vec<Vec<i64>> = vec![Vec::new(); scenario.gauges.len()];
    for (alive, condition) in conditions(scenario) {
        if cone.reader(alive) {
            collect(condition, &mut turns);
        }
    }
    let mut moves = vec![Moves::default(); scenario.gauges.len()];
    for effect in effects(scenario) {
        match effect {
            Effect::Add(gauge, amount) => {
                moves[gauge.at()].rises |= *amount > 0;
                moves[gauge.at()].falls |= *amount < 0;
            }
            Effect::Set(gauge, _) => moves[gauge.at()].set = true,
            Effect::Deliver(..)
            | Effect::Cancel(_)
            | Effect::Ask(_)
            | Effect::Close(_)
            | Effect::Reveal(_)
            | Effect::Start(_)
            | Effect::Stop(_)
            | Effect::StartDuty(_)
            | Effect::DeclareDuty(_)
            | Effect::MeetDuty(_)
            | Effect::End => {}
        }
    }
    let scale = |(mut turns, moves): (Vec<i64>, Moves)| {
        turns.sort_unstable();
        turns.dedup();
        let (least, most) = match (turns.first(), turns.last()) {
            (Some(least), Some(most)) => (least.saturating_sub(1), *most),
            _ => (i64::MIN, i64::MAX),
        };
        match (moves.rises, moves.falls, moves.set) {
            (false, false, _) => Scale::Bands(turns),
            (true, false, false) => Scale::Value(i64::MIN, most),
            (false, true, false) => Scale::Value(least, i64::MAX),
            _ => Scale::Value(i64::MIN, i64::MAX),
        }
    };
    turns.into_iter().zip(moves).map(scale).collect()
}

/// How effects move a gauge.
#[derive(Clone, Copy, Debug, Default)]
struct Moves {
    rises: bool,
    falls: bool,
    set: bool,
}

/// The values at which some condition turns.
fn collect(condition: &Condition, found: &mut [Vec<i64>]) {
    let (row, turns) = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                collect(part, found);
            }
            return;
        }
        Condition::Not(part) => return collect(part, found),
        Condition::AtLeast(gauge, amount) => (gauge.at(), *amount),
        Condition::AtMost(gauge, amount) => (gauge.at(), amount.saturating_add(1)),
        Condition::Always
        | Condition::Chosen(..)
        | Condition::Paired(..)
        | Condition::Seated(_)
        | Condition::Answered(_)
        | Condition::Lapsed(_)
        | Condition::Did(_)
        | Condition::Delivered(_)
        | Condition::Met(_)
        | Condition::Missed(_)
        | Condition::Examined(_)
        | Condition::Categorized(..)
        | Condition::From(_)
        | Condition::Before(_)
        | Condition::Spreading(_)
        | Condition::Contained(_)
        | Condition::DutyRunning(_)
        | Condition::DutyMet(_)
        | Condition::DutyMissed(_) => return,
    };
    found[row].push(turns);
}
