//! What a fact tells a trainee: one entry of the story, or nothing.
//!
//! Everything is taken from the trainee's view, so an entry cannot say more
//! than the trainee may know.

use super::story::{ASKED, Body, Entry};
use super::style::{Face, drill_words, reading as in_unit};
use crate::drill::{OpenQuestion, Outcome, TraineeView};
use crate::engine::{DutyStep, EndCause, Fact, PauseCause, What};
use crate::scenario::{ActionId, DutyId, QuestionId, SimTime};

/// What heads an answer.
pub(super) const DECIDED: &str = "You decided";
/// What begins an action.
pub(super) const BEGUN: &str = "You begin";
/// What begins an examination.
pub(super) const LOOKED: &str = "You look at";

/// What a fact tells. `view` has the fact folded in; `asked` is the question it settles, if any.
pub(super) fn entry(view: &TraineeView, asked: Option<&OpenQuestion>, fact: &Fact) -> Option<Entry> {
    let says = |face, source: &str, title: String| entry_of(view, fact.at, face, source, title);
    match &fact.what {
        What::Known(_)
        | What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Absent(_)
        | What::Spread { .. }
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Met(_)
        | What::Missed(_)
        | What::Opened { .. } => None,
        What::Started { .. } => {
            says(Face::Strong, "STARTEX", format!("The exercise begins. It is {}.", view.date(fact.at)))
        }
        What::Delivered(_) => view.inbox.last().map(Entry::of_message),
        What::Answered { confidence, reason, .. } => {
            let entry = says(Face::Calm, DECIDED, answered(view, asked?.id))?;
            Some(with_grounds(entry, asked?, *confidence, reason.as_deref()))
        }
        What::Lapsed(_) => says(Face::Serious, "Time is up", format!("Nobody answered: {}", asked?.says)),
        What::Closed(_) => says(Face::Quiet, "No longer asked", asked?.says.clone()),
        What::Extended { question, .. } => {
            let question = view.question(*question)?;
            let end = if question.to_the_end { ", the end of the exercise" } else { "" };
            let until = format!("You have until {}{end}. It costs nothing.", view.clock(question.lapses?));
            says(Face::Calm, "More time", until)
        }
        What::Hinted { question, .. } => {
            says(Face::Calm, "Hint", view.question(*question)?.hints.last()?.clone())
        }
        What::Begun { until, .. } | What::Examining { until, .. } if *until == fact.at => None,
        What::Begun { until, .. } => says(Face::Calm, BEGUN, begun(view, *until)),
        What::Examining { until, .. } => says(Face::Calm, LOOKED, begun(view, *until)),
        What::Did(action) => did(view, fact.at, *action),
        What::Examined(evidence) => view
            .evidence
            .iter()
            .find(|e| e.id == *evidence)
            .map(|e| Entry::of_artefact(e, view.clock(fact.at))),
        What::Revealed(evidence) => {
            let artefact = view.evidence.iter().find(|e| e.id == *evidence)?;
            let takes = drill_words(artefact.takes);
            says(Face::Strong, "New evidence", format!("{}, {takes} to look at", artefact.title))
        }
        What::Moved { gauge, .. } => {
            let reading = view.gauges.iter().find(|g| g.id == *gauge)?;
            says(Face::Strong, &reading.label, in_unit(reading.reads, &reading.unit))
        }
        What::Duty { duty, step } => owed(view, fact.at, *duty, *step),
        What::Noted(_) => says(Face::Calm, "Your log", view.notes.last()?.says.clone()),
        What::Paused(cause) => says(Face::Quiet, "Pause", paused(*cause).into()),
        What::Resumed => says(Face::Quiet, "Going on", String::new()),
        What::Ended { cause, .. } => over(view, fact.at, *cause),
    }
}

/// ENDEX, and what came of it.
fn over(view: &TraineeView, at: SimTime, cause: EndCause) -> Option<Entry> {
    let over = view.over.as_ref()?;
    let entry = entry_of(view, at, Face::Strong, "ENDEX", ended(cause).into())?;
    Some(match cause {
        EndCause::Asked => Entry { body: Body::Prose(broken_off(view)), ..entry },
        EndCause::Time | EndCause::Story => {
            let fields = vec![(String::new(), over.title.clone())];
            Entry { fields, body: Body::Prose(over.says.clone()), ..entry }
        }
    })
}

