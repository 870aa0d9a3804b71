//! What the loader says about faulty scripts, and that it loads sound ones.
//!
//! A fixture of `fixtures/findings` says what it expects below the line in
//! question: `//~ ^^^^ error[code] message`, with the carets under the place
//! (or `//~ @column..column` where there is no room), then `label`, `note` and
//! `help` lines. To write these lines anew after a message has changed, run
//! `UPDATE_FIXTURES=1 cargo test --test it findings`, and read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use breachdrill::limits;
use breachdrill::scenario::{Code, Diagnostic, Family, Lines, Loaded, Severity, explain, load, load_bytes};
use breachdrill::solve::{self, Bounds, prove};
use breachdrill::term::{FindingsStyle, findings, findings_json};

const REFERENCE: &str = include_str!("../fixtures/reference.ron");
const BASE: &str = include_str!("../fixtures/base.ron");

/// Words that RON and serde use and no author should meet.
const RAW: &[&str] = &[
    "Expected ",
    "expected one of",
    "invalid type",
    "invalid value",
    "Unexpected",
    "unexpected",
    "serde",
    "deserial",
    "variant",
    "newtype",
    "tuple",
    "struct ",
    "RawValue",
    "identifier",
    "i64",
    "Some(",
    "EOF",
    "Eof",
    "panicked",
    "recursion",
    "integer",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/findings")
}

fn fixtures() -> Vec<(PathBuf, String)> {
    let mut paths: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "ron"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The script with what was found written below each line.
fn annotated(text: &str, found: &[Diagnostic]) -> String {
    let lines = Lines::of(text);
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//~") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        for finding in found.iter().filter(|f| lines.place(f.span.start).line == number + 1) {
            out.push_str(&expectation(finding, &lines));
        }
    }
    out
}

fn expectation(finding: &Diagnostic, lines: &Lines<'_>) -> String {
    let (start, end) = (lines.place(finding.span.start), lines.place(finding.span.end));
    let same_line = start.line == end.line;
    let mark = if start.column > 4 && same_line && end.column > start.column {
        format!("{}{}", " ".repeat(start.column - 4), "^".repeat(end.column - start.column))
    } else if same_line {
        format!(" @{}..{}", start.column, end.column)
    } else {
        format!(" @{}..", start.column)
    };
    let mut out =
        format!("//~{mark} {}[{}] {}\n", finding.severity.name(), finding.code.name(), finding.message);
    for (span, words) in &finding.labels {
        // Lines are counted from the finding, which does not move when lines are added above.
        let place = lines.place(span.start);
        let quoted: String = lines_text(lines, *span).chars().take(40).collect();
        out.push_str(&format!("//~ label: {words}: column {} `{quoted}`\n", place.column));
    }
    for note in &finding.notes {
        out.push_str(&format!("//~ note: {note}\n"));
    }
    for help in &finding.help {
        out.push_str(&format!("//~ help: {help}\n"));
    }
    out
}

fn lines_text<'t>(lines: &Lines<'t>, span: breachdrill::scenario::Span) -> &'t str {
    lines.slice(span).lines().next().unwrap_or("")
}

/// Everything that must hold for whatever the loader says about a text.
fn mannerly(text: &str, loaded: &Loaded) {
    let errors = loaded.findings.iter().any(|f| f.severity == Severity::Error);
    assert_eq!(loaded.scenario.is_none(), errors, "a scenario, unless there is an error");
    for finding in &loaded.findings {
        assert!(finding.span.start <= finding.span.end && finding.span.end <= text.len(), "{finding:?}");
        let said = finding.help.iter().chain(&finding.notes).chain([&finding.message]);
        for sentence in said.chain(finding.labels.iter().map(|(_, words)| words)) {
            for raw in RAW {
                let ours =
                    sentence.contains("interpreted") || outside_backticks(sentence).find(raw).is_none();
                assert!(ours, "raw words {raw:?} in {sentence:?}");
            }
            assert!(sentence.chars().count() <= 401, "{sentence}");
            assert!(!sentence.ends_with('.'), "a fragment has no full stop: {sentence}");
        }
        assert!(finding.message.starts_with(|c: char| !c.is_uppercase()), "{}", finding.message);
    }
    for style in [
        FindingsStyle::Plain,
        FindingsStyle::Rich { color: false, width: 80 },
        FindingsStyle::Rich { color: false, width: 40 },
    ] {
        let shown = findings(&loaded.findings, "a.ron", text, style);
        assert!(!shown.chars().any(|c| c != '\n' && c.is_control()), "{shown:?}");
        assert!(shown.len() < 1_000_000, "a flood of {} bytes", shown.len());
    }
    let json = findings_json(&loaded.findings, "a.ron", text);
    assert_eq!(json["findings"].as_array().unwrap().len(), loaded.findings.len());
}

