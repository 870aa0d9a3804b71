//! Whole drills through the real loader and engine, and what they earn.

mod sound;

use breachdrill::engine::{Fact, PauseCause, What};
use breachdrill::scenario::{ActionId, InjectId, QuestionId, Scenario, SimTime};
use breachdrill::score::{
    Bands, Credit, GaugeEnd, Item, ItemOf, Points, Rating, Score, Standing, score, score_with,
};

use crate::support::{Rehearsal, scenario};

/// One drill with every kind of item.
const PROVING_GROUND: &str = include_str!("../../fixtures/proving-ground.ron");

/// A drill that was played and scored.
struct Played {
    scenario: Scenario,
    facts: Vec<Fact>,
    score: Score,
}

fn play(steps: &str) -> Played {
    play_as(steps, |rehearsal| rehearsal)
}

fn play_as(steps: &str, settle: impl Fn(Rehearsal<'_>) -> Rehearsal<'_>) -> Played {
    let scenario = scenario(PROVING_GROUND);
    let (facts, notices) = settle(Rehearsal::of(&scenario)).steps(steps).run();
    assert_eq!(notices, Vec::<String>::new(), "every step is taken");
    let score = score(&scenario, &facts);
    Played { scenario, facts, score }
}

impl Played {
    /// The item of a question, an action or a checkpoint by its name.
    fn item(&self, name: &str) -> Option<&Item> {
        let Scenario { questions, actions, injects, .. } = &self.scenario;
        let question = questions.iter().position(|q| q.name.as_str() == name);
        let action = actions.iter().position(|a| a.name.as_str() == name);
        let inject = injects.iter().position(|i| i.name.as_str() == name);
        let of = question
            .map(|row| ItemOf::Question(QuestionId::of(row)))
            .or(action.map(|row| ItemOf::Action(ActionId::of(row))))
            .or(inject.map(|row| ItemOf::Checkpoint(InjectId::of(row))))
            .unwrap_or_else(|| panic!("nothing is named {name}"));
        self.score.items.iter().find(|item| item.of == of)
    }

    fn lines(&self, name: &str) -> &[String] {
        &self.item(name).unwrap_or_else(|| panic!("{name} is scored")).arithmetic
    }

    fn earned(&self, name: &str) -> (Points, Points) {
        let tally = self.item(name).unwrap_or_else(|| panic!("{name} is scored")).tally;
        (tally.earned, tally.possible)
    }

    fn ending(&self) -> &str {
        let ending = self.score.ending.expect("every drill ends");
        self.scenario.endings[ending.at()].name.as_str()
    }
}

fn points(tenths: i64) -> Points {
    Points(tenths * 100_000)
}

/// Everything right and in time.
const BEST: &str = r#"
    (at: "1m", question: "one", does: Choose("verify"), sure: 90),
    (at: "2m", question: "is-it", does: Choose("need-more"), sure: 60),
    (at: "2m", does: Do("before-noon")),
    (at: "3m", does: Do("call")),
    (at: "10m", does: Examine("headers")),
    (at: "21m", question: "several", does: ChooseSeveral(["a", "b", "c", "d"])),
    (at: "21m", question: "order", does: Order(["p", "q", "r", "s", "t"])),
    (at: "22m", question: "cat", does: Categorize(class: "fraud", kind: "phishing", severity: "high", functional: "low"), sure: 99),
    (at: "41m", question: "hours", does: Estimate(70)),
    (at: "41m", question: "log", does: Record(["w", "x", "y"])),
    (at: "41m", question: "think", does: Reflect("Call first.")),
    (at: "60m", does: Do("look-again")),
    (at: "110m", does: Do("look-again")),
"#;

#[test]
fn the_best_line_earns_everything_that_was_possible() {
    let Played { score, .. } = play(BEST);
    assert_eq!(score.decisions.percent(), Some(100), "{:#?}", score.items);
    assert_eq!(score.decisions.earned, score.decisions.possible);
    assert!(score.items.iter().all(|i| i.standing == Standing::Best), "{:#?}", score.items);
    let rated: Vec<_> = score.stages.iter().filter(|s| s.items > 0).map(|s| s.rating).collect();
    assert_eq!(rated, [Some(Rating::Performed); 7]);
    assert!(score.stages.iter().filter(|s| s.items == 0).all(|s| s.rating.is_none()));
    let ends: Vec<_> = score.outcome.iter().map(|GaugeEnd { start, end, .. }| (*start, *end)).collect();
    assert_eq!(ends, [(2, 2), (50, 80)]);
    let moments: Vec<_> = score.items.iter().filter_map(|i| i.decided).collect();
    assert!(moments.is_sorted(), "items come in order of their moment");
    assert_eq!(play(BEST).ending(), "clean");
}

#[test]
fn what_was_not_offered_is_not_scored() {
    let best = play(BEST);
    for name in ["never", "withdrawn", "think", "out-of-reach", "too-long", "after-payment", "wipe", "coffee"]
    {
        assert_eq!(best.item(name), None, "{name}");
    }
    let short = play(r#"(at: "30s", does: End)"#);
    assert_eq!(short.score.items, [], "all that was asked and expected could still have been done");
    let at_once = play(r#"(at: "0m", does: End)"#);
    assert_eq!(at_once.score.items, [], "nothing was there for any time at all");
    assert_eq!(at_once.score.decisions.percent(), None);
}

#[test]
fn silence_is_an_answer() {
    let silent = play("");
    assert_eq!(silent.earned("one"), (points(-10), points(100)));
    assert_eq!(
        silent.lines("one"),
        [
            "not answered before it lapsed: the script gives −10 % for that",
            "points: weight 10 × −10 % × 100 % = −1 of 10",
        ]
    );
    let open = "not answered by ENDEX: the script gives 0 % for that";
    assert_eq!(silent.lines("is-it")[0], open);
    assert_eq!(
        silent.lines("call"),
        [
            "action: possible from 0s, not done inside its window 0s to 45m: 0 %",
            "possible: at best 40 %: 10 × 40 % = 4",
            "points: weight 10 × 0 % × 100 % = 0 of 4",
        ]
    );
    assert!(silent.score.items.iter().all(|i| i.standing == Standing::Lapsed && i.decided.is_none()));
    assert_eq!(silent.score.decisions.percent(), Some(0));
    assert!(silent.score.calibration.calls.is_empty());
    assert_eq!(silent.ending(), "clean", "seven hosts are not a spread");
}

#[test]
fn time_falls_from_the_good_window_to_the_floor() {
    let late = play(r#"(asked: "one", after: "5m", does: Choose("verify"))"#);
    assert_eq!(
        late.lines("one"),
        [
            "choose one: the choice made is worth 100 %",
            "time: answered after 5m of 8m, full until 4m, then falling to 50 %: 87 %",
            "points: weight 10 × 100 % × 87 % = 8.7 of 10",
        ]
    );
    let more =
        play(r#"(at: "1m", does: MoreTime("one")), (asked: "one", after: "9m", does: Choose("verify"))"#);
    let line = "time: answered after 9m of 12m, full until 6m, then falling to 50 %: 75 %";
    assert_eq!(more.lines("one")[1], line, "more time moves both windows");
}

#[test]
fn a_personal_factor_stretches_windows_and_an_untimed_drill_has_none() {
    let steps = r#"(asked: "one", after: "8m", does: Choose("verify")), (at: "80m", does: Do("call"))"#;
    let slow = play_as(steps, |r| r.factor(200));
    assert_eq!(slow.item("one").map(|i| i.timeliness), Some(100));
    assert_eq!(slow.earned("call"), (points(40), points(40)), "its window ended at 90m");
    let steps = r#"(asked: "one", after: "100m", does: Choose("verify")), (at: "101m", does: Do("call"))"#;
    let untimed = play_as(steps, |r| r.untimed());
    assert_eq!(untimed.lines("one")[1], "time: untimed drill: 100 %");
    assert_eq!(untimed.earned("call"), (points(40), points(40)));
}

#[test]
fn hints_cost_their_price() {
    let helped = play(
        r#"(at: "30s", does: Hint("one")), (at: "40s", does: Hint("one")),
           (asked: "one", after: "1m", does: Choose("verify"))"#,
    );
    let item = helped.item("one").expect("it is scored");
    assert_eq!((item.help, item.assisted, item.standing), (30, true, Standing::Best));
    assert_eq!(
        item.arithmetic[2..],
        [
            "help: (10 % + 20 %) of weight 10 = 3",
            "points: weight 10 × 100 % × 100 % = 10 − 3 for help = 7 of 10",
        ]
    );
}

#[test]
fn harm_costs_and_being_sure_of_it_is_shown_first() {
    let harmed = play(
        r#"(at: "1m", question: "is-it", does: Choose("need-more"), sure: 99),
           (at: "5m", question: "one", does: Choose("pay"), sure: 90)"#,
    );
    assert_eq!(harmed.earned("one"), (points(-50), points(100)));
    assert_eq!(harmed.lines("one")[1], "time: harm counts in full at any time");
    assert_eq!(harmed.item("one").map(|i| i.standing), Some(Standing::Harmful));
    let calls: Vec<_> =
        harmed.score.calibration.calls.iter().map(|c| (c.confidence, c.right, c.brier)).collect();
    assert_eq!(calls, [(90, false, 8_100), (99, true, 1)]);
    assert_eq!(harmed.score.calibration.brier, Some(4_051), "(8 100 + 1) / 2, rounded");
    assert_eq!(harmed.ending(), "spread");
    let defensible = play(r#"(asked: "one", after: "1m", does: Choose("ask"))"#);
    assert_eq!(defensible.item("one").map(|i| i.standing), Some(Standing::Defensible));
}

#[test]
fn several_order_estimate_and_record_show_their_arithmetic() {
    let drill = play(
        r#"(asked: "several", after: "1m", does: ChooseSeveral(["a", "b", "c", "e"])),
           (asked: "order", after: "1m", does: Order(["p", "r", "q", "s", "t"])),
           (asked: "hours", after: "1m", does: Estimate(68)),
           (asked: "log", after: "1m", does: Record(["w", "y", "x", "z"]))"#,
    );
    assert_eq!(
        drill.lines("several"),
        [
            "choose several: 3 of 4 right, 1 of 3 others: 75 − 33.33 = 41.67 %",
            "time: answered after 1m of 10m, full throughout: 100 %",
            "points: weight 10 × 41.67 % × 100 % = 4.17 of 10",
        ]
    );
    assert_eq!(drill.lines("order")[0], "order: 4 of 5 pairs in the right order: 80 %");
    let estimate = "estimate: 68 hours, 2 off 70; full up to 1 off, nothing from 6: 80 %";
    assert_eq!(drill.lines("hours")[0], estimate);
    assert_eq!(
        drill.lines("log")[..3],
        [
            "facts: 3 of 3 right, 1 of 1 others: 100 − 100 = 0 %",
            "order: 1 of 2 pairs in the right order: 50 %",
            "record: facts and order, half each: (0 + 50) / 2 = 25 %",
        ]
    );
    let harmful = play(r#"(asked: "several", after: "1m", does: ChooseSeveral(["a", "g"]))"#);
    assert_eq!(harmful.earned("several"), (points(-50), points(100)));
}

#[test]
fn triage_is_measured_against_what_could_be_known() {
    let called = |minute: u32| {
        play(&format!(
            r#"(at: "0m", does: Examine("headers")),
               (at: "{minute}m", question: "is-it", does: Choose("need-more"))"#
        ))
    };
    let (early, late) = (called(11), called(12));
    assert_eq!(early.lines("is-it")[0], "triage: called “need more”; it could not be told yet: 100 %");
    assert_eq!(late.lines("is-it")[0], "triage: called “need more”; it was an incident: 0 %");
}

#[test]
fn a_categorization_is_followed_as_the_truth_changes() {
    let drill = play(
        r#"(at: "21m", question: "cat", does: Categorize(too_early: true), sure: 90),
           (at: "27m", does: Examine("headers")),
           (at: "31m", question: "cat", sure: 90,
            does: Categorize(class: "fraud", kind: "copyright", severity: "medium", functional: "low")),
           (at: "49m", question: "cat", sure: 99,
            does: Categorize(class: "fraud", kind: "phishing", severity: "high", functional: "medium"))"#,
    );
    assert_eq!(
        drill.lines("cat"),
        [
            "first call: called too early to tell, and it was: 100 %",
            "last call: class and type: the right type: 100 %",
            "last call: severity: right: 100 %",
            "last call: impact: functional 1 of 3 steps off 66.67 %",
            "last call: together: (100 + 100 + 66.67) / 3 = 88.89 %",
            "time until right: 19m after it could be known, full until 10m, falling to 0 at 1h30m: 88.75 %",
            "first call, last call, time until right: (3 × 100 + 5 × 88.89 + 2 × 88.75) / 10 = 92.2 %",
            "time: first answered after 1m of 20m, full until 10m: 100 %",
            "points: weight 10 × 92.2 % × 100 % = 9.22 of 10",
        ]
    );
    let calls: Vec<_> = drill.score.calibration.calls.iter().map(|c| (c.confidence, c.right)).collect();
    assert_eq!(calls, [(90, false), (90, true), (99, true)], "each call by the truth of its moment");
}

#[test]
fn a_call_that_is_never_revised_is_measured_at_both_ends() {
    let early = r#"(asked: "cat", after: "1m", does: Categorize(too_early: true)),"#;
    let stuck = play(&format!(r#"{early} (at: "27m", does: Examine("headers"))"#));
    assert_eq!(stuck.item("cat").map(|i| i.credit), Some(Credit(3_000)), "right at first, never again");
    assert_eq!(
        play(early).lines("cat")[..2],
        [
            "first and last call: called too early to tell, and it was: 100 %",
            "time until right: 1m after it could be known, full until 10m, falling to 0 at 1h40m: 100 %",
        ],
        "who never looked could not know better, and pays for that elsewhere"
    );
    let at_endex = play(&format!(r#"{early} (at: "117m", does: Examine("headers"))"#));
    assert_eq!(at_endex.item("cat").map(|i| i.credit), Some(Credit(10_000)), "nobody could act on it");
}

#[test]
fn actions_count_once_inside_their_window() {
    let drill = play(
        r#"(at: "46m", does: Do("call")), (at: "58m", does: Do("look-again")), (at: "70m", does: Do("look-again")),
           (at: "75m", does: Do("wipe")), (at: "115m", does: Do("too-long"))"#,
    );
    assert_eq!(drill.lines("call")[0], "action: begun at 46m, outside its window 0s to 45m: 0 %");
    let again = "action: begun at 1h10m inside its window 1h to 1h30m: 30 %";
    assert_eq!(drill.lines("look-again")[0], again);
    assert_eq!(
        drill.lines("wipe"),
        ["action: harmful, begun at 1h15m: −80 %", "points: weight 20 × −80 % × 100 % = −16"]
    );
    assert_eq!(drill.item("too-long"), None, "nobody could have finished it");
    let response = drill.score.stages.iter().find(|s| s.tally.earned < Points(0)).expect("it was wiped");
    assert_eq!(response.rating, Some(Rating::Unable));

    let paid = play(r#"(asked: "one", after: "2m", does: Choose("pay"))"#);
    let item = paid.item("after-payment").expect("paying made it possible");
    assert_eq!((item.asked, item.tally.possible), (SimTime(120), points(50)));
    assert_eq!(item.arithmetic[0], "action: possible from 2m, not done: 0 %");
}

#[test]
fn what_was_settled_in_another_way_is_not_missed() {
    let early = play("");
    assert_eq!(early.item("freeze").map(|i| i.standing), Some(Standing::Lapsed), "it was open to the end");
    let settled = play(r#"(asked: "one", after: "2m", does: Choose("verify"))"#);
    assert_eq!(settled.item("freeze"), None, "verifying settled it");
    let until = early.item("before-noon").expect("time alone took it away");
    assert_eq!((until.asked, until.standing), (SimTime(0), Standing::Lapsed));
    let done = play(r#"(at: "1m", does: Do("freeze")), (at: "2m", question: "one", does: Choose("verify"))"#);
    assert_eq!(done.earned("freeze"), (points(50), points(50)), "what was done stays done");
}

#[test]
fn checkpoints_fall_to_nothing_and_say_who_helped() {
    let seen = |minute: u32| play(&format!(r#"(at: "{minute}m", does: Do("call"))"#));
    let early = seen(4);
    let item = early.item("expect-call").expect("it is scored");
    assert_eq!((item.timeliness, item.assisted, item.decided), (100, false, Some(SimTime(600))));
    let late = seen(29);
    assert_eq!(
        late.lines("expect-call"),
        [
            "expected action: seen: 100 %",
            "time: seen after 35m of 50m, full until 20m, then falling to 0 %: 50 %",
            "points: weight 10 × 100 % × 50 % = 5 of 10",
        ]
    );
    assert_eq!(late.item("expect-call").map(|i| i.assisted), Some(true), "the chaser came at half past");
    let missed = seen(45);
    assert_eq!(missed.lines("expect-call")[0], "expected action: not seen from 0s to 50m: 0 %");
    assert_eq!(missed.earned("expect-call"), (points(0), points(100)));
    let short = play(r#"(at: "60m", does: End)"#);
    assert_eq!(short.item("expect-late"), None, "its window never opened");
}

#[test]
fn notes_and_pauses_earn_nothing() {
    let Played { scenario, facts, score: quiet } = play(BEST);
    let mut loud = Vec::new();
    for fact in facts {
        let at = fact.at;
        let interrupted = matches!(fact.what, What::Delivered(_));
        loud.push(fact);
        if interrupted {
            let more = [What::Noted("Wait.".into()), What::Paused(PauseCause::Asked), What::Resumed];
            loud.extend(more.map(|what| Fact { at, what }));
        }
    }
    assert_eq!(score(&scenario, &loud), quiet);
}

#[test]
fn a_trainer_may_set_other_bands() {
    let drill = play(r#"(asked: "is-it", after: "1m", does: Choose("need-more"))"#);
    let rating = |bands| score_with(&drill.scenario, &drill.facts, bands).stages[0].rating;
    assert_eq!(rating(Bands::default()), Some(Rating::Unable), "9 of 20 points");
    assert_eq!(rating(Bands { performed: 45, some: 30, major: 10 }), Some(Rating::Performed));
}
