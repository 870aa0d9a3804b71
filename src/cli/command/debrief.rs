//! `debrief`: what a drill's decisions were worth, or what a room did, in the formats there are.

use std::fs;
use std::path::{Path, PathBuf};

use tr::tr;

use super::room;
use crate::cli::args::{DebriefArgs, Format};
use crate::cli::ask;
use crate::cli::drills::{Data, Played, Record};
use crate::cli::failure::{Failure, said};
use crate::cli::output::Output;
use crate::cli::rooms::PlayedRoom;
use crate::cli::spoilers::{spoils_beside, spoils_beside_room};
use crate::debrief::{self, Debrief, build};
use crate::engine::What;
use crate::scenario::clean;
use crate::score::score;

impl DebriefArgs {
    /// The debrief of one drill, with everything else as usual.
    pub(in crate::cli) fn of(drill: &str) -> Self {
        Self {
            drill: Some(drill.to_owned()),
            format: None,
            output: None,
            open: false,
            force: false,
            unfinished: false,
            no_pager: false,
        }
    }
}

pub(in crate::cli) fn run(args: &DebriefArgs, out: &Output, data: &Data) -> Result<(), Failure> {
    if out.json && args.format.is_some_and(|format| format != Format::Json) {
        return Err(Failure::usage(tr!("--json and --format ask for different things"))
            .hint(tr!("leave one of them out")));
    }
    if let (Some(file), Some(read)) = (&args.output, &args.drill) {
        not_the_evidence(file, Path::new(read))?;
    }
    let format = match args.format {
        Some(format) => format,
        None => usual(args, out)?,
    };
    match data.read_any(args.drill.as_deref())? {
        Record::Drill(played) => of_a_drill(&played, (args, format), out, data),
        Record::Room(played) => of_a_room(&played, (args, format), out, data),
    }
}

fn of_a_room(
    played: &PlayedRoom,
    (args, format): (&DebriefArgs, Format),
    out: &Output,
    data: &Data,
) -> Result<(), Failure> {
    if !args.unfinished {
        room::may_be_told(played)?;
    }
    spoils_beside_room(played, args.unfinished, out, data)?;
    deliver((args, format), out, data, &played.short, |format, out| room::text(played, format, out))
}

fn of_a_drill(
    played: &Played,
    (args, format): (&DebriefArgs, Format),
    out: &Output,
    data: &Data,
) -> Result<(), Failure> {
    let over = played.facts.iter().any(|fact| matches!(fact.what, What::Ended { .. }));
    if !over {
        let id = played.about.short();
        return Err(Failure::new(tr!(
            "drill {id} is not over, and its debrief would give away the rest",
            id
        ))
        .hint(tr!("breachdrill resume {id} plays it to its end", id))
        .hint(tr!("breachdrill resume {id} --end ends it where it stands", id)));
    }
    spoils_beside(played, args.unfinished, out, data)?;
    deliver((args, format), out, data, played.about.short(), |format, out| text(played, format, out))
}

/// Sets it in the form that was asked for, and puts it where it is wanted.
fn deliver(
    (args, format): (&DebriefArgs, Format),
    out: &Output,
    data: &Data,
    short: &str,
    text: impl Fn(Format, &Output) -> Result<String, Failure>,
) -> Result<(), Failure> {
    if let Some(file) = &args.output {
        may_be_written(file, args, out)?;
    }
    let to_file = args.output.is_some() || args.open;
    let text = if to_file { text(format, &out.for_a_file())? } else { text(format, out)? };
    let file = match (&args.output, args.open) {
        (Some(file), _) => Some(file.clone()),
        (None, true) => Some(beside_the_drills(short, format, data)?),
        (None, false) => None,
    };
    let Some(file) = file else {
        if format == Format::Terminal && !args.no_pager {
            out.result_paged(&text)
        } else {
            out.result(&text)
        }?;
        if format == Format::Terminal {
            let named = args.drill.as_ref().map(|_| format!("{short} ")).unwrap_or_default();
            out.next(&format!("breachdrill debrief {named}--format html --open"));
        }
        return Ok(());
    };
    fs::write(&file, text)
        .map_err(|e| Failure::new(tr!("{} cannot be written: {e}", file.display(), e = said(&e))))?;
    out.talk(&tr!("Wrote {}", file.display()));
    if args.open {
        open::that_detached(&file).map_err(|e| {
            Failure::new(tr!("no program opened {}: {e}", file.display(), e = said(&e)))
                .hint(tr!("open the file yourself"))
        })?;
    }
    Ok(())
}

