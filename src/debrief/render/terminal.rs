//! A debrief for eyes at the table: the page's words, in its order, without boxes.
//!
//! Nothing from outside reaches the device unclean; colour is one of the
//! sixteen that people theme, and never says anything alone.

use std::fmt;

use super::super::decision::Standing;
use super::super::model::Debrief;
use super::decisions::Card;
use super::page::{Block, Column, Page, Pair, Table, page};
use super::prose::{Prose, Span, read};
use super::table;
use crate::scenario::{clean, in_ascii};

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns; 40 to 200 are used.
    pub width: u16,
    /// Whether colour and weight may be used.
    pub colour: bool,
    /// Whether marks and typographic signs are written in ASCII.
    pub ascii: bool,
}

/// Writes the debrief for a terminal.
///
/// # Errors
/// When the writer fails.
pub fn terminal(debrief: &Debrief, screen: Screen, out: &mut impl fmt::Write) -> fmt::Result {
    set(&page(debrief), screen, out)
}

/// Sets a page for a terminal.
pub(super) fn set(page: &Page, screen: Screen, out: &mut impl fmt::Write) -> fmt::Result {
    let mut sheet = opened(page, screen);
    for section in &page.sections {
        sheet.apart();
        sheet.text.push('\n');
        sheet.say(0, &section.title, Weight::Bold);
        sheet.apart();
        sheet.blocks(2, &section.blocks);
    }
    sheet.apart();
    sheet.say(0, &page.closing(), Weight::Plain);
    out.write_str(&sheet.text)
}

/// Writes how a debrief opens: for the moment after ENDEX, when a whole one would
/// scroll its first sentences away.
///
/// # Errors
/// When the writer fails.
pub fn opening(debrief: &Debrief, screen: Screen, out: &mut impl fmt::Write) -> fmt::Result {
    out.write_str(&opened(&page(debrief), screen).text)
}

/// What it was, three sentences, and the figures.
fn opened(page: &Page, screen: Screen) -> Sheet {
    let mut sheet = Sheet::new(screen);
    sheet.say(0, &page.exercise.join(" · "), Weight::Plain);
    sheet.apart();
    sheet.say(0, &page.title, Weight::Bold);
    sheet.apart();
    for sentence in &page.lede {
        sheet.say(0, sentence, Weight::Plain);
    }
    sheet.apart();
    sheet.pairs(0, &page.glance);
    sheet
}

/// Writes a text of safe Markdown for a terminal, `indent` columns in.
///
/// # Errors
/// When the writer fails.
pub fn prose(text: &str, indent: usize, screen: Screen, out: &mut impl fmt::Write) -> fmt::Result {
    let mut sheet = Sheet::new(screen);
    sheet.prose(indent, &read(text));
    out.write_str(&sheet.text)
}

/// How a line is set.
#[derive(Clone, Copy)]
enum Weight {
    Plain,
    Bold,
    Mark(Standing),
}

impl Weight {
    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("1"),
            Self::Mark(Standing::Best) => Some("32"),
            Self::Mark(Standing::Defensible) => Some("33"),
            Self::Mark(Standing::Poor | Standing::Harmful | Standing::Lapsed) => Some("31"),
        }
    }
}

struct Sheet {
    text: String,
    width: usize,
    screen: Screen,
}

impl Sheet {
    fn new(screen: Screen) -> Self {
        Self { text: String::new(), width: usize::from(screen.width.clamp(40, 200)), screen }
    }

