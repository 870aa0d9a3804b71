//! What happened in a room, in one line of time: the drill, what the trainer did, what observers noted.

use std::collections::BTreeMap;

use tr::tr;

use super::super::build::ended_by;
use super::super::build::story::timeline;
use super::super::build::teller::Teller;
use super::super::happened::{Lane, Mark};
use super::super::model::Debrief;
use super::drills::{Group, One};
use crate::engine::{Fact, What};
use crate::room::{Message, TeamId, Way};
use crate::scenario::{InjectId, SimTime, clean};
use crate::score::ItemOf;
use crate::speech::noted;

/// A team's timeline: that of its drill, with what was done and noted from outside in its place.
pub(super) fn of_team(
    group: &Group<'_>,
    teller: &Teller<'_>,
    team: TeamId,
    debrief: &Debrief,
    own: &[ItemOf],
) -> Vec<Mark> {
    let mut marks = debrief.timeline.clone();
    for mark in marks.iter_mut().filter(|mark| mark.lane == Lane::Decided) {
        // Decisions have the number that they have for all.
        let row = mark.label.parse::<usize>().ok().and_then(|number| own.get(number.checked_sub(1)?));
        mark.label = row.map_or_else(String::new, |of| group.number(*of).to_string());
    }
    let concerns = |to: Option<TeamId>| to.is_none_or(|to| to == team);
    marks.extend(outside(group, teller, concerns, concerns));
    in_order(marks)
}

/// The timeline of all who played alone: what reached them, and the trainer's clock.
pub(super) fn of_all(group: &Group<'_>, teller: &Teller<'_>) -> Vec<Mark> {
    let mut marks = arrivals(group, teller);
    if group.room.terms.way == Way::SideBySide {
        marks.extend(on_the_clock(group, teller));
    }
    // What was noted of one team is noted of one person here, and is for the trainer alone.
    marks.extend(outside(group, teller, |_| true, |team| team.is_none()));
    in_order(marks)
}

/// What the trainer's clock did to everybody, and when the last drill was over. What came of one person's
/// drill alone, such as more time that they were given, is theirs.
fn on_the_clock(group: &Group<'_>, teller: &Teller<'_>) -> Vec<Mark> {
    let Some(longest) = group.longest() else { return Vec::new() };
    let everybodys = |fact: &&Fact| {
        matches!(
            fact.what,
            What::Started { .. }
                | What::Paused(_)
                | What::Resumed
                | What::Fired(_)
                | What::Held(_)
                | What::Released(_)
                | What::Skipped(_)
        )
    };
    let facts: Vec<Fact> = longest.facts.iter().filter(everybodys).cloned().collect();
    let mut marks = timeline(teller, &longest.played, &facts, (&[], &[]));
    let over = |one: &One<'_>| one.played.ended.map(|(cause, _)| (cause, one.played.end));
    if group.drills.iter().all(|one| over(one).is_some()) {
        let alike = group.drills.iter().all(|one| over(one) == over(longest));
        let title = match over(longest).filter(|_| alike) {
            Some((cause, _)) => tr!("ENDEX, its end: {0}", ended_by(teller, cause)),
            None => tr!("ENDEX: the last of the drills was over"),
        };
        marks.push(mark(teller, longest.played.end, Lane::Clock, noted!("clock"), title));
    }
    marks
}

/// Each inject, when it first came, and how many it reached where that tells nobody's own way.
fn arrivals(group: &Group<'_>, teller: &Teller<'_>) -> Vec<Mark> {
    let mut reached: BTreeMap<InjectId, (SimTime, Vec<TeamId>)> = BTreeMap::new();
    for one in &group.drills {
        for came in &one.played.delivered {
            let (first, teams) = reached.entry(came.what).or_insert((came.at, Vec::new()));
            *first = came.at.min(*first);
            if teams.last() != Some(&one.team) {
                teams.push(one.team);
            }
        }
    }
    let all = group.drills.len();
    let mut rows: Vec<(SimTime, InjectId, usize)> =
        reached.into_iter().map(|(inject, (first, teams))| (first, inject, teams.len())).collect();
    rows.retain(|(_, _, teams)| *teams == all || !group.few());
    rows.sort_unstable();
    let row = |(at, inject, teams): (SimTime, InjectId, usize)| {
        let (kind, title) = teller.message(teller.scenario.inject(inject));
        let title = match teams == all {
            true => title,
            false => tr!("{0}; it reached {1} of {2}", title, teams, all),
        };
        mark(teller, at, Lane::Reached, kind, title)
    };
    rows.into_iter().map(row).collect()
}

/// What the trainer sent, and what was noted.
fn outside(
    group: &Group<'_>,
    teller: &Teller<'_>,
    sent: impl Fn(Option<TeamId>) -> bool,
    seen: impl Fn(Option<TeamId>) -> bool,
) -> Vec<Mark> {
    let messages = group.room.messages.iter().filter(|message| sent(message.to.team));
    let mut marks: Vec<Mark> = messages.map(|message| of_message(teller, message)).collect();
    let noted = group.room.observations.iter().filter(|observation| seen(observation.team));
    marks.extend(noted.map(|observation| {
        let kind = noted!("observation");
        mark(teller, observation.at, Lane::Room, kind, clean(&observation.says))
    }));
    marks
}

/// Something that the trainer sent, as a line of a timeline.
pub(in crate::debrief) fn of_message(teller: &Teller<'_>, message: &Message) -> Mark {
    let (kind, title) = match (message.again, message.from.is_empty()) {
        (Some(inject), _) => {
            (noted!("trainer, sent once more"), teller.message(teller.scenario.inject(inject)).1)
        }
        (None, true) => (noted!("trainer's hint"), said(message)),
        (None, false) => (noted!("trainer's inject"), format!("{}: {}", clean(&message.from), said(message))),
    };
    mark(teller, message.at, Lane::Room, kind, title)
}

fn said(message: &Message) -> String {
    let says = super::super::render::plain(&message.says);
    match message.subject.trim() {
        "" => says,
        subject => clean(subject),
    }
}

fn mark(teller: &Teller<'_>, at: SimTime, lane: Lane, kind: &str, title: String) -> Mark {
    Mark {
        at: teller.moment(at),
        until: None,
        lane,
        label: String::new(),
        kind: kind.into(),
        title,
        standing: None,
        assistance: false,
    }
}

/// By moments; what was noted of a moment stands after what happened then.
pub(in crate::debrief) fn in_order(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_by_key(|mark| (mark.at.second, mark.lane == Lane::Room));
    marks
}
