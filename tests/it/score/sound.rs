//! Whatever a trainee does, the score is sound and its arithmetic is true.

use std::collections::BTreeMap;

use breachdrill::engine::{Fact, Seed, Settings, State, What};
use breachdrill::scenario::{Scenario, SeatSet, library};
use breachdrill::score::{Item, ItemOf, Ledger, Points, Standing, Tally, score, tally};
use proptest::prelude::*;

use super::PROVING_GROUND;
use crate::support::{MACHINE_ROOM, NIGHT_SHIFT, at_random, scenario};

/// The points line again, worked out from what it shows.
fn recomputed(item: &Item) -> (f64, f64) {
    let line = item.arithmetic.last().expect("every item has its points").replace('\u{2212}', "-");
    let line = line.strip_prefix("points: weight ").expect("it says so");
    let (product, rest) = line.split_once(" = ").expect("it has a result");
    let factor = |text: &str| match text.strip_suffix(" %") {
        Some(percent) => percent.parse::<f64>().expect("a number") / 100.0,
        None => text.parse().expect("a number"),
    };
    let product = product.split(" × ").map(factor).product();
    let (result, _) = rest.rsplit_once(" of ").unwrap_or((rest, ""));
    let result = result.rsplit(' ').next().expect("it ends in a number");
    (product, result.parse().expect("a number"))
}

fn is_sound(scenario: &Scenario, facts: &[Fact]) {
    let score = score(scenario, facts);
    let sum: Tally = score.items.iter().map(|i| i.tally).sum();
    assert_eq!(sum, score.decisions, "the whole is the sum of its items");
    assert_eq!(score.stages.iter().map(|s| s.tally).sum::<Tally>(), sum, "and of its stages");
    assert_eq!(tally(scenario, facts), sum, "and the same without words");
    assert!(score.decisions.percent() <= Some(100));
    let mut named: Vec<_> = score.items.iter().map(|i| i.of).collect();
    named.sort();
    named.dedup();
    assert_eq!(named.len(), score.items.len(), "nothing is scored twice");
    for item in &score.items {
        assert!(item.tally.possible >= Points(0) && item.tally.earned <= item.tally.possible, "{item:#?}");
        assert!(item.credit.0.abs() <= 10_000 && item.timeliness <= 100, "{item:#?}");
        assert_eq!(item.standing == Standing::Lapsed, item.decided.is_none(), "{item:#?}");
        let made = item.credit.points(item.weight, item.timeliness);
        let (product, result) = recomputed(item);
        assert!((product - made.0 as f64 / 1e6).abs() < 1e-6, "{product} {item:#?}");
        assert!((result - item.tally.earned.0 as f64 / 1e6).abs() <= 0.005_001, "{result} {item:#?}");
        if let ItemOf::Question(id) = item.of {
            let asked = |f: &Fact| matches!(&f.what, What::Opened { question, .. } if *question == id);
            assert!(facts.iter().any(asked), "only what was asked is scored");
        }
    }
    let calls = &score.calibration.calls;
    assert!(calls.iter().all(|c| c.item < score.items.len() && c.brier <= 10_000));
    assert!(calls.is_sorted_by_key(|c| !c.sure_and_wrong()), "sure and wrong comes first");
}

/// What each item earned, entered fact by fact.
fn entered(scenario: &Scenario, facts: &[Fact]) -> BTreeMap<ItemOf, Points> {
    let (mut state, mut ledger) = (State::new(scenario), Ledger::default());
    let mut earned = BTreeMap::new();
    for fact in facts {
        ledger.enter(scenario, &state, fact, |gain| {
            *earned.entry(gain.of).or_default() += gain.points;
        });
        state.apply(fact);
    }
    earned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_and_the_score_agree(
        dice in proptest::collection::vec((0_u16..300, any::<u32>()), 0..70),
        untimed in any::<bool>(),
        factor in 100_u16..300,
    ) {
        let own = [PROVING_GROUND, MACHINE_ROOM, NIGHT_SHIFT, include_str!("../../fixtures/reference.ron")];
        for script in own.into_iter().chain(library().iter().map(|(_, text)| *text)) {
            let scenario = scenario(script);
            let settings = Settings { seed: Seed(7), untimed, factor, seats: SeatSet::ALL };
            let (facts, _) = at_random(&scenario, settings, &dice);
            let whole = score(&scenario, &facts);
            prop_assert_eq!(tally(&scenario, &facts), whole.decisions, "the same without words");
            let scored = whole.items.into_iter().map(|item| (item.of, item.tally.earned)).filter(|(_, p)| *p != Points(0));
            prop_assert_eq!(entered(&scenario, &facts), scored.collect::<BTreeMap<_, _>>());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_trainee_does_the_score_is_sound(
        dice in proptest::collection::vec((0_u16..400, any::<u32>()), 0..60),
        untimed in any::<bool>(),
        factor in 100_u16..300,
        cut in any::<usize>(),
    ) {
        for script in [PROVING_GROUND, MACHINE_ROOM, NIGHT_SHIFT] {
            let scenario = scenario(script);
            let settings = Settings { seed: Seed(7), untimed, factor, seats: SeatSet::ALL };
            let (facts, _) = at_random(&scenario, settings, &dice);
            is_sound(&scenario, &facts);
            is_sound(&scenario, &facts[..cut % facts.len()]);
            prop_assert_eq!(score(&scenario, &facts), score(&scenario, &facts), "same facts, same score");
        }
    }
}
