//! Comes next.
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
pub(in crate::cli) fn run(_: &Output, _: &Data) -> Result<(), Failure> {
    Err(Failure::new("comes next"))
}
