//! What the trainer does: every act a fact, in the room or in its drills.

use super::{Desk, Taken};
use crate::drill::Clock;
use crate::engine::{Input, PauseCause, Refusal};
use crate::limits::{LABEL_BYTES_MAX, PACE_MAX, TYPED_BYTES_MAX};
use crate::room::{Cause, Mark, MemberId, Presence, RoomFact, RoomRefusal, TeamId, To, Way};
use crate::scenario::{InjectId, QuestionId, SimTime, Stage, clean};
use crate::score::Rating;

/// What the trainer asks for. Where a team is asked for, none is every team.
#[derive(Clone, Debug)]
pub(in crate::host) enum ConsoleAct {
    /// STARTEX.
    Start(Option<TeamId>),
    /// The clock stops.
    Pause(Option<TeamId>),
    /// The clock goes on.
    Resume(Option<TeamId>),
    /// Time passes, where it does not by itself.
    Pass(Option<TeamId>),
    /// Drill time passes so fast.
    Pace(Option<TeamId>, u16),
    /// So many real seconds more for an open question.
    Extend(Option<TeamId>, QuestionId, u32),
    /// The votes become the answer.
    Lock(TeamId, QuestionId),
    /// An inject comes now.
    Fire(Option<TeamId>, InjectId),
    /// An inject does not come until released.
    Hold(Option<TeamId>, InjectId),
    /// A held inject may come again.
    Release(Option<TeamId>, InjectId),
    /// An inject will not come.
    Skip(Option<TeamId>, InjectId),
    /// An inject that has come is shown once more.
    Resend(Option<TeamId>, InjectId),
    /// Something that stands in no script; a hint where it is from nobody.
    Tell(To, [String; 3]),
    /// Somebody leads their team.
    Lead(MemberId),
    /// Somebody is taken out of the room.
    Remove(MemberId),
    /// Somebody is let back in.
    Readmit(MemberId),
    /// Nobody else comes in.
    LockRoom,
    /// People can come in again.
    UnlockRoom,
    /// Somebody may watch who is known by this secret.
    Watch(Mark),
    /// Something noted.
    Observe(Option<TeamId>, String),
    /// How a stage went.
    Mark(Option<TeamId>, Stage, Option<Rating>),
    /// Somebody's words before the room, or nobody's.
    Pin(TeamId, QuestionId, Option<MemberId>),
    /// A real event: everything stops.
    Stop,
    /// The exercise may go on after a real event.
    Clear,
    /// ENDEX.
    End(Option<TeamId>),
    /// Everybody may read their debrief.
    Debriefs,
    /// The room is closed.
    Close,
}

impl<C: Clock> Desk<C> {
    /// The trainer does something.
    ///
    /// # Errors
    /// Why it cannot be done now. Where it is for every team, only if no team's drill takes it.
    pub(in crate::host) fn console(&mut self, act: &ConsoleAct) -> Result<Taken, RoomRefusal> {
        if self.room.closed {
            return Err(RoomRefusal::Closed);
        }
        self.advance();
        self.in_batch(|desk| desk.do_console(act))
    }

    fn do_console(&mut self, act: &ConsoleAct) -> Result<(), RoomRefusal> {
        match act {
            ConsoleAct::Start(team) => self.each(*team, Self::start_team),
            // In their own time each stops their own clock; a real event stops all.
            ConsoleAct::Pause(_) if self.room.terms.way == Way::OwnTime => Err(RoomRefusal::OwnClocks),
            ConsoleAct::Pause(team) => self.input(*team, &Input::Pause(PauseCause::Trainer)),
            ConsoleAct::Resume(_) if self.room.stopped => Err(RoomRefusal::Stopped),
            ConsoleAct::Resume(team) => self.each(*team, Self::resume_team),
            ConsoleAct::Pass(team) => self.each(*team, Self::pass_time),
            ConsoleAct::Pace(team, pace) => self.set_pace(*team, *pace),
            ConsoleAct::Extend(team, question, seconds) => self.extend(*team, *question, *seconds),
            ConsoleAct::Lock(team, question) => self.lock_votes(*team, *question, None),
            ConsoleAct::Fire(team, inject) => self.input(*team, &Input::Fire(*inject)),
            ConsoleAct::Hold(team, inject) => self.input(*team, &Input::Hold(*inject)),
            ConsoleAct::Release(team, inject) => self.input(*team, &Input::Release(*inject)),
            ConsoleAct::Skip(team, inject) => self.input(*team, &Input::Skip(*inject)),
            ConsoleAct::Resend(team, inject) => self.resend(*team, *inject),
            // On a halted page nobody would read it.
            ConsoleAct::Tell(..) if self.room.stopped => Err(RoomRefusal::Stopped),
            ConsoleAct::Tell(to, said) => self.tell(*to, said),
            ConsoleAct::Lead(member) => self.lead(*member),
            ConsoleAct::Remove(member) => self.remove(*member),
            ConsoleAct::Readmit(member) => self.readmit(*member),
            ConsoleAct::LockRoom => self.unless(self.room.locked, RoomFact::Locked),
            ConsoleAct::UnlockRoom => self.unless(!self.room.locked, RoomFact::Unlocked),
            ConsoleAct::Watch(observer) => self.unless(false, RoomFact::Watched { observer: *observer }),
            ConsoleAct::Observe(team, says) => {
                self.are_there(*team, None)?;
                let says = text(says, TYPED_BYTES_MAX)?;
                self.of_team(*team, RoomFact::Observed { team: *team, says });
                Ok(())
            }
            ConsoleAct::Mark(team, stage, rating) => {
                self.are_there(*team, None)?;
                self.of_team(*team, RoomFact::Marked { team: *team, stage: *stage, rating: *rating });
                Ok(())
            }
            ConsoleAct::Pin(team, question, member) => {
                self.are_there(Some(*team), *member)?;
                let fact = RoomFact::Pinned { team: *team, question: *question, member: *member };
                self.happened_to_all(fact);
                Ok(())
            }
            ConsoleAct::Stop => self.stop(),
            ConsoleAct::Clear => self.unless(!self.room.stopped, RoomFact::Cleared),
            ConsoleAct::End(team) => self.input(*team, &Input::End),
            ConsoleAct::Debriefs => self.unless(self.room.released, RoomFact::Released),
            ConsoleAct::Close => self.close(),
        }
    }

