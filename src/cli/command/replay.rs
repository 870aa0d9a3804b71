//! Comes next.
use crate::cli::args::Replay;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
pub(in crate::cli) fn run(_: &Replay, _: &Output, _: &Data) -> Result<(), Failure> {
    Err(Failure::new("comes next"))
}
