//! What simulated trainees show an author: one page, for the browser and the terminal.

use std::fmt;

use super::super::picture::{Bar, Reach, bars, scores};
use super::super::words::{self, points};
use super::html::{self, Pictures};
use super::page::{Block, ColumnKind, Page, Pair, Section, Table};
use super::terminal::{self, Screen};
use crate::scenario::{EndingId, InjectKind, Scenario};
use crate::score::Points;
use crate::solve::{Gate, PassMark, Plan, Played, Policy, SKILL_TO_PASS, Side, Simulation, Spread};
use ColumnKind::{Number, Text};

/// Rows of the picture of what is reached least.
const LEAST: usize = 20;

/// What was simulated, and what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Simulated<'s> {
    /// What was played.
    pub scenario: &'s Scenario,
    /// By whom.
    pub plan: &'s Plan,
    /// What came of it.
    pub simulation: &'s Simulation,
    /// What the best line known earns.
    pub best: Points,
    /// Whether no line earns more.
    pub proved: bool,
}

/// Writes the page for a browser.
///
/// # Errors
/// When the writer fails.
pub fn simulated_html(simulated: &Simulated<'_>, out: &mut impl fmt::Write) -> fmt::Result {
    html::set(["Simulation", "the simulation"], &page(simulated, true), pictures(simulated), out)
}

/// Writes what matters most for a terminal; the page for a browser and JSON have all of it.
///
/// # Errors
/// When the writer fails.
pub fn simulated_terminal(
    simulated: &Simulated<'_>,
    screen: Screen,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    terminal::set(&page(simulated, false), screen, out)
}

fn page(simulated: &Simulated<'_>, whole: bool) -> Page {
    let head = &simulated.scenario.head;
    let mut sections = vec![trainees(simulated), endings(simulated), least(simulated)];
    if whole {
        sections.extend([questions(simulated), things(simulated), conditions(simulated), method()]);
    }
    Page {
        title: head.title.clone(),
        language: head.language.clone(),
        exercise: vec!["EXERCISE".into(), simulated.scenario.organisation.name.clone(), "simulation".into()]
            .into_iter()
            .filter(|part: &String| !part.is_empty())
            .collect(),
        lede: lede(simulated),
        glance: glance(simulated),
        sections,
    }
}

fn lede(simulated: &Simulated<'_>) -> Vec<String> {
    let Simulated { scenario, plan, simulation, .. } = simulated;
    let played = format!(
        "{} played “{}”: {} each, from seed {} on.{}",
        words::count(plan.policies.len(), "kind of simulated trainee", "kinds of simulated trainee"),
        scenario.head.title,
        words::count(simulation.drills() as usize, "drill", "drills"),
        plan.seed,
        if simulation.drills() < plan.drills {
            format!(" Partial, cut by you: {} each were asked for.", plan.drills)
        } else {
            String::new()
        }
    );
    let guessers = || simulation.played.iter().filter(|p| Policy::GUESSERS.contains(&p.policy));
    let most = guessers().rev().max_by_key(|p| p.of_best.mean);
    let guess = most.map_or("Nobody guessed.".into(), |p| {
        format!(
            "Of those who guess, {} came furthest: {} of the best line on the mean.",
            p.policy,
            tenths(p.of_best.mean)
        )
    });
    vec![played, guess, mark(simulated)]
}

fn mark(simulated: &Simulated<'_>) -> String {
    let pass = simulated.scenario.pass;
    match simulated.simulation.mark {
        PassMark::Suggested(mark) if mark == pass => {
            format!("The script's pass mark of {pass} % is the one that simulation suggests.")
        }
        PassMark::Suggested(mark) => {
            format!("Simulation suggests a pass mark of {mark} %; the script's own is {pass} %.")
        }
        PassMark::None { missed_at_random, expert, skilled } => format!(
            "No pass mark tells knowing from guessing: who answers at random misses only {missed_at_random} %, which \
             the expert ({expert} %) or who knows {SKILL_TO_PASS} % of what is asked ({skilled} %) does not reach either."
        ),
        PassMark::Unknown => {
            format!(
                "A pass mark needs random, expert and skill={SKILL_TO_PASS} to play; the script's own is {pass} %."
            )
        }
    }
}

fn glance(simulated: &Simulated<'_>) -> Vec<Pair> {
    let proved = if simulated.proved { "proved: no line earns more" } else { "found, not proved" };
    vec![
        Pair::new("Drills", simulated.simulation.hits.drills.to_string(), ""),
        Pair::new("Best line", format!("{} points", points(simulated.best.0)), proved),
        Pair::new(
            "Pass mark",
            format!("{} %", simulated.scenario.pass),
            "of the points possible on the line played",
        ),
    ]
}

