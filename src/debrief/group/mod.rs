//! What we say about a whole room: every team and everybody together, and nobody by name.
//!
//! [`group()`] folds a room and the facts of its drills into a [`GroupDebrief`]: plain
//! data, as the debrief of one drill is. Teams are told each by its own drill, with
//! the debrief of one drill; where each played alone only sums are told. What fewer
//! than five people answered is not broken down, and nothing is a ranking.

mod after;
mod answers;
mod decisions;
mod drills;
mod model;
mod plan;
mod severity;
mod stages;
pub(super) mod story;

use std::collections::BTreeSet;

use super::build::otherwise::{Asked, Lines, explored};
use super::build::teller::Teller;
use super::build::{in_a_room, wash};
use super::model::{About, Debrief, Objective, Unexamined};
use super::otherwise::LineEnd;
use crate::engine::{Fact, Settings};
use crate::room::{Room, TeamId};
use crate::scenario::{EvidenceId, Scenario, SimTime, clean};
use crate::score::ItemOf;
pub use after::{Finding, GroupReflection, HotWash, PlanRow, Said};
use answers::count;
use drills::{Group, One};
pub use model::{
    Answers, Callers, Confusion, Decided, FEW, GroupAbout, GroupDebrief, GroupDecision, GroupGauge,
    GroupSheet, GroupStage, MANY, Share, StageMark, TeamEnd, TeamTold, TeamWhatIf, Test, UNIFIED,
};

/// For so many decisions of each team other choices are tried out: those that cost most.
const COSTLIEST: usize = 3;

/// What is said about what a room did; `drills` are the facts of its teams.
#[must_use]
pub fn group(
    scenario: &Scenario,
    room: &Room,
    drills: &[(TeamId, &[Fact])],
    about: &GroupAbout,
) -> GroupDebrief {
    let group = Group::of(scenario, room, drills);
    let teller = group.teller();
    let told = told(&group, about);
    let accounts = group.accounts();
    let (decisions, test) = decisions::decisions(&group, &teller, (&accounts, &told));
    let stages = stages::stages(&group, &decisions);
    let (best_line, worst_line) = lines(&told);
    let teams = if group.alone() { Vec::new() } else { teams(&group, &teller, &told) };
    let sheet = sheet(&group, &teller, about);
    GroupDebrief {
        opening: plan::opening(&sheet, &teams, &decisions, group.whole()),
        points: stages::points(&group),
        pass: scenario.pass,
        timeline: if group.alone() { story::of_all(&group, &teller) } else { Vec::new() },
        gauges: stages::gauges(&group, &teller, (best_line.as_ref(), worst_line.as_ref())),
        severity: severity::confusion(&group),
        unexamined: unexamined(&group, &teller),
        strengths: plan::strengths(&stages, &decisions),
        areas: plan::areas(&stages, &decisions),
        plan: plan::plan(&group, &teller, &decisions),
        hot_wash: plan::hot_wash(&group, &teller, about),
        reflections: plan::reflections(&group, &teller),
        objectives: objectives(&group, &teller),
        good: teller.fill(&scenario.wash.good),
        reading: scenario.wash.reading.iter().map(|id| teller.source(*id)).collect(),
        sheet,
        teams,
        decisions,
        stages,
        best_line,
        worst_line,
        test,
    }
}

/// The debriefs of single drills: of every team; where each played alone, of the two that earned most and least,
/// for the lines beside them.
fn told(group: &Group<'_>, about: &GroupAbout) -> Vec<(usize, Debrief)> {
    let earned = |row: &usize| group.drills[*row].score.decisions.earned;
    let ended = (0..group.drills.len()).filter(|row| group.drills[*row].played.ended.is_some());
    let rows: Vec<usize> = match group.alone() {
        false => (0..group.drills.len()).collect(),
        true => ended.clone().max_by_key(earned).into_iter().chain(ended.min_by_key(earned)).collect(),
    };
    let mut lines: Vec<(Settings, Lines)> = Vec::new();
    let mut told = Vec::new();
    for row in rows {
        let one = &group.drills[row];
        let Some(settings) = one.played.settings else { continue };
        // One's own time is no reason to look for the lines once more.
        let settings = Settings { factor: 100, ..settings };
        if !lines.iter().any(|(known, _)| *known == settings) {
            lines.push((settings, explored(group.scenario, settings, about.moves)));
        }
        let Some((_, lines)) = lines.iter().find(|(known, _)| *known == settings) else { continue };
        let items = if group.alone() { Vec::new() } else { costliest(one) };
        let about = of_drill(about);
        told.push((
            row,
            in_a_room(group.scenario, one.facts, &one.score, &about, &Asked::Some { items, lines }),
        ));
    }
    told
}

/// The decisions of a drill that cost most.
fn costliest(one: &One<'_>) -> Vec<ItemOf> {
    let lost = |item: &&crate::score::Item| item.tally.possible.0 - item.tally.earned.0;
    let mut items: Vec<&crate::score::Item> = one.score.items.iter().filter(|item| lost(item) > 0).collect();
    items.sort_by_key(|item| std::cmp::Reverse(lost(item)));
    items.iter().take(COSTLIEST).map(|item| item.of).collect()
}

