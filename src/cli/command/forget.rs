//! `forget`: erases a drill, or a person with everything they wrote.

use crate::cli::args::Forget;
use crate::cli::ask;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::term;

pub(in crate::cli) fn run(args: &Forget, out: &Output, data: &Data) -> Result<(), Failure> {
    if !data.exists() {
        return Err(Failure::new("no drill has been played here, so there is nothing to forget"));
    }
    match (&args.person, &args.drill) {
        (Some(name), _) => person(name, args.yes, out, data),
        (None, Some(word)) => drill(word, args.yes, out, data),
        (None, None) => Err(Failure::usage("forget what? name a drill, or --person NAME")),
    }
}

fn person(name: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let what = format!("erase the name {name} and everything that {name} wrote, in every drill here");
    confirm(&what, yes, out)?;
    let forgotten = store.forget_person(name).map_err(from_journal)?;
    out.talk(&format!(
        "Erased in {}. Person {} stays as a number; the chains still verify.",
        term::count(forgotten.drills, "drill"),
        forgotten.person
    ));
    Ok(())
}

fn drill(word: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let (store, id) = data.find(Some(word))?;
    let title = store.list().map_err(from_journal)?.into_iter().find(|d| d.id == id).map(|d| d.title);
    confirm(&format!("erase drill {} ({})", id.short(), title.unwrap_or_default()), yes, out)?;
    store.forget_drill(id).map_err(from_journal)?;
    out.talk(&format!("Erased drill {}. A signed line stays that says that there was one.", id.short()));
    Ok(())
}

/// Asks once, and says what it is about to do.
fn confirm(what: &str, yes: bool, out: &Output) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !out.asks {
        return Err(
            Failure::usage(format!("this would {what}")).hint("say --yes to do it without being asked")
        );
    }
    if ask::confirm(&format!("This will {what}. It cannot be undone. Go on?"), out)? {
        Ok(())
    } else {
        out.talk("Nothing was erased.");
        Err(Failure::silent(Exit::Interrupted))
    }
}
