//! What simulated trainees show an author: one page, for the browser and the terminal.

use std::fmt;

use tr::tr;

use super::super::picture::{Bar, Reach, bars, scores};
use super::super::words::sum_of;
use super::html::{self, Pictures};
use super::page::{Block, ColumnKind, Page, Pair, Section, Table};
use super::simulated_things::{gate_name, reached};
use super::terminal::{self, Screen};
use crate::scenario::{EndingId, Scenario};
use crate::score::Points;
use crate::solve::{PassMark, Plan, Played, Policy, SKILL_TO_PASS, Side, Simulation, Spread};
use crate::speech::{label, language};
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
    let kind = [tr!("Simulation"), tr!("Skip to the simulation")];
    html::set(kind, &page(simulated, true), pictures(simulated), out)
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
    let mut exercise = vec![tr!("EXERCISE"), simulated.scenario.organisation.name.clone(), tr!("simulation")];
    exercise.retain(|part| !part.is_empty());
    Page {
        glance: glance(simulated),
        sections,
        ..Page::new(&head.title, &head.language, exercise, lede(simulated))
    }
}

fn lede(simulated: &Simulated<'_>) -> Vec<String> {
    let Simulated { scenario, plan, simulation, .. } = simulated;
    let mut played = tr!(
        "{0} played “{1}”: {2} each, from seed {3} on.",
        tr!("1 kind of simulated trainee" | "{n} kinds of simulated trainee" % plan.policies.len()),
        scenario.head.title,
        tr!("1 drill" | "{n} drills" % simulation.drills()),
        plan.seed
    );
    if simulation.drills() < plan.drills {
        played += " ";
        played += &tr!("Partial, cut by you: {} each were asked for.", plan.drills);
    }
    let guessers = || simulation.played.iter().filter(|p| Policy::GUESSERS.contains(&p.policy));
    let most = guessers().rev().max_by_key(|p| p.of_best.mean);
    let guess = most.map_or_else(
        || tr!("Nobody guessed."),
        |p| {
            tr!(
                "Of those who guess, {0} came furthest: {1} of the best line on the mean.",
                p.policy.said(),
                tenths(p.of_best.mean)
            )
        },
    );
    vec![played, guess, mark(simulated)]
}

fn mark(simulated: &Simulated<'_>) -> String {
    let pass = simulated.scenario.pass;
    match simulated.simulation.mark {
        PassMark::Suggested(mark) if mark == pass => {
            tr!("The script's pass mark of {} % is the one that simulation suggests.", pass)
        }
        PassMark::Suggested(mark) => {
            tr!("Simulation suggests a pass mark of {0} %; the script's own is {1} %.", mark, pass)
        }
        PassMark::None { missed_at_random, expert, skilled } => no_mark(missed_at_random, expert, skilled),
        PassMark::Unknown => {
            tr!(
                "A pass mark needs random, expert and skill={0} to play; the script's own is {1} %.",
                SKILL_TO_PASS,
                pass
            )
        }
    }
}

/// Why no mark will do, in words.
fn no_mark(mark: u16, expert: u16, skilled: u16) -> String {
    if mark > 100 {
        return tr!(
            "No pass mark tells knowing from guessing: one in twenty who answer at random earns everything, and no \
             mark is above that."
        );
    }
    let expert =
        (expert < mark).then(|| tr!("the expert earns {expert} % or less in one drill of twenty", expert));
    let skilled = (skilled < mark).then(|| {
        tr!("half of those who know {0} % of what is asked earn {1} % or less", SKILL_TO_PASS, skilled)
    });
    let short: Vec<String> = expert.into_iter().chain(skilled).collect();
    tr!(
        "No pass mark tells knowing from guessing: for 95 in a hundred who answer at random to miss it, it would have \
         to be {0} %, but {1}.",
        mark,
        short.join(&tr!(", and "))
    )
}

fn glance(simulated: &Simulated<'_>) -> Vec<Pair> {
    let proved = if simulated.proved { tr!("proved: no line earns more") } else { tr!("found, not proved") };
    vec![
        Pair::new(&tr!("Drills"), simulated.simulation.hits.drills.to_string(), ""),
        Pair::new(&tr!("Best line"), sum_of(simulated.best.0), proved),
        Pair::new(
            &tr!("Pass mark"),
            format!("{} %", simulated.scenario.pass),
            tr!("of the points possible on the line played"),
        ),
    ]
}

