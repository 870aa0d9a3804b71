//! Small scripts with a known answer: exploration finds it, and brute force agrees.

use breachdrill::engine::{Answer, Input, What};
use breachdrill::scenario::{ActionId, ChoiceId, EvidenceId, InjectId, QuestionId, Scenario, SimTime, Stage};
use breachdrill::score::Points;
use breachdrill::solve::{Bounds, Goal, Proof, Step, prove};

use super::brute::{Found, brute};
use super::generate::agrees;
use crate::support::{scenario, settings};

/// A script, what is proved of it, and what brute force found.
struct Known {
    scenario: Scenario,
    proof: Proof,
    found: Found,
}

fn known(text: &str) -> Known {
    if let Err(wrong) = agrees(text, 7) {
        panic!("{wrong}");
    }
    let scenario = scenario(text);
    let proof = prove(&scenario, settings(7), Bounds::default(), &mut |_| true);
    assert!(proof.complete(), "everything is proved");
    let found = brute(&scenario, settings(7), 10_000).expect("it is small");
    Known { scenario, proof, found }
}

impl Known {
    fn unreached(&self) -> Vec<Goal> {
        self.proof.unreached.iter().map(|unreached| unreached.goal).collect()
    }

    fn inject(&self, name: &str) -> InjectId {
        let row = self.scenario.injects.iter().position(|inject| inject.name.as_str() == name);
        InjectId::of(row.unwrap())
    }

    /// What the best line of exploration and that of brute force earn.
    fn best(&self) -> [Points; 2] {
        [self.proof.points.best.earned, self.found.best.as_ref().unwrap().0]
    }

    /// The steps of the best line: when, and how a question was answered.
    fn answers(&self) -> Vec<(u32, String)> {
        let named = |step: &Step| {
            let Input::Answer(given) = &step.input else { return None };
            let Answer::One(choice) = given.answer else { return None };
            let question = self.scenario.question(given.question);
            Some((step.at.0, question.choice(choice).name.to_string()))
        };
        self.proof.points.best.line.steps.iter().filter_map(named).collect()
    }
}

fn points(whole: i64) -> Points {
    Points(whole * 1_000_000)
}

#[test]
fn an_inject_that_no_line_reaches() {
    let known = known(include_str!("../../fixtures/solve/unreachable-inject.ron"));
    assert_eq!(known.unreached(), [Goal::Inject(known.inject("follow-up"))]);
    assert!(known.proof.unreached[0].proved);
}

#[test]
fn two_conditions_that_never_hold_together() {
    let known = known(include_str!("../../fixtures/solve/contradiction.ron"));
    assert_eq!(known.unreached(), [Goal::Inject(known.inject("alarm"))]);
    assert!(known.proof.reach.has(Goal::Inject(known.inject("late-alarm"))));
}

#[test]
fn a_line_after_which_nothing_comes() {
    let known = known(include_str!("../../fixtures/solve/dead-end.ron"));
    assert_eq!(known.unreached(), []);
    let silence = known.proof.reach.silence.clone().expect("there is one");
    assert_eq!((silence.from, silence.until), (SimTime::ZERO, SimTime(3600)), "all was settled at STARTEX");
    let (facts, _) = silence.way.play(&known.scenario);
    let shown = |what: &What| matches!(what, What::Delivered(_) | What::Opened { .. } | What::Lapsed(_));
    assert!(facts.iter().all(|fact| fact.at <= silence.from || !shown(&fact.what)), "{facts:#?}");
}

#[test]
fn the_choice_with_the_most_credit_is_never_best() {
    let known = known(include_str!("../../fixtures/solve/never-best.ron"));
    assert_eq!(known.best(), [points(16); 2]);
    assert_eq!(known.answers(), [(0, "look".to_owned()), (1200, "tell".to_owned())]);
    let regret = &known.proof.points.reach.regret[0];
    assert_eq!(*regret, [Some(points(6)), Some(points(0))], "ten points now, sixteen otherwise");
    let through =
        |choice| known.found.through.iter().find(|(of, _)| *of == (QuestionId(0), choice)).unwrap().1;
    assert_eq!([through(ChoiceId(0)), through(ChoiceId(1))], [points(10), points(16)]);
}

#[test]
fn a_stage_whose_maximum_no_line_reaches() {
    let known = known(include_str!("../../fixtures/solve/stage-maximum.ron"));
    let stage = known.proof.stages.iter().find(|own| own.stage == Stage::Response).unwrap();
    assert_eq!((stage.earned, stage.possible, stage.proved), (points(20), points(30), true));
    let most = known.found.stages.iter().find(|(own, _)| *own == Stage::Response).unwrap().1;
    assert_eq!((known.best(), most), ([points(20); 2], points(20)));
}

#[test]
fn a_best_line_that_has_to_wait() {
    let known = known(include_str!("../../fixtures/solve/waiting.ron"));
    assert_eq!(known.best(), [points(10); 2]);
    assert_eq!(known.answers(), [(360, "incident".to_owned())]);
}

