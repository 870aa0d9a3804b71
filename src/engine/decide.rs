//! The rules: what follows from an input, and what is refused. The only judge.

use super::answer::answer;
use super::condition::holds;
use super::due::{next_moment, start, tick};
use super::fact::{EndCause, Fact, PauseCause, What};
use super::happen::Moment;
use super::input::{Input, Refusal};
use super::state::{Asked, Phase, Shelf, State, Work};
use super::steer::{extend, fire, hold, more_time, release, skip};
use crate::limits::TYPED_BYTES_MAX;
use crate::scenario::{ActionId, EvidenceId, QuestionId, Scenario, SimTime, clean};

/// What follows from `input` at `now`. Pure: same arguments, same facts.
///
/// [`Input::Tick`] yields what is due at the next moment, up to `now`, at which
/// anything happens; call it until it yields nothing. Every other input is
/// judged at `now`, after everything due by then has happened; in a pause, at
/// the moment at which the clock stands.
///
/// # Errors
/// A [`Refusal`] when the drill will not do that now. Nothing has happened then.
pub fn decide(scenario: &Scenario, state: &State, now: SimTime, input: &Input) -> Result<Vec<Fact>, Refusal> {
    let now = admitted(state, now, input)?;
    let next = next_moment(scenario, state).filter(|next| *next <= now);
    if *input == Input::Tick && next.is_none() {
        return Ok(Vec::new());
    }
    let (mut after, mut facts) = (state.clone(), Vec::new());
    match (input, next) {
        (Input::Start(settings), _) => start(scenario, &mut after, *settings, &mut facts),
        (Input::Tick, _) => drop(tick(scenario, &mut after, now, &mut facts)),
        (_, Some(next)) if tick(scenario, &mut after, now, &mut facts) => {
            return Err(Refusal::TickFirst(next));
        }
        (_, _) => judge(Moment::new(scenario, &mut after, now, &mut facts), input)?,
    }
    Ok(facts)
}

/// Whether [`decide`] would take `input` at `now`. Nothing happens.
///
/// # Errors
/// The [`Refusal`] with which it would not.
pub fn fits(scenario: &Scenario, state: &State, now: SimTime, input: &Input) -> Result<(), Refusal> {
    decide(scenario, state, now, input).map(drop)
}

/// As [`decide`], but folded into `state` at once, and its facts added to
/// `facts`: for who plays by the thousand and keeps no journal. An input other
/// than [`Input::Tick`] is judged after everything due by `now`, which happens
/// first, one moment after the other.
///
/// # Errors
/// A [`Refusal`] when the drill will not do that now. What was due by then has
/// happened all the same.
pub fn step(
    scenario: &Scenario,
    state: &mut State,
    now: SimTime,
    input: &Input,
    facts: &mut Vec<Fact>,
) -> Result<(), Refusal> {
    let now = admitted(state, now, input)?;
    match input {
        Input::Start(settings) => start(scenario, state, *settings, facts),
        Input::Tick => drop(tick(scenario, state, now, facts)),
        Input::Answer(_)
        | Input::Do(_)
        | Input::Examine(_)
        | Input::Hint(_)
        | Input::MoreTime(_)
        | Input::Note(_)
        | Input::Pause(_)
        | Input::Resume
        | Input::End
        | Input::Fire(_)
        | Input::Hold(_)
        | Input::Release(_)
        | Input::Skip(_)
        | Input::Extend(..) => {
            while tick(scenario, state, now, facts) {}
            if let Phase::Over(cause, _) = state.phase {
                return Err(Refusal::Over(cause));
            }
            judge(Moment::new(scenario, state, now, facts), input)?;
        }
    }
    Ok(())
}

/// Whether the drill takes such an input at all as it stands; the moment at which it does.
fn admitted(state: &State, now: SimTime, input: &Input) -> Result<SimTime, Refusal> {
    if now < state.at {
        return Err(Refusal::Past);
    }
    match (state.phase, input) {
        (Phase::Before, Input::Start(_)) | (Phase::Over(..), Input::Tick) => return Ok(now),
        (Phase::Before, _) => return Err(Refusal::NotStarted),
        (Phase::Running(_), Input::Start(_)) => return Err(Refusal::AlreadyStarted),
        (Phase::Running(_), _) => {}
        (Phase::Over(cause, _), _) => return Err(Refusal::Over(cause)),
    }
    match (state.paused, input) {
        (None, _) => Ok(now),
        (Some(_), Input::Resume | Input::End | Input::Note(_) | Input::Tick) => Ok(state.at),
        // A pause is when a trainer sees to what comes next; but nothing arrives in it.
        (Some(_), Input::Hold(_) | Input::Skip(_) | Input::Extend(..)) => Ok(state.at),
        (Some(_), _) => Err(Refusal::Paused),
    }
}

