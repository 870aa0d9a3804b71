//! What a catalogue shows of a script: title page, audience, stages.

use crate::speech::noted;

/// Title page of a script.
#[derive(Clone, Debug)]
pub struct Head {
    /// Title.
    pub title: String,
    /// Two sentences for a catalogue, free of spoilers.
    pub summary: String,
    /// Language tag, such as `en`.
    pub language: String,
    /// For whom.
    pub audience: Audience,
    /// How hard.
    pub level: Level,
    /// Real minutes of play at the script's own pace.
    pub minutes: u16,
    /// What it trains.
    pub objectives: Vec<Objective>,
    /// What may distress somebody; empty if nothing.
    pub content_note: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Licence of the text.
    pub licence: String,
    /// Version of ATT&CK that the techniques are from; empty without techniques.
    pub attack_version: String,
    /// ATT&CK technique ids.
    pub techniques: Vec<String>,
    /// Free words for filtering.
    pub tags: Vec<String>,
}

/// For whom a script is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Any employee, no security vocabulary.
    Everyone,
    /// People whose trade is response.
    Responders,
    /// People who decide for the organisation.
    Leadership,
}

impl Audience {
    /// All audiences.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Responders, Self::Leadership];

    /// The audience's name as shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Everyone => noted!("everyone"),
            Self::Responders => noted!("responders"),
            Self::Leadership => noted!("leadership"),
        }
    }
}

/// How hard a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No previous knowledge.
    Intro,
    /// Some practice.
    Intermediate,
    /// For people who do this for a living.
    Advanced,
}

impl Level {
    /// All levels, the easiest first.
    pub const ALL: [Self; 3] = [Self::Intro, Self::Intermediate, Self::Advanced];

    /// The level's name as shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Intro => noted!("intro"),
            Self::Intermediate => noted!("intermediate"),
            Self::Advanced => noted!("advanced"),
        }
    }
}

/// The ten stages that a drill trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Telling an incident from noise, early; reporting it.
    Identification,
    /// Class, severity and impact, revised as evidence arrives.
    Categorization,
    /// Looking at the right evidence; scope and cause.
    Analysis,
    /// Containment, eradication, recovery.
    Response,
    /// The right people, the right thing, in time, over a safe channel.
    Communication,
    /// Which duty applies, when its clock starts, meeting it.
    Legal,
    /// A record that is complete, ordered and made at the time.
    Documentation,
    /// Causes and improvements with an owner and a date.
    LessonsLearned,
    /// Practising what was weak.
    Training,
    /// The right hand-offs.
    Collaboration,
}

impl Stage {
    /// All stages, in the order of an incident.
    pub const ALL: [Self; 10] = [
        Self::Identification,
        Self::Categorization,
        Self::Analysis,
        Self::Response,
        Self::Communication,
        Self::Legal,
        Self::Documentation,
        Self::LessonsLearned,
        Self::Training,
        Self::Collaboration,
    ];

    /// The stage's name as shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identification => noted!("identification"),
            Self::Categorization => noted!("categorization"),
            Self::Analysis => noted!("analysis"),
            Self::Response => noted!("response"),
            Self::Communication => noted!("communication"),
            Self::Legal => noted!("legal and compliance"),
            Self::Documentation => noted!("documentation"),
            Self::LessonsLearned => noted!("lessons learned"),
            Self::Training => noted!("training and awareness"),
            Self::Collaboration => noted!("collaboration"),
        }
    }
}

/// One learning objective.
#[derive(Clone, Debug)]
pub struct Objective {
    /// The objective, as "verify changed payment details over a channel you already trust".
    pub says: String,
    /// The stage it belongs to.
    pub stage: Stage,
}
