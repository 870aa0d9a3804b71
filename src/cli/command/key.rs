//! A script's key in words, for `show --spoilers`: when, what is right, what follows.

use serde_json::{Value, json};

use crate::scenario::{
    Ask, AssignSpec, Calendar, Category, Choice, Condition, Ending, Inject, InjectKind, Notice, NotifySpec,
    PartnerId, Question, Scenario, Source, Trigger, Truth, Verdict,
};

/// A condition as the script writes it.
pub(super) fn condition(scenario: &Scenario, when: &Condition) -> String {
    let all = |list: &[Condition]| list.iter().map(|c| condition(scenario, c)).collect::<Vec<_>>().join(", ");
    let inject = |id| scenario.inject(id).name.as_str();
    let question = |id| scenario.question(id).name.as_str();
    let class = |id: crate::scenario::ClassId| scenario.taxonomy.classes[id.at()].name.as_str();
    match when {
        Condition::Always => "Always".into(),
        Condition::All(list) => format!("All([{}])", all(list)),
        Condition::Any(list) => format!("Any([{}])", all(list)),
        Condition::Not(other) => format!("Not({})", condition(scenario, other)),
        Condition::Chosen(id, choice) => {
            let chosen = scenario.question(*id).choice(*choice).name.as_str();
            format!("Chosen({}, {chosen})", question(*id))
        }
        Condition::Paired(id, choice, with) => {
            let asked = scenario.question(*id);
            let (row, with) =
                (asked.choice(*choice).name.as_str(), asked.ask.partners()[with.at()].name.as_str());
            format!("Chosen({}, {row}, {with})", question(*id))
        }
        Condition::Seated(id) => format!("Seated({})", scenario.seat(*id).name.as_str()),
        Condition::Answered(id) => format!("Answered({})", question(*id)),
        Condition::Lapsed(id) => format!("Lapsed({})", question(*id)),
        Condition::Did(id) => format!("Did({})", scenario.action(*id).name.as_str()),
        Condition::Delivered(id) => format!("Delivered({})", inject(*id)),
        Condition::Met(id) => format!("Met({})", inject(*id)),
        Condition::Missed(id) => format!("Missed({})", inject(*id)),
        Condition::Examined(id) => format!("Examined({})", scenario.artefact(*id).name.as_str()),
        Condition::Categorized(id, None) => format!("Categorized({})", class(*id)),
        Condition::Categorized(id, Some(kind)) => {
            let kind = &scenario.taxonomy.classes[id.at()].types[kind.at()].name;
            format!("Categorized({}, {kind})", class(*id))
        }
        Condition::AtLeast(id, least) => format!("AtLeast({}, {least})", scenario.gauge(*id).name.as_str()),
        Condition::AtMost(id, most) => format!("AtMost({}, {most})", scenario.gauge(*id).name.as_str()),
        Condition::From(at) => format!("From({at})"),
        Condition::Before(at) => format!("Before({at})"),
        Condition::Spreading(id) => format!("Spreading({})", scenario.spread(*id).name.as_str()),
        Condition::Contained(id) => format!("Contained({})", scenario.spread(*id).name.as_str()),
        Condition::DutyRunning(id) => format!("DutyRunning({})", scenario.duty(*id).name.as_str()),
        Condition::DutyMet(id) => format!("DutyMet({})", scenario.duty(*id).name.as_str()),
        Condition::DutyMissed(id) => format!("DutyMissed({})", scenario.duty(*id).name.as_str()),
    }
}

/// `, if CONDITION`, where there is one.
fn only_if(scenario: &Scenario, when: &Condition) -> String {
    if *when == Condition::Always { String::new() } else { format!(", if {}", condition(scenario, when)) }
}

