//! What every rendering shows, in which order and in which words.
//!
//! The page in the browser, the terminal and the Markdown file are three ways
//! to set one [`Page`]; none of them has a sentence of its own. Blocks say what
//! they are, not how they look. Strings here are still unsafe for any device:
//! each renderer cleans and escapes where it writes.

use std::cmp::Ordering;

use serde::Serialize;
use tr::tr;

use super::super::happened::Gauge;
use super::super::model::Debrief;
use super::super::otherwise::LineEnd;
use super::super::picture::Picture;
use super::super::words::{self, capital, length, points, reading, short};
use super::{decisions, method, record, sections};
use crate::scenario::said_date;
use crate::speech::language;

/// A whole debrief, ready to be set.
#[derive(Serialize)]
pub(super) struct Page {
    /// Title of the script.
    pub(super) title: String,
    /// Language of the script's own texts.
    pub(super) language: String,
    /// Language of everything else.
    pub(super) speaks: &'static str,
    /// The line that stands on top, `EXERCISE` first.
    pub(super) exercise: Vec<String>,
    /// The three sentences.
    pub(super) lede: Vec<String>,
    /// The few numbers a manager asks for.
    pub(super) glance: Vec<Pair>,
    /// What the list of sections is called.
    pub(super) contents: String,
    /// Everything else.
    pub(super) sections: Vec<Section>,
    /// What stands at the bottom beside `EXERCISE`.
    pub(super) closing: String,
}

/// A section with its heading.
#[derive(Serialize)]
pub(super) struct Section {
    /// Where links within the page lead.
    pub(super) id: &'static str,
    /// Heading.
    pub(super) title: String,
    /// Contents.
    pub(super) blocks: Vec<Block>,
}

/// A label, what it labels, and a remark.
#[derive(Clone, Serialize)]
pub(super) struct Pair {
    /// Label.
    pub(super) label: String,
    /// What it labels.
    pub(super) text: String,
    /// The same where it is several things.
    pub(super) items: Vec<String>,
    /// A remark, paler; may be empty.
    pub(super) note: String,
}

/// One thing on the page.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum Block {
    /// A sentence of ours.
    Says { text: String },
    /// A remark, paler.
    Note { text: String },
    /// The author's safe Markdown.
    Prose { text: String },
    /// The trainee's own words.
    Quote { text: String },
    /// A heading within a section.
    Heading { text: String },
    /// A list of plain texts.
    List { items: Vec<String>, numbered: bool },
    /// Labels and what they label.
    Pairs { pairs: Vec<Pair> },
    /// A table.
    Table(Table),
    /// A picture with the table that says the same, and what that one is called.
    Picture { picture: &'static str, finding: String, table: Table, same: String },
    /// A decision: its front always seen, its back one step away.
    Decision(Box<decisions::Card>),
    /// What something rests on, or what to read on; `label` says which, if that needs saying.
    Source { label: String, title: String, address: String, read: String },
}

/// A table with its caption.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
    /// What is said below each row, as wide as the table; may be empty, or shorter than the rows.
    pub(super) below: Vec<String>,
}

/// A column of a table.
#[derive(Serialize)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ColumnKind {
    /// Words.
    Text,
    /// Numbers and times, which do not wrap.
    Number,
    /// Room to write in.
    Empty,
}

impl Table {
    pub(super) fn new(caption: impl Into<String>, columns: &[(String, ColumnKind)]) -> Self {
        let column = |(title, kind): &(String, ColumnKind)| Column { title: title.clone(), kind: *kind };
        let columns = columns.iter().map(column).collect();
        Self { caption: caption.into(), columns, rows: Vec::new(), below: Vec::new() }
    }

    /// What is said below a row; empty where nothing is.
    pub(super) fn below(&self, row: usize) -> &str {
        self.below.get(row).map_or("", String::as_str)
    }
}

impl Pair {
    pub(super) fn new(label: &str, text: impl Into<String>, note: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), items: Vec::new(), note: note.into() }
    }
}

impl Pair {
    /// A label for one thing, or for several.
    pub(super) fn of(label: &str, mut items: Vec<String>, note: &str) -> Self {
        match items.len() {
            1 => Self::new(label, items.remove(0), note),
            _ => Self { items, ..Self::new(label, "", note) },
        }
    }
}

impl Block {
    pub(super) fn says(text: impl Into<String>) -> Self {
        Self::Says { text: text.into() }
    }
    pub(super) fn note(text: impl Into<String>) -> Self {
        Self::Note { text: text.into() }
    }
    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }
    pub(super) fn picture(picture: Picture, debrief: &Debrief, table: Table) -> Self {
        Self::drawn(picture.name(), picture.finding(debrief), table)
    }
    /// A picture by its name.
    pub(super) fn drawn(picture: &'static str, finding: String, table: Table) -> Self {
        let same = tr!("{}: the same as a table", table.caption);
        Self::Picture { picture, finding, table, same }
    }
    pub(super) fn list(items: Vec<String>) -> Self {
        Self::List { items, numbered: false }
    }
}

/// Sets out a debrief.
pub(super) fn page(debrief: &Debrief) -> Page {
    let sections = [
        sections::happened(debrief),
        sections::duties(debrief),
        sections::stages(debrief),
        decisions::section(debrief),
        sections::calibration(debrief),
        sections::unexamined(debrief),
        record::record(debrief),
        sections::truth(debrief),
        sections::hot_wash(debrief),
        sections::good(debrief),
        sections::improvements(debrief),
        sections::further_reading(&debrief.reading),
        method::section(debrief),
        method::facts(debrief),
    ];
    Page {
        glance: glance(debrief),
        sections: sections.into_iter().flatten().collect(),
        ..Page::new(&debrief.sheet.title, &debrief.sheet.language, exercise(debrief), lede(debrief))
    }
}

