//! What somebody may have meant.

use strsim::damerau_levenshtein;

/// The one of `known` that is written almost like `found`.
#[must_use]
pub fn near_miss<'k>(found: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // What is too long to be a slip is not worth the arithmetic either.
    if found.len() > 2 * crate::limits::NAME_BYTES_MAX {
        return None;
    }
    let slips_max = (found.chars().count() / 3).max(1);
    let lower = found.to_lowercase();
    known
        .filter(|word| word.len().abs_diff(found.len()) <= slips_max + 2)
        .map(|word| (damerau_levenshtein(&lower, &word.to_lowercase()), word))
        .filter(|(slips, _)| *slips <= slips_max)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::near_miss;

    #[test]
    fn a_slip_is_seen_and_a_stranger_is_not() {
        let known = ["ransom", "siem-alert", "first-look"];
        assert_eq!(near_miss("ransum", known.into_iter()), Some("ransom"));
        assert_eq!(near_miss("siem-alrt", known.into_iter()), Some("siem-alert"));
        assert_eq!(near_miss("Ransom", known.into_iter()), Some("ransom"));
        assert_eq!(near_miss("printer", known.into_iter()), None);
        assert_eq!(near_miss(&"ransom".repeat(100_000), known.into_iter()), None);
    }
}
