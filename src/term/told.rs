//! Told to end, for commands that go on until then.

use std::io;

use super::signals::Signals;

/// Listens for Ctrl-C and for being told to end.
pub struct Told(Signals);

impl Told {
    /// Listens from now on; dropped, signals do again what they usually do.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub fn listen() -> io::Result<Self> {
        Signals::watch().map(Self)
    }

    /// Whether it is time to end.
    #[must_use]
    pub fn to_end(&self) -> bool {
        self.0.interrupted() || self.0.told_to_end()
    }
}
