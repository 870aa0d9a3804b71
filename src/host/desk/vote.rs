//! How a team decides: who has a vote, and when votes become the answer.

use super::Desk;
use crate::drill::Clock;
use crate::engine::{Asked, Input};
use crate::room::{Ballot, Cause, MemberId, Presence, RoomRefusal, TeamId};
use crate::scenario::{QuestionId, SeatSet, SimTime};

impl<C: Clock> Desk<C> {
    /// Who in a team may decide a question: those there whose seats it reaches.
    pub(super) fn voters(&self, team: TeamId, question: QuestionId) -> Vec<MemberId> {
        let seats = self.scenario.question(question).seats;
        let taken = self.taken(team);
        let there = self.room.members_of(team).filter(|member| member.presence == Presence::Here);
        let reached = there.filter(|member| seats.reaches(taken, member.seats.or_all()));
        reached.map(|member| member.id).collect()
    }

    /// The seats that anybody in a team holds; every seat if nobody chose any.
    pub(super) fn taken(&self, team: TeamId) -> SeatSet {
        let held = self.room.members_of(team).map(|m| m.seats.or_all().0).fold(0, |all, seats| all | seats);
        let held = SeatSet(held).and(self.scenario.all_seats());
        if held.is_empty() { self.scenario.all_seats() } else { held }
    }

    /// The votes on a question.
    pub(super) fn ballot(&self, team: TeamId, question: QuestionId) -> Option<&Ballot> {
        self.room.team(team)?.ballots.get(&question)
    }

    /// The last moment in which votes of a team can become its answer, if that has come by `now`.
    pub(super) fn votes_due(&self, team: TeamId, now: SimTime) -> Option<SimTime> {
        let last = self.lapsing(team).map(|(lapses, _)| SimTime(lapses.0.saturating_sub(1))).min()?;
        let state = self.run(team)?.drill.state();
        (last < now).then_some(last.max(state.at))
    }

    /// The questions that were voted on and are open, with when their time is up.
    fn lapsing(&self, team: TeamId) -> impl Iterator<Item = (SimTime, QuestionId)> {
        let run = self.run(team).filter(|run| run.running());
        let ballots = self.room.team(team).map(|of| of.ballots.keys()).into_iter().flatten();
        ballots.filter_map(move |question| match run?.drill.state().questions[question.at()] {
            Asked::Open { lapses, .. } => Some((lapses.min(self.scenario.clock.length), *question)),
            Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => None,
        })
    }

    /// What was voted for becomes the answer where this is the last moment for it.
    pub(super) fn count_votes(&mut self, team: TeamId, last: SimTime) {
        let due: Vec<QuestionId> = self
            .lapsing(team)
            .filter(|(lapses, _)| lapses.0 <= last.0 + 1)
            .map(|(_, question)| question)
            .collect();
        for question in due {
            let of = self.room.team(team);
            let answer = of.and_then(|of| of.ballots.get(&question)?.answer(of.lead));
            let (Some(answer), Some(run)) = (answer, self.run_mut(team)) else { continue };
            let entered =
                run.drill.enter(last, &Input::Answer(answer)).expect("checked: facts wait in memory");
            let facts = run.unwritten();
            self.played(team, Cause::Team, facts);
            if entered.is_err() {
                // A vote was fit when it was cast. If the drill does not take it any more, nobody is to try for ever.
                let votes = self.ballot(team, question).map(|ballot| ballot.votes().iter());
                self.voted.extend(votes.into_iter().flatten().map(|vote| vote.member).collect::<Vec<_>>());
                self.room.forget_ballot(team, question);
            }
        }
    }

    /// The one who leads a team makes its votes the answer: what most voted for, or the `row`-th of the tallies.
    pub(super) fn lock(
        &mut self,
        member: MemberId,
        team: TeamId,
        question: QuestionId,
        row: Option<usize>,
    ) -> Result<(), RoomRefusal> {
        let of = self.room.team(team).ok_or(RoomRefusal::NoSuchPlace)?;
        if of.lead != Some(member) {
            return Err(RoomRefusal::NotTheLead);
        }
        self.lock_votes(team, question, row)
    }

    /// The trainer, or the one who leads, makes the votes the answer.
    pub(super) fn lock_votes(
        &mut self,
        team: TeamId,
        question: QuestionId,
        row: Option<usize>,
    ) -> Result<(), RoomRefusal> {
        let of = self.room.team(team).ok_or(RoomRefusal::NoSuchPlace)?;
        let ballot = of.ballots.get(&question).ok_or(RoomRefusal::NoVotes)?;
        let mut answer = ballot.answer(of.lead).ok_or(RoomRefusal::NoVotes)?;
        if let Some(chosen) = row.and_then(|row| ballot.tallies().into_iter().nth(row)) {
            let voter = chosen.members.first().and_then(|member| ballot.of(*member));
            answer.confidence = voter.and_then(|vote| vote.confidence);
            answer.answer = chosen.answer;
        }
        self.enter(team, Cause::Team, &Input::Answer(answer))
    }
}
