//! The answers to a question that can make a difference.
//!
//! Of answers with the same consequences only the most and the least valuable are
//! kept: no other can be on a best or a worst line. What is valuable is asked of
//! the score, with the truth in force.

use super::reads::{Here, Reads};
use crate::engine::{Answer, Asked};
use crate::scenario::{
    Ask, Axis, CategorizeSpec, Category, ChoiceId, ChoiceSet, ClassId, Factors, KindId, LevelId, Question,
    QuestionId, Scenario, Scheme, TruthId,
};
use crate::score::{Credit, credit};

/// Choices with consequences beyond which not every combination is tried: then each
/// by itself, all, none, and those of the key; and what is found is partial.
const COMBINED_MAX: usize = 8;

/// The answers to an open question that can make a difference in `state`, the most
/// valuable first.
pub(super) fn answers(scenario: &Scenario, reads: &Reads, here: Here<'_>, id: QuestionId) -> Vec<Answer> {
    rated(scenario, reads, here, id, here.state.truth).into_iter().map(|(answer, _)| answer).collect()
}

/// Whether these are all of them: no combination of choices was left out for their number.
pub(super) fn all_combined(scenario: &Scenario, reads: &Reads, here: Here<'_>, id: QuestionId) -> bool {
    let (question, offered) = (scenario.question(id), offered(here, id));
    let matters = |choice: ChoiceId| reads.choice(question, id, choice, &here);
    let few = || offered.iter().filter(|choice| matters(*choice)).count() <= COMBINED_MAX;
    match &question.ask {
        Ask::ChooseSeveral => few(),
        Ask::Record { before } => few() && paying(question, offered, &matters, before).len() <= COMBINED_MAX,
        Ask::Assign(_) | Ask::Notify(_) => {
            super::pairs::all_combined(scenario, id, offered, &matters, &reads.paired[id.at()])
        }
        Ask::Triage(_)
        | Ask::ChooseOne
        | Ask::PutInOrder { .. }
        | Ask::Estimate(_)
        | Ask::Categorize(_)
        | Ask::Reflect { .. } => true,
    }
}

/// The same, as if `truth` were in force, each with what it is worth.
pub(super) fn rated(
    scenario: &Scenario,
    reads: &Reads,
    here: Here<'_>,
    id: QuestionId,
    truth: Option<TruthId>,
) -> Vec<(Answer, Credit)> {
    let offered = offered(here, id);
    let mut kept: Vec<(Answer, Credit)> = Vec::new();
    for group in groups(scenario, reads, here, id, truth) {
        let rated = group.into_iter().map(|answer| {
            let credit = credit(scenario, id, offered, &answer, truth).unwrap_or_default();
            (answer, credit)
        });
        for rated in most_and_least(rated.collect()) {
            if !kept.contains(&rated) {
                kept.push(rated);
            }
        }
    }
    kept.sort_by_key(|(_, credit)| std::cmp::Reverse(*credit));
    kept
}

fn offered(here: Here<'_>, id: QuestionId) -> ChoiceSet {
    match here.state.questions[id.at()] {
        Asked::Open { offered, .. } => offered,
        Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => ChoiceSet::default(),
    }
}

/// Answers by what they bring about: all of a group bring about the same.
fn groups(
    scenario: &Scenario,
    reads: &Reads,
    here: Here<'_>,
    id: QuestionId,
    truth: Option<TruthId>,
) -> Vec<Vec<Answer>> {
    let (question, offered) = (scenario.question(id), offered(here, id));
    let matters = |choice: ChoiceId| reads.choice(question, id, choice, &here);
    match &question.ask {
        Ask::Triage(_) | Ask::ChooseOne => {
            let (alone, alike): (Vec<_>, Vec<_>) = offered.iter().partition(|choice| matters(*choice));
            let alone = alone.into_iter().map(|choice| vec![Answer::One(choice)]);
            alone.chain([alike.into_iter().map(Answer::One).collect()]).collect()
        }
        Ask::ChooseSeveral => {
            let of = |set: ChoiceSet| {
                let with = |right| Answer::Several(filled(question, offered, set, &matters, right));
                vec![with(true), with(false)]
            };
            combinations(question, offered, &matters).into_iter().map(of).collect()
        }
        Ask::PutInOrder { before } => {
            let order = in_order(offered, before);
            let reversed = order.iter().rev().copied().collect();
            vec![vec![Answer::Order(order), Answer::Order(reversed)]]
        }
        Ask::Record { before } => {
            let of = |set: ChoiceSet| {
                let picked = records(question, offered, set, &matters, before).into_iter();
                let orders = picked.flat_map(|set| {
                    let order = in_order(set, before);
                    let reversed = order.iter().rev().copied().collect();
                    [order, reversed]
                });
                orders.map(Answer::Order).collect()
            };
            combinations(question, offered, &matters).into_iter().map(of).collect()
        }
        Ask::Estimate(spec) => {
            let key = spec.key(truth);
            vec![vec![Answer::Number(key.answer), Answer::Number(key.answer.saturating_add(key.outer))]]
        }
        Ask::Assign(_) | Ask::Notify(_) => {
            let named = &reads.paired[id.at()];
            super::pairs::groups(scenario, id, offered, &matters, named)
        }
        Ask::Categorize(spec) => {
            let calls = calls(scenario, reads, spec, truth).into_iter();
            calls.map(|group| group.into_iter().map(Answer::Category).collect()).collect()
        }
        Ask::Reflect { .. } => vec![vec![Answer::Text("\u{2026}".into())]],
    }
}

