//! What simulated trainees who guess tell an author.

use super::simulate::{Bound, GuessProof};
use crate::scenario::{Code, Diagnostic, Places, Scenario, finding};

/// A finding for each bound that a script misses.
#[must_use]
pub fn guess_findings(scenario: &Scenario, proof: &GuessProof) -> Vec<Diagnostic> {
    let places = Places::of(scenario);
    let told = proof.missed.iter().map(|bound| {
        let (table, what) = match bound {
            Bound::Expert { earned, best } => {
                ("questions", format!("a simulated expert earns {earned} points, and the best line {best}"))
            }
            Bound::Guesser { policy, mean } => (
                "questions",
                format!(
                    "who plays `{policy}` earns {} of the best line on the mean; less than half is right",
                    percent(*mean)
                ),
            ),
            Bound::Guessers { mean } => (
                "questions",
                format!(
                    "guessers earn {} of the best line on the mean; less than 35 % is right",
                    percent(*mean)
                ),
            ),
            Bound::Random { high, pass } => (
                "pass",
                format!(
                    "one in twenty who answer at random comes to {high} % or more, and {pass} % is a pass"
                ),
            ),
        };
        let help = [
            "let choices be of like length and plausibility, more of them, and let harm cost".to_owned(),
            "see who earns how much: breachdrill simulate SCRIPT".to_owned(),
        ];
        finding(Code::Guessable, places.entry(table, ""), &what, &help)
    });
    told.collect()
}

/// Hundredths of a percent as people read them.
fn percent(hundredths: u32) -> String {
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}
