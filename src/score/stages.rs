//! How each stage went: points earned over points possible, and a rating.

use super::tally::{Item, Rating, StageScore, Tally};
use crate::scenario::Stage;

/// From which whole percent each rating holds. HSEEP gives four words and no
/// percentages; the bands are this project's own and a trainer may set others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Performed without challenges.
    pub performed: u8,
    /// Performed with some challenges.
    pub some: u8,
    /// Performed with major challenges; below it, unable to be performed.
    pub major: u8,
}

impl Default for Bands {
    fn default() -> Self {
        Self { performed: 80, some: 65, major: 50 }
    }
}

impl Bands {
    /// The rating that `percent` earns.
    #[must_use]
    pub const fn rate(self, percent: u8) -> Rating {
        if percent >= self.performed {
            Rating::Performed
        } else if percent >= self.some {
            Rating::Some
        } else if percent >= self.major {
            Rating::Major
        } else {
            Rating::Unable
        }
    }
}

/// The ten stages of a drill with these items.
pub(super) fn stages(items: &[Item], bands: Bands) -> Vec<StageScore> {
    Stage::ALL.map(|stage| one(stage, items.iter().filter(|i| i.stage == stage), bands)).to_vec()
}

fn one<'i>(stage: Stage, items: impl Iterator<Item = &'i Item> + Clone, bands: Bands) -> StageScore {
    let tally: Tally = items.clone().map(|i| i.tally).sum();
    // A stage in which one could only do harm has no percentage, yet harm was done.
    let harmed = (tally.earned.0 < 0).then_some(Rating::Unable);
    StageScore {
        stage,
        items: u16::try_from(items.count()).unwrap_or(u16::MAX),
        tally,
        rating: tally.percent().map(|percent| bands.rate(percent)).or(harmed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_80_65_50_unless_set() {
        let rate = |percent| Bands::default().rate(percent);
        assert_eq!([100, 80].map(rate), [Rating::Performed; 2]);
        assert_eq!([79, 65].map(rate), [Rating::Some; 2]);
        assert_eq!([64, 50].map(rate), [Rating::Major; 2]);
        assert_eq!([49, 0].map(rate), [Rating::Unable; 2]);
        assert_eq!(Bands { performed: 90, some: 70, major: 50 }.rate(89), Rating::Some);
    }
}
