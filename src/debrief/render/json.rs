//! A debrief for programs: `breachdrill/debrief/1`, described in `docs/debrief-json.md`.
//!
//! The document is the plain data of [`Debrief`] with a format marker in
//! front. Numbers are whole: points in millionths, Brier scores in
//! ten-thousandths, credit in hundredths of a percent. The same debrief gives
//! the same bytes. Within version 1 fields are only added.

use std::fmt;

use serde::Serialize;

use super::super::model::Debrief;

/// The format marker.
const FORMAT: &str = "breachdrill/debrief/1";

#[derive(Serialize)]
struct Document<'d> {
    format: &'static str,
    #[serde(flatten)]
    debrief: &'d Debrief,
}

/// Writes the debrief as JSON.
///
/// # Errors
/// When the writer fails.
pub fn json(debrief: &Debrief, out: &mut impl fmt::Write) -> fmt::Result {
    let document = Document { format: FORMAT, debrief };
    let text = serde_json::to_string_pretty(&document).map_err(|_| fmt::Error)?;
    out.write_str(&text)?;
    out.write_char('\n')
}
