//! From words to work: reads the command line, resolves names, runs a command.
//!
//! The only component that reads the environment and the entropy of the
//! machine. Start at [`main`], then read `command/` for the command at hand.

mod again_args;
mod args;
mod ask;
mod author_args;
mod command;
mod drills;
mod failure;
mod global_args;
mod help;
#[cfg(feature = "host")]
mod host_args;
mod output;
mod prove;
mod recorder;
mod rooms;
mod scripts;
mod spoilers;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;
use tr::tr;

use args::{Cli, Command};
use failure::{Exit, Failure};
use output::{Environment, Output};

use crate::speech::{label, noted, speaking};

/// Runs breachdrill with `args` (the first is the program's name).
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let environment = Environment::read();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => {
            let language = help::asked_for(&args).or(environment.language()).unwrap_or_default();
            // Nobody is left to tell if neither stream can be written.
            let _ = speaking(language, || help::tell(&error, &args));
            return ExitCode::from(if error.use_stderr() { Exit::Usage as u8 } else { 0 });
        }
    };
    let language = cli.global.lang.or(environment.language()).unwrap_or_default();
    let out = Output::new(&cli.global, &environment);
    speaking(language, || match run(&cli, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            out.failure(&failure);
            ExitCode::from(failure.exit as u8)
        }
    })
}

fn run(cli: &Cli, out: &Output) -> Result<(), Failure> {
    if out.json {
        has_json(cli.command.as_ref())?;
    }
    let data = drills::Data::new(cli.global.data_dir.as_deref());
    if looks_at_rooms(cli.command.as_ref()) {
        rooms::forget_past_due(out, &data);
    }
    match &cli.command {
        None => command::menu::run(out, &data),
        Some(Command::List(args)) => command::list::run(args, out),
        Some(Command::Show(args)) => command::show::run(args, out, &data),
        Some(Command::Play(args)) => command::play::run(args, out, &data),
        Some(Command::Resume(args)) => command::resume::run(args, out, &data),
        #[cfg(feature = "host")]
        Some(Command::Host(args)) => command::host::run(args, out, &data),
        Some(Command::Drills) => command::drills::run(out, &data),
        Some(Command::Debrief(args)) => command::debrief::run(args, out, &data),
        Some(Command::Replay(args)) => command::replay::run(args, out, &data),
        Some(Command::WhatIf(args)) => command::what_if::run(args, out, &data),
        Some(Command::Retry(args)) => command::retry::run(args, out, &data),
        Some(Command::Check(args)) => command::check::run(args, out, &data),
        Some(Command::Simulate(args)) => command::simulate::run(args, out, &data),
        Some(Command::Graph(args)) => command::graph::run(args, out, &data),
        Some(Command::New(args)) => command::new::run(args, out, &data),
        Some(Command::Explore(args)) => command::explore::run(args, out, &data),
        Some(Command::Explain(args)) => command::explain::run(args, out),
        Some(Command::Duties(args)) => command::duties::run(args, out),
        Some(Command::Export(args)) => command::export::run(args, out, &data),
        Some(Command::Verify(args)) => command::verify::run(args, out, &data),
        Some(Command::Forget(args)) => command::forget::run(args, out, &data),
        Some(Command::Doctor(args)) => command::doctor::run(args, out, &data),
        Some(Command::Completions(args)) => command::shell::completions(args, out),
        Some(Command::Man) => command::shell::man(out),
    }
}

/// Whether a command looks at rooms, so that those whose time has passed are forgotten first.
fn looks_at_rooms(command: Option<&Command>) -> bool {
    #[cfg(feature = "host")]
    if matches!(command, Some(Command::Host(_))) {
        return true;
    }
    matches!(
        command,
        Some(
            Command::Drills
                | Command::Debrief(_)
                | Command::Export(_)
                | Command::Verify(_)
                | Command::Forget(_)
        )
    )
}

/// Whether a command has a JSON form. One that has none refuses the option, so that no program waits for it.
fn has_json(command: Option<&Command>) -> Result<(), Failure> {
    let (name, instead) = match command {
        Some(Command::Replay(_)) => ("replay", noted!("breachdrill debrief --json has the timeline")),
        Some(Command::New(_)) => ("new", noted!("it writes one file, and its exit code says whether")),
        Some(Command::Forget(_)) => ("forget", noted!("its exit code says whether it is done")),
        Some(Command::Export(_)) => {
            ("export", noted!("an evidence file is JSON Lines as it is; leave --json out"))
        }
        #[cfg(feature = "host")]
        Some(Command::Host(_)) => ("host", noted!("the console’s group debrief has a JSON form")),
        Some(Command::Completions(_)) => ("completions", noted!("it prints a script for a shell")),
        Some(Command::Man) => ("man", noted!("it prints a manual page")),
        Some(Command::Graph(args)) if !args.gauges => {
            ("graph", noted!("with --gauges it prints the table as JSON; a picture is SVG or Mermaid text"))
        }
        Some(Command::Resume(args)) if args.answers.is_none() && !args.end => {
            ("resume", noted!("with --answers or --end it prints the debrief as JSON"))
        }
        Some(Command::Retry(args)) if args.answers.is_none() => {
            ("retry", noted!("with --answers it plays without a person and prints the debrief as JSON"))
        }
        Some(Command::Play(args)) if args.answers.is_none() => {
            ("play", noted!("with --answers it plays without a person and prints the debrief as JSON"))
        }
        Some(
            Command::List(_)
            | Command::Show(_)
            | Command::Play(_)
            | Command::Retry(_)
            | Command::Resume(_)
            | Command::Drills
            | Command::Debrief(_)
            | Command::WhatIf(_)
            | Command::Check(_)
            | Command::Simulate(_)
            | Command::Graph(_)
            | Command::Duties(_)
            | Command::Explore(_)
            | Command::Explain(_)
            | Command::Verify(_)
            | Command::Doctor(_),
        )
        | None => return Ok(()),
    };
    Err(Failure::usage(tr!("`{name}` has no JSON form here", name)).hint(label(instead)))
}
