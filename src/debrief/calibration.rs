//! What a debrief says about confidence: every answer that was given with one.

use serde::Serialize;

use crate::speech::noted;

/// Confidence against correctness.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calibration {
    /// Every answer with a confidence, sure and wrong first.
    pub calls: Vec<Call>,
    /// Mean Brier score in ten-thousandths; none without answers.
    pub brier: Option<u32>,
}

/// One answer with its confidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Number of the decision.
    pub decision: u16,
    /// What was asked.
    pub title: String,
    /// How sure, in percent.
    pub confidence: u8,
    /// Whether it was right.
    pub right: bool,
    /// Brier score in ten-thousandths.
    pub brier: u32,
}

/// From how many percent on somebody was sure, as the score counts it.
pub(super) const SURE: u8 = 80;

impl Call {
    /// Whether confidence and correctness fell apart in the way that teaches most.
    #[must_use]
    pub const fn sure_and_wrong(&self) -> bool {
        self.confidence >= SURE && !self.right
    }

    /// How it stands, in words; in English, for [`crate::speech::label`].
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match (self.confidence >= SURE, self.right) {
            (true, true) => noted!("sure and right"),
            (true, false) => noted!("sure and wrong"),
            (false, true) => noted!("right, not sure"),
            (false, false) => noted!("wrong, and not sure"),
        }
    }
}
