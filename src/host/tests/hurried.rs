//! A clock that goes on between any two looks at it, as a real one does.

use std::cell::Cell;
use std::time::Duration;

use super::room::{SMALL, chosen};
use super::{receipt, terms, written};
use crate::drill::{Clock, Pace};
use crate::engine::{Refusal, What};
use crate::host::desk::{Act, ConsoleAct, Desk, Joining};
use crate::host::door::mark;
use crate::room::{Entry, IdempotencyKey, RoomFact, RoomRefusal, Way};
use crate::scenario::{QuestionId, SeatSet, SimTime};
use crate::speech::Language;

/// A second passes with each look, while it goes.
struct Hurried {
    at: Cell<u32>,
    goes: bool,
}

impl Clock for Hurried {
    fn now(&self) -> SimTime {
        self.at.set(self.at.get() + u32::from(self.goes));
        SimTime(self.at.get())
    }
    fn leap(&mut self, moment: SimTime) {
        self.at.set(self.at.get().max(moment.0));
    }
    fn stop(&mut self) {
        self.goes = false;
    }
    fn go(&mut self) {
        self.goes = true;
    }
    fn until(&self, _: SimTime) -> Option<Duration> {
        None
    }
    fn jumped(&mut self) -> bool {
        false
    }
    fn beats(&mut self) -> bool {
        false
    }
}

fn standing(at: SimTime, _: Pace) -> Hurried {
    Hurried { at: Cell::new(at.0), goes: false }
}

#[test]
fn a_vote_is_taken_whatever_becomes_due_while_it_is_judged() {
    // Wherever among the looks of one vote the moment falls in which something is due.
    (0..12).for_each(votes_from);
}

fn votes_from(second: u32) {
    let (at, wall) = (SimTime::ZERO, 1_000);
    let keyed = RoomFact::Keyed { code: "ABCD2345".into(), trainer: mark("the trainer's secret") };
    let opened = RoomFact::Opened(terms(Way::Together, 1));
    let mut entries = [opened, keyed].map(|what| Entry { wall, at, what }).to_vec();
    let mut desk =
        Desk::new(written(SMALL), (&entries, receipt(&entries)), Language::English, standing, wall).unwrap();
    let [ada, _] = ["Ada", "Ben"].map(|name| {
        let joining = Joining {
            name: name.into(),
            team: None,
            seats: SeatSet::default(),
            mark: mark(name),
            factor: 100,
            language: Language::English,
        };
        let member = desk.join(&joining).unwrap();
        desk.came(member);
        member
    });
    desk.console(&ConsoleAct::Start(None)).unwrap();
    desk.leap(SimTime(second));
    let mut taken = 0;
    for key in 0..400 {
        let voted = desk.act(ada, IdempotencyKey(key), &Act::Answer(QuestionId(0), chosen(0)));
        entries.extend(desk.take_batches().into_iter().flatten());
        match voted {
            Ok(_) => taken += 1,
            Err(RoomRefusal::Drill(Refusal::NotOpen)) => break,
            Err(refusal) => panic!("{refusal}"),
        }
    }
    let mut facts = entries.iter().filter_map(|entry| match &entry.what {
        RoomFact::Played { facts, .. } => Some(facts),
        _ => None,
    });
    assert!(facts.any(|facts| {
        facts.iter().any(|fact| matches!(fact.what, What::Opened { question: QuestionId(1), .. }))
    }));
    assert!(taken > 30, "{taken}");
}
