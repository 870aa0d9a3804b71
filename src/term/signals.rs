//! Signals, noted as they come and looked at by the loop several times a second.

use std::ffi::c_int;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::SigId;
use signal_hook::consts::{SIGINT, SIGTERM};

/// What lets signals do again what they usually do, once nobody notes them: without it
/// signal-hook goes on swallowing a signal that it was asked about once.
static USUAL: Mutex<Vec<SigId>> = Mutex::new(Vec::new());

fn as_usual(signals: &[c_int]) {
    let mut usual = USUAL.lock().unwrap_or_else(PoisonError::into_inner);
    for signal in signals {
        let always = Arc::new(AtomicBool::new(true));
        // If the system refuses, the signal stays without effect; nobody is there to be told.
        usual.extend(signal_hook::flag::register_conditional_default(*signal, always));
    }
}

fn not_as_usual() {
    let mut usual = USUAL.lock().unwrap_or_else(PoisonError::into_inner);
    for id in usual.drain(..) {
        signal_hook::low_level::unregister(id);
    }
}

/// While it lives, Ctrl-C ends a prompt and not the program.
pub(super) struct Prompting(SigId);

impl Prompting {
    /// From now on.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub(super) fn begin() -> io::Result<Self> {
        let held = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)))?;
        not_as_usual();
        as_usual(&[SIGTERM]);
        #[cfg(unix)]
        as_usual(&[signal_hook::consts::SIGHUP]);
        Ok(Self(held))
    }
}

impl Drop for Prompting {
    fn drop(&mut self) {
        as_usual(&[SIGINT]);
        signal_hook::low_level::unregister(self.0);
    }
}

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
        not_as_usual();
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
        as_usual(&[SIGTERM, SIGINT]);
        #[cfg(unix)]
        as_usual(&[signal_hook::consts::SIGHUP]);
        for id in &self.ids {
            signal_hook::low_level::unregister(*id);
        }
    }
}
