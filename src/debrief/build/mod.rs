//! From scenario, facts and score to a [`Debrief`]: plain data in words and exact numbers.
//!
//! `played` sorts the facts once; `decisions` says what was known, chosen and
//! best at each decided moment; `story` is the timeline; `world` what became of
//! gauges and stages and what could be known; `wash` what is talked about
//! afterwards; `opening` the three sentences. Nothing here rounds or lays out.

pub(super) mod answers;
pub(super) mod decisions;
mod known;
mod member;
pub(super) mod opening;
pub(super) mod otherwise;
mod owed;
mod pairs;
pub(super) mod played;
pub(super) mod story;
pub(super) mod teller;
pub(super) mod wash;
pub(super) mod world;

use tr::tr;

use super::model::{About, Debrief, Ended, Objective, Retry, Sheet, Sum};
use super::words::{at, length};
use crate::engine::{EndCause, Fact};
use crate::scenario::{Scenario, SimTime, clean};
use crate::score::{Score, Tally};
pub use member::of_member;
use otherwise::Asked;
pub use otherwise::would;
use played::Played;
use teller::Teller;
pub use teller::impact;

/// What is said about a drill.
#[must_use]
pub fn build(scenario: &Scenario, facts: &[Fact], score: &Score, about: &About) -> Debrief {
    let played = Played::of(scenario, facts);
    let teller = Teller::new(scenario, &played);
    told(&teller, &played, facts, score, (about, &Asked::All { moves: about.moves }))
}

/// What is said about the drill of a team, told to its room.
pub(super) fn in_a_room(
    scenario: &Scenario,
    facts: &[Fact],
    score: &Score,
    about: &About,
    asked: &Asked<'_>,
) -> Debrief {
    let played = Played::of(scenario, facts);
    let teller = Teller::new(scenario, &played).in_a_room();
    told(&teller, &played, facts, score, (about, asked))
}

fn told(
    teller: &Teller<'_>,
    played: &Played<'_>,
    facts: &[Fact],
    score: &Score,
    (about, asked): (&About, &Asked<'_>),
) -> Debrief {
    let scenario = teller.scenario;
    let mut decisions = decisions::decisions(teller, played, score);
    let otherwise = otherwise::otherwise(teller, facts, score, &mut decisions, asked);
    let gauges = world::gauges(teller, played);
    let ending = ended(teller, played);
    let passed = ending.as_ref().is_some_and(|e| !e.broken_off)
        && score.decisions.percent().is_none_or(|percent| percent >= scenario.pass);
    let head = &scenario.head;
    let spreads = owed::spreads(teller, facts);
    Debrief {
        sheet: sheet(teller, played, facts, about),
        opening: opening::opening(teller, played, ending.as_ref(), &gauges, (&decisions, otherwise.as_ref())),
        points: sum(score.decisions),
        pass: scenario.pass,
        passed,
        timeline: story::timeline(teller, played, facts, (&decisions, &spreads)),
        duties: owed::duties(teller, facts, played.ended.is_some()),
        spreads,
        stages: world::stages(score),
        unexamined: wash::unexamined(teller, played, score),
        record: wash::record(teller, played),
        truth: world::truth(teller, played),
        calibration: world::calibration(score, &decisions),
        reflections: wash::reflections(teller, played),
        objectives: head
            .objectives
            .iter()
            .map(|o| Objective { says: teller.line(&o.says), stage: o.stage.label().into() })
            .collect(),
        hot_wash: scenario.wash.questions.iter().map(|q| teller.line(q)).collect(),
        good: teller.fill(&scenario.wash.good),
        improvements: scenario
            .wash
            .improvements
            .iter()
            .map(|i| Objective { says: teller.line(&i.says), stage: i.stage.label().into() })
            .collect(),
        reading: scenario.wash.reading.iter().map(|id| teller.source(*id)).collect(),
        otherwise,
        part: None,
        ending,
        gauges,
        decisions,
    }
}

fn sheet(teller: &Teller<'_>, played: &Played<'_>, facts: &[Fact], about: &About) -> Sheet {
    let head = &teller.scenario.head;
    let settings = played.settings;
    Sheet {
        title: teller.fill(&head.title),
        language: head.language.clone(),
        organisation: teller.fill(&teller.scenario.organisation.name),
        drill: clean(&about.drill),
        trainee: about.trainee.as_deref().map(clean),
        started: about.started.as_deref().map(clean),
        engine: clean(&about.engine),
        seed: settings.map_or(String::new(), |s| s.seed.0.to_string()),
        untimed: settings.is_some_and(|s| s.untimed),
        factor: settings.map_or(100, |s| s.factor),
        day: teller.calendar.date(SimTime::ZERO),
        startex: teller.moment(SimTime::ZERO),
        endex: teller.moment(played.end),
        facts: facts.len() as u64,
        head: clean(&about.head),
        folder: None,
        retry: about.parent.as_ref().map(|(drill, copied)| {
            let last = usize::try_from(*copied).ok().and_then(|n| facts.get(n.checked_sub(1)?));
            let from = teller.moment(last.map_or(SimTime::ZERO, |fact| fact.at));
            Retry { drill: clean(drill), facts: *copied, from }
        }),
        answers_file: about.answers,
    }
}

fn ended(teller: &Teller<'_>, played: &Played<'_>) -> Option<Ended> {
    let (cause, ending) = played.ended?;
    if cause == EndCause::Asked {
        return Some(broken_off(teller, played));
    }
    let ending = &teller.scenario.endings[ending.at()];
    Some(Ended {
        title: teller.fill(&ending.title),
        says: teller.fill(&ending.says),
        good: ending.good,
        cause: ended_by(teller, cause),
        broken_off: false,
    })
}

/// Where the trainee ended the drill the script's ending is not told: it has not come.
fn broken_off(teller: &Teller<'_>, played: &Played<'_>) -> Ended {
    let (done, whole) = (length(played.end.0), length(teller.scenario.clock.length.0));
    let at = at(&teller.moment(played.end));
    let says = match teller.room {
        true => tr!(
            "The exercise was ended {at}, after {done} of {whole} at most. What would have come of it was not \
             played, so none of the script's endings applies. The points below are those of what had been settled \
             by then.",
            at,
            done,
            whole
        ),
        false => tr!(
            "You ended the drill {at}, after {done} of {whole} at most. What would have come of it was not \
             played, so none of the script's endings applies. The points below are those of what had been settled \
             by then: what you could still have answered or done counts neither for nor against you. The drill \
             does not count as passed.",
            at,
            done,
            whole
        ),
    };
    Ended {
        title: tr!("The story was broken off"),
        says,
        good: false,
        cause: ended_by(teller, EndCause::Asked),
        broken_off: true,
    }
}

/// What brought ENDEX.
pub(super) fn ended_by(teller: &Teller<'_>, cause: EndCause) -> String {
    match cause {
        EndCause::Time => tr!("the time was up"),
        EndCause::Story => tr!("the story came to its end"),
        EndCause::Asked if teller.room => tr!("the trainer ended the exercise"),
        EndCause::Asked => tr!("you ended the drill"),
    }
}

pub(super) fn sum(tally: Tally) -> Sum {
    Sum { earned: tally.earned.0, possible: tally.possible.0, percent: tally.percent() }
}
