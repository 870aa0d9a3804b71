//! One drill, driven: nothing is shown that was not written. And the only wall clock.
//!
//! [`Drill`] never blocks; whoever drives it brings a [`Clock`]. Two front
//! ends use it from the first week, the terminal's and [`scripted`]; a third,
//! for many browsers, is planned.

mod clock;
mod drive;
pub mod scripted;
mod view;
mod waiting;
mod written;

pub use clock::{Clock, ManualClock, Pace, Stopwatch, WallClock};
pub use drive::{Drill, Submitted};
pub use view::{
    Artefact, Busy, Categories, Deed, Heading, Message, Note, Offer, OpenQuestion, Outcome, Over, Owed,
    Reading, Settled, Sides, TraineeView, Wants, confidence_steps, impact_level, one_line, visible,
};

pub use written::written;

/// What whoever drives a [`Drill`] has to name, and may not take from the journal itself.
pub use crate::journal::{Journal, JournalError};