impl Page {
    /// A page in the language that is spoken, with nothing on it yet but how it begins and ends.
    pub(super) fn new(
        title: &str,
        language_of_script: &str,
        exercise: Vec<String>,
        lede: Vec<String>,
    ) -> Self {
        Self {
            title: title.into(),
            language: language_of_script.into(),
            speaks: language().tag(),
            exercise,
            lede,
            glance: Vec::new(),
            contents: tr!("Contents"),
            sections: Vec::new(),
            closing: tr!("Everything above was simulated; people, companies and addresses are invented."),
        }
    }

    /// The line at the bottom.
    pub(super) fn closing(&self) -> String {
        let exercise = self.exercise.first().map_or("", String::as_str);
        format!("{exercise}. {}", self.closing)
    }
}

/// The three sentences; before them, where nobody decided, that nobody did.
fn lede(debrief: &Debrief) -> Vec<String> {
    let opening = &debrief.opening;
    let mut lede = vec![opening.happened.clone(), opening.best.clone(), opening.change.clone()];
    if debrief.sheet.answers_file {
        let from_file =
            tr!("Played with --answers: a file decided here, so nothing below is anybody's own practice.");
        lede.insert(0, from_file);
    }
    lede
}

/// What stands beside EXERCISE.
fn exercise(debrief: &Debrief) -> Vec<String> {
    let sheet = &debrief.sheet;
    let mut line = vec![
        tr!("EXERCISE"),
        sheet.organisation.clone(),
        format!("{}, {}–{}", sheet.day, sheet.startex.clock, sheet.endex.clock),
        // The whole id stands at the end, where it is needed.
        tr!("drill {}", short(&sheet.drill)),
        tr!("seed {}", sheet.seed),
    ];
    if let Some(retry) = &sheet.retry {
        let parent = short(&retry.drill);
        line.push(tr!("a retry of drill {0}, played anew from {1} on", parent, retry.from.clock));
    }
    if let Some(trainee) = &sheet.trainee {
        line.push(tr!("played by {}", trainee));
    }
    if let Some(started) = &sheet.started {
        line.push(tr!("played" => "on {}", said_date(started)));
    }
    line.retain(|part| !part.is_empty());
    line
}

fn glance(debrief: &Debrief) -> Vec<Pair> {
    let mut pairs = vec![decisions_at_a_glance(debrief)];
    for gauge in debrief.gauges.iter().filter(|g| !g.hidden).take(3) {
        let note = match gauge.end == gauge.start {
            true => tr!("as at the start (STARTEX)"),
            false => tr!("{} at the start (STARTEX)", reading(gauge, gauge.start)),
        };
        let note = [note, between(debrief, gauge)].join("");
        pairs.push(Pair::new(&capital(&gauge.label), reading(gauge, gauge.end), note));
    }
    let sure = debrief.calibration.calls.iter().filter(|c| c.sure_and_wrong()).count();
    if !debrief.calibration.calls.is_empty() {
        let of = tr!("of 1 answer with a confidence"
            | "of {n} answers with a confidence" % debrief.calibration.calls.len());
        pairs.push(Pair::new(&tr!("Sure and wrong"), sure.to_string(), of));
    }
    let played = debrief.sheet.endex.second - debrief.sheet.startex.second;
    let note = match (debrief.sheet.untimed, debrief.sheet.factor) {
        (true, _) => tr!("untimed"),
        (false, 100) => String::new(),
        (false, factor) => tr!("windows stretched to {}", words::percent(factor)),
    };
    pairs.push(Pair::new(&tr!("Drill time"), length(played), note));
    pairs
}

/// Where a gauge ends on the worst and on the best line, if they part.
fn between(debrief: &Debrief, gauge: &Gauge) -> String {
    let Some(otherwise) = &debrief.otherwise else { return String::new() };
    let end = |line: &LineEnd| line.gauges.iter().find(|course| course.name == gauge.name).map(|c| c.end);
    match (end(&otherwise.worst), end(&otherwise.best)) {
        (Some(worst), Some(best)) if worst != best => {
            tr!(
                "; on the line of fewest points {0}, of most {1}",
                reading(gauge, worst),
                reading(gauge, best)
            )
        }
        _ => String::new(),
    }
}

fn decisions_at_a_glance(debrief: &Debrief) -> Pair {
    let Some(percent) = debrief.points.percent else {
        return Pair::new(&tr!("Decisions"), tr!("not scored"), "");
    };
    let (earned, possible) = (points(debrief.points.earned), points(debrief.points.possible));
    let best =
        debrief.otherwise.as_ref().map(|otherwise| (points(otherwise.best.earned), otherwise.best.proved));
    let text = match best {
        None => tr!("{0} of {1}", earned, possible),
        Some((best, true)) => tr!("{0} of {1}; best line {2}", earned, possible, best),
        Some((best, false)) => {
            tr!("{0} of {1}; best line found, not proved, {2}", earned, possible, best)
        }
    };
    let stands = percent.cmp(&debrief.pass);
    let (percent, pass) = (words::percent(percent), words::percent(debrief.pass));
    if debrief.ending.as_ref().is_some_and(|ending| ending.broken_off) {
        let mark = tr!("{} of what was settled by then; broken off, so not passed", percent);
        return Pair::new(&tr!("Decisions"), text, mark);
    }
    let mark = match stands {
        Ordering::Less => tr!("{0}, below the pass mark of {1}", percent, pass),
        Ordering::Equal => tr!("{0}, at the pass mark of {1}", percent, pass),
        Ordering::Greater => tr!("{0}, above the pass mark of {1}", percent, pass),
    };
    Pair::new(&tr!("Decisions"), text, mark)
}
