//! What an author typed for `new` and `explain`; the rest of the command line is in `args.rs`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill new lost-laptop.ron
  breachdrill new lost-laptop.ron --title \"The lost laptop\" --audience everyone --minutes 10")]
pub(super) struct New {
    /// The file to write
    pub(super) file: PathBuf,
    /// Its title [default: asks, or from the file's name]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// For whom
    #[arg(long, value_enum)]
    pub(super) audience: Option<AudienceChoice>,
    /// Real minutes of play
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) minutes: Option<u16>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AudienceChoice {
    /// Any employee
    Everyone,
    /// People whose trade is response
    Responders,
    /// People who decide for the organisation
    Leadership,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The finding's code, such as unknown-inject [default: lists them]
    pub(super) code: Option<String>,
}
