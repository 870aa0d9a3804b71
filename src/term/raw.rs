//! The terminal's mode: taken for the time of a drill, given back whatever happens.
//!
//! Given back when the guard is dropped, and by the panic hook before the
//! message of a panic is printed. A signal to end sets a flag that the loop
//! looks at several times a second, and then the guard is dropped as usual.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::{cursor, execute, terminal};

static TAKEN: AtomicBool = AtomicBool::new(false);

/// While it lives, keys come one by one and are not echoed.
pub struct Raw {
    signals: Vec<signal_hook::SigId>,
    ended: Arc<AtomicBool>,
    woken: Arc<AtomicBool>,
}

impl Raw {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If there is none.
    pub fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        let mut raw = Self {
            signals: Vec::new(),
            ended: Arc::new(AtomicBool::new(false)),
            woken: Arc::new(AtomicBool::new(false)),
        };
        raw.watch()?;
        TAKEN.store(true, Ordering::SeqCst);
        terminal::enable_raw_mode()?;
        execute!(io::stderr(), cursor::Hide, EnableBracketedPaste)?;
        Ok(raw)
    }

    #[cfg(unix)]
    fn watch(&mut self) -> io::Result<()> {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM};
        for signal in [SIGTERM, SIGHUP] {
            self.signals.push(signal_hook::flag::register(signal, Arc::clone(&self.ended))?);
        }
        self.signals.push(signal_hook::flag::register(SIGCONT, Arc::clone(&self.woken))?);
        Ok(())
    }

    #[cfg(not(unix))]
    fn watch(&mut self) -> io::Result<()> {
        use signal_hook::consts::SIGTERM;
        self.signals.push(signal_hook::flag::register(SIGTERM, Arc::clone(&self.ended))?);
        Ok(())
    }

    /// Whether the program was told to end.
    pub fn told_to_end(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// Whether the program was stopped and goes on; the mode is taken again then.
    pub fn was_stopped(&self) -> bool {
        let woken = self.woken.swap(false, Ordering::SeqCst);
        if woken {
            // A shell that had the terminal meanwhile may have set its own mode; crossterm
            // remembers only that it is on.
            let _off = terminal::disable_raw_mode();
            let _on = terminal::enable_raw_mode();
            let _shown = execute!(io::stderr(), cursor::Hide, EnableBracketedPaste);
        }
        woken
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        for signal in &self.signals {
            signal_hook::low_level::unregister(*signal);
        }
        give_back();
    }
}

/// Gives the terminal back, once. There is nobody to tell if that fails.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _mode = terminal::disable_raw_mode();
        let _shown = execute!(io::stderr(), cursor::Show, DisableBracketedPaste);
        let _line = writeln!(io::stderr(), "\r");
    }
}