/// The evidence file that is read is never overwritten.
fn not_the_evidence(file: &Path, read: &Path) -> Result<(), Failure> {
    if matches!((file.canonicalize(), read.canonicalize()), (Ok(a), Ok(b)) if a == b) {
        let shown = file.display();
        return Err(Failure::usage(tr!(
            "{shown} is the evidence file itself; it is never overwritten",
            shown
        )));
    }
    Ok(())
}

/// Nothing is overwritten unasked.
fn may_be_written(file: &Path, args: &DebriefArgs, out: &Output) -> Result<(), Failure> {
    let shown = file.display();
    if args.force || !file.exists() {
        return Ok(());
    }
    let exists = || Failure::new(tr!("{shown} exists already", shown)).hint(tr!("--force overwrites it"));
    if file.is_dir() {
        return Err(Failure::usage(tr!("{shown} is a folder; name a file in it", shown)));
    }
    if out.asks && ask::confirm(&tr!("{shown} exists already. Overwrite it?", shown), out)? {
        return Ok(());
    }
    Err(exists())
}

/// How a drill's debrief opens, for the moment after ENDEX.
pub(in crate::cli) fn opening(played: &Played, out: &Output) -> String {
    let earned = score(&played.scenario, &played.facts);
    let debrief = build(&played.scenario, &played.facts, &earned, &played.about);
    let mut text = String::new();
    debrief::terminal_opening(&debrief, out.screen(), &mut text).expect("checked: text takes text");
    text
}

/// A drill's debrief as text.
pub(in crate::cli) fn text(played: &Played, format: Format, out: &Output) -> Result<String, Failure> {
    let earned = score(&played.scenario, &played.facts);
    let mut debrief: Debrief = build(&played.scenario, &played.facts, &earned, &played.about);
    if format == Format::Terminal {
        debrief.sheet.folder = out.data_dir().map(str::to_owned);
    }
    let mut text = String::new();
    match format {
        Format::Terminal => debrief::terminal(&debrief, out.screen(), &mut text),
        Format::Markdown => debrief::markdown(&debrief, &mut text),
        Format::Html => debrief::html(&debrief, &mut text),
        Format::Json => debrief::json(&debrief, &mut text),
        Format::Csv | Format::Attendance => {
            return Err(Failure::usage(tr!("only a room has such a table, and this is a drill"))
                .hint(tr!("--format json has everything about a drill, for programs")));
        }
    }
    .expect("checked: text takes text");
    Ok(text)
}

/// The format where none was asked for: as the file's name ends, and else what is shown where it goes.
fn usual(args: &DebriefArgs, out: &Output) -> Result<Format, Failure> {
    let shown = if args.open { Format::Html } else { Format::Terminal };
    let ending = args.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy());
    match ending.as_deref() {
        _ if out.json => Ok(Format::Json),
        None => Ok(shown),
        Some("html" | "htm") => Ok(Format::Html),
        Some("md" | "markdown") => Ok(Format::Markdown),
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some("txt") => Ok(Format::Terminal),
        Some(other) => Err(Failure::usage(tr!("a debrief is not written as `.{}`", clean(other))).hint(tr!(
            "it is written as .txt, .md, .html or .json, of a room .csv too; --format says which if a name must end otherwise"
        ))),
    }
}

/// A folder that only its owner can look into, as the rest of the data folder.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

fn beside_the_drills(short: &str, format: Format, data: &Data) -> Result<PathBuf, Failure> {
    let folder = data.debriefs()?;
    private_folder(&folder)
        .map_err(|e| Failure::new(tr!("{} cannot be made: {e}", folder.display(), e = said(&e))))?;
    let ending = match format {
        Format::Terminal => "txt",
        Format::Markdown => "md",
        Format::Html => "html",
        Format::Json => "json",
        Format::Csv => "csv",
        Format::Attendance => "attendance.csv",
    };
    Ok(folder.join(format!("{short}.{ending}")))
}
