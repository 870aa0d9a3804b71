//! One file for each command: resolves what was typed, runs it, says what is next.

pub(super) mod check;
pub(super) mod debrief;
pub(super) mod doctor;
pub(super) mod drills;
pub(super) mod duties;
pub(super) mod explain;
pub(super) mod explore;
mod explored;
pub(super) mod export;
pub(super) mod forget;
pub(super) mod graph;
#[cfg(feature = "host")]
pub(super) mod host;
mod key;
pub(super) mod list;
pub(super) mod menu;
pub(super) mod new;
pub(super) mod play;
pub(super) mod replay;
pub(super) mod resume;
pub(super) mod retry;
mod room;
pub(super) mod shell;
pub(super) mod show;
pub(super) mod simulate;
pub(super) mod verify;
pub(super) mod wanted;
mod watch;
pub(super) mod what_if;
mod worth;
