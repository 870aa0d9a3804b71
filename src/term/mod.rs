//! The table is a terminal: live, or line by line.
//!
//! `play_live` is for eyes and single keys, `play_plain` for screen readers,
//! pipes and simple terminals. Both sit at a `table`, answer with a
//! `ask`ed draft and tell the same `story`, so the same inputs make the same
//! facts. Nothing here reads arguments or the environment: everything comes
//! with a [`Seating`].

mod ask;
mod brief;
mod diagnostic;
mod editor;
mod hangup;
mod key;
mod lines;
mod lists;
mod markdown;
mod menu;
mod panel;
mod pick;
mod plain;
mod progress;
mod raw;
mod replay;
mod run;
mod sarif;
mod screen;
mod signals;
mod story;
mod style;
mod table;
mod tell;
mod told;
mod wrap;

pub use diagnostic::{FindingsStyle, checked_json, findings, findings_json};
pub use lines::{findings_github, findings_short};
pub use menu::Menu;
pub use plain::play_plain;
pub use progress::Progress;
pub use replay::{Showing, replay};
pub use run::play_live;
pub use sarif::Sarif;
pub use style::{Style, count, drill_words, in_words};
pub use told::Told;

use std::fmt;
use std::io;

use tr::tr;

use crate::drill::JournalError;
use crate::engine::Settings;

/// What a front end is told beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Seating {
    /// How things look.
    pub style: Style,
    /// What is settled at STARTEX, if that has not been.
    pub settings: Settings,
    /// Drill seconds per real second; none in an untimed drill.
    pub pace: Option<u16>,
    /// Whether the pre-brief is read before STARTEX; otherwise play begins at once.
    pub brief: bool,
    /// Whether somebody types; what arrives in plain mode then begins on a line of its own.
    pub typed: bool,
}

/// How the trainee got up from the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// ENDEX has been.
    Ended,
    /// The trainee saved and quit, or the input came to its end.
    Saved,
    /// The trainee, or a signal, left at once. Nothing is lost either way.
    Left,
}

/// The table broke.
#[derive(Debug)]
pub enum TermError {
    /// The journal could not take a fact.
    Journal(JournalError),
    /// The terminal, or the pipe, failed.
    Io(io::Error),
}

impl fmt::Display for TermError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Journal(error) => error.fmt(f),
            Self::Io(error) => f.write_str(&tr!("the terminal failed: {error}", error)),
        }
    }
}

impl std::error::Error for TermError {}

impl From<JournalError> for TermError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<io::Error> for TermError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
