//! What a trainee does: judged by seat, by room, by drill, in this order.

use super::super::asked::{Fields, submission};
use super::{Desk, Taken};
use crate::drill::{Clock, Wants};
use crate::engine::{Asked, Input, PauseCause, Refusal, fits};
use crate::limits::TYPED_BYTES_MAX;
use crate::room::{Cause, IdempotencyKey, Member, MemberId, Presence, RoomFact, RoomRefusal, TeamId, Way};
use crate::scenario::{ActionId, EvidenceId, QuestionId, SeatSet, clean};
use crate::speech::Language;

/// What a trainee asks for.
#[derive(Clone, Debug)]
pub(in crate::host) enum Act {
    /// To answer a question, or vote for an answer, with the fields of its form.
    Answer(QuestionId, Fields),
    /// To make the team's votes the answer: what most voted for, or that row of the tallies.
    Lock(QuestionId, Option<usize>),
    /// The next hint.
    Hint(QuestionId),
    /// More time.
    MoreTime(QuestionId),
    /// To examine evidence.
    Examine(EvidenceId),
    /// To do something unasked.
    Do(ActionId),
    /// A line for the incident log.
    Note(String),
    /// STARTEX of one's own drill, with so much time as is chosen.
    Start(Chosen),
    /// More time, or less, for what will be asked of one.
    Stretch(Chosen),
    /// Time passes, where it does not by itself.
    Pass,
    /// One's own clock stops.
    Pause,
    /// One's own clock goes on.
    Resume,
    /// ENDEX of one's own drill.
    End,
    /// Another place, before STARTEX.
    Sit(TeamId, SeatSet),
    /// An answer to a question of the hot wash.
    Wash(u8, String),
}

/// How much time somebody chooses for what is asked of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host) enum Chosen {
    /// What they have.
    AsItIs,
    /// So many percent of what the script gives; none if nothing is to lapse.
    Factor(Option<u16>),
}

impl<C: Clock> Desk<C> {
    /// Somebody does something. The same `key` again is the same act again.
    ///
    /// # Errors
    /// Why the room or the drill will not do it.
    pub(in crate::host) fn act(
        &mut self,
        id: MemberId,
        key: IdempotencyKey,
        act: &Act,
    ) -> Result<Taken, RoomRefusal> {
        if self.done.contains_key(&(id, key)) {
            return Ok(Taken::Before(id, key));
        }
        let member = self.room.member(id).ok_or(RoomRefusal::Removed)?.clone();
        self.may_act(&member, act)?;
        self.advance_one(member.team);
        let taken = self.in_batch(|desk| desk.do_act(&member, key, act))?;
        if matches!(taken, Taken::In(_)) {
            self.done.insert((id, key), None);
        }
        Ok(taken)
    }

    fn may_act(&self, member: &Member, act: &Act) -> Result<(), RoomRefusal> {
        if member.presence == Presence::Removed {
            return Err(RoomRefusal::Removed);
        }
        if self.room.closed {
            return Err(RoomRefusal::Closed);
        }
        if self.room.stopped && !matches!(act, Act::Wash(..)) {
            return Err(RoomRefusal::Stopped);
        }
        if self.room.is_late(self.wall) && !matches!(act, Act::Wash(..) | Act::End) {
            Err(RoomRefusal::Late)
        } else {
            Ok(())
        }
    }

    fn do_act(&mut self, member: &Member, key: IdempotencyKey, act: &Act) -> Result<(), RoomRefusal> {
        let cause = Cause::Member(member.id, key);
        let own = self.room.terms.way == Way::OwnTime;
        let input = match act {
            Act::Answer(question, fields) => return self.answer(member, key, *question, fields),
            Act::Lock(question, row) => return self.lock(member.id, member.team, *question, *row),
            Act::Sit(team, seats) => return self.sit(member, *team, *seats),
            Act::Wash(row, says) => return self.wash(member, *row, says),
            Act::Hint(question) => Input::Hint(*question),
            Act::MoreTime(question) => Input::MoreTime(*question),
            Act::Examine(evidence) => Input::Examine(*evidence),
            Act::Do(action) => Input::Do(*action),
            Act::Note(text) => Input::Note(text.clone()),
            Act::Stretch(Chosen::Factor(factor)) => return self.stretch(member, *factor),
            Act::Start(chosen) if own => return self.begin(member, cause, *chosen),
            Act::Pass if own => return self.pass_time(member.team),
            Act::Pause if own => Input::Pause(PauseCause::Asked),
            Act::Resume if own => Input::Resume,
            Act::End if own => Input::End,
            Act::Start(_)
            | Act::Stretch(Chosen::AsItIs)
            | Act::Pass
            | Act::Pause
            | Act::Resume
            | Act::End => {
                return Err(RoomRefusal::NotYours);
            }
        };
        self.yours(member, &input)?;
        self.enter(member.team, cause, &input)?;
        self.work(member.team);
        Ok(())
    }

