//! The shipped scripts, which are part of the program.

/// The shipped scripts: their names and their texts, the shortest first.
#[must_use]
pub const fn library() -> &'static [(&'static str, &'static str)] {
    SCRIPTS
}

const SCRIPTS: &[(&str, &str)] = &[
    ("first-light", include_str!("../../scenarios/first-light.ron")),
    ("first-light-de", include_str!("../../scenarios/first-light-de.ron")),
    ("first-light-es", include_str!("../../scenarios/first-light-es.ron")),
    ("first-light-fr", include_str!("../../scenarios/first-light-fr.ron")),
    ("friday-invoice", include_str!("../../scenarios/friday-invoice.ron")),
    ("monday-survey", include_str!("../../scenarios/monday-survey.ron")),
    ("second-voice", include_str!("../../scenarios/second-voice.ron")),
    ("wrong-recipient", include_str!("../../scenarios/wrong-recipient.ron")),
    ("wrong-recipient-de", include_str!("../../scenarios/wrong-recipient-de.ron")),
    ("wrong-recipient-es", include_str!("../../scenarios/wrong-recipient-es.ron")),
    ("wrong-recipient-fr", include_str!("../../scenarios/wrong-recipient-fr.ron")),
    ("quiet-carriage", include_str!("../../scenarios/quiet-carriage.ron")),
    ("quiet-carriage-de", include_str!("../../scenarios/quiet-carriage-de.ron")),
    ("quiet-carriage-es", include_str!("../../scenarios/quiet-carriage-es.ron")),
    ("quiet-carriage-fr", include_str!("../../scenarios/quiet-carriage-fr.ron")),
    ("blue-tick", include_str!("../../scenarios/blue-tick.ron")),
    ("grey-morning", include_str!("../../scenarios/grey-morning.ron")),
    ("price-of-keys", include_str!("../../scenarios/price-of-keys.ron")),
    ("their-breach", include_str!("../../scenarios/their-breach.ron")),
    ("night-noise", include_str!("../../scenarios/night-noise.ron")),
    ("open-bucket", include_str!("../../scenarios/open-bucket.ron")),
    ("pay-or-drown", include_str!("../../scenarios/pay-or-drown.ron")),
    ("pump-seven", include_str!("../../scenarios/pump-seven.ron")),
    ("signed-update", include_str!("../../scenarios/signed-update.ron")),
    ("two-weeks-notice", include_str!("../../scenarios/two-weeks-notice.ron")),
    ("ward-round", include_str!("../../scenarios/ward-round.ron")),
    ("slow-query", include_str!("../../scenarios/slow-query.ron")),
];
