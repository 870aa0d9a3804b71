//! Where a room stands: a fold over its entries, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use super::ballot::Ballot;
use super::fact::{Cause, Entry, Mark, MemberId, RoomFact, TeamId, To};
use super::handle::likeness;
use super::member::{Member, Presence};
use super::refusal::RoomRefusal;
use super::terms::Terms;
use crate::engine::{Fact, What};
use crate::scenario::{InjectId, QuestionId, SeatSet, SimTime, Stage};
use crate::score::Rating;

/// Where a room stands. The facts of its drills are not kept here: whoever drives a drill has them.
#[derive(Clone, Debug)]
pub struct Room {
    /// What was settled.
    pub terms: Terms,
    /// Everybody who ever came in, by number.
    pub members: Vec<Member>,
    /// Every team, by number.
    pub teams: Vec<Team>,
    /// Whether nobody else can come in.
    pub locked: bool,
    /// Whether a real event has stopped the exercise.
    pub stopped: bool,
    /// Whether everybody may read their debrief.
    pub released: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// What the trainer sent, oldest first.
    pub messages: Vec<Message>,
    /// What was noted of the exercise, oldest first.
    pub observations: Vec<Observation>,
    /// How stages were marked; by team, the whole room's without one.
    pub marks: BTreeMap<(Option<TeamId>, Stage), Rating>,
    /// The answers to the hot wash, by person and row.
    pub washed: BTreeMap<(MemberId, u8), Washed>,
    /// The words that are before the room.
    pub pinned: Option<(TeamId, QuestionId, MemberId)>,
    /// What people type to come in.
    pub code: String,
    /// The secrets by which the trainer is known.
    pub trainers: Vec<Mark>,
    /// The secrets by which observers are known.
    pub observers: Vec<Mark>,
    /// What the names here look like, for no two may look alike.
    likenesses: BTreeSet<String>,
    inside: usize,
}

/// A team, which plays one drill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// Its name; empty for a team of one.
    pub name: String,
    /// Who locks its votes.
    pub lead: Option<MemberId>,
    /// Everybody who sits in it, removed or not, by number.
    sitting: Vec<MemberId>,
    /// The votes on each question that was ever voted on, settled or not.
    pub ballots: BTreeMap<QuestionId, Ballot>,
    /// Whether its drill has been started.
    pub started: bool,
    /// Whether its drill has ended.
    pub over: bool,
    /// Whether it was the trainer who ended it.
    pub ended_by_trainer: bool,
    /// Who wrote each line of its incident log, in order.
    pub wrote: Vec<Option<MemberId>>,
    /// Drill seconds for each real second, where the trainer set it.
    pub pace: Option<u16>,
}

/// Something that the trainer sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// When, in drill time.
    pub at: SimTime,
    /// To whom.
    pub to: To,
    /// From whom it comes, in the fiction; empty for a hint of the trainer's.
    pub from: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// What it says; empty if it is an inject once more.
    pub says: String,
    /// The inject that was sent once more, if it is one.
    pub again: Option<InjectId>,
}

/// Something noted of the exercise by trainer or observer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// When, in drill time.
    pub at: SimTime,
    /// Of which team; of the room if none.
    pub team: Option<TeamId>,
    /// What.
    pub says: String,
}

/// An answer to a question of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Washed {
    /// What was said.
    pub says: String,
}

impl Team {
    fn played(&mut self, cause: Cause, facts: &[Fact]) {
        self.started |= facts.iter().any(|fact| matches!(fact.what, What::Started { .. }));
        if facts.iter().any(|fact| matches!(fact.what, What::Ended { .. })) {
            (self.over, self.ended_by_trainer) = (true, cause == Cause::Trainer);
        }
        let whose = if let Cause::Member(member, _) = cause { Some(member) } else { None };
        let lines = facts.iter().filter(|fact| matches!(fact.what, What::Noted(_)));
        self.wrote.extend(lines.map(|_| whose));
        for fact in facts {
            if let What::Answered { question, .. } = &fact.what
                && let Some(ballot) = self.ballots.get_mut(question)
            {
                ballot.settle();
            }
        }
    }
}

impl Room {
    /// A room that was opened and is empty.
    #[must_use]
    pub fn new(terms: Terms) -> Self {
        let team = |name: &String| Team { name: name.clone(), ..Team::default() };
        Self {
            teams: terms.teams.iter().map(team).collect(),
            terms,
            members: Vec::new(),
            locked: false,
            stopped: false,
            released: false,
            closed: false,
            messages: Vec::new(),
            observations: Vec::new(),
            marks: BTreeMap::new(),
            washed: BTreeMap::new(),
            pinned: None,
            code: String::new(),
            trainers: Vec::new(),
            observers: Vec::new(),
            likenesses: BTreeSet::new(),
            inside: 0,
        }
    }

