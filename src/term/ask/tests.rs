//! Drafts, step by step.

use super::*;
use crate::drill::{Offer, Sides};
use crate::engine::Pair;
use crate::scenario::{ChoiceSet, PartnerId, QuestionId, Scheme, SimTime};

fn question(wants: Wants, confidence: bool, reason: bool) -> OpenQuestion {
    let says = |n: u8| Offer { id: ChoiceId(2 - n), says: format!("choice {n}") };
    OpenQuestion {
        id: QuestionId(0),
        says: "What now?".into(),
        whose: String::new(),
        wants,
        choices: (0..3).map(says).collect(),
        since: SimTime(0),
        lapses: None,
        to_the_end: false,
        confidence,
        reason,
        hints: Vec::new(),
        hint_price: None,
        category: None,
    }
}

fn categories() -> Wants {
    Wants::Category(Box::new(Categories {
        title: "Own".into(),
        classes: vec![("Fraud".into(), vec!["Phishing".into()]), ("Other".into(), Vec::new())],
        scheme: Scheme::Own,
        severities: vec!["low".into(), "high".into()],
        axes: vec![Axis::Information],
        too_early: true,
        revisable: true,
    }))
}

fn rows(draft: &mut Draft, rows: &[usize]) -> Taken {
    draft.take(Given::Rows(rows.to_vec()))
}

fn answer(taken: Taken) -> Answer {
    match taken {
        Taken::Done(submission) => submission.answer,
        other @ (Taken::Next | Taken::Not(_)) => panic!("not done: {other:?}"),
    }
}

#[test]
fn rows_become_the_choices_shown() {
    let mut draft = Draft::new(question(Wants::One, false, false), None);
    assert_eq!(answer(rows(&mut draft, &[0])), Answer::One(ChoiceId(2)));
    let mut draft = Draft::new(question(Wants::Several, false, false), None);
    let set: ChoiceSet = [ChoiceId(2), ChoiceId(0)].into_iter().collect();
    assert_eq!(answer(rows(&mut draft, &[0, 2])), Answer::Several(set));
    let mut draft = Draft::new(question(Wants::Order, false, false), None);
    assert!(matches!(rows(&mut draft, &[0, 2]), Taken::Not(_)), "one is missing");
    assert!(matches!(rows(&mut draft, &[0, 2, 2]), Taken::Not(_)), "one is doubled");
    assert_eq!(
        answer(rows(&mut draft, &[1, 0, 2])),
        Answer::Order(vec![ChoiceId(1), ChoiceId(2), ChoiceId(0)])
    );
}

#[test]
fn confidence_and_reason_follow() {
    let mut draft = Draft::new(question(Wants::One, true, true), None);
    assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    assert_eq!(draft.step(), Step::Sure);
    draft.back();
    assert_eq!(rows(&mut draft, &[0]), Taken::Next, "one may think again");
    assert_eq!(rows(&mut draft, &[3]), Taken::Next);
    let Taken::Done(done) = draft.because("because".into()) else { panic!("not done") };
    assert_eq!((done.answer, done.confidence), (Answer::One(ChoiceId(2)), Some(90)));
    assert_eq!(done.reason.as_deref(), Some("because"));
}

#[test]
fn a_category_is_called_step_by_step() {
    let mut draft = Draft::new(question(categories(), false, false), None);
    let mut seen = Vec::new();
    for row in [0, 0, 1] {
        seen.push(draft.step());
        assert_eq!(rows(&mut draft, &[row]), Taken::Next);
    }
    assert_eq!(seen, [Step::Class, Step::Kind, Step::Severity]);
    let Answer::Category(call) = answer(rows(&mut draft, &[1])) else { panic!("no category") };
    assert_eq!((call.class, call.kind), (Some(ClassId(0)), Some(KindId(0))));
    assert_eq!((call.severity, call.impact[1]), (Some(LevelId(1)), Some(LevelId(1))));
}

#[test]
fn too_early_ends_the_call_and_going_back_undoes_it() {
    let mut draft = Draft::new(question(categories(), true, false), None);
    assert_eq!(rows(&mut draft, &[2]), Taken::Next);
    assert_eq!(draft.step(), Step::Sure);
    draft.back();
    assert_eq!(rows(&mut draft, &[1]), Taken::Next, "a class without types");
    assert_eq!(draft.step(), Step::Severity);
    rows(&mut draft, &[0]);
    rows(&mut draft, &[0]);
    let Answer::Category(call) = answer(rows(&mut draft, &[0])) else { panic!("no category") };
    assert!(!call.too_early && call.class == Some(ClassId(1)) && call.kind.is_none());
}

