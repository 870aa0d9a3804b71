//! Seats: what of a drill reaches a trainee, and what that trainee may do.

use super::TraineeView;
use crate::engine::{Input, PauseCause, What};
use crate::scenario::{Scenario, SeatSet};

impl TraineeView {
    /// Whether what belongs to `seats` is for this trainee.
    pub(super) const fn is_mine(&self, seats: SeatSet) -> bool {
        seats.reaches(self.taken, self.mine)
    }

    /// The seats as one reads them, `Incident lead, Legal counsel`; empty for everybody's.
    pub(super) fn whose(&self, scenario: &Scenario, seats: SeatSet) -> String {
        let labels = seats.iter().map(|seat| self.text(scenario, &scenario.seat(seat).label));
        labels.collect::<Vec<_>>().join(", ")
    }

    /// Whether a fact is for this trainee.
    pub(super) fn concerns(&self, scenario: &Scenario, what: &What) -> bool {
        self.is_mine(seats_of(scenario, what))
    }

    /// Whether this trainee may do that: answer, examine and act only on what is in
    /// the view, and nothing that is the trainer's to do. Whether the drill takes it is
    /// the engine's affair.
    #[must_use]
    pub fn may(&self, input: &Input) -> bool {
        match input {
            Input::Answer(submission) => self.question(submission.question).is_some(),
            Input::Hint(question) | Input::MoreTime(question) => self.question(*question).is_some(),
            Input::Do(action) => self.actions.iter().any(|deed| deed.id == *action),
            Input::Examine(evidence) => self.evidence.iter().any(|artefact| artefact.id == *evidence),
            // Who stopped the clock lets it go on.
            Input::Resume => !self.paused.is_some_and(PauseCause::of_trainer),
            Input::Pause(_)
            | Input::Fire(_)
            | Input::Hold(_)
            | Input::Release(_)
            | Input::Skip(_)
            | Input::Extend(..) => !input.of_trainer(),
            Input::Tick | Input::Start(_) | Input::Note(_) | Input::End => true,
        }
    }
}

/// The seats that a fact is for; everybody's if empty.
fn seats_of(scenario: &Scenario, what: &What) -> SeatSet {
    match what {
        What::Scheduled { inject, .. }
        | What::Awaited { inject, .. }
        | What::Again { inject, .. }
        | What::Delivered(inject)
        | What::Withheld(inject)
        | What::Cancelled(inject)
        | What::Fired(inject)
        | What::Held(inject)
        | What::Released(inject)
        | What::Skipped(inject)
        | What::Met(inject)
        | What::Missed(inject) => scenario.inject(*inject).seats,
        What::Opened { question, .. }
        | What::Answered { question, .. }
        | What::Lapsed(question)
        | What::Closed(question)
        | What::Extended { question, .. }
        | What::Hinted { question, .. } => scenario.question(*question).seats,
        What::Begun { action, .. } | What::Did(action) => scenario.action(*action).seats,
        What::Absent(evidence)
        | What::Examining { evidence, .. }
        | What::Examined(evidence)
        | What::Revealed(evidence) => scenario.artefact(*evidence).seats,
        What::Started { .. }
        | What::Known(_)
        | What::Spread { .. }
        | What::Duty { .. }
        | What::Moved { .. }
        | What::Noted(_)
        | What::Paused(_)
        | What::Resumed
        | What::Ended { .. } => SeatSet::default(),
    }
}
