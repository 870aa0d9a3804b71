//! A group debrief for programs: `breachdrill/group/1`, described in `docs/group-json.md`.
//!
//! The document is the plain data of [`GroupDebrief`] with a format marker in front.
//! Numbers are whole; the same debrief gives the same bytes. Within version 1
//! fields are only added.

use std::fmt;

use serde::Serialize;

use super::super::group::GroupDebrief;

/// The format marker.
const FORMAT: &str = "breachdrill/group/1";

#[derive(Serialize)]
struct Document<'d> {
    format: &'static str,
    #[serde(flatten)]
    debrief: &'d GroupDebrief,
}

/// Writes the group debrief as JSON.
///
/// # Errors
/// When the writer fails.
pub fn group_json(debrief: &GroupDebrief, out: &mut impl fmt::Write) -> fmt::Result {
    let document = Document { format: FORMAT, debrief };
    let text = serde_json::to_string_pretty(&document).map_err(|_| fmt::Error)?;
    out.write_str(&text)?;
    out.write_char('\n')
}
