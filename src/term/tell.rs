//! What a fact tells a trainee: one entry of the story, or nothing.
//!
//! Everything is taken from the trainee's view, so an entry cannot say more
//! than the trainee may know.

use tr::tr;

use super::story::{Body, Entry, Tells, asked as asked_field};
use super::style::{Face, drill_words, reading as in_unit};
use crate::drill::{OpenQuestion, Outcome, TraineeView, one_line};
use crate::engine::{DutyStep, EndCause, Fact, PauseCause, What};
use crate::scenario::{ActionId, DutyId, EvidenceId, QuestionId, SimTime};

/// What a fact tells. `view` has the fact folded in; `asked` is the question it settles, if any.
pub(super) fn entry(view: &TraineeView, asked: Option<&OpenQuestion>, fact: &Fact) -> Option<Entry> {
    let says = |face, source: String, title: String| entry_of(view, fact.at, face, source, title);
    match &fact.what {
        What::Known(_)
        | What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Absent(_)
        | What::Spread { .. }
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Fired(_)
        | What::Held(_)
        | What::Released(_)
        | What::Skipped(_)
        | What::Met(_)
        | What::Missed(_)
        | What::Opened { .. } => None,
        What::Started { .. } => {
            let title = tr!("The exercise begins. It is {0}.", view.date(fact.at));
            says(Face::Strong, "STARTEX".into(), title)
        }
        What::Delivered(_) => view.inbox.last().map(Entry::of_message),
        What::Answered { confidence, reason, .. } => {
            let entry = says(Face::Calm, tr!("story" => "You decided"), answered(view, asked?.id))?;
            Some(with_grounds(entry, asked?, *confidence, reason.as_deref()))
        }
        What::Lapsed(_) => {
            let asked = asked?;
            let title = tr!("Nobody answered: {0}", one_line(&asked.says));
            // ENDEX closes what had time left.
            let early = asked.lapses.is_none_or(|lapses| fact.at < lapses);
            let source = if early { tr!("story" => "Still open") } else { tr!("story" => "Time is up") };
            says(Face::Serious, source, title)
        }
        What::Closed(_) => says(Face::Quiet, tr!("story" => "No longer asked"), one_line(&asked?.says)),
        What::Extended { question, .. } => {
            says(Face::Calm, tr!("story" => "More time"), until(view, view.question(*question)?)?)
        }
        What::Hinted { question, .. } => {
            says(Face::Calm, tr!("story" => "Hint"), view.question(*question)?.hints.last()?.clone())
        }
        What::Begun { until, .. } | What::Examining { until, .. } if *until == fact.at => None,
        What::Begun { until, .. } => begun(view, fact.at, tr!("story" => "You begin"), *until),
        What::Examining { until, .. } => begun(view, fact.at, tr!("story" => "You look at"), *until),
        What::Did(action) => did(view, fact.at, *action),
        What::Examined(evidence) => view
            .evidence
            .iter()
            .find(|e| e.id == *evidence)
            .map(|e| Entry::of_artefact(e, view.clock(fact.at))),
        What::Revealed(evidence) => revealed(view, fact.at, *evidence),
        What::Moved { gauge, .. } => {
            let reading = view.gauges.iter().find(|g| g.id == *gauge)?;
            says(Face::Strong, reading.label.clone(), in_unit(reading.reads, &reading.unit))
        }
        What::Duty { duty, step } => owed(view, fact.at, *duty, *step),
        What::Noted(_) => says(Face::Calm, tr!("story" => "Your log"), view.notes.last()?.says.clone()),
        What::Paused(cause) => says(Face::Quiet, tr!("story" => "Pause"), paused(*cause)),
        What::Resumed => says(Face::Quiet, tr!("story" => "Going on"), String::new()),
        What::Ended { cause, .. } => over(view, fact.at, *cause),
    }
}

fn revealed(view: &TraineeView, at: SimTime, evidence: EvidenceId) -> Option<Entry> {
    let artefact = view.evidence.iter().find(|e| e.id == evidence)?;
    let title = tr!("{0}, {1} to look at", artefact.title, drill_words(artefact.takes));
    entry_of(view, at, Face::Strong, tr!("story" => "New evidence"), title)
}

/// What more time comes to.
fn until(view: &TraineeView, question: &OpenQuestion) -> Option<String> {
    let clock = view.clock(question.lapses?);
    Some(match question.to_the_end {
        true => tr!("You have until {0}, the end of the exercise. It costs nothing.", clock),
        false => tr!("You have until {0}. It costs nothing.", clock),
    })
}

