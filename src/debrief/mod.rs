//! What we say about a drill, and four ways to set it.
//!
//! [`build`] folds the facts and the score of a drill into a [`Debrief`]: plain
//! data, in words and exact numbers. The renderers take nothing else. [`group()`]
//! says what a whole room did, each of its drills and all together. What
//! simulated trainees show is set the same way ([`Simulated`]), and a script is
//! drawn from its layout ([`graph()`]); what scripts
//! cover together is a table or a picture ([`coverage()`]). Nothing
//! here reads a clock, a file or the environment.

mod build;
mod calibration;
mod coverage;
mod decision;
mod graph;
mod group;
mod happened;
mod model;
mod otherwise;
mod owed;
mod picture;
mod render;
mod words;

pub use build::{build, impact, of_member, would};
pub use calibration::{Calibration, Call};
pub use coverage::{Coverage, Covered, NO_INCIDENT, coverage, coverage_markdown, coverage_svg, covered};
pub use decision::{Available, Decision, Delivered, Earlier, Known, Looked, Of, Pick, Standing};
pub use graph::{
    GaugeUse, Graph, Link, LinkKind, Row, Thing, gauge_uses, gauges_text, graph, graph_mermaid, graph_svg,
};
pub use group::{
    Answers, Callers, Confusion, Decided, FEW, Finding, GroupAbout, GroupDebrief, GroupDecision, GroupGauge,
    GroupReflection, GroupSheet, GroupStage, HotWash, MANY, PlanRow, Said, Share, StageMark, TeamEnd,
    TeamTold, TeamWhatIf, Test, UNIFIED, group,
};
pub use happened::{Gauge, Good, Lane, Mark, Step};
pub use model::{
    About, Debrief, Ended, LINE_MOVES, Moment, Noted, Objective, Opening, Part, Period, Rating, Record,
    RecordLine, Reflection, Retry, Sheet, Source, Stage, Sum, Unexamined,
};
pub use otherwise::{Course, Drawn, LineEnd, Other, Otherwise, Would, WouldRead};
pub use owed::{Duty, Fate, Spread, Stands};
#[cfg(feature = "host")]
pub(crate) use render::plain;
pub use render::{
    Screen, Simulated, attendance_csv, decisions_csv, group_html, group_json, group_markdown, group_terminal,
    html, json, markdown, prose_html, simulated_html, simulated_json, simulated_terminal, terminal,
    terminal_opening, terminal_prose,
};
