//! Tables on a terminal: columns where they fit, otherwise one row after the other.

use textwrap::core::display_width;

use super::page::{ColumnKind, Table};

const GAP: usize = 2;
/// A column of words is not made narrower than this.
const TEXT_LEAST: usize = 18;
/// Room left to write in.
const EMPTY: usize = 10;

/// The lines of a table, `width` wide; the first is its head where it has columns.
pub(super) fn lines(table: &Table, width: usize) -> Vec<String> {
    match widths(table, width) {
        Some(widths) => columns(table, &widths, width),
        None => stacked(table, width),
    }
}

/// How wide each column becomes, if they fit side by side.
fn widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let natural = |row: usize| {
        let cells = table.rows.iter().filter_map(|cells| cells.get(row)).map(|c| display_width(c));
        let head = display_width(&table.columns[row].title);
        match table.columns[row].kind {
            ColumnKind::Empty => EMPTY,
            ColumnKind::Text | ColumnKind::Number => cells.max().unwrap_or(0).max(head),
        }
    };
    let mut widths: Vec<usize> = (0..table.columns.len()).map(natural).collect();
    let room = width.checked_sub(GAP * widths.len().saturating_sub(1))?;
    // The widest column of words gives way first, until all fit or none can.
    while widths.iter().sum::<usize>() > room {
        let over = widths.iter().sum::<usize>() - room;
        let words = |row: &usize| table.columns[*row].kind == ColumnKind::Text && widths[*row] > TEXT_LEAST;
        let widest = (0..widths.len()).filter(words).max_by_key(|row| widths[*row])?;
        let next = widths.iter().enumerate().filter(|(row, _)| *row != widest).map(|(_, w)| *w);
        let step = widths[widest] - next.filter(|w| *w < widths[widest]).max().unwrap_or(0).max(TEXT_LEAST);
        widths[widest] -= step.clamp(1, over);
    }
    Some(widths)
}

fn columns(table: &Table, widths: &[usize], width: usize) -> Vec<String> {
    let head: Vec<String> = table.columns.iter().map(|c| c.title.clone()).collect();
    let mut lines = Vec::new();
    row(&head, widths, &mut lines);
    for (number, cells) in table.rows.iter().enumerate() {
        row(cells, widths, &mut lines);
        below(table.below(number), width, &mut lines);
    }
    lines
}

/// What is said below a row, a little further in.
fn below(says: &str, width: usize, lines: &mut Vec<String>) {
    if !says.is_empty() {
        let options = textwrap::Options::new(width).initial_indent("  ").subsequent_indent("  ");
        lines.extend(textwrap::wrap(says, options).into_iter().map(|line| line.into_owned()));
    }
}

fn row(cells: &[String], widths: &[usize], lines: &mut Vec<String>) {
    let cells: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut text = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(line).map_or("", String::as_str);
            text.push_str(part);
            text.push_str(&" ".repeat(width.saturating_sub(display_width(part)) + GAP));
        }
        lines.push(text.trim_end().to_owned());
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, width.max(1)).into_iter().map(|line| line.into_owned()).collect()
}

fn stacked(table: &Table, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (number, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            let text = match column.kind {
                ColumnKind::Empty => format!("{}: ______", column.title),
                ColumnKind::Text | ColumnKind::Number if cell.is_empty() => continue,
                ColumnKind::Text | ColumnKind::Number => format!("{}: {cell}", column.title),
            };
            let options = textwrap::Options::new(width)
                .initial_indent(if number == 0 { "" } else { "  " })
                .subsequent_indent("  ");
            lines.extend(textwrap::wrap(&text, options).into_iter().map(|line| line.into_owned()));
        }
        below(table.below(row), width, &mut lines);
    }
    lines
}
