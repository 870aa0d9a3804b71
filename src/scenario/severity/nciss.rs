//! The National Cyber Incident Scoring System as a calculator: eight factors in,
//! a score from 0 to 100 and a level out.
//!
//! Factors, weights and values are those of CISA's published demonstration
//! (<https://www.cisa.gov/nciss/demo>), read in the data of CMU SEI's CITE
//! (`Cite.Api/appsettings.json`, commented as CISA NCISS). CISA calls them
//! notional and says that organisations should tailor them. The scores at
//! which its levels begin are not public in what could be read, so the bands
//! here are this project's own, and said to be.

use crate::scenario::id::LevelId;

/// One factor of the calculator.
#[derive(Clone, Copy, Debug)]
pub struct Factor {
    /// Name in answers files and journals.
    pub name: &'static str,
    /// What is asked.
    pub asks: &'static str,
    /// How much it weighs.
    pub weight: u8,
    /// The options: name, what people read, value 0 … 100.
    pub options: &'static [(&'static str, &'static str, u8)],
}

impl Factor {
    /// The row of an option by its name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<u8> {
        let row = self.options.iter().position(|(option, ..)| *option == name)?;
        u8::try_from(row).ok()
    }
}

/// One option chosen for each factor, by its row, in the order of [`FACTORS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Factors(pub [u8; 8]);

/// Where each level begins, in hundredths of a point: this project's own bands, version 1.
const BANDS: [u32; 7] = [0, 1_000, 2_000, 3_500, 5_000, 6_500, 8_000];

impl Factors {
    /// Whether every factor has such an option.
    #[must_use]
    pub fn known(self) -> bool {
        FACTORS.iter().zip(self.0).all(|(factor, row)| usize::from(row) < factor.options.len())
    }

    /// `100·(Σwv − least)/(most − least)`, 0 … 100, in hundredths, to the nearest; the
    /// least and the most that the listed options can come to are 325 and 3,400.
    ///
    /// # Panics
    /// If a factor has no such option; see [`Factors::known`].
    #[must_use]
    pub fn score(self) -> u32 {
        let (mut sum, mut least, mut most) = (0_u32, 0_u32, 0_u32);
        for (factor, row) in FACTORS.iter().zip(self.0) {
            let weight = u32::from(factor.weight);
            let values = || factor.options.iter().map(|(.., value)| weight * u32::from(*value));
            sum += weight * u32::from(factor.options[usize::from(row)].2);
            least += values().min().unwrap_or(0);
            most += values().max().unwrap_or(0);
        }
        ((sum - least) * 10_000 * 2 / (most - least)).div_ceil(2)
    }

    /// Some factors that come to this level: whoever wants to call it can.
    #[must_use]
    pub fn of_level(level: LevelId) -> Self {
        let mut factors = Self::default();
        // No single step upwards is as wide as a band, so none is stepped over.
        for (row, factor) in FACTORS.iter().enumerate() {
            while factors.level() < level && usize::from(factors.0[row]) + 1 < factor.options.len() {
                factors.0[row] += 1;
            }
        }
        factors
    }

    /// The level on the scale of [`Scheme::Nciss`](super::Scheme::Nciss).
    #[must_use]
    pub fn level(self) -> LevelId {
        LevelId::of(BANDS.partition_point(|from| *from <= self.score()) - 1)
    }
}

