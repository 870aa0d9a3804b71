//! What-if: one decision changed is the drill as it would have been played.

use breachdrill::drill::Drill;
use breachdrill::engine::{Answer, Fact, Input, What};
use breachdrill::journal::Memory;
use breachdrill::scenario::{Category, QuestionId, Scenario, SimTime, library};
use breachdrill::score::{ItemOf, score};
use breachdrill::solve::{Alternative, Fork, Instead, Line, Turn, Unasked, Wanted, WhatIf};
use proptest::prelude::*;

use crate::support::{MACHINE_ROOM, NIGHT_SHIFT, Rehearsal, at_random, generated, scenario, settings};

/// Plays a line through a drill with a journal, as `play` does.
fn drilled(scenario: &Scenario, line: &Line) -> Vec<Fact> {
    let mut drill = Drill::new(scenario, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(line.settings)).unwrap().unwrap();
    for step in &line.steps {
        drill.advance(step.at).unwrap();
        drill.submit(step.at, &step.input).unwrap().unwrap();
    }
    drill.advance(scenario.clock.length).unwrap();
    drill.facts().to_vec()
}

/// What a drill earned, but for the questions that only it was asked.
fn on_both(scenario: &Scenario, facts: &[Fact], other: &[Fact]) -> i64 {
    let asked = |facts: &[Fact], id| {
        facts.iter().any(|fact| matches!(fact.what, What::Opened { question, .. } if question == id))
    };
    let scored = score(scenario, facts);
    let both = scored.items.iter().filter(|item| match item.of {
        ItemOf::Question(id) => asked(other, id),
        ItemOf::Action(_) | ItemOf::Checkpoint(_) | ItemOf::Duty(_) => true,
    });
    both.map(|item| item.tally.earned.0).sum()
}

fn without_pauses(facts: &[Fact]) -> Vec<Fact> {
    let pause = |fact: &&Fact| !matches!(fact.what, What::Paused(_) | What::Resumed);
    facts.iter().filter(pause).cloned().collect()
}

/// Every what-if of a drill is the drill that its inputs make, and says what that drill earns.
fn hold(scenario: &Scenario, facts: &[Fact]) -> usize {
    let drill = WhatIf::of(scenario, facts).unwrap();
    let own = score(scenario, facts).decisions.earned;
    let all = drill.all();
    assert!(!all.cut);
    let mut many = 0;
    for (turn, others) in &all.turns {
        let ranks: Vec<_> = others.iter().map(|o| o.difference.rank(scenario)).collect();
        assert!(ranks.is_sorted_by(|a, b| a >= b), "the best first");
        for other in others {
            many += 1;
            let would = drill.play(&other.fork);
            assert_eq!(without_pauses(&facts[..other.fork.cut]), before(&would, facts, other.fork.cut));
            let line = Line::of(&would).unwrap();
            assert_eq!(drilled(scenario, &line), would, "{turn:?} {:?}", other.fork.instead);
            shows(&would, &other.fork);
            let scored = score(scenario, &would);
            let difference = &other.difference;
            assert_eq!(scored.decisions.earned, difference.earned, "{turn:?} {:?}", other.fork.instead);
            assert_eq!(difference.points.0, difference.earned.0 - own.0);
            assert_eq!(
                difference.alike.0,
                on_both(scenario, &would, facts) - on_both(scenario, facts, &would)
            );
            for gauge in &scored.outcome {
                let told = difference.gauges.iter().find(|(id, ..)| *id == gauge.gauge);
                let reads = told.map(|(_, _, would)| *would);
                let own = score(scenario, facts).outcome[gauge.gauge.at()].end;
                assert_eq!(gauge.end, reads.unwrap_or(own));
            }
            assert_eq!(drill.try_out(&other.fork), *difference, "the same, one by one");
        }
    }
    many
}

fn before(would: &[Fact], facts: &[Fact], cut: usize) -> Vec<Fact> {
    would[..without_pauses(&facts[..cut]).len()].to_vec()
}

