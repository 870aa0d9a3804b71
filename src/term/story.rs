//! What happened, as a trainee reads it: one entry per fact that can be seen.
//!
//! The live terminal, the plain mode and the replay tell the same story; they
//! differ in how an [`Entry`] is laid out, not in what it says.

use super::markdown::{markdown, spoken, verbatim};
use super::style::{Face, Line, Span, Style, drill_words, number, plain, quiet, strong};
use super::wrap::wrap;
use crate::drill::{Artefact, Message, OpenQuestion, Outcome, TraineeView, visible};
use crate::engine::{EndCause, Fact, PauseCause, What};
use crate::scenario::{Look, QuestionId, Scenario, SimTime};

/// Text is never set wider than this, however wide the terminal.
pub const MEASURE: usize = 80;

const ASKED: &str = "Asked";

/// Something that happened, as it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Time of day in the fiction; empty for what has no time.
    pub clock: String,
    /// What it is, in a word or two.
    pub source: String,
    /// How the word looks.
    pub face: Face,
    /// What goes on the same line.
    pub title: String,
    /// Fields below, such as From and Subject.
    pub fields: Vec<(String, String)>,
    /// The text.
    pub body: Body,
}

/// The text of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// None.
    #[default]
    None,
    /// Safe Markdown.
    Prose(String),
    /// To be shown as it stands.
    Verbatim(String),
}

impl Entry {
    /// A line of our own, outside the fiction.
    #[must_use]
    pub fn remark(source: &str, title: &str) -> Self {
        Self { source: source.into(), title: title.into(), face: Face::Strong, ..Self::default() }
    }

    /// A message, as it arrives or is read again.
    #[must_use]
    pub fn of_message(message: &Message) -> Self {
        let fields = message.heading.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        Self {
            clock: message.clock.clone(),
            source: message.channel.into(),
            face: Face::Strong,
            fields,
            body: Body::Prose(message.body.clone()),
            ..Self::default()
        }
    }

    /// Examined evidence, as it is found or read again.
    #[must_use]
    pub fn of_artefact(artefact: &Artefact, clock: String) -> Self {
        let text = artefact.body.clone().unwrap_or_default();
        let body = match artefact.look {
            Look::Note | Look::Table | Look::Transcript => Body::Prose(text),
            Look::Log | Look::Mail | Look::Screen => Body::Verbatim(text),
        };
        let (source, title) = ("Evidence".into(), artefact.title.clone());
        Self { clock, source, face: Face::Strong, title, body, ..Self::default() }
    }

    /// What a fact tells. `view` has the fact folded in; `asked` is the question it settles, if any.
    #[must_use]
    pub fn of(
        scenario: &Scenario,
        view: &TraineeView,
        asked: Option<&OpenQuestion>,
        fact: &Fact,
    ) -> Option<Self> {
        let says = |face: Face, source: &str, title: String| {
            let (clock, source) = (view.clock(fact.at), source.to_owned());
            Some(Self { clock, source, face, title, ..Self::default() })
        };
        match &fact.what {
            What::Known(_)
            | What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Met(_)
            | What::Missed(_)
            | What::Opened { .. } => None,
            What::Started { .. } => {
                says(Face::Strong, "STARTEX", format!("The exercise begins. It is {}.", view.date(fact.at)))
            }
            What::Delivered(_) => view.inbox.last().map(Self::of_message),
            What::Answered { confidence, reason, .. } => {
                let mut entry = says(Face::Calm, "You decided", answered(view, asked?.id))?;
                entry.fields.push((ASKED.into(), asked?.says.clone()));
                if let Some(percent) = confidence {
                    entry.fields.push(("Sure".into(), format!("{percent} %")));
                }
                if let Some(reason) = reason {
                    entry.fields.push(("Because".into(), reason.clone()));
                }
                Some(entry)
            }
            What::Lapsed(_) => says(Face::Serious, "Time is up", format!("Nobody answered: {}", asked?.says)),
            What::Closed(_) => says(Face::Quiet, "No longer asked", asked.map(|q| q.says.clone())?),
            What::Extended { lapses, .. } => {
                says(Face::Calm, "More time", format!("You have until {}.", view.clock(*lapses)))
            }
            What::Hinted { question, .. } => {
                let hint = view.question(*question).and_then(|q| q.hints.last());
                says(Face::Calm, "Hint", hint.cloned()?)
            }
            What::Begun { until, .. } | What::Examining { until, .. } if *until == fact.at => None,
            What::Begun { until, .. } => says(Face::Calm, "You begin", begun(view, *until)),
            What::Examining { until, .. } => says(Face::Calm, "You look at", begun(view, *until)),
            What::Did(action) => {
                let deed = view.actions.iter().find(|a| a.id == *action)?;
                let mut entry = says(Face::Calm, "Done", deed.label.clone())?;
                if !deed.result.is_empty() {
                    entry.body = Body::Prose(deed.result.clone());
                }
                Some(entry)
            }
            What::Examined(evidence) => {
                let artefact = view.evidence.iter().find(|e| e.id == *evidence)?;
                Some(Self::of_artefact(artefact, view.clock(fact.at)))
            }
            What::Revealed(evidence) => {
                let artefact = view.evidence.iter().find(|e| e.id == *evidence)?;
                says(
                    Face::Strong,
                    "New evidence",
                    format!("{}, {} to look at", artefact.title, drill_words(artefact.takes)),
                )
            }
            What::Moved { gauge, .. } => {
                let reading = view.gauges.iter().find(|g| g.id == *gauge)?;
                says(Face::Strong, &reading.label, format!("{} {}", number(reading.reads), reading.unit))
            }
            What::Noted(_) => says(Face::Calm, "Your incident log", view.notes.last()?.says.clone()),
            What::Paused(cause) => says(Face::Quiet, "Pause", paused(*cause).into()),
            What::Resumed => says(Face::Quiet, "Going on", String::new()),
            What::Ended { cause, .. } => {
                let over = view.over.as_ref()?;
                let mut entry = says(Face::Strong, "ENDEX", ended(*cause).into())?;
                entry.fields.push((String::new(), over.title.clone()));
                entry.body = Body::Prose(over.says.clone());
                Some(entry)
            }
        }
        .filter(|_| visible(scenario, &fact.what))
    }