pub(super) fn category(scenario: &Scenario, call: &Category) -> String {
    let mut parts = Vec::new();
    if call.too_early {
        parts.push("too early to tell".to_owned());
    }
    if let Some(class) = call.class {
        let class = &scenario.taxonomy.classes[class.at()];
        parts.push(class.name.to_string());
        parts.extend(call.kind.map(|kind| class.types[kind.at()].name.to_string()));
    }
    parts.extend(call.severity.map(|level| scenario.severities[level.at()].clone()));
    for axis in crate::scenario::Axis::ALL {
        let level = call.impact[axis as usize];
        parts.extend(level.map(|level| format!("{} {}", axis.name(), axis.levels()[level.at()])));
    }
    parts.join(", ")
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Incident => "incident",
        Verdict::NotAnIncident => "not an incident",
        Verdict::TooEarly => "too early to tell",
    }
}

/// What is true from when on.
pub(super) fn truth(scenario: &Scenario, truth: &Truth) -> String {
    let from = Calendar::of(scenario).clock(truth.from);
    let call = truth.category.as_ref().map(|c| format!(": {}", category(scenario, c))).unwrap_or_default();
    let also: Vec<String> = truth
        .also
        .iter()
        .map(|also| {
            let (class, kind, severity) = (also.class, also.kind, also.severity);
            let call = Category { class, kind, severity, impact: also.impact, ..Category::default() };
            format!("{} ({})", category(scenario, &call), also.credit)
        })
        .collect();
    let also = if also.is_empty() { String::new() } else { format!("; also {}", also.join("; or ")) };
    let thin = if truth.thin { ", evidence thin" } else { "" };
    let when = only_if(scenario, &truth.when);
    format!("from {from}{when}: {}{thin}{call}{also}. {}", verdict(truth.verdict), truth.why)
}

/// When an inject comes, and on what it waits.
pub(super) fn waits(scenario: &Scenario, inject: &Inject) -> String {
    let after = match &inject.trigger {
        Trigger::After(what, delay) => format!("{delay} after {}", condition(scenario, what)),
        Trigger::When => "as soon as its condition holds".into(),
        Trigger::Effect => "only where an effect delivers it".into(),
        Trigger::At(at) => format!("at {}", Calendar::of(scenario).clock(*at)),
    };
    let chance =
        if inject.chance < 100 { format!(", in {} % of drills", inject.chance) } else { String::new() };
    let met = match &inject.kind {
        InjectKind::Checkpoint(c) => {
            let clock = |at| Calendar::of(scenario).clock(at);
            let met = condition(scenario, &c.met_when);
            format!("; done when {met}, from {} to {}", clock(c.opens), clock(c.closes))
        }
        InjectKind::Contextual | InjectKind::Contingency => String::new(),
    };
    format!("{after}{}{chance}{met}", only_if(scenario, &inject.when))
}

/// What is right, for kinds whose choices do not say so by themselves.
pub(super) fn key(scenario: &Scenario, question: &Question) -> Vec<String> {
    let order = |before: &[(crate::scenario::ChoiceId, crate::scenario::ChoiceId)]| {
        let name = |id| question.choice(id).name.as_str();
        let pairs = before.iter().map(|(one, other)| format!("{} before {}", name(*one), name(*other)));
        pairs.collect::<Vec<_>>().join("; ")
    };
    let mut key = match &question.ask {
        Ask::Triage(_) => vec!["right is what the truth says at that moment".into()],
        Ask::Categorize(_) => vec!["right is the category that the truth has at that moment".into()],
        Ask::ChooseOne | Ask::ChooseSeveral => Vec::new(),
        Ask::PutInOrder { before } | Ask::Record { before } => vec![order(before)],
        Ask::Estimate(spec) => {
            let number = |key: &crate::scenario::EstimateKey| {
                let (answer, unit) = (key.answer, &spec.unit);
                format!("{answer} {unit}; full credit up to {} off, none from {}", key.tolerance, key.outer)
            };
            let while_true = spec.by_truth.iter().map(|(id, key)| {
                format!("while {} is true: {}", scenario.truth[id.at()].name.as_str(), number(key))
            });
            [number(&spec.key)].into_iter().chain(while_true).collect()
        }
        Ask::Assign(spec) => assigned(question, spec),
        Ask::Notify(spec) => notified(question, spec),
        Ask::Reflect { key_points } => key_points.clone(),
    };
    if !question.why.is_empty() {
        key.push(question.why.clone());
    }
    key.retain(|line| !line.is_empty());
    key
}

