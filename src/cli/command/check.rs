//! `check`: what an author should mend, all of it at once.

use serde_json::{Value, json};

use super::list::pretty;
use crate::cli::args::Check;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::scripts;
use crate::scenario::{Severity, clean, load_bytes};
use crate::term;

pub(in crate::cli) fn run(args: &Check, out: &Output) -> Result<(), Failure> {
    let (mut errors, mut warnings, mut unreadable) = (0, 0, 0);
    let mut reports: Vec<Value> = Vec::new();
    for word in &args.scripts {
        let found = match scripts::find(word) {
            Ok(found) => found,
            Err(failure) => {
                // The others are checked all the same.
                out.failure(&failure);
                reports.push(json!({ "script": clean(word), "unreadable": failure.message }));
                unreadable += 1;
                continue;
            }
        };
        let loaded = load_bytes(&found.bytes);
        let text = String::from_utf8_lossy(&found.bytes);
        let count = |severity| loaded.findings.iter().filter(|f| f.severity == severity).count();
        errors += count(Severity::Error);
        warnings += count(Severity::Warning);
        if out.json {
            reports.push(term::findings_json(&loaded.findings, &found.shown, &text));
        } else {
            if !loaded.findings.is_empty() {
                out.result(&term::findings(&loaded.findings, &found.shown, &text, out.findings()))?;
            }
            out.talk(&verdict(&found.shown, count(Severity::Error), count(Severity::Warning)));
        }
    }
    if out.json {
        out.result(&pretty(&json!({ "format": "breachdrill/check/1", "scripts": reports })))?;
    }
    if unreadable > 0 && errors == 0 {
        return Err(Failure::silent(Exit::Failure));
    }
    if errors > 0 || (args.strict && warnings > 0) {
        out.next("breachdrill explain CODE, where a finding is not clear");
        return Err(Failure::silent(Exit::Script));
    }
    if let [only] = &args.scripts[..] {
        out.next(&format!("breachdrill play {only}"));
    }
    Ok(())
}

fn verdict(shown: &str, errors: usize, warnings: usize) -> String {
    let some = |count: usize, what: &str| term::count(count, what);
    match (errors, warnings) {
        (0, 0) => format!("{shown}: clean"),
        (0, _) => format!("{shown}: playable, with {}", some(warnings, "warning")),
        (_, 0) => format!("{shown}: {}", some(errors, "error")),
        (_, _) => format!("{shown}: {} and {}", some(errors, "error"), some(warnings, "warning")),
    }
}
