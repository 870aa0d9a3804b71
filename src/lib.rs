//! breachdrill: a flight simulator for security incidents.
//!
//! A breach script goes in; a trainee decides against the clock; a debrief
//! comes out that says what each decision was worth. Inputs go in, facts come
//! out, and everything else is a fold over facts:
//!
//! ```text
//!  script ─ load ─▶ Scenario ─┐
//!                             ├─ decide ─▶ facts ─ append ─▶ journal
//!  trainee, clock ─▶ Input ───┘              │
//!                                            ├─ apply ─▶ State      where the drill stands
//!                                            ├─ fold ──▶ TraineeView  what may be shown
//!                                            └─ score ─▶ Score ─ build ─▶ Debrief ─ render ─▶ text, page, JSON
//!                                                 lines, what-ifs ─┘
//! ```
//!
//! Three models and two doors: a file's text becomes a checked
//! [`scenario::Scenario`] through [`scenario::load`] and nothing unchecked gets
//! past it; a scenario becomes facts through [`engine::decide`] and nothing
//! unlawful gets past that.
//!
//! # The parts
//!
//! Each may use only parts that stand before it; `tests/it/tidy.rs` holds them
//! to it.
//!
//! | part | owns |
//! | --- | --- |
//! | [`limits`] | every bound on what comes from outside |
//! | [`speech`] | the languages of the program: English in the code, the others in gettext catalogues |
//! | [`scenario`] | what an author wrote, once it makes sense; findings where it does not |
//! | [`engine`] | the rules: inputs in, facts out |
//! | [`score`] | what a drill earned, with the arithmetic |
//! | [`solve`] | every line of a scenario: proof, best and worst line, simulated trainees, what-if |
//! | [`room`] | many people behind one trainee: what happens in a room, and the fold over it |
//! | [`journal`] | facts on disk: durable, chained, sealed, exported, verified |
//! | [`drill`] | one drill driven, the only wall clock, what a trainee may see, answers files |
//! | [`debrief`] | what we say about a drill, in four formats, and about a whole room; pages about simulations, pictures of scripts, what they cover |
//! | [`term`] | the table is a terminal: live, or line by line |
//! | `host` | the table is many browsers; feature `host`, on by default, and the only part that knows a socket |
//! | [`cli`] | from words to work |
//!
//! # What always holds
//!
//! - Same script, seed and inputs: same facts, bytes and score, on every
//!   machine. Time, points and chance are integers; draws are keyed by seed,
//!   purpose and name.
//! - `apply` alone changes a state; `decide` alone makes facts; what is shown
//!   was first written.
//! - A `Scenario` that exists is sound. `Fact` is the only engine type with a
//!   wire form.
//! - Only `drill`'s clock reads the time (and `cli` for the title page of a
//!   journal); only `journal` and `cli` touch files; only `cli` reads the
//!   environment. `scenario`, `engine`, `score` and `debrief` do none of these.
//! - Only `term`, `host` and `cli` know how anything looks. What a trainee's screen is
//!   made of has no field for credits, rationales or what is still to come.
//!
//! # Where to start
//!
//! | to add | start at |
//! | --- | --- |
//! | a kind of finding | `scenario/check/`, its word in `scenario/code.rs`, a page in `explain.txt`, a fixture |
//! | a kind of question | `Ask` in `scenario/model.rs`; the compiler lists the rest |
//! | an effect or a condition | `scenario/model/rule.rs`, then `engine/happen.rs` or `engine/condition.rs` |
//! | something that goes on by itself | `engine/spread.rs`, or `engine/duty.rs` for what is owed |
//! | a legal clock | a record in `scenario/duties.ron`, with its source and the day, and its German in `speech/de/duties.po` |
//! | a scoring rule | a file in `score/` |
//! | a simulated trainee | `Policy` in `solve/policy/`; the compiler lists the rest |
//! | a debrief format | `debrief/render/` |
//! | a filter of the catalogue | `cli/command/wanted.rs`, on what `debrief/coverage/` reads off a scenario |
//! | a rule for shipped scripts | `tests/it/content.rs` |
//! | something that can happen in a room | `RoomFact` in `room/fact.rs`; the compiler lists the rest |
//! | a route, an act of a trainee or of the trainer | `host/routes/`, then `host/desk/` |
//! | a block of a page | `Kind` in `host/frame.rs` and a template in `host/pages/blocks/` |
//! | a command | `cli/args.rs` and a file in `cli/command/` |
//! | a text that people read | say it through `tr!`, and in `speech/de/` what it is in German; `tests/it/speech.rs` asks for it |
//! | a language | `Language` in `speech/mod.rs` and a folder of catalogues beside it |
//!
//! To understand a drill, read [`engine::What`] for all that can happen,
//! [`engine::decide`] for the rules, and one script in `scenarios/`.

pub mod cli;
pub mod debrief;
pub mod drill;
pub mod engine;
#[cfg(feature = "host")]
pub mod host;
pub mod journal;
pub mod limits;
pub mod room;
pub mod scenario;
pub mod score;
pub mod solve;
pub mod speech;
pub mod term;
