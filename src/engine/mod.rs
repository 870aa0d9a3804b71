//! Inputs in, facts out. No clock, no input or output, no ambient randomness.
//!
//! Read [`What`] for everything that can happen, [`decide`] for the rules and
//! [`State::apply`] for the memory. `decide` never mutates, `apply` never
//! judges. A fact carries everything that replay needs, so a state is a fold
//! over facts alone.

mod agenda;
mod answer;
mod chance;
mod condition;
mod decide;
mod due;
mod duty;
mod fact;
mod happen;
mod inject;
mod input;
mod spread;
mod state;
mod steer;
mod turned;

pub use agenda::{Agenda, Item};
pub use chance::{Seed, Stream};
pub use condition::holds;
pub use decide::{decide, fits, interruption, step};
pub use due::{next_moment, next_moment_after};
pub use duty::{DutyClock, Owed};
pub use fact::{Answer, DutyStep, EndCause, Fact, Pair, PauseCause, SpreadStep, What};
pub use inject::closing;
pub use input::{CONFIDENCE_STEPS, Input, Refusal, Settings, Submission};
pub use spread::Spreading;
pub use state::{Asked, Delivery, Phase, Shelf, State, Work};
