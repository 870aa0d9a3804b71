//! `explore`: every line of a script, the best and the worst of them, and what none reaches.

use std::path::Path;

use std::fmt::Write;

use super::explored::{line_to_json, question_to_json, to_json};
use super::list::pretty;
use super::worth;
use crate::cli::args::Explore;
use crate::cli::drills::Data;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::{Output, quoted};
use crate::cli::prove::{Proved, listen, prove};
use crate::cli::scripts;
use crate::cli::spoilers::spoils;
use crate::drill::written;
use crate::engine::{Fact, What};
use crate::scenario::{
    ActionId, Ask, Code, EndingId, EvidenceId, InjectId, Question, QuestionId, Scenario, TruthId, near_miss,
};
use crate::score::score;
use crate::solve::{Goal, Line, Proof, Rated, findings};
use crate::term::count;

pub(in crate::cli) fn run(args: &Explore, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if !args.unfinished {
        spoils(&scenario, out, data)?;
    }
    let asked = args.question.as_deref().map(|name| question(&scenario, name)).transpose()?;
    match args.output.as_deref() {
        Some(_) if out.json => {
            return Err(Failure::usage("--output writes an answers file, and --json prints one as JSON")
                .hint("leave one of them out"));
        }
        Some(file) if !args.force && file.exists() => return Err(super::new::exists(file)),
        _ => {}
    }
    let told = listen();
    let proved = prove(&scenario, &args.exploring, args.seed, &told, out);
    if let Some(name) = &args.line {
        tell_line(args, name, &scenario, &proved, out)?;
    } else if out.json {
        let json = match asked {
            Some(id) => question_to_json(&scenario, &proved, id),
            None => to_json(&scenario, &proved),
        };
        out.result(&pretty(&json))?;
    } else {
        let text = match asked {
            Some(id) => of_question(&scenario, &proved, scenario.question(id), id),
            None => report(args, &scenario, &proved),
        };
        out.result(&text)?;
        out.next(&format!("breachdrill explore {} --line best --output best.ron", args.script));
    }
    // What is found is told in any case; the exit code says that there may be more.
    match (told.to_end(), proved.proof.complete() || args.line.is_some()) {
        (true, _) => Err(Failure::silent(Exit::Interrupted)),
        (false, false) => Err(Failure::silent(Exit::Partial)),
        (false, true) => Ok(()),
    }
}

/// One line as an answers file, on standard output, in a file, or within JSON.
fn tell_line(
    args: &Explore,
    name: &str,
    scenario: &Scenario,
    proved: &Proved,
    out: &Output,
) -> Result<(), Failure> {
    let line = named_line(scenario, proved, name)?;
    let seed = line.settings.seed.0;
    let steps = written(scenario, line.steps.iter().map(|step| (step.at, &step.input)));
    let text = format!("// For --seed {seed}: chance and delays fall by it.\n{steps}");
    if seed != args.seed {
        out.talk(&format!(
            "This line is for seed {seed} and not for {}: chance has to fall so that it comes there",
            args.seed
        ));
    }
    match &args.output {
        Some(path) => {
            super::new::write(path, &text, args.force)?;
            let (script, answers) = (quoted(Path::new(&args.script)), quoted(path));
            out.next(&format!("breachdrill play {script} --seed {seed} --answers {answers}"));
            Ok(())
        }
        None if out.json => out.result(&pretty(&line_to_json(name, &line, &text))),
        None => out.result(&text),
    }
}

fn question(scenario: &Scenario, name: &str) -> Result<QuestionId, Failure> {
    let names = || scenario.questions.iter().map(|q| q.name.as_str());
    let row = names().position(|own| own == name);
    row.map(QuestionId::of).ok_or_else(|| unknown("question", name, near_miss(name, names())))
}

fn unknown(kind: &str, name: &str, near: Option<&str>) -> Failure {
    let failure = Failure::usage(format!("no {kind} is named `{name}`"));
    match near {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure,
    }
}

