//! `new`: a commented script that checks clean, by flags or by a few questions.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use tr::tr;

use crate::cli::args::{AudienceChoice, New};
use crate::cli::drills::Data;
use crate::cli::failure::{Failure, said};
use crate::cli::output::{Output, quoted};
use crate::cli::spoilers::spoils;
use crate::cli::{ask, scripts};
use crate::scenario::{Audience, Template, clean, template};
use crate::speech::language;

pub(in crate::cli) fn run(args: &New, out: &Output, data: &Data) -> Result<(), Failure> {
    if args.file.as_os_str() == "-" {
        return Err(
            Failure::usage(tr!("`new` writes a file, and `-` is none")).hint("breachdrill new my-script.ron")
        );
    }
    if args.title.as_ref().is_some_and(|title| clean(title).trim().is_empty()) {
        return Err(Failure::usage(tr!("a title has a word at least"))
            .hint(tr!("leave --title out to name it after the file")));
    }
    if args.file.exists() && !args.force {
        return Err(exists(&args.file));
    }
    if let Some(name) = &args.from {
        return copy(name, args, out, data);
    }
    let mut wanted = Template {
        title: args.title.clone().unwrap_or_else(|| title_from(&args.file)),
        audience: args.audience.map_or(Audience::Everyone, audience),
        minutes: args.minutes.unwrap_or(10),
        language: language(),
    };
    if out.asks && args.title.is_none() && args.audience.is_none() && args.minutes.is_none() {
        wanted = wizard(wanted, out)?;
    }
    let text = template(&wanted);
    write(&args.file, &text, args.force)?;
    out.talk(&tr!("Wrote {}: {}, {} lines", args.file.display(), wanted.title, text.lines().count()));
    out.next(&tr!("open it in an editor, then breachdrill check {}", quoted(&args.file)));
    Ok(())
}

/// Copies a script for tailoring, with a line that says where it came from.
fn copy(name: &str, args: &New, out: &Output, data: &Data) -> Result<(), Failure> {
    let scenario = scripts::sound(name, out)?;
    if !args.unfinished {
        spoils(&scenario, out, data)?;
    }
    let found = scripts::find(name)?;
    let text = String::from_utf8(found.bytes).expect("checked: what loads is UTF-8");
    let (marker, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let head = &scenario.head;
    let (authors, licence) = (head.authors.join(", "), &head.licence);
    let by = if authors.is_empty() { String::new() } else { format!(" by {authors}") };
    let under = if licence.is_empty() { String::new() } else { format!(", under {licence}") };
    let from =
        clean(&format!("// Tailored from \u{201c}{}\u{201d}{by}{under}.", head.title)).replace('\n', " ");
    write(&args.file, &format!("{marker}\n{from}\n{rest}"), args.force)?;
    let file = args.file.display();
    out.talk(&tr!("Wrote {file}, a copy of “{}”", head.title, file));
    out.talk(&tr!(
        "Begin with title, organisation, cast, systems and slots; then check that it is still proved."
    ));
    out.next(&format!("breachdrill check --prove {}", quoted(&args.file)));
    Ok(())
}

/// A few questions, each with a sensible answer to begin with.
fn wizard(wanted: Template, out: &Output) -> Result<Template, Failure> {
    let title = ask::line(&tr!("Its title"), &wanted.title, out)?;
    let audiences = [AudienceChoice::Everyone, AudienceChoice::Responders, AudienceChoice::Leadership];
    let says = [
        tr!("everyone: any employee"),
        tr!("responders: people whose trade it is"),
        tr!("leadership: people who decide"),
    ];
    let row = ask::pick(&tr!("For whom"), &says, 0, out)?;
    let minutes = loop {
        let typed = ask::line(&tr!("Real minutes of play"), &wanted.minutes.to_string(), out)?;
        match typed.trim().parse::<u16>() {
            Ok(minutes) if (1..=600).contains(&minutes) => break minutes,
            _ => out.say(&tr!("A whole number from 1 to 600, please.")),
        }
    };
    Ok(Template { title, audience: audience(audiences[row]), minutes, language: wanted.language })
}

/// Writes a file, which may be there already only with `force`.
pub(super) fn write(file: &Path, text: &str, force: bool) -> Result<(), Failure> {
    if file.is_dir() {
        return Err(Failure::usage(tr!("{shown} is a folder; name a file in it", shown = file.display())));
    }
    let mut options = OpenOptions::new();
    options.write(true).truncate(true);
    // `create_new` refuses a file that appeared meanwhile; nothing is overwritten unasked.
    if force {
        options.create(true)
    } else {
        options.create_new(true)
    };
    let cannot = |error: std::io::Error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return exists(file);
        }
        let failure = Failure::new(tr!("{} cannot be written: {e}", file.display(), e = said(&error)));
        if error.kind() == ErrorKind::NotFound {
            failure.hint(tr!("does its folder exist?"))
        } else {
            failure
        }
    };
    options.open(file).and_then(|mut file| file.write_all(text.as_bytes())).map_err(cannot)
}

/// What to say about a file that is there already.
pub(super) fn exists(file: &Path) -> Failure {
    Failure::new(tr!("{shown} exists already", shown = file.display()))
        .hint(tr!("choose another name, or overwrite it with --force"))
}

pub(super) const fn audience(choice: AudienceChoice) -> Audience {
    match choice {
        AudienceChoice::Everyone => Audience::Everyone,
        AudienceChoice::Responders => Audience::Responders,
        AudienceChoice::Leadership => Audience::Leadership,
    }
}

/// `lost-laptop.ron` becomes "Lost laptop".
fn title_from(file: &Path) -> String {
    let stem = file.file_stem().map(|s| s.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = stem.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => tr!("A new script"),
    }
}
