//! Answers that pair: who does what, whom to tell how. By what they bring about, and
//! of those that bring about the same the most and the least valuable.
//!
//! A row adds its own part to the worth of an answer, whatever the others do; so it
//! is weighed beside the right answer, where nothing is cut off at nought.

use crate::engine::{Answer, Pair};
use crate::scenario::{Ask, ChoiceId, ChoiceSet, PartnerId, QuestionId, Scenario, SimTime};
use crate::score::{Credit, credit};

/// Combinations of rows with consequences beyond which each row is varied by itself.
const COMBINED_MAX: usize = 64;

/// What may be done about one row.
type Way = Option<Pair>;

/// What a way brings about: nothing, or being done, with somebody whom a condition names or not.
type Brings = Option<Option<PartnerId>>;

/// The ways of one row that bring about the same: the most and the least valuable.
type Class = (Way, Way);

/// Answers by what they bring about; in each group the most and the least valuable.
pub(super) fn groups(
    scenario: &Scenario,
    id: QuestionId,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    named: &[(ChoiceId, PartnerId)],
) -> Vec<Vec<Answer>> {
    let key = key(scenario, id, offered);
    let rows: Vec<Vec<Class>> = offered
        .iter()
        .map(|row| {
            let worth = |way: &Way| {
                let others = key.iter().copied().filter(|pair| pair.row != row);
                let mut pairs: Vec<Pair> = others.chain(*way).collect();
                pairs.sort_unstable();
                credit(scenario, id, offered, &Answer::Pairs(pairs), None).unwrap_or_default()
            };
            classes(scenario, id, row, matters(row), named, worth)
        })
        .collect();
    combined(&rows).into_iter().map(|picked| group(&rows, &picked)).collect()
}

/// One group: of each row the class that was picked.
fn group(rows: &[Vec<Class>], picked: &[usize]) -> Vec<Answer> {
    let of = |side: fn(&Class) -> Way| {
        let mut pairs: Vec<Pair> = rows.iter().zip(picked).filter_map(|(row, at)| side(&row[*at])).collect();
        pairs.sort_unstable();
        Answer::Pairs(pairs)
    };
    vec![of(|class| class.0), of(|class| class.1)]
}

/// Which class of each row: all combinations, or each row by itself where there are too many.
fn combined(rows: &[Vec<Class>]) -> Vec<Vec<usize>> {
    let all = rows.iter().try_fold(1_usize, |count, row| count.checked_mul(row.len()));
    let first = vec![0; rows.len()];
    if all.is_none_or(|count| count > COMBINED_MAX) {
        let varied = rows.iter().enumerate().flat_map(|(row, classes)| {
            let first = first.clone();
            (1..classes.len()).map(move |class| {
                let mut picked = first.clone();
                picked[row] = class;
                picked
            })
        });
        return std::iter::once(first.clone()).chain(varied).collect();
    }
    rows.iter().enumerate().fold(vec![first], |picked, (row, classes)| {
        let with = |picked: Vec<usize>| {
            (0..classes.len()).map(move |class| {
                let mut picked = picked.clone();
                picked[row] = class;
                picked
            })
        };
        picked.into_iter().flat_map(with).collect()
    })
}

/// The ways of one row, by what they bring about.
fn classes(
    scenario: &Scenario,
    id: QuestionId,
    row: ChoiceId,
    matters: bool,
    named: &[(ChoiceId, PartnerId)],
    worth: impl Fn(&Way) -> Credit,
) -> Vec<Class> {
    let named = |way: &Way| way.map(|pair| named.contains(&(row, pair.with)).then_some(pair.with));
    let mut classes: Vec<(Brings, Vec<(Credit, Way)>)> = Vec::new();
    for way in ways(&scenario.question(id).ask, row) {
        let brings = if matters { named(&way) } else { None };
        let rated = (worth(&way), way);
        match classes.iter_mut().find(|(same, _)| *same == brings) {
            Some((_, ways)) => ways.push(rated),
            None => classes.push((brings, vec![rated])),
        }
    }
    let ends = |ways: &Vec<(Credit, Way)>| {
        let most = ways.iter().rev().max_by_key(|(credit, _)| *credit).and_then(|(_, way)| *way);
        let least = ways.iter().min_by_key(|(credit, _)| *credit).and_then(|(_, way)| *way);
        (most, least)
    };
    classes.iter().map(|(_, ways)| ends(ways)).collect()
}

/// Everything that may be done about one row. Of the deadlines only the ends differ in worth.
fn ways(ask: &Ask, row: ChoiceId) -> Vec<Way> {
    let deadlines = ask.deadlines();
    let ends: Vec<Option<SimTime>> = match (deadlines.first(), deadlines.last()) {
        (Some(first), Some(last)) if first != last => vec![Some(*first), Some(*last)],
        (first, _) => vec![first.copied()],
    };
    let partners = (0..ask.partners().len()).map(PartnerId::of);
    let pairs = partners.flat_map(|with| ends.iter().map(move |by| Some(Pair { row, with, by: *by })));
    std::iter::once(None).chain(pairs).collect()
}

/// The right answer: every needed row as well as can be, nothing else.
pub(super) fn key(scenario: &Scenario, id: QuestionId, offered: ChoiceSet) -> Vec<Pair> {
    let question = scenario.question(id);
    let mut key = Vec::new();
    for row in offered.iter().filter(|row| question.choice(*row).right) {
        let with = if let Ask::Assign(spec) = &question.ask {
            let best = spec.worth[row.at()].iter().rev().max_by_key(|(_, credit)| *credit);
            best.map(|(partner, _)| *partner)
        } else if let Ask::Notify(spec) = &question.ask {
            let fits = |p: &PartnerId| spec.right_channel(row.at(), *p) && spec.through[p.at()].credit >= 0;
            (0..spec.through.len()).map(PartnerId::of).find(fits)
        } else {
            None
        };
        let by = question.ask.deadlines().first().copied();
        key.extend(with.map(|with| Pair { row, with, by }));
    }
    key
}
