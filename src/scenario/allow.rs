//! Findings that a script allows, each with a reason.
//!
//! `allow: { "code": "reason" }` at the top of a script holds for all of it;
//! within an entry (an inject, a choice, a source …) it holds for what stands
//! there. Errors cannot be allowed. What is allowed without a reason, or in
//! vain, is a finding itself, and those cannot be allowed.

use super::at::{At, Span};
use super::code::Code;
use super::diagnostic::{Diagnostic, Severity, quoted};
use super::family::Family;
use super::file::Map;
use super::lower::{Reader, Row, Script};
use super::near::near_miss;
use crate::limits::ENTRIES_MAX;

/// What a script allows.
#[derive(Clone, Debug, Default)]
pub struct Allowances(Vec<Allow>);

/// One code, allowed within a stretch of the script.
#[derive(Clone, Debug)]
struct Allow {
    code: Code,
    word: Span,
    reason: String,
    scope: Span,
}

/// A finding that the script allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why, in the author's words.
    pub reason: String,
    /// Where the script allows it.
    pub word: Span,
}

impl Allowances {
    /// Reads everything that a script allows.
    pub(super) fn of(reader: &mut Reader<'_>, script: &Script<'_>) -> Self {
        let mut allowances = Self::default();
        let whole = Span { start: 0, end: reader.text.len() };
        allowances.take(reader, &script.file.allow, whole);
        macro_rules! entries {
            ($($rows:ident)*) => {$(
                for row in &script.$rows {
                    if let Some(body) = row.body.ok() {
                        allowances.take(reader, &body.allow, entry(reader, row));
                    }
                }
            )*};
        }
        entries! { cast seats gauges truth evidence spreads duties injects questions actions endings sources }
        for offer in script.offers.iter().flatten() {
            allowances.take(reader, offer.allow, Span { start: offer.key.start, end: offer.end });
        }
        allowances
    }

    fn take(&mut self, reader: &mut Reader<'_>, field: &Map<String>, scope: Span) {
        for row in reader.rows(field, "findings", ENTRIES_MAX) {
            let Some(reason) = reader.get(row.body) else { continue };
            let word = row.name.as_str();
            let Some(code) = Code::from_name(word) else {
                let message = format!("no finding is called {}", quoted(word));
                let finding = Diagnostic::new(Code::UnknownFinding, row.key, message);
                reader.report(match near_miss(word, Code::ALL.iter().map(|code| code.name())) {
                    Some(name) => finding.help(format!("did you mean `{name}`?")),
                    None => finding.help("`breachdrill explain` lists them all"),
                });
                continue;
            };
            if code.severity() == Severity::Error || code.family() == Family::Allowing {
                let message = format!("{} cannot be allowed", quoted(word));
                let finding = Diagnostic::new(Code::NotAllowable, row.key, message);
                reader.report(finding.help("mend what it finds, and take this away"));
                continue;
            }
            if reason.trim().is_empty() {
                let message = format!("{} is allowed without a reason", quoted(word));
                let finding = Diagnostic::new(Code::AllowedWithoutReason, reader.span(row.body), message);
                reader.report(finding.help("say in a sentence why it is right here"));
            }
            self.0.push(Allow { code, word: row.key, reason: reason.trim().to_owned(), scope });
        }
    }

    /// Parts findings into those that stay and those that the script allows.
    #[must_use]
    pub fn sift(&self, findings: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Allowed>) {
        let (mut kept, mut allowed) = (Vec::new(), Vec::new());
        for finding in findings {
            match self.of_finding(&finding) {
                Some(allow) => {
                    allowed.push(Allowed { finding, reason: allow.reason.clone(), word: allow.word });
                }
                None => kept.push(finding),
            }
        }
        (kept, allowed)
    }

    /// The narrowest allowance that holds for a finding.
    fn of_finding(&self, finding: &Diagnostic) -> Option<&Allow> {
        let holds = |allow: &&Allow| {
            allow.code == finding.code
                && allow.scope.start <= finding.span.start
                && finding.span.end <= allow.scope.end
        };
        let allows = self.0.iter().filter(holds);
        allows.min_by_key(|allow| allow.scope.end - allow.scope.start)
    }

    /// What is allowed in vain. Whether a finding of exploration is there is known only
    /// once the script was explored.
    #[must_use]
    pub fn idle(&self, allowed: &[Allowed], explored: bool) -> Vec<Diagnostic> {
        let known = |allow: &&Allow| (allow.code.family() == Family::Exploration) == explored;
        let idle = self
            .0
            .iter()
            .filter(known)
            .filter(|allow| !allowed.iter().any(|allowed| allowed.word == allow.word));
        idle.map(|allow| {
            let message = format!("{} is allowed here, but is not found", quoted(allow.code.name()));
            Diagnostic::new(Code::IdleAllow, allow.word, message).help("take it away")
        })
        .collect()
    }
}

/// From the name of an entry to its end.
fn entry<T>(reader: &Reader<'_>, row: &Row<'_, T>) -> Span {
    let body: &At<T> = row.body;
    Span { start: row.key.start, end: reader.span(body).end }
}
