//! Where a drill stands: a fold over facts, and nothing else.
//!
//! [`State::apply`] is the only function that changes a state, it cannot fail,
//! and it needs neither scenario nor generator. A state is a few small tables
//! of plain numbers, because exploration clones, compares and hashes it by the
//! million; it has no wire form.
//!
//! Nothing here is ever searched for what comes next. The engine finds that in
//! three places, each sorted:
//!
//! - [`State::agenda`]: what this drill has put on the clock (work under way,
//!   lapses, injects, steps of spreads, deadlines). `apply` alone keeps it, in step with
//!   the tables: whatever changes a row that holds a moment strikes the old
//!   entry and notes the new one ([`State::inject_stands`] and its like).
//! - [`Scenario::timetable`]: what the script itself puts on the clock
//!   (questions that open, windows, truths, moments that conditions name).
//! - [`Scenario::watchers`]: whose condition has to be looked at when a fact or
//!   a moment changes something that it reads.
//!
//! Between two inputs a state is settled: no watcher's condition waits to be
//! looked at. So drills may be cut before an input, never amid what follows one.

use super::agenda::{Agenda, Item};
use super::duty::{DutyClock, Owed};
use super::fact::{Answer, DutyStep, EndCause, Fact, PauseCause, SpreadStep, What};
use super::input::Settings;
use super::spread::Spreading;
use crate::scenario::{
    ActionId, ChoiceSet, ClassId, DutyId, EndingId, EvidenceId, InjectId, KindId, Pairing, QuestionId,
    Scenario, SimTime, SpreadId, TruthId,
};

/// Where a drill stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    /// The moment of the last fact.
    pub at: SimTime,
    /// Before STARTEX, running, or over.
    pub phase: Phase,
    /// What stopped the clock, while it stands still.
    pub paused: Option<PauseCause>,
    /// The truth in force.
    pub truth: Option<TruthId>,
    /// Work under way.
    pub busy: Option<(Work, SimTime)>,
    /// The latest categorization's class and type.
    pub called: Option<(ClassId, Option<KindId>)>,
    /// What each gauge reads.
    pub gauges: Vec<i64>,
    /// Where each inject stands.
    pub injects: Vec<Delivery>,
    /// Where each question stands.
    pub questions: Vec<Asked>,
    /// Where each artefact stands.
    pub evidence: Vec<Shelf>,
    /// Which actions were done.
    pub actions: Vec<bool>,
    /// Where each spread stands.
    pub spreads: Vec<Spreading>,
    /// Where each duty stands.
    pub duties: Vec<Owed>,
    /// What is due, and when.
    pub agenda: Agenda,
}

/// The phases of a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// STARTEX has not been.
    Before,
    /// Play.
    Running(Settings),
    /// ENDEX has been.
    Over(EndCause, EndingId),
}

/// Work that takes drill time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    /// An action.
    Action(ActionId),
    /// An examination.
    Evidence(EvidenceId),
}

/// Where an inject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivery {
    /// Nothing has brought it yet.
    Idle,
    /// It is on the clock.
    Due(SimTime),
    /// It was due, and its condition is waited for until then.
    Awaited(SimTime),
    /// It was delivered.
    Delivered,
    /// It was delivered, and comes again.
    Again {
        /// When.
        due: SimTime,
        /// For which time, the first being 1.
        number: u16,
    },
    /// It will not come: withheld, cancelled, or not part of this drill.
    Gone,
    /// The expected action was seen.
    Met,
    /// The expected action was not seen.
    Missed,
    /// The trainer holds it. When it was due, or would have been since; [`SimTime::NEVER`] if
    /// nothing has brought it.
    Held(SimTime),
}

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// Not asked yet.
    Idle,
    /// Open.
    Open {
        /// Since when.
        since: SimTime,
        /// When it lapses; [`SimTime::NEVER`] if never.
        lapses: SimTime,
        /// Until when an answer earns everything; [`SimTime::NEVER`] if always.
        good: SimTime,
        /// What is on offer.
        offered: ChoiceSet,
        /// How many hints were taken.
        hints: u8,
    },
    /// Answered.
    Answered {
        /// The choices of the answer; empty for kinds without.
        chosen: ChoiceSet,
        /// With whom or through what each was paired; nothing for most kinds.
        with: Pairing,
    },
    /// Nobody answered in time.
    Lapsed,
    /// Withdrawn.
    Closed,
}

/// Where an artefact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Not part of this drill.
    Absent,
    /// Not available yet.
    Hidden,
    /// Available.
    Available,
    /// Examined.
    Examined,
}

