//! `simulate`: what a script is worth to those who know and to those who guess.

use std::path::Path;

use crate::cli::args::Simulate;
use crate::cli::drills::Data;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::spoilers::spoils;
use crate::cli::{prove, scripts};
use crate::debrief::{Simulated, simulated_html, simulated_json, simulated_terminal};
use crate::engine::{Seed, Settings};
use crate::limits::{EXPLORED_MORE_MAX, EXPLORED_MOVES_MAX, SIMULATED_DRILLS_MAX};
use crate::scenario::{Scenario, SeatSet};
use crate::solve::{self, Bounds, Exploration, Goal, Guide, Plan, Simulation};
use crate::term::{Progress, Told};

pub(in crate::cli) fn run(args: &Simulate, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if !args.unfinished {
        spoils(&scenario, out, data)?;
    }
    if let Some(file) = args.output.as_deref().filter(|file| !args.force && file.exists()) {
        return Err(super::new::exists(file));
    }
    let plan = planned(args, scenario.clock.untimed)?;
    let told = prove::listen();
    let (explored, simulation) = simulated(&scenario, &plan, &told, out);
    if simulation.drills() == 0 {
        return Err(Failure {
            exit: Exit::Interrupted,
            ..Failure::new("stopped before the first drill was played")
        });
    }
    let simulated = Simulated {
        scenario: &scenario,
        plan: &plan,
        simulation: &simulation,
        best: explored.best.earned,
        proved: explored.best.proved(),
    };
    tell(args, &simulated, out)?;
    if simulation.drills() < plan.drills { Err(Failure::silent(Exit::Interrupted)) } else { Ok(()) }
}

fn planned(args: &Simulate, untimed: bool) -> Result<Plan, Failure> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut plan = Plan::everybody(args.trainees, args.seed, threads);
    plan.untimed = args.untimed || untimed;
    if !args.policy.is_empty() {
        plan.policies.clone_from(&args.policy);
    }
    let drills = u64::from(plan.drills) * plan.policies.len() as u64;
    if drills > SIMULATED_DRILLS_MAX {
        return Err(Failure::usage(format!("{drills} drills are more than {SIMULATED_DRILLS_MAX}"))
            .hint("fewer --trainees, or fewer kinds of them with --policy"));
    }
    Ok(plan)
}

fn tell(args: &Simulate, simulated: &Simulated<'_>, out: &Output) -> Result<(), Failure> {
    let mut text = String::new();
    if let Some(file) = &args.output {
        let format = if out.json { Format::Json } else { by_ending(file) };
        format.write(simulated, &out.for_a_file(), &mut text);
        super::new::write(file, &text, args.force)?;
        out.talk(&format!("Wrote {}", file.display()));
        return Ok(());
    }
    let format = if out.json { Format::Json } else { Format::Terminal };
    format.write(simulated, out, &mut text);
    out.result(&text)?;
    out.next(&format!("breachdrill simulate {} --output simulation.html", args.script));
    Ok(())
}

/// The best line of the plan's first seed, and what came of the plan until it was `told` to end.
pub(super) fn simulated(
    scenario: &Scenario,
    plan: &Plan,
    told: &Told,
    out: &Output,
) -> (Exploration, Simulation) {
    let settings =
        Settings { seed: Seed(plan.seed), untimed: plan.untimed, factor: 100, seats: SeatSet::ALL };
    // By moves and not by time, so that the result is the same on every machine.
    let shown = !out.quiet && !out.json && !out.plain;
    let bar = Progress::new("moves explored", EXPLORED_MOVES_MAX, shown);
    let mut keep_on = |progress: solve::Progress| {
        bar.reach(progress.transitions);
        progress.transitions < EXPLORED_MOVES_MAX && !told.to_end()
    };
    let explored = solve::explore(scenario, settings, Goal::Points, Bounds::default(), &mut keep_on);
    let guide =
        Guide::of_plan(scenario, &explored.best.line, plan, EXPLORED_MORE_MAX, &mut |_| !told.to_end());
    drop(bar);
    let drills = u64::from(plan.drills) * plan.policies.len() as u64;
    let bar = Progress::new("drills", drills, shown);
    let simulation = solve::simulate(scenario, &guide, plan, &|done| {
        bar.reach(done);
        !told.to_end()
    });
    drop(bar);
    (explored, simulation)
}

enum Format {
    Terminal,
    Html,
    Json,
}

impl Format {
    fn write(&self, simulated: &Simulated<'_>, out: &Output, text: &mut String) {
        match self {
            Self::Terminal => simulated_terminal(simulated, out.screen(), text),
            Self::Html => simulated_html(simulated, text),
            Self::Json => simulated_json(simulated, text),
        }
        .expect("checked: text takes text");
    }
}

fn by_ending(file: &Path) -> Format {
    match file.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm") => Format::Html,
        Some("json") => Format::Json,
        _ => Format::Terminal,
    }
}
