//! `drills`: what has been played here, the last on top.

use std::fmt::Write;

use serde_json::json;
use tr::tr;

use super::list::pretty;
use super::menu::demo;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::journal::{DrillSummary, Player, Words};
use crate::scenario::{said_date, utc_stamp};
use crate::speech::{label, noted};

pub(in crate::cli) fn run(out: &Output, data: &Data) -> Result<(), Failure> {
    let mut drills =
        if data.exists() { data.open_to_read()?.list().map_err(from_journal)? } else { Vec::new() };
    drills.reverse();
    if out.json {
        let list: Vec<_> = drills
            .iter()
            .map(|d| {
                json!({
                    "id": d.id.to_string(),
                    "title": d.title,
                    "started": (d.started != 0).then(|| utc_stamp(d.started)),
                    "facts": d.facts,
                    "state": state(d),
                    "trainee": d.person.as_ref().and_then(|p| p.name.clone()),
                    "words": d.person.as_ref().map(words),
                    "answers_file": d.answers,
                    "retry_of": d.parent.map(|p| json!({ "drill": p.drill.to_string(), "facts": p.facts })),
                    "head": d.head.map(|h| h.to_string()),
                    "damage": d.damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
                })
            })
            .collect();
        return out.result(&pretty(&json!({ "format": "breachdrill/drills/1", "drills": list })));
    }
    if drills.is_empty() {
        out.talk(&tr!("No drill has been played here yet."));
        out.next(&format!("breachdrill play {}", demo()));
        return Ok(());
    }
    let mut text = String::new();
    for drill in &drills {
        let who = drill.person.as_ref().map(who).unwrap_or_default();
        let kin = drill.parent.map(|p| tr!(", a retry of {} from fact {} on", p.drill.short(), p.facts + 1));
        let kin = kin.unwrap_or_default();
        let file = if drill.answers { tr!(", from an answers file") } else { String::new() };
        let title =
            if drill.title.is_empty() { tr!("(nothing is left of it)") } else { one_line(&drill.title) };
        let _ = writeln!(
            text,
            "{}  {}  {title}, {}, {}{who}{kin}{file}",
            drill.id.short(),
            begun(drill),
            label(state(drill)),
            tr!("1 fact" | "{n} facts" % drill.facts),
        );
        for damage in &drill.damage {
            let _ = writeln!(text, "          {damage}");
        }
    }
    out.result(&text)?;
    out.next(&match drills.iter().find(|d| state(d) == "unfinished") {
        Some(drill) => format!("breachdrill resume {}", drill.id.short()),
        None => match drills.iter().find(|d| matches!(state(d), "finished" | "broken off")) {
            Some(drill) => format!("breachdrill debrief {}", drill.id.short()),
            None => "breachdrill list".into(),
        },
    });
    Ok(())
}

/// Whose it is, as far as that was given and can be read.
fn who(player: &Player) -> String {
    match (player.words, player.name.as_deref()) {
        (Words::KeyMissing, _) => tr!(", person {} (key missing)", player.number),
        (Words::Open | Words::Erased, None | Some("")) => String::new(),
        (Words::Open | Words::Erased, Some(name)) => format!(", {}", one_line(name)),
    }
}

/// A row stays one row, whatever an old journal holds.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const fn words(player: &Player) -> &'static str {
    match player.words {
        Words::Open => "open",
        Words::Erased => "erased",
        Words::KeyMissing => "key-missing",
    }
}

/// When it was begun; what is damaged or forgotten does not say.
fn begun(drill: &DrillSummary) -> String {
    if drill.started == 0 {
        return tr!("at an unknown time  ");
    }
    // Days of one width, for the rows of a list.
    let stamp = utc_stamp(drill.started);
    stamp.split_once(' ').map_or_else(|| stamp.clone(), |(day, clock)| format!("{} {clock}", said_date(day)))
}

const fn state(drill: &DrillSummary) -> &'static str {
    if drill.forgotten {
        noted!("forgotten")
    } else if !drill.damage.is_empty() {
        noted!("damaged")
    } else if drill.broken_off {
        noted!("broken off")
    } else if drill.ended {
        noted!("finished")
    } else if drill.facts == 0 {
        noted!("never begun")
    } else {
        noted!("unfinished")
    }
}
