//! What can be told about a script by reading it, one file per family.
//!
//! Checks run whether or not there were errors before; only those that look at
//! the script as a whole are left out when part of it could not be read, for
//! they would only echo that. A new check goes into one of the files here and
//! gets a fixture and a page in `explain`.

mod addresses;
mod conditions;
mod duties;
mod effects;
mod leaves;
mod logic;
mod names;
mod orders;
mod rationales;
mod reach;
mod scoring;
mod stealth;
mod teaching;
mod texts;
mod timing;
mod unreached;

use super::at::Span;
use super::diagnostic::Diagnostic;
use super::file::Opt;
use super::lower::{Reader, Script};
use super::model::Scenario;
use reach::Reach;

/// Runs every check.
pub(super) fn run(reader: &mut Reader<'_>, script: &Script<'_>, scenario: &Scenario) {
    let mut check = Check { reader, script, scenario };
    check.times();
    check.spreads();
    check.scores();
    check.orders();
    check.rationales();
    check.leaks();
    check.addresses();
    check.html();
    if check.reader.holes {
        return;
    }
    check.sources_named();
    check.teaching();
    check.stealth();
    check.unused();
    check.duties();
    let reach = Reach::of(scenario);
    check.conditions(&reach);
    check.effects(&reach);
    check.unreached(&reach);
}

/// A script in its three forms: text, rows with places, and lowered.
struct Check<'c, 's, 'f> {
    reader: &'c mut Reader<'s>,
    script: &'c Script<'f>,
    scenario: &'c Scenario,
}

impl Check<'_, '_, '_> {
    fn report(&mut self, finding: Diagnostic) {
        self.reader.report(finding);
    }

    /// The place of a field, or of what it belongs to.
    fn place<T>(&self, field: &Opt<T>, owner: Span) -> Span {
        field.as_ref().map_or(owner, |at| self.reader.span(at))
    }

    /// Where a finding about the script as a whole points: its title.
    fn head(&self) -> Span {
        let text = self.reader.text;
        self.place(&self.script.file.title, Span { start: 0, end: text.find('\n').unwrap_or(text.len()) })
    }
}
