//! What pairs are worth: tasks given to people, recipients told through channels by a deadline.
//!
//! Plus/minus over rows: what is needed earns, what is not needed costs, and what
//! is unsafe costs its own on top.

use tr::tr;

use super::choice::harmed;
use super::rounding::nearest;
use super::tally::Credit;
use super::worth::{Words, Worth};
use crate::engine::Pair;
use crate::scenario::{AssignSpec, Choice, ChoiceId, ChoiceSet, NotifySpec};
use crate::speech::{label, language, noted};

/// One task or recipient, and what was done about it.
#[derive(Clone, Debug)]
struct Row<'q> {
    /// What is on offer.
    choice: &'q Choice,
    /// What it could have earned in percent; none where it is not needed.
    needed: Option<i16>,
    /// Whether it was given to somebody, or told.
    done: bool,
    /// What it earned in percent.
    earned: i16,
    /// How it was done, noted.
    found: &'static str,
    /// What was unsafe about it, below zero.
    harm: Vec<i16>,
}

/// *Assign*: each needed task earns what giving it to that person is worth.
pub(super) fn assign<W: Words>(
    spec: &AssignSpec,
    tasks: &[Choice],
    offered: ChoiceSet,
    pairs: &[Pair],
) -> Worth<W> {
    let rows = rows(tasks, offered, pairs, |row, task, pair| {
        let best = spec.worth[row].iter().map(|(_, credit)| *credit).max().unwrap_or(0);
        let worth = pair.map_or(0, |pair| spec.worth(row, pair.with));
        let found = match (pair, worth) {
            (None, _) => noted!("left open"),
            (Some(_), ..0) => noted!("unsafe"),
            (Some(_), 0) => noted!("somebody else"),
            (Some(_), 100..) => noted!("right"),
            (Some(_), _) => noted!("defensible"),
        };
        let harm = (worth < 0).then_some(worth).into_iter().collect();
        Row {
            choice: task,
            needed: task.right.then_some(best),
            done: pair.is_some(),
            earned: worth.max(0),
            found,
            harm,
        }
    });
    weigh(noted!("assign"), noted!("tasks"), &rows)
}

/// *Notify*: a needed recipient earns 100 if told through a channel that will do and
/// early enough, 50 if only one of the two is right. What is harmful about the
/// recipient or the channel costs its own on top.
pub(super) fn notify<W: Words>(
    spec: &NotifySpec,
    whom: &[Choice],
    offered: ChoiceSet,
    pairs: &[Pair],
) -> Worth<W> {
    let rows = rows(whom, offered, pairs, |row, recipient, pair| {
        let channel = pair.is_some_and(|pair| spec.right_channel(row, pair.with));
        let in_time = pair.is_some_and(|pair| spec.in_time(row, pair.by));
        let (earned, found) = match (pair, channel, in_time) {
            (None, ..) => (0, noted!("not told")),
            (Some(_), true, true) => (100, noted!("right")),
            (Some(_), true, false) => (50, noted!("too late")),
            (Some(_), false, true) => (50, noted!("another channel")),
            (Some(_), false, false) => (0, noted!("another channel, too late")),
        };
        let used = pair.map(|pair| spec.through[pair.with.at()].credit);
        let harm = [pair.map(|_| recipient.credit), used];
        Row {
            choice: recipient,
            needed: recipient.right.then_some(100),
            done: pair.is_some(),
            earned,
            found,
            harm: harm.into_iter().flatten().filter(|credit| *credit < 0).collect(),
        }
    });
    weigh(noted!("notify"), noted!("recipients"), &rows)
}

/// The author's name to who reads names, the words to everybody else. Slots in them stay: the
/// debrief, which knows what this drill put there, fills them.
fn called(choice: &Choice) -> String {
    if language().reads_names() {
        return choice.name.to_string();
    }
    tr!("“{0}”", choice.says.replace(['*', '`'], ""))
}

fn rows<'q>(
    choices: &'q [Choice],
    offered: ChoiceSet,
    pairs: &[Pair],
    judge: impl Fn(usize, &'q Choice, Option<&Pair>) -> Row<'q>,
) -> Vec<Row<'q>> {
    let on_offer = choices.iter().enumerate().filter(|(row, _)| offered.has(ChoiceId::of(*row)));
    on_offer.map(|(row, choice)| judge(row, choice, pairs.iter().find(|p| p.row.at() == row))).collect()
}

