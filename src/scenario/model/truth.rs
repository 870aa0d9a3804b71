//! What can be known, and the words for it.

use super::rule::Condition;
use crate::scenario::id::{ClassId, KindId, LevelId, Name, SourceId};
use crate::scenario::severity::Factors;
use crate::scenario::time::SimTime;

/// What can be known from a moment on.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Name in the script.
    pub name: Name,
    /// From when it can be known.
    pub from: SimTime,
    /// What else must hold.
    pub when: Condition,
    /// Whether it is an incident.
    pub verdict: Verdict,
    /// Whether the evidence is still thin: asking for more then earns part credit.
    pub thin: bool,
    /// The right category; none where the verdict needs none.
    pub category: Option<Category>,
    /// Other categories that are defensible.
    pub also: Vec<Alternative>,
    /// Why this is the truth.
    pub why: String,
    /// What it rests on.
    pub source: Option<SourceId>,
}

/// The answers to "is it an incident?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is.
    Incident,
    /// It is not.
    NotAnIncident,
    /// It cannot be told yet.
    TooEarly,
}

impl Verdict {
    /// All, in the order of the choices of a triage question.
    pub const ALL: [Self; 3] = [Self::Incident, Self::NotAnIncident, Self::TooEarly];

    /// Name of the choice of a triage question: `incident`, `not-an-incident`, `need-more`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::NotAnIncident => "not-an-incident",
            Self::TooEarly => "need-more",
        }
    }
}

/// A whole category; a trainee's call may leave parts open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category {
    /// Class.
    pub class: Option<ClassId>,
    /// Type within the class.
    pub kind: Option<KindId>,
    /// Severity.
    pub severity: Option<LevelId>,
    /// What the severity was worked out from, where the scheme is a calculator.
    pub factors: Option<Factors>,
    /// Impact by axis, in the order of [`Axis::ALL`](crate::scenario::Axis::ALL).
    pub impact: [Option<LevelId>; 3],
    /// The trainee says that it is too early to tell.
    pub too_early: bool,
}

/// A category that is defensible although it is not the best: a call that says
/// everything named here earns the credit for each part named here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// Class.
    pub class: Option<ClassId>,
    /// Type; any type of the class if none.
    pub kind: Option<KindId>,
    /// Severity.
    pub severity: Option<LevelId>,
    /// Impact by axis, in the order of [`Axis::ALL`](crate::scenario::Axis::ALL).
    pub impact: [Option<LevelId>; 3],
    /// Credit, 0 … 100.
    pub credit: i16,
}

impl Alternative {
    /// Whether a call says everything that is named here.
    #[must_use]
    pub fn fits(&self, call: &Category) -> bool {
        let said = |named: Option<LevelId>, called: Option<LevelId>| named.is_none() || named == called;
        (self.class.is_none() || self.class == call.class)
            && (self.kind.is_none() || self.kind == call.kind)
            && said(self.severity, call.severity)
            && self.impact.iter().zip(call.impact).all(|(named, called)| said(*named, called))
    }

    /// How many parts are named here.
    #[must_use]
    pub fn named(&self) -> usize {
        let impact = self.impact.iter().flatten().count();
        usize::from(self.class.is_some())
            + usize::from(self.kind.is_some())
            + usize::from(self.severity.is_some())
            + impact
    }
}
