//! Who reads each gauge, and who moves it.

use tr::tr;

use super::Thing;
use super::links::conditions;
use super::says::leaves;
use crate::scenario::{Condition, Effect, GaugeId, Scenario};
use std::fmt::Write;

/// One gauge and all that has to do with it, by names of the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaugeUse {
    /// Its name.
    pub gauge: String,
    /// Where it is read, such as `ending open-door (≥ 1)`.
    pub reads: Vec<String>,
    /// Where it is moved, such as `question prompt/approve (+1)`.
    pub moves: Vec<String>,
}

/// Every gauge of a scenario, in its order.
#[must_use]
pub fn gauge_uses(scenario: &Scenario) -> Vec<GaugeUse> {
    let mut uses: Vec<GaugeUse> = scenario
        .gauges
        .iter()
        .map(|gauge| GaugeUse { gauge: gauge.name.to_string(), reads: Vec::new(), moves: Vec::new() })
        .collect();
    for (of, condition, _, _) in conditions(scenario) {
        read(&mut uses, &thing_name(scenario, of), condition);
    }
    for truth in &scenario.truth {
        read(&mut uses, &format!("truth {}", truth.name), &truth.when);
    }
    for inject in &scenario.injects {
        moved(&mut uses, &format!("inject {}", inject.name), &inject.then);
    }
    for question in &scenario.questions {
        for choice in &question.choices {
            moved(&mut uses, &format!("question {}/{}", question.name, choice.name), &choice.then);
        }
        moved(&mut uses, &format!("question {}, answered", question.name), &question.then);
        moved(&mut uses, &format!("question {}, lapsed", question.name), &question.lapse_then);
    }
    for action in &scenario.actions {
        moved(&mut uses, &format!("action {}", action.name), &action.then);
    }
    for spread in &scenario.spreads {
        moved(&mut uses, &format!("spread {}", spread.name), &spread.then);
    }
    uses
}

#[expect(clippy::wildcard_enum_match_arm, reason = "no other condition reads a gauge")]
fn read(uses: &mut [GaugeUse], by: &str, condition: &Condition) {
    leaves(condition, true, &mut |leaf, _| {
        let (gauge, how) = match leaf {
            Condition::AtLeast(gauge, amount) => (gauge, format!("≥ {amount}")),
            Condition::AtMost(gauge, amount) => (gauge, format!("≤ {amount}")),
            _ => return,
        };
        note(&mut uses[gauge.at()].reads, format!("{by} ({how})"));
    });
}

#[expect(clippy::wildcard_enum_match_arm, reason = "no other effect moves a gauge")]
fn moved(uses: &mut [GaugeUse], by: &str, effects: &[Effect]) {
    let mut put = |gauge: GaugeId, how: String| note(&mut uses[gauge.at()].moves, format!("{by} ({how})"));
    for effect in effects {
        match effect {
            Effect::Set(gauge, amount) => put(*gauge, format!("= {amount}")),
            Effect::Add(gauge, amount) => put(*gauge, format!("{amount:+}")),
            _ => {}
        }
    }
}

fn note(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

fn thing_name(scenario: &Scenario, of: Thing) -> String {
    match of {
        Thing::Inject(id) => format!("inject {}", scenario.inject(id).name),
        Thing::Question(id) => format!("question {}", scenario.question(id).name),
        Thing::Action(id) => format!("action {}", scenario.action(id).name),
        Thing::Spread(id) => format!("spread {}", scenario.spread(id).name),
        Thing::Duty(id) => format!("duty {}", scenario.duty(id).name),
        Thing::Ending(id) => format!("ending {}", scenario.endings[id.at()].name),
    }
}

/// The uses as a table in Markdown, a row for each reader and mover.
#[must_use]
pub fn gauges_text(uses: &[GaugeUse]) -> String {
    let mut text = format!("{}\n| --- | --- | --- |\n", tr!("| gauge | | where |"));
    let (read_by, moved_by, nothing) = (tr!("read by"), tr!("moved by"), tr!("nothing"));
    for gauge in uses {
        let reads = gauge.reads.iter().map(|by| (&read_by, by));
        let moves = gauge.moves.iter().map(|by| (&moved_by, by));
        for (how, by) in moves.chain(reads) {
            let _ = writeln!(text, "| {} | {how} | {by} |", gauge.gauge);
        }
        if gauge.reads.is_empty() {
            let _ = writeln!(text, "| {} | {read_by} | {nothing} |", gauge.gauge);
        }
        if gauge.moves.is_empty() {
            let _ = writeln!(text, "| {} | {moved_by} | {nothing} |", gauge.gauge);
        }
    }
    text
}
