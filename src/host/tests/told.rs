//! What people are told: what the trainer can still do, how much time there is, and their debrief.

use super::room::{SMALL, chosen};
use super::routes::{get, join, post, room, trainer};
use super::{Kept, terms, written};
use crate::debrief::{About, LINE_MOVES, html, of_member};
use crate::engine::What;
use crate::host::desk::{Act, Chosen, ConsoleAct, Looks};
use crate::room::{MemberId, RoomFact, RoomRefusal, TeamId, Terms, To, Way};
use crate::scenario::{InjectId, QuestionId, SeatSet, SimTime};
use crate::score::score;

/// What the console shows of everything.
pub(super) fn console(kept: &Kept) -> String {
    kept.desk.screens().console.borrow().since(0)
}

/// A script in which one inject comes only if something is done.
const SWITCHED: &str = r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Switched", summary: "A small one.", audience: Responders, level: Intro, minutes: 5,
    clock: (startex: "2026-03-06 15:40", zone: "Europe/Berlin", length: "1h", pace: 12),
    cast: { "mara": (label: "Mara", role: "Finance") },
    injects: {
        "mail": (at: "0m", via: Mail(from: "mara", subject: "Odd mail"), body: "Look.", then: [Cancel("never")]),
        "never": (at: "20m", via: Chat(from: "mara"), body: "Only if nobody looked."),
        "left-out": (at: "30m", via: Chat(from: "mara"), body: "The trainer leaves this out."),
        "late": (at: "40m", via: Chat(from: "mara"), body: "It is late."),
    },
    endings: { "end": (title: "The end", says: "That was it.") },
)
"#;

#[test]
fn skipped_is_what_the_trainer_left_out_and_nothing_else() {
    let mut kept = Kept::open(written(SWITCHED), terms(Way::Together, 1));
    kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.trainer(&ConsoleAct::Skip(None, InjectId(2))).unwrap();
    let shown = console(&kept);
    assert!(shown.contains("block step undue") && shown.contains("not due in this exercise"), "{shown}");
    assert_eq!(shown.matches("block step skipped").count(), 1);
}

