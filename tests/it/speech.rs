//! Every text of the program in every language: none is missing, none is left over, and each has
//! the places for what is put into it that the English one has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use breachdrill::scenario::regimes;
use breachdrill::speech::{Language, catalogues};
use polib::po_file::parse_from_reader;

use crate::support::cli::Cli;

/// What is said somewhere in the code: the context if any, and the English, one form or two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    context: Option<String>,
    one: String,
    many: Option<String>,
}

/// Where the rules of the catalogue of duties stand.
const CATALOGUE: &str = "scenario/duties.ron";

/// The folders whose texts are in which catalogue; the rest of `src/` is for authors, and in English.
const PARTS: &[(&str, &[&str])] = &[
    ("duties", &[CATALOGUE]),
    ("cli", &["cli/", "journal/"]),
    (
        "pages",
        &["debrief/render/", "debrief/picture/", "debrief/graph/", "debrief/coverage/", "debrief/simulated/"],
    ),
    ("debrief", &["debrief/", "score/", "solve/"]),
    ("scenario", &["scenario/"]),
    ("host", &["host/", "room/"]),
    ("term", &["term/", "drill/", "engine/"]),
];

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push((path.to_string_lossy().replace('\\', "/"), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// A string literal at the beginning of `text`, and what follows it.
pub(crate) fn literal(text: &str) -> Option<(String, &str)> {
    let mut said = String::new();
    let mut letters = text.strip_prefix('"')?.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((said, &text[at + 2..])),
            '\\' => match letters.next()?.1 {
                'n' => said.push('\n'),
                't' => said.push('\t'),
                '\n' => {
                    let rest = letters.as_str();
                    let skipped = rest.len() - rest.trim_start().len();
                    (0..rest[..skipped].chars().count()).for_each(|_| _ = letters.next());
                }
                'u' => {
                    let rest = letters.as_str();
                    let end = rest.find('}')?;
                    said.push(char::from_u32(u32::from_str_radix(&rest[1..end], 16).ok()?)?);
                    (0..=end).for_each(|_| _ = letters.next());
                }
                other => said.push(other),
            },
            other => said.push(other),
        }
    }
    None
}

/// What one call says, from after its opening bracket.
fn call(text: &str) -> Option<Said> {
    let (first, rest) = literal(text.trim_start())?;
    let rest = rest.trim_start();
    let (context, one, rest) = match rest.strip_prefix("=>") {
        Some(rest) => {
            let (one, rest) = literal(rest.trim_start())?;
            (Some(first), one, rest.trim_start())
        }
        None => (None, first, rest),
    };
    let many = rest.strip_prefix('|').and_then(|rest| literal(rest.trim_start())).map(|(many, _)| many);
    Some(Said { context, one, many })
}

