//! What can lie over the open question for a while: lists, a text to read, a
//! line to write, a thing to confirm. The question stays open underneath.

use crate::drill::{OpenQuestion, TraineeView};
use crate::limits::TYPED_BYTES_MAX;
use crate::scenario::{ActionId, EvidenceId, QuestionId};
use crate::term::editor::Editor;
use crate::term::pick::{How, Picker};
use crate::term::story::{Body, Entry};
use crate::term::style::{drill_words, number};

/// What lies over the question.
#[derive(Clone, Debug)]
pub(super) enum Overlay {
    /// Evidence and everything that arrived.
    Shelf(Picker, Vec<Shelved>),
    /// What can be done.
    Deeds(Picker, Vec<ActionId>),
    /// A text, from a line on.
    Reader(Box<Entry>, usize),
    /// A line for the incident log.
    Note(Editor),
    /// Whether to take a hint at its price.
    Hint(QuestionId, u8),
    /// Whether to leave; and whether the clock stood still before that was asked.
    Leave {
        /// Whether it stood still before.
        stood: bool,
    },
}

/// A row of the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelved {
    /// Evidence.
    Evidence(EvidenceId),
    /// A message, by its place in the inbox.
    Message(usize),
}

impl Overlay {
    pub(super) fn note() -> Self {
        Self::Note(Editor::new(TYPED_BYTES_MAX))
    }

    pub(super) fn shelf(view: &TraineeView) -> Option<Self> {
        let mut rows = Vec::new();
        let mut labels = Vec::new();
        for artefact in &view.evidence {
            rows.push(Shelved::Evidence(artefact.id));
            let state = match (&artefact.body, artefact.in_hand) {
                (Some(_), _) => "looked at, read again".to_owned(),
                (None, Some(until)) => format!("being looked at until {}", view.clock(until)),
                (None, None) => format!("{} to look at", drill_words(artefact.takes)),
            };
            labels.push(format!("{} ({state})", artefact.title));
        }
        for (place, message) in view.inbox.iter().enumerate().rev() {
            rows.push(Shelved::Message(place));
            let about =
                if message.subject.is_empty() { String::new() } else { format!(": {}", message.subject) };
            labels.push(format!("{} {}, {}{about}", message.clock, message.channel, message.from));
        }
        (!rows.is_empty()).then(|| Self::Shelf(Picker::new(How::One, labels), rows))
    }

    pub(super) fn deeds(view: &TraineeView) -> Option<Self> {
        let label = |deed: &crate::drill::Deed| match (deed.on_offer, deed.in_hand) {
            (_, Some(until)) => format!("{} (under way until {})", deed.label, view.clock(until)),
            (true, None) if deed.takes.0 == 0 => deed.label.clone(),
            (true, None) => format!("{} ({})", deed.label, drill_words(deed.takes)),
            (false, None) => format!("{} (done, read again)", deed.label),
        };
        let (labels, rows): (Vec<_>, Vec<_>) = view.actions.iter().map(|d| (label(d), d.id)).unzip();
        (!rows.is_empty()).then(|| Self::Deeds(Picker::new(How::One, labels), rows))
    }

    pub(super) fn read(entry: Entry) -> Self {
        Self::Reader(Box::new(entry), 0)
    }

    /// Everything known at a glance: gauges, what is asked, what was decided, the incident log.
    pub(super) fn situation(view: &TraineeView, now: crate::scenario::SimTime) -> Self {
        let mut text = String::new();
        let mut part = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                text.push_str(&format!("**{title}**\n\n{}\n\n", lines.join("\n")));
            }
        };
        let gauge = |g: &crate::drill::Reading| {
            let (reads, start) = (number(g.reads), number(g.start));
            format!("- {}: {reads} {} (at the start {start})", g.label, g.unit)
        };
        part("The situation", view.gauges.iter().map(gauge).collect());
        part("What is asked", view.open.iter().map(|q: &OpenQuestion| format!("- {}", q.says)).collect());
        let settled = |s: &crate::drill::Settled| {
            let how = match &s.how {
                crate::drill::Outcome::Answered(words) => words.as_str(),
                crate::drill::Outcome::Lapsed => "nobody answered in time",
                crate::drill::Outcome::Withdrawn => "no longer asked",
            };
            format!("- {} {}: {how}", view.clock(s.at), s.says)
        };
        part("What was decided", view.settled.iter().map(settled).collect());
        part("Your incident log", view.notes.iter().map(|n| format!("- {} {}", n.clock, n.says)).collect());
        if text.is_empty() {
            text.push_str("Nothing is known yet.");
        }
        Self::read(Entry {
            clock: view.clock(now),
            source: "So far".into(),
            body: Body::Prose(text),
            ..Entry::default()
        })
    }
}
