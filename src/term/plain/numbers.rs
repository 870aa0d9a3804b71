//! What the numbers of a list mean: what they meant when the list was last read out.
//!
//! Lists grow and shrink while a drill runs. Whoever has heard that five is a page on the
//! website must not notify an authority with it because something has come to stand above.

use super::Listed;
use crate::drill::TraineeView;
use crate::scenario::ActionId;
use crate::term::lists::{Row, Shelved, deeds, shelf, take_deed, take_from_shelf};

/// The lists as they were read out.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// The one that was called up last: a bare number takes a row of it, until the question is
    /// asked again.
    pub(super) listed: Option<Listed>,
    shelf: Option<Vec<Shelved>>,
    deeds: Option<Vec<ActionId>>,
}

impl Numbers {
    /// Remembers what is read out now.
    pub(super) fn read_out(&mut self, listed: Listed, view: &TraineeView) {
        self.listed = Some(listed);
        match listed {
            Listed::Shelf => self.shelf = Some(shelf(view).into_iter().map(|(row, _)| row).collect()),
            Listed::Deeds => self.deeds = Some(deeds(view).into_iter().map(|(id, _)| id).collect()),
        }
    }

    /// What a number of the evidence and messages takes; of a list never heard, as it stands now.
    pub(super) fn of_shelf(&self, number: usize, view: &TraineeView) -> Option<Row> {
        let row = number.checked_sub(1)?;
        let meant = match &self.shelf {
            Some(heard) => *heard.get(row)?,
            None => shelf(view).get(row)?.0,
        };
        take_from_shelf(view, meant)
    }

    /// What a number of the actions takes; of a list never heard, as it stands now.
    pub(super) fn of_deeds(&self, number: usize, view: &TraineeView) -> Option<Row> {
        let row = number.checked_sub(1)?;
        let meant = match &self.deeds {
            Some(heard) => *heard.get(row)?,
            None => deeds(view).get(row)?.0,
        };
        Some(take_deed(view, meant))
    }
}
