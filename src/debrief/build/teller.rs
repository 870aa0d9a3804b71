//! Turns the scenario's names, texts and moments into what people read.

use tr::tr;

use super::super::model::{Moment, Source};
use super::super::render::plain;
use super::played::Played;
use crate::scenario::{
    Axis, Calendar, Category, Channel, Inject, LevelId, PersonId, Scenario, SeatSet, SimTime, SourceId,
    Truth, Verdict,
};
use crate::speech::{label, language, noted};

/// A heading that is longer is cut to its first sentence.
const HEADING_LETTERS: usize = 110;

/// A scenario in the words of one drill.
pub(in crate::debrief) struct Teller<'s> {
    pub(in crate::debrief) scenario: &'s Scenario,
    pub(in crate::debrief) calendar: Calendar,
    picks: Vec<u8>,
    days: Days,
    /// Whether it is told to a room, whose trainer ends the drill, and not to who ended it alone.
    pub(in crate::debrief) room: bool,
    /// Whether it is told to one of a team, which decided together.
    pub(in crate::debrief) team: bool,
}

/// How much of a date a moment needs.
#[derive(Clone, Copy)]
enum Days {
    One,
    /// Within a week a weekday is enough.
    Week,
    Many,
}

impl<'s> Teller<'s> {
    pub(in crate::debrief) fn new(scenario: &'s Scenario, played: &Played<'_>) -> Self {
        let calendar = Calendar::of(scenario);
        let days = match calendar.date(SimTime::ZERO) == calendar.date(played.end) {
            true => Days::One,
            false if played.end < SimTime(6 * 86_400) => Days::Week,
            false => Days::Many,
        };
        Self { scenario, calendar, picks: played.picks.to_vec(), days, room: false, team: false }
    }

    /// The same, told to a room.
    pub(in crate::debrief) fn in_a_room(self) -> Self {
        Self { room: true, ..self }
    }

    /// The same, told to somebody of a room: whether the trainer ended their drill, and whether they were a team.
    pub(in crate::debrief) fn for_member(self, room: bool, team: bool) -> Self {
        Self { room, team, ..self }
    }

    /// A text of the script with its slots filled.
    pub(in crate::debrief) fn fill(&self, text: &str) -> String {
        self.scenario.fill(text, &self.picks).into_owned()
    }

    /// A short text of the script, without markup, on one line.
    pub(in crate::debrief) fn line(&self, text: &str) -> String {
        plain(&self.fill(text))
    }

    /// A question as a heading: up to its first question mark, and if it is long
    /// and asks nothing, its first sentence.
    pub(in crate::debrief) fn asked(&self, says: &str) -> String {
        let line = self.line(says);
        let sentence = line.find("? ").map(|at| at + 1);
        let long = line.chars().count() > HEADING_LETTERS && !line.ends_with('?');
        let sentence = sentence.or_else(|| line.find(". ").filter(|_| long).map(|at| at + 1));
        sentence.map_or_else(|| line.clone(), |end| line[..end].to_owned())
    }

    pub(in crate::debrief) fn moment(&self, at: SimTime) -> Moment {
        let clock = self.calendar.clock(at);
        let clock = match self.days {
            Days::One => clock,
            Days::Week => format!("{} {clock}", self.calendar.weekday(at)),
            // The year is on the title page.
            Days::Many => {
                let stamp = self.calendar.stamp(at);
                tr!("{month}-{day} {clock}", month = &stamp[5..7], day = &stamp[8..10], clock)
            }
        };
        Moment { second: at.0, clock }
    }

    pub(in crate::debrief) fn source(&self, id: SourceId) -> Source {
        let source = self.scenario.source(id);
        Source { title: self.fill(&source.title), address: source.address.clone(), read: source.read.clone() }
    }