    /// The entry as log lines: the time in the margin, text set to a measure.
    #[must_use]
    pub fn lines(&self, width: usize) -> Vec<Line> {
        let width = width.min(MEASURE);
        let indent = if width < 60 || self.clock.is_empty() { 2 } else { 7 };
        let margin = vec![plain(&" ".repeat(indent))];
        let mut first = Line::new();
        if !self.clock.is_empty() {
            first.push(quiet(&format!("{}  ", self.clock)));
        }
        let gap = if self.title.is_empty() || self.source.is_empty() { "" } else { "  " };
        let head = [Span::new(self.face, &self.source), plain(gap), plain(&self.title)];
        // Two spaces hold the source and its title apart; wrapping would make one of them.
        first.push(head[0].clone());
        first.push(head[1].clone());
        let mut lines = wrap(&head[2..], width, &first, &margin);
        for (name, value) in &self.fields {
            let head = if name.is_empty() { strong(value) } else { quiet(&format!("{name}: ")) };
            let value = if name.is_empty() { plain("") } else { plain(value) };
            let hang = vec![plain(&" ".repeat(indent + 2))];
            lines.extend(wrap(&[head, value], width, &margin, &hang));
        }
        let body = match &self.body {
            Body::None => Vec::new(),
            Body::Prose(text) => markdown(text, width - indent),
            Body::Verbatim(text) => verbatim(text, width - indent),
        };
        if !body.is_empty() {
            lines.push(Line::new());
        }
        lines.extend(
            body.into_iter().map(|line| if line.is_empty() { line } else { [margin.clone(), line].concat() }),
        );
        lines
    }

    /// The entry to be read aloud: one sentence per line, nothing beside anything else.
    #[must_use]
    pub fn sentences(&self, style: Style) -> Vec<String> {
        let stop = |text: &str| match text.chars().last() {
            Some('.' | '!' | '?' | ':') | None => text.to_owned(),
            Some(_) => format!("{text}."),
        };
        let clock = if self.clock.is_empty() { String::new() } else { format!("{}. ", self.clock) };
        let colon = if self.title.is_empty() { "" } else { ": " };
        let mut lines = vec![vec![plain(&stop(&format!("{clock}{}{colon}{}", self.source, self.title)))]];
        // What was asked has just been heard.
        for (name, value) in self.fields.iter().filter(|(name, _)| name != ASKED) {
            let field = if name.is_empty() { value.clone() } else { format!("{name}: {value}") };
            lines.push(vec![plain(&stop(&field))]);
        }
        match &self.body {
            Body::None => {}
            Body::Prose(text) => lines.extend(spoken(text)),
            Body::Verbatim(text) => lines.extend(text.trim_matches('\n').lines().map(|l| vec![plain(l)])),
        }
        lines.iter().map(|line| style.paint(line)).collect()
    }
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
            "The computer was away or its clock was set; drill time stood still meanwhile."
        }
        PauseCause::Interrupted => "The drill was interrupted; drill time stood still meanwhile.",
    }
}

const fn ended(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Time => "Time is up; the exercise is over.",
        EndCause::Story => "The exercise is over.",
        EndCause::Asked => "You ended the exercise.",
    }
}
