//! Whole drills through the real loader and engine, and what they earn.

mod random;
mod rehearsal;

use breachdrill::engine::{Answer, Fact, Input, PauseCause, Settings, What};
use breachdrill::scenario::SimTime;
use breachdrill::score::{Credit, GaugeEnd, Item, ItemOf, Points, Rating, Score, Standing, Tally};
use rehearsal::{EARLY, MINUTE, PLAIN, Rehearsal, SCRIPT, category};

fn points(tenths: i64) -> Points {
    Points(tenths * 100_000)
}
fn lines(item: Option<Item>) -> Vec<String> {
    item.expect("it is scored").arithmetic
}

/// Everything right and in time.
fn best_line() -> (Rehearsal, Score) {
    let mut drill = Rehearsal::start();
    drill.choose(MINUTE, "one", "verify", Some(90));
    drill.choose(2 * MINUTE, "is-it", "need-more", Some(60));
    drill.act(3 * MINUTE, "call");
    drill.examine(10 * MINUTE);
    drill.several(21 * MINUTE, "several", &["a", "b", "c", "d"]);
    drill.order(21 * MINUTE, "order", &["p", "q", "r", "s", "t"]);
    let right = category(&drill, "fraud", "phishing", 2, 1);
    drill.call(22 * MINUTE, right, Some(99));
    drill.answer(41 * MINUTE, "hours", Answer::Number(70), None);
    drill.order(41 * MINUTE, "log", &["w", "x", "y"]);
    drill.answer(41 * MINUTE, "think", Answer::Text("Call first.".into()), None);
    drill.act(60 * MINUTE, "look-again");
    drill.act(110 * MINUTE, "look-again");
    let score = drill.finish();
    (drill, score)
}

#[test]
fn the_best_line_earns_everything_that_was_possible() {
    let (drill, score) = best_line();
    assert_eq!(score.decisions.percent(), Some(100), "{:#?}", score.items);
    assert!(score.items.iter().all(|i| i.standing == Standing::Best), "{:#?}", score.items);
    assert_eq!(score.decisions.earned, score.decisions.possible);
    let rated: Vec<_> = score.stages.iter().filter(|s| s.items > 0).map(|s| s.rating).collect();
    assert_eq!(rated, [Some(Rating::Performed); 6]);
    assert!(score.stages.iter().filter(|s| s.items == 0).all(|s| s.rating.is_none()));
    let ends: Vec<_> = score.outcome.iter().map(|GaugeEnd { start, end, .. }| (*start, *end)).collect();
    assert_eq!(ends, [(2, 2), (50, 80)]);
    assert_eq!(score.ending.map(|e| drill.scenario.endings[e.at()].name.as_str()), Some("clean"));
    let moments: Vec<_> = score.items.iter().filter_map(|i| i.decided).collect();
    assert!(moments.is_sorted(), "items come in order of their moment");
}

#[test]
fn what_was_not_offered_is_not_scored() {
    let (drill, score) = best_line();
    for question in ["never", "withdrawn", "think"] {
        assert_eq!(drill.of_question(&score, question), None, "{question}");
    }
    for action in ["out-of-reach", "too-long", "after-payment", "wipe", "coffee"] {
        assert_eq!(drill.of_action(&score, action), None, "{action}");
    }
    let mut short = Rehearsal::start();
    short.put(MINUTE, &Input::End);
    let score = short.score();
    let names: Vec<_> = score.items.iter().map(|i| i.of).collect();
    let expected = [
        ItemOf::Question(short.question("one")),
        ItemOf::Question(short.question("is-it")),
        ItemOf::Checkpoint(short.checkpoint("expect-call")),
    ];
    assert_eq!(names, expected, "a minute is too short to call, and the rest never came");
}

#[test]
fn silence_is_an_answer() {
    let mut drill = Rehearsal::start();
    let score = drill.finish();
    let one = drill.of_question(&score, "one").expect("it lapsed");
    assert_eq!((one.standing, one.decided), (Standing::Lapsed, None));
    assert_eq!(one.tally, Tally { earned: points(-10), possible: points(100) });
    assert_eq!(
        one.arithmetic,
        [
            "not answered before it lapsed: the script gives −10 % for that",
            "points: weight 10 × −10 % × 100 % = −1 of 10",
        ]
    );
    let open = drill.of_question(&score, "is-it").expect("it was open at ENDEX");
    assert_eq!(open.arithmetic[0], "not answered by ENDEX: the script gives 0 % for that");
    let call = drill.of_action(&score, "call").expect("it was possible");
    assert_eq!(
        call.arithmetic,
        [
            "action: possible from 0s, not done inside its window 0s to 45m: 0 %",
            "possible: the best on offer was worth 40 %: 10 × 40 % = 4",
            "points: weight 10 × 0 % × 100 % = 0 of 4",
        ]
    );
    assert_eq!(score.decisions.percent(), Some(0));
    assert!(score.calibration.calls.is_empty());
    assert_eq!(score.ending.map(|e| e.at()), Some(2), "seven hosts are not a spread");
}

