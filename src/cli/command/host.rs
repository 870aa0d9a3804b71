//! `host`: a room of browsers on this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use tr::tr;

use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::host_args::Host;
use crate::cli::output::Output;
use crate::cli::scripts;
use crate::host::{self, Hosting, Listening};
use crate::journal::{Receipt, RoomJournal};
use crate::limits::{LABEL_BYTES_MAX, ROOM_TEAMS_MAX};
use crate::room::{Entry, RoomFact, Terms, Way};
use crate::scenario::{Scenario, clean};
use crate::speech::{Language, language};

/// A room's journal, with everything that is in it.
struct Kept {
    scenario: Scenario,
    journal: RoomJournal,
    entries: Vec<Entry>,
    receipts: Vec<Receipt>,
}

pub(in crate::cli) fn run(args: &Host, out: &Output, data: &Data) -> Result<(), Failure> {
    // Before anything is kept: a room that nobody can reach is none.
    let listening = host::listen(args.lan, args.port).map_err(|error| {
        Failure::new(tr!("port {} cannot be taken: {error}", args.port, error))
            .hint(tr!("--port NUMBER takes another; --port 0 takes a free one"))
    })?;
    let kept = match &args.again {
        Some(word) => again(word, data)?,
        None => begin(args, out, data)?,
    };
    let address = args.address.clone().unwrap_or_else(|| listening.address());
    let spoken = Language::named(&kept.scenario.head.language).unwrap_or_else(language);
    let hosting = Hosting {
        rehearse: args.rehearse.unwrap_or(0),
        names: args.names.clone(),
        language: spoken,
        address: address.clone(),
        wall: milliseconds,
    };
    // One script for as long as the program runs: every page and every drill of the room reads it.
    let scenario: &'static Scenario = Box::leak(Box::new(kept.scenario));
    let places = places_of(&kept.entries);
    let id = kept.journal.id().short().to_owned();
    if let Some(fewer) = host::fewer_than(places) {
        out.talk(&tr!(
            "This system gives the program connections for {fewer} people only; “ulimit -n” says how many files it may open",
            fewer
        ));
    }
    let open =
        host::open(scenario, kept.journal, &kept.entries, &kept.receipts, hosting).map_err(from_journal)?;
    out.result(&told(&open, scenario, args, &listening))?;
    out.talk(&tr!(
        "Room {id} is open. Everything is kept as it happens. Ctrl-C ends the host, not the room.",
        id
    ));
    out.next(&format!("breachdrill host --again {id}"));
    open.run(listening).map_err(|why| Failure::new(tr!("the room has stopped: {why}", why)))?;
    out.talk(&tr!("The host has ended. Nothing is lost."));
    Ok(())
}

/// How many people may come into the room that begins with these entries.
fn places_of(entries: &[Entry]) -> u32 {
    if let Some(RoomFact::Opened(terms)) = entries.first().map(|entry| &entry.what) {
        terms.places
    } else {
        0
    }
}

/// What the trainer is told: the links, the code and its picture, and who can reach it.
fn told(open: &host::Open, scenario: &Scenario, args: &Host, listening: &Listening) -> String {
    let mut text = format!("{} · {}\n\n", tr!("EXERCISE"), scenario.head.title);
    text.push_str(&tr!(
        "Trainer  {}\n         yours alone: keep it off the projector\n",
        open.trainer_link()
    ));
    text.push_str(&tr!("Join     {}\n         code {}\n", open.join_link(), open.code()));
    if args.lan {
        if let Some(picture) = host::qr_terminal(&open.join_link()) {
            text.push('\n');
            text.push_str(&picture);
        }
        text.push_str(&tr!(
            "\nEvery machine on this network can reach it, and what is sent over plain HTTP can be read there.\n"
        ));
    } else if listening.is_local() {
        text.push_str(&tr!("\nOnly this machine can reach it; --lan opens it to the network.\n"));
    }
    text
}

fn begin(args: &Host, out: &Output, data: &Data) -> Result<Kept, Failure> {
    let word = args.script.as_deref().unwrap_or_default();
    let scenario = scripts::sound(word, out)?;
    let terms = terms(args, &scenario)?;
    let store = data.open()?;
    let wall = milliseconds();
    let first = Entry { wall, at: crate::scenario::SimTime::ZERO, what: RoomFact::Opened(terms.clone()) };
    // The room opens with its terms, which the journal has written already.
    let journal = store.begin_room(&scenario, &terms, wall, None).map_err(from_journal)?;
    let receipts = vec![journal.last()];
    Ok(Kept { scenario, journal, entries: vec![first], receipts })
}

fn again(word: &str, data: &Data) -> Result<Kept, Failure> {
    let store = data.open()?;
    let id = if word.is_empty() {
        let rooms = store.rooms().map_err(from_journal)?;
        let last = rooms.into_iter().rev().find(|room| !room.closed);
        last.map(|room| room.id).ok_or_else(|| {
            Failure::usage(tr!("there is no room here that is not closed")).hint("breachdrill host SCRIPT")
        })?
    } else {
        store.find_room(word).map_err(from_journal)?
    };
    let (journal, read) = store.resume_room(id).map_err(from_journal)?;
    Ok(Kept { scenario: read.scenario, journal, entries: read.entries, receipts: read.receipts })
}

fn terms(args: &Host, scenario: &Scenario) -> Result<Terms, Failure> {
    let usual = if scenario.seats.is_empty() { Way::SideBySide } else { Way::Together };
    let way = args.way.map_or(usual, |way| way.way());
    if way.alone() && !args.teams.is_empty() {
        return Err(Failure::usage(tr!("there are teams only where people play together"))
            .hint(tr!("leave --team out, or say --way together")));
    }
    if args.teams.len() > ROOM_TEAMS_MAX {
        return Err(Failure::usage(tr!("a room has at most {} teams", ROOM_TEAMS_MAX)));
    }
    let mut teams: Vec<String> = args.teams.iter().map(|name| clean(name.trim())).collect();
    let unfit = |name: &String| name.is_empty() || name.len() > LABEL_BYTES_MAX || name.contains('\n');
    if teams.iter().any(unfit) {
        return Err(Failure::usage(tr!("a team’s name is one short line")));
    }
    let mut sorted = teams.clone();
    sorted.sort();
    sorted.dedup();
    if sorted.len() < teams.len() {
        return Err(Failure::usage(tr!("two teams have the same name")));
    }
    if !way.alone() && teams.is_empty() {
        teams.push(tr!("The team"));
    }
    let untimed = args.untimed || (scenario.clock.untimed && args.pace.is_none());
    let until = milliseconds() / 1000 + u64::from(args.days) * 86_400;
    Ok(Terms {
        way,
        identity: args.identity.identity(),
        teams,
        seed: args.seed.map_or_else(super::play::entropy, Ok)?,
        pace: (!untimed).then(|| args.pace.unwrap_or(scenario.clock.pace)),
        places: args.places,
        keep_days: args.keep,
        until: (way == Way::OwnTime).then(|| i64::try_from(until).unwrap_or(i64::MAX)),
        rehearsal: args.rehearse.is_some(),
    })
}

/// Milliseconds since 1970: a label for people, by which nothing is decided.
#[expect(
    clippy::disallowed_methods,
    reason = "entries of a room say when they happened; nothing is decided by it"
)]
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0)
}
