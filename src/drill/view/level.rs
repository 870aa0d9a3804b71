//! Levels of impact and steps of confidence, in a trainee's words.

use crate::engine::CONFIDENCE_STEPS;
use crate::scenario::Axis;
use crate::speech::{label, noted};

/// What a level of impact means, in words.
///
/// # Panics
/// If the axis has no such level.
#[must_use]
pub fn impact_level(axis: Axis, row: usize) -> String {
    const FUNCTIONAL: [&str; 4] = [
        noted!("nothing is lost: every service runs for everyone"),
        noted!("low: every critical service runs, but slower or by hand"),
        noted!("medium: a critical service is gone for some people"),
        noted!("high: a critical service is gone for everyone"),
    ];
    const INFORMATION: [&str; 4] = [
        noted!("nothing was read, taken, changed or deleted"),
        noted!("privacy breach: personal data was read or taken"),
        noted!("proprietary breach: the organisation's own secrets were read or taken"),
        noted!("integrity loss: information was changed or deleted"),
    ];
    const RECOVERABILITY: [&str; 4] = [
        noted!("regular: the time is known, with the people and means at hand"),
        noted!("supplemented: the time is known, with more people or means"),
        noted!("extended: the time is not known, and help from outside is needed"),
        noted!("not recoverable: what happened cannot be undone"),
    ];
    label(match axis {
        Axis::Functional => FUNCTIONAL[row],
        Axis::Information => INFORMATION[row],
        Axis::Recoverability => RECOVERABILITY[row],
    })
}

/// The steps of confidence on offer: in percent, and in words.
#[must_use]
pub fn confidence_steps() -> [(u8, String); 5] {
    const SURE: [&str; 5] = [
        noted!("a coin toss"),
        noted!("leaning this way"),
        noted!("fairly sure"),
        noted!("sure"),
        noted!("certain"),
    ];
    let mut words = SURE.into_iter().map(label);
    CONFIDENCE_STEPS.map(|percent| (percent, words.next().unwrap_or_default()))
}
