//! The rules: what follows from an input, and what is refused. The only judge.

use super::chance::Stream;
use super::condition::holds;
use super::duty::DutyClock;
use super::fact::{Answer, EndCause, Fact, PauseCause, What};
use super::happen::{Moment, jitter};
use super::input::{CONFIDENCE_STEPS, Input, Refusal, Settings, Submission};
use super::spread::Spreading;
use super::state::{Asked, Delivery, Phase, Shelf, State, Work};
use crate::limits::{GAUGE_AMOUNT_MAX, TYPED_BYTES_MAX};
use crate::scenario::{
    ActionId, Ask, CategorizeSpec, Category, ChoiceSet, EvidenceId, InjectId, InjectKind, Question,
    QuestionId, Scenario, SimTime, Trigger, clean,
};

/// What follows from `input` at `now`. Pure: same arguments, same facts.
///
/// [`Input::Tick`] yields what is due at the next moment, up to `now`, at which
/// anything happens; call it until it yields nothing. Every other input is
/// judged at `now`, after everything due by then has happened.
///
/// # Errors
/// A [`Refusal`] when the drill will not do that now. Nothing has happened then.
pub fn decide(scenario: &Scenario, state: &State, now: SimTime, input: &Input) -> Result<Vec<Fact>, Refusal> {
    if now < state.at {
        return Err(Refusal::Past);
    }
    match (state.phase, input) {
        (Phase::Before, Input::Start(settings)) => return Ok(start(scenario, state, *settings)),
        (Phase::Before, _) => return Err(Refusal::NotStarted),
        (Phase::Running(_), Input::Start(_)) => return Err(Refusal::AlreadyStarted),
        (Phase::Running(_), _) => {}
        (Phase::Over(..), Input::Tick) => return Ok(Vec::new()),
        (Phase::Over(cause, _), _) => return Err(Refusal::Over(cause)),
    }
    if *input == Input::Tick {
        return Ok(if state.paused.is_some() { Vec::new() } else { tick(scenario, state, now) });
    }
    if state.paused.is_some() && !matches!(input, Input::Resume | Input::End | Input::Note(_)) {
        return Err(Refusal::Paused);
    }
    if state.paused.is_none()
        && let Some(due) = next_moment(scenario, state)
        && due <= now
        && !tick(scenario, state, now).is_empty()
    {
        return Err(Refusal::TickFirst(due));
    }
    judge(scenario, state, now, input)
}

fn judge(scenario: &Scenario, state: &State, now: SimTime, input: &Input) -> Result<Vec<Fact>, Refusal> {
    let mut moment = Moment::new(scenario, state, now);
    match input {
        Input::Tick | Input::Start(_) => {}
        Input::Answer(submission) => answer(scenario, state, &mut moment, submission)?,
        Input::Do(action) => act(scenario, state, now, &mut moment, *action)?,
        Input::Examine(evidence) => examine(scenario, state, &mut moment, *evidence)?,
        Input::Hint(question) => hint(scenario, state, &mut moment, *question)?,
        Input::MoreTime(question) => more_time(scenario, state, &mut moment, *question)?,
        Input::Note(text) => moment.fact(What::Noted(typed(text)?)),
        Input::Pause(cause) => moment.fact(What::Paused(*cause)),
        Input::Resume if state.paused.is_none() => return Err(Refusal::NotPaused),
        Input::Resume => moment.fact(What::Resumed),
        Input::End => moment.end(EndCause::Asked),
    }
    if matches!(input, Input::Answer(_) | Input::Do(_) | Input::Examine(_)) {
        moment.settle();
    }
    Ok(moment.into_facts())
}

/// What happens at the next moment, up to `now`, at which anything happens.
fn tick(scenario: &Scenario, state: &State, now: SimTime) -> Vec<Fact> {
    let mut from = state.at;
    while let Some(due) = next_after(scenario, state, from)
        && due <= now
    {
        let mut moment = Moment::new(scenario, state, due);
        moment.due();
        let facts = moment.into_facts();
        if !facts.is_empty() {
            return facts;
        }
        from = due;
    }
    Vec::new()
}

/// The next moment at which something may happen by itself, if any is left.
#[must_use]
pub fn next_moment(scenario: &Scenario, state: &State) -> Option<SimTime> {
    if state.paused.is_some() { None } else { next_after(scenario, state, state.at) }
}

