//! `check --watch`: checks again whenever a script changes, until Ctrl-C.
//!
//! Files are looked at several times a second: that works on every system and
//! every kind of disk, and a script that is half written is simply checked
//! once more. On a terminal each round begins on an empty screen; in plain
//! mode and in a pipe one round follows the other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use super::check::{Around, all};
use crate::cli::args::{Check, CheckFormat};
use crate::cli::drills::Data;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::cli::scripts;
use crate::term::Told;

/// From one look at the files to the next.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Length and time of change of each file.
type Stamps = BTreeMap<PathBuf, Option<(u64, Option<SystemTime>)>>;

pub(super) fn run(args: &Check, format: CheckFormat, out: &Output, data: &Data) -> Result<(), Failure> {
    if matches!(format, CheckFormat::Json | CheckFormat::Sarif) {
        return Err(Failure::usage("--watch goes on for ever, and this format is one document")
            .hint("use --format human, short or github"));
    }
    let told =
        Told::listen().map_err(|error| Failure::new(format!("signals cannot be listened for: {error}")))?;
    loop {
        // Looked at before they are read: a change in between is found in the next round.
        let seen = stamps(&args.scripts);
        if !out.plain {
            out.clear()?;
        }
        let checked = all(args, format, &Around { told: &told, out, data })?;
        checked.summary(out);
        out.talk("Watching; Ctrl-C ends.");
        loop {
            thread::sleep(LOOK_EVERY);
            if told.to_end() {
                return Err(Failure::silent(Exit::Interrupted));
            }
            if stamps(&args.scripts) != seen {
                break;
            }
        }
    }
}

/// What can be told of the files without reading them.
fn stamps(words: &[String]) -> Stamps {
    let files = words.iter().flat_map(|word| scripts::files(word));
    files
        .map(|path| {
            let stamp = std::fs::metadata(&path).ok().map(|data| (data.len(), data.modified().ok()));
            (path, stamp)
        })
        .collect()
}