/// The changed decision is there.
fn shows(would: &[Fact], fork: &Fork) {
    let (Turn::Answered(id) | Turn::Revised(id, _) | Turn::Stood(id) | Turn::Silent(id)) = fork.turn else {
        return;
    };
    let shown = would.iter().any(|fact| match (&fact.what, &fork.instead) {
        (What::Answered { question, answer, .. }, Instead::Answer(instead)) => {
            *question == id && answer == instead && fact.at == fork.at
        }
        _ => matches!(fork.instead, Instead::Silence),
    });
    assert!(shown, "{:?} is not in the drill", fork.instead);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_what_if_is_the_drill_played_so(
        script in any::<u64>(),
        seed in any::<u64>(),
        dice in prop::collection::vec((0u16..240, any::<u32>()), 0..40),
    ) {
        let scenario = scenario(&generated::script(script));
        let (facts, _) = at_random(&scenario, settings(seed), &dice);
        hold(&scenario, &facts);
    }

    #[test]
    fn nothing_changed_is_the_drill_itself(
        script in any::<u64>(),
        dice in prop::collection::vec((0u16..240, any::<u32>()), 0..40),
    ) {
        let scenario = scenario(&generated::script(script));
        let (facts, _) = at_random(&scenario, settings(script), &dice);
        let drill = WhatIf::of(&scenario, &facts).unwrap();
        for (row, fact) in facts.iter().enumerate() {
            if let What::Answered { question, answer, .. } = &fact.what
                && facts[..row].iter().all(|f| !matches!(&f.what, What::Answered { question: q, .. } if q == question))
            {
                let wanted = Wanted::Question(*question, Instead::Answer(answer.clone()), None);
                prop_assert_eq!(drill.ask(&wanted).err(), Some(Unasked::Same));
                // A second later, and nothing else: the same answer, and the drill goes on from there.
                let later = Wanted::Question(*question, Instead::Answer(answer.clone()), Some(fact.at + SimTime(1)));
                if let Ok((fork, _)) = drill.ask(&later) {
                    let would = drill.play(&fork);
                    let line = Line::of(&would).unwrap();
                    prop_assert_eq!(drilled(&scenario, &line), would);
                }
            }
        }
    }
}

#[test]
fn on_the_scripts_with_everything_in_them() {
    for text in [MACHINE_ROOM, NIGHT_SHIFT] {
        let scenario = scenario(text);
        let mut many = 0;
        for seed in 0..20_u32 {
            let dice: Vec<(u16, u32)> = (0..40_u32)
                .map(|n| {
                    let dice = (seed * 977 + n).wrapping_mul(2_654_435_761);
                    ((dice >> 20) as u16 % 120, dice.rotate_left(13))
                })
                .collect();
            let (facts, _) = at_random(&scenario, settings(seed.into()), &dice);
            many += hold(&scenario, &facts);
        }
        assert!(many > 100, "{many} what-ifs only");
    }
}

#[test]
fn on_the_shipped_scripts() {
    for (name, text) in library() {
        let scenario = scenario(text);
        for line in ["good", "bad"] {
            let file = format!("{}/tests/fixtures/answers/{name}-{line}.ron", env!("CARGO_MANIFEST_DIR"));
            let facts = Rehearsal::of(&scenario).answers(&std::fs::read_to_string(file).unwrap()).facts();
            let many = hold(&scenario, &facts);
            assert!(many > 3, "{name} {line}: {many}");
        }
    }
}

#[test]
fn a_choice_is_no_better_for_leading_to_more_questions() {
    let (_, text) = library().iter().find(|(name, _)| *name == "wrong-recipient").unwrap();
    let scenario = scenario(text);
    let facts = Rehearsal::of(&scenario).facts();
    let drill = WhatIf::of(&scenario, &facts).unwrap();
    let all = drill.all();
    let first = QuestionId::of(0);
    let (_, others) = all.turns.iter().find(|(turn, _)| *turn == Turn::Silent(first)).unwrap();
    let chosen = |other: &Alternative| match other.fork.instead {
        Instead::Answer(Answer::One(id)) => scenario.question(first).choice(id).credit,
        Instead::Answer(_) | Instead::Silence | Instead::Do | Instead::Leave => 0,
    };
    let points: Vec<_> = others.iter().map(|other| other.difference.points).collect();
    assert!(!points.is_sorted_by(|a, b| a >= b), "one that is asked more earns more: {points:?}");
    assert_eq!(chosen(&others[0]), 100, "and still the right choice comes first");
}