#[test]
fn what_the_trainer_sent_stands_among_what_has_been() {
    let mut kept = Kept::open(written(SWITCHED), terms(Way::Together, 1));
    kept.join("Ada", None, SeatSet::default()).unwrap();
    assert!(!console(&kept).contains("data-until"), "before STARTEX nothing is due any moment");
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let tell = |from: &str, subject: &str, says: &str| {
        ConsoleAct::Tell(
            To { team: None, seats: SeatSet::default() },
            [from.into(), subject.into(), says.into()],
        )
    };
    kept.trainer(&tell("The press", "A question", "Is it **true**?")).unwrap();
    kept.trainer(&tell("", "", "Look at the *sender* first.")).unwrap();
    kept.trainer(&ConsoleAct::Resend(None, InjectId(0))).unwrap();
    let shown = console(&kept);
    for part in [
        "a message from the trainer",
        "A question",
        "a hint from the trainer",
        "Look at the sender first.",
        "sent once more",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let observed = kept.desk.screens().observer.borrow().since(0);
    assert!(observed.contains("A question"), "{observed}");
    assert!(shown.contains("b-x2") && observed.contains("b-x2"));
}

#[test]
fn while_something_is_under_way_nothing_else_can_be_begun_and_the_page_says_so() {
    let scenario = crate::scenario::library().iter().find(|(name, _)| *name == "friday-invoice");
    let scenario = written(scenario.expect("a shipped script").1);
    let mut kept = Kept::open(scenario, terms(Way::Together, 1));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let dead = "aria-disabled=\\\"true\\\" aria-describedby=\\\"busy\\\"";
    let page = kept.sent(ada);
    assert!(page.contains("/drill/do/") && !page.contains(dead), "{page}");
    let of = |page: &str, what: &str| {
        let rest = page.split(what).nth(1).and_then(|rest| rest.split('\\').next());
        rest.and_then(|id| id.parse().ok()).expect("a number")
    };
    kept.act(ada, &Act::Examine(crate::scenario::EvidenceId(of(&page, "/drill/examine/")))).unwrap();
    let page = kept.sent(ada);
    assert_eq!(
        page.matches(dead).count(),
        page.matches("/drill/do/").count() + page.matches("/drill/examine/").count()
    );
}

#[test]
fn people_are_told_how_long_it_takes_at_the_pace_of_the_room() {
    let scenario = written(SMALL);
    let at = |pace| Terms { pace, ..terms(Way::SideBySide, 0) }.minutes(scenario);
    let (own, minutes) = (scenario.clock.pace, u32::from(scenario.head.minutes));
    assert_eq!((at(None), at(Some(own)), at(Some(3_600))), (minutes, minutes, 1));
    assert_eq!(at(Some(1)), minutes * u32::from(own));
}

#[test]
fn nothing_can_be_sent_held_or_skipped_in_a_halt_or_after_the_end() {
    let mut kept = Kept::open(written(SWITCHED), terms(Way::Together, 1));
    kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let acts = ["/console/fire\\\" class", "Send now", "Hold</button>", "Skip it", "Send once more"];
    let offered = |kept: &Kept| acts[1..].iter().filter(|act| console(kept).contains(**act)).count();
    assert_eq!(offered(&kept), 4);
    kept.trainer(&ConsoleAct::Hold(None, InjectId(2))).unwrap();
    kept.trainer(&ConsoleAct::Stop).unwrap();
    assert_eq!(offered(&kept), 0, "{}", console(&kept));
    kept.trainer(&ConsoleAct::Clear).unwrap();
    assert_eq!(offered(&kept), 4);
    kept.trainer(&ConsoleAct::End(None)).unwrap();
    assert_eq!(offered(&kept), 0);
    assert!(!console(&kept).contains("Release</button>"));
}

#[test]
fn more_time_is_real_time_at_the_pace_of_each_team() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 2));
    for (name, team) in [("Ada", 1), ("Ben", 2)] {
        kept.join(name, Some(team), SeatSet::default()).unwrap();
    }
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.trainer(&ConsoleAct::Pace(Some(TeamId(2)), 6)).unwrap();
    kept.trainer(&ConsoleAct::Extend(None, QuestionId(0), 30)).unwrap();
    let granted: Vec<u32> = kept
        .entries
        .iter()
        .filter_map(|entry| match &entry.what {
            RoomFact::Played { facts, .. } => Some(facts.iter()),
            _ => None,
        })
        .flatten()
        .filter_map(|fact| match &fact.what {
            What::Extended { granted: Some(more), .. } => Some(more.0),
            _ => None,
        })
        .collect();
    assert_eq!(granted, [30 * 60, 30 * 6]);
}

#[test]
fn what_had_run_before_the_program_was_killed_is_not_given_back() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(200);
    let moments = kept.desk.moments();
    assert_eq!(moments, [(TeamId(1), SimTime(200))]);
    for (ran, stands) in [(moments[0].1, 200), (SimTime(3_000), 599), (SimTime(0), 60)] {
        let mut again = Kept::again(kept.desk.scenario, kept.entries.clone());
        again.desk.ran_to(&std::collections::BTreeMap::from([(TeamId(1), ran)]));
        again.desk.take_up("ABCD2345".into(), super::mark("the trainer's secret"));
        again.write();
        let paused = again.entries.last().unwrap();
        assert_eq!(paused.at, SimTime(stands), "never past what comes next, and never back");
        assert!(again.desk.moments().is_empty(), "it stands until the trainer lets it go on");
    }
}

