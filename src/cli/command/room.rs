//! What can be done with a room that was played: its debrief, its evidence file, its place in a list.

use serde_json::{Value, json};
use tr::tr;

use super::drills::MARGIN;
use super::list::pretty;
use crate::cli::args::Format;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::rooms::{HOSTS, PlayedRoom, day, seconds};
use crate::debrief::{
    attendance_csv, decisions_csv, group, group_html, group_json, group_markdown, group_terminal,
};
use crate::engine::Fact;
use crate::journal::{RoomHeader, RoomSummary};
use crate::room::TeamId;
use crate::scenario::{said_date, utc_stamp};
use crate::speech::{label, noted};

/// Refuses what would give away the rest of a room that is still played.
pub(super) fn may_be_told(played: &PlayedRoom) -> Result<(), Failure> {
    if played.over() {
        return Ok(());
    }
    let id = &played.short;
    let failure = Failure::new(tr!("room {id} is not over, and this would give away the rest", id));
    let go_on = if HOSTS {
        tr!("breachdrill host --again {id} goes on with it; the console ends or closes it", id)
    } else {
        tr!(
            "this breachdrill was built without `host`; one that has it goes on with the room, ends or closes it"
        )
    };
    Err(failure.hint(go_on).hint(tr!("--unfinished goes on all the same")))
}

/// A room's debrief as text.
pub(super) fn text(played: &PlayedRoom, format: Format, out: &Output) -> Result<String, Failure> {
    let mut text = String::new();
    if format == Format::Attendance {
        attendance_csv(&played.scenario, &played.room, played.until, &mut text)
            .expect("checked: text takes text");
        return Ok(text);
    }
    if played.drills.is_empty() {
        return Err(Failure::new(tr!("nothing was played in room {}", &played.short))
            .hint(tr!("--format attendance says who was there")));
    }
    let drills: Vec<(TeamId, &[Fact])> =
        played.drills.iter().map(|(team, facts)| (*team, facts.as_slice())).collect();
    let debrief = group(&played.scenario, &played.room, &drills, &played.about);
    match format {
        Format::Html => group_html(&debrief, &mut text),
        Format::Json => group_json(&debrief, &mut text),
        Format::Csv => decisions_csv(&debrief, false, &mut text),
        Format::Terminal => group_terminal(&debrief, out.screen(), &mut text),
        Format::Markdown | Format::Attendance => group_markdown(&debrief, &mut text),
    }
    .expect("checked: text takes text");
    Ok(text)
}

/// Says that a room, or its evidence file, is as it was written.
pub(super) fn whole(
    shown: &str,
    header: &RoomHeader,
    (entries, closed, head): (usize, bool, &str),
    out: &Output,
) -> Result<(), Failure> {
    if out.json {
        return out.result(&pretty(&json!({
            "format": "breachdrill/verify/1", "altered": false, "room": header.id.to_string(),
            "title": header.title, "entries": entries, "closed": closed, "head": head, "signer": header.signer,
        })));
    }
    let open = if closed { String::new() } else { tr!("; this room is not closed") };
    out.result(&tr!(
        "{shown} was not altered: {0}, {1}, opened {2}{open}\nhead {3}\nsigned with {4}",
        header.title,
        tr!("1 entry" | "{n} entries" % entries),
        said_date(&utc_stamp(seconds(header.opened))),
        head,
        header.signer,
        shown,
        open
    ))?;
    out.talk(&tr!("Compare the head with the one printed in the debrief: the key is that machine's own."));
    Ok(())
}

/// A room in a list for programs.
pub(super) fn listed(room: &RoomSummary) -> Value {
    let terms = room.terms.as_ref();
    let kept = terms.and_then(|terms| terms.kept_until(room.opened)).map(utc_stamp);
    json!({
        "id": room.id.to_string(),
        "title": room.title,
        "opened": (room.opened != 0).then(|| utc_stamp(seconds(room.opened))),
        "state": state(room),
        "way": terms.map(|terms| terms.way.word()),
        "rehearsal": terms.map(|terms| terms.rehearsal),
        "people": room.people,
        "entries": room.entries,
        "kept_until": kept,
        "head": room.head.map(|head| head.to_string()),
        "damage": room.damage.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// A room in a list for people: a row, and beneath it what is wrong.
pub(super) fn row(room: &RoomSummary, out: &Output) -> String {
    let title = if room.title.is_empty() { tr!("(nothing is left of it)") } else { room.title.clone() };
    let terms = room.terms.as_ref();
    let dry = terms.filter(|terms| terms.rehearsal).map(|_| tr!(", a rehearsal")).unwrap_or_default();
    let kept = terms.and_then(|terms| terms.kept_until(room.opened));
    let kept = kept.map(|until| tr!(", kept until {}", day(until))).unwrap_or_default();
    let opened = match room.opened {
        0 => tr!("at an unknown time  "),
        opened => super::drills::stamped(seconds(opened)),
    };
    // What a row begins with stays together.
    let head = format!("{}  {opened}  ", room.id.short()).replace(' ', "\u{a0}");
    let title = tr!("room: {}", super::drills::one_line(&title));
    let people = tr!("1 person" | "{n} persons" % room.people);
    let mut text = out.row(&format!("{head}{title}, {}, {people}{dry}{kept}", label(state(room))), MARGIN);
    for damage in &room.damage {
        text.push_str(&out.hung(&damage.to_string(), MARGIN, MARGIN));
    }
    text
}

/// How it is with a room, in a word.
pub(super) const fn state(room: &RoomSummary) -> &'static str {
    if room.forgotten {
        noted!("forgotten")
    } else if !room.damage.is_empty() {
        noted!("damaged")
    } else if room.closed {
        noted!("closed")
    } else {
        noted!("not closed")
    }
}
