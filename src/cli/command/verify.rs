//! `verify`: whether a drill, here or in an evidence file, is as it was written.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde_json::json;
use tr::tr;

use super::list::pretty;
use crate::cli::args::Verify;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::{Exit, Failure, said};
use crate::cli::output::Output;
use crate::journal::{JournalError, RoomId, Store, Verified, verify};
use crate::scenario::{clean, said_date, utc_stamp};

pub(in crate::cli) fn run(args: &Verify, out: &Output, data: &Data) -> Result<(), Failure> {
    let word = args.what.as_deref();
    let (shown, verified) = match word.filter(|word| is_file(word)) {
        Some(word) => {
            if Path::new(word).is_dir() {
                return Err(Failure::new(tr!("{word} is a folder", word))
                    .hint(tr!("verify takes an evidence file, or the id of a drill")));
            }
            let file = File::open(word)
                .map_err(|e| Failure::new(tr!("{word} cannot be read: {e}", word, e = said(&e))))?;
            (clean(word), verify(BufReader::new(file)))
        }
        None => {
            if let Some((store, id)) = room(word, data)? {
                return whole_room(&store, id, out);
            }
            let (store, id) = data.find(word)?;
            let mut evidence = Vec::new();
            let checked = store.export(id, &mut evidence).and_then(|()| verify(&evidence[..]));
            (tr!("drill {}", id.short()), checked)
        }
    };
    match verified {
        Ok(verified) => whole(&shown, &verified, out),
        Err(JournalError::Damaged(damage)) => {
            if out.json {
                let list: Vec<String> = damage.iter().map(ToString::to_string).collect();
                out.result(&pretty(
                    &json!({ "format": "breachdrill/verify/1", "altered": true, "damage": list }),
                ))?;
                return Err(Failure::silent(Exit::Failure));
            }
            let failure = Failure::new(tr!("{shown} is not as it was written", shown));
            Err(damage.iter().fold(failure, |failure, damage| failure.hint(damage)))
        }
        Err(error @ JournalError::TooLarge(_)) => Err(Failure::new(format!("{shown}: {error}"))),
        Err(error) => Err(from_journal(error)),
    }
}

/// The room that a word names, if no drill goes by that.
fn room(word: Option<&str>, data: &Data) -> Result<Option<(Store, RoomId)>, Failure> {
    let Some(word) = word.filter(|_| data.exists()) else { return Ok(None) };
    let store = data.open_to_read()?;
    if store.find(word).is_ok() {
        return Ok(None);
    }
    Ok(store.find_room(word).ok().map(|id| (store, id)))
}

/// Whether a room's journal is as it was written.
fn whole_room(store: &Store, id: RoomId, out: &Output) -> Result<(), Failure> {
    let shown = tr!("room {}", id.short());
    let damage = store.verify_room(id).map_err(from_journal)?;
    if !damage.is_empty() {
        let failure = Failure::new(tr!("{shown} is not as it was written", shown));
        return Err(damage.iter().fold(failure, |failure, damage| failure.hint(damage)));
    }
    let read = store.read_room(id).map_err(from_journal)?;
    let head = read.head.to_string();
    if out.json {
        return out.result(&pretty(&json!({
            "format": "breachdrill/verify/1", "altered": false, "room": id.to_string(),
            "title": read.scenario.head.title, "entries": read.entries.len(), "head": head,
        })));
    }
    out.result(&tr!(
        "{shown} was not altered: {0}, {1}\nhead {2}\n",
        read.scenario.head.title,
        tr!("1 entry" | "{n} entries" % read.entries.len()),
        head,
        shown
    ))
}

fn is_file(word: &str) -> bool {
    let path = Path::new(word);
    path.exists() || path.extension().is_some() || word.contains(['/', '\\'])
}

fn whole(shown: &str, verified: &Verified, out: &Output) -> Result<(), Failure> {
    if out.json {
        return out.result(&pretty(&json!({
            "format": "breachdrill/verify/1",
            "altered": false,
            "drill": verified.header.id.to_string(),
            "title": verified.header.title,
            "facts": verified.facts,
            "over": verified.ended,
            "head": verified.head.to_string(),
            "signer": verified.header.signer,
        })));
    }
    let over = if verified.ended { String::new() } else { tr!("; this drill is not over") };
    out.result(&tr!(
        "{shown} was not altered: {0}, {1}, begun {2}{over}",
        verified.header.title,
        tr!("1 fact" | "{n} facts" % verified.facts),
        said_date(&utc_stamp(verified.header.started)),
        shown,
        over
    ))?;
    out.result(&tr!("head {}\nsigned with {}", verified.head, verified.header.signer))?;
    out.talk(&tr!("Compare the head with the one printed in the debrief: the key is that machine's own."));
    Ok(())
}
