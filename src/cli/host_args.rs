//! What was typed for a room of browsers.

use clap::{Args, ValueEnum};

use super::scripts::ScriptWord;
use crate::room::{Identity, Way};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill host ward-round --lan                     a team in a room
  breachdrill host ward-round --lan --team Red --team Blue
  breachdrill host first-light --way side-by-side --lan
  breachdrill host --again                              after a crash: everybody finds their place

It prints the trainer's link, and a code for everybody else. Without --lan only
this machine can reach it. What people send over plain HTTP can be read on the
network; put a proxy with a certificate in front where that matters.")]
pub(super) struct Host {
    /// A shipped script's name, or a file
    #[arg(value_parser = ScriptWord, hide_possible_values = true, required_unless_present = "again")]
    pub(super) script: Option<String>,
    /// How it runs [default: together if the script has seats, else side by side]
    #[arg(long, value_enum)]
    pub(super) way: Option<WayChoice>,
    /// A team's name; once for each team [default: one team]
    #[arg(long = "team", value_name = "NAME")]
    pub(super) teams: Vec<String>,
    /// Under which names people are there
    #[arg(long, value_enum, default_value_t = IdentityChoice::Pseudonymous, value_name = "WHAT")]
    pub(super) identity: IdentityChoice,
    /// Let other machines on the network reach it
    #[arg(long)]
    pub(super) lan: bool,
    /// Take connections on this port; 0 takes a free one
    #[arg(long, value_name = "NUMBER", default_value_t = 8_750)]
    pub(super) port: u16,
    /// A name that this machine goes by on the network; once for each
    #[arg(long = "known-as", value_name = "HOST")]
    pub(super) names: Vec<String>,
    /// The address that people are told, where it is not this machine's own: behind a proxy, say
    #[arg(long, value_name = "URL")]
    pub(super) address: Option<String>,
    /// Play this variation again [default: a new one each time]
    #[arg(long, value_name = "NUMBER")]
    pub(super) seed: Option<u64>,
    /// Drill seconds for each real second, 1 to 600 [default: the script's]
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) pace: Option<u16>,
    /// Time passes only when the trainer lets it; nothing lapses
    #[arg(long, conflicts_with = "pace")]
    pub(super) untimed: bool,
    /// How many people may come in
    #[arg(long, value_name = "NUMBER", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(super) places: u32,
    /// Say in the room that it is forgotten after so many days
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    pub(super) keep: u16,
    /// In one's own time: for how many days the room is open
    #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub(super) days: u16,
    /// A dry run: so many simulated trainees come in, and decide at random
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(super) rehearse: Option<u32>,
    /// Take a room up again: the last one that is not closed, or the one with this id
    #[arg(long, value_name = "ROOM", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["script", "way", "teams", "seed", "pace", "untimed", "places", "keep", "days", "rehearse"])]
    pub(super) again: Option<String>,
}

/// How a room runs its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum WayChoice {
    /// One drill for each team; seats see their own part, and a team decides together
    Together,
    /// A drill for each trainee, all at the same time
    SideBySide,
    /// A drill for each trainee, whenever it suits
    OwnTime,
}

impl WayChoice {
    pub(super) const fn way(self) -> Way {
        match self {
            Self::Together => Way::Together,
            Self::SideBySide => Way::SideBySide,
            Self::OwnTime => Way::OwnTime,
        }
    }
}

/// Under which names people are in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum IdentityChoice {
    /// Their own: for proof of attendance
    Named,
    /// One that each chooses
    Pseudonymous,
    /// One that the program gives; no name is kept
    Anonymous,
}

impl IdentityChoice {
    pub(super) const fn identity(self) -> Identity {
        match self {
            Self::Named => Identity::Named,
            Self::Pseudonymous => Identity::Pseudonymous,
            Self::Anonymous => Identity::Anonymous,
        }
    }
}
