//! What an answer is worth, before time and help: what every rule returns.

use super::tally::Credit;

/// The worth of one answer, with the most that was on offer and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Worth {
    /// What it is worth.
    pub(super) credit: Credit,
    /// The most that was on offer then.
    pub(super) best: Credit,
    /// How it came about.
    pub(super) lines: Vec<String>,
}

impl Worth {
    /// Whether it counts as right.
    pub(super) const fn right(&self) -> bool {
        self.credit.right(self.best)
    }
}
