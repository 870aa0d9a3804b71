//! Checkpoints: the head of a chain, signed with the key of this data folder.
//!
//! A signature binds drill or room, header, place and head together. The key was made
//! here and lies here, so it proves that the record has not been changed by
//! anybody without that key, and by no accident. It proves nothing against
//! whoever owns the folder: they could write another record and sign that.
//! They could also put an older copy of the whole folder in its place, which is
//! whole in itself. Against that help only what left the folder in time: a head that was printed
//! in a debrief, or an evidence file handed in.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::chain::{Digest, from_hex_exact, hex};
use super::header::Titled;
use super::id::Whose;

/// The signing half; wiped from memory when it goes.
#[derive(Clone, Debug)]
pub(super) struct Pen(SigningKey);

/// The public half, which checks what a [`Pen`] signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal(VerifyingKey);

/// The head of a chain after fact `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Checkpoint {
    pub(super) n: u64,
    pub(super) head: Digest,
    pub(super) signature: [u8; 64],
}

/// What every checkpoint of a drill, or of a room, says besides place and head.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subject {
    whose: Whose,
    header: Digest,
}

impl Subject {
    pub(super) fn of(header: &impl Titled) -> Self {
        Self { whose: header.whose(), header: header.digest() }
    }

    fn statement(&self, n: u64, head: Digest) -> Digest {
        let (domain, id) = match &self.whose {
            Whose::Drill(id) => ("checkpoint", &id.0),
            Whose::Room(id) => ("room-checkpoint", &id.0),
        };
        Digest::of_parts(domain, &[id, &self.header.0, &n.to_be_bytes(), &head.0])
    }
}

impl Pen {
    pub(super) fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    pub(super) fn seal(&self) -> Seal {
        Seal(self.0.verifying_key())
    }

    pub(super) fn sign(&self, statement: Digest) -> [u8; 64] {
        self.0.sign(&statement.0).to_bytes()
    }

    pub(super) fn checkpoint(&self, subject: &Subject, n: u64, head: Digest) -> Checkpoint {
        Checkpoint { n, head, signature: self.sign(subject.statement(n, head)) }
    }
}

impl Seal {
    pub(super) fn parse(text: &str) -> Option<Self> {
        VerifyingKey::from_bytes(&from_hex_exact(text)?).ok().filter(|key| !key.is_weak()).map(Self)
    }

    pub(super) fn checks(&self, statement: Digest, signature: &[u8; 64]) -> bool {
        // The strict check: a signature has one spelling, and weak keys sign nothing.
        self.0.verify_strict(&statement.0, &Signature::from_bytes(signature)).is_ok()
    }

    pub(super) fn vouches(&self, subject: &Subject, checkpoint: &Checkpoint) -> bool {
        self.checks(subject.statement(checkpoint.n, checkpoint.head), &checkpoint.signature)
    }
}

impl std::fmt::Display for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(self.0.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::header::{Header, sample};

    #[test]
    fn a_signature_binds_drill_header_place_and_head() {
        let pen = Pen::new(&[7; 32]);
        let subject = Subject::of(&sample());
        let signed = pen.checkpoint(&subject, 4, Digest::of(b"head"));
        assert!(pen.seal().vouches(&subject, &signed));
        assert!(!pen.seal().vouches(&subject, &Checkpoint { n: 5, ..signed }));
        assert!(!pen.seal().vouches(&subject, &Checkpoint { head: Digest::of(b"other"), ..signed }));
        let other = Subject::of(&Header { person: 4, ..sample() });
        assert!(!pen.seal().vouches(&other, &signed));
        assert!(!Pen::new(&[8; 32]).seal().vouches(&subject, &signed));
        assert_eq!(Seal::parse(&pen.seal().to_string()), Some(pen.seal()));
    }
}
