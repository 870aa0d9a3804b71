//! Seats, and what belongs to them.

use super::super::file;
use super::super::id::{SeatId, SeatSet};
use super::super::model::Seat;
use super::conditions::Lower;
use super::reader::{Kind, Owner, Seen};
use crate::limits::{LABEL_BYTES_MAX, SEATS_MAX, TEXT_BYTES_MAX};

impl Lower<'_, '_, '_> {
    pub(super) fn seats(&mut self) -> Vec<Seat> {
        let empty = file::Seat::default();
        let mut seats = Vec::new();
        for row in &self.script.seats {
            let seat = self.reader.get(row.body).unwrap_or(&empty);
            let owner = Owner(row.key, "a seat", "label");
            let label = match row.body.ok() {
                Some(_) => self.reader.must_text(&seat.label, owner, Seen::Before, LABEL_BYTES_MAX),
                None => String::new(),
            };
            let about = self.reader.text(&seat.about, Seen::Before, TEXT_BYTES_MAX);
            seats.push(Seat { name: row.name.clone(), label, about });
        }
        seats
    }

    /// The seats that something belongs to; everybody's if there are none.
    pub(super) fn seat_set(&mut self, field: &file::List<String>) -> SeatSet {
        let list = self.reader.list(field, SEATS_MAX);
        list.into_iter().filter_map(|at| self.reader.refer(Kind::Seat, at)).map(SeatId::of).collect()
    }
}
