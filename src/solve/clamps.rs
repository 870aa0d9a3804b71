//! Beyond which values of each gauge no condition can tell states apart any more.
//!
//! A gauge that only ever rises stays above every threshold that it has passed, and
//! one that only ever falls stays below; so its value is clamped to the range that
//! conditions tell apart.

use super::cone::Cone;
use super::reads::{conditions, effects};
use crate::scenario::{Condition, Effect, Scenario};

/// By gauge: the least and the greatest value that still make a difference.
pub(super) fn clamps(scenario: &Scenario, cone: &Cone) -> Vec<(i64, i64)> {
    let mut thresholds: Vec<Option<(i64, i64)>> = vec![None; scenario.gauges.len()];
    for (alive, condition) in conditions(scenario) {
        if cone.reader(alive) {
            collect(condition, &mut thresholds);
        }
    }
    let (mut rises, mut falls) = (vec![false; scenario.gauges.len()], vec![false; scenario.gauges.len()]);
    for effect in effects(scenario) {
        match effect {
            Effect::Add(gauge, amount) => {
                rises[gauge.at()] |= *amount > 0;
                falls[gauge.at()] |= *amount < 0;
            }
            Effect::Set(gauge, _) => {
                rises[gauge.at()] = true;
                falls[gauge.at()] = true;
            }
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
    let clamp = |row: usize| {
        let Some((least, most)) = thresholds[row] else { return (i64::MIN, i64::MAX) };
        match (rises[row], falls[row]) {
            (true, true) => (i64::MIN, i64::MAX),
            (_, false) => (i64::MIN, most),
            (false, true) => (least - 1, i64::MAX),
        }
    };
    (0..scenario.gauges.len()).map(clamp).collect()
}

/// The least and the greatest value at which some condition turns.
fn collect(condition: &Condition, thresholds: &mut [Option<(i64, i64)>]) {
    let (row, turns) = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                collect(part, thresholds);
            }
            return;
        }
        Condition::Not(part) => return collect(part, thresholds),
        Condition::AtLeast(gauge, amount) => (gauge.at(), *amount),
        Condition::AtMost(gauge, amount) => (gauge.at(), amount.saturating_add(1)),
        Condition::Always
        | Condition::Chosen(..)
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
    let (least, most) = thresholds[row].unwrap_or((turns, turns));
    thresholds[row] = Some((least.min(turns), most.max(turns)));
}
