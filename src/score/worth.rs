//! What an answer is worth, before time and help: what every rule returns.
//!
//! A rule says how it came by its numbers in [`Words`]. A score keeps them; whoever
//! only adds up points takes the same rules [`Unsaid`], and no line is ever made.

use super::tally::Credit;
use crate::speech::label;

/// How a number came about, line by line, for people.
pub(super) trait Words: Default + PartialEq {
    /// Whether anybody reads them; what only readers want to know is not looked for otherwise.
    const READ: bool;

    /// Adds a line, which is made only if somebody reads it.
    fn say(&mut self, line: impl FnOnce() -> String);

    /// Adds the lines of `other`, each behind `name`, which is noted; behind nothing if it is empty.
    fn quote(&mut self, name: &str, other: Self);

    /// The lines; none if nobody reads them.
    fn lines(self) -> Vec<String>;

    /// A single line.
    fn of(line: impl FnOnce() -> String) -> Self {
        let mut words = Self::default();
        words.say(line);
        words
    }
}

/// Words that are kept.
pub(super) type Told = Vec<String>;

impl Words for Told {
    const READ: bool = true;

    fn say(&mut self, line: impl FnOnce() -> String) {
        self.push(line());
    }
    fn quote(&mut self, name: &str, other: Self) {
        let name = if name.is_empty() { String::new() } else { label(name) };
        self.extend(other.into_iter().map(|line| format!("{name}{line}")));
    }
    fn lines(self) -> Vec<String> {
        self
    }
}

/// Words that nobody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unsaid;

impl Words for Unsaid {
    const READ: bool = false;

    fn say(&mut self, _: impl FnOnce() -> String) {}
    fn quote(&mut self, _: &str, _: Self) {}
    fn lines(self) -> Vec<String> {
        Vec::new()
    }
}

/// The worth of one answer, with the most that was on offer and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Worth<W> {
    /// What it is worth.
    pub(super) credit: Credit,
    /// The most that was on offer then.
    pub(super) best: Credit,
    /// How it came about.
    pub(super) lines: W,
}

impl<W> Worth<W> {
    /// Whether it counts as right.
    pub(super) const fn right(&self) -> bool {
        self.credit.right(self.best)
    }
}
