//! What a trainee may know of a drill, and nothing else.
//!
//! Secrecy by type: a [`TraineeView`] is folded from facts and has no field
//! for credits, rationales, truths, trust notes, hidden gauges, kinds of
//! inject, or anything that has not reached the trainee. So a front end, or a
//! browser that is sent one, cannot leak what it does not hold. Texts in it
//! are filled in and cleaned. Start at [`TraineeView`]; `fold.rs` keeps it.

mod fold;
mod level;
mod one_line;
mod owe;
mod seats;
mod words;

pub use fold::visible;
pub use level::{confidence_steps, impact_level};
pub use one_line::one_line;
pub use words::Heading;

use crate::engine::{EndCause, PauseCause};
use crate::scenario::{
    ActionId, Axis, Calendar, Category, ChoiceId, DutyId, EvidenceId, InjectId, Look, QuestionId, Scenario,
    Scheme, SeatSet, SimTime,
};

/// What a trainee may know of a drill.
#[derive(Clone, Debug)]
pub struct TraineeView {
    /// Whether STARTEX has been.
    pub started: bool,
    /// The moment of the last fact.
    pub at: SimTime,
    /// What has arrived, oldest first.
    pub inbox: Vec<Message>,
    /// What can be examined or has been, in the order in which it came up.
    pub evidence: Vec<Artefact>,
    /// What can be done now or has been done, in the script's order.
    pub actions: Vec<Deed>,
    /// What is asked now, oldest first.
    pub open: Vec<OpenQuestion>,
    /// Categorizations that were given and may be revised.
    pub revisable: Vec<OpenQuestion>,
    /// What was asked and is settled, oldest first.
    pub settled: Vec<Settled>,
    /// Numbers of the simulated world that are shown and have moved, in the script's order.
    pub gauges: Vec<Reading>,
    /// The trainee's own incident log.
    pub notes: Vec<Note>,
    /// Clocks that the trainee declared, or that the script shows, oldest first.
    pub duties: Vec<Owed>,
    /// Work under way.
    pub busy: Option<Busy>,
    /// What stopped the clock, while it stands still.
    pub paused: Option<PauseCause>,
    /// How it ended, once it has.
    pub over: Option<Over>,
    calendar: Calendar,
    picks: Vec<u8>,
    /// The seats that this trainee holds.
    mine: SeatSet,
    /// The seats that anybody holds.
    taken: SeatSet,
}

/// Something that reached the trainee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which inject.
    pub inject: InjectId,
    /// When it came.
    pub at: SimTime,
    /// Time of day in the fiction.
    pub clock: String,
    /// What it is, in the language spoken: "Mail", "Call", ….
    pub channel: String,
    /// From whom, as one reads it in a list.
    pub from: String,
    /// What it is about, as one reads it in a list; may be empty.
    pub subject: String,
    /// The channel's own fields: From, To, Subject, ….
    pub heading: Vec<(String, String)>,
    /// Text, in safe Markdown.
    pub body: String,
    /// For which seats; empty if for everybody.
    pub whose: String,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Which.
    pub id: EvidenceId,
    /// Title.
    pub title: String,
    /// How it looks.
    pub look: Look,
    /// Drill time to examine it.
    pub takes: SimTime,
    /// When an examination under way is done.
    pub in_hand: Option<SimTime>,
    /// What is read; only once it has been examined.
    pub body: Option<String>,
    /// For which seats; empty if for everybody.
    pub whose: String,
}

/// An action that is on offer, or was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub id: ActionId,
    /// What the list shows.
    pub label: String,
    /// Drill time it takes.
    pub takes: SimTime,
    /// Whether it can be done now.
    pub on_offer: bool,
    /// When it is done, if under way.
    pub in_hand: Option<SimTime>,
    /// How often it was done.
    pub times_done: u16,
    /// What came of it; empty until it is done.
    pub result: String,
    /// For which seats; empty if for everybody.
    pub whose: String,
}