fn outside_backticks(sentence: &str) -> String {
    sentence.split('`').step_by(2).collect::<Vec<_>>().join("``")
}

#[test]
fn the_language_reference_loads() {
    let loaded = load(REFERENCE);
    assert_eq!(loaded.findings, [], "the reference is clean");
    let scenario = loaded.scenario.expect("it has no errors");
    assert_eq!(scenario.injects.len(), 10);
    assert_eq!(scenario.questions.len(), 10);
    assert_eq!(load(BASE).findings, []);
}

#[test]
fn line_ends_and_tabs_make_no_difference() {
    let elsewhere = REFERENCE.replace('\n', "\r\n").replace("    ", "\t");
    let loaded = load(&elsewhere);
    assert_eq!(loaded.findings, []);
    let (here, there) = (load(REFERENCE).scenario.unwrap(), loaded.scenario.unwrap());
    assert_eq!(here.evidence[0].body, there.evidence[0].body);
    let faulty = REFERENCE.replace("minutes: 10", "minutes: ten").replace("    ", "\t");
    let shown =
        findings(&load(&faulty).findings, "a.ron", &faulty, FindingsStyle::Rich { color: false, width: 80 });
    assert!(shown.contains("\n9 |  minutes: ten,\n  |           ^^^\n"), "{shown}");
}

#[test]
fn a_finding_reads_well_in_all_three_forms() {
    let text = BASE
        .replace("    minutes: 10,", "    minutes: 10, audience: Evryone,")
        .replace("    audience: Everyone,\n", "");
    let found = load(&text).findings;
    let rich = r#"
error[unknown-word]: `Evryone` is not an audience, such as `Everyone`
 --> scenarios/x.ron:5:28
  |
5 |     minutes: 10, audience: Evryone,
  |                            ^^^^^^^
  |
  = help: did you mean `Everyone`?
"#;
    let shown = findings(&found, "scenarios/x.ron", &text, FindingsStyle::Rich { color: false, width: 120 });
    assert_eq!(shown, rich.trim_start());
    assert_eq!(
        findings(&found, "scenarios/x.ron", &text, FindingsStyle::Plain),
        "error unknown-word: Evryone is not an audience, such as Everyone. scenarios/x.ron line 5, \
         columns 28 to 34. help: did you mean Everyone?\n"
    );
    let json = findings_json(&found, "scenarios/x.ron", &text);
    assert_eq!(json["errors"], 1);
    assert_eq!(json["findings"][0]["code"], "unknown-word");
    assert_eq!(json["findings"][0]["start"]["line"], 5);
    assert_eq!(json["findings"][0]["end"]["column"], 35);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a person asks for it by hand")]
fn fixtures_say_what_is_found() {
    if std::env::var("UPDATE_FIXTURES").is_ok() {
        bless();
    }
    let fixtures = fixtures();
    assert!(fixtures.len() >= 60, "{} fixtures", fixtures.len());
    for (path, text) in fixtures {
        let loaded = load(&text);
        mannerly(&text, &loaded);
        assert!(!loaded.findings.is_empty(), "{}: nothing was found", path.display());
        let now = annotated(&text, &loaded.findings);
        assert_eq!(text, now, "{}: run `findings::bless` and read the difference", path.display());
    }
}

/// Writes the expectations of the fixtures anew.
fn bless() {
    for (path, text) in fixtures() {
        let mut now = text;
        // Lines that are added may themselves be part of what is looked at.
        for _ in 0..3 {
            now = annotated(&now, &load(&now).findings);
        }
        fs::write(path, now).unwrap();
    }
}

#[test]
fn every_code_has_a_fixture_and_a_page() {
    let mut seen: BTreeSet<Code> =
        fixtures().iter().flat_map(|(_, text)| load(text).findings).map(|f| f.code).collect();
    seen.extend(generated().iter().flat_map(|(_, _, bytes)| load_bytes(bytes).findings).map(|f| f.code));
    for code in Code::ALL {
        // What exploration finds is shown by the examples of `explain`, and in `solve`.
        let explored = code.family() == Family::Exploration;
        assert!(seen.contains(code) || explored, "{} has no fixture", code.name());
        let page = explain(*code);
        assert!(!page.title.is_empty() && page.why.len() > 40, "{} has no page", code.name());
        assert!(!page.faulty.is_empty() && !page.mended.is_empty(), "{} has no example", code.name());
    }
}

#[test]
fn examples_of_explain_are_true() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let page = explain(*code);
        if page.faulty.starts_with('(') {
            continue;
        }
        if code.family() == Family::Exploration {
            let raised = |example: &str| explored(&planted(example)).iter().any(|f| f.code == *code);
            if !raised(page.faulty) {
                wrong.push(format!("exploration does not find {} in its faulty example", code.name()));
            }
            if raised(page.mended) {
                wrong.push(format!("exploration finds {} in its mended example", code.name()));
            }
            continue;
        }
        let faulty = load(&planted(page.faulty));
        let codes: BTreeSet<Code> = faulty.findings.iter().map(|finding| finding.code).collect();
        if codes != BTreeSet::from([*code]) {
            wrong.push(format!("the faulty example of {} raises {codes:?}", code.name()));
        }
        let mended = load(&planted(page.mended));
        for finding in mended.findings {
            wrong.push(format!("the mended example of {}: {}", code.name(), finding.message));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What exploration finds in a sound script.
fn explored(text: &str) -> Vec<Diagnostic> {
    let loaded = load(text);
    let Some(scenario) = loaded.scenario else { panic!("{:?}\n{text}", loaded.findings) };
    let proof = prove(&scenario, crate::support::settings(1), Bounds::default(), &mut |_| true);
    solve::findings(&scenario, &proof)
}

/// The base script with an example of `explain` in its place.
fn planted(example: &str) -> String {
    if let Some(marker) = example.strip_suffix("Scenario( … )") {
        let (_, rest) = BASE.split_once('\n').unwrap();
        return format!("{marker}{rest}");
    }
    let fields = |text: &str, indent: usize| {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in text.lines() {
            let begins = line.len() > indent && !line[indent..].starts_with([' ', '}', ')', ']']);
            match fields.last_mut() {
                Some((_, field)) if !begins => field.push_str(&format!("\n{line}")),
                _ => fields.push((line.trim().split(':').next().unwrap().to_owned(), line.to_owned())),
            }
        }
        fields
    };
    let body = BASE.split_once("Scenario(\n").unwrap().1.trim_end().strip_suffix(')').unwrap();
    let mut all = fields(body, 4);
    for (name, field) in fields(example, 0) {
        let field = if field.ends_with(',') { field } else { format!("{field},") };
        match all.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) => *old = field,
            None => all.push((name, field)),
        }
    }
    let body: Vec<_> = all.into_iter().map(|(_, field)| field).collect();
    format!("#![type = \"breachdrill/scenario/1\"]\nScenario(\n{}\n)\n", body.join("\n"))
}