/// ENDEX, and what came of it.
fn over(view: &TraineeView, at: SimTime, cause: EndCause) -> Option<Entry> {
    let over = view.over.as_ref()?;
    let entry = entry_of(view, at, Face::Strong, "ENDEX".into(), ended(cause))?;
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
    let entry = entry_of(view, at, Face::Calm, tr!("story" => "Done"), deed.label.clone())?;
    let body = if deed.result.is_empty() { Body::None } else { Body::Prose(deed.result.clone()) };
    Some(Entry { body, ..entry })
}

/// A clock that began to be counted, or a duty that was met.
fn owed(view: &TraineeView, at: SimTime, duty: DutyId, step: DutyStep) -> Option<Entry> {
    let owed = view.duties.iter().find(|owed| owed.id == duty)?;
    let (source, due) = match step {
        DutyStep::Declared { .. } if owed.declared => (tr!("story" => "You count"), owed.due.as_ref()),
        DutyStep::Started { .. } if !owed.declared => (tr!("story" => "A clock runs"), owed.due.as_ref()),
        DutyStep::Met => (tr!("story" => "Met"), None),
        DutyStep::Declared { .. } | DutyStep::Started { .. } | DutyStep::Missed => return None,
    };
    let entry = entry_of(view, at, Face::Strong, source, owed.label.clone())?;
    let fields = [
        (tr!("story" => "To"), Some(&owed.to)),
        (tr!("story" => "Rule"), Some(&owed.rule)),
        (tr!("story" => "Due"), due),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value?.clone())));
    Some(Entry { fields: fields.filter(|(_, value)| !value.is_empty()).collect(), ..entry })
}

/// What was asked, how sure the trainee was, and why.
fn with_grounds(
    mut entry: Entry,
    asked: &OpenQuestion,
    confidence: Option<u8>,
    reason: Option<&str>,
) -> Entry {
    entry.tells = Tells::Decided;
    entry.fields.push((asked_field(), one_line(&asked.says)));
    entry.fields.extend(confidence.map(|percent| (tr!("story" => "Sure"), format!("{percent} %"))));
    entry.fields.extend(reason.map(|reason| (tr!("story" => "Because"), reason.to_owned())));
    entry
}

fn entry_of(view: &TraineeView, at: SimTime, face: Face, source: String, title: String) -> Option<Entry> {
    Some(Entry { clock: view.clock(at), source, face, title, ..Entry::default() })
}

fn answered(view: &TraineeView, id: QuestionId) -> String {
    match view.settled.iter().rev().find(|s| s.id == id).map(|s| &s.how) {
        Some(Outcome::Answered(words)) => words.clone(),
        Some(Outcome::Lapsed | Outcome::Withdrawn) | None => String::new(),
    }
}

fn begun(view: &TraineeView, at: SimTime, source: String, until: SimTime) -> Option<Entry> {
    let label = view.busy.as_ref().map_or("", |b| b.label.as_str());
    let title = tr!("{label} (until {clock})", label, clock = view.clock(until));
    Some(Entry { tells: Tells::Begun, ..entry_of(view, at, Face::Calm, source, title)? })
}

fn paused(cause: PauseCause) -> String {
    match cause {
        PauseCause::Asked => tr!("The clock stands still."),
        PauseCause::ClockGap => {
            tr!(
                "The computer was away, or its clock was set. Drill time stood still meanwhile; nothing was missed."
            )
        }
        PauseCause::Interrupted => {
            tr!("The drill was interrupted. Drill time stood still meanwhile; nothing was missed.")
        }
        PauseCause::Answers => tr!("From here on an answers file decides."),
        PauseCause::Trainer => tr!("The trainer has stopped the clock."),
        PauseCause::RealEvent => tr!("The exercise has stopped: something has happened in earnest."),
        PauseCause::Retry => tr!("Back at the decision. The clock stands still until you go on."),
    }
}

/// How things stand where the story was broken off.
fn broken_off(view: &TraineeView) -> String {
    let mut text =
        tr!("The story was broken off here, and what would have come of it is not told. A drill that was \
         broken off does not count as passed.");
    for (row, gauge) in view.gauges.iter().enumerate() {
        let gap = if row == 0 { "\n" } else { "" };
        text.push_str(&format!("{gap}\n- {}: {}", gauge.label, in_unit(gauge.reads, &gauge.unit)));
    }
    text
}

fn ended(cause: EndCause) -> String {
    match cause {
        EndCause::Time => tr!("Time is up; the exercise is over."),
        EndCause::Story => tr!("The exercise is over."),
        EndCause::Asked => tr!("You ended the exercise."),
    }
}