#[test]
fn one_decision_can_be_tried_however_long_the_drill() {
    let injects: String = (0..1_000)
        .map(|n| {
            format!(
                "\"i{n}\": (at: \"{}m\", via: Desk(from: \"kim\"), body: \"x\", then: [Ask(\"q{n}\")]),",
                n * 20
            )
        })
        .collect();
    let ask = "ask: ChooseOne({ \"a\": (says: \"Do\", credit: 100, why: \"y\"), \"b\": (says: \"Wait\", why: \"n\") })";
    let questions: String = (0..1_000)
        .map(|n| format!("\"q{n}\": (stage: Response, says: \"What {n}?\", lapses: \"5m\", {ask}),"))
        .collect();
    let long = scenario(&format!(
        "#![type = \"breachdrill/scenario/1\"]\nScenario(title: \"Big\", summary: \"Big.\", audience: Everyone, \
         minutes: 1440, clock: (startex: \"2026-03-06 09:00\", zone: \"Europe/Berlin\", length: \"20d\", pace: 20), \
         cast: {{\"kim\": (label: \"Kim\")}}, injects: {{{injects}}}, questions: {{{questions}}}, \
         endings: {{\"end\": (title: \"Over\", says: \"Over.\")}})"
    ));
    let facts = Rehearsal::of(&long).facts();
    let drill = WhatIf::of(&long, &facts).unwrap();
    let last = Turn::Silent(QuestionId::of(990));
    let one = drill.among(|turn| turn == last);
    assert!(!one.cut && one.turns.len() == 1 && one.turns[0].1.len() == 1, "{:?}", one.turns);
    assert!(one.turns[0].1[0].difference.points.0 > 0);
}

#[test]
fn a_call_that_is_moved_keeps_the_calls_that_follow_it() {
    let text = r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Sheets", summary: "s", audience: Everyone, minutes: 6,
    clock: (startex: "2026-03-06 09:00", zone: "Europe/Berlin", length: "1h", pace: 10),
    cast: {"kim": (label: "Kim")},
    truth: {
        "loss": (from: "0m", class: "fraud", kind: "phishing", why: "w"),
        "leak": (from: "10m", class: "intrusions", kind: "burglary", why: "w"),
    },
    injects: {"note": (at: "0m", via: Desk(from: "kim"), body: "x", then: [Ask("kind")])},
    questions: {"kind": (stage: Categorization, says: "What is it?", lapses: "25m",
        ask: Categorize(asks: [Class], too_early: true, revisable: true), why: "w")},
    endings: {"end": (title: "Over", says: "Over.")})"#;
    let scenario = scenario(text);
    let steps = r#"
        (at: "1m", question: "kind", does: Categorize(class: "availability", kind: "outage")),
        (at: "12m", question: "kind", does: Categorize(class: "intrusions", kind: "burglary")),"#;
    let facts = Rehearsal::of(&scenario).steps(steps).facts();
    let drill = WhatIf::of(&scenario, &facts).unwrap();
    let id = QuestionId::of(0);
    let too_early = Category { too_early: true, ..Category::default() };
    let wanted = |at: Option<SimTime>| Wanted::Question(id, Instead::Answer(Answer::Category(too_early)), at);
    let (_, plain) = drill.ask(&wanted(None)).unwrap();
    let (_, same) = drill.ask(&wanted(Some(SimTime(60)))).unwrap();
    assert_eq!(plain, same, "the same moment is the same change");
    let (fork, _) = drill.ask(&wanted(Some(SimTime(120)))).unwrap();
    let revised = drill.play(&fork).iter().filter(|fact| matches!(fact.what, What::Answered { .. })).count();
    assert_eq!(revised, 2, "the revision of the twelfth minute still follows");
    let late = drill.ask(&wanted(Some(SimTime(99 * 3_600))));
    assert!(matches!(late, Err(Unasked::Over | Unasked::Refused(_))), "{late:?}");
}