/// `max(0, mean of what is needed − done/others)`, less what is harmful. The rule and
/// what it is about are noted.
fn weigh<W: Words>(rule: &str, what: &str, rows: &[Row<'_>]) -> Worth<W> {
    let needed: Vec<&Row<'_>> = rows.iter().filter(|row| row.needed.is_some()).collect();
    let others = rows.len() - needed.len();
    let extra = rows.iter().filter(|row| row.needed.is_none() && row.done).count();
    let mut lines = W::default();
    if !needed.is_empty() {
        let each = |row: &&Row<'_>| {
            format!("{} {} {} %", called(row.choice), label(row.found), Credit::percent(row.earned))
        };
        lines.say(|| format!("{}: {}", label(what), needed.iter().map(each).collect::<Vec<_>>().join(", ")));
    }
    // Where nothing is needed, leaving all of it is the full right part.
    let plus = mean(needed.iter().map(|row| row.earned)).unwrap_or(Credit::percent(100));
    let best = mean(needed.iter().filter_map(|row| row.needed)).unwrap_or(Credit::percent(100));
    let minus = Credit::share(extra, others);
    let credit = Credit((plus.0 - minus.0).max(0));
    let sum = Credit(plus.0 - minus.0);
    lines.say(|| {
        let floored = if sum == credit { String::new() } else { tr!(", not below 0: 0") };
        let done = tr!("mean of {0} needed {1}, {2} of {3} others", needed.len(), plus, extra, others);
        format!("{}: {done}: {plus} \u{2212} {minus} = {sum}{floored} %", label(rule))
    });
    let harm: Vec<i16> = rows.iter().flat_map(|row| row.harm.iter().copied()).collect();
    let credit = harmed(credit, &harm, &mut lines);
    Worth { credit, best, lines }
}

fn mean(credits: impl Iterator<Item = i16>) -> Option<Credit> {
    let (sum, count) =
        credits.fold((0, 0), |(sum, count), credit| (sum + Credit::percent(credit).0, count + 1));
    let mean = (count > 0).then(|| nearest(i128::from(sum), count))?;
    Some(Credit(i32::try_from(mean).expect("checked: a mean of credits is a credit")))
}

#[cfg(test)]
mod tests {
    use super::super::worth::Told;
    use super::*;
    use crate::scenario::{Condition, Name, Notice, Partner, PartnerId, SimTime};
    use crate::speech::{Language, speaking};

    const FOUR: ChoiceSet = ChoiceSet(0b1111);

    fn rows_of(names: &[(&str, bool, i16)]) -> Vec<Choice> {
        let row = |(name, right, credit): &(&str, bool, i16)| Choice {
            name: Name::new(name).expect("a good name"),
            says: String::new(),
            credit: *credit,
            by_truth: Vec::new(),
            right: *right,
            when: Condition::Always,
            then: Vec::new(),
            why: String::new(),
            source: None,
        };
        names.iter().map(row).collect()
    }
    fn partners(credits: &[i16]) -> Vec<Partner> {
        let partner = |(row, credit): (usize, &i16)| Partner {
            name: Name::new(&format!("p{row}")).expect("a good name"),
            says: String::new(),
            credit: *credit,
            why: String::new(),
            source: None,
        };
        credits.iter().enumerate().map(partner).collect()
    }
    fn pairs(rows: &[(u8, u8, Option<u32>)]) -> Vec<Pair> {
        let pair = |(row, with, by): &(u8, u8, Option<u32>)| Pair {
            row: ChoiceId(*row),
            with: PartnerId(*with),
            by: by.map(SimTime),
        };
        rows.iter().map(pair).collect()
    }

    /// Three tasks somebody must do, the second with a second best and an unsafe hand; one that nobody must.
    fn tasks() -> (AssignSpec, Vec<Choice>) {
        let worth = [&[(0, 100)][..], &[(1, 100), (0, 60), (2, -40)], &[(2, 100)], &[]];
        let worth = worth.map(|row| row.iter().map(|(p, c)| (PartnerId(*p), *c)).collect()).to_vec();
        let names = [("isolate", true, 0), ("restore", true, 0), ("press", true, 0), ("wipe", false, 0)];
        (AssignSpec { among: partners(&[0, 0, 0]), worth }, rows_of(&names))
    }

    fn assigned(given: &[(u8, u8)]) -> Worth<Told> {
        let (spec, tasks) = tasks();
        let given: Vec<_> = given.iter().map(|(row, with)| (*row, *with, None)).collect();
        assign(&spec, &tasks, FOUR, &pairs(&given))
    }

