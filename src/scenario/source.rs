//! Bytes of a script as lines and columns, the way people count them.

use super::at::Span;

/// A place as people count: lines and columns from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text begin, and how many characters lie before each stretch.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before every [`STRETCH`] bytes: a script may be one long line,
    /// and counting from its start for each finding would take minutes.
    before: Vec<usize>,
}

const STRETCH: usize = 256;

impl<'t> Lines<'t> {
    /// The lines of `text`.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        let mut before = vec![0];
        let mut count = 0;
        for stretch in text.as_bytes().chunks(STRETCH) {
            count += characters(stretch);
            before.push(count);
        }
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), before }
    }

    /// The place of a byte; the end of the text for one that lies beyond it.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        Place { line, column: self.count(byte) - self.count(self.starts[line - 1]) + 1 }
    }

    /// Characters before a byte.
    fn count(&self, byte: usize) -> usize {
        let stretch = byte / STRETCH;
        self.before[stretch] + characters(&self.text.as_bytes()[stretch * STRETCH..byte])
    }

    /// The text between two places.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'t str {
        let start = self.text.floor_char_boundary(span.start);
        &self.text[start..self.text.ceil_char_boundary(span.end).max(start)]
    }

    /// The bytes of a line, without its break.
    #[must_use]
    pub fn line(&self, line: usize) -> Span {
        let start = self.starts.get(line - 1).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        Span { start, end: end.max(start) }
    }
}

/// How many characters begin in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_counted_as_short_ones() {
        let text = "é€x".repeat(500);
        let lines = Lines::of(&text);
        for (column, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(lines.place(byte), Place { line: 1, column: column + 1 });
        }
    }

    #[test]
    fn places_count_characters_from_one() {
        let text = "añb\n\nc";
        let lines = Lines::of(text);
        let at = |byte| (lines.place(byte).line, lines.place(byte).column);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 3));
        assert_eq!(at(2), (1, 2), "in the middle of a character");
        assert_eq!(at(5), (2, 1));
        assert_eq!(at(6), (3, 1));
        assert_eq!(at(99), (3, 2));
        assert_eq!(&text[lines.line(1).start..lines.line(1).end], "añb");
        assert_eq!(lines.line(9), Span { start: 7, end: 7 });
    }
}