/// The first moment after `from` that a table of the scenario or the state names.
fn next_after(scenario: &Scenario, state: &State, from: SimTime) -> Option<SimTime> {
    if !state.running() {
        return None;
    }
    let mut next = scenario.clock.length;
    let mut name = |moment: SimTime| {
        if moment > from && moment < next {
            next = moment;
        }
    };
    if let Some((_, until)) = state.busy {
        name(until);
    }
    for (asked, question) in state.questions.iter().zip(&scenario.questions) {
        match (asked, question.opens) {
            (Asked::Open { lapses, .. }, _) => name(*lapses),
            (Asked::Idle, Some(opens)) => name(opens),
            _ => {}
        }
    }
    for (delivery, inject) in state.injects.iter().zip(&scenario.injects) {
        match (delivery, &inject.kind) {
            (Delivery::Due(due) | Delivery::Awaited(due) | Delivery::Again { due, .. }, _) => name(*due),
            (Delivery::Idle, InjectKind::Checkpoint(checkpoint)) => {
                name(checkpoint.opens);
                name(checkpoint.closes);
            }
            _ => {}
        }
    }
    for truth in &scenario.truth {
        name(truth.from);
    }
    for spread in &state.spreads {
        if let Spreading::On { due, .. } = spread {
            name(*due);
        }
    }
    for owed in &state.duties {
        if let DutyClock::Running(due) = owed.clock {
            name(due);
        }
    }
    if let Some(moment) = scenario.watch.get(scenario.watch.partition_point(|m| *m <= from)) {
        name(*moment);
    }
    (next > from).then_some(next)
}

/// STARTEX: every draw for the whole drill is made and recorded.
fn start(scenario: &Scenario, state: &State, settings: Settings) -> Vec<Fact> {
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
    let pick = |slot: &crate::scenario::Slot| {
        let last = u32::try_from(slot.alternatives.len() - 1).expect("checked: slots are within limits");
        u8::try_from(settings.seed.up_to(Stream::Slot, slot.name.as_str(), last))
            .expect("checked: slots are within limits")
    };
    let picks = scenario.slots.iter().map(pick).collect();
    let mut moment = Moment::new(scenario, state, SimTime::ZERO);
    moment.fact(What::Started { settings, picks, plan, left_out });
    moment.open_world();
    moment.due();
    moment.into_facts()
}

fn answer(
    scenario: &Scenario,
    state: &State,
    moment: &mut Moment<'_>,
    submission: &Submission,
) -> Result<(), Refusal> {
    let Submission { question: id, answer, confidence, reason } = submission;
    let question = scenario.questions.get(id.at()).ok_or(Refusal::NotOpen)?;
    let revision = match (&state.questions[id.at()], &question.ask) {
        (Asked::Open { .. }, _) => false,
        (Asked::Answered { .. }, Ask::Categorize(spec)) if spec.revisable => true,
        _ => return Err(Refusal::NotOpen),
    };
    let answer = fitting(scenario, state, *id, answer)?;
    if confidence.is_some_and(|c| !CONFIDENCE_STEPS.contains(&c)) {
        return Err(Refusal::NoSuchConfidence);
    }
    let reason = match reason {
        Some(text) if question.reason && !text.trim().is_empty() => Some(typed(text)?),
        _ => None,
    };
    let confidence = confidence.filter(|_| question.confidence);
    let chosen: Vec<_> = match &answer {
        // In the order given: effects follow one another as the trainee ranked them.
        Answer::Order(order) => order.clone(),
        Answer::One(_) | Answer::Several(_) | Answer::Number(_) | Answer::Category(_) | Answer::Text(_) => {
            answer.choices().iter().collect()
        }
    };
    moment.fact(What::Answered { question: *id, answer, confidence, reason });
    if !revision {
        for choice in chosen {
            moment.follow(&question.choice(choice).then);
        }
        moment.follow(&question.then);
    }
    Ok(())
}

/// The answer as it will be recorded, if it answers the question at all.
fn fitting(scenario: &Scenario, state: &State, id: QuestionId, answer: &Answer) -> Result<Answer, Refusal> {
    let question = scenario.question(id);
    let offered = match state.questions[id.at()] {
        Asked::Open { offered, .. } => offered,
        Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => ChoiceSet::default(),
    };
    let on_offer = |set: ChoiceSet| if set.0 & !offered.0 == 0 { Ok(()) } else { Err(Refusal::NotOffered) };
    match (&question.ask, answer) {
        (Ask::Triage(_) | Ask::ChooseOne, Answer::One(choice)) => {
            if !offered.has(*choice) {
                return Err(Refusal::NotOffered);
            }
        }
        (Ask::ChooseSeveral, Answer::Several(choices)) => on_offer(*choices)?,
        (Ask::PutInOrder { .. }, Answer::Order(order)) => {
            on_offer(distinct(question, order)?)?;
            if order.len() != offered.len() {
                return Err(Refusal::Incomplete);
            }
        }
        (Ask::Record { .. }, Answer::Order(order)) => {
            on_offer(distinct(question, order)?)?;
            if order.is_empty() {
                return Err(Refusal::Empty);
            }
        }
        (Ask::Estimate(_), Answer::Number(number)) => {
            if number.unsigned_abs() > GAUGE_AMOUNT_MAX.unsigned_abs() {
                return Err(Refusal::NotOffered);
            }
        }
        (Ask::Categorize(spec), Answer::Category(category)) => {
            return whole(scenario, spec, *category).map(Answer::Category);
        }
        (Ask::Reflect { .. }, Answer::Text(text)) => return typed(text).map(Answer::Text),
        _ => return Err(Refusal::WrongKind),
    }
    Ok(answer.clone())
}

