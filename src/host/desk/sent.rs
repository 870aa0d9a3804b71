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

/// Signs of a text by which it is known where it has no headline.
const TITLE: usize = 60;

impl<C: Clock> Desk<C> {
    /// Messages, hints, and injects that were sent once more: each as something that has been.
    pub(super) fn sent(&self, next: &mut Next<'_>) {
        let calendar = Calendar::of(self.scenario);
        let all = self.room.messages.iter().enumerate();
        for (n, message) in all.skip(self.room.messages.len().saturating_sub(SENT)) {
            let values = || {
                serde_json::json!({
                    "clock": calendar.clock(message.at), "hint": message.from.is_empty(),
                    "again": message.again.is_some(), "from": message.from, "title": self.title_of(message),
                    "to": self.to_whom(message.to), "body_html": prose_html(&message.says),
                })
            };
            // Among the steps of the same moment it stands last: who sends has read what came.
            let order = 2 << 50 | u64::from(message.at.0) << 16 | 0x8000 | (n as u64 & 0x7fff);
            // What was sent does not change, and is set once.
            let id = BlockId(Kind::Sent, n as u32);
            next.put(id, ("past", order), |_| true, || Data::Plain("sent", "m", values()));
        }
    }

    /// What a message is about, or how it begins.
    fn title_of(&self, message: &Message) -> String {
        if let Some(inject) = message.again {
            return self.show.titles.get(inject.at()).cloned().unwrap_or_default();
        }
        if message.subject.is_empty() { begins(&message.says) } else { message.subject.clone() }
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

/// How a text begins, on one line.
pub(super) fn begins(text: &str) -> String {
    let says = plain(text);
    if says.chars().count() <= TITLE {
        return says;
    }
    let begins: String = says.chars().take(TITLE).collect();
    let whole = begins.rfind(' ').filter(|at| *at > TITLE / 2).unwrap_or(begins.len());
    format!("{}…", begins[..whole].trim_end_matches([' ', ',', '.', ':', ';', '·', '–']))
}
