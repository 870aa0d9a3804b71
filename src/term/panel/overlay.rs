//! What can lie over the open question for a while: lists, a text to read, a
//! line to write, a thing to confirm. The question stays open underneath.

use crate::drill::TraineeView;
use crate::limits::TYPED_BYTES_MAX;
use crate::scenario::{ActionId, QuestionId};
use crate::term::editor::Editor;
use crate::term::lists::{Shelved, deeds, shelf};
use crate::term::pick::{How, Picker};
use crate::term::story::Entry;
use crate::term::table::Loss;

/// What lies over the question.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    /// Evidence and everything that arrived.
    Shelf(Picker, Vec<Shelved>),
    /// What can be done.
    Deeds(Picker, Vec<ActionId>),
    /// A text, from a line on.
    Reader(Box<Entry>, usize),
    /// A line for the incident log.
    Note(Editor),
    /// Whether to take a hint at its price.
    Hint(QuestionId, u8),
    /// Whether to let time pass at this cost.
    RunOut(Loss),
    /// Whether to leave; and whether the clock stood still before that was asked.
    Leave {
        /// Whether it stood still before.
        stood: bool,
    },
    /// Whether to end the exercise for good; and whether the clock stood still before.
    End {
        /// Whether it stood still before.
        stood: bool,
    },
}

impl Overlay {
    pub(super) fn note() -> Self {
        Self::Note(Editor::new(TYPED_BYTES_MAX))
    }

    pub(super) fn shelf(view: &TraineeView) -> Option<Self> {
        let (rows, labels): (Vec<_>, Vec<_>) = shelf(view).into_iter().unzip();
        (!rows.is_empty()).then(|| Self::Shelf(Picker::new(How::One, labels), rows))
    }

    pub(super) fn deeds(view: &TraineeView) -> Option<Self> {
        let (rows, labels): (Vec<_>, Vec<_>) = deeds(view).into_iter().unzip();
        (!rows.is_empty()).then(|| Self::Deeds(Picker::new(How::One, labels), rows))
    }

    pub(super) fn read(entry: Entry) -> Self {
        Self::Reader(Box::new(entry), 0)
    }

    /// Whether `p` stops and starts the clock under it: it is text in a note, and leaving has stopped it already.
    pub(super) const fn lets_pause(&self) -> bool {
        !matches!(self, Self::Note(_) | Self::Leave { .. } | Self::End { .. })
    }
}
