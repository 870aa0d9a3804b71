//! Integration tests: one binary, one module per subject.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod engine;
mod findings;
mod journal;
mod pty;
mod score;
mod support;
mod term;
