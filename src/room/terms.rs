//! What is settled when a room is opened, and told to everybody before they come in.

use tr::tr;

use crate::scenario::Scenario;

/// How a room runs its script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// One drill for each team; seats see their own injects, and a team decides together.
    Together,
    /// A drill for each trainee, all on the trainer's clock.
    SideBySide,
    /// A drill for each trainee, begun and paused by each alone, until a date.
    OwnTime,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Together, Self::SideBySide, Self::OwnTime];

    /// The word in journals and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::SideBySide => "side-by-side",
            Self::OwnTime => "own-time",
        }
    }

    /// What it is called, in the language spoken.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Together => tr!("Together"),
            Self::SideBySide => tr!("Side by side"),
            Self::OwnTime => tr!("In one’s own time"),
        }
    }

    /// Whether each trainee plays a drill of their own.
    #[must_use]
    pub const fn alone(self) -> bool {
        !matches!(self, Self::Together)
    }
}

/// Under which names people are in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Their own, for proof of attendance.
    Named,
    /// One that each chooses.
    Pseudonymous,
    /// One that the program gives; no name is kept.
    Anonymous,
}

impl Identity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Named, Self::Pseudonymous, Self::Anonymous];

    /// The word in journals and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Pseudonymous => "pseudonymous",
            Self::Anonymous => "anonymous",
        }
    }

    /// What people are told of it before they come in, in the language spoken.
    #[must_use]
    pub fn told(self) -> String {
        match self {
            Self::Named => {
                tr!("Your name is kept with your answers. The trainer sees both; the other trainees do not.")
            }
            Self::Pseudonymous => {
                tr!("You choose a name; it need not be your own. The trainer sees it with your answers.")
            }
            Self::Anonymous => tr!("You are given a name. Who you are is not kept."),
        }
    }
}

/// What is settled when a room is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How it runs.
    pub way: Way,
    /// Under which names.
    pub identity: Identity,
    /// The names of the teams, where they play together: one at least. Otherwise none.
    pub teams: Vec<String>,
    /// The seed of every drill in the room: all play the same variation.
    pub seed: u64,
    /// Drill seconds for each real second; none in an untimed room.
    pub pace: Option<u16>,
    /// How many people may be in it.
    pub places: u32,
    /// After how many days it is to be forgotten; 0 if that is not settled.
    pub keep_days: u16,
    /// Until when it can be begun and played, in seconds since 1970, where each plays in their own time.
    pub until: Option<i64>,
    /// Whether simulated trainees fill it: a dry run, of which nobody is judged.
    pub rehearsal: bool,
}

impl Terms {
    /// How many real minutes a script takes in this room: what its author says, longer or shorter as the room's
    /// pace is slower or faster than the script's own, rounded up.
    #[must_use]
    pub fn minutes(&self, scenario: &Scenario) -> u32 {
        let (own, minutes) = (u32::from(scenario.clock.pace), u32::from(scenario.head.minutes));
        self.pace.map_or(minutes, |pace| (minutes * own).div_ceil(pace.max(1).into()))
    }

    /// Until when a room is kept that was opened then (milliseconds), in seconds since 1970: counted from the day
    /// on which the last could play. None if that is not settled.
    #[must_use]
    pub fn kept_until(&self, opened: u64) -> Option<i64> {
        let opened = i64::try_from(opened / 1_000).ok()?;
        let last = self.until.map_or(opened, |until| until.max(opened));
        (self.keep_days > 0).then(|| last.saturating_add(i64::from(self.keep_days) * 86_400))
    }
}
