//! What is too much is cut, and says so; what is long is not too much.

use std::fmt::Write;

use breachdrill::scenario::SimTime;
use breachdrill::solve::{BYTES_A_STATE, Bounds, Cut, Exploration, Goal, explore};

use crate::support::{scenario, settings};

/// A script with `questions` open at once and `actions` on offer, each of which moves a
/// gauge of its own by powers of two, so that hardly any two lines come to the same.
fn explosive(questions: usize, actions: usize) -> String {
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Explosive", summary: "For bounds.", audience: Everyone, minutes: 10,
    clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "4h", pace: 60),
    cast: { "ada": (label: "Ada") },
    gauges: { "g": (label: "G", start: 0, min: -1000000000, max: 1000000000, good: Low) },
    injects: { "i": (at: "0m", via: Desk(from: "ada"), body: "b") },
    questions: {
"#,
    );
    for row in 0..questions {
        let _ = writeln!(
            text,
            r#"        "q{row}": (stage: Response, says: "Q{row}?", opens: "{row}m", lapses: "3h", why: "w", ask: ChooseOne({{
            "a": (says: "A{row}", credit: 100, then: [Add("g", {})]), "b": (says: "B{row}", credit: 20, then: [Add("g", -{})]) }})),"#,
            1_u64 << row,
            3_u64.pow(u32::try_from(row % 18).expect("small")),
        );
    }
    text.push_str("    },\n    actions: {\n");
    for row in 0..actions {
        let _ = writeln!(
            text,
            r#"        "a{row}": (label: "A{row}", takes: "{}m", stage: Response, credit: 10, window: ("0m", "2h"), then: [Add("g", {})], result: "r", why: "w"),"#,
            row % 5 + 1,
            7 + row * row,
        );
    }
    text.push_str(
        r#"    },
    endings: {
        "much": (when: AtLeast("g", 900000000), at_once: true, title: "M", says: "m"),
        "end": (title: "E", says: "e"),
    },
)"#,
    );
    text
}

/// What it says after a cut holds all the same.
fn sound(text: &str, found: &Exploration) {
    let scenario = scenario(text);
    for rated in [&found.best, &found.worst] {
        let (facts, refused) = rated.line.play(&scenario);
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!(breachdrill::score::score(&scenario, &facts).decisions.earned, rated.earned);
    }
    assert!(found.best.bound >= found.best.earned && found.worst.bound <= found.worst.earned);
    assert!(found.worst.bound <= found.best.earned && found.best.bound >= found.worst.earned);
}

#[test]
fn a_script_that_explodes_is_cut_by_states() {
    let text = explosive(12, 8);
    let scenario = scenario(&text);
    let bounds = Bounds { states: 5_000 };
    let found = explore(&scenario, settings(7), Goal::Points, bounds, &mut |_| true);
    assert!(matches!(found.cut, Some((Cut::States, at)) if at < scenario.clock.length), "{:?}", found.cut);
    assert!(found.progress.states <= bounds.states, "{:?}", found.progress);
    const { assert!(BYTES_A_STATE <= 64) };
    sound(&text, &found);
    assert!(!found.best.proved(), "how much can be earned is not proved");
}

#[test]
fn and_by_whoever_asked() {
    let text = explosive(12, 8);
    let scenario = scenario(&text);
    let mut asked = 0;
    let found = explore(&scenario, settings(7), Goal::Points, Bounds::default(), &mut |progress| {
        asked += 1;
        progress.transitions < 4_000
    });
    assert!(matches!(found.cut, Some((Cut::Time, _))), "{:?}", found.cut);
    assert!(found.progress.transitions < 8_000, "it stops soon: {:?}", found.progress);
    assert!(asked > 1);
    sound(&text, &found);
    assert!(!found.best.proved(), "how much can be earned is not proved");
}

/// A script in which something happens every second minute, and, with decisions, 900
/// questions that are asked one after the other.
fn long(minutes: usize, decisions: bool) -> String {
    let mut text = format!(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Long", summary: "For the stack.", audience: Everyone, minutes: 10,
    clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "{}m", pace: 600),
    cast: {{ "ada": (label: "Ada") }},
    gauges: {{ "g": (label: "G", start: 0, min: 0, max: 100, good: Low) }},
    injects: {{
"#,
        minutes + 1
    );
    for start in ["0m", "1m", "2m"] {
        let _ = writeln!(
            text,
            r#"        "from-{start}": (at: "{start}", every: "3m", times: 1000, via: Desk(from: "ada"), body: "b"),"#
        );
    }
    text.push_str("    },\n");
    if decisions {
        text.push_str("    questions: {\n");
        for row in 0..900 {
            let _ = writeln!(
                text,
                r#"        "q{row}": (stage: Response, says: "Q{row}?", opens: "{row}m", lapses: "50s", why: "w", ask: ChooseOne({{
            "a": (says: "A{row}", credit: 100, when: AtMost("g", 1), then: [Set("g", 1)]), "b": (says: "B{row}", credit: 20, then: [Set("g", 0)]) }})),"#
            );
        }
        text.push_str("    },\n");
    }
    text.push_str(
        r#"    endings: { "much": (when: AtLeast("g", 1), title: "M", says: "m"), "end": (title: "E", says: "e") },
)"#,
    );
    text
}