fn own_debrief(kept: &Kept, member: MemberId) -> String {
    let team = kept.desk.room.member(member).unwrap().team;
    let facts = kept.desk.facts(team).to_vec();
    let about = About {
        drill: "7f3a7f3a".into(),
        head: String::new(),
        trainee: None,
        started: None,
        engine: "0".into(),
        parent: None,
        moves: LINE_MOVES,
        answers: false,
    };
    let scenario = kept.desk.scenario;
    let told = of_member(scenario, (&kept.desk.room, member), &facts, &score(scenario, &facts), &about);
    let mut text = String::new();
    html(&told, &mut text).unwrap();
    text
}

#[test]
fn the_debrief_of_one_of_a_team_speaks_of_the_team_and_of_what_one_voted_for() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, ben, eve] =
        ["Ada", "Ben", "Yvonne"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    for (member, choice) in [(ada, 0), (ben, 1), (eve, 1)] {
        kept.act(member, &Act::Answer(QuestionId(0), chosen(choice))).unwrap();
    }
    kept.act(ada, &Act::Lock(QuestionId(0), None)).unwrap();
    kept.act(ada, &Act::Note("I rang Mara".into())).unwrap();
    kept.act(ben, &Act::Note("I wrote it down".into())).unwrap();
    let note = kept.sent(ada);
    assert!(note.contains("I wrote it down <span class=\\\"quiet\\\">Ben<"), "{note}");
    let to = |team| To { team, seats: SeatSet::default() };
    let told =
        |team, what: &str| ConsoleAct::Tell(to(team), ["The press".into(), what.into(), "Well?".into()]);
    kept.trainer(&told(None, "A question for all")).unwrap();
    kept.trainer(&told(Some(TeamId(1)), "One for this team")).unwrap();
    kept.trainer(&ConsoleAct::End(None)).unwrap();
    let mut again = Kept::again(kept.desk.scenario, kept.entries.clone());
    again.write();
    for kept in [&kept, &again] {
        let page = own_debrief(kept, ada);
        for said in ["Your team chose", "You voted for", "the trainer ended this exercise", "By whom"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        for untrue in ["You chose", "you ended", "You ended", ">Yours<", "Lines you noted", "You decided<"] {
            assert!(!page.contains(untrue), "{untrue}: {page}");
        }
        let line = |who: &str, says: &str| {
            let rows: Vec<&str> = page.split("<tr").filter(|row| row.contains(says)).collect();
            assert!(rows.iter().any(|row| row.contains(&format!(">{who}<"))), "{says}: {rows:?}");
            assert!(rows.iter().any(|row| row.contains(&format!("{who}: {says}"))), "{says}: {rows:?}");
        };
        line("you", "I rang Mara");
        line("Ben", "I wrote it down");
        for sent in ["The press: A question for all", "The press: One for this team"] {
            assert!(page.contains(sent), "{sent}: {page}");
        }
        assert!(!own_debrief(kept, ada).contains("Yvonne"), "nobody is told how another voted");
    }
}

#[test]
fn who_ended_a_drill_that_one_plays_alone_is_said() {
    let mut kept = Kept::open(written(SMALL), terms(Way::SideBySide, 0));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.act(ada, &Act::Answer(QuestionId(0), chosen(1))).unwrap();
    kept.until(300);
    kept.trainer(&ConsoleAct::End(None)).unwrap();
    let page = own_debrief(&kept, ada);
    assert!(page.contains("the trainer ended this exercise") && page.contains("You chose"), "{page}");
    assert!(!page.contains("You ended") && !page.contains("you ended"), "{page}");

    let mut own = Kept::open(written(SMALL), terms(Way::OwnTime, 0));
    let ada = own.join("Ada", None, SeatSet::default()).unwrap();
    own.act(ada, &Act::Start(crate::host::desk::Chosen::AsItIs)).unwrap();
    own.until(300);
    own.act(ada, &Act::End).unwrap();
    assert!(own_debrief(&own, ada).contains("you ended this drill"));
}

#[tokio::test]
async fn who_is_in_is_led_back_to_their_own_page() {
    let router = room(Way::Together, "ward-round");
    let ada = join(&router, "Ada").await;
    let early = get(&router, "/drill/debrief", &ada).await;
    assert!(early.text.contains("Not yet") && early.text.contains("href=\"&#x2f;drill\""), "{}", early.text);
    let early = get(&router, "/console/debrief", &trainer()).await;
    assert!(
        early.text.contains("Not yet") && early.text.contains("href=\"&#x2f;console\""),
        "{}",
        early.text
    );
    assert!(!early.text.contains("href=\"&#x2f;\""), "{}", early.text);
}

#[tokio::test]
async fn what_is_refused_in_a_pause_may_be_sent_again() {
    let router = room(Way::SideBySide, "first-light");
    let ada = join(&router, "Ada").await;
    post(&router, "/console/start", &trainer(), "").await;
    post(&router, "/console/pause", &trainer(), "").await;
    let refused = post(&router, "/drill/answer/0", &ada, "choice=0&confidence=75").await;
    assert_eq!(refused.status, axum::http::StatusCode::CONFLICT);
    let json: serde_json::Value = serde_json::from_str(&refused.text).expect("JSON");
    assert_eq!(json["later"], true, "{json}");
    post(&router, "/console/resume", &trainer(), "").await;
    let taken = post(&router, "/drill/answer/0", &ada, "choice=0&confidence=75").await;
    assert_eq!(taken.status, axum::http::StatusCode::OK, "{}", taken.text);
}

#[test]
fn who_opens_the_screens_first_sees_the_lobby() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    assert!(kept.desk.is_stale(), "something is to be shown at once");
    kept.desk.publish_screens();
    assert!(
        console(&kept).contains("/console/start") && console(&kept).contains("b-i0"),
        "{}",
        console(&kept)
    );
    let wall = kept.desk.screens().projector.borrow().since(0);
    assert!(wall.contains("b-lobby") && wall.contains("<svg"), "{wall}");
}