fn judge(mut moment: Moment<'_>, input: &Input) -> Result<(), Refusal> {
    match input {
        Input::Tick | Input::Start(_) => {}
        Input::Answer(submission) => answer(&mut moment, submission)?,
        Input::Do(action) => act(&mut moment, *action)?,
        Input::Examine(evidence) => examine(&mut moment, *evidence)?,
        Input::Hint(question) => hint(&mut moment, *question)?,
        Input::MoreTime(question) => more_time(&mut moment, *question)?,
        Input::Note(text) => moment.fact(What::Noted(typed(text)?)),
        Input::Pause(cause) => moment.fact(What::Paused(*cause)),
        Input::Resume if moment.state.paused.is_none() => return Err(Refusal::NotPaused),
        Input::Resume => moment.fact(What::Resumed),
        Input::End => moment.end(EndCause::Asked),
        Input::Fire(inject) => fire(&mut moment, *inject)?,
        Input::Hold(inject) => hold(&mut moment, *inject)?,
        Input::Release(inject) => release(&mut moment, *inject)?,
        Input::Skip(inject) => skip(&mut moment, *inject)?,
        Input::Extend(question, by) => extend(&mut moment, *question, *by)?,
    }
    if matches!(
        input,
        Input::Answer(_) | Input::Do(_) | Input::Examine(_) | Input::Fire(_) | Input::Release(_)
    ) {
        moment.settle();
    }
    Ok(())
}

fn act(moment: &mut Moment<'_>, id: ActionId) -> Result<(), Refusal> {
    let (state, now) = (&*moment.state, moment.now);
    let action = moment.scenario.actions.get(id.at()).ok_or(Refusal::NotAvailable)?;
    if !holds(&action.when, state, now) {
        return Err(Refusal::NotAvailable);
    }
    if state.actions[id.at()] && !action.often {
        return Err(Refusal::AlreadyDone);
    }
    idle(state)?;
    moment.begin(Work::Action(id), action.takes);
    Ok(())
}

fn examine(moment: &mut Moment<'_>, id: EvidenceId) -> Result<(), Refusal> {
    let state = &*moment.state;
    let evidence = moment.scenario.evidence.get(id.at()).ok_or(Refusal::NotAvailable)?;
    match state.evidence[id.at()] {
        Shelf::Absent | Shelf::Hidden => return Err(Refusal::NotAvailable),
        Shelf::Examined => return Err(Refusal::AlreadyDone),
        Shelf::Available => {}
    }
    idle(state)?;
    moment.begin(Work::Evidence(id), evidence.takes);
    Ok(())
}

fn idle(state: &State) -> Result<(), Refusal> {
    state.busy.map_or(Ok(()), |(_, until)| Err(Refusal::Busy(until)))
}

fn hint(moment: &mut Moment<'_>, id: QuestionId) -> Result<(), Refusal> {
    let Some(&Asked::Open { hints, .. }) = moment.state.questions.get(id.at()) else {
        return Err(Refusal::NotOpen);
    };
    if usize::from(hints) >= moment.scenario.question(id).hints.len() {
        return Err(Refusal::NoMoreHints);
    }
    moment.fact(What::Hinted { question: id, hint: hints });
    Ok(())
}

pub(super) fn typed(text: &str) -> Result<String, Refusal> {
    if text.len() > TYPED_BYTES_MAX {
        return Err(Refusal::TooLong);
    }
    // What stands for a character that acts is longer than that.
    match clean(text.trim()) {
        text if text.is_empty() => Err(Refusal::Empty),
        text if text.len() > TYPED_BYTES_MAX => Err(Refusal::TooLong),
        text => Ok(text),
    }
}

/// The pause with which a drill that was interrupted goes on.
#[must_use]
pub fn interruption(state: &State) -> Option<Input> {
    (state.running() && state.paused.is_none()).then_some(Input::Pause(PauseCause::Interrupted))
}