fn trainees(simulated: &Simulated<'_>) -> Section {
    let columns = [
        ("trainee", Text),
        ("mean", Number),
        ("5th", Number),
        ("median", Number),
        ("95th", Number),
        ("of best line", Number),
        ("passed", Number),
    ];
    let mut table = Table::new("Percent of the points possible, over all drills", &columns);
    for played in &simulated.simulation.played {
        let Spread { mean, .. } = played.scores;
        table.rows.push(vec![
            played.policy.to_string(),
            tenths(mean),
            format!("{} %", played.scores.low()),
            format!("{} %", played.scores.middle()),
            format!("{} %", played.scores.high()),
            tenths(played.of_best.mean),
            share(played.passed, played.scores.count),
        ]);
    }
    let blocks = vec![Block::Picture { picture: "scores", finding: scores_finding(simulated), table }];
    Section { id: "trainees", title: "Who earns what".into(), blocks }
}

fn scores_finding(simulated: &Simulated<'_>) -> String {
    let passes = |played: &&Played| {
        Policy::GUESSERS.contains(&played.policy)
            && u64::from(played.passed) * 20 >= u64::from(played.scores.count)
    };
    let passing: Vec<String> =
        simulated.simulation.played.iter().filter(passes).map(|p| p.policy.to_string()).collect();
    match &passing[..] {
        [] => "Nobody who guesses passes more often than one time in twenty".into(),
        some => format!("Without knowing anything, one time in twenty or more passes: {}", some.join(", ")),
    }
}

fn endings(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let mut table =
        Table::new("Endings, in drills", &[("ending", Text), ("drills", Number), ("most often by", Text)]);
    for (row, ending) in simulated.scenario.endings.iter().enumerate() {
        let most = simulated.simulation.played.iter().rev().max_by_key(|p| p.endings[row]);
        let most = most.filter(|p| p.endings[row] > 0).map(|p| p.policy.to_string()).unwrap_or_default();
        table.rows.push(vec![ending.title.clone(), share(hits.endings[row], hits.drills), most]);
    }
    let never = hits.endings.iter().filter(|hits| **hits == 0).count();
    let finding = match never {
        0 => "Every ending was reached".to_owned(),
        1 => "One ending was never reached".into(),
        more => format!("{more} endings were never reached"),
    };
    let blocks = vec![Block::Picture { picture: "endings", finding, table }];
    Section { id: "endings", title: "How it ended".into(), blocks }
}

/// Everything that can be reached, with in how many drills it was.
fn reached(simulated: &Simulated<'_>) -> Vec<(&'static str, String, u32)> {
    let (scenario, hits) = (simulated.scenario, &simulated.simulation.hits);
    let mut all = Vec::new();
    for (inject, hits) in scenario.injects.iter().zip(&hits.injects) {
        let kind = if matches!(inject.kind, InjectKind::Checkpoint(_)) { "checkpoint" } else { "inject" };
        all.push((kind, inject.name.to_string(), *hits));
    }
    let questions = scenario.questions.iter().zip(&hits.questions).zip(&hits.choices);
    for ((question, answered), choices) in questions {
        all.push(("question", question.name.to_string(), answered.opened));
        for (choice, hits) in question.choices.iter().zip(choices) {
            all.push(("choice", format!("{}/{}", question.name, choice.name), *hits));
        }
    }
    let mut named = |kind, names: &mut dyn Iterator<Item = String>, hits: &[u32]| {
        all.extend(names.zip(hits).map(|(name, hits)| (kind, name, *hits)));
    };
    named("action", &mut scenario.actions.iter().map(|a| a.name.to_string()), &hits.actions);
    named("evidence", &mut scenario.evidence.iter().map(|e| e.name.to_string()), &hits.evidence);
    named("spread", &mut scenario.spreads.iter().map(|s| s.name.to_string()), &hits.spreads);
    named("duty", &mut scenario.duties.iter().map(|d| d.name.to_string()), &hits.duties);
    named("ending", &mut scenario.endings.iter().map(|e| e.name.to_string()), &hits.endings);
    all
}

fn least_reached(simulated: &Simulated<'_>) -> Vec<(&'static str, String, u32)> {
    let mut all = reached(simulated);
    all.sort_by_key(|(_, _, hits)| *hits);
    all.truncate(LEAST);
    all
}

fn least(simulated: &Simulated<'_>) -> Section {
    let drills = simulated.simulation.hits.drills;
    let mut table =
        Table::new("What was reached least", &[("what", Text), ("name", Text), ("in drills", Number)]);
    for (kind, name, hits) in least_reached(simulated) {
        table.rows.push(vec![kind.into(), name, share(hits, drills)]);
    }
    let never = reached(simulated).iter().filter(|(_, _, hits)| *hits == 0).count();
    let finding = match never {
        0 => "Everything in the script was reached by somebody".to_owned(),
        1 => "One thing in the script was reached by nobody".into(),
        more => format!("{more} things in the script were reached by nobody"),
    };
    let blocks = vec![Block::Picture { picture: "least", finding, table }];
    Section { id: "least", title: "What is hardly ever seen".into(), blocks }
}

