//! Whether a condition holds: the closed language that scripts are written in.

use super::state::{Asked, Delivery, Shelf, State};
use crate::scenario::{Condition, SimTime};

/// Whether `condition` holds in `state` at `now`.
#[must_use]
pub fn holds(condition: &Condition, state: &State, now: SimTime) -> bool {
    match condition {
        Condition::Always => true,
        Condition::All(parts) => parts.iter().all(|c| holds(c, state, now)),
        Condition::Any(parts) => parts.iter().any(|c| holds(c, state, now)),
        Condition::Not(part) => !holds(part, state, now),
        Condition::Chosen(question, choice) => {
            matches!(state.questions[question.at()], Asked::Answered { chosen } if chosen.has(*choice))
        }
        Condition::Answered(question) => matches!(state.questions[question.at()], Asked::Answered { .. }),
        Condition::Lapsed(question) => state.questions[question.at()] == Asked::Lapsed,
        Condition::Did(action) => state.actions[action.at()],
        Condition::Delivered(inject) => state.injects[inject.at()] == Delivery::Delivered,
        Condition::Met(inject) => state.injects[inject.at()] == Delivery::Met,
        Condition::Missed(inject) => state.injects[inject.at()] == Delivery::Missed,
        Condition::Examined(evidence) => state.evidence[evidence.at()] == Shelf::Examined,
        Condition::Categorized(class, kind) => {
            state.called.is_some_and(|(c, k)| c == *class && (kind.is_none() || k == *kind))
        }
        Condition::AtLeast(gauge, amount) => state.gauges[gauge.at()] >= *amount,
        Condition::AtMost(gauge, amount) => state.gauges[gauge.at()] <= *amount,
        Condition::From(moment) => now >= *moment,
        Condition::Before(moment) => now < *moment,
    }
}
