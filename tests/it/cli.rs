//! The command line: what is printed where, exit codes, and clear errors.

use crate::support::MACHINE_ROOM;
use crate::support::cli::{Cli, answers};

const SCRIPTS: [&str; 3] = ["first-light", "friday-invoice", "ward-round"];

#[test]
fn exit_codes_are_few_and_as_documented() {
    let cli = Cli::new();
    assert_eq!(cli.run(&["list"]).code, 0);
    assert_eq!(cli.run(&["verify", "missing.jsonl"]).code, 1);
    assert_eq!(cli.run(&["debrief"]).code, 1, "no drill has been played here");
    assert_eq!(cli.run(&["dance"]).code, 2);
    assert_eq!(cli.run(&["play", "no-such-script"]).code, 2);
    let bad = cli.write("bad.ron", "Scenario(title: 3)");
    assert_eq!(cli.run(&["check", &bad]).code, 3);
    assert_eq!(cli.run(&["play", &bad]).code, 3);
    let bad_line = answers("first-light-bad");
    let play = ["play", "first-light", "--seed", "1", "--answers", &bad_line, "--min-score", "90"];
    assert_eq!(cli.run(&play).code, 4);
    let help = cli.ok(&["--help"]);
    for line in ["0 done", "1 failure", "2 wrong command line", "3 the script", "4 below", "130 interrupted"]
    {
        assert!(help.contains(line), "{line}");
    }
}

#[test]
fn near_misses_are_suggested() {
    let cli = Cli::new();
    let ran = cli.run(&["play", "frist-light"]);
    assert!(ran.err.contains("did you mean `first-light`"), "{}", ran.err);
    let ran = cli.run(&["explain", "unknown-injekt"]);
    assert!(ran.err.contains("unknown-inject"), "{}", ran.err);
}