/// Everything that is said in the code and by the catalogue of duties, with where.
/// The templates of the host's pages.
fn templates() -> Vec<(String, String)> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/host/pages");
    let mut found = Vec::new();
    for folder in ["", "blocks", "parts"] {
        for entry in std::fs::read_dir(pages.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "html") {
                let name = path.strip_prefix(&pages).unwrap().display();
                found.push((format!("host/pages/{name}"), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

fn said() -> BTreeMap<Said, String> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut all = BTreeMap::new();
    for (name, text) in files.iter().filter(|(name, _)| !name.contains("src/speech/")) {
        let production = text.split("\n#[cfg(test)]").next().unwrap();
        for mark in ["tr!(", "noted!("] {
            let begins = |at: usize| !production[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            for (at, _) in production.match_indices(mark).filter(|(at, _)| begins(*at)) {
                let line = production[..at].lines().count();
                let place = format!("{}:{line}", name.split("src/").last().unwrap());
                let said = call(&production[at + mark.len()..]);
                all.insert(
                    said.unwrap_or_else(|| panic!("{place}: {mark} takes its text as a literal")),
                    place,
                );
            }
        }
    }
    for (name, text) in templates() {
        for (at, _) in text.match_indices("t(\"") {
            // `t(` is a function of the templates; a filter that ends in t is none.
            if !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                let place = format!("{name}:{}", text[..at].lines().count());
                let said = call(&text[at + 2..]).unwrap_or_else(|| panic!("{place}: t() takes a literal"));
                all.entry(said).or_insert(place);
            }
        }
    }
    for rule in regimes() {
        let texts = [&rule.title, &rule.jurisdiction, &rule.who, &rule.from, &rule.promptly];
        let notes = [&rule.article, &rule.note, &rule.uncertain, &rule.source];
        let texts = texts.into_iter().chain(notes).filter(|text| !text.is_empty()).map(|text| (None, text));
        for (context, text) in texts.chain([(Some("to".to_owned()), &rule.to)]) {
            let said = Said { context, one: text.clone(), many: None };
            all.entry(said).or_insert_with(|| format!("{CATALOGUE}: {}", rule.key));
        }
    }
    all
}

/// The places in a text for what is put in: `{}` counted, others by name.
fn places(text: &str) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let mut unnamed = 0;
    for part in text.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else { continue };
        places.insert(if name.is_empty() { unnamed.to_string() } else { name.to_owned() });
        unnamed += usize::from(name.is_empty());
    }
    places
}

#[test]
fn nothing_is_left_untranslated_and_nothing_is_left_over() {
    let said = said();
    let mut wrong = Vec::new();
    for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
        let mut known: BTreeMap<Said, Vec<String>> = BTreeMap::new();
        for (name, text) in catalogues(language) {
            for message in parse_from_reader(text.as_bytes()).unwrap().messages() {
                let (one, many) =
                    (message.msgid().to_owned(), message.msgid_plural().ok().map(str::to_owned));
                let context = message.msgctxt().filter(|c| !c.is_empty()).map(str::to_owned);
                let key = Said { context, one, many };
                let forms = match message.msgstr_plural() {
                    Ok(forms) => forms.clone(),
                    Err(_) => vec![message.msgstr().unwrap().to_owned()],
                };
                let place = format!("{}/{name}.po: {:?}", language.tag(), key.one);
                // What the command line says stands in doc comments; `cli::help` holds that it is said.
                if *name != "help" && !said.contains_key(&key) {
                    wrong.push(format!("{place} is said nowhere"));
                }
                for form in &forms {
                    if form.is_empty() {
                        wrong.push(format!("{place} has no translation"));
                    } else if forms.len() == 1 && places(form) != places(&key.one) {
                        wrong.push(format!("{place} has other places than {form:?}"));
                    }
                }
                if key.many.is_some() && forms.len() != 2 {
                    wrong.push(format!("{place} wants a form for one and one for many"));
                }
                // Two parts may say the same, but not each in its own way: they are looked up together.
                if let Some(before) = known.insert(key, forms.clone())
                    && before != forms
                {
                    wrong.push(format!("{place} is {before:?} as well as {forms:?}"));
                }
            }
        }
        for (key, place) in said.iter().filter(|(key, _)| !known.contains_key(*key)) {
            let file = PARTS.iter().find(|(_, folders)| folders.iter().any(|f| place.starts_with(f)));
            let file = file.map_or("?", |(name, _)| *name);
            wrong.push(format!("{}/{file}.po lacks {:?} of src/{place}", language.tag(), key.one));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_call_is_read_as_rust_reads_it() {
    let said = |context: Option<&str>, one: &str, many: Option<&str>| Said {
        context: context.map(str::to_owned),
        one: one.to_owned(),
        many: many.map(str::to_owned),
    };
    assert_eq!(call("\"a \\\"b\\\" \\\n      c\")"), Some(said(None, "a \"b\" c", None)));
    assert_eq!(call("\"one {n}\" | \"{n} many\" % 3)"), Some(said(None, "one {n}", Some("{n} many"))));
    assert_eq!(call("\n \"stage\" => \"x\\u{a0}y\", z)"), Some(said(Some("stage"), "x\u{a0}y", None)));
    assert_eq!(call("text)"), None);
    assert_eq!(places("{} of {} in {unit}"), BTreeSet::from(["0".into(), "1".into(), "unit".into()]));
}

#[test]
fn the_language_is_chosen_or_the_locales() {
    let cli = Cli::new();
    let menu = |args: &[&str], locale: &str| {
        let mut command = cli.command(args);
        command.env("LC_ALL", locale).env_remove("LANGUAGE");
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let drills = ["drills"];
    let english = menu(&drills, "C.UTF-8");
    let german = menu(&["drills", "--lang", "de"], "C.UTF-8");
    assert_ne!(english, german, "nothing is played yet, and that is said in German");
    assert_eq!(menu(&drills, "de_AT.UTF-8"), german);
    assert_eq!(menu(&drills, "fr_FR.UTF-8"), english);
    assert_eq!(menu(&["drills", "--lang", "en"], "de_DE.UTF-8"), english);
    let refused = cli.run(&["drills", "--lang", "fr"]);
    assert!(refused.code == 2 && refused.err.contains("speaks en, de"), "{}", refused.err);
}

#[test]
fn what_is_shown_in_german_can_be_asked_for_in_german() {
    let cli = Cli::new();
    for (option, german, english) in [
        ("--stage", "Erkennung", "identification"),
        ("--stage", "recht", "legal"),
        ("--audience", "Einsatzkräfte", "responders"),
        ("--level", "Mittelstufe", "intermediate"),
    ] {
        let found = cli.run(&["list", option, german, "--lang", "de"]);
        assert_eq!(found.code, 0, "{german}: {}", found.err);
        assert_eq!(found.out, cli.run(&["list", option, english, "--lang", "de"]).out, "{german}");
    }
    let none = cli.run(&["list", "--stage", "Erkenung", "--lang", "de"]);
    assert!(
        none.err.contains("keine Phase heißt `Erkenung`") && none.err.contains("`Erkennung`"),
        "{}",
        none.err
    );
    let gone = cli.run(&["verify", "nichts.jsonl", "--lang", "de"]);
    assert!(gone.err.contains("gibt es nicht") && !gone.err.contains("os error"), "{}", gone.err);
}
