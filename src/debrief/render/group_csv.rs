//! Decisions and attendance for spreadsheets: CSV as RFC 4180 has it, in UTF-8, in which no cell is a formula.
//!
//! The first row has the names of the columns, in English, for programs. Numbers
//! have a point before their decimals. A text that a spreadsheet would take for a
//! formula gets an apostrophe in front.

use std::fmt;

use super::super::decision::Of;
use super::super::group::{Answers, Decided, GroupDebrief, GroupDecision};
use super::super::model::Sum;
use crate::room::{Identity, Member, Room};
use crate::scenario::{Scenario, SeatSet, clean, utc_stamp};

/// One cell.
enum Cell {
    /// A text from anywhere.
    Text(String),
    /// A number of our own, which is no formula even where it is below nought.
    Number(String),
    Nothing,
}

const DECISIONS: [&str; 19] = [
    "team",
    "team_name",
    "decision",
    "kind",
    "name",
    "stage",
    "question",
    "asked_second",
    "answer",
    "decided",
    "count",
    "answered",
    "asked",
    "credit_percent",
    "points",
    "points_possible",
    "seconds",
    "confidence_percent",
    "words",
];

/// Writes one row for each decision and answer: over all, with no team, and for each team. Where too few
/// answered, only what a team decided. With `words`, a row for each text that people wrote, too.
///
/// # Errors
/// When the writer fails.
pub fn decisions_csv(debrief: &GroupDebrief, words: bool, out: &mut impl fmt::Write) -> fmt::Result {
    header(&DECISIONS, out)?;
    for decision in &debrief.decisions {
        rows(debrief, decision, None, words, out)?;
        for decided in &decision.decided {
            rows(debrief, decision, Some(decided), words, out)?;
        }
    }
    for reflection in debrief.reflections.iter().filter(|_| words) {
        for text in &reflection.words {
            let mut cells: Vec<Cell> = DECISIONS.iter().map(|_| Cell::Nothing).collect();
            cells[6] = Cell::Text(reflection.asked.clone());
            cells[18] = Cell::Text(text.clone());
            row(&cells, out)?;
        }
    }
    Ok(())
}

/// The rows of a decision: of a team, or of all.
fn rows(
    debrief: &GroupDebrief,
    decision: &GroupDecision,
    decided: Option<&Decided>,
    words: bool,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    let answers = decided.map_or(&decision.answers, |decided| &decided.votes);
    let chosen = decided.map(|decided| decided.says.as_str());
    let listed = answers.shares.iter().any(|share| Some(share.says.as_str()) == chosen);
    if answers.shares.is_empty() || (chosen.is_some() && !listed) {
        let says = chosen.filter(|says| !says.is_empty());
        let yes = decided.map(|decided| decided.seconds.is_some());
        let credit = decided.map(|decided| decided.credit).or(decision.difficulty);
        let told = Told { says, decided: yes, count: None, credit };
        row(&cells(debrief, decision, decided, answers, told), out)?;
    }
    for share in &answers.shares {
        let says = share.says.as_str();
        let told = Told {
            says: Some(says),
            decided: chosen.map(|chosen| chosen == says),
            count: Some(share.count),
            credit: share.credit,
        };
        row(&cells(debrief, decision, decided, answers, told), out)?;
    }
    for text in answers.words.iter().filter(|_| words) {
        let told = Told { says: None, decided: None, count: None, credit: None };
        let mut cells = cells(debrief, decision, decided, answers, told);
        cells.truncate(8);
        cells.resize_with(DECISIONS.len() - 1, || Cell::Nothing);
        cells.push(Cell::Text(text.clone()));
        row(&cells, out)?;
    }
    Ok(())
}

/// What differs between the rows of a decision.
struct Told<'t> {
    says: Option<&'t str>,
    decided: Option<bool>,
    count: Option<u32>,
    credit: Option<i32>,
}

fn cells(
    debrief: &GroupDebrief,
    decision: &GroupDecision,
    decided: Option<&Decided>,
    answers: &Answers,
    told: Told<'_>,
) -> Vec<Cell> {
    let team = decided.and_then(|decided| debrief.teams.iter().find(|team| team.number == decided.team));
    let sum: Option<Sum> = match decided {
        // Points are those of what was decided.
        Some(of) => Some(of.points).filter(|_| told.decided == Some(true)),
        None => decision.points.filter(|_| told.count.is_none()),
    };
    let seconds =
        decided.map_or(answers.seconds, |decided| decided.seconds.filter(|_| told.decided == Some(true)));
    let confidence = decided.and_then(|of| of.confidence.filter(|_| told.decided == Some(true)));
    // Who answered alone was asked for no vote.
    let lone = decided.filter(|of| decision.of == Of::Question && of.votes.of == 0 && of.seconds.is_some());
    let (answered, asked) = if lone.is_some() { (Some(1), 1) } else { (answers.count, answers.of) };
    let kind = match decision.of {
        Of::Question => "question",
        Of::Action => "action",
        Of::Checkpoint => "checkpoint",
        Of::Duty => "duty",
    };
    vec![
        number(decided.map(|decided| decided.team)),
        team.map_or(Cell::Nothing, |team| Cell::Text(team.name.clone())),
        number(Some(decision.number)),
        Cell::Text(kind.into()),
        Cell::Text(decision.name.clone()),
        Cell::Text(decision.stage.clone()),
        Cell::Text(decision.title.clone()),
        number(Some(decision.asked.second)),
        told.says.map_or(Cell::Nothing, |says| Cell::Text(says.into())),
        told.decided.map_or(Cell::Nothing, |yes| Cell::Text(if yes { "yes" } else { "no" }.into())),
        number(told.count),
        number(answered),
        number(Some(asked)),
        decimal(told.credit.map(i64::from), 100),
        decimal(sum.map(|sum| sum.earned), 1_000_000),
        decimal(sum.map(|sum| sum.possible), 1_000_000),
        number(seconds),
        number(confidence.or(if decided.is_none() { answers.confidence } else { None })),
        Cell::Nothing,
    ]
}