#[test]
fn thousands_of_moments_are_no_reason_to_overflow() {
    for (minutes, decisions) in [(2_990_u32, false), (2_990, true)] {
        let text = long(minutes as usize, decisions);
        let scenario = scenario(&text);
        let found = explore(&scenario, settings(7), Goal::Points, Bounds::default(), &mut |_| true);
        assert_eq!(found.cut, None);
        assert!(found.best.proved() && found.worst.proved());
        let (facts, _) = found.best.line.play(&scenario);
        assert_eq!(facts.last().map(|fact| fact.at), Some(SimTime(60 * (minutes + 1))));
        let moments: std::collections::BTreeSet<u32> = facts.iter().map(|fact| fact.at.0).collect();
        assert!(moments.len() > 2_900, "{}", moments.len());
        assert!(!decisions || found.progress.states > 1_700, "{:?}", found.progress);
    }
}

/// A question with so many choices, any number of which may be chosen, each with a
/// consequence of its own.
fn many_answers(choices: u32) -> String {
    let each = (0..choices).map(|row| {
        let says = format!(r#"says: "A{row}", right: {}, why: "w{row}""#, row % 2 == 0);
        format!("            \"a{row}\": ({says}, then: [Add(\"g\", {})]),\n", 1 << row)
    });
    format!(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Many", summary: "For bounds.", audience: Everyone, minutes: 10,
    clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "20m", pace: 6),
    cast: {{ "ada": (label: "Ada") }},
    gauges: {{ "g": (label: "G", start: 0, min: 0, max: 100000, good: Low) }},
    injects: {{ "i": (at: "0m", via: Desk(from: "ada"), body: "b", then: [Ask("q")]) }},
    questions: {{ "q": (stage: Response, says: "Q?", why: "w", ask: ChooseSeveral({{
{}        }})) }},
    endings: {{
        "just": (when: All([AtLeast("g", 150), AtMost("g", 150)]), title: "J", says: "j"),
        "end": (title: "E", says: "e"),
    }},
)"#,
        each.collect::<String>()
    )
}

#[test]
fn answers_that_are_not_tried_are_not_passed_over_in_silence() {
    for (choices, cut) in [(8, None), (9, Some((Cut::Answers, SimTime::ZERO)))] {
        let text = many_answers(choices);
        let scenario = scenario(&text);
        let just = Goal::Ending(breachdrill::scenario::EndingId(0));
        let found = explore(&scenario, settings(7), just, Bounds::default(), &mut |_| true);
        assert_eq!(found.cut, cut, "{choices} choices");
        assert_eq!(found.reach.has(just), cut.is_none(), "it takes four of them, no single one");
        let proof = breachdrill::solve::prove(&scenario, settings(7), Bounds::default(), &mut |_| true);
        assert_eq!(proof.cut, cut);
        assert_eq!(proof.complete(), cut.is_none());
        let proved = proof.unreached.iter().filter(|unreached| unreached.proved).count();
        assert_eq!((proof.unreached.is_empty(), proved), (cut.is_none(), 0));
        sound(&text, &proof.points);
    }
}

/// A script in which something comes every minute, and whatever comes, the trainee may end it all.
fn patient(minutes: u32) -> String {
    let inject = |row| {
        format!(
            r#""i{row}": (at: "{row}m", every: "6m", via: Desk(from: "ada"), body: "b", then: [Add("g", 1)]), "#
        )
    };
    let injects: String = (0..6).map(inject).collect();
    format!(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Patient", summary: "For the stack.", audience: Everyone, minutes: 10,
    clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "{minutes}m", pace: 600),
    cast: {{ "ada": (label: "Ada") }},
    gauges: {{ "g": (label: "G", start: 0, min: 0, max: 9000, good: Low) }},
    injects: {{ {injects}}},
    actions: {{ "a": (label: "A", takes: "10s", stage: Response, credit: 0, then: [End], result: "r", why: "w") }},
    endings: {{ "much": (when: AtLeast("g", 8000), at_once: true, title: "M", says: "m"), "end": (title: "E", says: "e") }},
)"#
    )
}

#[test]
fn waiting_thousands_of_times_is_no_reason_to_overflow() {
    for (minutes, cut) in [(1_500, None), (5_900, Some(Cut::Depth))] {
        let text = patient(minutes);
        let scenario = scenario(&text);
        let found = explore(&scenario, settings(7), Goal::Points, Bounds::default(), &mut |_| true);
        assert_eq!(found.cut.map(|(cut, _)| cut), cut, "{minutes} minutes");
        assert!(found.progress.transitions >= 1_500, "{:?}", found.progress);
    }
}
