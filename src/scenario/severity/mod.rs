//! Schemes by which a script tells severity, and their levels, lowest first.
//!
//! A level has a name, which scripts, answers files and journals use, and a
//! label for people. An organisation's own levels are their own labels. Only
//! levels and their order are here; what a call is worth is the affair of
//! `score`. The calculator stands in `nciss.rs`.

mod nciss;

pub use nciss::{FACTORS, Factor, Factors};

use super::id::LevelId;
use crate::speech::noted;

/// By which scheme a script tells severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// The organisation's own levels.
    #[default]
    Own,
    /// No single level but three axes of impact: functional, information and
    /// recoverability (NIST SP 800-61 revision 2, 2012, withdrawn in April 2025).
    Sp80061,
    /// The Cyber Incident Severity Schema of the United States (PPD-41, July 2016),
    /// levels 0 to 5; a significant incident is one of level 3 or higher.
    Ciss,
    /// The incident categories of the United Kingdom's NCSC and law enforcement
    /// (2018, restated on 23 August 2023), C6 to C1.
    UkC1C6,
    /// The calculator of CISA's National Cyber Incident Scoring System, with the
    /// weights of its published demonstration, which CISA calls notional.
    Nciss,
}

type Levels = &'static [(&'static str, &'static str)];

const CISS: Levels = &[
    ("baseline", noted!("level 0, baseline")),
    ("low", noted!("level 1, low")),
    ("medium", noted!("level 2, medium")),
    ("high", noted!("level 3, high")),
    ("severe", noted!("level 4, severe")),
    ("emergency", noted!("level 5, emergency")),
];

const UK: Levels = &[
    ("c6", noted!("C6, localised incident")),
    ("c5", noted!("C5, moderate incident")),
    ("c4", noted!("C4, substantial incident")),
    ("c3", noted!("C3, significant incident")),
    ("c2", noted!("C2, highly significant incident")),
    ("c1", noted!("C1, national cyber emergency")),
];

const NCISS: Levels = &[
    ("negligible", noted!("baseline, negligible")),
    ("minor", noted!("baseline, minor")),
    ("low", noted!("low")),
    ("medium", noted!("medium")),
    ("high", noted!("high")),
    ("severe", noted!("severe")),
    ("emergency", noted!("emergency")),
];

impl Scheme {
    /// What people call it; empty for an organisation's own.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Sp80061 => noted!("NIST SP 800-61 revision 2 (withdrawn)"),
            Self::Ciss => noted!("Cyber Incident Severity Schema"),
            Self::UkC1C6 => noted!("UK incident categories C1 to C6"),
            Self::Nciss => noted!("NCISS calculator, demonstration weights"),
        }
    }

    const fn levels(self) -> Levels {
        match self {
            Self::Own | Self::Sp80061 => &[],
            Self::Ciss => CISS,
            Self::UkC1C6 => UK,
            Self::Nciss => NCISS,
        }
    }

    /// The names of its levels, lowest first; none where the script brings its own, or none.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.levels().iter().map(|(name, _)| *name)
    }

    /// What people call the level `name`, in row `level` of the scale.
    #[must_use]
    pub fn label(self, level: LevelId, name: &str) -> String {
        self.levels().get(level.at()).map_or(name, |(_, label)| label).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_has_its_levels_lowest_first() {
        let ends = |scheme: Scheme| {
            let names: Vec<_> = scheme.names().collect();
            (names.first().copied(), names.last().copied(), names.len())
        };
        assert_eq!(ends(Scheme::Ciss), (Some("baseline"), Some("emergency"), 6));
        assert_eq!(ends(Scheme::UkC1C6), (Some("c6"), Some("c1"), 6));
        assert_eq!(ends(Scheme::Nciss), (Some("negligible"), Some("emergency"), 7));
        assert_eq!(ends(Scheme::Sp80061), (None, None, 0));
        assert_eq!(Scheme::UkC1C6.label(LevelId(5), "c1"), "C1, national cyber emergency");
        assert_eq!(Scheme::Own.label(LevelId(1), "sev-2"), "sev-2");
    }
}
