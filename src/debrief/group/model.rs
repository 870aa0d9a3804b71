//! What a group debrief says: plain data, no layout, and no name of anybody.
//!
//! Numbers are exact, as in the debrief of one drill. What was asked of fewer than
//! [`FEW`] people is not broken down: of such a question stands here how many
//! answered, and what a team decided. The JSON renderer writes this very shape, so
//! a change of a field here is a change of `breachdrill/group/1` and of
//! `docs/group-json.md`.

use serde::Serialize;

use super::super::decision::{Of, Pick, Standing};
use super::super::happened::{Good, Mark};
use super::super::model::{Ended, Moment, Objective, Opening, Rating, Source, Sum, Unexamined};
use super::super::otherwise::LineEnd;
use super::after::{Finding, GroupReflection, HotWash, PlanRow};

pub use crate::room::FEW;

/// From how many drills on items and the whole are rated as a test is.
pub const MANY: usize = 30;

/// From how many percent of the answers on a group was of one mind.
pub const UNIFIED: u8 = 60;

/// What the outside knows about a room and its entries do not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupAbout {
    /// The room's id.
    pub room: String,
    /// Hash of the last entry of the room's journal, in hex.
    pub head: String,
    /// How many entries it holds.
    pub entries: u64,
    /// When the exercise was, for people, if that is kept.
    pub started: Option<String>,
    /// The version that ran it.
    pub engine: String,
    /// How many moves may be spent on finding the best and the worst line.
    pub moves: u64,
    /// Whether the hot wash says who said what: for the trainer's eyes, where people are under their own names.
    pub names: bool,
}

/// Everything that is said about what a room did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupDebrief {
    /// Which exercise this is.
    pub sheet: GroupSheet,
    /// Three sentences for a tired person.
    pub opening: Opening,
    /// What the whole room earned; none where too few played to tell it.
    pub points: Option<Sum>,
    /// Percent from which a drill counts as passed.
    pub pass: u8,
    /// The teams in their own order; none where each played alone.
    pub teams: Vec<TeamTold>,
    /// What happened to everybody, where each played alone.
    pub timeline: Vec<Mark>,
    /// Every decision that anybody was asked for.
    pub decisions: Vec<GroupDecision>,
    /// The stages.
    pub stages: Vec<GroupStage>,
    /// The simulated worlds.
    pub gauges: Vec<GroupGauge>,
    /// The line that earns most; none if no drill came to ENDEX.
    pub best_line: Option<LineEnd>,
    /// The line that earns least.
    pub worst_line: Option<LineEnd>,
    /// Severity as it was called against as it was.
    pub severity: Option<Confusion>,
    /// The decisions as items of a test.
    pub test: Test,
    /// Evidence that was there and that nobody examined.
    pub unexamined: Vec<Unexamined>,
    /// What went well.
    pub strengths: Vec<Finding>,
    /// What did not.
    pub areas: Vec<Finding>,
    /// The rows of the improvement plan; owner and dates are for people to write.
    pub plan: Vec<PlanRow>,
    /// The questions of the hot wash with what was said.
    pub hot_wash: Vec<HotWash>,
    /// Questions to reflect on, which nobody scores.
    pub reflections: Vec<GroupReflection>,
    /// What the script trains.
    pub objectives: Vec<Objective>,
    /// What good looks like, in safe Markdown.
    pub good: String,
    /// Further reading.
    pub reading: Vec<Source>,
}

/// Which exercise, of which script, and how it was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupSheet {
    /// Title of the script.
    pub title: String,
    /// Language tag of the script's texts.
    pub language: String,
    /// The invented organisation.
    pub organisation: String,
    /// The room's id.
    pub room: String,
    /// When it was.
    pub started: Option<String>,
    /// The version that ran it.
    pub engine: String,
    /// The seed of every drill; as text, for not every reader holds 64 bits.
    pub seed: String,
    /// How it was run: `together`, `side-by-side` or `own-time`.
    pub way: String,
    /// Under which names: `named`, `pseudonymous` or `anonymous`.
    pub identity: String,
    /// Whether simulated trainees filled the room.
    pub rehearsal: bool,
    /// How many people took part.
    pub people: u32,
    /// How many drills were begun: one for each team, or for each person.
    pub drills: u32,
    /// How many of them came to ENDEX.
    pub ended: u32,
    /// Whether so few played, each alone, that only counts are told.
    pub few: bool,
    /// The fiction's day at STARTEX.
    pub day: String,
    /// Hash of the last entry of the room's journal.
    pub head: String,
    /// How many entries it holds.
    pub entries: u64,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamTold {
    /// Its number, from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How many people were in it at the end.
    pub people: u32,
    /// How its drill ended; none if it did not.
    pub ending: Option<Ended>,
    /// Whether it passed.
    pub passed: bool,
    /// Its points.
    pub points: Sum,
    /// ENDEX, or its last fact.
    pub endex: Moment,
    /// What happened, with what trainer and observers did and noted in its place.
    pub timeline: Vec<Mark>,
    /// What other choices would have changed, for the decisions that cost most.
    pub otherwise: Vec<TeamWhatIf>,
    /// Whether its drill was too long to try every other choice.
    pub cut: bool,
}

/// What would have come of another choice of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamWhatIf {
    /// Number of the decision.
    pub decision: u16,
    /// What would have been, in a sentence.
    pub says: String,
    /// How many millionths of a point more all its decisions would have earned.
    pub points: i64,
    /// Whether that is better than what was.
    pub better: bool,
}

