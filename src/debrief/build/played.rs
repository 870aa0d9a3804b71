//! The facts of a drill, sorted once by what they are about; the row of each is kept,
//! because what was known is what stands in rows before.

use std::collections::BTreeMap;

use crate::engine::{Answer, DutyStep, EndCause, Fact, Settings, What};
use crate::scenario::{
    ActionId, ChoiceId, DutyId, EndingId, EvidenceId, GaugeId, InjectId, QuestionId, Scenario, SimTime,
    TruthId,
};

/// Something at its row and moment.
#[derive(Clone, Copy, Debug)]
pub(in crate::debrief) struct At<T> {
    pub(in crate::debrief) row: usize,
    pub(in crate::debrief) at: SimTime,
    pub(in crate::debrief) what: T,
}

/// What happened around one question.
#[derive(Debug)]
pub(in crate::debrief) struct Sitting<'f> {
    pub(in crate::debrief) offered: &'f [ChoiceId],
    pub(in crate::debrief) hints: Vec<u8>,
    pub(in crate::debrief) replies: Vec<At<Reply<'f>>>,
    pub(in crate::debrief) lapsed: Option<At<()>>,
}

/// One answer.
#[derive(Clone, Copy, Debug)]
pub(in crate::debrief) struct Reply<'f> {
    pub(in crate::debrief) answer: &'f Answer,
    pub(in crate::debrief) reason: Option<&'f str>,
}

/// The facts, sorted.
#[derive(Debug, Default)]
pub(in crate::debrief) struct Played<'f> {
    pub(in crate::debrief) settings: Option<Settings>,
    pub(in crate::debrief) picks: &'f [u8],
    pub(in crate::debrief) delivered: Vec<At<InjectId>>,
    pub(in crate::debrief) revealed: Vec<At<EvidenceId>>,
    pub(in crate::debrief) examined: Vec<At<EvidenceId>>,
    pub(in crate::debrief) sittings: BTreeMap<QuestionId, Sitting<'f>>,
    /// Each time an action was begun.
    pub(in crate::debrief) begun: BTreeMap<ActionId, Vec<At<()>>>,
    /// When a checkpoint was settled.
    pub(in crate::debrief) settled: BTreeMap<InjectId, At<()>>,
    pub(in crate::debrief) known: Vec<At<TruthId>>,
    pub(in crate::debrief) moved: Vec<At<(GaugeId, i64)>>,
    pub(in crate::debrief) noted: Vec<At<&'f str>>,
    pub(in crate::debrief) ended: Option<(EndCause, EndingId)>,
    /// ENDEX, or the last fact so far.
    pub(in crate::debrief) end: SimTime,
    /// What happened to duties, each with its row and moment.
    pub(in crate::debrief) owed: Vec<(usize, SimTime, DutyId, DutyStep)>,
    /// The moment of each fact.
    moments: Vec<SimTime>,
}

impl<'f> Played<'f> {
    pub(in crate::debrief) fn of(scenario: &Scenario, facts: &'f [Fact]) -> Self {
        let moments: Vec<SimTime> = facts.iter().map(|f| f.at).collect();
        let end = moments.last().copied().unwrap_or_default();
        let mut played = Self { end, moments, ..Self::default() };
        let from_start = scenario.evidence.iter().enumerate().filter(|(_, e)| e.from_start);
        played.revealed =
            from_start.map(|(row, _)| At { row: 0, at: SimTime::ZERO, what: EvidenceId::of(row) }).collect();
        for (row, fact) in facts.iter().enumerate() {
            played.take(row, fact);
        }
        played
    }

    /// A moment as a place among the facts: after all that happened then.
    pub(in crate::debrief) fn after(&self, at: SimTime) -> At<()> {
        At { row: self.moments.partition_point(|moment| *moment <= at), at, what: () }
    }

    /// The truth in force before a row.
    pub(in crate::debrief) fn truth_before(&self, row: usize) -> Option<At<TruthId>> {
        self.known.iter().rev().find(|k| k.row < row).copied()
    }

    /// The last truth that came into force before ENDEX.
    pub(in crate::debrief) fn last_truth(&self) -> Option<At<TruthId>> {
        let before = self.known.iter().rev().find(|k| k.at < self.end || self.ended.is_none());
        before.or(self.known.last()).copied()
    }

    fn take(&mut self, row: usize, fact: &'f Fact) {
        let at = fact.at;
        match &fact.what {
            What::Started { settings, picks, .. } => {
                self.settings = Some(*settings);
                self.picks = picks;
            }
            What::Known(truth) => self.known.push(At { row, at, what: *truth }),
            What::Delivered(inject) => self.delivered.push(At { row, at, what: *inject }),
            What::Met(inject) | What::Missed(inject) => {
                self.settled.entry(*inject).or_insert(At { row, at, what: () });
            }
            What::Opened { question, offered, .. } => {
                let sitting = Sitting { offered, hints: Vec::new(), replies: Vec::new(), lapsed: None };
                self.sittings.entry(*question).or_insert(sitting);
            }
            What::Answered { question, answer, reason, .. } => {
                let reply = Reply { answer, reason: reason.as_deref() };
                self.at(*question, |sitting| sitting.replies.push(At { row, at, what: reply }));
            }
            What::Lapsed(question) => self.at(*question, |s| s.lapsed = Some(At { row, at, what: () })),
            What::Hinted { question, hint } => self.at(*question, |sitting| sitting.hints.push(*hint)),
            What::Begun { action, .. } => {
                self.begun.entry(*action).or_default().push(At { row, at, what: () });
            }
            What::Examined(evidence) => self.examined.push(At { row, at, what: *evidence }),
            What::Absent(evidence) => self.revealed.retain(|r| r.what != *evidence),
            What::Revealed(evidence) => self.revealed.push(At { row, at, what: *evidence }),
            What::Moved { gauge, reads } => self.moved.push(At { row, at, what: (*gauge, *reads) }),
            What::Duty { duty, step } => self.owed.push((row, at, *duty, *step)),
            What::Noted(line) => self.noted.push(At { row, at, what: line.as_str() }),
            What::Ended { cause, ending } => self.ended = Some((*cause, *ending)),
            What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Again { .. }
            | What::Spread { .. }
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Fired(_)
            | What::Held(_)
            | What::Released(_)
            | What::Skipped(_)
            | What::Closed(_)
            | What::Extended { .. }
            | What::Did(_)
            | What::Examining { .. }
            | What::Paused(_)
            | What::Resumed => {}
        }
    }

    fn at(&mut self, question: QuestionId, change: impl FnOnce(&mut Sitting<'f>)) {
        if let Some(sitting) = self.sittings.get_mut(&question) {
            change(sitting);
        }
    }
}