    /// An empty line unless there is one already.
    fn apart(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn safe(&self, text: &str) -> String {
        let text = clean(text).replace('\n', " ");
        if self.screen.ascii { in_ascii(&text, mark) } else { text }
    }

    fn say(&mut self, indent: usize, text: &str, weight: Weight) {
        self.hang(indent, "", text, weight);
    }

    /// A paragraph whose first line begins with `lead`, the others beneath its text.
    fn hang(&mut self, indent: usize, lead: &str, text: &str, weight: Weight) {
        let (lead, text) = (self.safe(lead), self.safe(text));
        let first = format!("{}{lead}", " ".repeat(indent));
        let rest = " ".repeat(textwrap::core::display_width(&first));
        let options = textwrap::Options::new(self.width).initial_indent(&first).subsequent_indent(&rest);
        let lines: Vec<String> = textwrap::wrap(&text, options).into_iter().map(|l| l.into_owned()).collect();
        for line in lines {
            self.line(&line, weight);
        }
    }

    fn line(&mut self, line: &str, weight: Weight) {
        let line = line.trim_end();
        match weight.code().filter(|_| self.screen.colour) {
            Some(code) => self.text.push_str(&format!("\u{1b}[{code}m{line}\u{1b}[0m\n")),
            None => self.text.push_str(&format!("{line}\n")),
        }
    }

    fn blocks(&mut self, indent: usize, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Says { text } | Block::Note { text } => self.say(indent, text, Weight::Plain),
                Block::Prose { text } => self.prose(indent, &read(text)),
                Block::Quote { text } => self.quote(indent, text),
                Block::Heading { text } => {
                    self.apart();
                    self.say(indent, text, Weight::Bold);
                }
                Block::List { items, numbered } => self.list(indent, items, *numbered),
                Block::Pairs { pairs } => self.pairs(indent, pairs),
                Block::Table(table) => self.table(indent, table),
                Block::Picture { finding, table, .. } => {
                    self.apart();
                    self.say(indent, finding, Weight::Bold);
                    self.table(indent, table);
                    self.apart();
                }
                Block::Decision(card) => self.card(indent, card),
                Block::Source { label, title, address, read } => {
                    self.source(indent, &format!("{label}{title}"), address, read);
                }
            }
        }
    }

    fn card(&mut self, indent: usize, card: &Card) {
        self.apart();
        self.hang(
            indent,
            &format!("{}  ", card.when),
            &format!("{}. {}", card.number, card.title),
            Weight::Bold,
        );
        let worth = format!("{} · {} · {}", card.word, card.points, card.stage);
        let mark = format!("{} ", card.standing.mark(self.screen.ascii));
        self.hang(indent + 2, &mark, &worth, Weight::Mark(card.standing));
        self.blocks(indent + 2, &card.front);
        self.blocks(indent + 2, &card.back);
    }

    fn list(&mut self, indent: usize, items: &[String], numbered: bool) {
        for (row, item) in items.iter().enumerate() {
            let lead = if numbered { format!("{}. ", row + 1) } else { "- ".to_owned() };
            self.hang(indent, &lead, item, Weight::Plain);
        }
    }

    fn pairs(&mut self, indent: usize, pairs: &[Pair]) {
        for pair in pairs {
            let note = if pair.note.is_empty() { String::new() } else { format!(" ({})", pair.note) };
            let gap = if pair.text.is_empty() { "" } else { " " };
            let text = format!("{}:{gap}{}{note}", pair.label, pair.text);
            let first = format!("{}{}", " ".repeat(indent), self.safe(&text));
            let rest = " ".repeat(indent + 2);
            let options = textwrap::Options::new(self.width).subsequent_indent(&rest);
            let lines: Vec<String> =
                textwrap::wrap(&first, options).into_iter().map(|l| l.into_owned()).collect();
            lines.iter().for_each(|line| self.line(line, Weight::Plain));
            self.list(indent + 2, &pair.items, false);
        }
    }

    fn table(&mut self, indent: usize, all: &Table) {
        // Empty rows are there to be written in.
        let filled = |row: &&Vec<String>| row.iter().any(|cell| !cell.is_empty());
        let column = |c: &Column| Column { title: c.title.clone(), kind: c.kind };
        let safe = Table {
            caption: self.safe(&all.caption),
            columns: all.columns.iter().map(column).collect(),
            rows: all
                .rows
                .iter()
                .filter(filled)
                .map(|row| row.iter().map(|cell| self.safe(cell)).collect())
                .collect(),
            below: all.below.iter().map(|says| self.safe(says)).collect(),
        };
        self.apart();
        self.say(indent, &safe.caption, Weight::Plain);
        for line in table::lines(&safe, self.width - indent) {
            self.line(&format!("{}{line}", " ".repeat(indent)), Weight::Plain);
        }
    }

    /// The trainee's own words, their line breaks kept.
    fn quote(&mut self, indent: usize, text: &str) {
        for line in clean(text).lines() {
            self.hang(indent, "> ", line, Weight::Plain);
        }
    }

    fn source(&mut self, indent: usize, title: &str, address: &str, read: &str) {
        let mut line = title.to_owned();
        if !address.is_empty() {
            line.push_str(&format!(", {address}"));
        }
        if !read.is_empty() {
            line.push_str(&format!(" ({read})"));
        }
        self.say(indent, &line, Weight::Plain);
    }

    fn prose(&mut self, indent: usize, blocks: &[Prose]) {
        for block in blocks {
            match block {
                Prose::Para(text) => {
                    for line in joined(text).split('\n') {
                        self.say(indent, line, Weight::Plain);
                    }
                }
                Prose::Code(code) => {
                    for line in code.lines() {
                        self.hang(indent + 2, "", line, Weight::Plain);
                    }
                }
                Prose::Quote(inner) => self.prose(indent + 2, inner),
                Prose::List(first, items) => self.prose_list(indent, *first, items),
                Prose::Table(rows) => {
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| joined(cell)).collect();
                        self.hang(indent, "", &cells.join(" | "), Weight::Plain);
                    }
                }
            }
        }
    }

    fn prose_list(&mut self, indent: usize, first: Option<u64>, items: &[Vec<Prose>]) {
        for (row, item) in items.iter().enumerate() {
            let lead = first.map_or("- ".to_owned(), |f| format!("{}. ", f.saturating_add(row as u64)));
            let beneath = indent + lead.len();
            match &item[..] {
                [Prose::Para(text), rest @ ..] => {
                    self.hang(indent, &lead, &joined(text), Weight::Plain);
                    self.prose(beneath, rest);
                }
                all => self.prose(beneath, all),
            }
        }
    }
}

fn joined(text: &[Span]) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

/// What stands for the marks of decisions.
const fn mark(sign: char) -> Option<char> {
    match sign {
        '✓' => Some('+'),
        '◐' => Some('~'),
        '✗' => Some('x'),
        '◆' => Some('!'),
        _ => None,
    }
}
