//! The rules of a drill, as drills; and what must hold for every drill.

use breachdrill::drill::Drill;
use breachdrill::engine::{
    Asked, Delivery, DutyClock, Fact, Input, Item, Refusal, Spreading, State, What, decide, holds, step,
};
use breachdrill::journal::{Digest, Journal, JournalError, Memory};
use breachdrill::scenario::{
    DutyId, InjectId, InjectKind, QuestionId, Scenario, SimTime, SpreadId, SpreadStart, Trigger,
};
use proptest::prelude::*;

use crate::support::{MACHINE_ROOM, Rehearsal, at_random, scenario, settings, steered_at_random};

fn inject(scenario: &Scenario, name: &str) -> breachdrill::scenario::InjectId {
    let row = scenario.injects.iter().position(|i| i.name.as_str() == name).unwrap();
    breachdrill::scenario::InjectId::of(row)
}

fn question(scenario: &Scenario, name: &str) -> breachdrill::scenario::QuestionId {
    let row = scenario.questions.iter().position(|q| q.name.as_str() == name).unwrap();
    breachdrill::scenario::QuestionId::of(row)
}

fn when(facts: &[Fact], what: impl Fn(&What) -> bool) -> Option<SimTime> {
    facts.iter().find(|f| what(&f.what)).map(|f| f.at)
}

#[test]
fn silence_lapses_and_has_effects() {
    let room = scenario(MACHINE_ROOM);
    let facts = Rehearsal::of(&room).facts();
    let is_it = question(&room, "is-it");
    assert_eq!(when(&facts, |w| *w == What::Lapsed(is_it)), Some(SimTime(240)));
    assert!(facts.iter().any(|f| f.at == SimTime(240) && matches!(f.what, What::Moved { .. })));
    let post = inject(&room, "post");
    assert_eq!(when(&facts, |w| *w == What::Delivered(post)), Some(SimTime(300)), "a minute after the lapse");
}

