//! Whether conditions can hold together: what contradicts itself, and what cannot fail.
//!
//! A tableau over the closed language of conditions. Gauges and moments are
//! intervals, and on a line intervals that meet in pairs meet in one point, so
//! it is enough to compare what is claimed two by two. What is not decided
//! within the budget counts as possible: no finding is better than a false one.

use super::super::model::{Ask, Condition, Scenario};
use super::super::time::SimTime;
use super::reach::Reach;

/// Steps for one question; a condition that a person can read needs a dozen.
const STEPS_MAX: u32 = 20_000;

/// A condition, and whether it is claimed to hold.
pub(super) type Claim<'c> = (&'c Condition, bool);

/// In which drills and at which moments conditions are looked at.
#[derive(Clone, Copy)]
pub(super) struct Logic<'c> {
    pub(super) scenario: &'c Scenario,
    pub(super) reach: &'c Reach<'c>,
    /// The first and the last moment.
    pub(super) from: SimTime,
    pub(super) until: SimTime,
}

impl<'c> Logic<'c> {
    /// At any moment of any drill.
    pub(super) fn anywhere(scenario: &'c Scenario, reach: &'c Reach<'c>) -> Self {
        Self { scenario, reach, from: SimTime::ZERO, until: scenario.clock.length }
    }

    /// Whether all claims can be true at once.
    pub(super) fn possible(&self, claims: &[Claim<'c>]) -> bool {
        let left = self.reach.steps.get();
        let allowed = left.min(STEPS_MAX);
        let mut budget = allowed;
        let open = self.open(&mut claims.to_vec(), &mut Vec::new(), &mut budget);
        self.reach.steps.set(left - (allowed - budget));
        open
    }

    /// Whether the condition can hold.
    pub(super) fn can_hold(&self, condition: &'c Condition) -> bool {
        self.possible(&[(condition, true)])
    }

    /// Whether the condition can fail to hold.
    pub(super) fn can_fail(&self, condition: &'c Condition) -> bool {
        self.possible(&[(condition, false)])
    }

    /// Whether some branch stays open.
    fn open(&self, todo: &mut Vec<Claim<'c>>, claimed: &mut Vec<Claim<'c>>, budget: &mut u32) -> bool {
        while let Some((condition, holds)) = todo.pop() {
            // Comparing with what is claimed already is what takes time.
            *budget =
                budget.saturating_sub(1 + u32::try_from(claimed.len() + todo.len()).unwrap_or(u32::MAX) / 8);
            if *budget == 0 {
                return true;
            }
            match condition {
                Condition::Always if holds => {}
                Condition::Always => return false,
                Condition::Not(part) => todo.push((part, !holds)),
                Condition::All(parts) if holds => todo.extend(parts.iter().map(|part| (part, true))),
                Condition::Any(parts) if !holds => todo.extend(parts.iter().map(|part| (part, false))),
                Condition::All(parts) | Condition::Any(parts) => {
                    return parts.iter().any(|part| {
                        let (mut todo, mut claimed) = (todo.clone(), claimed.clone());
                        todo.push((part, holds));
                        self.open(&mut todo, &mut claimed, budget)
                    });
                }
                Condition::Chosen(..)
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
                | Condition::AtLeast(..)
                | Condition::AtMost(..)
                | Condition::From(_)
                | Condition::Before(_)
                | Condition::Spreading(_)
                | Condition::Contained(_)
                | Condition::DutyRunning(_)
                | Condition::DutyMet(_)
                | Condition::DutyMissed(_) => {
                    let claim = (condition, holds);
                    if self.outside(claim) || claimed.iter().any(|other| self.clash(claim, *other)) {
                        return false;
                    }
                    claimed.push(claim);
                }
            }
        }
        true
    }

    /// Whether a claim about a gauge or the time lies outside of what they can be.
    fn outside(&self, claim: Claim<'_>) -> bool {
        let Some((axis, low, high)) = interval(claim) else { return false };
        let (least, most) = match axis {
            Axis::Time => (i64::from(self.from.0), i64::from(self.until.0)),
            Axis::Gauge(row) => {
                let id = super::super::GaugeId::of(row);
                let gauge = self.scenario.gauge(id);
                // A gauge that nothing moves has a finding of its own.
                if self.reach.moves(id) { self.reach.gauge(id) } else { (gauge.min, gauge.max) }
            }
        };
        high < least || low > most
    }

    /// Whether two claims cannot both be true.
    fn clash(&self, one: Claim<'_>, other: Claim<'_>) -> bool {
        if let (Some((axis, low, high)), Some((other_axis, other_low, other_high))) =
            (interval(one), interval(other))
        {
            return axis == other_axis && (high < other_low || other_high < low);
        }
        match (one, other) {
            ((a, true), (b, false)) => implies(a, b),
            ((a, false), (b, true)) => implies(b, a),
            ((a, true), (b, true)) => self.apart(a, b) || self.apart(b, a),
            ((_, false), (_, false)) => false,
        }
    }

    /// Whether one leaf rules the other out.
    fn apart(&self, one: &Condition, other: &Condition) -> bool {
        match (one, other) {
            (Condition::Chosen(question, choice), Condition::Chosen(same, another)) => {
                let single = matches!(self.scenario.question(*question).ask, Ask::ChooseOne | Ask::Triage(_));
                single && question == same && choice != another
            }
            (Condition::Paired(question, row, with), Condition::Paired(same, other, another)) => {
                question == same && row == other && with != another
            }
            (
                Condition::Chosen(question, _)
                | Condition::Paired(question, ..)
                | Condition::Answered(question),
                Condition::Lapsed(same),
            ) => question == same,
            (Condition::Met(checkpoint), Condition::Missed(same)) => checkpoint == same,
            (Condition::Spreading(spread), Condition::Contained(same)) => spread == same,
            (Condition::DutyRunning(duty), Condition::DutyMet(same) | Condition::DutyMissed(same)) => {
                duty == same
            }
            (Condition::Categorized(class, kind), Condition::Categorized(other, another)) => {
                class != other || (kind.is_some() && another.is_some() && kind != another)
            }
            _ => false,
        }
    }
}

/// Whether one leaf holds wherever the other does.
fn implies(one: &Condition, other: &Condition) -> bool {
    one == other
        || match (one, other) {
            (Condition::Chosen(question, _) | Condition::Paired(question, ..), Condition::Answered(same)) => {
                question == same
            }
            (Condition::Paired(question, row, _), Condition::Chosen(same, other)) => {
                question == same && row == other
            }
            (Condition::Categorized(class, Some(_)), Condition::Categorized(same, None)) => class == same,
            _ => false,
        }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Time,
    Gauge(usize),
}

/// What a claim says about a number: from where to where it lies.
fn interval((condition, holds): Claim<'_>) -> Option<(Axis, i64, i64)> {
    let (axis, from, at_least) = match condition {
        Condition::AtLeast(gauge, amount) => (Axis::Gauge(gauge.at()), *amount, true),
        Condition::AtMost(gauge, amount) => (Axis::Gauge(gauge.at()), amount.saturating_add(1), false),
        Condition::From(moment) => (Axis::Time, i64::from(moment.0), true),
        Condition::Before(moment) => (Axis::Time, i64::from(moment.0), false),
        Condition::Always
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
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
        | Condition::Spreading(_)
        | Condition::Contained(_)
        | Condition::DutyRunning(_)
        | Condition::DutyMet(_)
        | Condition::DutyMissed(_) => return None,
    };
    Some(if at_least == holds { (axis, from, i64::MAX) } else { (axis, i64::MIN, from - 1) })
}
