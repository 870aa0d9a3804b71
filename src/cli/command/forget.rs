//! `forget`: erases a drill, or a person with everything they wrote.

use std::fs;

use crate::cli::args::Forget;
use crate::cli::ask;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::scenario::utc_stamp;
use crate::term;

/// Characters of an id that are enough to erase by.
const PREFIX_MIN: usize = 4;

pub(in crate::cli) fn run(args: &Forget, out: &Output, data: &Data) -> Result<(), Failure> {
    if args.drill.is_none() && args.person.is_none() && !args.keyless {
        return Err(Failure::usage("forget what?")
            .hint("breachdrill forget ID erases a drill; `breachdrill drills` lists them")
            .hint("breachdrill forget --person NAME erases a name and everything that person wrote")
            .hint("breachdrill forget --keyless gives up what was sealed with keys that are missing"));
    }
    if !data.exists() {
        return Err(Failure::new("no drill has been played here, so there is nothing to forget"));
    }
    match (&args.person, &args.drill) {
        (Some(name), _) => person(name, args.yes, out, data),
        (None, Some(word)) => drill(word, args.yes, out, data),
        (None, None) => keyless(args.yes, out, data),
    }
}

fn keyless(yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let people = store.people_without_keys().map_err(from_journal)?;
    if people.is_empty() {
        out.talk("Nobody's key is missing, so nothing was changed.");
        return Ok(());
    }
    let what = format!("give up the names and words of {}, whose keys are missing", persons(&people));
    confirm(&what, yes, out)?;
    let many = store.forget_people_without_keys().map_err(from_journal)?;
    out.talk(&format!(
        "Given up: what {} wrote counts as erased. The drills stay, and the chains still verify.",
        term::count(many, "person")
    ));
    Ok(())
}

/// People by their numbers: all that is known of them.
pub(super) fn persons(people: &[u32]) -> String {
    let people: Vec<String> = people.iter().map(|number| format!("person {number}")).collect();
    people.join(", ")
}

fn person(name: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let what = format!("erase the name {name} and everything that {name} wrote, in every drill here");
    confirm(&what, yes, out)?;
    let forgotten = store.forget_person(name).map_err(from_journal)?;
    // Nobody can tell from outside whose words a page holds; all are made anew on demand.
    erase_pages(data, |_| true)?;
    out.talk(&format!(
        "Erased in {}. Person {} stays as a number; the chains still verify.",
        term::count(forgotten.drills, "drill"),
        forgotten.person
    ));
    Ok(())
}

fn drill(word: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    if word.len() < PREFIX_MIN {
        return Err(Failure::usage(format!("`{word}` is too short a beginning for what cannot be undone"))
            .hint(format!("give {PREFIX_MIN} characters of the id, or all of it")));
    }
    let (_, id) = data.find(Some(word))?;
    let store = data.open()?;
    let found = store.list().map_err(from_journal)?.into_iter().find(|d| d.id == id);
    let what = found.map(|d| format!(" ({}, begun {})", d.title, utc_stamp(d.started))).unwrap_or_default();
    confirm(&format!("erase drill {}{what}", id.short()), yes, out)?;
    store.forget_drill(id).map_err(from_journal)?;
    let short = id.short();
    erase_pages(data, |page| page.starts_with(&short))?;
    out.talk(&format!("Erased drill {}. A signed line stays that says that there was one.", id.short()));
    Ok(())
}

/// Erases pages that `debrief --open` wrote. Copies made with `--output` are their maker's.
fn erase_pages(data: &Data, which: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let folder = data.debriefs()?;
    let cannot = |e: std::io::Error| Failure::new(format!("{} cannot be emptied: {e}", folder.display()));
    if !folder.exists() {
        return Ok(());
    }
    for page in fs::read_dir(&folder).map_err(cannot)? {
        let page = page.map_err(cannot)?;
        if which(&page.file_name().to_string_lossy()) {
            fs::remove_file(page.path()).map_err(cannot)?;
        }
    }
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
