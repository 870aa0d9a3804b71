//! An entry of the story, and how it is laid out: as log lines, or to be read aloud.
//!
//! The live terminal, the plain mode and the replay tell the same story; they
//! differ in how an [`Entry`] is laid out, not in what it says (`tell.rs`).

use tr::tr;

use super::markdown::{markdown, spoken, verbatim};
use super::style::{Face, Line, Span, Style, plain, quiet, strong};
use super::wrap::wrap;
use crate::drill::{Artefact, Message};
use crate::scenario::Look;

/// Text is never set wider than this, however wide the terminal.
pub(super) const MEASURE: usize = 80;

/// The field that says what was asked.
pub(super) fn asked() -> String {
    tr!("story" => "Asked")
}

/// Something that happened, as it is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Time of day in the fiction; empty for what has no time.
    pub(super) clock: String,
    /// What it is, in a word or two.
    pub(super) source: String,
    /// How the word looks.
    pub(super) face: Face,
    /// What goes on the same line.
    pub(super) title: String,
    /// Fields below, such as From and Subject.
    pub(super) fields: Vec<(String, String)>,
    /// The text.
    pub(super) body: Body,
    /// What it tells, where that makes a difference.
    pub(super) tells: Tells,
}

/// What an entry tells, as far as anybody has to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tells {
    /// Anything else.
    #[default]
    Other,
    /// An answer.
    Decided,
    /// That work begins.
    Begun,
}

/// The text of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Body {
    /// None.
    #[default]
    None,
    /// Safe Markdown.
    Prose(String),
    /// To be shown as it stands.
    Verbatim(String),
}

impl Entry {
    /// A message, as it arrives or is read again.
    #[must_use]
    pub(super) fn of_message(message: &Message) -> Self {
        let fields = message.heading.clone();
        Self {
            clock: message.clock.clone(),
            source: message.channel.clone(),
            face: Face::Strong,
            fields,
            body: Body::Prose(message.body.clone()),
            ..Self::default()
        }
    }

    /// Examined evidence, as it is found or read again.
    #[must_use]
    pub(super) fn of_artefact(artefact: &Artefact, clock: String) -> Self {
        let text = artefact.body.clone().unwrap_or_default();
        let body = match artefact.look {
            Look::Note | Look::Table | Look::Transcript => Body::Prose(text),
            Look::Log | Look::Mail | Look::Screen => Body::Verbatim(text),
        };
        let (source, title) = (tr!("story" => "Evidence"), artefact.title.clone());
        Self { clock, source, face: Face::Strong, title, body, ..Self::default() }
    }

    /// The entry as log lines: the time in the margin, text set to a measure.
    #[must_use]
    pub(super) fn lines(&self, width: usize) -> Vec<Line> {
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
    pub(super) fn sentences(&self, style: Style) -> Vec<String> {
        // A sentence within quotation marks has its stop before them.
        let closes = |letter: char| matches!(letter, '"' | '”' | '“' | '»' | '’' | ')');
        let stop = |text: &str| match text.trim_end_matches(closes).chars().last() {
            Some('.' | '!' | '?' | ':' | '…') | None => text.to_owned(),
            Some(_) => format!("{text}."),
        };
        let clock = if self.clock.is_empty() { String::new() } else { format!("{}. ", self.clock) };
        let colon = if self.title.is_empty() { "" } else { ": " };
        let mut lines = vec![vec![plain(&stop(&format!("{clock}{}{colon}{}", self.source, self.title)))]];
        // What was asked has just been heard.
        let asked = asked();
        for (name, value) in self.fields.iter().filter(|(name, _)| *name != asked) {
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
