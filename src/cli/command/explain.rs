//! `explain`: what a finding means for trainees, and how to mend it.

use std::fmt::Write;

use serde_json::json;

use super::list::pretty;
use crate::cli::args::Explain;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{Code, explain, near_miss};

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
            .map(|c| json!({ "code": c.name(), "severity": c.severity().name(), "title": explain(*c).title }))
            .collect();
        return out.result(&pretty(&json!({ "format": "breachdrill/findings/1", "findings": codes })));
    }
    let mut text = String::new();
    for code in Code::ALL {
        let _ = writeln!(text, "{:<8} {:<28} {}", code.severity().name(), code.name(), explain(*code).title);
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
            "severity": code.severity().name(),
            "title": page.title,
            "why": page.why,
            "faulty": page.faulty,
            "mended": page.mended,
        })));
    }
    let mut text = format!("{} ({})\n{}\n\n", code.name(), code.severity().name(), page.title);
    for line in textwrap::wrap(page.why, usize::from(out.width).min(80)) {
        let _ = writeln!(text, "{line}");
    }
    let _ = write!(text, "\nFaulty:\n\n{}\n\nMended:\n\n{}\n", indented(page.faulty), indented(page.mended));
    out.result(&text)
}

fn indented(example: &str) -> String {
    example.lines().map(|l| format!("    {l}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
