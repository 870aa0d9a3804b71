//! Small breach scripts at random, as an author would write them.
//!
//! Dice decide everything; a roll of nothing but zeros, and dice that have run out, make
//! the simplest script, so that a failing case shrinks to one that a person can read.

use std::fmt::Write;

/// Rolls, one after another; zeros once they have run out.
pub(crate) struct Dice<'d> {
    rolls: &'d [u16],
    at: usize,
}

impl<'d> Dice<'d> {
    pub(crate) const fn new(rolls: &'d [u16]) -> Self {
        Self { rolls, at: 0 }
    }

    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        let roll = self.rolls.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(roll) % sides.max(1)
    }

    /// Whether something happens that does so `percent` times in a hundred.
    fn luck(&mut self, percent: usize) -> bool {
        self.roll(100) >= 100 - percent
    }

    fn of<'a>(&mut self, these: &[&'a str]) -> &'a str {
        these[self.roll(these.len())]
    }

    fn text(&mut self, these: &[String]) -> String {
        these[self.roll(these.len())].clone()
    }
}

/// What a script has, for conditions and effects to name.
struct World {
    /// Injects that can be delivered, and whether each comes on the clock.
    injects: usize,
    checkpoints: usize,
    questions: Vec<Kind>,
    actions: usize,
    evidence: usize,
    spreads: usize,
    duties: usize,
    measured: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    One,
    Several,
    Order,
    Triage,
    Categorize,
    Estimate,
    Record,
    Reflect,
    Assign,
    Notify,
}

const KINDS: [Kind; 14] = [
    Kind::One,
    Kind::One,
    Kind::One,
    Kind::One,
    Kind::Several,
    Kind::Triage,
    Kind::Categorize,
    Kind::Categorize,
    Kind::Record,
    Kind::Order,
    Kind::Estimate,
    Kind::Reflect,
    Kind::Assign,
    Kind::Notify,
];
const TIMES: [&str; 9] = ["0m", "2m", "3m", "5m", "6m", "8m", "10m", "12m", "16m"];
const STAGES: [&str; 3] = ["Response", "Analysis", "Legal"];

/// A script that these dice make.
pub(crate) fn script(rolls: &[u16]) -> String {
    let mut dice = Dice::new(rolls);
    let world = World {
        injects: 1 + dice.roll(3),
        checkpoints: usize::from(dice.luck(35)),
        questions: (0..1 + dice.roll(3)).map(|_| KINDS[dice.roll(KINDS.len())]).collect(),
        actions: dice.roll(3),
        evidence: usize::from(dice.luck(35)),
        spreads: usize::from(dice.luck(35)),
        duties: usize::from(dice.luck(30)),
        measured: false,
    };
    let measured = world.questions.iter().any(|kind| matches!(kind, Kind::Triage | Kind::Categorize));
    let world = World { measured, ..world };
    let mut out = String::from(HEAD);
    world.truths(&mut dice, &mut out);
    world.evidence(&mut dice, &mut out);
    world.injects(&mut dice, &mut out);
    world.questions(&mut dice, &mut out);
    world.actions(&mut dice, &mut out);
    world.goes_on(&mut dice, &mut out);
    world.endings(&mut dice, &mut out);
    out.push_str(")\n");
    out
}

const HEAD: &str = r#"#![type = "breachdrill/scenario/1"]
Scenario(
    title: "Generated", summary: "For a judge.", audience: Everyone, minutes: 10,
    clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "20m", pace: 6),
    cast: { "ada": (label: "Ada") },
    gauges: { "g": (label: "G", start: 1, min: 0, max: 4, good: Low) },
    taxonomy: Own(title: "Short", classes: {
        "red": (label: "Red", types: { "dark": "Dark" }), "blue": (label: "Blue", types: {}),
    }),
    severities: ["low", "high"],
"#;

impl World {
    fn truths(&self, dice: &mut Dice<'_>, out: &mut String) {
        if !self.measured && !dice.luck(10) {
            return;
        }
        let first = dice.of(&["0m", "0m", "0m", "2m"]);
        let _ = writeln!(out, "    truth: {{\n        \"t0\": (from: \"{first}\", {}),", self.key(dice));
        for row in 1..1 + dice.roll(3) {
            let from = dice.of(&["3m", "5m", "8m", "12m"]);
            let when = if dice.luck(60) { self.field("when", dice) } else { String::new() };
            let _ = writeln!(out, "        \"t{row}\": (from: \"{from}\", {when}{}),", self.key(dice));
        }
        out.push_str("    },\n");
    }

