//! The plain mode through a pipe, and what a trainee may know.
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look for a few kinds of fact among many")]

use std::collections::BTreeSet;

use breachdrill::drill::{Drill, ManualClock, TraineeView, scripted, written};
use breachdrill::engine::{Fact, Input, Seed, Settings, State, What};
use breachdrill::journal::Memory;
use breachdrill::scenario::{Answers, InjectId, QuestionId, Scenario, SeatSet, SimTime, clean};
use breachdrill::solve::Line;
use breachdrill::speech::{Language, speaking};
use breachdrill::term::{Outcome, Seating, Showing, Style, play_plain, replay};
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::test_runner::FileFailurePersistence;

use crate::support::{MACHINE_ROOM, Rehearsal, scenario, something};

const SCRIPTS: [&str; 3] = [
    include_str!("../../scenarios/first-light.ron"),
    include_str!("../../scenarios/friday-invoice.ron"),
    MACHINE_ROOM,
];

fn seating(untimed: bool) -> Seating {
    Seating {
        style: Style { color: false, ascii: false },
        settings: Settings { seed: Seed(7), untimed, factor: 100, seats: SeatSet::ALL },
        pace: None,
        brief: false,
        typed: false,
    }
}

/// A drill in plain mode: what was said, and the facts.
fn plain(scenario: &Scenario, lines: &str, untimed: bool) -> (Outcome, String, Vec<Fact>) {
    let mut drill = Drill::new(scenario, Memory::default());
    let mut clock = ManualClock::default();
    let input = std::io::Cursor::new(lines.to_owned().into_bytes());
    let mut said = Vec::new();
    let outcome = play_plain(&mut drill, &mut clock, input, &mut said, &seating(untimed)).unwrap();
    let mut facts = drill.facts().to_vec();
    // Where the input comes to its end the clock is stopped; nobody typed that.
    facts.pop_if(|fact| fact.what == What::Paused(breachdrill::engine::PauseCause::Interrupted));
    (outcome, String::from_utf8(said).unwrap(), facts)
}

/// The answers file that makes the same inputs at the same moments.
fn answers_of(scenario: &Scenario, facts: &[Fact]) -> String {
    let line = Line::of(facts).unwrap();
    written(scenario, line.steps.iter().map(|step| (step.at, &step.input)))
}

/// The facts of the same inputs, scripted, up to the last input.
fn scripted_again(scenario: &Scenario, facts: &[Fact], untimed: bool) -> Vec<Fact> {
    let answers = Answers::read(&answers_of(scenario, facts)).unwrap();
    let steps = scripted::plan(scenario, &answers).unwrap();
    let mut drill = Drill::new(scenario, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(seating(untimed).settings)).unwrap().unwrap();
    scripted::run(&mut drill, &steps, |_| {}).unwrap();
    drill.facts().to_vec()
}

#[test]
fn plain_through_a_pipe_and_scripted_make_the_same_facts() {
    let scenario = scenario(SCRIPTS[0]);
    let lines =
        "e\n\n2\nw\ne\n1\n\nw\nw\n1\n4\nw\n?\ny\nnote rang nobody yet\nt\na\na 1\n1\n2\nw\nw\nthe desk\n";
    let (outcome, said, facts) = plain(&scenario, lines, true);
    assert_eq!(outcome, Outcome::Ended, "{said}");
    assert_eq!(scripted_again(&scenario, &facts, true), facts);
}

/// Words that are English, and in no German sentence.
const ENGLISH: [&str; 10] =
    [" the ", " you ", " your ", " and ", " of ", " with ", " nothing", "press ", "type ", "exercise"];