#[test]
fn the_catalogue_of_duties_is_listed() {
    let cli = Cli::new();
    let listed = |args: &[&str]| cli.ok(args).split_whitespace().collect::<Vec<_>>().join(" ");
    let all = listed(&["duties"]);
    assert!(
        all.contains("eu-gdpr-33") && all.contains("us-sec-8k") && all.contains("verify the rule itself")
    );
    let union = listed(&["duties", "--in", "union"]);
    assert!(union.contains("eu-nis2-23-early-warning") && !union.contains("us-sec-8k"), "{union}");
    assert!(
        union.contains("72 hours from awareness, to supervisory authority (checked 2026-11-25)"),
        "{union}"
    );
    let one = listed(&["duties", "br-lgpd"]);
    assert!(one.contains("Deadline: 3 business days") && one.contains("Checked: 2026-11-25"), "{one}");
    let rule = cli.json(&["duties", "eu-gdpr-33", "--json"]);
    assert_eq!((&rule["format"], &rule["starts"]), (&"breachdrill/duty/1".into(), &"awareness".into()));
    let rules = cli.json(&["duties", "--in", "Brazil", "--json"]);
    assert_eq!(
        (&rules["format"], rules["duties"].as_array().unwrap().len()),
        (&"breachdrill/duties/1".into(), 1)
    );
    let near = cli.run(&["duties", "eu-gdpr-3"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("did you mean `eu-gdpr-33`"), "{}", near.err);
    assert_eq!(cli.run(&["duties", "--in", "Atlantis"]).code, 2);
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let cli = Cli::new();
    let bare = cli.run(&[]);
    assert_eq!(bare.code, 0);
    assert!(bare.out.contains("Usage: breachdrill"), "the bare command prints help: {}", bare.out);
    let play = cli.run(&["play"]);
    assert_eq!(play.code, 2);
    assert!(play.err.contains("SCRIPT"), "it says what would have answered: {}", play.err);
    let forget = cli.run(&["forget", "--person", "Nobody"]);
    assert_ne!(forget.code, 0);
    assert!(forget.err.contains("--yes") || forget.err.contains("no drill"), "{}", forget.err);
}

#[test]
fn a_drill_goes_from_script_to_debrief_without_a_person() {
    let cli = Cli::new();
    for script in SCRIPTS {
        let file = answers(&format!("{script}-good"));
        let played = cli.json(&["play", script, "--seed", "7", "--answers", &file, "--json"]);
        assert_eq!(played["format"], "breachdrill/debrief/1", "{script}");
        for format in ["terminal", "markdown", "html", "json"] {
            let text = cli.ok(&["debrief", "--format", format]);
            assert!(text.contains("EXERCISE") || format == "json", "{script} as {format}");
        }
    }
    let drills = cli.json(&["drills", "--json"]);
    assert_eq!(drills["drills"].as_array().unwrap().len(), 3);
    assert!(cli.ok(&["replay"]).contains("EXERCISE"));
}

#[test]
fn what_was_exported_verifies_and_can_be_debriefed_elsewhere() {
    let (here, there) = (Cli::new(), Cli::new());
    let good = answers("first-light-good");
    here.ok(&["play", "first-light", "--seed", "7", "--answers", &good, "--name", "Amber"]);
    let file = here.path("drill.jsonl").to_string_lossy().into_owned();
    here.ok(&["export", "--output", &file]);
    assert!(there.ok(&["verify", &file]).contains("not altered") || there.run(&["verify", &file]).code == 0);
    let ours: serde_json::Value = here.json(&["debrief", "--format", "json"]);
    let theirs: serde_json::Value = there.json(&["debrief", &file, "--format", "json"]);
    assert_eq!(ours["decisions"], theirs["decisions"]);
    let text = std::fs::read_to_string(&file).unwrap();
    let altered = there.write("altered.jsonl", &text.replacen("\"at\":", "\"at\":1", 2));
    let ran = there.run(&["verify", &altered]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("line"), "it names the place: {}", ran.err);
}

#[test]
fn a_person_is_forgotten_and_the_chain_still_verifies() {
    let cli = Cli::new();
    let script = cli.write("room.ron", MACHINE_ROOM);
    let steps = cli.write(
        "steps.ron",
        r#"Answers(steps: [(at: "1m", does: Note("a very private remark")), (at: "2m", does: End)])"#,
    );
    cli.ok(&["play", &script, "--seed", "1", "--answers", &steps, "--name", "Xanthippe"]);
    assert!(cli.ok(&["debrief", "--format", "markdown"]).contains("a very private remark"));
    cli.ok(&["forget", "--person", "Xanthippe", "--yes"]);
    assert!(!cli.ok(&["debrief", "--format", "markdown"]).contains("private remark"));
    let file = cli.path("e.jsonl").to_string_lossy().into_owned();
    cli.ok(&["export", "--output", &file]);
    cli.ok(&["verify", &file]);
    for entry in walk(&cli.data()) {
        let bytes = std::fs::read(&entry).unwrap();
        for secret in ["private remark", "Xanthippe"] {
            let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
            assert!(!found, "{secret} is still in {}", entry.display());
        }
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn new_writes_a_script_that_checks_clean_and_overwrites_nothing_unasked() {
    let cli = Cli::new();
    cli.ok(&["new", "lost-laptop.ron", "--audience", "responders", "--minutes", "20"]);
    cli.ok(&["check", "lost-laptop.ron", "--strict"]);
    let again = cli.run(&["new", "lost-laptop.ron"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("--force"), "{}", again.err);
    let text = std::fs::read_to_string(cli.path("lost-laptop.ron")).unwrap();
    assert!(text.contains("Lost laptop"), "the title comes from the file's name");
}

#[test]
fn results_go_to_standard_output_and_talk_does_not() {
    let cli = Cli::new();
    let ran = cli.run(&["list"]);
    assert!(ran.out.contains("first-light") && !ran.out.contains("Next:"));
    assert!(ran.err.contains("Next: breachdrill play"));
    assert!(!ran.out.contains('\u{1b}'), "no colour without a terminal");
    assert!(cli.run(&["list", "--quiet"]).err.is_empty());
    let list = cli.json(&["list", "--json"]);
    assert_eq!(list["format"], "breachdrill/list/1");
    assert!(cli.ok(&["completions", "bash"]).contains("breachdrill"));
    assert!(cli.ok(&["man"]).contains(".TH"));
    assert_eq!(cli.json(&["doctor", "--json"])["format"], "breachdrill/doctor/1");
}

#[test]
fn what_is_forgotten_is_gone_from_the_pages_too() {
    let cli = Cli::new();
    let good = answers("first-light-good");
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &good, "--name", "Xanthippe"]);
    let pages = cli.data().join("debriefs");
    std::fs::create_dir_all(&pages).unwrap();
    let page = pages.join("page.html");
    cli.ok(&["debrief", "--format", "html", "--output", &page.to_string_lossy()]);
    assert!(std::fs::read_to_string(&page).unwrap().contains("Xanthippe"));
    cli.ok(&["forget", "--person", "Xanthippe", "--yes"]);
    assert!(!page.exists(), "a page that `--open` wrote holds the name as well");
}

#[test]
fn what_cannot_be_undone_wants_more_than_a_letter() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let drills = cli.json(&["drills", "--json"]);
    let id = drills["drills"][0]["id"].as_str().unwrap();
    assert_eq!(cli.run(&["forget", &id[..1], "--yes"]).code, 2);
    assert_eq!(cli.run(&["forget", &id[..8]]).code, 2, "without a terminal it wants --yes");
    cli.ok(&["forget", &id[..8], "--yes"]);
}

#[test]
fn the_debriefs_own_advice_works() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let told = cli.ok(&["debrief"]);
    let words: Vec<&str> = told.split_whitespace().collect();
    let at = words.iter().position(|w| *w == "export").expect("it says how to verify");
    let (id, file) = (words[at + 1], words[at + 3]);
    cli.ok(&["export", id, "-o", file]);
    for what in [id, file] {
        assert!(cli.ok(&["verify", what]).contains("not altered"), "{what}");
    }
    assert!(cli.ok(&["verify"]).contains("not altered"), "the last drill, if none is named");
}

