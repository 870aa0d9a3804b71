//! From a word on the command line to a script: a shipped one by its name, or a file.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::failure::{Exit, Failure};
use super::output::Output;
use crate::limits::SCRIPT_BYTES_MAX;
use crate::scenario::{Scenario, Severity, library, load_bytes, near_miss};
use crate::term;

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
    let failure = Failure::usage(format!("no shipped script is called `{word}`, and there is no such file"));
    Err(match near_miss(word, names.iter().copied()) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint(format!("the shipped ones are: {}", names.join(", "))),
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |error: std::io::Error| Failure::new(format!("{} cannot be read: {error}", path.display()));
    if path.is_dir() {
        return Err(Failure::usage(format!("{} is a folder; name a script file in it", path.display())));
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
            Err(Failure { exit: Exit::Script, ..Failure::new(format!("{} cannot be played", found.shown)) }
                .hint(format!("`breachdrill check {word}` shows warnings too")))
        }
    }
}
