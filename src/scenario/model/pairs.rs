//! Questions that pair: who does what, and whom to tell how and by when.
//!
//! The rows (tasks, recipients) are the question's choices, with their effects,
//! rationales and conditions; what they are paired with stands here.

use super::question::Ask;
use crate::scenario::id::{Name, PartnerId, SourceId};
use crate::scenario::time::SimTime;

/// Somebody whom a task can be given to, or a channel.
#[derive(Clone, Debug)]
pub struct Partner {
    /// Name in the script.
    pub name: Name,
    /// What people call it.
    pub says: String,
    /// What using it costs, -100 … 0, each time; a channel that the attacker reads.
    pub credit: i16,
    /// Why it is safe, or is not.
    pub why: String,
    /// What that rests on.
    pub source: Option<SourceId>,
}

/// What *assign* offers, and its key.
#[derive(Clone, Debug)]
pub struct AssignSpec {
    /// Who is there to give a task to.
    pub among: Vec<Partner>,
    /// For each task, in the order of the choices, what giving it to somebody is
    /// worth, -100 … 100; whoever is not named is worth nothing.
    pub worth: Vec<Vec<(PartnerId, i16)>>,
}

impl AssignSpec {
    /// What giving task `row` to `partner` is worth, -100 … 100.
    #[must_use]
    pub fn worth(&self, row: usize, partner: PartnerId) -> i16 {
        self.worth[row].iter().find(|(id, _)| *id == partner).map_or(0, |(_, credit)| *credit)
    }
}

/// What *notify* offers, and its key.
#[derive(Clone, Debug)]
pub struct NotifySpec {
    /// The channels.
    pub through: Vec<Partner>,
    /// The deadlines on offer, counted from the answer, ascending; none asked for if empty.
    pub by: Vec<SimTime>,
    /// For each recipient, in the order of the choices, what telling them takes.
    pub needs: Vec<Notice>,
}

/// What telling one recipient takes, where telling them is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// The channels that will do, ascending; any that is not harmful if empty.
    pub via: Vec<PartnerId>,
    /// By when at the latest; any deadline will do if none.
    pub by: Option<SimTime>,
}

impl NotifySpec {
    /// Whether `partner` will do for recipient `row`.
    #[must_use]
    pub fn right_channel(&self, row: usize, partner: PartnerId) -> bool {
        let via = &self.needs[row].via;
        via.contains(&partner) || (via.is_empty() && self.through[partner.at()].credit >= 0)
    }

    /// Whether a deadline is early enough for recipient `row`.
    #[must_use]
    pub fn in_time(&self, row: usize, by: Option<SimTime>) -> bool {
        self.needs[row].by.is_none_or(|latest| by.is_some_and(|by| by <= latest))
    }
}

impl Ask {
    /// What the rows of this kind are paired with; nothing for most kinds.
    #[must_use]
    pub fn partners(&self) -> &[Partner] {
        match self {
            Self::Assign(spec) => &spec.among,
            Self::Notify(spec) => &spec.through,
            Self::Triage(_)
            | Self::Categorize(_)
            | Self::ChooseOne
            | Self::ChooseSeveral
            | Self::PutInOrder { .. }
            | Self::Estimate(_)
            | Self::Record { .. }
            | Self::Reflect { .. } => &[],
        }
    }

    /// The deadlines on offer; none for most kinds.
    #[must_use]
    pub fn deadlines(&self) -> &[SimTime] {
        if let Self::Notify(spec) = self { &spec.by } else { &[] }
    }
}
