//! Whether a fact could have happened where a journal says it did.
//!
//! A chain and a signature say that a record was not changed; they do not say
//! that it makes sense. So each fact read from a disk is held against the state
//! before it is folded in: what is delivered was to come, what is answered was
//! open, time does not step back, and nothing follows ENDEX. This checks what
//! `apply` relies on, not the rules of `decide`: those may be others tomorrow,
//! and today's journals must still be read then.

use super::codec::Fault;
use crate::engine::{
    Answer, Asked, CONFIDENCE_STEPS, Delivery, DutyClock, DutyStep, Fact, Pair, Phase, Shelf, SpreadStep,
    Spreading, State, What, Work,
};
use crate::limits::TYPED_BYTES_MAX;
use crate::scenario::{
    ActionId, Ask, ChoiceSet, DutyId, InjectId, InjectKind, QuestionId, Scenario, SimTime, SpreadId,
};
use crate::speech::noted;

/// Whether `fact` can follow in `state`.
pub(super) fn admit(scenario: &Scenario, state: &State, fact: &Fact) -> Result<(), Fault> {
    require(fact.at >= state.at, noted!("its moment lies before that of the fact before"))?;
    require(fact.at <= scenario.clock.length, noted!("its moment lies after the end of the drill"))?;
    let started = matches!(fact.what, What::Started { .. });
    match state.phase {
        Phase::Before => require(started, noted!("the drill has not started yet"))?,
        Phase::Running(_) => require(!started, noted!("the drill has started already"))?,
        Phase::Over(..) => return Err(Fault::new(noted!("the drill is over"))),
    }
    require(state.paused.is_none() || while_paused(&fact.what), noted!("the clock stands still"))?;
    happened(scenario, state, fact)
}

fn require(holds: bool, otherwise: &str) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::new(otherwise)) }
}

/// What may happen while the clock stands still: going on, a note, what the trainer sees to without
/// anything arriving, and ENDEX with all that it settles.
const fn while_paused(what: &What) -> bool {
    matches!(
        what,
        What::Resumed
            | What::Noted(_)
            | What::Held(_)
            | What::Skipped(_)
            | What::Cancelled(_)
            | What::Extended { granted: Some(_), .. }
            | What::Lapsed(_)
            | What::Missed(_)
            | What::Ended { .. }
    )
}

