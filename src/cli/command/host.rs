//! `host`: a room of browsers on this machine.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tr::tr;

use crate::cli::drills::{Data, from_journal, wall_clock};
use crate::cli::failure::{Failure, said};
use crate::cli::host_args::Host;
use crate::cli::output::{Output, quoted};
use crate::cli::rooms::day;
use crate::cli::scripts;
use crate::host::{self, Certificate, CertificateError, Hosting, Listening};
use crate::journal::{DoorPlace, Receipt, RoomJournal};
use crate::limits::{LABEL_BYTES_MAX, ROOM_TEAMS_MAX};
use crate::room::{Entry, RoomFact, Terms, Way};
use crate::scenario::{Scenario, clean};
use crate::speech::{Language, language, speaking};

/// A room's journal, with everything that is in it.
struct Kept {
    scenario: Scenario,
    journal: RoomJournal,
    entries: Vec<Entry>,
    receipts: Vec<Receipt>,
}

pub(in crate::cli) fn run(args: &Host, out: &Output, data: &Data) -> Result<(), Failure> {
    let resumed = args.again.as_deref().map(|word| again(word, data)).transpose()?;
    // Pages that are open look for the room where it was.
    let before = resumed.as_ref().and_then(|kept| kept.journal.opened_at());
    let lan = args.lan || before.is_some_and(|place| place.lan);
    let port = args.port.or(before.map(|place| place.port)).unwrap_or(USUAL_PORT);
    // Before anything is kept: a room that nobody can reach is none.
    let listening = host::listen(lan, port).map_err(|error| {
        Failure::new(tr!("port {port} cannot be taken: {error}", port, error))
            .hint(tr!("--port NUMBER takes another; --port 0 takes a free one"))
    })?;
    let certificate = certificate(args)?;
    let kept = match resumed {
        Some(kept) => kept,
        None => begin(args, out, data)?,
    };
    kept.journal.opens_at(DoorPlace { lan, port: listening.port() });
    let names = names(args, certificate.as_ref());
    let address = args.address.clone().unwrap_or_else(|| own_address(args, certificate.as_ref(), &listening));
    let spoken = Language::named(&kept.scenario.head.language).unwrap_or_else(language);
    let hosting = Hosting {
        rehearse: args.rehearse.unwrap_or(0),
        names,
        language: spoken,
        address: address.clone(),
        certificate: certificate.clone(),
        wall: milliseconds,
    };
    // One script for as long as the program runs: every page and every drill of the room reads it.
    let scenario: &'static Scenario = Box::leak(Box::new(kept.scenario));
    let id = kept.journal.id().short().to_owned();
    let terms = kept.entries.first().and_then(|first| {
        let RoomFact::Opened(terms) = &first.what else { return None };
        Some(terms.clone())
    });
    let until = terms.as_ref().and_then(|terms| terms.kept_until(kept.journal.header().opened));
    if let Some(fewer) = terms.and_then(|terms| host::fewer_than(terms.places)) {
        out.talk(&tr!(
            "This system gives the program connections for {fewer} people only; “ulimit -n” says how many files it may open",
            fewer
        ));
    }
    let open =
        host::open(scenario, kept.journal, &kept.entries, &kept.receipts, hosting).map_err(from_journal)?;
    out.result(&told(&open, scenario, (&listening, certificate.as_ref()), lan))?;
    if let Some(certificate) = &certificate {
        unfit_for(certificate, &address, out);
    }
    out.talk(&tr!(
        "Room {id} is open. Everything is kept as it happens. Ctrl-C ends the host, not the room.",
        id
    ));
    if let Some(until) = until {
        out.talk(&tr!(
            "It is kept until {}, and forgotten then: people are told so when they come in.",
            day(until)
        ));
    }
    out.next(&again_as(args, &id));
    let open = open.when_closed(closing(id, out));
    open.run(listening).map_err(|why| Failure::new(tr!("the room has stopped: {why}", why)))?;
    out.talk(&tr!("The host has ended. Nothing is lost."));
    Ok(())
}

/// What the terminal says once the trainer has closed the room.
fn closing(id: String, out: &Output) -> impl FnOnce() + Send + 'static {
    let (out, spoken) = (out.clone(), language());
    move || {
        speaking(spoken, || {
            out.talk(&tr!("Room {id} is closed, and its debrief can be read. Ctrl-C ends the host.", id));
            out.next(&format!("breachdrill debrief {id} --format html --open"));
        });
    }
}

/// The port of a room that was never open before, if nobody says otherwise.
const USUAL_PORT: u16 = 8_750;

