//! What a room does, act by act.

use super::{Kept, shipped, terms, written};
use crate::engine::{Refusal, What};
use crate::host::asked::Fields;
use crate::host::desk::{Act, Chosen, ConsoleAct};
use crate::room::{Presence, RoomFact, RoomRefusal, TeamId, To, Way};
use crate::scenario::{InjectId, QuestionId, SeatId, SeatSet, SimTime};

pub(super) const SMALL: &str = r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Small", summary: "A small one.", audience: Responders, level: Intro, minutes: 5,
    clock: (startex: "2026-03-06 15:40", zone: "Europe/Berlin", length: "1h", pace: 12),
    seats: { "lead": (label: "Lead"), "legal": (label: "Legal") },
    cast: { "mara": (label: "Mara", role: "Finance") },
    injects: {
        "mail": (at: "0m", via: Mail(from: "mara", subject: "Odd mail"), body: "Look at this.", then: [Ask("first")]),
        "law": (at: "0m", seats: ["legal"], via: Chat(from: "mara"), body: "For your eyes only."),
        "later": (at: "30m", via: Chat(from: "mara"), body: "It is later now."),
    },
    questions: {
        "first": (stage: Identification, says: "What now?", lapses: "10m", confidence: true, reason: true, ask: ChooseOne({
            "wait": (says: "Wait", credit: 0, why: "Waiting loses time."),
            "tell": (says: "Tell somebody", credit: 100, why: "Telling is best."),
        })),
        "clock": (stage: Legal, says: "Does a clock run?", opens: "1m", lapses: "10m", seats: ["legal"], ask: ChooseOne({
            "yes": (says: "Yes", credit: 100, why: "It runs."),
            "no": (says: "No", credit: 0, why: "It does run."),
        })),
    },
    endings: { "end": (title: "The end", says: "That was it.") },
)
"#;

fn seat(n: usize) -> SeatSet {
    SeatSet::default().with(SeatId::of(n))
}

pub(super) fn chosen(n: usize) -> Fields {
    Fields(vec![("choice".into(), n.to_string()), ("confidence".into(), "75".into())])
}

fn answers(kept: &Kept) -> Vec<What> {
    let played = kept.entries.iter().filter_map(|entry| match &entry.what {
        RoomFact::Played { facts, .. } => Some(facts.iter().map(|fact| fact.what.clone())),
        _ => None,
    });
    played.flatten().filter(|what| matches!(what, What::Answered { .. } | What::Lapsed(_))).collect()
}

#[test]
fn a_seat_sees_its_own_and_decides_its_own() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let lead = kept.join("Ada", None, seat(0)).unwrap();
    let legal = kept.join("Ben", None, seat(1)).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(90);
    assert!(
        kept.sent(legal).contains("For your eyes only") && !kept.sent(lead).contains("For your eyes only")
    );
    assert!(kept.sent(legal).contains("Does a clock run") && !kept.sent(lead).contains("Does a clock run"));
    let not_hers = kept.act(lead, &Act::Answer(QuestionId(1), chosen(0)));
    assert!(
        matches!(not_hers, Err(RoomRefusal::NotYours | RoomRefusal::Drill(Refusal::NotOpen))),
        "{not_hers:?}"
    );
    assert!(kept.act(legal, &Act::Answer(QuestionId(1), chosen(0))).unwrap().is_some());
    assert_eq!(answers(&kept).len(), 1);
}

#[test]
fn a_team_votes_and_its_lead_locks() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, ben, eve] =
        ["Ada", "Ben", "Eve"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let q = QuestionId(0);
    assert_eq!(kept.act(ada, &Act::Lock(q, None)), Err(RoomRefusal::NoVotes));
    for (member, choice) in [(ada, 0), (ben, 1), (eve, 1)] {
        assert!(kept.act(member, &Act::Answer(q, chosen(choice))).unwrap().is_some());
    }
    assert!(answers(&kept).is_empty(), "votes are no answer");
    assert!(!kept.sent(ben).contains("You lead this team") && kept.sent(ada).contains("You lead this team"));
    assert_eq!(kept.act(ben, &Act::Lock(q, None)), Err(RoomRefusal::NotTheLead));
    kept.act(ada, &Act::Lock(q, None)).unwrap();
    assert_eq!(answers(&kept).len(), 1);
    assert_eq!(kept.act(ben, &Act::Answer(q, chosen(0))), Err(RoomRefusal::Drill(Refusal::NotOpen)));
}

#[test]
fn votes_count_when_the_time_is_up() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, _ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.act(ada, &Act::Answer(QuestionId(0), chosen(1))).unwrap();
    kept.until(700);
    let settled = answers(&kept);
    assert!(matches!(settled[0], What::Answered { question: QuestionId(0), .. }), "{settled:?}");
}

