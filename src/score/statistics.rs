//! Statistics over groups and answers, in whole ten-thousandths and without floats.
//!
//! Corpus statistics: they say something about many answers and nothing about
//! one. Each is `None` where it is not defined, instead of some number.

use super::rounding::nearest;

/// Quadratic weighted kappa in ten-thousandths (Cohen 1968, Psychological
/// Bulletin 70(4)): agreement on an ordinal scale beyond chance.
///
/// `1 − Σ w·O / Σ w·E` with `w = (i − j)²/(K − 1)²`. The number of levels K is
/// in both sums and cancels. Not defined for nothing, for lists of different
/// length, or where both sides always say the same one level.
#[must_use]
pub fn quadratic_kappa(truth: &[u8], called: &[u8]) -> Option<i64> {
    if truth.len() != called.len() {
        return None;
    }
    let squared = |a: u8, b: u8| (i128::from(a) - i128::from(b)).pow(2);
    let observed: i128 = truth.iter().zip(called).map(|(a, b)| squared(*a, *b)).sum();
    let expected: i128 = truth.iter().flat_map(|a| called.iter().map(|b| squared(*a, *b))).sum();
    (expected > 0).then(|| nearest((expected - observed * truth.len() as i128) * 10_000, expected))
}

/// Kendall's tau-b in ten-thousandths (Kendall 1945, Biometrika 33(3)): how far
/// two rankings agree, corrected for ties.
///
/// `(C − D)/√((n₀ − n₁)(n₀ − n₂))`. Not defined where one side is all ties.
#[must_use]
pub fn kendall_tau_b(one: &[i64], other: &[i64]) -> Option<i64> {
    if one.len() != other.len() {
        return None;
    }
    let (mut balance, mut untied_one, mut untied_other) = (0_i128, 0_u128, 0_u128);
    for row in 0..one.len() {
        for later in row + 1..one.len() {
            let a = one[row].cmp(&one[later]) as i128;
            let b = other[row].cmp(&other[later]) as i128;
            balance += a * b;
            untied_one += a.unsigned_abs();
            untied_other += b.unsigned_abs();
        }
    }
    over_root(balance, untied_one * untied_other)
}

/// Cronbach's alpha in ten-thousandths (Cronbach 1951, Psychometrika 16(3)): how
/// far the items of a test measure one thing.
///
/// `k/(k − 1)·(1 − Σσ²ᵢ/σ²ₓ)`; one row per person, one column per item. Not
/// defined for fewer than two items, ragged rows, or people who all have the
/// same total. Below thirty people it should not be reported.
#[must_use]
pub fn cronbach_alpha(people: &[Vec<i64>]) -> Option<i64> {
    let items = people.first()?.len();
    if items < 2 || people.iter().any(|person| person.len() != items) {
        return None;
    }
    let of_items: i128 = (0..items).map(|item| spread(people.iter().map(|p| p[item]))).sum();
    let of_totals = spread(people.iter().map(|p| p.iter().sum()));
    let items = items as i128;
    (of_totals > 0).then(|| nearest(items * (of_totals - of_items) * 10_000, (items - 1) * of_totals))
}

/// Corrected item–total correlation in ten-thousandths (Henrysson 1963, Psychometrika 28(2)): how
/// far an item goes with the rest of its test, the item itself left out of the total.
///
/// Pearson's `r`; one row per person, one column per item. Not defined for fewer than
/// two items, ragged rows, an item that all answered alike, or rests that are all alike.
/// Below thirty people it should not be reported.
#[must_use]
pub fn item_rest_correlation(people: &[Vec<i64>], item: usize) -> Option<i64> {
    let items = people.first()?.len();
    if items < 2 || item >= items || people.iter().any(|person| person.len() != items) {
        return None;
    }
    let own = people.iter().map(|p| p[item]);
    let rest = people.iter().map(|p| p.iter().sum::<i64>() - p[item]);
    // `n²` times the covariance, by the variances of a sum and of its parts.
    let together = spread(own.clone().zip(rest.clone()).map(|(own, rest)| own + rest));
    let (of_own, of_rest) = (spread(own), spread(rest));
    let mut shared = (together - of_own - of_rest) / 2;
    let mut square = of_own.unsigned_abs().checked_mul(of_rest.unsigned_abs())?;
    // Numbers of many people are halved until their squares fit, which no digit shown feels.
    while shared.unsigned_abs() >= 1 << 48 {
        (shared, square) = (shared / 2, square / 4);
    }
    over_root(shared, square)
}