#[test]
fn a_whole_drill_in_german_has_no_english_word() {
    let scenario = scenario(include_str!("../../scenarios/first-light-de.ron"));
    let lines = "\nhelp\nx\ne\n\n2\nw\ne\n1\n\ng\nw\nw\n1\n9\n4\nw\n?\nja\nnotiz\nnotiz Bank angerufen\nt\na\na 1\n\
                 c\no\np\np\nq\nx\nr\n1\n2\nw\nw\nhilfe\n/hilfe\nja\nDer Servicedesk.\n";
    let (said, facts) = speaking(Language::German, || {
        let mut drill = Drill::new(&scenario, Memory::default());
        let input = std::io::Cursor::new(lines.as_bytes().to_vec());
        let (mut clock, mut said) = (ManualClock::default(), Vec::new());
        let brief = Seating { brief: true, ..seating(true) };
        let outcome = play_plain(&mut drill, &mut clock, input, &mut said, &brief).unwrap();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(outcome, Outcome::Ended, "{said}");
        (said, drill.facts().to_vec())
    });
    let flat = format!(" {} ", said.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "));
    let found: Vec<_> = ENGLISH.iter().filter(|word| flat.contains(*word)).collect();
    assert!(found.is_empty(), "{found:?} in\n{said}");
    for words in ["ÜBUNG: Erstes Licht", "Das ist eine Übung.", "Frage.", "Wie sicher sind Sie?", "ENDEX"] {
        assert!(said.contains(words), "no {words:?} in\n{said}");
    }
    // What was written down is the same as in English: facts know no language.
    let mut drill = Drill::new(&scenario, Memory::default());
    let in_english = lines.replace("ja\n", "y\n").replace("notiz", "note").replace("hilfe", "help");
    let input = std::io::Cursor::new(in_english.into_bytes());
    let brief = Seating { brief: true, ..seating(true) };
    play_plain(&mut drill, &mut ManualClock::default(), input, &mut std::io::sink(), &brief).unwrap();
    assert_eq!(drill.facts(), facts);
}

#[test]
fn the_end_of_the_input_leaves_the_decision_open() {
    let scenario = scenario(SCRIPTS[0]);
    let (outcome, said, facts) = plain(&scenario, "", true);
    assert_eq!(outcome, Outcome::Saved);
    assert!(said.contains("1. ") && said.contains("Everything so far is saved."), "{said}");
    assert!(!State::after(&scenario, &facts).over());
}

#[test]
fn waiting_says_so_before_it_ends_the_exercise() {
    let scenario = scenario(SCRIPTS[0]);
    let waits = "w\n".repeat(24);
    let (outcome, said, _) = plain(&scenario, &waits, true);
    assert_eq!(outcome, Outcome::Saved, "{said}");
    let (outcome, said, _) = plain(&scenario, &(waits + "y\n"), true);
    assert_eq!(outcome, Outcome::Ended, "{said}");
    let (before, _) = said.split_once("ENDEX").unwrap();
    assert!(before.contains("Let it end? Type y"), "{said}");
}

#[test]
fn an_answer_without_how_sure_is_handed_in_when_time_is_up() {
    let scenario = scenario(SCRIPTS[0]);
    let (_, said, facts) = plain(&scenario, "2\nw\nw\nw\n1\nw\ny\n", false);
    assert!(said.contains("How sure are you?"), "{said}");
    assert!(said.contains("Time was up, so this was handed in as it stood."), "{said}");
    let lapses = facts.iter().rev().find_map(|f| match &f.what {
        What::Opened { question, lapses, .. } => Some((*question, lapses.unwrap())),
        _ => None,
    });
    let answered = facts.iter().rev().find_map(|f| match &f.what {
        What::Answered { question, confidence: None, .. } => Some((*question, SimTime(f.at.0 + 1))),
        _ => None,
    });
    assert_eq!(answered, lapses, "a second before it lapses\n{said}");
    assert_eq!(scripted_again(&scenario, &facts, false)[..facts.len()], facts);
}

#[test]
fn plain_speech_is_plain() {
    let scenario = scenario(MACHINE_ROOM);
    let (_, said, _) = plain(&scenario, "help\ng\ne\na\nw\nw\n1\nw\nw\nw\nend\n", false);
    for mark in ['\u{1b}', '\r', '│', '█', '━', '▲', '●'] {
        assert!(!said.contains(mark), "{mark:?} in {said}");
    }
}

/// Texts of an author that no trainee may ever read during play.
fn secrets(scenario: &Scenario) -> BTreeSet<String> {
    let mut secrets: BTreeSet<String> = BTreeSet::new();
    let mut keep = |text: &str| {
        secrets.insert(text.to_owned());
    };
    scenario.truth.iter().for_each(|t| keep(&t.why));
    scenario.cast.iter().for_each(|p| keep(&p.trust));
    scenario.gauges.iter().filter(|g| g.hidden).for_each(|g| keep(&g.label));
    scenario.actions.iter().for_each(|a| keep(&a.why));
    for question in &scenario.questions {
        keep(&question.why);
        keep(&question.lapse_why);
        question.choices.iter().for_each(|c| keep(&c.why));
    }
    secrets.retain(|text| text.len() > 12);
    secrets
}

/// Texts that a trainee may not read yet.
fn not_yet(scenario: &Scenario, facts: &[Fact], picks: &[u8]) -> Vec<String> {
    let happened = |holds: &dyn Fn(&What) -> bool| facts.iter().any(|f| holds(&f.what));
    let mut texts: Vec<&str> = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        if !happened(&|w| *w == What::Delivered(InjectId::of(row))) {
            texts.push(&inject.body);
        }
    }
    for (row, evidence) in scenario.evidence.iter().enumerate() {
        let id = breachdrill::scenario::EvidenceId::of(row);
        if !happened(&|w| *w == What::Examined(id)) {
            texts.push(&evidence.body);
        }
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        let id = QuestionId::of(row);
        let taken =
            facts.iter().filter(|f| matches!(f.what, What::Hinted { question, .. } if question == id));
        texts.extend(question.hints.iter().skip(taken.count()).map(|h| h.says.as_str()));
        if !happened(&|w| matches!(w, What::Opened { question, .. } if *question == id)) {
            texts.push(&question.says);
        }
    }
    if !happened(&|w| matches!(w, What::Ended { .. })) {
        texts.extend(scenario.endings.iter().map(|e| e.says.as_str()));
    }
    texts.into_iter().filter(|t| t.len() > 12).map(|t| clean(&scenario.fill(t, picks))).collect()
}

