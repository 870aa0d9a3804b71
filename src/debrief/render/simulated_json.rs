//! A simulation for programs: `breachdrill/simulate/1`, described in `docs/simulate-json.md`.
//!
//! Whole numbers and names of the script. Within version 1 fields are only added.

use std::fmt;

use serde_json::{Map, Value, json};

use super::simulated::Simulated;
use super::simulated_things::gate_name;
use crate::solve::{PassMark, Played, Spread};

/// Writes the simulation as JSON.
///
/// # Errors
/// When the writer fails.
pub fn simulated_json(simulated: &Simulated<'_>, out: &mut impl fmt::Write) -> fmt::Result {
    let Simulated { scenario, plan, simulation, best, proved } = simulated;
    let document = json!({
        "format": "breachdrill/simulate/1",
        "title": scenario.head.title,
        "seed": plan.seed,
        "drills_each": simulation.drills(),
        "drills_asked": plan.drills,
        "untimed": plan.untimed,
        "best_line": { "earned": best.0, "proved": proved },
        "pass": scenario.pass,
        "pass_suggested": if let PassMark::Suggested(mark) = simulation.mark { Some(mark) } else { None },
        "trainees": simulation.played.iter().map(|p| trainee(simulated, p)).collect::<Vec<_>>(),
        "hits": hits(simulated),
    });
    let text = serde_json::to_string_pretty(&document).map_err(|_| fmt::Error)?;
    out.write_str(&text)?;
    out.write_char('\n')
}

fn trainee(simulated: &Simulated<'_>, played: &Played) -> Value {
    let endings = simulated.scenario.endings.iter().zip(&played.endings);
    json!({
        "policy": played.policy.to_string(),
        "score": spread(&played.scores),
        "of_best_line": spread(&played.of_best),
        "passed": played.passed,
        "endings": endings.map(|(e, hits)| (e.name.to_string(), json!(hits))).collect::<Map<_, _>>(),
    })
}

fn spread(spread: &Spread) -> Value {
    let [least, p5, p25, p50, p75, p95, most] = spread.ranks;
    json!({
        "mean_hundredths": spread.mean,
        "least": least, "p5": p5, "p25": p25, "p50": p50, "p75": p75, "p95": p95, "most": most,
        "bins": spread.bins,
    })
}

fn hits(simulated: &Simulated<'_>) -> Value {
    let (scenario, hits) = (simulated.scenario, &simulated.simulation.hits);
    fn named<'n>(names: impl Iterator<Item = &'n crate::scenario::Name>, hits: &[u32]) -> Value {
        Value::Object(names.zip(hits).map(|(name, hits)| (name.to_string(), json!(hits))).collect())
    }
    let questions = scenario.questions.iter().zip(&hits.questions).zip(&hits.choices);
    let questions = questions.map(|((question, answered), choices)| {
        let asked = json!({
            "opened": answered.opened,
            "answered": answered.answered,
            "lapsed": answered.lapsed,
            "choices": named(question.choices.iter().map(|c| &c.name), choices),
        });
        (question.name.to_string(), asked)
    });
    let gates = hits.gates.iter().map(|(gate, side)| {
        json!({ "condition": gate_name(scenario, *gate), "held": side.held, "failed": side.failed })
    });
    json!({
        "drills": hits.drills,
        "injects": named(scenario.injects.iter().map(|i| &i.name), &hits.injects),
        "questions": questions.collect::<Map<_, _>>(),
        "actions": named(scenario.actions.iter().map(|a| &a.name), &hits.actions),
        "evidence": named(scenario.evidence.iter().map(|e| &e.name), &hits.evidence),
        "spreads": named(scenario.spreads.iter().map(|s| &s.name), &hits.spreads),
        "duties": named(scenario.duties.iter().map(|d| &d.name), &hits.duties),
        "endings": named(scenario.endings.iter().map(|e| &e.name), &hits.endings),
        "conditions": gates.collect::<Vec<_>>(),
    })
}
