//! Drafts, step by step.

use super::*;
use crate::drill::Offer;
use crate::scenario::{ChoiceSet, QuestionId, SimTime};

fn question(wants: Wants, confidence: bool, reason: bool) -> OpenQuestion {
    let says = |n: u8| Offer { id: ChoiceId(2 - n), says: format!("choice {n}") };
    OpenQuestion {
        id: QuestionId(0),
        says: "What now?".into(),
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
