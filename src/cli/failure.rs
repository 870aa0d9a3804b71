//! What went wrong, said once, at the top: what, why, what to do.

use std::fmt;

pub(super) use crate::journal::said;

/// How the program ends. Few, documented in `--help`, and tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// The thing asked for could not be done.
    Failure = 1,
    /// The command line does not fit.
    Usage = 2,
    /// The script has errors.
    Script = 3,
    /// The drill ended below the score asked for.
    BelowScore = 4,
    /// Exploration did not look at every line, or could not prove its best or worst.
    Partial = 5,
    /// Interrupted.
    Interrupted = 130,
}

/// Something went wrong.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) message: String,
    /// What was found, one by one.
    pub(super) found: Vec<String>,
    pub(super) hints: Vec<String>,
}

impl Failure {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Failure, message: message.to_string(), found: Vec::new(), hints: Vec::new() }
    }

    pub(super) fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, ..Self::new(message) }
    }

    /// Ends quietly with this code; what there is to say has been said.
    pub(super) const fn silent(exit: Exit) -> Self {
        Self { exit, message: String::new(), found: Vec::new(), hints: Vec::new() }
    }

    pub(super) fn finding(mut self, found: impl fmt::Display) -> Self {
        self.found.push(found.to_string());
        self
    }

    pub(super) fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hints.push(hint.to_string());
        self
    }
}
