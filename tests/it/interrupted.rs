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

#[test]
#[expect(clippy::disallowed_methods, reason = "kills are aimed by the clock; nothing is judged by it")]
fn killed_at_two_hundred_points_nothing_acknowledged_is_lost() {
    let good = answers("friday-invoice-good");
    let args = ["play", "friday-invoice", "--seed", "7", "--answers", good.as_str()];
    let undisturbed = Cli::new();
    let begun = Instant::now();
    undisturbed.ok(&args);
    // Kills are spread over as long as a whole drill takes on this machine now.
    let whole = begun.elapsed().as_micros().max(1_000) as u64;
    let expected = facts(&undisturbed);
    assert!(expected.len() > 40);
    let decisions = |cli: &Cli| cli.json(&["debrief", "--format", "json"])["decisions"].clone();
    let debrief = decisions(&undisturbed);
    let (mut interrupted, mut dice) = (0, 0x2545_f491_u32);
    for kill in 0..KILLS {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let cli = Cli::new();
        let mut child = cli
            .command(&args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(u64::from(dice >> 8) % whole));
        let _ = child.kill();
        child.wait().unwrap();
        let left = cli.json(&["drills", "--json"]);
        match left["drills"][0]["state"].as_str() {
            None | Some("never begun") => continue,
            Some("finished") => {}
            Some("unfinished") => {
                interrupted += 1;
                let kept = facts(&cli);
                assert!(
                    kept[..] == expected[..kept.len()],
                    "kill {kill}: what was kept is no beginning of the drill"
                );
                cli.ok(&["resume", "--answers", &good]);
            }
            Some(other) => panic!("kill {kill}: the drill is {other}"),
        }
        assert!(facts(&cli) == expected, "kill {kill}: the facts differ from those of an undisturbed drill");
        if kill % 20 == 0 {
            assert_eq!(decisions(&cli), debrief, "kill {kill}");
        }
    }
    assert!(interrupted > KILLS / 10, "only {interrupted} kills fell into a drill: widen the spread");
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
