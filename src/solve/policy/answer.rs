//! What a guesser answers, from what is shown and from draws of its own.
//!
//! One habit serves every kind of question: it ranks what is shown. *Choose one* takes
//! the first of the ranking, *choose several* and *record* the first half of it, *put in
//! order* all of it. A categorization is guessed part by part, in the order in which the
//! form lists the words. An estimate has nothing to be ranked: each habit has its number.

use super::words::Looks;
use super::{Policy, Skill};
use crate::engine::{Answer, Pair, Seed, Stream};
use crate::scenario::{
    Ask, Axis, CategorizeSpec, Category, ChoiceId, ClassId, Factors, KindId, LevelId, PartnerId, QuestionId,
    Scenario, Scheme,
};
use std::cmp::Reverse;

/// A question as a trainee sees it.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'d> {
    pub(super) scenario: &'d Scenario,
    pub(super) looks: &'d Looks,
    pub(super) seed: Seed,
    pub(super) picks: &'d [u8],
    pub(super) id: QuestionId,
    /// What is on offer, as shown.
    pub(super) offered: &'d [ChoiceId],
}

/// What `policy` answers; none for who is silent, and where nothing is on offer.
pub(super) fn guess(policy: Policy, sheet: Sheet<'_>) -> Option<Answer> {
    if policy == Policy::Silent {
        return None;
    }
    let question = sheet.scenario.question(sheet.id);
    let answer = match &question.ask {
        Ask::Triage(_) => Answer::One(triage(policy, sheet)?),
        Ask::ChooseOne => Answer::One(*ranked(policy, sheet).first()?),
        Ask::ChooseSeveral => Answer::Several(some(policy, sheet).into_iter().collect()),
        Ask::PutInOrder { .. } => Answer::Order(ranked(policy, sheet)),
        Ask::Record { .. } => {
            let mut picked = some(policy, sheet);
            if picked.is_empty() {
                picked.push(*sheet.offered.first()?);
            }
            Answer::Order(picked)
        }
        Ask::Assign(_) => Answer::Pairs(paired(policy, sheet, sheet.offered.to_vec())),
        Ask::Notify(_) => Answer::Pairs(paired(policy, sheet, some(policy, sheet))),
        Ask::Estimate(_) => Answer::Number(number(policy, sheet)),
        Ask::Categorize(spec) => Answer::Category(call(policy, sheet, spec)),
        Ask::Reflect { .. } => Answer::Text("\u{2026}".into()),
    };
    Some(answer)
}

/// The three choices of a triage are always incident, not an incident, need more.
fn triage(policy: Policy, sheet: Sheet<'_>) -> Option<ChoiceId> {
    let wanted = match policy {
        Policy::MostDrastic | Policy::AlwaysEscalate => ChoiceId(0),
        Policy::NeverEscalate => ChoiceId(1),
        Policy::Expert
        | Policy::Silent
        | Policy::Random
        | Policy::FirstChoice
        | Policy::LastChoice
        | Policy::LongestChoice
        | Policy::ShortestChoice
        | Policy::Skilled(_) => return ranked(policy, sheet).first().copied(),
    };
    sheet.offered.iter().copied().find(|choice| *choice == wanted).or(sheet.offered.first().copied())
}

/// What is on offer, what the habit likes best first; of equals what is shown first.
fn ranked(policy: Policy, sheet: Sheet<'_>) -> Vec<ChoiceId> {
    let mut order = sheet.offered.to_vec();
    let question = sheet.scenario.question(sheet.id);
    let look = |choice: &ChoiceId| &sheet.looks.choices[sheet.id.at()][choice.at()];
    let letters =
        |choice: &ChoiceId| look(choice).letters(sheet.scenario, &question.choice(*choice).says, sheet.picks);
    match policy {
        Policy::FirstChoice | Policy::Silent => {}
        Policy::LastChoice => order.reverse(),
        Policy::LongestChoice => order.sort_by_cached_key(|choice| Reverse(letters(choice))),
        Policy::ShortestChoice => order.sort_by_cached_key(letters),
        Policy::MostDrastic => order.sort_by_key(|choice| Reverse(look(choice).drastic)),
        Policy::AlwaysEscalate => order.sort_by_key(|choice| Reverse(look(choice).reporting)),
        Policy::NeverEscalate => order.sort_by_key(|choice| look(choice).reporting),
        Policy::Random | Policy::Expert | Policy::Skilled(_) => {
            sheet.seed.shuffle(Stream::Answer, question.name.as_str(), &mut order);
        }
    }
    order
}

/// The first half of the ranking; at random as many as the dice say.
fn some(policy: Policy, sheet: Sheet<'_>) -> Vec<ChoiceId> {
    let mut order = ranked(policy, sheet);
    let count = match policy {
        Policy::Random | Policy::Expert | Policy::Skilled(_) => {
            draw(sheet, "how many", u32::try_from(order.len()).unwrap_or(u32::MAX)) as usize
        }
        Policy::Silent => 0,
        Policy::FirstChoice
        | Policy::LastChoice
        | Policy::LongestChoice
        | Policy::ShortestChoice
        | Policy::MostDrastic
        | Policy::AlwaysEscalate
        | Policy::NeverEscalate => order.len().div_ceil(2),
    };
    order.truncate(count);
    order
}

