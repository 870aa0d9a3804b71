//! A script's key in words, for `show --spoilers`: when, what is right, what follows.

use serde_json::{Value, json};
use tr::tr;

use crate::debrief::impact;
use crate::scenario::{
    Ask, AssignSpec, Axis, Calendar, Category, Choice, ChoiceId, ClassId, Condition, Ending, EstimateKey,
    Inject, InjectKind, LevelId, Notice, NotifySpec, PartnerId, Question, Scenario, Source, Trigger, Truth,
    Verdict,
};
use crate::speech::{Language, gained, grouped_signed, label, language, speaking};

/// A condition: to who reads names as the script writes it, to everybody else as a clause.
pub(super) fn condition(scenario: &Scenario, when: &Condition) -> String {
    let of = |list: &[Condition], between: &str| {
        list.iter().map(|c| condition(scenario, c)).collect::<Vec<_>>().join(between)
    };
    let all = |list: &[Condition]| of(list, &tr!("all of" => ", "));
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "those made of others are said here, and all the rest by `single`"
    )]
    match when {
        Condition::Always => tr!("Always"),
        Condition::All(list) => tr!("All([{}])", all(list)),
        Condition::Any(list) => tr!("Any([{}])", of(list, &tr!("any of" => ", "))),
        Condition::Not(other) => match &**other {
            Condition::All(list) => tr!("Not(All([{}]))", all(list)),
            other => tr!("Not({})", condition(scenario, other)),
        },
        other => single(scenario, other),
    }
}

/// A condition that is not made of others.
fn single(scenario: &Scenario, when: &Condition) -> String {
    let inject = |id| &scenario.inject(id).name;
    let question = |id| &scenario.question(id).name;
    let duty = |id| &scenario.duty(id).name;
    let class = |id: ClassId| &scenario.taxonomy.classes[id.at()];
    match when {
        Condition::Always | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => {
            condition(scenario, when)
        }
        Condition::Chosen(id, choice) => {
            tr!("Chosen({0}, {1})", question(*id), scenario.question(*id).choice(*choice).name)
        }
        Condition::Paired(id, choice, with) => {
            let asked = scenario.question(*id);
            let (row, with) = (&asked.choice(*choice).name, &asked.ask.partners()[with.at()].name);
            tr!("Chosen({0}, {1}, {2})", question(*id), row, with)
        }
        Condition::Seated(id) => tr!("Seated({})", scenario.seat(*id).name),
        Condition::Answered(id) => tr!("Answered({})", question(*id)),
        Condition::Lapsed(id) => tr!("Lapsed({})", question(*id)),
        Condition::Did(id) => tr!("Did({})", scenario.action(*id).name),
        Condition::Delivered(id) => tr!("Delivered({})", inject(*id)),
        Condition::Met(id) => tr!("Met({})", inject(*id)),
        Condition::Missed(id) => tr!("Missed({})", inject(*id)),
        Condition::Examined(id) => tr!("Examined({})", scenario.artefact(*id).name),
        Condition::Categorized(id, None) => tr!("Categorized({})", class(*id).name),
        Condition::Categorized(id, Some(kind)) => {
            tr!("Categorized({0}, {1})", class(*id).name, class(*id).types[kind.at()].name)
        }
        Condition::AtLeast(id, least) => tr!("AtLeast({0}, {1})", scenario.gauge(*id).name, least),
        Condition::AtMost(id, most) => tr!("AtMost({0}, {1})", scenario.gauge(*id).name, most),
        Condition::From(at) => tr!("From({})", at.said()),
        Condition::Before(at) => tr!("Before({})", at.said()),
        Condition::Spreading(id) => tr!("Spreading({})", scenario.spread(*id).name),
        Condition::Contained(id) => tr!("Contained({})", scenario.spread(*id).name),
        Condition::DutyRunning(id) => tr!("DutyRunning({})", duty(*id)),
        Condition::DutyMet(id) => tr!("DutyMet({})", duty(*id)),
        Condition::DutyMissed(id) => tr!("DutyMissed({})", duty(*id)),
    }
}

/// `, if CONDITION`, where there is one.
fn only_if(scenario: &Scenario, when: &Condition) -> String {
    if *when == Condition::Always { String::new() } else { tr!(", if {}", condition(scenario, when)) }
}

pub(super) fn category(scenario: &Scenario, call: &Category) -> String {
    let named = language().reads_names();
    let mut parts = Vec::new();
    if call.too_early {
        parts.push(tr!("too early to tell"));
    }
    if let Some(class) = call.class {
        let class = &scenario.taxonomy.classes[class.at()];
        let kind = call.kind.map(|kind| &class.types[kind.at()]);
        if named {
            parts.push(class.name.clone());
            parts.extend(kind.map(|kind| kind.name.clone()));
        } else {
            parts.push(label(&class.label));
            parts.extend(kind.filter(|kind| kind.label != class.label).map(|kind| label(&kind.label)));
        }
    }
    let severity = |level: LevelId| match named {
        true => scenario.severities[level.at()].clone(),
        false => tr!("severity {0}", label(&scenario.severity(level))),
    };
    parts.extend(call.severity.map(severity));
    for axis in Axis::ALL {
        parts.extend(call.impact[axis as usize].map(|level| match named {
            true => format!("{} {}", axis.name(), axis.levels()[level.at()]),
            false => impact(axis, level),
        }));
    }
    parts.join(", ")
}

fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::Incident => tr!("incident"),
        Verdict::NotAnIncident => tr!("not an incident"),
        Verdict::TooEarly => tr!("too early to tell"),
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
            format!("{} ({})", category(scenario, &call), grouped_signed(also.credit.into()))
        })
        .collect();
    let also = if also.is_empty() { String::new() } else { tr!("; also {}", also.join(&tr!("; or "))) };
    let thin = if truth.thin { tr!(", evidence thin") } else { String::new() };
    let when = only_if(scenario, &truth.when);
    let what = format!("{}{thin}{call}{also}", verdict(truth.verdict));
    tr!("from {0}{1}: {2}. {3}", from, when, what, truth.why)
}

/// When an inject comes, and on what it waits.
pub(super) fn waits(scenario: &Scenario, inject: &Inject) -> String {
    let after = match &inject.trigger {
        Trigger::After(what, delay) => {
            tr!("inject" => "{0} after {1}", delay.said(), condition(scenario, what))
        }
        Trigger::When => tr!("as soon as its condition holds"),
        Trigger::Effect => tr!("only where an effect delivers it"),
        Trigger::At(at) => tr!("inject" => "at {}", Calendar::of(scenario).clock(*at)),
    };
    let chance = if inject.chance < 100 { tr!(", in {} % of drills", inject.chance) } else { String::new() };
    let met = match &inject.kind {
        InjectKind::Checkpoint(c) => {
            let clock = |at| Calendar::of(scenario).clock(at);
            let met = condition(scenario, &c.met_when);
            tr!("; done when {0}, from {1} to {2}", met, clock(c.opens), clock(c.closes))
        }
        InjectKind::Contextual | InjectKind::Contingency => String::new(),
    };
    format!("{after}{}{chance}{met}", only_if(scenario, &inject.when))
}

/// What is right, for kinds whose choices do not say so by themselves.
pub(super) fn key(scenario: &Scenario, question: &Question) -> Vec<String> {
    let order = |before: &[(ChoiceId, ChoiceId)]| {
        let name = |id| &question.choice(id).name;
        let pairs = before.iter().map(|(one, other)| tr!("{0} before {1}", name(*one), name(*other)));
        pairs.collect::<Vec<_>>().join("; ")
    };
    let mut key = match &question.ask {
        Ask::Triage(_) => vec![tr!("right is what the truth says at that moment")],
        Ask::Categorize(_) => vec![tr!("right is the category that the truth has at that moment")],
        Ask::ChooseOne | Ask::ChooseSeveral => Vec::new(),
        Ask::PutInOrder { before } | Ask::Record { before } => vec![order(before)],
        Ask::Estimate(spec) => {
            let number = |key: &EstimateKey| {
                let answer = format!("{} {}", key.answer, spec.unit);
                tr!("{0}; full credit up to {1} off, none from {2}", answer, key.tolerance, key.outer)
            };
            let while_true = spec
                .by_truth
                .iter()
                .map(|(id, key)| tr!("while {0} is true: {1}", scenario.truth[id.at()].name, number(key)));
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
        let who = worth.iter().map(|(id, credit)| {
            format!("{} {}", spec.among[id.at()].name.as_str(), gained((*credit).into()))
        });
        format!("{}: {}", choice.name.as_str(), who.collect::<Vec<_>>().join(", "))
    };
    question.choices.iter().zip(&spec.worth).map(task).collect()
}

/// How and by when each recipient is to be told.
fn notified(question: &Question, spec: &NotifySpec) -> Vec<String> {
    let told = |(choice, need): (&Choice, &Notice)| {
        let via: Vec<&str> = need.via.iter().map(|id| spec.through[id.at()].name.as_str()).collect();
        let via = if via.is_empty() { tr!("any safe channel") } else { via.join(&tr!(" or ")) };
        let by = need.by.map(|by| tr!(", within {by}", by = by.said())).unwrap_or_default();
        let name = &choice.name;
        if choice.right { tr!("{0}: by {1}{2}", name, via, by) } else { tr!("{0}: need not be told", name) }
    };
    question.choices.iter().zip(&spec.needs).map(told).collect()
}

/// An ending with what brings it.
pub(super) fn ending(scenario: &Scenario, ending: &Ending) -> String {
    let good = if ending.good { tr!("ending" => "good") } else { tr!("ending" => "not good") };
    let at_once = if ending.at_once { tr!(", at once") } else { String::new() };
    let named = format!("{} ({good}{at_once})", ending.title);
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever is not always is a condition")]
    match &ending.when {
        Condition::Always => tr!("{}: when Always", named),
        when => tr!("{0}: when {1}", named, condition(scenario, when)),
    }
}

/// All of it for programs: in English, whatever is spoken.
pub(super) fn spoilers(scenario: &Scenario) -> Value {
    speaking(Language::English, || in_english(scenario))
}

fn in_english(scenario: &Scenario) -> Value {
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