/// A decision, over everybody who was asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupDecision {
    /// Its number, from 1.
    pub number: u16,
    /// What kind of decision.
    pub of: Of,
    /// The author's name for it.
    pub name: String,
    /// Its stage; in English, for [`crate::speech::label`].
    pub stage: String,
    /// For which seats it was; empty if for everybody.
    pub seats: String,
    /// What was asked, done or expected.
    pub title: String,
    /// When it was first asked of anybody, or its window opened.
    pub asked: Moment,
    /// In how many drills.
    pub drills: u32,
    /// What everybody answered.
    pub answers: Answers,
    /// What each team decided; empty where each played alone.
    pub decided: Vec<Decided>,
    /// Points over all drills; none where too few played alone.
    pub points: Option<Sum>,
    /// Mean credit in hundredths of a percent: the higher, the easier.
    pub difficulty: Option<i32>,
    /// How far it tells those who did well from those who did not, in ten-thousandths: the correlation
    /// with the rest of the drill. None below [`MANY`] drills.
    pub discrimination: Option<i64>,
    /// What was best.
    pub best: Vec<Pick>,
    /// Why the key is the key, in safe Markdown.
    pub why: String,
    /// What that rests on.
    pub source: Option<Source>,
}

/// What people answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// How many answered, or did it; none where so few were there that it would tell who did.
    pub count: Option<u32>,
    /// Of how many who were asked.
    pub of: u32,
    /// Whether enough answered for anything below to be told.
    pub told: bool,
    /// Answers, the most frequent first.
    pub shares: Vec<Share>,
    /// How many gave an answer that is too rare to stand above.
    pub rest: u32,
    /// Percent that gave the most frequent answer, rounded down.
    pub agreement: Option<u8>,
    /// Whether that is one mind.
    pub unified: Option<bool>,
    /// The middle confidence, in percent; of two the lower.
    pub confidence: Option<u8>,
    /// Percent that were right, rounded down.
    pub right: Option<u8>,
    /// The middle of the drill seconds that an answer took; of two the lower.
    pub seconds: Option<u32>,
    /// What people wrote; never set on a page.
    #[serde(skip)]
    pub words: Vec<String>,
}

/// One answer, and how many gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The answer, in words.
    pub says: String,
    /// How many.
    pub count: u32,
    /// What it is worth, in hundredths of a percent, where that is the same for all who gave it.
    pub credit: Option<i32>,
}

/// What a team decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The team's number.
    pub team: u32,
    /// When; the moment of the lapse if nothing was.
    pub at: Moment,
    /// What; empty if nothing was.
    pub says: String,
    /// How it stands.
    pub standing: Standing,
    /// Drill seconds that it took; none if nothing was decided.
    pub seconds: Option<u32>,
    /// How sure the team was, in percent.
    pub confidence: Option<u8>,
    /// What the decision is worth before time and help, in hundredths of a percent.
    pub credit: i32,
    /// Points.
    pub points: Sum,
    /// The votes in the team; of nobody where it was put to no vote, for one alone could answer.
    pub votes: Answers,
}

/// A stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupStage {
    /// Its name; in English, for [`crate::speech::label`].
    pub label: String,
    /// How many of the decisions above are of this stage.
    pub items: u16,
    /// The whole room; first.
    pub whole: StageMark,
    /// Each team.
    pub teams: Vec<StageMark>,
}

/// How a stage went, as computed and as it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StageMark {
    /// The team's number; none for the whole room.
    pub team: Option<u32>,
    /// Points.
    pub points: Sum,
    /// As computed; none where it was not exercised, or too few played.
    pub rating: Option<Rating>,
    /// As trainer or observers marked it.
    pub marked: Option<Rating>,
    /// How many steps weaker it was seen than computed; below zero if stronger.
    pub weaker: Option<i8>,
}

/// A number of the simulated worlds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupGauge {
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
    /// At the end of each team's drill, in the order of teams.
    pub ends: Vec<TeamEnd>,
    /// Where each played alone: the lower quarter, the middle and the upper quarter of all ends.
    pub quarters: Option<[i64; 3]>,
    /// On the best line.
    pub best: Option<i64>,
    /// On the worst line.
    pub worst: Option<i64>,
}

/// What a gauge read at the end of a team's drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TeamEnd {
    /// The team's number.
    pub team: u32,
    /// What it read.
    pub reads: i64,
}

/// Severity as it was called against as it was, with what could be known then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Whose calls these are.
    pub of: Callers,
    /// The levels, lowest first.
    pub levels: Vec<String>,
    /// How often each level, by row, was called each level, by column.
    pub cells: Vec<Vec<u32>>,
    /// Calls that were exact, too high, too low.
    pub exact: u32,
    /// Called higher than it was.
    pub over: u32,
    /// Called lower than it was.
    pub under: u32,
    /// Answers that it was too early to tell, while it was not.
    pub too_early: u32,
    /// Quadratic weighted kappa in ten-thousandths: agreement beyond chance; none where that says nothing.
    pub kappa: Option<i64>,
}

/// Whose calls are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Callers {
    /// Each person's.
    People,
    /// Each team's, for fewer than five people called.
    Teams,
}

/// The decisions as a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Test {
    /// How many drills were scored.
    pub drills: u32,
    /// How many decisions every one of them was scored on.
    pub items: u32,
    /// Cronbach's alpha in ten-thousandths; none below [`MANY`] drills.
    pub alpha: Option<i64>,
}
