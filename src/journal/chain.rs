//! Each fact seals the one before: SHA-256 over place, moment, record and the last hash.
//!
//! The chain begins with the script's digest, the journal's format and the
//! engine's version, and with nothing that differs from machine to machine:
//! same script, seed and inputs give the same head everywhere (free text
//! apart, which is hashed as it stands on the disk, sealed). Who played when
//! is bound by the checkpoint signatures instead, see `sign.rs`.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::codec::{self, quote};
use super::names::Names;
use super::{Journal, JournalError};
use crate::engine::Fact;
use crate::scenario::{Scenario, SimTime};

/// The format of every journal that this code writes.
pub const FORMAT: &str = "breachdrill/journal/1";

/// The version of the engine that wrote a journal.
pub(super) const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// A SHA-256 digest; shown as 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of some bytes, as `sha256sum` prints it.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several parts under a name of its own, each with its length, so that no two lists agree.
    pub(crate) fn of_parts(domain: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in [FORMAT.as_bytes(), domain.as_bytes()].iter().chain(parts) {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The first twelve digits, for people to compare.
    #[must_use]
    pub fn short(&self) -> String {
        hex(&self.0[..6])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Small hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Bytes from small hexadecimal digits; capitals are not a second spelling.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes().chunks_exact(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

/// As many bytes as are wanted, or none.
pub(super) fn from_hex_exact<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_hex(text)?.try_into().ok()
}

/// What the chain of a drill begins with.
pub(super) fn genesis(script: Digest, engine: &str) -> Digest {
    Digest::of_parts("genesis", &[&script.0, engine.as_bytes()])
}

/// The hash of fact `n` (the first is 1), given its record and the hash before it.
pub(super) fn link(before: Digest, n: u64, at: SimTime, body: &str) -> Digest {
    Digest::of_parts("fact", &[&n.to_be_bytes(), &at.0.to_be_bytes(), body.as_bytes(), &before.0])
}

/// A journal in memory that chains as one on a disk does. Words stand in it unsealed.
///
/// For comparing drills byte by byte, without a disk and without a key.
#[derive(Clone, Debug)]
pub struct Chained {
    names: Names,
    facts: Vec<Fact>,
    text: String,
    head: Digest,
}

impl Chained {
    /// An empty journal for a drill of `scenario`.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            names: Names::of(scenario),
            facts: Vec::new(),
            text: String::new(),
            head: genesis(Digest::of(scenario.text.as_bytes()), ENGINE),
        }
    }

    /// The facts so far.
    #[must_use]
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The records so far, one canonical JSON object a line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Journal for Chained {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        for fact in facts {
            let body = codec::encode(&self.names, fact, &mut quote);
            self.head = link(self.head, self.facts.len() as u64 + 1, fact.at, &body);
            self.facts.push(fact.clone());
            self.text.push_str(&body);
            self.text.push('\n');
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.facts.len()
    }

    fn head(&self) -> Option<Digest> {
        Some(self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_sha256sum() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), empty);
        assert_eq!(from_hex_exact(empty).map(Digest), Some(Digest::of(b"")));
    }

    #[test]
    fn hexadecimal_has_one_spelling() {
        assert_eq!(from_hex("00ff7a"), Some(vec![0, 255, 0x7a]));
        for bad in ["0", "0F", "g0", "0x", "é"] {
            assert_eq!(from_hex(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_part_of_a_link_counts() {
        let before = genesis(Digest::of(b"script"), "1");
        let link = |n, at, body| super::link(before, n, SimTime(at), body);
        let all = [link(1, 2, "x"), link(2, 2, "x"), link(1, 3, "x"), link(1, 2, "y"), link(1, 2, "")];
        for (n, one) in all.iter().enumerate() {
            assert!(!all[..n].contains(one), "{n}");
        }
        assert_ne!(before, genesis(Digest::of(b"script"), "2"));
        assert_ne!(before, genesis(Digest::of(b"scripT"), "1"));
    }
}
