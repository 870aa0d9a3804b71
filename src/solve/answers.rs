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
/// by itself, all, none, and those of the key.
const COMBINED_MAX: usize = 6;

/// The answers to an open question that can make a difference in `state`, the most
/// valuable first.
pub(super) fn answers(scenario: &Scenario, reads: &Reads, here: Here<'_>, id: QuestionId) -> Vec<Answer> {
    rated(scenario, reads, here, id, here.state.truth).into_iter().map(|(answer, _)| answer).collect()
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
                let with = |right| in_order(filled(question, offered, set, &matters, right), before);
                let wrong: Vec<ChoiceId> = with(false).into_iter().rev().collect();
                let given = [with(true), wrong].into_iter().filter(|order| !order.is_empty());
                given.map(Answer::Order).collect()
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
    let pick = |bits: u32| {
        with.iter().enumerate().filter(|(row, _)| bits >> row & 1 == 1).map(|(_, choice)| *choice).collect()
    };
    (0..1 << with.len()).map(pick).collect()
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

/// Calls by what they bring about: those that a condition names, each by itself, and
/// all others. In each the right one and a wrong one.
fn calls(
    scenario: &Scenario,
    reads: &Reads,
    spec: &CategorizeSpec,
    truth: Option<TruthId>,
) -> Vec<Vec<Category>> {
    let truth = truth.map(|truth| &scenario.truth[truth.at()]);
    let key = truth.and_then(|t| t.category).unwrap_or_default();
    let mut groups = Vec::new();
    let with = |class: ClassId, kind: Option<KindId>| {
        let right = call(scenario, spec, &key, class, kind, false);
        vec![right, call(scenario, spec, &key, class, kind, true)]
    };
    let named = |class: Option<ClassId>, kind: Option<KindId>| {
        reads.categories.iter().any(|(c, k)| Some(*c) == class && (k.is_none() || *k == kind))
    };
    let mut others = Vec::new();
    if spec.class {
        for (class, kind) in &reads.categories {
            groups.push(with(*class, *kind));
        }
        let right =
            key.class.or(truth.and_then(|t| t.also.iter().max_by_key(|a| a.credit).and_then(|a| a.class)));
        let right_kind = if key.class.is_some() { key.kind } else { None };
        let wrong = (0..scenario.taxonomy.classes.len()).map(ClassId::of).find(|class| {
            let known = |t: &crate::scenario::Truth| {
                t.category.and_then(|c| c.class) == Some(*class)
                    || t.also.iter().any(|a| a.class == Some(*class))
            };
            !scenario.truth.iter().any(known) && !named(Some(*class), None)
        });
        for (class, kind) in [(right, right_kind), (wrong, None)] {
            if let Some(class) = class
                && !named(Some(class), kind)
            {
                others.extend(with(class, kind));
            }
        }
    } else {
        others.push(call(scenario, spec, &key, ClassId(0), None, false));
        others.push(call(scenario, spec, &key, ClassId(0), None, true));
    }
    if spec.too_early {
        others.push(Category { too_early: true, ..Category::default() });
    }
    groups.push(others);
    groups
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
