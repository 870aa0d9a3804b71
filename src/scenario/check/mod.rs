//! What can be told about a script by reading it.

use super::lower::{Reader, Script};
use super::model::Scenario;

/// Runs every check.
pub(super) fn run(_reader: &mut Reader<'_>, _script: &Script<'_>, _scenario: &Scenario) {}
