//! Told to end, for commands that go on until then, or tell what they know by then.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::signals::Signals;

/// Listens for Ctrl-C and for being told to end.
pub struct Told {
    signals: Option<Signals>,
    came: AtomicBool,
}

impl Told {
    /// Listens from now on; dropped, signals do again what they usually do.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub fn listen() -> io::Result<Self> {
        Signals::watch().map(|signals| Self { signals: Some(signals), came: AtomicBool::new(false) })
    }

    /// Hears nothing: signals do what they usually do.
    #[must_use]
    pub const fn never() -> Self {
        Self { signals: None, came: AtomicBool::new(false) }
    }

    /// Whether it is time to end. Once it is, it stays so.
    #[must_use]
    pub fn to_end(&self) -> bool {
        if self.signals.as_ref().is_some_and(|s| s.interrupted() || s.told_to_end()) {
            self.came.store(true, Ordering::SeqCst);
        }
        self.came.load(Ordering::SeqCst)
    }
}