/// Writes one row for each person who took part: in a room that is anonymous without a name. Minutes are those
/// in the room up to `until`, in milliseconds since 1970.
///
/// # Errors
/// When the writer fails.
pub fn attendance_csv(
    scenario: &Scenario,
    room: &Room,
    until: u64,
    out: &mut impl fmt::Write,
) -> fmt::Result {
    header(&["number", "name", "team", "seats", "joined", "minutes"], out)?;
    for member in &room.members {
        row(&attended(scenario, room, member, until), out)?;
    }
    Ok(())
}

fn attended(scenario: &Scenario, room: &Room, member: &Member, until: u64) -> Vec<Cell> {
    let name = match room.terms.identity {
        Identity::Named | Identity::Pseudonymous => Cell::Text(member.name.clone()),
        Identity::Anonymous => Cell::Nothing,
    };
    let team = room.team(member.team).filter(|_| !room.terms.way.alone());
    let joined = i64::try_from(member.joined / 1_000).unwrap_or(i64::MAX);
    vec![
        number(Some(member.id.0)),
        name,
        team.map_or(Cell::Nothing, |team| Cell::Text(team.name.clone())),
        Cell::Text(seats(scenario, member.seats)),
        Cell::Text(utc_stamp(joined)),
        number(Some(member.here_until(until) / 60_000)),
    ]
}

fn seats(scenario: &Scenario, seats: SeatSet) -> String {
    let known = seats.iter().filter_map(|seat| scenario.seats.get(seat.at()));
    known.map(|seat| seat.label.as_str()).collect::<Vec<_>>().join("; ")
}

fn number(value: Option<impl fmt::Display>) -> Cell {
    value.map_or(Cell::Nothing, |value| Cell::Number(value.to_string()))
}

/// A number of parts of a whole with two decimals at most, rounded once.
fn decimal(value: Option<i64>, whole: i64) -> Cell {
    let Some(value) = value else { return Cell::Nothing };
    let hundredths = (value.unsigned_abs() * 200 / whole.unsigned_abs()).div_ceil(2);
    let sign = if value < 0 && hundredths > 0 { "-" } else { "" };
    Cell::Number(match hundredths % 100 {
        0 => format!("{sign}{}", hundredths / 100),
        part => format!("{sign}{}.{part:02}", hundredths / 100),
    })
}

fn header(names: &[&str], out: &mut impl fmt::Write) -> fmt::Result {
    write!(out, "{}\r\n", names.join(","))
}

fn row(cells: &[Cell], out: &mut impl fmt::Write) -> fmt::Result {
    for (column, cell) in cells.iter().enumerate() {
        if column > 0 {
            out.write_char(',')?;
        }
        match cell {
            Cell::Text(text) => out.write_str(&inert(text))?,
            Cell::Number(number) => out.write_str(number)?,
            Cell::Nothing => {}
        }
    }
    out.write_str("\r\n")
}

/// A text that no spreadsheet takes for a formula, in quotation marks where it needs them.
fn inert(text: &str) -> String {
    // Some look past blanks and quotation marks, and take full-width signs for the usual ones.
    let begins = text.trim_start_matches([' ', '\u{a0}', '\u{3000}', '"', '\u{feff}', '\n']);
    let formula = begins.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '−', '|', '%']);
    let mark = if formula || text.starts_with('\n') { "'" } else { "" };
    let text = format!("{mark}{}", clean(text));
    match text.contains([',', '"', '\n', '\r', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for (hostile, cell) in [
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "' =1"),
            ("\r=1", "'\u{fffd}=1"),
            ("\n=1", "\"'\n=1\""),
            (" =1", "' =1"),
            ("\"=1\"", "\"'\"\"=1\"\"\""),
            ("＝1", "'＝1"),
            (
                "=HYPERLINK(\"https://evil.example\",\"x\")",
                "\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"x\"\")\"",
            ),
            ("a, b", "\"a, b\""),
            ("she said \"no\"", "\"she said \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("a=b", "a=b"),
            ("Zoë", "Zoë"),
            ("", ""),
        ] {
            assert_eq!(inert(hostile), cell, "{hostile:?}");
        }
    }

    #[test]
    fn decimals_are_rounded_once() {
        let said = |value, whole| match decimal(Some(value), whole) {
            Cell::Number(number) => number,
            Cell::Text(_) | Cell::Nothing => String::new(),
        };
        assert_eq!(said(4_167, 100), "41.67");
        assert_eq!(said(-5_000, 100), "-50");
        assert_eq!(said(4_500_000, 1_000_000), "4.50");
        assert_eq!(said(4_999, 1_000_000), "0");
        assert_eq!(said(-4_999, 1_000_000), "0");
        assert_eq!(said(5_000, 1_000_000), "0.01");
    }
}
