//! What is asked, as the console shows it: who has answered, who has not, what they say.

use super::super::data::Data;
use super::super::frame::{BlockId, Kind, Next, by_time};
use super::Desk;
use super::run::Run;
use crate::debrief::prose_html;
use crate::drill::Clock;
use crate::engine::Asked;
use crate::room::{Identity, MemberId, TeamId};
use crate::scenario::{QuestionId, SimTime};
use tr::tr;

/// Names that the console lists of who has not answered; of more it says how many.
const NAMES: usize = 12;

impl<C: Clock> Desk<C> {
    /// What is asked now, by team; of drills that each plays alone, together.
    pub(super) fn questions(&self, next: &mut Next<'_>) {
        if self.room.terms.way.alone() {
            return self.questions_of_all(next);
        }
        for (team, run) in (1..).map(TeamId).zip(&self.runs) {
            let Some(view) = run.whole() else { continue };
            for question in &view.open {
                let values = self.asked_of(team, run, question);
                let id = team.0 << 16 | u32::from(question.id.0);
                let order = by_time(question.since, question.id.0);
                next.set(BlockId(Kind::Asked, id), ("asked", order), Data::Plain("asked", "a", values));
            }
        }
    }

    fn asked_of(
        &self,
        team: TeamId,
        run: &Run<C>,
        question: &crate::drill::OpenQuestion,
    ) -> serde_json::Value {
        let voters = self.voters(team, question.id);
        let ballot = self.ballot(team, question.id);
        let voted: Vec<MemberId> = ballot.map_or_else(Vec::new, |b| b.standing().map(|v| v.member).collect());
        let missing: Vec<String> = self.names(voters.iter().filter(|id| !voted.contains(id)).copied());
        let done: Vec<String> = self.names(voted.iter().copied());
        let tallies: Vec<_> = ballot.map_or_else(Vec::new, |ballot| {
            // Who leads the drill sees answers as they come, unless the room is anonymous: the names stand beside them.
            let anonymous = self.room.terms.identity == Identity::Anonymous;
            let rows = if anonymous { ballot.broken_down(voters.len()) } else { ballot.tallies() };
            rows.iter()
                .map(
                    |t| serde_json::json!({ "text": question.in_words(&t.answer), "count": t.members.len() }),
                )
                .collect()
        });
        let said = |vote: &crate::room::Vote| {
            let (member, says) = (vote.member, vote.words()?);
            let pinned = self.room.pinned == Some((team, question.id, member));
            Some(
                serde_json::json!({ "member": member.0, "name": self.name(member), "says": says, "pinned": pinned }),
            )
        };
        let words: Vec<_> =
            ballot.map_or_else(Vec::new, |ballot| ballot.standing().filter_map(said).collect());
        let of = self.room.team(team).map(|of| of.name.clone()).filter(|_| self.room.teams.len() > 1);
        let open = !self.room.stopped && !self.room.closed;
        serde_json::json!({
            "id": question.id.0, "team": team.0, "team_name": of.unwrap_or_default(),
            "says_html": prose_html(&question.says), "open": true, "since": question.since.0,
            "until": question.lapses.filter(|_| run.pace.is_some()).map(|at| at.0),
            "answered": voted.len(), "of": voters.len().max(voted.len()).max(1), "missing": missing, "done": done, "tallies": tallies,
            "few": !voted.is_empty() && tallies.is_empty(), "words": words,
            "can": { "extend": question.lapses.is_some() && open, "settle": !voted.is_empty() && open },
        })
    }

    /// Of drills that each plays alone: every question that is open for anybody.
    fn questions_of_all(&self, next: &mut Next<'_>) {
        for row in 0..self.scenario.questions.len() {
            let id = QuestionId::of(row);
            let open: Vec<TeamId> = self.teams_where(row, |asked| matches!(asked, Asked::Open { .. }));
            let Some(first) = open.first().and_then(|team| self.run(*team)) else { continue };
            let lapsed = self.teams_where(row, |asked| matches!(asked, Asked::Lapsed)).len();
            let Asked::Open { since, lapses, .. } = first.drill.state().questions[row] else { continue };
            let names =
                self.names(open.iter().filter_map(|team| self.room.members_of(*team).next()).map(|m| m.id));
            let done = self.teams_where(row, |asked| matches!(asked, Asked::Answered { .. }));
            let answered = done.len();
            let done =
                self.names(done.iter().filter_map(|team| self.room.members_of(*team).next()).map(|m| m.id));
            let says = self.filled(first, &self.scenario.question(id).says);
            let of = open.len() + answered + lapsed;
            let values = serde_json::json!({
                "id": id.0, "team": "", "team_name": "", "says_html": prose_html(&says), "open": true,
                "since": since.0, "until": (lapses != SimTime::NEVER).then_some(lapses.0),
                "answered": answered, "of": of, "missing": names, "done": done, "tallies": [], "words": [],
                "can": { "extend": lapses != SimTime::NEVER, "settle": false },
            });
            let order = by_time(since, id.0);
            next.set(
                BlockId(Kind::Asked, u32::from(id.0)),
                ("asked", order),
                Data::Plain("asked", "a", values),
            );
        }
    }

    pub(super) fn teams_where(&self, row: usize, is: impl Fn(&Asked) -> bool) -> Vec<TeamId> {
        let teams = (1..).map(TeamId).zip(&self.runs);
        teams.filter(|(_, run)| is(&run.drill.state().questions[row])).map(|(team, _)| team).collect()
    }

    pub(super) fn name(&self, id: MemberId) -> String {
        self.room.member(id).map(|member| member.name.clone()).unwrap_or_default()
    }

    fn names(&self, ids: impl Iterator<Item = MemberId>) -> Vec<String> {
        let all: Vec<MemberId> = ids.collect();
        let mut names: Vec<String> = all.iter().take(NAMES).map(|id| self.name(*id)).collect();
        if all.len() > NAMES {
            names.push(tr!("and {n} more", n = all.len() - NAMES));
        }
        names
    }
}
