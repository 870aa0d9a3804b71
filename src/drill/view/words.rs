//! How a message is headed and how an answer reads, in the trainee's words.

use super::{Categories, OpenQuestion, Sides, TraineeView, Wants};
use crate::engine::{Answer, Pair};
use crate::scenario::{
    Axis, Category, Channel, ChoiceId, PartnerId, PersonId, Scenario, Scheme, SimTime, clean,
};

/// What a channel shows above the text.
pub(super) struct Heading {
    pub(super) channel: &'static str,
    pub(super) from: String,
    pub(super) subject: String,
    pub(super) fields: Vec<(&'static str, String)>,
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

    pub(super) fn heading(&self, scenario: &Scenario, via: &Channel) -> Heading {
        let text = |t: &str| self.text(scenario, t);
        let name = |id: PersonId| text(&scenario.person(id).label);
        let person = |id| self.person(scenario, id);
        let (channel, from, subject, fields) = match via {
            Channel::Mail { from, address, to, subject } => {
                let own = &scenario.person(*from).address;
                let address = text(if address.is_empty() { own } else { address });
                let sender =
                    if address.is_empty() { name(*from) } else { format!("{} <{address}>", name(*from)) };
                let fields = vec![("From", sender), ("To", text(to)), ("Subject", text(subject))];
                ("Mail", name(*from), text(subject), fields)
            }
            Channel::Chat { from, room } => {
                ("Chat", name(*from), text(room), vec![("From", person(*from)), ("In", text(room))])
            }
            Channel::Call { from, number } => {
                ("Call", name(*from), String::new(), vec![("From", person(*from)), ("Number", text(number))])
            }
            Channel::Ticket { from, number, state } => {
                let fields =
                    vec![("Opened by", person(*from)), ("Number", text(number)), ("State", text(state))];
                ("Ticket", name(*from), text(number), fields)
            }
            Channel::Alert { system, level } => {
                ("Alert", text(system), text(level), vec![("System", text(system)), ("Level", text(level))])
            }
            Channel::News { outlet, headline } => {
                let fields = vec![("Outlet", text(outlet)), ("Headline", text(headline))];
                ("News", text(outlet), text(headline), fields)
            }
            Channel::Post { account, network } => (
                "Post",
                text(account),
                text(network),
                vec![("Account", text(account)), ("On", text(network))],
            ),
            Channel::Letter { from, subject } => {
                let fields = vec![("From", person(*from)), ("Subject", text(subject))];
                ("Letter", name(*from), text(subject), fields)
            }
            Channel::Desk { from } => {
                ("At your desk", name(*from), String::new(), vec![("Who", person(*from))])
            }
        };
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        Heading { channel, from, subject, fields }
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
            Answer::Several(chosen) if chosen.is_empty() => "None of these".into(),
            Answer::Several(chosen) => {
                let picked = self.choices.iter().filter(|c| chosen.has(c.id));
                picked.map(|c| c.says.as_str()).collect::<Vec<_>>().join("; ")
            }
            Answer::Order(order) => {
                let numbered = order.iter().enumerate().map(|(n, c)| format!("{}. {}", n + 1, says(*c)));
                numbered.collect::<Vec<_>>().join("; ")
            }
            Answer::Pairs(pairs) if pairs.is_empty() => "Nobody".into(),
            Answer::Pairs(pairs) => {
                let Wants::Pairs(sides) = &self.wants else { return String::new() };
                let pair =
                    |pair: &Pair| format!("{}: {}", says(pair.row), sides.in_words(pair.with, pair.by));
                pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
            }
            Answer::Number(number) => {
                let unit = if let Wants::Number(unit) = &self.wants { unit.as_str() } else { "" };
                format!("{number} {unit}").trim_end().to_owned()
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
        by.map_or_else(|| with.to_owned(), |by| format!("{with}, within {by}"))
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
            return "Too early to tell".into();
        }
        let mut parts = Vec::new();
        if let Some((label, types)) = category.class.and_then(|class| self.classes.get(class.at())) {
            match category.kind.and_then(|kind| types.get(kind.at())) {
                Some(kind) => parts.push(format!("{label}, {kind}")),
                None => parts.push(label.clone()),
            }
        }
        if let Some(severity) = category.severity.and_then(|level| self.severities.get(level.at())) {
            let score = category.factors.map_or_else(String::new, |factors| {
                let score = factors.score();
                format!(" (calculated {}.{:02} of 100)", score / 100, score % 100)
            });
            parts.push(format!("severity {severity}{score}"));
        }
        for axis in Axis::ALL {
            if let Some(level) = category.impact[axis as usize] {
                let level = axis.levels().get(level.at()).copied().unwrap_or_default();
                parts.push(format!("{}: {}", axis.name(), level.replace('-', " ")));
            }
        }
        parts.join("; ")
    }
}
