//! From an open question to an answer, step by step, whatever the front end.
//!
//! A categorization goes class, type, severity, impact; then come confidence
//! and a reason, where the script asks for them. The live panel and the plain
//! mode both drive a [`Draft`], so the same answers come out of both.

use crate::drill::{Categories, OpenQuestion, Wants};
use crate::engine::{Answer, CONFIDENCE_STEPS, Submission};
use crate::limits::GAUGE_AMOUNT_MAX;
use crate::scenario::{Axis, Category, ChoiceId, ClassId, KindId, LevelId};

/// An answer being made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The question.
    pub question: OpenQuestion,
    steps: Vec<Step>,
    answer: Option<Answer>,
    category: Category,
    confidence: Option<u8>,
}

/// What is asked for next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One of the choices.
    Choose,
    /// All that apply.
    Mark,
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
    /// The impact on one axis.
    Impact(Axis),
    /// How sure.
    Sure,
    /// Why.
    Because,
}

/// What a front end read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Rows of the options, in the order given.
    Rows(Vec<usize>),
    /// A number.
    Number(i64),
    /// A text.
    Text(String),
}

/// Where a draft stands after something was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Another step follows.
    Next,
    /// The answer is complete.
    Done(Submission),
    /// It does not fit; this says why.
    Not(String),
}

const SURE: [&str; 5] = ["a coin toss", "leaning this way", "fairly sure", "sure", "certain"];

impl Draft {
    /// The beginning of an answer.
    #[must_use]
    pub fn new(question: OpenQuestion) -> Self {
        let first = match &question.wants {
            Wants::One => Step::Choose,
            Wants::Several => Step::Mark,
            Wants::Order => Step::Rank,
            Wants::Record => Step::Record,
            Wants::Number(_) => Step::Number,
            Wants::Text => Step::Text,
            Wants::Category(categories) => {
                call_steps(categories, &Category::default()).first().copied().unwrap_or(Step::Class)
            }
        };
        Self { question, steps: vec![first], answer: None, category: Category::default(), confidence: None }
    }

    /// What is asked for now.
    #[must_use]
    pub fn step(&self) -> Step {
        self.steps.last().copied().expect("checked: a draft has a step")
    }

    /// Whether this is the first step.
    #[must_use]
    pub fn at_start(&self) -> bool {
        self.steps.len() == 1
    }

    /// Goes back one step.
    pub fn back(&mut self) {
        if !self.at_start() {
            self.steps.pop();
        }
    }

    fn categories(&self) -> Option<&Categories> {
        match &self.question.wants {
            Wants::Category(categories) => Some(categories),
            Wants::One | Wants::Several | Wants::Order | Wants::Record | Wants::Number(_) | Wants::Text => {
                None
            }
        }
    }

    /// What the step is called above its options; the question itself says it for the first.
    #[must_use]
    pub fn heading(&self) -> Option<String> {
        let class = |row: ClassId| self.categories().and_then(|c| c.classes.get(row.at()));
        Some(match self.step() {
            Step::Choose | Step::Mark | Step::Rank | Step::Record | Step::Number | Step::Text => return None,
            Step::Class => "Which class of incident?".into(),
            Step::Kind => match self.category.class.and_then(class) {
                Some((label, _)) => format!("Which type of “{label}”?"),
                None => "Which type?".into(),
            },
            Step::Severity => "How severe?".into(),
            Step::Impact(Axis::Functional) => "What can the organisation no longer do?".into(),
            Step::Impact(Axis::Information) => "What happened to information?".into(),
            Step::Impact(Axis::Recoverability) => "What will recovery take?".into(),
            Step::Sure => "How sure are you?".into(),
            Step::Because => {
                "Why? One line for the debrief; it is never scored, and it may stay empty.".into()
            }
        })
    }

