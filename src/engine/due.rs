//! The clock of a drill: STARTEX, and one moment after another.

use super::chance::Stream;
use super::fact::{Fact, What};
use super::happen::Moment;
use super::inject::{closings, jitter};
use super::input::Settings;
use super::state::{Asked, Delivery, Phase, State};
use crate::scenario::{InjectId, Mark, Scenario, SimTime, Slot, Trigger};

/// The next moment at which something may happen by itself, if any is left.
#[must_use]
pub fn next_moment(scenario: &Scenario, state: &State) -> Option<SimTime> {
    next_moment_after(scenario, state, state.at)
}

/// As [`next_moment`], but after `from`, by which everything that was due has happened: for who
/// sleeps until then, although the moment before it passed without a fact.
#[must_use]
pub fn next_moment_after(scenario: &Scenario, state: &State, from: SimTime) -> Option<SimTime> {
    if state.paused.is_some() { None } else { next_after(scenario, state, from.max(state.at)) }
}

/// The first moment after `from` that the agenda, the timetable or ENDEX names.
fn next_after(scenario: &Scenario, state: &State, from: SimTime) -> Option<SimTime> {
    if !state.running() {
        return None;
    }
    let length = scenario.clock.length;
    let due = state.agenda.after(from).map_or(length, |due| due.min(length));
    let marks = scenario.timetable.after(from).iter().take_while(|(at, _)| *at < due);
    let marked = marks.filter(|(_, mark)| stands(state, *mark)).map(|(at, _)| *at).next();
    let next =
        stretched_closing(scenario, state, from).into_iter().chain(marked).min().unwrap_or(due).min(due);
    (next > from).then_some(next)
}

/// The first closing of a window after `from`, where windows do not close as the timetable says.
fn stretched_closing(scenario: &Scenario, state: &State, from: SimTime) -> Option<SimTime> {
    let Phase::Running(settings) = state.phase else { return None };
    if settings.as_written() || settings.untimed {
        return None;
    }
    closings(scenario, state, settings).map(|(at, _)| at).filter(|at| *at > from).min()
}

/// Whether something can still come of what the timetable says.
fn stands(state: &State, mark: Mark) -> bool {
    match mark {
        Mark::Opens(question) => state.questions[question.at()] == Asked::Idle,
        Mark::Closes(inject) | Mark::Window(inject, _) => state.injects[inject.at()] == Delivery::Idle,
        Mark::Turns(_) | Mark::Named => true,
    }
}

/// Works out the next moment, up to `now`, at which anything happens; whether anything did.
pub(super) fn tick(scenario: &Scenario, state: &mut State, now: SimTime, facts: &mut Vec<Fact>) -> bool {
    if state.paused.is_some() {
        return false;
    }
    let before = facts.len();
    let mut from = state.at;
    while let Some(due) = next_after(scenario, state, from)
        && due <= now
    {
        Moment::new(scenario, state, due, facts).due();
        if facts.len() > before {
            return true;
        }
        from = due;
    }
    false
}

/// STARTEX: every draw for the whole drill is made and recorded.
pub(super) fn start(scenario: &Scenario, state: &mut State, settings: Settings, facts: &mut Vec<Fact>) {
    let all = scenario.all_seats();
    let taken = settings.seats.and(all);
    let settings = Settings { seats: if taken.is_empty() { all } else { taken }, ..settings };
    let mut plan = Vec::new();
    let mut left_out = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        let id = InjectId::of(row);
        if inject.chance < 100 && !settings.seed.percent(Stream::Chance, inject.name.as_str(), inject.chance)
        {
            left_out.push(id);
        } else if let Trigger::At(at) = inject.trigger {
            plan.push((id, at + jitter(settings, inject)));
        }
    }
    let pick = |slot: &Slot| {
        let last = u32::try_from(slot.alternatives.len() - 1).expect("checked: slots are within limits");
        u8::try_from(settings.seed.up_to(Stream::Slot, slot.name.as_str(), last))
            .expect("checked: slots are within limits")
    };
    let picks = scenario.slots.iter().map(pick).collect();
    let mut moment = Moment::new(scenario, state, SimTime::ZERO, facts);
    moment.fact(What::Started { settings, picks, plan, left_out });
    moment.open_world();
    moment.due();
}
