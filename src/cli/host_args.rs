//! What was typed for a room of browsers.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tr::tr;

use super::scripts::ScriptWord;
use crate::limits::KEEP_DAYS_MAX;
use crate::room::{Identity, Way};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill host ward-round --lan                     a team in a room
  breachdrill host ward-round --lan --team Red --team Blue
  breachdrill host first-light --way side-by-side --lan
  breachdrill host ward-round --lan --cert drill.pem --key drill.key
  breachdrill host --again                              after a crash: everybody finds their place

It prints the trainer's link, and a code for everybody else. Without --lan only
this machine can reach it. What people send over plain HTTP can be read on the
network: with --cert and --key, a certificate of your own for a name by which
people reach this machine, it is encrypted.")]
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
    /// Take connections on this port; 0 takes a free one [default: 8750, or where the room was before]
    #[arg(long, value_name = "NUMBER")]
    pub(super) port: Option<u16>,
    /// A name that this machine goes by on the network; once for each
    #[arg(long = "known-as", value_name = "HOST")]
    pub(super) names: Vec<String>,
    /// Speak https, with this certificate: a PEM file, with the chain that leads to it
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(super) cert: Option<PathBuf>,
    /// The certificate's private key: a PEM file
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub(super) key: Option<PathBuf>,
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
    /// After how long the room is forgotten, and everybody in it is told so: 90d, 12w; 0 keeps it until you erase it
    #[arg(long, value_name = "TIME", default_value = "365d", value_parser = days)]
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

/// Days, or weeks, as a number of days.
fn days(text: &str) -> Result<u16, String> {
    let (number, each) = match text.strip_suffix('w') {
        Some(weeks) => (weeks, 7),
        None => (text.strip_suffix('d').unwrap_or(text), 1),
    };
    number
        .parse::<u16>()
        .ok()
        .and_then(|number| number.checked_mul(each))
        .filter(|days| *days <= KEEP_DAYS_MAX)
        .ok_or_else(|| tr!("days or weeks, such as 90d or 12w, and ten years at most"))
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

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn a_time_is_days_or_weeks() {
        for (text, told) in [("90d", 90), ("90", 90), ("12w", 84), ("0", 0), ("3660d", 3_660)] {
            assert_eq!(days(text), Ok(told), "{text}");
        }
        for text in ["", "d", "-1d", "1y", "3661d", "9999w", "1.5w", "w9"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
