//! `explain`: what a finding means for trainees, and how to mend it.

use std::fmt::Write;

use serde_json::json;

use super::list::pretty;
use crate::cli::args::Explain;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{Code, Family, explain, near_miss};

pub(in crate::cli) fn run(args: &Explain, out: &Output) -> Result<(), Failure> {
    match &args.code {
        None => list(out),
        Some(word) => page(word, out),
    }
}

fn list(out: &Output) -> Result<(), Failure> {
    if out.json {
        let codes: Vec<_> = Code::ALL
            .iter()
            .map(|c| {
                json!({
                    "code": c.name(),
                    "family": c.family().name(),
                    "severity": c.severity().name(),
                    "title": explain(*c).title,
                })
            })
            .collect();
        return out.result(&pretty(&json!({ "format": "breachdrill/findings/1", "findings": codes })));
    }
    let mut text = String::new();
    for family in Family::ALL {
        let mut codes = Code::ALL.iter().filter(|code| code.family() == family).peekable();
        if codes.peek().is_none() {
            continue;
        }
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}: {}", family.name(), family.about());
        for code in codes {
            let (severity, name) = (code.severity().name(), code.name());
            let _ = writeln!(text, "  {severity:<8} {name:<25} {}", explain(*code).title);
        }
    }
    out.result(&text)?;
    out.next("breachdrill explain CODE");
    Ok(())
}

fn page(word: &str, out: &Output) -> Result<(), Failure> {
    let Some(code) = Code::from_name(word) else {
        let failure = Failure::usage(format!("no finding is called `{}`", crate::scenario::clean(word)));
        let near = near_miss(word, Code::ALL.iter().map(|c| c.name()));
        return Err(match near {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`breachdrill explain` lists them all"),
        });
    };
    let page = explain(code);
    if out.json {
        return out.result(&pretty(&json!({
            "format": "breachdrill/explain/1",
            "code": code.name(),
            "family": code.family().name(),
            "severity": code.severity().name(),
            "severity_reason": code.severity_reason(),
            "title": page.title,
            "why": page.why,
            "faulty": page.faulty,
            "mended": page.mended,
        })));
    }
    let mut text = format!("{} ({})\n{}\n\n", code.name(), code.severity().name(), page.title);
    for said in [page.why, code.severity_reason()] {
        for line in textwrap::wrap(said, usize::from(out.width).min(80)) {
            let _ = writeln!(text, "{line}");
        }
        text.push('\n');
    }
    let _ = write!(text, "Faulty:\n\n{}\n\nMended:\n\n{}\n", indented(page.faulty), indented(page.mended));
    out.result(&text)
}

fn indented(example: &str) -> String {
    example.lines().map(|l| format!("    {l}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
