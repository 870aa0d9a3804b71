//! Signals, noted as they come and looked at by the loop several times a second.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};

/// Signals that were sent. Dropped, it lets them do again what they usually do.
pub(super) struct Signals {
    ids: Vec<SigId>,
    ended: Arc<AtomicBool>,
    asked: Arc<AtomicBool>,
    woken: Arc<AtomicBool>,
}

impl Signals {
    /// Notes signals from now on.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub(super) fn watch() -> io::Result<Self> {
        let flag = || Arc::new(AtomicBool::new(false));
        let mut signals = Self { ids: Vec::new(), ended: flag(), asked: flag(), woken: flag() };
        signals.ids.push(signal_hook::flag::register(SIGTERM, Arc::clone(&signals.ended))?);
        signals.ids.push(signal_hook::flag::register(SIGINT, Arc::clone(&signals.asked))?);
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGCONT, SIGHUP};
            signals.ids.push(signal_hook::flag::register(SIGHUP, Arc::clone(&signals.ended))?);
            signals.ids.push(signal_hook::flag::register(SIGCONT, Arc::clone(&signals.woken))?);
        }
        Ok(signals)
    }

    /// Whether the program was told to end.
    pub(super) fn told_to_end(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// Whether Ctrl-C was pressed since the last call.
    pub(super) fn interrupted(&self) -> bool {
        self.asked.swap(false, Ordering::SeqCst)
    }

    /// Whether the program was stopped and goes on, since the last call.
    pub(super) fn woken(&self) -> bool {
        self.woken.swap(false, Ordering::SeqCst)
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for id in &self.ids {
            signal_hook::low_level::unregister(*id);
        }
    }
}
