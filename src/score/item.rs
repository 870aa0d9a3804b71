//! How worth, time and help become points, with the arithmetic that says so.

use tr::tr;

use super::tally::{Credit, Item, ItemOf, Points, Standing, Tally};
use super::worth::{Words, Worth};
use crate::scenario::{SimTime, Stage};

/// An item together with what the score needs but nobody reads.
#[derive(Clone, Debug)]
pub(super) struct Scored {
    pub(super) item: Item,
    /// When it was settled; items are shown in this order.
    pub(super) settled: SimTime,
    /// Confidence and whether it was right, for each answer that had one.
    pub(super) calls: Vec<(u8, bool)>,
}

/// What an item is about, before it is weighed.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) of: ItemOf,
    pub(super) stage: Stage,
    pub(super) weight: u16,
    /// When it was asked, or its window opened.
    pub(super) asked: SimTime,
    /// When it was decided; none if never.
    pub(super) decided: Option<SimTime>,
    pub(super) confidence: Option<u8>,
    pub(super) assisted: bool,
}

/// What time and help take away.
#[derive(Clone, Debug, Default)]
pub(super) struct Losses<W> {
    /// Percent that time leaves, and why; all of it if none.
    pub(super) time: Option<(u8, W)>,
    /// The price of each hint that was taken, in percent of the item.
    pub(super) hints: Vec<u8>,
}

/// Weighs an item.
///
/// `weight × credit × timeliness`, less the price of help. Harm is not made
/// smaller by being late, and help costs no more than what was earned.
pub(super) fn weigh<W: Words>(about: About, worth: Worth<W>, losses: Losses<W>) -> Item {
    let Worth { credit, best, lines: mut arithmetic } = worth;
    let timeliness = match losses.time {
        Some((left, line)) if credit.0 > 0 => {
            arithmetic.quote("", line);
            left
        }
        Some(_) if credit.0 < 0 => {
            arithmetic.say(|| tr!("time: harm counts in full at any time"));
            100
        }
        _ => 100,
    };
    let possible = best.max(Credit(0)).points(about.weight, 100);
    let help = together(losses.hints.iter().copied());
    let (made, price) = (credit.points(about.weight, timeliness), price(about.weight, help));
    let earned = earned(about.weight, credit, timeliness, help);
    if best.0 > 0 && best != Credit::percent(100) {
        arithmetic.say(|| tr!("possible: at best {0} %: {1} × {0} % = {2}", best, about.weight, possible));
    }
    if !losses.hints.is_empty() {
        arithmetic.say(|| {
            let each: Vec<String> = losses.hints.iter().map(|p| format!("{p} %")).collect();
            let all = if each.len() == 1 { each.join("") } else { format!("({})", each.join(" + ")) };
            match made.0 > 0 {
                true => tr!("help: {0} of weight {1} = {2}", all, about.weight, price),
                false => tr!(
                    "help: {0} of weight {1} = {2}, not charged, for nothing was earned",
                    all,
                    about.weight,
                    price
                ),
            }
        });
    }
    let weight = about.weight;
    arithmetic.say(|| {
        let of = if possible.0 > 0 { tr!(" of {0}", possible) } else { String::new() };
        let less = match (price.0 > 0 && made.0 > 0, made.0 < price.0) {
            (false, _) => String::new(),
            (true, false) => tr!(" \u{2212} {0} for help = {1}", price, earned),
            (true, true) => tr!(" \u{2212} {0} for help, not below 0: {1}", price, earned),
        };
        let sum = format!("{made}{less}{of}");
        tr!("points: weight {0} × {1} % × {2} % = {3}", weight, credit, timeliness, sum)
    });
    Item {
        of: about.of,
        stage: about.stage,
        asked: about.asked,
        decided: about.decided,
        weight,
        credit,
        timeliness,
        help,
        tally: Tally { earned, possible },
        standing: standing(about.decided.is_some(), credit, best),
        confidence: about.confidence,
        assisted: about.assisted,
        arithmetic: arithmetic.lines(),
    }
}

/// The prices of all hints that were taken, in percent of the item: 100 at most.
pub(super) fn together(prices: impl Iterator<Item = u8>) -> u8 {
    u8::try_from(prices.map(u32::from).sum::<u32>().min(100)).expect("checked: at most 100")
}

fn price(weight: u16, help: u8) -> Points {
    Credit::percent(help.into()).points(weight, 100)
}

