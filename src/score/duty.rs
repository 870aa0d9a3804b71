//! Duties: whether they were met by their deadline, and whether their clock was started at the right fact.
//!
//! Met in time is worth 100, late what the script says, missed nothing. A
//! clock that still runs at ENDEX is neither for nor against, nor is a start that
//! could still have been declared when the trainee ended the drill. Where a script
//! lets trainees declare the start, that is a part of its own (`declare`
//! percent of the item): declared as the clock starts it is worth 100, falling
//! in a straight line to 0 at the deadline, or at the drill's last moment if
//! that comes first; declared before that it is worth half, for it is on the
//! safe side and yet the wrong fact (`doctrine.md`, part C3). A clock that
//! never starts is not scored, whatever was declared.

use tr::tr;

use super::assistance;
use super::item::{About, Losses, Scored, weigh};
use super::played::Played;
use super::tally::{Credit, ItemOf};
use super::worth::{Words, Worth};
use crate::engine::{DutyStep, Settings};
use crate::scenario::{Duty, DutyId, Scenario, SimTime};

/// Percent for declaring a clock before the fact that starts it.
const TOO_EARLY: u32 = 50;

/// What the facts say about one duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Clock {
    /// When it started, and its deadline.
    pub(super) started: Option<(SimTime, SimTime)>,
    /// When the trainee declared it.
    pub(super) declared: Option<SimTime>,
    /// When it was met.
    pub(super) met: Option<SimTime>,
}

impl Clock {
    /// Notes what happened to it.
    pub(super) fn take(&mut self, at: SimTime, step: DutyStep) {
        match step {
            DutyStep::Started { due } => self.started = Some((at, due)),
            DutyStep::Declared { .. } => self.declared = Some(at),
            DutyStep::Met => self.met = Some(at),
            DutyStep::Missed => {}
        }
    }
}

/// The item of a duty. `None` where its clock never started or started with
/// ENDEX, where it is worth nothing, and where nothing of it is settled.
pub(super) fn item<W: Words>(scenario: &Scenario, played: &Played<'_>, id: DutyId) -> Option<Scored> {
    let (duty, clock) = (scenario.duty(id), played.duties.get(&id)?);
    let (since, due) = clock.started?;
    let end = played.ended.map(|(at, _)| at);
    let settings = played.settings?;
    if duty.weight == 0 || (end == Some(since) && clock.met.or(clock.declared).is_none()) {
        return None;
    }
    let meeting = meeting::<W>(duty, settings, (since, due), clock.met, end.is_some().then_some(played.last));
    // Whoever ended the drill early could still have declared it, until that is worth nothing.
    let worthless = due.min(scenario.clock.length);
    let could = played.broken_off && (settings.untimed || end.is_some_and(|end| end < worthless));
    let declaring = declaring(scenario, duty, settings, clock, end.is_some() && !could);
    let worth = together(duty.declare, meeting, declaring)?;
    let decided = clock.met.or(clock.declared);
    let settled = decided.unwrap_or_else(|| due.min(end.unwrap_or(played.last))).max(since);
    let span = (since, settled);
    let about = About {
        of: ItemOf::Duty(id),
        stage: duty.stage,
        weight: duty.weight,
        asked: since,
        decided,
        confidence: None,
        assisted: W::READ && decided.is_some() && assistance::with_duty(scenario, played, id, span),
    };
    Some(Scored { item: weigh(about, worth, Losses::default()), settled, calls: Vec::new() })
}

/// A part of the item: percent, and how it came about.
pub(super) type Part<W> = (u32, W);