#[test]
fn too_early_is_there_without_classes_too() {
    let Wants::Category(mut only) = categories() else { unreachable!() };
    only.classes.clear();
    let mut draft = Draft::new(question(Wants::Category(only), false, false), None);
    assert_eq!(draft.options(), ["low", "high", "Too early to tell"]);
    let Answer::Category(call) = answer(rows(&mut draft, &[2])) else { panic!("no category") };
    assert_eq!(call, Category { too_early: true, ..Category::default() });
}

fn sides(notify: bool, by: &[u32]) -> Wants {
    Wants::Pairs(Box::new(Sides {
        notify,
        with: vec!["ann".into(), "ben".into()],
        by: by.iter().copied().map(SimTime).collect(),
    }))
}

fn pair(row: u8, with: u8, by: Option<u32>) -> Pair {
    Pair { row: ChoiceId(row), with: PartnerId(with), by: by.map(SimTime) }
}

#[test]
fn tasks_go_one_by_one_and_may_be_left_open() {
    let mut draft = Draft::new(question(sides(false, &[]), false, false), None);
    assert_eq!(draft.heading().as_deref(), Some("1 of 3: choice 0 – who does it?"));
    assert_eq!(draft.options(), ["ann", "ben", "Nobody, for now"]);
    assert_eq!(draft.standing(None), None, "nothing was given yet");
    assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    assert_eq!(draft.standing(None).map(|s| s.answer), Some(Answer::Pairs(vec![pair(2, 1, None)])));
    assert_eq!(rows(&mut draft, &[2]), Taken::Next);
    assert_eq!(rows(&mut draft, &[0]), Taken::Next);
    assert_eq!(draft.step(), Step::Review);
    assert_eq!(draft.options(), ["choice 0: ben", "choice 1: nobody", "choice 2: ann", "Hand it in"]);
    assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    assert_eq!(draft.step(), Step::With(1), "a line is changed");
    assert_eq!(rows(&mut draft, &[0]), Taken::Next);
    assert_eq!(draft.step(), Step::Review, "and back to the whole");
    let all = [pair(0, 0, None), pair(1, 0, None), pair(2, 1, None)];
    assert_eq!(answer(rows(&mut draft, &[3])), Answer::Pairs(all.to_vec()));
}

#[test]
fn recipients_take_a_channel_and_then_a_deadline() {
    let mut draft = Draft::new(question(sides(true, &[3_600, 86_400]), true, false), None);
    assert_eq!(rows(&mut draft, &[0]), Taken::Next);
    assert_eq!(draft.step(), Step::By(0));
    assert_eq!(draft.options(), ["within 1h", "within 24h"]);
    let nobody = Answer::Pairs(Vec::new());
    assert_eq!(draft.standing(None).map(|s| s.answer), Some(nobody), "half a notice is none");
    draft.back();
    assert_eq!(draft.step(), Step::With(0));
    assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    assert_eq!(rows(&mut draft, &[2]), Taken::Next, "not told, so no deadline");
    assert_eq!(rows(&mut draft, &[2]), Taken::Next);
    assert_eq!(draft.options()[0], "choice 0: ben, within 24h");
    assert_eq!(rows(&mut draft, &[3]), Taken::Next);
    assert_eq!(draft.step(), Step::Sure);
    assert_eq!(answer(rows(&mut draft, &[4])), Answer::Pairs(vec![pair(2, 1, Some(86_400))]));
}

#[test]
fn a_calculator_asks_for_every_factor() {
    let Wants::Category(mut categories) = categories() else { panic!("a category") };
    categories.scheme = Scheme::Nciss;
    categories.axes.clear();
    categories.classes.clear();
    categories.too_early = false;
    let mut draft = Draft::new(question(Wants::Category(categories), false, false), None);
    for row in 0..7 {
        assert_eq!(draft.step(), Step::Factor(row));
        assert!(
            draft.heading().is_some_and(|h| h.starts_with(&format!("Severity, factor {} of 8: ", row + 1)))
        );
        assert_eq!(rows(&mut draft, &[1]), Taken::Next);
    }
    let factors = Some(Factors([1, 1, 1, 1, 1, 1, 1, 2]));
    assert_eq!(answer(rows(&mut draft, &[2])), Answer::Category(Category { factors, ..Category::default() }));
}
