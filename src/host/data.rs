//! What a block of a page shows. Each kind is a type without a field for what its readers may not know.
//!
//! Texts are those of a view, filled in and cleaned already; this turns them
//! into what the templates in `pages/` take.

use minijinja::value::Serde;
use minijinja::{Value, context};
use tr::tr;

use super::asked::question;
use crate::debrief::prose_html;
use crate::drill::{Artefact, Deed, Message, Note, OpenQuestion, Outcome, Owed, Reading, Settled};
use crate::scenario::Look;
use crate::speech::grouped_signed;

/// What a block shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Data {
    /// A question that is open, or a categorization that may be revised.
    Question(Box<Card>),
    /// How a team stands on a question that it votes on.
    Counted(Voting),
    /// Something that arrived: by what kind of channel, and whether it was sent once more.
    Message(Box<Message>, &'static str, bool),
    /// Something that the trainer sent.
    Told(Box<Told>),
    /// A piece of evidence, and whether anybody is free to examine it.
    Artefact(Box<Artefact>, bool),
    /// An action, and whether anybody is free to do it.
    Deed(Box<Deed>, bool),
    /// A line of the incident log, and who of the team wrote it; empty where there is no team.
    Note(Box<Note>, String),
    /// A question that is settled, and at what time of day.
    Settled(Box<Settled>, String),
    Gauges(Vec<Reading>),
    /// Clocks of duties, each with the time of day from which it is counted.
    Duties(Vec<(Owed, String)>),
    /// A block that is set from a plain table of values, under the letter by which its template knows them.
    Plain(&'static str, &'static str, serde_json::Value),
}

/// A question as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Card {
    pub(super) question: OpenQuestion,
    /// Until what time of day.
    pub(super) until: String,
    /// Whether more time can be asked for.
    pub(super) more_time: bool,
    /// Whether the team votes; else whoever answers decides.
    pub(super) vote: bool,
}

/// How a team stands on a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Voting {
    /// How many have voted.
    pub(super) voted: usize,
    /// Of how many.
    pub(super) of: usize,
    /// What was voted for, by how many; for the lead only, and empty where too few voted to be broken down.
    pub(super) tallies: Option<Vec<(String, usize)>>,
}

/// Something that the trainer sent, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) from: String,
    pub(super) subject: String,
    pub(super) says: String,
    pub(super) clock: String,
}

impl Data {
    /// The template that sets it.
    pub(super) const fn template(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::Counted(_) => "counted",
            Self::Message(..) | Self::Told(_) => "message",
            Self::Artefact(..) => "artefact",
            Self::Deed(..) => "deed",
            Self::Note(..) => "note",
            Self::Settled(..) => "settled",
            Self::Gauges(_) => "gauges",
            Self::Duties(_) => "duties",
            Self::Plain(template, ..) => template,
        }
    }

    /// What the template takes, for the block that has this id and stands in this place.
    pub(super) fn context(&self, id: &str, order: u64) -> Value {
        let place = context! { id => id, block => id, order => order };
        let with = |values: Value| context! { ..values, ..place.clone() };
        match self {
            Self::Question(card) => context! { q => with(question(card)) },
            Self::Counted(voting) => context! { c => with(counted(voting)) },
            Self::Message(message, kind, again) => context! { m => with(inbox(message, kind, *again)) },
            Self::Told(told) => context! { m => with(sent(told)) },
            Self::Artefact(artefact, may) => context! { e => with(shelf(artefact, *may)) },
            Self::Deed(deed, may) => context! { a => with(action(deed, *may)) },
            Self::Note(note, whose) => {
                context! { n => with(context! { says => &note.says, clock => &note.clock, whose => whose }) }
            }
            Self::Settled(settled, at) => context! { s => with(line(settled, at)) },
            Self::Gauges(readings) => {
                context! { g => with(context! { gauges => readings.iter().map(gauge).collect::<Vec<_>>() }) }
            }
            Self::Duties(owed) => {
                context! { d => with(context! { duties => owed.iter().map(duty).collect::<Vec<_>>() }) }
            }
            Self::Plain(_, letter, values) => {
                let inner = with(Value::from(Serde(values)));
                Value::from(std::collections::BTreeMap::from([(*letter, inner)]))
            }
        }
    }
}

