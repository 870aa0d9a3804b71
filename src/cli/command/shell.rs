//! Completions and the manual page, made from the command line's own definition.

use clap::CommandFactory;

use crate::cli::args::{Cli, Completions};
use crate::cli::failure::Failure;
use crate::cli::output::Output;

pub(in crate::cli) fn completions(args: &Completions, out: &Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "breachdrill", &mut text);
    out.result(&String::from_utf8_lossy(&text))
}

pub(in crate::cli) fn man(out: &Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut text).map_err(Failure::new)?;
    out.result(&String::from_utf8_lossy(&text))
}
