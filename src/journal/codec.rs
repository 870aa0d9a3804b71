//! A fact as one canonical JSON object, with the author's names.
//!
//! Canonical means that a fact has exactly one spelling: keys in the order
//! written here, no spaces, nothing that may be left out is there. So equal
//! facts are equal bytes, and [`decode`](super::decode::decode) refuses any
//! other spelling. Every match is exhaustive: a new kind of fact does not
//! compile until it can be written and read.
//!
//! A trainee's own words are never written by this file: the caller says what
//! stands in their place (see `seal.rs`).

use std::fmt::{self, Display, Write};

use super::names::Names;
use crate::engine::{Answer, DutyStep, EndCause, Fact, Pair, PauseCause, Settings, SpreadStep, What};
use crate::scenario::{Axis, Category, FACTORS, InjectId, LevelId, QuestionId, SimTime};

/// Why a record is not a fact, as a sentence fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault(String);

impl Fault {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The canonical JSON of a fact. `words` turns a trainee's words into the JSON value that stands for them.
pub(super) fn encode(names: &Names, fact: &Fact, words: &mut dyn FnMut(&str) -> String) -> String {
    let record = Object::new().number("at", fact.at.0);
    let record = match &fact.what {
        What::Started { settings, picks, plan, left_out } => {
            started(names, record.text("fact", "started"), settings, (picks, plan, left_out))
        }
        What::Known(truth) => record.text("fact", "known").text("truth", names.truths.name(truth.at())),
        What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Delivered(_)
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Fired(_)
        | What::Held(_)
        | What::Released(_)
        | What::Skipped(_)
        | What::Met(_)
        | What::Missed(_) => brought(names, record, &fact.what),
        What::Absent(evidence) => {
            record.text("fact", "absent").text("evidence", names.evidence.name(evidence.at()))
        }
        What::Spread { spread, step } => spreading(record, names.spreads.name(spread.at()), *step),
        What::Duty { duty, step } => owing(record, names.duties.name(duty.at()), *step),
        What::Opened { .. }
        | What::Answered { .. }
        | What::Lapsed(_)
        | What::Closed(_)
        | What::Extended { .. }
        | What::Hinted { .. } => asked(names, record, &fact.what, words),
        What::Begun { action, until } => record
            .text("fact", "begun")
            .text("action", names.actions.name(action.at()))
            .number("until", until.0),
        What::Did(action) => record.text("fact", "did").text("action", names.actions.name(action.at())),
        What::Examining { evidence, until } => record
            .text("fact", "examining")
            .text("evidence", names.evidence.name(evidence.at()))
            .number("until", until.0),
        What::Examined(evidence) => {
            record.text("fact", "examined").text("evidence", names.evidence.name(evidence.at()))
        }
        What::Revealed(evidence) => {
            record.text("fact", "revealed").text("evidence", names.evidence.name(evidence.at()))
        }
        What::Moved { gauge, reads } => {
            record.text("fact", "moved").text("gauge", names.gauges.name(gauge.at())).number("reads", reads)
        }
        What::Noted(text) => record.text("fact", "noted").raw("text", &words(text)),
        What::Paused(cause) => record.text("fact", "paused").text("cause", pause_cause(*cause)),
        What::Resumed => record.text("fact", "resumed"),
        What::Ended { cause, ending } => record
            .text("fact", "ended")
            .text("cause", end_cause(*cause))
            .text("ending", names.endings.name(ending.at())),
    };
    record.end()
}

/// The kind of a canonical record, such as `ended`, without reading the rest.
pub(super) fn kind_of(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once(",\"fact\":\"")?;
    rest.split_once('"').map(|(kind, _)| kind)
}

/// Whether a canonical record is ENDEX.
pub(super) fn ends(body: &str) -> bool {
    kind_of(body) == Some("ended")
}

/// Whether a canonical record is ENDEX, and the trainee's own: the drill was broken off.
pub(super) fn breaks_off(body: &str) -> bool {
    ends(body) && body.contains(&format!("\"cause\":\"{}\"", end_cause(EndCause::Asked)))
}

/// Whether a canonical record says that an answers file decides from here on.
pub(super) fn hands_over(body: &str) -> bool {
    kind_of(body) == Some("paused")
        && body.contains(&format!("\"cause\":\"{}\"", pause_cause(PauseCause::Answers)))
}

/// The moment of a canonical record, without reading the rest.
pub(super) fn moment_of(body: &str) -> Option<SimTime> {
    let (at, _) = body.strip_prefix("{\"at\":")?.split_once(',')?;
    at.parse().ok().map(SimTime)
}

type Draws<'d> = (&'d [u8], &'d [(InjectId, SimTime)], &'d [InjectId]);

