//! An answers file: a drill's inputs written down beforehand, in RON.
//!
//! It names things as the script does; `drill` resolves the names and plays
//! the steps. Tests, tutorials and pipelines run drills this way.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::time::SimTime;
use crate::limits::ANSWERS_BYTES_MAX;

/// The steps of an answers file, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Answers")]
pub struct Answers {
    /// The steps.
    pub steps: Vec<Step>,
}

/// One step: when, and what is done then.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// An absolute moment.
    #[serde(default)]
    pub at: Option<SimTime>,
    /// The question whose opening it waits for; also the question it answers.
    #[serde(default)]
    pub asked: Option<String>,
    /// How long after the opening.
    #[serde(default = "thirty_seconds")]
    pub after: SimTime,
    /// The question it answers, where `at` gives the moment.
    #[serde(default)]
    pub question: Option<String>,
    /// What is done.
    pub does: Does,
    /// Confidence, in percent.
    #[serde(default)]
    pub sure: Option<u8>,
    /// The reason given.
    #[serde(default)]
    pub because: Option<String>,
    /// The line on which the step begins; 0 if that cannot be told.
    #[serde(skip)]
    pub line: usize,
}

const fn thirty_seconds() -> SimTime {
    SimTime(30)
}

/// What a step does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Does {
    /// One choice of *choose one* or *triage*.
    Choose(String),
    /// A set of choices.
    ChooseSeveral(Vec<String>),
    /// An order of all choices.
    Order(Vec<String>),
    /// Who does what: tasks and the people they are given to.
    Assign(BTreeMap<String, String>),
    /// Whom to tell: recipients, each with a channel, and a deadline where one is asked for.
    Notify(BTreeMap<String, Notice>),
    /// A number.
    Estimate(i64),
    /// A category.
    Categorize {
        /// Class.
        #[serde(default)]
        class: Option<String>,
        /// Type.
        #[serde(default)]
        kind: Option<String>,
        /// Severity.
        #[serde(default)]
        severity: Option<String>,
        /// What severity is worked out from, where the scheme is a calculator.
        #[serde(default)]
        factors: Option<BTreeMap<String, String>>,
        /// Functional impact.
        #[serde(default)]
        functional: Option<String>,
        /// Impact on information.
        #[serde(default)]
        information: Option<String>,
        /// Recoverability.
        #[serde(default)]
        recoverability: Option<String>,
        /// Too early to tell.
        #[serde(default)]
        too_early: bool,
    },
    /// The facts for the incident log, in order.
    Record(Vec<String>),
    /// Free text.
    Reflect(String),
    /// An action.
    Do(String),
    /// Examine evidence.
    Examine(String),
    /// The next hint of a question.
    Hint(String),
    /// More time for a question.
    MoreTime(String),
    /// A line for the incident log.
    Note(String),
    /// Stop the clock.
    Pause,
    /// Let the clock go on.
    Resume,
    /// End the drill.
    End,
}

/// How one recipient is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Through which channel.
    pub via: String,
    /// By when, counted from the answer.
    #[serde(default)]
    pub by: Option<SimTime>,
}

impl<'de> Deserialize<'de> for SimTime {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

impl Answers {
    /// Reads an answers file.
    ///
    /// # Errors
    /// One line that says where it cannot be read, and why.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.len() > ANSWERS_BYTES_MAX {
            return Err(format!("an answers file has at most {ANSWERS_BYTES_MAX} bytes"));
        }
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let mut answers: Self = options.from_str(text).map_err(|e| {
            // Where nothing follows, it is no comma that is missing.
            let last = text.trim_end().lines().last().map_or(0, |line| line.chars().count());
            let ends = e.span.start.line >= text.trim_end().lines().count() && e.span.start.col >= last;
            let code = if ends { &ron::Error::Eof } else { &e.code };
            let what: String = super::text::clean(&wording(code)).chars().take(300).collect();
            format!("line {}, column {}: {what}", e.span.start.line, e.span.start.col)
        })?;
        let lines = lines_of_steps(text);
        for (row, step) in answers.steps.iter_mut().enumerate() {
            step.line = lines.get(row).copied().unwrap_or(0);
            if step.at.is_some() == step.asked.is_some() {
                return Err(format!("line {}, step {}: say either `at` or `asked`", step.line, row + 1));
            }
        }
        Ok(answers)
    }
}

