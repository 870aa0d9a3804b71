//! A room: who sits where, who voted for what, what the trainer did. Facts and a fold, nothing else.
//!
//! A drill knows one trainee, who holds every seat; a room is what puts many
//! people behind that trainee. [`RoomFact`] is everything that can happen in
//! one, the facts of its drills among them; [`Room`] is where it stands, a fold
//! over those; [`Ballot`] turns the votes of a team into one answer. Like the
//! engine this reads no clock, asks nobody and writes nothing.

mod ballot;
mod fact;
mod handle;
mod member;
mod refusal;
mod state;
mod terms;

pub use ballot::{Ballot, FEW, Tally, Vote};
pub use fact::{Cause, Entry, IdempotencyKey, Mark, MemberId, RoomFact, TeamId, To};
pub use handle::{fit_name, handle, likeness};
pub use member::{Member, Presence};
pub use refusal::RoomRefusal;
pub use state::{Message, Observation, Room, Team, Washed};
pub use terms::{Identity, Terms, Way};