/// `best`, `worst`, `dead-end`, or `ending:NAME` and its like.
fn named_line(scenario: &Scenario, proved: &Proved, word: &str) -> Result<Line, Failure> {
    let proof = &proved.proof;
    match word {
        "best" => return Ok(proof.points.best.line.clone()),
        "worst" => return Ok(proof.points.worst.line.clone()),
        "dead-end" => {
            let silence = proof.reach.silence.as_ref();
            let none = || Failure::new("no line comes to a dead end");
            return silence.map(|silence| silence.way.clone()).ok_or_else(none);
        }
        _ => {}
    }
    let (kind, name) = word.split_once(':').unwrap_or(("", word));
    let s = scenario;
    let row = |names: Vec<&str>| {
        let row = names.iter().position(|own| *own == name);
        row.ok_or_else(|| unknown(kind, name, near_miss(name, names.iter().copied())))
    };
    let goal = match kind {
        "inject" => Goal::Inject(InjectId::of(row(s.injects.iter().map(|i| i.name.as_str()).collect())?)),
        "question" => Goal::Question(question(s, name)?),
        "evidence" => {
            Goal::Evidence(EvidenceId::of(row(s.evidence.iter().map(|e| e.name.as_str()).collect())?))
        }
        "action" => Goal::Action(ActionId::of(row(s.actions.iter().map(|a| a.name.as_str()).collect())?)),
        "truth" => Goal::Truth(TruthId::of(row(s.truth.iter().map(|t| t.name.as_str()).collect())?)),
        "ending" => Goal::Ending(EndingId::of(row(s.endings.iter().map(|e| e.name.as_str()).collect())?)),
        _ => {
            let failure = Failure::usage(format!("`{word}` names no line"));
            return Err(failure.hint(
                "say best, worst, dead-end, or inject:NAME, question:NAME, evidence:NAME, action:NAME, truth:NAME, ending:NAME".to_owned(),
            ));
        }
    };
    let how = if proof.cut.is_some() { "no line that was looked at reaches" } else { "no line reaches" };
    let none = || Failure::new(format!("{how} {kind} `{name}`"));
    proof.reach.way(goal).cloned().ok_or_else(none)
}

fn report(args: &Explore, scenario: &Scenario, proved: &Proved) -> String {
    let proof = &proved.proof;
    let mut text = String::new();
    let verdict = match (proof.complete(), proof.cut) {
        (true, _) => {
            "proved: every line was looked at, with decisions at the moments that docs/exploration.md names"
                .to_owned()
        }
        (false, Some((cut, at))) => format!("partial: cut by {}, at {at}", cut.name()),
        (false, None) => "partial: some work may not fit beside other work".to_owned(),
    };
    let _ = writeln!(text, "{}: {verdict}", args.script);
    let looked = [
        count(proof.progress.states, "state"),
        format!("{} moves", proof.progress.transitions),
        count(proof.variations.len(), "variation"),
        format!("{:.1} s", proved.seconds),
    ];
    let _ = writeln!(text, "{}\n", looked.join(", "));
    for (name, rated) in [("Best line", &proof.points.best), ("Worst line", &proof.points.worst)] {
        let _ = writeln!(text, "{name:<11} {}", of_line(scenario, rated));
    }
    let _ = writeln!(text, "\nStages, by the line that is best in each");
    for stage in proof.stages.iter().filter(|stage| stage.possible.0 > 0 || stage.earned.0 != 0) {
        let _ = writeln!(text, "  {:<24} {} of {}", stage.stage.label(), stage.earned, stage.possible);
    }
    let _ = writeln!(text, "\nEndings");
    for (row, ending) in scenario.endings.iter().enumerate() {
        let unknown = if proof.cut.is_some() { "not found" } else { "never" };
        let mark = if proof.reach.endings[row].is_some() { "reached" } else { unknown };
        let _ = writeln!(text, "  {mark:<10} {:<24} {}", ending.name.as_str(), ending.title);
    }
    let others: Vec<String> = proof
        .unreached
        .iter()
        .filter(|u| !matches!(u.goal, Goal::Ending(_)))
        .map(|u| {
            format!(
                "{}{}",
                named(scenario, u.goal),
                if u.proved { "" } else { " (perhaps beyond the bounds)" }
            )
        })
        .collect();
    if !others.is_empty() {
        let so_far = if proof.cut.is_some() { ", as far as exploration came" } else { "" };
        let _ = writeln!(text, "\nReached by no line{so_far}");
        for other in others {
            let _ = writeln!(text, "  {other}");
        }
    }
    let found = noticed(scenario, proof);
    if !found.is_empty() {
        let _ = writeln!(text, "\nTo look at");
        for (word, what) in found {
            let _ = writeln!(text, "  {word:<10} {what}");
        }
    }
    text
}

