//! Findings as a log in SARIF 2.1.0 (OASIS), for code scanning and editors.
//!
//! One run for all scripts of a call. The rules are those that were raised,
//! with what `explain` says about them; columns are counted in characters and
//! the end of a region is exclusive, as in the standard. What a script allows
//! is in the log too, as a suppression in the source with its reason.

use serde_json::{Value, json};

use crate::scenario::{Allowed, Code, Diagnostic, Lines, Severity, Span, explain};

/// A log under way.
#[derive(Debug, Default)]
pub struct Sarif {
    /// Codes in the order in which they were first raised.
    rules: Vec<Code>,
    results: Vec<Value>,
    unread: Vec<Value>,
}

impl Sarif {
    /// Adds the findings about the script `text` that is called `name`.
    pub fn add(&mut self, findings: &[Diagnostic], allowed: &[Allowed], name: &str, text: &str) {
        let (lines, uri) = (Lines::of(text), uri(name));
        for finding in findings {
            let result = self.result(finding, &uri, &lines);
            self.results.push(result);
        }
        for Allowed { finding, reason, word } in allowed {
            let mut result = self.result(finding, &uri, &lines);
            result["suppressions"] = json!([{
                "kind": "inSource",
                "justification": reason,
                "location": location(&uri, &lines, *word),
            }]);
            self.results.push(result);
        }
    }

    /// Notes a script that could not be read.
    pub fn unread(&mut self, message: &str) {
        self.unread.push(json!({ "level": "error", "message": { "text": message } }));
    }

    /// The whole log.
    #[must_use]
    pub fn log(&self) -> Value {
        let rules: Vec<_> = self.rules.iter().map(|code| rule(*code)).collect();
        json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "breachdrill",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": self.unread.is_empty(),
                    "toolExecutionNotifications": self.unread,
                }],
                "results": self.results,
            }],
        })
    }

    fn result(&mut self, finding: &Diagnostic, uri: &str, lines: &Lines<'_>) -> Value {
        let rule = self.rules.iter().position(|code| *code == finding.code).unwrap_or_else(|| {
            self.rules.push(finding.code);
            self.rules.len() - 1
        });
        let mut text = finding.message.clone();
        for said in finding.notes.iter().chain(&finding.help) {
            text.push_str("; ");
            text.push_str(said);
        }
        let mut result = json!({
            "ruleId": finding.code.name(),
            "ruleIndex": rule,
            "level": level(finding.severity),
            "message": { "text": text },
            "locations": [location(uri, lines, finding.span)],
        });
        if !finding.labels.is_empty() {
            let related = finding.labels.iter().enumerate().map(|(number, (span, words))| {
                let mut place = location(uri, lines, *span);
                place["id"] = json!(number);
                place["message"] = json!({ "text": words });
                place
            });
            result["relatedLocations"] = related.collect();
        }
        result
    }
}

/// What `explain` says about a code.
fn rule(code: Code) -> Value {
    let page = explain(code);
    let (faulty, mended) = (page.faulty, page.mended);
    json!({
        "id": code.name(),
        "shortDescription": { "text": page.title },
        "fullDescription": { "text": page.why },
        "help": {
            "text": format!("{}\n\nFaulty:\n\n{faulty}\n\nMended:\n\n{mended}\n", page.why),
            "markdown": format!("{}\n\nFaulty:\n\n```ron\n{faulty}\n```\n\nMended:\n\n```ron\n{mended}\n```\n", page.why),
        },
        "defaultConfiguration": { "level": level(code.severity()) },
        "properties": { "tags": [code.family().name()] },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(uri: &str, lines: &Lines<'_>, span: Span) -> Value {
    let (start, end) = (lines.place(span.start), lines.place(span.end));
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    } })
}

/// A file's name as a reference: relative names stay relative.
fn uri(name: &str) -> String {
    let name = name.replace('\\', "/");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    match (name.starts_with('/'), name.get(1..3) == Some(":/")) {
        (true, _) => format!("file://{encoded}"),
        // The letter of a drive.
        (false, true) => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        (false, false) => encoded.strip_prefix("./").unwrap_or(&encoded).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn file_names_become_references() {
        for (name, reference) in [
            ("scenarios/first light.ron", "scenarios/first%20light.ron"),
            ("./a:b.ron", "a%3Ab.ron"),
            ("/tmp/é.ron", "file:///tmp/%C3%A9.ron"),
            ("c:\\drills\\x.ron", "file:///c:/drills/x.ron"),
        ] {
            assert_eq!(uri(name), reference);
        }
    }
}
