//! How a message is headed and how an answer reads, in the trainee's words.

use tr::tr;

use super::{Categories, OpenQuestion, Sides, TraineeView, Wants};
use crate::engine::{Answer, Pair};
use crate::scenario::{
    Axis, Category, Channel, ChoiceId, LevelId, PartnerId, PersonId, Scenario, Scheme, SimTime, clean,
};
use crate::speech::{label, language, noted};

/// What a channel shows above the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What it is, in the language spoken: "Mail", "Call", ….
    pub channel: String,
    /// From whom, as one reads it in a list.
    pub from: String,
    /// What it is about, as one reads it in a list; may be empty.
    pub subject: String,
    /// The channel's own fields: From, To, Subject, ….
    pub fields: Vec<(String, String)>,
}

impl TraineeView {
    /// A text of the script as this trainee reads it.
    pub(super) fn text(&self, scenario: &Scenario, text: &str) -> String {
        clean(&scenario.fill(text, &self.picks))
    }

    fn person(&self, scenario: &Scenario, id: PersonId) -> String {
        let person = scenario.person(id);
        let label = self.text(scenario, &person.label);
        if person.role.is_empty() { label } else { format!("{label}, {}", self.text(scenario, &person.role)) }
    }

    /// How a message through this channel is headed, whether it has come or not.
    #[must_use]
    pub fn heading(&self, scenario: &Scenario, via: &Channel) -> Heading {
        let text = |t: &str| self.text(scenario, t);
        let name = |id: PersonId| text(&scenario.person(id).label);
        let (channel, from, subject) = match via {
            Channel::Mail { from, subject, .. } => (tr!("message" => "Mail"), name(*from), text(subject)),
            Channel::Chat { from, room } => (tr!("message" => "Chat"), name(*from), text(room)),
            Channel::Call { from, .. } => (tr!("message" => "Call"), name(*from), String::new()),
            Channel::Ticket { from, number, .. } => (tr!("message" => "Ticket"), name(*from), text(number)),
            Channel::Alert { system, level } => (tr!("message" => "Alert"), text(system), text(level)),
            Channel::News { outlet, headline } => (tr!("message" => "News"), text(outlet), text(headline)),
            Channel::Post { account, network } => (tr!("message" => "Post"), text(account), text(network)),
            Channel::Letter { from, subject } => (tr!("message" => "Letter"), name(*from), text(subject)),
            Channel::Desk { from } => (tr!("message" => "At your desk"), name(*from), String::new()),
        };
        let mut fields = self.fields(scenario, via);
        fields.retain(|(_, value)| !value.is_empty());
        Heading { channel, from, subject, fields }
    }

    /// What stands above a message of this channel, some of it perhaps empty.
    fn fields(&self, scenario: &Scenario, via: &Channel) -> Vec<(String, String)> {
        let text = |t: &str| self.text(scenario, t);
        let person = |id| self.person(scenario, id);
        match via {
            Channel::Mail { from, address, to, subject } => vec![
                (tr!("message" => "From"), self.sender(scenario, *from, address)),
                (tr!("message" => "To"), text(to)),
                (tr!("message" => "Subject"), text(subject)),
            ],
            Channel::Chat { from, room } => {
                vec![(tr!("message" => "From"), person(*from)), (tr!("message" => "In"), text(room))]
            }
            Channel::Call { from, number } => {
                vec![(tr!("message" => "From"), person(*from)), (tr!("message" => "Number"), text(number))]
            }
            Channel::Ticket { from, number, state } => vec![
                (tr!("message" => "Opened by"), person(*from)),
                (tr!("message" => "Number"), text(number)),
                (tr!("message" => "State"), text(state)),
            ],
            Channel::Alert { system, level } => {
                vec![(tr!("message" => "System"), text(system)), (tr!("message" => "Shows"), text(level))]
            }
            Channel::News { outlet, headline } => {
                vec![
                    (tr!("message" => "Outlet"), text(outlet)),
                    (tr!("message" => "Headline"), text(headline)),
                ]
            }
            Channel::Post { account, network } => {
                vec![(tr!("message" => "Account"), text(account)), (tr!("message" => "On"), text(network))]
            }
            Channel::Letter { from, subject } => {
                vec![(tr!("message" => "From"), person(*from)), (tr!("message" => "Subject"), text(subject))]
            }
            Channel::Desk { from } => vec![(tr!("message" => "Who"), person(*from))],
        }
    }