#[test]
fn the_same_decision_twice_is_one() {
    let mut kept = Kept::open(written(SMALL), terms(Way::SideBySide, 0));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let act = Act::Answer(QuestionId(0), chosen(1));
    let first = kept.act_as(ada, 5, &act).unwrap();
    assert!(first.is_some());
    assert_eq!(kept.act_as(ada, 5, &act).unwrap(), first);
    let mut again = Kept::again(kept.desk.scenario, kept.entries.clone());
    assert_eq!(again.act_as(ada, 5, &act).unwrap(), first, "after the program was started again, too");
    assert_eq!(answers(&again).len(), 1);
    assert_eq!(again.act_as(ada, 6, &act), Err(RoomRefusal::Drill(Refusal::NotOpen)), "and never twice");
}

#[test]
fn late_is_late() {
    let mut kept = Kept::open(written(SMALL), terms(Way::SideBySide, 0));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.desk.leap(SimTime(600));
    let late = kept.act(ada, &Act::Answer(QuestionId(0), chosen(1)));
    assert_eq!(late, Err(RoomRefusal::Drill(Refusal::NotOpen)));
    assert!(matches!(answers(&kept)[..], [What::Lapsed(_)]));
}

#[test]
fn the_trainer_fires_holds_skips_and_extends() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let later = InjectId(2);
    kept.trainer(&ConsoleAct::Hold(None, later)).unwrap();
    kept.until(1_900);
    assert!(!kept.sent(ada).contains("It is later now"), "held");
    kept.trainer(&ConsoleAct::Release(None, later)).unwrap();
    kept.until(1_901);
    assert!(kept.sent(ada).contains("It is later now"));
    assert!(kept.trainer(&ConsoleAct::Fire(None, later)).is_err(), "it has come");
    let before = kept.sent(ada).matches("It is later now").count();
    kept.trainer(&ConsoleAct::Resend(None, later)).unwrap();
    assert_eq!(kept.sent(ada).matches("It is later now").count(), before + 1);
}

#[test]
fn a_real_event_stops_everything_at_once() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 2));
    let [ada, ben] =
        [("Ada", 1), ("Ben", 2)].map(|(n, t)| kept.join(n, Some(t), SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.trainer(&ConsoleAct::Stop).unwrap();
    for member in [ada, ben] {
        let frame = kept.page(member);
        assert!(frame.now.stopped && !frame.now.running);
        assert_eq!(kept.act(member, &Act::Answer(QuestionId(0), chosen(1))), Err(RoomRefusal::Stopped));
    }
    assert_eq!(kept.trainer(&ConsoleAct::Resume(None)), Err(RoomRefusal::Stopped));
    kept.until(3_000);
    assert!(answers(&kept).is_empty(), "nothing lapses while it is stopped");
    kept.trainer(&ConsoleAct::Clear).unwrap();
    kept.trainer(&ConsoleAct::Resume(None)).unwrap();
    assert!(kept.act(ada, &Act::Answer(QuestionId(0), chosen(1))).is_ok());
}

#[test]
fn removed_and_let_back_in() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.trainer(&ConsoleAct::Remove(ada)).unwrap();
    assert_eq!(kept.desk.room.team(TeamId(1)).unwrap().lead, Some(ben), "somebody leads");
    assert_eq!(kept.act(ada, &Act::Note("I was here".into())), Err(RoomRefusal::Removed));
    assert_eq!(kept.desk.room.member(ada).unwrap().presence, Presence::Removed);
    kept.trainer(&ConsoleAct::Readmit(ada)).unwrap();
    assert!(kept.act(ada, &Act::Note("I am back".into())).is_ok());
}

#[test]
fn a_full_or_locked_room_and_a_likeness_are_refused() {
    let mut kept = Kept::open(written(SMALL), crate::room::Terms { places: 2, ..terms(Way::Together, 1) });
    kept.join("Ada", None, SeatSet::default()).unwrap();
    assert_eq!(kept.join("\u{410}da", None, SeatSet::default()), Err(RoomRefusal::NameTaken), "a Cyrillic A");
    assert_eq!(kept.join("   ", None, SeatSet::default()), Err(RoomRefusal::NameUnfit));
    kept.trainer(&ConsoleAct::LockRoom).unwrap();
    assert_eq!(kept.join("Ben", None, SeatSet::default()), Err(RoomRefusal::Locked));
    kept.trainer(&ConsoleAct::UnlockRoom).unwrap();
    kept.join("Ben", None, SeatSet::default()).unwrap();
    assert_eq!(kept.join("Eve", None, SeatSet::default()), Err(RoomRefusal::Full));
    assert_eq!(
        kept.join("Ada", None, SeatSet::default()),
        Ok(crate::room::MemberId(1)),
        "the same browser again"
    );
}