    #[test]
    fn needed_tasks_earn_and_needless_ones_cost() {
        assert_eq!(assigned(&[(0, 0), (1, 1), (2, 2)]).credit, Credit(10_000));
        let some = assigned(&[(0, 0), (1, 0)]);
        assert_eq!(some.credit, Credit(5_333));
        assert_eq!(
            some.lines,
            [
                "tasks: isolate right 100 %, restore defensible 60 %, press left open 0 %",
                "assign: mean of 3 needed 53.33, 0 of 1 others: 53.33 − 0 = 53.33 %",
            ]
        );
        let needless = assigned(&[(0, 0), (1, 1), (2, 2), (3, 0)]);
        assert_eq!(needless.credit, Credit(0), "the only one that nobody must do was done");
        assert_eq!(assigned(&[]).credit, Credit(0));
    }

    #[test]
    fn who_reads_no_english_names_reads_the_words() {
        let (spec, mut tasks) = tasks();
        tasks[0].says = "**Trennen**: {firma.netz}".into();
        let given = pairs(&[(0, 0, None)]);
        let only = ChoiceSet(0b0001);
        let lines = || assign::<Told>(&spec, &tasks, only, &given).lines.swap_remove(0);
        assert_eq!(lines(), "tasks: isolate right 100 %");
        let german = speaking(Language::German, lines);
        assert_eq!(german, "Aufgaben: „Trennen: {firma.netz}“ richtig 100 %");
    }

    #[test]
    fn an_unsafe_hand_costs_its_own_on_top() {
        let worth = assigned(&[(0, 0), (1, 2), (2, 1)]);
        assert_eq!(worth.credit, Credit(-667));
        assert_eq!(
            worth.lines,
            [
                "tasks: isolate right 100 %, restore unsafe 0 %, press somebody else 0 %",
                "assign: mean of 3 needed 33.33, 0 of 1 others: 33.33 − 0 = 33.33 %",
                "harmful: 1 chosen: 33.33 − 40 = −6.67 %",
            ]
        );
    }

    #[test]
    fn one_person_for_everything_earns_little() {
        for with in 0..3 {
            let all = [0, 1, 2, 3].map(|row| (row, with));
            assert!(assigned(&all).credit <= Credit(0), "{with}");
        }
    }

    /// A regulator by portal within 72 h, an insurer by any safe channel; the press; the attacker.
    fn told(pairs_: &[(u8, u8, Option<u32>)]) -> Worth<Told> {
        let spec = NotifySpec {
            through: partners(&[0, 0, -60]),
            by: vec![SimTime(14_400), SimTime(86_400), SimTime(259_200)],
            needs: vec![
                Notice { via: vec![PartnerId(0)], by: Some(SimTime(86_400)) },
                Notice::default(),
                Notice::default(),
                Notice::default(),
            ],
        };
        let whom = rows_of(&[
            ("regulator", true, 0),
            ("insurer", true, 0),
            ("press", false, 0),
            ("sender", false, -50),
        ]);
        notify(&spec, &whom, FOUR, &pairs(pairs_))
    }

    #[test]
    fn who_how_and_by_when_make_a_notice_right() {
        let (soon, day, late) = (Some(14_400), Some(86_400), Some(259_200));
        for (told_, credit) in [
            (vec![(0, 0, day), (1, 1, late)], 10_000),
            (vec![(0, 0, soon), (1, 0, soon)], 10_000),
            (vec![(0, 0, late), (1, 1, soon)], 7_500),
            (vec![(0, 1, day), (1, 1, soon)], 7_500),
            (vec![(0, 1, late), (1, 1, soon)], 5_000),
            (vec![(0, 0, day)], 5_000),
            (vec![(0, 0, day), (1, 1, day), (2, 1, day)], 5_000),
            (vec![(0, 0, day), (1, 2, day)], 1_500),
            (vec![(3, 1, day)], -5_000),
            (vec![], 0),
        ] {
            assert_eq!(told(&told_).credit, Credit(credit), "{told_:?}");
        }
        assert_eq!(
            told(&[(0, 1, late), (1, 2, day), (3, 1, soon)]).lines,
            [
                "recipients: regulator another channel, too late 0 %, insurer another channel 50 %",
                "notify: mean of 2 needed 25, 1 of 2 others: 25 − 50 = −25, not below 0: 0 %",
                "harmful: 2 chosen: 0 − 110 = −110, not below −100: −100 %",
            ]
        );
    }

    #[test]
    fn only_what_is_on_offer_counts() {
        let (spec, tasks) = tasks();
        let worth = assign::<Told>(&spec, &tasks, ChoiceSet(0b0001), &pairs(&[(0, 0, None)]));
        assert_eq!((worth.credit, worth.best), (Credit(10_000), Credit(10_000)));
        let nothing = assign::<Told>(&spec, &tasks, ChoiceSet(0b1000), &[]);
        assert_eq!(nothing.credit, Credit(10_000), "nothing is needed, and nothing was done");
    }
}
