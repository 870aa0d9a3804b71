//! Every leaf of every condition of a script.

use super::super::model::{Condition, InjectKind, Scenario, SpreadStart, Trigger};

impl Scenario {
    /// Every leaf of every condition of the script.
    pub(super) fn each_condition(&self, mut see: impl FnMut(&Condition)) {
        fn leaves(condition: &Condition, see: &mut dyn FnMut(&Condition)) {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => {
                    parts.iter().for_each(|part| leaves(part, see));
                }
                Condition::Not(part) => leaves(part, see),
                Condition::Always
                | Condition::Chosen(..)
                | Condition::Paired(..)
                | Condition::Seated(_)
                | Condition::Answered(_)
                | Condition::Lapsed(_)
                | Condition::Did(_)
                | Condition::Delivered(_)
                | Condition::Met(_)
                | Condition::Missed(_)
                | Condition::Examined(_)
                | Condition::Categorized(..)
                | Condition::AtLeast(..)
                | Condition::AtMost(..)
                | Condition::From(_)
                | Condition::Before(_)
                | Condition::Spreading(_)
                | Condition::Contained(_)
                | Condition::DutyRunning(_)
                | Condition::DutyMet(_)
                | Condition::DutyMissed(_) => see(condition),
            }
        }
        for inject in &self.injects {
            leaves(&inject.when, &mut see);
            if let Trigger::After(condition, _) = &inject.trigger {
                leaves(condition, &mut see);
            }
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
                leaves(&checkpoint.met_when, &mut see);
            }
            let unless = inject.again.as_ref().and_then(|again| again.unless.as_ref());
            unless.into_iter().for_each(|unless| leaves(unless, &mut see));
        }
        for spread in &self.spreads {
            if let SpreadStart::When(start) = &spread.start {
                leaves(start, &mut see);
            }
            leaves(&spread.goes_while, &mut see);
            spread.unless.iter().for_each(|unless| leaves(unless, &mut see));
        }
        for duty in &self.duties {
            duty.starts.iter().chain(&duty.met).for_each(|when| leaves(when, &mut see));
        }
        let choices = self.questions.iter().flat_map(|question| &question.choices).map(|choice| &choice.when);
        let actions = self.actions.iter().map(|action| &action.when);
        let truths = self.truth.iter().map(|truth| &truth.when);
        let endings = self.endings.iter().map(|ending| &ending.when);
        choices.chain(actions).chain(truths).chain(endings).for_each(|when| leaves(when, &mut see));
    }
}
