//! What was typed for looking at a drill again: replay, what-if, retry.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill what-if                                     every decision of the last drill
  breachdrill what-if --at first-look                     every other choice there that changes something
  breachdrill what-if --at first-look --choose verify     one of them
  breachdrill what-if 7f3a --at first-look --lapse        no answer at all
  breachdrill what-if --at call-supplier --choose do --at-moment 9m

A question that takes several choices takes several --choose, in order. An estimate takes a number;
whoever assigns NAME=NAME; whoever notifies NAME=CHANNEL, or NAME=CHANNEL@24h where a deadline is chosen; a category CLASS, CLASS/TYPE, severity=LEVEL, functional=LEVEL and so on, or too-early; an action
`do`. Chance, and everything done later, stay as they were where they can.")]
pub(super) struct WhatIfArgs {
    /// A drill's id, its beginning, or an evidence file [default: the last drill]
    pub(super) drill: Option<String>,
    /// The question or action that is decided otherwise [default: all of them]
    #[arg(long, value_name = "NAME")]
    pub(super) at: Option<String>,
    /// What is chosen instead [default: a table of all choices]
    #[arg(long, value_name = "CHOICE", requires = "at")]
    pub(super) choose: Vec<String>,
    /// Nothing is answered, or the action is not done
    #[arg(long, requires = "at", conflicts_with_all = ["choose", "at_moment"])]
    pub(super) lapse: bool,
    /// At this moment of the drill, such as 9m or 1h05m [default: as it was; at once where nothing was decided]
    #[arg(long, value_name = "MOMENT", requires = "choose")]
    pub(super) at_moment: Option<String>,
    /// Of a drill that was broken off: although one begun earlier is unfinished here
    #[arg(long)]
    pub(super) unfinished: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill retry --at first-look
  breachdrill retry 7f3a --at first-look --plain

The retry is a drill of its own, with the same chance. It begins with the facts of the first one up to
the moment at which the question was asked, or the action begun, and never counts as a first attempt.")]
pub(super) struct Retry {
    /// A drill's id, its beginning, or an evidence file [default: the last drill]
    pub(super) drill: Option<String>,
    /// The question or action from which on it is played anew
    #[arg(long, value_name = "NAME")]
    pub(super) at: String,
    /// Drill seconds for each real second, 1 to 600 [default: the script's]
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) pace: Option<u16>,
    /// Play these answers at full speed, without a person
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// Steps of the answers that do not fit are told and passed over
    #[arg(long, requires = "answers")]
    pub(super) lenient: bool,
    /// Exit with 4 below this score, and where the drill is broken off
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min_score: Option<u8>,
}

#[derive(Debug, Args)]
pub(super) struct Replay {
    /// A drill's id, its beginning, or an evidence file [default: the last drill]
    pub(super) drill: Option<String>,
    /// Drill seconds for each real second [default: all at once]
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(1..=36_000))]
    pub(super) pace: Option<u16>,
}
