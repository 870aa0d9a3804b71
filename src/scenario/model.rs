//! The checked script. Whoever holds a [`Scenario`] checks nothing again.
//!
//! Flat tables in the author's order; references are indices that resolve;
//! texts are clean of control characters. Only `load` makes one. Start at
//! [`Scenario`] and read down.

use super::id::{
    ActionId, ChoiceId, ChoiceSet, ClassId, EvidenceId, GaugeId, InjectId, KindId, LevelId, Name, PersonId,
    QuestionId, SlotId, SourceId,
};
use super::taxonomy::{Axis, Taxonomy};
use super::time::SimTime;

/// A breach script that is sound.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What a catalogue shows.
    pub head: Head,
    /// The invented organisation.
    pub organisation: Organisation,
    /// Its systems.
    pub systems: Vec<System>,
    /// The people who write and call.
    pub cast: Vec<Person>,
    /// When and how fast.
    pub clock: ClockPlan,
    /// What varies from seed to seed.
    pub slots: Vec<Slot>,
    /// Numbers of the simulated world.
    pub gauges: Vec<Gauge>,
    /// Classes and types.
    pub taxonomy: Taxonomy,
    /// Severity levels, lowest first.
    pub severities: Vec<String>,
    /// What can be known, period by period, in order of `from`.
    pub truth: Vec<Truth>,
    /// What can be examined.
    pub evidence: Vec<Evidence>,
    /// What reaches the trainees.
    pub injects: Vec<Inject>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// What may be done unasked.
    pub actions: Vec<Action>,
    /// How it can end; the first match wins, the last always matches.
    pub endings: Vec<Ending>,
    /// What the hot wash and the debrief use.
    pub wash: HotWash,
    /// What rationales rest on.
    pub sources: Vec<Source>,
    /// Percent of the possible points from which a drill counts as passed.
    pub pass: u8,
    /// Moments named by conditions, ascending, each once: something may turn then.
    pub watch: Vec<SimTime>,
    /// The whole text it was loaded from.
    pub text: String,
    /// Only `load` makes a scenario.
    pub(super) _checked: Checked,
}

/// Proof that a scenario came through `load`.
#[derive(Clone, Debug)]
pub(super) struct Checked;

/// Title page of a script.
#[derive(Clone, Debug)]
pub struct Head {
    /// Title.
    pub title: String,
    /// Two sentences for a catalogue, free of spoilers.
    pub summary: String,
    /// Language tag, such as `en`.
    pub language: String,
    /// For whom.
    pub audience: Audience,
    /// How hard.
    pub level: Level,
    /// Real minutes of play at the script's own pace.
    pub minutes: u16,
    /// What it trains.
    pub objectives: Vec<Objective>,
    /// What may distress somebody; empty if nothing.
    pub content_note: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Licence of the text.
    pub licence: String,
    /// Version of ATT&CK that the techniques are from; empty without techniques.
    pub attack_version: String,
    /// ATT&CK technique ids.
    pub techniques: Vec<String>,
    /// Free words for filtering.
    pub tags: Vec<String>,
}

/// For whom a script is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Any employee, no security vocabulary.
    Everyone,
    /// People whose trade is response.
    Responders,
    /// People who decide for the organisation.
    Leadership,
}

/// How hard a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No previous knowledge.
    Intro,
    /// Some practice.
    Intermediate,
    /// For people who do this for a living.
    Advanced,
}

/// The ten stages that a drill trains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Telling an incident from noise, early; reporting it.
    Identification,
    /// Class, severity and impact, revised as evidence arrives.
    Categorization,
    /// Looking at the right evidence; scope and cause.
    Analysis,
    /// Containment, eradication, recovery.
    Response,
    /// The right people, the right thing, in time, over a safe channel.
    Communication,
    /// Which duty applies, when its clock starts, meeting it.
    Legal,
    /// A record that is complete, ordered and made at the time.
    Documentation,
    /// Causes and improvements with an owner and a date.
    LessonsLearned,
    /// Practising what was weak.
    Training,
    /// The right hand-offs.
    Collaboration,
}

impl Stage {
    /// All stages, in the order of an incident.
    pub const ALL: [Self; 10] = [
        Self::Identification,
        Self::Categorization,
        Self::Analysis,
        Self::Response,
        Self::Communication,
        Self::Legal,
        Self::Documentation,
        Self::LessonsLearned,
        Self::Training,
        Self::Collaboration,
    ];

    /// The stage's name as shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Identification => "identification",
            Self::Categorization => "categorization",
            Self::Analysis => "analysis",
            Self::Response => "response",
            Self::Communication => "communication",
            Self::Legal => "legal and compliance",
            Self::Documentation => "documentation",
            Self::LessonsLearned => "lessons learned",
            Self::Training => "training and awareness",
            Self::Collaboration => "collaboration",
        }
    }
}

