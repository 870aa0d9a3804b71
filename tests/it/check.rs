//! `check` as a command: formats, folders, summaries, strictness, watching.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use breachdrill::scenario::load;

use crate::support::cli::Cli;

const BASE: &str = include_str!("../fixtures/base.ron");

/// A script with one error, one with a warning, one that allows it, and one that is clean.
fn folder() -> Cli {
    let cli = Cli::new();
    for inner in ["set/deeper", "set/.hidden"] {
        std::fs::create_dir_all(cli.path(inner)).unwrap();
    }
    cli.write("set/a-error.ron", &BASE.replace("Ask(\"what\")", "Ask(\"waht\")"));
    let warning = BASE.replace("content_note: \"Nobody is hurt.\"", "content_note: \"\"");
    cli.write("set/b-warning.ron", &warning);
    let allow = "allow: { \"missing-content-note\": \"It is harmless.\" },\n    endings:";
    cli.write("set/c-allowed.ron", &warning.replace("endings:", allow));
    cli.write("set/deeper/d-clean.ron", BASE);
    cli.write("set/.hidden/e-error.ron", "Scenario(");
    cli.write("set/answers.ron", "[]");
    cli
}

#[test]
fn folders_are_checked_whole_and_summed_up() {
    let cli = folder();
    let ran = cli.run(&["check", "set"]);
    assert_eq!(ran.code, 3);
    for said in [
        "set/a-error.ron: 1 error\n",
        "set/b-warning.ron: playable, with 1 warning\n",
        "set/c-allowed.ron: clean; 1 finding allowed\n",
        "set/deeper/d-clean.ron: clean\n",
        "4 scripts: 2 clean, 1 error, 1 warning, 1 allowed\n",
        "1 other file passed over",
    ] {
        assert!(ran.err.contains(said), "{said}\n{}", ran.err);
    }
    assert_eq!(ran.out.matches("error[").count(), 1, "{}", ran.out);
    let empty = cli.run(&["check", "set/.hidden/nothing-here", "set/deeper"]);
    assert_eq!(empty.code, 1, "{}", empty.err);
    assert!(empty.err.contains("d-clean.ron: clean"), "the others are checked all the same: {}", empty.err);
}

#[test]
fn warnings_fail_only_when_strict() {
    let cli = folder();
    assert_eq!(cli.run(&["check", "set/b-warning.ron"]).code, 0);
    assert_eq!(cli.run(&["check", "set/b-warning.ron", "--strict"]).code, 3);
    assert_eq!(cli.run(&["check", "set/c-allowed.ron", "--strict"]).code, 0, "what is allowed is no warning");
}

#[test]
fn short_is_one_line_for_a_finding() {
    let cli = folder();
    let ran = cli.run(&["check", "set", "--format", "short"]);
    assert_eq!(ran.code, 3);
    assert_eq!(
        ran.out,
        "set/a-error.ron:12:103: error[unknown-question]: no question is named `waht`\n\
         set/b-warning.ron:3:12: warning[missing-content-note]: the script has no content note\n"
    );
}

#[test]
fn github_takes_workflow_commands() {
    let cli = folder();
    let name = "set/odd, 100%:x.ron";
    cli.write(name, &BASE.replace("Ask(\"what\")", "Ask(\"waht\")"));
    let ran = cli.run(&["check", name, "--format", "github"]);
    assert_eq!(
        ran.out,
        "::error file=set/odd%2C 100%25%3Ax.ron,line=12,endLine=12,col=103,endColumn=108,\
         title=unknown-question::no question is named `waht`%0Ahelp: did you mean `what`?\n"
    );
}

