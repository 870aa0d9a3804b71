//! `doctor`: what breachdrill finds on this machine, before a drill rather than in it.

use std::fmt::Write;
use std::fs;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;

use serde_json::json;
use tr::tr;

use super::forget::persons;
use super::list::pretty;
use crate::cli::args::Doctor;
use crate::cli::ask;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::{Exit, Failure, said};
use crate::cli::output::Output;
use crate::scenario::{library, load};
use crate::speech::{Language, language, speaking};

/// One thing that was looked at.
struct Looked {
    what: String,
    found: String,
    fine: bool,
    advice: String,
}

/// As much as a long drill with its journal may take; a disk that is nearly full shows.
const ROOM: usize = 8 << 20;

pub(in crate::cli) fn run(args: &Doctor, out: &Output, data: &Data) -> Result<(), Failure> {
    if args.set_aside {
        return set_aside(args.yes, out, data);
    }
    // What programs read is in English.
    let spoken = if out.json { Language::English } else { language() };
    let looked = speaking(spoken, || {
        [terminal(out), colour(out), marks(out), scripts(), folder(data), drills(data), keys(data)]
    });
    let fine = looked.iter().all(|l| l.fine);
    if out.json {
        let list: Vec<_> = looked
            .iter()
            .map(|l| json!({ "what": l.what, "found": l.found, "fine": l.fine, "advice": if l.fine { "" } else { &l.advice } }))
            .collect();
        out.result(&pretty(&json!({ "format": "breachdrill/doctor/1", "fine": fine, "looked_at": list })))?;
    } else {
        out.result(&table(&looked))?;
        if fine {
            out.next("breachdrill list");
        }
    }
    if fine { Ok(()) } else { Err(Failure::new(tr!("something above wants looking at"))) }
}

/// A row for each thing, and beneath it what to do where it is not fine.
fn table(looked: &[Looked]) -> String {
    let marks = [tr!("fine"), tr!("look")];
    let longest =
        |texts: &mut dyn Iterator<Item = &String>| texts.map(|t| t.chars().count()).max().unwrap_or(0);
    let (first, second) = (longest(&mut marks.iter()) + 1, longest(&mut looked.iter().map(|l| &l.what)));
    let mut text = format!("breachdrill {}\n", env!("CARGO_PKG_VERSION"));
    for l in looked {
        let _ = writeln!(text, "{:<first$} {:<second$} {}", marks[usize::from(!l.fine)], l.what, l.found);
        if !l.fine {
            let _ = writeln!(text, "{:indent$}{}", "", l.advice, indent = first + second + 2);
        }
    }
    text
}

/// What is as it should be, whatever was found.
fn told(what: String, found: String) -> Looked {
    Looked { what, found, fine: true, advice: String::new() }
}

fn terminal(out: &Output) -> Looked {
    let all = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
    let found = match (all, out.plain) {
        (true, false) => tr!("live, {} columns", out.width),
        (true, true) => tr!("line by line, as asked for, {} columns", out.width),
        (false, _) => tr!("no terminal here: line by line"),
    };
    told(tr!("terminal"), found)
}

fn colour(out: &Output) -> Looked {
    let on = || tr!("on; --color never or NO_COLOR turns it off");
    told(tr!("colour"), if out.color_talk { on() } else { tr!("off") })
}

fn marks(out: &Output) -> Looked {
    let all = || tr!("● ■ ▲ ◆ ✓ – if these look wrong, use --ascii");
    told(tr!("marks"), if out.ascii { tr!("ASCII only") } else { all() })
}

fn scripts() -> Looked {
    let sound = library().iter().filter(|(_, text)| load(text).scenario.is_some()).count();
    Looked {
        what: tr!("scripts"),
        found: tr!("{sound} of {} shipped scripts are sound", library().len(), sound),
        fine: sound == library().len(),
        advice: tr!("this build is broken; build it again"),
    }
}