/// One learning objective.
#[derive(Clone, Debug)]
pub struct Objective {
    /// The objective, as "verify changed payment details over a channel you already trust".
    pub says: String,
    /// The stage it belongs to.
    pub stage: Stage,
}

/// The invented organisation.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// What it does.
    pub sector: String,
    /// How large it is, in words.
    pub size: String,
    /// Where it operates, in words.
    pub operates_in: String,
    /// What a trainee should know of it before STARTEX.
    pub about: String,
}

/// One system of the organisation.
#[derive(Clone, Debug)]
pub struct System {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub label: String,
    /// What it is for.
    pub about: String,
}

/// Somebody who writes or calls.
#[derive(Clone, Debug)]
pub struct Person {
    /// Name in the script.
    pub name: Name,
    /// What people call them.
    pub label: String,
    /// Their role.
    pub role: String,
    /// Their mail address, if they have one.
    pub address: String,
    /// How far they are to be trusted; for authors and trainers, never shown to a trainee.
    pub trust: String,
}

/// When the fiction happens and how fast it passes.
#[derive(Clone, Debug)]
pub struct ClockPlan {
    /// Date and time at STARTEX, `2026-03-06 15:40`, a valid civil time in `zone`.
    pub startex: String,
    /// IANA time zone, `Europe/Berlin`.
    pub zone: String,
    /// ENDEX by time.
    pub length: SimTime,
    /// Drill seconds per real second, 1 … 600.
    pub pace: u16,
    /// Whether the script is untimed by default.
    pub untimed: bool,
}

/// Something that differs from seed to seed; a text names it as `{slot.field}`.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Name in the script.
    pub name: Name,
    /// Field names, the same in every alternative, ascending.
    pub fields: Vec<Name>,
    /// Alternatives; each has one text per field, in the order of `fields`.
    pub alternatives: Vec<Vec<String>>,
}

/// A number of the simulated world.
#[derive(Clone, Debug)]
pub struct Gauge {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub label: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Value at STARTEX.
    pub start: i64,
    /// Lowest value.
    pub min: i64,
    /// Highest value.
    pub max: i64,
    /// Which direction is good.
    pub good: Direction,
    /// Whether trainees see it only in the debrief.
    pub hidden: bool,
}

/// Which direction of a gauge is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Less is better.
    Low,
    /// More is better.
    High,
}

/// What can be known from a moment on.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Name in the script.
    pub name: Name,
    /// From when it can be known.
    pub from: SimTime,
    /// What else must hold.
    pub when: Condition,
    /// Whether it is an incident.
    pub verdict: Verdict,
    /// Whether the evidence is still thin: asking for more then earns part credit.
    pub thin: bool,
    /// The right category; none where the verdict needs none.
    pub category: Option<Category>,
    /// Other categories that are defensible.
    pub also: Vec<Alternative>,
    /// Why this is the truth.
    pub why: String,
    /// What it rests on.
    pub source: Option<SourceId>,
}

/// The answers to "is it an incident?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is.
    Incident,
    /// It is not.
    NotAnIncident,
    /// It cannot be told yet.
    TooEarly,
}

impl Verdict {
    /// All, in the order of the choices of a triage question.
    pub const ALL: [Self; 3] = [Self::Incident, Self::NotAnIncident, Self::TooEarly];

    /// Name of the choice of a triage question: `incident`, `not-an-incident`, `need-more`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::NotAnIncident => "not-an-incident",
            Self::TooEarly => "need-more",
        }
    }
}

/// A whole category; a trainee's call may leave parts open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category {
    /// Class.
    pub class: Option<ClassId>,
    /// Type within the class.
    pub kind: Option<KindId>,
    /// Severity.
    pub severity: Option<LevelId>,
    /// Impact by axis, in the order of [`Axis::ALL`].
    pub impact: [Option<LevelId>; 3],
    /// The trainee says that it is too early to tell.
    pub too_early: bool,
}

/// A category that is defensible although it is not the best.
#[derive(Clone, Copy, Debug)]
pub struct Alternative {
    /// Class.
    pub class: ClassId,
    /// Type; any type of the class if none.
    pub kind: Option<KindId>,
    /// Credit, 0 … 100.
    pub credit: i16,
}

/// Something that can be examined.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Name in the script.
    pub name: Name,
    /// Title.
    pub title: String,
    /// How it looks.
    pub look: Look,
    /// Drill time to examine it.
    pub takes: SimTime,
    /// What is read, in safe Markdown (`Look::Note`) or verbatim.
    pub body: String,
    /// Whether it is there from STARTEX on; otherwise something reveals it.
    pub from_start: bool,
    /// Names of the truths it supports.
    pub supports: Vec<super::id::TruthId>,
    /// Whether it leads nowhere on purpose.
    pub decoy: bool,
}

