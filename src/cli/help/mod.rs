//! What the command line says of itself: help, the manual page, and what is wrong with what was typed.
//!
//! clap says all of it, in English, from the doc comments of `args.rs`. For another language its definition is
//! walked and every text put into words of that language ([`texts`]), dressed so that clap's own words are in it
//! too ([`dress`]), and its errors are written anew ([`refused`]). English stays clap's own, to the byte.

mod dress;
mod refused;
mod texts;

use std::ffi::OsString;
use std::io;

use clap::{Command, CommandFactory};

use super::args::Cli;
use crate::speech::{Language, label, language};

/// The definition of the command line in the language spoken, to read what was typed and to show help.
pub(super) fn command() -> Command {
    match language() {
        Language::English => Cli::command(),
        Language::German => dress::dressed(translated()),
    }
}

/// The same for those who make something else of it, and put clap's words in it themselves.
pub(super) fn described() -> Command {
    match language() {
        Language::English => Cli::command(),
        Language::German => dress::described(translated()),
    }
}

fn translated() -> Command {
    texts::each(Cli::command(), &mut label)
}

/// The language that a command line asks for, before it is known whether the rest of it can be read.
pub(super) fn asked_for(args: &[OsString]) -> Option<Language> {
    let mut words = args.iter().skip(1).take_while(|word| *word != "--").map(|word| word.to_str());
    while let Some(word) = words.next() {
        let named = match word {
            Some("--lang") => words.next().flatten(),
            Some(word) => word.strip_prefix("--lang="),
            None => None,
        };
        if let Some(language) = named.and_then(Language::named) {
            return Some(language);
        }
    }
    None
}

/// Prints the help that was asked for, or what is wrong with the command line, in the language spoken.
///
/// # Errors
/// If neither stream can be written.
pub(super) fn tell(english: &clap::Error, args: &[OsString]) -> io::Result<()> {
    if language() == Language::English {
        return english.print();
    }
    match command().try_get_matches_from(args.iter().map(OsString::as_os_str)) {
        Err(error) => error.apply::<refused::Refused>().print(),
        // The same words fit both definitions or neither; if not, English is better than nothing.
        Ok(_) => english.print(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use polib::po_file::parse_from_reader;

    use super::*;
    use crate::speech::{catalogues, speaking};

    /// Every text of the definition, in English.
    fn said() -> BTreeSet<String> {
        let mut said = BTreeSet::new();
        texts::each(Cli::command(), &mut |english| {
            said.insert(english.to_owned());
            english.to_owned()
        });
        said
    }

    /// An entry of a catalogue as it would be written.
    fn entry(english: &str) -> String {
        let quoted = |line: &str| format!("{line:?}").replace("\\'", "'");
        let lines: Vec<String> = english.split_inclusive('\n').map(quoted).collect();
        match lines.as_slice() {
            [line] => format!("msgid {line}\nmsgstr \"\"\n"),
            lines => format!("msgid \"\"\n{}\nmsgstr \"\"\n", lines.join("\n")),
        }
    }

    #[cfg_attr(not(feature = "host"), ignore = "it speaks of the host")]
    #[test]
    fn every_text_of_the_command_line_is_there_in_every_language() {
        let said = said();
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            let mut all = BTreeMap::new();
            let mut own = BTreeSet::new();
            for (name, text) in catalogues(language) {
                for message in parse_from_reader(text.as_bytes()).expect("checked: it is shipped").messages()
                {
                    if *name == "help" {
                        own.insert(message.msgid().to_owned());
                    }
                    if message.msgctxt().is_none_or(str::is_empty) {
                        all.insert(
                            message.msgid().to_owned(),
                            message.msgstr().unwrap_or_default().to_owned(),
                        );
                    }
                }
            }
            let lacks = said.iter().filter(|text| all.get(*text).is_none_or(String::is_empty));
            let lacks: Vec<String> = lacks.map(|text| entry(text)).collect();
            assert!(lacks.is_empty(), "{}/help.po lacks\n{}", language.tag(), lacks.join("\n"));
            let left: Vec<&String> = own.difference(&said).collect();
            assert!(left.is_empty(), "{}/help.po has what no command says: {left:#?}", language.tag());
        }
    }

    #[test]
    fn both_definitions_read_the_same_words() {
        let lines: [&[&str]; 6] = [
            &["list", "--stage", "legal", "-q"],
            &["play", "first-light", "--time-factor", "150", "--lang", "de"],
            &["check", "a.ron", "b.ron", "-f", "sarif"],
            &["what-if", "--at", "a", "--choose", "b", "--choose", "c"],
            &["help", "forget"],
            &["play", "--seed", "many"],
        ];
        speaking(Language::German, || {
            for line in lines {
                let words = || ["breachdrill"].iter().chain(line);
                let fits = |command: Command| command.try_get_matches_from(words()).err().map(|e| e.kind());
                assert_eq!(fits(Cli::command()), fits(command()), "{line:?}");
            }
            command().debug_assert();
        });
    }

    #[test]
    fn the_language_is_found_wherever_it_stands() {
        let asked = |line: &str| asked_for(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("breachdrill play --help --lang de"), Some(Language::German));
        assert_eq!(asked("breachdrill --lang=de_AT nonsense"), Some(Language::German));
        assert_eq!(asked("breachdrill --lang fr --lang en"), Some(Language::English));
        for none in ["breachdrill", "breachdrill --lang", "breachdrill --lang fr", "breachdrill -- --lang de"]
        {
            assert_eq!(asked(none), None, "{none}");
        }
    }
}
