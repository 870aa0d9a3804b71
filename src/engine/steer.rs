//! What a trainer may do with a running drill: bring an inject, hold it, release it, drop it; and more
//! time for a question, whoever asks for it.
//!
//! The trainer decides whether and when an inject comes. What follows from it, and what it is worth,
//! stays with the script. While an inject is held, what would bring it is noted and does not bring it;
//! once it is released the rules take over where they stand then, its own condition included.

use super::fact::What;
use super::happen::Moment;
use super::inject::pending;
use super::input::Refusal;
use super::state::{Asked, Delivery};
use crate::scenario::{InjectId, InjectKind, QuestionId, SimTime};

/// It comes now, and its effects follow.
pub(super) fn fire(moment: &mut Moment<'_>, id: InjectId) -> Result<(), Refusal> {
    if !pending(stands(moment, id)?) {
        return Err(Refusal::NotAvailable);
    }
    moment.fact(What::Fired(id));
    moment.deliver(id);
    Ok(())
}

/// It does not come until it is released. What comes again has come, and can only be dropped.
pub(super) fn hold(moment: &mut Moment<'_>, id: InjectId) -> Result<(), Refusal> {
    let stands = stands(moment, id)?;
    if !pending(stands) || matches!(stands, Delivery::Held(_)) {
        return Err(Refusal::NotAvailable);
    }
    moment.fact(What::Held(id));
    Ok(())
}

/// It is back on the clock; what was due meanwhile is due now.
pub(super) fn release(moment: &mut Moment<'_>, id: InjectId) -> Result<(), Refusal> {
    if !matches!(stands(moment, id)?, Delivery::Held(_)) {
        return Err(Refusal::NotAvailable);
    }
    moment.fact(What::Released(id));
    if matches!(moment.state.injects[id.at()], Delivery::Due(due) if due <= moment.now) {
        moment.bring(id);
    }
    Ok(())
}

/// It does not come, or not again.
pub(super) fn skip(moment: &mut Moment<'_>, id: InjectId) -> Result<(), Refusal> {
    let stands = stands(moment, id)?;
    if !pending(stands) && !matches!(stands, Delivery::Again { .. }) {
        return Err(Refusal::NotAvailable);
    }
    moment.fact(What::Skipped(id));
    moment.fact(What::Cancelled(id));
    Ok(())
}

/// Where an inject stands that can be brought at all: an expected action delivers nothing.
fn stands(moment: &Moment<'_>, id: InjectId) -> Result<Delivery, Refusal> {
    let inject = moment.scenario.injects.get(id.at()).ok_or(Refusal::NotAvailable)?;
    match inject.kind {
        InjectKind::Checkpoint(_) => Err(Refusal::NotAvailable),
        InjectKind::Contextual | InjectKind::Contingency => Ok(moment.state.injects[id.at()]),
    }
}

/// Half the question's own window again, a minute at the least.
pub(super) fn more_time(moment: &mut Moment<'_>, id: QuestionId) -> Result<(), Refusal> {
    let window = moment.scenario.questions.get(id.at()).ok_or(Refusal::NotOpen)?.lapses;
    let by = window.map(|window| SimTime((window.0 / 2).max(60)));
    lengthen(moment, id, by, None)
}

/// As much more time as the trainer gives.
pub(super) fn extend(moment: &mut Moment<'_>, id: QuestionId, by: SimTime) -> Result<(), Refusal> {
    // More than the whole drill is for ever, and nothing is not more.
    let by = by.min(moment.scenario.clock.length);
    if by == SimTime::ZERO {
        return Err(Refusal::NotAvailable);
    }
    lengthen(moment, id, Some(by), Some(by))
}

/// A question lapses later; the window in which an answer earns everything grows in proportion.
fn lengthen(
    moment: &mut Moment<'_>,
    id: QuestionId,
    by: Option<SimTime>,
    granted: Option<SimTime>,
) -> Result<(), Refusal> {
    let Some(&Asked::Open { since, lapses, good, .. }) = moment.state.questions.get(id.at()) else {
        return Err(Refusal::NotOpen);
    };
    let (Some(by), true) = (by, lapses != SimTime::NEVER) else {
        return Err(Refusal::NoLimit);
    };
    let longer = lapses + by;
    let before = u64::from(lapses.since(since).0.max(1));
    let after = u64::from(longer.since(since).0);
    let grown = |good: SimTime| {
        let grown = u64::from(good.since(since).0) * after / before;
        since + SimTime(u32::try_from(grown).unwrap_or(u32::MAX))
    };
    let good = (good != SimTime::NEVER).then(|| grown(good));
    moment.fact(What::Extended { question: id, lapses: longer, good, granted });
    Ok(())
}
