//! What no line can pass, whatever it does: for when not every line was looked at.
//!
//! Each item is taken to earn the most, and the least, that it can by itself. That all
//! of them can be had on one line is not said; so this is a bound, and often a loose one.

use super::node::{Earned, Ground};
use crate::scenario::{ActionId, Ask, Choice, DutyId, InjectId, InjectKind, Question, QuestionId};
use crate::score::{Credit, ItemOf};

impl Ground<'_> {
    /// The most and the least that any line can earn.
    pub(super) fn ceiling(&self) -> Earned {
        let s = self.scenario;
        let mut all = Earned::default();
        let mut add = |of: ItemOf, weight: u16, most: Credit, least: Credit| {
            if self.reads.counts(of) {
                all.most += most.max(Credit(0)).points(weight, 100);
                all.least += least.min(Credit(0)).points(weight, 100);
            }
        };
        for (row, question) in s.questions.iter().enumerate() {
            let (most, least) = range(question);
            add(ItemOf::Question(QuestionId::of(row)), question.weight, most, least);
        }
        for (row, action) in s.actions.iter().enumerate() {
            let credit = Credit::percent(action.credit);
            add(ItemOf::Action(ActionId::of(row)), action.weight, credit, credit);
        }
        for (row, inject) in s.injects.iter().enumerate() {
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
                let of = ItemOf::Checkpoint(InjectId::of(row));
                add(of, checkpoint.weight, Credit::percent(100), Credit(0));
            }
        }
        for (row, duty) in s.duties.iter().enumerate() {
            add(ItemOf::Duty(DutyId::of(row)), duty.weight, Credit::percent(100), Credit(0));
        }
        all
    }
}

/// The most and the least credit that answering, or not answering, can give.
fn range(question: &Question) -> (Credit, Credit) {
    let lapse = Credit::percent(question.lapse_credit);
    // A choice counts with everything that it can be worth, whatever is known by then.
    let choices = || {
        let each = |c: &'_ Choice| {
            [c.credit].into_iter().chain(c.by_truth.iter().map(|(_, credit)| *credit)).collect::<Vec<_>>()
        };
        question.choices.iter().flat_map(each).map(Credit::percent)
    };
    let (most, least) = match &question.ask {
        Ask::ChooseOne => (choices().max(), choices().min()),
        Ask::Triage(table) => {
            let credits = || table.credit.iter().flatten().chain([&table.thin]).map(|c| Credit::percent(*c));
            (credits().max(), credits().min())
        }
        Ask::Categorize(spec) => {
            let least = spec.over.iter().chain(&spec.under).map(|c| Credit::percent(*c)).min();
            (Some(Credit::percent(100)), least)
        }
        Ask::ChooseSeveral => {
            let harm = choices().filter(|credit| credit.0 < 0).map(|credit| credit.0).sum::<i32>();
            (Some(Credit::percent(100)), Some(Credit(harm.max(-10_000))))
        }
        // What is harmful adds up, down to −100.
        Ask::Assign(_) | Ask::Notify(_) => (Some(Credit::percent(100)), Some(Credit::percent(-100))),
        Ask::PutInOrder { .. } | Ask::Estimate(_) | Ask::Record { .. } => {
            (Some(Credit::percent(100)), Some(Credit(0)))
        }
        Ask::Reflect { .. } => (None, None),
    };
    (most.unwrap_or_default().max(lapse), least.unwrap_or_default().min(lapse))
}

/// Adds the points that an item earns by itself.
impl std::ops::AddAssign for Earned {
    fn add_assign(&mut self, more: Self) {
        self.most += more.most;
        self.least += more.least;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cone::{Exact, Goal};
    use super::*;
    use crate::engine::{Seed, Settings};
    use crate::scenario::{SeatSet, library, load};
    use crate::score::Points;

    #[test]
    fn no_line_passes_the_ceiling() {
        for (name, text) in library() {
            let scenario = load(text).scenario.expect("it is sound");
            let ceiling = Ground::of(&scenario, Goal::Points, &Exact::new()).ceiling();
            let settings = Settings { seed: Seed(1), untimed: false, factor: 100, seats: SeatSet::ALL };
            let bounds = super::super::Bounds { states: 1 };
            let cut = super::super::explore(&scenario, settings, Goal::Points, bounds, &mut |_| true);
            assert!(cut.cut.is_some(), "{name}");
            assert_eq!((cut.best.bound, cut.worst.bound), (ceiling.most, ceiling.least), "{name}");
            assert!(cut.best.earned <= cut.best.bound && cut.worst.earned >= cut.worst.bound, "{name}");
            assert!(cut.best.earned > Points(0), "{name}: something good is found all the same");
        }
    }
}
