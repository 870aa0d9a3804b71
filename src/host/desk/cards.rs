//! The cards around a drill: the team, the lobby, one's own time.

use super::Desk;
use super::run::Viewpoint;
use crate::drill::Clock;
use crate::engine::PauseCause;
use crate::room::{Identity, MemberId, Presence, TeamId, Way};
use crate::scenario::{QuestionId, SeatSet, said_date, utc_stamp};
use tr::tr;

/// People whom a page lists of a team; of a larger one it says the first.
const TEAM_ROWS: usize = 30;

impl<C: Clock> Desk<C> {
    /// Who is in the team, on which seats, and who has voted on what is asked of the reader too; never how.
    /// None where everybody is alone.
    pub(super) fn team_card(&self, team: TeamId, from: Viewpoint) -> Option<serde_json::Value> {
        let of = self.room.team(team).filter(|_| !self.room.terms.way.alone())?;
        let votes = self.votes_seen(team, from);
        let rows: Vec<_> = self
            .room
            .members_of(team)
            .take(TEAM_ROWS)
            .map(|member| {
                let seats: Vec<_> =
                    member.seats.iter().map(|seat| self.scenario.seat(seat).label.as_str()).collect();
                let asked = votes.iter().filter(|(voters, _)| voters.contains(&member.id)).count();
                let voted = votes.iter().filter(|(_, voted)| voted.contains(&member.id)).count();
                serde_json::json!({
                    "member": member.id.0, "name": member.name, "seats": seats.join(", "),
                    "lead": of.lead == Some(member.id),
                    "presence": if member.presence == Presence::Here { "here" } else { "away" },
                    "voted": said_votes(voted, asked),
                })
            })
            .collect();
        let name = if self.room.teams.len() > 1 { of.name.as_str() } else { "" };
        Some(serde_json::json!({ "name": name, "rows": rows }))
    }

    /// Of each open question that a viewpoint sees and a team votes on: who may vote, and who has.
    fn votes_seen(&self, team: TeamId, from: Viewpoint) -> Vec<(Vec<MemberId>, Vec<MemberId>)> {
        let Some(audience) = self.run(team).and_then(|run| run.seen(from)) else { return Vec::new() };
        let open = audience.view.open.iter().map(|question| question.id);
        let voted = |question: QuestionId| -> Vec<MemberId> {
            let ballot = self.ballot(team, question).into_iter();
            ballot.flat_map(|ballot| ballot.standing().map(|vote| vote.member)).collect()
        };
        let both = open.map(|question| (self.voters(team, question), voted(question)));
        both.filter(|(voters, voted)| voters.len() > 1 || !voted.is_empty()).collect()
    }

    /// What the page says before STARTEX; none afterwards, and none in one's own time.
    pub(super) fn waiting(&self, team: TeamId, from: Viewpoint) -> Option<serde_json::Value> {
        if self.room.team(team)?.started || self.room.terms.way == Way::OwnTime {
            return None;
        }
        let alone = self.room.terms.way.alone();
        let seats = if alone || self.room.teams.iter().any(|team| team.started) {
            Vec::new()
        } else {
            self.chairs(team, from.seats)
        };
        let factors = self.factors(team).filter(|_| alone);
        Some(serde_json::json!({
            "here": self.shown_here, "content_note": self.scenario.head.content_note, "seats": seats,
            "factors": factors, "team": !alone && self.room.terms.pace.is_some(),
        }))
    }

    /// Every place in the lobby: whether the reader sits there, and whether somebody does.
    fn chairs(&self, team: TeamId, seats: SeatSet) -> Vec<serde_json::Value> {
        let several = self.room.teams.len() > 1;
        if self.scenario.seats.is_empty() && !several {
            return Vec::new();
        }
        let every = tr!("Every seat");
        let few = tr!("For a team with fewer people than seats.");
        let kinds: Vec<(String, &str, &str, SeatSet)> = if self.scenario.seats.is_empty() {
            vec![(String::new(), "", "", SeatSet::default())]
        } else {
            let seats = self.scenario.seats.iter().enumerate().map(|(row, seat)| {
                let set = SeatSet::default().with(crate::scenario::SeatId::of(row));
                (row.to_string(), seat.label.as_str(), seat.about.as_str(), set)
            });
            seats.chain([(String::new(), every.as_str(), few.as_str(), SeatSet::default())]).collect()
        };
        let mut chairs = Vec::new();
        for (id, of) in (1..).map(TeamId).zip(&self.room.teams) {
            let name = if several { of.name.as_str() } else { "" };
            for (n, label, says, set) in &kinds {
                let taken = self.room.members_of(id).any(|member| member.seats == *set);
                chairs.push(serde_json::json!({
                    "n": n, "team": id.0, "team_name": name, "label": label, "says": says, "taken": taken,
                    "mine": id == team && *set == seats,
                }));
            }
        }
        chairs
    }

