//! A drill that is killed at any instant goes on where it stood.

use std::time::{Duration, Instant};

use crate::support::cli::{Cli, answers};

const KILLS: u32 = 200;

/// The facts of the last drill as its evidence file has them, without the pauses of interruptions.
fn facts(cli: &Cli) -> Vec<String> {
    let file = cli.ok(&["export", "--unfinished"]);
    file.lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|line| line.get("fact").is_some())
        .filter(|line| {
            !line["fact"].to_string().contains("\"paused\"") && !line["fact"].to_string().contains("resumed")
        })
        .map(|mut line| {
            unsealed(&mut line);
            line["fact"].to_string()
        })
        .collect()
}

/// Words are sealed with a key of each data folder: of those only the length is compared.
fn unsealed(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(sealed) = fields.get_mut("sealed") {
                *sealed = sealed.as_str().map_or(0, str::len).into();
            }
            fields.values_mut().for_each(unsealed);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(unsealed),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

/// Where in a run of the program the drill is, as the kills find it: before `from` it had
/// not begun, after `until` it was over. A run does more than the drill, and no two runs
/// take the same time, so every kill that misses moves an edge, and every hit lets both out.
struct Aim {
    from: u64,
    until: u64,
    dice: u32,
}

impl Aim {
    /// Microseconds after the start at which the next kill comes.
    fn next(&mut self) -> u64 {
        self.dice = self.dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.from + u64::from(self.dice >> 8) % (self.until - self.from).max(1)
    }

    fn too_early(&mut self, at: u64) {
        self.from = self.from.midpoint(at);
        self.until = self.until.max(at + at / 4);
    }

    fn too_late(&mut self, at: u64) {
        self.until = self.until.midpoint(at);
        self.from = self.from.min(at - at / 4);
    }

    fn hit(&mut self) {
        let slack = (self.until - self.from) / 16;
        self.from = self.from.saturating_sub(slack);
        self.until += slack;
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "kills are aimed by the clock; nothing is judged by it")]
fn killed_at_two_hundred_points_nothing_acknowledged_is_lost() {
    let good = answers("ward-round-good");
    let args = ["play", "ward-round", "--seed", "7", "--answers", good.as_str()];
    let undisturbed = Cli::new();
    let begun = Instant::now();
    undisturbed.ok(&args);
    let whole = begun.elapsed().as_micros().max(1_000) as u64;
    let expected = facts(&undisturbed);
    assert!(expected.len() > 40);
    let decisions = |cli: &Cli| cli.json(&["debrief", "--format", "json"])["decisions"].clone();
    let debrief = decisions(&undisturbed);
    let mut aim = Aim { from: 0, until: whole, dice: 0x2545_f491 };
    let (mut interrupted, mut kills) = (0, 0);
    while interrupted < KILLS {
        kills += 1;
        assert!(kills < 20 * KILLS, "only {interrupted} of {kills} kills fell into a drill");
        let cli = Cli::new();
        let mut child = cli
            .command(&args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let at = aim.next();
        std::thread::sleep(Duration::from_micros(at));
        let _ = child.kill();
        child.wait().unwrap();
        let left = cli.json(&["drills", "--json"]);
        match left["drills"][0]["state"].as_str() {
            None | Some("never begun") => aim.too_early(at),
            Some("finished") => {
                aim.too_late(at);
                assert!(
                    facts(&cli) == expected,
                    "kill {kills}: the facts differ from those of an undisturbed drill"
                );
            }
            Some("unfinished") => {
                aim.hit();
                interrupted += 1;
                let kept = facts(&cli);
                assert!(
                    kept[..] == expected[..kept.len()],
                    "kill {kills}: what was kept is no beginning of the drill"
                );
                cli.ok(&["resume", "--answers", &good]);
                assert!(
                    facts(&cli) == expected,
                    "kill {kills}: the facts differ from those of an undisturbed drill"
                );
                if interrupted % 20 == 0 {
                    assert_eq!(decisions(&cli), debrief, "kill {kills}");
                }
            }
            Some(other) => panic!("kill {kills}: the drill is {other}"),
        }
    }
}

/// A drill at pace six, ended somehow after six seconds without a key; and how many
/// drill seconds it stands at when it is taken up again.
fn stands_at_after(end: impl FnOnce(u32)) -> u64 {
    let cli = Cli::new();
    let mut command = cli.command(&["play", "first-light", "--seed", "7", "--plain", "--pace", "6"]);
    let mut child = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"\n").unwrap();
    std::thread::sleep(Duration::from_secs(6));
    end(child.id());
    child.wait().unwrap();
    cli.json(&["resume", "--end", "--json"])["sheet"]["endex"]["second"].as_u64().unwrap()
}

#[cfg(unix)]
#[test]
fn the_clock_goes_on_where_it_was_however_the_program_ended() {
    let signal = |name: &'static str| {
        move |id: u32| {
            let sent = std::process::Command::new("kill").args([name, &id.to_string()]).status().unwrap();
            assert!(sent.success());
        }
    };
    // Six seconds at pace six are 36 drill seconds. A kill without warning goes back two seconds at most.
    for (name, least) in [("-KILL", 20), ("-TERM", 30), ("-HUP", 30)] {
        let stands_at = stands_at_after(signal(name));
        assert!((least..60).contains(&stands_at), "{name}: {stands_at}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_in_mid_drill_says_which_drill_it_was_and_how_it_goes_on() {
    let mut told = 0;
    for blocks in [250, 300, 360, 420, 500] {
        let cli = Cli::new();
        let play = cli.command(&[
            "play",
            "friday-invoice",
            "--seed",
            "7",
            "--answers",
            &answers("friday-invoice-good"),
        ]);
        let mut shell = std::process::Command::new("sh");
        // No file may grow beyond so many blocks; with the signal ignored, a write fails as on a full disk.
        shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
        shell.arg(play.get_program()).args(play.get_args());
        shell.env("LC_ALL", "C.UTF-8").stdin(std::process::Stdio::null());
        let ran = crate::support::cli::Ran::of(&shell.output().unwrap());
        if ran.code == 0 || !ran.err.contains("Could not") {
            continue;
        }
        let listed = cli.json(&["drills", "--json"]);
        let Some(id) = listed["drills"][0]["id"].as_str() else { continue };
        let resume = format!("breachdrill resume {}", &id[..4]);
        assert!(ran.err.contains(&resume), "{blocks}: {}", ran.err);
        told += 1;
    }
    assert!(told > 0, "the disk filled up in the middle of a drill");
}
