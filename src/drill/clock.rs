//! The only wall clock of the project: pace, pause, and clocks that jump.
//!
//! Drill time is logical. A wall clock only says how much of it may have
//! passed since the last look; a laptop that slept, a process that was stopped
//! or a clock that was set never adds more than a few seconds.

use std::time::{Duration, Instant, SystemTime};

use crate::scenario::SimTime;

/// Where drill time comes from.
pub trait Clock {
    /// The drill time now.
    fn now(&self) -> SimTime;
    /// Drill time jumps forward to `moment`; never back.
    fn leap(&mut self, moment: SimTime);
    /// Drill time stands still.
    fn stop(&mut self);
    /// Drill time goes on.
    fn go(&mut self);
    /// How much real time it takes to get to `moment`; `None` if it will not come by itself.
    fn until(&self, moment: SimTime) -> Option<Duration>;
    /// To be called once a second or more often while time runs. Says whether the
    /// machine slept or its clock was set since the last call; drill time is then
    /// put back to that last call.
    fn jumped(&mut self) -> bool;
    /// Whether it is time to note how far drill time has come: every few seconds
    /// of real time, while it passes by itself.
    fn beats(&mut self) -> bool;
}

/// How fast drill time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So many drill seconds for each real second.
    Times(u16),
    /// Not by itself: it stands still until somebody lets time pass.
    Untimed,
}

/// Longer than this between two looks, on either clock, and somebody was away.
const GAP: Duration = Duration::from_secs(5);

/// How often drill time is noted; a drill that is killed goes at most so far back.
const BEAT: Duration = Duration::from_secs(2);

/// Real time since it was made: how long work may go on, and how long it took.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// It runs from now on.
    #[must_use]
    pub fn start() -> Self {
        Self(look().0)
    }

    /// How long it has run.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        look().0.duration_since(self.0)
    }
}

/// Drill time that follows real time.
#[derive(Clone, Debug)]
pub struct WallClock {
    pace: Pace,
    base: SimTime,
    since: Option<Instant>,
    looked: (Instant, SystemTime),
    looked_at: SimTime,
    beaten: Instant,
}

impl WallClock {
    /// A clock that stands at `moment`; [`Clock::go`] lets it run.
    #[must_use]
    pub fn standing_at(moment: SimTime, pace: Pace) -> Self {
        let looked = look();
        Self { pace, base: moment, since: None, looked, looked_at: moment, beaten: looked.0 }
    }

    fn run_for(&self, real: Duration) -> SimTime {
        match self.pace {
            Pace::Untimed => SimTime::ZERO,
            Pace::Times(times) => {
                let drill = real.as_millis() * u128::from(times) / 1000;
                SimTime(u32::try_from(drill).unwrap_or(u32::MAX))
            }
        }
    }