/// A question that is open, or a categorization that may be revised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Which.
    pub id: QuestionId,
    /// What is asked.
    pub says: String,
    /// Which seats answer it; empty if anybody does.
    pub whose: String,
    /// What kind of answer it wants.
    pub wants: Wants,
    /// What is on offer, in the order shown.
    pub choices: Vec<Offer>,
    /// Since when.
    pub since: SimTime,
    /// When it lapses, if ever; with the exercise at the latest.
    pub lapses: Option<SimTime>,
    /// Whether that is the end of the exercise.
    pub to_the_end: bool,
    /// Whether confidence is asked.
    pub confidence: bool,
    /// Whether a reason is asked.
    pub reason: bool,
    /// Hints taken.
    pub hints: Vec<String>,
    /// Percent of the question that the next hint costs; none if there is no further hint.
    pub hint_price: Option<u8>,
    /// The category in force, if one was given.
    pub category: Option<Category>,
}

/// One choice or item, with the number that an answer names it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub id: ChoiceId,
    /// Its text.
    pub says: String,
}

/// What kind of answer a question wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// One of the choices.
    One,
    /// All that apply, perhaps none.
    Several,
    /// Every item, in order.
    Order,
    /// The items that belong in the incident log, in order.
    Record,
    /// Each row given to somebody or told through something, or left open.
    Pairs(Box<Sides>),
    /// A whole number in this unit.
    Number(String),
    /// A category.
    Category(Box<Categories>),
    /// Free text.
    Text,
}

/// What rows are paired with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Whether the rows are recipients and the partners channels; tasks and people otherwise.
    pub notify: bool,
    /// The partners, each by the row that an answer names it by.
    pub with: Vec<String>,
    /// The deadlines on offer, ascending; none is asked for if empty.
    pub by: Vec<SimTime>,
}

/// What a categorization offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Categories {
    /// The taxonomy's name.
    pub title: String,
    /// Classes, each with its types; empty if class is not asked.
    pub classes: Vec<(String, Vec<String>)>,
    /// By which scheme severity is told.
    pub scheme: Scheme,
    /// Severity levels, lowest first; empty if severity is not asked.
    pub severities: Vec<String>,
    /// The axes of impact that are asked.
    pub axes: Vec<Axis>,
    /// Whether "too early to tell" is on offer.
    pub too_early: bool,
    /// Whether it may be revised until ENDEX.
    pub revisable: bool,
}

/// A question that is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Which.
    pub id: QuestionId,
    /// What was asked.
    pub says: String,
    /// When it was settled.
    pub at: SimTime,
    /// How.
    pub how: Outcome,
}

/// How a question was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With this answer, in words.
    Answered(String),
    /// Nobody answered in time.
    Lapsed,
    /// It was withdrawn.
    Withdrawn,
}

/// A gauge that trainees see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub id: crate::scenario::GaugeId,
    /// What people call it.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// What it read at STARTEX.
    pub start: i64,
    /// What it reads.
    pub reads: i64,
}

/// A clock of a legal or contractual duty, as far as a trainee sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Which.
    pub id: DutyId,
    /// What it is called.
    pub label: String,
    /// To whom it is owed.
    pub to: String,
    /// Article or clause; may be empty.
    pub rule: String,
    /// From when it is counted: as the trainee declared, or as it started.
    pub since: SimTime,
    /// Whether that is what the trainee declared.
    pub declared: bool,
    /// The deadline in the fiction, such as `Monday 9 March, 15:52`; none if it was met before.
    pub due: Option<String>,
    /// Whether it is met.
    pub met: bool,
}

/// A line of the trainee's own incident log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: SimTime,
    /// Time of day in the fiction.
    pub clock: String,
    /// The line.
    pub says: String,
}

/// Work under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// With what.
    pub label: String,
    /// Until when.
    pub until: SimTime,
}

/// How a drill ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// What brought it.
    pub cause: EndCause,
    /// Title of the ending; empty where the trainee ended the drill, for then none has come.
    pub title: String,
    /// What became of it, in safe Markdown; empty as the title is.
    pub says: String,
}

impl TraineeView {
    /// The fiction's time of day at a moment.
    #[must_use]
    pub fn clock(&self, moment: SimTime) -> String {
        self.calendar.clock(moment)
    }

    /// The fiction's day at a moment.
    #[must_use]
    pub fn date(&self, moment: SimTime) -> String {
        self.calendar.date(moment)
    }

    /// The script's questions for the hot wash.
    #[must_use]
    pub fn hot_wash(&self, scenario: &Scenario) -> Vec<String> {
        scenario.wash.questions.iter().map(|question| one_line(&self.text(scenario, question))).collect()
    }

    /// An open question, or a categorization that may be revised.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> Option<&OpenQuestion> {
        self.open.iter().chain(&self.revisable).find(|q| q.id == id)
    }
}
