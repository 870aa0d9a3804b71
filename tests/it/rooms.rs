//! Rooms on the command line: listed, told, exported, verified, erased, and forgotten when their time has passed.

use std::time::{SystemTime, UNIX_EPOCH};

use breachdrill::journal::RoomId;

use crate::journal::room::{OTHER, TEAM, host_in};
use crate::support::cli::{Cli, answers};

/// Milliseconds since 1970, so many days ago.
#[expect(clippy::disallowed_methods, reason = "a room is kept for so many real days")]
fn days_ago(days: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    u64::try_from(now).unwrap() - days * 86_400_000
}

/// A data folder with a room that was opened so many days ago, and is to be kept for thirty.
fn hosted(days: u64, closed: bool) -> (Cli, RoomId, String) {
    let cli = Cli::new();
    let id = host_in(&cli.data(), days_ago(days), closed);
    (cli, id, id.short())
}

#[cfg_attr(not(feature = "host"), ignore = "it speaks of the host")]
#[test]
fn rooms_stand_among_the_drills() {
    let (cli, id, short) = hosted(1, true);
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    let ran = cli.run(&["drills"]);
    let rows: Vec<&str> = ran.out.lines().collect();
    assert_eq!(rows.len(), 2, "{}", ran.out);
    assert!(rows[0].contains("finished") && rows[1].starts_with(&short), "the last on top: {}", ran.out);
    for part in ["room: ", "closed", "2 persons", "kept until"] {
        assert!(rows[1].contains(part), "{part}: {}", rows[1]);
    }
    let list = cli.json(&["drills", "--json"]);
    assert_eq!(list["drills"].as_array().unwrap().len(), 1);
    let room = &list["rooms"][0];
    assert_eq!(room["id"], id.to_string());
    assert_eq!((room["state"].as_str(), room["people"].as_u64()), (Some("closed"), Some(2)));
    assert_eq!(room["way"], "together");
    let german = cli.ok(&["drills", "--lang", "de"]);
    assert!(german.contains("Raum") && german.contains("geschlossen"), "{german}");
    let (alone, _, short) = hosted(1, false);
    let next = alone.run(&["drills"]).err;
    assert!(next.contains(&format!("breachdrill host --again {short}")), "{next}");
}

