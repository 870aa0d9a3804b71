//! `resume`: goes on with a drill that was interrupted; its clock has stood still.

use tr::tr;

use super::menu::demo;
use super::play::{Sitting, reached, sit, steps};
use crate::cli::args::{DebriefArgs, Resume};
use crate::cli::drills::{Data, from_journal};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::recorder::Recorder;
use crate::drill::Drill;
use crate::engine::{Input, PauseCause, Phase, interruption};
use crate::journal::Read;
use crate::scenario::SimTime;

pub(in crate::cli) fn run(args: &Resume, out: &Output, data: &Data) -> Result<(), Failure> {
    let (store, id) = match &args.drill {
        Some(word) => {
            let (_, id) = data.find(Some(word))?;
            (data.open()?, id)
        }
        None => {
            let none = tr!("no drill is unfinished here");
            let none = || Failure::new(&none).hint(format!("breachdrill play {}", demo()));
            let store = if data.exists() { data.open()? } else { return Err(none()) };
            let last = store.last_unfinished().map_err(from_journal)?.ok_or_else(none)?;
            (store, last)
        }
    };
    let (journal, read) = store.resume(id).map_err(from_journal)?;
    let from_file = read.from_file();
    let Read { scenario, facts, .. } = read;
    let mut drill = Drill::resumed(&scenario, Recorder::Begun(Box::new(journal)), facts);
    let settings = match drill.state().phase {
        Phase::Running(settings) => settings,
        Phase::Over(..) => {
            return Err(Failure::new(tr!("drill {} is over", id.short()))
                .hint(format!("breachdrill debrief {}", id.short())));
        }
        Phase::Before => {
            return Err(Failure::new(tr!("drill {} was never begun", id.short()))
                .hint(tr!("breachdrill play begins a new one")));
        }
    };
    // Before anything is recorded, as when a drill is begun.
    let answers = args.answers.as_deref().map(|file| steps(file, &scenario)).transpose()?;
    // A program that was killed left no fact of the time that had passed; where nothing had happened, it counts.
    let ran_to = store.beat(id).map_err(from_journal)?.unwrap_or_default();
    let ran_to = drill.next_moment().map_or(ran_to, |next| ran_to.min(SimTime(next.0.saturating_sub(1))));
    let now = drill.state().at.max(ran_to);
    if let Some(pause) = interruption(drill.state()) {
        drill.submit(now, &pause).map_err(from_journal)?.expect("checked: a running drill can pause");
    }
    let now = drill.state().at;
    if args.end {
        drill.submit(now, &Input::End).map_err(from_journal)?.expect("checked: a paused drill can be ended");
        drop(drill);
        out.talk(&tr!("Drill {} has been ended.", id.short()));
        super::debrief::run(&DebriefArgs::of(&id.to_string()), out, data)?;
        return match args.min_score {
            Some(_) => reached(args.min_score, &data.read(Some(&id.to_string()))?, out),
            None => Ok(()),
        };
    }
    if answers.is_some() {
        hand_over(&mut drill, from_file)?;
    } else if !out.may_ask {
        return Err(Failure::usage(tr!("a drill asks, and --no-input forbids it"))
            .hint(tr!("--answers FILE goes on without a person, --end ends it where it stands")));
    }
    let pace = (!settings.untimed).then(|| args.pace.unwrap_or(scenario.clock.pace));
    sit(
        drill,
        &Sitting { answers, settings, pace, min_score: args.min_score, lenient: args.lenient },
        out,
        data,
    )
}

/// The clock goes on for an answers file. What a person began goes on without one, and its record says so.
fn hand_over(drill: &mut Drill<'_, Recorder<'_>>, from_file: bool) -> Result<(), Failure> {
    let anew = [Input::Pause(PauseCause::Answers), Input::Resume];
    let now = drill.state().at;
    for input in [Input::Resume].iter().chain(anew.iter().filter(|_| !from_file)) {
        drill.submit(now, input).map_err(from_journal)?.expect("checked: it was just paused");
    }
    Ok(())
}
