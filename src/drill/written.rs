//! Inputs written down as an answers file: the inverse of reading one.

use std::fmt::Write;

use crate::engine::{Answer, Input, Pair, Submission};
use crate::scenario::{
    Ask, Axis, Category, ChoiceId, FACTORS, Factor, Factors, Question, QuestionId, Scenario, SimTime,
};

/// An answers file that gives these inputs at these moments. STARTEX and the clock's own
/// inputs are left out: whoever plays the file brings them. So are a trainer's: a file
/// answers for trainees.
#[must_use]
pub fn written<'i>(scenario: &Scenario, steps: impl IntoIterator<Item = (SimTime, &'i Input)>) -> String {
    let mut text = String::from("Answers(\n    steps: [\n");
    for (at, input) in steps {
        if let Some((question, does)) = step(scenario, input) {
            let _ = writeln!(text, "        (at: \"{at}\"{question}, {does}),");
        }
    }
    text.push_str("    ],\n)\n");
    text
}

/// The question that a step answers, and what it does.
fn step(scenario: &Scenario, input: &Input) -> Option<(String, String)> {
    let does = |does: String| Some((String::new(), format!("does: {does}")));
    let question = |id: &QuestionId| scenario.question(*id).name.as_str();
    match input {
        Input::Tick
        | Input::Start(_)
        | Input::Fire(_)
        | Input::Hold(_)
        | Input::Release(_)
        | Input::Skip(_)
        | Input::Extend(..) => None,
        Input::Answer(submission) => Some((
            format!(", question: \"{}\"", question(&submission.question)),
            answer(scenario, submission),
        )),
        Input::Do(id) => does(format!("Do(\"{}\")", scenario.action(*id).name)),
        Input::Examine(id) => does(format!("Examine(\"{}\")", scenario.artefact(*id).name)),
        Input::Hint(id) => does(format!("Hint(\"{}\")", question(id))),
        Input::MoreTime(id) => does(format!("MoreTime(\"{}\")", question(id))),
        Input::Note(text) => does(format!("Note({text:?})")),
        Input::Pause(_) => does("Pause".into()),
        Input::Resume => does("Resume".into()),
        Input::End => does("End".into()),
    }
}

fn answer(scenario: &Scenario, submission: &Submission) -> String {
    let mut text = format!("does: {}", says(scenario, submission.question, &submission.answer));
    if let Some(sure) = submission.confidence {
        let _ = write!(text, ", sure: {sure}");
    }
    if let Some(reason) = &submission.reason {
        let _ = write!(text, ", because: {reason:?}");
    }
    text
}

fn says(scenario: &Scenario, id: QuestionId, answer: &Answer) -> String {
    let question = scenario.question(id);
    let name = |choice: ChoiceId| format!("\"{}\"", question.choice(choice).name);
    let list = |choices: Vec<ChoiceId>| choices.into_iter().map(name).collect::<Vec<_>>().join(", ");
    match answer {
        Answer::One(choice) => format!("Choose({})", name(*choice)),
        Answer::Several(set) => format!("ChooseSeveral([{}])", list(set.iter().collect())),
        Answer::Order(order) if matches!(question.ask, Ask::Record { .. }) => {
            format!("Record([{}])", list(order.clone()))
        }
        Answer::Order(order) => format!("Order([{}])", list(order.clone())),
        Answer::Pairs(pairs) => pairs_of(question, pairs),
        Answer::Number(number) => format!("Estimate({number})"),
        Answer::Text(text) => format!("Reflect({text:?})"),
        Answer::Category(category) => format!("Categorize({})", fields(scenario, category)),
    }
}

fn pairs_of(question: &Question, pairs: &[Pair]) -> String {
    let name = |pair: &Pair| question.choice(pair.row).name.as_str();
    let with = |pair: &Pair| question.ask.partners()[pair.with.at()].name.as_str();
    let by = |pair: &Pair| pair.by.map_or_else(String::new, |by| format!(", by: \"{by}\""));
    if matches!(question.ask, Ask::Notify(_)) {
        let row = |pair: &Pair| format!("\"{}\": (via: \"{}\"{})", name(pair), with(pair), by(pair));
        return format!("Notify({{{}}})", pairs.iter().map(row).collect::<Vec<_>>().join(", "));
    }
    let row = |pair: &Pair| format!("\"{}\": \"{}\"", name(pair), with(pair));
    format!("Assign({{{}}})", pairs.iter().map(row).collect::<Vec<_>>().join(", "))
}

fn factors_of(factors: Factors) -> String {
    let option = |(factor, row): (&Factor, u8)| {
        let option = factor.options.get(usize::from(row)).map_or("", |(name, ..)| name);
        format!("\"{}\": \"{option}\"", factor.name)
    };
    let options: Vec<_> = FACTORS.iter().zip(factors.0).map(option).collect();
    format!("factors: {{{}}}", options.join(", "))
}

fn fields(scenario: &Scenario, category: &Category) -> String {
    let mut fields = Vec::new();
    if category.too_early {
        fields.push("too_early: true".to_owned());
    }
    if let Some(class) = category.class {
        let class = &scenario.taxonomy.classes[class.at()];
        fields.push(format!("class: {:?}", class.name));
        fields.extend(category.kind.map(|kind| format!("kind: {:?}", class.types[kind.at()].name)));
    }
    // What severity is worked out from says it already.
    let severity = category.severity.filter(|_| category.factors.is_none());
    fields.extend(severity.map(|level| format!("severity: {:?}", scenario.severities[level.at()])));
    fields.extend(category.factors.map(factors_of));
    for axis in Axis::ALL {
        let level = category.impact[axis as usize];
        fields.extend(level.map(|level| format!("{}: {:?}", axis.name(), axis.levels()[level.at()])));
    }
    fields.join(", ")
}