/// Faulty scripts that are too large or too odd to be kept in a folder, and what is found.
fn generated() -> Vec<(&'static str, Code, Vec<u8>)> {
    [huge(), many(), odd()].concat()
}

fn with(field: &str, value: &str) -> Vec<u8> {
    planted(&format!("{field}: {value},")).into_bytes()
}

fn repeated(count: usize, row: impl Fn(usize) -> String) -> String {
    (0..count).map(row).collect::<Vec<_>>().join("\n")
}

/// One thing that is far too long.
fn huge() -> Vec<(&'static str, Code, Vec<u8>)> {
    let text = |length: usize| format!("\"{}\"", "A".repeat(length));
    let word = "a".repeat(500_000);
    vec![
        ("ten megabytes of text", Code::TooLarge, with("title", &text(10_000_000))),
        ("a title of a page", Code::TooLong, with("title", &text(limits::LABEL_BYTES_MAX + 1))),
        ("half a megabyte of text", Code::TooLong, with("content_note", &text(500_000))),
        ("a word of half a megabyte", Code::UnknownWord, with("audience", &word.to_uppercase())),
        ("a field of half a megabyte", Code::UnknownField, with(&word, "1")),
        ("a name of half a megabyte", Code::BadName, with("sources", &format!("{{ \"{word}\": () }}"))),
        ("a long reference", Code::UnknownSource, with("hot_wash", &format!("(reading: [\"{word}\"])"))),
        ("brackets without end", Code::TooDeep, vec![b'['; 1_000_000]),
        ("brackets in the script", Code::TooDeep, {
            let deep = limits::NESTING_MAX + 10;
            with("tags", &format!("{}{}", "[".repeat(deep), "]".repeat(deep)))
        }),
        ("a deep condition", Code::TooDeep, {
            let deep = limits::CONDITION_DEPTH_MAX + 4;
            let when = format!("{}Always{}", "Not(".repeat(deep), ")".repeat(deep));
            with("endings", &format!("{{ \"a\": (when: {when}, title: \"x\", says: \"x\") }}"))
        }),
    ]
}

