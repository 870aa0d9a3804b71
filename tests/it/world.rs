//! What goes on by itself, what is owed by when, what comes again, what some drills have.

use breachdrill::debrief::{self, About, Lane, build};
use breachdrill::drill::{Drill, TraineeView};
use breachdrill::engine::{DutyStep, Fact, Input, SpreadStep, State, What};
use breachdrill::journal::{Chained, Memory};
use breachdrill::scenario::{Calendar, DutyId, GaugeId, InjectId, Scenario, SimTime, SpreadId};
use breachdrill::score::{Credit, Item, ItemOf, score};
use proptest::prelude::*;

use crate::support::{NIGHT_SHIFT, Rehearsal, at_random, scenario, settings};

fn spread(scenario: &Scenario, name: &str) -> SpreadId {
    SpreadId::of(scenario.spreads.iter().position(|s| s.name.as_str() == name).unwrap())
}

fn duty(scenario: &Scenario, name: &str) -> DutyId {
    DutyId::of(scenario.duties.iter().position(|d| d.name.as_str() == name).unwrap())
}

fn inject(scenario: &Scenario, name: &str) -> InjectId {
    InjectId::of(scenario.injects.iter().position(|i| i.name.as_str() == name).unwrap())
}

/// What happened to a spread, with its moments.
fn steps(facts: &[Fact], id: SpreadId) -> Vec<(u32, SpreadStep)> {
    let of = |fact: &Fact| {
        let What::Spread { spread, step } = fact.what else { return None };
        (spread == id).then_some((fact.at.0, step))
    };
    facts.iter().filter_map(of).collect()
}

/// What happened to a duty, with its moments.
fn owed(facts: &[Fact], id: DutyId) -> Vec<(u32, DutyStep)> {
    let of = |fact: &Fact| {
        let What::Duty { duty, step } = fact.what else { return None };
        (duty == id).then_some((fact.at.0, step))
    };
    facts.iter().filter_map(of).collect()
}

fn came(facts: &[Fact], id: InjectId) -> Vec<u32> {
    facts.iter().filter(|f| f.what == What::Delivered(id)).map(|f| f.at.0).collect()
}

