//! Whether a contingency inject helped with something.
//!
//! A contingency inject comes because an expected action is missing, and its
//! condition says which. So it helped with whatever its condition names, and
//! with every open checkpoint if it names nothing.

use std::collections::BTreeSet;

use super::played::Played;
use crate::scenario::{
    ActionId, Ask, Condition, DutyId, EvidenceId, GaugeId, Inject, InjectId, QuestionId, Scenario, SimTime,
    SpreadId, Trigger,
};

/// Something that a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Question(QuestionId),
    Action(ActionId),
    Inject(InjectId),
    Evidence(EvidenceId),
    Gauge(GaugeId),
    Spread(SpreadId),
    Duty(DutyId),
    Category,
}

/// Whether one helped with the question between the moments.
pub(super) fn with_question(
    scenario: &Scenario,
    played: &Played<'_>,
    question: QuestionId,
    from: SimTime,
    to: SimTime,
) -> bool {
    let mut subjects = BTreeSet::from([Subject::Question(question)]);
    if matches!(scenario.question(question).ask, Ask::Categorize(_)) {
        subjects.insert(Subject::Category);
    }
    helped(scenario, played, &subjects, from, to, false)
}

/// Whether one helped with the action between the moments.
pub(super) fn with_action(
    scenario: &Scenario,
    played: &Played<'_>,
    action: ActionId,
    from: SimTime,
    to: SimTime,
) -> bool {
    helped(scenario, played, &BTreeSet::from([Subject::Action(action)]), from, to, false)
}

/// Whether one helped with the checkpoint between the moments.
pub(super) fn with_checkpoint(
    scenario: &Scenario,
    played: &Played<'_>,
    id: InjectId,
    met_when: &Condition,
    (from, to): (SimTime, SimTime),
) -> bool {
    let mut subjects = BTreeSet::from([Subject::Inject(id)]);
    name(met_when, &mut subjects);
    helped(scenario, played, &subjects, from, to, true)
}

/// Whether one helped with the duty between the moments.
pub(super) fn with_duty(
    scenario: &Scenario,
    played: &Played<'_>,
    id: DutyId,
    (from, to): (SimTime, SimTime),
) -> bool {
    let mut subjects = BTreeSet::from([Subject::Duty(id)]);
    if let Some(met) = &scenario.duty(id).met {
        name(met, &mut subjects);
    }
    helped(scenario, played, &subjects, from, to, false)
}

fn helped(
    scenario: &Scenario,
    played: &Played<'_>,
    subjects: &BTreeSet<Subject>,
    from: SimTime,
    to: SimTime,
    by_any: bool,
) -> bool {
    played.assistance.iter().filter(|(at, _)| from <= *at && *at <= to).any(|(_, inject)| {
        let named = named(scenario.inject(*inject));
        if named.is_empty() { by_any } else { !named.is_disjoint(subjects) }
    })
}

/// Everything that a contingency inject's conditions name.
fn named(inject: &Inject) -> BTreeSet<Subject> {
    let mut subjects = BTreeSet::new();
    name(&inject.when, &mut subjects);
    if let Trigger::After(condition, _) = &inject.trigger {
        name(condition, &mut subjects);
    }
    subjects
}

fn name(condition: &Condition, subjects: &mut BTreeSet<Subject>) {
    let subject = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            for part in parts {
                name(part, subjects);
            }
            return;
        }
        Condition::Not(part) => return name(part, subjects),
        Condition::Always | Condition::From(_) | Condition::Before(_) | Condition::Seated(_) => return,
        Condition::Chosen(question, _)
        | Condition::Paired(question, ..)
        | Condition::Answered(question)
        | Condition::Lapsed(question) => Subject::Question(*question),
        Condition::Did(action) => Subject::Action(*action),
        Condition::Delivered(inject) | Condition::Met(inject) | Condition::Missed(inject) => {
            Subject::Inject(*inject)
        }
        Condition::Examined(evidence) => Subject::Evidence(*evidence),
        Condition::Categorized(..) => Subject::Category,
        Condition::AtLeast(gauge, _) | Condition::AtMost(gauge, _) => Subject::Gauge(*gauge),
        Condition::Spreading(spread) | Condition::Contained(spread) => Subject::Spread(*spread),
        Condition::DutyRunning(duty) | Condition::DutyMet(duty) | Condition::DutyMissed(duty) => {
            Subject::Duty(*duty)
        }
    };
    subjects.insert(subject);
}
