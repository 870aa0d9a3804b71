//! How a message is headed and how an answer reads, in the trainee's words.

use super::{Categories, OpenQuestion, TraineeView, Wants};
use crate::engine::Answer;
use crate::scenario::{Axis, Category, Channel, ChoiceId, PersonId, Scenario, clean};

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
            Answer::Number(number) => match &self.wants {
                Wants::Number(unit) if !unit.is_empty() => format!("{number} {unit}"),
                Wants::Number(_)
                | Wants::One
                | Wants::Several
                | Wants::Order
                | Wants::Record
                | Wants::Category(_)
                | Wants::Text => number.to_string(),
            },
            Answer::Category(category) => match &self.wants {
                Wants::Category(categories) => categories.in_words(category),
                Wants::One
                | Wants::Several
                | Wants::Order
                | Wants::Record
                | Wants::Number(_)
                | Wants::Text => String::new(),
            },
            Answer::Text(text) => clean(text),
        }
    }
}

impl Categories {
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
            parts.push(format!("severity {severity}"));
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