#[test]
fn a_best_line_that_begins_badly() {
    let known = known(include_str!("../../fixtures/solve/bad-looking.ron"));
    assert_eq!(known.best(), [points(45); 2]);
    assert_eq!(known.answers(), [(0, "go-on".to_owned()), (0, "cause".to_owned())]);
}

#[test]
fn what_ends_between_two_moments_is_found() {
    let known = known(include_str!("../../fixtures/solve/just-in-time.ron"));
    assert_eq!(known.unreached(), []);
    assert_eq!(known.best(), [points(20); 2]);
    let begun = known.proof.points.best.line.steps.iter().find(|step| matches!(step.input, Input::Do(_)));
    assert_eq!(begun.map(|step| step.at), Some(SimTime(14 * 60 + 1)), "done a second after the first");
}

#[test]
fn a_dead_end_after_work_that_is_no_longer_on_offer() {
    let known = known(include_str!("../../fixtures/solve/spent-work.ron"));
    let silence = known.proof.reach.silence.clone().expect("there is one");
    assert_eq!((silence.from, silence.until), (SimTime(60), SimTime(3600)), "then the look is taken");
}

/// A short script whose only question is answered at STARTEX, with something to do beside it.
fn beside(what: &str) -> String {
    let text = include_str!("../../fixtures/solve/spent-work.ron");
    let (head, rest) = text.split_once("    actions: {").unwrap();
    let (_, tail) = rest.split_once("\n    },\n").unwrap();
    format!("{head}{what}\n{tail}")
}

/// From when on the longest dead end of a script is one, and what is done on the way.
fn dead_from(text: &str) -> Option<(u32, Vec<Input>)> {
    let silence = known(text).proof.reach.silence?;
    Some((silence.from.0, silence.way.steps.into_iter().map(|step| step.input).collect()))
}

/// The short script with an action beside its question.
fn ring(more: &str) -> String {
    beside(&format!(
        r#"actions: {{ "ring": (label: "Ring", stage: Response, credit: 50, result: "r", why: "q", source: "guide", {more}) }},"#
    ))
}

#[test]
fn what_can_be_done_again_can_be_done_to_the_end() {
    for again in ["often: true", r#"often: true, takes: "1m""#] {
        assert_eq!(dead_from(&ring(again)), None, "{again}");
    }
    let two = beside(
        r#"actions: {
        "far": (label: "Far", stage: Response, credit: 50, result: "r", why: "q", source: "guide"),
        "fast": (label: "Fast", stage: Response, credit: 50, when: Did("far"), result: "s", why: "t", often: true) },"#,
    );
    assert_eq!(dead_from(&two), None);
}

#[test]
fn work_that_can_be_done_once_fills_no_hour() {
    for (more, from) in [
        (r#"takes: "1m""#, 60),
        (r#"takes: "1m", window: ("0m", "20m")"#, 60),
        (r#"takes: "1m", when: From("20m")"#, 1260),
        (r#"takes: "1m", when: Answered("what"), then: [Ask("what")]"#, 60),
    ] {
        let (dead, steps) = dead_from(&ring(more)).unwrap_or_else(|| panic!("{more}: no dead end"));
        assert_eq!((dead, steps.contains(&Input::Do(ActionId::of(0)))), (from, true), "{more}: {steps:?}");
    }
    assert_eq!(dead_from(&ring(r#"takes: "1m", when: From("59m")"#)), None, "it can be done at the end");
    let look = beside(r#"evidence: { "log": (title: "Log", takes: "1m", body: "b", decoy: true) },"#);
    let (dead, steps) = dead_from(&look).expect("a log that is read is no more to be read");
    assert_eq!((dead, steps.contains(&Input::Examine(EvidenceId::of(0)))), (60, true), "{steps:?}");
}

#[test]
fn work_that_comes_on_offer_later_is_reached() {
    let known = known(include_str!("../../fixtures/solve/later-work.ron"));
    assert_eq!(known.unreached(), []);
    assert_eq!(known.best(), [points(11); 2]);
    let silence = known.proof.reach.silence.expect("what is done later is done once");
    assert_eq!((silence.from, silence.until), (SimTime(1260), SimTime(3600)));
}

#[test]
fn what_brute_force_once_found_and_exploration_did_not() {
    for (text, most) in [
        (include_str!("../../fixtures/solve/asked-evidence.ron"), None),
        (include_str!("../../fixtures/solve/truth-by-action.ron"), Some(points(10))),
        (include_str!("../../fixtures/solve/named-class.ron"), Some(points(10))),
        (include_str!("../../fixtures/solve/evidence-at-the-end.ron"), None),
        (include_str!("../../fixtures/solve/wrong-fact.ron"), None),
        (include_str!("../../fixtures/solve/late-harm.ron"), None),
        (include_str!("../../fixtures/solve/over-at-once.ron"), None),
    ] {
        let known = known(text);
        let [explored, brute] = known.best();
        assert_eq!(explored, brute);
        assert!(most.is_none_or(|most| explored == most), "{explored}");
    }
}