fn started(names: &Names, record: Object, settings: &Settings, (picks, plan, left_out): Draws<'_>) -> Object {
    let picks =
        picks.iter().enumerate().map(|(slot, pick)| format!("[{},{pick}]", quote(names.slots.name(slot))));
    let plan = plan.iter().map(|(id, due)| format!("[{},{}]", quote(names.injects.name(id.at())), due.0));
    let left_out = left_out.iter().map(|id| quote(names.injects.name(id.at())));
    let seats = settings.seats.iter().map(|seat| quote(names.seats.name(seat.at())));
    // The seed is text: readers in other languages round large numbers.
    record
        .text("seed", &settings.seed.0.to_string())
        .raw("untimed", if settings.untimed { "true" } else { "false" })
        .number("factor", settings.factor)
        .maybe(names.seats.len() > 0, |record| record.list("seats", seats))
        .list("picks", picks)
        .list("plan", plan)
        .list("left_out", left_out)
}

fn by_inject(names: &Names, record: Object, kind: &str, inject: InjectId) -> Object {
    record.text("fact", kind).text("inject", names.injects.name(inject.at()))
}

/// Everything that happens to an inject.
#[expect(clippy::wildcard_enum_match_arm, reason = "`encode` lists the kinds that come here")]
fn brought(names: &Names, record: Object, what: &What) -> Object {
    match what {
        What::Scheduled { inject, due } => {
            by_inject(names, record, "scheduled", *inject).number("due", due.0)
        }
        What::Awaited { inject, until } => {
            by_inject(names, record, "awaited", *inject).number("until", until.0)
        }
        What::Again { inject, number, due } => {
            by_inject(names, record, "again", *inject).number("number", number).number("due", due.0)
        }
        What::Delivered(inject) => by_inject(names, record, "delivered", *inject),
        What::Withheld(inject) => by_inject(names, record, "withheld", *inject),
        What::Cancelled(inject) => by_inject(names, record, "cancelled", *inject),
        What::Fired(inject) => by_inject(names, record, "fired", *inject),
        What::Held(inject) => by_inject(names, record, "held", *inject),
        What::Released(inject) => by_inject(names, record, "released", *inject),
        What::Skipped(inject) => by_inject(names, record, "skipped", *inject),
        What::Met(inject) => by_inject(names, record, "met", *inject),
        What::Missed(inject) => by_inject(names, record, "missed", *inject),
        _ => unreachable!("checked: `encode` hands over injects only"),
    }
}

/// Everything that happens to a spread.
fn spreading(record: Object, name: &str, step: SpreadStep) -> Object {
    let (kind, due) = match step {
        SpreadStep::LeftOut => ("spread-left-out", None),
        SpreadStep::Began { due } => ("spread-began", Some(due)),
        SpreadStep::Went { due } => ("spread-went", due),
        SpreadStep::Waited { due } => ("spread-waited", due),
        SpreadStep::Contained => ("spread-contained", None),
    };
    record.text("fact", kind).text("spread", name).optional("due", due.map(|t| t.0))
}

/// Everything that happens to a duty.
fn owing(record: Object, name: &str, step: DutyStep) -> Object {
    let (kind, due) = match step {
        DutyStep::Started { due } => ("duty-started", Some(due)),
        DutyStep::Declared { due } => ("duty-declared", due),
        DutyStep::Met => ("duty-met", None),
        DutyStep::Missed => ("duty-missed", None),
    };
    record.text("fact", kind).text("duty", name).optional("due", due.map(|t| t.0))
}

/// Everything that happens to a question.
fn asked(names: &Names, record: Object, what: &What, words: &mut dyn FnMut(&str) -> String) -> Object {
    let of = |record: Object, kind, question: QuestionId| {
        record.text("fact", kind).text("question", names.questions.name(question.at()))
    };
    match what {
        What::Opened { question, lapses, good, offered } => of(record, "opened", *question)
            .optional("lapses", lapses.map(|t| t.0))
            .optional("good", good.map(|t| t.0))
            .list("offered", offered.iter().map(|c| quote(names.choice(*question, *c)))),
        What::Answered { question, answer, confidence, reason } => {
            let said = (answer, *confidence, reason.as_deref());
            submitted(names, record.text("fact", "answered"), *question, said, words)
        }
        What::Lapsed(question) => of(record, "lapsed", *question),
        What::Closed(question) => of(record, "closed", *question),
        What::Extended { question, lapses, good, granted } => of(record, "extended", *question)
            .number("lapses", lapses.0)
            .optional("good", good.map(|t| t.0))
            .optional("granted", granted.map(|t| t.0)),
        What::Hinted { question, hint } => of(record, "hinted", *question).number("hint", hint),
        What::Started { .. }
        | What::Known(_)
        | What::Scheduled { .. }
        | What::Awaited { .. }
        | What::Again { .. }
        | What::Absent(_)
        | What::Spread { .. }
        | What::Duty { .. }
        | What::Delivered(_)
        | What::Withheld(_)
        | What::Cancelled(_)
        | What::Fired(_)
        | What::Held(_)
        | What::Released(_)
        | What::Skipped(_)
        | What::Met(_)
        | What::Missed(_)
        | What::Begun { .. }
        | What::Did(_)
        | What::Examining { .. }
        | What::Examined(_)
        | What::Revealed(_)
        | What::Moved { .. }
        | What::Noted(_)
        | What::Paused(_)
        | What::Resumed
        | What::Ended { .. } => unreachable!("checked: `encode` hands over questions only"),
    }
}

