//! The table is a terminal.

mod ask;
mod diagnostic;
mod editor;
mod key;
mod markdown;
mod pick;
mod story;
mod style;
mod table;
mod wrap;

pub use diagnostic::{FindingsStyle, findings, findings_json};
