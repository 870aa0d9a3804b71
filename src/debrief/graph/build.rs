//! Lays a scenario out: lanes, rows, earliest moments, coverage.

use tr::tr;

use super::earliest::earliest;
use super::links::ties;
use super::says::says;
use super::{Graph, Link, Row, Thing};
use crate::scenario::{
    ActionId, Channel, Condition, DutyId, EndingId, Inject, InjectId, InjectKind, QuestionId, Scenario,
    SimTime, SpreadId, Trigger,
};
use crate::solve::Hits;
use crate::speech::noted;
use std::collections::BTreeMap;

/// The lanes, from top to bottom.
const LANES: [&str; 15] = [
    noted!("Mail"),
    noted!("Chat"),
    noted!("Calls"),
    noted!("Tickets"),
    noted!("Alerts"),
    noted!("News"),
    noted!("Posts"),
    noted!("Letters"),
    noted!("At the desk"),
    noted!("Expected"),
    noted!("Questions"),
    noted!("Actions"),
    noted!("Spreads"),
    noted!("Duties"),
    noted!("Endings"),
];

/// Lays out `scenario`, with coverage from a simulation if there was one.
#[must_use]
pub fn graph(scenario: &Scenario, hits: Option<&Hits>) -> Graph {
    let ties = ties(scenario);
    let earliest = earliest(scenario, &ties);
    let mut rows: Vec<Row> = things(scenario)
        .into_iter()
        .map(|of| row(scenario, of, earliest.get(&of).copied().unwrap_or(SimTime::ZERO), hits))
        .collect();
    let place = |lane: &str| LANES.iter().position(|known| *known == lane).unwrap_or(LANES.len());
    rows.sort_by_key(|row| (place(row.lane), row.span.0, row.of));
    let at: BTreeMap<Thing, usize> = rows.iter().enumerate().map(|(place, row)| (row.of, place)).collect();
    let mut links: Vec<Link> = Vec::new();
    for tie in ties {
        let (from, to) = (at[&tie.from], at[&tie.to]);
        let same = |link: &&mut Link| (link.from, link.to, link.kind) == (from, to, tie.kind);
        let reached = rows[from].reached.min(rows[to].reached);
        match links.iter_mut().find(same) {
            Some(link) if link.by.is_empty() => link.by = tie.by,
            Some(link) if tie.by.is_empty() || link.by.split(", ").any(|by| by == tie.by) => {}
            Some(link) => link.by = format!("{}, {}", link.by, tie.by),
            None => links.push(Link { from, to, kind: tie.kind, by: tie.by, reached }),
        }
    }
    Graph { title: scenario.head.title.clone(), length: scenario.clock.length, rows, links }
}

fn things(scenario: &Scenario) -> Vec<Thing> {
    let mut all: Vec<Thing> =
        (0..scenario.injects.len()).map(|row| Thing::Inject(InjectId::of(row))).collect();
    all.extend((0..scenario.questions.len()).map(|row| Thing::Question(QuestionId::of(row))));
    all.extend((0..scenario.actions.len()).map(|row| Thing::Action(ActionId::of(row))));
    all.extend((0..scenario.spreads.len()).map(|row| Thing::Spread(SpreadId::of(row))));
    all.extend((0..scenario.duties.len()).map(|row| Thing::Duty(DutyId::of(row))));
    all.extend((0..scenario.endings.len()).map(|row| Thing::Ending(EndingId::of(row))));
    all
}

/// A condition that allows something, in words; nothing where there is none.
fn allowed(scenario: &Scenario, condition: &Condition) -> String {
    let condition = says(scenario, condition);
    if condition.is_empty() { condition } else { tr!("if {}", condition) }
}