#[test]
fn what_the_trainer_sends_reaches_whom_it_is_for() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let lead = kept.join("Ada", None, seat(0)).unwrap();
    let legal = kept.join("Ben", None, seat(1)).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let to = To { team: Some(TeamId(1)), seats: seat(1) };
    let said = ["The board".into(), String::new(), "Call <us> *now*.".into()];
    kept.trainer(&ConsoleAct::Tell(to, said)).unwrap();
    assert!(kept.sent(legal).contains("&lt;us&gt;") && !kept.sent(lead).contains("&lt;us&gt;"));
}

#[test]
fn somebody_who_comes_late_or_back_sees_everything() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(1_900);
    let late = kept.join("Ben", None, SeatSet::default()).unwrap();
    assert!(kept.sent(late).contains("Look at this") && kept.sent(late).contains("It is later now"));
    let before = kept.page(ada).in_place("inbox").len();
    let mut again = Kept::again(kept.desk.scenario, kept.entries.clone());
    assert_eq!(again.page(ada).in_place("inbox").len(), before);
    assert_eq!(again.page(late).in_place("inbox").len(), before);
}

#[test]
fn in_ones_own_time_each_begins_and_pauses_alone() {
    let mut kept = Kept::open(shipped("first-light"), terms(Way::OwnTime, 0));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    assert!(kept.trainer(&ConsoleAct::Start(None)).is_err(), "nobody begins for them");
    kept.act(ada, &Act::Start(Chosen::AsItIs)).unwrap();
    assert!(kept.page(ada).now.running && !kept.page(ben).now.running);
    kept.act(ada, &Act::Pause).unwrap();
    assert!(!kept.page(ada).now.running);
    kept.act(ada, &Act::Resume).unwrap();
    kept.act(ben, &Act::Start(Chosen::AsItIs)).unwrap();
    kept.act(ada, &Act::End).unwrap();
    assert!(kept.page(ada).now.over && kept.page(ben).now.running);
    let mut closed = terms(Way::OwnTime, 0);
    closed.until = Some(0);
    let mut kept = Kept::open(shipped("first-light"), closed);
    assert_eq!(kept.join("Ada", None, SeatSet::default()), Err(RoomRefusal::Late));
}

#[test]
fn pages_are_state_so_a_slow_reader_misses_nothing() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    let early = kept.page(ada);
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(60);
    let middle = kept.page(ada);
    kept.until(1_900);
    let last = kept.page(ada);
    assert!(early.seq < middle.seq && middle.seq < last.seq);
    let from = |after: u64| last.since(after);
    assert!(from(early.seq).contains("Look at this") && from(early.seq).contains("It is later now"));
    assert!(!from(middle.seq).contains("Look at this") && from(middle.seq).contains("It is later now"));
    assert!(from(middle.seq).contains("\"gone\":[\"b-q0\""), "what lapsed goes: {}", from(middle.seq));
}

#[test]
fn what_changes_without_an_entry_is_shown_too() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, _ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    let before = kept.page(ada);
    let entries = kept.entries.len();
    kept.desk.look_around();
    kept.write();
    assert_eq!(kept.entries.len(), entries, "nothing had to be written");
    let after = kept.page(ada);
    assert!(after.seq > before.seq);
    assert!(after.since(before.seq).contains("Here so far: 2"), "{}", after.since(before.seq));
}

#[test]
fn a_room_that_is_taken_up_again_stands_still_on_later_pages() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = kept.join("Ada", None, SeatSet::default()).unwrap();
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    // The moment of the last fact: time that passed after it is not known any more.
    kept.until(60);
    let before = kept.page(ada);
    let mut again = Kept::again(kept.desk.scenario, kept.entries.clone());
    again.desk.take_up("ABCD2345".into(), crate::host::door::mark("another secret"));
    again.write();
    let after = again.page(ada);
    assert!(after.seq > before.seq, "a browser takes what it is sent for newer");
    assert!(!after.now.running && after.now.at == before.now.at);
    assert_eq!(again.desk.room.trainers.len(), 2, "earlier secrets stay good");
}

