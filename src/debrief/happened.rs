//! What happened: the numbers of the simulated world, and the marks of the timeline.

use serde::Serialize;

use super::decision::Standing;
use super::model::Moment;

/// A number of the simulated world, from STARTEX to ENDEX.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gauge {
    /// The author's name for it.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Whether less is better, or more.
    pub good: Good,
    /// Whether it is seen in the debrief only.
    pub hidden: bool,
    /// At STARTEX.
    pub start: i64,
    /// At ENDEX.
    pub end: i64,
    /// Every reading that differs from the one before, after STARTEX.
    pub steps: Vec<Step>,
}

impl Gauge {
    /// How much is to be said about it: what trainees saw goes first, then what
    /// went far for worse, then for better, in thousandths of its own range.
    fn tells(&self) -> (bool, i64) {
        let readings = || self.steps.iter().map(|s| s.reads).chain([self.start]);
        let span = readings().max().unwrap_or(0) - readings().min().unwrap_or(0);
        let gone = (self.end - self.start).saturating_mul(1_000) / span.max(1);
        let worse = match self.good {
            Good::Low => gone,
            Good::High => -gone,
        };
        (!self.hidden, if worse > 0 { worse + 1_000 } else { -worse })
    }
}

/// The gauge that tells most about a drill; of equals the first.
pub(super) fn telling(gauges: &[Gauge]) -> Option<&Gauge> {
    gauges.iter().rev().max_by_key(|gauge| gauge.tells())
}

/// Which direction of a gauge is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Good {
    /// Less is better.
    Low,
    /// More is better.
    High,
}

/// A gauge moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What it reads from then on.
    pub reads: i64,
}

/// One thing on the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// When it happened, or began.
    pub at: Moment,
    /// When it was done, for what takes drill time.
    pub until: Option<Moment>,
    /// On which lane it stands.
    pub lane: Lane,
    /// Its label in the picture; empty on the lane of the clock.
    pub label: String,
    /// What it is, in a word: mail, decision, evidence; in English, for [`crate::speech::label`].
    pub kind: String,
    /// What happened, in words.
    pub title: String,
    /// How a decision stands.
    pub standing: Option<Standing>,
    /// Whether it came as help because an expected action was missing.
    pub assistance: bool,
}

/// The lanes of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// What reached the trainee.
    Reached,
    /// What was decided, or left undecided.
    Decided,
    /// What was examined and done.
    Done,
    /// What went on by itself: spreads.
    World,
    /// STARTEX, pauses, ENDEX, and what a trainer did.
    Clock,
    /// What trainer and observers of a room did and noted; in debriefs of a room only.
    Room,
}