/// The factors, in the order in which they are asked.
pub const FACTORS: [Factor; 8] = [
    Factor {
        name: "functional-impact",
        asks: "What does it do to services?",
        weight: 6,
        options: &[
            ("none", "no impact", 0),
            ("no-services", "no impact to services", 20),
            ("minimal-non-critical", "minimal impact to services that are not critical", 35),
            ("minimal-critical", "minimal impact to critical services", 40),
            ("significant-non-critical", "significant impact to services that are not critical", 50),
            ("denial-non-critical", "services that are not critical are denied", 60),
            ("significant-critical", "significant impact to critical services", 70),
            ("denial-critical", "critical services are denied, or control is lost", 100),
        ],
    },
    Factor {
        name: "observed-activity",
        asks: "What was the actor seen doing?",
        weight: 5,
        options: &[
            ("none", "nothing", 0),
            ("prepare", "preparing: objectives, plans, reconnaissance", 40),
            ("engage", "engaging: trying to get in", 70),
            ("presence", "being present: access was gained", 80),
            ("effect", "having an effect: taking, changing, denying, destroying", 100),
        ],
    },
    Factor {
        name: "location",
        asks: "How deep in the network was it seen?",
        weight: 4,
        options: &[
            ("business-dmz", "level 1: the demilitarised zone of the business", 30),
            ("business-network", "level 2: the business network", 40),
            ("unknown", "not known", 50),
            ("business-management", "level 3: the management of the business network", 60),
            ("critical-dmz", "level 4: the demilitarised zone of critical systems", 70),
            ("critical-management", "level 5: the management of critical systems", 80),
            ("critical-systems", "level 6: critical systems", 90),
            ("safety-systems", "level 7: safety systems", 100),
        ],
    },
    Factor {
        name: "actor",
        asks: "Who is behind it?",
        weight: 4,
        options: &[
            ("hacktivists", "hacktivists", 20),
            ("unwitting-insider", "an insider who does not know it", 30),
            ("criminal", "criminals", 40),
            ("unknown", "not known", 50),
            ("witting-insider", "an insider who knows it", 65),
            ("apt", "an advanced persistent threat", 80),
            ("apt-targeted", "an advanced persistent threat that chose this target", 100),
        ],
    },
    Factor {
        name: "information-impact",
        asks: "What happened to information?",
        weight: 2,
        options: &[
            ("none", "nothing", 0),
            ("suspected", "something is suspected and not identified", 10),
            ("privacy", "personal data was lost", 20),
            ("proprietary", "proprietary information was lost", 50),
            ("destruction-non-critical", "systems that are not critical were destroyed", 60),
            ("critical-data", "data of critical systems was breached", 70),
            ("core-credentials", "core credentials were compromised", 80),
            ("destruction-critical", "a critical system was destroyed", 100),
        ],
    },
    Factor {
        name: "recoverability",
        asks: "What will recovery take?",
        weight: 4,
        options: &[
            ("regular", "regular: the time is known, with the people and means at hand", 20),
            ("supplemented", "supplemented: the time is known, with more people or means", 40),
            ("extended", "extended: the time is not known, and help from outside is needed", 60),
            ("not-recoverable", "not recoverable: what happened cannot be undone", 100),
        ],
    },
    Factor {
        name: "cross-sector",
        asks: "Which sector is hit, and so who else depends on it?",
        weight: 3,
        options: &[
            ("nuclear", "nuclear", 15),
            ("agriculture", "agriculture and food", 20),
            ("chemical", "chemical", 20),
            ("dams", "dams", 25),
            ("emergency-services", "emergency services", 25),
            ("commercial-facilities", "commercial facilities", 30),
            ("healthcare", "healthcare", 30),
            ("finance", "banking and finance", 35),
            ("defense", "defence industry", 35),
            ("government", "government facilities", 40),
            ("manufacturing", "critical manufacturing", 50),
            ("water", "water", 60),
            ("communications", "communications", 75),
            ("transportation", "transportation", 75),
            ("information-technology", "information technology", 80),
            ("energy", "energy", 100),
        ],
    },
    Factor {
        name: "potential-impact",
        asks: "What may still come of it?",
        weight: 6,
        options: &[
            ("minimal", "minimal", 0),
            ("low", "low", 25),
            ("moderate", "moderate", 50),
            ("high", "high", 75),
            ("severe", "severe", 100),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(values: [u8; 8]) -> Factors {
        let mut rows = [0; 8];
        for ((factor, value), row) in FACTORS.iter().zip(values).zip(&mut rows) {
            *row = factor.options.iter().position(|(.., v)| *v == value).expect("the table has it") as u8;
        }
        Factors(rows)
    }

    #[test]
    fn scores_of_the_reference_and_levels_of_our_own() {
        for (values, score, level, what) in [
            ([0, 40, 30, 50, 0, 20, 80, 0], 1_675, 1, "external scan of an IT firm"),
            ([20, 80, 40, 40, 10, 20, 35, 25], 2_829, 2, "phished mailbox at a bank, contained"),
            ([100, 100, 60, 40, 80, 60, 30, 75], 6_878, 5, "hospital ransomware, directory lost"),
            ([100, 100, 80, 40, 50, 60, 100, 100], 8_114, 6, "pipeline, management reached"),
        ] {
            let factors = rows(values);
            assert!(factors.known());
            assert_eq!((factors.score(), factors.level()), (score, LevelId(level)), "{what}");
        }
    }

    #[test]
    fn the_scale_runs_from_nothing_to_a_hundred() {
        assert_eq!(FACTORS.iter().map(|f| u32::from(f.weight)).sum::<u32>(), 34);
        assert_eq!((Factors([0; 8]).score(), Factors([0; 8]).level()), (0, LevelId(0)));
        let most = FACTORS.map(|factor| factor.options.len() as u8 - 1);
        assert_eq!((Factors(most).score(), Factors(most).level()), (10_000, LevelId(6)));
        assert!(!Factors([9; 8]).known(), "a factor has no such option");
        for level in (0..7).map(LevelId) {
            assert_eq!(Factors::of_level(level).level(), level);
        }
    }

    #[test]
    fn options_have_names_of_their_own_and_rise() {
        for factor in &FACTORS {
            let mut names: Vec<_> = factor.options.iter().map(|(name, ..)| *name).collect();
            assert!(factor.options.is_sorted_by_key(|(.., value)| *value), "{}", factor.name);
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), factor.options.len(), "{}", factor.name);
        }
    }
}
