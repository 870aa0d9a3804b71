//! Integration tests: one binary, one module per subject.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod advice;
mod answers_file;
mod asks;
mod authoring;
mod broken_off;
mod catalogue;
mod check;
mod cli;
mod content;
mod debrief;
mod engine;
mod explore;
mod findings;
mod findings_docs;
mod german;
mod golden;
mod interrupted;
mod journal;
mod manners;
mod proved;
mod pty;
mod readme;
mod renderings;
mod retry;
mod score;
mod simulate;
mod solve;
mod speech;
mod steered;
mod support;
mod term;
mod tidy;
mod trainer;
mod what_if;
mod world;
