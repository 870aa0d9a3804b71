//! The best answer on offer, for who knows.

use crate::engine::Answer;
use crate::scenario::{
    Ask, Axis, CategorizeSpec, Category, ChoiceId, ChoiceSet, ClassId, Factors, KindId, LevelId, QuestionId,
    Scenario, Scheme, TruthId,
};
use crate::score::credit;
use crate::solve::answers::in_order;
use crate::solve::pairs;

/// The answer that is worth most with `truth` in force; of equals the first. None where
/// nothing is on offer.
pub(super) fn best(
    scenario: &Scenario,
    id: QuestionId,
    offered: &[ChoiceId],
    truth: Option<TruthId>,
) -> Option<Answer> {
    let question = scenario.question(id);
    let set: ChoiceSet = offered.iter().copied().collect();
    let key = ChoiceSet(question.key().0 & set.0);
    let worth = |answer: &Answer| credit(scenario, id, set, answer, truth).unwrap_or_default();
    let candidates: Vec<Answer> = match &question.ask {
        Ask::Triage(_) | Ask::ChooseOne => offered.iter().copied().map(Answer::One).collect(),
        Ask::ChooseSeveral => vec![Answer::Several(key)],
        Ask::PutInOrder { before } => vec![Answer::Order(in_order(set, before))],
        Ask::Record { before } => {
            let picked = if key.is_empty() { set } else { key };
            vec![Answer::Order(in_order(picked, before))]
        }
        Ask::Assign(_) | Ask::Notify(_) => vec![Answer::Pairs(pairs::key(scenario, id, set))],
        Ask::Estimate(spec) => vec![Answer::Number(spec.key(truth).answer)],
        Ask::Categorize(spec) => calls(scenario, spec, truth).into_iter().map(Answer::Category).collect(),
        Ask::Reflect { .. } => return Some(Answer::Text("\u{2026}".into())),
    };
    let mut best: Option<(Answer, _)> = None;
    for answer in candidates {
        let worth = worth(&answer);
        if best.as_ref().is_none_or(|(_, most)| worth > *most) {
            best = Some((answer, worth));
        }
    }
    best.map(|(answer, _)| answer)
}

/// The right call, those that are defensible, and "too early".
fn calls(scenario: &Scenario, spec: &CategorizeSpec, truth: Option<TruthId>) -> Vec<Category> {
    let truth = truth.map(|truth| &scenario.truth[truth.at()]);
    let key = truth.and_then(|truth| truth.category).unwrap_or_default();
    let calculated = spec.severity && scenario.scheme == Scheme::Nciss;
    let call =
        |class: ClassId, kind: Option<KindId>, severity: Option<LevelId>, impact: [Option<LevelId>; 3]| {
            let level = severity.unwrap_or(LevelId(0));
            Category {
                class: spec.class.then_some(class),
                kind: if spec.class { kind } else { None },
                severity: spec.severity.then_some(level),
                factors: calculated.then(|| Factors::of_level(level)),
                impact: Axis::ALL
                    .map(|axis| spec.asks(axis).then(|| impact[axis as usize].unwrap_or(LevelId(0)))),
                too_early: false,
            }
        };
    let right = key.class.unwrap_or(ClassId(0));
    let mut calls = vec![call(right, key.class.and(key.kind), key.severity, key.impact)];
    for other in truth.map_or(&[][..], |truth| &truth.also) {
        let mut impact = key.impact;
        impact.iter_mut().zip(other.impact).for_each(|(own, named)| *own = named.or(*own));
        let kind = if other.class.is_some() { other.kind } else { other.kind.or(key.kind) };
        calls.push(call(other.class.unwrap_or(right), kind, other.severity.or(key.severity), impact));
    }
    if spec.too_early {
        calls.push(Category { too_early: true, ..Category::default() });
    }
    calls
}
