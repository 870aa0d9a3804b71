//! What happened in a drill. Kept for ever; everything else is a fold over it.
//!
//! A fact carries everything that replay needs: when a question lapses, how
//! the dice fell, what a gauge reads afterwards. So a journal of today replays
//! under the rules and the generator of tomorrow. Matches on [`What`] are
//! exhaustive everywhere: adding a kind makes the compiler list the work.

use super::input::Settings;
use crate::scenario::{
    ActionId, Category, ChoiceId, ChoiceOrder, ChoiceSet, DutyId, EndingId, EvidenceId, GaugeId, InjectId,
    Pairing, PartnerId, QuestionId, SimTime, SpreadId, TruthId,
};

/// One thing that happened, at its moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When, in drill time.
    pub at: SimTime,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// STARTEX, with every draw that was made for the whole drill.
    Started {
        /// What was settled.
        settings: Settings,
        /// The alternative of each slot, in the scenario's order.
        picks: Vec<u8>,
        /// When each inject on the clock is due; one that is not part of this drill is left out.
        plan: Vec<(InjectId, SimTime)>,
        /// Injects that are not part of this drill.
        left_out: Vec<InjectId>,
    },
    /// Another truth is in force from here on. Never shown to a trainee during play.
    Known(TruthId),
    /// An inject was put on the clock. Never shown.
    Scheduled {
        /// Which.
        inject: InjectId,
        /// For when.
        due: SimTime,
    },
    /// An inject was due, its condition does not hold, and is waited for. Never shown.
    Awaited {
        /// Which.
        inject: InjectId,
        /// Until when.
        until: SimTime,
    },
    /// An inject that was delivered will come again. Never shown.
    Again {
        /// Which.
        inject: InjectId,
        /// For which time, the first being 1.
        number: u16,
        /// When.
        due: SimTime,
    },
    /// Evidence is not part of this drill. Never shown.
    Absent(EvidenceId),
    /// Something about a spread. Never shown during play.
    Spread {
        /// Which.
        spread: SpreadId,
        /// What about it.
        step: SpreadStep,
    },
    /// Something about a duty.
    Duty {
        /// Which.
        duty: DutyId,
        /// What about it.
        step: DutyStep,
    },
    /// An inject reached the trainee.
    Delivered(InjectId),
    /// An inject was due and its condition did not hold. Never shown.
    Withheld(InjectId),
    /// An inject will not come any more. Never shown.
    Cancelled(InjectId),
    /// The trainer brought an inject, whatever its clock or its condition says; it is delivered
    /// next. Never shown during play.
    Fired(InjectId),
    /// The trainer holds an inject: it does not come until it is released. Never shown during play.
    Held(InjectId),
    /// The trainer released an inject: it is back on the clock, or waits as before. Never shown
    /// during play.
    Released(InjectId),
    /// The trainer dropped an inject; it is cancelled next. Never shown during play.
    Skipped(InjectId),
    /// An expected action was seen. Never shown during play.
    Met(InjectId),
    /// An expected action was not seen in its window. Never shown during play.
    Missed(InjectId),
    /// A question opened.
    Opened {
        /// Which.
        question: QuestionId,
        /// When it lapses, if ever.
        lapses: Option<SimTime>,
        /// Until when an answer earns everything, if that ends before the lapse.
        good: Option<SimTime>,
        /// What is on offer, in the order shown.
        offered: ChoiceOrder,
    },
    /// A question was answered, or a categorization revised.
    Answered {
        /// Which.
        question: QuestionId,
        /// How.
        answer: Answer,
        /// How sure, in percent.
        confidence: Option<u8>,
        /// Why, in the trainee's words.
        reason: Option<String>,
    },
    /// Nobody answered in time.
    Lapsed(QuestionId),
    /// A question was withdrawn; it is not scored.
    Closed(QuestionId),
    /// A question's time was extended.
    Extended {
        /// Which.
        question: QuestionId,
        /// When it lapses now.
        lapses: SimTime,
        /// Until when an answer earns everything now.
        good: Option<SimTime>,
        /// How much more the trainer gave; none where the trainee asked for more.
        granted: Option<SimTime>,
    },
    /// A hint was taken: the first is 0.
    Hinted {
        /// Of which question.
        question: QuestionId,
        /// Which hint.
        hint: u8,
    },
    /// An action was begun.
    Begun {
        /// Which.
        action: ActionId,
        /// When it is done.
        until: SimTime,
    },
    /// An action was done.
    Did(ActionId),
    /// Evidence is being examined.
    Examining {
        /// Which.
        evidence: EvidenceId,
        /// When that is done.
        until: SimTime,
    },
    /// Evidence was examined.
    Examined(EvidenceId),
    /// Evidence became available.
    Revealed(EvidenceId),
    /// A gauge moved.
    Moved {
        /// Which.
        gauge: GaugeId,
        /// What it reads now.
        reads: i64,
    },
    /// A line for the incident log.
    Noted(String),
    /// The clock stopped.
    Paused(PauseCause),
    /// The clock goes on.
    Resumed,
    /// ENDEX.
    Ended {
        /// What brought it.
        cause: EndCause,
        /// How it ended.
        ending: EndingId,
    },
}

