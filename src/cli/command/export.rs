//! `export`: a drill as one file that shows whether it was altered.

use std::fs::OpenOptions;
use std::io::{self, Write};

use tr::tr;

use crate::cli::args::Export;
use crate::cli::ask;
use crate::cli::drills::{Data, Played, from_journal};
use crate::cli::failure::{Failure, said};
use crate::cli::output::Output;
use crate::cli::spoilers::spoils_beside;
use crate::engine::What;
use crate::journal::{DrillId, Store};

pub(in crate::cli) fn run(args: &Export, out: &Output, data: &Data) -> Result<(), Failure> {
    let (store, drill) = data.find(args.drill.as_deref())?;
    unfinished(args, out, &store, drill, data)?;
    let Some(file) = &args.output else {
        return store.export(drill, &mut io::stdout().lock()).map_err(from_journal);
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
    // The drill is read and checked before the file is made: one that is damaged leaves none behind.
    let mut evidence = Vec::new();
    store.export(drill, &mut evidence).map_err(from_journal)?;
    let mut opened = OpenOptions::new().write(true).create_new(true).open(file).map_err(cannot)?;
    opened.write_all(&evidence).and_then(|()| opened.sync_all()).map_err(cannot)?;
    out.talk(&tr!("Wrote drill {} to {shown}", drill.short(), shown));
    out.next(&format!("breachdrill verify {shown}"));
    Ok(())
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
