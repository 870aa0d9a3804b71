//! What an author wrote, once it makes sense.
mod answers;
mod calendar;
mod id;
mod model;
mod taxonomy;
mod text;
mod time;

pub use answers::{Answers, Does, Step};
pub use calendar::Calendar;
pub use id::{
    ActionId, ChoiceId, ChoiceSet, ClassId, EndingId, EvidenceId, GaugeId, InjectId, KindId, LevelId, Name,
    PersonId, QuestionId, SlotId, SourceId, TruthId,
};
pub use model::{
    Action, Alternative, Ask, Audience, CategorizeSpec, Category, Channel, Checkpoint, Choice, ClockPlan,
    Condition, Direction, Effect, Ending, EstimateSpec, Evidence, Gauge, Head, Hint, HotWash, Improvement,
    Inject, InjectKind, Level, Look, Objective, Organisation, Person, Question, Scenario, Slot, Source,
    Stage, System, TriageTable, Trigger, Truth, Verdict,
};
pub use taxonomy::{Axis, Class, Kind, SEVERITIES, Taxonomy};
pub use text::clean;
pub use time::SimTime;
