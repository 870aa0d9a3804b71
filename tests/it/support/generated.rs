//! Small scripts by number: the same number, the same script, and always one that loads.

use std::fmt::Write;

/// A stream of numbers from one number.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, below: u64) -> u64 {
        // splitmix64 (Steele, Lea and Flood 2014): enough for tests.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// A script of two to five questions, injects between them, actions, a spread and two endings.
pub(crate) fn script(number: u64) -> String {
    let mut dice = Dice(number);
    let questions = 2 + dice.up_to(4);
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Generated", summary: "For tests.", audience: Responders, minutes: 10,
objectives: [(says: "be fast", stage: Response)], content_note: "none", authors: ["breachdrill"], licence: "MIT",
organisation: (name: "Bench", sector: "s", size: "s", operates_in: "s", about: "s"),
cast: { "ada": (label: "Ada", role: "operator") },
clock: (startex: "2026-03-06 08:00", zone: "Europe/Berlin", length: "50m", pace: 10),
gauges: { "g": (label: "G", start: 0, min: 0, max: 1000, good: Low), "h": (label: "H", start: 50, min: 0, max: 90, good: High) },
truth: { "t": (from: "0m", verdict: TooEarly, why: "w", source: "s"),
  "u": (from: "12m", class: "fraud", severity: "high", why: "w", source: "s") },
sources: { "s": (title: "S", address: "", read: "2026-11-23") },
"#,
    );
    injects(&mut text, &mut dice, questions);
    ask(&mut text, &mut dice, questions);
    let _ = write!(
        text,
        r#"actions: {{
"stop": (label: "Stop it", takes: "{}m", stage: Response, credit: 60, window: ("2m", "{}m"), then: [Add("h", 9)], why: "w", source: "s"),
"wait": (label: "Ring round", takes: "3m", stage: Communication, credit: -20, often: true, when: AtLeast("g", {}), then: [Add("g", 2)], why: "w", source: "s"),
}},
spreads: {{ "s": (label: "Spreads", first: "4m", every: "{}m", then: [Add("g", 5)], unless: Did("stop")) }},
endings: {{ "bad": (when: AtLeast("g", {}), at_once: {}, title: "Bad", says: "b"), "end": (good: true, title: "End", says: "e") }},
)"#,
        1 + dice.up_to(4),
        10 + dice.up_to(30),
        dice.up_to(15),
        2 + dice.up_to(5),
        20 + dice.up_to(60),
        dice.up_to(2) == 0,
    );
    text
}

fn injects(text: &mut String, dice: &mut Dice, questions: u64) {
    text.push_str("injects: {\n");
    for n in 0..questions {
        let ask = format!("Ask(\"q{n}\")");
        let when = match (n, dice.up_to(4)) {
            (0, _) | (_, 0) => format!("at: \"{}s\"", 30 + dice.up_to(1200)),
            (_, 1) => format!("after: Answered(\"q{}\"), delay: \"{}s\"", n - 1, dice.up_to(300)),
            (_, 2) => format!("when: Lapsed(\"q{}\")", n - 1),
            (_, _) => format!("when: AtLeast(\"g\", {})", 3 + dice.up_to(20)),
        };
        let _ = writeln!(
            text,
            r#""i{n}": ({when}, via: Desk(from: "ada"), body: "Inject {n}.", then: [Add("g", {}), {ask}]),"#,
            dice.up_to(4)
        );
    }
    let _ = writeln!(
        text,
        r#""chance": (at: "9m", jitter: "4m", chance: 50, via: Desk(from: "ada"), body: "Perhaps.", then: [Add("h", -7)]),"#
    );
    text.push_str("},\n");
}

fn ask(text: &mut String, dice: &mut Dice, questions: u64) {
    text.push_str("questions: {\n");
    for n in 0..questions {
        let lapses = 60 + dice.up_to(400);
        let then = |dice: &mut Dice| match dice.up_to(4) {
            0 => String::from("then: [Add(\"g\", 6)], "),
            1 => String::from("then: [Add(\"h\", -11)], "),
            2 => String::from("then: [Add(\"g\", -4), Add(\"h\", 3)], "),
            _ => String::new(),
        };
        let ask = match dice.up_to(5) {
            0 => String::from(r#"Triage(), why: "w", source: "s""#),
            1 => String::from(r#"Categorize(asks: [Class, Severity]), why: "w", source: "s""#),
            2 => format!(
                r#"ChooseSeveral({{ "c0": (says: "A{n}", right: true, {}why: "w", source: "s"), "c1": (says: "B{n}", right: true, {}why: "w", source: "s"), "c2": (says: "C{n}", credit: -30, {}why: "w", source: "s") }})"#,
                then(dice),
                then(dice),
                then(dice)
            ),
            _ => format!(
                r#"ChooseOne({{ "c0": (says: "A{n}", credit: 100, {}why: "w{n}", source: "s"), "c1": (says: "B{n}", credit: {}, {}why: "w{n}", source: "s"), "c2": (says: "C{n}", credit: -50, when: AtMost("g", {}), {}why: "w{n}", source: "s") }})"#,
                then(dice),
                dice.up_to(60),
                then(dice),
                dice.up_to(20),
                then(dice)
            ),
        };
        let lapse = if dice.up_to(2) == 0 { r#"lapse: (then: [Add("g", 7)]), "# } else { "" };
        let _ = writeln!(
            text,
            r#""q{n}": (stage: Response, says: "Question {n}?", lapses: "{lapses}s", {lapse}ask: {ask}),"#
        );
    }
    text.push_str("},\n");
}
