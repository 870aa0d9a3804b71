//! Rooms on a real disk: kept, taken up again, erased, and never silently read when they are not what was written.

mod crash;
mod damage;
mod evidence;
mod forget;

mod store;

use breachdrill::drill::Drill;
use breachdrill::engine::{Answer, Fact, Submission};
use breachdrill::journal::{Memory, Receipt, RoomId, RoomJournal, Store};
use breachdrill::room::{
    Cause, Entry, IdempotencyKey, Identity, Mark, MemberId, RoomFact, TeamId, Terms, To, Way,
};
use breachdrill::scenario::{ChoiceId, InjectId, QuestionId, SeatSet, SimTime, Stage};
use breachdrill::score::Rating;

use super::{TRAINEE, inputs, small};

/// The other one in the room, and what they say; looked for in files byte by byte.
pub(crate) const OTHER: &str = "Bram Otterby";
const BECAUSE: &str = "Otterby trusts the desk";
const WASHED: &str = "Otterby wants a checklist";

/// What the trainer says and names.
pub(crate) const TEAM: &str = "Team Thistledown";
const TOLD: &str = "Thistledown, look at the sender";

const OPENED: u64 = 1_772_808_000_000;

fn terms() -> Terms {
    Terms {
        way: Way::Together,
        identity: Identity::Named,
        teams: vec![TEAM.into(), "Blue".into()],
        seed: 41,
        pace: Some(12),
        places: 40,
        keep_days: 30,
        until: None,
        rehearsal: false,
    }
}

/// Everything that can happen in a room, after its opening.
fn happenings() -> Vec<RoomFact> {
    let (one, two) = (MemberId(1), MemberId(2));
    let (first, second) = (TeamId(1), TeamId(2));
    let joined = |member: MemberId, team, name: &str| RoomFact::Joined {
        member,
        team,
        seats: SeatSet::default(),
        name: name.into(),
        mark: Mark([member.0 as u8; 32]),
        factor: 150,
    };
    let mut all = vec![
        joined(one, first, TRAINEE),
        joined(two, first, OTHER),
        RoomFact::Here(one),
        RoomFact::Away(two),
        RoomFact::Here(two),
        RoomFact::Leads(two),
        RoomFact::Locked,
        RoomFact::Unlocked,
    ];
    let by = |n: usize| match n {
        0 => Cause::Trainer,
        1 | 3 | 7 => Cause::Member(one, IdempotencyKey(n as u128)),
        6 => Cause::Team,
        _ => Cause::Clock,
    };
    let played = played().into_iter().enumerate();
    all.extend(played.map(|(n, facts)| RoomFact::Played { team: first, cause: by(n), facts }));
    let vote = Submission {
        question: QuestionId(2),
        answer: Answer::Text(BECAUSE.into()),
        confidence: Some(60),
        reason: Some(BECAUSE.into()),
    };
    let one_of = Submission { question: QuestionId(0), answer: Answer::One(ChoiceId(1)), ..vote.clone() };
    let to = To { team: Some(first), seats: SeatSet::default() };
    all.extend([
        RoomFact::Voted { member: two, key: IdempotencyKey(u128::MAX), vote },
        RoomFact::Voted { member: two, key: IdempotencyKey(7), vote: one_of },
        RoomFact::Told { to, from: "desk".into(), subject: String::new(), says: TOLD.into() },
        RoomFact::Resent { team: first, inject: InjectId(0) },
        RoomFact::Paced { team: None, pace: 6 },
        RoomFact::Paced { team: Some(second), pace: 24 },
        RoomFact::Pinned { team: first, question: QuestionId(2), member: Some(two) },
        RoomFact::Pinned { team: first, question: QuestionId(2), member: None },
        RoomFact::Observed { team: Some(first), says: TOLD.into() },
        RoomFact::Marked { team: None, stage: Stage::LessonsLearned, rating: Some(Rating::Some) },
        RoomFact::Marked { team: None, stage: Stage::LessonsLearned, rating: None },
        RoomFact::Seated { member: two, team: second, seats: SeatSet::default() },
        RoomFact::Stopped,
        RoomFact::Cleared,
        RoomFact::Removed(two),
        RoomFact::Readmitted(two),
        RoomFact::Washed { member: two, row: 0, says: WASHED.into() },
        RoomFact::Closed,
    ]);
    all
}

/// The small drill, input by input.
fn played() -> Vec<Vec<Fact>> {
    let scenario = small();
    let mut drill = Drill::new(&scenario, Memory::default());
    (0..inputs().len())
        .map(|n| {
            let before = drill.facts().len();
            super::take(&mut drill, n, n + 1);
            drill.facts()[before..].to_vec()
        })
        .collect()
}

fn entries() -> Vec<Entry> {
    let mut at = SimTime::ZERO;
    let entry = |(n, what)| {
        if let RoomFact::Played { facts, .. } = &what {
            at = facts.last().map_or(at, |fact: &Fact| fact.at);
        }
        Entry { wall: OPENED + 250 * n as u64, at, what }
    };
    happenings().into_iter().enumerate().map(entry).collect()
}

/// What is read of a room in which everything happened.
fn expected() -> Vec<Entry> {
    let opened = Entry { wall: OPENED, at: SimTime::ZERO, what: RoomFact::Opened(terms()) };
    [opened].into_iter().chain(entries()).collect()
}

fn open(store: &Store) -> RoomJournal {
    store.begin_room(&small(), &terms(), OPENED, None).unwrap()
}

/// Writes everything that can happen, some entries a batch and some batches a commit.
fn write(journal: &mut RoomJournal) -> Vec<Receipt> {
    let batches: Vec<Vec<Entry>> = entries().chunks(2).map(<[Entry]>::to_vec).collect();
    batches.chunks(3).flat_map(|commit| journal.append(commit).unwrap()).collect()
}

/// A room of that folder in which everything happened, opened at a moment of the wall clock; closed, or not yet.
pub(crate) fn host_in(folder: &std::path::Path, opened: u64, closed: bool) -> RoomId {
    let store = Store::open(folder).unwrap();
    let mut journal = store.begin_room(&small(), &terms(), opened, None).unwrap();
    let later = |entry: Entry| Entry { wall: entry.wall - OPENED + opened, ..entry };
    let mut all: Vec<Entry> = entries().into_iter().map(later).collect();
    if !closed {
        // Neither the drill nor the room comes to its end.
        all.truncate(10);
    }
    journal.append(&[all]).unwrap();
    journal.id()
}

/// A folder with one room in which everything happened, closed.
fn hosted() -> (tempfile::TempDir, RoomId) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut journal = open(&store);
    write(&mut journal);
    let id = journal.id();
    drop(journal);
    (folder, id)
}