fn did(view: &TraineeView, at: SimTime, action: ActionId) -> Option<Entry> {
    let deed = view.actions.iter().find(|a| a.id == action)?;
    let entry = entry_of(view, at, Face::Calm, "Done", deed.label.clone())?;
    let body = if deed.result.is_empty() { Body::None } else { Body::Prose(deed.result.clone()) };
    Some(Entry { body, ..entry })
}

/// A clock that began to be counted, or a duty that was met.
fn owed(view: &TraineeView, at: SimTime, duty: DutyId, step: DutyStep) -> Option<Entry> {
    let owed = view.duties.iter().find(|owed| owed.id == duty)?;
    let (source, due) = match step {
        DutyStep::Declared { .. } if owed.declared => ("You count", owed.due.as_ref()),
        DutyStep::Started { .. } if !owed.declared => ("A clock runs", owed.due.as_ref()),
        DutyStep::Met => ("Met", None),
        DutyStep::Declared { .. } | DutyStep::Started { .. } | DutyStep::Missed => return None,
    };
    let entry = entry_of(view, at, Face::Strong, source, owed.label.clone())?;
    let fields = [("To", Some(&owed.to)), ("Rule", Some(&owed.rule)), ("Due", due)];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.clone())));
    Some(Entry { fields: fields.filter(|(_, value)| !value.is_empty()).collect(), ..entry })
}

/// What was asked, how sure the trainee was, and why.
fn with_grounds(
    mut entry: Entry,
    asked: &OpenQuestion,
    confidence: Option<u8>,
    reason: Option<&str>,
) -> Entry {
    entry.fields.push((ASKED.into(), asked.says.clone()));
    entry.fields.extend(confidence.map(|percent| ("Sure".into(), format!("{percent} %"))));
    entry.fields.extend(reason.map(|reason| ("Because".into(), reason.to_owned())));
    entry
}

fn entry_of(view: &TraineeView, at: SimTime, face: Face, source: &str, title: String) -> Option<Entry> {
    let (clock, source) = (view.clock(at), source.to_owned());
    Some(Entry { clock, source, face, title, ..Entry::default() })
}

fn answered(view: &TraineeView, id: QuestionId) -> String {
    match view.settled.iter().rev().find(|s| s.id == id).map(|s| &s.how) {
        Some(Outcome::Answered(words)) => words.clone(),
        Some(Outcome::Lapsed | Outcome::Withdrawn) | None => String::new(),
    }
}

fn begun(view: &TraineeView, until: SimTime) -> String {
    let label = view.busy.as_ref().map_or("", |b| b.label.as_str());
    format!("{label} (until {})", view.clock(until))
}

const fn paused(cause: PauseCause) -> &'static str {
    match cause {
        PauseCause::Asked => "The clock stands still.",
        PauseCause::ClockGap => {
            "The computer was away, or its clock was set. Drill time stood still meanwhile; nothing was missed."
        }
        PauseCause::Interrupted => {
            "The drill was interrupted. Drill time stood still meanwhile; nothing was missed."
        }
        PauseCause::Answers => "From here on an answers file decides.",
        PauseCause::Retry => "Back at the decision. The clock stands still until you go on.",
    }
}

/// How things stand where the story was broken off.
fn broken_off(view: &TraineeView) -> String {
    let mut text =
        "The story was broken off here, and what would have come of it is not told. A drill that was \
                    broken off does not count as passed."
            .to_owned();
    for (row, gauge) in view.gauges.iter().enumerate() {
        let gap = if row == 0 { "\n" } else { "" };
        text.push_str(&format!("{gap}\n- {}: {}", gauge.label, in_unit(gauge.reads, &gauge.unit)));
    }
    text
}

const fn ended(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Time => "Time is up; the exercise is over.",
        EndCause::Story => "The exercise is over.",
        EndCause::Asked => "You ended the exercise.",
    }
}
