//! A page for every kind of finding: why it matters, a faulty and a mended example.
//!
//! The pages stand in `explain.txt`. Their examples are tested: they are put
//! into a small script, and the faulty one must give the finding, the mended
//! one must not.

use super::diagnostic::Code;

/// A page about one kind of finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is, in one line.
    pub title: &'static str,
    /// Why it matters to trainees.
    pub why: &'static str,
    /// An example that has it.
    pub faulty: &'static str,
    /// The same example without it.
    pub mended: &'static str,
}

const PAGES: &str = include_str!("explain.txt");

/// The page about `code`.
#[must_use]
pub fn explain(code: Code) -> Page {
    let sections = PAGES.split("\n=== ").skip(1);
    let mut pages = sections.filter_map(|section| section.split_once('\n'));
    let text = pages.find(|(word, _)| *word == code.name()).map_or("", |(_, text)| text);
    let (title, text) = text.split_once('\n').unwrap_or_default();
    let (why, text) = text.split_once("\n--- faulty\n").unwrap_or_default();
    let (faulty, mended) = text.split_once("\n--- mended\n").unwrap_or_default();
    Page { title, why: why.trim(), faulty: faulty.trim_end(), mended: mended.trim_end() }
}
