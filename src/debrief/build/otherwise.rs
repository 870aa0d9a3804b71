//! What could have been, in words: what-ifs decision by decision, and the lines at both ends.

use tr::tr;

use super::super::decision::Decision;
use super::super::happened::Step;
use super::super::otherwise::{Course, Drawn, LineEnd, Other, Otherwise, Would, WouldRead};
use super::super::words::{self, quoted};
use super::answers;
use super::opening::{dearest, grave};
use super::played::Played;
use super::teller::Teller;
use crate::engine::{Answer, EndCause, Fact, Settings, What};
use crate::scenario::{ActionId, Ask, EndingId, GaugeId, QuestionId, Scenario};
use crate::score::{ItemOf, Points, Score};
use crate::solve::{Bounds, Difference, Fork, Goal, Instead, Progress, Turn, WhatIf, explore};

/// States that a debrief keeps while it looks for the best and the worst line.
const STATES: usize = 100_000;

/// What is asked for: everything, or, where many drills are told at once, a part of it.
pub(in crate::debrief) enum Asked<'l> {
    /// Every decision, and the lines.
    All {
        /// How many moves may be spent on finding the lines.
        moves: u64,
    },
    /// These decisions only, and lines that are known.
    Some {
        /// The decisions.
        items: Vec<ItemOf>,
        /// The lines.
        lines: &'l Lines,
    },
}

/// The best and the worst line that exploration found, with what each earns.
#[derive(Clone)]
pub(in crate::debrief) struct Lines {
    best: (i64, Vec<Fact>),
    worst: (i64, Vec<Fact>),
    best_proved: bool,
    worst_proved: bool,
}

/// Looks for the best and the worst line of drills with these settings.
pub(in crate::debrief) fn explored(scenario: &Scenario, settings: Settings, moves: u64) -> Lines {
    let bounds = Bounds { states: STATES };
    let mut keep_on = |progress: Progress| progress.transitions < moves;
    let explored = explore(scenario, settings, Goal::Points, bounds, &mut keep_on);
    let played = |rated: &crate::solve::Rated| (rated.earned.0, rated.line.play(scenario).0);
    let proved = explored.cut.is_none();
    Lines {
        best: played(&explored.best),
        worst: played(&explored.worst),
        best_proved: proved && explored.best.proved(),
        worst_proved: proved && explored.worst.proved(),
    }
}

/// Puts into each decision what would have been, and says what lines there are. None before ENDEX.
pub(in crate::debrief) fn otherwise(
    teller: &Teller<'_>,
    facts: &[Fact],
    score: &Score,
    decisions: &mut [Decision],
    asked: &Asked<'_>,
) -> Option<Otherwise> {
    let drill = WhatIf::of(teller.scenario, facts)?;
    let all = match asked {
        Asked::All { .. } => drill.all(),
        Asked::Some { items, .. } => drill.among(|turn| items.contains(&item_of(turn))),
    };
    let mut best: Vec<Option<(Fork, Difference)>> = vec![None; decisions.len()];
    let mut told = vec![Vec::new(); decisions.len()];
    for (turn, others) in all.turns {
        let Some(row) = score.items.iter().position(|item| item.of == item_of(turn)) else { continue };
        for other in others {
            let rank = |difference: &Difference| difference.rank(teller.scenario);
            let worth = |difference: &Difference| drawable(teller.scenario, difference);
            if best[row].as_ref().is_none_or(|(_, so_far)| worth(&other.difference) > worth(so_far)) {
                best[row] = Some((other.fork.clone(), other.difference.clone()));
            }
            told[row].push((rank(&other.difference), other_of(teller, &other.fork, &other.difference)));
        }
    }
    for (decision, mut others) in decisions.iter_mut().zip(told) {
        others.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        decision.otherwise = others.into_iter().map(|(_, other)| other).collect();
    }
    let best = drawn(teller.scenario, best, decisions);
    let drawn = best.as_ref().map(|(row, fork, difference)| Drawn {
        decision: decisions[*row].number,
        says: other_of(teller, fork, difference).says,
        gauges: courses(teller, &drill.play(fork)),
    });
    let found = best.map(|(_, fork, difference)| (difference.earned.0, drill.play(&fork)));
    let own = (score.decisions.earned.0, facts);
    let (best, worst) = match asked {
        Asked::All { moves } => {
            lines(teller, explored(teller.scenario, drill.settings(), *moves), own, found)
        }
        Asked::Some { lines: known, .. } => lines(teller, (*known).clone(), own, found),
    };
    Some(Otherwise { best, worst, drawn, cut: all.cut })
}

