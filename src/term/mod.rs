//! The table is a terminal.

mod ask;
mod editor;
mod key;
mod markdown;
mod pick;
mod story;
mod style;
mod table;
mod wrap;
