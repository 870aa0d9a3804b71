//! The bare command: a friendly menu on a terminal, help elsewhere.

use clap::CommandFactory;

use super::list::{entry, shipped};
use crate::cli::args::{Cli, DebriefArgs, Play, Resume};
use crate::cli::ask;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::Output;

pub(in crate::cli) fn run(out: &Output, data: &Data) -> Result<(), Failure> {
    if !out.asks || out.json {
        return out.result(&Cli::command().render_help().to_string());
    }
    let scripts = shipped();
    let mut entries: Vec<String> = scripts.iter().map(|(_, s)| format!("Play {}", entry(s))).collect();
    let store = if data.exists() { Some(data.open_to_read()?) } else { None };
    let unfinished = store.as_ref().is_some_and(|store| matches!(store.last_unfinished(), Ok(Some(_))));
    // Where the last drill cannot be told, whoever asks for it hears why.
    let played = store.as_ref().is_some_and(|store| !matches!(store.last(), Ok(None)));
    drop(store);
    let mut also: Vec<(&str, Also)> = Vec::new();
    if unfinished {
        also.push(("Go on with the drill that was interrupted", Also::Resume));
    }
    if played {
        also.push(("Read the debrief of the last drill", Also::Debrief));
    }
    also.push(("Say what else there is", Also::Help));
    also.push(("Leave", Also::Leave));
    entries.extend(also.iter().map(|(says, _)| (*says).to_owned()));
    let row = ask::pick("What would you like to do?", &entries, 0, out)?;
    if let Some((name, _)) = scripts.get(row) {
        return super::play::run(&Play::of(name), out, data);
    }
    match also[row - scripts.len()].1 {
        Also::Resume => super::resume::run(
            &Resume { drill: None, pace: None, answers: None, end: false, min_score: None, lenient: false },
            out,
            data,
        ),
        Also::Debrief => {
            let args = DebriefArgs { drill: None, ..DebriefArgs::of("") };
            super::debrief::run(&args, out, data)
        }
        Also::Help => out.result(&Cli::command().render_long_help().to_string()),
        Also::Leave => Ok(()),
    }
}

#[derive(Clone, Copy)]
enum Also {
    Resume,
    Debrief,
    Help,
    Leave,
}
