//! The table of all findings in `docs/findings.md`, held true.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use breachdrill::scenario::{Code, Family, Severity, explain};

const HEAD: &str = "\
# What `check` finds

Every kind of finding, by what it is about. `breachdrill explain CODE` gives
the page for one: why it matters to trainees, a faulty and a mended example.

An **error** keeps a script from being played. A **warning** does not; under
`--strict` it fails the check. What is right as it stands can be allowed, with
a reason, for the whole script or at the place:

```ron
allow: { \"missing-content-note\": \"Nothing in it could distress anybody.\" },
sources: { \"book\": (title: \"A thick book\", allow: { \"unused-source\": \"Part two rests on it.\" }) },
```

`allow` may stand at the top and in every person, gauge, truth, artefact,
spread, duty, inject, question, choice, action, ending and source. Errors
cannot be allowed, and neither can findings about `allow` itself. What is
allowed and not found is a finding, so that no allowance outlives its mistake.

This file is written by a test (`UPDATE_FIXTURES=1 cargo test --test it findings_docs`).
";

fn table() -> String {
    let mut out = HEAD.to_owned();
    for family in Family::ALL {
        let codes: Vec<_> = Code::ALL.iter().filter(|code| code.family() == family).collect();
        if codes.is_empty() {
            continue;
        }
        let name = family.name();
        let title = name[..1].to_uppercase() + &name[1..];
        let _ = write!(out, "\n## {title}: {}\n\n", family.about());
        for severity in [Severity::Error, Severity::Warning] {
            if let Some(code) = codes.iter().find(|code| code.severity() == severity) {
                let _ = writeln!(out, "{}", code.severity_reason());
            }
        }
        out.push_str("\n| code | severity | what it is |\n| --- | --- | --- |\n");
        for code in codes {
            let (severity, what) = (code.severity().name(), explain(*code).title.replace('|', "\\|"));
            let _ = writeln!(out, "| `{}` | {severity} | {what} |", code.name());
        }
    }
    out
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
fn the_table_is_true() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
    if std::env::var("UPDATE_FIXTURES").is_ok() {
        fs::write(&path, table()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, table(), "docs/findings.md is stale: see its last paragraph");
}
