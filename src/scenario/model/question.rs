//! What is asked: questions, their kinds, choices, hints.

use super::head::Stage;
use super::pairs::{AssignSpec, NotifySpec};
use super::rule::{Condition, Effect};
use crate::scenario::id::{ChoiceId, ChoiceSet, EvidenceId, Name, SeatSet, SourceId, TruthId};
use crate::scenario::taxonomy::Axis;
use crate::scenario::time::SimTime;

/// A decision that the script asks for.
#[derive(Clone, Debug)]
pub struct Question {
    /// Name in the script.
    pub name: Name,
    /// Stage.
    pub stage: Stage,
    /// What is asked.
    pub says: String,
    /// When it opens by itself; otherwise an effect asks it.
    pub opens: Option<SimTime>,
    /// How long it stays open; for ever if none.
    pub lapses: Option<SimTime>,
    /// How long an answer earns everything; the whole window if none.
    pub good: Option<SimTime>,
    /// Percent that an answer just before the lapse still earns, 0 … 100.
    pub floor: u8,
    /// What it is worth; 10 is usual.
    pub weight: u16,
    /// Whose it is to answer; everybody's if empty.
    pub seats: SeatSet,
    /// What is asked for.
    pub ask: Ask,
    /// The choices, or items; empty for kinds without.
    pub choices: Vec<Choice>,
    /// Whether the order of choices is kept as written.
    pub keep_order: bool,
    /// Evidence that the decision rests on.
    pub rests_on: Vec<EvidenceId>,
    /// Whether confidence is asked.
    pub confidence: bool,
    /// Whether a reason is asked.
    pub reason: bool,
    /// Hints, in order.
    pub hints: Vec<Hint>,
    /// Credit when nobody answers, -100 … 100.
    pub lapse_credit: i16,
    /// Effects when nobody answers.
    pub lapse_then: Vec<Effect>,
    /// What silence means, for the debrief.
    pub lapse_why: String,
    /// Effects of any answer, after those of the choices.
    pub then: Vec<Effect>,
    /// Why the key is the key, for kinds without a rationale per choice.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

impl Question {
    /// A choice by its row.
    #[must_use]
    pub fn choice(&self, id: ChoiceId) -> &Choice {
        &self.choices[id.at()]
    }
    /// The choices of the key of *choose several* or *record*; the tasks or recipients that are needed.
    #[must_use]
    pub fn key(&self) -> ChoiceSet {
        (0..self.choices.len()).map(ChoiceId::of).filter(|c| self.choice(*c).right).collect()
    }
}

/// What a question asks for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Incident, not an incident, need more; the three choices of [`Verdict::ALL`](super::Verdict::ALL).
    Triage(TriageTable),
    /// Class, type, severity, impact; may be revised until ENDEX.
    Categorize(CategorizeSpec),
    /// One of the choices.
    ChooseOne,
    /// All that apply.
    ChooseSeveral,
    /// Put the choices in order.
    PutInOrder {
        /// Which must come before which.
        before: Vec<(ChoiceId, ChoiceId)>,
    },
    /// A whole number.
    Estimate(EstimateSpec),
    /// Who does what: the choices are tasks, each given to somebody or left open.
    Assign(AssignSpec),
    /// Whom to tell, through which channel, by when: the choices are recipients.
    Notify(NotifySpec),
    /// Pick and order the facts for the incident log.
    Record {
        /// Which must come before which.
        before: Vec<(ChoiceId, ChoiceId)>,
    },
    /// Free text, never scored.
    Reflect {
        /// The author's key points, shown in the debrief.
        key_points: Vec<String>,
    },
}

/// Credit by (true, called), both in the order of [`Verdict::ALL`](super::Verdict::ALL).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriageTable {
    /// `credit[true][called]`, -100 … 100.
    pub credit: [[i16; 3]; 3],
    /// Credit for *need more* while the evidence is thin.
    pub thin: i16,
}

/// What a categorization asks and how it is weighed.
#[derive(Clone, Debug)]
pub struct CategorizeSpec {
    /// Whether class (and type) are asked.
    pub class: bool,
    /// Whether severity is asked.
    pub severity: bool,
    /// Which axes of impact are asked, in the order of [`Axis::ALL`].
    pub impact: [bool; 3],
    /// Whether "too early to tell" is on offer.
    pub too_early: bool,
    /// Whether it may be revised until ENDEX.
    pub revisable: bool,
    /// Weights of first call, last call and time until right.
    pub weights: [u16; 3],
    /// Credit for a severity `steps` too high: index 0 is exact.
    pub over: Vec<i16>,
    /// Credit for a severity `steps` too low: index 0 is exact.
    pub under: Vec<i16>,
}

impl CategorizeSpec {
    /// Whether `axis` is asked.
    #[must_use]
    pub const fn asks(&self, axis: Axis) -> bool {
        self.impact[axis as usize]
    }
}

/// The key of an estimate.
#[derive(Clone, Debug)]
pub struct EstimateSpec {
    /// Unit, for display.
    pub unit: String,
    /// The right number, unless the truth in force has its own.
    pub key: EstimateKey,
    /// The right number while a truth is in force.
    pub by_truth: Vec<(TruthId, EstimateKey)>,
}

impl EstimateSpec {
    /// The key while `truth` is in force.
    #[must_use]
    pub fn key(&self, truth: Option<TruthId>) -> EstimateKey {
        self.by_truth.iter().find(|(id, _)| Some(*id) == truth).map_or(self.key, |(_, key)| *key)
    }
}

/// One right number, and how near is near enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EstimateKey {
    /// The right number.
    pub answer: i64,
    /// Full credit up to this far off.
    pub tolerance: i64,
    /// No credit from this far off.
    pub outer: i64,
}

/// One choice of a question, or one item to order or record.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Name in the script.
    pub name: Name,
    /// Text.
    pub says: String,
    /// Credit of *choose one*, -100 … 100; a negative credit of *choose several* marks harm.
    pub credit: i16,
    /// Credit of *choose one* while a truth is in force, instead of `credit`.
    pub by_truth: Vec<(TruthId, i16)>,
    /// Whether it belongs to the key of *choose several* or *record*; whether a task or recipient is needed.
    pub right: bool,
    /// Whether it is on offer when the question opens.
    pub when: Condition,
    /// Effects of choosing it.
    pub then: Vec<Effect>,
    /// Why it is worth what it is worth.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

impl Choice {
    /// Credit of *choose one* while `truth` is in force.
    #[must_use]
    pub fn credit(&self, truth: Option<TruthId>) -> i16 {
        self.by_truth.iter().find(|(id, _)| Some(*id) == truth).map_or(self.credit, |(_, credit)| *credit)
    }
}

/// Help that a trainee may ask for.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The hint.
    pub says: String,
    /// Percent of the item that it costs, stated beforehand.
    pub price: u8,
}