/// An answer that somebody hands in, with how sure they are and why.
pub(super) fn submitted(
    names: &Names,
    record: Object,
    question: QuestionId,
    (answer, confidence, reason): (&Answer, Option<u8>, Option<&str>),
    words: &mut dyn FnMut(&str) -> String,
) -> Object {
    let record = record
        .text("question", names.questions.name(question.at()))
        .raw("answer", &answered(names, question, answer, words))
        .optional("confidence", confidence);
    match reason {
        Some(reason) => record.raw("reason", &words(reason)),
        None => record,
    }
}

fn answered(
    names: &Names,
    question: QuestionId,
    answer: &Answer,
    words: &mut dyn FnMut(&str) -> String,
) -> String {
    let name = |choice| quote(names.choice(question, choice));
    let answer = match answer {
        Answer::One(choice) => Object::new().raw("one", &name(*choice)),
        Answer::Several(choices) => Object::new().list("several", choices.iter().map(name)),
        Answer::Order(choices) => Object::new().list("order", choices.iter().copied().map(name)),
        Answer::Pairs(pairs) => Object::new().list("pairs", pairs.iter().map(|p| paired(names, question, p))),
        Answer::Number(number) => Object::new().number("number", number),
        Answer::Category(category) => Object::new().raw("category", &categorized(names, category)),
        Answer::Text(text) => Object::new().raw("text", &words(text)),
    };
    answer.end()
}

fn paired(names: &Names, question: QuestionId, pair: &Pair) -> String {
    let row = quote(names.choice(question, pair.row));
    let with = quote(names.partners(question).name(pair.with.at()));
    let by = pair.by.map_or_else(String::new, |by| format!(",{}", by.0));
    format!("[{row},{with}{by}]")
}

fn categorized(names: &Names, category: &Category) -> String {
    let mut record = Object::new();
    if let Some(class) = category.class {
        record = record.text("class", names.classes.name(class.at()));
        if let Some(kind) = category.kind {
            record = record.text("type", names.kind(class, kind));
        }
    }
    if let Some(severity) = category.severity {
        record = record.text("severity", names.severities.name(severity.at()));
    }
    if let Some(factors) = category.factors {
        let mut chosen = Object::new();
        for (factor, row) in FACTORS.iter().zip(factors.0) {
            let option = factor.options.get(usize::from(row));
            chosen =
                chosen.text(factor.name, option.expect("checked: the engine names only known options").0);
        }
        record = record.raw("factors", &chosen.end());
    }
    for (axis, level) in Axis::ALL.into_iter().zip(category.impact) {
        if let Some(level) = level {
            record = record.text(axis.name(), level_name(axis, level));
        }
    }
    if category.too_early {
        record = record.raw("too_early", "true");
    }
    record.end()
}

fn level_name(axis: Axis, level: LevelId) -> &'static str {
    axis.levels().get(level.at()).expect("checked: the engine names only levels of the axis")
}

pub(super) const fn pause_cause(cause: PauseCause) -> &'static str {
    match cause {
        PauseCause::Asked => "asked",
        PauseCause::ClockGap => "clock-gap",
        PauseCause::Interrupted => "interrupted",
        PauseCause::Answers => "answers",
        PauseCause::Retry => "retry",
        PauseCause::Trainer => "trainer",
        PauseCause::RealEvent => "real-event",
    }
}

pub(super) const fn end_cause(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Time => "time",
        EndCause::Story => "story",
        EndCause::Asked => "asked",
    }
}

/// `text` as a JSON string.
pub(super) fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("checked: any text is a JSON string")
}

/// A JSON object in the making; keys stand in the order in which they are added.
pub(super) struct Object(String);

impl Object {
    pub(super) fn new() -> Self {
        Self("{".to_owned())
    }

    pub(super) fn raw(mut self, key: &str, value: &str) -> Self {
        let comma = if self.0.len() > 1 { "," } else { "" };
        write!(self.0, "{comma}\"{key}\":{value}").expect("checked: text takes text");
        self
    }

    pub(super) fn text(self, key: &str, value: &str) -> Self {
        self.raw(key, &quote(value))
    }

    pub(super) fn number(self, key: &str, value: impl Display) -> Self {
        self.raw(key, &value.to_string())
    }

    pub(super) fn optional(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.number(key, value),
            None => self,
        }
    }

    pub(super) fn maybe(self, there: bool, add: impl FnOnce(Self) -> Self) -> Self {
        if there { add(self) } else { self }
    }

    pub(super) fn list(self, key: &str, items: impl Iterator<Item = String>) -> Self {
        self.raw(key, &format!("[{}]", items.collect::<Vec<_>>().join(",")))
    }

    pub(super) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}
