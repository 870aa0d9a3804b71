//! The room's desk: one place that decides, in one order, everything that happens in a room.
//!
//! It owns the room and all its drills, and shares nothing. Commands come in by
//! channel; each is judged and turned into entries; `serve.rs` has them made
//! durable, and then tells who asked and publishes the pages. Nothing here waits,
//! opens a socket or reads a clock but a drill's own.

mod act;
mod asks;
mod cards;
mod console;
mod lobby;
mod looks;
mod page;
mod projector;
mod run;
mod sent;
mod show;
mod steps;
mod time;
mod vote;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

pub(super) use act::{Act, Chosen};
pub(super) use console::ConsoleAct;
pub(super) use lobby::Joining;
#[cfg(test)]
pub(super) use looks::Before;
pub(super) use looks::Looks;
use run::Run;

use super::frame::{Alike, Frame};
use super::scribe::Receipt;
use crate::drill::{Clock, Pace};
use crate::engine::{Fact, interruption};
use crate::room::{Cause, Entry, IdempotencyKey, Mark, MemberId, Room, RoomFact, RoomRefusal, TeamId};
use crate::scenario::{Scenario, SimTime};
use crate::speech::Language;

/// Room for the pages that come between two entries: one a second for twelve days. With the entries that a
/// room can have, a page's number is one that a browser counts exactly.
const PAGES_BITS: u32 = 20;

/// How a clock is made that stands at a moment.
pub(super) type MakeClock<C> = fn(SimTime, Pace) -> C;

/// The desk.
pub(super) struct Desk<C> {
    pub(super) scenario: &'static Scenario,
    /// When this desk was set up, in milliseconds since 1970.
    opened: u64,
    /// What the room speaks where nobody asked for another language.
    pub(super) language: Language,
    pub(super) room: Room,
    runs: Vec<Run<C>>,
    make_clock: MakeClock<C>,
    /// Milliseconds since 1970, as the shell last said.
    wall: u64,
    /// What has happened and is not durable yet, by who asked for it.
    batches: Vec<Vec<Entry>>,
    /// Decisions that were taken; with their receipt once durable.
    done: HashMap<(MemberId, IdempotencyKey), Option<Receipt>>,
    /// What was made durable last.
    last: Receipt,
    /// The number of the pages that are published now; see [`Desk::turn_page`].
    page: u64,
    touched: BTreeSet<TeamId>,
    /// Whose own vote is no longer one.
    voted: Vec<MemberId>,
    /// Teams whose votes have changed; told now and then, not at every vote.
    counted: BTreeSet<TeamId>,
    /// Whether console and projector show what is no longer so.
    stale: bool,
    alike: Alike,
    show: show::Told,
    /// The picture that leads people in; made when first shown.
    qr: Option<serde_json::Value>,
    people: HashMap<MemberId, Person>,
    trainer: watch::Sender<Arc<Frame>>,
    observer: watch::Sender<Arc<Frame>>,
    projector: watch::Sender<Arc<Frame>>,
    /// How many people pages in the lobby say are there: counted now and then, not at every joining.
    shown_here: usize,
    /// Where people come in, as they type it.
    pub(super) address: String,
}

/// What one person's browsers follow, besides what their audience sees.
pub(super) struct Person {
    language: Language,
    follows: watch::Sender<Follows>,
    /// How many streams are open.
    streams: usize,
    /// Since when none is, in milliseconds since 1970.
    gone_since: Option<u64>,
}

/// What one person's browser follows.
#[derive(Clone, Debug)]
pub(super) struct Follows {
    /// The pages of those who see what this person sees.
    pub(super) frames: watch::Receiver<Arc<Frame>>,
    /// Counts up when `frames` became another page, and everything is to be sent again.
    pub(super) turn: u64,
    /// What this person voted for, in words, by question.
    pub(super) votes: Vec<(u32, String)>,
    /// Why nothing more will come; none while it will.
    pub(super) bye: Option<&'static str>,
}

/// What came of a command, before it is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is in this batch.
    In(usize),
    /// The same decision was taken before.
    Before(MemberId, IdempotencyKey),
    /// Nothing had to be written.
    Nothing,
}

