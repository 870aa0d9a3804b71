//! What a room will not do now. Everyday, not an error; people read the sentence.

use std::fmt;

use tr::tr;

use crate::engine::Refusal;

/// The room will not do that now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomRefusal {
    /// Every place is taken.
    Full,
    /// The trainer locked the lobby.
    Locked,
    /// The room is closed.
    Closed,
    /// A real event stopped the exercise.
    Stopped,
    /// Somebody here has that name, or one that looks like it.
    NameTaken,
    /// The name is empty, too long, or not a line of text.
    NameUnfit,
    /// There is no such team, or no such seat.
    NoSuchPlace,
    /// The trainer removed this person.
    Removed,
    /// That belongs to somebody else's seat.
    NotYours,
    /// Only the one who leads the team does that.
    NotTheLead,
    /// Nobody has voted yet.
    NoVotes,
    /// Time cannot be let pass: nothing comes any more before the end.
    NothingComes,
    /// Each plays in their own time, and stops their own clock.
    OwnClocks,
    /// Something in a form that needs an answer has none.
    Unfilled,
    /// Somebody who plays alone has stopped their own clock; only they let it go on.
    Theirs,
    /// The time in which this room could be played has passed.
    Late,
    /// The drill will not do that.
    Drill(Refusal),
}

impl From<Refusal> for RoomRefusal {
    fn from(refusal: Refusal) -> Self {
        Self::Drill(refusal)
    }
}

impl fmt::Display for RoomRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::Full => tr!("Every place in this room is taken. Tell the trainer."),
            Self::Locked => {
                tr!("The trainer has locked the room. Tell the trainer that you want to come in.")
            }
            Self::Closed => tr!("This room is closed. You can close this page."),
            Self::Stopped => {
                tr!("The exercise was stopped for a real event. It goes on when the trainer shows it again.")
            }
            Self::NameTaken => tr!("Somebody here has that name, or one that looks like it. Choose another."),
            Self::NameUnfit => {
                tr!("A name is one line of at most 80 bytes, without control characters. Choose another.")
            }
            Self::NoSuchPlace => tr!("There is no such place in this room. Load the page again."),
            Self::Removed => {
                tr!("The trainer has taken you out of this room. Only the trainer can let you back in.")
            }
            Self::NotYours => tr!("That is for somebody else to decide."),
            Self::NotTheLead => tr!("Only the one who leads the team can do that."),
            Self::OwnClocks => {
                tr!("Each plays in their own time and pauses alone. For a real event there is the stop.")
            }
            Self::Unfilled => {
                tr!("Something in this form is not chosen yet. Every part of it needs an answer.")
            }
            Self::NoVotes => tr!("Nobody has voted yet."),
            Self::NothingComes => {
                tr!("Nothing more comes by itself. Answer what is open, or end the exercise.")
            }
            Self::Late => {
                tr!("The time in which this drill could be played has passed. Ask the trainer for another.")
            }
            Self::Theirs => tr!("Somebody has paused their own drill; only they let it go on."),
            Self::Drill(Refusal::Paused) => {
                tr!("The clock stands still. Send this again once the exercise goes on.")
            }
            Self::Drill(Refusal::Busy(_)) => {
                tr!("Something else is under way just now. Send this again when it is done.")
            }
            Self::Drill(refusal) => return refusal.fmt(f),
        };
        f.write_str(&sentence)
    }
}
