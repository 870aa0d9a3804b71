//! `check`: what an author should mend, all of it at once.

use std::path::Path;

use serde_json::{Value, json};

use super::list::pretty;
use super::watch;
use crate::cli::args::{Check, CheckFormat};
use crate::cli::drills::Data;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::{Output, quoted};
use crate::cli::prove;
use crate::cli::scripts::{self, Found};
use crate::cli::spoilers::spoils;
use crate::scenario::{Loaded, Severity, clean, load_bytes};
use crate::term::{self, Sarif, Told};

pub(in crate::cli) fn run(args: &Check, out: &Output, data: &Data) -> Result<(), Failure> {
    let format = match (args.format, out.json) {
        (Some(format), _) => format,
        (None, true) => CheckFormat::Json,
        (None, false) => CheckFormat::Human,
    };
    if args.watch {
        return watch::run(args, format, out, data);
    }
    // Reading takes a moment: only exploration is worth telling half of.
    let told = if args.prove { prove::listen() } else { Told::never() };
    let checked = all(args, format, &Around { told: &told, out, data })?;
    checked.summary(out);
    if told.to_end() {
        out.say("Stopped by you: what was found by then is above, and there may be more.");
        return Err(Failure::silent(Exit::Interrupted));
    }
    if checked.unreadable > 0 && checked.errors == 0 {
        return Err(Failure::silent(Exit::Failure));
    }
    let human = format == CheckFormat::Human;
    if checked.errors > 0 || (args.strict && checked.warnings > 0) {
        if human {
            out.next("breachdrill explain CODE, where a finding is not clear");
        }
        return Err(Failure::silent(Exit::Script));
    }
    if let ([only], true, false) = (&args.scripts[..], human, checked.folders) {
        out.next(&format!("breachdrill play {}", quoted(Path::new(only))));
    }
    Ok(())
}

/// What checking has around it.
pub(super) struct Around<'a> {
    /// Whether to stop.
    pub(super) told: &'a Told,
    pub(super) out: &'a Output,
    /// Where unfinished drills are.
    pub(super) data: &'a Data,
}

/// What came of checking some scripts.
#[derive(Default)]
pub(super) struct Checked {
    scripts: usize,
    clean: usize,
    errors: usize,
    warnings: usize,
    allowed: usize,
    unreadable: usize,
    folders: bool,
}

impl Checked {
    /// A line about all scripts, where there are several.
    pub(super) fn summary(&self, out: &Output) {
        if self.scripts + self.unreadable > 1 {
            out.talk(&self.line());
        }
    }

    fn line(&self) -> String {
        let mut line = format!(
            "{}: {} clean, {}, {}",
            term::count(self.scripts, "script"),
            self.clean,
            term::count(self.errors, "error"),
            term::count(self.warnings, "warning")
        );
        if self.allowed > 0 {
            line.push_str(&format!(", {} allowed", self.allowed));
        }
        if self.unreadable > 0 {
            line.push_str(&format!("; {} could not be read", self.unreadable));
        }
        line
    }

    fn json(&self) -> Value {
        json!({
            "scripts": self.scripts,
            "clean": self.clean,
            "errors": self.errors,
            "warnings": self.warnings,
            "allowed": self.allowed,
            "unreadable": self.unreadable,
        })
    }
}

