//! `export`: a drill or a room as one file that shows whether it was altered.

use std::fs::OpenOptions;
use std::io::{self, Write};

use tr::tr;

use super::room::may_be_told;
use crate::cli::args::Export;
use crate::cli::ask;
use crate::cli::drills::{Data, Played, from_journal};
use crate::cli::failure::{Failure, said};
use crate::cli::output::Output;
use crate::cli::rooms::{PlayedRoom, Which};
use crate::cli::spoilers::{spoils_beside, spoils_beside_room};
use crate::engine::What;
use crate::journal::{DrillId, Store};

pub(in crate::cli) fn run(args: &Export, out: &Output, data: &Data) -> Result<(), Failure> {
    let which = match args.drill.as_deref() {
        Some(word) => data.which(word)?,
        None => data.find(None).map(|(store, id)| Which::Drill(store, id))?,
    };
    // What is exported is read and checked before the file is made: one that is damaged leaves none behind.
    let mut evidence = Vec::new();
    let named = match which {
        Which::Drill(store, drill) => {
            unfinished(args, out, &store, drill, data)?;
            store.export(drill, &mut evidence).map_err(from_journal)?;
            tr!("drill {}", drill.short())
        }
        Which::Room(store, id) => {
            let played = store.read_room(id).map(PlayedRoom::of).map_err(from_journal)?;
            room_unfinished(args, out, &played, data)?;
            store.export_room(id, &mut evidence).map_err(from_journal)?;
            tr!("room {}", id.short())
        }
    };
    let Some(file) = &args.output else {
        return written(&evidence);
    };
    let shown = file.display();
    let cannot = |e: io::Error| {
        let failure = Failure::new(tr!("{shown} cannot be written: {e}", shown, e = said(&e)));
        if e.kind() == io::ErrorKind::AlreadyExists {
            failure.hint(tr!("an evidence file is never overwritten; choose another name"))
        } else {
            failure
        }
    };
    let mut opened = OpenOptions::new().write(true).create_new(true).open(file).map_err(cannot)?;
    opened.write_all(&evidence).and_then(|()| opened.sync_all()).map_err(cannot)?;
    out.talk(&tr!("Wrote {named} to {shown}", named, shown));
    out.next(&format!("breachdrill verify {shown}"));
    Ok(())
}

/// To standard output; a reader that went away is no failure.
fn written(evidence: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(evidence).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(tr!("standard output cannot be written: {error}", error = e)))
        }
        _ => Ok(()),
    }
}

/// A room that is still played: the same.
fn room_unfinished(args: &Export, out: &Output, played: &PlayedRoom, data: &Data) -> Result<(), Failure> {
    if args.unfinished || played.over() {
        return spoils_beside_room(played, args.unfinished, out, data);
    }
    may_be_told(played)
}

/// A drill that is not over: its file would give the script's key to whoever is still to play it.
fn unfinished(
    args: &Export,
    out: &Output,
    store: &Store,
    drill: DrillId,
    data: &Data,
) -> Result<(), Failure> {
    let played = store.read(drill).map(Played::of).map_err(from_journal)?;
    if args.unfinished || played.facts.iter().any(|fact| matches!(fact.what, What::Ended { .. })) {
        return spoils_beside(&played, args.unfinished, out, data);
    }
    let id = drill.short();
    let why = tr!("drill {id} is not over, and its evidence file holds the whole script, with its key", id);
    if out.asks
        && args.output.is_some()
        && ask::confirm(&tr!("Mind: {why}. Write it all the same?", why), out)?
    {
        return Ok(());
    }
    Err(Failure::new(why)
        .hint(tr!("breachdrill resume {id} plays it to its end", id))
        .hint(tr!("--unfinished writes it all the same")))
}