/// What exploration tells of lines, beside what none of them reaches.
const NOTICED: [(Code, &str); 3] =
    [(Code::DeadEnd, "dead end"), (Code::NeverBest, "never best"), (Code::HarmPays, "harm pays")];

/// The same of a script: a word for it, and what.
pub(super) fn noticed(scenario: &Scenario, proof: &Proof) -> Vec<(&'static str, String)> {
    let word = |code: Code| NOTICED.iter().find(|(own, _)| *own == code).map(|(_, word)| *word);
    let found = findings(scenario, proof).into_iter();
    found.filter_map(|finding| Some((word(finding.code)?, finding.message))).collect()
}

fn of_line(scenario: &Scenario, rated: &Rated) -> String {
    let (facts, _) = rated.line.play(scenario);
    let possible = score(scenario, &facts).decisions.possible;
    let ending = facts.iter().rev().find_map(ending_of);
    let title = ending.map_or("", |id| scenario.endings[id.at()].title.as_str());
    let bound = if rated.proved() { "proved".to_owned() } else { format!("none passes {}", rated.bound) };
    let steps = count(rated.line.steps.len(), "step");
    format!("{} of {possible} points ({bound}), {steps}, ends in \u{201c}{title}\u{201d}", rated.earned)
}

pub(super) fn ending_of(fact: &Fact) -> Option<EndingId> {
    if let What::Ended { ending, .. } = fact.what { Some(ending) } else { None }
}

/// What each choice is worth by itself, and how far it falls short of the best line.
fn of_question(scenario: &Scenario, proved: &Proved, question: &Question, id: QuestionId) -> String {
    let mut text = format!("{}: {}\n", question.name, question.says);
    let _ = writeln!(
        text,
        "{}, {}, {} in all",
        question.stage.label(),
        worth::kind(question),
        count(usize::from(question.weight), "point")
    );
    if proved.proof.reach.way(Goal::Question(id)).is_none() {
        let _ = writeln!(text, "No line that was looked at asks it.");
    }
    let parts = worth::parts(scenario, question);
    if !parts.is_empty() {
        let _ = writeln!(text, "\nWorth by itself, answered on time");
    }
    for part in parts {
        let when = if part.when.is_empty() { String::new() } else { format!(" ({})", part.when) };
        let _ = writeln!(text, "  {:>8}  {}{when}", part.points.to_string(), part.what);
    }
    if matches!(question.ask, Ask::ChooseOne | Ask::Triage(_)) {
        let _ = writeln!(text, "\nFalls short of the best line by");
        for (row, choice) in question.choices.iter().enumerate() {
            let found = proved.proof.reach.regret[id.at()][row];
            let own = worth::short_by_itself(question, choice);
            let short = found.or(own).map_or("not told".to_owned(), |points| points.to_string());
            let by = if found.is_none() && own.is_some() { " (by its own points)" } else { "" };
            let _ = writeln!(text, "  {short:>8}  {}{by}", choice.name.as_str());
        }
        let _ =
            writeln!(text, "\nOf choices that lead to the same, exploration tries the best and the worst.");
    }
    text
}

pub(super) fn named(scenario: &Scenario, goal: Goal) -> String {
    let s = scenario;
    match goal {
        Goal::Points => "points".into(),
        Goal::Stage(stage) => format!("stage {}", stage.label()),
        Goal::Inject(id) => format!("inject {}", s.inject(id).name),
        Goal::Missed(id) => format!("missing {}", s.inject(id).name),
        Goal::Question(id) => format!("question {}", s.question(id).name),
        Goal::Choice(id, choice) => {
            format!("choice {} of {}", s.question(id).choice(choice).name, s.question(id).name)
        }
        Goal::Evidence(id) => format!("evidence {}", s.artefact(id).name),
        Goal::Action(id) => format!("action {}", s.action(id).name),
        Goal::Truth(id) => format!("truth {}", s.truth[id.at()].name),
        Goal::Ending(id) => format!("ending {}", s.endings[id.at()].name),
    }
}
