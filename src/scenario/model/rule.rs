//! Conditions and effects: the closed language in which scripts say when and what then.

use crate::scenario::id::{
    ActionId, ChoiceId, ClassId, DutyId, EvidenceId, GaugeId, InjectId, KindId, PartnerId, QuestionId,
    SeatId, SpreadId,
};
use crate::scenario::time::SimTime;

/// Something that holds or does not, at a moment of a drill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Holds.
    Always,
    /// All hold; also if there is none.
    All(Vec<Condition>),
    /// One holds at least.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The choice was part of the answer; the task was given to somebody; the recipient was told.
    Chosen(QuestionId, ChoiceId),
    /// The task was given to this person, or the recipient was told through this channel.
    Paired(QuestionId, ChoiceId, PartnerId),
    /// Somebody holds the seat.
    Seated(SeatId),
    /// The question was answered.
    Answered(QuestionId),
    /// The question lapsed.
    Lapsed(QuestionId),
    /// The action was done.
    Did(ActionId),
    /// The inject was delivered.
    Delivered(InjectId),
    /// The checkpoint was met.
    Met(InjectId),
    /// The checkpoint's window closed unmet.
    Missed(InjectId),
    /// The evidence was examined.
    Examined(EvidenceId),
    /// The latest categorization has this class, and this type if one is named.
    Categorized(ClassId, Option<KindId>),
    /// The gauge is at least so much.
    AtLeast(GaugeId, i64),
    /// The gauge is at most so much.
    AtMost(GaugeId, i64),
    /// The moment has come.
    From(SimTime),
    /// The moment has not come.
    Before(SimTime),
    /// The spread has begun, and is neither contained nor at its end.
    Spreading(SpreadId),
    /// The spread was contained: its `unless` came to hold, or an effect stopped it.
    Contained(SpreadId),
    /// The duty's clock has started, its deadline has not passed, and it is not met.
    DutyRunning(DutyId),
    /// The duty is met, in time or late.
    DutyMet(DutyId),
    /// The duty's deadline passed and it was not met by then.
    DutyMissed(DutyId),
}

/// What follows from a choice, an action, an inject or a lapse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Sets a gauge, within its bounds.
    Set(GaugeId, i64),
    /// Adds to a gauge, within its bounds.
    Add(GaugeId, i64),
    /// Delivers an inject after a delay.
    Deliver(InjectId, SimTime),
    /// Cancels an inject that has not been delivered.
    Cancel(InjectId),
    /// Opens a question.
    Ask(QuestionId),
    /// Closes an open question without an answer; it is not scored.
    Close(QuestionId),
    /// Makes evidence available.
    Reveal(EvidenceId),
    /// Starts a spread that has not begun.
    Start(SpreadId),
    /// Contains a spread for good, whether or not it has begun.
    Stop(SpreadId),
    /// Starts the clock of a duty.
    StartDuty(DutyId),
    /// The trainee declares that the clock of a duty has started.
    DeclareDuty(DutyId),
    /// Meets a duty.
    MeetDuty(DutyId),
    /// Ends the drill.
    End,
}
