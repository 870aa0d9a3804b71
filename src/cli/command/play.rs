//! `play`: a drill alone, in the terminal, line by line, or from an answers file.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use tr::tr;

use super::debrief;
use super::list::{entry, shipped};
use crate::cli::args::{Format, Play};
use crate::cli::ask;
use crate::cli::drills::{Data, Played, from_journal, wall_clock};
use crate::cli::failure::{Exit, Failure, said};
use crate::cli::output::Output;
use crate::cli::recorder::Recorder;
use crate::cli::scripts;
use crate::cli::spoilers::spoils_beside;
use crate::drill::{Drill, Pace, WallClock, scripted};
use crate::engine::{EndCause, Fact, Input, Seed, Settings, What};
use crate::journal::{Journal, NewDrill};
use crate::limits::TRAINEE_NAME_BYTES_MAX;
use crate::scenario::{Answers, Scenario, SeatSet, SimTime};
use crate::score::score;
use crate::speech::{Language, language};
use crate::term::{self, Seating};

impl Play {
    /// Plays a script with everything else as usual.
    pub(in crate::cli) fn of(script: &str) -> Self {
        Self {
            script: Some(script.to_owned()),
            seed: None,
            pace: None,
            untimed: false,
            time_factor: 100,
            name: None,
            answers: None,
            min_score: None,
            lenient: false,
        }
    }
}

/// How a drill is taken up, once it is in a journal.
pub(in crate::cli) struct Sitting {
    pub(in crate::cli) answers: Option<Vec<scripted::Planned>>,
    /// What is settled at STARTEX, if that has not been.
    pub(in crate::cli) settings: Settings,
    /// Drill seconds for each real second; none in an untimed drill.
    pub(in crate::cli) pace: Option<u16>,
    pub(in crate::cli) min_score: Option<u8>,
    /// Whether steps of an answers file that did not fit are no failure.
    pub(in crate::cli) lenient: bool,
}

pub(in crate::cli) fn run(args: &Play, out: &Output, data: &Data) -> Result<(), Failure> {
    let word = match &args.script {
        Some(word) => word.clone(),
        None => pick(out)?,
    };
    let scenario = scripts::sound(&word, out)?;
    // Before anything is recorded: a file that does not fit begins no drill.
    let answers = args.answers.as_deref().map(|file| steps(file, &scenario)).transpose()?;
    let untimed = args.untimed || (scenario.clock.untimed && args.pace.is_none());
    let seed = args.seed.map_or_else(entropy, Ok)?;
    let settings = Settings { seed: Seed(seed), untimed, factor: args.time_factor, seats: SeatSet::ALL };
    if answers.is_none() && !out.may_ask {
        return Err(Failure::usage(tr!("a drill asks, and --no-input forbids it"))
            .hint(tr!("--answers FILE plays one without a person; docs/answers.md says how it is written")));
    }
    if answers.is_none() && !out.asks && !out.plain {
        return Err(Failure::usage(tr!("a drill is played in a terminal"))
            .hint(tr!("--plain reads answers line by line")));
    }
    if args.name.as_ref().is_some_and(|name| name.len() > TRAINEE_NAME_BYTES_MAX) {
        return Err(Failure::usage(tr!("a name has at most {} bytes", TRAINEE_NAME_BYTES_MAX)));
    }
    if args.name.as_ref().is_some_and(|name| name.trim().chars().any(char::is_control)) {
        return Err(Failure::usage(tr!("a name is one line, without tabs and other control characters")));
    }
    if let Some(own) = Language::named(&scenario.head.language).filter(|own| *own != language()) {
        let tag = own.tag();
        out.talk(&tr!(
            "This script is in another language than the program; with --lang {tag} all is in one.",
            tag
        ));
    }
    let store = data.open()?;
    let new = NewDrill {
        scenario: &scenario,
        started: wall_clock(),
        trainee: args.name.as_deref(),
        parent: None,
        answers: answers.is_some(),
    };
    let drill = Drill::new(&scenario, Recorder::Waiting { store: &store, new });
    let pace = (!untimed).then(|| args.pace.unwrap_or(scenario.clock.pace));
    let sitting = Sitting { answers, settings, pace, min_score: args.min_score, lenient: args.lenient };
    sit(drill, &sitting, out, data)
}

