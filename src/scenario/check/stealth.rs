//! Choices that give themselves away to somebody who knows tests and not the trade.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic};
use super::super::model::{Ask, Question};
use super::Check;

/// Below this many questions, "always" may be chance.
const QUESTIONS_MIN: usize = 3;

impl Check<'_, '_, '_> {
    pub(super) fn stealth(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let (mut longest, mut first, mut sourced) = (Tell::default(), Tell::default(), Tell::default());
        for (offers, question) in script.offers.iter().zip(&scenario.questions) {
            let Some(best) = only_best(question) else { continue };
            let length = |row: usize| question.choices[row].says.chars().count();
            let is_longest = (0..question.choices.len()).all(|row| row == best || length(row) < length(best));
            let place = self.place(offers[best].says, offers[best].key);
            longest.count(is_longest, place);
            // Shuffled choices have no place to give away.
            if question.keep_order {
                first.count(best == 0, place);
            }
            // One source for the whole question says nothing about a choice.
            let has = |row: usize| question.choices[row].source.is_some();
            let only = has(best) && (0..question.choices.len()).all(|row| row == best || !has(row));
            sourced
                .count(only && question.source.is_none(), self.place(offers[best].source, offers[best].key));
        }
        if let Some((count, place)) = longest.always() {
            let message = format!("the best choice is the longest one in all {count} questions");
            let finding = Diagnostic::new(Code::BestIsLongest, place, message);
            self.report(finding.help("shorten some best choices, and say more in a tempting one"));
        }
        if let Some((count, place)) = first.always() {
            let message =
                format!("the best choice comes first in all {count} questions that keep their order");
            let finding = Diagnostic::new(Code::BestIsFirst, place, message);
            self.report(finding.help("leave `keep_order` away, or change the order"));
        }
        if let Some((count, place)) = sourced.always() {
            let message = format!("only the best choice names a source, in all {count} questions");
            let finding = Diagnostic::new(Code::OnlySource, place, message);
            self.report(finding.help("name what the others rest on too, or one `source` for the question"));
        }
    }
}

#[derive(Default)]
struct Tell {
    asked: usize,
    told: usize,
    place: Option<Span>,
}

impl Tell {
    fn count(&mut self, told: bool, place: Span) {
        self.asked += 1;
        self.told += usize::from(told);
        self.place = self.place.or(Some(place));
    }

    /// How many questions there were and where the first stands, if all of them tell.
    fn always(&self) -> Option<(usize, Span)> {
        (self.asked >= QUESTIONS_MIN && self.told == self.asked).then_some((self.asked, self.place?))
    }
}

/// The one choice of a *choose one* with the highest credit.
fn only_best(question: &Question) -> Option<usize> {
    if !matches!(question.ask, Ask::ChooseOne) || question.choices.len() < 2 {
        return None;
    }
    let best = question.choices.iter().map(|choice| choice.credit).max()?;
    let mut rows = (0..question.choices.len()).filter(|row| question.choices[*row].credit == best);
    rows.next().filter(|_| rows.next().is_none())
}
