//! Clocks of duties, as far as a trainee sees them.

use super::{Owed, TraineeView};
use crate::engine::DutyStep;
use crate::scenario::{DutyId, Scenario};

impl TraineeView {
    /// A clock is seen once the trainee declared it, as of then, or where the script
    /// shows it: seeing it start would tell when and that it applies.
    pub(super) fn owe(&mut self, scenario: &Scenario, id: DutyId, step: DutyStep) {
        let known = self.duties.iter().position(|owed| owed.id == id);
        let (due, declared) = match step {
            DutyStep::Started { due } if scenario.duty(id).shown => (Some(due), false),
            DutyStep::Declared { due } if known.is_none() => (due, true),
            DutyStep::Met => {
                if let Some(row) = known {
                    self.duties[row].met = true;
                }
                return;
            }
            DutyStep::Started { .. } | DutyStep::Declared { .. } | DutyStep::Missed => return,
        };
        let duty = scenario.duty(id);
        let text = |text: &str| self.text(scenario, text);
        let owed = Owed {
            id,
            label: text(&duty.called()),
            to: text(&duty.owed_to()),
            rule: text(&duty.article()),
            since: self.at,
            declared,
            due: due.map(|due| self.calendar.day_and_clock(due)),
            met: due.is_none() || known.is_some_and(|row| self.duties[row].met),
        };
        match known {
            Some(row) => self.duties[row] = owed,
            None => self.duties.push(owed),
        }
    }
}