impl<C: Clock> Desk<C> {
    /// The desk of a room that was opened, or taken up again, after `entries`, of which `last` is the last.
    pub(super) fn new(
        scenario: &'static Scenario,
        (entries, last): (&[Entry], Receipt),
        language: Language,
        make_clock: MakeClock<C>,
        wall: u64,
    ) -> Option<Self> {
        let room = Room::after(entries)?;
        let mut facts: Vec<Vec<Fact>> = vec![Vec::new(); room.teams.len()];
        for entry in entries {
            if let RoomFact::Played { team, facts: more, .. } = &entry.what {
                facts[team.0 as usize - 1].extend_from_slice(more);
            }
        }
        let pace = |row: usize| room.teams[row].pace.or(room.terms.pace);
        let runs = facts.into_iter().enumerate();
        let runs = runs.map(|(row, facts)| Run::new(scenario, facts, pace(row), make_clock)).collect();
        let empty = || Arc::new(Frame::empty(language, super::frame::Now::before()));
        Some(Self {
            scenario,
            language,
            runs,
            room,
            make_clock,
            wall,
            opened: wall,
            batches: Vec::new(),
            done: HashMap::new(),
            last,
            page: 0,
            touched: BTreeSet::new(),
            voted: Vec::new(),
            counted: BTreeSet::new(),
            // Nobody is there yet, and the trainer and the wall want to see the lobby.
            stale: true,
            alike: Alike::default(),
            show: show::Told::default(),
            qr: None,
            people: HashMap::new(),
            trainer: watch::Sender::new(empty()),
            observer: watch::Sender::new(empty()),
            projector: watch::Sender::new(empty()),
            shown_here: 0,
            address: String::new(),
        })
    }

    /// The wall clock says so much, in milliseconds since 1970.
    pub(super) const fn set_wall(&mut self, now: u64) {
        self.wall = now;
    }

    /// How far the clocks have come that run.
    pub(super) fn moments(&self) -> Vec<(TeamId, SimTime)> {
        let runs = (1..).map(TeamId).zip(&self.runs).filter(|(_, run)| run.running());
        runs.map(|(team, run)| (team, run.now())).collect()
    }

    /// Clocks had come so far when the program was ended: where nothing had happened by then, that counts.
    pub(super) fn ran_to(&mut self, moments: &BTreeMap<TeamId, SimTime>) {
        for (team, moment) in moments {
            let Some(run) = self.run_mut(*team).filter(|run| run.running()) else { continue };
            let before = run.drill.next_moment().map(|next| SimTime(next.0.saturating_sub(1)));
            run.clock.leap(before.map_or(*moment, |before| before.min(*moment)));
        }
    }

    /// The room is open from now on, by this code and for this trainer. Every drill that was running when the
    /// program stopped stands still: the trainer lets it go on.
    pub(super) fn take_up(&mut self, code: String, trainer: Mark) {
        self.note(SimTime::ZERO, RoomFact::Keyed { code, trainer });
        for team in (1..=self.runs.len() as u32).map(TeamId) {
            let pause = self.run(team).and_then(|run| interruption(run.drill.state()));
            if let Some(pause) = pause {
                self.enter(team, Cause::Clock, &pause).expect("checked: a drill that runs can be paused");
            }
        }
    }

    /// How long until something happens by itself; none if nothing will.
    pub(super) fn until_next(&self) -> Option<Duration> {
        self.runs.iter().filter_map(Run::until_next).min()
    }

    /// What the trainer's screens follow.
    pub(super) fn screens(&self) -> super::serve::Screens {
        super::serve::Screens {
            console: self.trainer.subscribe(),
            observer: self.observer.subscribe(),
            projector: self.projector.subscribe(),
        }
    }

    /// Everything that happens by itself by now.
    pub(super) fn advance(&mut self) {
        for row in 0..self.runs.len() {
            if self.runs[row].due() {
                self.advance_one(TeamId(row as u32 + 1));
            }
        }
    }

    fn advance_one(&mut self, team: TeamId) {
        let Some(run) = self.run(team).filter(|run| run.running()) else { return };
        let (now, due) = (run.now(), run.due());
        if due {
            // What may be done can change although nothing happens.
            self.touched.insert(team);
        }
        // Votes count in the last moment before their time is up, so time goes on from one of those to the next.
        while let Some(last) = self.votes_due(team, now) {
            self.step_until(team, last);
            self.count_votes(team, last);
        }
        self.step_until(team, now);
        if let Some(run) = self.run_mut(team) {
            run.seen = now.max(run.drill.state().at);
            run.follow_clock();
        }
    }

