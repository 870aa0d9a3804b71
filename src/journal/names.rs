//! The names of a scenario, for translating facts to and from a disk.
//!
//! Inside, facts hold small numbers; on a disk they name things as the author
//! did, so that a person can read a journal in ten years. This is all that the
//! codec knows of a scenario.

use std::collections::BTreeMap;

use tr::tr;

use super::codec::Fault;
use crate::scenario::{Ask, ChoiceId, ClassId, KindId, Name, QuestionId, Scenario};

/// Names by row and rows by name, for everything that a fact can mention.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) injects: Table,
    pub(super) questions: Table,
    choices: Vec<Table>,
    partners: Vec<Table>,
    pub(super) seats: Table,
    pub(super) actions: Table,
    pub(super) evidence: Table,
    pub(super) gauges: Table,
    pub(super) spreads: Table,
    pub(super) duties: Table,
    pub(super) truths: Table,
    pub(super) endings: Table,
    pub(super) slots: Table,
    pub(super) classes: Table,
    types: Vec<Table>,
    pub(super) severities: Table,
}

impl Names {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let names = |kind, rows: &mut dyn Iterator<Item = &Name>| Table::new(kind, rows.map(Name::as_str));
        Self {
            injects: names("inject", &mut scenario.injects.iter().map(|i| &i.name)),
            questions: names("question", &mut scenario.questions.iter().map(|q| &q.name)),
            choices: scenario
                .questions
                .iter()
                .map(|q| names("choice", &mut q.choices.iter().map(|c| &c.name)))
                .collect(),
            partners: scenario.questions.iter().map(|q| partners(&q.ask)).collect(),
            seats: names("seat", &mut scenario.seats.iter().map(|s| &s.name)),
            actions: names("action", &mut scenario.actions.iter().map(|a| &a.name)),
            evidence: names("evidence", &mut scenario.evidence.iter().map(|e| &e.name)),
            gauges: names("gauge", &mut scenario.gauges.iter().map(|g| &g.name)),
            spreads: names("spread", &mut scenario.spreads.iter().map(|s| &s.name)),
            duties: names("duty", &mut scenario.duties.iter().map(|d| &d.name)),
            truths: names("truth", &mut scenario.truth.iter().map(|t| &t.name)),
            endings: names("ending", &mut scenario.endings.iter().map(|e| &e.name)),
            slots: names("slot", &mut scenario.slots.iter().map(|s| &s.name)),
            classes: Table::new("class", scenario.taxonomy.classes.iter().map(|c| c.name.as_str())),
            types: scenario
                .taxonomy
                .classes
                .iter()
                .map(|c| Table::new("type", c.types.iter().map(|t| t.name.as_str())))
                .collect(),
            severities: Table::new("severity", scenario.severities.iter().map(String::as_str)),
        }
    }

    pub(super) fn choices(&self, question: QuestionId) -> &Table {
        &self.choices[question.at()]
    }

    pub(super) fn choice(&self, question: QuestionId, choice: ChoiceId) -> &str {
        self.choices(question).name(choice.at())
    }

    /// What the rows of a question are paired with.
    pub(super) fn partners(&self, question: QuestionId) -> &Table {
        &self.partners[question.at()]
    }

    pub(super) fn types(&self, class: ClassId) -> &Table {
        &self.types[class.at()]
    }

    pub(super) fn kind(&self, class: ClassId, kind: KindId) -> &str {
        self.types(class).name(kind.at())
    }
}

/// People that tasks can be given to, or channels.
fn partners(ask: &Ask) -> Table {
    let sort = if matches!(ask, Ask::Notify(_)) { "channel" } else { "person" };
    Table::new(sort, ask.partners().iter().map(|partner| partner.name.as_str()))
}

/// The names of one sort of thing, in the scenario's order.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    sort: &'static str,
    rows: Vec<String>,
    by_name: BTreeMap<String, usize>,
}

impl Table {
    fn new<'n>(sort: &'static str, names: impl Iterator<Item = &'n str>) -> Self {
        let rows: Vec<String> = names.map(str::to_owned).collect();
        let by_name = rows.iter().cloned().enumerate().map(|(row, name)| (name, row)).collect();
        Self { sort, rows, by_name }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// # Panics
    /// If a fact names what its scenario does not have, which the engine rules out.
    pub(super) fn name(&self, row: usize) -> &str {
        self.rows.get(row).expect("checked: the engine names only what the scenario has")
    }

    pub(super) fn row(&self, name: &str) -> Result<usize, Fault> {
        self.by_name.get(name).copied().ok_or_else(|| {
            Fault::new(tr!("the script has no {} `{}`", self.sort, crate::scenario::clean(name)))
        })
    }
}

#[cfg(test)]
impl Names {
    /// Names without a script behind them: two of everything.
    pub(super) fn of_two_each() -> Self {
        let two = |sort| Table::new(sort, ["one", "two"].into_iter());
        let many = |sort| Table::new(sort, ["one", "two", "three", "four"].into_iter());
        Self {
            injects: two("inject"),
            questions: two("question"),
            choices: vec![many("choice"), two("choice")],
            partners: vec![many("person"), two("channel")],
            seats: two("seat"),
            actions: two("action"),
            evidence: two("evidence"),
            gauges: two("gauge"),
            spreads: two("spread"),
            duties: two("duty"),
            truths: two("truth"),
            endings: two("ending"),
            slots: two("slot"),
            classes: two("class"),
            types: vec![two("type"), many("type")],
            severities: many("severity"),
        }
    }
}
