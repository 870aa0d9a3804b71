//! Four ways to set a debrief. Each takes the plain data and a writer, and knows no device.
//!
//! Terminal, Markdown and page say the same words in the same order, because
//! all three set one [`page::Page`]; JSON is the plain data itself. What comes
//! from scripts, names and answers is made inert where it is written.

mod decisions;
mod group;
mod group_csv;
mod group_decisions;
mod group_json;
mod group_sections;
mod html;
mod json;
mod markdown;
mod method;
mod page;
mod prose;
mod record;
mod sections;
mod simulated;
mod simulated_json;
mod simulated_things;
mod table;
mod terminal;

pub use group::{group_html, group_markdown, group_terminal};
pub use group_csv::{attendance_csv, decisions_csv};
pub use group_json::group_json;
pub use html::{html, prose as prose_html};
pub use json::json;
pub use markdown::markdown;
pub(crate) use prose::plain;
pub use simulated::{Simulated, simulated_html, simulated_terminal};
pub use simulated_json::simulated_json;
pub use terminal::{Screen, opening as terminal_opening, prose as terminal_prose, terminal};