/// What meeting it is worth: `None` while it is open, also at ENDEX (`end`).
pub(super) fn meeting<W: Words>(
    duty: &Duty,
    settings: Settings,
    (since, due): (SimTime, SimTime),
    met: Option<SimTime>,
    end: Option<SimTime>,
) -> Option<Part<W>> {
    let length = due.since(since);
    // A deadline is the law's; what a person's own time factor grants beyond it is ours.
    let own = since + length.stretched(settings.factor);
    let Some(at) = met else {
        let over = end.is_some_and(|end| end >= if settings.untimed { due } else { own.max(due) });
        return over.then(|| part(0, || tr!("duty: not met within {0}: 0 %", length.said())));
    };
    let after = at.since(since);
    Some(if at < since {
        part(100, || tr!("duty: met {0} before its clock started: 100 %", since.since(at).said()))
    } else if at <= due {
        part(100, || {
            tr!("duty: met {0} after its clock started, within {1}: 100 %", after.said(), length.said())
        })
    } else if settings.untimed {
        part(100, || tr!("duty: met {0} after its clock started, in an untimed drill: 100 %", after.said()))
    } else if at <= own {
        let own = own.since(since);
        part(100, || {
            tr!(
                "duty: met {0} after its clock started, within {1} of your own time: 100 %",
                after.said(),
                own.said()
            )
        })
    } else {
        let late = u32::from(duty.late.unsigned_abs());
        part(late, || tr!("duty: met {0} after its deadline: {1} %", at.since(due).said(), late))
    })
}

fn part<W: Words>(percent: u32, line: impl FnOnce() -> String) -> Part<W> {
    (percent, W::of(line))
}

/// What declaring its start is worth: `None` where nobody can, or nobody has so far.
pub(super) fn declaring<W: Words>(
    scenario: &Scenario,
    duty: &Duty,
    settings: Settings,
    clock: &Clock,
    ended: bool,
) -> Option<Part<W>> {
    let (since, due) = clock.started?;
    if duty.declare == 0 {
        return None;
    }
    let Some(at) = clock.declared else {
        return ended.then(|| part(0, || tr!("start: never declared: 0 %")));
    };
    if at < since {
        let early = since.since(at);
        return Some(part(TOO_EARLY, || {
            tr!(
                "start: declared {0} before the clock started, at the wrong fact: {1} %",
                early.said(),
                TOO_EARLY
            )
        }));
    }
    let (after, span) = (at.since(since), due.min(scenario.clock.length).since(since));
    if settings.untimed || after == SimTime::ZERO || span == SimTime::ZERO {
        return Some(part(100, || tr!("start: declared {0} after the clock started: 100 %", after.said())));
    }
    let own = u64::from(after.0) * 100 / u64::from(settings.factor.max(1));
    let lost = (own * 100).div_ceil(u64::from(span.0)).min(100);
    let left = 100 - u32::try_from(lost).unwrap_or(100);
    Some(part(left, || {
        tr!(
            "start: declared {0} after the clock started, falling to 0 % in {1}: {2} %",
            after.said(),
            span.said(),
            left
        )
    }))
}

/// Both parts as one worth; `declare` is the percent that the second counts.
pub(super) fn together<W: Words>(
    declare: u8,
    meeting: Option<Part<W>>,
    declaring: Option<Part<W>>,
) -> Option<Worth<W>> {
    let any = meeting.is_some() || declaring.is_some();
    let shares = [100 - u32::from(declare), u32::from(declare)];
    let mut worth = Worth { credit: Credit(0), best: Credit(0), lines: W::default() };
    let mut sum = W::default();
    for ((percent, line), share) in
        [meeting, declaring].into_iter().zip(shares).filter_map(|(p, s)| Some((p?, s)))
    {
        worth.credit.0 += i32::try_from(percent * share).expect("checked: percent of percent");
        worth.best.0 += i32::try_from(100 * share).expect("checked: percent of percent");
        worth.lines.quote("", line);
        sum.say(|| format!("{percent} % × {share} %"));
    }
    if declare > 0 && any {
        worth.lines.say(|| tr!("together: {0} = {1} %", sum.lines().join(" + "), worth.credit));
    }
    any.then_some(worth)
}

#[cfg(test)]
mod tests {
    use super::super::worth::{Told, Unsaid};
    use super::*;
    use crate::engine::Seed;
    use crate::scenario::{SeatSet, load};

    const SETTINGS: Settings = Settings { seed: Seed(1), untimed: false, factor: 100, seats: SeatSet::ALL };

