//! A person's name and own words, sealed with that person's key.
//!
//! XChaCha20-Poly1305. The chain hashes what is sealed, so a journal still
//! verifies after the key is gone, and then nobody can read the words: that is
//! how `forget` works. The nonce is derived from key, place and text, so that
//! the same person with the same inputs gives the same bytes; what that tells a
//! reader without the key is only that two equal drills were equal. Texts are
//! padded to whole blocks of 64 bytes, for a length can be a name.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::Value;
use zeroize::Zeroize;

use super::chain::{Digest, from_hex, hex};
use super::codec::{Fault, Object};
use crate::speech::noted;

/// What stands for words whose key is gone.
pub const ERASED: &str = "erased";

/// What stands for words whose key is missing, and may come back.
pub const KEYLESS: &str = "sealed, and its key is missing";

/// What stands for words in an evidence file that is read where their key is not: they are whole, and closed.
pub const SEALED: &str = "sealed, not in this file";

const NONCE: usize = 24;
const BLOCK: usize = 64;

/// The key of one person. Wiped from memory when it goes.
#[derive(Clone)]
pub(super) struct Key([u8; 32]);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    pub(super) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(super) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Says which key it is and nothing more.
    pub(super) fn mark(&self) -> String {
        hex(&Digest::of_parts("key-mark", &[&self.0]).0[..8])
    }

    /// `text` sealed for `place`, as hexadecimal digits.
    pub(super) fn seal(&self, place: &[u8], text: &str) -> String {
        let mut padded = text.as_bytes().to_vec();
        padded.push(0x80);
        padded.resize(padded.len().next_multiple_of(BLOCK), 0);
        let derived = Digest::of_parts("nonce", &[&self.0, place, text.as_bytes()]);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&derived.0[..NONCE]);
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: &padded, aad: place })
            .expect("checked: texts are far smaller than the cipher's bound");
        padded.zeroize();
        hex(&nonce) + &hex(&sealed)
    }

    /// What was sealed for `place`; none if this key or place did not seal it.
    pub(super) fn open(&self, place: &[u8], sealed: &str) -> Option<String> {
        let bytes = from_hex(sealed)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let mut padded =
            self.cipher().decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: place }).ok()?;
        let end = padded.iter().rposition(|b| *b != 0).filter(|end| padded[*end] == 0x80)?;
        padded.truncate(end);
        String::from_utf8(padded).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Seals and opens the words of one record: each text is bound to its fact, or entry, and its turn in that.
pub(super) struct Sealer<'k> {
    key: Option<&'k Key>,
    without: &'static str,
    genesis: Digest,
    n: u64,
    turn: u32,
}

impl<'k> Sealer<'k> {
    pub(super) const fn new(key: Option<&'k Key>, genesis: Digest) -> Self {
        Self { key, without: ERASED, genesis, n: 0, turn: 0 }
    }

    /// With other words where there is no key.
    pub(super) const fn or(self, without: &'static str) -> Self {
        Self { without, ..self }
    }

    /// The words that come now are those of fact `n`.
    pub(super) const fn at(&mut self, n: u64) {
        self.n = n;
        self.turn = 0;
    }

    fn place(&mut self) -> Vec<u8> {
        self.turn += 1;
        let mut place = Vec::with_capacity(48);
        place.extend_from_slice(&self.genesis.0);
        place.extend_from_slice(&self.n.to_be_bytes());
        match u8::try_from(self.turn) {
            Ok(turn) if turn < u8::MAX => place.push(turn),
            // Only the entry that opens a room with so many teams has so many words.
            _ => {
                place.push(u8::MAX);
                place.extend_from_slice(&self.turn.to_be_bytes());
            }
        }
        place
    }

    /// The JSON that stands for `text`. Without a key nothing of it is kept.
    pub(super) fn seal(&mut self, text: &str) -> String {
        let place = self.place();
        let sealed = self.key.map(|key| key.seal(&place, text)).unwrap_or_default();
        Object::new().text("sealed", &sealed).end()
    }

    /// The words behind `value`; without the key [`ERASED`], or what was asked for.
    pub(super) fn open(&mut self, value: &Value) -> Result<String, Fault> {
        let place = self.place();
        let sealed = value
            .as_object()
            .filter(|o| o.len() == 1)
            .and_then(|o| o.get("sealed")?.as_str())
            .ok_or_else(|| Fault::new(noted!("its words are not sealed")))?;
        match self.key {
            Some(key) if !sealed.is_empty() => key
                .open(&place, sealed)
                .ok_or_else(|| Fault::new(noted!("its words do not open with their key"))),
            _ => Ok(self.without.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> Key {
        Key::new([n; 32])
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_in_its_place_only() {
        for text in ["", "a", "Ünïcödé 👩\u{200d}🚒", "\0", &"x".repeat(4_000)] {
            let sealed = key(1).seal(b"here", text);
            assert_eq!(key(1).open(b"here", &sealed).as_deref(), Some(text));
            assert_eq!(key(2).open(b"here", &sealed), None);
            assert_eq!(key(1).open(b"there", &sealed), None);
            assert_eq!(sealed, key(1).seal(b"here", text), "same inputs, same bytes");
            assert!(text.is_empty() || !sealed.contains(&hex(text.as_bytes())) || text.len() < 4);
        }
        assert_ne!(key(1).seal(b"here", "a"), key(1).seal(b"here", "b"));
    }

    #[test]
    fn a_length_tells_little() {
        assert_eq!(key(1).seal(b"", "Jo").len(), key(1).seal(b"", "Maximiliana Longname").len());
    }

    #[test]
    fn no_flip_opens() {
        let sealed = key(1).seal(b"here", "a note");
        for at in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
            let flipped = String::from_utf8(bytes).expect("digits");
            assert_eq!(key(1).open(b"here", &flipped), None, "{at}");
        }
    }

    #[test]
    fn every_turn_is_a_place_of_its_own() {
        let key = key(1);
        let mut sealer = Sealer::new(Some(&key), Digest::of(b""));
        sealer.at(1);
        let all: std::collections::BTreeSet<String> = (0..1_000).map(|_| sealer.seal("same")).collect();
        assert_eq!(all.len(), 1_000);
    }

    #[test]
    fn without_a_key_words_read_as_erased() {
        let genesis = Digest::of(b"");
        let sealed = {
            let key = key(1);
            let mut sealer = Sealer::new(Some(&key), genesis);
            sealer.at(3);
            sealer.seal("secret")
        };
        let value: Value = serde_json::from_str(&sealed).expect("it is JSON");
        let mut blind = Sealer::new(None, genesis);
        blind.at(3);
        assert_eq!(blind.open(&value), Ok(ERASED.to_owned()));
        assert!(blind.open(&Value::String("bare".into())).is_err());
    }
}
