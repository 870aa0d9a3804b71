//! One line of typing: insert, rub out, move, take back, paste.

use tr::tr;

use super::key::Key;
use super::style::{Face, Line, Span, plain, quiet};
use crate::scenario::clean;
use crate::speech::noted;

/// A line being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Editor {
    letters: Vec<char>,
    at: usize,
    bytes_max: usize,
    digits: bool,
    overflowed: bool,
}

/// What is said when a line is full.
pub(super) const FULL: &str = noted!("The line is full; what did not fit was left out.");

impl Editor {
    /// An empty line of at most `bytes_max` bytes.
    #[must_use]
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { bytes_max, ..Self::default() }
    }

    /// An empty line that takes a whole number only.
    #[must_use]
    pub(super) fn number() -> Self {
        Self { bytes_max: 16, digits: true, ..Self::default() }
    }

    /// What was typed.
    #[must_use]
    pub(super) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Whether nothing was typed.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// Takes a key; says whether it was one for a line of typing.
    pub(super) fn key(&mut self, key: &Key) -> bool {
        self.overflowed = false;
        match key {
            Key::Char(c) if self.takes(*c) => self.insert(&c.to_string()),
            Key::Paste(text) => self.insert(text),
            Key::Backspace if self.at > 0 => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            Key::Delete if self.at < self.letters.len() => {
                self.letters.remove(self.at);
            }
            Key::Backspace | Key::Delete => {}
            Key::Left => self.at = self.at.saturating_sub(1),
            Key::Right => self.at = (self.at + 1).min(self.letters.len()),
            Key::Home => self.at = 0,
            Key::End => self.at = self.letters.len(),
            Key::CtrlU => {
                self.letters.drain(..self.at);
                self.at = 0;
            }
            Key::Char(_)
            | Key::Enter
            | Key::Esc
            | Key::Tab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::CtrlC => return false,
        }
        true
    }

    fn takes(&self, c: char) -> bool {
        !self.digits || c.is_ascii_digit() || (c == '-' && self.at == 0)
    }

    /// Whether the last key brought more than the line can hold.
    #[must_use]
    pub(super) const fn overflowed(&self) -> bool {
        self.overflowed
    }

    /// Puts in what fits; line breaks become spaces, as an answer is one paragraph.
    /// Terminals send them as carriage returns when something is pasted.
    fn insert(&mut self, text: &str) {
        let text = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        for letter in clean(&text).chars() {
            let bytes: usize = self.letters.iter().map(|c| c.len_utf8()).sum();
            if !self.takes(letter) {
                continue;
            }
            if bytes + letter.len_utf8() > self.bytes_max {
                // What is left out is left out from here on: no gaps.
                self.overflowed = true;
                return;
            }
            self.letters.insert(self.at, letter);
            self.at += 1;
        }
    }

    /// The line with its caret, to be wrapped by the caller.
    #[must_use]
    pub(super) fn spans(&self) -> Line {
        let text = |letters: &[char]| plain(&letters.iter().collect::<String>());
        // Without colour the caret shows as well: an underscore before what follows.
        let (before, after) = self.letters.split_at(self.at);
        let mut line = vec![text(before), Span::new(Face::Strong, "_"), text(after)];
        if self.letters.is_empty() {
            let wants = if self.digits { tr!("a whole number") } else { tr!("write here") };
            line.push(quiet(&format!(" {wants}")));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[Key]) -> String {
        let mut editor = Editor::new(20);
        for key in keys {
            editor.key(key);
        }
        editor.text()
    }

    #[test]
    fn it_edits() {
        let word = |text: &str| Key::Paste(text.into());
        assert_eq!(typed(&[word("helo"), Key::Left, Key::Char('l')]), "hello");
        assert_eq!(typed(&[word("ab"), Key::Home, Key::Delete, Key::End, Key::Char('c')]), "bc");
        assert_eq!(typed(&[word("gone"), Key::CtrlU, word("new")]), "new");
        assert_eq!(typed(&[Key::Backspace, word("a"), Key::Backspace, Key::Backspace]), "");
        assert_eq!(typed(&[word("two\r\nlines\u{1b}[2J")]), "two lines\u{fffd}[2J");
    }

    #[test]
    fn it_keeps_to_its_length() {
        assert_eq!(typed(&[Key::Paste("é".repeat(40))]).len(), 20);
        let mut line = Editor::new(4);
        line.key(&Key::Paste("a\tb\rcd".into()));
        assert_eq!((line.text().as_str(), line.overflowed()), ("a b ", true));
        line.key(&Key::Backspace);
        assert!(!line.overflowed());
        let mut number = Editor::number();
        number.key(&Key::Paste("-12a-3".into()));
        assert_eq!(number.text(), "-123");
    }
}
