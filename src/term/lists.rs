//! The lists a trainee can call up, and everything known at a glance. Shared by
//! the live panel and the plain mode, so that the same number means the same.

use tr::tr;

use super::story::{Body, Entry};
use super::style::{drill_words, number, reading};
use crate::drill::{Deed, Outcome, Owed, Reading, Settled, TraineeView};
use crate::engine::Input;
use crate::scenario::{ActionId, EvidenceId, SimTime};

/// For whom something is, behind its label.
fn whose(seats: &str) -> String {
    if seats.is_empty() { String::new() } else { tr!(" – for: {seats}", seats) }
}

/// A row of the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelved {
    /// Evidence.
    Evidence(EvidenceId),
    /// A message, by its place in the inbox.
    Message(usize),
}

/// What taking a row of a list comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Something for the drill.
    Do(Input),
    /// Something to read again.
    Read(Box<Entry>),
}

/// Evidence first, then what has arrived, the latest first.
#[must_use]
pub(super) fn shelf(view: &TraineeView) -> Vec<(Shelved, String)> {
    let evidence = view.evidence.iter().map(|artefact| {
        let state = match (&artefact.body, artefact.in_hand) {
            (Some(_), _) => tr!("looked at, read again"),
            (None, Some(until)) => tr!("being looked at until {0}", view.clock(until)),
            (None, None) => tr!("{0} to look at", drill_words(artefact.takes)),
        };
        (Shelved::Evidence(artefact.id), format!("{} ({state}){}", artefact.title, whose(&artefact.whose)))
    });
    let messages = view.inbox.iter().enumerate().rev().map(|(place, message)| {
        let about = if message.subject.is_empty() { String::new() } else { format!(": {}", message.subject) };
        let label = format!("{} {}, {}{about}", message.clock, message.channel, message.from);
        (Shelved::Message(place), label)
    });
    evidence.chain(messages).collect()
}

/// What a row of the shelf comes to.
#[must_use]
pub(super) fn take_from_shelf(view: &TraineeView, row: Shelved) -> Option<Row> {
    match row {
        Shelved::Message(place) => {
            view.inbox.get(place).map(|message| Row::Read(Box::new(Entry::of_message(message))))
        }
        Shelved::Evidence(id) => {
            let artefact = view.evidence.iter().find(|e| e.id == id)?;
            Some(match artefact.body {
                None => Row::Do(Input::Examine(id)),
                Some(_) => Row::Read(Box::new(Entry::of_artefact(artefact, String::new()))),
            })
        }
    }
}

/// What can be done, and what was.
#[must_use]
pub(super) fn deeds(view: &TraineeView) -> Vec<(ActionId, String)> {
    let label = |deed: &Deed| match (deed.on_offer, deed.in_hand) {
        (_, Some(until)) => tr!("{0} (under way until {1})", deed.label, view.clock(until)),
        (true, None) if deed.takes == SimTime::ZERO => deed.label.clone(),
        (true, None) => format!("{} ({})", deed.label, drill_words(deed.takes)),
        (false, None) => tr!("{0} (done, read again)", deed.label),
    };
    view.actions.iter().map(|deed| (deed.id, format!("{}{}", label(deed), whose(&deed.whose)))).collect()
}

/// What a row of [`deeds`] comes to. One that is no longer there is tried all the same: the
/// drill says why it cannot be done.
#[must_use]
pub(super) fn take_deed(view: &TraineeView, id: ActionId) -> Row {
    let Some(deed) =
        view.actions.iter().find(|deed| deed.id == id && !deed.on_offer && !deed.result.is_empty())
    else {
        return Row::Do(Input::Do(id));
    };
    let (source, title) = (tr!("story" => "Done"), deed.label.clone());
    let body = Body::Prose(deed.result.clone());
    Row::Read(Box::new(Entry { source, title, body, ..Entry::default() }))
}

/// Everything known at a glance: gauges, what is asked, what was decided, the incident log.
#[must_use]
pub(super) fn situation(view: &TraineeView, now: SimTime) -> Entry {
    let mut text = String::new();
    let mut part = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("**{title}**\n\n{}\n\n", lines.join("\n")));
        }
    };
    let gauge = |g: &Reading| {
        let reads = tr!("{0} (at the start {1})", reading(g.reads, &g.unit), number(g.start));
        format!("- {}: {reads}", g.label)
    };
    let settled = |s: &Settled| {
        let how = match &s.how {
            Outcome::Answered(words) => words.clone(),
            Outcome::Lapsed => tr!("Nobody answered in time."),
            Outcome::Withdrawn => tr!("story" => "No longer asked"),
        };
        format!("- {} {} {how}", view.clock(s.at), s.says)
    };
    part(tr!("The situation"), view.gauges.iter().map(gauge).collect());
    part(tr!("What is asked"), view.open.iter().map(|q| format!("- {}", q.says)).collect());
    part(tr!("Clocks of what is owed"), view.duties.iter().map(|o| owed(view, o)).collect());
    part(tr!("What was decided"), view.settled.iter().map(settled).collect());
    part(tr!("Your incident log"), view.notes.iter().map(|n| format!("- {} {}", n.clock, n.says)).collect());
    if text.is_empty() {
        text.push_str(&tr!("Nothing is known yet."));
    }
    let (clock, source) = (view.clock(now), tr!("So far"));
    Entry { clock, source, body: Body::Prose(text), ..Entry::default() }
}

/// A clock that runs, or ran until it was met.
fn owed(view: &TraineeView, o: &Owed) -> String {
    let rule = if o.rule.is_empty() { String::new() } else { format!(" ({})", o.rule) };
    let since = view.clock(o.since);
    let stands = match &o.due {
        Some(due) if !o.met && o.declared => tr!("due {due}, as you declared at {since}", due, since),
        Some(due) if !o.met => tr!("due {due}, running since {since}", due, since),
        _ if o.declared => tr!("met, as you declared at {since}", since),
        _ => tr!("met, running since {since}", since),
    };
    let owed = tr!("{label}, to {to}", label = o.label, to = o.to);
    format!("- {owed}{rule}: {stands}")
}
