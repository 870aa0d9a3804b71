//! The shipped scripts, which are part of the program.

/// The shipped scripts: their names and their texts, the shortest first.
#[must_use]
pub const fn library() -> &'static [(&'static str, &'static str)] {
    SCRIPTS
}

const SCRIPTS: &[(&str, &str)] = &[
    ("first-light", include_str!("../../scenarios/first-light.ron")),
    ("friday-invoice", include_str!("../../scenarios/friday-invoice.ron")),
    ("ward-round", include_str!("../../scenarios/ward-round.ron")),
];
