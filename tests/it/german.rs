//! The command line in German: help, what is wrong with what was typed, the doctor. Nothing of it stays English.

use crate::support::cli::{Cli, Ran, answers};

const COMMANDS: [&str; 23] = [
    "list",
    "show",
    "play",
    "resume",
    "drills",
    "debrief",
    "replay",
    "what-if",
    "retry",
    "check",
    "simulate",
    "graph",
    "new",
    "explore",
    "explain",
    "duties",
    "export",
    "verify",
    "forget",
    "doctor",
    "completions",
    "man",
    "help",
];

/// Words that a German text has no use for.
const ENGLISH: [&str; 24] = [
    "the",
    "and",
    "for",
    "with",
    "this",
    "that",
    "what",
    "its",
    "of",
    "or",
    "to",
    "not",
    "you",
    "Usage",
    "Options",
    "Commands",
    "Arguments",
    "default",
    "possible",
    "value",
    "values",
    "Print",
    "more",
    "found",
];

/// The English words in a text, its command lines apart.
fn english(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("breachdrill ")) {
        let letter = |c: char| !(c.is_alphanumeric() || "-_`'.".contains(c));
        let words = line.split(letter).map(|word| word.trim_end_matches('.'));
        found.extend(words.filter(|word| ENGLISH.contains(word)).map(|word| format!("{word}: {line}")));
    }
    found
}

fn assert_german(what: &str, text: &str) {
    let found = english(text);
    assert!(found.is_empty(), "{what}:\n{}\n\n{text}", found.join("\n"));
}

#[test]
fn help_speaks_german() {
    let cli = Cli::new();
    for command in [""].into_iter().chain(COMMANDS) {
        for flag in ["-h", "--help"] {
            let words: Vec<&str> = match command {
                "" => vec![flag, "--lang", "de"],
                // It takes the names of commands, not options.
                "help" => vec!["--lang=de", "help", "help"],
                command => vec![command, flag, "--lang", "de"],
            };
            let help = run_bare(&cli, &words, "C.UTF-8").out;
            assert!(help.contains("Aufruf: breachdrill"), "{words:?}: {help}");
            assert_german(&words.join(" "), &help);
        }
    }
    let long = cli.ok(&["check", "--help", "--lang", "de"]);
    for part in [
        "\nArgumente:\n",
        "\nOptionen:\n",
        "Mögliche Werte:\n",
        "[Standard: auto]",
        "<DREHBUCH>...",
        "[OPTIONEN]",
    ] {
        assert!(long.contains(part), "{part}: {long}");
    }
    let short = cli.ok(&["check", "-h", "--lang", "de"]);
    let words = short.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("[Standard: auto] [mögliche Werte: auto, always, never]"), "{short}");
    let helped = run_bare(&cli, &["help", "check"], "de_DE.UTF-8").out;
    assert_eq!(helped, long, "`help CMD` is `CMD --help`, and the locale will do");
    let bare = cli.ok(&["--lang", "de"]);
    assert!(bare.contains("\nAufruf: breachdrill [OPTIONEN] [BEFEHL]\n"), "{bare}");
    let root = cli.ok(&["--help", "--lang", "de"]);
    for command in COMMANDS {
        assert!(root.lines().any(|line| line.starts_with(&format!("  {command} "))), "{command}: {root}");
    }
}