#[test]
fn a_room_s_debrief_comes_in_every_form() {
    let (cli, id, short) = hosted(1, true);
    for (file, holds) in [
        ("room.html", "<svg"),
        ("room.md", "# "),
        ("room.json", "\"breachdrill/group/1\""),
        ("room.csv", "team,team_name,decision"),
    ] {
        let ran = cli.run(&["debrief", &short, "--output", file]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let text = std::fs::read_to_string(cli.path(file)).unwrap();
        assert!(text.contains(holds), "{file}: {text}");
    }
    let said = cli.ok(&["debrief", &short]);
    assert!(said.contains(TEAM) && !said.contains("| ---") && !said.contains("**"), "for a terminal: {said}");
    let marked = cli.ok(&["debrief", &id.to_string(), "--format", "markdown"]);
    assert!(marked.contains(TEAM) && marked.contains("| ---"), "{marked}");
    let attended = cli.ok(&["debrief", &short, "--format", "attendance"]);
    assert!(attended.starts_with("number,name,team") && attended.contains(OTHER), "{attended}");
    assert_eq!(cli.json(&["debrief", &short, "--json"])["format"], "breachdrill/group/1");
    let again = cli.run(&["debrief", &short, "--output", "room.html"]);
    assert!(again.code == 1 && again.err.contains("--force"), "{}", again.err);
}

#[test]
fn what_only_rooms_or_only_drills_have_is_said() {
    let (cli, _, short) = hosted(1, true);
    cli.ok(&["play", "first-light", "--seed", "7", "--answers", &answers("first-light-good")]);
    for format in ["csv", "attendance"] {
        let ran = cli.run(&["debrief", "--format", format]);
        assert!(ran.code == 2 && ran.err.contains("only a room"), "{}", ran.err);
    }
    for command in ["replay", "what-if", "retry", "resume"] {
        let mut args = vec![command, &short];
        if command == "retry" {
            args.extend(["--at", "first-look"]);
        }
        let ran = cli.run(&args);
        assert!(ran.code == 2 && ran.err.contains("is a room"), "{command}: {} {}", ran.code, ran.err);
        assert!(ran.err.contains(&format!("breachdrill debrief {short}")), "{command}: {}", ran.err);
    }
}

#[cfg_attr(not(feature = "host"), ignore = "it speaks of the host")]
#[test]
fn a_room_that_is_not_over_keeps_its_key() {
    let (cli, _, short) = hosted(1, false);
    for command in ["debrief", "export"] {
        let ran = cli.run(&[command, &short]);
        assert!(ran.code == 1 && ran.err.contains("is not over"), "{command}: {}", ran.err);
        assert!(ran.err.contains(&format!("breachdrill host --again {short}")) && ran.out.is_empty());
        assert_eq!(cli.run(&[command, &short, "--unfinished"]).code, 0, "{command}");
    }
}

#[test]
fn a_room_s_evidence_file_is_taken_wherever_a_drill_s_is() {
    let (cli, id, short) = hosted(1, true);
    let ran = cli.run(&["export", &short, "--output", "room.jsonl"]);
    assert!(ran.code == 0 && ran.err.contains("breachdrill verify room.jsonl"), "{}", ran.err);
    assert_eq!(cli.ok(&["export", &short]), std::fs::read_to_string(cli.path("room.jsonl")).unwrap());
    assert_eq!(cli.run(&["export", &short, "--output", "room.jsonl"]).code, 1, "never overwritten");
    for what in ["room.jsonl", &short] {
        let said = cli.ok(&["verify", what]);
        assert!(
            said.contains("was not altered") && said.contains("head ") && said.contains("signed with"),
            "{said}"
        );
        let json = cli.json(&["verify", what, "--json"]);
        assert_eq!((&json["altered"], &json["room"]), (&false.into(), &id.to_string().into()));
    }
    assert_eq!(cli.ok(&["debrief", "room.jsonl"]), cli.ok(&["debrief", &short]));
    let elsewhere = Cli::new();
    let file = cli.path("room.jsonl").to_string_lossy().into_owned();
    let said = elsewhere.ok(&["debrief", &file]);
    assert!(!said.contains(TEAM) && !said.contains(OTHER), "{said}");
    elsewhere.ok(&["verify", &file]);
    let ran = elsewhere.run(&["replay", &file]);
    assert!(ran.code == 2 && ran.err.contains("is a room"), "{}", ran.err);
    let text = std::fs::read_to_string(&file).unwrap();
    elsewhere.write("changed.jsonl", &text.replace("\"pace\":6", "\"pace\":7"));
    for command in ["verify", "debrief"] {
        let ran = elsewhere.run(&[command, "changed.jsonl"]);
        assert_eq!(ran.code, 1, "{command}: {}", ran.err);
    }
    let json = elsewhere.run(&["verify", "changed.jsonl", "--json"]);
    assert!(json.code == 1 && json.out.contains("\"altered\": true"), "{}", json.out);
}

#[test]
fn somebody_in_a_room_and_a_whole_room_are_erased() {
    let (cli, _, short) = hosted(1, true);
    cli.ok(&["debrief", &short, "--format", "attendance"]);
    let nobody = cli.run(&["forget", &short, "--member", "Nobody", "--yes"]);
    assert!(nobody.code == 1 && nobody.err.contains("nobody in room"), "{}", nobody.err);
    let like = cli.run(&["forget", &short, "--member", "bram otterby", "--yes"]);
    assert!(like.code == 1 && like.err.contains(OTHER), "{}", like.err);
    let unasked = cli.run(&["forget", &short, "--member", OTHER]);
    assert!(unasked.code == 2 && unasked.err.contains("--yes"), "{}", unasked.err);
    let ran = cli.run(&["forget", &short, "--member", OTHER, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!cli.ok(&["debrief", &short, "--format", "attendance"]).contains(OTHER));
    assert!(cli.ok(&["verify", &short]).contains("was not altered"), "and the chain still holds");
    let drill = cli.run(&["forget", &short[..3], "--yes"]);
    assert!(drill.code == 2 && drill.err.contains("too short"), "{}", drill.err);
    let unasked = cli.run(&["forget", &short]);
    assert!(unasked.code == 2 && unasked.err.contains("erase room"), "{}", unasked.err);
    let ran = cli.run(&["forget", &short, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(cli.ok(&["drills"]).contains("forgotten"));
    for command in ["debrief", "export", "verify"] {
        let gone = cli.run(&[command, &short]);
        assert!(gone.code == 1 && gone.err.contains("was erased"), "{command}: {}", gone.err);
    }
}

#[test]
fn a_room_is_forgotten_when_its_time_has_passed_and_not_before() {
    let (young, _, short) = hosted(29, true);
    assert!(!young.ok(&["drills"]).contains("forgotten"));
    young.ok(&["debrief", &short, "--output", "room.html"]);
    let (old, _, short) = hosted(31, true);
    let file = old.data().join("debriefs").join(format!("{short}.html"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, "a page that was shown").unwrap();
    let ran = old.run(&["drills", "--quiet"]);
    assert!(ran.out.contains("forgotten"), "{}", ran.out);
    assert!(ran.err.contains(&short) && ran.err.contains("was to be kept until"), "{}", ran.err);
    assert!(!file.exists(), "what was shown of it goes too");
    assert!(!old.run(&["drills"]).err.contains("was to be kept"), "that is said once");
    let (open, _, short) = hosted(31, false);
    let gone = open.run(&["debrief", &short]);
    assert!(gone.code == 1 && gone.err.contains("was erased"), "{}", gone.err);
}

#[cfg(feature = "host")]
mod host {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::process::Stdio;

    use rcgen::{CertificateParams, KeyPair, date_time_ymd};

    use crate::support::cli::Cli;

    fn made(cli: &Cli, name: &str, until: i32) {
        let mut params = CertificateParams::new(["drill.example".to_owned()]).unwrap();
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(until, 1, 1));
        let key = KeyPair::generate().unwrap();
        cli.write(&format!("{name}.pem"), &params.self_signed(&key).unwrap().pem());
        cli.write(&format!("{name}.key"), &key.serialize_pem());
    }

    #[test]
    fn a_certificate_that_is_not_fit_stops_before_a_room_is_opened() {
        let cli = Cli::new();
        made(&cli, "good", 2090);
        made(&cli, "old", 2021);
        made(&cli, "other", 2090);
        for (cert, key, code, words) in [
            ("gone.pem", "good.key", 1, "gone.pem cannot be read"),
            ("good.pem", "gone.key", 1, "gone.key cannot be read"),
            ("good.pem", "other.key", 1, "other.key: the private key in it is not the one"),
            ("old.pem", "old.key", 1, "old.pem: the certificate expired on"),
            ("good.key", "good.key", 1, "good.key: no certificate"),
            ("good.pem", "good.pem", 1, "good.pem: no private key"),
        ] {
            let ran = cli.run(&["host", "first-light", "--port", "0", "--cert", cert, "--key", key]);
            assert_eq!(ran.code, code, "{cert} {key}: {}", ran.err);
            assert!(ran.err.contains(words), "{cert} {key}: {}", ran.err);
        }
        assert_eq!(cli.run(&["host", "first-light", "--cert", "good.pem"]).code, 2, "the key is wanted too");
        assert!(!cli.data().join("rooms").exists(), "nothing was opened");
    }

    #[test]
    fn a_room_with_a_certificate_says_so_in_its_links() {
        let cli = Cli::new();
        made(&cli, "good", 2090);
        let args = [
            "host",
            "first-light",
            "--port",
            "0",
            "--keep",
            "12w",
            "--cert",
            "good.pem",
            "--key",
            "good.key",
        ];
        let mut command = cli.command(&args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let link = lines.by_ref().map(Result::unwrap).find(|line| line.contains("/trainer#")).unwrap();
        let address = link.split("https://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        assert!(address.starts_with("drill.example:"), "{link}");
        let port = address.rsplit(':').next().unwrap();
        let mut socket = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
        write!(socket, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = String::new();
        let _ = socket.read_to_string(&mut answer);
        assert!(answer.contains(&format!("Location: https://{address}/")), "{answer}");
        child.kill().unwrap();
        let _ = child.wait();
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert!(told.contains("kept until") && !told.contains("Mind:"), "{told}");
        let rooms = cli.json(&["drills", "--json"]);
        assert!(rooms["rooms"][0]["kept_until"].is_string(), "{rooms}");
    }

    /// Runs a host for as long as it takes to say its links; the first of them.
    fn link(cli: &Cli, args: &[&str]) -> String {
        let mut child = cli.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.map(Result::unwrap).find(|line| line.contains("/trainer#"));
        // Where people come in is written down before anything is said.
        child.kill().unwrap();
        child.wait().unwrap();
        let said = said.expect("the trainer's link");
        said.split_whitespace().find(|word| word.contains("://")).unwrap().to_owned()
    }

    #[test]
    fn a_room_that_is_taken_up_again_is_where_it_was() {
        let cli = Cli::new();
        let at = |link: &str| link.split('/').nth(2).unwrap().to_owned();
        let first = at(&link(&cli, &["host", "first-light", "--port", "0"]));
        assert_eq!(at(&link(&cli, &["host", "--again"])), first, "the port is the same");
        let moved = at(&link(&cli, &["host", "--again", "--port", "0"]));
        assert_ne!(moved, first);
        assert_eq!(at(&link(&cli, &["host", "--again"])), moved, "and so is the one it moved to");
    }
}