    /// Whom a mail is from, with the address that it shows.
    fn sender(&self, scenario: &Scenario, from: PersonId, address: &str) -> String {
        let person = scenario.person(from);
        let address = self.text(scenario, if address.is_empty() { &person.address } else { address });
        let name = self.text(scenario, &person.label);
        if address.is_empty() { name } else { format!("{name} <{address}>") }
    }
}

impl OpenQuestion {
    /// An answer to this question, in words.
    #[must_use]
    pub fn in_words(&self, answer: &Answer) -> String {
        let says = |id: ChoiceId| {
            self.choices.iter().find(|c| c.id == id).map_or_else(String::new, |c| c.says.clone())
        };
        match answer {
            Answer::One(choice) => says(*choice),
            Answer::Several(chosen) if chosen.is_empty() => tr!("None of these"),
            Answer::Several(chosen) => {
                let picked = self.choices.iter().filter(|c| chosen.has(c.id));
                picked.map(|c| c.says.as_str()).collect::<Vec<_>>().join("; ")
            }
            Answer::Order(order) => {
                let numbered = order.iter().enumerate().map(|(n, c)| format!("{}. {}", n + 1, says(*c)));
                numbered.collect::<Vec<_>>().join("; ")
            }
            Answer::Pairs(pairs) if pairs.is_empty() => tr!("Nobody"),
            Answer::Pairs(pairs) => {
                let Wants::Pairs(sides) = &self.wants else { return String::new() };
                let pair =
                    |pair: &Pair| format!("{}: {}", says(pair.row), sides.in_words(pair.with, pair.by));
                pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
            }
            Answer::Number(number) => {
                let unit = if let Wants::Number(unit) = &self.wants { unit.as_str() } else { "" };
                // A unit is written for many: one of it is counted behind it.
                if number.unsigned_abs() == 1 && !unit.is_empty() {
                    format!("{unit}: {number}")
                } else {
                    format!("{number} {unit}").trim_end().to_owned()
                }
            }
            Answer::Category(category) => {
                let Wants::Category(categories) = &self.wants else { return String::new() };
                categories.in_words(category)
            }
            Answer::Text(text) => clean(text),
        }
    }
}

impl Sides {
    /// What a row is paired with, in words: `By phone, within 24h`.
    #[must_use]
    pub fn in_words(&self, with: PartnerId, by: Option<SimTime>) -> String {
        let with = self.with.get(with.at()).map_or("", String::as_str);
        by.map_or_else(|| with.to_owned(), |by| tr!("{with}, within {by}", with, by = by.said()))
    }
}

impl Categories {
    /// Whether severity is worked out from factors instead of being called.
    #[must_use]
    pub fn calculates(&self) -> bool {
        self.scheme == Scheme::Nciss && !self.severities.is_empty()
    }

    /// A category, in words.
    #[must_use]
    pub fn in_words(&self, category: &Category) -> String {
        if category.too_early {
            return tr!("Too early to tell");
        }
        let mut parts = Vec::new();
        if let Some((label, types)) = category.class.and_then(|class| self.classes.get(class.at())) {
            match category.kind.and_then(|kind| types.get(kind.at())) {
                Some(kind) => parts.push(format!("{label}, {kind}")),
                None => parts.push(label.clone()),
            }
        }
        if let Some(severity) = category.severity.and_then(|level| self.severities.get(level.at())) {
            parts.push(match category.factors {
                None => tr!("severity {0}", severity),
                Some(factors) => {
                    let score = factors.score();
                    let mark = language().decimal_mark();
                    let score = format!("{}{mark}{:02}", score / 100, score % 100);
                    tr!("severity {0} (calculated {1} of 100)", severity, score)
                }
            });
        }
        for axis in Axis::ALL {
            parts.extend(category.impact[axis as usize].map(|level| impact(axis, level)));
        }
        parts.join("; ")
    }
}

/// An impact, in words: its axis and its level.
fn impact(axis: Axis, level: LevelId) -> String {
    let levels: [&str; 4] = match axis {
        Axis::Functional => [
            noted!("functional: none"),
            noted!("functional: low"),
            noted!("functional: medium"),
            noted!("functional: high"),
        ],
        Axis::Information => [
            noted!("information: none"),
            noted!("information: privacy breach"),
            noted!("information: proprietary breach"),
            noted!("information: integrity loss"),
        ],
        Axis::Recoverability => [
            noted!("recoverability: regular"),
            noted!("recoverability: supplemented"),
            noted!("recoverability: extended"),
            noted!("recoverability: not recoverable"),
        ],
    };
    levels.get(level.at()).map_or_else(String::new, |text| label(text))
}