#[test]
fn the_order_of_a_help_is_the_same_in_german() {
    let cli = Cli::new();
    let options = |help: &str| -> Vec<String> {
        let option = |line: &str| line.split(' ').find(|word| word.starts_with("--")).map(str::to_owned);
        // What goes on stands further right.
        let begins = |line: &&str| line.trim_start().starts_with('-') && !line.starts_with("         ");
        help.lines().filter(begins).filter_map(option).collect()
    };
    for command in COMMANDS.into_iter().filter(|command| *command != "help") {
        let english = options(&cli.ok(&[command, "-h"]));
        assert!(english.len() > 8, "{command}: {english:?}");
        assert_eq!(english, options(&cli.ok(&[command, "-h", "--lang", "de"])), "{command}");
    }
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_german() {
    let cli = Cli::new();
    for (words, parts) in [
        (
            "list --levl intro",
            vec![
                "Fehler: das Argument `--levl` passt hier nicht",
                "Tipp: meinten Sie `--level`?",
                "Aufruf: breachdrill list [OPTIONEN]",
            ],
        ),
        ("pley", vec!["einen Befehl `pley` gibt es nicht", "meinten Sie", "`play`"]),
        ("help pley", vec!["einen Befehl `pley` gibt es nicht"]),
        ("show", vec!["es fehlt noch:\n  <DREHBUCH>", "Aufruf: breachdrill show"]),
        ("check", vec!["es fehlt noch:\n  <DREHBUCH>..."]),
        (
            "play --seed many",
            vec!["`many` ist kein gültiger Wert für `--seed <ZAHL>`: das ist keine ganze Zahl"],
        ),
        ("play --pace 0", vec!["`0` ist kein gültiger Wert für `--pace <FAKTOR>`: erlaubt ist 1 bis 600"]),
        ("play --pace", vec!["`--pace <FAKTOR>` verlangt einen Wert"]),
        ("play --pace 2 --untimed", vec!["schließen einander aus"]),
        ("play --seed 1 --seed 2", vec!["`--seed <ZAHL>` darf nur einmal dastehen"]),
        ("list --plain=ja", vec!["`--plain` nimmt keinen Wert"]),
        ("list --color blau", vec!["`blau` ist kein gültiger Wert", "[mögliche Werte: auto, always, never]"]),
        ("debrief --format htm", vec!["meinten Sie `html`?"]),
        ("list --minutes ja", vec!["schreiben Sie 15 für höchstens fünfzehn"]),
        ("simulate first-light --policy klug", vec!["die Spielweisen sind"]),
        ("list --seed 1", vec!["das Argument `--seed` passt hier nicht"]),
        ("--plain --output x", vec!["das Argument `--output` passt hier nicht"]),
        ("-- list", vec!["den Befehl `list` gibt es; lassen Sie das `--` davor weg"]),
    ] {
        let words: Vec<&str> = ["--lang", "de"].into_iter().chain(words.split(' ')).collect();
        let ran = run_bare(&cli, &words, "C.UTF-8");
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.err);
        for part in parts {
            assert!(ran.err.contains(part), "{words:?}: no {part:?} in\n{}", ran.err);
        }
        assert!(ran.err.ends_with("\n\nMehr dazu sagt `--help`.\n"), "{}", ran.err);
        assert_german(&words.join(" "), &ran.err);
    }
    let fr = run_bare(&cli, &["drills", "--lang", "fr"], "de_DE.UTF-8");
    assert!(fr.code == 2 && fr.err.contains("breachdrill spricht en, de"), "{}", fr.err);
    let json = run_bare(&cli, &["replay", "--json"], "de_DE.UTF-8");
    assert!(
        json.code == 2 && json.err.starts_with("Fehler: `replay` gibt es hier nicht als JSON"),
        "{}",
        json.err
    );
    let english = run_bare(&cli, &["pley"], "fr_FR.UTF-8");
    assert!(english.err.starts_with("error: unrecognized subcommand 'pley'\n"), "{}", english.err);
}

/// As it is typed, without the folder that tests add behind.
fn run_bare(cli: &Cli, words: &[&str], locale: &str) -> Ran {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_breachdrill"));
    command.args(words).current_dir(cli.path(".")).env("LC_ALL", locale).env_remove("LANGUAGE");
    Ran::of(&command.output().unwrap())
}