fn trainees(simulated: &Simulated<'_>) -> Section {
    let columns = [
        (tr!("trainee"), Text),
        (tr!("mean"), Number),
        (tr!("5th"), Number),
        (tr!("median"), Number),
        (tr!("95th"), Number),
        (tr!("of best line"), Number),
        (tr!("passed"), Number),
    ];
    let mut table = Table::new(tr!("Percent of the points possible, over all drills"), &columns);
    for played in &simulated.simulation.played {
        let Spread { mean, .. } = played.scores;
        table.rows.push(vec![
            played.policy.said(),
            tenths(mean),
            format!("{} %", played.scores.low()),
            format!("{} %", played.scores.middle()),
            format!("{} %", played.scores.high()),
            tenths(played.of_best.mean),
            share(played.passed, played.scores.count),
        ]);
    }
    let blocks = vec![Block::drawn("scores", scores_finding(simulated), table)];
    Section { id: "trainees", title: tr!("Who earns what"), blocks }
}

fn scores_finding(simulated: &Simulated<'_>) -> String {
    let passes = |played: &&Played| {
        Policy::GUESSERS.contains(&played.policy)
            && u64::from(played.passed) * 20 >= u64::from(played.scores.count)
    };
    let passing: Vec<String> =
        simulated.simulation.played.iter().filter(passes).map(|p| p.policy.said()).collect();
    match &passing[..] {
        [] => tr!("Nobody who guesses passes more often than one time in twenty"),
        some => tr!("Without knowing anything, one time in twenty or more passes: {}", some.join(", ")),
    }
}

fn endings(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let columns = [(tr!("ending"), Text), (tr!("drills"), Number), (tr!("most often by"), Text)];
    let mut table = Table::new(tr!("Endings, in drills"), &columns);
    for (row, ending) in simulated.scenario.endings.iter().enumerate() {
        let most = simulated.simulation.played.iter().rev().max_by_key(|p| p.endings[row]);
        let most = most.filter(|p| p.endings[row] > 0).map(|p| p.policy.said()).unwrap_or_default();
        table.rows.push(vec![ending.title.clone(), share(hits.endings[row], hits.drills), most]);
    }
    let never = hits.endings.iter().filter(|hits| **hits == 0).count();
    let finding = match never {
        0 => tr!("Every ending was reached"),
        never => tr!("One ending was never reached" | "{n} endings were never reached" % never),
    };
    let blocks = vec![Block::drawn("endings", finding, table)];
    Section { id: "endings", title: tr!("How it ended"), blocks }
}

fn least_reached(simulated: &Simulated<'_>) -> Vec<(&'static str, String, u32)> {
    let mut all = reached(simulated);
    all.sort_by_key(|(_, _, hits)| *hits);
    all.truncate(LEAST);
    all
}

fn least(simulated: &Simulated<'_>) -> Section {
    let drills = simulated.simulation.hits.drills;
    let columns = [(tr!("what"), Text), (tr!("name"), Text), (tr!("in drills"), Number)];
    let mut table = Table::new(tr!("What was reached least"), &columns);
    for (kind, name, hits) in least_reached(simulated) {
        table.rows.push(vec![label(kind), name, share(hits, drills)]);
    }
    let never = reached(simulated).iter().filter(|(_, _, hits)| *hits == 0).count();
    let finding = match never {
        0 => tr!("Everything in the script was reached by somebody"),
        never => tr!("One thing in the script was reached by nobody"
            | "{n} things in the script were reached by nobody" % never),
    };
    let blocks = vec![Block::drawn("least", finding, table)];
    Section { id: "least", title: tr!("What is hardly ever seen"), blocks }
}

fn questions(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let mut blocks = Vec::new();
    let questions = simulated.scenario.questions.iter().zip(&hits.questions).zip(&hits.choices);
    for ((question, answered), choices) in questions {
        blocks.push(Block::heading(question.name.to_string()));
        blocks.push(Block::note(tr!(
            "Opened in {0}, answered in {1}, lapsed in {2}.",
            share(answered.opened, hits.drills),
            share(answered.answered, hits.drills),
            share(answered.lapsed, hits.drills)
        )));
        if !question.choices.is_empty() {
            let caption = tr!("Choices of {}, by drills in which it was answered", question.name);
            let mut table = Table::new(caption, &[(tr!("choice"), Text), (tr!("chosen"), Number)]);
            for (choice, hits) in question.choices.iter().zip(choices) {
                table.rows.push(vec![choice.name.to_string(), share(*hits, answered.answered)]);
            }
            blocks.push(Block::Table(table));
        }
    }
    Section { id: "questions", title: tr!("Questions and choices"), blocks }
}

