//! Answers that pair: who does what, whom to tell how. By what they bring about, and
//! of those that bring about the same the most and the least valuable.
//!
//! A row earns or costs its own part, whatever is done about the others; only what is
//! needed and what is needless together are not worth less than nothing. So a way is
//! rated twice, with and without what it earns, and which answer is worth most is left
//! to the score.

use crate::engine::{Answer, Pair};
use crate::scenario::{Ask, ChoiceId, ChoiceSet, PartnerId, Question, QuestionId, Scenario, SimTime};

/// Combinations of rows with consequences beyond which each row is varied by itself, and
/// what is found is partial.
const COMBINED_MAX: usize = 256;

/// What may be done about one row.
type Way = Option<Pair>;

/// What a way brings about: nothing, or being done, with somebody whom a condition names or not.
type Brings = Option<Option<PartnerId>>;

/// Of the ways of one row that bring about the same, those that can be worth most and least.
#[derive(Default)]
struct Class {
    /// The best with what it earns, and the best without.
    most: [Way; 2],
    /// Those than which none is worse both with and without what it earns.
    least: Vec<Way>,
}

/// What a way is worth, in parts that no other row shares: with what it earns, and only
/// what is harmful about it.
type Worth = (i64, i64);

/// Answers by what they bring about; in each group the most and the least valuable.
pub(super) fn groups(
    scenario: &Scenario,
    id: QuestionId,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    named: &[(ChoiceId, PartnerId)],
) -> Vec<Vec<Answer>> {
    let rows = rows(scenario, id, offered, matters, named);
    combined(&rows).into_iter().map(|picked| group(&rows, &picked)).collect()
}

/// Whether these are all of them.
pub(super) fn all_combined(
    scenario: &Scenario,
    id: QuestionId,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    named: &[(ChoiceId, PartnerId)],
) -> bool {
    let rows = rows(scenario, id, offered, matters, named);
    let least = |row: &Vec<Class>| row.iter().map(|class| class.least.len()).max().unwrap_or(1);
    let ends = rows.iter().map(least).fold(1_usize, usize::saturating_mul);
    count(&rows) <= COMBINED_MAX && ends <= COMBINED_MAX
}

/// By row that is on offer: its ways, by what they bring about.
fn rows(
    scenario: &Scenario,
    id: QuestionId,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    named: &[(ChoiceId, PartnerId)],
) -> Vec<Vec<Class>> {
    let question = scenario.question(id);
    let needed = offered.iter().filter(|row| question.choice(*row).right).count() as i64;
    let others = offered.len() as i64 - needed;
    let row = |row: ChoiceId| {
        let right = question.choice(row).right;
        let worth = |way: &Way| {
            let (earned, harm) = parts(question, row, *way);
            let earns = match (right, way) {
                (true, _) => earned * others.max(1),
                (false, Some(_)) => -100 * needed.max(1),
                (false, None) => 0,
            };
            let harm = harm * needed.max(1) * others.max(1);
            (earns + harm, harm)
        };
        classes(&question.ask, row, matters(row), named, worth)
    };
    offered.iter().map(row).collect()
}

/// What a way earns if its row is needed, and what is harmful about it, in percent.
fn parts(question: &Question, row: ChoiceId, way: Way) -> (i64, i64) {
    let Some(pair) = way else { return (0, 0) };
    if let Ask::Assign(spec) = &question.ask {
        let worth = i64::from(spec.worth(row.at(), pair.with));
        return (worth.max(0), worth.min(0));
    }
    let Ask::Notify(spec) = &question.ask else { return (0, 0) };
    let right = [spec.right_channel(row.at(), pair.with), spec.in_time(row.at(), pair.by)];
    let earned = right.iter().filter(|right| **right).count() as i64 * 50;
    let harm = [question.choice(row).credit, spec.through[pair.with.at()].credit];
    (earned, harm.iter().map(|credit| i64::from((*credit).min(0))).sum())
}

/// How many combinations there are of one class of each row.
fn count(rows: &[Vec<Class>]) -> usize {
    rows.iter().fold(1, |count, row| count.saturating_mul(row.len()))
}

/// One group: of each row the class that was picked.
fn group(rows: &[Vec<Class>], picked: &[usize]) -> Vec<Answer> {
    let classes: Vec<&Class> = rows.iter().zip(picked).map(|(row, at)| &row[*at]).collect();
    let mut least: Vec<Vec<Pair>> = vec![Vec::new()];
    for class in &classes {
        let few = if least.len() * class.least.len() > COMBINED_MAX { 1 } else { class.least.len() };
        let with = |pairs: Vec<Pair>| {
            class.least[..few].iter().map(move |way| pairs.iter().copied().chain(*way).collect())
        };
        least = least.into_iter().flat_map(with).collect();
    }
    let most = [0, 1].map(|side| classes.iter().filter_map(|class| class.most[side]).collect());
    let answer = |mut pairs: Vec<Pair>| {
        pairs.sort_unstable();
        Answer::Pairs(pairs)
    };
    most.into_iter().chain(least).map(answer).collect()
}

/// Which class of each row: all combinations, or each row by itself where there are too many.
fn combined(rows: &[Vec<Class>]) -> Vec<Vec<usize>> {
    let first = vec![0; rows.len()];
    if count(rows) > COMBINED_MAX {
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
    ask: &Ask,
    row: ChoiceId,
    matters: bool,
    named: &[(ChoiceId, PartnerId)],
    worth: impl Fn(&Way) -> Worth,
) -> Vec<Class> {
    let named = |way: &Way| way.map(|pair| named.contains(&(row, pair.with)).then_some(pair.with));
    let mut classes: Vec<(Brings, Vec<(Worth, Way)>)> = Vec::new();
    for way in ways(ask, row) {
        let brings = if matters { named(&way) } else { None };
        let rated = (worth(&way), way);
        match classes.iter_mut().find(|(same, _)| *same == brings) {
            Some((_, ways)) => ways.push(rated),
            None => classes.push((brings, vec![rated])),
        }
    }
    classes.iter().map(|(_, ways)| ends(ways)).collect()
}

/// The ways that can be worth most and least.
fn ends(ways: &[(Worth, Way)]) -> Class {
    let with = ways.iter().rev().max_by_key(|(worth, _)| *worth);
    let without = ways.iter().rev().max_by_key(|((with, without), _)| (*without, *with));
    let mut found =
        Class { most: [with, without].map(|way| way.and_then(|(_, way)| *way)), least: Vec::new() };
    for (row, ((with, without), way)) in ways.iter().enumerate() {
        let worse = |(other, ((a, b), _)): (usize, &(Worth, Way))| {
            a <= with && b <= without && ((a, b) != (with, without) || other < row)
        };
        if !ways.iter().enumerate().any(worse) {
            found.least.push(*way);
        }
    }
    found
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
