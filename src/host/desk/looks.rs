//! What may be looked at of a room from outside the desk.

use std::sync::Arc;

use tokio::sync::watch;

use super::super::frame::Frame;
use super::super::scribe::Receipt;
use super::Desk;
use crate::drill::{Clock, OpenQuestion};
use crate::engine::Fact;
use crate::room::{MemberId, Room, TeamId};
use crate::scenario::{ActionId, EvidenceId, QuestionId, Scenario};

/// What somebody has before them: the part of their page that asks something of them.
#[derive(Clone, Debug, Default)]
pub(in crate::host) struct Before {
    /// What is asked.
    pub(in crate::host) open: Vec<OpenQuestion>,
    /// What of it they have voted on.
    pub(in crate::host) voted: Vec<QuestionId>,
    /// Whether they lead their team.
    pub(in crate::host) leads: bool,
    /// What they could examine.
    pub(in crate::host) evidence: Vec<EvidenceId>,
    /// What they could do.
    pub(in crate::host) actions: Vec<ActionId>,
}

/// What may be looked at of a room, whatever its clocks are.
pub(in crate::host) trait Looks {
    /// The room.
    fn room(&self) -> &Room;
    /// The scenario.
    fn scenario(&self) -> &'static Scenario;
    /// What has happened in a team's drill.
    fn facts(&self, team: TeamId) -> &[Fact];
    /// What was made durable last.
    fn last(&self) -> Receipt;
    /// What the wall clock last said, in milliseconds since 1970.
    fn wall(&self) -> u64;
    /// What somebody has before them.
    fn before(&mut self, member: MemberId) -> Before;
    /// The pages of somebody's seat, as they see them.
    fn seat(&mut self, member: MemberId) -> Option<watch::Receiver<Arc<Frame>>>;
}

impl<C: Clock> Looks for Desk<C> {
    fn room(&self) -> &Room {
        &self.room
    }
    fn scenario(&self) -> &'static Scenario {
        self.scenario
    }
    fn facts(&self, team: TeamId) -> &[Fact] {
        self.run(team).map_or(&[], |run| run.drill.facts())
    }
    fn last(&self) -> Receipt {
        self.last
    }
    fn wall(&self) -> u64 {
        self.wall
    }
    fn before(&mut self, id: MemberId) -> Before {
        let Some(member) = self.room.member(id).cloned() else { return Before::default() };
        let ballots = self.room.team(member.team).map(|team| team.ballots.iter()).into_iter().flatten();
        let voted = ballots.filter(|(_, ballot)| ballot.of(id).is_some()).map(|(question, _)| *question);
        let voted: Vec<QuestionId> = voted.collect();
        let from = self.viewpoint(&member);
        let Some(run) = self.run_mut(member.team) else { return Before::default() };
        let view = &run.fold(from).view;
        let open = |question: &QuestionId| view.open.iter().any(|asked| asked.id == *question);
        Before {
            open: view.open.clone(),
            voted: voted.into_iter().filter(open).collect(),
            leads: from.lead,
            evidence: view.evidence.iter().filter(|a| a.body.is_none()).map(|a| a.id).collect(),
            actions: view.actions.iter().filter(|a| a.on_offer).map(|a| a.id).collect(),
        }
    }
    fn seat(&mut self, id: MemberId) -> Option<watch::Receiver<Arc<Frame>>> {
        let member = self.room.member(id)?.clone();
        let from = self.viewpoint(&member);
        let frames = self.run_mut(member.team)?.audience(from).frame.subscribe();
        self.turn_page();
        self.publish_team(member.team);
        Some(frames)
    }
}
