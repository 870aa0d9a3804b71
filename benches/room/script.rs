//! The breach script of the load tool: an inject every second, and questions that the trainer puts early.

use std::fmt::Write;

/// Injects that come by themselves, one each second from the fifth on.
pub(crate) const BEATS: usize = 240;

/// The wave that puts several questions.
pub(crate) const LONG: usize = 3;

/// Questions of the long wave.
pub(crate) const QUESTIONS: usize = 8;

/// The text by which an inject is known on a page.
pub(crate) fn beat(n: usize) -> String {
    format!("beat-{n:03}")
}

/// The questions that a wave puts, by their places in the script.
pub(crate) fn questions(wave: usize) -> std::ops::Range<usize> {
    if wave == LONG { LONG..LONG + QUESTIONS } else { wave..wave + 1 }
}

/// The script.
pub(crate) fn script() -> String {
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Load", summary: "For the load tool.", audience: Responders, minutes: 10,
objectives: [(says: "be fast", stage: Response)], content_note: "none", authors: ["breachdrill"], licence: "MIT",
organisation: (name: "Bench", sector: "s", size: "s", operates_in: "s", about: "s"),
cast: { "ada": (label: "Ada", role: "operator") },
clock: (startex: "2026-03-06 08:00", zone: "Europe/Berlin", length: "8h", pace: 1),
truth: { "t": (from: "0m", class: "fraud", severity: "high", why: "w", source: "s") },
sources: { "s": (title: "S", address: "", read: "2026-11-23") },
injects: {
"#,
    );
    for n in 0..BEATS {
        let (at, says) = (5 + n, beat(n));
        let filler = "The queue is longer than it was, and the people in it have begun to ask. ".repeat(5);
        let _ =
            writeln!(text, r#""b{n:03}": (at: "{at}s", via: Desk(from: "ada"), body: "{says}: {filler}"),"#);
    }
    for wave in 0..=LONG {
        let asks: Vec<String> = questions(wave).map(|n| format!("Ask(\"q{n:02}\")")).collect();
        let at = 120 + wave;
        let _ = writeln!(
            text,
            r#""w{wave}": (at: "{at}m", via: Desk(from: "ada"), body: "Wave {wave}.", then: [{}]),"#,
            asks.join(", ")
        );
    }
    text.push_str("},\nquestions: {\n");
    for n in 0..LONG + QUESTIONS {
        let _ = writeln!(
            text,
            r#""q{n:02}": (stage: Response, says: "Question {n}?", lapses: "4h", ask: ChooseOne({{ "a": (says: "First of {n}", credit: 100, why: "w{n}a", source: "s"), "b": (says: "Second of {n}", credit: 20, why: "w{n}b", source: "s"), "c": (says: "Third of {n}", credit: -50, why: "w{n}c", source: "s") }})),"#
        );
    }
    text.push_str("},\nendings: { \"end\": (good: true, title: \"End\", says: \"e\") },\n)");
    text
}
