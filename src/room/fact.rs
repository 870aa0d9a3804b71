//! What happened in a room. Kept for ever, in one order; everything else is a fold over it.
//!
//! The facts of the room's drills are among them, each with who brought it
//! about, so one chain holds a whole exercise: what happened to the simulated
//! world, who decided it, and every act of the trainer. People are numbers
//! here; their names and words are sealed by the journal, each with the key of
//! the person whose words they are.

use super::terms::Terms;
use crate::engine::{Fact, Submission};
use crate::scenario::{InjectId, QuestionId, SeatSet, SimTime, Stage};
use crate::score::Rating;

/// A person in a room; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub u32);

/// A team, which is a drill; the first is 1. Where each plays alone, each is a team of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamId(pub u32);

/// What a browser calls a decision, so that the same one sent twice is one decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(pub u128);

/// The SHA-256 of a secret that a browser holds. The secret itself is nowhere kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(pub [u8; 32]);

impl std::fmt::Debug for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mark(..)")
    }
}

/// One thing that happened, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Wall-clock time in milliseconds since 1970: a label for people, by which nothing is decided.
    pub wall: u64,
    /// The moment of the drill concerned; of the room's furthest drill where it concerns them all.
    pub at: SimTime,
    /// What.
    pub what: RoomFact,
}

/// What brought facts of a drill about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The clock.
    Clock,
    /// The trainer.
    Trainer,
    /// The votes of the team, when its time was up or its lead locked them.
    Team,
    /// Somebody in the room.
    Member(MemberId, IdempotencyKey),
}

/// To whom something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct To {
    /// The team; every team if none.
    pub team: Option<TeamId>,
    /// The seats; everybody if empty.
    pub seats: SeatSet,
}

impl To {
    /// Whether that is somebody of `team` who holds the seats `mine`, while `taken` are held in it.
    #[must_use]
    pub fn reaches(self, team: TeamId, taken: SeatSet, mine: SeatSet) -> bool {
        self.team.is_none_or(|to| to == team) && self.seats.reaches(taken, mine)
    }
}

/// What happened in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomFact {
    /// The room was opened. Always the first.
    Opened(Terms),
    /// How people come in, and by which secret the trainer is known; earlier secrets stay good.
    Keyed {
        /// What people type to come in.
        code: String,
        /// The trainer's secret.
        trainer: Mark,
    },
    /// Somebody may watch: see the run of show, and note what they observe.
    Watched {
        /// By which secret they are known.
        observer: Mark,
    },
    /// Somebody came in for the first time.
    Joined {
        /// Who.
        member: MemberId,
        /// Into which team.
        team: TeamId,
        /// On which seats; every seat if empty.
        seats: SeatSet,
        /// Under which name.
        name: String,
        /// By which secret the browser is known again.
        mark: Mark,
        /// Percent by which this person's windows are stretched, 100 … 1000; private.
        factor: u16,
    },
    /// Somebody took more time or less for what will be asked of them; private.
    Stretched {
        /// Who.
        member: MemberId,
        /// Percent by which their windows are stretched, 100 … 1000; none if nothing is to lapse.
        factor: Option<u16>,
    },
    /// Somebody took another place.
    Seated {
        /// Who.
        member: MemberId,
        /// In which team.
        team: TeamId,
        /// On which seats; every seat if empty.
        seats: SeatSet,
    },
    /// Somebody leads their team: locks its votes.
    Leads(MemberId),
    /// Somebody's browser is connected, for the first time or again.
    Here(MemberId),
    /// Somebody's browser has been gone for a while.
    Away(MemberId),
    /// The trainer removed somebody; the place is kept.
    Removed(MemberId),
    /// The trainer let somebody back in.
    Readmitted(MemberId),
    /// Nobody else can come in.
    Locked,
    /// People can come in again.
    Unlocked,
    /// Something happened in a drill.
    Played {
        /// In whose.
        team: TeamId,
        /// What brought it about.
        cause: Cause,
        /// What happened, in order; at least one.
        facts: Vec<Fact>,
    },
    /// Somebody voted for an answer of their team, or changed their vote.
    Voted {
        /// Who.
        member: MemberId,
        /// What the browser calls it.
        key: IdempotencyKey,
        /// For what.
        vote: Submission,
    },
    /// The trainer sent something that stands in no script.
    Told {
        /// To whom.
        to: To,
        /// From whom it comes, in the fiction; empty for a hint of the trainer's.
        from: String,
        /// What it is about; may be empty.
        subject: String,
        /// What it says, in safe Markdown.
        says: String,
    },
    /// The trainer sent an inject once more; nothing follows from it.
    Resent {
        /// To which team.
        team: TeamId,
        /// Which.
        inject: InjectId,
    },
    /// The trainer set how fast drill time passes.
    Paced {
        /// In which team; in all if none.
        team: Option<TeamId>,
        /// Drill seconds for each real second.
        pace: u16,
    },
    /// The trainer put an answer in words before the room, or took it away.
    Pinned {
        /// Whose team.
        team: TeamId,
        /// To which question.
        question: QuestionId,
        /// Whose words; none to take them away.
        member: Option<MemberId>,
    },
    /// The trainer or an observer noted something.
    Observed {
        /// Of which team; of the room if none.
        team: Option<TeamId>,
        /// What.
        says: String,
    },
    /// The trainer or an observer marked how a stage went. The latest mark counts.
    Marked {
        /// Of which team; of the room if none.
        team: Option<TeamId>,
        /// Which stage.
        stage: Stage,
        /// How; none to take the mark away.
        rating: Option<Rating>,
    },
    /// A real event: the exercise stopped at once, on every page.
    Stopped,
    /// After a real event the exercise may go on.
    Cleared,
    /// Somebody answered a question of the hot wash, or changed the answer.
    Washed {
        /// Who.
        member: MemberId,
        /// Which question: the row among those asked.
        row: u8,
        /// The answer.
        says: String,
    },
    /// Everybody may read their debrief.
    Released,
    /// The room is closed: nobody decides anything any more.
    Closed,
}
