//! Somebody in a room: who they are, where they sit, how long they have been there.

use super::fact::{Mark, MemberId, TeamId};
use crate::scenario::SeatSet;

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// Under which name.
    pub name: String,
    /// By which secret the browser is known again.
    pub mark: Mark,
    /// In which team.
    pub team: TeamId,
    /// On which seats; every seat if empty.
    pub seats: SeatSet,
    /// Percent by which this person's windows are stretched; none if nothing is to lapse.
    pub factor: Option<u16>,
    /// Whether they are there.
    pub presence: Presence,
    /// When they came in, in milliseconds since 1970.
    pub joined: u64,
    /// Since when they are there; none while they are not.
    pub since: Option<u64>,
    /// Milliseconds that they were there before that.
    pub was_here: u64,
}

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Their browser is connected.
    Here,
    /// Their browser has been gone for a while.
    Away,
    /// The trainer removed them.
    Removed,
}

impl Member {
    /// Their browser is there, from a moment of the wall clock on.
    pub(super) fn comes(&mut self, wall: u64) {
        self.presence = Presence::Here;
        self.since = self.since.or(Some(wall));
    }

    /// They are gone since a moment of the wall clock, and in what way.
    pub(super) fn goes(&mut self, wall: u64, presence: Presence) {
        self.was_here = self.here_until(wall);
        self.since = None;
        self.presence = presence;
    }

    /// Milliseconds that this person has been there, counted up to a moment of the wall clock.
    #[must_use]
    pub fn here_until(&self, wall: u64) -> u64 {
        self.was_here + self.since.map_or(0, |since| wall.saturating_sub(since))
    }
}