/// What an item of `weight` earns: time makes harm no smaller, help costs no
/// more than what was earned.
pub(super) fn earned(weight: u16, credit: Credit, timeliness: u8, help: u8) -> Points {
    let made = credit.points(weight, if credit.0 > 0 { timeliness } else { 100 });
    if made.0 > 0 { Points((made.0 - price(weight, help).0).max(0)) } else { made }
}

fn standing(decided: bool, credit: Credit, best: Credit) -> Standing {
    if !decided {
        Standing::Lapsed
    } else if credit >= best && credit.0 >= 0 {
        Standing::Best
    } else if credit.0 < 0 {
        Standing::Harmful
    } else if credit.0 >= 4_000 {
        Standing::Defensible
    } else {
        Standing::Poor
    }
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;
    use crate::scenario::QuestionId;

    const ABOUT: About = About {
        of: ItemOf::Question(QuestionId(0)),
        stage: Stage::Response,
        weight: 10,
        asked: SimTime::ZERO,
        decided: Some(SimTime(300)),
        confidence: None,
        assisted: false,
    };

    fn worth(credit: i32, best: i32) -> Worth<Told> {
        Worth { credit: Credit(credit), best: Credit(best), lines: Vec::new() }
    }
    fn losses(left: u8, hints: &[u8]) -> Losses<Told> {
        Losses { time: Some((left, vec![format!("time: {left} %")])), hints: hints.to_vec() }
    }
    fn last(item: &Item) -> &str {
        item.arithmetic.last().map_or("", String::as_str)
    }

    #[test]
    fn points_are_weight_times_credit_times_time() {
        let item = weigh(ABOUT, worth(4_167, 10_000), losses(87, &[]));
        assert_eq!(item.tally.earned, Points(3_625_290), "exact, to the millionth");
        assert_eq!(item.tally.possible, Points(10_000_000));
        assert_eq!(last(&item), "points: weight 10 × 41.67 % × 87 % = 3.63 of 10");
        assert_eq!(item.standing, Standing::Defensible);
    }

    #[test]
    fn help_costs_its_price_but_never_more_than_was_earned() {
        let item = weigh(ABOUT, worth(10_000, 10_000), losses(100, &[10, 20]));
        assert_eq!(item.tally.earned, Points(7_000_000));
        assert_eq!(item.arithmetic[1], "help: (10 % + 20 %) of weight 10 = 3");
        assert_eq!(last(&item), "points: weight 10 × 100 % × 100 % = 10 − 3 for help = 7 of 10");
        let little = weigh(ABOUT, worth(1_000, 10_000), losses(100, &[30]));
        assert_eq!(little.tally.earned, Points(0));
        assert_eq!(last(&little), "points: weight 10 × 10 % × 100 % = 1 − 3 for help, not below 0: 0 of 10");
        let harm = weigh(ABOUT, worth(-5_000, 10_000), losses(60, &[30]));
        assert_eq!(harm.tally.earned, Points(-5_000_000), "nothing was earned that help could cost");
        assert_eq!(harm.arithmetic[1], "help: 30 % of weight 10 = 3, not charged, for nothing was earned");
    }

    #[test]
    fn harm_is_not_made_smaller_by_being_late() {
        let item = weigh(ABOUT, worth(-5_000, 8_000), losses(50, &[]));
        assert_eq!((item.timeliness, item.standing), (100, Standing::Harmful));
        assert_eq!(item.tally, Tally { earned: Points(-5_000_000), possible: Points(8_000_000) });
        assert_eq!(
            item.arithmetic,
            [
                "time: harm counts in full at any time",
                "possible: at best 80 %: 10 × 80 % = 8",
                "points: weight 10 × −50 % × 100 % = −5 of 8",
            ]
        );
    }

    #[test]
    fn the_best_on_offer_is_the_best() {
        assert_eq!(standing(true, Credit(6_000), Credit(6_000)), Standing::Best);
        assert_eq!(standing(true, Credit(6_000), Credit(10_000)), Standing::Defensible);
        assert_eq!(standing(true, Credit(3_999), Credit(10_000)), Standing::Poor);
        assert_eq!(standing(true, Credit(-1), Credit(10_000)), Standing::Harmful);
        assert_eq!(standing(false, Credit(0), Credit(0)), Standing::Lapsed);
    }
}
