//! A question as its form shows it, and the form's fields read back as an answer.
//!
//! A field names a choice by its place on the form, never by its name or its
//! place in the script: both could tell which is the best.

use minijinja::{Value, context};

use super::data::{Card, escaped};
use crate::debrief::prose_html;
use crate::drill::{Categories, OpenQuestion, Wants, confidence_steps, impact_level};
use crate::engine::{Answer, Pair, Refusal, Submission};
use crate::scenario::{
    Axis, Category, ChoiceId, ClassId, FACTORS, Factors, KindId, LevelId, PartnerId, SimTime,
};
use crate::speech::label;

/// The fields of a form, as they were sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first field of that name; none if it is not there or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).into_iter().next().filter(|value| !value.is_empty())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A small number; none if the field is not there or is none.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// What the template of a question takes.
pub(super) fn question(card: &Card) -> Value {
    let q = &card.question;
    let choices = q.choices.iter().enumerate();
    let choices: Vec<Value> = choices
        .map(|(n, offer)| context! { n => n, says => &offer.says, says_html => escaped(&offer.says) })
        .collect();
    context! {
        id => q.id.0,
        says_html => Value::from_safe_string(prose_html(&q.says)),
        whose => &q.whose,
        kind => kind(&q.wants),
        choices => choices,
        since => q.since.0,
        lapses => q.lapses.map(|at| at.0),
        until => &card.until,
        to_the_end => q.to_the_end,
        confidence => q.confidence,
        steps => confidence_steps().map(|(percent, words)| context! { percent => percent, words => words }).to_vec(),
        more_time => card.more_time,
        reason => q.reason,
        hints => q.hints.iter().map(|hint| Value::from_safe_string(prose_html(hint))).collect::<Vec<_>>(),
        hint_price => q.hint_price,
        unit => if let Wants::Number(unit) = &q.wants { unit.as_str() } else { "" },
        sides => sides(&q.wants),
        category => category(q),
        revisable => q.category.is_some(),
        vote => card.vote,
    }
}

const fn kind(wants: &Wants) -> &'static str {
    match wants {
        Wants::One => "one",
        Wants::Several => "several",
        Wants::Order => "order",
        Wants::Record => "record",
        Wants::Pairs(_) => "pairs",
        Wants::Number(_) => "number",
        Wants::Category(_) => "category",
        Wants::Text => "text",
    }
}

fn sides(wants: &Wants) -> Option<Value> {
    let Wants::Pairs(sides) = wants else { return None };
    let by: Vec<String> = sides.by.iter().map(|by| by.said()).collect();
    Some(context! { notify => sides.notify, with => &sides.with, by => by })
}

fn category(q: &OpenQuestion) -> Option<Value> {
    let Wants::Category(categories) = &q.wants else { return None };
    let classes = categories.classes.iter().enumerate().map(|(n, (label, kinds))| {
        let kinds = kinds.iter().enumerate().map(|(n, label)| context! { n => n, label => label });
        context! { n => n, label => label, kinds => kinds.collect::<Vec<_>>() }
    });
    let calculated = categories.calculates();
    let factors = FACTORS.iter().filter(|_| calculated).map(|factor| {
        let levels = factor
            .options
            .iter()
            .enumerate()
            .map(|(n, (_, says, _))| context! { n => n, label => label(says) });
        context! { key => factor.name, label => label(factor.asks), levels => levels.collect::<Vec<_>>() }
    });
    let axes = categories.axes.iter().map(|axis| {
        let levels = (0..axis.levels().len()).map(|row| impact_level(*axis, row));
        context! { key => axis.name(), label => asks(*axis), levels => levels.collect::<Vec<_>>() }
    });
    Some(context! {
        title => &categories.title,
        classes => classes.collect::<Vec<_>>(),
        severities => if calculated { Vec::new() } else { categories.severities.clone() },
        factors => factors.collect::<Vec<_>>(),
        axes => axes.collect::<Vec<_>>(),
        too_early => categories.too_early,
        revisable => categories.revisable,
        current => q.category.map(|category| current(categories, &category)),
    })
}

/// A category that was called, in words and by what stands for it in the form.
fn current(categories: &Categories, category: &Category) -> Value {
    let axes =
        Axis::ALL.into_iter().filter_map(|axis| Some((axis.name(), category.impact[axis as usize]?.0)));
    context! {
        words => categories.in_words(category),
        class => category.class.map(|class| class.0),
        kind => category.kind.map(|kind| kind.0),
        severity => category.severity.map(|level| level.0),
        axes => axes.collect::<std::collections::BTreeMap<_, _>>(),
        early => category.too_early,
    }
}

fn asks(axis: Axis) -> String {
    use tr::tr;
    match axis {
        Axis::Functional => tr!("What can the organisation no longer do?"),
        Axis::Information => tr!("What happened to information?"),
        Axis::Recoverability => tr!("What will recovery take?"),
    }
}

