//! What a debrief says: plain data, no layout.
//!
//! Everything is already in words and exact numbers; renderers round and
//! arrange, and look nothing up. Points are whole millionths, Brier scores
//! ten-thousandths, moments drill seconds beside the fiction's time of day.
//! The JSON renderer writes this very shape, so a change of a field here is a
//! change of `breachdrill/debrief/1` and of `docs/debrief-json.md`.

use serde::Serialize;

use super::calibration::Calibration;
use super::decision::Decision;
use super::happened::{Gauge, Mark};
use super::otherwise::Otherwise;
use super::owed::{Duty, Spread};
use super::words::short;
use crate::speech::{Language, label, language, noted};

/// Everything that is said about one drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Debrief {
    /// Which drill this is.
    pub sheet: Sheet,
    /// Three sentences for a tired person.
    pub opening: Opening,
    /// Points of all decisions.
    pub points: Sum,
    /// Percent from which this drill counts as passed.
    pub pass: u8,
    /// Whether it does: it came to its own end, with that many percent.
    pub passed: bool,
    /// How it ended; none if ENDEX has not been.
    pub ending: Option<Ended>,
    /// The simulated world.
    pub gauges: Vec<Gauge>,
    /// What went on by itself.
    pub spreads: Vec<Spread>,
    /// What was owed, and by when.
    pub duties: Vec<Duty>,
    /// What happened, in order.
    pub timeline: Vec<Mark>,
    /// The ten stages.
    pub stages: Vec<Stage>,
    /// Every decision, in order of its moment.
    pub decisions: Vec<Decision>,
    /// What could have been: the best and the worst line; none before ENDEX.
    pub otherwise: Option<Otherwise>,
    /// What was there to examine and never was.
    pub unexamined: Vec<Unexamined>,
    /// The incident record beside the full one.
    pub record: Record,
    /// What could be known, from when on.
    pub truth: Vec<Period>,
    /// Confidence against correctness.
    pub calibration: Calibration,
    /// What the trainee wrote when asked to reflect.
    pub reflections: Vec<Reflection>,
    /// What the script trains.
    pub objectives: Vec<Objective>,
    /// Questions for the talk after ENDEX.
    pub hot_wash: Vec<String>,
    /// What good looks like, in safe Markdown.
    pub good: String,
    /// Improvements to choose from.
    pub improvements: Vec<Objective>,
    /// Further reading.
    pub reading: Vec<Source>,
    /// Whose part in it is told, where it was played in a room; on that person's own page only.
    #[serde(skip)]
    pub part: Option<Part>,
}

impl Debrief {
    /// Whether it is told to one of a team, which decided together.
    #[must_use]
    pub fn of_team(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.team)
    }
}

/// Somebody's part in the drill of a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Whether a team played it, and decided together.
    pub team: bool,
    /// Who wrote each line of the incident log, in a team; empty where that is not known.
    pub wrote: Vec<String>,
    /// What this person voted for, in words, by row of the decisions; empty where nothing is on record.
    pub voted: Vec<String>,
}

/// What the outside knows about a drill and the facts do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The drill's id.
    pub drill: String,
    /// Hash of the journal's last fact, in hex.
    pub head: String,
    /// Who played, if that is kept.
    pub trainee: Option<String>,
    /// When it was played, for people, if that is kept.
    pub started: Option<String>,
    /// The version that played it.
    pub engine: String,
    /// The drill that it branched off, and how many of its facts it begins with.
    pub parent: Option<(String, u64)>,
    /// How many moves may be spent on finding the best and the worst line; [`LINE_MOVES`] is usual.
    pub moves: u64,
    /// Whether an answers file decided in a person's stead, all along or from some moment on.
    pub answers: bool,
}

impl About {
    /// How the drill is named where people read it: the first eight digits of its id.
    #[must_use]
    pub fn short(&self) -> &str {
        short(&self.drill)
    }
}

/// Moves that prove the lines of most scripts, and are over in a moment for all.
pub const LINE_MOVES: u64 = 100_000;

/// Which drill, of which script, and how it was played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Title of the script.
    pub title: String,
    /// Language tag of the script's texts.
    pub language: String,
    /// The invented organisation.
    pub organisation: String,
    /// The drill's id.
    pub drill: String,
    /// Who played.
    pub trainee: Option<String>,
    /// When it was played.
    pub started: Option<String>,
    /// The version that played it.
    pub engine: String,
    /// The seed of every draw; as text, for not every reader holds 64 bits.
    pub seed: String,
    /// Whether questions had no time limit.
    pub untimed: bool,
    /// Percent by which a person's windows were stretched.
    pub factor: u16,
    /// The fiction's day at STARTEX.
    pub day: String,
    /// STARTEX.
    pub startex: Moment,
    /// ENDEX, or the last fact so far.
    pub endex: Moment,
    /// How many facts the drill holds.
    pub facts: u64,
    /// Hash of the last of them.
    pub head: String,
    /// The folder it is kept in, as a shell reads it, if not the usual one and told to the one at this
    /// machine: what is handed on names no folder.
    #[serde(skip)]
    pub folder: Option<String>,
    /// Where it branched off another drill; such a one is a retry, and no first attempt.
    pub retry: Option<Retry>,
    /// Whether an answers file decided, all along or from some moment on: then this is no practice of anybody's.
    pub answers_file: bool,
}

