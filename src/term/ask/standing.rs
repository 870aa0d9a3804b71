//! What a draft is worth when its time runs out.

use super::{Draft, Step};
use crate::engine::{Answer, Submission};
use crate::limits::GAUGE_AMOUNT_MAX;

impl Draft {
    /// What stands if nothing more is given: an answer that was confirmed, or what is
    /// typed at this step, where that is an answer already.
    #[must_use]
    pub(in crate::term) fn standing(&self, typed: Option<&str>) -> Option<Submission> {
        let typed = typed.map(str::trim).filter(|text| !text.is_empty());
        let (answer, confidence, reason) = match self.step() {
            // Tasks that were not come to are left open, which is an answer.
            Step::With(_) | Step::By(_) | Step::Review | Step::Sure => (self.answer.clone()?, None, None),
            Step::Because => (self.answer.clone()?, self.confidence, typed.map(str::to_owned)),
            Step::Text => (Answer::Text(typed?.to_owned()), None, None),
            Step::Number => {
                let number: i64 = typed?.parse().ok()?;
                let fits = number.unsigned_abs() <= GAUGE_AMOUNT_MAX.unsigned_abs();
                (Answer::Number(fits.then_some(number)?), None, None)
            }
            Step::Choose
            | Step::Mark
            | Step::Rank
            | Step::Record
            | Step::Class
            | Step::Kind
            | Step::Severity
            | Step::Factor(_)
            | Step::Impact(_) => return None,
        };
        Some(Submission { question: self.question.id, answer, confidence, reason })
    }
}