#[cfg(unix)]
#[test]
fn file_names_cannot_act_on_the_terminal() {
    let cli = Cli::new();
    let hostile = "w\u{1b}]0;pwn\u{7}\u{202e}x.ron";
    cli.write(hostile, "Scenario(title: 3)");
    let there = ["check", "play", "show", "new", "verify", "debrief"];
    let missing = "m\u{1b}[2J.ron";
    for (command, file) in there.iter().flat_map(|c| [(c, hostile), (c, missing)]) {
        let ran = cli.run(&[command, file]);
        for text in [&ran.out, &ran.err] {
            let acts = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(acts, None, "{command} {file:?}: {text:?}");
        }
    }
}

#[test]
fn a_missing_file_does_not_hide_the_others() {
    let cli = Cli::new();
    let bad = cli.write("bad.ron", "Scenario(title: 3)");
    let ran = cli.run(&["check", "first-light", "missing.ron", &bad]);
    assert!(ran.err.contains("missing.ron") && ran.err.contains("bad.ron"), "{}", ran.err);
    assert_eq!(ran.code, 3);
    let ran = cli.run(&["check", "missing.ron", "--json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&ran.out).is_ok(), "{}", ran.out);
}

#[test]
fn an_unfinished_drill_has_no_debrief_and_can_be_ended() {
    let cli = Cli::new();
    let script = cli.write("room.ron", MACHINE_ROOM);
    let mut child = cli.command(&["play", &script, "--plain", "--untimed", "--seed", "1"]);
    let mut child =
        child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"\nw\n").unwrap();
    child.wait_with_output().unwrap();
    for what in [&["debrief"][..], &["debrief", "--format", "json"]] {
        let ran = cli.run(what);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "nothing of the key is said");
        assert!(ran.err.contains("is not over") && ran.err.contains("resume"), "{}", ran.err);
    }
    let file = cli.path("open.jsonl").to_string_lossy().into_owned();
    let refused = cli.run(&["export", "--output", &file]);
    assert!(refused.code == 1 && refused.err.contains("--unfinished"), "{}", refused.err);
    assert!(!cli.path("open.jsonl").exists());
    let spoilers = cli.run(&["show", &script, "--spoilers"]);
    assert!(spoilers.code == 1 && !spoilers.out.contains("spoilers"), "{}", spoilers.out);
    assert!(cli.ok(&["show", &script, "--spoilers", "--unfinished"]).contains("Run of show"));
    for command in [&["explore"][..], &["graph"], &["simulate", "-n", "8"], &["check", "--prove"]] {
        let refused = cli.run(&[command, &[script.as_str()]].concat());
        assert!(refused.code == 1 && refused.err.contains("--unfinished"), "{}", refused.err);
        assert!(refused.out.is_empty());
    }
    assert!(cli.ok(&["graph", &script, "--unfinished"]).contains("<svg"));
    cli.ok(&["simulate", "-n", "8", &script, "--unfinished"]);
    cli.ok(&["check", "--prove", &script, "--unfinished"]);
    cli.ok(&["check", &script]);
    cli.ok(&["export", "--output", &file, "--unfinished"]);
    assert_eq!(cli.run(&["debrief", &file]).code, 1, "nor of its evidence file");
    assert!(cli.ok(&["verify", &file]).contains("not over"));
    assert!(cli.ok(&["resume", "--end"]).contains("EXERCISE"));
    cli.ok(&["debrief"]);
}

