//! Which watchers have to be looked at, because something that they read has changed.

use super::fact::{Answer, What};
use crate::scenario::{Scenario, WatcherId, Watchers};

/// Words that need no room of their own: scripts seldom have more watchers than fit.
const NEAR: usize = 4;

/// A set of watchers.
#[derive(Debug, Default)]
pub(super) struct Turned {
    count: usize,
    near: [u64; NEAR],
    far: Vec<u64>,
}

impl Turned {
    /// Puts in whoever reads what `what` changes. Whoever else does so twice does no harm.
    pub(super) fn by(&mut self, scenario: &Scenario, what: &What) {
        let watchers = &scenario.watchers;
        match what {
            What::Started { .. } => self.all(watchers),
            What::Delivered(inject) | What::Met(inject) | What::Missed(inject) => {
                self.put_all(watchers.of_inject(*inject));
            }
            What::Answered { question, answer, .. } => {
                self.put_all(watchers.of_question(*question));
                if matches!(answer, Answer::Category(_)) {
                    self.put_all(watchers.of_category());
                }
            }
            What::Lapsed(question) => self.put_all(watchers.of_question(*question)),
            What::Did(action) => self.put_all(watchers.of_action(*action)),
            What::Examined(evidence) => self.put_all(watchers.of_evidence(*evidence)),
            What::Moved { gauge, .. } => self.put_all(watchers.of_gauge(*gauge)),
            What::Spread { spread, .. } => self.put_all(watchers.of_spread(*spread)),
            What::Duty { duty, .. } => self.put_all(watchers.of_duty(*duty)),
            // No condition can tell these from what was before.
            What::Known(_)
            | What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Again { .. }
            | What::Absent(_)
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Fired(_)
            | What::Held(_)
            | What::Released(_)
            | What::Skipped(_)
            | What::Opened { .. }
            | What::Closed(_)
            | What::Extended { .. }
            | What::Hinted { .. }
            | What::Begun { .. }
            | What::Examining { .. }
            | What::Revealed(_)
            | What::Noted(_)
            | What::Paused(_)
            | What::Resumed
            | What::Ended { .. } => {}
        }
    }

    fn all(&mut self, watchers: &Watchers) {
        for row in 0..watchers.all().len() {
            self.put(WatcherId(u16::try_from(row).expect("checked: tables are within limits")));
        }
    }

    fn put_all(&mut self, watchers: &[WatcherId]) {
        for watcher in watchers {
            self.put(*watcher);
        }
    }

    pub(super) fn put(&mut self, watcher: WatcherId) {
        let (row, bit) = (watcher.at() / 64, 1 << (watcher.at() % 64));
        let word = match row.checked_sub(NEAR) {
            None => &mut self.near[row],
            Some(far) => {
                if self.far.len() <= far {
                    self.far.resize(far + 1, 0);
                }
                &mut self.far[far]
            }
        };
        self.count += usize::from(*word & bit == 0);
        *word |= bit;
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes out the first watcher from row `from` on.
    pub(super) fn take(&mut self, from: usize) -> Option<WatcherId> {
        let mut mask = u64::MAX << (from % 64);
        for row in from / 64..NEAR + self.far.len() {
            let word = if row < NEAR { &mut self.near[row] } else { &mut self.far[row - NEAR] };
            let found = *word & mask;
            if found != 0 {
                *word &= !(found & found.wrapping_neg());
                self.count -= 1;
                let bit = row * 64 + found.trailing_zeros() as usize;
                return Some(WatcherId(u16::try_from(bit).expect("checked: it was put in")));
            }
            mask = u64::MAX;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn watchers_come_out_in_order_each_once() {
        let mut turned = Turned::default();
        for watcher in [700, 3, 255, 64, 3, 256, 63] {
            turned.put(WatcherId(watcher));
        }
        assert_eq!(turned.take(64), Some(WatcherId(64)), "from a row on");
        turned.put(WatcherId(1));
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(watcher) = turned.take(from) {
            out.push(watcher.0);
            from = watcher.at();
        }
        assert_eq!(out, [1, 3, 63, 255, 256, 700]);
        assert!(turned.is_empty() && turned.take(0).is_none());
    }
}