#[test]
fn time_falls_from_the_good_window_to_the_floor() {
    let mut drill = Rehearsal::start();
    drill.choose(5 * MINUTE, "one", "verify", None);
    let score = drill.score();
    let one = drill.of_question(&score, "one").expect("it is scored");
    assert_eq!((one.timeliness, one.tally.earned), (87, points(87)));
    assert_eq!(
        one.arithmetic,
        [
            "choose one: the choice made is worth 100 %",
            "time: answered after 5m of 8m, full until 4m, then falling to 50 %: 87 %",
            "points: weight 10 × 100 % × 87 % = 8.70 of 10",
        ]
    );
}

#[test]
fn more_time_moves_the_windows() {
    let mut drill = Rehearsal::start();
    drill.put(MINUTE, &Input::MoreTime(drill.question("one")));
    drill.choose(9 * MINUTE, "one", "verify", None);
    let item = drill.of_question(&drill.score(), "one").expect("it is scored");
    assert_eq!(
        item.arithmetic[1],
        "time: answered after 9m of 12m, full until 6m, then falling to 50 %: 75 %"
    );
}

#[test]
fn a_personal_factor_stretches_the_windows_and_an_untimed_drill_has_none() {
    let mut slow = Rehearsal::with(SCRIPT, Settings { factor: 200, ..PLAIN });
    slow.choose(8 * MINUTE, "one", "verify", None);
    slow.act(80 * MINUTE, "call");
    let score = slow.finish();
    assert_eq!(slow.of_question(&score, "one").map(|i| i.timeliness), Some(100));
    assert_eq!(
        slow.of_action(&score, "call").map(|i| i.credit),
        Some(Credit(4_000)),
        "its window ended at 90m"
    );

    let mut untimed = Rehearsal::with(SCRIPT, Settings { untimed: true, ..PLAIN });
    untimed.choose(100 * MINUTE, "one", "verify", None);
    untimed.act(101 * MINUTE, "call");
    let score = untimed.finish();
    let one = untimed.of_question(&score, "one").expect("it never lapsed");
    assert_eq!((one.timeliness, one.arithmetic[1].as_str()), (100, "time: untimed drill: 100 %"));
    assert_eq!(untimed.of_action(&score, "call").map(|i| i.credit), Some(Credit(4_000)));
}

#[test]
fn hints_cost_their_price() {
    let mut drill = Rehearsal::start();
    let one = drill.question("one");
    drill.put(30, &Input::Hint(one));
    drill.put(40, &Input::Hint(one));
    drill.choose(MINUTE, "one", "verify", None);
    let item = drill.of_question(&drill.score(), "one").expect("it is scored");
    assert_eq!((item.help, item.assisted, item.tally.earned), (30, true, points(70)));
    assert_eq!(
        item.arithmetic[2..],
        ["help: 10 % + 20 %, of 10: 3", "points: weight 10 × 100 % × 100 % = 10 − 3 for help = 7 of 10"]
    );
    assert_eq!(item.standing, Standing::Best, "how an answer stands is before time and help");
}

#[test]
fn the_best_on_offer_is_what_counts() {
    let mut drill = Rehearsal::start();
    drill.act(0, "call");
    drill.choose(7 * MINUTE, "one", "ask", None);
    let item = drill.of_question(&drill.score(), "one").expect("it is scored");
    assert_eq!((item.standing, item.credit), (Standing::Defensible, Credit(4_000)));
    let mut harm = Rehearsal::start();
    harm.choose(5 * MINUTE, "one", "pay", Some(99));
    let score = harm.score();
    let item = harm.of_question(&score, "one").expect("it is scored");
    assert_eq!((item.standing, item.tally.earned), (Standing::Harmful, points(-50)));
    assert!(score.calibration.calls[0].sure_and_wrong());
}