fn things(simulated: &Simulated<'_>) -> Section {
    let drills = simulated.simulation.hits.drills;
    let columns = [(tr!("what"), Text), (tr!("name"), Text), (tr!("reached"), Number)];
    let mut table = Table::new(tr!("In drills"), &columns);
    for (kind, name, hits) in reached(simulated) {
        if !matches!(kind, "question" | "choice" | "ending") {
            table.rows.push(vec![label(kind), name, share(hits, drills)]);
        }
    }
    let blocks = vec![Block::Table(table)];
    Section { id: "things", title: tr!("Injects, actions, evidence"), blocks }
}

fn conditions(simulated: &Simulated<'_>) -> Section {
    let hits = &simulated.simulation.hits;
    let columns = [(tr!("condition"), Text), (tr!("held"), Number), (tr!("did not"), Number)];
    let mut table = Table::new(tr!("Both sides of each condition, in drills"), &columns);
    for (gate, Side { held, failed }) in &hits.gates {
        let name = gate_name(simulated.scenario, *gate);
        table.rows.push(vec![name, share(*held, hits.drills), share(*failed, hits.drills)]);
    }
    let blocks = vec![
        Block::note(tr!(
            "Counted when a drill looked at it: an inject when it was due, a choice when its question opened, an \
             ending at ENDEX. A drill may count on both sides, or on neither."
        )),
        Block::Table(table),
    ];
    Section { id: "conditions", title: tr!("Conditions"), blocks }
}

fn method() -> Section {
    let says = [
        tr!("Everybody answers the moment a question opens, which is the most that time can give."),
        tr!(
            "The expert follows the best line, and where the dice have left it gives the best answer on offer. The best \
         line of a seed is what the expert earns with it."
        ),
        tr!(
            "Who has a skill knows each question with that probability; who does not know guesses at random."
        ),
        tr!("The drastic and the reporting go by lists of English words; they see texts, not effects."),
        tr!(
            "The suggested pass mark is the lowest multiple of five that 95 in a hundred of those at random miss. It \
         stands only if the expert reaches it in 95 of a hundred drills and who knows 80 % in half of them."
        ),
    ];
    let blocks = vec![Block::list(says.to_vec())];
    Section { id: "method", title: tr!("How this was simulated"), blocks }
}

fn pictures(simulated: &Simulated<'_>) -> Pictures {
    let (scenario, hits) = (simulated.scenario, &simulated.simulation.hits);
    let thousandths =
        |part: u32| i32::try_from(u64::from(part) * 1000 / u64::from(hits.drills.max(1))).unwrap_or(1000);
    let reach = |played: &Played| {
        let ranks = &played.scores.ranks;
        Reach {
            label: played.policy.said(),
            ranks: [ranks[1], ranks[2], ranks[3], ranks[4], ranks[5]].map(i32::from),
            knows: !Policy::GUESSERS.contains(&played.policy),
        }
    };
    let rows: Vec<Reach> = simulated.simulation.played.iter().map(reach).collect();
    let ending = |row: usize| {
        let (id, times) = (EndingId::of(row), hits.endings[row]);
        let ending = &scenario.endings[id.at()];
        Bar {
            label: ending.title.clone(),
            says: share(times, hits.drills),
            share: thousandths(times),
            good: ending.good,
        }
    };
    let endings: Vec<Bar> = (0..scenario.endings.len()).map(ending).collect();
    let least = least_reached(simulated).into_iter().map(|(kind, name, times)| Bar {
        label: format!("{} {name}", label(kind)),
        says: share(times, hits.drills),
        share: thousandths(times),
        good: false,
    });
    let least: Vec<Bar> = least.collect();
    let describes = tr!(
        "One bar for each, as long as the share of drills in which it came. The table beneath says the same."
    );
    let (finding, seldom) = (tr!("How often each ending came"), tr!("What was reached least"));
    [
        ("scores", scores(&rows, i32::from(scenario.pass), &scores_finding(simulated))),
        ("endings", bars("endings", &endings, &finding, &describes)),
        ("least", bars("least", &least, &seldom, &describes)),
    ]
    .into()
}

/// Hundredths of a percent as people read them, to a tenth.
fn tenths(hundredths: u32) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}{}{} %", tenths / 10, language().decimal_mark(), tenths % 10)
}

/// A share, to a tenth of a percent; what happened at all is never nought.
fn share(part: u32, whole: u32) -> String {
    match (part, whole) {
        (_, 0) => "–".into(),
        (0, _) => tr!("never"),
        (part, whole) if part == whole => tr!("always"),
        (part, whole) => {
            let tenths = u64::from(part) * 1000 / u64::from(whole);
            match tenths {
                0 => tr!("below {} %", format!("0{}1", language().decimal_mark())),
                tenths => format!("{}{}{} %", tenths / 10, language().decimal_mark(), tenths % 10),
            }
        }
    }
}