/// An answer from the fields of its form.
///
/// # Errors
/// If the fields answer another kind of question, or name what is not on the form.
pub(super) fn submission(q: &OpenQuestion, fields: &Fields) -> Result<Submission, Refusal> {
    let choice = |text: &str| -> Result<ChoiceId, Refusal> {
        let row: usize = text.trim().parse().map_err(|_| Refusal::NotOffered)?;
        q.choices.get(row).map(|offer| offer.id).ok_or(Refusal::NotOffered)
    };
    let answer = match &q.wants {
        Wants::One => Answer::One(choice(fields.get("choice").ok_or(Refusal::Empty)?)?),
        Wants::Several => {
            Answer::Several(fields.all("choice").into_iter().map(choice).collect::<Result<_, _>>()?)
        }
        Wants::Order => {
            Answer::Order(ranked(q, fields, "rank").map(|row| choice(&row)).collect::<Result<_, _>>()?)
        }
        Wants::Record => {
            Answer::Order(ranked(q, fields, "choice").map(|row| choice(&row)).collect::<Result<_, _>>()?)
        }
        Wants::Pairs(sides) => pairs(q, sides.with.len(), &sides.by, fields)?,
        Wants::Number(_) => Answer::Number(whole(fields.get("number").ok_or(Refusal::Empty)?)?),
        Wants::Category(categories) => Answer::Category(called(categories, fields)?),
        Wants::Text => Answer::Text(fields.get("text").ok_or(Refusal::Empty)?.to_owned()),
    };
    Ok(Submission {
        question: q.id,
        answer,
        confidence: fields.number("confidence"),
        reason: fields.get("reason").map(str::to_owned),
    })
}

/// The rows of an order: as the page's script sent them, or, without it, by the places that were picked for them.
fn ranked(q: &OpenQuestion, fields: &Fields, name: &str) -> impl Iterator<Item = String> {
    let sent: Vec<String> = fields.all(name).into_iter().map(str::to_owned).collect();
    let place = |row: usize| fields.number::<u32>(&format!("rank-{row}"));
    let mut placed: Vec<(u32, usize)> =
        (0..q.choices.len()).filter_map(|row| Some((place(row)?, row))).collect();
    placed.sort_unstable();
    let placed: Vec<String> = placed.into_iter().map(|(_, row)| row.to_string()).collect();
    if placed.is_empty() { sent } else { placed }.into_iter()
}

/// A whole number as people write it: thousands set off by spaces, points or commas.
fn whole(text: &str) -> Result<i64, Refusal> {
    let digits: String =
        text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | '\'')).collect();
    digits.parse().map_err(|_| Refusal::WrongKind)
}

fn pairs(
    q: &OpenQuestion,
    partners: usize,
    deadlines: &[SimTime],
    fields: &Fields,
) -> Result<Answer, Refusal> {
    let mut pairs = Vec::new();
    for (row, offer) in q.choices.iter().enumerate() {
        let Some(with) = fields.get(&format!("with-{row}")) else { continue };
        let with: usize = with.parse().map_err(|_| Refusal::NotOffered)?;
        if with >= partners {
            return Err(Refusal::NotOffered);
        }
        let by: Option<usize> = fields.number(&format!("by-{row}"));
        let by = by.and_then(|by| deadlines.get(by)).copied();
        pairs.push(Pair { row: offer.id, with: PartnerId::of(with), by });
    }
    // Ascending by row of the script, whatever the order on the form.
    pairs.sort_unstable();
    Ok(Answer::Pairs(pairs))
}

fn called(categories: &Categories, fields: &Fields) -> Result<Category, Refusal> {
    if categories.too_early && fields.get("early").is_some() {
        return Ok(Category { too_early: true, ..Category::default() });
    }
    let mut category = Category::default();
    if !categories.classes.is_empty() {
        let class: usize = fields.number("class").ok_or(Refusal::Empty)?;
        let (_, kinds) = categories.classes.get(class).ok_or(Refusal::NotOffered)?;
        category.class = Some(ClassId::of(class));
        // The form offers the types of every class, each list by itself.
        let kind: Option<usize> = fields.number(&format!("kind-{class}"));
        category.kind = kind.filter(|kind| *kind < kinds.len()).map(KindId::of);
    }
    if categories.calculates() {
        let mut factors = Factors::default();
        for (row, factor) in FACTORS.iter().enumerate() {
            factors.0[row] = fields.number(&format!("factor-{}", factor.name)).ok_or(Refusal::Empty)?;
        }
        if !factors.known() {
            return Err(Refusal::NotOffered);
        }
        category.factors = Some(factors);
        category.severity = Some(factors.level());
    } else if !categories.severities.is_empty() {
        let level: usize = fields.number("severity").ok_or(Refusal::Empty)?;
        if level >= categories.severities.len() {
            return Err(Refusal::NotOffered);
        }
        category.severity = Some(LevelId::of(level));
    }
    for axis in &categories.axes {
        let level: usize = fields.number(&format!("axis-{}", axis.name())).ok_or(Refusal::Empty)?;
        if level >= axis.levels().len() {
            return Err(Refusal::NotOffered);
        }
        category.impact[*axis as usize] = Some(LevelId::of(level));
    }
    Ok(category)
}
