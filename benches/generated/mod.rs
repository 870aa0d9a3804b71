//! A script of any size, for benches.

use std::fmt::Write;

/// A script with `injects` injects, a question for every fifth, and gauges that move.
pub(crate) fn generated(injects: usize) -> String {
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Generated", summary: "For benches.", audience: Responders, minutes: 10,
objectives: [(says: "be fast", stage: Response)], content_note: "none", authors: ["breachdrill"], licence: "MIT",
organisation: (name: "Bench", sector: "s", size: "s", operates_in: "s", about: "s"),
cast: { "ada": (label: "Ada", role: "operator") },
clock: (startex: "2026-03-06 08:00", zone: "Europe/Berlin", length: "200h", pace: 10),
gauges: { "g": (label: "G", start: 0, min: 0, max: 1000000, good: Low) },
truth: { "t": (from: "0m", class: "fraud", severity: "high", why: "w", source: "s") },
sources: { "s": (title: "S", address: "", read: "2026-11-23") },
"#,
    );
    text.push_str("injects: {\n");
    for n in 0..injects {
        let ask = if n % 5 == 0 { format!(", Ask(\"q{n}\")") } else { String::new() };
        let _ = writeln!(
            text,
            r#""i{n}": (at: "{}s", via: Desk(from: "ada"), body: "Inject {n} says something.", then: [Add("g", {})  {ask}]),"#,
            60 + n * 30,
            n % 7 + 1
        );
    }
    text.push_str("},\nquestions: {\n");
    for n in (0..injects).step_by(5) {
        let _ = writeln!(
            text,
            r#""q{n}": (stage: Response, says: "Question {n}?", lapses: "4m", ask: ChooseOne({{ "a": (says: "First of {n}", credit: 100, why: "w{n}a", source: "s"), "b": (says: "Second of {n}", credit: 20, when: AtMost("g", 900000), then: [Add("g", 3)], why: "w{n}b", source: "s"), "c": (says: "Third of {n}", credit: -50, why: "w{n}c", source: "s") }})),"#
        );
    }
    text.push_str("},\nendings: { \"bad\": (when: AtLeast(\"g\", 900000), at_once: true, title: \"Bad\", says: \"b\"), \"end\": (good: true, title: \"End\", says: \"e\") },\n)");
    text
}
