//! The rules of a drill, as drills; and what must hold for every drill.

use breachdrill::drill::Drill;
use breachdrill::engine::{Asked, Fact, Input, Refusal, State, What};
use breachdrill::journal::Memory;
use breachdrill::scenario::{Scenario, SimTime};
use proptest::prelude::*;

use crate::support::{MACHINE_ROOM, Rehearsal, at_random, scenario, settings};

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
fn terminal_escapes_in_what_is_typed_are_made_visible() {
    let room = scenario(MACHINE_ROOM);
    let facts = Rehearsal::of(&room).steps(r#"(at: "1m", does: Note("a\u{1b}[2Jb\rc"))"#).facts();
    assert!(facts.iter().any(|f| f.what == What::Noted("a\u{fffd}[2Jb\u{fffd}c".into())));
}

fn dice() -> impl Strategy<Value = Vec<(u16, u32)>> {
    prop::collection::vec((0u16..240, any::<u32>()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_size_of_a_tick_does_not_matter(seed in 0u64..50, dice in dice(), steps in 1u32..90) {
        let room = scenario(MACHINE_ROOM);
        let (coarse, inputs) = at_random(&room, settings(seed), &dice);
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
    fn every_drill_keeps_the_rules(seed in 0u64..50, dice in dice()) {
        let room = scenario(MACHINE_ROOM);
        let (facts, _) = at_random(&room, settings(seed), &dice);
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
}
