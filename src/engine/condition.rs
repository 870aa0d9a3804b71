//! Whether a condition holds: the closed language that scripts are written in.

use super::duty::DutyClock;
use super::spread::Spreading;
use super::state::{Asked, Delivery, Phase, Shelf, State};
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
            matches!(state.questions[question.at()], Asked::Answered { chosen, .. } if chosen.has(*choice))
        }
        Condition::Paired(question, choice, partner) => {
            matches!(state.questions[question.at()], Asked::Answered { with, .. } if with.of(*choice) == Some(*partner))
        }
        Condition::Seated(seat) => {
            matches!(state.phase, Phase::Running(settings) if settings.seats.has(*seat))
        }
        Condition::Answered(question) => matches!(state.questions[question.at()], Asked::Answered { .. }),
        Condition::Lapsed(question) => state.questions[question.at()] == Asked::Lapsed,
        Condition::Did(action) => state.actions[action.at()],
        Condition::Delivered(inject) => {
            matches!(state.injects[inject.at()], Delivery::Delivered | Delivery::Again { .. })
        }
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
        Condition::Spreading(spread) => matches!(state.spreads[spread.at()], Spreading::On { .. }),
        Condition::Contained(spread) => state.spreads[spread.at()] == Spreading::Contained,
        Condition::DutyRunning(duty) => matches!(state.duties[duty.at()].clock, DutyClock::Running(_)),
        Condition::DutyMet(duty) => {
            let clock = state.duties[duty.at()].clock;
            matches!(clock, DutyClock::Early | DutyClock::Met | DutyClock::Late)
        }
        Condition::DutyMissed(duty) => {
            matches!(state.duties[duty.at()].clock, DutyClock::Missed | DutyClock::Late)
        }
    }
}
