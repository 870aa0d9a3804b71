//! What kinds of finding are about, and why each is an error or only a warning.

use super::code::Code;
use super::diagnostic::Severity;

/// What a kind of finding is about; `explain` lists codes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// How a script is written down.
    Writing,
    /// Names and references.
    Names,
    /// Moments and windows.
    Times,
    /// Credits and keys.
    Scores,
    /// Answers that give themselves away.
    Fairness,
    /// What trainees learn, and from what.
    Teaching,
    /// What could hurt or mislead somebody outside the drill.
    Safety,
    /// What happens, and what cannot.
    Story,
    /// Findings that a script allows.
    Allowing,
    /// What only exploration and simulated trainees can find.
    Exploration,
}

impl Family {
    /// All, in the order of a list.
    pub const ALL: [Self; 10] = [
        Self::Writing,
        Self::Names,
        Self::Times,
        Self::Scores,
        Self::Fairness,
        Self::Teaching,
        Self::Safety,
        Self::Story,
        Self::Allowing,
        Self::Exploration,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Names => "names",
            Self::Times => "times",
            Self::Scores => "scores",
            Self::Fairness => "fairness",
            Self::Teaching => "teaching",
            Self::Safety => "safety",
            Self::Story => "story",
            Self::Allowing => "allowing",
            Self::Exploration => "exploration",
        }
    }

    /// What it is about, as a heading.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Writing => "how a script is written down",
            Self::Names => "names, and what refers to them",
            Self::Times => "moments, windows, and what fits into them",
            Self::Scores => "credits and keys",
            Self::Fairness => "answers that give themselves away",
            Self::Teaching => "what trainees learn, and what it rests on",
            Self::Safety => "what could hurt somebody",
            Self::Story => "what happens, and what never does",
            Self::Allowing => "findings that the script allows",
            Self::Exploration => "what exploration and simulated trainees find",
        }
    }
}

impl Code {
    /// Why it is an error, or only a warning.
    #[must_use]
    pub const fn severity_reason(self) -> &'static str {
        match (self.severity(), self.family()) {
            (Severity::Error, Family::Writing) => {
                "An error: what was meant cannot be read with certainty, so the script is not played."
            }
            (Severity::Error, Family::Names) => {
                "An error: something that you wrote would silently not happen, so the script is not played."
            }
            (Severity::Error, Family::Times) => {
                "An error: nobody can say when it would happen, so the script is not played."
            }
            (Severity::Error, Family::Scores) => {
                "An error: every trainee would be scored wrongly, so the script is not played."
            }
            (Severity::Error, _) => {
                "An error: the rules of a drill would not hold, so the script is not played."
            }
            (Severity::Warning, Family::Writing) => {
                "A warning: the script can be played and read all the same."
            }
            (Severity::Warning, Family::Names | Family::Story) => {
                "A warning: the drill runs, but a part of what you wrote has no effect in it."
            }
            (Severity::Warning, Family::Times) => {
                "A warning: the drill runs, but its times promise what they cannot keep."
            }
            (Severity::Warning, Family::Scores) => {
                "A warning: the drill runs, but its points do not say what people did well."
            }
            (Severity::Warning, Family::Fairness) => {
                "A warning: the drill runs, but somebody can pass it without knowing the trade."
            }
            (Severity::Warning, Family::Teaching) => {
                "A warning: the drill runs, but people learn less from it than they could."
            }
            (Severity::Warning, Family::Safety) => {
                "A warning: the drill runs, and only you can judge whether somebody might be hurt by it."
            }
            (Severity::Warning, Family::Allowing) => {
                "A warning: it changes nothing in a drill, and cannot itself be allowed."
            }
            (Severity::Warning, Family::Exploration) => {
                "A warning: the drill runs, but not every line through it keeps what the script promises."
            }
        }
    }
}