    /// Where a room stands after `entries`; none if they do not begin with its opening.
    #[must_use]
    pub fn after(entries: &[Entry]) -> Option<Self> {
        let RoomFact::Opened(terms) = &entries.first()?.what else { return None };
        let mut room = Self::new(terms.clone());
        for entry in entries {
            room.apply(entry);
        }
        Some(room)
    }

    /// Somebody who came in at some time.
    #[must_use]
    pub fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.get((id.0 as usize).checked_sub(1)?)
    }

    /// A team.
    #[must_use]
    pub fn team(&self, id: TeamId) -> Option<&Team> {
        self.teams.get((id.0 as usize).checked_sub(1)?)
    }

    /// Every team, in its order.
    pub fn team_ids(&self) -> impl Iterator<Item = TeamId> + use<> {
        (1..=self.teams.len() as u32).map(TeamId)
    }

    /// Whether somebody leads their team.
    #[must_use]
    pub fn leads(&self, id: MemberId) -> bool {
        self.member(id).and_then(|member| self.team(member.team)).is_some_and(|team| team.lead == Some(id))
    }

    /// How many are there.
    #[must_use]
    pub fn here(&self) -> usize {
        self.members.iter().filter(|member| member.presence == Presence::Here).count()
    }

    /// Whether the time in which it could be played has passed, at a moment of the wall clock in milliseconds.
    #[must_use]
    pub fn is_late(&self, wall: u64) -> bool {
        self.terms.until.is_some_and(|until| i64::try_from(wall / 1000).is_ok_and(|now| now > until))
    }

    /// Those who are or were in a team, but for those whom the trainer removed.
    pub fn members_of(&self, team: TeamId) -> impl Iterator<Item = &Member> {
        let sitting = self.team(team).map(|team| team.sitting.iter()).into_iter().flatten();
        sitting.filter_map(|id| self.member(*id)).filter(|m| m.presence != Presence::Removed)
    }

    /// Whether somebody can come in under that name now.
    ///
    /// # Errors
    /// Why not.
    pub fn admits(&self, name: &str) -> Result<(), RoomRefusal> {
        if self.closed {
            return Err(RoomRefusal::Closed);
        }
        if self.locked {
            return Err(RoomRefusal::Locked);
        }
        if self.inside >= self.terms.places as usize {
            return Err(RoomRefusal::Full);
        }
        if self.likenesses.contains(&likeness(name)) { Err(RoomRefusal::NameTaken) } else { Ok(()) }
    }

    /// Folds one entry in. Cannot fail: it has happened.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.what {
            RoomFact::Opened(_) => {}
            RoomFact::Keyed { code, trainer } => {
                self.code.clone_from(code);
                self.trainers.push(*trainer);
            }
            RoomFact::Watched { observer } => self.observers.push(*observer),
            RoomFact::Joined { .. }
            | RoomFact::Stretched { .. }
            | RoomFact::Seated { .. }
            | RoomFact::Leads(_)
            | RoomFact::Here(_)
            | RoomFact::Away(_)
            | RoomFact::Removed(_)
            | RoomFact::Readmitted(_) => self.apply_to_member(entry),
            RoomFact::Locked => self.locked = true,
            RoomFact::Unlocked => self.locked = false,
            RoomFact::Played { team, cause, facts } => {
                self.team_mut(Some(*team), |team| team.played(*cause, facts));
            }
            RoomFact::Voted { member, vote, .. } => {
                let team = self.member(*member).map(|m| m.team);
                self.team_mut(team, |team| {
                    team.ballots.entry(vote.question).or_default().cast(*member, vote.clone());
                });
            }
            RoomFact::Told { .. }
            | RoomFact::Resent { .. }
            | RoomFact::Paced { .. }
            | RoomFact::Pinned { .. }
            | RoomFact::Observed { .. }
            | RoomFact::Marked { .. } => self.apply_of_trainer(entry),
            RoomFact::Stopped => self.stopped = true,
            RoomFact::Cleared => self.stopped = false,
            RoomFact::Washed { member, row, says } => {
                self.washed.insert((*member, *row), Washed { says: says.clone() });
            }
            RoomFact::Released => self.released = true,
            RoomFact::Closed => self.closed = true,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` lists the kinds that come here")]
    fn apply_to_member(&mut self, entry: &Entry) {
        match &entry.what {
            RoomFact::Joined { member, team, seats, name, mark, factor } => {
                self.likenesses.insert(likeness(name));
                self.inside += 1;
                self.members.push(Member {
                    id: *member,
                    name: name.clone(),
                    mark: *mark,
                    team: *team,
                    seats: *seats,
                    factor: Some(*factor),
                    presence: Presence::Here,
                    joined: entry.wall,
                    since: Some(entry.wall),
                    was_here: 0,
                });
                self.sit(*member, *team);
            }
            RoomFact::Stretched { member, factor } => self.with(*member, |m| m.factor = *factor),
            RoomFact::Seated { member, team, seats } => {
                self.leave_lead(*member);
                let left = self.member(*member).map(|m| m.team);
                self.team_mut(left, |team| team.sitting.retain(|id| id != member));
                self.with(*member, |m| (m.team, m.seats) = (*team, *seats));
                self.sit(*member, *team);
            }
            RoomFact::Leads(member) => {
                let team = self.member(*member).map(|m| m.team);
                self.team_mut(team, |team| team.lead = Some(*member));
            }
            RoomFact::Here(member) => self.with(*member, |m| m.comes(entry.wall)),
            RoomFact::Readmitted(member) => {
                self.inside += 1;
                self.with(*member, |m| m.comes(entry.wall));
            }
            RoomFact::Away(member) => self.with(*member, |m| m.goes(entry.wall, Presence::Away)),
            RoomFact::Removed(member) => {
                self.inside = self.inside.saturating_sub(1);
                self.with(*member, |m| m.goes(entry.wall, Presence::Removed));
                self.leave_lead(*member);
            }
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` lists the kinds that come here")]
    fn apply_of_trainer(&mut self, entry: &Entry) {
        let at = entry.at;
        match &entry.what {
            RoomFact::Told { to, from, subject, says } => self.messages.push(Message {
                at,
                to: *to,
                from: from.clone(),
                subject: subject.clone(),
                says: says.clone(),
                again: None,
            }),
            RoomFact::Resent { team, inject } => self.messages.push(Message {
                at,
                to: To { team: Some(*team), seats: SeatSet::default() },
                from: String::new(),
                subject: String::new(),
                says: String::new(),
                again: Some(*inject),
            }),
            RoomFact::Paced { team: Some(team), pace } => {
                self.team_mut(Some(*team), |team| team.pace = Some(*pace));
            }
            RoomFact::Paced { team: None, pace } => {
                self.terms.pace = Some(*pace);
                self.teams.iter_mut().for_each(|team| team.pace = None);
            }
            RoomFact::Pinned { team, question, member } => {
                self.pinned = member.map(|member| (*team, *question, member));
            }
            RoomFact::Observed { team, says } => {
                self.observations.push(Observation { at, team: *team, says: says.clone() });
            }
            RoomFact::Marked { team, stage, rating } => {
                match rating {
                    Some(rating) => self.marks.insert((*team, *stage), *rating),
                    None => self.marks.remove(&(*team, *stage)),
                };
            }
            _ => {}
        }
    }

    /// The votes on a question that the drill does not take any more are not counted again.
    pub fn forget_ballot(&mut self, team: TeamId, question: QuestionId) {
        self.team_mut(Some(team), |team| drop(team.ballots.remove(&question)));
    }

    /// Whoever comes first into a team leads it; a team of one is made for who plays alone.
    fn sit(&mut self, member: MemberId, team: TeamId) {
        while self.teams.len() < team.0 as usize {
            self.teams.push(Team::default());
        }
        self.team_mut(Some(team), |team| {
            team.lead = team.lead.or(Some(member));
            if let Err(row) = team.sitting.binary_search(&member) {
                team.sitting.insert(row, member);
            }
        });
    }

    /// Who leaves a team does not lead it: the one who has been there longest does.
    fn leave_lead(&mut self, member: MemberId) {
        let Some(team) = self.member(member).map(|m| m.team) else { return };
        if self.leads(member) {
            let next = self.members_of(team).map(|m| m.id).find(|id| *id != member);
            self.team_mut(Some(team), |team| team.lead = next);
        }
    }

    fn with(&mut self, id: MemberId, change: impl FnOnce(&mut Member)) {
        let row = (id.0 as usize).checked_sub(1);
        if let Some(member) = row.and_then(|row| self.members.get_mut(row)) {
            change(member);
        }
    }

    fn team_mut(&mut self, id: Option<TeamId>, change: impl FnOnce(&mut Team)) {
        let row = id.and_then(|id| (id.0 as usize).checked_sub(1));
        if let Some(team) = row.and_then(|row| self.teams.get_mut(row)) {
            change(team);
        }
    }
}
