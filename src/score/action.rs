//! What a trainee did unasked: actions, and the checkpoints that expect them.

use tr::tr;

use super::assistance;
use super::item::{About, Losses, Scored, weigh};
use super::offer::window;
use super::played::{Played, Stint};
use super::tally::{Credit, ItemOf};
use super::timing::Window;
use super::worth::{Words, Worth};
use crate::engine::{Settings, closing};
use crate::scenario::{Action, ActionId, Checkpoint, InjectId, InjectKind, Scenario, SimTime};
use crate::speech::noted;

/// The item of an action. `None` where it is worth nothing, where a good one was
/// not there to be done, or still was when the trainee ended the drill, and
/// where a harmful one was not done.
pub(super) fn item<W: Words>(scenario: &Scenario, played: &Played<'_>, id: ActionId) -> Option<Scored> {
    let action = scenario.action(id);
    let stints = played.stints.get(&id).map_or(&[][..], Vec::as_slice);
    if action.credit < 0 {
        return harm::<W>(id, action, stints);
    }
    if action.credit == 0 {
        return None;
    }
    let (from, to) = window(action, played.settings);
    let in_time = |stint: &&Stint| from <= stint.begun && stint.begun < to;
    let done = stints.iter().filter(|s| s.done).find(in_time);
    let opens = played.offers.get(&id).copied().or(done.map(|stint| stint.begun))?;
    let under_way = || stints.iter().any(|stint| !stint.done && in_time(&stint));
    let done_at_all = stints.iter().any(|stint| stint.done);
    if played.broken_off && !done_at_all && (played.still_open.contains(&id) || under_way()) {
        return None;
    }
    let best = Credit::percent(action.credit);
    let inside = || within(from, to).map_or_else(String::new, |its| tr!(" inside {0}", its));
    let outside = || within(from, to).map_or_else(|| tr!("outside"), |its| tr!("outside {0}", its));
    let (credit, lines) = match (done, stints.iter().find(|s| s.done), stints.first()) {
        (Some(stint), ..) => {
            (best, W::of(|| tr!("action: begun at {0}{1}: {2} %", stint.begun.said(), inside(), best)))
        }
        (None, Some(late), _) => {
            (Credit(0), W::of(|| tr!("action: begun at {0}, {1}: 0 %", late.begun.said(), outside())))
        }
        (None, None, Some(stint)) => (
            Credit(0),
            W::of(|| tr!("action: begun at {0}, not finished before ENDEX: 0 %", stint.begun.said())),
        ),
        (None, None, None) if played.ended.is_none() && played.last < to => return None,
        (None, None, None) => {
            (Credit(0), W::of(|| tr!("action: possible from {0}, not done{1}: 0 %", opens.said(), inside())))
        }
    };
    let decided = done.or(stints.first()).map(|stint| stint.begun);
    let settled = decided.unwrap_or_else(|| to.min(played.ended.map_or(played.last, |(at, _)| at)));
    let about = About {
        of: ItemOf::Action(id),
        stage: action.stage,
        weight: action.weight,
        asked: opens,
        decided,
        confidence: None,
        assisted: W::READ
            && decided.is_some()
            && assistance::with_action(scenario, played, id, SimTime::ZERO, settled),
    };
    let item = weigh(about, Worth { credit, best, lines }, Losses::default());
    Some(Scored { item, settled, calls: Vec::new() })
}

/// The window of an action, in words; none where it can be done at any time.
fn within(from: SimTime, to: SimTime) -> Option<String> {
    match to {
        SimTime::NEVER if from == SimTime::ZERO => None,
        SimTime::NEVER => Some(tr!("its window from {0} on", from.said())),
        _ => Some(tr!("its window {0} to {1}", from.said(), to.said())),
    }
}

/// Harm is counted once, whenever it was done.
fn harm<W: Words>(id: ActionId, action: &Action, stints: &[Stint]) -> Option<Scored> {
    let stint = stints.iter().find(|s| s.done)?;
    let credit = Credit::percent(action.credit);
    let about = About {
        of: ItemOf::Action(id),
        stage: action.stage,
        weight: action.weight,
        asked: stint.begun,
        decided: Some(stint.begun),
        confidence: None,
        assisted: false,
    };
    let lines = W::of(|| tr!("action: harmful, begun at {0}: {1} %", stint.begun.said(), credit));
    let worth = Worth { credit, best: Credit(0), lines };
    Some(Scored { item: weigh(about, worth, Losses::default()), settled: stint.begun, calls: Vec::new() })
}

/// The item of a checkpoint that was met or missed. `None` where the drill was
/// over before there was any time to meet it, and where the trainee ended it
/// while it could still be met.
pub(super) fn checkpoint<W: Words>(scenario: &Scenario, played: &Played<'_>, id: InjectId) -> Option<Scored> {
    let InjectKind::Checkpoint(checkpoint) = &scenario.inject(id).kind else {
        return None;
    };
    let (at, met) = *played.seen.get(&id)?;
    let closes = played.settings.map_or(checkpoint.closes, |settings| closing(checkpoint, settings));
    // What the trainee could still have done when they ended the drill is neither for nor against.
    if !met && (at <= checkpoint.opens || (played.broken_off && at < closes)) {
        return None;
    }
    let time = window_of(checkpoint, played.settings);
    let best = Credit::percent(100);
    let (credit, lines) = if met {
        (best, W::of(|| tr!("expected action: seen: 100 %")))
    } else {
        let until = at.min(closes);
        let line =
            || tr!("expected action: not seen from {0} to {1}: 0 %", checkpoint.opens.said(), until.said());
        (Credit(0), W::of(line))
    };
    let span = (SimTime::ZERO, at);
    let about = About {
        of: ItemOf::Checkpoint(id),
        stage: checkpoint.stage,
        weight: checkpoint.weight,
        asked: checkpoint.opens,
        decided: met.then_some(at),
        confidence: None,
        assisted: W::READ
            && met
            && assistance::with_checkpoint(scenario, played, id, &checkpoint.met_when, span),
    };
    let losses = Losses { time: met.then(|| time.leaves(at, noted!("seen"))), hints: Vec::new() };
    let item = weigh(about, Worth { credit, best, lines }, losses);
    Some(Scored { item, settled: at, calls: Vec::new() })
}

/// When an expected action earns how much.
pub(super) fn window_of(checkpoint: &Checkpoint, settings: Option<Settings>) -> Window {
    let factor = settings.map_or(100, |s| s.factor);
    let good = checkpoint.opens + checkpoint.good.since(checkpoint.opens).stretched(factor);
    Window {
        opened: checkpoint.opens,
        good: Some(good),
        lapses: Some(settings.map_or(checkpoint.closes, |settings| closing(checkpoint, settings))),
        floor: 0,
        untimed: settings.is_some_and(|s| s.untimed),
    }
}

/// Whether an action that is `begun` then earns its positive credit.
pub(super) fn in_window(action: &Action, settings: Settings, begun: SimTime) -> bool {
    let (from, to) = window(action, Some(settings));
    from <= begun && begun < to
}
