//! `explore` and `check --prove` as commands.

use serde_json::Value;

use crate::support::cli::Cli;

const BASE: &str = include_str!("../fixtures/base.ron");
const JSON_DOC: &str = include_str!("../../docs/explore-json.md");

#[test]
fn the_lines_that_it_writes_are_played_as_they_were_found() {
    let cli = Cli::new();
    let found = cli.json(&["explore", "first-light", "--json"]);
    assert_eq!(found["complete"], true);
    for line in ["best", "worst"] {
        let file = format!("{line}.ron");
        let ran = cli.run(&["explore", "first-light", "--line", line, "--output", &file]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("breachdrill play first-light --seed 1 --answers"), "{}", ran.err);
        let played = cli.run(&["play", "first-light", "--seed", "1", "--answers", &file]);
        assert_eq!(played.code, 0, "{}", played.err);
        let debrief = cli.json(&["debrief", "--json"]);
        let earned = found[line]["earned_millionths"].as_i64().unwrap();
        assert_eq!(points(&debrief), Some(earned));
    }
    let again = cli.run(&["explore", "first-light", "--line", "best", "--output", "best.ron"]);
    assert_eq!(again.code, 1, "nothing is overwritten unasked: {}", again.err);
    assert!(again.err.contains("best.ron exists already") && again.err.contains("--force"), "{}", again.err);
    cli.ok(&["explore", "first-light", "--line", "best", "--output", "best.ron", "--force"]);
}