#[test]
fn what_is_no_evidence_file_is_told_as_what_it_is() {
    let cli = Cli::new();
    let folder = cli.run(&["verify", "."]);
    assert!(folder.code == 1 && folder.err.contains("is a folder"), "{}", folder.err);
    let file = std::fs::File::create(cli.path("huge.jsonl")).unwrap();
    file.set_len((256 << 20) + 1).unwrap();
    let huge = cli.run(&["verify", "huge.jsonl"]);
    assert!(huge.code == 1 && huge.err.contains("larger than an evidence file"), "{}", huge.err);
}

#[test]
fn nothing_that_was_not_begun_is_said_to_be_saved() {
    let cli = Cli::new();
    let ran = cli.run(&["play", "first-light", "--plain"]);
    assert!(ran.err.contains("nothing was kept"), "{}", ran.err);
    assert!(!ran.out.contains("saved"), "{}", ran.out);
}

#[test]
fn a_missing_key_is_told_and_reading_makes_none() {
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let file = cli.path("drill.jsonl").to_string_lossy().into_owned();
    cli.ok(&["export", "-o", &file]);
    std::fs::remove_file(cli.data().join("signing.key")).unwrap();
    for command in ["drills", "debrief", "export"] {
        let ran = cli.run(&[command]);
        assert!(ran.code == 1 && ran.err.contains("signing.key is gone"), "{command}: {}", ran.err);
    }
    assert!(!cli.data().join("signing.key").exists());
    cli.ok(&["debrief", &file]);
}

/// As somebody who may read the data folder and not write it: nobody, if the tests run as root.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_read() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let cli = Cli::new();
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let set = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let root = std::fs::metadata(cli.data()).unwrap().uid() == 0;
    let program = cli.path("breachdrill");
    std::fs::copy(env!("CARGO_BIN_EXE_breachdrill"), &program).unwrap();
    let (outer, drills) = (cli.path(""), cli.data().join("drills"));
    walk(&cli.data()).iter().for_each(|file| set(file, 0o444));
    [&cli.data(), &drills, &outer, &program].into_iter().for_each(|path| set(path, 0o555));
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(&program);
        command.args(args).arg("--data-dir").arg(cli.data()).stdin(std::process::Stdio::null());
        if root {
            command.uid(65_534).gid(65_534);
        }
        crate::support::cli::Ran::of(&command.output().unwrap())
    };
    let read: &[&[&str]] = &[&["drills"], &["debrief"], &["replay"], &["export"], &["verify"]];
    for args in read {
        let ran = run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(!ran.out.is_empty());
    }
    let play = run(&["play", "first-light", "--plain"]);
    [&cli.data(), &drills, &outer].into_iter().for_each(|path| set(path, 0o755));
    assert!(play.code == 1 && play.err.contains("read but not written"), "{}", play.err);
    let names: Vec<_> = walk(&cli.data());
    assert!(!names.iter().any(|n| n.to_string_lossy().ends_with("-shm")), "nothing was made: {names:?}");
}

#[test]
fn a_drill_begun_and_ended_beside_an_unfinished_one_is_no_key() {
    let cli = Cli::new();
    let begin = |script: &str, typed: &[u8]| {
        let mut child = cli.command(&["play", script, "--plain", "--untimed", "--seed", "1"]);
        let mut child = child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        child = child.stderr(std::process::Stdio::piped());
        let mut child = child.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), typed).unwrap();
        crate::support::cli::Ran::of(&child.wait_with_output().unwrap())
    };
    begin("first-light", b"\nw\n");
    // The same story in another language is the same story.
    let ended = begin("first-light-de", b"\nend\ny\n");
    assert!(ended.code == 1 && ended.err.contains("is unfinished"), "{} {}", ended.out, ended.err);
    assert!(!ended.out.contains("EXERCISE ·"), "no debrief: {}", ended.out);
    for command in [&["debrief"][..], &["what-if"], &["export"], &["show", "first-light-de", "--spoilers"]] {
        let refused = cli.run(command);
        assert!(refused.code == 1 && refused.err.contains("--unfinished"), "{command:?} {}", refused.err);
        assert_eq!(refused.out, "", "{command:?}");
    }
    assert!(cli.ok(&["debrief", "--unfinished"]).contains("EXERCISE"));
    // Once the first is over there is nothing to keep.
    let drills = cli.json(&["drills", "--json"]);
    let open = drills["drills"].as_array().unwrap().iter().find(|drill| drill["state"] == "unfinished");
    let id = open.unwrap()["id"].as_str().unwrap().to_owned();
    assert!(cli.ok(&["resume", &id, "--end"]).contains("EXERCISE"));
    assert!(cli.ok(&["debrief"]).contains("EXERCISE"));
}
