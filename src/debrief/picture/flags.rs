//! Labels on poles along a line of time, none over another, no pole through a label.
//!
//! A label flies to the right of its pole. Going from right to left, each takes
//! the lowest row above every label that begins within its span; so a pole only
//! ever passes rows whose labels begin further right. A label that would fly
//! too high, or off the sheet, keeps its number and drops its words.

/// Height of a row of labels.
pub(super) const ROW: i32 = 20;

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
pub(super) struct Place {
    /// Row, counted from the line.
    pub(super) row: i32,
    /// Whether its words are kept.
    pub(super) full: bool,
}

/// Finds a place for each flag; they come in order of `x`.
pub(super) fn places(flags: &[Flag], right: i32, rows_max: i32) -> Vec<Place> {
    let mut placed: Vec<Place> = Vec::with_capacity(flags.len());
    // From right to left; `placed` is turned round at the end.
    for (behind, flag) in flags.iter().rev().enumerate() {
        let later = &flags[flags.len() - behind..];
        let row = |width: i32| {
            let above = later
                .iter()
                .zip(placed.iter().rev())
                .take_while(|(next, _)| next.x <= flag.x + width)
                .map(|(_, place)| place.row + 1);
            above.max().unwrap_or(0)
        };
        let high = row(flag.full);
        let place = if high < rows_max && flag.x + flag.full <= right {
            Place { row: high, full: true }
        } else {
            Place { row: row(flag.least), full: false }
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
    fn no_label_lies_on_another_and_no_pole_cuts_one() {
        for spread in [1, 3, 7, 13, 29, 53] {
            let flags: Vec<Flag> = (0..40)
                .map(|n| Flag { x: (n * spread * 7) % 640, full: 40 + (n * 37) % 110, least: 24 })
                .collect();
            let mut flags = flags;
            flags.sort_by_key(|f| f.x);
            let places = places(&flags, 700, 6);
            for (a, (flag, place)) in flags.iter().zip(&places).enumerate() {
                let width = if place.full { flag.full } else { flag.least };
                for (b, (other, elsewhere)) in flags.iter().zip(&places).enumerate().skip(a + 1) {
                    let within = other.x <= flag.x + width;
                    assert!(!within || elsewhere.row < place.row, "{a} and {b} at spread {spread}");
                }
                assert!(!place.full || (place.row < 6 && flag.x + width <= 700));
            }
        }
    }
}
