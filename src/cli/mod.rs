//! From words to work: reads the command line, resolves names, runs a command.
//!
//! The only component that reads the environment and the entropy of the
//! machine. Start at [`main`], then read `command/` for the command at hand.

mod args;
mod ask;
mod command;
mod drills;
mod failure;
mod output;
mod prove;
mod recorder;
mod scripts;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use failure::{Exit, Failure};
use output::{Environment, Output};

/// Runs breachdrill with `args` (the first is the program's name).
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell if neither stream can be written.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Usage as u8 } else { 0 });
        }
    };
    let out = Output::new(&cli.global, &Environment::read());
    match run(&cli, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            out.failure(&failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}

fn run(cli: &Cli, out: &Output) -> Result<(), Failure> {
    let data = drills::Data::new(cli.global.data_dir.as_deref());
    match &cli.command {
        None => command::menu::run(out, &data),
        Some(Command::List) => command::list::run(out),
        Some(Command::Show(args)) => command::show::run(args, out),
        Some(Command::Play(args)) => command::play::run(args, out, &data),
        Some(Command::Resume(args)) => command::resume::run(args, out, &data),
        Some(Command::Drills) => command::drills::run(out, &data),
        Some(Command::Debrief(args)) => command::debrief::run(args, out, &data),
        Some(Command::Replay(args)) => command::replay::run(args, out, &data),
        Some(Command::Check(args)) => command::check::run(args, out),
        Some(Command::New(args)) => command::new::run(args, out),
        Some(Command::Explore(args)) => command::explore::run(args, out),
        Some(Command::Explain(args)) => command::explain::run(args, out),
        Some(Command::Duties(args)) => command::duties::run(args, out),
        Some(Command::Export(args)) => command::export::run(args, out, &data),
        Some(Command::Verify(args)) => command::verify::run(args, out, &data),
        Some(Command::Forget(args)) => command::forget::run(args, out, &data),
        Some(Command::Doctor) => command::doctor::run(out, &data),
        Some(Command::Completions(args)) => command::shell::completions(args, out),
        Some(Command::Man) => command::shell::man(out),
    }
}
