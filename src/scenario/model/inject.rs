//! What reaches the trainees, and what is expected of them.

use super::head::Stage;
use super::rule::{Condition, Effect};
use crate::scenario::id::{Name, PersonId, SeatSet, SourceId};
use crate::scenario::time::SimTime;

/// Something that reaches the trainees, or is expected of them.
#[derive(Clone, Debug)]
pub struct Inject {
    /// Name in the script.
    pub name: Name,
    /// Which of HSEEP's three kinds.
    pub kind: InjectKind,
    /// What brings it.
    pub trigger: Trigger,
    /// Seeded delay on top, between zero and this.
    pub jitter: SimTime,
    /// Probability in percent that it is part of a drill at all.
    pub chance: u8,
    /// What must hold when it is due.
    pub when: Condition,
    /// Until when a condition that does not hold yet is waited for.
    pub until: Option<SimTime>,
    /// Whether and how it comes again.
    pub again: Option<Again>,
    /// Whom it reaches; everybody if empty.
    pub seats: SeatSet,
    /// How it arrives; `None` for a checkpoint.
    pub via: Option<Channel>,
    /// Its text, in safe Markdown.
    pub body: String,
    /// Effects, in order.
    pub then: Vec<Effect>,
}

/// How an inject comes again after it was delivered.
#[derive(Clone, Debug)]
pub struct Again {
    /// Drill time from one delivery to the next, before jitter.
    pub every: SimTime,
    /// How often it comes in all, the first included; until ENDEX if none.
    pub times: Option<u16>,
    /// Once this holds when it is due again, it comes no more.
    pub unless: Option<Condition>,
}

/// Kinds of inject in HSEEP's sense.
#[derive(Clone, Debug)]
pub enum InjectKind {
    /// Builds the situation.
    Contextual,
    /// Comes only if an expected action is missing; counts as assistance.
    Contingency,
    /// Delivers nothing; reserves the place of an expected action and is scored.
    Checkpoint(Checkpoint),
}

/// An expected action with its window.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// What is expected, in words, for the debrief.
    pub expects: String,
    /// When it counts as done.
    pub met_when: Condition,
    /// Opening of the window.
    pub opens: SimTime,
    /// Until when it earns everything.
    pub good: SimTime,
    /// End of the window.
    pub closes: SimTime,
    /// Stage.
    pub stage: Stage,
    /// What it is worth, in tenths of the usual item: 10 is one point per ten percent.
    pub weight: u16,
    /// Why it is expected.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// What brings an inject.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// The clock.
    At(SimTime),
    /// A delay after something happened.
    After(Condition, SimTime),
    /// As soon as its condition holds.
    When,
    /// Only an effect.
    Effect,
}

/// How an inject arrives, with what that channel shows.
#[derive(Clone, Debug)]
pub enum Channel {
    /// A mail.
    Mail {
        /// Who it says it is from.
        from: PersonId,
        /// The address it shows, if not the person's own.
        address: String,
        /// To whom.
        to: String,
        /// Subject.
        subject: String,
    },
    /// A chat message.
    Chat {
        /// Who writes.
        from: PersonId,
        /// Channel or group.
        room: String,
    },
    /// A telephone call.
    Call {
        /// Who calls.
        from: PersonId,
        /// The number shown.
        number: String,
    },
    /// A ticket.
    Ticket {
        /// Who opened it.
        from: PersonId,
        /// Its number.
        number: String,
        /// Its state.
        state: String,
    },
    /// A machine's alert.
    Alert {
        /// The system that raises it.
        system: String,
        /// The level it shows.
        level: String,
    },
    /// A news item.
    News {
        /// The outlet.
        outlet: String,
        /// The headline.
        headline: String,
    },
    /// A social post.
    Post {
        /// The account.
        account: String,
        /// The network.
        network: String,
    },
    /// A letter.
    Letter {
        /// Who wrote it.
        from: PersonId,
        /// Subject.
        subject: String,
    },
    /// A person at the desk.
    Desk {
        /// Who stands there.
        from: PersonId,
    },
}