#[test]
fn several_order_estimate_and_record_show_their_arithmetic() {
    let mut drill = Rehearsal::start();
    drill.several(21 * MINUTE, "several", &["a", "b", "c", "e"]);
    drill.order(21 * MINUTE, "order", &["p", "r", "q", "s", "t"]);
    drill.answer(41 * MINUTE, "hours", Answer::Number(68), None);
    drill.order(41 * MINUTE, "log", &["w", "y", "x", "z"]);
    let score = drill.score();
    assert_eq!(
        lines(drill.of_question(&score, "several")),
        [
            "choose several: 3 of 4 right, 1 of 3 others: 75 − 33.33 = 41.67 %",
            "time: answered after 1m of 10m, full throughout: 100 %",
            "points: weight 10 × 41.67 % × 100 % = 4.17 of 10",
        ]
    );
    assert_eq!(lines(drill.of_question(&score, "order"))[0], "order: 4 of 5 pairs in the right order: 80 %");
    assert_eq!(
        lines(drill.of_question(&score, "hours"))[0],
        "estimate: 68 hours, 2 off 70; full up to 1 off, nothing from 6: 80 %"
    );
    assert_eq!(
        lines(drill.of_question(&score, "log"))[..3],
        [
            "facts: 3 of 3 right, 1 of 1 others: 100 − 100 = 0 %",
            "order: 1 of 2 pairs in the right order: 50 %",
            "record: facts and order, half each: (0 + 50) / 2 = 25 %",
        ]
    );
    let mut harmful = Rehearsal::start();
    harmful.several(21 * MINUTE, "several", &["a", "g"]);
    let item = harmful.of_question(&harmful.score(), "several").expect("it is scored");
    assert_eq!((item.credit, item.standing), (Credit(-5_000), Standing::Harmful));
}

#[test]
fn triage_is_measured_against_what_could_be_known() {
    let mut drill = Rehearsal::start();
    drill.examine(0);
    drill.choose(11 * MINUTE, "is-it", "need-more", Some(75));
    let item = drill.of_question(&drill.score(), "is-it").expect("it is scored");
    assert_eq!(item.arithmetic[0], "triage: called “need more”; it could not be told yet: 100 %");
    let mut later = Rehearsal::start();
    later.examine(0);
    later.choose(12 * MINUTE, "is-it", "need-more", Some(75));
    let item = later.of_question(&later.score(), "is-it").expect("it is scored");
    assert_eq!(item.arithmetic[0], "triage: called “need more”; it was an incident: 0 %");
}

#[test]
fn a_categorization_is_followed_as_the_truth_changes() {
    let mut drill = Rehearsal::start();
    drill.call(21 * MINUTE, EARLY, Some(90));
    drill.examine(27 * MINUTE);
    let wrong = category(&drill, "fraud", "copyright", 1, 1);
    drill.call(31 * MINUTE, wrong, Some(90));
    let right = category(&drill, "fraud", "phishing", 2, 2);
    drill.call(49 * MINUTE, right, Some(99));
    let score = drill.finish();
    let item = drill.of_question(&score, "cat").expect("it is scored");
    assert_eq!((item.asked, item.decided), (SimTime(20 * MINUTE), Some(SimTime(49 * MINUTE))));
    assert_eq!(
        item.arithmetic,
        [
            "first call: called too early to tell, and it was: 100 %",
            "last call: class and type: the right type: 100 %",
            "last call: severity: right: 100 %",
            "last call: impact: functional 1 of 3 steps off 66.67 %",
            "last call: together: (100 + 100 + 66.67) / 3 = 88.89 %",
            "time until right: 19m after it could be known, full until 10m, falling to 0 at 1h30m: 88.75 %",
            "first call, last call, time until right: (3 × 100 + 5 × 88.89 + 2 × 88.75) / 10 = 92.20 %",
            "time: first answered after 1m of 20m, full until 10m: 100 %",
            "points: weight 10 × 92.20 % × 100 % = 9.22 of 10",
        ]
    );
    let of_cat: Vec<_> = score.calibration.calls.iter().map(|c| (c.confidence, c.right)).collect();
    assert_eq!(of_cat, [(90, false), (90, true), (99, true)], "each call by the truth of its moment");
}

