//! How much time is left for the question, as a bar and in words that fit beside it.

use tr::tr;

use super::Panel;
use super::draw::Scene;
use crate::term::style::in_short;

/// The time that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::term) struct TimeLine {
    /// Until when, in the fiction.
    pub(in crate::term) until: String,
    /// What is left, in a thousand.
    pub(in crate::term) left_permille: u64,
    /// What is left, in words.
    pub(in crate::term) words: String,
    /// Whether it is the last quarter.
    pub(in crate::term) short: bool,
}

/// How long the bar is, on a screen of so many columns.
pub(in crate::term) const fn bar_columns(width: usize) -> usize {
    if width < 75 { 10 } else { 24 }
}

impl Panel {
    pub(super) fn time(&self, scene: Scene<'_>) -> Option<TimeLine> {
        let question = &self.asking.as_ref()?.draft.question;
        let lapses = question.lapses?;
        let (whole, left) = (lapses.since(question.since).0.max(1), lapses.since(scene.now).0);
        let short = left * 4 <= whole;
        let few = in_short(u64::from(left));
        let words = match scene.left {
            Some(real) => in_short(real.as_secs() + u64::from(real.subsec_nanos() > 0)),
            None => tr!("{0} of drill time", few),
        };
        let until = tr!("Until {0}", scene.view.clock(lapses));
        let [long, middle, least] = match (scene.view.paused.is_some(), question.to_the_end) {
            (true, _) => [stands(&words), stands(&few), left_of(&few)],
            (false, true) => [to_the_end(&words, short), to_the_end_in_short(&words, short), left_of(&words)],
            (false, false) => [runs(&words, short), runs(&words, short), left_of(&words)],
        };
        // Both brackets, and a blank on either side of them.
        let room = scene.width.saturating_sub(until.chars().count() + bar_columns(scene.width + 1) + 4);
        let words = [long, middle].into_iter().find(|says| says.chars().count() <= room).unwrap_or(least);
        let left_permille = u64::from(left) * 1000 / u64::from(whole);
        Some(TimeLine { until, left_permille, words, short })
    }
}

fn left_of(words: &str) -> String {
    tr!("{0} left", words)
}

fn stands(words: &str) -> String {
    tr!("{0} left, standing still", words)
}

fn runs(words: &str, short: bool) -> String {
    if short { tr!("▲ only {0} left", words) } else { left_of(words) }
}

fn to_the_end(words: &str, short: bool) -> String {
    match short {
        true => tr!("▲ only {0} left until the end of the exercise", words),
        false => tr!("{0} left until the end of the exercise", words),
    }
}

fn to_the_end_in_short(words: &str, short: bool) -> String {
    if short { tr!("▲ only {0} left to the end", words) } else { tr!("{0} left to the end", words) }
}
