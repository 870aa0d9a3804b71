//! What may be done, how it can end, and what is said afterwards.

use super::head::Stage;
use super::rule::{Condition, Effect};
use crate::scenario::id::{Name, SeatSet, SourceId};
use crate::scenario::time::SimTime;

/// Something a trainee may do unasked.
#[derive(Clone, Debug)]
pub struct Action {
    /// Name in the script.
    pub name: Name,
    /// What the list shows.
    pub label: String,
    /// Whose it is to do; everybody's if empty.
    pub seats: SeatSet,
    /// Stage.
    pub stage: Stage,
    /// Drill time it takes.
    pub takes: SimTime,
    /// Whether it is on offer.
    pub when: Condition,
    /// Whether it may be done more than once.
    pub often: bool,
    /// Credit, -100 … 100, once.
    pub credit: i16,
    /// What a credit of 100 is worth; 10 is usual.
    pub weight: u16,
    /// In which window beginning it earns a positive credit; the whole drill if none.
    pub window: Option<(SimTime, SimTime)>,
    /// Effects when it is done.
    pub then: Vec<Effect>,
    /// What a trainee reads when it is done.
    pub result: String,
    /// Why it is worth what it is worth.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// How a drill can end.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Name in the script.
    pub name: Name,
    /// When it applies.
    pub when: Condition,
    /// Whether it ends the drill as soon as it applies.
    pub at_once: bool,
    /// Whether it is a good one.
    pub good: bool,
    /// Title.
    pub title: String,
    /// What became of it, in safe Markdown.
    pub says: String,
}

/// What the hot wash and the debrief use.
#[derive(Clone, Debug, Default)]
pub struct HotWash {
    /// Questions for the talk after ENDEX.
    pub questions: Vec<String>,
    /// What good looks like.
    pub good: String,
    /// Improvements to choose from.
    pub improvements: Vec<Improvement>,
    /// Further reading.
    pub reading: Vec<SourceId>,
}

/// An improvement on offer for the improvement plan.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// What to change.
    pub says: String,
    /// The stage it strengthens.
    pub stage: Stage,
}
