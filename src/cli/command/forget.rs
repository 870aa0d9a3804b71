//! `forget`: erases a drill or a room, or a person with everything they wrote.

use std::fs;

use tr::tr;

use crate::cli::args::Forget;
use crate::cli::ask;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::{Exit, Failure, said};
use crate::cli::output::Output;
use crate::cli::rooms::{Which, seconds};
use crate::journal::{DrillId, RoomId};
use crate::room::{MemberId, Room, likeness};
use crate::scenario::{said_date, utc_stamp};

/// Characters of an id that are enough to erase by.
const PREFIX_MIN: usize = 4;

pub(in crate::cli) fn run(args: &Forget, out: &Output, data: &Data) -> Result<(), Failure> {
    if args.drill.is_none() && args.person.is_none() && !args.keyless {
        return Err(Failure::usage(tr!("forget what?"))
            .hint(tr!("breachdrill forget ID erases a drill or a room; `breachdrill drills` lists them"))
            .hint(tr!("breachdrill forget ROOM --member NAME erases somebody who was in a room"))
            .hint(tr!("breachdrill forget --person NAME erases a name and everything that person wrote"))
            .hint(tr!("breachdrill forget --keyless gives up what was sealed with keys that are missing")));
    }
    if !data.exists() {
        return Err(Failure::new(tr!("no drill has been played here, so there is nothing to forget")));
    }
    match (&args.person, &args.drill) {
        (Some(name), _) => person(name, args.yes, out, data),
        (None, Some(word)) => named(word, args, out, data),
        (None, None) => keyless(args.yes, out, data),
    }
}

fn named(word: &str, args: &Forget, out: &Output, data: &Data) -> Result<(), Failure> {
    if word.len() < PREFIX_MIN {
        return Err(Failure::usage(tr!("`{word}` is too short a beginning for what cannot be undone", word))
            .hint(tr!("give {} characters of the id, or all of it", PREFIX_MIN)));
    }
    match (data.which(word)?, &args.member) {
        (Which::Drill(_, id), None) => drill(id, args.yes, out, data),
        (Which::Room(_, id), None) => room(id, args.yes, out, data),
        (Which::Room(_, id), Some(who)) => member(id, who, args.yes, out, data),
        (Which::Drill(_, id), Some(who)) => {
            Err(Failure::usage(tr!("{} is a drill, and members are in rooms", id.short()))
                .hint(tr!("breachdrill forget --person {who} erases who played drills", who)))
        }
    }
}

fn room(id: RoomId, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let found = store.rooms().map_err(from_journal)?.into_iter().find(|room| room.id == id);
    let what = found.map(|room| {
        let people = tr!("1 person" | "{n} persons" % room.people);
        tr!(" ({0}, opened {1}, {2})", room.title, said_date(&utc_stamp(seconds(room.opened))), people)
    });
    let (short, what) = (id.short(), what.unwrap_or_default());
    confirm(&tr!("erase room {short}{what}, with all its drills", short, what), yes, out)?;
    store.forget_room(id).map_err(from_journal)?;
    erase_pages(data, |page| page.starts_with(&short))?;
    out.talk(&tr!("Erased room {}. A signed line stays that says that there was one.", short));
    Ok(())
}