#[test]
fn a_condition_is_waited_for_until_its_end() {
    let room = scenario(MACHINE_ROOM);
    let nudge = inject(&room, "nudge");
    let silent = Rehearsal::of(&room).facts();
    assert_eq!(when(&silent, |w| *w == What::Delivered(nudge)), Some(SimTime(720)));
    let called = Rehearsal::of(&room).steps(r#"(at: "1m", does: Do("call"))"#).facts();
    assert_eq!(when(&called, |w| *w == What::Delivered(nudge)), None);
    assert_eq!(when(&called, |w| *w == What::Withheld(nudge)), Some(SimTime(18 * 60)));
}

#[test]
fn actions_take_their_time_and_are_done_one_by_one() {
    let room = scenario(MACHINE_ROOM);
    let (facts, notices) = Rehearsal::of(&room)
        .steps(r#"(at: "2m", does: Do("call")), (at: "3m", does: Examine("panel")), (at: "30m", does: Do("call"))"#)
        .run();
    assert_eq!(when(&facts, |w| matches!(w, What::Did(_))), Some(SimTime(300)));
    assert_eq!(when(&facts, |w| matches!(w, What::Examining { .. })), Some(SimTime(300)), "after the call");
    assert_eq!(when(&facts, |w| matches!(w, What::Examined(_))), Some(SimTime(420)));
    assert_eq!(notices.len(), 1, "a call is made once: {notices:?}");
}

#[test]
fn checkpoints_are_met_in_their_window_or_missed() {
    let room = scenario(MACHINE_ROOM);
    let calls = inject(&room, "calls");
    let met = Rehearsal::of(&room).steps(r#"(at: "1m", does: Do("call"))"#).facts();
    assert_eq!(when(&met, |w| *w == What::Met(calls)), Some(SimTime(240)));
    let missed = Rehearsal::of(&room).facts();
    assert_eq!(when(&missed, |w| *w == What::Missed(calls)), Some(SimTime(16 * 60)));
    let ended = Rehearsal::of(&room).steps(r#"(at: "1m", does: End)"#).facts();
    assert_eq!(when(&ended, |w| *w == What::Missed(calls)), None, "its window never opened");
}

#[test]
fn a_choice_is_offered_only_when_its_condition_holds() {
    let room = scenario(MACHINE_ROOM);
    let what = question(&room, "what");
    let offered = |facts: &[Fact]| {
        facts.iter().find_map(|f| {
            let What::Opened { question, offered, .. } = &f.what else { return None };
            (*question == what).then_some(offered.len())
        })
    };
    assert_eq!(offered(&Rehearsal::of(&room).facts()), Some(3));
    let looked = Rehearsal::of(&room).steps(r#"(at: "1m", does: Examine("panel"))"#).facts();
    assert_eq!(offered(&looked), Some(4));
}

#[test]
fn truth_changes_with_time_and_with_evidence() {
    let room = scenario(MACHINE_ROOM);
    let known = |facts: &[Fact]| -> Vec<u32> {
        facts.iter().filter(|f| matches!(f.what, What::Known(_))).map(|f| f.at.0 / 60).collect()
    };
    assert_eq!(known(&Rehearsal::of(&room).facts()), [0, 6, 20]);
    let looked = Rehearsal::of(&room).steps(r#"(at: "7m", does: Examine("trace"))"#).facts();
    assert_eq!(known(&looked), [0, 6, 11]);
}

#[test]
fn an_ending_that_applies_at_once_ends_the_drill() {
    let room = scenario(MACHINE_ROOM);
    let kicks = (0..6).map(|n| format!(r#"(at: "{n}m", does: Do("kick")),"#)).collect::<String>();
    let facts = Rehearsal::of(&room).steps(&kicks).facts();
    let last = facts.last().unwrap();
    assert!(matches!(last.what, What::Ended { .. }) && last.at < room.clock.length, "{last:?}");
    let state = State::after(&room, &facts);
    assert!(!state.questions.iter().any(|q| matches!(q, Asked::Open { .. })), "nothing stays open");
}

#[test]
fn nothing_follows_in_the_moment_of_endex() {
    // Work that ends the drill is done in the second in which a question opens on
    // the clock, an inject is due, and a condition comes true.
    let text = MACHINE_ROOM
        .replace(
            "takes: \"1m\", stage: Response, when: AtLeast(\"heat\", 80)",
            "takes: \"1m\", stage: Response",
        )
        .replace("\"answer\": (after: Did(\"call\")", "\"answer\": (after: Did(\"leave\")")
        .replace("\"late\": (via", "\"late\": (when: Did(\"leave\"), via");
    let room = scenario(&text);
    let facts = Rehearsal::of(&room).steps(r#"(at: "4m", does: Do("leave"))"#).facts();
    assert!(matches!(facts.last().unwrap().what, What::Ended { .. }));
    assert_eq!(facts.last().unwrap().at, SimTime(300), "a question opens then, too");
}

#[test]
fn more_time_moves_the_lapse_and_untimed_drills_do_not_lapse() {
    let room = scenario(MACHINE_ROOM);
    let is_it = question(&room, "is-it");
    let lapsed = |facts: Vec<Fact>| when(&facts, |w| *w == What::Lapsed(is_it)).unwrap();
    let more = Rehearsal::of(&room).steps(r#"(at: "3m", does: MoreTime("is-it"))"#).facts();
    assert_eq!(lapsed(more), SimTime(360));
    assert_eq!(lapsed(Rehearsal::of(&room).factor(200).facts()), SimTime(480));
    assert_eq!(lapsed(Rehearsal::of(&room).untimed().facts()), room.clock.length);
}

#[test]
fn a_categorization_may_be_revised_and_other_answers_may_not() {
    let room = scenario(MACHINE_ROOM);
    let steps = r#"
        (at: "1m", does: Do("call")),
        (asked: "cat", after: "1m", does: Categorize(class: "availability", severity: "low", functional: "low")),
        (asked: "cat", after: "5m", does: Categorize(class: "availability", kind: "sabotage", severity: "high", functional: "low")),
        (asked: "what", after: "1m", does: Choose("wait")),
        (asked: "what", after: "2m", does: Choose("close")),"#;
    let (facts, notices) = Rehearsal::of(&room).steps(steps).run();
    assert_eq!(facts.iter().filter(|f| matches!(f.what, What::Answered { .. })).count(), 3);
    assert!(notices.iter().any(|n| n.contains("step 5") && n.contains("not open")), "{notices:?}");
}

#[test]
fn seeds_vary_what_may_vary_and_nothing_else() {
    let room = scenario(MACHINE_ROOM);
    let runs: Vec<Vec<Fact>> = (0..12).map(|seed| Rehearsal::of(&room).seed(seed).facts()).collect();
    let smell = inject(&room, "smell");
    let maybe = inject(&room, "maybe");
    let at: std::collections::BTreeSet<_> =
        runs.iter().map(|f| when(f, |w| *w == What::Delivered(smell)).unwrap()).collect();
    assert!(at.len() > 6 && at.iter().all(|t| (180..=360).contains(&t.0)), "{at:?}");
    let came = runs.iter().filter(|f| when(f, |w| *w == What::Delivered(maybe)).is_some()).count();
    assert!((1..12).contains(&came), "it comes in some drills: {came}");
    assert_eq!(runs[3], Rehearsal::of(&room).seed(3).facts(), "same seed, same facts");
}

#[test]
fn what_the_drill_will_not_do_changes_nothing() {
    let room = scenario(MACHINE_ROOM);
    let mut drill = Drill::new(&room, Memory::default());
    let refused = |drill: &mut Drill<'_, Memory>, at: u32, input: Input| {
        let before = drill.facts().len();
        let refusal = drill.submit(SimTime(at), &input).unwrap().unwrap_err();
        assert_eq!(drill.facts().len(), before);
        refusal
    };
    assert_eq!(refused(&mut drill, 0, Input::End), Refusal::NotStarted);
    drill.submit(SimTime::ZERO, &Input::Start(settings(1))).unwrap().unwrap();
    assert_eq!(refused(&mut drill, 0, Input::Start(settings(1))), Refusal::AlreadyStarted);
    assert_eq!(refused(&mut drill, 0, Input::Resume), Refusal::NotPaused);
    assert_eq!(refused(&mut drill, 0, Input::Hint(question(&room, "what"))), Refusal::NotOpen);
    assert_eq!(refused(&mut drill, 0, Input::Note("   ".into())), Refusal::Empty);
    assert_eq!(refused(&mut drill, 0, Input::Note("x".repeat(5_000))), Refusal::TooLong);
    let leave = breachdrill::scenario::ActionId(2);
    assert_eq!(refused(&mut drill, 0, Input::Do(leave)), Refusal::NotAvailable);
    let pause = Input::Pause(breachdrill::engine::PauseCause::Asked);
    drill.submit(SimTime(5), &pause).unwrap().unwrap();
    assert_eq!(refused(&mut drill, 9_000, Input::Do(leave)), Refusal::Paused);
    assert_eq!(drill.next_moment(), None, "a paused drill waits for nothing");
    drill.submit(SimTime(5), &Input::Resume).unwrap().unwrap();
    assert_eq!(refused(&mut drill, 4, Input::End), Refusal::Past);
}

#[test]
fn a_refused_step_leaves_the_state_as_it_was() {
    let room = scenario(MACHINE_ROOM);
    let (mut state, mut facts) = (State::new(&room), Vec::new());
    step(&room, &mut state, SimTime::ZERO, &Input::Start(settings(1)), &mut facts).unwrap();
    let before = (state.clone(), facts.len());
    let leave = Input::Do(breachdrill::scenario::ActionId(2));
    assert_eq!(step(&room, &mut state, SimTime::ZERO, &leave, &mut facts), Err(Refusal::NotAvailable));
    assert_eq!((state.clone(), facts.len()), before);
    let late = SimTime(300);
    assert!(matches!(decide(&room, &state, late, &leave), Err(Refusal::TickFirst(_))));
    assert_eq!(step(&room, &mut state, late, &leave, &mut facts), Err(Refusal::NotAvailable));
    assert!(facts.len() > before.1, "what was due by then has happened");
}

#[test]
fn what_is_done_in_a_pause_happens_where_the_clock_stands() {
    let room = scenario(MACHINE_ROOM);
    let mut drill = Drill::new(&room, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(settings(1))).unwrap().unwrap();
    let pause = Input::Pause(breachdrill::engine::PauseCause::Asked);
    drill.submit(SimTime(5), &pause).unwrap().unwrap();
    // A clock that ran on for a second before it stopped must not skip what is due in it.
    for input in [Input::Note("meanwhile".into()), Input::Resume] {
        let facts = drill.submit(SimTime(900), &input).unwrap().unwrap();
        assert!(facts.iter().all(|fact| fact.at == SimTime(5)), "{facts:?}");
    }
    drill.advance(room.clock.length).unwrap();
    assert_eq!(when(drill.facts(), |w| *w == What::Lapsed(question(&room, "is-it"))), Some(SimTime(240)));
}

/// A journal that refuses one append of many.
struct Flaky {
    left: u32,
    kept: Memory,
}

impl Journal for Flaky {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        self.left = self.left.wrapping_sub(1);
        if self.left == 0 { Err(JournalError::TooLarge("full".into())) } else { self.kept.append(facts) }
    }
    fn len(&self) -> usize {
        self.kept.len()
    }
    fn head(&self) -> Option<Digest> {
        None
    }
}

#[test]
fn what_the_journal_could_not_take_has_not_happened() {
    let room = scenario(MACHINE_ROOM);
    let undisturbed = Rehearsal::of(&room).facts();
    for left in 1..=12 {
        let mut drill = Drill::new(&room, Flaky { left, kept: Memory::default() });
        let mut failures = 0;
        while !drill.state().over() {
            let before = (drill.facts().len(), drill.state().clone());
            let done = match drill.state().at {
                SimTime::ZERO if before.0 == 0 => {
                    drill.submit(SimTime::ZERO, &Input::Start(settings(1))).map(drop)
                }
                _ => drill.step(room.clock.length).map(drop),
            };
            if done.is_err() {
                failures += 1;
                assert_eq!((drill.facts().len(), drill.state().clone()), before);
                assert_eq!(drill.journal().len(), before.0);
            }
        }
        assert_eq!(failures, 1, "at append {left}");
        assert_eq!(drill.facts(), &undisturbed[..]);
    }
}

#[test]
fn a_full_drill_can_still_be_ended() {
    let room = scenario(MACHINE_ROOM);
    let mut drill = Drill::new(&room, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(settings(1))).unwrap().unwrap();
    let note = Input::Note("again".into());
    while drill.enter(SimTime(1), &note).unwrap().is_ok() {}
    let late = SimTime(1_800);
    assert_eq!(drill.enter(late, &note).unwrap(), Err(Refusal::Full));
    drill.enter(late, &Input::End).unwrap().unwrap();
    assert!(drill.state().over() && drill.facts().len() < breachdrill::limits::FACTS_READ_MAX);
}

#[test]
fn terminal_escapes_in_what_is_typed_are_made_visible() {
    let room = scenario(MACHINE_ROOM);
    let facts = Rehearsal::of(&room).steps(r#"(at: "1m", does: Note("a\u{1b}[2Jb\rc"))"#).facts();
    assert!(facts.iter().any(|f| f.what == What::Noted("a\u{fffd}[2Jb\u{fffd}c".into())));
}

/// What waits although its condition holds at `now`; nothing does, once a moment is over.
fn left_waiting(scenario: &Scenario, state: &State, now: SimTime) -> Vec<String> {
    let holds = |condition| holds(condition, state, now);
    let mut left = Vec::new();
    for (inject, stands) in scenario.injects.iter().zip(&state.injects) {
        let comes = match (stands, &inject.kind, &inject.trigger) {
            (Delivery::Idle, InjectKind::Checkpoint(window), _) => {
                window.opens <= now && (holds(&window.met_when) || window.closes <= now)
            }
            (Delivery::Idle | Delivery::Held(SimTime::NEVER), _, Trigger::After(condition, _)) => {
                holds(condition)
            }
            (Delivery::Idle | Delivery::Held(SimTime::NEVER), _, Trigger::When) => holds(&inject.when),
            (Delivery::Awaited(until), ..) => *until <= now || holds(&inject.when),
            (Delivery::Due(due) | Delivery::Again { due, .. }, ..) => *due <= now,
            _ => false,
        };
        if comes {
            left.push(format!("{} at {now}", inject.name));
        }
    }
    for (spread, stands) in scenario.spreads.iter().zip(&state.spreads) {
        let comes = match (stands, &spread.start) {
            (Spreading::On { due, .. }, _) => *due <= now,
            (Spreading::Idle, SpreadStart::When(start)) => holds(start),
            _ => false,
        };
        let open = matches!(stands, Spreading::Idle | Spreading::On { .. });
        if comes || open && spread.unless.as_ref().is_some_and(holds) {
            left.push(format!("{} at {now}", spread.name));
        }
    }
    for (duty, owed) in scenario.duties.iter().zip(&state.duties) {
        let starts = matches!(owed.clock, DutyClock::Idle | DutyClock::Early);
        let open = matches!(owed.clock, DutyClock::Idle | DutyClock::Running(_) | DutyClock::Missed);
        let late = matches!(owed.clock, DutyClock::Running(due) if due <= now);
        if late
            || starts && duty.starts.as_ref().is_some_and(holds)
            || open && duty.met.as_ref().is_some_and(holds)
        {
            left.push(format!("{} at {now}", duty.name));
        }
    }
    for ending in scenario.endings.iter().filter(|ending| ending.at_once && holds(&ending.when)) {
        left.push(format!("{} at {now}", ending.name));
    }
    let truths = scenario.truth.iter().enumerate().filter(|(_, t)| t.from <= now && holds(&t.when));
    let in_force = truths.max_by_key(|(row, truth)| (truth.from, *row)).map(|(row, _)| row);
    if in_force.is_some() && state.truth.map(|truth| truth.at()) != in_force {
        left.push(format!("a truth at {now}"));
    }
    left
}

/// What is due, read off the tables row by row.
fn agenda(state: &State) -> Vec<(SimTime, Item)> {
    let mut due: Vec<_> = state.busy.iter().map(|(_, until)| (*until, Item::Work)).collect();
    for (row, asked) in state.questions.iter().enumerate() {
        if let Asked::Open { lapses, .. } = asked
            && *lapses != SimTime::NEVER
        {
            due.push((*lapses, Item::Lapse(QuestionId::of(row))));
        }
    }
    for (row, stands) in state.injects.iter().enumerate() {
        if let Delivery::Due(at) | Delivery::Awaited(at) | Delivery::Again { due: at, .. } = stands {
            due.push((*at, Item::Inject(InjectId::of(row))));
        }
    }
    for (row, spread) in state.spreads.iter().enumerate() {
        if let Spreading::On { due: at, .. } = spread {
            due.push((*at, Item::Step(SpreadId::of(row))));
        }
    }
    for (row, owed) in state.duties.iter().enumerate() {
        if let DutyClock::Running(at) = owed.clock {
            due.push((at, Item::Deadline(DutyId::of(row))));
        }
    }
    due.sort_unstable();
    due
}

/// The machine room, where things go on by themselves and clocks run.
pub(crate) fn busy_room() -> Scenario {
    let world = r#"
    spreads: {
        "leak": (label: "It leaks", first: "3m", every: "2m", jitter: "50s", while: AtMost("heat", 80), unless: All([Did("call"), From("25m")]), then: [Add("heat", 4)]),
        "echo": (label: "It is heard", start: AtLeast("heat", 40), every: "4m", times: 5, chance: 70, then: [Add("trust", -3), MeetDuty("late")]),
        "panic": (label: "They run", first: "1m", every: "5m", unless: Contained("leak"), then: [Add("heat", 1)]),
    },
    duties: {
        "report": (label: "Report it", deadline: Within("9m"), to: "ada", starts: Spreading("echo"), met: Did("call"), why: "It is owed.", source: "manual"),
        "late": (label: "Say why", deadline: Within("12m"), to: "bo", starts: DutyMissed("report"), met: Answered("log"), why: "It is owed.", source: "manual"),
        "told": (label: "Tell them", deadline: Days(1), to: "bo", met: Lapsed("what"), why: "It is owed.", source: "manual"),
    },
    injects: {
        "drip": (at: "2m", every: "3m", times: 9, jitter: "1m", when: Not(DutyRunning("report")), unless: Did("leave"), via: Desk(from: "bo"), body: "Drip.", then: [Add("heat", 1), Start("panic")]),
        "owed": (when: DutyRunning("late"), via: Desk(from: "bo"), body: "You owe us.", then: [StartDuty("told"), Cancel("drip")]),
        "dry": (after: Contained("leak"), delay: "1m", via: Desk(from: "ada"), body: "It is dry.", then: [Ask("cat"), DeclareDuty("told")]),
"#;
    scenario(&MACHINE_ROOM.replace("    injects: {\n", world))
}

fn dice() -> impl Strategy<Value = Vec<(u16, u32)>> {
    prop::collection::vec((0u16..240, any::<u32>()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_size_of_a_tick_does_not_matter(
        seed in 0u64..50, dice in dice(), steps in 1u32..90, busy in any::<bool>(), steered in any::<bool>()
    ) {
        let room = if busy { busy_room() } else { scenario(MACHINE_ROOM) };
        let play = if steered { steered_at_random } else { at_random };
        let (coarse, inputs) = play(&room, settings(seed), &dice);
        let mut fine = Drill::new(&room, Memory::default());
        fine.submit(SimTime::ZERO, &Input::Start(settings(seed))).unwrap().unwrap();
        let mut now = SimTime::ZERO;
        for (at, input) in &inputs {
            while now < *at {
                now = (now + SimTime(steps)).min(*at);
                fine.advance(now).unwrap();
            }
            prop_assert!(fine.submit(*at, input).unwrap().is_ok());
        }
        while now < room.clock.length {
            now = (now + SimTime(steps)).min(room.clock.length);
            fine.advance(now).unwrap();
        }
        prop_assert_eq!(fine.facts(), &coarse[..]);
    }

    #[test]
    fn every_drill_keeps_the_rules(seed in 0u64..50, dice in dice(), steered in any::<bool>()) {
        let room = scenario(MACHINE_ROOM);
        let play = if steered { steered_at_random } else { at_random };
        let (facts, _) = play(&room, settings(seed), &dice);
        let state = State::after(&room, &facts);
        prop_assert!(state.over(), "every drill ends");
        prop_assert!(facts.windows(2).all(|pair| pair[0].at <= pair[1].at), "time never steps back");
        for row in 0..room.injects.len() {
            let id = breachdrill::scenario::InjectId::of(row);
            let times = facts.iter().filter(|f| f.what == What::Delivered(id)).count();
            prop_assert!(times <= 1, "{} came {times} times", room.injects[row].name);
        }
        for row in 0..room.questions.len() {
            let id = breachdrill::scenario::QuestionId::of(row);
            let opened = facts.iter().filter(|f| matches!(&f.what, What::Opened { question, .. } if *question == id)).count();
            prop_assert!(opened <= 1);
            let settled = matches!(state.questions[row], Asked::Answered { .. } | Asked::Lapsed | Asked::Closed);
            let withdrawn = state.questions[row] == Asked::Closed;
            prop_assert!(opened == 0 || settled, "what opened is settled");
            prop_assert!(opened == 1 || !settled || withdrawn, "what is settled was open, or withdrawn");
        }
        for (gauge, reads) in room.gauges.iter().zip(&state.gauges) {
            prop_assert!((gauge.min..=gauge.max).contains(reads));
        }
    }

    #[test]
    fn nothing_that_may_happen_is_left_waiting(
        seed in 0u64..50, dice in dice(), busy in any::<bool>(), steered in any::<bool>()
    ) {
        let room = if busy { busy_room() } else { scenario(MACHINE_ROOM) };
        let play = if steered { steered_at_random } else { at_random };
        let (facts, _) = play(&room, settings(seed), &dice);
        let mut state = State::new(&room);
        for (row, fact) in facts.iter().enumerate() {
            state.apply(fact);
            prop_assert_eq!(state.agenda.iter().collect::<Vec<_>>(), agenda(&state), "after {:?}", fact);
            let next = facts.get(row + 1).map_or(fact.at, |next| next.at);
            for now in (fact.at.0..next.0).map(SimTime) {
                prop_assert_eq!(left_waiting(&room, &state, now), Vec::<String>::new());
            }
        }
    }

    #[test]
    fn a_step_is_a_decision_folded_in_at_once(seed in 0u64..50, dice in dice(), steered in any::<bool>()) {
        let room = busy_room();
        let play = if steered { steered_at_random } else { at_random };
        let (facts, inputs) = play(&room, settings(seed), &dice);
        let (mut state, mut stepped) = (State::new(&room), Vec::new());
        step(&room, &mut state, SimTime::ZERO, &Input::Start(settings(seed)), &mut stepped).unwrap();
        for (now, input) in &inputs {
            let decided = decide(&room, &state, *now, &Input::Tick).unwrap();
            let (mut ticked, mut moment) = (state.clone(), Vec::new());
            step(&room, &mut ticked, *now, &Input::Tick, &mut moment).unwrap();
            prop_assert_eq!(decided, moment);
            step(&room, &mut state, *now, input, &mut stepped).unwrap();
        }
        while !state.over() {
            step(&room, &mut state, room.clock.length, &Input::Tick, &mut stepped).unwrap();
        }
        prop_assert_eq!(&stepped, &facts);
        prop_assert_eq!(state, State::after(&room, &facts));
    }
}
