//! Who has how many streams open: tabs and devices of one person, within bounds.
//!
//! The stream that was opened first makes room for one more than is allowed, and
//! is told so: a page that somebody has just opened is the one they look at.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::limits::HOST_STREAMS_MAX;
use crate::room::MemberId;

/// Whose streams are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Audience {
    /// The page of somebody in the room.
    Member(MemberId),
    /// The trainer's console.
    Console,
    /// The page of a seat, as the trainer sees it.
    Seen(u32),
    /// The run of show, as observers see it.
    Observer,
    /// The projector.
    Projector,
}

/// Why a stream was ended from here, as the page's script reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The same page was opened in too many other places.
    Elsewhere,
    /// The trainer's screen was locked.
    Locked,
}

impl Ended {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::Locked => "locked",
        }
    }
}

/// A stream, by its number, and how it is told that it has ended.
type Opened = (u64, oneshot::Sender<Ended>);

/// The streams that are open.
#[derive(Debug, Default)]
pub(super) struct Streams(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    open: BTreeMap<Audience, VecDeque<Opened>>,
    last: u64,
}

/// A stream that counts for as long as this lives.
#[derive(Debug)]
pub(super) struct Place {
    streams: Arc<Streams>,
    audience: Audience,
    number: u64,
    /// Says when it has to end.
    pub(super) ended: oneshot::Receiver<Ended>,
}

impl Streams {
    fn with<T>(&self, work: impl FnOnce(&mut Counted) -> T) -> T {
        // Nothing in there is half done when something panics.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens one more, and ends the first of them if that are too many.
    pub(super) fn open(self: &Arc<Self>, audience: Audience) -> Place {
        let (end, ended) = oneshot::channel();
        let (number, first) = self.with(|counted| {
            counted.last += 1;
            let number = counted.last;
            let open = counted.open.entry(audience).or_default();
            open.push_back((number, end));
            (number, if open.len() > HOST_STREAMS_MAX { open.pop_front() } else { None })
        });
        if let Some((_, end)) = first {
            // One that has just gone by itself need not be told.
            let _ = end.send(Ended::Elsewhere);
        }
        Place { streams: Arc::clone(self), audience, number, ended }
    }

    /// Ends what may be seen only by the trainer, wherever it is open. The projector stays.
    pub(super) fn lock(&self) {
        let ended: Vec<Opened> = self.with(|counted| {
            let of_trainer = |audience: &Audience| matches!(audience, Audience::Console | Audience::Seen(_));
            let theirs: Vec<Audience> = counted.open.keys().copied().filter(of_trainer).collect();
            theirs.iter().filter_map(|audience| counted.open.remove(audience)).flatten().collect()
        });
        for (_, end) in ended {
            let _ = end.send(Ended::Locked);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.streams.with(|counted| {
            if let Some(open) = counted.open.get_mut(&self.audience) {
                open.retain(|(number, _)| *number != self.number);
                if open.is_empty() {
                    counted.open.remove(&self.audience);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room_and_nobody_else_does() {
        let streams = Arc::new(Streams::default());
        let (ada, bram) = (Audience::Member(MemberId(1)), Audience::Member(MemberId(2)));
        let mut other = streams.open(bram);
        let mut open: Vec<Place> = (0..HOST_STREAMS_MAX).map(|_| streams.open(ada)).collect();
        assert!(open[0].ended.try_recv().is_err(), "so many are allowed");
        drop(open.remove(3));
        open.push(streams.open(ada));
        assert!(open[0].ended.try_recv().is_err(), "one that was closed counts no more");
        open.push(streams.open(ada));
        assert_eq!(open[0].ended.try_recv(), Ok(Ended::Elsewhere));
        assert!(open[1].ended.try_recv().is_err() && other.ended.try_recv().is_err());
        drop((open, other));
        assert!(streams.with(|counted| counted.open.is_empty()));
    }

    #[test]
    fn a_locked_screen_ends_what_is_the_trainer_s_alone() {
        let streams = Arc::new(Streams::default());
        let audiences =
            [Audience::Console, Audience::Seen(1), Audience::Projector, Audience::Member(MemberId(1))];
        let mut open = audiences.map(|audience| streams.open(audience));
        streams.lock();
        let told = open.each_mut().map(|place| place.ended.try_recv().ok());
        assert_eq!(told, [Some(Ended::Locked), Some(Ended::Locked), None, None]);
    }
}
