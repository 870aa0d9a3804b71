//! A question put freely: this decision, otherwise, perhaps at another moment.

use std::fmt;

use tr::tr;

use super::branch::{Branch, given};
use super::differ::Difference;
use super::forks::{Instead, Turn, answers};
use super::{Fork, WhatIf};
use crate::engine::{Input, Refusal};
use crate::scenario::{ActionId, QuestionId, SimTime};
use crate::solve::line::Step;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Another answer to a question, or none; at another moment, if one is given.
    Question(QuestionId, Instead, Option<SimTime>),
    /// An action done, or not; at another moment, if one is given.
    Action(ActionId, Instead, Option<SimTime>),
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unasked {
    /// The drill never asked it.
    NeverAsked,
    /// The question was not open then.
    NotOpen,
    /// The drill would have been over.
    Over,
    /// The action was never on offer.
    NeverOffered,
    /// That is what was done.
    Same,
    /// The drill would not have done that.
    Refused(Refusal),
}

impl fmt::Display for Unasked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::NeverAsked => tr!("this drill never asked that question"),
            Self::NotOpen => tr!("the question was not open at that moment"),
            Self::Over => tr!("the drill would have been over by then"),
            Self::NeverOffered => tr!("the action was never on offer in this drill"),
            Self::Same => tr!("that is what was done in this drill"),
            Self::Refused(refusal) => tr!("the drill would have refused that: {0}", refusal),
        })
    }
}

impl WhatIf<'_> {
    /// How many facts come before anything could be done about a question: it has just been asked.
    /// `None` if it never was, or not before ENDEX.
    #[must_use]
    pub fn asked_after(&self, id: QuestionId) -> Option<usize> {
        let meeting = self.met[id.at()];
        meeting.opened.map(|_| meeting.cut).filter(|cut| *cut < self.facts.len())
    }

    /// How many facts come before an action was first begun; `None` if it never was.
    #[must_use]
    pub fn begun_after(&self, id: ActionId) -> Option<usize> {
        self.steps.iter().find(|taken| taken.step.input == Input::Do(id)).map(|taken| taken.row)
    }

    /// What would have come of it.
    ///
    /// # Errors
    /// If that could not have been done, or was.
    pub fn ask(&self, wanted: &Wanted) -> Result<(Fork, Difference), Unasked> {
        let fork = match wanted {
            Wanted::Question(id, instead, moment) => self.question(*id, instead, *moment)?,
            Wanted::Action(id, instead, moment) => self.action(*id, instead, *moment)?,
        };
        let stand = self.stand(fork.cut);
        let branch = Branch::play(self, stand.state.clone(), &fork);
        if let Some(refusal) = branch.refused {
            return Err(Unasked::Refused(refusal));
        }
        // What comes after ENDEX was never done.
        let ended = branch.facts.last().map_or(stand.state.at, |fact| fact.at);
        if fork.put.as_ref().is_some_and(|put| put.at > ended) {
            return Err(Unasked::Over);
        }
        let difference = self.ends.against(&stand.ends(self, &branch));
        Ok((fork, difference))
    }

    fn question(&self, id: QuestionId, instead: &Instead, moment: Option<SimTime>) -> Result<Fork, Unasked> {
        let meeting = self.met[id.at()];
        let opened = meeting.opened.ok_or(Unasked::NeverAsked)?;
        let own = self.steps.iter().find(|taken| answers(&taken.step.input, id));
        let at = moment.or(own.map(|taken| taken.step.at)).unwrap_or(opened);
        if at < opened {
            return Err(Unasked::NotOpen);
        }
        let turn = own.map_or(Turn::Silent(id), |_| Turn::Answered(id));
        let Instead::Answer(answer) = instead else {
            let own = own.ok_or(Unasked::Same)?;
            let without = self.answers_to(id);
            let (cut, at) = (own.row, own.step.at);
            let instead = Instead::Silence;
            return Ok(Fork { turn, instead, at, stands: true, cut, without, put: None });
        };
        if let Some(own) = own
            && own.step.at == at
            && matches!(&own.step.input, Input::Answer(given) if given.answer == *answer)
        {
            return Err(Unasked::Same);
        }
        let cut = self.cut(at, own.map(|taken| taken.row)).max(meeting.cut);
        let mut without = self.answers_to(id);
        // Revisions of the call are kept; at a later moment, those that still follow it.
        let first = without.first().copied();
        without.retain(|step| Some(*step) == first || self.steps[*step].step.at <= at);
        let put = Some(Step { at, input: given(id, answer.clone()) });
        let stands = self.stands(turn, &without, cut);
        Ok(Fork { turn, instead: instead.clone(), at, stands, cut, without, put })
    }

    fn action(&self, id: ActionId, instead: &Instead, moment: Option<SimTime>) -> Result<Fork, Unasked> {
        let own = self.steps.iter().position(|taken| taken.step.input == Input::Do(id));
        let own_row = own.map(|step| self.steps[step].row);
        let turn = own.map_or(Turn::Left(id), |_| Turn::Did(id, 1));
        let without: Vec<usize> = own.into_iter().collect();
        if *instead == Instead::Leave {
            let cut = own_row.ok_or(Unasked::Same)?;
            let at = self.facts[cut].at;
            let instead = Instead::Leave;
            return Ok(Fork { turn, instead, at, stands: true, cut, without, put: None });
        }
        let (at, cut) = match (moment, own) {
            (None, Some(_)) => return Err(Unasked::Same),
            (None, None) => {
                let first = self.missed.iter().find(|(.., action)| *action == id);
                first.map(|(cut, at, _)| (*at, *cut)).ok_or(Unasked::NeverOffered)?
            }
            (Some(at), _) => (at, self.cut(at, own_row)),
        };
        let put = Some(Step { at, input: Input::Do(id) });
        Ok(Fork { turn, instead: Instead::Do, at, stands: true, cut, without, put })
    }

    /// The row at which to cut for something done at `at`, and not later than the row of what it replaces.
    fn cut(&self, at: SimTime, own: Option<usize>) -> usize {
        if let Some(own) = own
            && at >= self.facts[own].at
        {
            return own;
        }
        self.facts.partition_point(|fact| fact.at <= at).clamp(1, self.facts.len() - 1)
    }
}
