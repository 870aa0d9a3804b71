//! Debriefs of drills that were played: every sentence follows from the facts.

use std::path::Path;

use breachdrill::debrief::{About, Debrief, Lane, Of, Standing, build};
use breachdrill::scenario::Scenario;
use breachdrill::score::score;

use crate::support::{Rehearsal, scenario};

pub(crate) fn about() -> About {
    About {
        drill: "7f3a".into(),
        head: "9c1e5b7d".repeat(8),
        trainee: Some("Amber Heron".into()),
        started: None,
        engine: "0.1.0".into(),
        parent: None,
        moves: 0,
        answers: false,
    }
}

pub(super) fn shipped(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.ron"));
    scenario(&std::fs::read_to_string(path).unwrap())
}

/// A shipped script played along an answers file of the fixtures.
pub(super) fn played(name: &str, line: &str) -> Debrief {
    let scenario = shipped(name);
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/answers");
    let answers = std::fs::read_to_string(answers.join(format!("{name}-{line}.ron"))).unwrap();
    let facts = Rehearsal::of(&scenario).seed(41).answers(&answers).facts();
    build(&scenario, &facts, &score(&scenario, &facts), &about())
}

#[test]
fn a_good_line_and_a_bad_one_are_told_apart() {
    let (good, bad) = (played("friday-invoice", "good"), played("friday-invoice", "bad"));
    assert!(good.points.percent > bad.points.percent);
    for debrief in [&good, &bad] {
        let opening = &debrief.opening;
        for sentence in [&opening.happened, &opening.best, &opening.change] {
            assert!(sentence.ends_with('.') && sentence.len() < 420, "{sentence}");
            assert!(!sentence.contains('{'), "every slot is filled: {sentence}");
        }
        assert!(opening.change.starts_with("Change one thing: "), "{}", opening.change);
        assert_eq!(debrief.points.earned, debrief.decisions.iter().map(|d| d.points.earned).sum::<i64>());
    }
}

#[test]
fn nothing_that_came_later_counts_as_known() {
    for line in ["good", "bad"] {
        let debrief = played("friday-invoice", line);
        assert!(debrief.decisions.iter().any(|d| !d.known.delivered.is_empty()));
        for decision in &debrief.decisions {
            let known = &decision.known;
            let moments = known.delivered.iter().map(|d| &d.at).chain(known.examined.iter().map(|e| &e.at));
            for moment in moments {
                assert!(moment.second <= decision.at.second, "{}: {moment:?}", decision.name);
            }
            let seen = known.delivered.len() + known.delivered_before as usize;
            let reached = debrief.timeline.iter().filter(|m| m.lane == Lane::Reached);
            let before = reached.filter(|m| m.at.second < decision.at.second).count();
            assert!(seen >= before, "{}: {seen} of {before}", decision.name);
        }
    }
}

#[test]
fn every_decision_says_what_was_best_and_shows_its_arithmetic() {
    let debrief = played("friday-invoice", "bad");
    for decision in &debrief.decisions {
        assert!(!decision.arithmetic.is_empty(), "{}", decision.name);
        if decision.of == Of::Question {
            assert!(!decision.best.is_empty(), "{}", decision.name);
            assert_eq!(
                decision.chosen.is_empty(),
                decision.standing == Standing::Lapsed,
                "{}",
                decision.name
            );
        }
        if decision.standing == Standing::Best {
            assert!(decision.of != Of::Question || decision.chosen == decision.best, "{}", decision.name);
        }
    }
}

#[test]
fn a_silent_trainee_reads_no_blame_and_sees_what_was_missed() {
    let scenario = shipped("friday-invoice");
    let facts = Rehearsal::of(&scenario).seed(41).facts();
    let debrief = build(&scenario, &facts, &score(&scenario, &facts), &about());
    assert!(debrief.decisions.iter().all(|d| d.standing == Standing::Lapsed));
    assert!(debrief.opening.best.starts_with("What went best: "), "{}", debrief.opening.best);
    assert!(!debrief.unexamined.is_empty());
    assert!(debrief.calibration.calls.is_empty());
}

#[test]
fn a_drill_that_is_not_over_has_a_debrief_all_the_same() {
    let scenario = shipped("first-light");
    let facts = Rehearsal::of(&scenario).seed(41).facts();
    for length in 0..facts.len() {
        let facts = &facts[..length];
        let debrief = build(&scenario, facts, &score(&scenario, facts), &about());
        assert!(debrief.ending.is_none());
        assert!(debrief.opening.happened.ends_with('.'));
        super::page(&debrief);
    }
}

#[test]
fn a_call_for_now_that_is_never_revised_says_so() {
    let calls = |then: &str| {
        let scenario = shipped("friday-invoice");
        let steps = format!(
            r#"(asked: "kind", does: Categorize(class: "diverted-payment", kind: "changed-account", severity: "medium")),
            {then}"#
        );
        let answers = r#"(asked: "first-look", does: Choose("hold")), (asked: "check", does: Choose("record"), sure: 90),"#;
        let facts = Rehearsal::of(&scenario).seed(41).steps(&format!("{answers}{steps}")).facts();
        let debrief = build(&scenario, &facts, &score(&scenario, &facts), &about());
        let kind =
            debrief.decisions.iter().find(|d| d.title.starts_with("What do you think")).unwrap().clone();
        kind.otherwise.into_iter().filter(|other| other.choice.starts_with("too early")).collect::<Vec<_>>()
    };
    // It is right at first, and still worth less than a call that comes to be right.
    let [left] = &calls("")[..] else { panic!("one such choice") };
    assert_eq!((left.choice.as_str(), left.points < 0), ("too early to tell, and left at that", true));
    assert!(left.says.starts_with("Had you called it too early to tell at "), "{}", left.says);
    assert!(left.says.contains(" and left it at that, it would have been"), "{}", left.says);
    let [revised] = &calls(
        r#"(at: "58m", question: "kind", does: Categorize(class: "diverted-payment", kind: "changed-account", severity: "medium")),"#,
    )[..] else {
        panic!("one such choice")
    };
    assert_eq!((revised.choice.as_str(), revised.points > 0), ("too early to tell", true), "{revised:?}");
}
