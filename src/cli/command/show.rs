//! `show`: what a script trains; with `--spoilers`, also what happens in it.

use std::path::Path;

use std::fmt::Write;

use tr::tr;

use super::key;
use super::list::{describe, minutes, pretty};
use crate::cli::args::Show;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::{Output, quoted};
use crate::cli::scripts;
use crate::cli::spoilers::spoils;
use crate::debrief::covered;
use crate::scenario::{
    Action, Ask, Calendar, Evidence, InjectKind, Scenario, SimTime, Source, Stage, Trigger, said_date,
};
use crate::speech::{gained, label, language};

pub(in crate::cli) fn run(args: &Show, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if args.spoilers && !args.unfinished {
        spoils(&scenario, out, data)?;
    }
    if out.json {
        let mut described = describe(&args.script, &scenario);
        if args.spoilers {
            described["spoilers"] = key::spoilers(&scenario);
        }
        return out.result(&pretty(&described));
    }
    let mut page = Page { text: String::new(), width: usize::from(out.width).min(80) };
    front(&mut page, &scenario);
    if args.spoilers {
        run_of_show(&mut page, &scenario);
    }
    out.prose(&page.text)?;
    out.next(&format!("breachdrill play {}", quoted(Path::new(&args.script))));
    Ok(())
}

struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}");
    }

    fn wrapped(&mut self, text: &str, indent: &str) {
        for paragraph in text.lines() {
            let options = textwrap::Options::new(self.width).initial_indent(indent).subsequent_indent(indent);
            for line in textwrap::wrap(paragraph, options) {
                self.line(line.trim_end());
            }
        }
    }

    fn item(&mut self, mark: &str, text: &str) {
        let hang = " ".repeat(mark.chars().count());
        let options = textwrap::Options::new(self.width).initial_indent(mark).subsequent_indent(&hang);
        for line in textwrap::wrap(text, options) {
            self.line(line.trim_end());
        }
    }

    /// What trainees come to read of it, set in.
    fn body(&mut self, text: &str) {
        for line in text.trim_matches('\n').lines() {
            self.wrapped(line, "             ");
        }
    }

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
    }
}

fn front(page: &mut Page, scenario: &Scenario) {
    let head = &scenario.head;
    page.line(&head.title);
    let spoken = language().tag() == head.language;
    let other = if spoken { String::new() } else { tr!(", in {}", head.language) };
    let (audience, level) = (label(head.audience.label()), label(head.level.label()));
    page.line(&tr!("{0}, for {audience}, {level}{other}", minutes(head.minutes), audience, level, other));
    page.line("");
    page.wrapped(&head.summary, "");
    page.heading(&tr!("You will practise"));
    for objective in &head.objectives {
        page.item("  - ", &format!("{} ({})", objective.says, label(objective.stage.label())));
    }
    page.heading(&tr!("Stages, with how much counts in each"));
    let counted = Stage::ALL.into_iter().zip(covered("", scenario).stages).filter(|(_, things)| *things > 0);
    let labels: Vec<String> =
        counted.map(|(stage, things)| format!("{} {things}", label(stage.label()))).collect();
    page.wrapped(&labels.join(", "), "  ");
    page.heading(&tr!("Where it happens"));
    let about = scenario.organisation.about.replace(['*', '`'], "");
    page.wrapped(&format!("{}: {about}", scenario.organisation.name), "  ");
    if !scenario.seats.is_empty() {
        page.heading(&tr!("Seats; alone, one trainee holds them all"));
        for seat in &scenario.seats {
            let about = seat.about.replace(['*', '`'], "");
            let about = if about.is_empty() { about } else { format!(": {about}") };
            page.item("  - ", &format!("{}{about}", seat.label));
        }
    }
    if !head.content_note.is_empty() {
        page.heading(&tr!("Content note"));
        page.wrapped(&head.content_note, "  ");
    }
    page.heading(&tr!("In numbers"));
    page.line(&tr!(
        "  {0}, {1}, {2}, {3}, {4}; {5} of drill time at pace {6}",
        tr!("1 inject" | "{n} injects" % scenario.injects.len()),
        tr!("1 question" | "{n} questions" % scenario.questions.len()),
        tr!("1 piece of evidence" | "{n} pieces of evidence" % scenario.evidence.len()),
        tr!("1 action" | "{n} actions" % scenario.actions.len()),
        tr!("1 ending" | "{n} endings" % scenario.endings.len()),
        scenario.clock.length.said(),
        scenario.clock.pace
    ));
    page.line(&tr!(
        "  passed from {} % of the points; by {}, {}",
        scenario.pass,
        head.authors.join(", "),
        head.licence
    ));
    afterwards(page, scenario);
}

