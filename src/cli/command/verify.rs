//! `verify`: whether a drill or a room, here or in an evidence file, is as it was written.

use std::path::Path;

use serde_json::json;
use tr::tr;

use super::list::pretty;
use crate::cli::args::Verify;
use crate::cli::drills::{Data, evidence, from_journal};
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::rooms::Which;
use crate::journal::{Evidence, JournalError, Verified, examine};
use crate::scenario::{clean, said_date, utc_stamp};

pub(in crate::cli) fn run(args: &Verify, out: &Output, data: &Data) -> Result<(), Failure> {
    let word = args.what.as_deref();
    let (shown, verified) = match word.filter(|word| is_file(word)) {
        Some(word) => {
            if Path::new(word).is_dir() {
                return Err(Failure::new(tr!("{word} is a folder", word))
                    .hint(tr!("verify takes an evidence file, or the id of a drill")));
            }
            (clean(word), examine(evidence(word)?))
        }
        None => here(word, data)?,
    };
    match verified {
        Ok(Evidence::Drill(verified)) => whole(&shown, &verified, out),
        Ok(Evidence::Room(room)) => {
            let head = room.head.to_string();
            super::room::whole(&shown, &room.header, (room.entries, room.closed, &head), out)
        }
        Err(JournalError::Damaged(damage)) => {
            if out.json {
                let list: Vec<String> = damage.iter().map(ToString::to_string).collect();
                out.result(&pretty(
                    &json!({ "format": "breachdrill/verify/1", "altered": true, "damage": list }),
                ))?;
                return Err(Failure::silent(Exit::Failure));
            }
            let failure = Failure::new(tr!("{shown} is not as it was written", shown));
            Err(damage.iter().fold(failure, |failure, damage| failure.finding(damage)))
        }
        Err(error @ JournalError::TooLarge(_)) => Err(Failure::new(format!("{shown}: {error}"))),
        Err(error) => Err(from_journal(error)),
    }
}

/// What lies in the data folder is checked as its evidence file would be.
fn here(word: Option<&str>, data: &Data) -> Result<(String, Result<Evidence, JournalError>), Failure> {
    let which = match word {
        Some(word) => data.which(word)?,
        None => data.find(None).map(|(store, id)| Which::Drill(store, id))?,
    };
    let mut evidence = Vec::new();
    let (shown, exported) = match which {
        Which::Drill(store, id) => (tr!("drill {}", id.short()), store.export(id, &mut evidence)),
        Which::Room(store, id) => {
            // An entry that could not have happened is damage too, and only whoever reads it sees that.
            let lawful = store.read_room(id).and_then(|_| store.export_room(id, &mut evidence));
            (tr!("room {}", id.short()), lawful)
        }
    };
    Ok((shown, exported.and_then(|()| examine(&evidence[..]))))
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