/// A set with all other choices that are right, or wrong, and bring nothing about.
fn filled(
    question: &Question,
    offered: ChoiceSet,
    set: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    right: bool,
) -> ChoiceSet {
    let rest = ChoiceSet(offered.0 & !set.0);
    rest.iter().filter(|c| !matters(*c) && question.choice(*c).right == right).fold(set, ChoiceSet::with)
}

/// What may be recorded beside `set`. Every right fact more is worth more, and a wrong one
/// only where the order names it, for then it can keep a constraint; so the most valuable
/// record has all right facts and some of those, and the least valuable nothing but wrong
/// ones. A record is never empty: where nothing is wrong, it has one fact.
fn records(
    question: &Question,
    offered: ChoiceSet,
    set: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    before: &[(ChoiceId, ChoiceId)],
) -> Vec<ChoiceSet> {
    let [right, wrong] = [true, false].map(|right| filled(question, offered, set, matters, right));
    let paying = paying(question, offered, matters, before);
    let wrong_ones: Vec<ChoiceSet> = if paying.len() > COMBINED_MAX {
        vec![ChoiceSet::default(), paying.into_iter().collect()]
    } else {
        subsets(&paying).collect()
    };
    let most = wrong_ones.into_iter().map(|more| ChoiceSet(right.0 | more.0));
    let least = if wrong.is_empty() {
        offered.iter().filter(|c| !matters(*c)).map(|c| ChoiceSet::default().with(c)).collect()
    } else {
        vec![wrong]
    };
    most.chain(least).filter(|set| !set.is_empty()).collect()
}

/// Wrong facts without a consequence that the order of a record names.
fn paying(
    question: &Question,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
    before: &[(ChoiceId, ChoiceId)],
) -> Vec<ChoiceId> {
    let named = |choice: &ChoiceId| before.iter().any(|(a, b)| a == choice || b == choice);
    offered.iter().filter(|c| !matters(*c) && !question.choice(*c).right && named(c)).collect()
}

/// Every set of these.
fn subsets(of: &[ChoiceId]) -> impl Iterator<Item = ChoiceSet> {
    let pick = |bits: u32| {
        of.iter().enumerate().filter(|(row, _)| bits >> row & 1 == 1).map(|(_, choice)| *choice).collect()
    };
    (0..1_u32 << of.len()).map(pick)
}

/// The first of the most valuable and the first of the least valuable.
fn most_and_least(rated: Vec<(Answer, Credit)>) -> Vec<(Answer, Credit)> {
    let most = rated.iter().rev().max_by_key(|(_, credit)| *credit).cloned();
    let least = rated.iter().min_by_key(|(_, credit)| *credit).cloned();
    let differ = most.as_ref().map(|(_, c)| *c) != least.as_ref().map(|(_, c)| *c);
    most.into_iter().chain(least.filter(|_| differ)).collect()
}

/// The combinations of choices with consequences.
fn combinations(
    question: &Question,
    offered: ChoiceSet,
    matters: &impl Fn(ChoiceId) -> bool,
) -> Vec<ChoiceSet> {
    let with: Vec<ChoiceId> = offered.iter().filter(|choice| matters(*choice)).collect();
    if with.len() > COMBINED_MAX {
        let all: ChoiceSet = with.iter().copied().collect();
        let key = ChoiceSet(all.0 & question.key().0);
        let others = ChoiceSet(all.0 & !question.key().0);
        let single = with.iter().map(|choice| ChoiceSet::default().with(*choice));
        return [ChoiceSet::default(), key, others, all].into_iter().chain(single).collect();
    }
    subsets(&with).collect()
}