    fn key(&self, dice: &mut Dice<'_>) -> String {
        let also = dice.of(&["", "", ", also: [(class: \"blue\", credit: 60)]"]);
        let key = dice.of(&[
            "verdict: Incident, class: \"red\", kind: \"dark\", severity: \"high\"",
            "verdict: Incident, class: \"red\", severity: \"low\"",
            "verdict: NotAnIncident, class: \"blue\", severity: \"low\"",
            "verdict: TooEarly",
            "thin: true, class: \"red\", severity: \"high\"",
        ]);
        format!("{key}{also}, why: \"w\"")
    }

    fn evidence(&self, dice: &mut Dice<'_>, out: &mut String) {
        if self.evidence == 0 {
            return;
        }
        let takes = dice.of(&["2m", "0s", "4m"]);
        let chance = dice.of(&["", "", "", ", chance: 50"]);
        let _ = writeln!(
            out,
            "    evidence: {{ \"e0\": (title: \"E\", takes: \"{takes}\", body: \"b\"{chance}) }},"
        );
    }

    fn injects(&self, dice: &mut Dice<'_>, out: &mut String) {
        out.push_str("    injects: {\n");
        for row in 0..self.injects {
            let mut brings = if row == 0 { "at: \"0m\", ".to_owned() } else { self.trigger(dice) };
            if dice.luck(12) {
                let _ = write!(brings, "every: \"4m\", times: 3, ");
                if dice.luck(50) {
                    brings.push_str(&self.field("unless", dice));
                }
            }
            let then = self.effects(dice, 60);
            let then = if row == 0 && !then.contains("\"q0\"") { with(&then, "Ask(\"q0\")") } else { then };
            let _ =
                writeln!(out, "        \"i{row}\": ({brings}via: Desk(from: \"ada\"), body: \"b\"{then}),");
        }
        for row in 0..self.checkpoints {
            let (met, stage) = (self.condition(dice, 1), dice.of(&STAGES));
            let window = dice.of(&["\"0m\", \"10m\"", "\"2m\", \"8m\"", "\"5m\", \"20m\""]);
            let good = dice.of(&["", ", good: \"6m\""]);
            let _ = writeln!(
                out,
                "        \"c{row}\": (kind: Checkpoint, expects: \"x\", met: {met}, window: ({window}){good}, stage: {stage}, why: \"w\"),"
            );
        }
        out.push_str("    },\n");
    }

    fn trigger(&self, dice: &mut Dice<'_>) -> String {
        let mut brings = match dice.roll(6) {
            0 | 1 => format!("at: \"{}\", ", dice.of(&TIMES)),
            2 => {
                let delay = dice.of(&["0m", "1m", "4m"]);
                format!("after: {}, delay: \"{delay}\", ", self.condition(dice, 1))
            }
            3 => self.field("when", dice),
            4 => {
                let until = dice.of(&["", "until: \"14m\", "]);
                let at = dice.of(&["2m", "6m", "8m"]);
                let when = self.condition(dice, 0);
                format!("at: \"{at}\", kind: Contingency, when: Not({when}), {until}")
            }
            _ => String::new(),
        };
        if brings.contains("at:") && dice.luck(20) {
            brings.push_str("jitter: \"2m\", ");
        }
        if dice.luck(10) {
            brings.push_str("chance: 50, ");
        }
        brings
    }

    fn questions(&self, dice: &mut Dice<'_>, out: &mut String) {
        out.push_str("    questions: {\n");
        for (row, kind) in self.questions.iter().enumerate() {
            let stage = dice.of(&STAGES);
            let mut fields = format!("stage: {stage}, says: \"Q{row}?\"");
            if row > 0 && dice.luck(60) {
                let _ = write!(fields, ", opens: \"{}\"", dice.of(&TIMES));
            }
            if dice.luck(65) {
                let _ = write!(fields, ", lapses: \"{}\"", dice.of(&["4m", "3m", "1m", "9m"]));
                if dice.luck(40) {
                    let _ = write!(fields, ", good: \"30s\", floor: {}", dice.of(&["50", "0"]));
                }
                let credit = dice.of(&["0", "0", "-30", "40"]);
                let then = self.effects(dice, 35);
                let _ = write!(fields, ", lapse: (credit: {credit}{then})");
            }
            if dice.luck(20) {
                fields.push_str(", weight: 25");
            }
            let then = self.effects(dice, 20);
            let ask = self.ask(*kind, dice);
            let _ = writeln!(out, "        \"q{row}\": ({fields}{then}, ask: {ask}, why: \"w\"),");
        }
        out.push_str("    },\n");
    }

