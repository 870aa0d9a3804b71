//! One drill of a room: its clock, and the pages of everybody who plays it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::super::frame::{Frame, Now};
use crate::drill::{Clock, Drill, Journal, JournalError, Pace, TraineeView};
use crate::engine::{Answer, Fact, Input, Phase, Refusal, What};
use crate::scenario::{QuestionId, Scenario, SeatSet, SimTime};
use crate::speech::{Language, speaking};

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
    /// The drill as somebody sees it who holds every seat, for the trainer's screens; made when first needed.
    whole: Option<Box<(TraineeView, usize)>>,
    /// When something happens by itself next, if anything will.
    next: Option<SimTime>,
    /// The moment by which everything that was due has happened.
    pub(super) seen: SimTime,
}

/// From where a page is seen: two people with the same see the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Viewpoint {
    /// The seats that are held; every seat if empty.
    pub(super) seats: SeatSet,
    /// Whether it is that of who leads the team.
    pub(super) lead: bool,
    /// In which language.
    pub(super) language: Language,
}

/// Everybody who sees the same of a drill.
pub(super) struct Audience {
    pub(super) from: Viewpoint,
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
        // Who chose to have no limit has none after a restart either.
        let untimed = matches!(drill.state().phase, Phase::Running(settings) if settings.untimed);
        let pace = pace.filter(|_| !untimed);
        let clock = clock(drill.state().at, pace.map_or(Pace::Untimed, Pace::Times));
        let (next, seen) = (drill.next_moment(), drill.state().at);
        Self { drill, clock, pace, audiences: Vec::new(), whole: None, next, seen }
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

    /// The audience that sees it from there, if anybody does.
    pub(super) fn seen(&self, from: Viewpoint) -> Option<&Audience> {
        self.audiences.iter().find(|audience| audience.from == from)
    }

    /// The audience that sees it from there, made if nobody did yet.
    pub(super) fn audience(&mut self, from: Viewpoint) -> &mut Audience {
        let known = self.audiences.iter().position(|audience| audience.from == from);
        let row = known.unwrap_or_else(|| {
            self.audiences.push(Audience {
                from,
                view: TraineeView::of_seats(self.drill.scenario(), from.seats.or_all()),
                folded: 0,
                frame: watch::Sender::new(Arc::new(Frame::empty(from.language, Now::before()))),
            });
            self.audiences.len() - 1
        });
        &mut self.audiences[row]
    }

    /// Folds into an audience's view whatever happened since.
    pub(super) fn fold(&mut self, from: Viewpoint) -> &Audience {
        let now = self.now();
        self.audience(from);
        let (scenario, facts) = (self.drill.scenario(), self.drill.facts());
        let known = self.audiences.iter_mut().find(|audience| audience.from == from);
        let audience = known.expect("checked: it was made above");
        speaking(from.language, || {
            for fact in &facts[audience.folded..] {
                audience.view.fold(scenario, fact);
            }
            audience.folded = facts.len();
            audience.view.offer(scenario, self.drill.state(), now);
        });
        audience
    }

    /// Folds into the trainer's view whatever happened since.
    pub(super) fn fold_whole(&mut self) {
        let (scenario, facts) = (self.drill.scenario(), self.drill.facts());
        let whole = self.whole.get_or_insert_with(|| Box::new((TraineeView::new(scenario), 0)));
        let (view, folded) = &mut **whole;
        facts[*folded..].iter().for_each(|fact| view.fold(scenario, fact));
        *folded = facts.len();
    }

    /// The drill as somebody sees it who holds every seat, as far as [`Run::fold_whole`] last folded it.
    pub(super) fn whole(&self) -> Option<&TraineeView> {
        self.whole.as_ref().map(|whole| &whole.0)
    }

    /// The latest answer to a question, if there was any.
    #[expect(clippy::wildcard_enum_match_arm, reason = "one kind of fact is looked for")]
    pub(super) fn answer_to(&self, asked: QuestionId) -> Option<&Answer> {
        self.drill.facts().iter().rev().find_map(|fact| match &fact.what {
            What::Answered { question, answer, .. } if *question == asked => Some(answer),
            _ => None,
        })
    }

    /// Whether STARTEX has been.
    pub(super) fn begun(&self) -> bool {
        self.drill.state().running() || self.drill.state().over()
    }
}