/// What happened to a spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpreadStep {
    /// It is not part of this drill.
    LeftOut,
    /// It began.
    Began {
        /// When its first step is due.
        due: SimTime,
    },
    /// It went on by one step; the step's effects follow.
    Went {
        /// When the next step is due; none after the last.
        due: Option<SimTime>,
    },
    /// A step was due and its condition did not hold.
    Waited {
        /// When the next step is due; none if there is none.
        due: Option<SimTime>,
    },
    /// It was contained, for good.
    Contained,
}

/// What happened to a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyStep {
    /// Its clock started. Shown only where the script says so.
    Started {
        /// The deadline.
        due: SimTime,
    },
    /// The trainee declared that its clock had started.
    Declared {
        /// The deadline if it had started at this moment; none if it is met already.
        due: Option<SimTime>,
    },
    /// It was met.
    Met,
    /// Its deadline passed and it was not met. Never shown during play.
    Missed,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One choice (*choose one*, *triage*).
    One(ChoiceId),
    /// All that apply.
    Several(ChoiceSet),
    /// An order of everything on offer (*put in order*), or of what was picked (*record*).
    Order(Vec<ChoiceId>),
    /// Tasks given to people, or recipients told through channels, ascending by row;
    /// a row that is left open is not in it.
    Pairs(Vec<Pair>),
    /// A number.
    Number(i64),
    /// A category; parts not asked are `None`.
    Category(Category),
    /// Free text.
    Text(String),
}

impl Answer {
    /// The choices that are part of the answer; empty for kinds without.
    #[must_use]
    pub fn choices(&self) -> ChoiceSet {
        match self {
            Self::One(choice) => ChoiceSet::default().with(*choice),
            Self::Several(choices) => *choices,
            Self::Order(choices) => choices.iter().copied().collect(),
            Self::Pairs(pairs) => pairs.iter().map(|pair| pair.row).collect(),
            Self::Number(_) | Self::Category(_) | Self::Text(_) => ChoiceSet::default(),
        }
    }

    /// With whom or through what each row is paired; nothing for most kinds.
    #[must_use]
    pub fn pairing(&self) -> Pairing {
        match self {
            Self::Pairs(pairs) => {
                pairs.iter().fold(Pairing::default(), |all, pair| all.with(pair.row, pair.with))
            }
            Self::One(_)
            | Self::Several(_)
            | Self::Order(_)
            | Self::Number(_)
            | Self::Category(_)
            | Self::Text(_) => Pairing::default(),
        }
    }
}

/// One task given to somebody, or one recipient told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The task, or the recipient.
    pub row: ChoiceId,
    /// To whom, or through which channel.
    pub with: PartnerId,
    /// By when, counted from the answer, where that is asked.
    pub by: Option<SimTime>,
}

/// What stopped the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PauseCause {
    /// The trainee.
    Asked,
    /// The wall clock and the machine's own disagree: a suspended laptop, a stepped clock.
    ClockGap,
    /// The program stopped in mid-drill and was started again.
    Interrupted,
    /// From here on an answers file decides, in a drill that a person began.
    Answers,
    /// The drill is a retry: from here on it is played anew.
    Retry,
    /// The trainer.
    Trainer,
    /// Something happened in earnest, and the exercise stopped for it.
    RealEvent,
}

/// What brought ENDEX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndCause {
    /// The length of the drill.
    Time,
    /// An ending that applies at once, or an effect.
    Story,
    /// The trainee.
    Asked,
}

impl PauseCause {
    /// Whether it is for the trainer to stop the clock so, and to let it go on.
    #[must_use]
    pub const fn of_trainer(self) -> bool {
        match self {
            Self::Trainer | Self::RealEvent => true,
            Self::Asked | Self::ClockGap | Self::Interrupted | Self::Answers | Self::Retry => false,
        }
    }
}
