//! How fields that must be there are written, for the finding that misses one.

/// An example of a field's value.
pub(super) fn form(field: &str) -> &'static str {
    FORMS.iter().find(|(name, _)| *name == field).map_or("…", |(_, form)| *form)
}

const FORMS: &[(&str, &str)] = &[
    ("title", "\"…\""),
    ("summary", "\"…\""),
    ("audience", "Everyone"),
    ("minutes", "10"),
    ("clock", "(startex: \"2026-03-09 09:00\", zone: \"Europe/Berlin\", length: \"1h\", pace: 6)"),
    ("startex", "\"2026-03-09 09:00\""),
    ("zone", "\"Europe/Berlin\""),
    ("length", "\"1h\""),
    ("says", "\"…\""),
    ("stage", "Identification"),
    ("label", "\"…\""),
    ("good", "High"),
    ("class", "\"fraud\""),
    ("credit", "60"),
    ("body", "\"…\""),
    ("via", "Mail(from: \"somebody\", subject: \"…\")"),
    ("from", "\"somebody\""),
    ("subject", "\"…\""),
    ("expects", "\"…\""),
    ("met", "Did(\"some-action\")"),
    ("window", "(\"0m\", \"30m\")"),
    ("ask", "ChooseOne({ … })"),
    ("among", "{ \"netops\": \"Network operations\" }"),
    ("tasks", "{ \"isolate\": (says: \"…\", to: \"netops\") }"),
    ("whom", "{ \"regulator\": (says: \"…\", right: true) }"),
    ("through", "{ \"phone\": (says: \"…\") }"),
    ("answer", "70"),
    ("outer", "6"),
    ("deadline", "Within(\"24h\")"),
    ("to", "\"the insurer\""),
];