#[test]
fn a_line_is_told_for_a_seed_with_which_it_comes_there() {
    let cli = Cli::new();
    // `noise` comes in half of the drills, and not in the one of seed 1.
    let told = cli.run(&["explore", "first-light", "--line", "inject:noise", "--output", "noise.ron"]);
    let seed = told.err.split("--seed ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    assert!(seed != "1" && told.err.contains(&format!("for seed {seed} and not for 1")), "{}", told.err);
    let file = std::fs::read_to_string(cli.path("noise.ron")).unwrap();
    assert!(file.starts_with(&format!("// For --seed {seed}: ")), "{file}");
    let line = cli.json(&["explore", "first-light", "--line", "inject:noise", "--json"]);
    assert_eq!(line["seed"].to_string(), seed);
    cli.ok(&["play", "first-light", "--seed", &seed, "--answers", "noise.ron"]);
    let seen = cli.ok(&["replay", "--plain"]);
    assert!(seen.contains("is it only me or is the roster page slow again"), "{seen}");
    let same = cli.run(&["explore", "first-light", "--line", "inject:noise", "--seed", &seed]);
    assert!(
        !same.err.contains("and not for") && same.out.contains(&format!("--seed {seed}")),
        "{}",
        same.err
    );
}

/// The points of a debrief, added up from its decisions.
fn points(debrief: &Value) -> Option<i64> {
    let decisions = debrief["decisions"].as_array()?;
    let earned = |d: &Value| d["points"]["earned"].as_i64();
    decisions.iter().map(earned).sum()
}

#[test]
fn a_way_to_everything_that_is_reached() {
    let cli = Cli::new();
    let text = cli.ok(&["explore", "first-light", "--line", "ending:next-door"]);
    cli.write("next-door.ron", &text);
    cli.ok(&["play", "first-light", "--seed", "1", "--answers", "next-door.ron"]);
    assert!(cli.ok(&["debrief", "--format", "markdown"]).contains("Not through your door"));
    for (line, code, says) in [
        ("ending:nextdoor", 2, "did you mean `next-door`?"),
        ("ending:nobody-knows", 1, "no line reaches ending `nobody-knows`"),
        ("dead-end", 1, "no line comes to a dead end"),
        ("beste", 2, "say best, worst, dead-end"),
    ] {
        let ran = cli.run(&["explore", "first-light", "--line", line]);
        assert_eq!(ran.code, code, "{line}: {}", ran.err);
        assert!(ran.err.contains(says), "{line}: {}", ran.err);
    }
}

#[test]
fn a_question_shows_what_each_choice_falls_short_of() {
    let cli = Cli::new();
    let text = cli.ok(&["explore", "first-light", "--question", "prompt"]);
    let (worth, short) = text.split_once("Falls short").unwrap();
    let points = |part: &str, name: &str| -> f64 {
        let row = part.lines().find(|line| line.split_whitespace().nth(1) == Some(name)).unwrap();
        row.split_whitespace().next().unwrap().replace('\u{2212}', "-").parse().unwrap()
    };
    assert!((points(worth, "report"), points(worth, "approve")) == (10.0, -6.0), "{text}");
    assert!(points(short, "report") == 0.0 && points(short, "approve") > 10.0, "{text}");
    let scenario = crate::support::scenario(breachdrill::scenario::library()[0].1);
    for choice in &scenario.questions.iter().find(|q| q.name.as_str() == "prompt").unwrap().choices {
        points(short, choice.name.as_str());
    }
    let ran = cli.run(&["explore", "first-light", "--question", "promt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `prompt`?"), "{}", ran.err);
}

#[test]
fn every_kind_of_question_says_what_its_answers_are_worth() {
    let cli = Cli::new();
    let script = cli.write("all.ron", include_str!("../fixtures/reference.ron"));
    let shown = |name: &str| {
        let ran = cli.run(&["explore", &script, "--question", name, "--states", "50"]);
        assert!([0, 5].contains(&ran.code), "proved, or partial: {}", ran.err);
        ran.out
    };
    for (question, parts) in [
        ("first-look", &["10  verify", "9  report (while bec is true)", "\u{2212}5  pay"][..]),
        ("is-it", &["incident (while it is an incident)", "need-more (while the evidence is thin)"]),
        ("cat", &["too early to tell (while thin is true)", "fraud, masquerade"]),
        ("several", &["10  bank (of what is right)", "sender (harmful, and "]),
        ("order", &["10  image before reboot"]),
        (
            "who",
            &[
                "5  hold \u{2192} treasury",
                "3  hold \u{2192} clerk",
                "\u{2212}3  trace \u{2192} clerk (unsafe)",
            ],
        ),
        (
            "whom",
            &[
                "5  bank (by phone, within 1h",
                "\u{2212}5  writer (harmful, and 10 less of what is right beside it)",
                "anybody through mail (unsafe",
            ],
        ),
        (
            "hours",
            &[
                "10  70 hours, up to 1 off",
                "0  6 hours off, or more",
                "71 hours, up to 1 off (while bec is true)",
            ],
        ),
        ("log", &["2.5  seen (of what is right)", "5  seen before called"]),
        ("think", &["never scored"]),
    ] {
        let text = shown(question);
        for part in parts {
            assert!(text.contains(part), "{question}: {part}\n{text}");
        }
    }
}

#[test]
fn a_line_as_json_is_one_object_and_never_an_answers_file() {
    let cli = Cli::new();
    let line = cli.json(&["explore", "first-light", "--line", "best", "--json"]);
    assert_eq!((&line["format"], &line["line"]), (&"breachdrill/line/1".into(), &"best".into()));
    let file = cli.write("best.ron", line["answers"].as_str().unwrap());
    let seed = line["seed"].to_string();
    cli.ok(&["play", "first-light", "--seed", &seed, "--answers", &file]);
    let mut names = Vec::new();
    keys(&line, &mut names);
    for name in names {
        assert!(JSON_DOC.contains(&format!("`{name}`")), "{name} is not described");
    }
    let both = cli.run(&["explore", "first-light", "--line", "best", "--json", "--output", "other.ron"]);
    assert_eq!(both.code, 2, "{}", both.err);
    assert!(!cli.path("other.ron").exists());
}

/// Thirty decisions, each of which moves a gauge by a power of two: no machine comes to the end of it.
#[cfg(unix)]
fn endless() -> String {
    let asks = |row: u32| {
        let move_by = 1_u64 << row;
        format!(
            r#""q{row}": (stage: Response, says: "Q{row}?", opens: "{row}m", lapses: "3h", why: "w", ask: ChooseOne({{
            "a": (says: "A", credit: 100, then: [Add("g", {move_by})]), "b": (says: "B", credit: 20, why: "x") }})),"#
        )
    };
    let questions: String = (0..30).map(asks).collect();
    BASE.replace(
        "questions: {",
        &format!("gauges: {{ \"g\": (label: \"G\", good: Low) }},\n questions: {{ {questions}"),
    )
    .replace(
        "endings: {",
        "endings: { \"much\": (when: AtLeast(\"g\", 900000000), at_once: true, title: \"M\", says: \"m\"),",
    )
}

