//! From the text of a script to a scenario, or to everything that is wrong with it.
//!
//! The only door: nothing else makes a [`Scenario`]. A field that there is not
//! hides the fields beside it, for RON stops there; so it is reported, blanked
//! out in a working copy of the same length, and the script is read again.

use super::allow::{Allowances, Allowed};
use super::at::Span;
use super::diagnostic::{Code, Diagnostic, Severity};
use super::file::File;
use super::lower::{self, Reader, Script};
use super::model::Scenario;
use super::{check, cut};
use crate::limits::{FINDINGS_KEPT_MAX, SCRIPT_BYTES_MAX};

/// A script that was read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario; none if there is an error among the findings.
    pub scenario: Option<Scenario>,
    /// All findings, in the order of the script.
    pub findings: Vec<Diagnostic>,
    /// Warnings that the script allows, with the reasons it gives.
    pub allowed: Vec<Allowed>,
    /// What the script allows, for findings that only exploration makes.
    pub allowances: Allowances,
}

/// How often a script is read again after something was blanked out.
const ROUNDS_MAX: usize = 12;

/// Reads a script.
#[must_use]
pub fn load(text: &str) -> Loaded {
    if text.len() > SCRIPT_BYTES_MAX {
        return refused(too_large());
    }
    let (start, mut findings) = cut::start(text);
    let mut copy = text.to_owned();
    for round in 1..=ROUNDS_MAX {
        let pass = read(&copy, start, text);
        if pass.masks.is_empty() || round == ROUNDS_MAX {
            findings.extend(pass.findings);
            return loaded(pass.scenario, findings, pass.allowances);
        }
        let again = |code| matches!(code, Code::UnknownField | Code::DoubledField);
        findings.extend(pass.findings.into_iter().filter(|finding| again(finding.code)));
        if findings.len() >= FINDINGS_KEPT_MAX {
            break;
        }
        for mask in pass.masks {
            blank(&mut copy, mask);
        }
    }
    loaded(None, findings, Allowances::default())
}

/// Reads a script from bytes that may be anything.
#[must_use]
pub fn load_bytes(bytes: &[u8]) -> Loaded {
    if bytes.len() > SCRIPT_BYTES_MAX {
        return refused(too_large());
    }
    let at = match std::str::from_utf8(bytes) {
        // UTF-16 of plain letters is valid UTF-8 too, with a nul beside each.
        Ok(_) if bytes.iter().take(2).any(|b| *b == 0) => 0,
        Ok(text) => return load(text),
        Err(error) => error.valid_up_to(),
    };
    let finding =
        Diagnostic::new(Code::NotText, Span { start: at, end: at + 1 }, "this file is not UTF-8 text");
    refused(finding.help("save it as UTF-8 in your editor"))
}

fn too_large() -> Diagnostic {
    Diagnostic::new(
        Code::TooLarge,
        Span::default(),
        format!("this file has more than {SCRIPT_BYTES_MAX} bytes"),
    )
    .help("a script is a story; make two of it")
}

fn refused(finding: Diagnostic) -> Loaded {
    Loaded { scenario: None, findings: vec![finding], allowed: Vec::new(), allowances: Allowances::default() }
}

struct Pass {
    scenario: Option<Scenario>,
    findings: Vec<Diagnostic>,
    masks: Vec<Span>,
    allowances: Allowances,
}

/// Reads the working copy; `text` is what the author wrote.
fn read(copy: &str, start: usize, text: &str) -> Pass {
    let mut reader = Reader::new(copy);
    let file: Option<File> = cut::file(&mut reader, start);
    let Some(file) = file else {
        let allowances = Allowances::default();
        return Pass { scenario: None, findings: reader.findings, masks: reader.masks, allowances };
    };
    let script = Script::new(&mut reader, &file);
    let scenario = lower::lower(&mut reader, &script, text);
    check::run(&mut reader, &script, &scenario);
    let allowances = Allowances::of(&mut reader, &script);
    Pass { scenario: Some(scenario), findings: reader.findings, masks: reader.masks, allowances }
}

fn loaded(scenario: Option<Scenario>, findings: Vec<Diagnostic>, allowances: Allowances) -> Loaded {
    let (mut findings, allowed) = allowances.sift(findings);
    if findings.iter().all(|finding| finding.severity == Severity::Warning) {
        // With errors, not everything was looked at, and an allowance may only seem to be idle.
        findings.extend(allowances.idle(&allowed, false));
    }
    drop_misspelt(&mut findings);
    if findings.len() > FINDINGS_KEPT_MAX {
        findings.sort_by_key(|finding| finding.severity);
        findings.truncate(FINDINGS_KEPT_MAX);
    }
    findings.sort_by(|a, b| {
        (a.span, a.severity, a.code, &a.message).cmp(&(b.span, b.severity, b.code, &b.message))
    });
    findings.dedup();
    let sound = findings.iter().all(|finding| finding.severity == Severity::Warning);
    Loaded { scenario: scenario.filter(|_| sound), findings, allowed, allowances }
}

/// A field that was misspelt is not missing as well.
fn drop_misspelt(findings: &mut Vec<Diagnostic>) {
    if findings.len() > FINDINGS_KEPT_MAX {
        // Nobody reads so many, and looking for each among all takes its time.
        return;
    }
    let misspelt: Vec<(usize, String)> = findings
        .iter()
        .filter(|finding| finding.code == Code::UnknownField)
        .filter_map(|finding| {
            let meant = finding.help.first()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
            Some((finding.span.start, format!(" needs `{meant}`")))
        })
        .collect();
    for (at, needs) in misspelt {
        let owner = findings
            .iter()
            .enumerate()
            .filter(|(_, f)| f.code == Code::MissingField && f.message.ends_with(&needs) && f.span.start < at)
            .max_by_key(|(_, f)| f.span.start)
            .map(|(row, _)| row);
        if let Some(row) = owner {
            findings.remove(row);
        }
    }
}

/// Blanks a stretch out without moving what follows; line breaks stay.
fn blank(text: &mut String, span: Span) {
    let blank: String = text[span.start..span.end]
        .chars()
        .flat_map(|c| std::iter::repeat_n(if c == '\n' { '\n' } else { ' ' }, c.len_utf8()))
        .collect();
    text.replace_range(span.start..span.end, &blank);
}