/// `n²` times the variance, which is a whole number; the `n²` cancels above.
fn spread(values: impl Iterator<Item = i64> + Clone) -> i128 {
    let count = values.clone().count() as i128;
    let sum: i128 = values.clone().map(i128::from).sum();
    let squares: i128 = values.map(|v| i128::from(v).pow(2)).sum();
    count * squares - sum * sum
}

/// `part / √square` in ten-thousandths, to the nearest: `⌊2x⌋` by an integer
/// root, then half of that rounded up, which is `⌊x + ½⌋`.
fn over_root(part: i128, square: u128) -> Option<i64> {
    let scaled = part.unsigned_abs() * 20_000;
    let doubled = (scaled * scaled).checked_div(square)?.isqrt();
    let size = i64::try_from(doubled.div_ceil(2)).ok()?;
    Some(if part < 0 { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quadratic_weighted_kappa_vector() {
        let truth = [0, 1, 2, 3, 4, 5, 2, 3];
        assert_eq!(quadratic_kappa(&truth, &[0, 1, 3, 3, 4, 4, 1, 5]), Some(8_250));
        assert_eq!(quadratic_kappa(&truth, &truth), Some(10_000));
        assert!(quadratic_kappa(&[0, 5], &[5, 0]).is_some_and(|k| k < 0), "worse than chance");
        assert_eq!(quadratic_kappa(&[2, 2], &[2, 2]), None, "nothing to disagree about");
        assert_eq!(quadratic_kappa(&[], &[]), None);
        assert_eq!(quadratic_kappa(&[1], &[1, 2]), None);
    }

    #[test]
    fn kendall_tau_b_vectors() {
        assert_eq!(kendall_tau_b(&[1, 2, 3, 4], &[1, 2, 2, 3]), Some(9_129));
        assert_eq!(kendall_tau_b(&[1, 2, 3, 4, 5], &[1, 3, 2, 4, 5]), Some(8_000));
        assert_eq!(kendall_tau_b(&[1, 2, 3], &[3, 2, 1]), Some(-10_000));
        assert_eq!(kendall_tau_b(&[1, 2, 3], &[7, 7, 7]), None, "one side is all ties");
        assert_eq!(kendall_tau_b(&[1], &[1]), None);
    }

    #[test]
    fn item_rest_correlation_vectors() {
        let guttman = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]];
        let people: Vec<Vec<i64>> = guttman.iter().map(|p| p.to_vec()).collect();
        // 1 1 1 1 0 with 3 2 1 0 0: 6/√(4 · 34); 1 1 1 0 0 with 3 2 1 1 0: 9/√(6 · 26).
        assert_eq!(item_rest_correlation(&people, 0), Some(5_145));
        assert_eq!(item_rest_correlation(&people, 1), Some(7_206));
        let many: Vec<Vec<i64>> =
            (0..5_000).map(|n| vec![n % 10_001, 10_000 - n % 10_001, 2 * (n % 10_001)]).collect();
        assert_eq!(item_rest_correlation(&many, 0), Some(10_000), "large numbers do not run over");
        assert_eq!(item_rest_correlation(&many, 1), Some(-10_000));
        assert_eq!(item_rest_correlation(&[vec![1, 2], vec![1, 3]], 0), None, "all answered alike");
        assert_eq!(item_rest_correlation(&[vec![1], vec![0]], 0), None, "one item");
        assert_eq!(item_rest_correlation(&people, 4), None);
        assert_eq!(item_rest_correlation(&[], 0), None);
    }

    #[test]
    fn cronbach_alpha_vector() {
        let guttman = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]];
        let people: Vec<Vec<i64>> = guttman.iter().map(|p| p.to_vec()).collect();
        assert_eq!(cronbach_alpha(&people), Some(8_000));
        assert_eq!(cronbach_alpha(&[vec![1, 0], vec![0, 1]]), None, "the same total");
        assert_eq!(cronbach_alpha(&[vec![1], vec![0]]), None, "one item");
        assert_eq!(cronbach_alpha(&[vec![1, 0], vec![1]]), None, "ragged");
        assert_eq!(cronbach_alpha(&[]), None);
    }
}