/// Somebody who was in a room, by name or number.
fn member(id: RoomId, who: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let read = store.read_room(id).map_err(from_journal)?;
    let room = Room::after(&read.entries).expect("checked: a room that is read begins with its opening");
    let number = who.parse().ok().map(MemberId).filter(|id| room.member(*id).is_some());
    let named: Vec<MemberId> = room.members.iter().filter(|m| m.name == who).map(|m| m.id).collect();
    let member = match (&named[..], number) {
        ([member], _) => *member,
        ([], Some(member)) => member,
        ([], None) => return Err(nobody(&room, id, who)),
        (several, _) => {
            let numbers: Vec<String> = several.iter().map(|id| id.0.to_string()).collect();
            return Err(Failure::usage(tr!("several people in room {0} are called {who}", id.short(), who))
                .hint(tr!("say which by number: {}", numbers.join(", "))));
        }
    };
    let (short, n) = (id.short(), member.0);
    let name = room.member(member).map(|m| m.name.clone()).unwrap_or_default();
    let what = tr!("erase the name {name} and everything that {name} wrote, in room {short}", name, short);
    confirm(&what, yes, out)?;
    store.forget_member(id, member).map_err(from_journal)?;
    erase_pages(data, |page| page.starts_with(&short))?;
    out.talk(&tr!("Erased. In room {short} number {n} stays; the chain still verifies.", short, n));
    Ok(())
}

fn nobody(room: &Room, id: RoomId, who: &str) -> Failure {
    let like = room.members.iter().find(|m| likeness(&m.name) == likeness(who));
    let failure = Failure::new(tr!("nobody in room {0} is called {who}", id.short(), who));
    match like {
        Some(member) => failure.hint(tr!("there is {}", member.name)),
        None => failure.hint(format!("breachdrill debrief {} --format attendance", id.short())),
    }
}

fn keyless(yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let people = store.people_without_keys().map_err(from_journal)?;
    if people.is_empty() {
        out.talk(&tr!("Nobody's key is missing, so nothing was changed."));
        return Ok(());
    }
    let what = tr!("give up the names and words of {}, whose keys are missing", persons(&people));
    confirm(&what, yes, out)?;
    let many = store.forget_people_without_keys().map_err(from_journal)?;
    out.talk(&tr!(
        "Given up: what {} wrote counts as erased. The drills stay, and the chains still verify.",
        tr!("1 person" | "{n} persons" % many)
    ));
    Ok(())
}

/// People by their numbers: all that is known of them.
pub(super) fn persons(people: &[u32]) -> String {
    let people: Vec<String> = people.iter().map(|number| tr!("person {number}", number)).collect();
    people.join(", ")
}

fn person(name: &str, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let what = tr!("erase the name {name} and everything that {name} wrote, in every drill here", name);
    confirm(&what, yes, out)?;
    let forgotten = store.forget_person(name).map_err(from_journal)?;
    // Nobody can tell from outside whose words a page holds; all are made anew on demand.
    erase_pages(data, |_| true)?;
    out.talk(&tr!(
        "Erased in {}. Person {} stays as a number; the chains still verify.",
        tr!("1 drill" | "{n} drills" % forgotten.drills),
        forgotten.person
    ));
    Ok(())
}

fn drill(id: DrillId, yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let store = data.open()?;
    let found = store.list().map_err(from_journal)?.into_iter().find(|d| d.id == id);
    let what =
        found.map(|d| tr!(" ({}, begun {})", d.title, said_date(&utc_stamp(d.started)))).unwrap_or_default();
    confirm(&tr!("erase drill {}{what}", id.short(), what), yes, out)?;
    store.forget_drill(id).map_err(from_journal)?;
    let short = id.short();
    erase_pages(data, |page| page.starts_with(&short))?;
    out.talk(&tr!("Erased drill {}. A signed line stays that says that there was one.", id.short()));
    Ok(())
}

/// Erases pages that `debrief --open` wrote. Copies made with `--output` are their maker's.
pub(in crate::cli) fn erase_pages(data: &Data, which: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let folder = data.debriefs()?;
    let cannot =
        |e: std::io::Error| Failure::new(tr!("{} cannot be emptied: {e}", folder.display(), e = said(&e)));
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
        return Err(Failure::usage(tr!("this would {what}", what))
            .hint(tr!("say --yes to do it without being asked")));
    }
    if ask::confirm(&tr!("This will {what}. It cannot be undone. Go on?", what), out)? {
        Ok(())
    } else {
        out.talk(&tr!("Nothing was erased."));
        Err(Failure::silent(Exit::Interrupted))
    }
}