fn questions(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let mut blocks = Vec::new();
    let questions = simulated.scenario.questions.iter().zip(&hits.questions).zip(&hits.choices);
    for ((question, answered), choices) in questions {
        blocks.push(Block::heading(question.name.to_string()));
        blocks.push(Block::note(format!(
            "Opened in {}, answered in {}, lapsed in {}.",
            share(answered.opened, hits.drills),
            share(answered.answered, hits.drills),
            share(answered.lapsed, hits.drills)
        )));
        if !question.choices.is_empty() {
            let caption = format!("Choices of {}, by drills in which it was answered", question.name);
            let mut table = Table::new(caption, &[("choice", Text), ("chosen", Number)]);
            for (choice, hits) in question.choices.iter().zip(choices) {
                table.rows.push(vec![choice.name.to_string(), share(*hits, answered.answered)]);
            }
            blocks.push(Block::Table(table));
        }
    }
    Section { id: "questions", title: "Questions and choices".into(), blocks }
}

fn things(simulated: &Simulated<'_>) -> Section {
    let drills = simulated.simulation.hits.drills;
    let mut table = Table::new("In drills", &[("what", Text), ("name", Text), ("reached", Number)]);
    for (kind, name, hits) in reached(simulated) {
        if !matches!(kind, "question" | "choice" | "ending") {
            table.rows.push(vec![kind.into(), name, share(hits, drills)]);
        }
    }
    let blocks = vec![Block::Table(table)];
    Section { id: "things", title: "Injects, actions, evidence".into(), blocks }
}

fn conditions(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let columns = [("condition", Text), ("held", Number), ("did not", Number)];
    let mut table = Table::new("Both sides of each condition, in drills", &columns);
    for (gate, Side { held, failed }) in &hits.gates {
        let name = gate_name(simulated.scenario, *gate);
        table.rows.push(vec![name, share(*held, hits.drills), share(*failed, hits.drills)]);
    }
    let blocks = vec![
        Block::note(
            "Counted when a drill looked at it: an inject when it was due, a choice when its question opened, an \
             ending at ENDEX. A drill may count on both sides, or on neither.",
        ),
        Block::Table(table),
    ];
    Section { id: "conditions", title: "Conditions".into(), blocks }
}

/// Where a condition stands, by names of the script.
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

fn method() -> Section {
    let says = [
        "Everybody answers the moment a question opens, which is the most that time can give.",
        "The expert follows the best line, and where the dice have left it gives the best answer on offer. The best \
         line of a seed is what the expert earns with it.",
        "Who has a skill knows each question with that probability; who does not know guesses at random.",
        "The drastic and the reporting go by lists of English words; they see texts, not effects.",
        "The suggested pass mark is the lowest multiple of five that 95 in a hundred of those at random miss. It \
         stands only if the expert reaches it in 95 of a hundred drills and who knows 80 % in half of them.",
    ];
    let blocks = vec![Block::list(says.map(String::from).to_vec())];
    Section { id: "method", title: "How this was simulated".into(), blocks }
}

fn pictures(simulated: &Simulated<'_>) -> Pictures {
    let (scenario, hits) = (simulated.scenario, &simulated.simulation.hits);
    let thousandths =
        |part: u32| i32::try_from(u64::from(part) * 1000 / u64::from(hits.drills.max(1))).unwrap_or(1000);
    let reach = |played: &Played| {
        let ranks = &played.scores.ranks;
        Reach {
            label: played.policy.to_string(),
            ranks: [ranks[1], ranks[2], ranks[3], ranks[4], ranks[5]].map(i32::from),
            knows: !Policy::GUESSERS.contains(&played.policy),
        }
    };
    let rows: Vec<Reach> = simulated.simulation.played.iter().map(reach).collect();
    let ending = |row: usize| {
        let (id, times) = (EndingId::of(row), hits.endings[row]);
        let ending = &scenario.endings[id.at()];
        let label = ending.title.clone();
        Bar { label, says: share(times, hits.drills), share: thousandths(times), good: ending.good }
    };
    let endings: Vec<Bar> = (0..scenario.endings.len()).map(ending).collect();
    let least = least_reached(simulated).into_iter().map(|(kind, name, times)| Bar {
        label: format!("{kind} {name}"),
        says: share(times, hits.drills),
        share: thousandths(times),
        good: false,
    });
    let least: Vec<Bar> = least.collect();
    let describes =
        "One bar for each, as long as the share of drills in which it came. The table beneath says the same.";
    let finding = "How often each ending came";
    let seldom = "What was reached least";
    [
        ("scores", scores(&rows, i32::from(scenario.pass), &scores_finding(simulated))),
        ("endings", bars("endings", &endings, finding, describes)),
        ("least", bars("least", &least, seldom, describes)),
    ]
    .into()
}

/// Hundredths of a percent as people read them, to a tenth.
fn tenths(hundredths: u32) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A share, to a tenth of a percent; what happened at all is never nought.
fn share(part: u32, whole: u32) -> String {
    match (part, whole) {
        (_, 0) => "–".into(),
        (0, _) => "never".into(),
        (part, whole) if part == whole => "always".into(),
        (part, whole) => {
            let tenths = u64::from(part) * 1000 / u64::from(whole);
            if tenths == 0 { "below 0.1 %".into() } else { format!("{}.{} %", tenths / 10, tenths % 10) }
        }
    }
}
