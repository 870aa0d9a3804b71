//! `resume`: goes on with a drill that was interrupted; its clock has stood still.

use super::play::{Sitting, sit, steps};
use crate::cli::args::{DebriefArgs, Resume};
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::recorder::Recorder;
use crate::drill::Drill;
use crate::engine::{Input, Phase, interruption};
use crate::journal::Read;

pub(in crate::cli) fn run(args: &Resume, out: &Output, data: &Data) -> Result<(), Failure> {
    let (store, id) = match &args.drill {
        Some(word) => {
            let (_, id) = data.find(Some(word))?;
            (data.open()?, id)
        }
        None => {
            let none = || Failure::new("no drill is unfinished here").hint("breachdrill play first-light");
            if !data.exists() {
                return Err(none());
            }
            let store = data.open()?;
            let last = store.last_unfinished().map_err(from_journal)?.ok_or_else(none)?;
            (store, last)
        }
    };
    let (journal, Read { scenario, facts, .. }) = store.resume(id).map_err(from_journal)?;
    let mut drill = Drill::resumed(&scenario, Recorder::Begun(Box::new(journal)), facts);
    let settings = match drill.state().phase {
        Phase::Running(settings) => settings,
        Phase::Over(..) => {
            return Err(Failure::new(format!("drill {} is over", id.short()))
                .hint(format!("breachdrill debrief {}", id.short())));
        }
        Phase::Before => {
            return Err(Failure::new(format!("drill {} was never begun", id.short()))
                .hint("breachdrill play begins a new one"));
        }
    };
    // Before anything is recorded, as when a drill is begun.
    let answers = args.answers.as_deref().map(|file| steps(file, &scenario)).transpose()?;
    let now = drill.state().at;
    if let Some(pause) = interruption(drill.state()) {
        drill.submit(now, &pause).map_err(from_journal)?.expect("checked: a running drill can pause");
    }
    if args.end {
        drill.submit(now, &Input::End).map_err(from_journal)?.expect("checked: a paused drill can be ended");
        drop(drill);
        return super::debrief::run(&DebriefArgs::of(&id.to_string()), out, data);
    }
    if answers.is_some() {
        drill.submit(now, &Input::Resume).map_err(from_journal)?.expect("checked: it was just paused");
    }
    let pace = (!settings.untimed).then(|| args.pace.unwrap_or(scenario.clock.pace));
    sit(drill, &Sitting { answers, settings, pace, min_score: None }, out, data)
}
