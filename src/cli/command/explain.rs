//! Comes next.
use crate::cli::args::Explain;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
pub(in crate::cli) fn run(_: &Explain, _: &Output) -> Result<(), Failure> {
    Err(Failure::new("comes next"))
}
