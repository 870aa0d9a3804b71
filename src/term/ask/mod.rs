//! From an open question to an answer, step by step, whatever the front end.
//!
//! A categorization goes class, type, severity, impact; tasks and recipients go
//! one by one; then come confidence and a reason, where the script asks for them. The live panel and the plain
//! mode both drive a [`Draft`], so the same answers come out of both.

mod pairs;
mod part;
mod standing;

use tr::tr;

use crate::drill::{Categories, OpenQuestion, Wants, confidence_steps, impact_level};
use crate::engine::{Answer, CONFIDENCE_STEPS, Submission};
use crate::limits::GAUGE_AMOUNT_MAX;
use crate::scenario::{Axis, Category, ChoiceId, ClassId, FACTORS, Factors, KindId, LevelId};
use crate::speech::label;
use crate::term::style::Style;
use pairs::Pairing;
use part::call_steps;

/// An answer being made.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The question.
    pub(super) question: OpenQuestion,
    steps: Vec<Step>,
    answer: Option<Answer>,
    category: Category,
    /// The rows of the calculator's options that were chosen so far.
    factors: Factors,
    pairs: Pairing,
    confidence: Option<u8>,
    /// With which marks severities are shown; none for those who listen.
    marks: Option<Style>,
}

/// What is asked for next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One of the choices.
    Choose,
    /// All that apply.
    Mark,
    /// To whom a task goes, or through which channel a recipient is told, by its place in the list.
    With(u8),
    /// By when that recipient is told.
    By(u8),
    /// Everything that was paired, before it is handed in.
    Review,
    /// Everything in order.
    Rank,
    /// What belongs in the log, in order.
    Record,
    /// A whole number.
    Number,
    /// Free text.
    Text,
    /// The class of incident.
    Class,
    /// The type within the class.
    Kind,
    /// The severity.
    Severity,
    /// One factor of the calculator.
    Factor(u8),
    /// The impact on one axis.
    Impact(Axis),
    /// How sure.
    Sure,
    /// Why.
    Because,
}

/// What a front end read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Rows of the options, in the order given.
    Rows(Vec<usize>),
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// Where a draft stands after something was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Another step follows.
    Next,
    /// The answer is complete.
    Done(Submission),
    /// It does not fit; this says why.
    Not(String),
}

/// Whether a text is so short that it may have been meant for something else.
pub(super) fn short(text: &str) -> bool {
    text.split_whitespace().count() < 2
}

impl Draft {
    /// The beginning of an answer.
    #[must_use]
    pub(super) fn new(question: OpenQuestion, marks: Option<Style>) -> Self {
        let first = match &question.wants {
            Wants::One => Step::Choose,
            Wants::Several => Step::Mark,
            Wants::Order => Step::Rank,
            Wants::Record => Step::Record,
            Wants::Pairs(_) => Pairing::first(&question),
            Wants::Number(_) => Step::Number,
            Wants::Text => Step::Text,
            Wants::Category(categories) => {
                call_steps(categories, &Category::default()).first().copied().unwrap_or(Step::Class)
            }
        };
        Self {
            pairs: Pairing::of(&question),
            question,
            steps: vec![first],
            answer: None,
            category: Category::default(),
            factors: Factors::default(),
            confidence: None,
            marks,
        }
    }

    /// What is asked for now.
    #[must_use]
    pub(super) fn step(&self) -> Step {
        self.steps.last().copied().expect("checked: a draft has a step")
    }

    /// Whether this is the first step.
    #[must_use]
    pub(super) fn at_start(&self) -> bool {
        self.steps.len() == 1
    }

    /// Goes back one step.
    pub(super) fn back(&mut self) {
        if !self.at_start() {
            self.steps.pop();
        }
    }

    fn categories(&self) -> Option<&Categories> {
        if let Wants::Category(categories) = &self.question.wants { Some(categories) } else { None }
    }