    /// The word for how an inject came, noted, and what it was.
    pub(in crate::debrief) fn message(&self, inject: &Inject) -> (&'static str, String) {
        let who = |id: &PersonId| self.fill(&self.scenario.person(*id).label);
        let Some(via) = &inject.via else { return (noted!("message"), inject.name.to_string()) };
        let (kind, said) = match via {
            Channel::Mail { from, subject, .. } => (noted!("mail"), [who(from), self.fill(subject)]),
            Channel::Chat { from, room } => (noted!("chat"), [who(from), self.fill(room)]),
            Channel::Call { from, .. } => (noted!("call"), [who(from), String::new()]),
            Channel::Ticket { from, number, .. } => (noted!("ticket"), [self.fill(number), who(from)]),
            Channel::Alert { system, level } => (noted!("alert"), [self.fill(system), self.fill(level)]),
            Channel::News { outlet, headline } => (noted!("news"), [self.fill(outlet), self.fill(headline)]),
            Channel::Post { account, network } => (noted!("post"), [self.fill(account), self.fill(network)]),
            Channel::Letter { from, subject } => (noted!("letter"), [who(from), self.fill(subject)]),
            Channel::Desk { from } => (noted!("at the desk"), [who(from), String::new()]),
        };
        let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
        (kind, said.join(": "))
    }

    /// A category in words; `asked` leaves out what a question did not ask for.
    pub(in crate::debrief) fn category(&self, category: &Category, asked: impl Fn(Part) -> bool) -> String {
        if category.too_early {
            return tr!("too early to tell");
        }
        let mut parts = Vec::new();
        if let Some(class) = category.class.filter(|_| asked(Part::Class)) {
            let class = &self.scenario.taxonomy.classes[class.at()];
            let kind = category.kind.map(|kind| &class.types[kind.at()].label);
            parts.push(match kind {
                Some(kind) if *kind != class.label => format!("{}, {}", label(&class.label), label(kind)),
                _ => label(&class.label),
            });
        }
        if let Some(level) = category.severity.filter(|_| asked(Part::Severity)) {
            let level = label(&self.scenario.severity(level));
            parts.push(match category.factors.map(|factors| factors.score()) {
                Some(score) => {
                    let score = format!("{}{}{:02}", score / 100, language().decimal_mark(), score % 100);
                    tr!("severity {0} (calculated {1} of 100)", level, score)
                }
                None => tr!("severity {0}", level),
            });
        }
        for axis in Axis::ALL {
            let level: Option<LevelId> = category.impact[axis as usize];
            if let Some(level) = level.filter(|_| asked(Part::Impact(axis))) {
                parts.push(impact(axis, level));
            }
        }
        parts.join("; ")
    }

    /// Seats as one reads them; empty for everybody's.
    pub(in crate::debrief) fn seats(&self, seats: SeatSet) -> String {
        let labels = seats.iter().map(|seat| self.line(&self.scenario.seat(seat).label));
        labels.collect::<Vec<_>>().join(", ")
    }

    /// What a truth says, as a clause.
    pub(in crate::debrief) fn truth(&self, truth: &Truth) -> String {
        let what = match truth.verdict {
            Verdict::Incident => tr!("it was an incident"),
            Verdict::NotAnIncident => tr!("it was not an incident"),
            Verdict::TooEarly => tr!("it was too early to tell"),
        };
        let what = if truth.thin { tr!("{0}, on thin evidence", what) } else { what };
        let category = truth.category.as_ref().map(|c| self.category(c, |_| true)).unwrap_or_default();
        let category = if category.is_empty() { category } else { format!(": {category}") };
        format!("{what}{category}")
    }
}

/// A level of impact, with its axis, in words.
#[must_use]
pub fn impact(axis: Axis, level: LevelId) -> String {
    match (axis, level.at()) {
        (Axis::Functional, 0) => tr!("functional impact none"),
        (Axis::Functional, 1) => tr!("functional impact low"),
        (Axis::Functional, 2) => tr!("functional impact medium"),
        (Axis::Functional, _) => tr!("functional impact high"),
        (Axis::Information, 0) => tr!("information impact none"),
        (Axis::Information, 1) => tr!("information impact privacy breach"),
        (Axis::Information, 2) => tr!("information impact proprietary breach"),
        (Axis::Information, _) => tr!("information impact integrity loss"),
        (Axis::Recoverability, 0) => tr!("recoverability regular"),
        (Axis::Recoverability, 1) => tr!("recoverability supplemented"),
        (Axis::Recoverability, 2) => tr!("recoverability extended"),
        (Axis::Recoverability, _) => tr!("recoverability not recoverable"),
    }
}

/// A part of a category.
#[derive(Clone, Copy)]
pub(in crate::debrief) enum Part {
    Class,
    Severity,
    Impact(Axis),
}
