//! Legal and contractual clocks.

use std::borrow::Cow;

use super::head::Stage;
use super::rule::Condition;
use crate::scenario::duties::Regime;
use crate::scenario::id::{Name, SourceId};
use crate::scenario::time::SimTime;
use crate::speech::label;

/// A clock that starts with a fact and must be met before its deadline.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Name in the script.
    pub name: Name,
    /// What it is called; a trainee reads it, as [`Duty::called`], once the clock is declared or shown.
    pub label: String,
    /// The rule of the catalogue that it follows; none for a contract or a house rule.
    pub regime: Option<&'static Regime>,
    /// How long there is.
    pub deadline: Deadline,
    /// To whom; said by [`Duty::owed_to`].
    pub to: String,
    /// Article, clause or section; may be empty. Said by [`Duty::article`].
    pub rule: String,
    /// From which fact the clock really starts; only an effect if none.
    pub starts: Option<Condition>,
    /// What meets it; only an effect if none.
    pub met: Option<Condition>,
    /// Whether trainees see the clock as soon as it starts, declared or not.
    pub shown: bool,
    /// Credit if it is met after the deadline, 0 … 100.
    pub late: i16,
    /// Percent of the item that declaring the start is worth; 0 where no effect declares it.
    pub declare: u8,
    /// What it is worth; 10 is usual.
    pub weight: u16,
    /// Stage.
    pub stage: Stage,
    /// Why it applies, and from when.
    pub why: String,
    /// What that rests on, beside the catalogue's own source.
    pub source: Option<SourceId>,
}

/// The catalogue's words are ours to translate, the script's own are not.
impl Duty {
    /// What it is called, in the language spoken where the script leaves it to the catalogue.
    #[must_use]
    pub fn called(&self) -> Cow<'_, str> {
        match self.regime {
            Some(regime) if regime.title == self.label => Cow::Owned(label(&self.label)),
            Some(_) | None => Cow::Borrowed(&self.label),
        }
    }

    /// To whom it is owed, likewise.
    #[must_use]
    pub fn owed_to(&self) -> Cow<'_, str> {
        match self.regime {
            Some(regime) if regime.to == self.to => Cow::Owned(regime.recipient()),
            Some(_) | None => Cow::Borrowed(&self.to),
        }
    }

    /// Article, clause or section, likewise; may be empty.
    #[must_use]
    pub fn article(&self) -> Cow<'_, str> {
        match self.regime {
            Some(regime) if regime.article == self.rule => Cow::Owned(label(&self.rule)),
            Some(_) | None => Cow::Borrowed(&self.rule),
        }
    }
}

/// How long a duty leaves. The day on which a clock starts is not counted in
/// days, business days and months; those end with the end of their last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// So much time, by the clock, through nights and weekends.
    Within(SimTime),
    /// So many calendar days.
    Days(u16),
    /// So many days from Monday to Friday; public holidays are not modelled.
    BusinessDays(u16),
    /// So many calendar months.
    Months(u16),
}