#[test]
fn json_is_as_documented() {
    let cli = folder();
    let docs = include_str!("../../docs/check-json.md");
    let as_json = |args: &[&str]| -> Value {
        let ran = cli.run(&[&["check", "set", "nowhere.ron"], args].concat());
        assert_eq!(ran.code, 3, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    };
    let json = as_json(&["--json"]);
    assert_eq!(json, as_json(&["--format", "json"]));
    assert_eq!(json["format"], "breachdrill/check/1");
    assert_eq!(json["summary"]["scripts"], 4);
    assert_eq!(json["summary"]["unreadable"], 1);
    assert_eq!(json["scripts"][2]["allowed"][0]["code"], "missing-content-note");
    assert_eq!(json["scripts"][2]["allowed"][0]["reason"], "It is harmless.");
    let mut fields = Vec::new();
    names(&json, &mut fields);
    for field in fields {
        assert!(docs.contains(&format!("`{field}`")), "docs/check-json.md does not say what `{field}` is");
    }
}

/// The names of all fields.
fn names(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                into.push(name.clone());
                names(value, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The essentials of the schema of SARIF 2.1.0: what is required, what values are
/// possible, and what the text of the standard demands beside it.
#[test]
fn sarif_is_sound() {
    let cli = folder();
    let ran = cli.run(&["check", "set", "nowhere.ron", "--format", "sarif"]);
    assert_eq!(ran.code, 3);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let [run] = &log["runs"].as_array().unwrap()[..] else { panic!("one run") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "breachdrill");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false, "one file could not be read");
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert!(notification["message"]["text"].as_str().unwrap().contains("nowhere.ron"));
    let rules = driver["rules"].as_array().unwrap();
    let mut ids: Vec<_> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{text}");
        }
        assert!(["error", "warning"].contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"].as_str().unwrap(), ids[index]);
        assert_eq!(result["level"], rules[index]["defaultConfiguration"]["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("set/") && !uri.contains([' ', '\\']), "{uri}");
        let at = |name: &str| place["region"][name].as_u64().unwrap();
        assert!(at("startLine") >= 1 && at("startColumn") >= 1 && at("endColumn") >= 1);
        assert!((at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")));
    }
    let suppressed: Vec<_> = results.iter().filter(|result| result.get("suppressions").is_some()).collect();
    let [allowed] = suppressed[..] else { panic!("one is allowed") };
    assert_eq!(allowed["suppressions"][0]["kind"], "inSource");
    assert_eq!(allowed["suppressions"][0]["justification"], "It is harmless.");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), rules.len(), "each rule stands there once");
}

#[test]
fn all_codes_are_listed_by_family() {
    let cli = Cli::new();
    let list = cli.ok(&["explain"]);
    let json = cli.json(&["explain", "--json"]);
    for finding in json["findings"].as_array().unwrap() {
        let line = list.lines().find(|line| line.split_whitespace().nth(1) == finding["code"].as_str());
        assert!(line.unwrap().ends_with(finding["title"].as_str().unwrap()));
        assert!(list.contains(&format!("{}: ", finding["family"].as_str().unwrap())));
    }
    assert!(list.lines().all(|line| line.chars().count() <= 110), "{list}");
    let page = cli.ok(&["explain", "idle-allow"]);
    assert!(page.contains("A warning: ") && page.contains("Faulty:") && page.contains("Mended:"), "{page}");
}

/// Lines as they come, or what was said so far if none comes.
struct Said(Receiver<String>, Vec<String>);

impl Said {
    fn of(stream: impl std::io::Read + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self(receiver, Vec::new())
    }

    fn wait_for(&mut self, words: &str) {
        while !self.1.last().is_some_and(|line| line.contains(words)) {
            match self.0.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => self.1.push(line),
                Err(_) => panic!("`{words}` was not said: {:#?}", self.1),
            }
        }
    }
}

#[test]
#[cfg(unix)]
fn watching_checks_again_and_ends_with_ctrl_c() {
    let cli = folder();
    let mut child = cli
        .command(&["check", "set", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut err = Said::of(child.stderr.take().unwrap());
    let mut out = Said::of(child.stdout.take().unwrap());
    out.wait_for("error[unknown-question]");
    err.wait_for("4 scripts: 2 clean, 1 error");
    err.wait_for("Watching");
    cli.write("set/a-error.ron", BASE);
    err.wait_for("4 scripts: 3 clean, 0 errors");
    err.wait_for("Watching");
    cli.write("set/f-new.ron", BASE);
    err.wait_for("5 scripts: 4 clean");
    err.wait_for("Watching");
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!out.1.iter().any(|line| line.contains('\u{1b}')), "nothing is cleared in a pipe");
}

#[test]
fn watching_wants_a_format_without_an_end() {
    let cli = folder();
    let ran = cli.run(&["check", "set", "--watch", "--format", "sarif"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--format human"), "{}", ran.err);
}

#[test]
fn what_waits_for_itself_is_no_reason_to_run_for_ever() {
    let own = [
        r#"spreads: { "s": (label: "S", first: "5m", start: Spreading("s"), then: [Ask("what")]) },"#,
        r#"spreads: { "s": (label: "S", first: "5m", unless: Contained("s"), then: [Ask("what")]) },"#,
        r#"spreads: {
            "s": (label: "S", first: "5m", start: Contained("t"), unless: Spreading("t"), then: [Ask("what")]),
            "t": (label: "T", first: "5m", start: Spreading("s"), unless: Contained("s"), then: [Ask("what")]),
        },"#,
    ];
    for own in own {
        let loaded = load(&BASE.replace("    endings: {", &format!("    {own}\n    endings: {{")));
        assert!(loaded.scenario.is_some(), "{:#?}", loaded.findings);
    }
    let met = |met: &str| {
        format!(
            r#"(kind: Checkpoint, expects: "x", met: {met}, window: ("0m", "9m"), stage: Response, why: "w", source: "guide")"#
        )
    };
    let [a, b] = [met(r#"Met("b")"#), met(r#"Any([Met("a"), Met("b")])"#)];
    let loaded = load(&BASE.replace("    injects: {", &format!("    injects: {{ \"a\": {a}, \"b\": {b},")));
    assert!(loaded.scenario.is_some(), "{:#?}", loaded.findings);
}
