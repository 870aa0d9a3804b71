//! Whether a fact could have happened where a journal says it did.
//!
//! A chain and a signature say that a record was not changed; they do not say
//! that it makes sense. So each fact read from a disk is held against the state
//! before it is folded in: what is delivered was to come, what is answered was
//! open, time does not step back, and nothing follows ENDEX. This checks what
//! `apply` relies on, not the rules of `decide`: those may be others tomorrow,
//! and today's journals must still be read then.

use super::codec::Fault;
use crate::engine::{Answer, Asked, CONFIDENCE_STEPS, Delivery, Fact, Phase, Shelf, State, What, Work};
use crate::limits::TYPED_BYTES_MAX;
use crate::scenario::{ActionId, Ask, ChoiceSet, InjectId, InjectKind, QuestionId, Scenario, SimTime};

/// Whether `fact` can follow in `state`.
pub(super) fn admit(scenario: &Scenario, state: &State, fact: &Fact) -> Result<(), Fault> {
    require(fact.at >= state.at, "its moment lies before that of the fact before")?;
    require(fact.at <= scenario.clock.length, "its moment lies after the end of the drill")?;
    let started = matches!(fact.what, What::Started { .. });
    match state.phase {
        Phase::Before => require(started, "the drill has not started yet")?,
        Phase::Running(_) => require(!started, "the drill has started already")?,
        Phase::Over(..) => return Err(Fault::new("the drill is over")),
    }
    require(state.paused.is_none() || while_paused(&fact.what), "the clock stands still")?;
    happened(scenario, state, fact)
}

fn require(holds: bool, otherwise: &str) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::new(otherwise)) }
}

/// What may happen while the clock stands still: going on, a note, and ENDEX with all that it settles.
const fn while_paused(what: &What) -> bool {
    matches!(what, What::Resumed | What::Noted(_) | What::Lapsed(_) | What::Missed(_) | What::Ended { .. })
}

fn happened(scenario: &Scenario, state: &State, fact: &Fact) -> Result<(), Fault> {
    match &fact.what {
        What::Started { picks, plan, left_out, .. } => started(scenario, picks, plan, left_out),
        What::Known(truth) => require(state.truth != Some(*truth), "that truth is in force already"),
        What::Scheduled { inject, .. }
        | What::Awaited { inject, .. }
        | What::Delivered(inject)
        | What::Withheld(inject)
        | What::Cancelled(inject) => pending(scenario, state, *inject),
        What::Met(inject) | What::Missed(inject) => {
            let idle = state.injects[inject.at()] == Delivery::Idle;
            require(checkpoint(scenario, *inject) && idle, "no expected action is waited for there")
        }
        What::Opened { .. }
        | What::Answered { .. }
        | What::Lapsed(_)
        | What::Closed(_)
        | What::Extended { .. }
        | What::Hinted { .. } => asked(scenario, state, &fact.what),
        What::Begun { action, until } => {
            require(*until >= fact.at, "it is done before it is begun")?;
            require(state.busy.is_none(), "something else is under way")?;
            again(scenario, state, *action)
        }
        What::Did(action) => finished(state, Work::Action(*action), fact.at),
        What::Examining { evidence, until } => {
            require(*until >= fact.at, "it is done before it is begun")?;
            require(state.busy.is_none(), "something else is under way")?;
            require(
                state.evidence[evidence.at()] == Shelf::Available,
                "that evidence is not there to examine",
            )
        }
        What::Examined(evidence) => finished(state, Work::Evidence(*evidence), fact.at),
        What::Revealed(evidence) => {
            require(state.evidence[evidence.at()] == Shelf::Hidden, "that evidence is there already")
        }
        What::Moved { gauge, reads } => {
            let bounds = scenario.gauge(*gauge);
            require((bounds.min..=bounds.max).contains(reads), "the gauge cannot read so much")?;
            require(state.gauges[gauge.at()] != *reads, "the gauge reads that already")
        }
        What::Noted(text) => typed(text),
        What::Paused(_) => Ok(()),
        What::Resumed => require(state.paused.is_some(), "the clock is running already"),
        What::Ended { .. } => {
            let open = state.questions.iter().any(|q| matches!(q, Asked::Open { .. }));
            require(!open, "a question is still open")
        }
    }
}