fn happened(scenario: &Scenario, state: &State, fact: &Fact) -> Result<(), Fault> {
    match &fact.what {
        What::Started { settings, picks, plan, left_out } => {
            let seated = !settings.seats.is_empty() || scenario.seats.is_empty();
            require(seated, noted!("nobody has a seat"))?;
            started(scenario, picks, plan, left_out)
        }
        What::Known(truth) => require(state.truth != Some(*truth), noted!("that truth is in force already")),
        What::Scheduled { inject, .. }
        | What::Awaited { inject, .. }
        | What::Delivered(inject)
        | What::Withheld(inject)
        | What::Cancelled(inject)
        | What::Fired(inject)
        | What::Held(inject)
        | What::Released(inject)
        | What::Skipped(inject) => pending(scenario, state, *inject, &fact.what),
        What::Again { inject, due, .. } => coming_again(scenario, state, *inject, (fact.at, *due)),
        What::Absent(evidence) => {
            let unseen = matches!(state.evidence[evidence.at()], Shelf::Available | Shelf::Hidden);
            require(unseen && fact.at == SimTime::ZERO, noted!("that evidence is part of the drill"))
        }
        What::Spread { spread, step } => spreading(state, *spread, *step, fact.at),
        What::Duty { duty, step } => owing(state, *duty, *step, fact.at),
        What::Met(inject) | What::Missed(inject) => {
            let idle = state.injects[inject.at()] == Delivery::Idle;
            require(checkpoint(scenario, *inject) && idle, noted!("no expected action is waited for there"))
        }
        What::Opened { .. }
        | What::Answered { .. }
        | What::Lapsed(_)
        | What::Closed(_)
        | What::Extended { .. }
        | What::Hinted { .. } => asked(scenario, state, &fact.what),
        What::Begun { until, .. } | What::Examining { until, .. } => {
            require(*until >= fact.at, noted!("it is done before it is begun"))?;
            require(state.busy.is_none(), noted!("something else is under way"))?;
            begun(scenario, state, &fact.what)
        }
        What::Did(action) => finished(state, Work::Action(*action), fact.at),
        What::Examined(evidence) => finished(state, Work::Evidence(*evidence), fact.at),
        What::Revealed(evidence) => {
            require(state.evidence[evidence.at()] == Shelf::Hidden, noted!("that evidence is there already"))
        }
        What::Moved { gauge, reads } => {
            let bounds = scenario.gauge(*gauge);
            require((bounds.min..=bounds.max).contains(reads), noted!("the gauge cannot read so much"))?;
            require(state.gauges[gauge.at()] != *reads, noted!("the gauge reads that already"))
        }
        What::Noted(text) => typed(text),
        What::Paused(_) => Ok(()),
        What::Resumed => require(state.paused.is_some(), noted!("the clock is running already")),
        What::Ended { .. } => {
            let open = state.questions.iter().any(|q| matches!(q, Asked::Open { .. }));
            require(!open, noted!("a question is still open"))
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
    require(picked && picks.len() == scenario.slots.len(), noted!("a slot has no such alternative"))?;
    let mut named: Vec<InjectId> =
        plan.iter().map(|(inject, _)| *inject).chain(left_out.iter().copied()).collect();
    named.sort_unstable();
    require(named.windows(2).all(|pair| pair[0] != pair[1]), noted!("an inject is planned twice"))
}

fn coming_again(
    scenario: &Scenario,
    state: &State,
    inject: InjectId,
    (at, due): (SimTime, SimTime),
) -> Result<(), Fault> {
    require(due > at, noted!("it comes again before it came"))?;
    let came = state.injects[inject.at()] == Delivery::Delivered;
    require(came && scenario.inject(inject).again.is_some(), noted!("that inject does not come again"))
}

fn pending(scenario: &Scenario, state: &State, inject: InjectId, what: &What) -> Result<(), Fault> {
    let stands = state.injects[inject.at()];
    let again = matches!(stands, Delivery::Again { .. });
    let anew = matches!(what, What::Scheduled { .. } | What::Awaited { .. } | What::Fired(_) | What::Held(_));
    require(!again || !anew, noted!("that inject has come already"))?;
    let held = matches!(stands, Delivery::Held(_));
    require(held || !matches!(what, What::Released(_)), noted!("that inject was not held"))?;
    let free = matches!(what, What::Awaited { .. } | What::Withheld(_) | What::Held(_));
    require(!held || !free, noted!("that inject was held"))?;
    let waits = matches!(
        stands,
        Delivery::Idle | Delivery::Due(_) | Delivery::Awaited(_) | Delivery::Again { .. } | Delivery::Held(_)
    );
    require(waits && !checkpoint(scenario, inject), noted!("that inject could not come any more"))
}

fn spreading(state: &State, spread: SpreadId, step: SpreadStep, at: SimTime) -> Result<(), Fault> {
    let stands = state.spreads[spread.at()];
    let later = |due: Option<SimTime>| due.is_none_or(|due| due > at);
    let can = match (step, stands) {
        (SpreadStep::LeftOut, Spreading::Idle) => at == SimTime::ZERO,
        (SpreadStep::Began { due }, Spreading::Idle) => due >= at,
        (SpreadStep::Went { due: next } | SpreadStep::Waited { due: next }, Spreading::On { due, .. }) => {
            due <= at && later(next)
        }
        (SpreadStep::Contained, Spreading::Idle | Spreading::On { .. }) => true,
        _ => false,
    };
    require(can, noted!("that spread does not stand where this could happen"))
}

fn owing(state: &State, duty: DutyId, step: DutyStep, at: SimTime) -> Result<(), Fault> {
    let owed = state.duties[duty.at()];
    let can = match (step, owed.clock) {
        (DutyStep::Started { due }, DutyClock::Idle | DutyClock::Early) => due >= at,
        (DutyStep::Declared { due }, _) => !owed.declared && due.is_none_or(|due| due >= at),
        (DutyStep::Met, DutyClock::Idle | DutyClock::Running(_) | DutyClock::Missed) => true,
        (DutyStep::Missed, DutyClock::Running(due)) => due <= at,
        _ => false,
    };
    require(can, noted!("that duty does not stand where this could happen"))
}

fn checkpoint(scenario: &Scenario, inject: InjectId) -> bool {
    matches!(scenario.inject(inject).kind, InjectKind::Checkpoint(_))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`happened` lists the kinds that come here")]
fn begun(scenario: &Scenario, state: &State, what: &What) -> Result<(), Fault> {
    match what {
        What::Begun { action, .. } => again(scenario, state, *action),
        What::Examining { evidence, .. } => {
            let there = state.evidence[evidence.at()] == Shelf::Available;
            require(there, noted!("that evidence is not there to examine"))
        }
        _ => Ok(()),
    }
}

fn again(scenario: &Scenario, state: &State, action: ActionId) -> Result<(), Fault> {
    require(
        scenario.action(action).often || !state.actions[action.at()],
        noted!("that can be done only once"),
    )
}

fn finished(state: &State, work: Work, at: SimTime) -> Result<(), Fault> {
    let under_way = state.busy.is_some_and(|(busy, until)| busy == work && until <= at);
    require(under_way, noted!("that was not under way, or not for long enough"))
}

fn typed(text: &str) -> Result<(), Fault> {
    require(
        !text.is_empty() && text.len() <= TYPED_BYTES_MAX,
        noted!("no trainee could write so little or so much"),
    )
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`happened` lists the kinds that come here")]
fn asked(scenario: &Scenario, state: &State, what: &What) -> Result<(), Fault> {
    let stands = |question: &QuestionId| state.questions[question.at()];
    match what {
        What::Opened { question, offered, .. } => {
            let distinct = offered.iter().copied().collect::<ChoiceSet>().len() == offered.len();
            require(stands(question) == Asked::Idle && distinct, noted!("that question could not open"))
        }
        What::Answered { question, answer, confidence, reason } => {
            answered(scenario, stands(question), *question, answer)?;
            require(
                confidence.is_none_or(|c| CONFIDENCE_STEPS.contains(&c)),
                noted!("that confidence is not on offer"),
            )?;
            reason.as_deref().map_or(Ok(()), typed)
        }
        What::Lapsed(question) => {
            require(matches!(stands(question), Asked::Open { .. }), noted!("that question is not open"))
        }
        What::Closed(question) => {
            let can = matches!(stands(question), Asked::Open { .. } | Asked::Idle);
            require(can, noted!("that question cannot be withdrawn"))
        }
        What::Extended { question, lapses: later, .. } => {
            let longer = matches!(stands(question), Asked::Open { lapses, .. } if lapses < *later);
            require(longer, noted!("that question is not open, or has that time already"))
        }
        What::Hinted { question, hint } => {
            let next = matches!(stands(question), Asked::Open { hints, .. } if hints == *hint);
            let exists = usize::from(*hint) < scenario.question(*question).hints.len();
            require(next && exists, noted!("that hint could not be taken"))
        }
        _ => Ok(()),
    }
}

fn answered(scenario: &Scenario, stands: Asked, id: QuestionId, answer: &Answer) -> Result<(), Fault> {
    let question = scenario.question(id);
    let (offered, revision) = match stands {
        Asked::Open { offered, .. } => (offered, false),
        Asked::Answered { .. } => (ChoiceSet::default(), true),
        Asked::Idle | Asked::Lapsed | Asked::Closed => {
            return Err(Fault::new(noted!("that question is not open")));
        }
    };
    let within = |choices: ChoiceSet| choices.iter().all(|c| offered.has(c));
    let fits = match (&question.ask, answer) {
        (Ask::Triage(_) | Ask::ChooseOne, Answer::One(choice)) => offered.has(*choice),
        (Ask::ChooseSeveral, Answer::Several(choices)) => within(*choices),
        (Ask::PutInOrder { .. } | Ask::Record { .. }, Answer::Order(order)) => {
            let set: ChoiceSet = order.iter().copied().collect();
            set.len() == order.len() && within(set)
        }
        (Ask::Assign(_), Answer::Pairs(pairs)) => {
            pairs.is_sorted() && pairs.iter().all(|pair| pair.by.is_none()) && once_each(pairs, offered)
        }
        (Ask::Notify(spec), Answer::Pairs(pairs)) => {
            let by = |pair: &Pair| pair.by.is_none() == spec.by.is_empty();
            pairs.is_sorted() && pairs.iter().all(by) && once_each(pairs, offered)
        }
        (Ask::Estimate(_), Answer::Number(_)) => true,
        (Ask::Categorize(spec), Answer::Category(_)) => spec.revisable || !revision,
        (Ask::Reflect { .. }, Answer::Text(text)) => typed(text).is_ok(),
        _ => false,
    };
    let once = !revision || matches!(question.ask, Ask::Categorize(_));
    require(fits && once, noted!("that does not answer the question"))
}

fn once_each(pairs: &[Pair], offered: ChoiceSet) -> bool {
    let rows: ChoiceSet = pairs.iter().map(|pair| pair.row).collect();
    rows.len() == pairs.len() && rows.iter().all(|row| offered.has(row))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::{Input, PauseCause, Seed, Settings, Submission, decide, next_moment};
    use crate::scenario::{
        Category, ChoiceId, ClassId, EndingId, EvidenceId, GaugeId, KindId, LevelId, PartnerId, SeatSet,
        TruthId, load,
    };

    const SCRIPTS: [&str; 4] = [
        include_str!("../../tests/fixtures/night-shift.ron"),
        include_str!("../../tests/fixtures/reference.ron"),
        include_str!("../../tests/fixtures/small-drill.ron"),
        include_str!("../../scenarios/ward-round.ron"),
    ];

    fn scenario(script: usize) -> Scenario {
        load(SCRIPTS[script]).scenario.expect("fixtures load")
    }

    fn start(scenario: &Scenario) -> (State, Vec<Fact>) {
        let settings = Settings { seed: Seed(41), untimed: false, factor: 100, seats: SeatSet::ALL };
        let mut state = State::new(scenario);
        let facts = decide(scenario, &state, SimTime::ZERO, &Input::Start(settings)).expect("a drill starts");
        for fact in &facts {
            assert_eq!(admit(scenario, &state, fact), Ok(()));
            state.apply(fact);
        }
        (state, facts)
    }

    /// An input made of small numbers; many are refused, and many are not.
    fn input(scenario: &Scenario, state: &State, kind: u8, row: u16, part: u8) -> Input {
        // Mostly about questions that were asked, and three answers in four of the kind that was asked for.
        let asked: Vec<usize> =
            (0..state.questions.len()).filter(|q| state.questions[*q] != Asked::Idle).collect();
        let any = QuestionId::of(usize::from(row) % state.questions.len()).0;
        let row = asked.get(usize::from(row) % (asked.len() + 1)).map_or(any, |q| QuestionId::of(*q).0);
        let ask = &scenario.question(QuestionId(row)).ask;
        let kind = match ask {
            _ if kind > 6 || part % 4 == 3 => kind,
            Ask::Triage(_) | Ask::ChooseOne => 0,
            Ask::ChooseSeveral => 1,
            Ask::PutInOrder { .. } | Ask::Record { .. } => 2,
            Ask::Estimate(_) => 3,
            Ask::Categorize(_) => 4 + part % 2,
            Ask::Reflect { .. } => 6,
            Ask::Assign(_) | Ask::Notify(_) => 18,
        };
        let choice = ChoiceId(part % 6);
        let level = Some(LevelId(part % 4));
        let mut category = Category {
            class: Some(ClassId(7)),
            kind: Some(KindId(part % 4)),
            severity: level,
            ..Category::default()
        };
        if let Ask::Categorize(spec) = ask {
            category.impact = spec.impact.map(|asked| level.filter(|_| asked));
        }
        let inject = InjectId::of(usize::from(part) % scenario.injects.len());
        let by = if let Ask::Notify(spec) = ask { spec.by.get(usize::from(part % 2)).copied() } else { None };
        let pair = |row| Pair { row, with: PartnerId(part % 3), by };
        let answer = match kind {
            0 => Answer::One(choice),
            1 => Answer::Several(ChoiceSet(u32::from(part))),
            2 => Answer::Order((0..=part % 3).map(ChoiceId).collect()),
            3 => Answer::Number(i64::from(part)),
            4 => Answer::Category(category),
            5 => Answer::Category(Category { too_early: true, ..Category::default() }),
            6 => Answer::Text("a word".into()),
            18 => Answer::Pairs((0..part % 4).rev().map(ChoiceId).map(pair).collect()),
            7 => return Input::Do(ActionId(row % 4)),
            8 => return Input::Examine(EvidenceId(row % 4)),
            9 => return Input::Hint(QuestionId(row)),
            10 => return Input::MoreTime(QuestionId(row)),
            11 => return Input::Note("a note".into()),
            12 => return Input::Pause(PauseCause::Asked),
            13 => return Input::Resume,
            14 => return Input::End,
            19 => return Input::Fire(inject),
            20 => return Input::Hold(inject),
            21 | 22 => return Input::Release(inject),
            23 => return Input::Skip(inject),
            24 => return Input::Extend(QuestionId(row), SimTime(u32::from(part))),
            _ => return Input::Tick,
        };
        let reason = part.is_multiple_of(2).then(|| "because".to_owned());
        Input::Answer(Submission { question: QuestionId(row), answer, confidence: Some(75), reason })
    }

    proptest! {
        /// The second door refuses nothing that the engine does.
        #[test]
        fn whatever_the_engine_decides_is_admitted(
            script in 0..SCRIPTS.len(),
            // Ending on request comes seldom, or no drill would get far.
            steps in proptest::collection::vec((0..200u8, 0..1_000u16, any::<u8>(), 0..400u32), 1..120),
        ) {
            let scenario = scenario(script);
            let (mut state, _) = start(&scenario);
            for (kind, row, part, wait) in steps {
                let kind = if kind == 199 { 14 } else { kind % 25 };
                let kind = if kind == 14 && part > 0 { 15 } else { kind };
                let now = state.at.plus(SimTime(wait)).min(next_moment(&scenario, &state).unwrap_or(state.at));
                let facts = decide(&scenario, &state, now, &input(&scenario, &state, kind, row, part)).unwrap_or_default();
                for fact in &facts {
                    prop_assert_eq!(admit(&scenario, &state, fact), Ok(()), "{:?}", fact);
                    state.apply(fact);
                }
            }
        }
    }

    #[test]
    fn whatever_somebody_types_is_admitted_or_was_refused() {
        let scenario = scenario(2);
        let (state, _) = start(&scenario);
        for (typed, taken) in [
            ("x".repeat(TYPED_BYTES_MAX), true),
            ("\r".repeat(TYPED_BYTES_MAX / 3) + "x", true),
            // As a browser sends lines: what stands for each sign is longer than the sign.
            ("line\r\n".repeat(TYPED_BYTES_MAX / 6), false),
        ] {
            let facts = decide(&scenario, &state, SimTime(1), &Input::Note(typed));
            assert_eq!(facts.is_ok(), taken);
            for fact in facts.unwrap_or_default() {
                assert_eq!(admit(&scenario, &state, &fact), Ok(()));
            }
        }
    }

    #[test]
    fn what_could_not_have_happened_is_refused() {
        let scenario = scenario(2);
        let (state, _) = start(&scenario);
        let refused = |state: &State, at: u32, what: What| {
            let fact = Fact { at: SimTime(at), what };
            assert!(admit(&scenario, state, &fact).is_err(), "{fact:?}");
        };
        let answer = |question, answer| What::Answered {
            question: QuestionId(question),
            answer,
            confidence: None,
            reason: None,
        };
        refused(&State::new(&scenario), 0, What::Resumed);
        refused(&state, 100_000, What::Noted("after the end".into()));
        refused(&state, 1, What::Resumed);
        refused(&state, 1, What::Delivered(InjectId(0)));
        refused(&state, 1, What::Met(InjectId(1)));
        refused(&state, 1, answer(1, Answer::One(ChoiceId(0))));
        refused(&state, 1, answer(0, Answer::Number(3)));
        refused(&state, 1, What::Lapsed(QuestionId(1)));
        refused(&state, 1, What::Hinted { question: QuestionId(0), hint: 0 });
        refused(&state, 1, What::Did(ActionId(0)));
        refused(&state, 1, What::Begun { action: ActionId(0), until: SimTime(0) });
        refused(&state, 1, What::Moved { gauge: GaugeId(0), reads: 101 });
        refused(&state, 1, What::Moved { gauge: GaugeId(0), reads: 0 });
        refused(&state, 1, What::Noted(String::new()));
        refused(&state, 1, What::Noted("x".repeat(TYPED_BYTES_MAX + 1)));
        let extended =
            |granted| What::Extended { question: QuestionId(0), lapses: SimTime(9_000), good: None, granted };
        let waits =
            state.injects.iter().position(|stands| matches!(stands, Delivery::Due(_))).map(InjectId::of);
        let waits = waits.expect("something is still to come");
        let ended = What::Ended { cause: crate::engine::EndCause::Time, ending: EndingId(0) };
        refused(&state, 600, ended.clone());
        let mut later = state.clone();
        later.apply(&Fact { at: SimTime(50), what: What::Paused(PauseCause::Asked) });
        refused(&later, 49, What::Resumed);
        refused(&later, 60, What::Delivered(InjectId(1)));
        refused(&later, 60, What::Fired(waits));
        refused(&later, 60, What::Released(waits));
        refused(&later, 60, extended(None));
        for what in [What::Held(waits), What::Skipped(waits), extended(Some(SimTime(60)))] {
            assert_eq!(admit(&scenario, &later, &Fact { at: SimTime(60), what }), Ok(()), "in a pause");
        }
        later.apply(&Fact { at: SimTime(60), what: What::Lapsed(QuestionId(0)) });
        assert_eq!(admit(&scenario, &later, &Fact { at: SimTime(60), what: ended.clone() }), Ok(()));
        later.apply(&Fact { at: SimTime(60), what: ended });
        refused(&later, 60, What::Noted("too late".into()));
        refused(&later, 60, What::Known(TruthId(0)));
    }

    #[test]
    fn a_trainer_s_act_is_lawful_only_where_something_waits() {
        let scenario = scenario(2);
        let (state, _) = start(&scenario);
        let refused = |state: &State, at: u32, what: What| {
            let fact = Fact { at: SimTime(at), what };
            assert!(admit(&scenario, state, &fact).is_err(), "{fact:?}");
        };
        for steered in [What::Fired, What::Held, What::Released, What::Skipped] {
            refused(&state, 1, steered(InjectId(0)));
        }
        let waits =
            state.injects.iter().position(|stands| matches!(stands, Delivery::Due(_))).map(InjectId::of);
        let waits = waits.expect("something is still to come");
        refused(&state, 1, What::Released(waits));
        let mut held = state.clone();
        held.apply(&Fact { at: SimTime(1), what: What::Held(waits) });
        for what in
            [What::Held(waits), What::Withheld(waits), What::Awaited { inject: waits, until: SimTime(9) }]
        {
            refused(&held, 2, what);
        }
        for what in [What::Released(waits), What::Fired(waits), What::Skipped(waits)] {
            assert_eq!(admit(&scenario, &held, &Fact { at: SimTime(2), what }), Ok(()));
        }
    }
}
