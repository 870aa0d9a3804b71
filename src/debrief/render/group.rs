//! A group debrief as a page for the browser and for the wiki: how it begins, and in which order it goes on.

use std::fmt;

use tr::tr;

use super::super::group::GroupDebrief;
use super::super::picture::{confusion, stages};
use super::super::words::{coefficient, percent, points, short};
use super::group_decisions::decisions;
use super::group_sections::{self as sections, as_stages, severity_finding};
use super::html::{self, Pictures};
use super::markdown;
use super::page::{Page, Pair};
use super::sections::{further_reading, good_of};
use super::terminal::{self, Screen};
use crate::room::Way;
use crate::scenario::said_date;

/// Writes the group debrief as an HTML page.
///
/// # Errors
/// When the writer fails.
pub fn group_html(debrief: &GroupDebrief, out: &mut impl fmt::Write) -> fmt::Result {
    let kind = [tr!("Group debrief"), tr!("Skip to the debrief")];
    html::set(kind, &page(debrief), pictures(debrief), out)
}

/// Writes the group debrief as Markdown.
///
/// # Errors
/// When the writer fails.
pub fn group_markdown(debrief: &GroupDebrief, out: &mut impl fmt::Write) -> fmt::Result {
    markdown::set(&page(debrief), out)
}

/// Writes the group debrief for a terminal.
///
/// # Errors
/// When the writer fails.
pub fn group_terminal(debrief: &GroupDebrief, screen: Screen, out: &mut impl fmt::Write) -> fmt::Result {
    terminal::set(&page(debrief), screen, out)
}

fn page(debrief: &GroupDebrief) -> Page {
    let sheet = &debrief.sheet;
    let all = [
        sections::happened(debrief),
        sections::gauges(debrief),
        sections::stages(debrief),
        decisions(debrief),
        sections::severity(debrief),
        sections::test(debrief),
        sections::otherwise(debrief),
        sections::unexamined(debrief),
        sections::findings(debrief),
        sections::hot_wash(debrief),
        good_of(&debrief.good, &debrief.objectives),
        sections::plan(debrief),
        further_reading(&debrief.reading),
        sections::method(debrief),
        sections::entries(debrief),
    ];
    Page {
        glance: glance(debrief),
        sections: all.into_iter().flatten().collect(),
        ..Page::new(&sheet.title, &sheet.language, exercise(debrief), lede(debrief))
    }
}

fn pictures(debrief: &GroupDebrief) -> Pictures {
    let mut pictures = Pictures::from([("stages", stages(&as_stages(debrief)))]);
    if let Some(told) = &debrief.severity {
        pictures.insert("severity", confusion(told, &severity_finding(told)));
    }
    pictures
}

/// How it was run.
pub(super) fn way(debrief: &GroupDebrief) -> Option<Way> {
    Way::ALL.into_iter().find(|way| way.word() == debrief.sheet.way)
}

/// Whether each played a drill of their own.
pub(super) fn alone(debrief: &GroupDebrief) -> bool {
    way(debrief).is_some_and(Way::alone)
}

/// What stands beside EXERCISE.
fn exercise(debrief: &GroupDebrief) -> Vec<String> {
    let sheet = &debrief.sheet;
    let mut line = vec![tr!("EXERCISE")];
    if sheet.rehearsal {
        line.push(tr!("REHEARSAL with simulated trainees"));
    }
    line.extend([sheet.organisation.clone(), way(debrief).map(Way::label).unwrap_or_default()]);
    line.push(tr!("1 person" | "{n} people" % sheet.people as usize));
    line.push(match alone(debrief) {
        true => tr!("1 drill" | "{n} drills" % sheet.drills as usize),
        false => tr!("1 team" | "{n} teams" % sheet.drills as usize),
    });
    line.push(sheet.day.clone());
    line.push(tr!("seed {}", sheet.seed));
    if !sheet.room.is_empty() {
        line.push(tr!("room {}", short(&sheet.room)));
    }
    line.extend(sheet.started.as_ref().map(|started| tr!("played" => "on {}", said_date(started))));
    line.retain(|part| !part.is_empty());
    line
}

/// The three sentences; before them, where nobody was judged, that nobody was.
fn lede(debrief: &GroupDebrief) -> Vec<String> {
    let opening = &debrief.opening;
    let mut lede = vec![opening.happened.clone(), opening.best.clone(), opening.change.clone()];
    if debrief.sheet.rehearsal {
        let simulated = tr!(
            "A rehearsal: simulated trainees filled this room, so nothing below is anybody's own practice."
        );
        lede.insert(0, simulated);
    }
    lede
}

fn glance(debrief: &GroupDebrief) -> Vec<Pair> {
    let mut pairs = Vec::new();
    if let Some(sum) = debrief.points {
        let share = sum.percent.map_or_else(|| tr!("not scored"), percent);
        let of = tr!("{0} of {1}, over all drills", points(sum.earned), points(sum.possible));
        pairs.push(Pair::new(&tr!("Decisions"), share, of));
    }
    if !debrief.teams.is_empty() {
        let passed = debrief.teams.iter().filter(|team| team.passed).count();
        let broken_off =
            debrief.teams.iter().any(|team| team.ending.as_ref().is_some_and(|end| end.broken_off));
        let mark = match broken_off {
            true => tr!(
                "pass mark {}; a drill that was ended early is broken off, and not passed",
                percent(debrief.pass)
            ),
            false => tr!("pass mark {}", percent(debrief.pass)),
        };
        pairs.push(Pair::new(
            &tr!("Teams that passed"),
            tr!("{0} of {1}", passed, debrief.teams.len()),
            mark,
        ));
    }
    let minds: Vec<bool> = debrief.decisions.iter().filter_map(|d| d.answers.unified).collect();
    if !minds.is_empty() {
        let unified = minds.iter().filter(|unified| **unified).count();
        let says = tr!("{0} of {1}", unified, minds.len());
        pairs.push(Pair::new(&tr!("Of one mind"), says, tr!("questions with 60 % agreement or more")));
    }
    if let Some(kappa) = debrief.severity.as_ref().and_then(|told| told.kappa) {
        let note = tr!("weighted kappa: 1 is always as it was, 0 is chance");
        pairs.push(Pair::new(&tr!("Severity"), coefficient(kappa), note));
    }
    let ended = tr!("{0} of {1} came to ENDEX", debrief.sheet.ended, debrief.sheet.drills);
    let drills = if alone(debrief) { tr!("Drills") } else { tr!("Teams") };
    pairs.push(Pair::new(&drills, debrief.sheet.drills.to_string(), ended));
    pairs
}
