//! What the outside tells a drill, and what the drill answers when it will not.

use std::fmt;

use tr::tr;

use super::chance::Seed;
use super::fact::{Answer, EndCause, PauseCause};
use crate::scenario::{ActionId, EvidenceId, InjectId, QuestionId, SeatSet, SimTime};

/// Something from outside: the clock, a trainee, or a trainer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Time has passed; yields what is due at the next moment at which anything happens.
    Tick,
    /// STARTEX.
    Start(Settings),
    /// An answer to an open question, or a revised categorization.
    Answer(Submission),
    /// Begin an action.
    Do(ActionId),
    /// Begin to examine evidence.
    Examine(EvidenceId),
    /// The next hint of an open question.
    Hint(QuestionId),
    /// More time for an open question.
    MoreTime(QuestionId),
    /// A line for the incident log.
    Note(String),
    /// The clock stops.
    Pause(PauseCause),
    /// The clock goes on.
    Resume,
    /// ENDEX by the trainee.
    End,
    /// By the trainer: an inject comes now, whatever its clock or its condition says.
    Fire(InjectId),
    /// By the trainer: an inject does not come until it is released.
    Hold(InjectId),
    /// By the trainer: an inject that was held may come again, at once if it was due meanwhile.
    /// Its own condition is looked at then, as ever.
    Release(InjectId),
    /// By the trainer: an inject does not come, or come again, at all.
    Skip(InjectId),
    /// By the trainer: so much more time for an open question.
    Extend(QuestionId, SimTime),
}

impl Input {
    /// Whether only a trainer does such a thing.
    #[must_use]
    pub const fn of_trainer(&self) -> bool {
        match self {
            Self::Fire(_) | Self::Hold(_) | Self::Release(_) | Self::Skip(_) | Self::Extend(..) => true,
            Self::Pause(cause) => cause.of_trainer(),
            Self::Tick
            | Self::Start(_)
            | Self::Answer(_)
            | Self::Do(_)
            | Self::Examine(_)
            | Self::Hint(_)
            | Self::MoreTime(_)
            | Self::Note(_)
            | Self::Resume
            | Self::End => false,
        }
    }
}

/// What is settled at STARTEX for the whole drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Settings {
    /// The seed of every draw.
    pub seed: Seed,
    /// No question lapses and no window closes before ENDEX, and timeliness is full throughout.
    pub untimed: bool,
    /// Percent by which a person's windows are stretched, 100 … 1000.
    pub factor: u16,
    /// Which seats are taken; those that the script does not have are left out, and
    /// where none is left all are taken: alone, one trainee holds every seat.
    pub seats: SeatSet,
}

impl Settings {
    /// Whether every window is as long as the script says.
    pub(super) const fn as_written(self) -> bool {
        !self.untimed && self.factor == 100
    }
}

/// An answer as it is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub answer: Answer,
    /// How sure the trainee is, in percent: 50, 60, 75, 90 or 99.
    pub confidence: Option<u8>,
    /// Why, in the trainee's words; never scored.
    pub reason: Option<String>,
}

/// The steps of confidence on offer, in percent.
pub const CONFIDENCE_STEPS: [u8; 5] = [50, 60, 75, 90, 99];

/// The drill will not do that now. Everyday, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// STARTEX has not been.
    NotStarted,
    /// STARTEX has been.
    AlreadyStarted,
    /// ENDEX has been.
    Over(EndCause),
    /// The clock stands still.
    Paused,
    /// The clock runs already.
    NotPaused,
    /// The moment given lies before the last fact.
    Past,
    /// Something is due before this moment; tick first.
    TickFirst(SimTime),
    /// The question is not open.
    NotOpen,
    /// The answer names a choice that is not on offer.
    NotOffered,
    /// The answer does not fit the kind of question.
    WrongKind,
    /// An order must rank everything on offer, each once.
    Incomplete,
    /// A set names something twice.
    Doubled,
    /// The confidence is none of the steps.
    NoSuchConfidence,
    /// Another action or examination is under way until then.
    Busy(SimTime),
    /// The action is not on offer; or the inject is not where the trainer could do that with it.
    NotAvailable,
    /// It has been done, and once is all.
    AlreadyDone,
    /// There is no further hint.
    NoMoreHints,
    /// The question has no time limit.
    NoLimit,
    /// The text is longer than allowed.
    TooLong,
    /// The text is empty.
    Empty,
    /// The drill holds as many facts as a drill may.
    Full,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence = match self {
            Self::NotStarted => tr!("The drill has not started yet."),
            Self::AlreadyStarted => tr!("The drill has started already."),
            Self::Over(_) => tr!("The drill is over."),
            Self::Paused => tr!("The clock stands still; resume first."),
            Self::NotPaused => tr!("The clock is running already."),
            Self::Past => tr!("That moment has passed."),
            Self::TickFirst(_) => tr!("Something else is due before that."),
            Self::NotOpen => tr!("This question is not open."),
            Self::NotOffered => tr!("That is not among the choices."),
            Self::WrongKind => tr!("That does not answer this question."),
            Self::Incomplete => tr!("Put everything on the list in order, each once."),
            Self::Doubled => tr!("Each may be named once only."),
            Self::NoSuchConfidence => tr!("Confidence is 50, 60, 75, 90 or 99 percent."),
            Self::Busy(until) => {
                tr!("You are still busy until {until} into the drill.", until = until.said())
            }
            Self::NotAvailable => tr!("That is not possible now."),
            Self::AlreadyDone => tr!("That has been done already."),
            Self::NoMoreHints => tr!("There is no further hint."),
            Self::NoLimit => tr!("This question has no time limit."),
            Self::TooLong => tr!("That text is too long."),
            Self::Empty => tr!("There is nothing in that text."),
            Self::Full => tr!("This drill holds as many facts as a drill may."),
        };
        f.write_str(&sentence)
    }
}