/// What stands on the title page of one drill, of which a room shows nothing.
fn of_drill(about: &GroupAbout) -> About {
    About {
        drill: String::new(),
        head: String::new(),
        trainee: None,
        started: None,
        engine: about.engine.clone(),
        parent: None,
        moves: about.moves,
        answers: false,
    }
}

/// The best and the worst line that any of the drills knows of.
fn lines(told: &[(usize, Debrief)]) -> (Option<LineEnd>, Option<LineEnd>) {
    let all = || told.iter().filter_map(|(_, debrief)| debrief.otherwise.as_ref());
    let best = all().map(|otherwise| &otherwise.best).rev().max_by_key(|line| line.earned);
    let worst = all().map(|otherwise| &otherwise.worst).min_by_key(|line| line.earned);
    (best.cloned(), worst.cloned())
}

fn teams(group: &Group<'_>, teller: &Teller<'_>, told: &[(usize, Debrief)]) -> Vec<TeamTold> {
    let mut teams = Vec::new();
    for (row, debrief) in told {
        let one = &group.drills[*row];
        let own: Vec<ItemOf> = one.score.items.iter().map(|item| item.of).collect();
        teams.push(TeamTold {
            number: one.team.0,
            name: group.room.team(one.team).map(|team| clean(&team.name)).unwrap_or_default(),
            people: count(group.room.members_of(one.team).count()),
            ending: debrief.ending.clone(),
            passed: debrief.passed,
            points: debrief.points,
            endex: teller.moment(one.played.end),
            timeline: story::of_team(group, teller, one.team, debrief, &own),
            otherwise: what_ifs(group, debrief, &own),
            cut: debrief.otherwise.as_ref().is_some_and(|otherwise| otherwise.cut),
        });
    }
    teams
}

fn what_ifs(group: &Group<'_>, debrief: &Debrief, own: &[ItemOf]) -> Vec<TeamWhatIf> {
    let rows = debrief.decisions.iter().zip(own);
    let told = rows.filter_map(|(decision, of)| {
        let other = decision.matters()?;
        Some(TeamWhatIf {
            decision: group.number(*of),
            says: other.says.clone(),
            points: other.points,
            better: other.better,
        })
    });
    told.collect()
}

fn sheet(group: &Group<'_>, teller: &Teller<'_>, about: &GroupAbout) -> GroupSheet {
    let terms = &group.room.terms;
    let head = &group.scenario.head;
    let there = |member: &&crate::room::Member| member.presence != crate::room::Presence::Removed;
    GroupSheet {
        title: teller.fill(&head.title),
        language: head.language.clone(),
        organisation: teller.fill(&group.scenario.organisation.name),
        room: clean(&about.room),
        started: about.started.as_deref().map(clean),
        engine: clean(&about.engine),
        seed: terms.seed.to_string(),
        way: terms.way.word().into(),
        identity: terms.identity.word().into(),
        rehearsal: terms.rehearsal,
        people: count(group.room.members.iter().filter(there).count()),
        drills: count(group.drills.len()),
        ended: count(group.drills.iter().filter(|one| one.played.ended.is_some()).count()),
        few: group.few(),
        day: teller.calendar.date(SimTime::ZERO),
        head: clean(&about.head),
        entries: about.entries,
    }
}

fn objectives(group: &Group<'_>, teller: &Teller<'_>) -> Vec<Objective> {
    let objectives = group.scenario.head.objectives.iter();
    objectives
        .map(|objective| Objective {
            says: teller.line(&objective.says),
            stage: objective.stage.label().into(),
        })
        .collect()
}

/// Evidence that was there in some drill and that nobody examined in any.
fn unexamined(group: &Group<'_>, teller: &Teller<'_>) -> Vec<Unexamined> {
    if group.few() {
        return Vec::new();
    }
    let looked = group.drills.iter().flat_map(|one| &one.played.examined);
    let looked: BTreeSet<EvidenceId> = looked.map(|look| look.what).collect();
    let title = |id: &EvidenceId| teller.fill(&teller.scenario.artefact(*id).title);
    let examined: BTreeSet<String> = looked.iter().map(title).collect();
    let mut missed: Vec<Unexamined> = Vec::new();
    for one in &group.drills {
        for mut thing in wash::unexamined(teller, &one.played, &one.score) {
            let of =
                |number: &u16| one.score.items.get(usize::from(*number).checked_sub(1)?).map(|item| item.of);
            thing.decisions = thing.decisions.iter().filter_map(of).map(|of| group.number(of)).collect();
            match missed.iter_mut().find(|known| known.title == thing.title) {
                Some(known) if thing.since.second < known.since.second => *known = thing,
                Some(_) => {}
                None => missed.push(thing),
            }
        }
    }
    missed.retain(|thing| !examined.contains(&thing.title));
    missed
}
