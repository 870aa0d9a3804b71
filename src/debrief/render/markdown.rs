//! A debrief for the wiki: CommonMark with tables.
//!
//! Whatever comes from scripts, names and answers is escaped character by
//! character, so that it can neither become markup nor HTML, wherever it
//! stands. The only links are addresses of sources that begin with https.

use std::fmt;

use super::super::model::Debrief;
use super::decisions::Card;
use super::page::{Block, Page, Pair, Table, page};
use super::prose::{Prose, Span, Style, read};
use crate::scenario::clean;

/// Writes the debrief as Markdown.
///
/// # Errors
/// When the writer fails.
pub fn markdown(debrief: &Debrief, out: &mut impl fmt::Write) -> fmt::Result {
    set(&page(debrief), out)
}

/// Sets a page.
pub(super) fn set(page: &Page, out: &mut impl fmt::Write) -> fmt::Result {
    let mut parts = head(page);
    for section in &page.sections {
        parts.push(format!("## {}", inline(&section.title)));
        blocks(&section.blocks, 3, &mut parts);
    }
    let exercise = page.exercise.first().map_or_else(String::new, |part| inline(part));
    parts.push(format!("**{exercise}.** {}", inline(&page.closing)));
    out.write_str(&parts.join("\n\n"))?;
    out.write_char('\n')
}

fn head(page: &Page) -> Vec<String> {
    let line: Vec<String> = page.exercise.iter().map(|part| inline(part)).collect();
    let mut parts = vec![line.join(" · "), format!("# {}", inline(&page.title))];
    parts.extend(page.lede.iter().map(|sentence| inline(sentence)));
    parts.push(pairs(&page.glance));
    parts
}

fn blocks(blocks: &[Block], level: usize, parts: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Says { text } | Block::Note { text } => parts.push(inline(text)),
            Block::Prose { text } => parts.extend(prose(&read(text))),
            Block::Quote { text } => parts.push(quote(text)),
            Block::Heading { text } => parts.push(format!("{} {}", "#".repeat(level), inline(text))),
            Block::List { items, numbered } => parts.push(list(items, *numbered)),
            Block::Pairs { pairs: all } => parts.push(pairs(all)),
            Block::Table(all) => parts.push(table(all)),
            Block::Picture { finding, table: all, .. } => {
                parts.push(format!("**{}**", inline(finding)));
                parts.push(table(all));
            }
            Block::Decision(all) => card(all, level, parts),
            Block::Source { label, title, address, read } => {
                parts.push(source(&format!("{label}{title}"), address, read));
            }
        }
    }
}

fn card(card: &Card, level: usize, parts: &mut Vec<String>) {
    let hashes = "#".repeat(level);
    parts.push(format!("{hashes} {} · {}. {}", inline(&card.when), card.number, inline(&card.title)));
    let mark = card.standing.mark(false);
    parts.push(format!("{mark} **{}** · {} · {}", card.word, card.points, inline(&card.stage)));
    blocks(&card.front, level + 1, parts);
    blocks(&card.back, level + 1, parts);
}

fn list(items: &[String], numbered: bool) -> String {
    let lines = items.iter().enumerate().map(|(row, item)| match numbered {
        true => format!("{}. {}", row + 1, inline(item)),
        false => format!("- {}", inline(item)),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn pairs(pairs: &[Pair]) -> String {
    let line = |pair: &Pair| {
        let note = if pair.note.is_empty() { String::new() } else { format!(" ({})", inline(&pair.note)) };
        let items: Vec<String> = pair.items.iter().map(|item| format!("\n  - {}", inline(item))).collect();
        let gap = if pair.text.is_empty() { "" } else { " " };
        format!("- **{}:**{gap}{}{note}{}", inline(&pair.label), inline(&pair.text), items.concat())
    };
    pairs.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn table(table: &Table) -> String {
    if !table.below.is_empty() {
        return items(table);
    }
    let head: Vec<String> = table.columns.iter().map(|c| inline(&c.title)).collect();
    let mut lines = vec![inline(&table.caption), String::new()];
    lines.push(format!("| {} |", head.join(" | ")));
    lines.push(format!("|{}", " --- |".repeat(head.len())));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| inline(cell)).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n")
}

/// A table with something below its rows: as a list, for Markdown has no cell across columns.
fn items(table: &Table) -> String {
    let titles: Vec<String> = table.columns.iter().map(|c| inline(&c.title)).collect();
    let mut lines = vec![format!("{} ({})", inline(&table.caption), titles.join(" · ")), String::new()];
    for (number, row) in table.rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| inline(cell)).collect();
        lines.push(format!("- {}", cells.join(" · ")));
        if !table.below(number).is_empty() {
            lines.push(format!("  - {}", inline(table.below(number))));
        }
    }
    lines.join("\n")
}

/// The trainee's own words, line by line.
fn quote(text: &str) -> String {
    let lines: Vec<String> = clean(text).lines().map(|line| format!("> {}  ", inline(line))).collect();
    lines.join("\n")
}

fn source(title: &str, address: &str, read: &str) -> String {
    let mut line = inline(title);
    match web(address) {
        Some(address) => line.push_str(&format!(", <{address}>")),
        None if address.is_empty() => {}
        None => line.push_str(&format!(", {}", inline(address))),
    }
    if !read.is_empty() {
        line.push_str(&format!(" ({})", inline(read)));
    }
    line
}

/// An address that may be a link: https, and nothing that could end the brackets around it.
fn web(address: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '`');
    (address.starts_with("https://") && address.chars().all(plain)).then_some(address)
}

