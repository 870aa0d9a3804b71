//! Who does what, whom to tell, seats, distances, the calculator, and worth that
//! changes with the truth: whole drills from script to debrief.
#![expect(clippy::wildcard_enum_match_arm, reason = "tests look for a few kinds of fact among many")]

use breachdrill::debrief::{About, build, html, json, markdown};
use breachdrill::drill::{Drill, ManualClock, TraineeView, scripted};
use breachdrill::engine::{Answer, Fact, Input, Settings, What};
use breachdrill::journal::{Memory, NewDrill, Store};
use breachdrill::scenario::{ActionId, Answers, QuestionId, Scenario, SeatSet, SimTime, load};
use breachdrill::score::{Credit, Item, ItemOf, score};
use breachdrill::term::{Seating, Style, play_plain};

use crate::support::{Rehearsal, scenario, settings};

const WAR_ROOM: &str = include_str!("../fixtures/war-room.ron");

const FACTORS: &str = r#"factors: {
    "functional-impact": "significant-critical", "observed-activity": "effect", "location": "business-management",
    "actor": "criminal", "information-impact": "destruction-non-critical", "recoverability": "supplemented",
    "cross-sector": "manufacturing", "potential-impact": "low",
}"#;

fn best() -> String {
    format!(
        r#"
    (asked: "first", does: Choose("ask")),
    (asked: "hosts", does: Estimate(1)),
    (asked: "cat", does: Categorize(class: "malware", kind: "ransom", {FACTORS})),
    (asked: "whom", does: Notify({{"insurer": (via: "phone", by: "72h"), "authority": (via: "portal", by: "24h")}}), sure: 90),
    (asked: "who", does: Assign({{"image": "soc", "isolate": "netops"}})),
"#
    )
}

fn play(scenario: &Scenario, steps: &str) -> Vec<Fact> {
    let (facts, notices) = Rehearsal::of(scenario).steps(steps).run();
    assert_eq!(notices, Vec::<String>::new());
    facts
}

fn question(scenario: &Scenario, name: &str) -> QuestionId {
    QuestionId::of(scenario.questions.iter().position(|q| q.name.as_str() == name).unwrap())
}

fn item(scenario: &Scenario, facts: &[Fact], name: &str) -> Item {
    let of = ItemOf::Question(question(scenario, name));
    score(scenario, facts).items.into_iter().find(|item| item.of == of).unwrap()
}

fn delivered(scenario: &Scenario, facts: &[Fact], name: &str) -> bool {
    facts.iter().any(|f| matches!(f.what, What::Delivered(id) if scenario.inject(id).name.as_str() == name))
}

#[test]
fn the_script_is_sound_and_the_best_line_earns_everything() {
    let findings = load(WAR_ROOM).findings;
    assert!(findings.is_empty(), "{findings:#?}");
    let scenario = scenario(WAR_ROOM);
    let facts = play(&scenario, &best());
    let score = score(&scenario, &facts);
    assert_eq!(score.decisions.percent(), Some(100), "{:#?}", score.items);
    assert!(delivered(&scenario, &facts, "thanks"), "a condition read who was given the task");
    assert!(!delivered(&scenario, &facts, "leak"));
}

#[test]
fn pairs_show_their_arithmetic() {
    let scenario = scenario(WAR_ROOM);
    let facts = play(
        &scenario,
        r#"(asked: "who", does: Assign({"isolate": "desk", "image": "desk", "format": "netops"})),
           (asked: "whom", does: Notify({"authority": (via: "mail", by: "72h"), "paper": (via: "phone", by: "4h")})),"#,
    );
    assert_eq!(
        item(&scenario, &facts, "who").arithmetic[..3],
        [
            "tasks: isolate defensible 50 %, image unsafe 0 %",
            "assign: mean of 2 needed 25, 1 of 1 others: 25 − 100 = −75, not below 0: 0 %",
            "harmful: 1 chosen: 0 − 40 = −40 %",
        ]
    );
    assert_eq!(
        item(&scenario, &facts, "whom").arithmetic[..3],
        [
            "recipients: authority another channel, too late 0 %, insurer not told 0 %",
            "notify: mean of 2 needed 0, 1 of 1 others: 0 − 100 = −100, not below 0: 0 %",
            "harmful: 1 chosen: 0 − 60 = −60 %",
        ]
    );
    assert!(delivered(&scenario, &facts, "leak"), "a condition read the channel");
    assert!(!delivered(&scenario, &facts, "thanks"), "the task was given to somebody else");
}