fn keeps_its_secrets(scenario: &Scenario, facts: &[Fact]) {
    let secrets = secrets(scenario);
    let mut view = TraineeView::new(scenario);
    let mut state = State::new(scenario);
    let mut picked = Vec::new();
    for (count, fact) in facts.iter().enumerate() {
        if let What::Started { picks, .. } = &fact.what {
            picked.clone_from(picks);
        }
        state.apply(fact);
        view.fold(scenario, fact);
        view.offer(scenario, &state, fact.at);
        let seen = format!("{view:?}");
        let quoted = |text: &String| format!("{text:?}").trim_matches('"').to_owned();
        for secret in
            secrets.iter().map(quoted).chain(not_yet(scenario, &facts[..=count], &picked).iter().map(quoted))
        {
            assert!(!seen.contains(&secret), "after {fact:?} the trainee sees {secret:?}");
        }
        for name in ["credit", "rationale", "truth", "weight", "right:", "Contingency"] {
            assert!(!seen.contains(name), "{name} in {seen}");
        }
    }
}

#[test]
fn a_trainee_is_never_shown_what_may_not_be_known() {
    let good = include_str!("../fixtures/answers/first-light-good.ron");
    let demo = scenario(SCRIPTS[0]);
    for seed in 1..5 {
        keeps_its_secrets(&demo, &Rehearsal::of(&demo).seed(seed).answers(good).facts());
    }
    let invoice = scenario(SCRIPTS[1]);
    let bad = include_str!("../fixtures/answers/friday-invoice-bad.ron");
    keeps_its_secrets(&invoice, &Rehearsal::of(&invoice).seed(2).answers(bad).facts());
    keeps_its_secrets(&invoice, &Rehearsal::of(&invoice).seed(3).facts());
}

#[test]
fn a_view_of_a_beginning_is_a_beginning_of_the_view() {
    let scenario = scenario(SCRIPTS[1]);
    let good = include_str!("../fixtures/answers/friday-invoice-good.ron");
    let facts = Rehearsal::of(&scenario).answers(good).facts();
    let folded = |count: usize| {
        let mut view = TraineeView::new(&scenario);
        facts[..count].iter().for_each(|fact| view.fold(&scenario, fact));
        view
    };
    let whole = folded(facts.len());
    for count in 0..facts.len() {
        let part = folded(count);
        assert_eq!(part.inbox[..], whole.inbox[..part.inbox.len()]);
        assert_eq!(part.settled[..], whole.settled[..part.settled.len()]);
        assert_eq!(part.notes[..], whole.notes[..part.notes.len()]);
    }
}

#[test]
fn a_replay_tells_what_came_and_what_was_decided() {
    let scenario = scenario(SCRIPTS[0]);
    let good = include_str!("../fixtures/answers/first-light-good.ron");
    let facts = Rehearsal::of(&scenario).seed(7).answers(good).facts();
    for width in [Some(40), Some(80), Some(200), None] {
        let mut told = Vec::new();
        let style = Style { color: false, ascii: true };
        replay(&scenario, &facts, Showing { style, width, pace: None }, &mut told).unwrap();
        let told = String::from_utf8(told).unwrap();
        for words in ["EXERCISE", "STARTEX", "Asked", "You decided", "ENDEX"] {
            assert!(told.contains(words), "{words} at {width:?} in {told}");
        }
        let wide = told.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(width.is_none_or(|width| wide <= width), "{wide} columns at {width:?}");
    }
}