/// Of the best change of each decision the one that is drawn: of what did harm or was sure and wrong,
/// for the opening speaks of that; else the best of all. None if none is better than what was.
fn drawn(
    scenario: &Scenario,
    best: Vec<Option<(Fork, Difference)>>,
    decisions: &[Decision],
) -> Option<(usize, Fork, Difference)> {
    let better: Vec<_> = best
        .into_iter()
        .enumerate()
        .filter_map(|(row, best)| best.map(|(fork, difference)| (row, fork, difference)))
        .filter(|(_, _, difference)| difference.better(scenario))
        .collect();
    let grave = dearest(decisions).filter(|decision| grave(decision)).map(|decision| decision.number);
    let named = better.iter().position(|(row, ..)| Some(decisions[*row].number) == grave);
    let worth = |(_, _, difference): &(usize, Fork, Difference)| drawable(scenario, difference);
    match named {
        Some(at) => better.into_iter().nth(at),
        None => better.into_iter().rev().max_by_key(worth),
    }
}

/// What would have come of one change, in words.
#[must_use]
pub fn would(scenario: &Scenario, facts: &[Fact], fork: &Fork, difference: &Difference) -> Other {
    let played = Played::of(scenario, facts);
    other_of(&Teller::new(scenario, &played), fork, difference)
}

/// The best and the worst line. Where exploration was cut the best that was found counts, the
/// trainee's own among it.
fn lines(
    teller: &Teller<'_>,
    found_out: Lines,
    (own, facts): (i64, &[Fact]),
    found: Option<(i64, Vec<Fact>)>,
) -> (LineEnd, LineEnd) {
    let Lines { best, worst, best_proved, worst_proved } = found_out;
    let (mut best, mut worst) = (vec![best], vec![worst]);
    if !best_proved {
        best.extend(found);
        best.push((own, facts.to_vec()));
    }
    if !worst_proved {
        worst.push((own, facts.to_vec()));
    }
    let best = best.into_iter().rev().max_by_key(|(earned, _)| *earned).unwrap_or_default();
    let worst = worst.into_iter().min_by_key(|(earned, _)| *earned).unwrap_or_default();
    (line(teller, best, best_proved), line(teller, worst, worst_proved))
}

fn line(teller: &Teller<'_>, (earned, facts): (i64, Vec<Fact>), proved: bool) -> LineEnd {
    let ended = |fact: &Fact| if let What::Ended { ending, .. } = fact.what { Some(ending) } else { None };
    let ending = facts.iter().rev().find_map(ended).map(|id| &teller.scenario.endings[id.at()]);
    LineEnd {
        earned,
        proved,
        ending: ending.map_or(String::new(), |ending| teller.line(&ending.title)),
        good: ending.is_some_and(|ending| ending.good),
        gauges: courses(teller, &facts),
    }
}

/// Every gauge along a line.
fn courses(teller: &Teller<'_>, facts: &[Fact]) -> Vec<Course> {
    let rows = teller.scenario.gauges.iter().enumerate();
    let course = |(row, gauge): (usize, &crate::scenario::Gauge)| {
        let mut steps: Vec<Step> = Vec::new();
        for fact in facts {
            if let What::Moved { gauge, reads } = fact.what
                && gauge == GaugeId::of(row)
            {
                steps.pop_if(|last| last.at.second == fact.at.0);
                steps.push(Step { at: teller.moment(fact.at), reads });
            }
        }
        Course {
            name: gauge.name.to_string(),
            end: steps.last().map_or(gauge.start, |last| last.reads),
            steps,
        }
    };
    rows.map(course).collect()
}

const fn item_of(turn: Turn) -> ItemOf {
    match turn {
        Turn::Answered(id) | Turn::Revised(id, _) | Turn::Stood(id) | Turn::Silent(id) => {
            ItemOf::Question(id)
        }
        Turn::Did(id, _) | Turn::Left(id) => ItemOf::Action(id),
    }
}

/// What a picture shows best: something better for the world, then what earns most.
fn drawable(scenario: &Scenario, difference: &Difference) -> (bool, Points, i64) {
    let (_, points, world) = difference.rank(scenario);
    (points.0 >= 0 && world > 0, points, world)
}

fn other_of(teller: &Teller<'_>, fork: &Fork, difference: &Difference) -> Other {
    let at = teller.moment(fork.at);
    let (choice, had) = choice(teller, fork, &words::at(&at));
    let asked = |ids: &[QuestionId]| -> Vec<String> {
        ids.iter().map(|id| teller.asked(&teller.scenario.question(*id).says)).collect()
    };
    let mut other = Other {
        choice,
        says: String::new(),
        points: difference.points.0,
        alike: difference.alike.0,
        ending: difference.ending.map(|ending| ended(teller, ending)),
        gauges: readings(teller, difference),
        asked: asked(&difference.asked),
        never: asked(&difference.never),
        better: difference.better(teller.scenario),
        at,
    };
    other.says = other.sentence(&had);
    other
}

