//! Answers in words: what was chosen, and what was best with what could be known then.

use tr::tr;

use super::super::decision::Pick;
use super::pairs;
use super::played::Sitting;
use super::teller::{Part, Teller};
use crate::engine::Answer;
use crate::scenario::{
    Ask, CategorizeSpec, Category, ChoiceId, Question, SourceId, TriageTable, Truth, TruthId, Verdict, clean,
};
use crate::speech::label;

/// What an answer says.
pub(in crate::debrief) fn chosen(teller: &Teller<'_>, question: &Question, answer: &Answer) -> Vec<Pick> {
    match answer {
        Answer::One(choice) => vec![pick(teller, question, *choice, None)],
        Answer::Several(set) if set.is_empty() => vec![plain(tr!("none of them"))],
        Answer::Several(set) => {
            set.iter().map(|c| pick(teller, question, c, Some(question.choice(c).right))).collect()
        }
        Answer::Order(order) if matches!(question.ask, Ask::Record { .. }) => {
            order.iter().map(|c| pick(teller, question, *c, Some(question.choice(*c).right))).collect()
        }
        Answer::Order(order) => vec![plain(in_order(teller, question, order))],
        Answer::Pairs(given) => given.iter().map(|pair| pairs::chosen(teller, question, pair)).collect(),
        Answer::Number(number) => vec![plain(number_of(question, *number))],
        Answer::Category(category) => vec![plain(called(teller, question, category))],
        Answer::Text(text) => vec![plain(clean(text))],
    }
}

/// What was best on offer, given the truth of the moment.
pub(in crate::debrief) fn best(
    teller: &Teller<'_>,
    question: &Question,
    sitting: &Sitting<'_>,
    id: Option<TruthId>,
) -> Vec<Pick> {
    let truth = id.map(|id| &teller.scenario.truth[id.at()]);
    match &question.ask {
        Ask::Triage(table) => {
            let credit = |c: &ChoiceId| triage(table, truth, *c);
            most(teller, question, sitting.offered, credit)
        }
        Ask::ChooseOne => most(teller, question, sitting.offered, |c| question.choice(*c).credit(id)),
        Ask::ChooseSeveral => {
            let key = sitting.offered.iter().filter(|c| question.choice(**c).right);
            let mut key: Vec<ChoiceId> = key.copied().collect();
            key.sort_unstable();
            key.into_iter().map(|c| pick(teller, question, c, Some(true))).collect()
        }
        Ask::PutInOrder { before } => {
            let order = sequence(sitting.offered, before);
            vec![Pick { why: whys(teller, question, &order), ..plain(in_order(teller, question, &order)) }]
        }
        Ask::Record { before } => {
            let key: Vec<ChoiceId> =
                sitting.offered.iter().copied().filter(|c| question.choice(*c).right).collect();
            let order = sequence(&key, before);
            order.into_iter().map(|c| pick(teller, question, c, Some(true))).collect()
        }
        Ask::Assign(_) | Ask::Notify(_) => pairs::best(teller, question, sitting.offered),
        Ask::Estimate(spec) => {
            let key = spec.key(id);
            let number = number_of(question, key.answer);
            vec![plain(match key.tolerance {
                0 => number,
                n => tr!("{0}, give or take {1}", number, n),
            })]
        }
        Ask::Categorize(spec) => categorized(teller, spec, truth),
        Ask::Reflect { .. } => Vec::new(),
    }
}

fn plain(says: String) -> Pick {
    Pick { says, right: None, why: String::new(), source: None }
}

fn pick(teller: &Teller<'_>, question: &Question, id: ChoiceId, right: Option<bool>) -> Pick {
    let choice = question.choice(id);
    // What a triage offers is the program's own, and not the script's.
    let own = matches!(question.ask, Ask::Triage(_)).then(|| label(&choice.says));
    let says = teller.line(own.as_deref().unwrap_or(&choice.says));
    Pick {
        says,
        right,
        why: teller.fill(&choice.why),
        source: choice.source.map(|s: SourceId| teller.source(s)),
    }
}

/// All choices on offer that are worth the most; none if the most is worth nothing.
fn most(
    teller: &Teller<'_>,
    question: &Question,
    offered: &[ChoiceId],
    credit: impl Fn(&ChoiceId) -> i16,
) -> Vec<Pick> {
    let most = offered.iter().map(&credit).max();
    let mut best: Vec<ChoiceId> = offered.iter().filter(|c| Some(credit(c)) == most).copied().collect();
    best.sort_unstable();
    best.into_iter().map(|c| pick(teller, question, c, None)).collect()
}

