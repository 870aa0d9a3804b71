//! A script as a picture: what there is, when it can come at the earliest, what leads to what.
//!
//! [`graph`] lays a scenario out as plain data: lanes of rows on the drill's time axis, and
//! links between them, each with the words of its condition. [`graph_svg`] draws it,
//! [`graph_mermaid`] writes it for tools that draw by themselves, [`gauges`] says who reads
//! and who moves each gauge. Coverage from a simulation becomes thickness.

mod build;
mod draw;
mod earliest;
mod gauges;
mod links;
mod mermaid;
mod says;

pub use build::graph;
pub use draw::graph_svg;
pub use gauges::{GaugeUse, gauge_uses, gauges_text};
pub use mermaid::graph_mermaid;

use crate::scenario::{ActionId, DutyId, EndingId, InjectId, QuestionId, SimTime, SpreadId};

/// A script laid out.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Title of the script.
    pub title: String,
    /// Length of the drill.
    pub length: SimTime,
    /// The rows, lane after lane.
    pub rows: Vec<Row>,
    /// What leads to what.
    pub links: Vec<Link>,
}

/// One thing of the script.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub of: Thing,
    /// The lane it stands in, such as `Mail`.
    pub lane: &'static str,
    /// Its name in the script.
    pub name: String,
    /// What it is, in a few words.
    pub says: String,
    /// Under which condition, in words; empty if under none.
    pub condition: String,
    /// When it can come at the earliest, and until when it stays; the same where it does not stay.
    pub span: (SimTime, SimTime),
    /// In how many thousandths of the simulated drills it was reached; none if none were played.
    pub reached: Option<u16>,
}

/// Something that has a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// An inject or a checkpoint.
    Inject(InjectId),
    /// A question.
    Question(QuestionId),
    /// An action.
    Action(ActionId),
    /// A spread.
    Spread(SpreadId),
    /// A duty.
    Duty(DutyId),
    /// An ending.
    Ending(EndingId),
}

/// One thing leads to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Row it comes from.
    pub from: usize,
    /// Row it leads to.
    pub to: usize,
    /// How.
    pub kind: LinkKind,
    /// By what, such as a choice's name; may be empty.
    pub by: String,
    /// In how many thousandths of the simulated drills it was gone along at the most; none if none were played.
    pub reached: Option<u16>,
}

/// How one thing leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// It brings it about.
    Brings,
    /// A condition of the other reads it.
    Allows,
    /// It puts an end to it.
    Stops,
}
