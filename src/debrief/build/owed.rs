//! Spreads and duties, from the facts about them to what is said.

use tr::tr;

use super::super::model::{Moment, Source};
use super::super::owed::{Duty, Fate, Spread, Stands};
use super::super::words;
use super::teller::Teller;
use crate::engine::{DutyStep, Fact, SpreadStep, What};
use crate::scenario::{self, DutyId, SimTime, SpreadId, clean};
use crate::speech::label;

pub(super) fn spreads(teller: &Teller<'_>, facts: &[Fact]) -> Vec<Spread> {
    let all = teller.scenario.spreads.iter().enumerate();
    all.filter_map(|(row, spread)| one_spread(teller, facts, SpreadId::of(row), spread)).collect()
}

/// `None` where it is not part of this drill.
fn one_spread(
    teller: &Teller<'_>,
    facts: &[Fact],
    id: SpreadId,
    spread: &scenario::Spread,
) -> Option<Spread> {
    let mut told = Spread {
        name: spread.name.to_string(),
        label: teller.line(&spread.label),
        began: None,
        steps: Vec::new(),
        waited: 0,
        until: None,
        fate: Fate::NeverBegan,
        by: String::new(),
    };
    for (row, fact) in facts.iter().enumerate() {
        let What::Spread { spread, step } = &fact.what else { continue };
        if *spread != id {
            continue;
        }
        let at = teller.moment(fact.at);
        match step {
            SpreadStep::LeftOut => return None,
            SpreadStep::Began { .. } => (told.began, told.fate) = (Some(at), Fate::WentOn),
            SpreadStep::Went { due } => {
                told.steps.push(at.clone());
                if due.is_none() {
                    (told.until, told.fate) = (Some(at), Fate::Spent);
                }
            }
            SpreadStep::Waited { due } => {
                told.waited += 1;
                if due.is_none() {
                    (told.until, told.fate) = (Some(at), Fate::Spent);
                }
            }
            SpreadStep::Contained => {
                told.fate = if told.began.is_some() { Fate::Contained } else { Fate::Prevented };
                (told.until, told.by) = (Some(at), cause(teller, facts, row));
            }
        }
    }
    Some(told)
}

/// What at the same moment came last before the fact at `row` and is somebody's doing.
fn cause(teller: &Teller<'_>, facts: &[Fact], row: usize) -> String {
    let at = facts[row].at;
    let before = facts[..row].iter().rev().take_while(|fact| fact.at == at);
    let scenario = teller.scenario;
    let cause = before.into_iter().find_map(|fact| {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "nothing else is a cause that people know by a name"
        )]
        match &fact.what {
            What::Answered { question, answer, .. } => {
                let question = scenario.question(*question);
                let chosen: Vec<_> = answer.choices().iter().collect();
                Some(match chosen[..] {
                    [only] => tr!("“{0}”", words::inner(&teller.line(&question.choice(only).says))),
                    _ => tr!("the answer to “{0}”", words::inner(&teller.asked(&question.says))),
                })
            }
            What::Did(action) => {
                Some(tr!("“{0}”", words::inner(&teller.line(&scenario.action(*action).label))))
            }
            What::Examined(evidence) => {
                Some(tr!("examining “{0}”", words::inner(&teller.line(&scenario.artefact(*evidence).title))))
            }
            What::Lapsed(question) => {
                Some(tr!("silence on “{0}”", words::inner(&teller.asked(&scenario.question(*question).says))))
            }
            What::Delivered(inject) => {
                Some(tr!("“{0}”", words::inner(&teller.message(scenario.inject(*inject)).1)))
            }
            _ => None,
        }
    });
    cause.map_or_else(|| tr!("the clock"), |words| clean(&words))
}

pub(super) fn duties(teller: &Teller<'_>, facts: &[Fact], ended: bool) -> Vec<Duty> {
    let all = teller.scenario.duties.iter().enumerate();
    all.filter_map(|(row, duty)| one_duty(teller, facts, ended, DutyId::of(row), duty)).collect()
}

/// `None` where nothing happened about it.
fn one_duty(
    teller: &Teller<'_>,
    facts: &[Fact],
    ended: bool,
    id: DutyId,
    duty: &scenario::Duty,
) -> Option<Duty> {
    let (mut started, mut declared, mut met, mut missed) = (None, None, None, false);
    for fact in facts {
        let What::Duty { duty, step } = &fact.what else { continue };
        match step {
            _ if *duty != id => {}
            DutyStep::Started { due } => started = Some((fact.at, *due)),
            DutyStep::Declared { .. } => declared = Some(fact.at),
            DutyStep::Met => met = Some(fact.at),
            DutyStep::Missed => missed = true,
        }
    }
    if started.is_none() && declared.is_none() {
        return None;
    }
    let stands = match (started, met) {
        (None, _) => Stands::NeverStarted,
        (Some(_), Some(_)) if missed => Stands::Late,
        (Some(_), Some(_)) => Stands::Met,
        (Some(_), None) if missed => Stands::Missed,
        (Some((_, due)), None) if ended && due <= facts.last().map_or(SimTime::ZERO, |f| f.at) => {
            Stands::Missed
        }
        (Some(_), None) => Stands::Open,
    };
    let moment = |at: Option<SimTime>| at.map(|at| teller.moment(at));
    Some(Duty {
        name: duty.name.to_string(),
        label: teller.line(&duty.called()),
        regime: duty.regime.map(|regime| regime.key.clone()),
        to: teller.line(&duty.owed_to()),
        rule: teller.line(&duty.article()),
        deadline: duty.deadline.words(),
        started: moment(started.map(|(at, _)| at)),
        due: started.map(|(_, due)| by_day(teller, due)),
        declared: moment(declared),
        met: moment(met),
        stands,
        why: teller.fill(&duty.why),
        sources: sources(teller, duty),
        uncertain: duty.regime.map(|regime| label(&regime.uncertain)).unwrap_or_default(),
    })
}

/// A deadline says its day, for it seldom is the day of the drill.
fn by_day(teller: &Teller<'_>, at: SimTime) -> Moment {
    Moment { second: at.0, clock: teller.calendar.day_and_clock(at) }
}

/// The script's own source, and the one that the catalogue's record was compared with.
pub(super) fn sources(teller: &Teller<'_>, duty: &scenario::Duty) -> Vec<Source> {
    let own = duty.source.map(|id| teller.source(id));
    let catalogue = duty.regime.map(|regime| Source {
        title: label(&regime.source),
        address: regime.address.clone(),
        read: regime.checked.clone(),
    });
    own.into_iter().chain(catalogue).collect()
}
