//! What the trainer sent besides the script, where it stands in the run of show.

use tr::tr;

use super::super::data::Data;
use super::super::frame::{BlockId, Kind, Next};
use super::Desk;
use super::show::seats;
use crate::debrief::{plain, prose_html};
use crate::drill::Clock;
use crate::room::{Message, To};
use crate::scenario::Calendar;

/// Messages that the console lists: the last ones.
const SENT: usize = 200;

/// Signs of a message by which it is known where it has no subject.
const TITLE: usize = 60;

impl<C: Clock> Desk<C> {
    /// Messages, hints, and injects that were sent once more: each as something that has been.
    pub(super) fn sent(&self, next: &mut Next<'_>) {
        let calendar = Calendar::of(self.scenario);
        let all = self.room.messages.iter().enumerate();
        for (n, message) in all.skip(self.room.messages.len().saturating_sub(SENT)) {
            let values = serde_json::json!({
                "clock": calendar.clock(message.at), "hint": message.from.is_empty(),
                "again": message.again.is_some(), "from": message.from, "title": self.title_of(message),
                "to": self.to_whom(message.to), "body_html": prose_html(&message.says),
            });
            // Among the steps of the same moment it stands last: who sends has read what came.
            let order = 2 << 50 | u64::from(message.at.0) << 16 | 0x8000 | (n as u64 & 0x7fff);
            next.set(BlockId(Kind::Sent, n as u32), ("past", order), Data::Plain("sent", "m", values));
        }
    }

    /// What a message is about, or how it begins.
    fn title_of(&self, message: &Message) -> String {
        if let Some(inject) = message.again {
            let run = self.shown().and_then(|team| self.run(team));
            return run.map(|run| self.title(run, self.scenario.inject(inject))).unwrap_or_default();
        }
        if !message.subject.is_empty() {
            return message.subject.clone();
        }
        let says = plain(&message.says);
        let begins: String = says.chars().take(TITLE).collect();
        if begins.len() < says.len() { format!("{}…", begins.trim_end()) } else { begins }
    }

    fn to_whom(&self, to: To) -> String {
        let team = to.team.and_then(|team| self.room.team(team));
        let team = match (team, self.room.terms.way.alone()) {
            (Some(_), true) => tr!("one person"),
            (Some(team), false) if self.room.teams.len() > 1 => team.name.clone(),
            (Some(_) | None, _) => String::new(),
        };
        let to: Vec<String> =
            [team, seats(self.scenario, to.seats)].into_iter().filter(|part| !part.is_empty()).collect();
        if to.is_empty() { tr!("everybody") } else { to.join(" · ") }
    }
}