    /// What names nobody is not written down: a journal in which it stood would not be opened again.
    fn are_there(&self, team: Option<TeamId>, member: Option<MemberId>) -> Result<(), RoomRefusal> {
        let team = team.is_none_or(|team| self.room.team(team).is_some());
        let member = member.is_none_or(|member| self.room.member(member).is_some());
        if team && member { Ok(()) } else { Err(RoomRefusal::NoSuchPlace) }
    }

    fn unless(&mut self, already: bool, fact: RoomFact) -> Result<(), RoomRefusal> {
        if !already {
            self.happened_to_all(fact);
        }
        Ok(())
    }

    fn of_team(&mut self, team: Option<TeamId>, fact: RoomFact) {
        match team {
            Some(team) => self.happened(team, fact),
            None => self.happened_to_all(fact),
        }
    }

    /// Does something in one team, or in every one that takes it.
    fn each(
        &mut self,
        team: Option<TeamId>,
        mut work: impl FnMut(&mut Self, TeamId) -> Result<(), RoomRefusal>,
    ) -> Result<(), RoomRefusal> {
        if let Some(team) = team {
            return work(self, team);
        }
        let teams = self.room.team_ids();
        let peopled: Vec<TeamId> =
            teams.filter(|team| self.room.members_of(*team).next().is_some()).collect();
        let mut refused = Some(RoomRefusal::NoSuchPlace);
        let mut any = false;
        for team in peopled {
            match work(self, team) {
                Ok(()) => any = true,
                Err(refusal) => refused = Some(refusal),
            }
        }
        if any { Ok(()) } else { Err(refused.unwrap_or(RoomRefusal::NoSuchPlace)) }
    }

    fn input(&mut self, team: Option<TeamId>, input: &Input) -> Result<(), RoomRefusal> {
        self.each(team, |desk, team| desk.enter(team, Cause::Trainer, input))
    }

    /// The clock goes on, unless somebody who plays alone has stopped their own.
    fn resume_team(&mut self, team: TeamId) -> Result<(), RoomRefusal> {
        let run = self.run(team).ok_or(RoomRefusal::NoSuchPlace)?;
        if run.drill.state().paused == Some(PauseCause::Asked) {
            return Err(RoomRefusal::Theirs);
        }
        self.enter(team, Cause::Trainer, &Input::Resume)
    }

    /// More time, in drill time at the pace of each team.
    fn extend(
        &mut self,
        team: Option<TeamId>,
        question: QuestionId,
        seconds: u32,
    ) -> Result<(), RoomRefusal> {
        self.each(team, |desk, team| {
            let pace = desk.run(team).ok_or(RoomRefusal::NoSuchPlace)?.pace;
            let pace = pace.ok_or(RoomRefusal::Drill(Refusal::NoLimit))?;
            let time = SimTime(seconds.saturating_mul(pace.into()));
            desk.enter(team, Cause::Trainer, &Input::Extend(question, time))
        })
    }

    fn start_team(&mut self, team: TeamId) -> Result<(), RoomRefusal> {
        if self.room.terms.way == Way::OwnTime {
            return Err(RoomRefusal::NotYours);
        }
        let alone = self.room.terms.way.alone();
        let factor =
            self.room.members_of(team).next().filter(|_| alone).map_or(Some(100), |member| member.factor);
        self.start(team, Cause::Trainer, factor)
    }

    fn set_pace(&mut self, team: Option<TeamId>, pace: u16) -> Result<(), RoomRefusal> {
        if !(1..=PACE_MAX).contains(&pace) || self.room.terms.pace.is_none() {
            return Err(RoomRefusal::Drill(Refusal::NotAvailable));
        }
        let make = self.make_clock;
        let rows = match team {
            Some(team) => vec![team],
            None => self.room.team_ids().collect(),
        };
        for row in rows {
            let run = self.run_mut(row).ok_or(RoomRefusal::NoSuchPlace)?;
            if run.pace.is_some() {
                run.set_pace(pace, make);
            }
        }
        self.of_team(team, RoomFact::Paced { team, pace });
        Ok(())
    }

