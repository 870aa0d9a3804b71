//! `graph`: a script as a picture.

use serde_json::json;

use super::list::pretty;
use super::simulate::simulated;
use crate::cli::args::Graph;
use crate::cli::drills::Data;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::spoilers::spoils;
use crate::cli::{prove, scripts};
use crate::debrief::{gauge_uses, gauges_text, graph, graph_mermaid, graph_svg};
use crate::solve::Plan;
use crate::term::Told;

pub(in crate::cli) fn run(args: &Graph, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if !args.unfinished {
        spoils(&scenario, out, data)?;
    }
    if args.gauges {
        let uses = gauge_uses(&scenario);
        if out.json {
            let all: Vec<_> = uses
                .iter()
                .map(|u| json!({ "gauge": u.gauge, "read_by": u.reads, "moved_by": u.moves }))
                .collect();
            return put(args, out, &pretty(&json!({ "format": "breachdrill/gauges/1", "gauges": all })));
        }
        return put(args, out, &gauges_text(&uses));
    }
    let told = args.simulate.map_or_else(Told::never, |_| prove::listen());
    let simulation = args.simulate.map(|drills| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut plan = Plan::everybody(drills, 1, threads);
        plan.untimed = scenario.clock.untimed;
        simulated(&scenario, &plan, &told, out).1
    });
    if told.to_end() {
        return Err(Failure::silent(Exit::Interrupted));
    }
    let laid = graph(&scenario, simulation.as_ref().map(|simulation| &simulation.hits));
    let mut text = String::new();
    let drawn = if args.mermaid { graph_mermaid(&laid, &mut text) } else { graph_svg(&laid, &mut text) };
    drawn.expect("checked: text takes text");
    put(args, out, &text)
}

fn put(args: &Graph, out: &Output, text: &str) -> Result<(), Failure> {
    let Some(file) = &args.output else { return out.result(text) };
    super::new::write(file, text, args.force)?;
    out.talk(&format!("Wrote {}", file.display()));
    Ok(())
}