/// How an artefact looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Prose in Markdown.
    Note,
    /// Log lines, verbatim.
    Log,
    /// A mail with its headers, verbatim.
    Mail,
    /// A table in Markdown.
    Table,
    /// A talk with times.
    Transcript,
    /// A screen described in text.
    Screen,
}

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
    /// How it arrives; `None` for a checkpoint.
    pub via: Option<Channel>,
    /// Its text, in safe Markdown.
    pub body: String,
    /// Effects, in order.
    pub then: Vec<Effect>,
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

/// A decision that the script asks for.
#[derive(Clone, Debug)]
pub struct Question {
    /// Name in the script.
    pub name: Name,
    /// Stage.
    pub stage: Stage,
    /// What is asked.
    pub says: String,
    /// When it opens by itself; otherwise an effect asks it.
    pub opens: Option<SimTime>,
    /// How long it stays open; for ever if none.
    pub lapses: Option<SimTime>,
    /// How long an answer earns everything; the whole window if none.
    pub good: Option<SimTime>,
    /// Percent that an answer just before the lapse still earns, 0 … 100.
    pub floor: u8,
    /// What it is worth; 10 is usual.
    pub weight: u16,
    /// What is asked for.
    pub ask: Ask,
    /// The choices, or items; empty for kinds without.
    pub choices: Vec<Choice>,
    /// Whether the order of choices is kept as written.
    pub keep_order: bool,
    /// Evidence that the decision rests on.
    pub rests_on: Vec<EvidenceId>,
    /// Whether confidence is asked.
    pub confidence: bool,
    /// Whether a reason is asked.
    pub reason: bool,
    /// Hints, in order.
    pub hints: Vec<Hint>,
    /// Credit when nobody answers, -100 … 100.
    pub lapse_credit: i16,
    /// Effects when nobody answers.
    pub lapse_then: Vec<Effect>,
    /// What silence means, for the debrief.
    pub lapse_why: String,
    /// Effects of any answer, after those of the choices.
    pub then: Vec<Effect>,
    /// Why the key is the key, for kinds without a rationale per choice.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// What a question asks for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Incident, not an incident, need more; the three choices of [`Verdict::ALL`].
    Triage(TriageTable),
    /// Class, type, severity, impact; may be revised until ENDEX.
    Categorize(CategorizeSpec),
    /// One of the choices.
    ChooseOne,
    /// All that apply.
    ChooseSeveral,
    /// Put the choices in order.
    PutInOrder {
        /// Which must come before which.
        before: Vec<(ChoiceId, ChoiceId)>,
    },
    /// A whole number.
    Estimate(EstimateSpec),
    /// Pick and order the facts for the incident log.
    Record {
        /// Which must come before which.
        before: Vec<(ChoiceId, ChoiceId)>,
    },
    /// Free text, never scored.
    Reflect {
        /// The author's key points, shown in the debrief.
        key_points: Vec<String>,
    },
}

/// Credit by (true, called), both in the order of [`Verdict::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriageTable {
    /// `credit[true][called]`, -100 … 100.
    pub credit: [[i16; 3]; 3],
    /// Credit for *need more* while the evidence is thin.
    pub thin: i16,
}

/// What a categorization asks and how it is weighed.
#[derive(Clone, Debug)]
pub struct CategorizeSpec {
    /// Whether class (and type) are asked.
    pub class: bool,
    /// Whether severity is asked.
    pub severity: bool,
    /// Which axes of impact are asked, in the order of [`Axis::ALL`].
    pub impact: [bool; 3],
    /// Whether "too early to tell" is on offer.
    pub too_early: bool,
    /// Whether it may be revised until ENDEX.
    pub revisable: bool,
    /// Weights of first call, last call and time until right.
    pub weights: [u16; 3],
    /// Credit for a severity `steps` too high: index 0 is exact.
    pub over: Vec<i16>,
    /// Credit for a severity `steps` too low: index 0 is exact.
    pub under: Vec<i16>,
}

impl CategorizeSpec {
    /// Whether `axis` is asked.
    #[must_use]
    pub const fn asks(&self, axis: Axis) -> bool {
        self.impact[axis as usize]
    }
}

/// The key of an estimate.
#[derive(Clone, Debug)]
pub struct EstimateSpec {
    /// Unit, for display.
    pub unit: String,
    /// The right number.
    pub answer: i64,
    /// Full credit up to this far off.
    pub tolerance: i64,
    /// No credit from this far off.
    pub outer: i64,
}