/// What giving each task to somebody is worth.
fn assigned(question: &Question, spec: &AssignSpec) -> Vec<String> {
    let task = |(choice, worth): (&Choice, &Vec<(PartnerId, i16)>)| {
        let who =
            worth.iter().map(|(id, credit)| format!("{} {credit:+}", spec.among[id.at()].name.as_str()));
        format!("{}: {}", choice.name.as_str(), who.collect::<Vec<_>>().join(", "))
    };
    question.choices.iter().zip(&spec.worth).map(task).collect()
}

/// How and by when each recipient is to be told.
fn notified(question: &Question, spec: &NotifySpec) -> Vec<String> {
    let told = |(choice, need): (&Choice, &Notice)| {
        let via: Vec<&str> = need.via.iter().map(|id| spec.through[id.at()].name.as_str()).collect();
        let via = if via.is_empty() { "any safe channel".into() } else { via.join(" or ") };
        let by = need.by.map(|by| format!(", within {by}")).unwrap_or_default();
        let name = choice.name.as_str();
        if choice.right { format!("{name}: by {via}{by}") } else { format!("{name}: need not be told") }
    };
    question.choices.iter().zip(&spec.needs).map(told).collect()
}

/// An ending with what brings it.
pub(super) fn ending(scenario: &Scenario, ending: &Ending) -> String {
    let good = if ending.good { "good" } else { "not good" };
    let at_once = if ending.at_once { ", at once" } else { "" };
    format!("{} ({good}{at_once}): when {}", ending.title, condition(scenario, &ending.when))
}

/// All of it for programs.
pub(super) fn spoilers(scenario: &Scenario) -> Value {
    let names = |list: Vec<(&str, Value)>| {
        list.into_iter().map(|(name, v)| json!({ "name": name, "is": v })).collect::<Vec<_>>()
    };
    let question = |q: &Question| {
        let choice = |c: &Choice| json!({ "name": c.name.as_str(), "says": c.says, "credit": c.credit, "right": c.right, "why": c.why });
        json!({
            "name": q.name.as_str(), "stage": q.stage.label(), "says": q.says, "weight": q.weight,
            "choices": q.choices.iter().map(choice).collect::<Vec<_>>(), "key": key(scenario, q),
            "hints": q.hints.iter().map(|h| h.says.as_str()).collect::<Vec<_>>(),
        })
    };
    let source = |s: &Source| json!({ "title": s.title, "address": s.address, "read": s.read });
    json!({
        "sources": scenario.sources.iter().map(source).collect::<Vec<_>>(),
        "truth": names(scenario.truth.iter().map(|t| (t.name.as_str(), truth(scenario, t).into())).collect()),
        "injects": scenario.injects.iter().map(|i| json!({
            "name": i.name.as_str(), "comes": waits(scenario, i), "body": i.body,
        })).collect::<Vec<_>>(),
        "questions": scenario.questions.iter().map(question).collect::<Vec<_>>(),
        "actions": scenario.actions.iter().map(|a| json!({
            "name": a.name.as_str(), "says": a.label, "credit": a.credit, "why": a.why, "result": a.result,
        })).collect::<Vec<_>>(),
        "evidence": scenario.evidence.iter().map(|e| json!({
            "name": e.name.as_str(), "title": e.title, "body": e.body,
        })).collect::<Vec<_>>(),
        "endings": scenario.endings.iter().map(|e| json!({
            "name": e.name.as_str(), "title": e.title, "says": e.says, "good": e.good,
            "when": condition(scenario, &e.when),
        })).collect::<Vec<_>>(),
    })
}