    fn ask(&self, kind: Kind, dice: &mut Dice<'_>) -> String {
        let more = 2 + dice.roll(2);
        match kind {
            Kind::One => format!("ChooseOne({{ {} }})", self.choices(dice, more)),
            Kind::Several => format!("ChooseSeveral({{ {} }})", self.candidates(dice, more)),
            Kind::Order => {
                let items: String = (0..more).map(|c| format!("\"c{c}\": (says: \"C{c}\"), ")).collect();
                let before = dice.of(&["(\"c0\", \"c1\")", "(\"c1\", \"c0\")"]);
                format!("PutInOrder(items: {{ {items}}}, before: [{before}])")
            }
            Kind::Record => {
                let right = |dice: &mut Dice<'_>| dice.of(&["false", "true"]);
                let mut items = String::from("\"c0\": (says: \"C0\", right: true), ");
                for c in 1..more {
                    let _ = write!(items, "\"c{c}\": (says: \"C{c}\", right: {}), ", right(dice));
                }
                let before = dice.of(&["", "(\"c0\", \"c1\")", "(\"c1\", \"c0\")"]);
                format!("Record(items: {{ {items}}}, before: [{before}])")
            }
            Kind::Estimate => "Estimate(answer: 70, tolerance: 2, outer: 10)".into(),
            Kind::Reflect => "Reflect(key_points: [\"k\"])".into(),
            Kind::Assign => self.assign(dice),
            Kind::Notify => self.notify(dice),
            Kind::Triage => {
                let mut then = String::new();
                for verdict in ["incident", "not-an-incident", "need-more"] {
                    if dice.luck(35) {
                        let _ = write!(then, "\"{verdict}\": [{}], ", self.effect(dice));
                    }
                }
                let table = dice.of(&[
                    "",
                    "table: (incident: (100, -50, 0), not_an_incident: (-20, 100, 0), too_early: (40, 0, 100), thin: 50), ",
                ]);
                format!("Triage({table}then: {{ {then}}})")
            }
            Kind::Categorize => {
                let asks = dice.of(&["Class", "Class, Severity", "Severity"]);
                let (early, revisable) = (dice.luck(40), dice.luck(55));
                let weights = dice.of(&["", ", weights: (1, 0, 0)", ", weights: (2, 2, 6)"]);
                format!("Categorize(asks: [{asks}], too_early: {early}, revisable: {revisable}{weights})")
            }
        }
    }

    /// Who of two does what of two.
    fn assign(&self, dice: &mut Dice<'_>) -> String {
        let mut tasks = String::new();
        for c in 0..2 {
            let to = dice.of(&[", to: \"p0\"", ", to: \"p1\"", ""]);
            let to = if c == 0 && to.is_empty() { ", to: \"p0\"" } else { to };
            let also = match to {
                ", to: \"p0\"" => dice.of(&["", ", also: {\"p1\": 40}", ", also: {\"p1\": -60}"]),
                _ => "",
            };
            let when = if dice.luck(15) { self.condition(dice, 0) } else { "Always".into() };
            let then = self.effects(dice, 35);
            let _ = write!(tasks, "\"c{c}\": (says: \"C{c}\"{to}{also}, when: {when}{then}), ");
        }
        format!("Assign(tasks: {{ {tasks}}}, among: {{ \"p0\": \"P0\", \"p1\": \"P1\" }})")
    }

    /// Whom of two to tell, through which of two channels, and by when.
    fn notify(&self, dice: &mut Dice<'_>) -> String {
        let deadlines = dice.luck(25);
        let mut whom = String::new();
        for c in 0..2 {
            let right = c == 0 || dice.luck(50);
            let worth = if right { "right: true" } else { dice.of(&["right: false", "credit: -50"]) };
            let via = if right { dice.of(&["", ", via: [\"p0\"]", ", via: [\"p1\"]"]) } else { "" };
            let by = if right && deadlines { ", by: \"24h\"" } else { "" };
            let when = if dice.luck(15) { self.condition(dice, 0) } else { "Always".into() };
            let then = self.effects(dice, 35);
            let _ = write!(whom, "\"c{c}\": (says: \"C{c}\", {worth}{via}{by}, when: {when}{then}), ");
        }
        let unsafe_one = dice.of(&["", ", credit: -60"]);
        let by = if deadlines { ", by: [\"24h\", \"72h\"]" } else { "" };
        format!(
            "Notify(whom: {{ {whom}}}, through: {{ \"p0\": (says: \"P0\"), \"p1\": (says: \"P1\"{unsafe_one}) }}{by})"
        )
    }