    /// How somebody stands who plays in their own time; where all play at once, what was settled for them alone.
    pub(super) fn own(&self, team: TeamId) -> Option<serde_json::Value> {
        let run = self.run(team).filter(|_| self.room.terms.way.alone())?;
        let state = run.drill.state();
        let own = self.room.terms.way == Way::OwnTime;
        let stands = match (state.running(), state.over(), state.paused.is_some()) {
            (_, true, _) => "over",
            (false, ..) => "ready",
            (true, ..) if !own => "beside",
            (true, _, true) if state.paused.is_some_and(PauseCause::of_trainer) => "held",
            (true, _, true) => "paused",
            (true, _, false) => "running",
        };
        let timed = self.room.terms.pace.is_some();
        let asked_for = self.room.members_of(team).next().filter(|_| timed);
        let factor = asked_for.map_or_else(String::new, |member| said_factor(member.factor));
        if stands == "over" || (!own && (stands == "ready" || factor.is_empty())) {
            return None;
        }
        let head = &self.scenario.head;
        Some(serde_json::json!({
            "state": stands, "minutes": tr!("{n} min", n = self.room.terms.minutes(self.scenario)),
            "until": self.room.terms.until.map(|until| said_date(&utc_stamp(until))).unwrap_or_default(),
            "content_note": head.content_note, "factors": self.factors(team), "factor": factor,
            "untimed": run.pace.is_none(),
        }))
    }

    /// How much time somebody who plays alone may choose, and has chosen; none if time does not run.
    fn factors(&self, team: TeamId) -> Option<serde_json::Value> {
        self.room.terms.pace?;
        let chosen = self.room.members_of(team).next()?.factor;
        let known = [Some(100), Some(150), Some(200)];
        let unlimited = (self.room.terms.way == Way::OwnTime).then_some(None);
        let other = Some(chosen).filter(|chosen| chosen.is_some() && !known.contains(chosen));
        let all = known.into_iter().chain(other).chain(unlimited);
        let rows = all.map(|factor| serde_json::json!({ "percent": factor, "mine": factor == chosen }));
        Some(rows.collect())
    }

    /// What was said in the hot wash, for the trainer; none before anybody said anything.
    pub(super) fn hot_washed(&self) -> Option<serde_json::Value> {
        if self.room.washed.is_empty() {
            return None;
        }
        let named = self.room.terms.identity == Identity::Named;
        let (_, run) = self.foremost()?;
        let rows: Vec<_> = super::page::hot_wash(run.whole()?, self.scenario)
            .into_iter()
            .enumerate()
            .map(|(n, asks)| {
                let said = self
                    .room
                    .washed
                    .iter()
                    .filter(|((_, row), said)| usize::from(*row) == n && !said.says.is_empty());
                let said: Vec<_> = said
                    .map(|((member, _), said)| {
                        let name = if named { self.name(*member) } else { String::new() };
                        serde_json::json!({ "name": name, "says": said.says })
                    })
                    .collect();
                serde_json::json!({ "asks": asks, "said": said })
            })
            .collect();
        Some(serde_json::json!({ "rows": rows, "of": self.room.members.len() }))
    }
}

/// How somebody stands with their votes, in words; empty where there is nothing to say.
fn said_votes(voted: usize, asked: usize) -> String {
    match (voted, asked) {
        (0, _) => String::new(),
        (voted, asked) if voted >= asked => tr!("has voted"),
        (voted, of) => tr!("has voted on {voted} of {of}", voted, of),
    }
}

/// A time factor as people read it; empty where everything is as the script says.
pub(super) fn said_factor(factor: Option<u16>) -> String {
    let Some(percent) = factor else { return tr!("no limit") };
    let mark = crate::speech::language().decimal_mark();
    let (whole, part) = (percent / 100, percent % 100);
    match (part, part % 10) {
        (0, _) if whole == 1 => String::new(),
        (0, _) => format!("{whole}×"),
        (part, 0) => format!("{whole}{mark}{}×", part / 10),
        (part, _) => format!("{whole}{mark}{part:02}×"),
    }
}