#[test]
fn who_has_paused_their_own_drill_goes_on_only_when_they_say_so() {
    let mut kept = Kept::open(written(SMALL), terms(Way::OwnTime, 0));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    for member in [ada, ben] {
        kept.act(member, &Act::Start(Chosen::AsItIs)).unwrap();
    }
    kept.act(ada, &Act::Pause).unwrap();
    assert_eq!(kept.trainer(&ConsoleAct::Pause(None)), Err(RoomRefusal::OwnClocks));
    kept.trainer(&ConsoleAct::Stop).unwrap();
    kept.trainer(&ConsoleAct::Clear).unwrap();
    assert!(kept.sent(ben).contains("The trainer lets it go on."));
    kept.act(ada, &Act::Resume).unwrap();
    assert!(console(&kept).contains("/console/resume"), "one who goes on does not take that from the others");
    kept.act(ada, &Act::Pause).unwrap();
    kept.trainer(&ConsoleAct::Resume(None)).unwrap();
    assert!(kept.page(ben).now.running && !kept.page(ada).now.running);
    assert!(console(&kept).contains("playing") && console(&kept).contains("paused"));
    assert_eq!(kept.trainer(&ConsoleAct::Resume(Some(TeamId(1)))), Err(RoomRefusal::Theirs));
    kept.act(ada, &Act::Resume).unwrap();
    assert!(kept.page(ada).now.running);
}

#[test]
fn the_run_of_show_begins_with_what_comes_first_and_holds_nothing_after_the_end() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    kept.desk.publish_screens();
    let lobby = console(&kept);
    assert!(lobby.contains("block step next") && lobby.contains("Odd mail"), "{lobby}");
    kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(60);
    let played = console(&kept);
    assert!(played.contains("block step next") && played.contains("block step past"), "{played}");
    kept.trainer(&ConsoleAct::End(None)).unwrap();
    let over = console(&kept);
    assert!(!over.contains("block step next") && over.contains("block step undue"), "{over}");
}