    fn choices(&self, dice: &mut Dice<'_>, count: usize) -> String {
        let mut out = String::new();
        for c in 0..count {
            let credit = if c == 0 { "100" } else { dice.of(&["0", "40", "-50", "80", "20"]) };
            let when = if dice.luck(15) { self.condition(dice, 0) } else { "Always".into() };
            let then = self.effects(dice, 45);
            let _ = write!(out, "\"c{c}\": (says: \"C{c}\", credit: {credit}, when: {when}{then}), ");
        }
        out
    }

    fn candidates(&self, dice: &mut Dice<'_>, count: usize) -> String {
        let mut out = String::new();
        for c in 0..count {
            let worth = match (c, dice.roll(3)) {
                (0, _) | (_, 1) => "right: true",
                (_, 2) => "credit: -50",
                _ => "right: false",
            };
            let when = if dice.luck(15) { self.condition(dice, 0) } else { "Always".into() };
            let then = self.effects(dice, 35);
            let _ = write!(out, "\"c{c}\": (says: \"C{c}\", {worth}, when: {when}{then}), ");
        }
        out
    }

    fn actions(&self, dice: &mut Dice<'_>, out: &mut String) {
        if self.actions == 0 {
            return;
        }
        out.push_str("    actions: {\n");
        for row in 0..self.actions {
            let takes = dice.of(&["1m", "0s", "5m"]);
            let (stage, credit) = (dice.of(&STAGES), dice.of(&["0", "0", "40", "-40"]));
            let window = dice.of(&["", "", ", window: (\"2m\", \"8m\")", ", window: (\"0m\", \"6m\")"]);
            let when = if dice.luck(45) { self.condition(dice, 1) } else { "Always".into() };
            let often = takes == "5m" && dice.luck(25);
            let then = self.effects(dice, 65);
            let _ = writeln!(
                out,
                "        \"a{row}\": (label: \"A{row}\", takes: \"{takes}\", stage: {stage}, credit: {credit}{window}, when: {when}, often: {often}{then}, result: \"r\", why: \"w\"),"
            );
        }
        out.push_str("    },\n");
    }

    /// Spreads and duties.
    fn goes_on(&self, dice: &mut Dice<'_>, out: &mut String) {
        if self.spreads > 0 {
            let (first, then) = (dice.of(&["2m", "5m"]), self.effects(dice, 100));
            let every = dice.of(&["", ", every: \"4m\", times: 2", ", every: \"7m\""]);
            let mut fields = format!("label: \"S\", first: \"{first}\"{every}{then}");
            fields.push_str(dice.of(&["", "", "", ", jitter: \"1m\""]));
            fields.push_str(dice.of(&["", "", "", "", ", chance: 50"]));
            for field in ["start", "while", "unless"] {
                if dice.luck(40) {
                    let _ = write!(fields, ", {field}: {}", self.condition(dice, 0));
                }
            }
            let _ = writeln!(out, "    spreads: {{ \"s0\": ({fields}) }},");
        }
        if self.duties > 0 {
            let (deadline, stage) = (dice.of(&["5m", "9m"]), dice.of(&STAGES));
            let mut fields = format!(
                "label: \"D\", to: \"x\", rule: \"r\", deadline: Within(\"{deadline}\"), stage: {stage}"
            );
            for field in ["starts", "met"] {
                if dice.luck(75) {
                    let _ = write!(fields, ", {field}: {}", self.condition(dice, 0));
                }
            }
            fields.push_str(dice.of(&["", ", late: 40"]));
            fields.push_str(dice.of(&["", ", declare: 50"]));
            let _ = writeln!(out, "    duties: {{ \"d0\": ({fields}, why: \"w\") }},");
        }
    }

    fn endings(&self, dice: &mut Dice<'_>, out: &mut String) {
        out.push_str("    endings: {\n");
        for row in 0..dice.roll(3) {
            let (when, at_once) = (self.condition(dice, 1), dice.luck(40));
            let _ = writeln!(
                out,
                "        \"n{row}\": (when: {when}, at_once: {at_once}, title: \"N\", says: \"n\"),"
            );
        }
        out.push_str("        \"end\": (title: \"End\", says: \"e\"),\n    },\n");
    }

    fn field(&self, name: &str, dice: &mut Dice<'_>) -> String {
        format!("{name}: {}, ", self.condition(dice, 1))
    }

    fn condition(&self, dice: &mut Dice<'_>, depth: usize) -> String {
        if depth > 0 && dice.luck(30) {
            let (a, b) = (self.condition(dice, depth - 1), self.condition(dice, depth - 1));
            return format!("{}([{a}, {b}])", dice.of(&["All", "Any"]));
        }
        let leaf = self.leaf(dice);
        if dice.luck(20) { format!("Not({leaf})") } else { leaf }
    }