/// What there is once the drill is over, and what it all rests on.
fn afterwards(page: &mut Page, scenario: &Scenario) {
    let wash = &scenario.wash;
    if !wash.questions.is_empty() || !wash.improvements.is_empty() {
        page.heading(&tr!("Afterwards"));
        let (questions, improvements) = (wash.questions.len(), wash.improvements.len());
        page.line(&tr!(
            "  {}, {}; both are in the debrief",
            tr!("1 question to talk about" | "{n} questions to talk about" % questions),
            tr!("1 improvement for a plan" | "{n} improvements to choose from for a plan" % improvements)
        ));
    }
    // Their titles would tell what it was: who asks for spoilers reads them, everybody else afterwards.
    if !scenario.sources.is_empty() {
        let sources = scenario.sources.len();
        page.line(&tr!("  rationales that rest on 1 source, named in the debrief"
            | "  rationales that rest on {n} sources, named in the debrief" % sources));
    }
}

/// A source with where and when it was read.
fn cited(source: &Source) -> String {
    let mut parts = vec![source.title.clone()];
    parts.extend([&source.address].into_iter().filter(|a| !a.is_empty()).cloned());
    parts.extend(
        [&source.read]
            .into_iter()
            .filter(|r| !r.is_empty())
            .map(|read| tr!("read {read}", read = said_date(read))),
    );
    parts.join(", ")
}

/// What only trainers and authors read: whatever a trainee may come to read, and what it is worth.
fn run_of_show(page: &mut Page, scenario: &Scenario) {
    if !scenario.sources.is_empty() {
        page.heading(&tr!("What its rationales rest on (spoilers)"));
        for source in &scenario.sources {
            page.item("  - ", &cited(source));
        }
    }
    let head = &scenario.head;
    if !head.techniques.is_empty() {
        page.heading(&tr!("Techniques (spoilers)"));
        page.line(&format!("  ATT&CK {}: {}", head.attack_version, head.techniques.join(", ")));
    }
    page.heading(&tr!("What is true (spoilers)"));
    for truth in &scenario.truth {
        page.item("  - ", &key::truth(scenario, truth));
    }
    injects(page, scenario);
    evidence(page, scenario);
    questions(page, scenario);
    page.heading(&tr!("Actions (spoilers)"));
    for action in &scenario.actions {
        let Action { name, label, credit, why, takes, result, .. } = action;
        let (credit, takes) = (gained((*credit).into()), takes.said());
        let text = tr!("`{0}` {1} ({2}, takes {3}): {4}", name, label, credit, takes, why);
        page.item("  - ", &text);
        page.body(result);
    }
    page.heading(&tr!("Endings (spoilers)"));
    for ending in &scenario.endings {
        page.item("  - ", &key::ending(scenario, ending));
        page.body(&ending.says);
    }
}

fn injects(page: &mut Page, scenario: &Scenario) {
    let calendar = Calendar::of(scenario);
    page.heading(&tr!("Run of show (spoilers)"));
    for inject in &scenario.injects {
        let when = match &inject.trigger {
            Trigger::At(at) => calendar.clock(*at),
            Trigger::After(_, delay) if *delay == SimTime::ZERO => tr!("inject" => "then"),
            Trigger::After(_, delay) => format!("+{delay}"),
            Trigger::When => tr!("inject" => "when"),
            Trigger::Effect => tr!("inject" => "sent"),
        };
        let what = match &inject.kind {
            InjectKind::Checkpoint(checkpoint) => tr!("expected: {}", checkpoint.expects),
            InjectKind::Contingency => tr!("`{}` (contingency)", inject.name),
            InjectKind::Contextual => format!("`{}`", inject.name),
        };
        page.item(&format!("  {when:<6} "), &what);
        page.item("           ", &format!("({})", key::waits(scenario, inject)));
        page.body(&inject.body);
    }
}

fn evidence(page: &mut Page, scenario: &Scenario) {
    if scenario.evidence.is_empty() {
        return;
    }
    page.heading(&tr!("Evidence (spoilers)"));
    for artefact in &scenario.evidence {
        let Evidence { name, title, takes, body, .. } = artefact;
        let text = tr!("`{name}` {title} (takes {takes})", name, title, takes = takes.said());
        page.item("  - ", &text);
        page.body(body);
    }
}

fn questions(page: &mut Page, scenario: &Scenario) {
    page.heading(&tr!("Questions (spoilers)"));
    for question in &scenario.questions {
        let asked = format!("`{}` ({}): {}", question.name, label(question.stage.label()), question.says);
        page.item("  - ", &asked);
        for choice in &question.choices {
            // A triage and a task are told by their key below, not by a credit of their own.
            let by_key = matches!(question.ask, Ask::Triage(_) | Ask::Assign(_));
            let worth = match (by_key, choice.right) {
                (true, _) => String::new(),
                (false, true) => tr!("right"),
                (false, false) => gained(choice.credit.into()),
            };
            // The verdicts on offer are ours; all other words are the script's.
            let ours = matches!(question.ask, Ask::Triage(_));
            let says = if ours { label(&choice.says) } else { choice.says.clone() };
            page.item(&margin(&worth), &format!("`{}` {says}", choice.name));
        }
        for line in key::key(scenario, question) {
            page.item(&margin(&tr!("question" => "key")), &line);
        }
        for hint in &question.hints {
            page.item(&margin(&tr!("hint")), &hint.says);
        }
    }
}

/// A word before a line of a question, flush with those above and below.
fn margin(word: &str) -> String {
    format!("{word:>11}  ")
}