    fn resend(&mut self, team: Option<TeamId>, inject: InjectId) -> Result<(), RoomRefusal> {
        self.each(team, |desk, team| {
            let run = desk.run(team).ok_or(RoomRefusal::NoSuchPlace)?;
            let came =
                run.drill.facts().iter().any(|fact| fact.what == crate::engine::What::Delivered(inject));
            if !came {
                return Err(RoomRefusal::Drill(Refusal::NotAvailable));
            }
            desk.happened(team, RoomFact::Resent { team, inject });
            Ok(())
        })
    }

    fn tell(&mut self, to: To, [from, subject, says]: &[String; 3]) -> Result<(), RoomRefusal> {
        if to.team.is_some_and(|team| self.room.team(team).is_none()) {
            return Err(RoomRefusal::NoSuchPlace);
        }
        let says = text(says, TYPED_BYTES_MAX)?;
        // Who sends it and what it is about may stay empty.
        let line =
            |line: &str| if line.trim().is_empty() { Ok(String::new()) } else { text(line, LABEL_BYTES_MAX) };
        let (from, subject) = (line(from)?, line(subject)?);
        // Each team has its own clock, and is told at its own moment.
        let apart = to.team.is_none() && !self.room.terms.way.alone();
        let teams: Vec<Option<TeamId>> = match apart {
            true => self.room.team_ids().map(Some).collect(),
            false => vec![to.team],
        };
        for team in teams {
            let to = To { team, ..to };
            let fact =
                RoomFact::Told { to, from: from.clone(), subject: subject.clone(), says: says.clone() };
            self.of_team(team, fact);
        }
        Ok(())
    }

    fn lead(&mut self, id: MemberId) -> Result<(), RoomRefusal> {
        let member = self.room.member(id).filter(|m| m.presence != Presence::Removed);
        let team = member.map(|m| m.team).ok_or(RoomRefusal::NoSuchPlace)?;
        let before = self.room.team(team).and_then(|team| team.lead);
        self.happened(team, RoomFact::Leads(id));
        before.into_iter().chain([id]).for_each(|id| self.follow_again(id));
        Ok(())
    }

    fn remove(&mut self, id: MemberId) -> Result<(), RoomRefusal> {
        let member = self.room.member(id).filter(|m| m.presence != Presence::Removed);
        let team = member.map(|m| m.team).ok_or(RoomRefusal::NoSuchPlace)?;
        self.happened(team, RoomFact::Removed(id));
        self.follow_again(id);
        let lead = self.room.team(team).and_then(|team| team.lead);
        lead.into_iter().for_each(|id| self.follow_again(id));
        Ok(())
    }

    fn readmit(&mut self, id: MemberId) -> Result<(), RoomRefusal> {
        let member = self.room.member(id).filter(|m| m.presence == Presence::Removed);
        let team = member.map(|m| m.team).ok_or(RoomRefusal::NoSuchPlace)?;
        self.happened(team, RoomFact::Readmitted(id));
        self.follow_again(id);
        Ok(())
    }

    /// A real event: every clock stands, whatever else is going on.
    fn stop(&mut self) -> Result<(), RoomRefusal> {
        if self.room.stopped {
            return Ok(());
        }
        for team in self.room.team_ids() {
            // One that stands already, has not begun or is over stands.
            let _ = self.enter(team, Cause::Trainer, &Input::Pause(PauseCause::RealEvent));
        }
        self.happened_to_all(RoomFact::Stopped);
        Ok(())
    }

    fn close(&mut self) -> Result<(), RoomRefusal> {
        for team in self.room.team_ids() {
            if self.run(team).is_some_and(|run| run.drill.state().running()) {
                self.enter(team, Cause::Trainer, &Input::End)?;
            }
        }
        self.happened_to_all(RoomFact::Closed);
        let everybody: Vec<MemberId> = self.room.members.iter().map(|m| m.id).collect();
        everybody.into_iter().for_each(|id| self.follow_again(id));
        Ok(())
    }

    /// A machine that slept does not send fourteen injects at once: the clocks stand, and the trainer sees why.
    pub(super) fn check_clocks(&mut self) {
        for team in (1..=self.runs.len() as u32).map(TeamId) {
            let jumped = self.run_mut(team).is_some_and(|run| run.running() && run.clock.jumped());
            if jumped {
                let _ = self.enter(team, Cause::Clock, &Input::Pause(PauseCause::ClockGap));
            }
        }
    }
}

/// A text that the trainer typed: cleaned, not empty, not too long.
fn text(typed: &str, most: usize) -> Result<String, RoomRefusal> {
    if typed.len() > most {
        return Err(RoomRefusal::Drill(Refusal::TooLong));
    }
    let text = clean(typed.trim());
    if text.is_empty() { Err(RoomRefusal::Drill(Refusal::Empty)) } else { Ok(text) }
}