/// Starts a command that would go on for long, stops it as Ctrl-C does, and gives what it said.
#[cfg(unix)]
fn stopped(cli: &Cli, args: &[&str]) -> crate::support::cli::Ran {
    use std::process::Stdio;
    let mut command = cli.command(args);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Long enough to have begun; a signal that comes too early ends the program, and the code says so.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success(), "it was over before it could be stopped: {args:?}");
    crate::support::cli::Ran::of(&child.wait_with_output().unwrap())
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_and_tells_what_is_known_by_then() {
    let cli = Cli::new();
    let long = cli.write("long.ron", &endless());
    let ran = stopped(&cli, &["explore", &long, "--seconds", "600"]);
    assert_eq!(ran.code, 130, "{}", ran.err);
    assert!(ran.out.contains("partial: cut by you, at "), "{}", ran.out);
    assert!(ran.out.contains("Best line   310 of 310 points"), "and what was found by then: {}", ran.out);
    let ran = stopped(&cli, &["explore", &long, "--seconds", "600", "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &found["cut"]["by"]), (130, &"you".into()));
    let ran = stopped(&cli, &["check", &long, "--prove", "--seconds", "600"]);
    assert_eq!(ran.code, 130, "{}", ran.err);
    assert!(
        ran.out.contains("cut short by you") && ran.err.contains("Stopped by you"),
        "{}{}",
        ran.out,
        ran.err
    );
    let ran = stopped(&cli, &["simulate", "first-light", "--trainees", "500000", "--json"]);
    let simulated: Value = serde_json::from_str(&ran.out).unwrap();
    let drills = |field: &str| simulated[field].as_u64().unwrap();
    assert_eq!((ran.code, drills("drills_asked")), (130, 500_000), "{}", ran.err);
    assert!((1..500_000).contains(&drills("drills_each")));
    let kinds = simulated["trainees"].as_array().unwrap().len() as u64;
    assert_eq!(simulated["hits"]["drills"].as_u64().unwrap(), kinds * drills("drills_each"));
}

#[test]
fn check_tells_what_exploration_finds_at_its_place() {
    let cli = Cli::new();
    let script = cli.write("odd.ron", BASE);
    assert_eq!(cli.run(&["check", &script, "--strict"]).code, 0, "reading finds nothing");
    let ran = cli.run(&["check", &script, "--prove"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("warning[dead-end]"), "{}", ran.out);
    assert!(ran.out.contains("odd.ron:10:"), "at the clock: {}", ran.out);
    assert_eq!(cli.run(&["check", &script, "--prove", "--strict"]).code, 3);
    let allowed =
        BASE.replace("    endings:", "    allow: { \"dead-end\": \"They talk meanwhile.\", \"guessable\": \"It is short.\" },\n    endings:");
    let script = cli.write("allowed.ron", &allowed);
    let ran = cli.run(&["check", &script, "--prove", "--strict"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("clean; "), "{}", ran.err);
    let idle = allowed.replace("dead-end", "harm-pays");
    let script = cli.write("idle.ron", &idle);
    let ran = cli.run(&["check", &script, "--prove"]);
    assert!(ran.out.contains("`harm-pays` is allowed here, but is not found"), "{}", ran.out);
    assert!(!cli.run(&["check", &script]).out.contains("harm-pays"), "only exploration can tell");
}

#[test]
fn what_is_cut_short_says_so() {
    let cli = Cli::new();
    let ran = cli.run(&["explore", "friday-invoice", "--states", "100"]);
    assert_eq!(ran.code, 5, "what is partial is told apart: {}", ran.err);
    assert!(ran.out.contains("partial: cut by states, at "), "{}", ran.out);
    assert!(ran.out.contains("none passes"), "a bound is given: {}", ran.out);
    let ran = cli.run(&["explore", "friday-invoice", "--states", "100", "--json"]);
    assert_eq!((ran.code, ran.out.contains("\"complete\": false")), (5, true), "{}", ran.out);
    let ran = cli.run(&["check", "friday-invoice", "--prove", "--states", "100", "--strict"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("warning[not-proved]"), "{}", ran.out);
}

#[test]
fn a_run_that_was_cut_states_no_absence() {
    let cli = Cli::new();
    let allowed = "    allow: { \"harm-pays\": \"It is a trap.\" },\n    endings:";
    let odd = include_str!("../../scenarios/monday-survey.ron").replacen("    endings:", allowed, 1);
    let script = cli.write("odd.ron", &odd);
    for (bounds, idle) in [(&[][..], true), (&["--states", "1"], false)] {
        let args = [&["check", &script, "--prove", "--format", "short"], bounds].concat();
        let text = cli.run(&args).out;
        assert_eq!(text.contains("harm-pays"), idle, "{text}");
        assert_eq!(text.contains("not-proved"), !idle, "{text}");
        let absent = text.lines().filter(|line| line.contains("unreachable-"));
        for line in absent {
            assert!(idle || line.contains("as far as exploration came"), "{line}");
        }
    }
    let text = cli.run(&["check", "friday-invoice", "--prove", "--format", "short", "--states", "1"]).out;
    let absent = text.lines().filter(|line| line.contains("no line ")).collect::<Vec<_>>();
    assert!(!absent.is_empty(), "{text}");
    assert!(
        absent.iter().all(|line| line.contains("as far as exploration came before it was cut")),
        "{text}"
    );
}

#[test]
fn what_its_best_line_reaches_is_reached_however_soon_it_is_cut() {
    let cli = Cli::new();
    let ran = cli.run(&["explore", "friday-invoice", "--seconds", "0", "--json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &found["cut"]["by"]), (5, &"time".into()), "{}", ran.err);
    for line in ["best", "worst"] {
        let ending = &found[line]["ending"];
        let told = found["endings"].as_array().unwrap().iter().find(|own| own["name"] == *ending).unwrap();
        assert_eq!(told["reached"], true, "{line} ends in {ending}");
    }
    let told = cli.run(&["check", "friday-invoice", "--prove", "--seconds", "0", "--format", "short"]).out;
    let ending = format!("no line ends in `{}`", found["best"]["ending"].as_str().unwrap());
    assert!(!told.contains(&ending) && told.contains("no line ends in"), "{told}");
}

#[test]
fn a_question_as_json_is_that_question_alone() {
    let cli = Cli::new();
    let told = cli.json(&["explore", "first-light", "--question", "prompt", "--json"]);
    assert_eq!((&told["format"], &told["reached"]), (&"breachdrill/question/1".into(), &true.into()));
    assert_eq!(told["question"]["name"], "prompt");
    let all = cli.json(&["explore", "first-light", "--json"]);
    let same = all["questions"].as_array().unwrap().iter().find(|own| own["name"] == "prompt").unwrap();
    assert_eq!(told["question"], *same);
    let mut names = Vec::new();
    keys(&told, &mut names);
    for name in names {
        assert!(JSON_DOC.contains(&format!("`{name}`")), "{name} is not described");
    }
}

#[test]
fn what_its_documentation_says_that_it_tells_is_told() {
    let cli = Cli::new();
    let script = cli.write("odd.ron", BASE);
    let told = cli.ok(&["explore", &script]);
    assert!(told.contains("To look at\n  dead end   on some line nothing comes"), "{told}");
    let script = cli.write("never.ron", include_str!("../fixtures/solve/never-best.ron"));
    let told = cli.ok(&["explore", &script]);
    assert!(told.contains("  never best `") && told.contains("is never best: another choice"), "{told}");
    let found = cli.json(&["explore", &script, "--json"]);
    assert!(found["noticed"].as_array().unwrap().iter().any(|own| own["what"] == "never best"), "{found}");
    let told = cli.ok(&["explore", "first-light"]);
    assert!(!told.contains("To look at"), "{told}");
}

#[test]
fn every_field_of_its_json_is_described() {
    let cli = Cli::new();
    let found = cli.json(&["explore", "first-light", "--json"]);
    let mut names = Vec::new();
    keys(&found, &mut names);
    for name in names {
        assert!(JSON_DOC.contains(&format!("`{name}`")), "{name} is not described");
    }
}

fn keys(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                keys(value, names);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| keys(row, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