    fn look_again(&mut self) {
        self.looked = look();
        self.looked_at = self.now();
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
fn look() -> (Instant, SystemTime) {
    (Instant::now(), SystemTime::now())
}

/// Real time until `drill` has passed since a clock began to run, after it has run for `run`. Not counted from
/// the second that the clock shows: that may be almost over.
fn left(drill: SimTime, times: u16, run: Duration) -> Duration {
    let all = u64::from(drill.0) * 1000;
    Duration::from_millis(all.div_ceil(u64::from(times.max(1)))).saturating_sub(run)
}

/// Whether the clocks say that somebody was away between two looks.
fn away(monotonic: Duration, wall: Option<Duration>) -> bool {
    monotonic > GAP
        || match wall {
            // The wall clock was set back behind the last look.
            None => true,
            // A laptop that slept: the wall clock went on, the machine's own did not.
            Some(wall) => wall.abs_diff(monotonic) > GAP,
        }
}

impl Clock for WallClock {
    fn now(&self) -> SimTime {
        match self.since {
            None => self.base,
            Some(since) => self.base + self.run_for(look().0.saturating_duration_since(since)),
        }
    }

    fn leap(&mut self, moment: SimTime) {
        if moment > self.now() {
            self.base = moment;
            self.since = self.since.map(|_| look().0);
        }
        self.look_again();
    }

    fn stop(&mut self) {
        self.base = self.now();
        self.since = None;
        self.look_again();
    }

    fn go(&mut self) {
        if self.since.is_none() {
            self.since = Some(look().0);
        }
        self.look_again();
    }

    fn until(&self, moment: SimTime) -> Option<Duration> {
        let Pace::Times(times) = self.pace else { return None };
        let run = look().0.saturating_duration_since(self.since?);
        Some(left(moment.since(self.base), times, run))
    }

    fn jumped(&mut self) -> bool {
        let (instant, wall) = look();
        let monotonic = instant.saturating_duration_since(self.looked.0);
        let away = self.since.is_some() && away(monotonic, wall.duration_since(self.looked.1).ok());
        if away {
            self.base = self.looked_at;
            self.since = Some(instant);
        }
        self.look_again();
        away
    }

    fn beats(&mut self) -> bool {
        let runs = self.since.is_some() && self.pace != Pace::Untimed;
        let due = runs && self.looked.0.saturating_duration_since(self.beaten) >= BEAT;
        if due {
            self.beaten = self.looked.0;
        }
        due
    }
}

/// Drill time that goes where it is told, for tests and scripted drills.
#[derive(Clone, Debug, Default)]
pub struct ManualClock {
    now: SimTime,
}

impl ManualClock {
    /// A clock that stands at `moment`.
    #[must_use]
    pub const fn standing_at(moment: SimTime) -> Self {
        Self { now: moment }
    }
}

impl Clock for ManualClock {
    fn now(&self) -> SimTime {
        self.now
    }
    fn leap(&mut self, moment: SimTime) {
        self.now = self.now.max(moment);
    }
    fn stop(&mut self) {}
    fn go(&mut self) {}
    fn until(&self, _: SimTime) -> Option<Duration> {
        None
    }
    fn jumped(&mut self) -> bool {
        false
    }
    fn beats(&mut self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_untimed_clock_moves_by_leaps_only_and_never_back() {
        let mut clock = WallClock::standing_at(SimTime(60), Pace::Untimed);
        clock.go();
        assert_eq!((clock.now(), clock.until(SimTime(90))), (SimTime(60), None));
        clock.leap(SimTime(90));
        clock.leap(SimTime(30));
        assert_eq!(clock.now(), SimTime(90));
    }

    #[test]
    fn a_stopped_clock_stands_still() {
        let mut clock = WallClock::standing_at(SimTime(10), Pace::Times(600));
        assert_eq!((clock.now(), clock.until(SimTime(11))), (SimTime(10), None));
        clock.go();
        clock.stop();
        let stood_at = clock.now();
        assert_eq!(clock.now(), stood_at);
    }

    #[test]
    fn a_moment_is_waited_for_to_the_end_of_its_second_and_no_longer() {
        let ms = Duration::from_millis;
        assert_eq!(left(SimTime(3), 1, ms(2_900)), ms(100), "most of that second has passed");
        assert_eq!(left(SimTime(3), 60, ms(20)), ms(30), "three seconds at that pace are fifty milliseconds");
        assert_eq!(left(SimTime(1), 600, ms(0)), ms(2), "never early");
        assert_eq!(left(SimTime(3), 1, ms(3_500)), ms(0), "it has been");
        let mut clock = WallClock::standing_at(SimTime(10), Pace::Times(1));
        clock.go();
        clock.since = look().0.checked_sub(ms(3_500));
        assert_eq!(clock.until(SimTime(13)), Some(Duration::ZERO), "it has been");
    }

    #[test]
    fn sleep_and_set_clocks_are_noticed() {
        let seconds = Duration::from_secs;
        assert!(!away(seconds(1), Some(seconds(1))), "an ordinary look");
        assert!(away(seconds(0), Some(seconds(3_600))), "a laptop that slept");
        assert!(away(seconds(60), Some(seconds(60))), "a process that was stopped");
        assert!(away(seconds(1), None), "a clock set back behind the last look");
        assert!(away(seconds(0), Some(seconds(8))), "a clock set forward");
    }

    #[test]
    fn a_jump_puts_drill_time_back() {
        let mut clock = WallClock::standing_at(SimTime(100), Pace::Times(10));
        clock.go();
        let hour = Duration::from_secs(3_600);
        clock.looked.1 = clock.looked.1.checked_sub(hour).expect("long after 1970");
        clock.since = clock.since.and_then(|since| since.checked_sub(Duration::from_secs(30)));
        assert!(clock.now() >= SimTime(400), "thirty seconds at pace ten");
        assert!(clock.jumped());
        assert!(clock.now() < SimTime(400), "put back to the last look");
        assert!(!clock.jumped());
    }
}
