//! The house style, as a test: what the compiler and clippy cannot see.

use std::fs;
use std::path::{Path, PathBuf};

/// Which component may name which. A new arrow is a design change.
const MAY_USE: &[(&str, &[&str])] = &[
    ("limits", &[]),
    ("speech", &[]),
    ("scenario", &["limits", "speech"]),
    ("engine", &["scenario", "limits", "speech"]),
    ("score", &["scenario", "engine", "speech"]),
    ("solve", &["scenario", "engine", "score", "limits"]),
    ("room", &["scenario", "engine", "score", "limits", "speech"]),
    ("journal", &["scenario", "engine", "score", "room", "limits", "speech"]),
    ("drill", &["scenario", "engine", "journal", "limits", "speech"]),
    ("debrief", &["scenario", "engine", "score", "solve", "room", "speech"]),
    ("term", &["scenario", "engine", "debrief", "drill", "journal", "limits", "speech"]),
    ("host", &["scenario", "engine", "score", "room", "journal", "drill", "debrief", "limits", "speech"]),
    (
        "cli",
        &[
            "scenario", "engine", "score", "solve", "room", "journal", "drill", "debrief", "term", "host",
            "limits", "speech",
        ],
    ),
];

/// Where each package is at home.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["term/diagnostic"]),
    ("chacha20poly1305", &["journal/"]),
    ("clap", &["cli/"]),
    ("crossterm", &["term/", "cli/output.rs"]),
    ("dialoguer", &["term/menu.rs"]),
    ("ed25519_dalek", &["journal/"]),
    ("axum", &["host/"]),
    ("form_urlencoded", &["host/"]),
    ("futures_util", &["host/"]),
    ("getrandom", &["journal/", "cli/", "host/"]),
    ("hyper", &["host/"]),
    ("hyper_util", &["host/"]),
    ("indicatif", &["term/"]),
    ("jiff", &["scenario/calendar.rs"]),
    ("minijinja", &["debrief/render/", "host/"]),
    ("open", &["cli/"]),
    ("polib", &["speech/"]),
    ("pulldown_cmark", &["debrief/", "term/markdown.rs", "drill/view/one_line.rs"]),
    ("rand", &["engine/chance.rs"]),
    ("ron", &["scenario/"]),
    ("qrcode", &["host/"]),
    ("rlimit", &["host/files.rs"]),
    ("rusqlite", &["journal/"]),
    ("tokio", &["host/"]),
    ("tokio_rustls", &["host/"]),
    ("unicode_security", &["room/"]),
    ("webpki", &["host/"]),
    ("twox_hash", &["solve/explore/key.rs"]),
];

const FILE_LINES_MAX: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Every source file with its path below `src/` and its text.
fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    files(&src, ".rs")
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The lines of a file before its tests.
fn production(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().take_while(|l| !l.starts_with("#[cfg(test)]")).enumerate().map(|(n, l)| (n + 1, l))
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let component = name.split(['/', '.']).next().unwrap();
        let Some((_, may)) = MAY_USE.iter().find(|(c, _)| *c == component) else { continue };
        for (line, code) in production(&text) {
            if code.trim_start().starts_with("//") {
                continue;
            }
            for (at, _) in code.match_indices("crate::") {
                let path = &code[at + 7..];
                let used = path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                if MAY_USE.iter().any(|(c, _)| *c == used) && used != component && !may.contains(&used) {
                    wrong.push(format!("src/{name}:{line}: {component} may not use {used}"));
                }
                let inner = path[used.len()..].strip_prefix("::").unwrap_or("");
                let module = inner.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let reaches_in = used != component
                    && used != "limits"
                    && !module.is_empty()
                    && module.chars().next().is_some_and(char::is_lowercase)
                    && inner[module.len()..].starts_with("::")
                    && !facade_modules(used).contains(&module.to_owned());
                if reaches_in {
                    wrong.push(format!("src/{name}:{line}: reaches into {used}::{module}"));
                }
            }
        }
    }
    assert_none(&wrong);
}

/// The modules that a component's façade makes public on purpose.
fn facade_modules(component: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join("src").join(component).join("mod.rs")).unwrap_or_default();
    text.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

#[test]
fn packages_stay_at_home() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (line, code) in production(&text) {
            let code = code.trim_start();
            for (package, homes) in HOMES {
                let named =
                    code.starts_with(&format!("use {package}::")) || code.contains(&format!(" {package}::"));
                let own_word = code.contains(&format!("crate::{package}"));
                if !code.starts_with("//") && named && !own_word && !homes.iter().any(|h| name.starts_with(h))
                {
                    wrong.push(format!("src/{name}:{line}: {package} is at home in {homes:?}"));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_file_says_what_it_owns_and_stays_small() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if !text.starts_with("//!") {
            wrong.push(format!("src/{name}:1: begins without `//!`"));
        }
        let lines = production(&text).count();
        if lines > FILE_LINES_MAX {
            wrong.push(format!("src/{name}: {lines} lines before its tests, {FILE_LINES_MAX} is the most"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = [["FIX", "ME"].concat(), ["XX", "X"].concat(), ["TO", "DO"].concat()];
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (line, code) in text.lines().enumerate() {
            if marks.iter().any(|m| code.contains(m.as_str())) {
                wrong.push(format!("src/{name}:{}: unfinished: {}", line + 1, code.trim()));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn shipped_scripts_and_embedded_scripts_are_the_same() {
    let mut shipped: Vec<String> = files(&root().join("scenarios"), ".ron")
        .iter()
        .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut embedded: Vec<String> =
        breachdrill::scenario::library().iter().map(|(name, _)| (*name).to_owned()).collect();
    shipped.sort();
    embedded.sort();
    assert_eq!(shipped, embedded);
}

#[test]
fn the_changelog_names_the_version() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    assert!(changelog.contains(&format!("[{}]", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn no_path_of_a_machine_is_in_the_tree() {
    let mut wrong = Vec::new();
    let homes = ["/ro", "/ho", "/wo", "/Us"];
    let rests = ["ot/", "me/", "rk/", "ers/"];
    for folder in ["src", "scenarios", "tests/it", "benches"] {
        for path in files(&root().join(folder), "") {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for (home, rest) in homes.iter().zip(rests) {
                if text.contains(&format!("\"{home}{rest}")) {
                    wrong.push(format!("{}: a path of a machine", path.display()));
                }
            }
        }
    }
    assert_none(&wrong);
}
