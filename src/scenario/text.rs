//! Texts from outside, made safe to show, and slots filled in.

use std::borrow::Cow;

use super::model::Scenario;

/// `text` with nothing in it that could act on a screen.
///
/// An allow-list: line breaks stay, a tab becomes a space, every other control
/// character, bidirectional override, invisible or tag character becomes
/// U+FFFD, so that what was there stays visible. A zero-width joiner stays, for
/// scripts and pictograms need it.
#[must_use]
pub fn clean(text: &str) -> String {
    // Most texts are clean, and a room of a thousand people cleans each of them a thousand times.
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| match c {
            '\n' | '\u{200d}' => c,
            '\t' => ' ',
            _ if acts(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}

/// `text` with typographic signs written as a console without them would; `mark` says first what
/// stands for a sign that means something where it is shown. Letters stay.
#[must_use]
pub fn in_ascii(text: &str, mark: impl Fn(char) -> Option<char>) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if let Some(mark) = mark(letter) {
            plain.push(mark);
            continue;
        }
        match letter {
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '‘' | '’' | '‚' => plain.push('\''),
            '–' | '—' | '−' | '·' | '\u{2010}' | '\u{2011}' => plain.push('-'),
            '…' => plain.push_str("..."),
            '•' => plain.push('*'),
            '→' => plain.push_str("->"),
            '×' => plain.push('x'),
            '±' => plain.push_str("+-"),
            '≥' => plain.push_str(">="),
            '≤' => plain.push_str("<="),
            '²' => plain.push_str("^2"),
            '│' => plain.push('|'),
            '\u{fffd}' => plain.push('?'),
            '\u{a0}' | '\u{202f}' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}

/// Whether a character could move, hide or reorder what is around it.
#[must_use]
pub(super) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

impl Scenario {
    /// `text` with every `{slot.field}` filled from the alternatives in `picks`.
    #[must_use]
    pub fn fill<'t>(&self, text: &'t str, picks: &[u8]) -> Cow<'t, str> {
        if self.slots.is_empty() || !text.contains('{') {
            return Cow::Borrowed(text);
        }
        let mut filled = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            rest = &rest[open..];
            match self.named_slot(rest, picks) {
                Some((value, length)) => {
                    filled.push_str(value);
                    rest = &rest[length..];
                }
                None => {
                    filled.push('{');
                    rest = &rest[1..];
                }
            }
        }
        filled.push_str(rest);
        Cow::Owned(filled)
    }

    /// The value and the length of the `{slot.field}` that `text` begins with.
    fn named_slot(&self, text: &str, picks: &[u8]) -> Option<(&str, usize)> {
        let close = text.find('}')?;
        let (slot, field) = text[1..close].split_once('.')?;
        let (slot, field) = self.slot_field(slot, field)?;
        let pick = usize::from(*picks.get(slot.at())?);
        Some((self.slots[slot.at()].alternatives.get(pick)?.get(field)?, close + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_screen_survives() {
        for attack in [
            "\u{1b}[2J",
            "\u{9b}31m",
            "a\rb",
            "\u{8}",
            "\u{7}",
            "\0",
            "\u{7f}",
            "\u{202e}x",
            "\u{200b}",
            "\u{2066}",
            "\u{e0041}",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
        ] {
            let cleaned = clean(attack);
            assert!(!cleaned.chars().any(acts), "{attack:?} gave {cleaned:?}");
            assert_eq!(cleaned.chars().count(), attack.chars().count(), "it stays visible");
        }
        assert_eq!(clean("a\tb\nc – ü 👩\u{200d}🚒"), "a b\nc – ü 👩\u{200d}🚒");
    }
}