/// As the score reads the table; without a truth it is too early to tell.
fn triage(table: &TriageTable, truth: Option<&Truth>, choice: ChoiceId) -> i16 {
    let verdict = truth.map_or(Verdict::TooEarly, |t| t.verdict);
    let thin = truth.is_some_and(|t| t.thin) && verdict != Verdict::TooEarly;
    match Verdict::ALL.get(choice.at()) {
        Some(Verdict::TooEarly) if thin => table.thin,
        Some(called) => table.credit[verdict as usize][*called as usize],
        None => 0,
    }
}

fn in_order(teller: &Teller<'_>, question: &Question, order: &[ChoiceId]) -> String {
    let item =
        |(row, c): (usize, &ChoiceId)| format!("{}. {}", row + 1, teller.line(&question.choice(*c).says));
    order.iter().enumerate().map(item).collect::<Vec<_>>().join("; ")
}

/// Why the items stand where they stand, as a list.
fn whys(teller: &Teller<'_>, question: &Question, order: &[ChoiceId]) -> String {
    let items = order.iter().map(|c| question.choice(*c)).filter(|c| !c.why.is_empty());
    let items =
        items.map(|c| format!("- {}: {}", teller.line(&c.says), teller.fill(&c.why).replace('\n', " ")));
    items.collect::<Vec<_>>().join("\n")
}

/// One order that meets every constraint, as near as can be to the author's own.
fn sequence(items: &[ChoiceId], before: &[(ChoiceId, ChoiceId)]) -> Vec<ChoiceId> {
    let mut left: Vec<ChoiceId> = items.to_vec();
    left.sort_unstable();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = |c: &ChoiceId| !before.iter().any(|(first, then)| then == c && left.contains(first));
        // `check` refuses circles; should one come through, the author's order stands.
        let row = left.iter().position(free).unwrap_or(0);
        order.push(left.remove(row));
    }
    order
}

fn number_of(question: &Question, number: i64) -> String {
    let unit = if let Ask::Estimate(spec) = &question.ask { spec.unit.as_str() } else { "" };
    format!("{number} {unit}").trim_end().to_owned()
}

/// A call, in the words of what was asked.
pub(in crate::debrief) fn called(teller: &Teller<'_>, question: &Question, category: &Category) -> String {
    let spec = if let Ask::Categorize(spec) = &question.ask { Some(spec) } else { None };
    teller.category(category, |part| spec.is_none_or(|spec| asks(spec, part)))
}

fn asks(spec: &CategorizeSpec, part: Part) -> bool {
    match part {
        Part::Class => spec.class,
        Part::Severity => spec.severity,
        Part::Impact(axis) => spec.asks(axis),
    }
}

fn categorized(teller: &Teller<'_>, spec: &CategorizeSpec, truth: Option<&Truth>) -> Vec<Pick> {
    let verdict = truth.map_or(Verdict::TooEarly, |t| t.verdict);
    let category =
        truth.and_then(|t| t.category.as_ref()).map(|c| teller.category(c, |part| asks(spec, part)));
    let says = match (verdict, category) {
        (Verdict::TooEarly, _) if spec.too_early => tr!("too early to tell"),
        (_, Some(words)) if !words.is_empty() => words,
        (Verdict::NotAnIncident, _) => tr!("not an incident"),
        (Verdict::Incident | Verdict::TooEarly, _) => return Vec::new(),
    };
    let why = truth.map(|t| teller.fill(&t.why)).unwrap_or_default();
    let source = truth.and_then(|t| t.source).map(|s| teller.source(s));
    vec![Pick { why, source, ..plain(says) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_order_keeps_to_the_author_where_it_can() {
        let id = ChoiceId;
        let items = [id(2), id(0), id(3), id(1)];
        assert_eq!(sequence(&items, &[(id(3), id(0))]), [id(1), id(2), id(3), id(0)]);
        assert_eq!(sequence(&items, &[]), [id(0), id(1), id(2), id(3)]);
        assert_eq!(sequence(&items, &[(id(0), id(1)), (id(1), id(0))]).len(), 4, "a circle ends");
    }
}