#[test]
fn worth_changes_with_what_can_be_known() {
    let scenario = scenario(WAR_ROOM);
    let credit = |at: &str, choice: &str, number: i64| {
        let steps = format!(
            r#"(at: "{at}", question: "first", does: Choose("{choice}")), (at: "{at}", question: "hosts", does: Estimate({number})),"#
        );
        let facts = play(&scenario, &steps);
        (item(&scenario, &facts, "first").credit, item(&scenario, &facts, "hosts").credit)
    };
    assert_eq!(credit("5m", "pull", 1), (Credit(4_000), Credit(10_000)));
    assert_eq!(credit("11m", "pull", 1), (Credit(10_000), Credit(0)));
    assert_eq!(credit("11m", "ask", 36), (Credit(3_000), Credit(10_000)), "within the other tolerance");
    let facts = play(&scenario, r#"(at: "11m", question: "first", does: Choose("pull")),"#);
    let first = item(&scenario, &facts, "first").arithmetic[0].clone();
    assert_eq!(first, "choose one: the choice made is worth 100 %, with what could be known then");
}

#[test]
fn near_classes_and_calculated_levels_earn_their_distance() {
    let scenario = scenario(WAR_ROOM);
    let severe = FACTORS.replace("\"low\"", "\"severe\"");
    let steps = format!(r#"(asked: "cat", does: Categorize(class: "malware", kind: "wiper", {severe})),"#);
    let facts = play(&scenario, &steps);
    assert_eq!(
        item(&scenario, &facts, "cat").arithmetic[..3],
        [
            "class and type: near the right one, by the distances of the script: 80 %",
            "severity (the calculator gives 65.85 of 100): defensible: 90 %",
            "together: (80 + 90) / 2 = 85 %",
        ]
    );
    let answered = facts.iter().find_map(|f| match &f.what {
        What::Answered { answer: Answer::Category(category), .. } => Some(*category),
        _ => None,
    });
    let level = answered.unwrap().severity.unwrap();
    assert_eq!(scenario.severities[level.at()], "severe", "the level is recorded, not only the factors");
}

#[test]
fn without_factors_a_calculated_severity_is_refused() {
    let scenario = scenario(WAR_ROOM);
    let steps = r#"(asked: "cat", does: Categorize(class: "malware", severity: "high")),"#;
    let (_, notices) = Rehearsal::of(&scenario).steps(steps).run();
    assert_eq!(notices.len(), 1, "{notices:?}");
}

fn view(scenario: &Scenario, facts: &[Fact], seats: SeatSet) -> String {
    let mut view = TraineeView::of_seats(scenario, seats);
    facts.iter().for_each(|fact| view.fold(scenario, fact));
    format!("{view:?}")
}

#[test]
fn what_is_for_other_seats_is_not_in_a_view() {
    let scenario = scenario(WAR_ROOM);
    let facts = play(&scenario, &best());
    let of_legal = ["Secret wording", "lawyer's whisper", "Whom do you tell?", "Through their portal"];
    let of_lead = ["Who does what?", "Network operations"];
    let (lead, legal) = (view(&scenario, &facts, SeatSet(1)), view(&scenario, &facts, SeatSet(2)));
    for text in of_legal {
        assert!(legal.contains(text) && !lead.contains(text), "{text}");
    }
    for text in of_lead {
        assert!(lead.contains(text) && !legal.contains(text), "{text}");
    }
    for text in ["My files are gone.", "What now?", "Counsel is in the room."] {
        assert!(lead.contains(text) && legal.contains(text), "{text}");
    }
    let all = view(&scenario, &facts, SeatSet::ALL);
    assert!(of_legal.iter().chain(&of_lead).all(|text| all.contains(text)));
}

#[test]
fn who_may_decide_is_who_can_see() {
    let scenario = scenario(WAR_ROOM);
    let facts = Rehearsal::of(&scenario).steps(r#"(at: "16m", does: End),"#).facts();
    let open = facts.iter().position(|f| matches!(f.what, What::Lapsed(_))).unwrap();
    let hint = |name| Input::Hint(question(&scenario, name));
    for (seats, who, whom) in [(SeatSet(1), true, false), (SeatSet(2), false, true), (SeatSet(3), true, true)]
    {
        let mut view = TraineeView::of_seats(&scenario, seats);
        facts[..open].iter().for_each(|fact| view.fold(&scenario, fact));
        assert_eq!((view.may(&hint("who")), view.may(&hint("whom"))), (who, whom), "{seats:?}");
        assert!(view.may(&hint("first")) && view.may(&Input::Note("a line".into())));
        assert!(!view.may(&Input::Do(ActionId(0))), "no action was ever on offer");
    }
}

#[test]
fn what_belongs_to_an_empty_chair_falls_to_those_who_are_there() {
    let scenario = scenario(WAR_ROOM);
    let alone = Settings { seats: SeatSet(1), ..settings(1) };
    let facts = Rehearsal::of(&scenario).settings(alone).steps(&best()).facts();
    let What::Started { settings, .. } = &facts[0].what else { panic!("STARTEX comes first") };
    assert_eq!(settings.seats, SeatSet(1));
    assert!(!delivered(&scenario, &facts, "memo"), "nobody is seated as counsel");
    assert!(view(&scenario, &facts, SeatSet(1)).contains("Whom do you tell?"));
    let all = play(&scenario, &best());
    assert!(delivered(&scenario, &all, "memo"), "alone, one trainee holds every seat");
    let What::Started { settings, .. } = &all[0].what else { panic!("STARTEX comes first") };
    assert_eq!(settings.seats, SeatSet(3), "only seats that there are");
}

#[test]
fn a_journal_gives_back_seats_pairs_and_factors() {
    let scenario = scenario(WAR_ROOM);
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let new =
        NewDrill { scenario: &scenario, started: 1_772_808_000, trainee: None, parent: None, answers: false };
    let mut journal = store.create(new).unwrap();
    let id = journal.id();
    let mut drill = Drill::new(&scenario, &mut journal);
    let alone = Settings { seats: SeatSet(2), ..settings(1) };
    drill.submit(SimTime::ZERO, &Input::Start(alone)).unwrap().unwrap();
    let answers = Answers::read(&format!("Answers(steps: [{}])", best())).unwrap();
    let steps = scripted::plan(&scenario, &answers).unwrap();
    assert_eq!(scripted::run(&mut drill, &steps, |_| {}).unwrap(), Vec::<String>::new());
    let facts = drill.facts().to_vec();
    drop(journal);
    assert_eq!(store.read(id).unwrap().facts, facts);
}

#[test]
fn a_debrief_says_who_did_what_for_whom_and_what_was_best() {
    let scenario = scenario(WAR_ROOM);
    let facts = play(
        &scenario,
        r#"(asked: "who", does: Assign({"isolate": "desk"})),
           (asked: "whom", does: Notify({"authority": (via: "mail", by: "72h")}), sure: 60),"#,
    );
    let about = About {
        drill: "7f3a".into(),
        head: String::new(),
        trainee: None,
        started: None,
        engine: "0.1.0".into(),
        parent: None,
        moves: 20_000,
        answers: false,
    };
    let debrief = build(&scenario, &facts, &score(&scenario, &facts), &about);
    let (mut text, mut page, mut data) = (String::new(), String::new(), String::new());
    markdown(&debrief, &mut text).unwrap();
    html(&debrief, &mut page).unwrap();
    json(&debrief, &mut data).unwrap();
    for told in [
        "Take the server off the network: The help desk",
        "Take the server off the network: Network operations",
        "Image its memory: Security operations",
        "The authority: By mail from the office account, within 72h",
        "The authority: Through their portal, within 24h",
        "The insurer: Through their portal / By phone",
        "for Incident lead",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
        // A page writes its slashes as numbers.
        assert!(page.replace("&#x2f;", "/").contains(told), "{told}");
    }
    assert!(data.contains("\"seats\": \"Legal counsel\"") || data.contains("\"seats\":\"Legal counsel\""));
}

#[test]
fn tasks_and_recipients_are_answered_line_by_line() {
    let scenario = scenario(WAR_ROOM);
    let mut drill = Drill::new(&scenario, Memory::default());
    let mut clock = ManualClock::default();
    let untimed = Settings { untimed: true, ..settings(7) };
    let style = Style { color: false, ascii: false };
    let seating = Seating { style, settings: untimed, pace: None, brief: true, typed: false };
    // What now, how many; class, type and eight factors; whom, with the second line changed at the end; who.
    let calls = ["", "1", "1", "w", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "w"];
    let whom = ["1", "1", "4", "2", "3", "2", "1", "2", "4", "3", "w", "w"];
    let who = ["1", "2", "4", "9", "4", "w"];
    let lines: String = calls.iter().chain(&whom).chain(&who).map(|line| format!("{line}\n")).collect();
    let mut said = Vec::new();
    let input = std::io::Cursor::new(lines.into_bytes());
    play_plain(&mut drill, &mut clock, input, &mut said, &seating).unwrap();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("You are alone, so you hold every one of them."), "{said}");
    assert!(said.contains("Incident lead: Decides who does what."), "{said}");
    assert!(said.contains("Severity, factor 8 of 8: "), "{said}");
    assert!(said.contains("For: Legal counsel."), "{said}");
    for told in [
        "2 of 3: ",
        "tell them, and through which channel?",
        "4. Do not tell them",
        "by when?",
        "within 24h",
        "This is what you have. Choose a line to change it, or hand it in.",
        "4. Hand it in",
        "There is no number 9 here.",
    ] {
        assert!(said.contains(told), "{told}\n{said}");
    }
    let pairs = drill.facts().iter().filter_map(|fact| match &fact.what {
        What::Answered { answer: Answer::Pairs(pairs), .. } => Some(pairs.len()),
        _ => None,
    });
    assert_eq!(pairs.collect::<Vec<_>>(), [3, 2]);
}
