//! Tasks and recipients one by one: skip, or pick a person or a channel, then by
//! when; at the end everything at a glance, to be changed or handed in.

#![expect(clippy::wildcard_enum_match_arm, reason = "most steps are not about pairs")]

use tr::tr;

use super::{Draft, Step};
use crate::drill::{OpenQuestion, Sides, Wants};
use crate::engine::{Answer, Pair};
use crate::scenario::PartnerId;

/// What was paired so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairing {
    /// What each row in the list was paired with.
    rows: Vec<Option<Pair>>,
    /// Whether everything has been gone through once.
    whole: bool,
    /// The row that is to be changed.
    change: Option<u8>,
}

impl Pairing {
    pub(super) fn of(question: &OpenQuestion) -> Self {
        Self { rows: vec![None; question.choices.len()], ..Self::default() }
    }

    /// The first step of such a question.
    pub(super) fn first(question: &OpenQuestion) -> Step {
        if question.choices.is_empty() { Step::Review } else { Step::With(0) }
    }
}

impl Draft {
    fn sides(&self) -> Option<&Sides> {
        if let Wants::Pairs(sides) = &self.question.wants { Some(sides) } else { None }
    }

    fn row(&self, row: u8) -> &str {
        self.question.choices.get(usize::from(row)).map_or("", |choice| choice.says.as_str())
    }

    pub(super) fn pairs_heading(&self) -> Option<String> {
        let sides = self.sides()?;
        let rows = self.question.choices.len();
        Some(match (self.step(), sides.notify) {
            (Step::With(row), false) => tr!("{0} of {1}: {2} – who does it?", row + 1, rows, self.row(row)),
            (Step::With(row), true) => {
                tr!("{0} of {1}: {2} – tell them, and through which channel?", row + 1, rows, self.row(row))
            }
            (Step::By(row), _) => tr!("{0} of {1}: {2} – by when?", row + 1, rows, self.row(row)),
            _ => tr!("This is what you have. Choose a line to change it, or hand it in."),
        })
    }

    pub(super) fn pairs_options(&self) -> Vec<String> {
        let Some(sides) = self.sides() else { return Vec::new() };
        match self.step() {
            Step::With(_) => {
                let skip = if sides.notify { tr!("Do not tell them") } else { tr!("Nobody, for now") };
                sides.with.iter().cloned().chain([skip]).collect()
            }
            Step::By(_) => sides.by.iter().map(|by| tr!("within {0}", by.said())).collect(),
            _ => {
                let rows = self.question.choices.iter().zip(&self.pairs.rows);
                let open = if sides.notify { tr!("not told") } else { tr!("nobody") };
                let line = |(choice, pair): (&crate::drill::Offer, &Option<Pair>)| {
                    let with = pair.map(|pair| sides.in_words(pair.with, pair.by));
                    format!("{}: {}", choice.says, with.unwrap_or_else(|| open.clone()))
                };
                rows.map(line).chain([tr!("Hand it in")]).collect()
            }
        }
    }

    /// Notes what was chosen at a step.
    pub(super) fn pair(&mut self, chosen: usize) {
        let (partners, by) = self.sides().map_or((0, None), |s| (s.with.len(), s.by.get(chosen).copied()));
        let step = self.step();
        let (Step::With(row) | Step::By(row)) = step else {
            let row = u8::try_from(chosen).ok().filter(|_| chosen < self.pairs.rows.len());
            self.pairs.change = row;
            self.keep();
            return;
        };
        let id = self.question.choices[usize::from(row)].id;
        let pair = &mut self.pairs.rows[usize::from(row)];
        match (step, pair) {
            (Step::With(_), pair) => {
                let with = (chosen < partners).then(|| PartnerId::of(chosen));
                *pair = with.map(|with| Pair { row: id, with, by: None });
            }
            (_, Some(pair)) => pair.by = by,
            (_, None) => {}
        }
        self.keep();
    }

    fn keep(&mut self) {
        let deadlines = self.sides().is_some_and(|sides| !sides.by.is_empty());
        // A recipient whose deadline is still to be said is not told yet.
        let told = self.pairs.rows.iter().flatten().filter(|pair| pair.by.is_some() || !deadlines);
        let mut pairs: Vec<Pair> = told.copied().collect();
        pairs.sort_unstable();
        self.answer = Some(Answer::Pairs(pairs));
    }

    /// The step that follows among the pairs, if one does.
    pub(super) fn next_pair(&mut self) -> Option<Step> {
        let sides = self.sides()?;
        let deadlines = !sides.by.is_empty();
        let row = match self.step() {
            Step::With(row) if deadlines && self.pairs.rows[usize::from(row)].is_some() => {
                return Some(Step::By(row));
            }
            Step::With(row) | Step::By(row) => row,
            Step::Review => return self.pairs.change.take().map(Step::With),
            _ => return None,
        };
        let next = row + 1;
        if self.pairs.whole || usize::from(next) >= self.pairs.rows.len() {
            self.pairs.whole = true;
            return Some(Step::Review);
        }
        Some(Step::With(next))
    }
}
