//! Choosing from a list by keys: one, several, or in an order.
//!
//! Nothing is chosen beforehand, so that an Enter meant for something else
//! answers nothing. The cursor is a `>` and, where there is colour, reverse.

use tr::tr;

use super::key::Key;
use super::style::{Face, Line, Span, columns, plain, quiet};
use super::wrap::wrap;

/// How many may be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// One; Enter takes it.
    One,
    /// Any number; space marks, Enter takes them.
    Several,
    /// All or some, in sequence; space picks the next, backspace takes the last back.
    Order,
}

/// A list with a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picker {
    how: How,
    labels: Vec<String>,
    at: Option<usize>,
    picked: Vec<usize>,
    typed: usize,
}

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// It is not a key for a list.
    NotMine,
    /// It moved or marked something.
    Moved,
    /// These were taken, in the order picked.
    Done(Vec<usize>),
    /// It did nothing, and this says why.
    Say(String),
}

impl Picker {
    /// A list with nothing picked.
    #[must_use]
    pub(super) fn new(how: How, labels: Vec<String>) -> Self {
        Self { how, labels, at: None, picked: Vec::new(), typed: 0 }
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: &Key) -> Picked {
        let typed = std::mem::take(&mut self.typed);
        match key {
            Key::Char(c) if c.is_ascii_digit() => {
                let digit = usize::from(*c as u8 - b'0');
                return self.digit(typed, digit);
            }
            Key::Up => self.step(|at, last| if at == 0 { last } else { at - 1 }, usize::MAX),
            Key::Down => self.step(|at, last| if at == last { 0 } else { at + 1 }, 0),
            Key::Home | Key::PageUp => self.step(|_, _| 0, 0),
            Key::End | Key::PageDown => self.step(|_, last| last, usize::MAX),
            Key::Char(' ') => return self.mark_here(),
            Key::Backspace if self.how == How::Order => {
                self.picked.pop();
            }
            Key::Enter => return self.enter(),
            Key::Char(_)
            | Key::Paste(_)
            | Key::Esc
            | Key::Tab
            | Key::Backspace
            | Key::Delete
            | Key::Left
            | Key::Right
            | Key::CtrlC
            | Key::CtrlU => return Picked::NotMine,
        }
        Picked::Moved
    }

    fn step(&mut self, next: impl Fn(usize, usize) -> usize, first: usize) {
        let Some(last) = self.labels.len().checked_sub(1) else { return };
        self.at = Some(self.at.map_or(first.min(last), |at| next(at, last)));
    }

    /// Two digits make one number where the list is long enough for it.
    fn digit(&mut self, typed: usize, digit: usize) -> Picked {
        let joined = typed * 10 + digit;
        let number = if typed > 0 && joined <= self.labels.len() { joined } else { digit };
        if number == 0 || number > self.labels.len() {
            return Picked::Say(tr!("There is no such number here."));
        }
        self.at = Some(number - 1);
        self.typed = number;
        // In a short list a number marks at once; in a long one it may be the first of two digits.
        if self.how != How::One && self.labels.len() < 10 {
            return self.mark_here();
        }
        Picked::Moved
    }

    fn mark_here(&mut self) -> Picked {
        let Some(at) = self.at else {
            return Picked::Say(tr!("Go to one first, with an arrow key or its number."));
        };
        let marked = self.picked.iter().position(|row| *row == at);
        match (self.how, marked) {
            (How::One, _) => return Picked::Moved,
            (_, None) => self.picked.push(at),
            (How::Several, Some(place)) => {
                self.picked.remove(place);
            }
            (How::Order, Some(_)) => {
                return Picked::Say(tr!("That has its place; Backspace takes the last one back."));
            }
        }
        Picked::Moved
    }

    fn enter(&self) -> Picked {
        match (self.how, self.at) {
            (How::One, Some(at)) => Picked::Done(vec![at]),
            (How::One, None) => Picked::Say(tr!("Choose first: press a number or an arrow key.")),
            (How::Several, _) => {
                let mut rows = self.picked.clone();
                rows.sort_unstable();
                Picked::Done(rows)
            }
            (How::Order, _) => Picked::Done(self.picked.clone()),
        }
    }