    /// What the step is called above its options; the question itself says it for the first.
    #[must_use]
    pub(super) fn heading(&self) -> Option<String> {
        let class = |row: ClassId| self.categories().and_then(|c| c.classes.get(row.at()));
        let heading: String = match self.step() {
            Step::Choose | Step::Mark | Step::Rank | Step::Record | Step::Number | Step::Text => return None,
            Step::With(_) | Step::By(_) | Step::Review => return self.pairs_heading(),
            Step::Class => tr!("Which class of incident?"),
            Step::Kind => match self.category.class.and_then(class) {
                Some((label, _)) => tr!("Which type of “{label}”?", label),
                None => tr!("Which type?"),
            },
            Step::Severity => tr!("How severe?"),
            Step::Factor(row) => {
                let (number, of) = (usize::from(row) + 1, FACTORS.len());
                let asks = label(FACTORS[usize::from(row)].asks);
                tr!("Severity, factor {number} of {of}: {asks}", number, of, asks)
            }
            Step::Impact(Axis::Functional) => tr!("What can the organisation no longer do?"),
            Step::Impact(Axis::Information) => tr!("What happened to information?"),
            Step::Impact(Axis::Recoverability) => tr!("What will recovery take?"),
            Step::Sure => tr!("How sure are you?"),
            Step::Because => {
                tr!("Why? One line for the debrief; it is never scored, and it may stay empty.")
            }
        };
        Some(match self.part() {
            Some((part, of)) => tr!("Part {part} of {of}: {heading}", part, of, heading),
            None => heading,
        })
    }

    /// What is on offer at this step; empty where something is typed.
    #[must_use]
    pub(super) fn options(&self) -> Vec<String> {
        let mut options: Vec<String> = match self.step() {
            Step::Choose | Step::Mark | Step::Rank | Step::Record => {
                self.question.choices.iter().map(|c| c.says.clone()).collect()
            }
            Step::With(_) | Step::By(_) | Step::Review => self.pairs_options(),
            Step::Factor(row) => {
                FACTORS[usize::from(row)].options.iter().map(|(_, says, _)| label(says)).collect()
            }
            Step::Number | Step::Text | Step::Because => Vec::new(),
            Step::Class => {
                self.categories().map(|c| &c.classes).into_iter().flatten().map(|c| c.0.clone()).collect()
            }
            Step::Kind => {
                let mut kinds = self.kinds();
                kinds.push(tr!("I cannot tell which"));
                kinds
            }
            Step::Severity => {
                let words = self.categories().map(|c| c.severities.as_slice()).unwrap_or_default();
                let marked = |(row, word): (usize, &String)| match self.marks {
                    Some(style) => style.severity(word, row, words.len()),
                    None => word.clone(),
                };
                words.iter().enumerate().map(marked).collect()
            }
            Step::Impact(axis) => (0..axis.levels().len()).map(|row| impact_level(axis, row)).collect(),
            Step::Sure => {
                confidence_steps().into_iter().map(|(percent, word)| format!("{percent} %  {word}")).collect()
            }
        };
        if self.offers_too_early() {
            options.push(tr!("Too early to tell"));
        }
        options
    }

    fn kinds(&self) -> Vec<String> {
        let class = self.category.class.zip(self.categories());
        class.and_then(|(row, c)| c.classes.get(row.at())).map(|c| c.1.clone()).unwrap_or_default()
    }

    fn offers_too_early(&self) -> bool {
        self.at_start() && self.categories().is_some_and(|c| c.too_early)
    }

    /// Takes what was given for this step.
    pub(super) fn take(&mut self, given: Given) -> Taken {
        match self.fit(given) {
            Ok(()) => self.go_on(),
            Err(why) => Taken::Not(why),
        }
    }

    fn fit(&mut self, given: Given) -> Result<(), String> {
        let ids =
            |rows: &[usize]| -> Vec<ChoiceId> { rows.iter().map(|r| self.question.choices[*r].id).collect() };
        match (self.step(), given) {
            (Step::Number, Given::Number(number))
                if number.unsigned_abs() <= GAUGE_AMOUNT_MAX.unsigned_abs() =>
            {
                self.answer = Some(Answer::Number(number));
            }
            (Step::Number, Given::Number(_)) => return Err(tr!("That number is too large.")),
            (Step::Number, _) => return Err(tr!("Type a whole number.")),
            (Step::Text, Given::Text(text)) if !text.trim().is_empty() => {
                self.answer = Some(Answer::Text(text))
            }
            (Step::Text, _) => return Err(tr!("Write a line first.")),
            (Step::Because, Given::Text(_)) => {}
            (Step::Because, _) => return Err(tr!("Write a line, or leave it empty.")),
            (_, Given::Rows(rows)) => {
                self.fits_list(&rows)?;
                match self.step() {
                    Step::Choose => self.answer = Some(Answer::One(ids(&rows)[0])),
                    Step::Mark => self.answer = Some(Answer::Several(ids(&rows).into_iter().collect())),
                    Step::Rank | Step::Record => self.answer = Some(Answer::Order(ids(&rows))),
                    Step::Sure => self.confidence = Some(CONFIDENCE_STEPS[rows[0]]),
                    Step::With(_) | Step::By(_) | Step::Review => self.pair(rows[0]),
                    Step::Class | Step::Kind | Step::Severity | Step::Factor(_) | Step::Impact(_) => {
                        self.call(rows[0]);
                    }
                    Step::Number | Step::Text | Step::Because => {}
                }
            }
            (_, Given::Number(_) | Given::Text(_)) => return Err(tr!("Choose by number.")),
        }
        Ok(())
    }

