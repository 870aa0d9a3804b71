//! `show`: what a script trains; with `--spoilers`, also what happens in it.

use std::fmt::Write;

use super::list::{audience, describe, level, minutes, pretty, stages};
use crate::cli::args::Show;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::scripts;
use crate::scenario::{Calendar, InjectKind, Scenario, SimTime, Trigger};

pub(in crate::cli) fn run(args: &Show, out: &Output) -> Result<(), Failure> {
    let scenario = scripts::sound(&args.script, out)?;
    if out.json {
        return out.result(&pretty(&describe(&args.script, &scenario)));
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
    page.line(&format!("{}, for {}, {}", minutes(head.minutes), audience(head.audience), level(head.level)));
    page.line("");
    page.wrapped(&head.summary, "");
    page.heading("You will practise");
    for objective in &head.objectives {
        page.item("  - ", &format!("{} ({})", objective.says, objective.stage.label()));
    }
    page.heading("Stages");
    let labels: Vec<&str> = stages(scenario).iter().map(|s| s.label()).collect();
    page.wrapped(&labels.join(", "), "  ");
    page.heading("Where it happens");
    let about = scenario.organisation.about.replace(['*', '`'], "");
    page.wrapped(&format!("{}: {about}", scenario.organisation.name), "  ");
    if !head.content_note.is_empty() {
        page.heading("Content note");
        page.wrapped(&head.content_note, "  ");
    }
    page.heading("In numbers");
    page.line(&format!(
        "  {} injects, {} questions, {} artefacts of evidence, {} actions, {} endings; {} of drill time at pace {}",
        scenario.injects.len(),
        scenario.questions.len(),
        scenario.evidence.len(),
        scenario.actions.len(),
        scenario.endings.len(),
        scenario.clock.length,
        scenario.clock.pace
    ));
    page.line(&format!("  by {}, {}", head.authors.join(", "), head.licence));
}

/// What only trainers and authors read.
fn run_of_show(page: &mut Page, scenario: &Scenario) {
    let calendar = Calendar::of(scenario);
    let head = &scenario.head;
    if !head.techniques.is_empty() {
        page.heading("Techniques (spoilers)");
        page.line(&format!("  ATT&CK {}: {}", head.attack_version, head.techniques.join(", ")));
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
    }
    page.heading("Questions (spoilers)");
    for question in &scenario.questions {
        page.item("  - ", &format!("{} ({}): {}", question.name, question.stage.label(), question.says));
        for choice in &question.choices {
            let key = if choice.right { "right".to_owned() } else { format!("{:+}", choice.credit) };
            page.item(&format!("      {key:>5}  "), &choice.says);
        }
    }
    page.heading("Endings (spoilers)");
    for ending in &scenario.endings {
        page.item("  - ", &ending.title);
    }
}

fn first_line(text: &str) -> &str {
    text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim()
}
