//! `show`: what a script trains; with `--spoilers`, also what happens in it.

use std::fmt::Write;

use super::key;
use super::list::{describe, minutes, pretty};
use crate::cli::args::Show;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::scripts;
use crate::cli::spoilers::spoils;
use crate::debrief::covered;
use crate::scenario::{Calendar, InjectKind, Scenario, SimTime, Source, Stage, Trigger};
use crate::term::count;

pub(in crate::cli) fn run(args: &Show, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if args.spoilers && !args.unfinished {
        spoils(&scenario, "spoilers give", out, data)?;
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
    out.result(&page.text)?;
    out.next(&format!("breachdrill play {}", args.script));
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

    fn heading(&mut self, heading: &str) {
        self.line("");
        self.line(heading);
    }
}

fn front(page: &mut Page, scenario: &Scenario) {
    let head = &scenario.head;
    page.line(&head.title);
    let language = if head.language == "en" { String::new() } else { format!(", in {}", head.language) };
    let (audience, level) = (head.audience.label(), head.level.label());
    page.line(&format!("{}, for {audience}, {level}{language}", minutes(head.minutes)));
    page.line("");
    page.wrapped(&head.summary, "");
    page.heading("You will practise");
    for objective in &head.objectives {
        page.item("  - ", &format!("{} ({})", objective.says, objective.stage.label()));
    }
    page.heading("Stages, with how much counts in each");
    let counted = Stage::ALL.into_iter().zip(covered("", scenario).stages).filter(|(_, things)| *things > 0);
    let labels: Vec<String> = counted.map(|(stage, things)| format!("{} {things}", stage.label())).collect();
    page.wrapped(&labels.join(", "), "  ");
    page.heading("Where it happens");
    let about = scenario.organisation.about.replace(['*', '`'], "");
    page.wrapped(&format!("{}: {about}", scenario.organisation.name), "  ");
    if !scenario.seats.is_empty() {
        page.heading("Seats; alone, one trainee holds them all");
        for seat in &scenario.seats {
            let about = seat.about.replace(['*', '`'], "");
            let about = if about.is_empty() { about } else { format!(": {about}") };
            page.item("  - ", &format!("{}{about}", seat.label));
        }
    }
    if !head.content_note.is_empty() {
        page.heading("Content note");
        page.wrapped(&head.content_note, "  ");
    }
    page.heading("In numbers");
    page.line(&format!(
        "  {}, {}, {} of evidence, {}, {}; {} of drill time at pace {}",
        count(scenario.injects.len(), "inject"),
        count(scenario.questions.len(), "question"),
        count(scenario.evidence.len(), "piece"),
        count(scenario.actions.len(), "action"),
        count(scenario.endings.len(), "ending"),
        scenario.clock.length,
        scenario.clock.pace
    ));
    page.line(&format!(
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
        page.heading("Afterwards");
        let (questions, improvements) = (wash.questions.len(), wash.improvements.len());
        page.line(&format!(
            "  {} to talk about, {} to choose from for a plan; both are in the debrief",
            count(questions, "question"),
            count(improvements, "improvement")
        ));
    }
    if !scenario.sources.is_empty() {
        page.heading("What its rationales rest on");
        for source in &scenario.sources {
            page.item("  - ", &cited(source));
        }
    }
}

/// A source with where and when it was read.
fn cited(source: &Source) -> String {
    let mut parts = vec![source.title.clone()];
    parts.extend([&source.address].into_iter().filter(|a| !a.is_empty()).cloned());
    parts.extend([&source.read].into_iter().filter(|r| !r.is_empty()).map(|read| format!("read {read}")));
    parts.join(", ")
}

/// What only trainers and authors read.
fn run_of_show(page: &mut Page, scenario: &Scenario) {
    let calendar = Calendar::of(scenario);
    let head = &scenario.head;
    if !head.techniques.is_empty() {
        page.heading("Techniques (spoilers)");
        page.line(&format!("  ATT&CK {}: {}", head.attack_version, head.techniques.join(", ")));
    }
    page.heading("What is true (spoilers)");
    for truth in &scenario.truth {
        page.item("  - ", &key::truth(scenario, truth));
    }
    page.heading("Run of show (spoilers)");
    for inject in &scenario.injects {
        let when = match &inject.trigger {
            Trigger::At(at) => calendar.clock(*at),
            Trigger::After(_, delay) if *delay == SimTime::ZERO => "then".into(),
            Trigger::After(_, delay) => format!("+{delay}"),
            Trigger::When => "when".into(),
            Trigger::Effect => "sent".into(),
        };
        let what = match &inject.kind {
            InjectKind::Checkpoint(checkpoint) => format!("expected: {}", checkpoint.expects),
            InjectKind::Contingency => format!("{} (contingency): {}", inject.name, first_line(&inject.body)),
            InjectKind::Contextual => format!("{}: {}", inject.name, first_line(&inject.body)),
        };
        page.item(&format!("  {when:<6} "), &what);
        page.item("           ", &format!("({})", key::waits(scenario, inject)));
    }
    page.heading("Questions (spoilers)");
    for question in &scenario.questions {
        page.item("  - ", &format!("{} ({}): {}", question.name, question.stage.label(), question.says));
        for choice in &question.choices {
            let key = if choice.right { "right".to_owned() } else { format!("{:+}", choice.credit) };
            page.item(&format!("      {key:>5}  "), &choice.says);
        }
        for line in key::key(scenario, question) {
            page.item("        key  ", &line);
        }
    }
    page.heading("Actions (spoilers)");
    for action in &scenario.actions {
        page.item("  - ", &format!("{} ({:+}): {}", action.label, action.credit, action.why));
    }
    page.heading("Endings (spoilers)");
    for ending in &scenario.endings {
        page.item("  - ", &key::ending(scenario, ending));
    }
}

fn first_line(text: &str) -> &str {
    text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim()
}