    fn fits_list(&self, rows: &[usize]) -> Result<(), String> {
        let offered = self.options().len();
        if let Some(row) = rows.iter().find(|row| **row >= offered) {
            return Err(tr!("There is no number {0} here.", row + 1));
        }
        if (1..rows.len()).any(|place| rows[..place].contains(&rows[place])) {
            return Err(tr!("Each may be named once only."));
        }
        match self.step() {
            Step::Mark => Ok(()),
            _ if rows.len() == 1 && self.step() != Step::Rank => Ok(()),
            Step::Rank if rows.len() != offered => {
                let left = offered - rows.len().min(offered);
                Err(tr!("Put all {offered} in order; {left} to go.", offered, left))
            }
            Step::Rank => Ok(()),
            Step::Record if rows.is_empty() => Err(tr!("Pick one at least.")),
            Step::Record => Ok(()),
            Step::Choose
            | Step::Number
            | Step::Text
            | Step::With(_)
            | Step::By(_)
            | Step::Review
            | Step::Class
            | Step::Kind
            | Step::Severity
            | Step::Factor(_)
            | Step::Impact(_)
            | Step::Sure
            | Step::Because => Err(tr!("Choose one.")),
        }
    }

    /// Notes one part of a categorization.
    fn call(&mut self, row: usize) {
        let too_early = self.offers_too_early() && row + 1 == self.options().len();
        if too_early {
            self.category = Category { too_early: true, ..Category::default() };
        } else if self.at_start() {
            self.category = Category::default();
        }
        match self.step() {
            _ if too_early => {}
            Step::Class => {
                self.category.class = Some(ClassId::of(row));
                self.category.kind = None;
            }
            Step::Kind => self.category.kind = (row < self.kinds().len()).then(|| KindId::of(row)),
            Step::Severity => self.category.severity = Some(LevelId::of(row)),
            Step::Factor(factor) => {
                self.factors.0[usize::from(factor)] = u8::try_from(row).unwrap_or_default();
                self.category.factors = Some(self.factors);
            }
            Step::Impact(axis) => self.category.impact[axis as usize] = Some(LevelId::of(row)),
            Step::Choose
            | Step::With(_)
            | Step::By(_)
            | Step::Review
            | Step::Mark
            | Step::Rank
            | Step::Record
            | Step::Number
            | Step::Text
            | Step::Sure
            | Step::Because => {}
        }
        self.answer = Some(Answer::Category(self.category));
    }

    fn go_on(&mut self) -> Taken {
        if let Some(next) = self.next_pair() {
            self.steps.push(next);
            return Taken::Next;
        }
        let mut all = match (self.categories(), &self.question.wants) {
            (Some(categories), _) => call_steps(categories, &self.category),
            (None, Wants::Pairs(_)) => vec![Step::Review],
            (None, _) => vec![self.steps[0]],
        };
        all.extend(self.question.confidence.then_some(Step::Sure));
        all.extend(self.question.reason.then_some(Step::Because));
        let here = all.iter().position(|s| *s == self.step());
        match here.and_then(|here| all.get(here + 1)) {
            Some(next) => {
                self.steps.push(*next);
                Taken::Next
            }
            None => Taken::Done(Submission {
                question: self.question.id,
                answer: self.answer.clone().expect("checked: the first step gave an answer"),
                confidence: self.confidence,
                reason: None,
            }),
        }
    }

    /// Takes a reason, the last step, and completes the answer with it.
    pub(super) fn because(&mut self, text: String) -> Taken {
        match self.take(Given::Text(text.clone())) {
            Taken::Done(submission) => {
                let reason = (!text.trim().is_empty()).then_some(text);
                Taken::Done(Submission { reason, ..submission })
            }
            other @ (Taken::Next | Taken::Not(_)) => other,
        }
    }
}

#[cfg(test)]
mod tests;
