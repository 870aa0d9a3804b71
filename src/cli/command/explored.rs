//! What exploration found, for programs: the form that `docs/explore-json.md` describes.

use serde_json::{Value, json};

use super::explore::{ending_of, named, noticed};
use super::worth;
use crate::cli::prove::Proved;
use crate::drill::written;
use crate::scenario::{QuestionId, Scenario};
use crate::score::score;
use crate::solve::{Goal, Line, Proof, Rated};

/// One line by itself, as `--line` writes it.
pub(super) fn line_to_json(name: &str, line: &Line, answers: &str) -> Value {
    json!({
        "format": "breachdrill/line/1",
        "line": name,
        "seed": line.settings.seed.0,
        "answers": answers,
    })
}

/// One question by itself, as `--question` asks for it.
pub(super) fn question_to_json(scenario: &Scenario, proved: &Proved, id: QuestionId) -> Value {
    json!({
        "format": "breachdrill/question/1",
        "complete": proved.proof.complete(),
        "reached": proved.proof.reach.has(Goal::Question(id)),
        "question": of_question(scenario, &proved.proof, id),
    })
}

/// What the answers to a question are worth.
fn of_question(scenario: &Scenario, proof: &Proof, id: QuestionId) -> Value {
    let question = scenario.question(id);
    let choices = question.choices.iter().enumerate().map(|(choice, own)| {
        let short = proof.reach.regret[id.at()][choice].map(|points| points.0);
        json!({ "name": own.name.as_str(), "credit": own.credit, "short_millionths": short })
    });
    let parts = worth::parts(scenario, question).into_iter();
    let worth = parts.map(|p| json!({ "what": p.what, "points_millionths": p.points.0, "when": p.when }));
    json!({
        "name": question.name.as_str(),
        "kind": worth::kind(question),
        "choices": choices.collect::<Vec<_>>(),
        "worth": worth.collect::<Vec<_>>(),
    })
}

/// The whole of it.
pub(super) fn to_json(scenario: &Scenario, proved: &Proved) -> Value {
    let proof = &proved.proof;
    let line = |rated: &Rated| {
        let (facts, _) = rated.line.play(scenario);
        let ending = facts.iter().rev().find_map(ending_of);
        json!({
            "earned_millionths": rated.earned.0,
            "bound_millionths": rated.bound.0,
            "possible_millionths": score(scenario, &facts).decisions.possible.0,
            "proved": rated.proved(),
            "ending": ending.map(|id| scenario.endings[id.at()].name.as_str()),
            "answers": written(scenario, rated.line.steps.iter().map(|step| (step.at, &step.input))),
        })
    };
    let stages = proof.stages.iter().map(|stage| {
        json!({
            "stage": stage.stage.label(),
            "earned_millionths": stage.earned.0,
            "possible_millionths": stage.possible.0,
            "proved": stage.proved,
        })
    });
    let endings = scenario.endings.iter().enumerate().map(|(row, ending)| {
        json!({ "name": ending.name.as_str(), "good": ending.good, "reached": proof.reach.endings[row].is_some() })
    });
    let unreached =
        proof.unreached.iter().map(|u| json!({ "what": named(scenario, u.goal), "proved": u.proved }));
    let questions =
        (0..scenario.questions.len()).map(|row| of_question(scenario, proof, QuestionId::of(row)));
    let noticed =
        noticed(scenario, proof).into_iter().map(|(word, says)| json!({ "what": word, "says": says }));
    json!({
        "format": "breachdrill/explore/1",
        "complete": proof.complete(),
        "cut": proof.cut.map(|(cut, at)| json!({ "by": cut.name(), "at": at.0 })),
        "states": proof.progress.states,
        "transitions": proof.progress.transitions,
        "variations": proof.variations.iter().map(|settings| settings.seed.0).collect::<Vec<_>>(),
        "best": line(&proof.points.best),
        "worst": line(&proof.points.worst),
        "stages": stages.collect::<Vec<_>>(),
        "endings": endings.collect::<Vec<_>>(),
        "unreached": unreached.collect::<Vec<_>>(),
        "noticed": noticed.collect::<Vec<_>>(),
        "questions": questions.collect::<Vec<_>>(),
    })
}
