//! The ids of drills and rooms, and which of the two a record is of.

use std::fmt;

use super::JournalError;
use super::chain::{from_hex_exact, hex};
use super::error::Place;

/// An id: 128 random bits, shown and read as 32 small hexadecimal digits.
macro_rules! id {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(super) [u8; 16]);

        impl $name {
            /// The beginning of the id, which is mostly enough to tell it from others.
            #[must_use]
            pub fn short(&self) -> String {
                hex(&self.0[..4])
            }

            /// A new one, by the system's dice.
            ///
            /// # Errors
            /// If the system gives no random bytes.
            pub fn random() -> Result<Self, JournalError> {
                let mut id = [0; 16];
                getrandom::fill(&mut id).map_err(|e| JournalError::NoRandomness(e.to_string()))?;
                Ok(Self(id))
            }

            /// Reads all 32 digits.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                from_hex_exact(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

id!(
    /// The id of a drill: 128 random bits, 32 hexadecimal digits.
    DrillId
);
id!(
    /// The id of a room: 128 random bits, 32 hexadecimal digits.
    RoomId
);

/// Whose record it is: that of a drill, or of a room with all its drills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Drill(DrillId),
    Room(RoomId),
}

impl Whose {
    /// Its title page.
    pub(super) const fn header(self) -> Place {
        match self {
            Self::Drill(id) => Place::Header(id),
            Self::Room(id) => Place::RoomHeader(id),
        }
    }

    /// What was recorded `n`-th; the first is 1.
    pub(super) const fn record(self, n: u64) -> Place {
        match self {
            Self::Drill(id) => Place::Fact(id, n),
            Self::Room(id) => Place::Entry(id, n),
        }
    }

    /// A line of its checkpoint file; the first is 1.
    pub(super) const fn checkpoint_line(self, line: u64) -> Place {
        match self {
            Self::Drill(id) => Place::Sidecar(id, line),
            Self::Room(id) => Place::RoomSidecar(id, line),
        }
    }
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drill(id) => id.fmt(f),
            Self::Room(id) => id.fmt(f),
        }
    }
}
