//! Coming in, being there, and what each person's browser follows.

use std::sync::Arc;

use tokio::sync::watch;

use super::super::frame::Frame;
use super::{Desk, Follows, Person};
use crate::drill::Clock;
use crate::room::{Identity, Mark, MemberId, Presence, RoomFact, RoomRefusal, TeamId, Way, fit_name, handle};
use crate::scenario::SeatSet;
use crate::speech::{Language, speaking};

/// Somebody who wants to come in.
#[derive(Clone, Debug)]
pub(in crate::host) struct Joining {
    /// Under which name; the room gives one where it is anonymous.
    pub(in crate::host) name: String,
    /// Into which team; the smallest if none.
    pub(in crate::host) team: Option<TeamId>,
    /// On which seats; every seat if empty.
    pub(in crate::host) seats: SeatSet,
    /// By which secret the browser will be known.
    pub(in crate::host) mark: Mark,
    /// Percent by which this person's windows are stretched.
    pub(in crate::host) factor: u16,
    /// What the page speaks.
    pub(in crate::host) language: Language,
}

/// How long nobody is away although their browser is gone, in milliseconds: a phone that was locked, a page
/// that was loaded again.
const AWAY_AFTER: u64 = 20_000;

impl<C: Clock> Desk<C> {
    /// Somebody comes in.
    ///
    /// # Errors
    /// Why not.
    pub(in crate::host) fn join(&mut self, joining: &Joining) -> Result<MemberId, RoomRefusal> {
        if let Some(known) = self.room.members.iter().find(|m| m.mark == joining.mark) {
            // The same browser twice is one person.
            return Ok(known.id);
        }
        let next = self.room.members.len() as u32;
        let name = match self.room.terms.identity {
            Identity::Anonymous => {
                speaking(self.language, || handle(next + self.room.terms.seed as u32 % 400))
            }
            Identity::Named | Identity::Pseudonymous => {
                fit_name(&joining.name).ok_or(RoomRefusal::NameUnfit)?
            }
        };
        self.room.admits(&name)?;
        if self.room.stopped {
            return Err(RoomRefusal::Stopped);
        }
        if self.room.is_late(self.wall) {
            return Err(RoomRefusal::Late);
        }
        let member = MemberId(next + 1);
        let (team, seats) = self.place(joining)?;
        let (mark, factor) = (joining.mark, joining.factor.clamp(100, 1_000));
        self.in_batch(|desk| {
            desk.happened(team, RoomFact::Joined { member, team, seats, name, mark, factor });
            // Who comes late to a drill of their own begins it now.
            let begun = desk.room.terms.way == Way::SideBySide && desk.room.teams.iter().any(|t| t.started);
            if begun { desk.start(team, crate::room::Cause::Trainer, Some(factor)) } else { Ok(()) }
        })?;
        self.speaks(member, joining.language);
        Ok(member)
    }

    fn place(&self, joining: &Joining) -> Result<(TeamId, SeatSet), RoomRefusal> {
        if self.room.terms.way.alone() {
            return Ok((TeamId(self.room.teams.len() as u32 + 1), SeatSet::default()));
        }
        let smallest = self.room.team_ids().min_by_key(|team| (self.room.members_of(*team).count(), *team));
        let team = joining.team.or(smallest).ok_or(RoomRefusal::NoSuchPlace)?;
        if self.room.team(team).is_none() {
            return Err(RoomRefusal::NoSuchPlace);
        }
        Ok((team, joining.seats.and(self.scenario.all_seats())))
    }

    /// What somebody's pages speak.
    pub(in crate::host) fn speaks(&mut self, id: MemberId, language: Language) {
        let known = self.people.get(&id).map(|person| person.language);
        if known == Some(language) {
            return;
        }
        if let Some(person) = self.people.get_mut(&id) {
            person.language = language;
        } else {
            let frames =
                watch::Sender::new(Arc::new(Frame::empty(language, super::super::frame::Now::before())));
            let follows = Follows { frames: frames.subscribe(), turn: 0, votes: Vec::new(), bye: None };
            let person =
                Person { language, follows: watch::Sender::new(follows), streams: 0, gone_since: None };
            self.people.insert(id, person);
        }
        self.follow_again(id);
    }

