//! What a number is worth: full inside the tolerance, linear to nothing at the outer bound.

use tr::tr;

use super::rounding::nearest;
use super::tally::Credit;
use super::worth::{Words, Worth};
use crate::scenario::EstimateKey;

/// *Estimate* (`doctrine.md`, part D1), by the key of the moment.
pub(super) fn estimate<W: Words>(key: EstimateKey, unit: &str, number: i64) -> Worth<W> {
    let off = (i128::from(number) - i128::from(key.answer)).abs();
    let (tolerance, outer) = (i128::from(key.tolerance), i128::from(key.outer));
    let credit = if off <= tolerance {
        Credit::percent(100)
    } else if off >= outer {
        Credit(0)
    } else {
        let share = nearest((outer - off) * 10_000, outer - tolerance);
        Credit(i32::try_from(share).expect("checked: between 0 and 10 000"))
    };
    let lines = W::of(|| {
        let given = format!("{number} {unit}");
        if tolerance == 0 {
            return tr!(
                "estimate: {0}, {1} off {2}; full up to 0 off, nothing from {3}: {4} %",
                given.trim_end(),
                off,
                key.answer,
                outer,
                credit
            );
        }
        tr!(
            "estimate: {0}, {1} off {2}; full up to {3} off, nothing from {4}: {5} %",
            given.trim_end(),
            off,
            key.answer,
            tolerance,
            outer,
            credit
        )
    });
    Worth { credit, best: Credit::percent(100), lines }
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;

    fn estimate(key: EstimateKey, unit: &str, number: i64) -> Worth<Told> {
        super::estimate(key, unit, number)
    }

    #[test]
    fn linear_between_the_tolerance_and_the_outer_bound() {
        let key = EstimateKey { answer: 70, tolerance: 1, outer: 6 };
        for (number, credit) in
            [(70, 10_000), (71, 10_000), (69, 10_000), (68, 8_000), (73, 6_000), (76, 0), (64, 0), (-70, 0)]
        {
            assert_eq!(estimate(key, "hours", number).credit, Credit(credit), "{number}");
        }
        let line = "estimate: 68 hours, 2 off 70; full up to 1 off, nothing from 6: 80 %";
        assert_eq!(estimate(key, "hours", 68).lines, [line]);
        let exact = EstimateKey { answer: i64::MIN, tolerance: 0, outer: 0 };
        assert_eq!(estimate(exact, "", i64::MAX).credit, Credit(0), "nothing overflows");
        assert_eq!(estimate(exact, "", i64::MIN).credit, Credit(10_000));
    }
}
