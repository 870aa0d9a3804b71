//! Confidence against correctness.

use super::rounding::nearest;
use super::tally::{Calibration, Call};

/// From which percent somebody counts as sure.
const SURE: u8 = 80;

/// Brier score `(p − o)²` in ten-thousandths: 0 best, 10 000 worst (Brier 1950,
/// Monthly Weather Review 78). Strictly proper: saying what one believes pays.
#[must_use]
pub fn brier(confidence: u8, right: bool) -> u32 {
    let off = if right { 100_u32.abs_diff(confidence.into()) } else { confidence.into() };
    off * off
}

impl Call {
    /// One answer of the item in row `item`.
    pub(super) fn new(item: usize, confidence: u8, right: bool) -> Self {
        Self { item, confidence, right, brier: brier(confidence, right) }
    }

    /// Whether the trainee was sure and wrong. Such errors are corrected best once
    /// they are shown (Butterfield and Metcalfe 2001), so they are shown first.
    #[must_use]
    pub const fn sure_and_wrong(&self) -> bool {
        self.confidence >= SURE && !self.right
    }
}

/// All calls, *sure and wrong* first and the surest of them foremost, the others as they came.
pub(super) fn calibration(mut calls: Vec<Call>) -> Calibration {
    let total: i128 = calls.iter().map(|c| i128::from(c.brier)).sum();
    let brier = (!calls.is_empty()).then(|| {
        u32::try_from(nearest(total, calls.len() as i128)).expect("checked: a mean of Brier scores")
    });
    calls.sort_by_key(|c| (!c.sure_and_wrong(), if c.sure_and_wrong() { 100 - c.confidence } else { 0 }));
    Calibration { calls, brier }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brier_vectors() {
        assert_eq!(brier(80, true), 400, "0.04");
        assert_eq!(brier(80, false), 6_400, "0.64");
        assert_eq!((brier(50, true), brier(50, false)), (2_500, 2_500), "guessing says so");
    }

    #[test]
    fn sure_and_wrong_comes_first() {
        let calls = [(0, 60, false), (1, 90, true), (2, 90, false), (3, 75, false), (4, 99, false)];
        let calls = calls.map(|(item, confidence, right)| Call::new(item, confidence, right));
        let calibration = calibration(calls.to_vec());
        assert_eq!(calibration.calls.iter().map(|c| c.item).collect::<Vec<_>>(), [4, 2, 0, 1, 3]);
        assert_eq!(calibration.brier, Some((3_600 + 100 + 8_100 + 5_625 + 9_801 + 2) / 5));
        assert_eq!(super::calibration(Vec::new()).brier, None);
    }
}
