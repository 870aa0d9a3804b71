//! How much time is left for the question, in sentences: at its start, at half and in the last quarter.
//!
//! Windows are drill time, and who answers has real time. Where the two differ both are said.

use std::io;
use std::time::Duration;

use tr::tr;

use super::Plain;
use crate::drill::{Clock, Journal};
use crate::scenario::SimTime;
use crate::term::style::{drill_words, in_words};

/// What is left.
struct Left {
    /// In the exercise.
    there: String,
    /// For whoever answers; none where that is as much.
    here: Option<String>,
}

impl Left {
    fn of(drill: SimTime, real: Duration) -> Self {
        let real = (real.as_secs() + u64::from(real.subsec_nanos() > 0)).max(1);
        let differ = u64::from(drill.0).abs_diff(real) > 1;
        Self { there: drill_words(drill), here: differ.then(|| in_words(real)) }
    }
}

impl<J: Journal, C: Clock> Plain<'_, '_, '_, J, C> {
    /// How long the question is open.
    pub(super) fn left(&self) -> Option<String> {
        let question = &self.draft.as_ref()?.question;
        let lapses = question.lapses?;
        let until = self.table.view.clock(lapses);
        Some(match (self.left_until(lapses), question.to_the_end) {
            (Some(Left { there, here: Some(here) }), true) => tr!(
                "You have {there} in the exercise, until {until}, when it ends: {here} of real time.",
                there,
                until,
                here
            ),
            (Some(Left { there, here: Some(here) }), false) => tr!(
                "You have {there} in the exercise, until {until}: {here} of real time.",
                there,
                until,
                here
            ),
            (Some(Left { there: left, here: None }), true) => {
                tr!("You have {left}, until {until}, the end of the exercise.", left, until)
            }
            (Some(Left { there: left, here: None }), false) => {
                tr!("You have {left}, until {until}.", left, until)
            }
            (None, true) => tr!("It is open until {until}, the end of the exercise.", until),
            (None, false) => tr!("It is open until {until}.", until),
        })
    }

    /// Says how much time is left, at half of it and in the last quarter.
    pub(super) fn warn(&mut self) -> io::Result<()> {
        let Some(question) = self.draft.as_ref().map(|d| &d.question) else { return Ok(()) };
        let Some(lapses) = question.lapses else { return Ok(()) };
        let (whole, left) = (lapses.since(question.since), lapses.since(self.table.now()));
        let (id, quarters) = (question.id, quarters_left(whole, left));
        let before = self.warned.filter(|(warned, _)| *warned == id).map_or(4, |(_, quarters)| quarters);
        if quarters >= before {
            return Ok(());
        }
        self.warned = Some((id, quarters));
        let Some(Left { there, here }) = self.left_until(lapses) else { return Ok(()) };
        match (quarters, here) {
            (1, Some(here)) => self.say(&tr!(
                "Half of the time is left: {there} in the exercise, {here} of real time.",
                there,
                here
            )),
            (0, Some(here)) => self.say(&tr!(
                "The last quarter: {there} left in the exercise, {here} of real time.",
                there,
                here
            )),
            (1, None) => self.say(&tr!("Half of the time is left: {left}.", left = there)),
            (0, None) => self.say(&tr!("The last quarter: {left} left.", left = there)),
            _ => Ok(()),
        }
    }

    /// What is left until a moment; none where the clock does not come there by itself.
    fn left_until(&self, moment: SimTime) -> Option<Left> {
        let real = self.table.clock().until(moment)?;
        Some(Left::of(moment.since(self.table.now()), real))
    }
}

/// 4 above half, 1 from half on, 0 in the last quarter: what is worth saying, nothing in between.
const fn quarters_left(whole: SimTime, left: SimTime) -> u32 {
    match (left.0 as u64 * 4, left.0 as u64 * 2, whole.0 as u64) {
        (four, _, whole) if four <= whole => 0,
        (_, two, whole) if two <= whole => 1,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_times_are_said_where_they_differ() {
        let left = Left::of(SimTime(480), Duration::from_secs(40));
        assert_eq!((left.there.as_str(), left.here.as_deref()), ("8 minutes", Some("40 seconds")));
        let same = Left::of(SimTime(480), Duration::from_millis(479_400));
        assert_eq!((same.there.as_str(), same.here.as_deref()), ("8 minutes", None));
    }
}