#[test]
fn in_the_lobby_everybody_s_own_place_is_ticked() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 2));
    let ada = kept.join("Ada", Some(2), seat(1)).unwrap();
    let ben = kept.join("Ben", Some(1), SeatSet::default()).unwrap();
    let ticked = |sent: &str| {
        let places = sent.split("name=\\\"place\\\" value=\\\"").skip(1);
        let of = places.filter(|place| place[..place.find('>').unwrap()].contains("checked"));
        of.map(|place| place[..place.find('\\').unwrap()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((ticked(&kept.sent(ada)), ticked(&kept.sent(ben))), (vec!["2-1".into()], vec!["1-".into()]));
    kept.act(ada, &Act::Sit(TeamId(1), seat(0))).unwrap();
    assert_eq!(ticked(&kept.sent(ada)), ["1-0"]);
    assert_eq!(kept.sent(ada).matches("somebody sits here").count(), 1, "where Ben sits");
}

#[test]
fn a_team_sees_who_has_voted_on_what_it_is_asked_too_and_never_how() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = kept.join("Ada", None, seat(0)).unwrap();
    let [ben, eve] = ["Ben", "Eve"].map(|name| kept.join(name, None, seat(1)).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    kept.until(90);
    // Of the question of another seat nothing is told.
    kept.act(ben, &Act::Answer(QuestionId(1), chosen(0))).unwrap();
    assert!(!kept.sent(ada).contains("has voted"), "{}", kept.sent(ada));
    assert!(kept.sent(eve).contains("has voted on 1 of 2"));
    kept.act(ben, &Act::Answer(QuestionId(0), chosen(0))).unwrap();
    assert!(kept.sent(ada).contains("✓ has voted</span>") && kept.sent(eve).contains("✓ has voted</span>"));
    assert!(!kept.sent(eve).contains("You lead this team"));
}

fn lapses(kept: &mut Kept, member: crate::room::MemberId) -> Option<u64> {
    let sent = kept.sent(member);
    let (_, rest) = sent.split_once("data-until=\\\"")?;
    rest.split('\\').next()?.parse().ok()
}

#[test]
fn who_plays_alone_may_have_more_time_and_nobody_else_has() {
    let mut kept = Kept::open(written(SMALL), terms(Way::SideBySide, 0));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.act(ada, &Act::Stretch(Chosen::Factor(Some(200)))).unwrap();
    let not_offered = Err(RoomRefusal::Drill(Refusal::NotAvailable));
    assert_eq!(kept.act(ada, &Act::Stretch(Chosen::Factor(None))), not_offered, "on the trainer's clock");
    assert_eq!(kept.act(ada, &Act::Stretch(Chosen::Factor(Some(2_000)))), not_offered);
    let mut kept = Kept::again(kept.desk.scenario, kept.entries.clone());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    assert_eq!((lapses(&mut kept, ada), lapses(&mut kept, ben)), (Some(1_200), Some(600)));
    assert!(kept.sent(ada).contains("Your answering times are 2×") && !kept.sent(ben).contains("2×"));
    let late = kept.act(ben, &Act::Stretch(Chosen::Factor(Some(150))));
    assert_eq!(late, Err(RoomRefusal::Drill(Refusal::AlreadyStarted)));
    assert_eq!(kept.act(ben, &Act::Pass), Err(RoomRefusal::NotYours), "the clock is the trainer's");
    let mut team = Kept::open(written(SMALL), terms(Way::Together, 1));
    let ada = team.join("Ada", None, SeatSet::default()).unwrap();
    assert_eq!(team.act(ada, &Act::Stretch(Chosen::Factor(Some(150)))), not_offered, "a team has one clock");
}

#[test]
fn without_a_limit_nothing_runs_out_and_time_passes_when_it_is_let() {
    let mut kept = Kept::open(written(SMALL), terms(Way::OwnTime, 0));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.act(ben, &Act::Start(Chosen::Factor(Some(150)))).unwrap();
    assert_eq!(lapses(&mut kept, ben), Some(900));
    assert_eq!(kept.act(ben, &Act::Pass), Err(RoomRefusal::Drill(Refusal::NotAvailable)));
    kept.act(ada, &Act::Start(Chosen::Factor(None))).unwrap();
    assert!(kept.sent(ada).contains("No time limit") && kept.page(ada).now.pace.is_none());
    kept.trainer(&ConsoleAct::Pace(None, 6)).unwrap();
    let mut kept = Kept::again(kept.desk.scenario, kept.entries.clone());
    assert!(kept.page(ada).now.pace.is_none(), "after a restart, too");
    assert!(!kept.sent(ada).contains("Does a clock run"));
    kept.act(ada, &Act::Pass).unwrap();
    assert!(kept.sent(ada).contains("Does a clock run"));
    assert!(!kept.sent(ada).contains("It is later now"));
    kept.act(ada, &Act::Pass).unwrap();
    assert!(kept.sent(ada).contains("It is later now"));
    assert_eq!(kept.act(ada, &Act::Pass), Err(RoomRefusal::NothingComes), "and never to the end by itself");
    assert!(kept.page(ada).now.running);
    kept.act(ada, &Act::Answer(QuestionId(0), chosen(1))).unwrap();
    assert!(matches!(answers(&kept)[..], [What::Answered { .. }]), "it was never late: {:?}", answers(&kept));
}