#[test]
fn a_call_that_is_never_revised_is_measured_at_both_ends() {
    let mut drill = Rehearsal::start();
    drill.call(21 * MINUTE, EARLY, None);
    drill.examine(27 * MINUTE);
    let score = drill.finish();
    let item = drill.of_question(&score, "cat").expect("it is scored");
    assert_eq!(item.credit, Credit(3_000), "right at first, never again");
    let mut blind = Rehearsal::start();
    blind.call(21 * MINUTE, EARLY, None);
    let score = blind.finish();
    assert_eq!(
        lines(blind.of_question(&score, "cat"))[..2],
        [
            "first and last call: called too early to tell, and it was: 100 %",
            "time until right: right as soon as it could be known: 100 %",
        ],
        "who never looked could not know better, and pays for that elsewhere"
    );
}

#[test]
fn a_truth_that_comes_with_endex_asks_nothing_of_anybody() {
    let mut drill = Rehearsal::start();
    drill.call(21 * MINUTE, EARLY, None);
    drill.examine(117 * MINUTE);
    let score = drill.finish();
    let item = drill.of_question(&score, "cat").expect("it is scored");
    assert_eq!(item.credit, Credit(10_000), "{:#?}", item.arithmetic);
}

#[test]
fn actions_count_once_inside_their_window() {
    let mut drill = Rehearsal::start();
    drill.act(46 * MINUTE, "call");
    drill.act(58 * MINUTE, "look-again");
    drill.act(70 * MINUTE, "look-again");
    drill.act(75 * MINUTE, "wipe");
    drill.act(115 * MINUTE, "too-long");
    let score = drill.finish();
    assert_eq!(
        lines(drill.of_action(&score, "call"))[0],
        "action: begun at 46m, outside its window 0s to 45m: 0 %"
    );
    assert_eq!(
        lines(drill.of_action(&score, "look-again"))[0],
        "action: begun at 1h10m inside its window 1h to 1h30m: 30 %"
    );
    assert_eq!(
        lines(drill.of_action(&score, "wipe")),
        ["action: harmful, begun at 1h15m: −80 %", "points: weight 20 × −80 % × 100 % = −16",]
    );
    assert_eq!(drill.of_action(&score, "too-long"), None, "nobody could have finished it");
    assert!(
        drill.facts.iter().any(|f| matches!(f.what, What::Begun { .. }) && f.at == SimTime(115 * MINUTE))
    );
}

#[test]
fn an_action_on_offer_only_later_is_possible_only_then() {
    let mut drill = Rehearsal::start();
    drill.choose(2 * MINUTE, "one", "pay", None);
    let score = drill.finish();
    let item = drill.of_action(&score, "after-payment").expect("paying made it possible");
    assert_eq!((item.asked, item.standing), (SimTime(2 * MINUTE), Standing::Lapsed));
    assert_eq!(item.arithmetic[0], "action: possible from 2m, not done: 0 %");
    assert_eq!(item.tally.possible, points(50));
}

#[test]
fn checkpoints_fall_to_nothing_and_say_who_helped() {
    let seen = |begun: u32| {
        let mut drill = Rehearsal::start();
        drill.act(begun * MINUTE, "call");
        let score = drill.finish();
        drill.of_checkpoint(&score, "expect-call").expect("it is scored")
    };
    let early = seen(4);
    assert_eq!((early.timeliness, early.assisted, early.decided), (100, false, Some(SimTime(600))));
    let late = seen(29);
    assert_eq!((late.timeliness, late.assisted), (50, true), "the chaser came at half past");
    assert_eq!(
        late.arithmetic,
        [
            "expected action: seen: 100 %",
            "time: seen after 35m of 50m, full until 20m, then falling to 0 %: 50 %",
            "points: weight 10 × 100 % × 50 % = 5 of 10",
        ]
    );
    let missed = seen(45);
    assert_eq!((missed.standing, missed.tally.earned), (Standing::Lapsed, Points(0)));
    assert_eq!(missed.arithmetic[0], "expected action: not seen from 0s to 50m: 0 %");

    let mut short = Rehearsal::start();
    short.put(60 * MINUTE, &Input::End);
    assert_eq!(short.of_checkpoint(&short.score(), "expect-late"), None, "its window never opened");
}

#[test]
fn notes_and_pauses_earn_nothing() {
    let (quiet, score) = best_line();
    let mut loud = Vec::new();
    for fact in &quiet.facts {
        loud.push(fact.clone());
        if matches!(fact.what, What::Delivered(_)) {
            for what in [What::Noted("Wait.".into()), What::Paused(PauseCause::Asked), What::Resumed] {
                loud.push(Fact { at: fact.at, what });
            }
        }
    }
    assert!(loud.len() > quiet.facts.len());
    assert_eq!(breachdrill::score::score(&quiet.scenario, &loud), score);
}
