//! The terminal's mode: taken for the time of a drill, given back whatever happens.
//!
//! Given back when the guard is dropped, and by the panic hook before the
//! message of a panic is printed. A signal to end sets a flag that the loop
//! looks at several times a second, and then the guard is dropped as usual.

use std::io::{self, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::{cursor, execute, terminal};

static TAKEN: AtomicBool = AtomicBool::new(false);

/// While it lives, keys come one by one and are not echoed.
pub(super) struct Raw(());

impl Raw {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If there is none.
    pub(super) fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        TAKEN.store(true, Ordering::SeqCst);
        let raw = Self(());
        terminal::enable_raw_mode()?;
        execute!(io::stderr(), cursor::Hide, EnableBracketedPaste)?;
        Ok(raw)
    }

    /// Takes the terminal again, after the program was stopped: a shell that had it
    /// meanwhile set a mode of its own, and crossterm remembers only that ours is on.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub(super) fn take_again(&self) -> io::Result<()> {
        terminal::disable_raw_mode()?;
        terminal::enable_raw_mode()?;
        execute!(io::stderr(), cursor::Hide, EnableBracketedPaste)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back, once. There is nobody to tell if that fails.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _mode = terminal::disable_raw_mode();
        let _shown = execute!(io::stderr(), cursor::Show, DisableBracketedPaste);
        let _line = writeln!(io::stderr());
    }
}
