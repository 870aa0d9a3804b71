//! From a word on the command line to a script: a shipped one by its name, or a file.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};
use tr::tr;

use super::failure::{Exit, Failure, said};
use super::output::Output;
use crate::limits::SCRIPT_BYTES_MAX;
use crate::scenario::{Scenario, Severity, library, load_bytes, near_miss};
use crate::term;

/// A script's name or file, as typed: any word will do, and completions offer the shipped ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScriptWord;

impl TypedValueParser for ScriptWord {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(library().iter().map(|(name, _)| PossibleValue::new(*name))))
    }
}

/// A script that was found, not yet checked.
pub(super) struct Found {
    /// How findings name it: the file as typed, or `scenarios/NAME.ron`.
    pub(super) shown: String,
    /// Its bytes, one more than allowed at the most.
    pub(super) bytes: Vec<u8>,
}

/// Finds a script by the word that names it.
pub(super) fn find(word: &str) -> Result<Found, Failure> {
    if let Some((name, text)) = library().iter().find(|(name, _)| *name == word) {
        return Ok(Found { shown: format!("scenarios/{name}.ron"), bytes: text.as_bytes().to_vec() });
    }
    let path = Path::new(word);
    let looks_like_file = path.extension().is_some() || word.contains(['/', '\\']) || path.exists();
    if looks_like_file {
        return Ok(Found { shown: word.to_owned(), bytes: read(path)? });
    }
    let names: Vec<&str> = library().iter().map(|(name, _)| *name).collect();
    let failure =
        Failure::usage(tr!("no shipped script is called `{word}`, and there is no such file", word));
    Err(match near_miss(word, names.iter().copied()) {
        Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
        None => failure.hint(tr!("the shipped ones are: {}", names.join(", "))),
    })
}

/// What a word names: one script, or those in a folder.
pub(super) struct FoundAll {
    /// The scripts, each as it could be read.
    pub(super) scripts: Vec<Result<Found, Failure>>,
    /// Whether the word names a folder.
    pub(super) folder: bool,
    /// Files of a folder that end like a script and begin like something else.
    pub(super) others: usize,
}

/// Folders within folders that are looked into.
const FOLDERS_DEEP_MAX: usize = 16;

/// Finds the scripts that a word names.
pub(super) fn find_all(word: &str) -> Result<FoundAll, Failure> {
    let path = Path::new(word);
    if is_shipped(word) || !path.is_dir() {
        return find(word).map(|found| FoundAll { scripts: vec![Ok(found)], folder: false, others: 0 });
    }
    let (mut scripts, mut others) = (Vec::new(), 0);
    for file in within(path) {
        match read(&file) {
            Ok(bytes) if begins_like_a_script(&bytes) => {
                scripts.push(Ok(Found { shown: file.to_string_lossy().into_owned(), bytes }));
            }
            Ok(_) => others += 1,
            Err(failure) => scripts.push(Err(failure)),
        }
    }
    if scripts.is_empty() {
        return Err(Failure::usage(tr!("there is no breach script in {word}", word))
            .hint(tr!("a script ends in `.ron` and begins with `#![type = \"breachdrill/scenario/1\"]`")));
    }
    Ok(FoundAll { scripts, folder: true, others })
}

/// The files that a word names; none for a shipped script.
pub(super) fn files(word: &str) -> Vec<PathBuf> {
    let path = Path::new(word);
    match (is_shipped(word), path.is_dir()) {
        (true, _) => Vec::new(),
        (false, true) => within(path),
        (false, false) => vec![path.to_owned()],
    }
}

fn is_shipped(word: &str) -> bool {
    library().iter().any(|(name, _)| *name == word)
}

/// The files below a folder that end like a script, in order; links are not followed.
fn within(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, deep)) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, kind) = (entry.path(), entry.file_type());
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            match kind {
                Ok(kind) if kind.is_dir() && !hidden && deep < FOLDERS_DEEP_MAX => {
                    folders.push((path, deep + 1));
                }
                Ok(kind) if kind.is_file() && !hidden && path.extension().is_some_and(|e| e == "ron") => {
                    found.push(path);
                }
                Ok(_) | Err(_) => {}
            }
        }
    }
    found.sort();
    found
}

/// Whether the first lines name the language, in whatever version.
fn begins_like_a_script(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4_096)];
    String::from_utf8_lossy(start).contains("breachdrill/scenario")
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |error: std::io::Error| {
        Failure::new(tr!("{} cannot be read: {error}", path.display(), error = said(&error)))
    };
    if path.is_dir() {
        return Err(Failure::usage(tr!("{} is a folder; name a script in it", path.display())));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(cannot)?;
    file.take(SCRIPT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

/// Finds and checks a script to be played; its findings are shown only if it cannot be.
pub(super) fn sound(word: &str, out: &Output) -> Result<Scenario, Failure> {
    let found = find(word)?;
    let loaded = load_bytes(&found.bytes);
    match loaded.scenario {
        Some(scenario) => Ok(scenario),
        None => {
            let errors: Vec<_> =
                loaded.findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
            out.say_as_is(&term::findings(
                &errors,
                &found.shown,
                &String::from_utf8_lossy(&found.bytes),
                out.findings_talk(),
            ));
            Err(Failure { exit: Exit::Script, ..Failure::new(tr!("{} cannot be played", found.shown)) }
                .hint(tr!("`breachdrill check {word}` shows warnings too", word)))
        }
    }
}