fn prose(blocks: &[Prose]) -> Vec<String> {
    blocks.iter().map(prose_block).collect()
}

fn prose_block(block: &Prose) -> String {
    match block {
        Prose::Para(text) => spans(text),
        Prose::Code(code) => fenced(code),
        Prose::Quote(inner) => prefixed(&prose(inner).join("\n\n"), "> ", "> "),
        Prose::List(first, items) => {
            let item = |(row, item): (usize, &Vec<Prose>)| {
                let bullet = match first {
                    Some(first) => format!("{}. ", first.saturating_add(row as u64)),
                    None => "- ".to_owned(),
                };
                prefixed(&prose(item).join("\n\n"), &bullet, &" ".repeat(bullet.len()))
            };
            items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
        }
        Prose::Table(rows) => {
            let row = |cells: &Vec<Vec<Span>>| {
                let cells: Vec<String> = cells.iter().map(|c| spans(c)).collect();
                format!("| {} |", cells.join(" | "))
            };
            let mut lines: Vec<String> = rows.iter().map(row).collect();
            let columns = rows.first().map_or(0, Vec::len);
            lines.insert(lines.len().min(1), format!("|{}", " --- |".repeat(columns)));
            lines.join("\n")
        }
    }
}

/// `text` with `first` before its first line and `rest` before the others.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate();
    let lines = lines.map(|(row, line)| format!("{}{line}", if row == 0 { first } else { rest }));
    let text = lines.collect::<Vec<_>>().join("\n");
    if text.is_empty() { first.to_owned() } else { text }
}

/// Code between fences longer than any run of backticks within.
fn fenced(code: &str) -> String {
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    format!("{fence}\n{code}\n{fence}")
}

fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

fn spans(text: &[Span]) -> String {
    let mut line = String::new();
    for span in text {
        // Emphasis holds only where its marks touch the words.
        let words = inline(&span.text);
        let wrapped = |mark: &str| format!("{mark}{words}{mark}");
        match span.style {
            _ if words.is_empty() => line.push_str(if span.text.is_empty() { "" } else { " " }),
            Style::Plain => {
                let lead = if span.text.starts_with([' ', '\n']) { " " } else { "" };
                let tail = if span.text.ends_with([' ', '\n']) { " " } else { "" };
                line.push_str(&format!("{lead}{words}{tail}"));
            }
            Style::Emphasis => line.push_str(&wrapped("*")),
            Style::Strong => line.push_str(&wrapped("**")),
            Style::Code => {
                let ticks = "`".repeat(longest_run(&span.text) + 1);
                let code = span.text.replace('\n', " ").replace('|', "\\|");
                line.push_str(&format!("{ticks} {code} {ticks}"));
            }
        }
    }
    line.trim().to_owned()
}

/// A text on one line in which nothing is markup.
fn inline(text: &str) -> String {
    let text = clean(text);
    let words = super::prose::words(&text);
    let text = words.join(" ");
    let mut inert = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    // A number at the beginning would open a list.
    let mut counting = true;
    while let Some(letter) = letters.next() {
        let escape = match letter {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!'
            | '$' | '^' | '@' => true,
            '-' | '+' | '=' => inert.is_empty(),
            '.' if inert.ends_with("www") => true,
            '.' | ')' => {
                counting && before.is_ascii_digit() && letters.peek().is_none_or(|next| *next == ' ')
            }
            ':' => letters.peek().is_some_and(|next| !next.is_ascii_digit() && *next != ' '),
            _ => false,
        };
        if escape {
            inert.push('\\');
        }
        inert.push(letter);
        counting &= letter.is_ascii_digit();
        before = letter;
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        for (hostile, inert) in [
            ("<img src=x>", "\\<img src=x\\>"),
            ("a | b", "a \\| b"),
            ("1. one", "1\\. one"),
            ("- x", "\\- x"),
            ("[a](b)", "\\[a\\](b)"),
            ("a\n\n# b", "a \\# b"),
            ("now. 3) x, www.x.example", "now. 3) x, www\\.x.example"),
            ("7.48 of 130", "7.48 of 130"),
            ("7)", "7\\)"),
            ("see https://x.example", "see https\\://x.example"),
            ("at 15:52, 3.5", "at 15:52, 3.5"),
        ] {
            assert_eq!(inline(hostile), inert);
        }
        assert_eq!(web("https://x.example/?a=b"), Some("https://x.example/?a=b"));
        assert_eq!((web("javascript:x"), web("https://x> <b")), (None, None));
    }

    #[test]
    fn code_stays_in_its_fence() {
        assert_eq!(prose(&read("````\n```\n</pre>\n````")), ["````\n```\n</pre>\n````"]);
        assert_eq!(prose(&read("a *b* `c|d`")), ["a *b* ` c\\|d `"]);
    }
}
