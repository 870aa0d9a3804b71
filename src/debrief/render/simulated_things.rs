//! The things of a script that a simulation counts, by the names that the script has for them.

use super::simulated::Simulated;
use crate::scenario::{InjectKind, Scenario};
use crate::solve::Gate;
use crate::speech::noted;

/// Everything that can be reached, with in how many drills it was.
pub(super) fn reached(simulated: &Simulated<'_>) -> Vec<(&'static str, String, u32)> {
    let (scenario, hits) = (simulated.scenario, &simulated.simulation.hits);
    let mut all = Vec::new();
    for (inject, hits) in scenario.injects.iter().zip(&hits.injects) {
        let kind = if matches!(inject.kind, InjectKind::Checkpoint(_)) {
            noted!("checkpoint")
        } else {
            noted!("inject")
        };
        all.push((kind, inject.name.to_string(), *hits));
    }
    let questions = scenario.questions.iter().zip(&hits.questions).zip(&hits.choices);
    for ((question, answered), choices) in questions {
        all.push((noted!("question"), question.name.to_string(), answered.opened));
        for (choice, hits) in question.choices.iter().zip(choices) {
            all.push((noted!("choice"), format!("{}/{}", question.name, choice.name), *hits));
        }
    }
    let mut named = |kind, names: &mut dyn Iterator<Item = String>, hits: &[u32]| {
        all.extend(names.zip(hits).map(|(name, hits)| (kind, name, *hits)));
    };
    named(noted!("action"), &mut scenario.actions.iter().map(|a| a.name.to_string()), &hits.actions);
    named(noted!("evidence"), &mut scenario.evidence.iter().map(|e| e.name.to_string()), &hits.evidence);
    named(noted!("spread"), &mut scenario.spreads.iter().map(|s| s.name.to_string()), &hits.spreads);
    named(noted!("duty"), &mut scenario.duties.iter().map(|d| d.name.to_string()), &hits.duties);
    named(noted!("ending"), &mut scenario.endings.iter().map(|e| e.name.to_string()), &hits.endings);
    all
}

/// Where a condition stands, by names of the script and its fields: for programs, too.
pub(super) fn gate_name(scenario: &Scenario, gate: Gate) -> String {
    match gate {
        Gate::Inject(id) => format!("inject {}: when", scenario.inject(id).name),
        Gate::Checkpoint(id) => format!("checkpoint {}: met", scenario.inject(id).name),
        Gate::Choice(question, choice) => {
            let question = scenario.question(question);
            format!("choice {}/{}: when", question.name, question.choice(choice).name)
        }
        Gate::Action(id) => format!("action {}: done", scenario.action(id).name),
        Gate::Truth(id) => format!("truth {}: when", scenario.truth[id.at()].name),
        Gate::Goes(id) => format!("spread {}: while", scenario.spread(id).name),
        Gate::Stops(id) => format!("spread {}: unless", scenario.spread(id).name),
        Gate::Ending(id) => format!("ending {}: when", scenario.endings[id.at()].name),
    }
}