fn row(scenario: &Scenario, of: Thing, from: SimTime, hits: Option<&Hits>) -> Row {
    let (lane, name, text, condition, until) = match of {
        Thing::Inject(id) => {
            let inject = scenario.inject(id);
            (
                lane(inject),
                &inject.name,
                inject_says(scenario, inject),
                when(scenario, inject),
                closes(inject, from),
            )
        }
        Thing::Question(id) => {
            let question = scenario.question(id);
            let until = question.lapses.map_or(scenario.clock.length, |window| from + window);
            ("Questions", &question.name, question.says.clone(), String::new(), until)
        }
        Thing::Action(id) => {
            let action = scenario.action(id);
            let until = action.window.map_or(scenario.clock.length, |(_, closes)| closes);
            ("Actions", &action.name, action.label.clone(), allowed(scenario, &action.when), until)
        }
        Thing::Spread(id) => {
            let spread = scenario.spread(id);
            let unless = spread.unless.as_ref().map(|c| tr!("until {}", says(scenario, c)));
            let until = if spread.every.is_some() { scenario.clock.length } else { from };
            ("Spreads", &spread.name, spread.label.clone(), unless.unwrap_or_default(), until)
        }
        Thing::Duty(id) => {
            let duty = scenario.duty(id);
            let starts = duty.starts.as_ref().map(|condition| says(scenario, condition));
            let starts = starts.filter(|condition| !condition.is_empty());
            let starts = starts.map_or_else(String::new, |condition| tr!("starts when {}", condition));
            ("Duties", &duty.name, duty.called().into_owned(), starts, scenario.clock.length)
        }
        Thing::Ending(id) => {
            let ending = &scenario.endings[id.at()];
            ("Endings", &ending.name, ending.title.clone(), allowed(scenario, &ending.when), from)
        }
    };
    let until = until.min(scenario.clock.length).max(from);
    let reached = hits.map(|hits| share(hits, of));
    let text = scenario.fill(&text, &vec![0; scenario.slots.len()]).replace(['*', '`', '\n'], " ");
    Row { of, lane, name: name.to_string(), says: text, condition, span: (from, until), reached }
}

fn share(hits: &Hits, of: Thing) -> u16 {
    let count = match of {
        Thing::Inject(id) => hits.injects[id.at()],
        Thing::Question(id) => hits.questions[id.at()].opened,
        Thing::Action(id) => hits.actions[id.at()],
        Thing::Spread(id) => hits.spreads[id.at()],
        Thing::Duty(id) => hits.duties[id.at()],
        Thing::Ending(id) => hits.endings[id.at()],
    };
    u16::try_from(u64::from(count) * 1000 / u64::from(hits.drills.max(1))).unwrap_or(1000)
}

fn lane(inject: &Inject) -> &'static str {
    match inject.via {
        Some(Channel::Mail { .. }) => "Mail",
        Some(Channel::Chat { .. }) => "Chat",
        Some(Channel::Call { .. }) => "Calls",
        Some(Channel::Ticket { .. }) => "Tickets",
        Some(Channel::Alert { .. }) => "Alerts",
        Some(Channel::News { .. }) => "News",
        Some(Channel::Post { .. }) => "Posts",
        Some(Channel::Letter { .. }) => "Letters",
        Some(Channel::Desk { .. }) => "At the desk",
        None => "Expected",
    }
}

fn inject_says(scenario: &Scenario, inject: &Inject) -> String {
    let from = |id: &crate::scenario::PersonId| scenario.person(*id).label.clone();
    match (&inject.kind, &inject.via) {
        (InjectKind::Checkpoint(checkpoint), _) => checkpoint.expects.clone(),
        (_, Some(Channel::Mail { subject, .. } | Channel::Letter { subject, .. })) => subject.clone(),
        (_, Some(Channel::News { headline, .. })) => headline.clone(),
        (_, Some(Channel::Alert { system, level })) => format!("{system}: {level}"),
        (_, Some(Channel::Post { account, .. })) => account.clone(),
        (
            _,
            Some(
                Channel::Chat { from: id, .. }
                | Channel::Call { from: id, .. }
                | Channel::Ticket { from: id, .. }
                | Channel::Desk { from: id },
            ),
        ) => from(id),
        (_, None) => String::new(),
    }
}

/// What brings an inject, in words.
fn when(scenario: &Scenario, inject: &Inject) -> String {
    let mut parts = Vec::new();
    if let Trigger::After(condition, delay) = &inject.trigger {
        let condition = says(scenario, condition);
        parts.push(match *delay {
            SimTime::ZERO => tr!("after {}", condition),
            delay => tr!("{0} after {1}", delay.said(), condition),
        });
    }
    if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
        parts.push(tr!("met when {}", says(scenario, &checkpoint.met_when)));
    }
    if inject.when != Condition::Always {
        parts.push(tr!("if {}", says(scenario, &inject.when)));
    }
    if inject.chance < 100 {
        parts.push(tr!("in {} % of drills", inject.chance));
    }
    parts.join(", ")
}

fn closes(inject: &Inject, from: SimTime) -> SimTime {
    match &inject.kind {
        InjectKind::Checkpoint(checkpoint) => checkpoint.closes,
        InjectKind::Contextual | InjectKind::Contingency => inject.until.unwrap_or(from),
    }
}
