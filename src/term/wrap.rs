//! Breaking styled text into lines that fit.
//!
//! Widths are counted character by character, as indicatif and most terminals
//! do; a cluster joined from several is then taken for wider than it is drawn,
//! which can only leave a margin, never overflow.

use unicode_width::UnicodeWidthChar;

use super::style::{Face, Line, Span, columns, line_columns};

/// `spans` in lines of at most `width` columns; `first` begins the first line, `rest` the others.
///
/// Breaks at spaces; a word that fits on no line is cut.
#[must_use]
pub(super) fn wrap(spans: &[Span], width: usize, first: &Line, rest: &Line) -> Vec<Line> {
    let mut filling = Filling { width, rest, lines: Vec::new(), line: first.clone(), empty: true };
    for (word, gap) in words(spans) {
        filling.word(word, gap);
    }
    filling.lines.push(filling.line);
    filling.lines
}

/// As [`wrap`], without anything at the beginning of a line.
#[must_use]
pub(super) fn flow(spans: &[Span], width: usize) -> Vec<Line> {
    wrap(spans, width, &Vec::new(), &Vec::new())
}

/// One piece of a word: a character run of one face.
type Piece = (Face, String);

struct Filling<'r> {
    width: usize,
    rest: &'r Line,
    lines: Vec<Line>,
    line: Line,
    /// Whether the line holds nothing but its beginning.
    empty: bool,
}

impl Filling<'_> {
    fn word(&mut self, word: Vec<Piece>, gap: Option<Face>) {
        let long: usize = word.iter().map(|(_, text)| columns(text)).sum();
        let space = usize::from(gap.is_some() && !self.empty);
        if !self.empty && line_columns(&self.line) + space + long > self.width {
            self.turn();
        }
        if let (Some(face), false) = (gap, self.empty) {
            push(&mut self.line, face, " ");
        }
        for (face, text) in word {
            self.piece(face, &text);
        }
        self.empty = false;
    }

    fn piece(&mut self, face: Face, text: &str) {
        if line_columns(&self.line) + columns(text) <= self.width {
            push(&mut self.line, face, text);
            return;
        }
        for letter in text.chars() {
            let wide = letter.width().unwrap_or(0);
            if line_columns(&self.line) + wide > self.width && !self.empty {
                self.turn();
            }
            push(&mut self.line, face, letter.encode_utf8(&mut [0; 4]));
            self.empty = false;
        }
    }

    fn turn(&mut self) {
        let turned = std::mem::replace(&mut self.line, self.rest.clone());
        self.lines.push(turned);
        self.empty = true;
    }
}

/// Words, each with the face of the gap before it, if there is one.
fn words(spans: &[Span]) -> Vec<(Vec<Piece>, Option<Face>)> {
    let mut words: Vec<(Vec<Piece>, Option<Face>)> = Vec::new();
    let mut gap = None;
    let mut joined = false;
    for span in spans {
        for (number, part) in span.text().split(' ').enumerate() {
            if number > 0 {
                gap = Some(span.face);
                joined = false;
            }
            if part.is_empty() {
                continue;
            }
            let piece = (span.face, part.to_owned());
            match words.last_mut() {
                Some((word, _)) if joined => word.push(piece),
                _ => words.push((vec![piece], gap)),
            }
            gap = None;
            joined = true;
        }
    }
    words
}

fn push(line: &mut Line, face: Face, text: &str) {
    match line.last_mut() {
        Some(last) if last.face == face => {
            let joined = format!("{}{text}", last.text());
            *last = Span::new(face, &joined);
        }
        _ => line.push(Span::new(face, text)),
    }
}

/// `line` cut to `width` columns, with an ellipsis if something is lost.
#[must_use]
pub(super) fn cut(line: &Line, width: usize) -> Line {
    if line_columns(line) <= width {
        return line.clone();
    }
    let mut out: Line = Vec::new();
    let mut left = width.saturating_sub(1);
    'spans: for span in line {
        for letter in span.text().chars() {
            let wide = letter.width().unwrap_or(0);
            if wide > left {
                break 'spans;
            }
            left -= wide;
            push(&mut out, span.face, letter.encode_utf8(&mut [0; 4]));
        }
    }
    push(&mut out, Face::Quiet, "…");
    out
}

#[cfg(test)]
mod tests {
    use super::super::style::{line_text, plain, strong};
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(line_text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_hang() {
        let lines = wrap(
            &[plain("Hold the payment and "), strong("call"), plain(", now")],
            20,
            &vec![plain("1  ")],
            &vec![plain("   ")],
        );
        assert_eq!(texts(&lines), ["1  Hold the payment", "   and call, now"]);
    }

    #[test]
    fn no_line_is_ever_too_wide() {
        let text = "a verylongwordthatfitsnowhere 国国国国国 x 👩\u{200d}🚒👩\u{200d}🚒 é";
        for width in 2..30 {
            for line in flow(&[plain(text)], width) {
                assert!(line_columns(&line) <= width, "{width}: {}", line_text(&line));
            }
            let cut = cut(&vec![plain(text)], width);
            assert!(line_columns(&cut) <= width);
        }
    }

    #[test]
    fn nothing_is_lost() {
        let text = "one two three four five six seven";
        let joined = texts(&flow(&[plain(text)], 9)).join(" ");
        assert_eq!(joined, text);
        assert_eq!(texts(&flow(&[], 10)), [""]);
    }
}
