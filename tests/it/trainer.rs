//! What trainers look up, in German: the catalogue of duties, and the key of a script.

use breachdrill::scenario::{library, load, regimes};

use crate::speech::literal;
use crate::support::cli::{Cli, answers};

/// English words that say something in no German text; `in`, `so`, `an` and the like are German too.
const TELLTALE: &str = "the The you You your and of were What from with No Not if takes key hint right when When \
                        then sent good before after while within expected contingency is are by at to or not only \
                        where Where Who Deadline Status Article";

/// Lines with an English word, without the names between backticks.
fn english(text: &str) -> Vec<String> {
    let ours = |line: &str| line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let word = |word: &str| TELLTALE.split(' ').any(|own| own == bare(word));
    text.lines().filter(|line| ours(line).split_whitespace().any(word)).map(str::to_owned).collect()
}

/// A text on one line, where a break after a hyphen is none.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("- ", "-")
}

/// Every text that a script holds, longest first: as written, and as it is shown without marks.
fn texts(name: &str) -> Vec<String> {
    let (_, script) = library().iter().find(|(own, _)| *own == name).unwrap();
    let scenario = format!("{:?}", load(script).scenario.unwrap());
    let mut texts = Vec::new();
    let mut rest = scenario.as_str();
    while let Some(at) = rest.find('"') {
        let (text, after) = literal(&rest[at..]).unwrap();
        for line in text.lines().filter(|line| line.trim().contains(' ')) {
            texts.extend([flat(line), flat(&line.replace(['*', '`'], ""))]);
        }
        rest = after;
    }
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

#[test]
fn the_key_of_a_script_has_no_english_word_of_its_own() {
    let cli = Cli::new();
    for name in ["first-light-de", "open-bucket", "pay-or-drown", "night-noise"] {
        let shown = cli.ok(&["show", name, "--spoilers", "--lang", "de"]);
        assert!(shown.contains("Lösung  ") && shown.contains("dauert "), "{shown}");
        let mut left = flat(&shown);
        for text in texts(name) {
            // A line of its own, so that what stands around it is not read together.
            left = left.replace(&text, "\n");
        }
        assert_eq!(english(&left), Vec::<String>::new(), "{name}");
    }
    let english = cli.ok(&["show", "open-bucket", "--spoilers", "--lang", "en"]);
    assert!(english.contains("takes ") && english.contains("Chosen("), "{english}");
    let json = |lang| cli.json(&["show", "open-bucket", "--spoilers", "--json", "--lang", lang]);
    assert_eq!(json("de"), json("en"), "what programs read is English");
}

#[test]
fn the_catalogue_of_duties_speaks_german() {
    let cli = Cli::new();
    let german = |args: &[&str]| cli.ok(&[&["duties", "--lang", "de"], args].concat());
    let gdpr = german(&["eu-gdpr-33"]);
    for says in [
        "DSGVO, Meldung an die Aufsichtsbehörde",
        "Wo: Europäische Union",
        "Frist: 72 Stunden",
        "Grundlage: Art. 33 Abs. 1",
        "Stand: in Kraft",
        "Geprüft: 25.11.2026",
    ] {
        assert!(gdpr.contains(says), "{says}: {gdpr}");
    }
    assert!(german(&["eu-gdpr-34"]).contains("Frist: unverzüglich"));
    assert!(flat(&german(&["eu-nis2-23-final"])).contains("vorher prüfen: der Absatz stand nicht"));
    let (here, there) = (german(&["--in", "europäische"]), german(&["--in", "European"]));
    assert!(here == there && flat(&here).contains("unverzüglich nach Kenntnis, an den Verantwortlichen"));
    // Other law keeps its own names, and so does what it was compared with.
    let named = [
        "Breach and incident notification timelines",
        "Federal Incident Notification Guidelines",
        "Business and Commerce Code",
        "Commissioner of Cybersecurity",
        "Department of Legal Affairs",
    ];
    let all = regimes().iter().map(|rule| german(&[&rule.key])).chain([german(&[])]);
    for text in all {
        let text = named.iter().fold(flat(&text), |text, name| text.replace(name, ""));
        assert_eq!(english(&text), Vec::<String>::new());
    }
    let wrong = cli.run(&["duties", "--in", "Brasilein", "--lang", "de"]);
    assert!(wrong.code == 2 && wrong.err.contains("meinten Sie `Brasilien`?"), "{}", wrong.err);
}

#[test]
fn programs_read_the_catalogue_in_english() {
    let cli = Cli::new();
    for args in [&["duties", "--json"][..], &["duties", "eu-gdpr-34", "--json"]] {
        let of = |lang| cli.json(&[args, &["--lang", lang]].concat());
        assert_eq!(of("de"), of("en"));
    }
}

#[test]
fn a_drill_says_the_catalogues_words_in_german() {
    let cli = Cli::new();
    cli.ok(&["play", "slow-query", "--seed", "1", "--answers", &answers("slow-query-good")]);
    let seen = flat(&cli.ok(&["replay", "--plain", "--lang", "de"]));
    assert!(seen.contains("SEC Form 8-K, wesentlicher Cybervorfall"), "{seen}");
    assert!(seen.contains("die SEC, öffentlich") && !seen.contains("in public"), "{seen}");
}
