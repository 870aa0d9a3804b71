//! What a drill earned: a fold over facts. Pure: the same facts, the same score.
//!
//! In go a scenario and the facts of one drill, out comes a [`Score`], in which
//! every number keeps the arithmetic that made it. Integers only. A rule is one
//! file with pure functions of small numbers (`choice`, `order`, `pairs`,
//! `estimate`, `categorization`, `timing`, `calibration`, `stages`); `played` sorts the
//! facts, `question` and `action` say which rule applies, `item` weighs. For who adds up
//! many drills, [`tally()`] applies the same rules and says nothing (`worth`), and the
//! [`Ledger`] applies them fact by fact.
//!
//! What was not offered is not scored, silence is an answer, and decisions,
//! outcome and calibration stand side by side and are never mixed. Nothing here
//! knows a clock, a file, or how a score looks.

mod action;
mod assistance;
mod calibration;
mod categorization;
mod choice;
mod duty;
mod estimate;
mod item;
mod ledger;
mod offer;
mod order;
mod pairs;
mod played;
mod question;
mod rounding;
mod stages;
mod statistics;
mod tally;
mod timing;
mod worth;

pub use calibration::brier;
pub use ledger::{Gain, Ledger, credit, timely};
pub use stages::Bands;
pub use statistics::{cronbach_alpha, item_rest_correlation, kendall_tau_b, quadratic_kappa};
pub use tally::{
    Calibration, Call, Credit, GaugeEnd, Item, ItemOf, Points, Rating, Score, StageScore, Standing, Tally,
};

use crate::engine::Fact;
use crate::scenario::{ActionId, GaugeId, QuestionId, Scenario};
use item::Scored;
use played::Played;
use worth::{Told, Unsaid, Words};

/// What a drill earned, rated by the usual bands.
#[must_use]
pub fn score(scenario: &Scenario, facts: &[Fact]) -> Score {
    score_with(scenario, facts, Bands::default())
}

/// What a drill earned, rated by a trainer's own bands.
#[must_use]
pub fn score_with(scenario: &Scenario, facts: &[Fact], bands: Bands) -> Score {
    let played = Played::of(scenario, facts);
    let mut scored: Vec<Scored> = scored::<Told>(scenario, &played).collect();
    scored.sort_by_key(|s| (s.settled, s.item.of));

    let mut calls = Vec::new();
    for (row, scored) in scored.iter().enumerate() {
        calls.extend(scored.calls.iter().map(|(confidence, right)| Call::new(row, *confidence, *right)));
    }
    let items: Vec<Item> = scored.into_iter().map(|s| s.item).collect();
    let outcome = scenario.gauges.iter().zip(&played.gauges).enumerate();
    Score {
        decisions: items.iter().map(|i| i.tally).sum(),
        stages: stages::stages(&items, bands),
        outcome: outcome
            .map(|(row, (gauge, end))| GaugeEnd { gauge: GaugeId::of(row), start: gauge.start, end: *end })
            .collect(),
        calibration: calibration::calibration(calls),
        ending: played.ended.map(|(_, ending)| ending),
        items,
    }
}

/// The points of all items, as [`score()`] has them in [`Score::decisions`], by the same
/// rules, with nothing said about how they came about: for who adds up many drills.
#[must_use]
pub fn tally(scenario: &Scenario, facts: &[Fact]) -> Tally {
    let played = Played::of(scenario, facts);
    scored::<Unsaid>(scenario, &played).map(|scored| scored.item.tally).sum()
}

/// Everything that is scored, by kind and in the order of the script.
fn scored<'p, W: Words>(scenario: &'p Scenario, played: &'p Played<'_>) -> impl Iterator<Item = Scored> + 'p {
    let questions = (0..scenario.questions.len()).map(QuestionId::of);
    let actions = (0..scenario.actions.len()).map(ActionId::of);
    let questions = questions.filter_map(|id| question::item::<W>(scenario, played, id));
    let actions = actions.filter_map(|id| action::item::<W>(scenario, played, id));
    let seen = played.seen.keys();
    let checkpoints = seen.filter_map(|id| action::checkpoint::<W>(scenario, played, *id));
    let duties = played.duties.keys().filter_map(|id| duty::item::<W>(scenario, played, *id));
    questions.chain(actions).chain(checkpoints).chain(duties)
}