/// Checks everything that some words name, and writes what was found.
pub(super) fn all(args: &Check, format: CheckFormat, around: &Around<'_>) -> Result<Checked, Failure> {
    let out = around.out;
    let (mut checked, mut reports, mut sarif) = (Checked::default(), Vec::new(), Sarif::default());
    for word in &args.scripts {
        let found = match scripts::find_all(word) {
            Ok(found) => found,
            Err(failure) => {
                // The others are checked all the same.
                out.failure(&failure);
                sarif.unread(&clean(&failure.message));
                reports.push(json!({ "script": clean(word), "unreadable": failure.message }));
                checked.unreadable += 1;
                continue;
            }
        };
        checked.folders |= found.folder;
        if found.others > 0 {
            let others = term::count(found.others, "other file");
            out.talk(&format!("{word}: {others} passed over, for no breach script begins like that"));
        }
        for script in found.scripts {
            if around.told.to_end() {
                break;
            }
            match script {
                Ok(script) => one(&script, args, format, &mut checked, (&mut reports, &mut sarif), around)?,
                Err(failure) => {
                    out.failure(&failure);
                    sarif.unread(&clean(&failure.message));
                    reports.push(json!({ "script": clean(word), "unreadable": failure.message }));
                    checked.unreadable += 1;
                }
            }
        }
    }
    match format {
        CheckFormat::Json => {
            let summary = checked.json();
            out.result(&pretty(
                &json!({ "format": "breachdrill/check/1", "summary": summary, "scripts": reports }),
            ))?;
        }
        CheckFormat::Sarif => out.result(&pretty(&sarif.log()))?,
        CheckFormat::Human | CheckFormat::Short | CheckFormat::Github => {}
    }
    Ok(checked)
}

/// Checks one script.
fn one(
    found: &Found,
    args: &Check,
    format: CheckFormat,
    checked: &mut Checked,
    (reports, sarif): (&mut Vec<Value>, &mut Sarif),
    around: &Around<'_>,
) -> Result<(), Failure> {
    let out = around.out;
    let mut loaded = load_bytes(&found.bytes);
    if args.prove {
        explore(&mut loaded, args, around)?;
    }
    let text = String::from_utf8_lossy(&found.bytes);
    let (findings, shown) = (&loaded.findings, &found.shown);
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings, allowed) =
        (count(Severity::Error), count(Severity::Warning), loaded.allowed.len());
    checked.scripts += 1;
    checked.clean += usize::from(findings.is_empty());
    checked.errors += errors;
    checked.warnings += warnings;
    checked.allowed += allowed;
    let lines = match format {
        CheckFormat::Human => term::findings(findings, shown, &text, out.findings()),
        CheckFormat::Short => term::findings_short(findings, shown, &text),
        CheckFormat::Github => term::findings_github(findings, shown, &text),
        CheckFormat::Json => {
            reports.push(term::checked_json(&loaded, shown, &text));
            return Ok(());
        }
        CheckFormat::Sarif => {
            sarif.add(findings, &loaded.allowed, shown, &text);
            return Ok(());
        }
    };
    if !lines.is_empty() {
        out.result(&lines)?;
    }
    if format == CheckFormat::Human {
        out.talk(&verdict(shown, errors, warnings, allowed));
    }
    Ok(())
}

/// Adds what exploration finds, less what the script allows.
fn explore(loaded: &mut Loaded, args: &Check, around: &Around<'_>) -> Result<(), Failure> {
    let Some(scenario) = &loaded.scenario else { return Ok(()) };
    if !args.unfinished {
        spoils(scenario, around.out, around.data)?;
    }
    let (found, everything) = prove::findings(scenario, &args.exploring, around.told, around.out);
    let (kept, allowed) = loaded.allowances.sift(found);
    // What a run that was cut did not find may be there all the same.
    let idle = if everything { loaded.allowances.idle(&allowed, true) } else { Vec::new() };
    loaded.findings.extend(kept.into_iter().chain(idle));
    loaded.allowed.extend(allowed);
    loaded.findings.sort_by_key(|finding| finding.span.start);
    Ok(())
}

fn verdict(shown: &str, errors: usize, warnings: usize, allowed: usize) -> String {
    let some = |count: usize, what: &str| term::count(count, what);
    let verdict = match (errors, warnings) {
        (0, 0) => format!("{shown}: clean"),
        (0, _) => format!("{shown}: playable, with {}", some(warnings, "warning")),
        (_, 0) => format!("{shown}: {}", some(errors, "error")),
        (_, _) => format!("{shown}: {} and {}", some(errors, "error"), some(warnings, "warning")),
    };
    if allowed > 0 { format!("{verdict}; {} allowed", some(allowed, "finding")) } else { verdict }
}
