//! `doctor`: what breachdrill finds on this machine, before a drill rather than in it.

use std::fmt::Write;
use std::fs;
use std::io::{self, IsTerminal};

use serde_json::json;

use super::list::pretty;
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::{library, load};

/// One thing that was looked at.
struct Looked {
    what: &'static str,
    found: String,
    fine: bool,
    advice: &'static str,
}

pub(in crate::cli) fn run(out: &Output, data: &Data) -> Result<(), Failure> {
    let looked = [terminal(out), colour(out), marks(out), scripts(), folder(data), drills(data)];
    let fine = looked.iter().all(|l| l.fine);
    if out.json {
        let list: Vec<_> = looked
            .iter()
            .map(|l| json!({ "what": l.what, "found": l.found, "fine": l.fine, "advice": if l.fine { "" } else { l.advice } }))
            .collect();
        out.result(&pretty(&json!({ "format": "breachdrill/doctor/1", "fine": fine, "looked_at": list })))?;
    } else {
        let mut text = format!("breachdrill {}\n", env!("CARGO_PKG_VERSION"));
        for l in &looked {
            let _ = writeln!(text, "{:<5} {:<12} {}", if l.fine { "fine" } else { "look" }, l.what, l.found);
            if !l.fine {
                let _ = writeln!(text, "{:19}{}", "", l.advice);
            }
        }
        out.result(&text)?;
        out.next("breachdrill play first-light");
    }
    if fine { Ok(()) } else { Err(Failure::new("something above wants looking at")) }
}

fn terminal(out: &Output) -> Looked {
    let all = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
    let found = match (all, out.plain) {
        (true, false) => format!("live, {} columns", out.width),
        (true, true) => format!("line by line, as asked for, {} columns", out.width),
        (false, _) => "no terminal here: line by line".into(),
    };
    Looked { what: "terminal", found, fine: true, advice: "" }
}

fn colour(out: &Output) -> Looked {
    let found = if out.color_talk { "on; --color never or NO_COLOR turns it off" } else { "off" };
    Looked { what: "colour", found: found.into(), fine: true, advice: "" }
}

fn marks(out: &Output) -> Looked {
    let found =
        if out.ascii { "ASCII only" } else { "● ■ ▲ ◆ ✓ – if these look wrong, use --ascii" };
    Looked { what: "marks", found: found.into(), fine: true, advice: "" }
}

fn scripts() -> Looked {
    let sound = library().iter().filter(|(_, text)| load(text).scenario.is_some()).count();
    Looked {
        what: "scripts",
        found: format!("{sound} of {} shipped scripts are sound", library().len()),
        fine: sound == library().len(),
        advice: "this build is broken; build it again",
    }
}

/// Whether the data folder can be written: a drill that cannot be kept is not begun.
fn folder(data: &Data) -> Looked {
    let advice = "name another folder with --data-dir DIR";
    let probe = || -> Result<String, Failure> {
        let folder = data.folder()?;
        if !folder.exists() {
            return Ok(format!("{} (made with the first drill)", folder.display()));
        }
        let file = folder.join(".doctor");
        fs::write(&file, b"breachdrill").map_err(Failure::new)?;
        fs::remove_file(&file).map_err(Failure::new)?;
        Ok(format!("{} can be written", folder.display()))
    };
    match probe() {
        Ok(found) => Looked { what: "data folder", found, fine: true, advice },
        Err(failure) => Looked { what: "data folder", found: failure.message, fine: false, advice },
    }
}

fn drills(data: &Data) -> Looked {
    let advice = "`breachdrill drills` says which, and where";
    let count = || -> Result<(usize, usize), Failure> {
        if !data.exists() {
            return Ok((0, 0));
        }
        let list = data.open_to_read()?.list().map_err(from_journal)?;
        Ok((list.len(), list.iter().filter(|d| !d.damage.is_empty()).count()))
    };
    match count() {
        Ok((all, 0)) => {
            Looked { what: "drills", found: format!("{all}, all as they were written"), fine: true, advice }
        }
        Ok((all, damaged)) => {
            Looked { what: "drills", found: format!("{damaged} of {all} are damaged"), fine: false, advice }
        }
        Err(failure) => Looked { what: "drills", found: failure.message, fine: false, advice },
    }
}
