//! Whether an answer answers its question, and what follows from it.

use super::decide::typed;
use super::fact::{Answer, Pair, What};
use super::happen::Moment;
use super::input::{CONFIDENCE_STEPS, Refusal, Submission};
use super::state::{Asked, State};
use crate::limits::GAUGE_AMOUNT_MAX;
use crate::scenario::{
    Ask, Axis, CategorizeSpec, Category, ChoiceId, ChoiceOrder, ChoiceSet, Question, QuestionId, Scenario,
    Scheme,
};

/// Takes an answer, or the revision of a categorization.
pub(super) fn answer(moment: &mut Moment<'_>, submission: &Submission) -> Result<(), Refusal> {
    let (scenario, state) = (moment.scenario, &*moment.state);
    let Submission { question: id, answer, confidence, reason } = submission;
    let question = scenario.questions.get(id.at()).ok_or(Refusal::NotOpen)?;
    let revision = match (&state.questions[id.at()], &question.ask) {
        (Asked::Open { .. }, _) => false,
        (Asked::Answered { .. }, Ask::Categorize(spec)) if spec.revisable => true,
        _ => return Err(Refusal::NotOpen),
    };
    let answer = fitting(scenario, state, *id, answer)?;
    if confidence.is_some_and(|c| !CONFIDENCE_STEPS.contains(&c)) {
        return Err(Refusal::NoSuchConfidence);
    }
    let reason = match reason {
        Some(text) if question.reason && !text.trim().is_empty() => Some(typed(text)?),
        _ => None,
    };
    let confidence = confidence.filter(|_| question.confidence);
    let chosen = answer.choices();
    // In the order given: effects follow one another as the trainee ranked them.
    let ranked: Option<ChoiceOrder> =
        if let Answer::Order(order) = &answer { Some(order.iter().copied().collect()) } else { None };
    moment.fact(What::Answered { question: *id, answer, confidence, reason });
    if revision {
        return Ok(());
    }
    match ranked {
        Some(ranked) => ranked.iter().for_each(|choice| moment.follow(&question.choice(*choice).then)),
        None => chosen.iter().for_each(|choice| moment.follow(&question.choice(choice).then)),
    }
    moment.follow(&question.then);
    Ok(())
}

/// The answer as it will be recorded, if it answers the question at all.
fn fitting(scenario: &Scenario, state: &State, id: QuestionId, answer: &Answer) -> Result<Answer, Refusal> {
    let question = scenario.question(id);
    let offered = match state.questions[id.at()] {
        Asked::Open { offered, .. } => offered,
        Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => ChoiceSet::default(),
    };
    let on_offer = |set: ChoiceSet| if set.0 & !offered.0 == 0 { Ok(()) } else { Err(Refusal::NotOffered) };
    match (&question.ask, answer) {
        (Ask::Triage(_) | Ask::ChooseOne, Answer::One(choice)) => {
            if !offered.has(*choice) {
                return Err(Refusal::NotOffered);
            }
        }
        (Ask::ChooseSeveral, Answer::Several(choices)) => on_offer(*choices)?,
        (Ask::PutInOrder { .. }, Answer::Order(order)) => {
            on_offer(distinct(question, order)?)?;
            if order.len() != offered.len() {
                return Err(Refusal::Incomplete);
            }
        }
        (Ask::Record { .. }, Answer::Order(order)) => {
            on_offer(distinct(question, order)?)?;
            if order.is_empty() {
                return Err(Refusal::Empty);
            }
        }
        (Ask::Assign(_) | Ask::Notify(_), Answer::Pairs(pairs)) => {
            return paired(question, offered, pairs).map(Answer::Pairs);
        }
        (Ask::Estimate(_), Answer::Number(number)) => {
            if number.unsigned_abs() > GAUGE_AMOUNT_MAX.unsigned_abs() {
                return Err(Refusal::NotOffered);
            }
        }
        (Ask::Categorize(spec), Answer::Category(category)) => {
            return whole(scenario, spec, *category).map(Answer::Category);
        }
        (Ask::Reflect { .. }, Answer::Text(text)) => return typed(text).map(Answer::Text),
        _ => return Err(Refusal::WrongKind),
    }
    Ok(answer.clone())
}

fn distinct(question: &Question, order: &[ChoiceId]) -> Result<ChoiceSet, Refusal> {
    let mut set = ChoiceSet::default();
    for choice in order {
        if choice.at() >= question.choices.len() {
            return Err(Refusal::NotOffered);
        }
        if set.has(*choice) {
            return Err(Refusal::Doubled);
        }
        set = set.with(*choice);
    }
    Ok(set)
}

/// Pairs in order of their rows, each of which is on offer and fits the question.
fn paired(question: &Question, offered: ChoiceSet, pairs: &[Pair]) -> Result<Vec<Pair>, Refusal> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    distinct(question, &pairs.iter().map(|pair| pair.row).collect::<Vec<_>>())?;
    let (partners, deadlines) = (question.ask.partners(), question.ask.deadlines());
    for pair in &pairs {
        let by = match pair.by {
            Some(by) => deadlines.contains(&by),
            None => deadlines.is_empty(),
        };
        if !offered.has(pair.row) || pair.with.at() >= partners.len() || !by {
            return Err(Refusal::NotOffered);
        }
    }
    Ok(pairs)
}

/// A category with every part that is asked and none that is not.
fn whole(scenario: &Scenario, spec: &CategorizeSpec, call: Category) -> Result<Category, Refusal> {
    if call.too_early {
        let nothing = Category { too_early: true, ..Category::default() };
        return if spec.too_early && call == nothing { Ok(call) } else { Err(Refusal::WrongKind) };
    }
    let call = worked_out(scenario, call)?;
    let asked = [
        (spec.class, call.class.is_some()),
        (spec.severity, call.severity.is_some()),
        (spec.impact[0], call.impact[0].is_some()),
        (spec.impact[1], call.impact[1].is_some()),
        (spec.impact[2], call.impact[2].is_some()),
    ];
    if asked.iter().any(|(asked, given)| *given && !asked) {
        return Err(Refusal::WrongKind);
    }
    if asked.iter().any(|(asked, given)| *asked && !given) {
        return Err(Refusal::Incomplete);
    }
    let classes = &scenario.taxonomy.classes;
    let known = match (call.class, call.kind) {
        (Some(class), kind) => {
            classes.get(class.at()).is_some_and(|class| kind.is_none_or(|kind| kind.at() < class.types.len()))
        }
        (None, kind) => kind.is_none(),
    };
    let severity = call.severity.is_none_or(|level| level.at() < scenario.severities.len());
    let impact = call.impact.iter().zip(Axis::ALL);
    let impact = impact.into_iter().all(|(l, axis)| l.is_none_or(|l| l.at() < axis.levels().len()));
    if known && severity && impact { Ok(call) } else { Err(Refusal::NotOffered) }
}

/// The severity of a call, from its factors where the scheme is a calculator.
fn worked_out(scenario: &Scenario, call: Category) -> Result<Category, Refusal> {
    match (scenario.scheme == Scheme::Nciss, call.factors) {
        (true, Some(factors)) if !factors.known() => Err(Refusal::NotOffered),
        (true, Some(factors)) => Ok(Category { severity: Some(factors.level()), ..call }),
        (true, None) if call.severity.is_some() => Err(Refusal::Incomplete),
        (false, Some(_)) => Err(Refusal::WrongKind),
        (_, None) => Ok(call),
    }
}
