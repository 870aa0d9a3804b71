//! The safe Markdown of scripts as terminal lines: paragraphs, lists, quotes,
//! code, tables, emphasis. Modest on purpose: what it does not know stays text.

use tr::tr;

use super::style::{Face, Line, Span, columns, plain, quiet};
use super::wrap::wrap;

/// `text` in lines of at most `width` columns.
#[must_use]
pub(super) fn markdown(text: &str, width: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for block in blocks(text) {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        block.draw(Page { width: width.max(8), spoken: false }, &mut lines);
    }
    lines
}

/// `text` to be read aloud: a paragraph per line, tables cell by cell, no bars.
#[must_use]
pub(super) fn spoken(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for block in blocks(text) {
        block.draw(Page { width: usize::MAX, spoken: true }, &mut lines);
    }
    lines
}

/// For what a text is laid out.
#[derive(Clone, Copy)]
struct Page {
    width: usize,
    spoken: bool,
}

/// `text` line by line as it stands, cut into pieces that fit.
#[must_use]
pub(super) fn verbatim(text: &str, width: usize) -> Vec<Line> {
    text.trim_matches('\n').lines().flat_map(|line| verbatim_line(line, width)).collect()
}

fn verbatim_line(line: &str, width: usize) -> Vec<Line> {
    // Spaces mean something in a log, so every one of them stays, also where a line is cut.
    let mut pieces = vec![String::new()];
    for letter in line.trim_end().chars() {
        let piece = pieces.last_mut().expect("checked: there is always a last piece");
        let mut buffer = [0; 4];
        let letter = letter.encode_utf8(&mut buffer);
        if columns(piece) + columns(letter) <= width {
            piece.push_str(letter);
            continue;
        }
        // Only where there is a space shortly before: what is long and has none is cut where the line ends.
        let space = piece.rfind(' ').map(|at| at + 1);
        let rest = match space.filter(|at| letter != " " && columns(&piece[..*at]) * 3 >= width * 2) {
            Some(at) => piece.split_off(at),
            None => String::new(),
        };
        pieces.push(format!("  {rest}{letter}"));
    }
    pieces.iter().map(|piece| vec![plain(piece)]).collect()
}