impl State {
    /// Where every drill of `scenario` begins.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let shelf = |from_start| if from_start { Shelf::Available } else { Shelf::Hidden };
        Self {
            at: SimTime::ZERO,
            phase: Phase::Before,
            paused: None,
            truth: None,
            busy: None,
            called: None,
            gauges: scenario.gauges.iter().map(|g| g.start).collect(),
            injects: vec![Delivery::Idle; scenario.injects.len()],
            questions: vec![Asked::Idle; scenario.questions.len()],
            evidence: scenario.evidence.iter().map(|e| shelf(e.from_start)).collect(),
            actions: vec![false; scenario.actions.len()],
            spreads: vec![Spreading::Idle; scenario.spreads.len()],
            duties: vec![Owed::default(); scenario.duties.len()],
            agenda: Agenda::default(),
        }
    }

    /// The state that `facts` lead to.
    #[must_use]
    pub fn after(scenario: &Scenario, facts: &[Fact]) -> Self {
        let mut state = Self::new(scenario);
        for fact in facts {
            state.apply(fact);
        }
        state
    }

    /// Whether play is on, paused or not.
    #[must_use]
    pub const fn running(&self) -> bool {
        matches!(self.phase, Phase::Running(_))
    }

    /// Whether ENDEX has been.
    #[must_use]
    pub const fn over(&self) -> bool {
        matches!(self.phase, Phase::Over(..))
    }

    /// Folds one fact in. Cannot fail: a fact has happened.
    pub fn apply(&mut self, fact: &Fact) {
        self.at = fact.at;
        match &fact.what {
            What::Started { settings, plan, left_out, .. } => {
                self.phase = Phase::Running(*settings);
                for (inject, due) in plan {
                    self.injects[inject.at()] = Delivery::Due(*due);
                }
                self.agenda.note_all(plan.iter().map(|(inject, due)| (*due, Item::Inject(*inject))));
                for inject in left_out {
                    self.injects[inject.at()] = Delivery::Gone;
                }
            }
            What::Known(truth) => self.truth = Some(*truth),
            What::Scheduled { inject, due } => {
                let held = matches!(self.injects[inject.at()], Delivery::Held(_));
                self.inject_stands(*inject, if held { Delivery::Held(*due) } else { Delivery::Due(*due) });
            }
            What::Awaited { inject, until } => self.inject_stands(*inject, Delivery::Awaited(*until)),
            What::Delivered(inject) => self.inject_stands(*inject, Delivery::Delivered),
            What::Again { inject, number, due } => {
                self.inject_stands(*inject, Delivery::Again { due: *due, number: *number });
            }
            What::Withheld(inject) | What::Cancelled(inject) => {
                let came = matches!(self.injects[inject.at()], Delivery::Again { .. });
                self.inject_stands(*inject, if came { Delivery::Delivered } else { Delivery::Gone });
            }
            What::Held(_) | What::Released(_) | What::Fired(_) | What::Skipped(_) => self.steered(fact),
            What::Absent(evidence) => self.evidence[evidence.at()] = Shelf::Absent,
            What::Spread { spread, step } => self.spread_takes(*spread, fact.at, *step),
            What::Duty { duty, step } => self.duty_takes(*duty, *step),
            What::Met(inject) => self.inject_stands(*inject, Delivery::Met),
            What::Missed(inject) => self.inject_stands(*inject, Delivery::Missed),
            What::Opened { .. }
            | What::Answered { .. }
            | What::Lapsed(_)
            | What::Closed(_)
            | What::Extended { .. }
            | What::Hinted { .. } => self.apply_to_question(fact),
            What::Begun { action, until } => self.busy_with(Some((Work::Action(*action), *until))),
            What::Examining { evidence, until } => {
                self.busy_with(Some((Work::Evidence(*evidence), *until)));
            }
            What::Did(action) => {
                self.actions[action.at()] = true;
                self.busy_with(None);
            }
            What::Examined(evidence) => {
                self.evidence[evidence.at()] = Shelf::Examined;
                self.busy_with(None);
            }
            What::Revealed(evidence) => self.evidence[evidence.at()] = Shelf::Available,
            What::Moved { gauge, reads } => self.gauges[gauge.at()] = *reads,
            What::Noted(_) => {}
            What::Paused(cause) => self.paused = Some(*cause),
            What::Resumed => self.paused = None,
            What::Ended { cause, ending } => self.phase = Phase::Over(*cause, *ending),
        }
    }

    /// What the trainer did with an inject. What was brought or dropped is told by the fact that follows.
    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` lists the kinds that come here")]
    fn steered(&mut self, fact: &Fact) {
        match &fact.what {
            What::Held(inject) => {
                let due = match self.injects[inject.at()] {
                    Delivery::Due(due) | Delivery::Held(due) => due,
                    // It was due before, and is looked at again when it is released.
                    Delivery::Awaited(_) => fact.at,
                    Delivery::Idle
                    | Delivery::Delivered
                    | Delivery::Again { .. }
                    | Delivery::Gone
                    | Delivery::Met
                    | Delivery::Missed => SimTime::NEVER,
                };
                self.inject_stands(*inject, Delivery::Held(due));
            }
            What::Released(inject) => {
                let stands = match self.injects[inject.at()] {
                    Delivery::Held(due) if due != SimTime::NEVER => Delivery::Due(due.max(fact.at)),
                    _ => Delivery::Idle,
                };
                self.inject_stands(*inject, stands);
            }
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`apply` lists the kinds that come here")]
    fn apply_to_question(&mut self, fact: &Fact) {
        match &fact.what {
            What::Opened { question, lapses, good, offered } => {
                let open = Asked::Open {
                    since: fact.at,
                    lapses: lapses.unwrap_or(SimTime::NEVER),
                    good: good.unwrap_or(SimTime::NEVER),
                    offered: offered.iter().copied().collect(),
                    hints: 0,
                };
                self.question_stands(*question, open);
            }
            What::Answered { question, answer, .. } => {
                let with = answer.pairing();
                self.question_stands(*question, Asked::Answered { chosen: answer.choices(), with });
                if let Answer::Category(category) = answer {
                    self.called = category.class.map(|class| (class, category.kind));
                }
            }
            What::Lapsed(question) => self.question_stands(*question, Asked::Lapsed),
            What::Closed(question) => self.question_stands(*question, Asked::Closed),
            What::Extended { question, lapses: later, good: longer, granted: _ } => {
                let mut stands = self.questions[question.at()];
                if let Asked::Open { lapses, good, .. } = &mut stands {
                    *lapses = *later;
                    *good = longer.unwrap_or(SimTime::NEVER);
                    self.question_stands(*question, stands);
                }
            }
            What::Hinted { question, hint } => {
                if let Asked::Open { hints, .. } = &mut self.questions[question.at()] {
                    *hints = hint + 1;
                }
            }
            _ => {}
        }
    }

    fn inject_stands(&mut self, inject: InjectId, stands: Delivery) {
        let before = std::mem::replace(&mut self.injects[inject.at()], stands);
        self.agenda.put_off(before.due(), stands.due(), Item::Inject(inject));
    }

    fn question_stands(&mut self, question: QuestionId, stands: Asked) {
        let before = std::mem::replace(&mut self.questions[question.at()], stands);
        self.agenda.put_off(before.due(), stands.due(), Item::Lapse(question));
    }

    fn spread_takes(&mut self, spread: SpreadId, at: SimTime, step: SpreadStep) {
        let stands = &mut self.spreads[spread.at()];
        let before = stands.due();
        stands.take(at, step);
        self.agenda.put_off(before, stands.due(), Item::Step(spread));
    }

    fn duty_takes(&mut self, duty: DutyId, step: DutyStep) {
        let due = |owed: &Owed| if let DutyClock::Running(due) = owed.clock { Some(due) } else { None };
        let owed = &mut self.duties[duty.at()];
        let before = due(owed);
        owed.take(step);
        self.agenda.put_off(before, due(owed), Item::Deadline(duty));
    }

    fn busy_with(&mut self, work: Option<(Work, SimTime)>) {
        let before = std::mem::replace(&mut self.busy, work);
        self.agenda.put_off(before.map(|(_, until)| until), work.map(|(_, until)| until), Item::Work);
    }
}

impl Delivery {
    /// When it is due, or no longer waited for.
    const fn due(self) -> Option<SimTime> {
        match self {
            Self::Due(due) | Self::Awaited(due) | Self::Again { due, .. } => Some(due),
            Self::Idle | Self::Delivered | Self::Gone | Self::Met | Self::Missed | Self::Held(_) => None,
        }
    }
}

impl Asked {
    /// When it lapses.
    const fn due(self) -> Option<SimTime> {
        match self {
            Self::Open { lapses, .. } => Some(lapses),
            Self::Idle | Self::Answered { .. } | Self::Lapsed | Self::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exploration_copies_by_the_million_stays_small() {
        assert_eq!(size_of::<Delivery>(), 8);
    }
}