#[test]
fn the_doctor_the_manual_and_completions_speak_german() {
    let cli = Cli::new();
    let doctor = cli.ok(&["doctor", "--lang", "de"]);
    assert!(doctor.contains("\ngut     Terminal    hier ist kein Terminal"), "{doctor}");
    assert_german("doctor", &doctor);
    let json = cli.ok(&["doctor", "--json", "--lang", "de"]);
    assert_eq!(json, cli.ok(&["doctor", "--json"]), "what programs read stays as it is");
    std::fs::create_dir_all(cli.data()).unwrap();
    std::fs::write(cli.data().join("journal.db"), "not a database, and long enough to be read as one")
        .unwrap();
    let ill = cli.run(&["doctor", "--lang", "de"]);
    assert!(ill.code == 1 && ill.out.contains("\nprüfen  Übungen"), "{}", ill.out);
    let man = cli.ok(&["man", "--lang", "de"]);
    assert!(man.contains(".SH AUFRUF\n") && man.contains("[Standard: auto]"), "{man}");
    let prose: String =
        man.lines().filter(|line| !line.starts_with(['.', '\\'])).collect::<Vec<_>>().join("\n");
    assert_german("man", &prose);
    for shell in ["zsh", "fish"] {
        let script = cli.ok(&["completions", shell, "--lang", "de"]);
        assert!(script.contains("Eine Übung allein spielen") && !script.contains("Print help"), "{script}");
        assert!(script.contains("first-light"), "scripts are still offered");
    }
}

#[test]
fn examples_of_the_german_help_work() {
    let cli = Cli::new();
    for words in [
        "list --audience alle --minutes 10 --lang de",
        "list --stage Recht --level Fortgeschrittene --lang de",
        "show first-light-de --lang de",
    ] {
        cli.ok(&words.split(' ').collect::<Vec<_>>());
    }
    cli.ok(&["list", "--class", "kein Vorfall", "--lang", "de"]);
}

