//! `drills`: what has been played here, drills and rooms, the last on top.

use serde_json::json;
use tr::tr;

use super::list::pretty;
use super::menu::demo;
use super::room;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::rooms::{HOSTS, seconds};
use crate::journal::{DrillSummary, Player, RoomSummary, Words};
use crate::scenario::{said_date, utc_stamp};
use crate::speech::{label, noted};

/// As wide as what a drill goes by, and the gap behind it.
pub(super) const MARGIN: usize = 10;

pub(in crate::cli) fn run(out: &Output, data: &Data) -> Result<(), Failure> {
    let (mut drills, mut rooms) = (Vec::new(), Vec::new());
    if data.exists() {
        let store = data.open_to_read()?;
        (drills, rooms) = (store.list().map_err(from_journal)?, store.rooms().map_err(from_journal)?);
    }
    drills.reverse();
    rooms.reverse();
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
        let rooms: Vec<_> = rooms.iter().map(room::listed).collect();
        let format = "breachdrill/drills/1";
        return out.result(&pretty(&json!({ "format": format, "drills": list, "rooms": rooms })));
    }
    if drills.is_empty() && rooms.is_empty() {
        out.talk(&tr!("No drill has been played here yet."));
        out.next(&format!("breachdrill play {}", demo()));
        return Ok(());
    }
    let text = rows(&drills, &rooms, out);
    out.result(&text)?;
    out.next(&next(&drills, &rooms));
    Ok(())
}

/// A row for each, the last on top.
fn rows(drills: &[DrillSummary], rooms: &[RoomSummary], out: &Output) -> String {
    let mut rows: Vec<(i64, String)> = drills.iter().map(|drill| (drill.started, row(drill, out))).collect();
    // Each list stands in its order; where both began in the same second the drill stands first.
    for each in rooms {
        let opened = seconds(each.opened);
        let at = rows.iter().position(|(begun, _)| *begun < opened).unwrap_or(rows.len());
        rows.insert(at, (opened, room::row(each, out)));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A row for a drill, and beneath it what is wrong.
fn row(drill: &DrillSummary, out: &Output) -> String {
    let who = drill.person.as_ref().map(who).unwrap_or_default();
    let kin = drill.parent.map(|p| tr!(", a retry of {} from fact {} on", p.drill.short(), p.facts + 1));
    let kin = kin.unwrap_or_default();
    let file = if drill.answers { tr!(", from an answers file") } else { String::new() };
    let title = if drill.title.is_empty() { tr!("(nothing is left of it)") } else { one_line(&drill.title) };
    let facts = tr!("1 fact" | "{n} facts" % drill.facts);
    // What a row begins with stays together.
    let head = format!("{}  {}  ", drill.id.short(), begun(drill)).replace(' ', "\u{a0}");
    let mut text =
        out.row(&format!("{head}{title}, {}, {facts}{who}{kin}{file}", label(state(drill))), MARGIN);
    for damage in &drill.damage {
        text.push_str(&out.hung(&damage.to_string(), MARGIN, MARGIN));
    }
    text
}

fn next(drills: &[DrillSummary], rooms: &[RoomSummary]) -> String {
    let unfinished = drills.iter().find(|d| state(d) == "unfinished");
    let played = || drills.iter().find(|d| matches!(state(d), "finished" | "broken off"));
    let held = || rooms.iter().find(|room| matches!(room::state(room), "closed" | "not closed"));
    if let Some(drill) = unfinished {
        return format!("breachdrill resume {}", drill.id.short());
    }
    match (played(), held()) {
        (Some(drill), None) => format!("breachdrill debrief {}", drill.id.short()),
        (Some(drill), Some(room)) if drill.started >= seconds(room.opened) => {
            format!("breachdrill debrief {}", drill.id.short())
        }
        (_, Some(room)) if room.closed || !HOSTS => format!("breachdrill debrief {}", room.id.short()),
        (_, Some(room)) => format!("breachdrill host --again {}", room.id.short()),
        (None, None) => "breachdrill list".into(),
    }
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
pub(super) fn one_line(text: &str) -> String {
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
    stamped(drill.started)
}

/// A moment, with days of one width for the rows of a list.
pub(super) fn stamped(at: i64) -> String {
    let stamp = utc_stamp(at);
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
