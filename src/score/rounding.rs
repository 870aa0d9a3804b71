//! The one way a ratio becomes a whole number, and a whole number is shown.
//!
//! Everything else in this component is exact. Halves are rounded away from
//! zero, so a loss is rounded like a gain.

use crate::speech::language;

/// `part / whole`, rounded to the nearest whole number.
///
/// # Panics
/// If `whole` is not positive, or the result does not fit, which callers rule out.
pub(super) fn nearest(part: i128, whole: i128) -> i64 {
    assert!(whole > 0, "a share of nothing has no value");
    let rounded = (part.abs() * 2 + whole) / (whole * 2);
    i64::try_from(rounded * part.signum()).expect("checked: scores are far below the limit")
}

/// A number of hundredths for people: `75`, `41.67`, `−8.3`.
pub(super) fn hundredths(value: i64) -> String {
    let sign = if value < 0 { "\u{2212}" } else { "" };
    let (whole, part) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
    let mark = language().decimal_mark();
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}{mark}{}", part / 10),
        part => format!("{sign}{whole}{mark}{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        for (part, whole, expected) in
            [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (2, 3, 1), (5, 2, 3), (-5, 2, -3), (0, 7, 0)]
        {
            assert_eq!(nearest(part, whole), expected, "{part} / {whole}");
        }
    }

    #[test]
    fn hundredths_are_shown_only_where_there_are_any() {
        let shown = [7_500, 4_167, -833, 5, 0, -5_000, 480].map(hundredths);
        assert_eq!(shown, ["75", "41.67", "−8.33", "0.05", "0", "−50", "4.8"]);
    }
}