    fn scenario() -> Scenario {
        load(include_str!("../../tests/fixtures/night-shift.ron")).scenario.expect("it loads")
    }

    #[test]
    fn in_time_late_missed_or_open() {
        let scenario = scenario();
        let duty = Duty { late: 40, ..scenario.duties[0].clone() };
        let span = (SimTime(600), SimTime(4_200));
        let of = |met: Option<u32>, end: Option<u32>, settings| {
            meeting::<Unsaid>(&duty, settings, span, met.map(SimTime), end.map(SimTime))
                .map(|(percent, _)| percent)
        };
        assert_eq!(of(Some(600), None, SETTINGS), Some(100));
        assert_eq!(of(Some(4_200), None, SETTINGS), Some(100), "the deadline itself is in time");
        assert_eq!(of(Some(4_201), None, SETTINGS), Some(40));
        assert_eq!(of(Some(60), None, SETTINGS), Some(100), "before its clock started");
        assert_eq!(of(None, Some(4_199), SETTINGS), None, "still open at ENDEX");
        assert_eq!(of(None, Some(4_200), SETTINGS), Some(0));
        assert_eq!(of(None, None, SETTINGS), None, "the drill goes on");
        let slow = Settings { factor: 150, ..SETTINGS };
        assert_eq!(of(Some(6_000), None, slow), Some(100), "within a person's own time");
        assert_eq!(of(Some(6_001), None, slow), Some(40));
        assert_eq!(of(None, Some(5_000), slow), None, "and that is still open");
        let untimed = Settings { untimed: true, ..SETTINGS };
        assert_eq!((of(Some(9_000), None, untimed), of(None, Some(9_000), untimed)), (Some(100), Some(0)));
    }

    #[test]
    fn a_start_is_declared_at_the_right_fact() {
        let scenario = scenario();
        let length = scenario.clock.length.0;
        let duty = Duty { declare: 30, ..scenario.duties[0].clone() };
        let since = SimTime(length - 1_000);
        let of = |declared: Option<u32>, settings| {
            let clock = Clock {
                started: Some((since, SimTime(length * 9))),
                declared: declared.map(SimTime),
                met: None,
            };
            declaring::<Unsaid>(&scenario, &duty, settings, &clock, true).map(|(percent, _)| percent)
        };
        assert_eq!(of(Some(since.0), SETTINGS), Some(100));
        assert_eq!(of(Some(since.0 + 250), SETTINGS), Some(75), "in a straight line to the end");
        assert_eq!(of(Some(length), SETTINGS), Some(0));
        assert_eq!(of(Some(since.0 - 1), SETTINGS), Some(50), "on the safe side, at the wrong fact");
        assert_eq!(of(None, SETTINGS), Some(0));
        assert_eq!(of(Some(since.0 + 500), Settings { factor: 200, ..SETTINGS }), Some(75));
        assert_eq!(of(Some(length), Settings { untimed: true, ..SETTINGS }), Some(100));
        let nobody_can = Duty { declare: 0, ..duty.clone() };
        assert_eq!(declaring::<Unsaid>(&scenario, &nobody_can, SETTINGS, &Clock::default(), true), None);
    }

    #[test]
    fn the_parts_add_up_and_say_so() {
        let part = |percent: u32| Some(part::<Told>(percent, || format!("{percent}")));
        let both = together(30, part(100), part(92)).expect("two parts");
        assert_eq!((both.credit, both.best), (Credit(9_760), Credit(10_000)));
        assert_eq!(both.lines[2], "together: 100 % × 70 % + 92 % × 30 % = 97.6 %");
        let open = together(30, None, part(50)).expect("one part");
        assert_eq!((open.credit, open.best), (Credit(1_500), Credit(3_000)), "what is open is not counted");
        let plain = together(0, part(40), None).expect("one part");
        assert_eq!((plain.credit, plain.lines.len()), (Credit(4_000), 1));
        assert_eq!(together::<Told>(0, None, None), None);
    }
}