/// Plays a drill that has begun, from wherever it stands.
pub(in crate::cli) fn sit(
    mut drill: Drill<'_, Recorder<'_>>,
    sitting: &Sitting,
    out: &Output,
    data: &Data,
) -> Result<(), Failure> {
    let mut unfit = Vec::new();
    if let Some(steps) = &sitting.answers {
        if drill.facts().is_empty() {
            drill
                .submit(SimTime::ZERO, &Input::Start(sitting.settings))
                .map_err(from_journal)?
                .expect("checked: a new drill can be started");
        }
        let ran = scripted::run(&mut drill, steps, |_| {}).map_err(from_journal);
        unfit = ran.map_err(|failure| kept(failure, drill.journal()))?;
        for step in &unfit {
            out.say(&tr!("answers: {step}", step));
        }
    } else {
        at_the_table(&mut drill, sitting, out)?;
    }
    let (id, over) = (drill.journal().id(), drill.state().over());
    drop(drill);
    let Some(id) = id else {
        out.talk(&tr!("The drill was not begun, and nothing was kept."));
        return Err(Failure::silent(Exit::Interrupted));
    };
    if !over {
        out.talk(&tr!("Saved as drill {}. Nothing is lost.", id.short()));
        out.next(&format!("breachdrill resume {}", id.short()));
        return if sitting.answers.is_some() {
            fits(&unfit, sitting)
        } else {
            Err(Failure::silent(Exit::Interrupted))
        };
    }
    let played = data.read(Some(&id.to_string()))?;
    if let Err(veiled) = spoils_beside(&played, false, out, data) {
        fits(&unfit, sitting)?;
        reached(sitting.min_score, &played, out)?;
        return Err(veiled);
    }
    let format = if out.json { Format::Json } else { Format::Terminal };
    if format == Format::Terminal && io::stdout().is_terminal() {
        out.result(&debrief::opening(&played, out))?;
        out.next(&tr!(
            "`{all}` reads it all here; with --format html --open, in the browser",
            all = out.here("breachdrill debrief")
        ));
    } else {
        out.result(&debrief::text(&played, format, out)?)?;
        out.next("breachdrill debrief --format html --open");
    }
    fits(&unfit, sitting)?;
    reached(sitting.min_score, &played, out)
}

/// A person plays, on a terminal or line by line.
fn at_the_table(drill: &mut Drill<'_, Recorder<'_>>, sitting: &Sitting, out: &Output) -> Result<(), Failure> {
    let pace = sitting.pace.map_or(Pace::Untimed, Pace::Times);
    let mut clock = WallClock::standing_at(drill.state().at, pace);
    let seating = Seating {
        style: out.style_talk(),
        settings: sitting.settings,
        pace: sitting.pace,
        brief: true,
        typed: io::stdin().is_terminal(),
    };
    let played = if out.plain {
        term::play_plain(drill, &mut clock, io::stdin(), &mut io::stdout(), &seating)
    } else {
        term::play_live(drill, &mut clock, &seating)
    };
    played.map(drop).map_err(|error| kept(Failure::new(error), drill.journal()))
}

/// A drill that could not go on, with where it stands: what was shown is kept.
fn kept(failure: Failure, recorder: &Recorder<'_>) -> Failure {
    match recorder.id().filter(|_| !recorder.is_empty()) {
        None => failure,
        Some(id) => failure.hint(tr!(
            "drill {id} is kept up to what you saw last; when this is mended: breachdrill resume {id}",
            id = id.short()
        )),
    }
}

/// Whether every step of the answers file was taken.
fn fits(unfit: &[String], sitting: &Sitting) -> Result<(), Failure> {
    if unfit.is_empty() || sitting.lenient {
        return Ok(());
    }
    let steps = tr!("1 step" | "{n} steps" % unfit.len());
    Err(Failure::new(tr!("{steps} of the answers file did not fit this drill", steps))
        .hint(tr!("they are listed above; --lenient lets them pass")))
}

/// Whether a drill that is over reaches the score asked for. One that was broken off never does: what was
/// still to come was not judged.
pub(in crate::cli) fn reached(wanted: Option<u8>, played: &Played, out: &Output) -> Result<(), Failure> {
    let Some(wanted) = wanted else { return Ok(()) };
    let earned = score(&played.scenario, &played.facts).decisions.percent().unwrap_or(0);
    let ended = |fact: &Fact| matches!(fact.what, What::Ended { cause: EndCause::Asked, .. });
    if played.facts.iter().any(ended) {
        out.say(&tr!(
            "the drill was broken off: {earned} percent of what had been settled does not count as {wanted}",
            earned,
            wanted
        ));
    } else if earned < wanted {
        out.say(&tr!("{earned} percent, and {wanted} were asked for", earned, wanted));
    } else {
        return Ok(());
    }
    Err(Failure::silent(Exit::BelowScore))
}

fn pick(out: &Output) -> Result<String, Failure> {
    if !out.asks {
        return Err(Failure::usage(tr!("which script? name it: breachdrill play SCRIPT"))
            .hint(tr!("`breachdrill list` shows the shipped ones")));
    }
    let scripts = shipped();
    let entries: Vec<String> = scripts.iter().map(|(_, s)| entry(s)).collect();
    ask::pick(&tr!("Which script?"), &entries, 0, out).map(|row| scripts[row].0.to_owned())
}

/// Reads an answers file and resolves its names against the script.
pub(in crate::cli) fn steps(file: &Path, scenario: &Scenario) -> Result<Vec<scripted::Planned>, Failure> {
    let shown = file.display();
    let text = fs::read_to_string(file)
        .map_err(|e| Failure::usage(tr!("{shown} cannot be read: {e}", shown, e = said(&e))))?;
    let answers = Answers::read(&text).map_err(|e| Failure::usage(format!("{shown}: {e}")))?;
    scripted::plan(scenario, &answers).map_err(|wrong| {
        let failure = Failure::usage(tr!("{shown} does not fit the script", shown));
        wrong.iter().fold(failure, |failure, line| failure.hint(line))
    })
}

/// A seed from the machine's entropy; small enough to be read aloud and typed.
pub(in crate::cli) fn entropy() -> Result<u64, Failure> {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(|e| {
        Failure::new(tr!("this machine gives no random number: {e}", e)).hint("--seed NUMBER")
    })?;
    Ok(u64::from(u32::from_le_bytes(bytes) % 1_000_000))
}
