//! What time leaves of an item: full inside the good window, then linear to the
//! question's floor at the lapse. Drill time only; untimed drills leave all.
//!
//! A multiplier on credit, never a prize of its own (`doctrine.md`, part D3).

use tr::tr;

use super::worth::Words;
use crate::scenario::SimTime;
use crate::speech::label;

/// When something was open, and until when it earned everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// When it opened.
    pub(super) opened: SimTime,
    /// Until when it earned everything; until the lapse if none.
    pub(super) good: Option<SimTime>,
    /// When it lapsed or would have; never if none.
    pub(super) lapses: Option<SimTime>,
    /// Percent that was left just before the lapse.
    pub(super) floor: u8,
    /// Whether time does not count in this drill.
    pub(super) untimed: bool,
}

impl Window {
    /// Percent that time leaves of what was decided `at`.
    pub(super) fn percent(&self, at: SimTime) -> u8 {
        let (Some(lapses), false) = (self.lapses, self.untimed) else { return 100 };
        let Some(good) = self.good.filter(|good| *good < lapses && *good < at) else { return 100 };
        let (late, span) = (u64::from(at.since(good).0), u64::from(lapses.since(good).0));
        let lost = u64::from(100_u8.saturating_sub(self.floor));
        u8::try_from((100 * span - lost * late.min(span)) / span).expect("checked: at most 100")
    }

    /// The same, and why; `did` says what was done, noted.
    pub(super) fn leaves<W: Words>(&self, at: SimTime, did: &str) -> (u8, W) {
        let left = self.percent(at);
        (left, W::of(|| self.why(at, did, left)))
    }

    fn why(&self, at: SimTime, did: &str, left: u8) -> String {
        if self.untimed {
            return tr!("time: untimed drill: 100 %");
        }
        let (did, after) = (label(did), at.since(self.opened).said());
        let Some(lapses) = self.lapses else {
            return tr!("time: {0} after {1}, no limit: 100 %", did, after);
        };
        let length = lapses.since(self.opened).said();
        let Some(good) = self.good.filter(|good| *good < lapses) else {
            return tr!("time: {0} after {1} of {2}, full throughout: 100 %", did, after, length);
        };
        let full = good.since(self.opened).said();
        let then =
            if at <= good { String::new() } else { tr!(", then falling to {0} %", self.floor.min(100)) };
        let full = format!("{full}{then}");
        tr!("time: {0} after {1} of {2}, full until {3}: {4} %", did, after, length, full, left)
    }
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;

    const WINDOW: Window = Window {
        opened: SimTime(60),
        good: Some(SimTime(300)),
        lapses: Some(SimTime(540)),
        floor: 50,
        untimed: false,
    };

    #[test]
    fn linear_from_the_good_window_to_the_floor() {
        for (at, left) in [(60, 100), (300, 100), (301, 99), (360, 87), (420, 75), (539, 50), (540, 50)] {
            assert_eq!(WINDOW.percent(SimTime(at)), left, "at {at}");
        }
        let line = "time: answered after 5m of 8m, full until 4m, then falling to 50 %: 87 %";
        assert_eq!(WINDOW.leaves::<Told>(SimTime(360), "answered"), (87, vec![line.to_owned()]));
    }

    #[test]
    fn without_a_limit_or_in_an_untimed_drill_all_is_left() {
        let untimed = Window { untimed: true, ..WINDOW };
        assert_eq!(untimed.percent(SimTime(539)), 100);
        let endless = Window { lapses: None, ..WINDOW };
        assert_eq!(endless.percent(SimTime(9_999)), 100);
        let whole = Window { good: None, ..WINDOW };
        assert_eq!(whole.percent(SimTime(539)), 100);
    }

    #[test]
    fn later_never_leaves_more() {
        for floor in [0, 30, 50, 100] {
            let window = Window { floor, ..WINDOW };
            let left: Vec<u8> = (60..=540).map(|at| window.percent(SimTime(at))).collect();
            assert!(left.is_sorted_by(|a, b| a >= b));
            assert_eq!(left.last(), Some(&floor));
        }
    }
}