    fn leaf(&self, dice: &mut Dice<'_>) -> String {
        let question = dice.roll(self.questions.len());
        let mut leaves = Vec::new();
        match self.questions[question] {
            Kind::One | Kind::Several | Kind::Record => {
                let choice = dice.roll(2);
                leaves.extend([(); 3].map(|()| format!("Chosen(\"q{question}\", \"c{choice}\")")));
            }
            Kind::Triage => {
                let verdict = dice.of(&["incident", "need-more"]);
                leaves.push(format!("Chosen(\"q{question}\", \"{verdict}\")"));
            }
            Kind::Categorize => {
                let call = dice.of(&["\"red\"", "\"red\", \"dark\"", "\"blue\""]);
                leaves.extend([(); 3].map(|()| format!("Categorized({call})")));
            }
            Kind::Assign | Kind::Notify => {
                let named = if self.questions[question] == Kind::Assign { "Assigned" } else { "Notified" };
                let (choice, with) = (dice.roll(2), dice.of(&["", ", \"p0\"", ", \"p1\""]));
                leaves.extend([(); 3].map(|()| format!("{named}(\"q{question}\", \"c{choice}\"{with})")));
            }
            Kind::Order | Kind::Estimate | Kind::Reflect => {}
        }
        leaves.push(format!("Answered(\"q{question}\")"));
        leaves.push(format!("Lapsed(\"q{question}\")"));
        let (least, most) = (2 + dice.roll(2), dice.roll(2));
        leaves.extend([format!("AtLeast(\"g\", {least})"), format!("AtMost(\"g\", {most})")]);
        let moment = dice.of(&["4m", "7m", "9m", "13m"]);
        leaves.extend([format!("From(\"{moment}\")"), format!("Before(\"{moment}\")")]);
        leaves.push(format!("Delivered(\"i{}\")", dice.roll(self.injects)));
        if self.actions > 0 {
            let action = dice.roll(self.actions);
            leaves.extend([(); 3].map(|()| format!("Did(\"a{action}\")")));
        }
        if self.evidence > 0 {
            leaves.extend([(); 2].map(|()| "Examined(\"e0\")".to_owned()));
        }
        if self.checkpoints > 0 {
            leaves.extend(["Met(\"c0\")".to_owned(), "Missed(\"c0\")".to_owned()]);
        }
        if self.spreads > 0 {
            leaves.extend(["Spreading(\"s0\")".to_owned(), "Contained(\"s0\")".to_owned()]);
        }
        if self.duties > 0 {
            leaves.extend(["Running", "Met", "Missed"].map(|how| format!("Duty{how}(\"d0\")")));
        }
        dice.text(&leaves)
    }

    /// A list of effects, with this likelihood, as a field.
    fn effects(&self, dice: &mut Dice<'_>, percent: usize) -> String {
        if !dice.luck(percent) {
            return String::new();
        }
        let mut effects = self.effect(dice);
        if dice.luck(30) {
            let _ = write!(effects, ", {}", self.effect(dice));
        }
        format!(", then: [{effects}]")
    }

    fn effect(&self, dice: &mut Dice<'_>) -> String {
        let amount = dice.of(&["1", "-1", "2"]);
        let mut effects = [(); 3].map(|()| format!("Add(\"g\", {amount})")).to_vec();
        effects.push(format!("Set(\"g\", {})", dice.roll(4)));
        let inject = dice.roll(self.injects);
        effects.push(format!("Deliver(\"i{inject}\")"));
        effects.push(format!("DeliverIn(\"i{inject}\", \"3m\")"));
        effects.push(format!("Cancel(\"i{inject}\")"));
        let question = dice.roll(self.questions.len());
        effects.extend([(); 3].map(|()| format!("Ask(\"q{question}\")")));
        effects.push(format!("Close(\"q{question}\")"));
        if self.evidence > 0 {
            effects.extend([(); 2].map(|()| "Reveal(\"e0\")".to_owned()));
        }
        if self.spreads > 0 {
            effects.extend(["Start(\"s0\")".to_owned(), "Stop(\"s0\")".to_owned()]);
        }
        if self.duties > 0 {
            effects.extend(["Start", "Declare", "Meet"].map(|how| format!("{how}Duty(\"d0\")")));
        }
        if dice.luck(12) {
            return "End".into();
        }
        dice.text(&effects)
    }
}

/// A field of effects with one more in front.
fn with(then: &str, effect: &str) -> String {
    match then.split_once('[') {
        Some((_, rest)) => format!(", then: [{effect}, {rest}"),
        None => format!(", then: [{effect}]"),
    }
}
