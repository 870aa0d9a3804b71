//! What was typed for `list`, and what an author typed for `new`, `explain`, `simulate` and `graph`; the rest of the command line is in `args.rs`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::scripts::ScriptWord;
use crate::solve::Policy;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill list --audience everyone --minutes 10
  breachdrill list --stage legal --level advanced
  breachdrill list --class \"no incident\"
  breachdrill list --coverage --output coverage.svg")]
pub(super) struct List {
    /// For whom: everyone, responders, leadership
    #[arg(long, value_name = "AUDIENCE")]
    pub(super) audience: Option<String>,
    /// Where this stage counts: identification, legal, training …
    #[arg(long, value_name = "STAGE")]
    pub(super) stage: Option<String>,
    /// Where this is the kind of incident: fraud, intrusions, "no incident" …; tells what a script is about
    #[arg(long, value_name = "CLASS")]
    pub(super) class: Option<String>,
    /// Real minutes of play: 15 for at most fifteen, 10-30 for from ten to thirty
    #[arg(long, value_name = "MINUTES", value_parser = super::command::wanted::minutes)]
    pub(super) minutes: Option<(u16, u16)>,
    /// How hard: intro, intermediate, advanced
    #[arg(long, value_name = "LEVEL")]
    pub(super) level: Option<String>,
    /// The language it is written in: en, de …
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<String>,
    /// For trainers: which script covers which stages, kinds of incident and techniques
    #[arg(long)]
    pub(super) coverage: bool,
    /// With --coverage: write it to this file, as a picture if it ends in .svg
    #[arg(short, long, value_name = "FILE", requires = "coverage")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill new lost-laptop.ron
  breachdrill new our-invoice.ron --from friday-invoice
  breachdrill new lost-laptop.ron --title \"The lost laptop\" --audience everyone --minutes 10")]
pub(super) struct New {
    /// The file to write
    pub(super) file: PathBuf,
    /// Copy this script, shipped or a file, to tailor it to a company of one's own
    #[arg(long, value_name = "NAME", conflicts_with_all = ["title", "audience", "minutes"])]
    pub(super) from: Option<String>,
    /// With --from: although a drill of that script is unfinished here
    #[arg(long, requires = "from")]
    pub(super) unfinished: bool,
    /// Its title [default: asks, or from the file's name]
    #[arg(long)]
    pub(super) title: Option<String>,
    /// For whom
    #[arg(long, value_parser = super::command::wanted::AudienceWord)]
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

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill simulate first-light
  breachdrill simulate my-script.ron --trainees 10000 --output simulation.html
  breachdrill simulate my-script.ron --policy random --policy skill=60,legal=20

Policies: expert, silent, random, first-choice, last-choice, longest-choice,
shortest-choice, most-drastic, always-escalate, never-escalate, and
skill=PERCENT with other percentages by stage: skill=60,legal=20.
The same script, seed and number give the same result on every machine.")]
pub(super) struct Simulate {
    /// A shipped script's name, or a file
    #[arg(value_parser = ScriptWord, hide_possible_values = true)]
    pub(super) script: String,
    /// Drills of each kind of trainee, each with a seed of its own
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) trainees: u32,
    /// A kind of trainee; may be given several times [default: all of them]
    #[arg(long, value_name = "POLICY", value_parser = Policy::named)]
    pub(super) policy: Vec<Policy>,
    /// The first seed; the others follow it
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    /// Time does not count
    #[arg(long)]
    pub(super) untimed: bool,
    /// Write to this file; by its ending a page (.html), JSON (.json) or text
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Although a drill of this script is unfinished here
    #[arg(long)]
    pub(super) unfinished: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill graph first-light --output first-light.svg
  breachdrill graph my-script.ron --simulate 1000 --output covered.svg
  breachdrill graph my-script.ron --mermaid
  breachdrill graph my-script.ron --gauges")]
pub(super) struct Graph {
    /// A shipped script's name, or a file
    #[arg(value_parser = ScriptWord, hide_possible_values = true)]
    pub(super) script: String,
    /// Mermaid text instead of SVG
    #[arg(long)]
    pub(super) mermaid: bool,
    /// Draw links as thick as simulated trainees go along them: drills of each kind of trainee
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) simulate: Option<u32>,
    /// A table instead: which gauge is read and moved where
    #[arg(long, conflicts_with_all = ["mermaid", "simulate"])]
    pub(super) gauges: bool,
    /// Although a drill of this script is unfinished here
    #[arg(long)]
    pub(super) unfinished: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
}