/// The script with parts replaced; each must be there.
fn changed(parts: &[(&str, &str)]) -> Scenario {
    let mut text = NIGHT_SHIFT.to_owned();
    for (old, new) in parts {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    scenario(&text)
}

#[test]
fn a_spread_goes_on_step_by_step_until_it_is_contained() {
    let night = scenario(NIGHT_SHIFT);
    let worm = spread(&night, "encryption");
    let silent = Rehearsal::of(&night).facts();
    let went = steps(&silent, worm);
    assert!(matches!(went[0], (0, SpreadStep::Began { due }) if (600..=660).contains(&due.0)), "{went:?}");
    assert_eq!(went.len(), 21, "it begins, and goes twenty steps");
    for (number, (at, step)) in went[1..].iter().enumerate() {
        let grid = 600 + 300 * number as u32;
        assert!((grid..=grid + 60).contains(at), "step {number} at {at}: jitter adds, and never adds up");
        let last = number == 19;
        assert!(matches!(step, SpreadStep::Went { due } if due.is_none() == last), "{step:?}");
    }
    let facts = Rehearsal::of(&night).steps(r#"(at: "21m", does: Do("isolate"))"#).facts();
    let went = steps(&facts, worm);
    assert_eq!(went.last(), Some(&(1_500, SpreadStep::Contained)), "{went:?}");
    // The step that is due in the same minute is drawn apart from it, and four came before.
    let before = went.iter().filter(|(_, step)| matches!(step, SpreadStep::Went { .. })).count();
    assert!((3..=4).contains(&before), "{went:?}");
    let state = State::after(&night, &facts);
    assert!(state.gauges[GaugeId(0).at()] >= 3 + 12 * before as i64);
    assert_eq!(came(&facts, inject(&night, "calm")), [1_500], "a condition sees it contained");
    assert!(came(&silent, inject(&night, "calm")).is_empty());
    assert_eq!(came(&silent, inject(&night, "worse")).len(), 1, "and one sees it going on");
}

#[test]
fn who_finishes_at_the_moment_of_a_step_comes_before_it() {
    let exact = changed(&[("jitter: \"1m\",", "")]);
    let worm = spread(&exact, "encryption");
    // Isolating takes four minutes and is done at the moment of the second step.
    let facts = Rehearsal::of(&exact).steps(r#"(at: "11m", does: Do("isolate"))"#).facts();
    let went = steps(&facts, worm);
    assert_eq!(went.len(), 3, "{went:?}");
    assert_eq!(went[1].0, 600);
    assert_eq!(went[2], (900, SpreadStep::Contained));
}

#[test]
fn a_spread_may_begin_late_pause_and_be_prevented() {
    let night = scenario(NIGHT_SHIFT);
    let (leak, ruin) = (spread(&night, "leak"), spread(&night, "ruin"));
    let refuse = r#"(asked: "demand", after: "5m", does: Choose("refuse"))"#;
    let facts = Rehearsal::of(&night).steps(refuse).facts();
    let went = steps(&facts, leak);
    assert_eq!(went[0], (300, SpreadStep::Began { due: SimTime(1_500) }), "a delay after its start");
    assert_eq!(went.len(), 11, "every ten minutes from minute 25 to ENDEX: {went:?}");
    assert_eq!(steps(&facts, ruin).last(), Some(&(300, SpreadStep::Contained)), "an effect stops it");
    let silent = Rehearsal::of(&night).facts();
    let whole = [(0, SpreadStep::Began { due: SimTime(2_700) }), (2_700, SpreadStep::Went { due: None })];
    assert_eq!(steps(&silent, ruin), whole, "an effect starts it, and it goes one step");
    assert!(steps(&silent, leak).is_empty(), "nobody refused");
    let paused = Rehearsal::of(&night).steps(refuse).steps(r#", (at: "30m", does: Do("takedown"))"#).facts();
    let waited = steps(&paused, leak);
    assert!(matches!(waited[1], (1_500, SpreadStep::Went { .. })), "{waited:?}");
    assert!(waited[2..].iter().all(|(_, step)| matches!(step, SpreadStep::Waited { .. })), "{waited:?}");
    let prevented = changed(&[("first: \"45m\"", "first: \"45m\", unless: Did(\"isolate\")")]);
    let facts = Rehearsal::of(&prevented).steps(r#"(at: "1m", does: Do("isolate"))"#).facts();
    assert_eq!(steps(&facts, ruin).last(), Some(&(300, SpreadStep::Contained)));
    let never = changed(&[("first: \"45m\"", "first: \"45m\", unless: Always")]);
    let facts = Rehearsal::of(&never).facts();
    assert_eq!(steps(&facts, ruin), [(0, SpreadStep::Contained)], "it is contained before it can begin");
}

#[test]
fn a_clock_starts_with_its_fact_and_is_met_missed_or_late() {
    let night = scenario(NIGHT_SHIFT);
    let gdpr = duty(&night, "gdpr");
    assert!(owed(&Rehearsal::of(&night).facts(), gdpr).is_empty(), "nobody was aware of anything");
    let look = r#"(at: "10m", does: Examine("export"))"#;
    let due = SimTime(840 + 3_600);
    let missed = Rehearsal::of(&night).steps(look).facts();
    assert_eq!(owed(&missed, gdpr), [(840, DutyStep::Started { due }), (due.0, DutyStep::Missed)]);
    assert_eq!(came(&missed, inject(&night, "clock")), [due.0], "a condition sees it missed");
    let notify = |at: &str| format!(r#"{look}, (at: "{at}", does: Do("notify"))"#);
    let met = Rehearsal::of(&night).steps(&notify("30m")).facts();
    assert_eq!(owed(&met, gdpr)[1], (2_400, DutyStep::Met));
    assert_eq!(came(&met, inject(&night, "thanks")), [2_400]);
    let last = Rehearsal::of(&night).steps(&notify("1h04m")).facts();
    assert_eq!(owed(&last, gdpr)[1], (due.0, DutyStep::Met), "done at the deadline is done in time");
    let late = Rehearsal::of(&night).steps(&notify("1h10m")).facts();
    assert_eq!(owed(&late, gdpr)[1..], [(due.0, DutyStep::Missed), (4_800, DutyStep::Met)]);
    let early = Rehearsal::of(&night)
        .steps(r#"(at: "1m", does: Do("notify")), (at: "20m", does: Examine("export"))"#);
    let early = early.facts();
    assert_eq!(owed(&early, gdpr)[0], (660, DutyStep::Met), "what meets it may come first");
    assert_eq!(owed(&early, gdpr).len(), 2);
}

#[test]
fn a_deadline_is_the_rules_own_and_stands_in_the_fact() {
    let night = changed(&[(", deadline: Within(\"1h\")", "")]);
    let facts = Rehearsal::of(&night).steps(r#"(at: "10m", does: Examine("export"))"#).facts();
    let (since, step) = owed(&facts, duty(&night, "gdpr"))[0];
    assert_eq!(step, DutyStep::Started { due: SimTime(since + 72 * 3_600) });
    let (_, insurer) = owed(&facts, duty(&night, "insurer"))[0];
    let DutyStep::Started { due } = insurer else { panic!("{insurer:?}") };
    assert_eq!(
        Calendar::of(&night).day_and_clock(due),
        "Monday 9 March, 23:59",
        "a business day after Friday"
    );
    let earned = score(&night, &facts);
    assert!(
        !earned.items.iter().any(|i| i.of == ItemOf::Duty(duty(&night, "insurer"))),
        "open: neither for nor against"
    );
}

fn item(night: &Scenario, steps: &str) -> Item {
    let facts = Rehearsal::of(night).steps(steps).facts();
    let id = duty(night, "gdpr");
    score(night, &facts).items.into_iter().find(|i| i.of == ItemOf::Duty(id)).unwrap()
}

#[test]
fn duties_are_scored_with_their_arithmetic() {
    let night = scenario(NIGHT_SHIFT);
    let look = r#"(at: "10m", does: Examine("export"))"#;
    let met = item(&night, &format!(r#"{look}, (at: "30m", does: Do("notify"))"#));
    assert_eq!(met.credit, Credit(7_000), "met in time, and never declared");
    assert_eq!(
        met.arithmetic[..3],
        [
            "duty: met 26m after its clock started, within 1h: 100 %",
            "start: never declared: 0 %",
            "together: 100 % × 70 % + 0 % × 30 % = 70 %",
        ]
    );
    let declared = item(
        &night,
        &format!(
            r#"{look}, (at: "20m", does: Examine("note")), (at: "26m", does: Do("declare")), (at: "30m", does: Do("notify"))"#
        ),
    );
    assert_eq!(
        declared.arithmetic[1],
        "start: declared 12m after the clock started, falling to 0 % in 1h: 80 %"
    );
    assert_eq!(declared.credit, Credit(9_400));
    let wrong = item(
        &night,
        r#"(asked: "from-when", after: "1m", does: Choose("now")), (at: "20m", does: Examine("export"))"#,
    );
    assert_eq!(wrong.arithmetic[1], "start: declared 11m before the clock started, at the wrong fact: 50 %");
    assert_eq!(
        (wrong.credit, wrong.tally.possible.0),
        (Credit(1_500), 10_000_000),
        "not met within its hour"
    );
    let open = item(
        &night,
        r#"(at: "1h30m", does: Examine("export")), (at: "1h35m", does: Examine("note")), (at: "1h40m", does: Do("declare"))"#,
    );
    assert_eq!(open.tally.possible.0, 3_000_000, "only what is settled counts: {:?}", open.arithmetic);
}

#[test]
fn a_trainee_sees_a_clock_only_when_it_was_declared_or_is_shown() {
    let night = scenario(NIGHT_SHIFT);
    let seen = |steps: &str| {
        let facts = Rehearsal::of(&night).steps(steps).facts();
        let mut view = TraineeView::new(&night);
        facts.iter().for_each(|fact| view.fold(&night, fact));
        view.duties
    };
    let insurer = duty(&night, "insurer");
    let silent = seen(r#"(at: "10m", does: Examine("export"))"#);
    assert_eq!(silent.len(), 1, "the clock that runs undeclared is not shown");
    assert_eq!((silent[0].id, silent[0].declared, silent[0].met), (insurer, false, false));
    let wrong = seen(
        r#"(asked: "from-when", after: "1m", does: Choose("now")), (at: "20m", does: Examine("export")), (at: "30m", does: Do("notify"))"#,
    );
    let own = wrong.iter().find(|owed| owed.id != insurer).unwrap();
    // 22:23 is thirteen minutes in: the trainee's own moment, although the clock starts later.
    assert_eq!(own.due.as_deref(), Some("Friday 6 March, 23:23"));
    assert!(own.declared && own.met && own.since == SimTime(780));
    let before =
        seen(r#"(at: "1m", does: Do("notify")), (asked: "from-when", after: "1m", does: Choose("now"))"#);
    let own = before.iter().find(|owed| owed.id != insurer).unwrap();
    assert!(own.met && own.due.is_none(), "what was met before it was declared is met");
}

#[test]
fn an_inject_comes_again_as_often_as_it_should() {
    let night = scenario(NIGHT_SHIFT);
    let again = inject(&night, "again");
    let silent = came(&Rehearsal::of(&night).facts(), again);
    assert_eq!(silent.len(), 4, "{silent:?}");
    for pair in silent.windows(2) {
        assert!((600..=720).contains(&(pair[1] - pair[0])), "{silent:?}");
    }
    let apart: std::collections::BTreeSet<_> = silent.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(apart.len() > 1, "each time draws its own jitter: {silent:?}");
    let facts = Rehearsal::of(&night).steps(r#"(at: "15m", does: Do("isolate"))"#).facts();
    assert_eq!(came(&facts, again), silent[..1], "once its condition holds, it comes no more");
    assert!(facts.iter().any(|f| f.what == What::Cancelled(again)));
    let left_out =
        changed(&[("every: \"10m\", times: 4, unless: Did(\"isolate\")", "every: \"10m\", times: 4")]);
    let facts = Rehearsal::of(&left_out).steps(r#"(at: "15m", does: Do("isolate"))"#).facts();
    let withheld = facts.iter().filter(|f| f.what == What::Withheld(again)).count();
    assert_eq!((came(&facts, again).len(), withheld), (1, 3), "what does not apply is left out, and counts");
}

#[test]
fn some_drills_have_what_others_do_not() {
    let night = scenario(NIGHT_SHIFT);
    let fan = breachdrill::scenario::EvidenceId(2);
    let rumour = spread(&night, "rumour");
    let drills: Vec<Vec<Fact>> = (0..24).map(|seed| Rehearsal::of(&night).seed(seed).facts()).collect();
    let without = |facts: &&Vec<Fact>| facts.iter().any(|f| f.what == What::Absent(fan));
    let absent = drills.iter().filter(without).count();
    assert!((4..=20).contains(&absent), "{absent} of 24");
    let silent = drills.iter().filter(|f| steps(f, rumour) == [(0, SpreadStep::LeftOut)]).count();
    assert!((4..=20).contains(&silent), "{silent} of 24");
    for facts in &drills {
        let gone = without(&facts);
        let mut view = TraineeView::new(&night);
        facts.iter().for_each(|fact| view.fold(&night, fact));
        assert_eq!(view.evidence.iter().any(|a| a.id == fan), !gone, "what is not there is not on the list");
        let came = came(facts, inject(&night, "canteen")).len();
        assert_eq!(came, usize::from(steps(facts, rumour).len() == 2));
    }
    let gone = (0..).find(|seed| without(&&Rehearsal::of(&night).seed(*seed).facts())).unwrap();
    let (_, notices) = Rehearsal::of(&night).seed(gone).steps(r#"(at: "1m", does: Examine("fan"))"#).run();
    assert_eq!(notices.len(), 1, "and cannot be looked at");
}

#[test]
fn facts_carry_their_next_moment_on_the_wire() {
    let night = scenario(NIGHT_SHIFT);
    let mut drill = Drill::new(&night, Chained::new(&night));
    drill.submit(SimTime::ZERO, &Input::Start(settings(1))).unwrap().unwrap();
    drill.advance(SimTime(700)).unwrap();
    let text = drill.journal().text().to_owned();
    for line in [
        r#""fact":"spread-began","spread":"encryption","due":"#,
        r#""fact":"spread-went","spread":"encryption","due":"#,
        r#""fact":"duty-started","duty":"insurer","due":"#,
        r#""fact":"again","inject":"again","number":2,"due":"#,
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn a_debrief_tells_what_went_on_and_what_was_owed() {
    let night = scenario(NIGHT_SHIFT);
    let steps = r#"(at: "20m", does: Do("isolate")), (at: "25m", does: Examine("export")),
        (at: "30m", does: Examine("note")), (at: "34m", does: Do("declare")), (at: "40m", does: Do("notify"))"#;
    let facts = Rehearsal::of(&night).steps(steps).facts();
    let about = About {
        drill: "0".repeat(32),
        head: String::new(),
        trainee: None,
        started: None,
        engine: "test".into(),
        parent: None,
        moves: 0,
        answers: false,
    };
    let told = build(&night, &facts, &score(&night, &facts), &about);
    let mut text = String::new();
    debrief::markdown(&told, &mut text).unwrap();
    for line in [
        "| Ransomware goes from host to host | Fri 22:10 | 3 | Contained at Fri 22:34 by “Isolate the network” |",
        "| Stolen files are published | – | 0 | Never began |",
        "| EU GDPR, breach notified to the authority, Article 33(1): 1 hour | supervisory authority | Fri 22:39 | Fri 22:44 | Friday 6 March, 23:39 | Met at Fri 23:00 |",
        "| The insurer wants a call, policy, clause 7: 1 business day | the insurer | Fri 22:10 | – | Monday 9 March, 23:59 | Open, due Monday 9 March, 23:59 |",
        "its clock started at Fri 22:39, due Friday 6 March, 23:39; you declared its start at Fri 22:44; met at Fri 23:00",
        "start: declared 5m after the clock started",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let (mut page, mut json) = (String::new(), String::new());
    debrief::html(&told, &mut page).unwrap();
    debrief::json(&told, &mut json).unwrap();
    assert!(page.contains("Went on by itself") && page.contains("Was owed"), "both are drawn");
    assert!(json.contains(r#""fate": "contained""#) && json.contains(r#""stands": "open""#));
    assert_eq!(told.timeline.iter().filter(|mark| mark.lane == Lane::World).count(), 2);
}

fn dice() -> impl Strategy<Value = Vec<(u16, u32)>> {
    prop::collection::vec((0u16..400, any::<u32>()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_size_of_a_tick_does_not_matter_to_the_world(seed in 0u64..50, dice in dice(), steps in 1u32..90) {
        let night = scenario(NIGHT_SHIFT);
        let (coarse, inputs) = at_random(&night, settings(seed), &dice);
        let mut fine = Drill::new(&night, Memory::default());
        fine.submit(SimTime::ZERO, &Input::Start(settings(seed))).unwrap().unwrap();
        let mut now = SimTime::ZERO;
        let end = [(night.clock.length, None)];
        for (at, input) in inputs.iter().map(|(at, input)| (*at, Some(input))).chain(end) {
            while now < at {
                now = (now + SimTime(steps)).min(at);
                fine.advance(now).unwrap();
            }
            prop_assert!(input.is_none_or(|input| fine.submit(at, input).unwrap().is_ok()));
        }
        prop_assert_eq!(fine.facts(), &coarse[..]);
        prop_assert_eq!(&State::after(&night, &coarse), fine.state(), "the state is a fold over the facts");
    }

    #[test]
    fn spreads_and_duties_keep_their_order(seed in 0u64..50, dice in dice()) {
        let night = scenario(NIGHT_SHIFT);
        let (facts, _) = at_random(&night, settings(seed), &dice);
        for row in 0..night.spreads.len() {
            let went = steps(&facts, SpreadId::of(row));
            let contained = went.iter().filter(|(_, step)| *step == SpreadStep::Contained).count();
            prop_assert!(contained <= 1);
            prop_assert!(contained == 0 || went.last().is_some_and(|(_, s)| *s == SpreadStep::Contained), "for good");
            for pair in went.windows(2) {
                let due = match pair[0].1 {
                    SpreadStep::Began { due } => Some(due),
                    SpreadStep::Went { due } | SpreadStep::Waited { due } => due,
                    SpreadStep::Contained | SpreadStep::LeftOut => None,
                };
                let due = due.expect("something follows");
                prop_assert!(pair[1].1 == SpreadStep::Contained || pair[1].0 == due.0, "when the fact before said");
            }
        }
        for row in 0..night.duties.len() {
            let told = owed(&facts, DutyId::of(row));
            let count = |step: fn(&DutyStep) -> bool| told.iter().filter(|(_, s)| step(s)).count();
            prop_assert!(count(|s| matches!(s, DutyStep::Started { .. })) <= 1, "it starts once");
            prop_assert!(count(|s| matches!(s, DutyStep::Met)) <= 1);
            prop_assert!(count(|s| matches!(s, DutyStep::Declared { .. })) <= 1, "it is declared once");
            prop_assert!(count(|s| matches!(s, DutyStep::Missed)) <= 1);
        }
    }
}