#[test]
fn words_are_offered_and_taken_in_german() {
    let cli = Cli::new();
    let refused = |args: &[&str]| {
        let ran = cli.run(&[args, &["--lang", "de"]].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        ran.err
    };
    let stages = refused(&["list", "--stage", "foo"]);
    for part in ["es gibt: ", "Recht und Compliance", ", Lehren", "Schulung und Sensibilisierung"] {
        assert!(stages.contains(part), "{part}: {stages}");
    }
    assert!(!stages.contains("lessons") && !stages.contains("legal"), "{stages}");
    let classes = refused(&["list", "--class", "foo"]);
    assert!(classes.contains("Betrug") && classes.contains("kein Vorfall"), "{classes}");
    assert!(!classes.contains("fraud"), "{classes}");
    let near = refused(&["list", "--class", "Betrag"]);
    assert!(near.contains("meinten Sie `Betrug`?"), "{near}");
    assert_eq!(
        cli.ok(&["list", "--class", "Betrug", "--lang", "de"]),
        cli.ok(&["list", "--class", "fraud", "--lang", "de"]),
        "either will do"
    );
    assert_eq!(
        cli.ok(&["list", "--stage", "Schulung", "--lang", "de"]),
        cli.ok(&["list", "--stage", "training", "--lang", "de"]),
    );
    let none = refused(&["new", "x.ron", "--audience", "Kinder"]);
    assert!(none.contains("[mögliche Werte: alle, Einsatzkräfte, Leitung]"), "{none}");
    let help = cli.ok(&["new", "--help", "--lang", "de"]);
    assert!(help.contains("- Leitung:"), "{help}");
    let english = cli.ok(&["new", "--help", "--lang", "en"]);
    assert!(english.contains("- leadership:"), "{english}");
}

#[test]
fn a_new_script_is_announced_in_german() {
    let cli = Cli::new();
    for (row, word) in ["alle", "Einsatzkräfte", "Leitung", "leadership"].into_iter().enumerate() {
        let name = format!("{row}.ron");
        let ran = cli.run(&["new", &name, "--title", "Neu", "--audience", word, "--lang", "de"]);
        assert_eq!(ran.code, 0, "{word}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("Geschrieben: {name} („Neu“, ")), "{}", ran.err);
        assert!(
            ran.err.ends_with(&format!("Weiter: in einem Editor öffnen, dann breachdrill check {name}\n"))
        );
    }
    let read = |row: usize| std::fs::read_to_string(cli.path(&format!("{row}.ron"))).unwrap();
    assert_eq!(read(2), read(3), "a word of either language");
    assert_ne!(read(0), read(1));
    let again = cli.run(&["new", "0.ron", "--lang", "de"]);
    assert!(again.code == 1 && again.err.contains("nehmen Sie einen anderen Namen"), "{}", again.err);
}

#[test]
fn the_list_marks_scripts_in_other_languages_and_leads_to_one_in_german() {
    let cli = Cli::new();
    let list = cli.run(&["list", "--lang", "de"]);
    assert!(list.err.contains("Weiter: breachdrill play first-light-de"), "{}", list.err);
    let facts = |name: &str, list: &str| {
        let mut lines = list.lines().skip_while(|line| *line != name);
        lines.nth(1).unwrap().to_owned()
    };
    assert!(facts("first-light", &list.out).ends_with(" · en"), "{}", list.out);
    assert!(!facts("first-light-de", &list.out).contains(" · de"), "{}", list.out);
    let english = cli.run(&["list", "--lang", "en"]);
    let leads =
        english.err.contains("Next: breachdrill play first-light") && !english.err.contains("first-light-");
    assert!(leads, "{}", english.err);
    assert!(facts("first-light-de", &english.out).ends_with(" · de"), "{}", english.out);
    assert!(!facts("first-light", &english.out).contains(" · en"), "{}", english.out);
}

#[test]
fn what_is_no_evidence_file_is_told_so() {
    let cli = Cli::new();
    let readme = cli.write("README.md", "# Lies mich\n");
    for command in ["verify", "debrief"] {
        for (lang, says) in
            [("de", "ist keine Beweisdatei von breachdrill"), ("en", "is no evidence file of breachdrill")]
        {
            let ran = cli.run(&[command, &readme, "--lang", lang]);
            assert!(ran.code == 1 && ran.err.contains(says), "{command} {lang}: {}", ran.err);
            assert!(ran.err.contains("breachdrill export "), "and what to do: {}", ran.err);
        }
    }
    cli.ok(&["play", "first-light-de", "--seed", "1", "--answers", &answers("first-light-de-good")]);
    cli.ok(&["export", "--output", "it.jsonl"]);
    let whole = cli.ok(&["verify", "it.jsonl", "--lang", "de"]);
    assert!(whole.contains(" Einträge, ") && whole.contains("\nEndprüfsumme "), "{whole}");
    let text = std::fs::read_to_string(cli.path("it.jsonl")).unwrap();
    let altered = cli.write("altered.jsonl", &text.replacen("\"n\":2", "\"n\":3", 1));
    let ran = cli.run(&["verify", &altered, "--lang", "de"]);
    assert!(ran.code == 1 && ran.err.contains("\n  "), "{}", ran.err);
    assert!(!ran.err.contains("Hilfe:"), "a finding is no help: {}", ran.err);
}

#[test]
fn a_debrief_is_written_as_its_file_ends_or_not_at_all() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light-de", "--seed", "1", "--answers", &answers("first-light-de-good")]);
    let ran = cli.run(&["debrief", "-o", "x.pdf", "--lang", "de"]);
    assert!(ran.code == 2 && !cli.path("x.pdf").exists(), "{}", ran.err);
    assert!(ran.err.contains("`.pdf`") && ran.err.contains(".txt, .md, .html oder .json"), "{}", ran.err);
    for (file, begins) in [("x.txt", "ÜBUNG · "), ("x.md", "ÜBUNG · "), ("x.json", "{"), ("x.html", "<!DOC")]
    {
        cli.ok(&["debrief", "-o", file, "--lang", "de"]);
        let text = std::fs::read_to_string(cli.path(file)).unwrap();
        assert!(text.starts_with(begins), "{file}: {text:.60}");
    }
    cli.ok(&["debrief", "-o", "y.pdf", "--format", "md", "--lang", "de"]);
}
