//! What the attacker, or the clock, does while a condition holds.

use super::rule::{Condition, Effect};
use crate::scenario::id::Name;
use crate::scenario::time::SimTime;

/// Something that goes on step by step until it is contained.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Name in the script.
    pub name: Name,
    /// What it is, for trainers and the debrief; never shown during play.
    pub label: String,
    /// What starts it.
    pub start: SpreadStart,
    /// From its start to its first step, before jitter.
    pub first: SimTime,
    /// From one step to the next, before jitter; one step only if none.
    pub every: Option<SimTime>,
    /// How many steps it takes; until it is contained if none.
    pub times: Option<u16>,
    /// Seeded delay of each step, between zero and this; shorter than `every`.
    pub jitter: SimTime,
    /// Probability in percent that it is part of a drill at all.
    pub chance: u8,
    /// What must hold at a step; a step whose condition does not hold is left out and not counted.
    pub goes_while: Condition,
    /// Once this holds, it is contained for good, whether or not it has begun.
    pub unless: Option<Condition>,
    /// Effects of each step, in order.
    pub then: Vec<Effect>,
}

/// What starts a spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpreadStart {
    /// STARTEX.
    Startex,
    /// A condition, as soon as it holds; an effect may come before.
    When(Condition),
    /// Only an effect.
    Effect,
}
