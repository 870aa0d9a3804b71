//! Inputs in, facts out.
mod chance;
mod fact;
mod input;

pub use chance::{Seed, Stream};
pub use fact::{Answer, EndCause, Fact, PauseCause, What};
pub use input::{CONFIDENCE_STEPS, Input, Refusal, Settings, Submission};