/// The choices in an order that keeps every constraint that can be kept, as written otherwise.
pub(super) fn in_order(choices: ChoiceSet, before: &[(ChoiceId, ChoiceId)]) -> Vec<ChoiceId> {
    let mut left: Vec<ChoiceId> = choices.iter().collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = |choice: &ChoiceId| !before.iter().any(|(a, b)| b == choice && left.contains(a));
        let row = left.iter().position(free).unwrap_or(0);
        order.push(left.remove(row));
    }
    order
}

/// Calls by what they bring about: by which of the conditions that matter they meet. In
/// each the classes and types that some key names, with the other parts right and wrong,
/// and one class that none names.
fn calls(
    scenario: &Scenario,
    reads: &Reads,
    spec: &CategorizeSpec,
    truth: Option<TruthId>,
) -> Vec<Vec<Category>> {
    let truth = truth.map(|truth| &scenario.truth[truth.at()]);
    let key = truth.and_then(|t| t.category).unwrap_or_default();
    let both = |class: ClassId, kind: Option<KindId>| {
        [false, true].map(|wrong| call(scenario, spec, &key, class, kind, wrong))
    };
    let met = |class: ClassId, kind: Option<KindId>| -> Vec<bool> {
        let meets = |(c, k): &(ClassId, Option<KindId>)| *c == class && (k.is_none() || *k == kind);
        reads.categories.iter().map(meets).collect()
    };
    let mut groups = vec![Group { met: vec![false; reads.categories.len()], ..Group::default() }];
    let classes = scenario.taxonomy.classes.iter().enumerate().filter(|_| spec.class);
    for (row, own) in classes {
        let class = ClassId::of(row);
        let known = key.class == Some(class)
            || !scenario.taxonomy.near.is_empty()
            || truth.is_some_and(|t| t.also.iter().any(|a| a.class.is_none_or(|named| named == class)));
        for kind in std::iter::once(None).chain((0..own.types.len()).map(|kind| Some(KindId::of(kind)))) {
            let met = met(class, kind);
            let at = groups.iter().position(|group| group.met == met).unwrap_or_else(|| {
                groups.push(Group { met, ..Group::default() });
                groups.len() - 1
            });
            if known || !groups[at].other {
                groups[at].other |= !known;
                groups[at].calls.extend(both(class, kind));
            }
        }
    }
    if !spec.class {
        groups[0].calls.extend(both(ClassId(0), None));
    }
    if spec.too_early {
        groups[0].calls.push(Category { too_early: true, ..Category::default() });
    }
    groups.into_iter().map(|group| group.calls).filter(|calls| !calls.is_empty()).collect()
}

/// Calls that meet the same conditions.
#[derive(Default)]
struct Group {
    met: Vec<bool>,
    calls: Vec<Category>,
    /// Whether a class that no key names is among them.
    other: bool,
}

/// A whole call of this class: its other parts right, or as wrong as they can be.
fn call(
    scenario: &Scenario,
    spec: &CategorizeSpec,
    key: &Category,
    class: ClassId,
    kind: Option<KindId>,
    wrong: bool,
) -> Category {
    let severity = key.severity.unwrap_or(LevelId(0));
    let worst = |table: &[i16], steps: usize| {
        let beyond = table.last().map_or(0, |last| (*last).min(0));
        table.get(steps).copied().unwrap_or(beyond)
    };
    let off = |level: &LevelId| {
        let steps = usize::from(level.0.abs_diff(severity.0));
        worst(if *level > severity { &spec.over } else { &spec.under }, steps)
    };
    let levels = || (0..scenario.severities.len()).map(LevelId::of);
    let severity = if wrong { levels().min_by_key(off).unwrap_or(severity) } else { severity };
    let axis = |axis: Axis| {
        let right = key.impact[axis as usize].unwrap_or(LevelId(0));
        let far = LevelId::of(axis.levels().len() - 1);
        let farthest = if right.0 * 2 > far.0 { LevelId(0) } else { far };
        spec.asks(axis).then_some(if wrong { farthest } else { right })
    };
    let calculated = spec.severity && scenario.scheme == Scheme::Nciss;
    Category {
        factors: calculated.then(|| Factors::of_level(severity)),
        class: spec.class.then_some(class),
        kind: kind.filter(|_| spec.class),
        severity: spec.severity.then_some(severity),
        impact: Axis::ALL.map(axis),
        too_early: false,
    }
}
