//! Whether an entry could have happened where a room's journal says it did.
//!
//! As with facts (`journal/admit.rs`) this checks what the fold relies on, not
//! the rules of the day: the room is opened once and first, people come in by
//! number, who and what is named is there, and each fact of a drill is lawful
//! in that drill.

use std::collections::BTreeMap;

use crate::engine::State;
use crate::journal::admit::admit as admit_fact;
use crate::journal::codec::Fault;
use crate::room::{Cause, Entry, MemberId, Room, RoomFact, TeamId, Way};
use crate::scenario::Scenario;
use crate::speech::noted;

/// A room as far as it has been read.
#[derive(Debug)]
pub(super) struct Lawful<'s> {
    scenario: &'s Scenario,
    room: Option<Room>,
    drills: BTreeMap<TeamId, State>,
}

impl<'s> Lawful<'s> {
    pub(super) const fn new(scenario: &'s Scenario) -> Self {
        Self { scenario, room: None, drills: BTreeMap::new() }
    }

    /// Folds an entry in, if it can follow.
    pub(super) fn admit(&mut self, entry: &Entry) -> Result<(), Fault> {
        let Some(room) = &mut self.room else {
            let RoomFact::Opened(terms) = &entry.what else {
                return Err(Fault::new(noted!("the room has not been opened yet")));
            };
            require(
                terms.way.alone() == terms.teams.is_empty(),
                noted!("a room has teams where people play together, and nowhere else"),
            )?;
            self.room = Some(Room::new(terms.clone()));
            return Ok(());
        };
        happened(room, &entry.what)?;
        if let RoomFact::Played { team, facts, .. } = &entry.what {
            require(!facts.is_empty(), noted!("nothing happened in it"))?;
            let state = self.drills.entry(*team).or_insert_with(|| State::new(self.scenario));
            for fact in facts {
                admit_fact(self.scenario, state, fact)?;
                state.apply(fact);
            }
        }
        room.apply(entry);
        Ok(())
    }
}

fn require(holds: bool, otherwise: &str) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::new(otherwise)) }
}

fn happened(room: &Room, what: &RoomFact) -> Result<(), Fault> {
    match what {
        RoomFact::Opened(_) => Err(Fault::new(noted!("the room has been opened already"))),
        RoomFact::Joined { member, team, .. } => {
            let next = usize::try_from(member.0).is_ok_and(|number| number == room.members.len() + 1);
            require(next, noted!("that is not the number of who comes in next"))?;
            place(room, *team)
        }
        RoomFact::Seated { member, team, .. } => {
            person(room, *member)?;
            place(room, *team)
        }
        RoomFact::Leads(member)
        | RoomFact::Here(member)
        | RoomFact::Away(member)
        | RoomFact::Removed(member)
        | RoomFact::Readmitted(member)
        | RoomFact::Stretched { member, .. }
        | RoomFact::Voted { member, .. }
        | RoomFact::Washed { member, .. } => person(room, *member),
        RoomFact::Played { team: of, cause, .. } => {
            if let Cause::Member(member, _) = cause {
                person(room, *member)?;
            }
            team(room, *of)
        }
        RoomFact::Resent { team: of, .. } => team(room, *of),
        RoomFact::Pinned { team: of, member, .. } => {
            member.map_or(Ok(()), |member| person(room, member))?;
            team(room, *of)
        }
        RoomFact::Told { to, .. } => any_team(room, to.team),
        RoomFact::Paced { team: of, .. }
        | RoomFact::Observed { team: of, .. }
        | RoomFact::Marked { team: of, .. } => any_team(room, *of),
        RoomFact::Keyed { .. }
        | RoomFact::Watched { .. }
        | RoomFact::Locked
        | RoomFact::Unlocked
        | RoomFact::Stopped
        | RoomFact::Cleared
        | RoomFact::Released
        | RoomFact::Closed => Ok(()),
    }
}

fn person(room: &Room, member: MemberId) -> Result<(), Fault> {
    require(room.member(member).is_some(), noted!("nobody in the room has that number"))
}

fn team(room: &Room, team: TeamId) -> Result<(), Fault> {
    require(room.team(team).is_some(), noted!("the room has no such team"))
}

fn any_team(room: &Room, of: Option<TeamId>) -> Result<(), Fault> {
    of.map_or(Ok(()), |of| team(room, of))
}

/// A team that is there, or the next team of one.
fn place(room: &Room, of: TeamId) -> Result<(), Fault> {
    let next = room.terms.way != Way::Together
        && usize::try_from(of.0).is_ok_and(|number| number == room.teams.len() + 1);
    if next { Ok(()) } else { team(room, of) }
}
