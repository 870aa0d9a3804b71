//! What an author wrote, once it makes sense.
mod allow;
mod answers;
mod at;
mod calendar;
mod check;
mod code;
mod cut;
mod diagnostic;
mod duties;
mod explain;
mod family;
mod fault;
mod file;
mod id;
mod library;
mod load;
mod lower;
mod model;
mod near;
mod outline;
mod places;
mod severity;
mod source;
mod taxonomy;
mod template;
mod text;
mod time;

pub use allow::{Allowances, Allowed};
pub use answers::{Answers, Does, Notice as HowTold, Step};
pub use at::Span;
pub use calendar::{Calendar, said_date, utc_stamp};
pub use code::Code;
pub use diagnostic::{Diagnostic, Severity};
pub use duties::{ClockStart, Regime, Status, regime, regime_like, regimes};
pub use explain::{Page, explain};
pub use family::Family;
pub use id::{
    ActionId, ChoiceId, ChoiceOrder, ChoiceSet, ClassId, DutyId, EndingId, EvidenceId, GaugeId, InjectId,
    KindId, LevelId, Name, Pairing, PartnerId, PersonId, QuestionId, SeatId, SeatSet, SlotId, SourceId,
    SpreadId, TruthId,
};
pub use library::library;
pub use load::{Loaded, load, load_bytes};
pub use model::{
    Action, Again, Alternative, Ask, AssignSpec, Audience, CategorizeSpec, Category, Channel, Checkpoint,
    Choice, ClockPlan, Condition, Deadline, Direction, Duty, Effect, Ending, EstimateKey, EstimateSpec,
    Evidence, Gauge, Head, Hint, HotWash, Improvement, Inject, InjectKind, Level, Look, Mark, Notice,
    NotifySpec, Objective, Organisation, Partner, Person, Question, Scenario, Seat, Slot, Source, Spread,
    SpreadStart, Stage, System, Timetable, TriageTable, Trigger, Truth, Verdict, Watcher, WatcherId,
    Watchers,
};
pub use near::near_miss;
pub use places::{Places, finding};
pub use severity::{FACTORS, Factor, Factors, Scheme};
pub use source::{Lines, Place};
pub use taxonomy::{Axis, Class, Kind, Near, SEVERITIES, Taxonomy};
pub use template::{Template, template};
pub use text::{clean, in_ascii};
pub use time::SimTime;