fn ended(teller: &Teller<'_>, (cause, ending): (EndCause, EndingId)) -> Would {
    let ending = &teller.scenario.endings[ending.at()];
    match cause {
        EndCause::Asked => Would { title: tr!("The story was broken off"), good: false },
        EndCause::Time | EndCause::Story => Would { title: teller.line(&ending.title), good: ending.good },
    }
}

/// Gauges that trainees saw first, then what moved farthest on its own scale.
fn readings(teller: &Teller<'_>, difference: &Difference) -> Vec<WouldRead> {
    let mut rows = difference.gauges.clone();
    rows.sort_by_key(|(id, was, would)| {
        let gauge = teller.scenario.gauge(*id);
        let scale = was.abs().max(would.abs()).max(1);
        (gauge.hidden, -((was - would).abs().saturating_mul(1_000) / scale), *id)
    });
    let read = |(id, was, would): &(GaugeId, i64, i64)| {
        let gauge = teller.scenario.gauge(*id);
        WouldRead {
            name: gauge.name.to_string(),
            label: teller.fill(&gauge.label),
            unit: teller.fill(&gauge.unit),
            was: *was,
            would: *would,
        }
    };
    rows.iter().map(read).collect()
}

/// What is done instead, as a choice and as the beginning of a sentence; `at` says when.
fn choice(teller: &Teller<'_>, fork: &Fork, at: &str) -> (String, String) {
    let label = |id: ActionId| quoted(teller.line(&teller.scenario.action(id).label).trim_end_matches('.'));
    match (fork.turn, &fork.instead) {
        (Turn::Answered(id) | Turn::Silent(id), Instead::Answer(answer)) => {
            let says = answered(teller, id, answer);
            match fork.stands && for_now(teller, id, answer) {
                true => (
                    tr!("{0}, and left at that", says),
                    tr!("Had you called it {says} {at} and left it at that", says, at),
                ),
                false => (says.clone(), had(teller, id, answer, (&says, at))),
            }
        }
        (Turn::Revised(id, _) | Turn::Stood(id), Instead::Answer(answer)) => {
            let says = answered(teller, id, answer);
            (tr!("revised to {0}", says), tr!("Had you revised your call to {says} {at}", says, at))
        }
        (Turn::Revised(..), _) => (tr!("no revision"), tr!("Had you not revised your call {at}", at)),
        (Turn::Did(id, _) | Turn::Left(id), Instead::Leave | Instead::Silence) => {
            (tr!("not done"), tr!("Had you not begun {what} {at}", what = label(id), at))
        }
        (Turn::Did(id, _) | Turn::Left(id), Instead::Do | Instead::Answer(_)) => {
            (tr!("done"), tr!("Had you begun {what} {at}", what = label(id), at))
        }
        (Turn::Answered(_) | Turn::Silent(_) | Turn::Stood(_), _) => {
            (tr!("no answer"), tr!("Had you not answered {at}", at))
        }
    }
}

/// Whether an answer is right for a while at most: who says it and nothing more is wrong in the end.
fn for_now(teller: &Teller<'_>, id: QuestionId, answer: &Answer) -> bool {
    let revisable = matches!(&teller.scenario.question(id).ask, Ask::Categorize(spec) if spec.revisable);
    revisable && matches!(answer, Answer::Category(category) if category.too_early)
}

fn had(teller: &Teller<'_>, id: QuestionId, answer: &Answer, (says, at): (&str, &str)) -> String {
    match (answer, &teller.scenario.question(id).ask) {
        (Answer::Number(_) | Answer::Text(_), _) => tr!("Had you said {says} {at}", says, at),
        (Answer::Category(_), _) => tr!("Had you called it {says} {at}", says, at),
        (Answer::Order(_), Ask::Record { .. }) => tr!("Had you recorded {says} {at}", says, at),
        (Answer::Order(_), _) => tr!("Had you put in order {says} {at}", says, at),
        (Answer::Pairs(_), Ask::Notify(_)) => tr!("Had you told {says} {at}", says, at),
        (Answer::Pairs(_), _) => tr!("Had you given {says} {at}", says, at),
        (Answer::One(_) | Answer::Several(_), _) => tr!("Had you chosen {says} {at}", says, at),
    }
}

fn answered(teller: &Teller<'_>, id: QuestionId, answer: &Answer) -> String {
    let question = teller.scenario.question(id);
    let picks = answers::chosen(teller, question, answer);
    let says: Vec<String> = picks
        .iter()
        .map(|pick| super::super::render::plain(&pick.says))
        .map(|says| match answer {
            Answer::Number(_) | Answer::Category(_) | Answer::Text(_) | Answer::Pairs(_) => says,
            Answer::Several(set) if set.is_empty() => says,
            Answer::One(_) | Answer::Several(_) | Answer::Order(_) => quoted(says.trim_end_matches('.')),
        })
        .collect();
    says.join(", ")
}