/// Too many of one thing.
fn many() -> Vec<(&'static str, Code, Vec<u8>)> {
    let injects = repeated(limits::INJECTS_MAX + 1, |n| {
        format!("\"i{n}\": (at: \"1m\", via: Desk(from: \"robin\"), body: \"x\"),")
    });
    let choices = repeated(limits::CHOICES_MAX + 1, |n| format!("\"c{n}\": (says: \"{n}\", why: \"{n}\"),"));
    let question = format!("{{ \"what\": (stage: Response, says: \"?\", ask: ChooseOne({{{choices}}})) }}");
    let strangers = repeated(50_000, |n| format!("x{n}:1,"));
    vec![
        ("one inject too many", Code::TooMany, with("injects", &format!("{{{injects}}}"))),
        ("one choice too many", Code::TooMany, with("questions", &question)),
        (
            "doubled keys",
            Code::DoubledName,
            with("sources", &format!("{{{}}}", "\"a\": (title: \"x\"),".repeat(1_000))),
        ),
        ("one long line", Code::WrongType, with("tags", &format!("[{}]", "5, \"\\u{7}\", ".repeat(60_000)))),
        ("strangers", Code::UnknownField, BASE.replace("    minutes: 10,", &strangers).into_bytes()),
        ("strangers within", Code::UnknownField, with("hot_wash", &format!("({})", &strangers[..9_000]))),
        ("conditions without end", Code::NoFinalEnding, {
            let atom = |n: usize| format!("AtLeast(\"g{}\", {n})", n % limits::GAUGES_MAX);
            let gauges = repeated(limits::GAUGES_MAX, |n| format!("\"g{n}\": (label: \"G\", good: Low),"));
            let endings = repeated(limits::ENTRIES_MAX, |n| {
                let parts = repeated(12, |k| format!("Any([{}, {}]),", atom(n + k), atom(7 * n + 3 * k)));
                format!("\"e{n}\": (when: All([{parts}]), title: \"x\", says: \"x\"),")
            });
            planted(&format!("gauges: {{{gauges}}},\nendings: {{{}}},", endings.replace('\n', " ")))
                .into_bytes()
        }),
        (
            "slips",
            Code::UnknownSource,
            with("hot_wash", &format!("(reading: [{}])", "\"giude\",".repeat(400))),
        ),
    ]
}

/// What is hardly a script at all.
fn odd() -> Vec<(&'static str, Code, Vec<u8>)> {
    let comments = format!("{}{}", "/*".repeat(200_000), "*/".repeat(200_000));
    vec![
        ("comments within comments", Code::MissingMarker, comments.into_bytes()),
        ("an open raw text", Code::Syntax, format!("r{}\"", "#".repeat(500_000)).into_bytes()),
        ("Latin-1", Code::NotText, [BASE.as_bytes(), b"// \xe9\xe8"].concat()),
        ("UTF-16", Code::NotText, BASE.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a byte order mark", Code::ByteOrderMark, ["\u{feff}", BASE].concat().into_bytes()),
        ("nothing", Code::MissingMarker, Vec::new()),
        ("only the marker", Code::Syntax, b"#![type = \"breachdrill/scenario/1\"]".to_vec()),
        ("nul bytes", Code::NotText, vec![0; 1_000]),
    ]
}

#[test]
fn nothing_large_or_odd_hurts() {
    for (name, code, bytes) in generated() {
        let loaded = load_bytes(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let codes: BTreeSet<_> = loaded.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&code), "{name}: {codes:?}");
        if std::str::from_utf8(&bytes).is_ok() {
            mannerly(&text, &loaded);
        }
        let shown = findings(&loaded.findings, name, &text, FindingsStyle::Rich { color: true, width: 100 });
        assert!(shown.len() < 1_000_000, "{name}: a flood of {} bytes", shown.len());
    }
}

/// A script cut anywhere, or with any byte changed, is still only a faulty script.
#[test]
fn no_slip_of_a_hand_hurts() {
    let bytes = BASE.as_bytes();
    for cut in 0..bytes.len() {
        let loaded = load_bytes(&bytes[..cut]);
        assert!(cut + 1 == bytes.len() || !loaded.findings.is_empty(), "cut at {cut}");
        mannerly(&BASE[..cut], &loaded);
    }
    let slips = b"\0\"'(){}[],:\\r#/*x0\n\x1b";
    for at in 0..bytes.len() {
        // Over a whole script, each slip falls on each kind of place.
        for turn in 0..2 {
            let mut changed = bytes.to_vec();
            changed[at] = slips[(at + turn * 9) % slips.len()];
            let loaded = load_bytes(&changed);
            let text = std::str::from_utf8(&changed).unwrap();
            mannerly(text, &loaded);
            let read = ron::from_str::<serde::de::IgnoredAny>(text);
            assert!(loaded.scenario.is_none() || read.is_ok(), "what RON refuses is refused: {text}");
        }
    }
}
