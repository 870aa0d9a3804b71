//! `duties`: the catalogue of legal and contractual clocks.

use std::fmt::Write;

use serde_json::{Value, json};
use tr::tr;

use super::list::pretty;
use crate::cli::args::Duties;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{Regime, Status, clean, near_miss, regime, regime_like, regimes, said_date};
use crate::speech::{Language, label, noted, speaking};

const CAVEAT: &str = noted!(
    "For training. Compared with a secondary source on the day given; verify the rule itself before anybody \
     relies on it."
);

pub(in crate::cli) fn run(args: &Duties, out: &Output) -> Result<(), Failure> {
    match &args.key {
        Some(key) => one(key, out),
        None => list(args.r#in.as_deref(), out),
    }
}

fn list(place: Option<&str>, out: &Output) -> Result<(), Failure> {
    let found = within(place.unwrap_or_default())?;
    if out.json {
        return out.result(&pretty(&speaking(Language::English, || {
            let rules: Vec<Value> = found.into_iter().map(described).collect();
            json!({ "format": "breachdrill/duties/1", "note": CAVEAT, "duties": rules })
        })));
    }
    let mut text = String::new();
    let mut last = "";
    for regime in found {
        if regime.jurisdiction != last {
            let gap = if last.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", label(&regime.jurisdiction));
            last = &regime.jurisdiction;
        }
        let _ = writeln!(text, "  {}", regime.key);
        let says = tr!(
            "{title}: {deadline} {since}, to {to} (checked {checked})",
            title = label(&regime.title),
            deadline = regime.deadline_words(),
            since = regime.starts.since(),
            to = regime.recipient(),
            checked = standing(regime)
        );
        wrapped(&mut text, &says, 6, out);
    }
    let _ = writeln!(text);
    wrapped(&mut text, &label(CAVEAT), 0, out);
    out.result(&text)?;
    out.next(&tr!("breachdrill duties KEY"));
    Ok(())
}

/// The rules of a place, by its name or a part of it: in English, or as it is shown.
fn within(place: &str) -> Result<Vec<&'static Regime>, Failure> {
    let wanted = place.to_lowercase();
    let has = |name: &str| name.to_lowercase().contains(&wanted);
    let applies = |r: &&Regime| has(&r.jurisdiction) || has(&label(&r.jurisdiction));
    let found: Vec<&Regime> = regimes().iter().filter(applies).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let place = clean(place);
    let failure = Failure::usage(tr!("no rule of the catalogue applies in `{place}`", place));
    let shown: Vec<String> = regimes().iter().map(|r| label(&r.jurisdiction)).collect();
    Err(match near_miss(&place, shown.iter().map(String::as_str)) {
        Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
        None => failure.hint(tr!("`breachdrill duties` lists them all")),
    })
}

/// When a rule was compared, and what else is to be minded before it is relied on.
fn standing(regime: &Regime) -> String {
    let mut parts = vec![said_date(&regime.checked)];
    if regime.status != Status::InForce {
        parts.push(label(regime.status.words()));
    }
    if !regime.uncertain.is_empty() {
        parts.push(tr!("uncertain"));
    }
    parts.join(", ")
}

fn one(key: &str, out: &Output) -> Result<(), Failure> {
    let Some(regime) = regime(key) else {
        let failure = Failure::usage(tr!("no rule of the catalogue has the key `{}`", clean(key)));
        return Err(match regime_like(key) {
            Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
            None => failure.hint(tr!("`breachdrill duties` lists them all")),
        });
    };
    if out.json {
        let mut rule = speaking(Language::English, || described(regime));
        rule["format"] = "breachdrill/duty/1".into();
        return out.result(&pretty(&rule));
    }
    let mut text = format!("{}\n{}\n\n", regime.key, label(&regime.title));
    let uncertain = match regime.uncertain.as_str() {
        "" => String::new(),
        uncertain => tr!("verify first: {}", label(uncertain)),
    };
    let lines = [
        (tr!("duty" => "Where"), label(&regime.jurisdiction)),
        (tr!("duty" => "Who"), label(&regime.who)),
        (tr!("duty" => "Clock starts"), label(regime.starts.word())),
        (tr!("duty" => "Namely when"), label(&regime.from)),
        (tr!("duty" => "Deadline"), regime.deadline_words()),
        (tr!("duty" => "To"), regime.recipient()),
        (tr!("duty" => "Rule"), label(&regime.article)),
        (tr!("duty" => "Status"), label(regime.status.words())),
        (tr!("duty" => "Note"), label(&regime.note)),
        (tr!("duty" => "Uncertain"), uncertain),
        (tr!("duty" => "Source"), label(&regime.source)),
    ];
    for (name, value) in lines.into_iter().filter(|(_, value)| !value.is_empty()) {
        wrapped(&mut text, &format!("{name}: {value}"), 2, out);
    }
    // An address that is broken cannot be followed.
    let _ = writeln!(text, "{}: {}", tr!("duty" => "Address"), regime.address);
    wrapped(&mut text, &format!("{}: {}", tr!("duty" => "Checked"), said_date(&regime.checked)), 2, out);
    let _ = writeln!(
        text,
        "\n{1}\n\n    \"{0}\": (regime: \"{0}\", starts: …, met: …, why: \"…\"),\n",
        regime.key,
        tr!("In a script:")
    );
    wrapped(&mut text, &label(CAVEAT), 0, out);
    out.result(&text)
}

/// `says` as lines, those after the first `indent` columns in; a list's own lines two less.
fn wrapped(text: &mut String, says: &str, indent: usize, out: &Output) {
    text.push_str(&out.hung(says, indent.saturating_sub(2), indent));
}

/// A rule for programs: in English, whatever is spoken.
fn described(regime: &Regime) -> Value {
    json!({
        "key": regime.key,
        "title": regime.title,
        "jurisdiction": regime.jurisdiction,
        "who": regime.who,
        "starts": regime.starts.word(),
        "from": regime.from,
        "deadline": regime.deadline_words(),
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
