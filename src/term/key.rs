//! The keys a drill knows, apart from the terminal that sends them.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::speech::{Language, language};

/// A key, or what was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A character.
    Char(char),
    /// A whole text.
    Paste(String),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Control and C.
    CtrlC,
    /// Control and U: rub out what is before the caret.
    CtrlU,
}

/// Whether a letter says yes: `y` does everywhere, and so does the one with which yes
/// begins in the language spoken.
#[must_use]
pub(super) fn says_yes(letter: char) -> bool {
    let own = match language() {
        Language::English => 'y',
        Language::German => 'j',
    };
    ['y', own].contains(&letter.to_ascii_lowercase())
}

impl Key {
    /// The key that an event means, if any. Windows also reports releases; they mean nothing.
    #[must_use]
    pub(super) fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Paste(text) => Some(Self::Paste(text.clone())),
            Event::Key(key) if key.kind != KeyEventKind::Release => Self::pressed(key),
            Event::Key(_) | Event::Mouse(_) | Event::Resize(..) | Event::FocusGained | Event::FocusLost => {
                None
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a keyboard has more keys than a drill needs")]
    fn pressed(key: &KeyEvent) -> Option<Self> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        Some(match key.code {
            // AltGr on some Windows keyboards arrives as both together, with an ordinary character.
            KeyCode::Char(c) if control == alt => Self::Char(c),
            KeyCode::Char('c' | 'd') if control => Self::CtrlC,
            KeyCode::Char('u') if control => Self::CtrlU,
            KeyCode::Char('j' | 'm') if control => Self::Enter,
            KeyCode::Enter => Self::Enter,
            KeyCode::Esc => Self::Esc,
            KeyCode::Tab => Self::Tab,
            KeyCode::Backspace => Self::Backspace,
            KeyCode::Delete => Self::Delete,
            KeyCode::Left => Self::Left,
            KeyCode::Right => Self::Right,
            KeyCode::Up => Self::Up,
            KeyCode::Down => Self::Down,
            KeyCode::Home => Self::Home,
            KeyCode::End => Self::End,
            KeyCode::PageUp => Self::PageUp,
            KeyCode::PageDown => Self::PageDown,
            _ => return None,
        })
    }
}
