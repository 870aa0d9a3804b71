//! One decision in a debrief: what was known, what was chosen, what was best, and why.
//!
//! Hindsight-safe by construction: what stands here as known is what had
//! reached the trainee before the decision, and nothing that came later.

use serde::Serialize;

use super::model::{Moment, Source, Sum};
use super::otherwise::Other;
use crate::speech::noted;

/// One decision: an answer, an action, or an expected action that was seen or missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its number, from 1, in order of moments.
    pub number: u16,
    /// What kind of decision.
    pub of: Of,
    /// The author's name for it.
    pub name: String,
    /// Its stage; in English, for [`crate::speech::label`].
    pub stage: String,
    /// For which seats it was; empty if for everybody.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub seats: String,
    /// What was asked, done or expected.
    pub title: String,
    /// The whole question in safe Markdown, where the title is only part of it.
    pub says: String,
    /// The moment it is listed under: decided, lapsed or missed.
    pub at: Moment,
    /// When it was asked, or its window opened.
    pub asked: Moment,
    /// When it was decided; none if never.
    pub decided: Option<Moment>,
    /// What was known by then.
    pub known: Known,
    /// What was chosen; empty if nobody answered.
    pub chosen: Vec<Pick>,
    /// What was best, with what could be known then.
    pub best: Vec<Pick>,
    /// From when on the best could be known, where a revised categorization was right later only.
    pub best_since: Option<Moment>,
    /// Calls before the last one, where a categorization was revised.
    pub earlier: Vec<Earlier>,
    /// Why, in the trainee's words.
    pub reason: Option<String>,
    /// How sure, in percent.
    pub confidence: Option<u8>,
    /// Hints that were taken.
    pub hints: Vec<String>,
    /// How it stands.
    pub standing: Standing,
    /// Whether hints or a contingency inject helped.
    pub assisted: bool,
    /// Why the key is the key, where that is not said choice by choice.
    pub why: String,
    /// What that rests on.
    pub source: Option<Source>,
    /// Points.
    pub points: Sum,
    /// Weight; 10 is usual.
    pub weight: u16,
    /// Credit before time and help, in hundredths of a percent.
    pub credit: i32,
    /// Percent that time left.
    pub timeliness: u8,
    /// Percent that hints cost.
    pub help: u8,
    /// The arithmetic, line by line.
    pub arithmetic: Vec<String>,
    /// What would have come of other choices, the best first; those that change nothing are left out.
    pub otherwise: Vec<Other>,
}

impl Decision {
    /// How it stands, in the word that fits its kind; in English, for [`crate::speech::label`].
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match (self.of, self.standing) {
            (Of::Action, Standing::Lapsed) => noted!("not done"),
            (Of::Checkpoint, Standing::Lapsed) => noted!("missed"),
            (Of::Duty, Standing::Lapsed) => noted!("not met"),
            _ => self.standing.word(),
        }
    }
}

/// What kind of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// A question was asked.
    Question,
    /// Something was done unasked.
    Action,
    /// Something was expected.
    Checkpoint,
    /// Something was owed.
    Duty,
}

/// How a decision stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The most that was possible.
    Best,
    /// Forty percent or more.
    Defensible,
    /// Less than that.
    Poor,
    /// Below zero.
    Harmful,
    /// Nobody answered, or nobody did it.
    Lapsed,
}

impl Standing {
    /// All, best first.
    pub const ALL: [Self; 5] = [Self::Best, Self::Defensible, Self::Poor, Self::Harmful, Self::Lapsed];

    /// The word; in English, for [`crate::speech::label`].
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Best => noted!("best"),
            Self::Defensible => noted!("defensible"),
            Self::Poor => noted!("poor"),
            Self::Harmful => noted!("harmful"),
            Self::Lapsed => noted!("lapsed"),
        }
    }

    /// The mark, and the same in ASCII.
    #[must_use]
    pub const fn mark(self, ascii: bool) -> &'static str {
        match (self, ascii) {
            (Self::Best, false) => "✓",
            (Self::Defensible, false) => "◐",
            (Self::Poor, false) => "✗",
            (Self::Harmful, false) => "◆",
            (Self::Lapsed, false) => "–",
            (Self::Best, true) => "+",
            (Self::Defensible, true) => "~",
            (Self::Poor, true) => "x",
            (Self::Harmful, true) => "!",
            (Self::Lapsed, true) => "-",
        }
    }
}

/// What was known at the moment of a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Known {
    /// What had been delivered since the decision before.
    pub delivered: Vec<Delivered>,
    /// How much had been delivered before that.
    pub delivered_before: u32,
    /// What had been examined: since the decision before, or because this decision rests on it.
    pub examined: Vec<Looked>,
    /// How much else had been examined.
    pub examined_before: u32,
    /// What could have been examined and had not been; what the decision rests on first.
    pub available: Vec<Available>,
    /// How much else could have been examined.
    pub available_more: u32,
}

/// Something that had been delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivered {
    /// When.
    pub at: Moment,
    /// What, in words.
    pub title: String,
    /// Whether it came as help.
    pub assistance: bool,
}

/// Something that had been examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// When that was done.
    pub at: Moment,
    /// What.
    pub title: String,
    /// Whether the decision rests on it.
    pub rests_on: bool,
}

/// Something that could have been examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Available {
    /// What.
    pub title: String,
    /// Drill seconds it would have taken.
    pub takes: u32,
    /// Whether the decision rests on it.
    pub rests_on: bool,
}

/// A choice, or another answer, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pick {
    /// What.
    pub says: String,
    /// Whether it belongs to the key, where several may be picked.
    pub right: Option<bool>,
    /// Why it is worth what it is worth.
    pub why: String,
    /// What that rests on.
    pub source: Option<Source>,
}

/// A categorization that was revised later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Earlier {
    /// When.
    pub at: Moment,
    /// What it said.
    pub says: String,
}
