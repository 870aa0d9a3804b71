//! Leaves when the terminal is gone.
//!
//! A window that is closed, a connection that breaks: reading then returns at
//! once with nothing, and crossterm (0.29) asks again for ever, from within one
//! call, so the loop never gets to look at its signals. Somebody else has to
//! notice. Every fact is on the disk by then, so leaving at once loses nothing.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often to look.
const LOOK: Duration = Duration::from_millis(500);
/// The exit code of a program that ended with its terminal (128 + SIGHUP).
const HUNG_UP: i32 = 129;

/// While it lives, the program ends with its terminal.
pub(super) struct Hangup(Arc<AtomicBool>);

impl Hangup {
    /// Watches from now on.
    pub(super) fn watch() -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&done);
        std::thread::spawn(move || {
            let mut gone = 0;
            while !seen.load(Ordering::SeqCst) {
                std::thread::sleep(LOOK);
                gone = if io::stdin().is_terminal() { 0 } else { gone + 1 };
                // Twice, so that the loop has had its chance to leave in good order.
                if gone > 1 && !seen.load(Ordering::SeqCst) {
                    std::process::exit(HUNG_UP);
                }
            }
        });
        Self(done)
    }
}

impl Drop for Hangup {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