/// The drill that a retry began as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Retry {
    /// Its id.
    pub drill: String,
    /// How many facts are the same.
    pub facts: u64,
    /// From when on it was played anew.
    pub from: Moment,
}

/// A moment of the drill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Drill seconds since STARTEX.
    pub second: u32,
    /// The fiction's time of day, with the day where the drill spans several.
    pub clock: String,
}

/// The three sentences a debrief opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opening {
    /// What happened.
    pub happened: String,
    /// What went best.
    pub best: String,
    /// The one thing to change.
    pub change: String,
}

/// Points earned out of points possible, in millionths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// Earned.
    pub earned: i64,
    /// Possible on the line that was played.
    pub possible: i64,
    /// Whole percent, rounded down; none where nothing was possible.
    pub percent: Option<u8>,
}

/// How the drill ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// Title of the ending.
    pub title: String,
    /// What became of it, in safe Markdown.
    pub says: String,
    /// Whether it is a good one; never so where the story was broken off.
    pub good: bool,
    /// What brought ENDEX, in words.
    pub cause: String,
    /// Whether the trainee ended the drill before the story came to its end. No ending of the
    /// script applies then, and the drill does not count as passed.
    pub broken_off: bool,
}

/// One of the ten stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Its name; in English, for [`crate::speech::label`].
    pub label: String,
    /// How many decisions exercised it.
    pub items: u16,
    /// Points.
    pub points: Sum,
    /// Rating; none where it was not exercised.
    pub rating: Option<Rating>,
}

/// Words for how a stage went, after HSEEP's evaluation guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Rating {
    /// Performed without challenges.
    P,
    /// Performed with some challenges.
    S,
    /// Performed with major challenges.
    M,
    /// Unable to be performed.
    U,
}

impl From<crate::score::Rating> for Rating {
    fn from(rating: crate::score::Rating) -> Self {
        match rating {
            crate::score::Rating::Performed => Self::P,
            crate::score::Rating::Some => Self::S,
            crate::score::Rating::Major => Self::M,
            crate::score::Rating::Unable => Self::U,
        }
    }
}

impl Rating {
    /// The letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::S => "S",
            Self::M => "M",
            Self::U => "U",
        }
    }

    /// Letter and words as they are shown. The letters are those of English words, so German has the words alone.
    #[must_use]
    pub fn shown(self, between: &str) -> String {
        match language() {
            Language::English => format!("{}{between}{}", self.letter(), label(self.words())),
            Language::German => label(self.words()),
        }
    }

    /// The words; in English, for [`crate::speech::label`].
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::P => noted!("performed without challenges"),
            Self::S => noted!("performed with some challenges"),
            Self::M => noted!("performed with major challenges"),
            Self::U => noted!("unable to be performed"),
        }
    }
}

/// Evidence that was available and never examined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unexamined {
    /// Its title.
    pub title: String,
    /// Drill seconds it would have taken.
    pub takes: u32,
    /// From when on it could be examined.
    pub since: Moment,
    /// Numbers of the decisions that rested on it.
    pub decisions: Vec<u16>,
    /// Whether it led nowhere, on purpose.
    pub decoy: bool,
}

/// The trainee's incident record beside the full one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Lines the trainee noted during the drill.
    pub noted: Vec<Noted>,
    /// What a full record holds, in order; empty if the script has no key for it.
    pub full: Vec<RecordLine>,
}

/// A line of the trainee's incident log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// When.
    pub at: Moment,
    /// What, in the trainee's words.
    pub says: String,
}

/// A line that a full record holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordLine {
    /// The fact to record.
    pub says: String,
    /// Why it belongs there.
    pub why: String,
    /// Whether the trainee put it into the record when asked.
    pub picked: bool,
}

/// What could be known from a moment on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// From when on.
    pub from: Moment,
    /// What, in words.
    pub says: String,
    /// Why.
    pub why: String,
    /// What that rests on.
    pub source: Option<Source>,
}

/// A reflection, beside what the author would look for in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reflection {
    /// What was asked.
    pub asked: String,
    /// When it was answered.
    pub at: Option<Moment>,
    /// The trainee's words; none if nothing was written.
    pub own: Option<String>,
    /// The author's key points.
    pub key_points: Vec<String>,
}

/// A learning objective, or an improvement, with its stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// What.
    pub says: String,
    /// The stage it belongs to; in English, for [`crate::speech::label`].
    pub stage: String,
}

/// What something rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Title.
    pub title: String,
    /// Where to find it; empty for print.
    pub address: String,
    /// When it was read.
    pub read: String,
}
