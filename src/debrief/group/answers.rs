//! Many answers to one question: who agreed, how sure, how many were right. Never who.

use super::super::build::answers::chosen;
use super::super::build::teller::Teller;
use super::super::render::plain;
use super::drills::Given;
use super::model::{Answers, FEW, Share, UNIFIED};
use crate::engine::Answer;
use crate::scenario::{QuestionId, clean};

/// More answers than this are told as one sum.
const SHARES_MAX: usize = 12;

/// An answer in words, on one line.
pub(super) fn says(teller: &Teller<'_>, id: QuestionId, answer: &Answer) -> String {
    let picks = chosen(teller, teller.scenario.question(id), answer);
    picks.iter().map(|pick| plain(&pick.says)).collect::<Vec<_>>().join("; ")
}

/// Only how many answered.
pub(super) fn counted(given: &[Given<'_>], of: usize) -> Answers {
    Answers { count: Some(count(given.len())), of: count(of.max(given.len())), ..Answers::default() }
}

/// Everything about the answers to a question; of few no more than how many there were.
pub(super) fn told(teller: &Teller<'_>, id: QuestionId, given: &[Given<'_>], of: usize) -> Answers {
    let counted = counted(given, of);
    if given.len() < FEW {
        return counted;
    }
    let mut tallies: Vec<(&Answer, usize, Option<i32>)> = Vec::new();
    for one in given {
        let Some(answer) = one.answer else { continue };
        let credit = one.credit.map(|credit| credit.0);
        match tallies.iter_mut().find(|(known, ..)| *known == answer) {
            Some((_, many, worth)) => {
                *many += 1;
                *worth = worth.filter(|worth| Some(*worth) == credit);
            }
            None => tallies.push((answer, 1, credit)),
        }
    }
    tallies.sort_by_key(|(_, many, _)| std::cmp::Reverse(*many));
    let most = tallies.first().map_or(0, |(_, many, _)| *many);
    let rest = tallies.iter().skip(SHARES_MAX).map(|(_, many, _)| many).sum();
    let share = |(answer, many, credit): &(&Answer, usize, Option<i32>)| Share {
        says: says(teller, id, answer),
        count: count(*many),
        credit: *credit,
    };
    Answers {
        told: true,
        shares: tallies.iter().take(SHARES_MAX).map(share).collect(),
        rest: count(rest),
        agreement: percent(most, given.len()),
        unified: Some(most * 100 >= usize::from(UNIFIED) * given.len()),
        words: words(given),
        ..over(given, counted)
    }
}

/// The same of what was done unasked, expected or owed: there is no answer to tell. Of few not even how many
/// did it, for to have done it is the whole of the decision.
pub(super) fn done(given: &[Given<'_>], of: usize) -> Answers {
    let counted = counted(given, of);
    if of < FEW { Answers { count: None, ..counted } } else { Answers { told: true, ..over(given, counted) } }
}

/// How sure, how right, how soon.
fn over(given: &[Given<'_>], counted: Answers) -> Answers {
    let rated: Vec<bool> = given.iter().filter_map(|one| one.right).collect();
    Answers {
        confidence: enough(given.iter().filter_map(|one| one.confidence).collect()),
        right: percent(rated.iter().filter(|right| **right).count(), rated.len()),
        seconds: enough(given.iter().filter_map(|one| one.seconds).collect()),
        ..counted
    }
}

/// The middle, where enough people said something.
fn enough<T: Ord + Copy>(values: Vec<T>) -> Option<T> {
    if values.len() < FEW { None } else { middle(values) }
}

fn words(given: &[Given<'_>]) -> Vec<String> {
    let mut words: Vec<String> = given.iter().filter_map(|one| one.reason).map(clean).collect();
    words.retain(|said| !said.trim().is_empty());
    // The order in which people answered would tell who they are.
    words.sort();
    words
}

/// The middle one; of two in the middle the lower.
pub(super) fn middle<T: Ord + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}

/// Whole percent, rounded down.
pub(super) fn percent(part: usize, whole: usize) -> Option<u8> {
    u8::try_from((part * 100).checked_div(whole)?).ok()
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_lower_of_two() {
        assert_eq!(middle(vec![90, 50, 60, 75]), Some(60));
        assert_eq!(middle(vec![3]), Some(3));
        assert_eq!(middle(Vec::<u8>::new()), None);
        assert_eq!((percent(3, 5), percent(2, 3), percent(0, 0)), (Some(60), Some(66), None));
    }
}