    /// The list in at most `height` lines of `width` columns.
    #[must_use]
    pub(super) fn lines(&self, width: usize, height: usize) -> Vec<Line> {
        let rows: Vec<Vec<Line>> = (0..self.labels.len()).map(|row| self.row(row, width)).collect();
        let total: usize = rows.iter().map(Vec::len).sum();
        if total <= height {
            return rows.into_iter().flatten().collect();
        }
        let at = self.at.unwrap_or(0);
        let mut shown = window(&rows, at, height.saturating_sub(1).max(1));
        if shown.start > 0 && shown.end < rows.len() {
            shown = window(&rows, at, height.saturating_sub(2).max(1));
        }
        let mut lines = Vec::new();
        if shown.start > 0 {
            lines.push(vec![quiet(&format!("  {}", tr!("… {0} above", shown.start)))]);
        }
        lines.extend(rows[shown.clone()].iter().flatten().cloned());
        if shown.end < rows.len() {
            lines.push(vec![quiet(&format!("  {}", tr!("… {0} below", rows.len() - shown.end)))]);
        }
        lines.truncate(height.max(1));
        lines
    }

    fn row(&self, row: usize, width: usize) -> Vec<Line> {
        let here = self.at == Some(row);
        let digits = self.labels.len().to_string().len();
        let mark = match (self.how, self.picked.iter().position(|p| *p == row)) {
            (How::One, _) => String::new(),
            (How::Several, Some(_)) => "[x] ".into(),
            (How::Order, Some(place)) => format!("[{:>digits$}] ", place + 1),
            (How::Several, None) => "[ ] ".into(),
            (How::Order, None) => format!("[{}] ", " ".repeat(digits)),
        };
        let begin = format!("{} {:>digits$}  {mark}", if here { '>' } else { ' ' }, row + 1);
        let hang = " ".repeat(columns(&begin));
        let face = if here { Face::Here } else { Face::Plain };
        wrap(&[Span::new(face, &self.labels[row])], width, &vec![plain(&begin)], &vec![plain(&hang)])
    }
}

/// As many whole rows around `at` as fit in `height` lines.
fn window(rows: &[Vec<Line>], at: usize, height: usize) -> std::ops::Range<usize> {
    let (mut start, mut end) = (at, at + 1);
    let mut used = rows[at].len();
    loop {
        let below = rows.get(end).map(Vec::len).filter(|more| used + more <= height);
        if let Some(more) = below {
            used += more;
            end += 1;
        }
        let above = start.checked_sub(1).map(|row| rows[row].len()).filter(|more| used + more <= height);
        if let Some(more) = above {
            used += more;
            start -= 1;
        }
        if below.is_none() && above.is_none() {
            return start..end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::{line_columns, line_text};
    use super::*;

    fn list(how: How, rows: usize) -> Picker {
        Picker::new(how, (1..=rows).map(|n| format!("choice {n} with some words to wrap")).collect())
    }

    fn press(picker: &mut Picker, keys: &str) -> Picked {
        let mut last = Picked::Moved;
        for key in keys.chars() {
            let key = match key {
                '\n' => Key::Enter,
                'v' => Key::Down,
                '^' => Key::Up,
                '<' => Key::Backspace,
                c => Key::Char(c),
            };
            last = picker.key(&key);
        }
        last
    }

    #[test]
    fn enter_alone_answers_nothing() {
        assert!(matches!(press(&mut list(How::One, 3), "\n"), Picked::Say(_)));
    }

    #[test]
    fn numbers_and_arrows_choose() {
        assert_eq!(press(&mut list(How::One, 3), "2\n"), Picked::Done(vec![1]));
        assert_eq!(press(&mut list(How::One, 3), "vv\n"), Picked::Done(vec![1]));
        assert_eq!(press(&mut list(How::One, 3), "^\n"), Picked::Done(vec![2]));
        assert_eq!(press(&mut list(How::One, 12), "12\n"), Picked::Done(vec![11]));
        assert_eq!(press(&mut list(How::One, 12), "19\n"), Picked::Done(vec![8]), "19 is too many");
        assert!(matches!(press(&mut list(How::One, 3), "7"), Picked::Say(_)));
    }

    #[test]
    fn several_are_marked_and_ordered() {
        assert_eq!(press(&mut list(How::Several, 3), "31\n"), Picked::Done(vec![0, 2]));
        assert_eq!(press(&mut list(How::Several, 3), "33\n"), Picked::Done(vec![]));
        assert_eq!(press(&mut list(How::Order, 3), "31<2\n"), Picked::Done(vec![2, 1]));
        assert_eq!(press(&mut list(How::Several, 12), "12 \n"), Picked::Done(vec![11]));
    }

    #[test]
    fn a_long_list_scrolls_within_its_height() {
        let mut picker = list(How::One, 20);
        for _ in 0..40 {
            picker.key(&Key::Down);
            let lines = picker.lines(24, 9);
            assert!(lines.len() <= 9);
            assert!(lines.iter().all(|line| line_columns(line) <= 24));
            assert!(lines.iter().any(|line| line_text(line).starts_with('>')), "the cursor is in sight");
        }
    }
}
