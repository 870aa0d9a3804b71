//! Conditions in words, by the names of the script.

use tr::tr;

use crate::scenario::{Condition, Scenario};

/// A condition as one reads it aloud; empty for one that always holds.
#[expect(clippy::wildcard_enum_match_arm, reason = "all others are leaves")]
pub(super) fn says(scenario: &Scenario, condition: &Condition) -> String {
    match condition {
        Condition::Always => String::new(),
        Condition::All(parts) => joined(scenario, parts, &tr!("and")),
        Condition::Any(parts) => joined(scenario, parts, &tr!("or")),
        Condition::Not(part) => tr!("not {}", part_of(scenario, part)),
        other => leaf(scenario, other),
    }
}

fn joined(scenario: &Scenario, parts: &[Condition], with: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part_of(scenario, part)).collect();
    parts.join(&format!(" {with} "))
}

/// A part of a condition, in brackets if it has parts itself.
#[expect(clippy::wildcard_enum_match_arm, reason = "only these have parts")]
fn part_of(scenario: &Scenario, part: &Condition) -> String {
    let text = says(scenario, part);
    let parts = match part {
        Condition::All(parts) | Condition::Any(parts) => parts.len(),
        _ => 1,
    };
    if parts > 1 { format!("({text})") } else { text }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "`says` takes those that have parts")]
fn leaf(scenario: &Scenario, condition: &Condition) -> String {
    match condition {
        Condition::Chosen(question, choice) => {
            let question = scenario.question(*question);
            format!("{} = {}", question.name, question.choice(*choice).name)
        }
        Condition::Paired(question, row, partner) => {
            let question = scenario.question(*question);
            let (row, with) = (question.choice(*row), &question.ask.partners()[partner.at()]);
            format!("{} = {}/{}", question.name, row.name, with.name)
        }
        Condition::Seated(seat) => tr!("seat {} taken", scenario.seat(*seat).name),
        Condition::Answered(question) => tr!("{} answered", scenario.question(*question).name),
        Condition::Lapsed(question) => tr!("{} lapsed", scenario.question(*question).name),
        Condition::Did(action) => tr!("did {}", scenario.action(*action).name),
        Condition::Delivered(inject) => tr!("{} delivered", scenario.inject(*inject).name),
        Condition::Met(inject) => tr!("{} met", scenario.inject(*inject).name),
        Condition::Missed(inject) => tr!("{} missed", scenario.inject(*inject).name),
        Condition::Examined(evidence) => tr!("{} examined", scenario.artefact(*evidence).name),
        Condition::Categorized(class, kind) => {
            let class = &scenario.taxonomy.classes[class.at()];
            let kind = kind.map(|kind| format!("/{}", class.types[kind.at()].name)).unwrap_or_default();
            tr!("called {}", format!("{}{kind}", class.name))
        }
        Condition::AtLeast(gauge, amount) => format!("{} ≥ {amount}", scenario.gauge(*gauge).name),
        Condition::AtMost(gauge, amount) => format!("{} ≤ {amount}", scenario.gauge(*gauge).name),
        Condition::From(moment) => tr!("from {}", moment.said()),
        Condition::Before(moment) => tr!("before {}", moment.said()),
        Condition::Spreading(spread) => tr!("{} going on", scenario.spread(*spread).name),
        Condition::Contained(spread) => tr!("{} contained", scenario.spread(*spread).name),
        Condition::DutyRunning(duty) => tr!("{} running", scenario.duty(*duty).name),
        Condition::DutyMet(duty) => tr!("duty {} met", scenario.duty(*duty).name),
        Condition::DutyMissed(duty) => tr!("duty {} missed", scenario.duty(*duty).name),
        _ => String::new(),
    }
}

/// Every leaf of a condition; `plain` is false beneath an odd number of negations.
#[expect(clippy::wildcard_enum_match_arm, reason = "all others are leaves")]
pub(super) fn leaves<'c>(condition: &'c Condition, plain: bool, told: &mut impl FnMut(&'c Condition, bool)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| leaves(part, plain, told));
        }
        Condition::Not(part) => leaves(part, !plain, told),
        other => told(other, plain),
    }
}