/// These rows, each with the person or channel, and the deadline, that the habit likes best.
fn paired(policy: Policy, sheet: Sheet<'_>, rows: Vec<ChoiceId>) -> Vec<Pair> {
    let question = sheet.scenario.question(sheet.id);
    let (looks, deadlines) = (&sheet.looks.partners[sheet.id.at()], question.ask.deadlines());
    let labels: Vec<&str> = question.ask.partners().iter().map(|partner| partner.says.as_str()).collect();
    let partners = 0..looks.len();
    let with = |row: ChoiceId| match policy {
        Policy::MostDrastic => partners.clone().min_by_key(|at| Reverse(looks[*at].drastic)).unwrap_or(0),
        Policy::AlwaysEscalate => {
            partners.clone().min_by_key(|at| Reverse(looks[*at].reporting)).unwrap_or(0)
        }
        Policy::NeverEscalate => partners.clone().min_by_key(|at| looks[*at].reporting).unwrap_or(0),
        Policy::Expert
        | Policy::Silent
        | Policy::Random
        | Policy::FirstChoice
        | Policy::LastChoice
        | Policy::LongestChoice
        | Policy::ShortestChoice
        | Policy::Skilled(_) => pick(policy, sheet, &format!("with {}", row.at()), &labels),
    };
    // Who escalates, escalates at once: the earliest deadline stands first.
    let by = |row: ChoiceId| match policy {
        Policy::MostDrastic | Policy::AlwaysEscalate => 0,
        Policy::NeverEscalate => deadlines.len() - 1,
        Policy::Expert
        | Policy::Silent
        | Policy::Random
        | Policy::FirstChoice
        | Policy::LastChoice
        | Policy::LongestChoice
        | Policy::ShortestChoice
        | Policy::Skilled(_) => rung(policy, sheet, &format!("by {}", row.at()), deadlines.len()),
    };
    let pair = |row: ChoiceId| Pair {
        row,
        with: PartnerId::of(with(row)),
        by: (!deadlines.is_empty()).then(|| deadlines[by(row)]),
    };
    let mut pairs: Vec<Pair> = rows.into_iter().map(pair).collect();
    pairs.sort_unstable();
    pairs
}

/// A draw of this trainee's own for one part of an answer, 0 to `most`.
fn draw(sheet: Sheet<'_>, part: &str, most: u32) -> u32 {
    let name = sheet.scenario.question(sheet.id).name.as_str();
    sheet.seed.up_to(Stream::Answer, &format!("{name} {part}"), most)
}

/// A number out of nothing.
fn number(policy: Policy, sheet: Sheet<'_>) -> i64 {
    match policy {
        Policy::Random | Policy::Expert | Policy::Skilled(_) => {
            i64::from(draw(sheet, "digit", 8) + 1) * 10_i64.pow(draw(sheet, "size", 5))
        }
        Policy::Silent | Policy::NeverEscalate => 0,
        Policy::ShortestChoice => 1,
        Policy::FirstChoice => 10,
        Policy::LastChoice => 100,
        Policy::LongestChoice => 1_000,
        Policy::MostDrastic | Policy::AlwaysEscalate => 1_000_000,
    }
}

fn call(policy: Policy, sheet: Sheet<'_>, spec: &CategorizeSpec) -> Category {
    let early = match policy {
        Policy::NeverEscalate | Policy::LastChoice => true,
        Policy::Random | Policy::Expert | Policy::Skilled(Skill(_)) => draw(sheet, "too early", 3) == 0,
        Policy::Silent
        | Policy::FirstChoice
        | Policy::LongestChoice
        | Policy::ShortestChoice
        | Policy::MostDrastic
        | Policy::AlwaysEscalate => false,
    };
    if early && spec.too_early {
        return Category { too_early: true, ..Category::default() };
    }
    let classes = &sheet.scenario.taxonomy.classes;
    let labels: Vec<&str> = classes.iter().map(|class| class.label.as_str()).collect();
    let class = pick(policy, sheet, "class", &labels);
    let types: Vec<&str> = classes[class].types.iter().map(|kind| kind.label.as_str()).collect();
    let kind = (spec.class && !types.is_empty()).then(|| KindId::of(pick(policy, sheet, "type", &types)));
    let level = |part: &str, levels: usize| LevelId::of(rung(policy, sheet, part, levels));
    let severity = spec.severity.then(|| level("severity", sheet.scenario.severities.len()));
    Category {
        class: spec.class.then(|| ClassId::of(class)),
        kind,
        severity,
        factors: severity.filter(|_| sheet.scenario.scheme == Scheme::Nciss).map(Factors::of_level),
        impact: Axis::ALL.map(|axis| spec.asks(axis).then(|| level(axis.name(), axis.levels().len()))),
        too_early: false,
    }
}

/// A row of a list of words.
fn pick(policy: Policy, sheet: Sheet<'_>, part: &str, labels: &[&str]) -> usize {
    let rows = 0..labels.len();
    let letters = |row: &usize| labels[*row].chars().count();
    let row = match policy {
        Policy::Random | Policy::Expert | Policy::Skilled(_) => {
            Some(draw(sheet, part, u32::try_from(labels.len().saturating_sub(1)).unwrap_or(0)) as usize)
        }
        Policy::LastChoice => rows.last(),
        Policy::LongestChoice => rows.rev().max_by_key(letters),
        Policy::ShortestChoice => rows.min_by_key(letters),
        Policy::Silent
        | Policy::FirstChoice
        | Policy::MostDrastic
        | Policy::AlwaysEscalate
        | Policy::NeverEscalate => Some(0),
    };
    row.unwrap_or(0)
}

/// A rung of a scale, lowest first.
fn rung(policy: Policy, sheet: Sheet<'_>, part: &str, levels: usize) -> usize {
    let top = levels.saturating_sub(1);
    match policy {
        Policy::Random | Policy::Expert | Policy::Skilled(_) => {
            draw(sheet, part, u32::try_from(top).unwrap_or(0)) as usize
        }
        Policy::LastChoice | Policy::LongestChoice | Policy::MostDrastic | Policy::AlwaysEscalate => top,
        Policy::Silent | Policy::FirstChoice | Policy::ShortestChoice | Policy::NeverEscalate => 0,
    }
}
