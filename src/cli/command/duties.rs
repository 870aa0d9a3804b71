//! `duties`: the catalogue of legal and contractual clocks.

use std::fmt::Write;

use serde_json::{Value, json};

use super::list::pretty;
use crate::cli::args::Duties;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{Regime, Status, clean, near_miss, regime, regime_like, regimes};

const CAVEAT: &str = "For training. Compared with a secondary source on the day given; verify the rule itself \
                      before anybody relies on it.";

pub(in crate::cli) fn run(args: &Duties, out: &Output) -> Result<(), Failure> {
    match &args.key {
        Some(key) => one(key, out),
        None => list(args.r#in.as_deref(), out),
    }
}

fn list(place: Option<&str>, out: &Output) -> Result<(), Failure> {
    let wanted = place.unwrap_or_default().to_lowercase();
    let found: Vec<&Regime> =
        regimes().iter().filter(|r| r.jurisdiction.to_lowercase().contains(&wanted)).collect();
    if found.is_empty() {
        let place = clean(place.unwrap_or_default());
        let failure = Failure::usage(format!("no rule of the catalogue applies in `{place}`"));
        let near = near_miss(&place, regimes().iter().map(|r| r.jurisdiction.as_str()));
        return Err(match near {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`breachdrill duties` lists them all"),
        });
    }
    if out.json {
        let rules: Vec<Value> = found.into_iter().map(described).collect();
        return out
            .result(&pretty(&json!({ "format": "breachdrill/duties/1", "note": CAVEAT, "duties": rules })));
    }
    let mut text = String::new();
    let mut last = "";
    for regime in found {
        if regime.jurisdiction != last {
            let gap = if last.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", regime.jurisdiction);
            last = &regime.jurisdiction;
        }
        let _ = writeln!(text, "  {}", regime.key);
        let unsure = if regime.uncertain.is_empty() { "" } else { ", uncertain" };
        let bound = regime.status == Status::InForce;
        let force = if bound { String::new() } else { format!(", {}", regime.status.words()) };
        let says = format!(
            "{}: {} from {}, to {} (checked {}{force}{unsure})",
            regime.title,
            regime.deadline_words,
            regime.starts.word(),
            regime.to,
            regime.checked
        );
        wrapped(&mut text, &says, 6, out);
    }
    let _ = writeln!(text);
    wrapped(&mut text, CAVEAT, 0, out);
    out.result(&text)?;
    out.next("breachdrill duties KEY");
    Ok(())
}

fn one(key: &str, out: &Output) -> Result<(), Failure> {
    let Some(regime) = regime(key) else {
        let failure = Failure::usage(format!("no rule of the catalogue has the key `{}`", clean(key)));
        return Err(match regime_like(key) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`breachdrill duties` lists them all"),
        });
    };
    if out.json {
        let mut rule = described(regime);
        rule["format"] = "breachdrill/duty/1".into();
        return out.result(&pretty(&rule));
    }
    let mut text = format!("{}\n{}\n\n", regime.key, regime.title);
    let uncertain = format!("verify first: {}", regime.uncertain);
    let lines = [
        ("Where", regime.jurisdiction.as_str()),
        ("Who", &regime.who),
        ("Clock starts", regime.starts.word()),
        ("Namely when", &regime.from),
        ("Deadline", &regime.deadline_words),
        ("To", &regime.to),
        ("Rule", &regime.article),
        ("Status", regime.status.words()),
        ("Note", &regime.note),
        ("Uncertain", if regime.uncertain.is_empty() { "" } else { &uncertain }),
        ("Source", &regime.source),
        ("Address", &regime.address),
        ("Checked", &regime.checked),
    ];
    for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        match name {
            // An address that is broken cannot be followed.
            "Address" => _ = writeln!(text, "{name}: {value}"),
            _ => wrapped(&mut text, &format!("{name}: {value}"), 2, out),
        }
    }
    let _ = writeln!(
        text,
        "\nIn a script:\n\n    \"{0}\": (regime: \"{0}\", starts: …, met: …, why: \"…\"),\n",
        regime.key
    );
    wrapped(&mut text, CAVEAT, 0, out);
    out.result(&text)
}

/// `says` as lines, those after the first `indent` columns in; a list's own lines two less.
fn wrapped(text: &mut String, says: &str, indent: usize, out: &Output) {
    let (first, rest) = (" ".repeat(indent.saturating_sub(2)), " ".repeat(indent));
    let options = textwrap::Options::new(usize::from(out.width).clamp(40, 80))
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false);
    for line in textwrap::wrap(says, options) {
        let _ = writeln!(text, "{line}");
    }
}

fn described(regime: &Regime) -> Value {
    json!({
        "key": regime.key,
        "title": regime.title,
        "jurisdiction": regime.jurisdiction,
        "who": regime.who,
        "starts": regime.starts.word(),
        "from": regime.from,
        "deadline": regime.deadline_words,
        "to": regime.to,
        "rule": regime.article,
        "status": regime.status.words(),
        "note": regime.note,
        "uncertain": regime.uncertain,
        "source": regime.source,
        "address": regime.address,
        "checked": regime.checked,
    })
}
