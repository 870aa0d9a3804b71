//! Tasks given to people and recipients told, in words: what was done, and what was best.

use tr::tr;

use super::super::decision::Pick;
use super::teller::Teller;
use crate::engine::Pair;
use crate::scenario::{Ask, ChoiceId, PartnerId, Question, SimTime};

/// One pair of an answer.
pub(super) fn chosen(teller: &Teller<'_>, question: &Question, pair: &Pair) -> Pick {
    let row = pair.row.at();
    let needed = question.choice(pair.row).right;
    let right = if let Ask::Notify(spec) = &question.ask {
        needed && spec.right_channel(row, pair.with) && spec.in_time(row, pair.by)
    } else {
        matches!(&question.ask, Ask::Assign(spec) if spec.worth(row, pair.with) == 100)
    };
    let why = teller.fill(&question.ask.partners()[pair.with.at()].why);
    let pick = pick(teller, question, pair.row, says(teller, question, pair.row, pair.with, pair.by));
    let why = match (pick.why.is_empty(), why.is_empty()) {
        (false, false) => format!("{}\n\n{why}", pick.why),
        (true, _) => why,
        (false, true) => pick.why,
    };
    Pick { right: Some(right), why, ..pick }
}

/// What was best, for each row on offer that is needed, in the author's order.
pub(super) fn best(teller: &Teller<'_>, question: &Question, offered: &[ChoiceId]) -> Vec<Pick> {
    let mut needed: Vec<ChoiceId> = offered.iter().copied().filter(|c| question.choice(*c).right).collect();
    needed.sort_unstable();
    let mut picks = Vec::new();
    for row in needed {
        let words = if let Ask::Assign(spec) = &question.ask {
            let best = spec.worth[row.at()].iter().rev().max_by_key(|(_, credit)| *credit);
            best.map(|(partner, _)| says(teller, question, row, *partner, None))
        } else if let Ask::Notify(spec) = &question.ask {
            let all = (0..spec.through.len()).map(PartnerId::of);
            let will_do: Vec<PartnerId> = all.filter(|p| spec.right_channel(row.at(), *p)).collect();
            let by = spec.needs[row.at()].by.or(spec.by.last().copied());
            Some(told(teller, question, row, &will_do, by))
        } else {
            None
        };
        picks.extend(words.map(|says| Pick { right: Some(true), ..pick(teller, question, row, says) }));
    }
    picks
}

fn pick(teller: &Teller<'_>, question: &Question, row: ChoiceId, says: String) -> Pick {
    let choice = question.choice(row);
    Pick { says, right: None, why: teller.fill(&choice.why), source: choice.source.map(|s| teller.source(s)) }
}

fn says(
    teller: &Teller<'_>,
    question: &Question,
    row: ChoiceId,
    with: PartnerId,
    by: Option<SimTime>,
) -> String {
    told(teller, question, row, &[with], by)
}

/// "The insurer: by phone or by mail, within 24h".
fn told(
    teller: &Teller<'_>,
    question: &Question,
    row: ChoiceId,
    channels: &[PartnerId],
    by: Option<SimTime>,
) -> String {
    let partners = question.ask.partners();
    let channels: Vec<String> = channels.iter().map(|c| teller.line(&partners[c.at()].says)).collect();
    let (whom, channels) = (teller.line(&question.choice(row).says), channels.join(" / "));
    match by {
        Some(by) => tr!("{0}: {1}, within {2}", whom, channels, by.said()),
        None => format!("{whom}: {channels}"),
    }
}
