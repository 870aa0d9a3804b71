//! The invented world: organisation, people, clock, gauges, evidence, sources.

use crate::scenario::id::{Name, SeatSet, TruthId};
use crate::scenario::time::SimTime;

/// The invented organisation.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// What it does.
    pub sector: String,
    /// How large it is, in words.
    pub size: String,
    /// Where it operates, in words.
    pub operates_in: String,
    /// What a trainee should know of it before STARTEX.
    pub about: String,
}

/// One system of the organisation.
#[derive(Clone, Debug)]
pub struct System {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub label: String,
    /// What it is for.
    pub about: String,
}

/// Somebody who writes or calls.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name in the script.
    pub name: Name,
    /// What people call them.
    pub label: String,
    /// Their role.
    pub role: String,
    /// Their mail address, if they have one.
    pub address: String,
    /// How far they are to be trusted; for authors and trainers, never shown to a trainee.
    pub trust: String,
}

/// A role in the script that a trainee can take.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub label: String,
    /// What it is there for.
    pub about: String,
}

/// When the fiction happens and how fast it passes.
#[derive(Clone, Debug)]
pub struct ClockPlan {
    /// Date and time at STARTEX, `2026-03-06 15:40`, a valid civil time in `zone`.
    pub startex: String,
    /// IANA time zone, `Europe/Berlin`.
    pub zone: String,
    /// ENDEX by time.
    pub length: SimTime,
    /// Drill seconds per real second, 1 … 600.
    pub pace: u16,
    /// Whether the script is untimed by default.
    pub untimed: bool,
}

/// Something that differs from seed to seed; a text names it as `{slot.field}`.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Name in the script.
    pub name: Name,
    /// Field names, the same in every alternative, ascending.
    pub fields: Vec<Name>,
    /// Alternatives; each has one text per field, in the order of `fields`.
    pub alternatives: Vec<Vec<String>>,
}

/// A number of the simulated world.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Value at STARTEX.
    pub start: i64,
    /// Lowest value.
    pub min: i64,
    /// Highest value.
    pub max: i64,
    /// Which direction is good.
    pub good: Direction,
    /// Whether trainees see it only in the debrief.
    pub hidden: bool,
}

/// Which direction of a gauge is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Less is better.
    Low,
    /// More is better.
    High,
}

/// Something that can be examined.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Name in the script.
    pub name: Name,
    /// Title.
    pub title: String,
    /// Who can see it; everybody if empty.
    pub seats: SeatSet,
    /// How it looks.
    pub look: Look,
    /// Drill time to examine it.
    pub takes: SimTime,
    /// What is read, in safe Markdown (`Look::Note`) or verbatim.
    pub body: String,
    /// Whether it is there from STARTEX on; otherwise something reveals it.
    pub from_start: bool,
    /// Names of the truths it supports.
    pub supports: Vec<TruthId>,
    /// Whether it leads nowhere on purpose.
    pub decoy: bool,
    /// Probability in percent that it is part of a drill at all.
    pub chance: u8,
}

/// How an artefact looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Prose in Markdown.
    Note,
    /// Log lines, verbatim.
    Log,
    /// A mail with its headers, verbatim.
    Mail,
    /// A table in Markdown.
    Table,
    /// A talk with times.
    Transcript,
    /// A screen described in text.
    Screen,
}

/// Something that a rationale rests on.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name in the script.
    pub name: Name,
    /// Title.
    pub title: String,
    /// Where to find it; may be empty for print.
    pub address: String,
    /// When it was read, `2026-11-23`.
    pub read: String,
}