/// A line that somebody might type.
fn a_line(dice: u32) -> String {
    let number = dice / 64 % 7;
    match dice % 24 {
        0..8 => number.to_string(),
        8 | 9 => format!("{} {}", number, dice / 512 % 5),
        10 => "1 2 3".into(),
        11 | 12 => format!("e {number}"),
        13 | 14 => format!("a {number}"),
        15..18 => "w".into(),
        18 => "?\ny".into(),
        19 if number < 3 => "w\ny".into(),
        19 => "t".into(),
        20 => "c".into(),
        21 => "p\np".into(),
        22 => format!("note {dice}"),
        _ => ["o", "b", "g", "", "zzz", "/w", "e", "q\nr"][number as usize].into(),
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 48,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_typed_the_facts_are_those_of_a_script(dice in proptest::collection::vec(any::<u32>(), 1..60), which in 0..3usize, untimed: bool) {
        let scenario = scenario(SCRIPTS[which]);
        let lines: String = dice.iter().map(|d| a_line(*d) + "\n").collect();
        let (_, _, facts) = plain(&scenario, &(lines + "r\nend\n"), untimed);
        let mut again = scripted_again(&scenario, &facts, untimed);
        // Where the last lines went into a text, the drill was left open; a script plays on.
        if !matches!(facts.last(), Some(Fact { what: What::Ended { .. }, .. })) {
            again.truncate(facts.len());
        }
        assert_eq!(again, facts);
    }

    #[test]
    fn whatever_is_done_the_secrets_are_kept(dice in proptest::collection::vec(any::<u32>(), 1..60), seed in 0..50u64) {
        let scenario = scenario(MACHINE_ROOM);
        let mut drill = Drill::new(&scenario, Memory::default());
        let settings = Settings { seed: Seed(seed), untimed: false, factor: 100, seats: SeatSet::ALL };
        drill.submit(SimTime::ZERO, &Input::Start(settings)).unwrap().unwrap();
        let mut now = SimTime::ZERO;
        for roll in dice {
            now = SimTime(now.0 + roll % 300);
            let input = something(&scenario, drill.state(), roll / 7);
            let _refused = drill.submit(now, &input).unwrap();
        }
        keeps_its_secrets(&scenario, drill.facts());
    }
}

#[test]
fn after_a_list_a_bare_number_takes_a_row_of_it() {
    let scenario = scenario(SCRIPTS[0]);
    let (_, said, facts) = plain(&scenario, "e\n1\n1\n", true);
    assert!(said.contains("A number reads one. Enter alone goes back to the question."), "{said}");
    assert!(!facts.iter().any(|f| matches!(f.what, What::Answered { .. })), "{said}");
    let (_, said, facts) = plain(&scenario, "e\n1\n\n1\n", true);
    assert!(facts.iter().any(|f| matches!(f.what, What::Answered { .. })), "{said}");
}

#[test]
fn a_text_that_looks_like_a_command_is_asked_about_first() {
    let scenario = scenario(SCRIPTS[0]);
    let to_the_text = "2\nw\nw\nw\n1\n4\nw\nw\n1\n1\n";
    let reflected = |more: &str| {
        let (_, said, facts) = plain(&scenario, &format!("{to_the_text}{more}"), true);
        let text = facts.iter().find_map(|f| match &f.what {
            What::Answered { answer: breachdrill::engine::Answer::Text(text), .. } => Some(text.clone()),
            _ => None,
        });
        (text, said)
    };
    let waits = "w\nw\nw\nw\nw\n";
    let (text, said) = reflected(&format!("{waits}a 2\n"));
    assert_eq!(text, None, "{said}");
    assert!(said.contains("Is “w” your answer?"), "{said}");
    assert_eq!(reflected(&format!("{waits}a 2\ny\n")).0.as_deref(), Some("a 2"));
    assert_eq!(
        reflected(&format!("{waits}a 2\nthe desk on the badge\n")).0.as_deref(),
        Some("the desk on the badge")
    );
}

#[test]
fn a_number_means_what_was_read_out_although_the_list_has_grown() {
    // At ten minutes something comes to stand above what was heard as number one.
    let text = r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Lists", summary: "s", audience: Everyone, minutes: 6,
    clock: (startex: "2026-03-06 09:00", zone: "Europe/Berlin", length: "1h", pace: 10),
    cast: {"kim": (label: "Kim")},
    injects: {
        "first": (at: "0m", via: Desk(from: "kim"), body: "x"),
        "second": (at: "10m", via: Desk(from: "kim"), body: "y"),
    },
    actions: {
        "tell": (label: "Tell the authority", stage: Response, when: Delivered("second"), result: "Told.", credit: -50, why: "w"),
        "page": (label: "Put up a page with *care*", stage: Response, result: "It is up.", credit: 50, why: "w"),
    },
    endings: {"end": (title: "Over", says: "Over.")})"#;
    let scenario = scenario(text);
    let did = |facts: &[Fact]| {
        let begun = facts
            .iter()
            .find_map(|fact| if let What::Begun { action, .. } = fact.what { Some(action) } else { None });
        begun.map(|id| scenario.action(id).name.to_string())
    };
    let (_, said, facts) = plain(&scenario, "a\nw\na 1\n", true);
    assert_eq!(did(&facts).as_deref(), Some("page"), "{said}");
    let (_, said, facts) = plain(&scenario, "a\nw\na\na 1\n", true);
    assert_eq!(did(&facts).as_deref(), Some("tell"), "read out anew, it means the new one: {said}");
}