/// One choice of a question, or one item to order or record.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Name in the script.
    pub name: Name,
    /// Text.
    pub says: String,
    /// Credit of *choose one*, -100 … 100; a negative credit of *choose several* marks harm.
    pub credit: i16,
    /// Whether it belongs to the key of *choose several* or *record*.
    pub right: bool,
    /// Whether it is on offer when the question opens.
    pub when: Condition,
    /// Effects of choosing it.
    pub then: Vec<Effect>,
    /// Why it is worth what it is worth.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// Help that a trainee may ask for.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The hint.
    pub says: String,
    /// Percent of the item that it costs, stated beforehand.
    pub price: u8,
}

/// Something a trainee may do unasked.
#[derive(Clone, Debug)]
pub struct Action {
    /// Name in the script.
    pub name: Name,
    /// What the list shows.
    pub label: String,
    /// Stage.
    pub stage: Stage,
    /// Drill time it takes.
    pub takes: SimTime,
    /// Whether it is on offer.
    pub when: Condition,
    /// Whether it may be done more than once.
    pub often: bool,
    /// Credit, -100 … 100, once.
    pub credit: i16,
    /// What a credit of 100 is worth; 10 is usual.
    pub weight: u16,
    /// In which window beginning it earns a positive credit; the whole drill if none.
    pub window: Option<(SimTime, SimTime)>,
    /// Effects when it is done.
    pub then: Vec<Effect>,
    /// What a trainee reads when it is done.
    pub result: String,
    /// Why it is worth what it is worth.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// How a drill can end.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Name in the script.
    pub name: Name,
    /// When it applies.
    pub when: Condition,
    /// Whether it ends the drill as soon as it applies.
    pub at_once: bool,
    /// Whether it is a good one.
    pub good: bool,
    /// Title.
    pub title: String,
    /// What became of it, in safe Markdown.
    pub says: String,
}

/// What the hot wash and the debrief use.
#[derive(Clone, Debug, Default)]
pub struct HotWash {
    /// Questions for the talk after ENDEX.
    pub questions: Vec<String>,
    /// What good looks like.
    pub good: String,
    /// Improvements to choose from.
    pub improvements: Vec<Improvement>,
    /// Further reading.
    pub reading: Vec<SourceId>,
}

/// An improvement on offer for the improvement plan.
#[derive(Clone, Debug)]
pub struct Improvement {
    /// What to change.
    pub says: String,
    /// The stage it strengthens.
    pub stage: Stage,
}

/// Something that a rationale rests on.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name in the script.
    pub name: Name,
    /// Title.
    pub title: String,
    /// Where to find it; may be empty for print.
    pub address: String,
    /// When it was read, `2026-11-23`.
    pub read: String,
}

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
    /// The choice was part of the answer.
    Chosen(QuestionId, ChoiceId),
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
    /// Ends the drill.
    End,
}

impl Scenario {
    /// The row of the slot field that `{slot.field}` names.
    #[must_use]
    pub fn slot_field(&self, slot: &str, field: &str) -> Option<(SlotId, usize)> {
        let row = self.slots.iter().position(|s| s.name.as_str() == slot)?;
        let field = self.slots[row].fields.iter().position(|f| f.as_str() == field)?;
        Some((SlotId::of(row), field))
    }

    /// An inject by its row.
    #[must_use]
    pub fn inject(&self, id: InjectId) -> &Inject {
        &self.injects[id.at()]
    }
    /// A question by its row.
    #[must_use]
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.questions[id.at()]
    }
    /// An action by its row.
    #[must_use]
    pub fn action(&self, id: ActionId) -> &Action {
        &self.actions[id.at()]
    }
    /// An artefact by its row.
    #[must_use]
    pub fn artefact(&self, id: EvidenceId) -> &Evidence {
        &self.evidence[id.at()]
    }
    /// A gauge by its row.
    #[must_use]
    pub fn gauge(&self, id: GaugeId) -> &Gauge {
        &self.gauges[id.at()]
    }
    /// A person by their row.
    #[must_use]
    pub fn person(&self, id: PersonId) -> &Person {
        &self.cast[id.at()]
    }
    /// A source by its row.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.at()]
    }
}

impl Question {
    /// A choice by its row.
    #[must_use]
    pub fn choice(&self, id: ChoiceId) -> &Choice {
        &self.choices[id.at()]
    }
    /// The choices of the key of *choose several* or *record*.
    #[must_use]
    pub fn key(&self) -> ChoiceSet {
        (0..self.choices.len()).map(ChoiceId::of).filter(|c| self.choice(*c).right).collect()
    }
}