    /// Everything that is due by `moment` happens.
    fn step_until(&mut self, team: TeamId, moment: SimTime) {
        loop {
            let Some(run) = self.run_mut(team) else { return };
            let ticked = run.drill.step(moment).expect("checked: facts wait in memory");
            let facts = run.unwritten();
            self.played(team, Cause::Clock, facts);
            if !ticked {
                return;
            }
        }
    }

    fn run(&self, team: TeamId) -> Option<&Run<C>> {
        self.runs.get((team.0 as usize).checked_sub(1)?)
    }

    fn run_mut(&mut self, team: TeamId) -> Option<&mut Run<C>> {
        self.runs.get_mut((team.0 as usize).checked_sub(1)?)
    }

    /// Notes what happened in a drill.
    fn played(&mut self, team: TeamId, cause: Cause, facts: Vec<Fact>) {
        if !facts.is_empty() {
            self.happened(team, RoomFact::Played { team, cause, facts });
        }
    }

    /// Something happened: the room takes it in, and it waits to be made durable.
    fn happened(&mut self, team: TeamId, what: RoomFact) {
        let at = self.run(team).map_or(SimTime::ZERO, |run| run.drill.state().at);
        self.note(at, what);
        self.touched.insert(team);
    }

    /// As [`Desk::happened`], where it concerns the whole room.
    fn happened_to_all(&mut self, what: RoomFact) {
        let at = self.runs.iter().map(Run::now).max().unwrap_or(SimTime::ZERO);
        self.note(at, what);
        self.touch_all();
    }

    fn note(&mut self, at: SimTime, what: RoomFact) {
        let entry = Entry { wall: self.wall, at, what };
        self.room.apply(&entry);
        while self.runs.len() < self.room.teams.len() {
            let pace = self.room.terms.pace;
            self.runs.push(Run::new(self.scenario, Vec::new(), pace, self.make_clock));
        }
        match self.batches.last_mut() {
            Some(batch) => batch.push(entry),
            None => self.batches.push(vec![entry]),
        }
    }

    fn touch_all(&mut self) {
        self.touched.extend((1..=self.runs.len() as u32).map(TeamId));
    }

    /// Begins a batch of its own for one command, and says what came of it.
    fn in_batch(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<(), RoomRefusal>,
    ) -> Result<Taken, RoomRefusal> {
        let row = self.batches.len();
        self.batches.push(Vec::new());
        let done = work(self);
        let empty = self.batches[row].is_empty();
        // What the clock brings next is not part of it.
        self.batches.push(Vec::new());
        done.map(|()| if empty { Taken::Nothing } else { Taken::In(row) })
    }

    /// Everything that waits to be made durable, by who asked for it; some of it empty.
    pub(super) fn take_batches(&mut self) -> Vec<Vec<Entry>> {
        std::mem::take(&mut self.batches)
    }

    /// What was in a batch is durable: the last of them is entry `n`.
    pub(super) fn durable(&mut self, receipts: &[Receipt]) {
        self.last = receipts.last().copied().unwrap_or(self.last);
    }

    /// Begins new pages: what differs on them from those before is sent, whether an entry was written since
    /// or only time has passed. A number says after which entry, and how many pages there were since; so it
    /// grows for ever, also when the room is taken up again, for then an entry is written first.
    fn turn_page(&mut self) {
        self.page = (self.last.n << PAGES_BITS).max(self.page + 1);
    }

    /// Notes the receipt of a decision.
    pub(super) fn receipted(&mut self, member: MemberId, key: IdempotencyKey, receipt: Receipt) {
        self.done.insert((member, key), Some(receipt));
    }

    /// The receipt of a decision that was taken before.
    pub(super) fn receipt(&self, member: MemberId, key: IdempotencyKey) -> Option<Receipt> {
        self.done.get(&(member, key)).copied().flatten()
    }
}

#[cfg(test)]
impl<C: Clock> Desk<C> {
    /// Every clock that runs jumps forward to `moment`.
    pub(super) fn leap(&mut self, moment: SimTime) {
        for run in self.runs.iter_mut().filter(|run| run.running()) {
            run.clock.leap(moment);
        }
    }

    /// When something happens by itself next in a team's drill.
    pub(super) fn next_moment(&self, team: TeamId) -> Option<SimTime> {
        let run = self.run(team)?;
        run.drill.next_moment_after(run.seen)
    }
}
