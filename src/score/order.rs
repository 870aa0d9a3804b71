//! What an order is worth: put in order, and the incident record.
//!
//! Precedence constraints ("image the memory before the restart") instead of
//! a rank correlation, because often only some of the orders matter
//! (`doctrine.md`, part D1).

use tr::tr;

use super::choice::Marks;
use super::rounding::nearest;
use super::tally::Credit;
use super::worth::{Words, Worth};
use crate::scenario::{ChoiceId, ChoiceSet};
use crate::speech::noted;

/// One thing that must come before another.
type Before = (ChoiceId, ChoiceId);

/// *Put in order*: the share of precedence constraints that are kept. Nothing
/// to score where no constraint has both sides on offer.
pub(super) fn sequence<W: Words>(
    order: &[ChoiceId],
    before: &[Before],
    offered: ChoiceSet,
) -> Option<Worth<W>> {
    let (credit, lines) = kept(order, before, offered)?;
    Some(Worth { credit, best: Credit::percent(100), lines })
}

/// *Record*: half the right facts by plus/minus, half their order. The facts
/// alone where no order matters.
pub(super) fn record<W: Words>(
    picked: &[ChoiceId],
    key: ChoiceSet,
    before: &[Before],
    offered: ChoiceSet,
) -> Worth<W> {
    let (facts, mut lines): (_, W) =
        marks(picked.iter().copied().collect(), key, offered).plus_minus(noted!("facts"));
    let best = Credit::percent(100);
    let Some((order, second)) = kept(picked, before, offered) else {
        return Worth { credit: facts, best, lines };
    };
    let both = nearest(i128::from(facts.0 + order.0), 2);
    let credit = Credit(i32::try_from(both).expect("checked: a mean of two credits is a credit"));
    lines.quote("", second);
    lines.say(|| tr!("record: facts and order, half each: ({0} + {1}) / 2 = {2} %", facts, order, credit));
    Worth { credit, best, lines }
}

/// What was marked, of what was on offer.
pub(super) fn marks(chosen: ChoiceSet, key: ChoiceSet, offered: ChoiceSet) -> Marks {
    let keys = ChoiceSet(key.0 & offered.0);
    let others = ChoiceSet(offered.0 & !key.0);
    Marks {
        right: ChoiceSet(chosen.0 & keys.0).len(),
        keys: keys.len(),
        wrong: ChoiceSet(chosen.0 & others.0).len(),
        others: others.len(),
        harm: Vec::new(),
    }
}

/// How many constraints are kept; one with a side left out of the order is not.
fn kept<W: Words>(order: &[ChoiceId], before: &[Before], offered: ChoiceSet) -> Option<(Credit, W)> {
    let place = |choice: ChoiceId| order.iter().position(|c| *c == choice);
    let on_offer = || before.iter().filter(|(a, b)| offered.has(*a) && offered.has(*b));
    let all = on_offer().count();
    let satisfied = on_offer()
        .filter(|(a, b)| place(*a).zip(place(*b)).is_some_and(|(first, second)| first < second))
        .count();
    let credit = Credit::share(satisfied, all);
    let line = || tr!("order: {0} of {1} pairs in the right order: {2} %", satisfied, all, credit);
    (all > 0).then(|| (credit, W::of(line)))
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;

    fn sequence(order: &[ChoiceId], before: &[Before], offered: ChoiceSet) -> Option<Worth<Told>> {
        super::sequence(order, before, offered)
    }
    fn record(picked: &[ChoiceId], key: ChoiceSet, before: &[Before], offered: ChoiceSet) -> Worth<Told> {
        super::record(picked, key, before, offered)
    }

    fn ids(rows: &[u8]) -> Vec<ChoiceId> {
        rows.iter().map(|row| ChoiceId(*row)).collect()
    }
    fn pairs(rows: &[(u8, u8)]) -> Vec<Before> {
        rows.iter().map(|(a, b)| (ChoiceId(*a), ChoiceId(*b))).collect()
    }
    const FIVE: ChoiceSet = ChoiceSet(0b1_1111);

    #[test]
    fn four_of_five_constraints_are_eighty() {
        let before = pairs(&[(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]);
        let worth = sequence(&ids(&[0, 2, 1, 3, 4]), &before, FIVE).expect("there are constraints");
        assert_eq!(worth.credit, Credit(8_000), "the vector of scoring.md");
        assert_eq!(worth.lines, ["order: 4 of 5 pairs in the right order: 80 %"]);
    }

    #[test]
    fn only_what_is_on_offer_is_asked_for() {
        let before = pairs(&[(0, 1), (1, 4)]);
        let worth = sequence(&ids(&[0, 1, 2, 3]), &before, ChoiceSet(0b1111)).expect("one is left");
        assert_eq!(worth.credit, Credit(10_000));
        assert_eq!(sequence(&ids(&[0]), &before, ChoiceSet(1)), None);
    }

    #[test]
    fn a_record_is_half_facts_half_order() {
        let (key, before) = (ChoiceSet(0b1111), pairs(&[(0, 1), (1, 2)]));
        let seven = ChoiceSet(0b111_1111);
        let worth = record(&ids(&[0, 1, 4, 3]), key, &before, seven);
        assert_eq!(
            worth.lines,
            [
                "facts: 3 of 4 right, 1 of 3 others: 75 − 33.33 = 41.67 %",
                "order: 1 of 2 pairs in the right order: 50 %",
                "record: facts and order, half each: (41.67 + 50) / 2 = 45.84 %",
            ]
        );
        assert_eq!(record(&ids(&[0, 1, 2, 3]), key, &before, seven).credit, Credit(10_000));
        assert_eq!(
            record(&ids(&[4]), key, &before, seven).credit,
            Credit(0),
            "no order among what is missing"
        );
        assert_eq!(record(&ids(&[3, 2, 1, 0]), key, &[], seven).credit, Credit(10_000), "no order asked");
    }
}
