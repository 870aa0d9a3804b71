//! Votes: who sees how they stand, and when they count.

use super::room::{SMALL, chosen};
use super::told::console;
use super::{Kept, terms, written};
use crate::engine::{Answer, Refusal, What};
use crate::host::asked::Fields;
use crate::host::desk::{Act, ConsoleAct, Looks};
use crate::room::{Identity, RoomRefusal, TeamId, Terms, Way};
use crate::scenario::{QuestionId, SeatSet, SimTime};

#[test]
fn a_vote_is_not_broken_down_while_few_have_voted() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let people = ["Ada", "Ben", "Cem", "Dee", "Eve", "Fay"];
    let people = people.map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    for (n, member) in people.iter().take(5).enumerate() {
        kept.act(*member, &Act::Answer(QuestionId(0), chosen(n % 2))).unwrap();
        let page = kept.sent(people[0]);
        assert_eq!(page.contains("class=\\\"tallies"), n == 4, "after {} votes: {page}", n + 1);
        assert_eq!(page.contains("once everybody has, or five have"), n < 4, "after {} votes", n + 1);
        assert!(console(&kept).contains("class=\\\"tallies"), "the trainer sees answers as they come");
    }
    assert!(!kept.sent(people[1]).contains("class=\\\"tallies"), "who does not lead sees none");
    kept.act(people[0], &Act::Lock(QuestionId(0), None)).unwrap();
}

#[test]
fn a_small_team_s_votes_are_shown_once_all_are_in_and_in_an_anonymous_room_to_nobody_before() {
    let anonymous = Terms { identity: Identity::Anonymous, ..terms(Way::Together, 1) };
    let mut kept = Kept::open(written(SMALL), anonymous);
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    for (member, all) in [(ben, false), (ada, true)] {
        kept.act(member, &Act::Answer(QuestionId(0), chosen(0))).unwrap();
        for page in [kept.sent(ada), console(&kept)] {
            assert_eq!(page.contains("class=\\\"tallies"), all, "{page}");
        }
    }
}

/// A script in which a severity is called, and may be called anew.
const REVISED: &str = r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Revised", summary: "A small one.", audience: Responders, level: Intro, minutes: 5,
    clock: (startex: "2026-03-06 15:40", zone: "Europe/Berlin", length: "1h", pace: 12),
    cast: { "mara": (label: "Mara", role: "Finance") },
    truth: { "seen": (from: "0m", class: "fraud", kind: "phishing", severity: "high", why: "It is seen.") },
    injects: {
        "mail": (at: "0m", via: Mail(from: "mara", subject: "Odd mail"), body: "Look.", then: [Ask("how-bad")]),
    },
    questions: {
        "how-bad": (stage: Categorization, says: "How bad?", lapses: "30m", why: "It is.",
            ask: Categorize(asks: [Severity], revisable: true)),
    },
    endings: { "end": (title: "The end", says: "That was it.") },
)
"#;

#[test]
fn votes_that_became_an_answer_do_not_count_for_its_revision() {
    let mut kept = Kept::open(written(REVISED), terms(Way::Together, 1));
    let [ada, ben] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    let call = |severity: &str| Fields(vec![("severity".into(), severity.into())]);
    for member in [ada, ben] {
        kept.act(member, &Act::Answer(QuestionId(0), call("0"))).unwrap();
    }
    kept.act(ada, &Act::Lock(QuestionId(0), None)).unwrap();
    let page = kept.sent(ada);
    assert!(page.contains("Your call so far"), "{page}");
    assert_eq!(kept.act(ada, &Act::Lock(QuestionId(0), None)), Err(RoomRefusal::NoVotes));
    kept.act(ben, &Act::Answer(QuestionId(0), call("1"))).unwrap();
    kept.act(ada, &Act::Lock(QuestionId(0), None)).unwrap();
    let facts = kept.desk.facts(TeamId(1));
    let called: Vec<_> = facts
        .iter()
        .filter_map(|fact| match &fact.what {
            What::Answered { answer: Answer::Category(call), .. } => call.severity.map(|level| level.0),
            _ => None,
        })
        .collect();
    assert_eq!(called, [0, 1], "Ada's first vote does not stand against Ben's new one");
    let votes = kept.desk.room.team(TeamId(1)).unwrap().ballots[&QuestionId(0)].votes().len();
    assert_eq!(votes, 2, "the debrief tells both");
}

#[test]
fn a_vote_while_the_clock_stands_is_refused_as_one_that_can_be_sent_again() {
    let mut kept = Kept::open(written(SMALL), terms(Way::Together, 1));
    let [ada, _] = ["Ada", "Ben"].map(|name| kept.join(name, None, SeatSet::default()).unwrap());
    kept.trainer(&ConsoleAct::Start(None)).unwrap();
    // Others act after the moment up to which everything was last seen to have happened.
    kept.until(100);
    kept.act(ada, &Act::Note("Later than that".into())).unwrap();
    kept.desk.leap(SimTime(130));
    kept.trainer(&ConsoleAct::Pause(None)).unwrap();
    let refused = kept.act(ada, &Act::Answer(QuestionId(0), chosen(0)));
    assert_eq!(refused, Err(RoomRefusal::Drill(Refusal::Paused)));
    kept.trainer(&ConsoleAct::Resume(None)).unwrap();
    kept.act(ada, &Act::Answer(QuestionId(0), chosen(0))).unwrap();
}
