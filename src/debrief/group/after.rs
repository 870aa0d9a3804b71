//! What a group takes home: what went well and what did not, the plan, and what was said of it.

use serde::Serialize;

/// Something that went well, or did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its stage; in English, for [`crate::speech::label`].
    pub stage: String,
    /// The decision; none if the stage as a whole is meant.
    pub decision: Option<u16>,
    /// What, in words.
    pub says: String,
}

/// A row of the improvement plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanRow {
    /// The capability: a stage; in English, for [`crate::speech::label`].
    pub capability: String,
    /// What was seen; may be empty.
    pub issue: String,
    /// What to do about it.
    pub action: String,
}

/// A question of the hot wash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HotWash {
    /// The question; empty for what was said to none that the script asks.
    pub asked: String,
    /// What was said, in no order that tells who said it.
    pub said: Vec<Said>,
}

/// Something that was said in the hot wash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said {
    /// What.
    pub says: String,
    /// By whom; only for the trainer, and only where people are under their own names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A question to reflect on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupReflection {
    /// What was asked.
    pub asked: String,
    /// How many answered.
    pub count: u32,
    /// Of how many who were asked.
    pub of: u32,
    /// The author's key points.
    pub key_points: Vec<String>,
    /// What people wrote; never set on a page.
    #[serde(skip)]
    pub words: Vec<String>,
}
