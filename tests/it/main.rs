//! Integration tests: one binary, one module per subject.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod debrief;