    /// What somebody's page follows, from now on.
    ///
    /// # Errors
    /// If the trainer removed them.
    pub(in crate::host) fn follow(
        &mut self,
        id: MemberId,
        language: Language,
    ) -> Result<watch::Receiver<Follows>, RoomRefusal> {
        let member = self.room.member(id).ok_or(RoomRefusal::Removed)?;
        if member.presence == Presence::Removed {
            return Err(RoomRefusal::Removed);
        }
        let team = member.team;
        self.speaks(id, language);
        let from = self.viewpoint(self.room.member(id).expect("checked: they are here"));
        self.turn_page();
        speaking(from.language, || self.publish_audience(team, from));
        let person = self.people.get(&id).expect("checked: it was put there above");
        Ok(person.follows.subscribe())
    }

    /// Somebody's page is another from now on: another seat, another language, or they lead now.
    pub(super) fn follow_again(&mut self, id: MemberId) {
        let Some(member) = self.room.member(id).cloned() else { return };
        let from = self.viewpoint(&member);
        let Some(run) = self.run_mut(member.team) else { return };
        let frames = run.audience(from).frame.subscribe();
        let bye = match member.presence {
            Presence::Removed => Some("removed"),
            Presence::Here | Presence::Away => self.room.closed.then_some("closed"),
        };
        if let Some(person) = self.people.get(&id) {
            person.follows.send_modify(|follows| {
                follows.frames = frames;
                follows.turn += 1;
                follows.bye = bye;
            });
        }
        self.touched.insert(member.team);
    }

    /// A stream of somebody's was opened.
    pub(in crate::host) fn came(&mut self, id: MemberId) {
        let Some(person) = self.people.get_mut(&id) else { return };
        person.streams += 1;
        person.gone_since = None;
        let away = self.room.member(id).filter(|member| member.presence == Presence::Away);
        if let Some(team) = away.map(|member| member.team) {
            self.happened(team, RoomFact::Here(id));
        }
    }

    /// A stream of somebody's was closed.
    pub(in crate::host) fn went(&mut self, id: MemberId) {
        let wall = self.wall;
        if let Some(person) = self.people.get_mut(&id) {
            person.streams = person.streams.saturating_sub(1);
            if person.streams == 0 {
                person.gone_since = Some(wall);
            }
        }
    }

    /// Who has been gone for a while is away; to be called every few seconds.
    pub(in crate::host) fn look_around(&mut self) {
        let wall = self.wall;
        let gone = |id: &MemberId| {
            let person = self.people.get(id);
            person
                .is_none_or(|p| p.streams == 0 && p.gone_since.is_none_or(|since| wall >= since + AWAY_AFTER))
        };
        let here = self.room.members.iter().filter(|m| m.presence == Presence::Here);
        // After a restart nobody has come back yet: everybody has as long as after a lost connection.
        let late = |joined: u64| wall >= joined + AWAY_AFTER;
        let away: Vec<(MemberId, TeamId)> = here
            .filter(|m| gone(&m.id) && late(m.since.unwrap_or(m.joined).max(self.opened)))
            .map(|m| (m.id, m.team))
            .collect();
        for (id, team) in away {
            self.happened(team, RoomFact::Away(id));
        }
        let here = self.room.here();
        if here != self.shown_here {
            // Only the lobby says how many are there; it is told once a second, not at every joining.
            self.shown_here = here;
            let waits = |team: &TeamId| self.room.team(*team).is_some_and(|team| !team.started);
            self.touched.extend(self.room.team_ids().filter(waits));
        }
        self.check_clocks();
    }
}
