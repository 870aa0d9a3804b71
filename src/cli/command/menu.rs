//! The bare command: a friendly menu on a terminal, help elsewhere.

use tr::tr;

use crate::cli::args::{DebriefArgs, Play, Resume};
use crate::cli::ask;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::help;
use crate::cli::output::Output;
use crate::scenario::{library, load};
use crate::speech::language;

/// What is offered first: to whoever has never played, the shortest script is the way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Resume,
    Debrief,
    Demo,
    Script,
    Help,
    Leave,
}

impl Choice {
    fn says(self) -> String {
        match self {
            Self::Resume => tr!("Go on with the drill that was interrupted"),
            Self::Debrief => tr!("Read the debrief of the last drill"),
            Self::Demo => tr!("Play a first drill of a few minutes"),
            Self::Script => tr!("Choose a script and play it"),
            Self::Help => tr!("Say what else there is: checking, writing and proving scripts, and more"),
            Self::Leave => tr!("Leave"),
        }
    }
}

pub(in crate::cli) fn run(out: &Output, data: &Data) -> Result<(), Failure> {
    if !out.asks || out.json {
        return out.result(&help::command().render_help().to_string());
    }
    let choices = choices(data)?;
    let entries: Vec<String> = choices.iter().map(|choice| choice.says()).collect();
    let row = ask::pick(&tr!("What would you like to do?"), &entries, 0, out)?;
    match choices[row] {
        Choice::Resume => super::resume::run(
            &Resume { drill: None, pace: None, answers: None, end: false, min_score: None, lenient: false },
            out,
            data,
        ),
        Choice::Debrief => {
            let args = DebriefArgs { drill: None, ..DebriefArgs::of("") };
            super::debrief::run(&args, out, data)
        }
        Choice::Demo => super::play::run(&Play::of(demo()), out, data),
        Choice::Script => super::play::run(&Play { script: None, ..Play::of("") }, out, data),
        Choice::Help => out.result(&help::command().render_long_help().to_string()),
        Choice::Leave => Ok(()),
    }
}

fn choices(data: &Data) -> Result<Vec<Choice>, Failure> {
    let store = if data.exists() { Some(data.open_to_read()?) } else { None };
    let unfinished = store.as_ref().is_some_and(|store| matches!(store.last_unfinished(), Ok(Some(_))));
    // Where the last drill cannot be told, whoever asks for it hears why.
    let played = store.as_ref().is_some_and(|store| !matches!(store.last(), Ok(None)));
    let mut choices = Vec::new();
    choices.extend(unfinished.then_some(Choice::Resume));
    choices.extend(played.then_some(Choice::Debrief));
    choices.extend([Choice::Demo, Choice::Script, Choice::Help, Choice::Leave]);
    Ok(choices)
}

/// The shortest script in the language that is spoken; the library stands in order of length.
pub(in crate::cli) fn demo() -> &'static str {
    let spoken = |text: &&(&str, &str)| {
        let written = load(text.1).scenario.map(|scenario| scenario.head.language);
        written.as_deref() == Some(language().tag())
    };
    let first = library().first().expect("checked: scripts are shipped");
    library().iter().find(spoken).unwrap_or(first).0
}
