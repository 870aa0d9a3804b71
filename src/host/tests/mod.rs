//! The desk without a socket: rooms driven by hand, by a seed, and through whole drills.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test looks for some facts among all that there are")]

mod hurried;
mod refusals;
mod room;
mod routes;
mod screens;
mod secrets;
mod simulated;
mod tls;
mod told;
mod votes;

use std::sync::Arc;

use super::desk::{Act, ConsoleAct, Desk, Joining, Taken};
use super::door::mark;
use super::frame::Frame;
use crate::drill::ManualClock;
use crate::journal::{Digest, Receipt};
use crate::room::{Entry, IdempotencyKey, Identity, MemberId, RoomFact, RoomRefusal, TeamId, Terms, Way};
use crate::scenario::{Scenario, SeatSet, SimTime, library, load};
use crate::speech::Language;

/// A shipped script, for as long as the tests run.
pub(super) fn shipped(name: &str) -> &'static Scenario {
    let (_, text) = library().iter().find(|(known, _)| *known == name).expect("a shipped script");
    Box::leak(Box::new(load(text).scenario.expect("it is sound")))
}

/// A script of a test.
pub(super) fn written(text: &str) -> &'static Scenario {
    let loaded = load(text);
    Box::leak(Box::new(loaded.scenario.unwrap_or_else(|| panic!("{:?}", loaded.findings))))
}

pub(super) fn terms(way: Way, teams: usize) -> Terms {
    Terms {
        way,
        identity: Identity::Pseudonymous,
        teams: (1..=teams).map(|n| format!("Team {n}")).collect(),
        seed: 7,
        pace: Some(60),
        places: 100,
        keep_days: 0,
        until: None,
        rehearsal: false,
    }
}

/// A room whose journal is a list.
pub(super) struct Kept {
    pub(super) desk: Desk<ManualClock>,
    pub(super) entries: Vec<Entry>,
    wall: u64,
    key: u128,
}

/// A clock of a room that a test drives.
fn standing(at: SimTime, _: crate::drill::Pace) -> ManualClock {
    ManualClock::standing_at(at)
}

/// A receipt as a journal would give it: the head depends on everything before.
pub(super) fn receipt(entries: &[Entry]) -> Receipt {
    Receipt { n: entries.len() as u64, head: Digest::of(format!("{:?}", entries.last()).as_bytes()) }
}

impl Kept {
    pub(super) fn open(scenario: &'static Scenario, terms: Terms) -> Self {
        let at = SimTime::ZERO;
        let keyed = RoomFact::Keyed { code: "ABCD2345".into(), trainer: mark("the trainer's secret") };
        let entries = vec![
            Entry { wall: 1_000, at, what: RoomFact::Opened(terms) },
            Entry { wall: 1_000, at, what: keyed },
        ];
        Self::again(scenario, entries)
    }

    /// The room as it stands after `entries`, as if the program had been started again.
    pub(super) fn again(scenario: &'static Scenario, entries: Vec<Entry>) -> Self {
        let wall = entries.last().map_or(0, |entry| entry.wall);
        let mut desk = Desk::new(scenario, (&entries, receipt(&entries)), Language::English, standing, wall)
            .expect("a room");
        for (n, entry) in entries.iter().enumerate() {
            match &entry.what {
                RoomFact::Played { cause: crate::room::Cause::Member(member, key), .. }
                | RoomFact::Voted { member, key, .. } => {
                    desk.receipted(*member, *key, receipt(&entries[..=n]));
                }
                _ => {}
            }
        }
        Self { desk, wall, key: (1 << 64) + ((entries.len() as u128) << 32), entries }
    }

    /// Makes durable what waits, and publishes; the receipts by batch.
    pub(super) fn write(&mut self) -> Vec<Receipt> {
        let mut receipts = Vec::new();
        for batch in self.desk.take_batches() {
            self.entries.extend(batch);
            receipts.push(receipt(&self.entries));
        }
        self.desk.durable(&receipts);
        self.desk.publish_pages();
        self.desk.publish_screens();
        receipts
    }

    pub(super) fn join(
        &mut self,
        name: &str,
        team: Option<u32>,
        seats: SeatSet,
    ) -> Result<MemberId, RoomRefusal> {
        self.wall += 10;
        self.desk.set_wall(self.wall);
        let joining = Joining {
            name: name.into(),
            team: team.map(TeamId),
            seats,
            mark: mark(name),
            factor: 100,
            language: Language::English,
        };
        let joined = self.desk.join(&joining);
        self.write();
        let member = joined?;
        self.desk.came(member);
        Ok(member)
    }

    pub(super) fn act_as(
        &mut self,
        member: MemberId,
        key: u128,
        act: &Act,
    ) -> Result<Option<Receipt>, RoomRefusal> {
        let key = IdempotencyKey(key);
        let taken = self.desk.act(member, key, act);
        let receipts = self.write();
        match taken? {
            Taken::In(row) => {
                self.desk.receipted(member, key, receipts[row]);
                Ok(Some(receipts[row]))
            }
            Taken::Before(member, key) => Ok(self.desk.receipt(member, key)),
            Taken::Nothing => Ok(None),
        }
    }

    pub(super) fn act(&mut self, member: MemberId, act: &Act) -> Result<Option<Receipt>, RoomRefusal> {
        self.key += 1;
        self.act_as(member, self.key, act)
    }

    pub(super) fn trainer(&mut self, act: &ConsoleAct) -> Result<(), RoomRefusal> {
        let taken = self.desk.console(act);
        self.write();
        taken.map(|_| ())
    }

    /// Drill time goes on to `moment`.
    pub(super) fn until(&mut self, moment: u32) {
        self.desk.leap(SimTime(moment));
        self.desk.advance();
        self.write();
    }

    /// What somebody's page shows.
    pub(super) fn page(&mut self, member: MemberId) -> Arc<Frame> {
        let follows = self.desk.follow(member, Language::English).expect("they are in the room");
        follows.borrow().frames.borrow().clone()
    }

    /// Everything that somebody's browser would be sent, had it nothing yet.
    pub(super) fn sent(&mut self, member: MemberId) -> String {
        self.page(member).since(0)
    }
}