fn started(
    scenario: &Scenario,
    picks: &[u8],
    plan: &[(InjectId, SimTime)],
    left_out: &[InjectId],
) -> Result<(), Fault> {
    let picked =
        picks.iter().zip(&scenario.slots).all(|(pick, slot)| usize::from(*pick) < slot.alternatives.len());
    require(picked && picks.len() == scenario.slots.len(), "a slot has no such alternative")?;
    let mut named: Vec<InjectId> =
        plan.iter().map(|(inject, _)| *inject).chain(left_out.iter().copied()).collect();
    named.sort_unstable();
    require(named.windows(2).all(|pair| pair[0] != pair[1]), "an inject is planned twice")
}

fn pending(scenario: &Scenario, state: &State, inject: InjectId) -> Result<(), Fault> {
    let waits =
        matches!(state.injects[inject.at()], Delivery::Idle | Delivery::Due(_) | Delivery::Awaited(_));
    require(waits && !checkpoint(scenario, inject), "that inject could not come any more")
}

fn checkpoint(scenario: &Scenario, inject: InjectId) -> bool {
    matches!(scenario.inject(inject).kind, InjectKind::Checkpoint(_))
}

fn again(scenario: &Scenario, state: &State, action: ActionId) -> Result<(), Fault> {
    require(scenario.action(action).often || !state.actions[action.at()], "that can be done only once")
}

fn finished(state: &State, work: Work, at: SimTime) -> Result<(), Fault> {
    let under_way = state.busy.is_some_and(|(busy, until)| busy == work && until <= at);
    require(under_way, "that was not under way, or not for long enough")
}

fn typed(text: &str) -> Result<(), Fault> {
    require(!text.is_empty() && text.len() <= TYPED_BYTES_MAX, "no trainee could write so little or so much")
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`happened` lists the kinds that come here")]
fn asked(scenario: &Scenario, state: &State, what: &What) -> Result<(), Fault> {
    let stands = |question: &QuestionId| state.questions[question.at()];
    match what {
        What::Opened { question, offered, .. } => {
            let distinct = offered.iter().copied().collect::<ChoiceSet>().len() == offered.len();
            require(stands(question) == Asked::Idle && distinct, "that question could not open")
        }
        What::Answered { question, answer, confidence, reason } => {
            answered(scenario, stands(question), *question, answer)?;
            require(
                confidence.is_none_or(|c| CONFIDENCE_STEPS.contains(&c)),
                "that confidence is not on offer",
            )?;
            reason.as_deref().map_or(Ok(()), typed)
        }
        What::Lapsed(question) => {
            require(matches!(stands(question), Asked::Open { .. }), "that question is not open")
        }
        What::Closed(question) => {
            let can = matches!(stands(question), Asked::Open { .. } | Asked::Idle);
            require(can, "that question cannot be withdrawn")
        }
        What::Extended { question, lapses: later, .. } => {
            let longer = matches!(stands(question), Asked::Open { lapses, .. } if lapses < *later);
            require(longer, "that question is not open, or has that time already")
        }
        What::Hinted { question, hint } => {
            let next = matches!(stands(question), Asked::Open { hints, .. } if hints == *hint);
            let exists = usize::from(*hint) < scenario.question(*question).hints.len();
            require(next && exists, "that hint could not be taken")
        }
        _ => Ok(()),
    }
}

fn answered(scenario: &Scenario, stands: Asked, id: QuestionId, answer: &Answer) -> Result<(), Fault> {
    let question = scenario.question(id);
    let (offered, revision) = match stands {
        Asked::Open { offered, .. } => (offered, false),
        Asked::Answered { .. } => (ChoiceSet::default(), true),
        Asked::Idle | Asked::Lapsed | Asked::Closed => return Err(Fault::new("that question is not open")),
    };
    let within = |choices: ChoiceSet| choices.iter().all(|c| offered.has(c));
    let fits = match (&question.ask, answer) {
        (Ask::Triage(_) | Ask::ChooseOne, Answer::One(choice)) => offered.has(*choice),
        (Ask::ChooseSeveral, Answer::Several(choices)) => within(*choices),
        (Ask::PutInOrder { .. } | Ask::Record { .. }, Answer::Order(order)) => {
            let set: ChoiceSet = order.iter().copied().collect();
            set.len() == order.len() && within(set)
        }
        (Ask::Estimate(_), Answer::Number(_)) => true,
        (Ask::Categorize(spec), Answer::Category(_)) => spec.revisable || !revision,
        (Ask::Reflect { .. }, Answer::Text(text)) => typed(text).is_ok(),
        _ => false,
    };
    let once = !revision || matches!(question.ask, Ask::Categorize(_));
    require(fits && once, "that does not answer the question")
}
