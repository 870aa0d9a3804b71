//! The checked script. Whoever holds a [`Scenario`] checks nothing again.
//!
//! Flat tables in the author's order; references are indices that resolve;
//! texts are clean of control characters. Only `load` makes one. Start at
//! [`Scenario`]; each of its tables has a file beside this one.

mod duty;
mod head;
mod inject;
mod pairs;
mod play;
mod question;
mod rule;
mod spread;
mod truth;
mod watch;
mod world;

pub use duty::{Deadline, Duty};
pub use head::{Audience, Head, Level, Objective, Stage};
pub use inject::{Again, Channel, Checkpoint, Inject, InjectKind, Trigger};
pub use pairs::{AssignSpec, Notice, NotifySpec, Partner};
pub use play::{Action, Ending, HotWash, Improvement};
pub use question::{Ask, CategorizeSpec, Choice, EstimateKey, EstimateSpec, Hint, Question, TriageTable};
pub use rule::{Condition, Effect};
pub use spread::{Spread, SpreadStart};
pub use truth::{Alternative, Category, Truth, Verdict};
pub(in crate::scenario) use watch::Readers;
pub use watch::{Mark, Timetable, Watcher, WatcherId, Watchers};
pub use world::{
    ClockPlan, Direction, Evidence, Gauge, Look, Organisation, Person, Seat, Slot, Source, System,
};

use super::id::{
    ActionId, DutyId, EvidenceId, GaugeId, InjectId, LevelId, PersonId, QuestionId, SeatId, SeatSet, SlotId,
    SourceId, SpreadId,
};
use super::severity::Scheme;
use super::taxonomy::Taxonomy;
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
    /// Roles that trainees can take; none in most scripts.
    pub seats: Vec<Seat>,
    /// When and how fast.
    pub clock: ClockPlan,
    /// What varies from seed to seed.
    pub slots: Vec<Slot>,
    /// Numbers of the simulated world.
    pub gauges: Vec<Gauge>,
    /// Classes and types.
    pub taxonomy: Taxonomy,
    /// Which scheme severity is told by.
    pub scheme: Scheme,
    /// Severity levels, lowest first; none where the scheme has axes instead.
    pub severities: Vec<String>,
    /// What can be known, period by period, in order of `from`.
    pub truth: Vec<Truth>,
    /// What can be examined.
    pub evidence: Vec<Evidence>,
    /// What the attacker, or the clock, does while a condition holds.
    pub spreads: Vec<Spread>,
    /// Legal and contractual clocks.
    pub duties: Vec<Duty>,
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
    /// What the script itself puts on the clock.
    pub timetable: Timetable,
    /// Whose condition is waited for, and who reads what.
    pub watchers: Watchers,
    /// The whole text it was loaded from.
    pub text: String,
    /// Only `load` makes a scenario.
    pub(in crate::scenario) _checked: Checked,
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
    /// A spread by its row.
    #[must_use]
    pub fn spread(&self, id: SpreadId) -> &Spread {
        &self.spreads[id.at()]
    }
    /// A duty by its row.
    #[must_use]
    pub fn duty(&self, id: DutyId) -> &Duty {
        &self.duties[id.at()]
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
    /// A seat by its row.
    #[must_use]
    pub fn seat(&self, id: SeatId) -> &Seat {
        &self.seats[id.at()]
    }
    /// What people call a level of severity.
    #[must_use]
    pub fn severity(&self, level: LevelId) -> String {
        self.scheme.label(level, &self.severities[level.at()])
    }
    /// Every seat of the script.
    #[must_use]
    pub fn all_seats(&self) -> SeatSet {
        SeatSet::first(self.seats.len())
    }
    /// A source by its row.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.at()]
    }
}

/// Proof that a scenario came through `load`.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct Checked;