/// What RON says when it cannot read an answers file, in our own words.
#[expect(clippy::wildcard_enum_match_arm, reason = "RON may say more tomorrow; all the rest is one thing")]
fn wording(error: &ron::Error) -> String {
    use ron::Error;
    match error {
        // Our own words, of a moment that cannot be read.
        Error::Message(own) if !own.contains("expected ") => own.clone(),
        Error::NoSuchStructField { expected, found, .. } => {
            format!("there is no field `{found}` here{}", suggested(found, expected, "fields here are"))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found}` is nothing that a step does{}", suggested(found, expected, "known are"))
        }
        Error::DuplicateStructField { field, .. } => format!("the field `{field}` is given twice"),
        Error::MissingStructField { field, .. } => format!("the field `{field}` is missing here"),
        Error::ExpectedComma => "a comma is missing before this".into(),
        Error::Eof | Error::ExpectedStringEnd => "the file ends in the middle of something".into(),
        Error::TrailingCharacters => "something stands here after the end of the answers".into(),
        _ => {
            "this cannot be read; a step is written `(asked: \"question\", does: Choose(\"choice\"))`".into()
        }
    }
}

/// The nearest of what is known, or all of it.
fn suggested(found: &str, known: &[&str], all: &str) -> String {
    match super::near::near_miss(found, known.iter().copied()) {
        Some(near) => format!("; did you mean `{near}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; {all} {}", known.join(", ")),
    }
}

/// The line of each round bracket that opens a step: within the file's own and the list's square one.
fn lines_of_steps(text: &str) -> Vec<usize> {
    let (mut lines, mut line, mut depth) = (Vec::new(), 1, 0_usize);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|r| r.trim_start_matches('#')).filter(|r| r.starts_with('"'));
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            'r' if raw.is_some() => {
                let hashes = rest[1..].bytes().take_while(|b| *b == b'#').count();
                let close = format!("\"{}", "#".repeat(hashes));
                let body = hashes + 2;
                rest[body..].find(&close).map_or(rest.len(), |end| body + end + close.len())
            }
            '"' => quoted_length(rest),
            _ => c.len_utf8(),
        };
        match c {
            '(' | '[' => {
                if c == '(' && depth == 2 {
                    lines.push(line);
                }
                depth += 1;
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    lines
}

/// Bytes of the text in double quotes that begins here.
fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_written() {
        let answers = Answers::read(
            r#"Answers(steps: [
                (at: "2m", does: Examine("headers")),
                (asked: "first-look", after: "40s", does: Choose("verify"), sure: 75, because: "rule"),
                (asked: "cat", does: Categorize(class: "fraud", severity: "high")),
                (at: "9m", does: End),
            ])"#,
        )
        .expect("a good file");
        assert_eq!(answers.steps.len(), 4);
        assert_eq!(answers.steps.iter().map(|s| s.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert_eq!(answers.steps[1].after, SimTime(40));
        assert_eq!(answers.steps[2].after, SimTime(30));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, says) in [
            ("Answers(steps: [(does: End)])", "step 1"),
            ("Answers(steps: [(at: \"2m\", does: Dance)])", "line 1"),
            ("Answers(steps: [\n(at: \"2m\", does: Chose(\"a\"))])", "did you mean `Choose`?"),
            ("Answers(steps: [(at: \"2m\", dose: End)])", "did you mean `does`?"),
            ("Answers(steps: [(at: \"2m\")])", "the field `does` is missing"),
            ("Answers(steps: [(at: 2, does: End)])", "a step is written"),
            ("Answers(steps: [(at: \"2m\" does: End)])", "a comma is missing"),
            ("Answers(steps: [(at: \"2m\", does: End)", "the file ends"),
            (
                "Answers(steps: [\n // (\n(at: \"2m\", does: Note(r#\"(\n\"#)),\n(does: End)])",
                "line 5, step 2",
            ),
            ("Answers(steps: [(at: \"soon\", does: End)])", "90s"),
        ] {
            let error = Answers::read(text).expect_err("a bad file");
            assert!(error.contains(says), "{error}");
        }
    }
}
