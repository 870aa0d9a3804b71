//! The cards around a drill: the team, the lobby, one's own time.

use super::Desk;
use crate::drill::Clock;
use crate::room::{Identity, Presence, TeamId, Way};
use crate::scenario::{said_date, utc_stamp};

/// People whom a page lists of a team; of a larger one it says the first.
const TEAM_ROWS: usize = 30;

impl<C: Clock> Desk<C> {
    /// Who is in the team and on which seats; never how anybody voted. None where everybody is alone.
    pub(super) fn team_card(&self, team: TeamId) -> Option<serde_json::Value> {
        let of = self.room.team(team).filter(|_| !self.room.terms.way.alone())?;
        let rows: Vec<_> = self
            .room
            .members_of(team)
            .take(TEAM_ROWS)
            .map(|member| {
                let seats: Vec<_> =
                    member.seats.iter().map(|seat| self.scenario.seat(seat).label.as_str()).collect();
                serde_json::json!({
                    "name": member.name, "seats": seats.join(", "), "me": false, "lead": of.lead == Some(member.id),
                    "presence": if member.presence == Presence::Here { "here" } else { "away" }, "voted": null,
                })
            })
            .collect();
        let name = if self.room.teams.len() > 1 { of.name.as_str() } else { "" };
        Some(serde_json::json!({ "name": name, "rows": rows }))
    }

    /// What the page says before STARTEX; none afterwards, and none in one's own time.
    pub(super) fn waiting(&self, team: TeamId) -> Option<serde_json::Value> {
        if self.room.team(team)?.started || self.room.terms.way == Way::OwnTime {
            return None;
        }
        let several = self.room.teams.len() > 1;
        let chairs = |(n, of): (usize, &crate::room::Team)| {
            let name = if several { of.name.clone() } else { String::new() };
            let seats = self.scenario.seats.iter().enumerate();
            seats
                .map(|(row, seat)| {
                    serde_json::json!({
                        "n": row, "team": n + 1, "team_name": name, "label": seat.label, "says": seat.about,
                        "taken": false, "mine": false,
                    })
                })
                .collect::<Vec<_>>()
        };
        let seats: Vec<_> = if self.room.terms.way.alone() || self.room.teams.iter().any(|t| t.started) {
            Vec::new()
        } else {
            self.room.teams.iter().enumerate().flat_map(chairs).collect()
        };
        Some(serde_json::json!({
            "here": self.shown_here, "content_note": self.scenario.head.content_note, "factor": "", "seats": seats,
        }))
    }

    /// How somebody stands who plays in their own time.
    pub(super) fn own(&self, team: TeamId) -> Option<serde_json::Value> {
        let run = self.run(team).filter(|_| self.room.terms.way == Way::OwnTime)?;
        let state = run.drill.state();
        let stands = match (state.running(), state.over(), state.paused.is_some()) {
            (_, true, _) => "over",
            (false, ..) => "ready",
            (true, _, true) => "paused",
            (true, _, false) => "running",
        };
        let head = &self.scenario.head;
        Some(serde_json::json!({
            "state": stands, "minutes": tr::tr!("{n} min", n = head.minutes),
            "until": self.room.terms.until.map(|until| said_date(&utc_stamp(until))).unwrap_or_default(),
            "content_note": head.content_note,
            "factors": if run.pace.is_some() { vec![100, 150, 200] } else { Vec::new() }, "untimed": false,
        }))
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