fn distinct(question: &Question, order: &[crate::scenario::ChoiceId]) -> Result<ChoiceSet, Refusal> {
    let mut set = ChoiceSet::default();
    for choice in order {
        if choice.at() >= question.choices.len() {
            return Err(Refusal::NotOffered);
        }
        if set.has(*choice) {
            return Err(Refusal::Doubled);
        }
        set = set.with(*choice);
    }
    Ok(set)
}

/// A category with every part that is asked and none that is not.
fn whole(scenario: &Scenario, spec: &CategorizeSpec, call: Category) -> Result<Category, Refusal> {
    if call.too_early {
        let nothing = Category { too_early: true, ..Category::default() };
        return if spec.too_early && call == nothing { Ok(call) } else { Err(Refusal::WrongKind) };
    }
    let asked = [
        (spec.class, call.class.is_some()),
        (spec.severity, call.severity.is_some()),
        (spec.impact[0], call.impact[0].is_some()),
        (spec.impact[1], call.impact[1].is_some()),
        (spec.impact[2], call.impact[2].is_some()),
    ];
    if asked.iter().any(|(asked, given)| *given && !asked) {
        return Err(Refusal::WrongKind);
    }
    if asked.iter().any(|(asked, given)| *asked && !given) {
        return Err(Refusal::Incomplete);
    }
    let classes = &scenario.taxonomy.classes;
    let known = match (call.class, call.kind) {
        (Some(class), kind) => {
            classes.get(class.at()).is_some_and(|class| kind.is_none_or(|kind| kind.at() < class.types.len()))
        }
        (None, kind) => kind.is_none(),
    };
    let severity = call.severity.is_none_or(|level| level.at() < scenario.severities.len());
    let impact = call.impact.iter().zip(crate::scenario::Axis::ALL);
    let impact = impact.into_iter().all(|(l, axis)| l.is_none_or(|l| l.at() < axis.levels().len()));
    if known && severity && impact { Ok(call) } else { Err(Refusal::NotOffered) }
}

fn act(
    scenario: &Scenario,
    state: &State,
    now: SimTime,
    moment: &mut Moment<'_>,
    id: ActionId,
) -> Result<(), Refusal> {
    let action = scenario.actions.get(id.at()).ok_or(Refusal::NotAvailable)?;
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

fn examine(
    scenario: &Scenario,
    state: &State,
    moment: &mut Moment<'_>,
    id: EvidenceId,
) -> Result<(), Refusal> {
    let evidence = scenario.evidence.get(id.at()).ok_or(Refusal::NotAvailable)?;
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

fn hint(scenario: &Scenario, state: &State, moment: &mut Moment<'_>, id: QuestionId) -> Result<(), Refusal> {
    let Some(Asked::Open { hints, .. }) = state.questions.get(id.at()) else { return Err(Refusal::NotOpen) };
    if usize::from(*hints) >= scenario.question(id).hints.len() {
        return Err(Refusal::NoMoreHints);
    }
    moment.fact(What::Hinted { question: id, hint: *hints });
    Ok(())
}

/// Half the question's own window again, a minute at the least; the window in
/// which an answer earns everything grows in proportion.
fn more_time(
    scenario: &Scenario,
    state: &State,
    moment: &mut Moment<'_>,
    id: QuestionId,
) -> Result<(), Refusal> {
    let Some(Asked::Open { since, lapses, good, .. }) = state.questions.get(id.at()) else {
        return Err(Refusal::NotOpen);
    };
    let (Some(window), true) = (scenario.question(id).lapses, *lapses != SimTime::NEVER) else {
        return Err(Refusal::NoLimit);
    };
    let longer = *lapses + SimTime((window.0 / 2).max(60));
    let before = u64::from(lapses.since(*since).0.max(1));
    let after = u64::from(longer.since(*since).0);
    let grown = |good: SimTime| {
        let grown = u64::from(good.since(*since).0) * after / before;
        *since + SimTime(u32::try_from(grown).unwrap_or(u32::MAX))
    };
    let good = (*good != SimTime::NEVER).then(|| grown(*good));
    moment.fact(What::Extended { question: id, lapses: longer, good });
    Ok(())
}

fn typed(text: &str) -> Result<String, Refusal> {
    if text.len() > TYPED_BYTES_MAX {
        return Err(Refusal::TooLong);
    }
    let text = clean(text.trim());
    if text.is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}

/// The pause with which a drill that was interrupted goes on.
#[must_use]
pub fn interruption(state: &State) -> Option<Input> {
    (state.running() && state.paused.is_none()).then_some(Input::Pause(PauseCause::Interrupted))
}