    /// What is on offer at this step; empty where something is typed.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        let mut options: Vec<String> = match self.step() {
            Step::Choose | Step::Mark | Step::Rank | Step::Record => {
                self.question.choices.iter().map(|c| c.says.clone()).collect()
            }
            Step::Number | Step::Text | Step::Because => Vec::new(),
            Step::Class => {
                self.categories().map(|c| &c.classes).into_iter().flatten().map(|c| c.0.clone()).collect()
            }
            Step::Kind => {
                let mut kinds = self.kinds();
                kinds.push("I cannot tell which".into());
                kinds
            }
            Step::Severity => self.categories().map(|c| c.severities.clone()).unwrap_or_default(),
            Step::Impact(axis) => (0..axis.levels().len()).map(|row| level(axis, row).to_owned()).collect(),
            Step::Sure => CONFIDENCE_STEPS
                .iter()
                .zip(SURE)
                .map(|(percent, word)| format!("{percent} %  {word}"))
                .collect(),
        };
        if self.offers_too_early() {
            options.push("Too early to tell".into());
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
    pub fn take(&mut self, given: Given) -> Taken {
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
            (Step::Number, Given::Number(_)) => return Err("That number is too large.".into()),
            (Step::Number, _) => return Err("Type a whole number.".into()),
            (Step::Text, Given::Text(text)) if !text.trim().is_empty() => {
                self.answer = Some(Answer::Text(text))
            }
            (Step::Text, _) => return Err("Write a line first.".into()),
            (Step::Because, Given::Text(_)) => {}
            (Step::Because, _) => return Err("Write a line, or leave it empty.".into()),
            (_, Given::Rows(rows)) => {
                self.fits_list(&rows)?;
                match self.step() {
                    Step::Choose => self.answer = Some(Answer::One(ids(&rows)[0])),
                    Step::Mark => self.answer = Some(Answer::Several(ids(&rows).into_iter().collect())),
                    Step::Rank | Step::Record => self.answer = Some(Answer::Order(ids(&rows))),
                    Step::Sure => self.confidence = Some(CONFIDENCE_STEPS[rows[0]]),
                    Step::Class | Step::Kind | Step::Severity | Step::Impact(_) => self.call(rows[0]),
                    Step::Number | Step::Text | Step::Because => {}
                }
            }
            (_, Given::Number(_) | Given::Text(_)) => return Err("Choose by number.".into()),
        }
        Ok(())
    }

    fn fits_list(&self, rows: &[usize]) -> Result<(), String> {
        let offered = self.options().len();
        if let Some(row) = rows.iter().find(|row| **row >= offered) {
            return Err(format!("There is no number {} here.", row + 1));
        }
        if (1..rows.len()).any(|place| rows[..place].contains(&rows[place])) {
            return Err("Each may be named once only.".into());
        }
        match self.step() {
            Step::Mark => Ok(()),
            Step::Rank if rows.len() != offered => {
                Err(format!("Put all {offered} in order; {} to go.", offered - rows.len().min(offered)))
            }
            Step::Rank => Ok(()),
            Step::Record if rows.is_empty() => Err("Pick one at least.".into()),
            Step::Record => Ok(()),
            _ if rows.len() == 1 => Ok(()),
            _ => Err("Choose one.".into()),
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
            Step::Impact(axis) => self.category.impact[axis as usize] = Some(LevelId::of(row)),
            Step::Choose
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
        let mut all = match self.categories() {
            Some(categories) => call_steps(categories, &self.category),
            None => vec![self.steps[0]],
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
    pub fn because(&mut self, text: String) -> Taken {
        match self.take(Given::Text(text.clone())) {
            Taken::Done(submission) => {
                let reason = (!text.trim().is_empty()).then_some(text);
                Taken::Done(Submission { reason, ..submission })
            }
            other => other,
        }
    }
}

/// The steps of a categorization, given what was called so far.
fn call_steps(categories: &Categories, category: &Category) -> Vec<Step> {
    let mut steps = Vec::new();
    if !categories.classes.is_empty() {
        steps.push(Step::Class);
    }
    let class = category.class.and_then(|class| categories.classes.get(class.at()));
    if class.is_some_and(|(_, types)| !types.is_empty()) {
        steps.push(Step::Kind);
    }
    if !categories.severities.is_empty() {
        steps.push(Step::Severity);
    }
    steps.extend(categories.axes.iter().map(|axis| Step::Impact(*axis)));
    if category.too_early {
        steps.truncate(1);
    }
    steps
}

/// What a level of impact means, in words.
fn level(axis: Axis, row: usize) -> &'static str {
    const FUNCTIONAL: [&str; 4] = [
        "nothing is lost: every service runs for everyone",
        "low: every critical service runs, but slower or by hand",
        "medium: a critical service is gone for some people",
        "high: a critical service is gone for everyone",
    ];
    const INFORMATION: [&str; 4] = [
        "nothing was read, taken, changed or deleted",
        "privacy breach: personal data was read or taken",
        "proprietary breach: the organisation's own secrets were read or taken",
        "integrity loss: information was changed or deleted",
    ];
    const RECOVERABILITY: [&str; 4] = [
        "regular: the time is known, with the people and means at hand",
        "supplemented: the time is known, with more people or means",
        "extended: the time is not known, and help from outside is needed",
        "not recoverable: what happened cannot be undone",
    ];
    match axis {
        Axis::Functional => FUNCTIONAL[row],
        Axis::Information => INFORMATION[row],
        Axis::Recoverability => RECOVERABILITY[row],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::Offer;
    use crate::scenario::{ChoiceSet, QuestionId, SimTime};

    fn question(wants: Wants, confidence: bool, reason: bool) -> OpenQuestion {
        let says = |n: u8| Offer { id: ChoiceId(2 - n), says: format!("choice {n}") };
        OpenQuestion {
            id: QuestionId(0),
            says: "What now?".into(),
            wants,
            choices: (0..3).map(says).collect(),
            since: SimTime(0),
            lapses: None,
            confidence,
            reason,
            hints: Vec::new(),
            hint_price: None,
            category: None,
        }
    }

    fn categories() -> Wants {
        Wants::Category(Box::new(Categories {
            title: "Own".into(),
            classes: vec![("Fraud".into(), vec!["Phishing".into()]), ("Other".into(), Vec::new())],
            severities: vec!["low".into(), "high".into()],
            axes: vec![Axis::Information],
            too_early: true,
            revisable: true,
        }))
    }

    fn rows(draft: &mut Draft, rows: &[usize]) -> Taken {
        draft.take(Given::Rows(rows.to_vec()))
    }

    fn answer(taken: Taken) -> Answer {
        match taken {
            Taken::Done(submission) => submission.answer,
            other => panic!("not done: {other:?}"),
        }
    }

    #[test]
    fn rows_become_the_choices_shown() {
        let mut draft = Draft::new(question(Wants::One, false, false));
        assert_eq!(answer(rows(&mut draft, &[0])), Answer::One(ChoiceId(2)));
        let mut draft = Draft::new(question(Wants::Several, false, false));
        let set: ChoiceSet = [ChoiceId(2), ChoiceId(0)].into_iter().collect();
        assert_eq!(answer(rows(&mut draft, &[0, 2])), Answer::Several(set));
        let mut draft = Draft::new(question(Wants::Order, false, false));
        assert!(matches!(rows(&mut draft, &[0, 2]), Taken::Not(_)), "one is missing");
        assert!(matches!(rows(&mut draft, &[0, 2, 2]), Taken::Not(_)), "one is doubled");
        assert_eq!(
            answer(rows(&mut draft, &[1, 0, 2])),
            Answer::Order(vec![ChoiceId(1), ChoiceId(2), ChoiceId(0)])
        );
    }

    #[test]
    fn confidence_and_reason_follow() {
        let mut draft = Draft::new(question(Wants::One, true, true));
        assert_eq!(rows(&mut draft, &[1]), Taken::Next);
        assert_eq!(draft.step(), Step::Sure);
        draft.back();
        assert_eq!(rows(&mut draft, &[0]), Taken::Next, "one may think again");
        assert_eq!(rows(&mut draft, &[3]), Taken::Next);
        let Taken::Done(done) = draft.because("because".into()) else { panic!("not done") };
        assert_eq!((done.answer, done.confidence), (Answer::One(ChoiceId(2)), Some(90)));
        assert_eq!(done.reason.as_deref(), Some("because"));
    }

    #[test]
    fn a_category_is_called_step_by_step() {
        let mut draft = Draft::new(question(categories(), false, false));
        let mut seen = Vec::new();
        for row in [0, 0, 1] {
            seen.push(draft.step());
            assert_eq!(rows(&mut draft, &[row]), Taken::Next);
        }
        assert_eq!(seen, [Step::Class, Step::Kind, Step::Severity]);
        let Answer::Category(call) = answer(rows(&mut draft, &[1])) else { panic!("no category") };
        assert_eq!((call.class, call.kind), (Some(ClassId(0)), Some(KindId(0))));
        assert_eq!((call.severity, call.impact[1]), (Some(LevelId(1)), Some(LevelId(1))));
    }

    #[test]
    fn too_early_ends_the_call_and_going_back_undoes_it() {
        let mut draft = Draft::new(question(categories(), true, false));
        assert_eq!(rows(&mut draft, &[2]), Taken::Next);
        assert_eq!(draft.step(), Step::Sure);
        draft.back();
        assert_eq!(rows(&mut draft, &[1]), Taken::Next, "a class without types");
        assert_eq!(draft.step(), Step::Severity);
        rows(&mut draft, &[0]);
        rows(&mut draft, &[0]);
        let Answer::Category(call) = answer(rows(&mut draft, &[0])) else { panic!("no category") };
        assert!(!call.too_early && call.class == Some(ClassId(1)) && call.kind.is_none());
    }

    #[test]
    fn too_early_is_there_without_classes_too() {
        let Wants::Category(mut only) = categories() else { unreachable!() };
        only.classes.clear();
        let mut draft = Draft::new(question(Wants::Category(only), false, false));
        assert_eq!(draft.options(), ["low", "high", "Too early to tell"]);
        let Answer::Category(call) = answer(rows(&mut draft, &[2])) else { panic!("no category") };
        assert_eq!(call, Category { too_early: true, ..Category::default() });
    }
}
