//! Comes next.
use crate::cli::args::New;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
pub(in crate::cli) fn run(_: &New, _: &Output) -> Result<(), Failure> {
    Err(Failure::new("comes next"))
}
