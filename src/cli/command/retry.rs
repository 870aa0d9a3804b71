//! `retry`: a drill rewound to a decision, and played on as a new drill that knows its parent.

use tr::tr;

use super::play::{Sitting, sit, steps};
use super::what_if::{At, decided, ready};
use crate::cli::args::Retry;
use crate::cli::drills::{Data, from_journal, wall_clock};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::recorder::Recorder;
use crate::drill::Drill;
use crate::engine::{Input, PauseCause, interruption};
use crate::journal::{DrillId, Journal, NewDrill, Parent};

pub(in crate::cli) fn run(args: &Retry, out: &Output, data: &Data) -> Result<(), Failure> {
    let played = data.read(args.drill.as_deref())?;
    let scenario = &played.scenario;
    let at = decided(scenario, &args.at)?;
    let drill = ready(&played)?;
    let settings = drill.settings();
    let never = match at {
        At::Question(_) => tr!("`{0}` was never asked in this drill", args.at),
        At::Action(_) => tr!("`{0}` was never begun in this drill", args.at),
    };
    let cut = match at {
        At::Question(id) => drill.asked_after(id),
        At::Action(id) => drill.begun_after(id),
    };
    let cut = cut.ok_or_else(|| Failure::new(never).hint(tr!("breachdrill what-if lists its decisions")))?;
    if args.answers.is_none() && !out.asks && !out.plain {
        return Err(Failure::usage(tr!("a drill is played in a terminal"))
            .hint(tr!("--plain reads answers line by line")));
    }
    // Before anything is recorded, as when a drill is begun.
    let answers = args.answers.as_deref().map(|file| steps(file, scenario)).transpose()?;
    let parent = DrillId::parse(&played.about.drill).expect("checked: a drill that was read has an id");
    let new = NewDrill {
        scenario,
        started: wall_clock(),
        trainee: played.about.trainee.as_deref(),
        parent: Some(Parent { drill: parent, facts: cut as u64 }),
        answers: played.about.answers || answers.is_some(),
    };
    let copied = played.facts[..cut].to_vec();
    let store = data.open()?;
    let mut journal = store.create(new).map_err(from_journal)?;
    journal.append(&copied).map_err(from_journal)?;
    out.talk(&tr!(
        "A retry of drill {}, from `{}` on. The first one stays as it was.",
        parent.short(),
        args.at
    ));
    let mut drill = Drill::resumed(scenario, Recorder::Begun(Box::new(journal)), copied);
    let now = drill.state().at;
    if interruption(drill.state()).is_some() {
        let pause = Input::Pause(PauseCause::Retry);
        drill.submit(now, &pause).map_err(from_journal)?.expect("checked: a running drill can pause");
    }
    if answers.is_some() {
        drill.submit(now, &Input::Resume).map_err(from_journal)?.expect("checked: it was just paused");
    }
    let pace = (!settings.untimed).then(|| args.pace.unwrap_or(scenario.clock.pace));
    sit(
        drill,
        &Sitting { answers, settings, pace, min_score: args.min_score, lenient: args.lenient },
        out,
        data,
    )
}