/// Whether the data folder can be written, and has room: a drill that cannot be kept is not begun.
fn folder(data: &Data) -> Looked {
    let advice = tr!("make room, or name another folder with --data-dir DIR");
    let probe = || -> Result<String, Failure> {
        let folder = data.folder()?;
        let shown = folder.display();
        if !folder.exists() {
            let above =
                folder.ancestors().skip(1).find(|above| above.exists() && !above.as_os_str().is_empty());
            takes(above.unwrap_or(Path::new(".")))?;
            return Ok(tr!("{shown} can be made; it will be with the first drill", shown));
        }
        takes(folder)?;
        Ok(tr!("{shown} can be written; {} MiB fit", ROOM >> 20, shown))
    };
    let (found, fine) = probe().map_or_else(|failure| (failure.message, false), |found| (found, true));
    Looked { what: tr!("data folder"), found, fine, advice }
}

/// Writes what a long drill may take, and takes it away again.
fn takes(folder: &Path) -> Result<(), Failure> {
    let file = folder.join(format!(".breachdrill-doctor-{}", std::process::id()));
    let written = fs::File::create_new(&file)
        .and_then(|mut probe| probe.write_all(&vec![0x5a; ROOM]).and_then(|()| probe.sync_all()));
    let removed = fs::remove_file(&file);
    written.and(removed).map_err(|e| {
        Failure::new(tr!("{} does not take {} MiB: {e}", folder.display(), ROOM >> 20, e = said(&e)))
    })
}

/// Whether the keys are there that open names and words.
fn keys(data: &Data) -> Looked {
    let advice =
        tr!("put people.keys back from a copy; or give what they wrote up: breachdrill forget --keyless");
    let missing = || -> Result<Vec<u32>, Failure> {
        if !data.exists() {
            return Ok(Vec::new());
        }
        // A folder that does not open is told with the drills.
        data.open_to_read().map_or(Ok(Vec::new()), |store| store.people_without_keys().map_err(from_journal))
    };
    let there = data.folder().is_ok_and(|folder| folder.join("people.keys").exists());
    let (found, fine) = match (missing(), there) {
        (Err(failure), _) => (failure.message, false),
        (Ok(missing), true) if missing.is_empty() => (tr!("there"), true),
        (Ok(missing), false) if missing.is_empty() => (tr!("none yet"), true),
        (Ok(missing), true) => {
            (tr!("people.keys has not all: missing is the key of {}", persons(&missing)), false)
        }
        (Ok(missing), false) => {
            (tr!("people.keys is gone: missing is the key of {}", persons(&missing)), false)
        }
    };
    Looked { what: tr!("people's keys"), found, fine, advice }
}

/// Moves the data folder out of the way, under a name that is free. Nothing is deleted.
fn set_aside(yes: bool, out: &Output, data: &Data) -> Result<(), Failure> {
    let folder = data.folder()?;
    let shown = folder.display();
    if !folder.exists() {
        return Err(Failure::new(tr!("there is no {shown} to set aside", shown)));
    }
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let free = (1..).map(|n| folder.with_file_name(format!("{name}-aside-{n}"))).find(|path| !path.exists());
    let aside = free.expect("checked: some number is free");
    let what = tr!("move {shown} to {}", aside.display(), shown);
    if !yes && !out.asks {
        return Err(Failure::usage(tr!("this would {what}", what))
            .hint(tr!("say --yes to do it without being asked")));
    }
    if !yes && !ask::confirm(&tr!("This will {what}, and drills begin anew. Go on?", what), out)? {
        out.talk(&tr!("Nothing was moved."));
        return Err(Failure::silent(Exit::Interrupted));
    }
    fs::rename(folder, &aside)
        .map_err(|e| Failure::new(tr!("{shown} cannot be moved: {e}", shown, e = said(&e))))?;
    out.talk(&tr!("Moved to {}. Nothing was deleted.", aside.display()));
    Ok(())
}

fn drills(data: &Data) -> Looked {
    let advice = tr!(
        "`breachdrill drills` says which, and where; `doctor --set-aside` moves a folder that does not open"
    );
    let count = || -> Result<(usize, usize), Failure> {
        if !data.exists() {
            return Ok((0, 0));
        }
        let list = data.open_to_read()?.list().map_err(from_journal)?;
        Ok((list.len(), list.iter().filter(|d| !d.damage.is_empty()).count()))
    };
    let (found, fine) = match count() {
        Ok((all, 0)) => (tr!("{all}, all as they were written", all), true),
        Ok((all, damaged)) => (tr!("{damaged} of {all} are damaged", damaged, all), false),
        Err(failure) => (failure.message, false),
    };
    Looked { what: tr!("drills"), found, fine, advice }
}
