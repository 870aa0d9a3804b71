//! A drill watched again: what arrived, what was asked, what was decided.

use std::io::{self, Write};
use std::time::Duration;

use tr::tr;

use super::story::{Entry, asked as asked_field};
use super::style::{Face, Style};
use super::table::question_of;
use super::tell::entry;
use crate::drill::{TraineeView, one_line};
use crate::engine::{Fact, What};
use crate::scenario::{Scenario, SimTime, clean};

/// How a drill is shown again.
#[derive(Clone, Copy, Debug)]
pub struct Showing {
    /// How things look.
    pub style: Style,
    /// Columns; none for one sentence per line, to be read aloud.
    pub width: Option<usize>,
    /// Drill seconds per second; none for all at once.
    pub pace: Option<u16>,
}

/// Tells the facts of a drill, as the trainee saw them.
///
/// # Errors
/// If `out` cannot be written to.
pub fn replay(scenario: &Scenario, facts: &[Fact], showing: Showing, out: &mut dyn Write) -> io::Result<()> {
    let mut view = TraineeView::new(scenario);
    let mut before = SimTime::ZERO;
    let over = facts.iter().any(|fact| matches!(fact.what, What::Ended { .. }));
    writeln!(out, "{} {}\n", tr!("EXERCISE"), clean(&scenario.head.title))?;
    for fact in facts {
        let asked = question_of(&fact.what).and_then(|id| view.question(id)).cloned();
        view.fold(scenario, fact);
        let told = entry(&view, asked.as_ref(), fact)
            .or_else(|| opened(&view, fact))
            .or_else(|| steered(scenario, &view, fact).filter(|_| over));
        let Some(told) = told else { continue };
        if let Some(pace) = showing.pace {
            let seconds = u64::from(fact.at.since(before).0);
            std::thread::sleep(Duration::from_millis(seconds * 1000 / u64::from(pace.max(1))));
        }
        before = fact.at;
        match showing.width {
            Some(width) => {
                for line in told.lines(width) {
                    writeln!(out, "{}", showing.style.paint(&line))?;
                }
                writeln!(out)?;
            }
            None => {
                for sentence in told.sentences(showing.style) {
                    writeln!(out, "{sentence}")?;
                }
            }
        }
        out.flush()?;
    }
    Ok(())
}

/// A question that opens; while a drill runs the front end asks it instead.
fn opened(view: &TraineeView, fact: &Fact) -> Option<Entry> {
    let What::Opened { question, .. } = &fact.what else { return None };
    let question = view.question(*question)?;
    let choices = question.choices.iter().zip(1..);
    let fields = choices.map(|(choice, number): (_, u16)| (number.to_string(), choice.says.clone()));
    Some(Entry {
        clock: view.clock(fact.at),
        source: asked_field(),
        face: Face::Calm,
        title: one_line(&question.says),
        fields: fields.collect(),
        ..Entry::default()
    })
}

/// What the trainer did with an inject; nobody hears of it before the drill is over.
#[expect(clippy::wildcard_enum_match_arm, reason = "no other fact is the trainer's alone")]
fn steered(scenario: &Scenario, view: &TraineeView, fact: &Fact) -> Option<Entry> {
    let (What::Fired(inject) | What::Held(inject) | What::Released(inject) | What::Skipped(inject)) =
        fact.what
    else {
        return None;
    };
    // What it would have been, had it come now.
    let mut seen = view.clone();
    seen.fold(scenario, &Fact { at: fact.at, what: What::Delivered(inject) });
    let message = seen.inbox.pop()?;
    let said = [message.from, message.subject].into_iter().filter(|part| !part.is_empty());
    let what = said.collect::<Vec<_>>().join(": ");
    let title = match fact.what {
        What::Fired(_) => tr!("The trainer sent: {0}", what),
        What::Held(_) => tr!("The trainer held back: {0}", what),
        What::Released(_) => tr!("The trainer released: {0}", what),
        _ => tr!("The trainer left out: {0}", what),
    };
    Some(Entry { clock: view.clock(fact.at), title, ..Entry::default() })
}