enum Block<'t> {
    Paragraph(String),
    Heading(&'t str),
    Item(String, String),
    Quote(Vec<&'t str>),
    Code(Vec<&'t str>),
    Table(Vec<&'t str>),
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_start();
        let run = |holds: fn(&str) -> bool| lines[at..].iter().take_while(|l| holds(l.trim_start())).count();
        if line.is_empty() {
            at += 1;
        } else if line.starts_with("```") {
            let length = lines[at + 1..].iter().take_while(|l| !l.trim_start().starts_with("```")).count();
            blocks.push(Block::Code(lines[at + 1..at + 1 + length].to_vec()));
            at += length + 2;
        } else if line.starts_with('|') {
            let length = run(|l| l.starts_with('|'));
            blocks.push(Block::Table(lines[at..at + length].to_vec()));
            at += length;
        } else if line.starts_with('>') {
            let length = run(|l| l.starts_with('>'));
            blocks.push(Block::Quote(lines[at..at + length].iter().map(|l| unquoted(l)).collect()));
            at += length;
        } else if let Some(heading) = heading(line) {
            blocks.push(Block::Heading(heading));
            at += 1;
        } else {
            let marker = item(line);
            let length = 1 + lines[at + 1..].iter().take_while(|l| goes_on(l.trim_start())).count();
            let joined = lines[at..at + length].iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ");
            match marker {
                Some((mark, skip)) => blocks.push(Block::Item(mark, joined[skip..].to_owned())),
                None => blocks.push(Block::Paragraph(joined)),
            }
            at += length;
        }
    }
    blocks
}

fn unquoted(line: &str) -> &str {
    line.trim_start().trim_start_matches('>').trim_start()
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim())
}

/// The mark of a list item and how many bytes of the line it takes.
fn item(line: &str) -> Option<(String, usize)> {
    if let Some(bullet) = ["- ", "* ", "+ "].iter().find(|b| line.starts_with(**b)) {
        return Some(("•".into(), bullet.len()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    ((1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")))
        .then(|| (format!("{}.", &line[..digits]), digits + 2))
}

/// Whether a line goes on with the paragraph or item before it.
fn goes_on(line: &str) -> bool {
    !line.is_empty()
        && !line.starts_with("```")
        && !line.starts_with('|')
        && !line.starts_with('>')
        && heading(line).is_none()
        && item(line).is_none()
}

impl Block<'_> {
    fn draw(&self, page: Page, lines: &mut Vec<Line>) {
        let (width, none) = (page.width, Line::new());
        match self {
            Self::Paragraph(text) => lines.extend(wrap(&inline(text), width, &none, &none)),
            Self::Heading(text) => {
                let bold: Vec<Span> =
                    inline(text).iter().map(|s| Span::new(Face::Strong, s.text())).collect();
                lines.extend(wrap(&bold, width, &none, &none));
            }
            Self::Item(mark, text) => {
                // Items follow each other without a gap.
                if !page.spoken && lines.len() > 1 && lines[..lines.len() - 1].last().is_some_and(begins_item)
                {
                    lines.pop();
                }
                let hang = vec![plain(&" ".repeat(columns(mark) + 3))];
                lines.extend(wrap(&inline(text), width, &vec![plain(&format!("  {mark} "))], &hang));
            }
            Self::Quote(quoted) if page.spoken => {
                lines.push(
                    wrap(
                        &inline(&quoted.join(" ")),
                        width,
                        &vec![plain(&format!("{} ", tr!("Quote:")))],
                        &none,
                    )
                    .concat(),
                );
            }
            Self::Quote(quoted) => {
                let bar = vec![quiet("│ ")];
                let inner = quoted.join("\n");
                lines
                    .extend(markdown(&inner, width - 2).into_iter().map(|line| [bar.clone(), line].concat()));
            }
            Self::Code(code) => lines.extend(code.iter().flat_map(|line| verbatim_line(line, width))),
            Self::Table(rows) => table(rows, page, lines),
        }
    }
}

fn begins_item(line: &Line) -> bool {
    let text = super::style::line_text(line);
    text.starts_with("  ") && !text.trim().is_empty()
}

/// Columns side by side where they fit; else one cell under the other, each with its heading.
fn table(rows: &[&str], page: Page, lines: &mut Vec<Line>) {
    let cells = |row: &&str| -> Vec<String> {
        let row = row.trim().trim_start_matches('|').trim_end_matches('|');
        row.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let ruled =
        |row: &Vec<String>| row.iter().all(|c| !c.is_empty() && c.chars().all(|l| matches!(l, '-' | ':')));
    let rows: Vec<Vec<String>> = rows.iter().map(cells).filter(|row| !ruled(row)).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let bare = |text: &str| inline(text).iter().map(Span::columns).sum::<usize>();
    let widths: Vec<usize> =
        (0..count).map(|at| rows.iter().map(|r| bare(&cell(r, at))).max().unwrap_or(0)).collect();
    let side_by_side = widths.iter().sum::<usize>() + 2 * count.saturating_sub(1) <= page.width;
    if side_by_side && !page.spoken {
        for (number, row) in rows.iter().enumerate() {
            let mut line = Line::new();
            for (at, wide) in widths.iter().enumerate() {
                let text = cell(row, at);
                let gap = if at + 1 == count { 0 } else { wide - bare(&text) + 2 };
                let face = if number == 0 { Face::Strong } else { Face::Plain };
                line.extend(
                    inline(&text)
                        .into_iter()
                        .map(|s| if number == 0 { Span::new(face, s.text()) } else { s }),
                );
                line.push(plain(&" ".repeat(gap)));
            }
            lines.push(line);
        }
        return;
    }
    for row in rows.iter().skip(1) {
        for (at, text) in row.iter().enumerate() {
            let head = vec![quiet(&format!("{}: ", rows.first().map(|r| cell(r, at)).unwrap_or_default()))];
            let begin = if at == 0 { Line::new() } else { vec![plain("  ")] };
            lines.extend(wrap(&[head, inline(text)].concat(), page.width, &begin, &vec![plain("    ")]));
        }
    }
}

/// Emphasis, code and links within a line.
fn inline(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    let mut gathered = String::new();
    while let Some(letter) = rest.chars().next() {
        let opens = !gathered.ends_with(|c: char| c.is_alphanumeric());
        let found = match letter {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                gathered.push_str(&rest[1..2]);
                rest = &rest[2..];
                continue;
            }
            '`' => between(rest, "`").map(|(inner, length)| (Face::Calm, inner.to_owned(), length)),
            '*' if rest.starts_with("**") => {
                between(rest, "**").map(|(inner, n)| (Face::Strong, inner.to_owned(), n))
            }
            '*' => between(rest, "*").map(|(inner, n)| (Face::Strong, inner.to_owned(), n)),
            '_' if opens => between(rest, "_").map(|(inner, n)| (Face::Strong, inner.to_owned(), n)),
            '[' => link(rest),
            _ => None,
        };
        match found {
            Some((face, inner, length)) => {
                spans.push(plain(&std::mem::take(&mut gathered)));
                spans.push(Span::new(face, &inner));
                rest = &rest[length..];
            }
            None => {
                gathered.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    spans.push(plain(&gathered));
    spans.retain(|span| !span.text().is_empty());
    spans
}

/// What stands between `text`'s opening mark and the next one, and the length of the whole.
fn between<'t>(text: &'t str, mark: &str) -> Option<(&'t str, usize)> {
    let inner = &text[mark.len()..];
    let end = inner.find(mark)?;
    let inner = &inner[..end];
    let tight = !inner.is_empty() && !inner.starts_with(' ') && !inner.ends_with(' ');
    tight.then_some((inner, end + 2 * mark.len()))
}

/// A link is shown with its address, for nothing can be clicked.
fn link(text: &str) -> Option<(Face, String, usize)> {
    let middle = text.find("](")?;
    let end = middle + text[middle..].find(')')?;
    let (label, address) = (&text[1..middle], &text[middle + 2..end]);
    let shown = if label == address { label.to_owned() } else { format!("{label} ({address})") };
    Some((Face::Plain, shown, end + 1))
}

#[cfg(test)]
mod tests {
    use super::super::style::{line_columns, line_text};
    use super::*;

    fn drawn(text: &str, width: usize) -> String {
        markdown(text, width).iter().map(line_text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn paragraphs_lists_quotes_and_code() {
        let text = "First line\ngoes on.\n\n- one that is long enough to wrap\n- two\n\n> said *she*\n\n```\nx  =  1\n```\n1. a\n2. b";
        assert_eq!(
            drawn(text, 24),
            "First line goes on.\n\n  • one that is long\n    enough to wrap\n  • two\n\n│ said she\n\nx  =  1\n\n  1. a\n  2. b"
        );
    }

    #[test]
    fn emphasis_and_links() {
        let spans = inline("a **b** `c_d` e_f_g [t](https://x.example) \\*h\\* 2 * 3 * 4");
        let strong: Vec<_> = spans.iter().filter(|s| s.face == Face::Strong).map(Span::text).collect();
        assert_eq!(strong, ["b"]);
        let text: String = spans.iter().map(Span::text).collect();
        assert_eq!(text, "a b c_d e_f_g t (https://x.example) *h* 2 * 3 * 4");
    }

    #[test]
    fn tables_lie_side_by_side_or_stack() {
        let table = "| Host | State |\n|---|:-:|\n| ward-01 | down |\n| lab | up |";
        assert_eq!(drawn(table, 40), "Host     State\nward-01  down\nlab      up");
        assert_eq!(drawn(table, 12), "Host:\n    ward-01\n  State:\n    down\nHost: lab\n  State: up");
    }

    #[test]
    fn hostile_markdown_neither_panics_nor_overflows() {
        for text in [
            "```", "|", "> > > x", "[](", "**", "#", "_a", "\\", "1.", "- ", "`", "|a|\n|-|", "* * *", "é*é*",
        ] {
            for width in [8, 20] {
                let lines = markdown(text, width);
                assert!(lines.iter().all(|line| line_columns(line) <= width), "{text:?}");
            }
        }
    }

    #[test]
    fn verbatim_keeps_its_spaces() {
        let lines: Vec<_> = verbatim("a   b\n  c\n", 20).iter().map(line_text).collect();
        assert_eq!(lines, ["a   b", "  c"]);
        assert!(verbatim(&"x".repeat(100), 30).iter().all(|line| line_columns(line) <= 30));
        let lines: Vec<_> = verbatim("Code: acht Ziffern ab  heute", 16).iter().map(line_text).collect();
        assert_eq!(lines, ["Code: acht ", "  Ziffern ab  ", "  heute"], "at a space where one is near");
        let lines: Vec<_> = verbatim("a bcdefghijklmnopqrst", 16).iter().map(line_text).collect();
        assert_eq!(lines, ["a bcdefghijklmno", "  pqrst"], "and else where the line ends");
    }
}