/// The command that takes a room up again as it is now; where people come in it knows by itself.
fn again_as(args: &Host, id: &str) -> String {
    let mut command = format!("breachdrill host --again {id}");
    let mut more = |option: &str, value: &str| {
        command.push_str(&format!(" {option} {value}"));
    };
    if let (Some(cert), Some(key)) = (&args.cert, &args.key) {
        more("--cert", &quoted(cert));
        more("--key", &quoted(key));
    }
    args.names.iter().for_each(|name| more("--known-as", &quoted(Path::new(name))));
    args.address.iter().for_each(|address| more("--address", &quoted(Path::new(address))));
    command
}

/// The certificate that was named, with its key.
fn certificate(args: &Host) -> Result<Option<Certificate>, Failure> {
    let (Some(chain), Some(key)) = (&args.cert, &args.key) else { return Ok(None) };
    let read = |file: &Path| {
        fs::read(file).map_err(|e| Failure::new(tr!("{} cannot be read: {e}", file.display(), e = said(&e))))
    };
    let read = Certificate::read(&read(chain)?, &read(key)?, wall_clock());
    read.map(Some).map_err(|error| {
        let file = if error.is_of_key() { key } else { chain };
        let failure = Failure::new(format!("{}: {error}", file.display()));
        match error {
            CertificateError::NoCertificate | CertificateError::NoKey => failure.hint(tr!(
                "--cert takes the file with -----BEGIN CERTIFICATE-----, --key the one with the PRIVATE KEY"
            )),
            CertificateError::LockedKey => {
                failure.hint(tr!("openssl pkey -in {} -out open.pem takes the password off", key.display()))
            }
            CertificateError::OtherKey => failure.hint(tr!("give the two files that were made together")),
            CertificateError::Expired(_) => failure.hint(tr!("renew it; browsers do not take it any more")),
            CertificateError::NotYet(_) => failure.hint(tr!("see whether this machine’s clock is right")),
            CertificateError::Unfit(_) => failure,
        }
    })
}

/// Every name under which browsers may ask for the room.
fn names(args: &Host, certificate: Option<&Certificate>) -> Vec<String> {
    let mut names = args.names.clone();
    names.extend(certificate.map(Certificate::names).unwrap_or_default());
    names.extend(args.address.as_deref().map(|address| host_of(address).to_owned()));
    names
}

/// Where people come in, if nobody says otherwise: by something that the certificate is for, where there is one.
fn own_address(args: &Host, certificate: Option<&Certificate>, listening: &Listening) -> String {
    let Some(certificate) = certificate else { return listening.address(None, false) };
    let mut hosts = args.names.clone();
    hosts.extend([listening.number(), "localhost".into()]);
    hosts.extend(certificate.names());
    // On another machine that name leads back to that machine.
    hosts.retain(|host| listening.is_local() || host != "localhost");
    let fit = hosts.iter().find(|host| certificate.is_for(host));
    listening.address(fit.or(args.names.first()).map(String::as_str), true)
}

/// Name or number in an address.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((number, _)) => number,
        None => rest.rsplit_once(':').map_or(rest, |(host, _)| host),
    }
}

/// Says so where browsers will not take the certificate for the address that people are told.
fn unfit_for(certificate: &Certificate, address: &str, out: &Output) {
    let host = host_of(address);
    if !certificate.is_for(host) {
        out.talk(&tr!(
            "Mind: the certificate is not for {host}, so browsers will warn everybody. --known-as NAME says by what name people come.",
            host
        ));
    }
}

/// What the trainer is told: the links, the code and its picture, and who can reach it.
fn told(
    open: &host::Open,
    scenario: &Scenario,
    (listening, certificate): (&Listening, Option<&Certificate>),
    lan: bool,
) -> String {
    let mut text = format!("{} · {}\n\n", tr!("EXERCISE"), scenario.head.title);
    text.push_str(&tr!(
        "Trainer  {}\n         yours alone: keep it off the projector\n",
        open.trainer_link()
    ));
    text.push_str(&tr!("Join     {}\n         code {}\n", open.join_link(), open.code()));
    if lan && let Some(picture) = host::qr_terminal(&open.join_link()) {
        text.push('\n');
        text.push_str(&picture);
    }
    let reach = match (lan, certificate) {
        (true, None) => {
            tr!(
                "\nEvery machine on this network can reach it, and what is sent over plain HTTP can be read there.\n"
            )
        }
        (true, Some(certificate)) => tr!(
            "\nEvery machine on this network can reach it. What is sent is encrypted; the certificate is good until {}.\n",
            day(certificate.until())
        ),
        (false, _) if listening.is_local() => {
            tr!("\nOnly this machine can reach it; --lan opens it to the network.\n")
        }
        (false, _) => String::new(),
    };
    text.push_str(&reach);
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