fn counted(voting: &Voting) -> Value {
    let lead = voting.tallies.as_ref().map(|tallies| {
        let rows = tallies.iter().map(|(text, count)| context! { text => text, count => count });
        context! { tallies => rows.collect::<Vec<_>>() }
    });
    context! { voted => voting.voted, of => voting.of, lead => lead }
}

fn safe(markdown: &str) -> Value {
    Value::from_safe_string(prose_html(markdown))
}

/// Text as markup that shows it.
pub(super) fn escaped(text: &str) -> Value {
    let mut markup = String::with_capacity(text.len());
    for c in crate::scenario::clean(text).chars() {
        match c {
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '&' => markup.push_str("&amp;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            c => markup.push(c),
        }
    }
    Value::from_safe_string(markup)
}

/// Text that stands as it was written.
fn verbatim(text: &str) -> Value {
    Value::from_safe_string(format!("<pre>{}</pre>", escaped(text)))
}

fn inbox(message: &Message, kind: &str, again: bool) -> Value {
    context! {
        channel_kind => kind,
        channel => &message.channel,
        from => &message.from,
        subject => &message.subject,
        heading => message.heading.iter().map(|(k, v)| vec![k.clone(), v.clone()]).collect::<Vec<_>>(),
        body_html => safe(&message.body),
        clock => &message.clock,
        whose => &message.whose,
        again => again,
    }
}

fn sent(told: &Told) -> Value {
    let hint = told.from.is_empty();
    context! {
        channel_kind => if hint { "hint" } else { "adhoc" },
        channel => if hint { tr!("Hint from the trainer") } else { tr!("Message") },
        from => &told.from,
        subject => &told.subject,
        heading => Vec::<Vec<String>>::new(),
        body_html => safe(&told.says),
        clock => &told.clock,
        whose => "",
        again => false,
    }
}

fn shelf(artefact: &Artefact, may: bool) -> Value {
    // Logs and mails stand as they were written; the rest is prose.
    let (look, as_written) = match artefact.look {
        Look::Note => ("note", false),
        Look::Log => ("log", true),
        Look::Mail => ("mail", true),
        Look::Table => ("table", false),
        Look::Transcript => ("transcript", false),
        Look::Screen => ("screen", true),
    };
    let body = artefact.body.as_ref().map(|body| if as_written { verbatim(body) } else { safe(body) });
    context! {
        number => artefact.id.0,
        title => &artefact.title,
        look => look,
        takes => artefact.takes.said(),
        in_hand => artefact.in_hand.map(|until| until.0),
        may => may,
        body_html => body,
        whose => &artefact.whose,
    }
}

fn action(deed: &Deed, may: bool) -> Value {
    let instant = deed.takes == crate::scenario::SimTime::ZERO;
    context! {
        number => deed.id.0,
        label => &deed.label,
        takes => if instant { String::new() } else { deed.takes.said() },
        on_offer => deed.on_offer,
        in_hand => deed.in_hand.map(|until| until.0),
        may => may,
        times_done => deed.times_done,
        result_html => if deed.result.is_empty() { Value::from("") } else { safe(&deed.result) },
        whose => &deed.whose,
    }
}

fn line(settled: &Settled, at: &str) -> Value {
    let (outcome, how) = match &settled.how {
        Outcome::Answered(words) => ("answered", words.clone()),
        Outcome::Lapsed => ("lapsed", tr!("Nobody answered in time.")),
        Outcome::Withdrawn => ("withdrawn", tr!("It was withdrawn.")),
    };
    context! { says_html => escaped(&settled.says), says => &settled.says, at => at, outcome => outcome, how => how }
}

fn gauge(reading: &Reading) -> Value {
    let moved = match reading.reads.cmp(&reading.start) {
        std::cmp::Ordering::Less => "down",
        std::cmp::Ordering::Equal => "same",
        std::cmp::Ordering::Greater => "up",
    };
    context! {
        label => &reading.label,
        unit => &reading.unit,
        start => grouped_signed(reading.start),
        reads => grouped_signed(reading.reads),
        moved => moved,
    }
}

fn duty((owed, since): &(Owed, String)) -> Value {
    context! {
        label => &owed.label,
        to => &owed.to,
        rule => &owed.rule,
        since => since,
        declared => owed.declared,
        due => &owed.due,
        met => owed.met,
    }
}
