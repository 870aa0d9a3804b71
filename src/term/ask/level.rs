//! Levels of impact in a trainee's words.

use crate::scenario::Axis;

/// What a level of impact means, in words.
pub(super) fn level(axis: Axis, row: usize) -> &'static str {
    const FUNCTIONAL: [&str; 4] = [
        "nothing is lost: every service runs for everyone",
        "low: every critical service runs, but slower or by hand",
        "medium: a critical service is gone for some people",
        "high: a critical service is gone for everyone",
    ];
    const INFORMATION: [&str; 4] = [
        "nothing was read, taken, changed or deleted",
        "privacy breach: personal data was read or taken",
        "proprietary breach: the organisation's own secrets were read or taken",
        "integrity loss: information was changed or deleted",
    ];
    const RECOVERABILITY: [&str; 4] = [
        "regular: the time is known, with the people and means at hand",
        "supplemented: the time is known, with more people or means",
        "extended: the time is not known, and help from outside is needed",
        "not recoverable: what happened cannot be undone",
    ];
    match axis {
        Axis::Functional => FUNCTIONAL[row],
        Axis::Information => INFORMATION[row],
        Axis::Recoverability => RECOVERABILITY[row],
    }
}
