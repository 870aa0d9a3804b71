//! Labels on poles along a line of time, none over another.
//!
//! A label flies to the right of its pole. Going from right to left, one with
//! words takes the lowest row above every label that begins within its span, so
//! that no pole passes through words. A label that would fly too high, or off
//! the sheet, keeps its number, in the lowest row where it lies on nothing; if
//! there is none, the pole stands alone and the table has the rest.

/// Height of a row of labels.
pub(super) const ROW: i32 = 20;
/// Rows that numbers may use.
const ROWS_OF_NUMBERS: i32 = 12;

/// A label before it has its place.
pub(super) struct Flag {
    /// Where its pole stands.
    pub(super) x: i32,
    /// Width with its words.
    pub(super) full: i32,
    /// Width of mark and number alone.
    pub(super) least: i32,
}

/// Where a label flies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// With its words, in this row, counted from the line.
    Words(i32),
    /// With its number only.
    Number(i32),
    /// Not at all.
    Bare,
}

impl Place {
    /// Its row, if it has one.
    pub(super) const fn row(self) -> Option<i32> {
        match self {
            Self::Words(row) | Self::Number(row) => Some(row),
            Self::Bare => None,
        }
    }
}

/// Finds a place for each flag; they come in order of `x`.
pub(super) fn places(flags: &[Flag], right: i32, rows_max: i32) -> Vec<Place> {
    let mut placed: Vec<Place> = Vec::with_capacity(flags.len());
    // From right to left; `placed` is turned round at the end.
    for (behind, flag) in flags.iter().rev().enumerate() {
        let later = &flags[flags.len() - behind..];
        // The rows of the labels that begin within `width` of this one.
        let rows = |width: i32| {
            let near =
                later.iter().zip(placed.iter().rev()).take_while(move |(next, _)| next.x <= flag.x + width);
            near.filter_map(|(_, place)| place.row()).collect::<Vec<i32>>()
        };
        let high = rows(flag.full).into_iter().max().map_or(0, |row| row + 1);
        let taken = rows(flag.least);
        let place = if high < rows_max && flag.x + flag.full <= right {
            Place::Words(high)
        } else {
            (0..ROWS_OF_NUMBERS).find(|row| !taken.contains(row)).map_or(Place::Bare, Place::Number)
        };
        placed.push(place);
    }
    placed.reverse();
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_lies_on_another_and_no_pole_cuts_words() {
        for spread in [1, 3, 7, 13, 29, 53] {
            let mut flags: Vec<Flag> = (0..40)
                .map(|n| Flag { x: (n * spread * 7) % 640, full: 40 + (n * 37) % 110, least: 24 })
                .collect();
            flags.sort_by_key(|f| f.x);
            let places = places(&flags, 700, 6);
            for (a, (flag, place)) in flags.iter().zip(&places).enumerate() {
                for (b, (other, elsewhere)) in flags.iter().zip(&places).enumerate().skip(a + 1) {
                    let within = |width| other.x <= flag.x + width;
                    match (place, elsewhere.row()) {
                        (Place::Words(row), Some(its)) if within(flag.full) => assert!(its < *row, "{a} {b}"),
                        (Place::Number(row), Some(its)) if within(flag.least) => {
                            assert!(its != *row, "{a} {b}")
                        }
                        _ => {}
                    }
                }
                if let Place::Words(row) = place {
                    assert!(*row < 6 && flag.x + flag.full <= 700);
                }
            }
        }
    }

    #[test]
    fn a_crowd_stays_within_its_rows() {
        let flags: Vec<Flag> = (0..120).map(|n| Flag { x: n / 30, full: 90, least: 24 }).collect();
        let places = places(&flags, 700, 6);
        assert!(places.iter().filter_map(|p| p.row()).all(|row| row < ROWS_OF_NUMBERS));
        assert!(places.contains(&Place::Bare));
    }
}
