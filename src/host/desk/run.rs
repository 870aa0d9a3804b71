//! One drill of a room: its clock, and the pages of everybody who plays it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::super::frame::{Frame, Now};
use crate::drill::{Clock, Drill, Journal, JournalError, Pace, TraineeView};
use crate::engine::{Fact, Input, Refusal};
use crate::scenario::{Scenario, SeatSet, SimTime};
use crate::speech::Language;

/// Facts that have happened in a drill and are not in the room's journal yet.
///
/// The room writes before it shows: facts wait here, go to the journal with whatever else
/// happened at the same time, and only when they are durable does anybody hear of them.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    facts: Vec<Fact>,
    count: usize,
}

impl Journal for Unwritten {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        self.facts.extend_from_slice(facts);
        self.count += facts.len();
        Ok(())
    }

    fn len(&self) -> usize {
        self.count
    }

    fn head(&self) -> Option<crate::journal::Digest> {
        None
    }
}

/// One drill of a room.
pub(super) struct Run<C> {
    pub(super) drill: Drill<'static, Unwritten>,
    pub(super) clock: C,
    /// Drill seconds for each real second; none if untimed.
    pub(super) pace: Option<u16>,
    pub(super) audiences: Vec<Audience>,
    /// When something happens by itself next, if anything will.
    next: Option<SimTime>,
    /// The moment by which everything that was due has happened.
    pub(super) seen: SimTime,
}

/// Everybody who sees the same of a drill.
pub(super) struct Audience {
    pub(super) seats: SeatSet,
    pub(super) lead: bool,
    pub(super) language: Language,
    pub(super) view: TraineeView,
    /// How many facts are folded in.
    pub(super) folded: usize,
    pub(super) frame: watch::Sender<Arc<Frame>>,
}

impl<C: Clock> Run<C> {
    /// A drill that goes on after `facts`, with its clock standing.
    pub(super) fn new(
        scenario: &'static Scenario,
        facts: Vec<Fact>,
        pace: Option<u16>,
        clock: impl FnOnce(SimTime, Pace) -> C,
    ) -> Self {
        let drill = Drill::resumed(scenario, Unwritten { facts: Vec::new(), count: facts.len() }, facts);
        let clock = clock(drill.state().at, pace.map_or(Pace::Untimed, Pace::Times));
        let (next, seen) = (drill.next_moment(), drill.state().at);
        Self { drill, clock, pace, audiences: Vec::new(), next, seen }
    }

    /// Whether drill time passes.
    pub(super) fn running(&self) -> bool {
        self.drill.state().running() && self.drill.state().paused.is_none()
    }

    /// Drill time now; where it stands before STARTEX, in a pause and after ENDEX.
    pub(super) fn now(&self) -> SimTime {
        if self.running() { self.clock.now().max(self.drill.state().at) } else { self.drill.state().at }
    }

    /// Whether something is due by now.
    pub(super) fn due(&self) -> bool {
        self.running() && self.next.is_some_and(|next| next <= self.clock.now())
    }

    /// How long until something happens by itself; none if nothing will.
    pub(super) fn until_next(&self) -> Option<Duration> {
        self.clock.until(self.next.filter(|_| self.running())?)
    }

    /// Whether the drill takes `input` now. What follows from it, and what the clock brought by then,
    /// waits to be written either way.
    pub(super) fn submit(&mut self, input: &Input) -> Result<(), Refusal> {
        let now = self.now();
        self.drill.enter(now, input).expect("checked: facts wait in memory")
    }

    /// The facts that wait to be written.
    pub(super) fn unwritten(&mut self) -> Vec<Fact> {
        std::mem::take(&mut self.drill.journal_mut().facts)
    }

    /// Lets the clock run or stand as the drill says.
    pub(super) fn follow_clock(&mut self) {
        self.next = self.drill.next_moment_after(self.seen);
        if self.running() { self.clock.go() } else { self.clock.stop() }
    }

    /// Drill time passes faster or slower from now on.
    pub(super) fn set_pace(&mut self, pace: u16, clock: impl FnOnce(SimTime, Pace) -> C) {
        self.clock = clock(self.now(), Pace::Times(pace));
        self.pace = Some(pace);
        self.follow_clock();
    }

    /// The audience that sees these seats, made if nobody has seen them yet.
    pub(super) fn audience(&mut self, seats: SeatSet, lead: bool, language: Language) -> &mut Audience {
        let known =
            self.audiences.iter().position(|a| a.seats == seats && a.lead == lead && a.language == language);
        let row = known.unwrap_or_else(|| {
            let scenario = self.drill.scenario();
            let all = if seats.is_empty() { SeatSet::ALL } else { seats };
            let frame = Frame::empty(language, Now::before());
            self.audiences.push(Audience {
                seats,
                lead,
                language,
                view: TraineeView::of_seats(scenario, all),
                folded: 0,
                frame: watch::Sender::new(Arc::new(frame)),
            });
            self.audiences.len() - 1
        });
        &mut self.audiences[row]
    }
}
