//! How a team decides: who has a vote, and when votes become the answer.

use super::Desk;
use crate::drill::Clock;
use crate::engine::{Asked, Input, Submission};
use crate::room::{Ballot, Cause, MemberId, Presence, RoomRefusal, TeamId};
use crate::scenario::{QuestionId, SeatSet, SimTime};

impl<C: Clock> Desk<C> {
    /// Who in a team may decide a question: those there whose seats it reaches.
    pub(super) fn voters(&self, team: TeamId, question: QuestionId) -> Vec<MemberId> {
        let seats = self.scenario.question(question).seats;
        let taken = self.taken(team);
        let there = self.room.members_of(team).filter(|member| member.presence == Presence::Here);
        let reached = there.filter(|member| seats.reaches(taken, all_if_empty(member.seats)));
        reached.map(|member| member.id).collect()
    }

    /// The seats that anybody in a team holds; every seat if nobody chose any.
    pub(super) fn taken(&self, team: TeamId) -> SeatSet {
        let held = self.room.members_of(team).map(|m| all_if_empty(m.seats).0).fold(0, |all, seats| all | seats);
        let held = SeatSet(held).and(self.scenario.all_seats());
        if held.is_empty() { self.scenario.all_seats() } else { held }
    }

    /// The votes on a question.
    pub(super) fn ballot(&self, team: TeamId, question: QuestionId) -> Option<&Ballot> {
        self.room.team(team)?.ballots.get(&question)
    }

    /// What was voted for before its time was up is the team's answer, in the last moment before `next`.
    pub(super) fn count_votes(&mut self, team: TeamId, next: SimTime) {
        let Some((run, of)) = self.run(team).zip(self.room.team(team)) else { return };
        let state = run.drill.state();
        let lapsing = |question: &QuestionId| match state.questions[question.at()] {
            Asked::Open { lapses, .. } => lapses <= next || next >= self.scenario.clock.length,
            Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => false,
        };
        let due: Vec<Submission> = of
            .ballots
            .iter()
            .filter(|(question, _)| lapsing(question))
            .filter_map(|(_, ballot)| ballot.answer(of.lead))
            .collect();
        let last = SimTime(next.0.saturating_sub(1)).max(state.at);
        for submission in due {
            let Some(run) = self.run_mut(team) else { return };
            let entered = run.drill.enter(last, &Input::Answer(submission));
            let facts = run.unwritten();
            // A vote was fit when it was cast; if the drill refuses it by now, the question lapses.
            if entered.expect("checked: facts wait in memory").is_ok() || !facts.is_empty() {
                self.played(team, Cause::Team, facts);
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

/// Who chose no seat holds every one.
pub(super) const fn all_if_empty(seats: SeatSet) -> SeatSet {
    if seats.is_empty() { SeatSet::ALL } else { seats }
}