    /// STARTEX in one's own time.
    fn begin(&mut self, member: &Member, cause: Cause, chosen: Chosen) -> Result<(), RoomRefusal> {
        let factor = match chosen {
            Chosen::AsItIs => member.factor,
            Chosen::Factor(factor) if factor == member.factor => factor,
            Chosen::Factor(factor) => {
                self.stretch(member, factor)?;
                factor
            }
        };
        self.start(member.team, cause, factor)
    }

    /// Whether what somebody wants to do is on their page at all.
    fn yours(&mut self, member: &Member, input: &Input) -> Result<(), RoomRefusal> {
        let from = self.viewpoint(member);
        let run = self.run_mut(member.team).ok_or(RoomRefusal::NoSuchPlace)?;
        // Before STARTEX nothing is on a page, and the drill has the sentence for it.
        if !run.begun() || run.fold(from).view.may(input) { Ok(()) } else { Err(RoomRefusal::NotYours) }
    }

    /// An input goes into a drill, and what follows is noted.
    pub(super) fn enter(&mut self, team: TeamId, cause: Cause, input: &Input) -> Result<(), RoomRefusal> {
        let run = self.run_mut(team).ok_or(RoomRefusal::NoSuchPlace)?;
        let taken = run.submit(input);
        let facts = run.unwritten();
        run.follow_clock();
        // If it was refused, what happened all the same was the clock's doing.
        self.played(team, if taken.is_ok() { cause } else { Cause::Clock }, facts);
        Ok(taken?)
    }

    fn answer(
        &mut self,
        member: &Member,
        key: IdempotencyKey,
        question: QuestionId,
        fields: &Fields,
    ) -> Result<(), RoomRefusal> {
        if question.at() >= self.scenario.questions.len() {
            return Err(RoomRefusal::Drill(Refusal::NotOpen));
        }
        let from = self.viewpoint(member);
        let run = self.run_mut(member.team).ok_or(RoomRefusal::NoSuchPlace)?;
        if !run.drill.state().running() {
            // The drill has the sentence for it.
            return self.enter(member.team, Cause::Member(member.id, key), &Input::Resume);
        }
        let asked = run.fold(from).view.question(question).cloned();
        let Some(asked) = asked else {
            let open = matches!(run.drill.state().questions[question.at()], Asked::Open { .. });
            return Err(if open { RoomRefusal::NotYours } else { RoomRefusal::Drill(Refusal::NotOpen) });
        };
        let vote = submission(&asked, fields).map_err(|refusal| match (refusal, &asked.wants) {
            // A text is empty; of any other form a part is not chosen.
            (Refusal::Empty, wants) if *wants != Wants::Text => RoomRefusal::Unfilled,
            (refusal, _) => refusal.into(),
        })?;
        let voters = self.voters(member.team, question);
        let lone = voters.iter().all(|voter| *voter == member.id);
        if self.room.terms.way.alone() || lone {
            return self.enter(member.team, Cause::Member(member.id, key), &Input::Answer(vote));
        }
        let run = self.run(member.team).ok_or(RoomRefusal::NoSuchPlace)?;
        // The clock goes on; the vote is judged by the moment up to which everything has happened.
        let at = run.drill.state().at;
        fits(self.scenario, run.drill.state(), run.seen.max(at), &Input::Answer(vote.clone()))?;
        self.note(at, RoomFact::Voted { member: member.id, key, vote });
        // That it was taken is answered at once; what stands where pages say so is told now and then.
        self.counted.insert(member.team);
        Ok(())
    }

    fn sit(&mut self, member: &Member, team: TeamId, seats: SeatSet) -> Result<(), RoomRefusal> {
        if self.room.terms.way.alone() || self.room.team(team).is_none() {
            return Err(RoomRefusal::NoSuchPlace);
        }
        let begun = |id: TeamId| self.room.team(id).is_some_and(|team| team.started);
        if begun(member.team) || begun(team) {
            return Err(RoomRefusal::Drill(Refusal::AlreadyStarted));
        }
        let seats = seats.and(self.scenario.all_seats());
        self.touched.insert(member.team);
        self.happened(team, RoomFact::Seated { member: member.id, team, seats });
        self.follow_again(member.id);
        Ok(())
    }

    fn wash(&mut self, member: &Member, row: u8, says: &str) -> Result<(), RoomRefusal> {
        if says.len() > TYPED_BYTES_MAX {
            return Err(RoomRefusal::Drill(Refusal::TooLong));
        }
        if !self.room.team(member.team).is_some_and(|team| team.over) {
            return Err(RoomRefusal::Drill(Refusal::NotAvailable));
        }
        let says = clean(says.trim());
        self.happened(member.team, RoomFact::Washed { member: member.id, row, says });
        Ok(())
    }

    /// What somebody's page speaks.
    pub(super) fn language_of(&self, id: MemberId) -> Language {
        self.people.get(&id).map_or(self.language, |person| person.language)
    }
}
