//! What the facts say about everything that is scored, sorted by what it is about.
//!
//! One pass over the facts. Where there are good actions it folds the engine's state
//! along, because whether one was on offer can only be told from the state. Nothing is
//! judged here.

use std::collections::{BTreeMap, BTreeSet};

use super::duty::Clock;
use super::offer::Offers;
use crate::engine::{Answer, EndCause, Fact, Settings, State, What};
use crate::scenario::{
    ActionId, ChoiceId, DutyId, EndingId, InjectId, InjectKind, QuestionId, Scenario, SimTime, TruthId,
};

/// A drill, sorted.
#[derive(Debug)]
pub(super) struct Played<'f> {
    /// What was settled at STARTEX; none before it.
    pub(super) settings: Option<Settings>,
    /// Which truth came into force when, in order.
    pub(super) truths: Vec<(SimTime, TruthId)>,
    /// By question, what became of it; none of one that never opened.
    pub(super) sittings: Vec<Option<Sitting<'f>>>,
    /// Every action that was begun, each time.
    pub(super) stints: BTreeMap<ActionId, Vec<Stint>>,
    /// From when each good action could have been done, where nothing but time closed it.
    pub(super) offers: BTreeMap<ActionId, SimTime>,
    /// The good actions that could still be begun when the drill was broken off; none otherwise.
    pub(super) still_open: BTreeSet<ActionId>,
    /// Every checkpoint that was met (`true`) or missed.
    pub(super) seen: BTreeMap<InjectId, (SimTime, bool)>,
    /// What happened to every duty.
    pub(super) duties: BTreeMap<DutyId, Clock>,
    /// Contingency injects, in order.
    pub(super) assistance: Vec<(SimTime, InjectId)>,
    /// What every gauge reads.
    pub(super) gauges: Vec<i64>,
    /// ENDEX.
    pub(super) ended: Option<(SimTime, EndingId)>,
    /// Whether the trainee brought it before the story came to its end.
    pub(super) broken_off: bool,
    /// The moment of the last fact.
    pub(super) last: SimTime,
}

/// A question from its opening to its end.
#[derive(Debug)]
pub(super) struct Sitting<'f> {
    pub(super) opened: SimTime,
    pub(super) lapses: Option<SimTime>,
    pub(super) good: Option<SimTime>,
    pub(super) offered: &'f [ChoiceId],
    /// The hints taken.
    pub(super) hints: Vec<u8>,
    /// The answer, and its revisions.
    pub(super) replies: Vec<Reply<'f>>,
    /// When it lapsed unanswered, and the truth in force then.
    pub(super) lapsed: Option<(SimTime, Option<TruthId>)>,
    /// Whether it was withdrawn.
    pub(super) closed: bool,
}

/// One answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reply<'f> {
    pub(super) at: SimTime,
    pub(super) answer: &'f Answer,
    pub(super) confidence: Option<u8>,
    /// The truth in force when it was given.
    pub(super) truth: Option<TruthId>,
}

/// One time that an action was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stint {
    pub(super) begun: SimTime,
    /// Whether it was finished before ENDEX.
    pub(super) done: bool,
}

impl<'f> Played<'f> {
    /// Sorts the facts of one drill.
    pub(super) fn of(scenario: &Scenario, facts: &'f [Fact]) -> Self {
        let mut played = Self {
            settings: None,
            truths: Vec::new(),
            sittings: Vec::new(),
            stints: BTreeMap::new(),
            offers: BTreeMap::new(),
            still_open: BTreeSet::new(),
            seen: BTreeMap::new(),
            duties: BTreeMap::new(),
            assistance: Vec::new(),
            gauges: scenario.gauges.iter().map(|gauge| gauge.start).collect(),
            ended: None,
            broken_off: false,
            last: facts.last().map_or(SimTime::ZERO, |fact| fact.at),
        };
        played.settings = facts.iter().find_map(settings);
        played.sittings.resize_with(scenario.questions.len(), || None);
        let end = facts.iter().find(|f| matches!(f.what, What::Ended { .. }));
        let broken_off = end.is_some_and(|f| matches!(f.what, What::Ended { cause: EndCause::Asked, .. }));
        let end = end.map_or(played.last, |fact| fact.at);
        // Whoever ends a drill early had the rest of it to finish things in.
        let time = if broken_off { scenario.clock.length } else { end };
        let mut offers = Offers::new(scenario, played.settings, time);
        let mut state = offers.any().then(|| State::new(scenario));
        for (row, fact) in facts.iter().enumerate() {
            played.take(scenario, fact);
            let Some(state) = &mut state else { continue };
            state.apply(fact);
            let next = facts.get(row + 1).map_or(end, |fact| fact.at);
            if next > fact.at {
                offers.look(state, fact.at, next);
            }
        }
        if broken_off {
            (played.broken_off, played.still_open) = (true, offers.still_open());
        }
        played.offers = offers.left();
        played
    }

    /// The truth in force.
    pub(super) fn truth(&self) -> Option<TruthId> {
        self.truths.last().map(|(_, truth)| *truth)
    }

    /// The truth that a last call is measured against, with its moment: the one
    /// in force at ENDEX, unless it came with ENDEX and nobody could act on it.
    pub(super) fn last_truth(&self) -> Option<(SimTime, TruthId)> {
        let end = self.ended.map_or(SimTime::NEVER, |(at, _)| at);
        self.truths.iter().rev().find(|(at, _)| *at < end).or(self.truths.last()).copied()
    }

    fn take(&mut self, scenario: &Scenario, fact: &'f Fact) {
        let at = fact.at;
        match &fact.what {
            What::Known(truth) => self.truths.push((at, *truth)),
            What::Delivered(inject) => {
                if matches!(scenario.inject(*inject).kind, InjectKind::Contingency) {
                    self.assistance.push((at, *inject));
                }
            }
            What::Met(inject) => self.see(*inject, at, true),
            What::Missed(inject) => self.see(*inject, at, false),
            What::Opened { .. }
            | What::Answered { .. }
            | What::Lapsed(_)
            | What::Closed(_)
            | What::Extended { .. }
            | What::Hinted { .. } => self.take_of_question(fact),
            What::Begun { action, .. } => {
                self.stints.entry(*action).or_default().push(Stint { begun: at, done: false });
            }
            What::Did(action) => {
                if let Some(stint) = self.stints.get_mut(action).and_then(|stints| stints.last_mut()) {
                    stint.done = true;
                }
            }
            What::Duty { duty, step } => {
                self.duties.entry(*duty).or_default().take(at, *step);
            }
            What::Moved { gauge, reads } => self.gauges[gauge.at()] = *reads,
            What::Ended { ending, .. } => self.ended = Some((at, *ending)),
            What::Started { .. }
            | What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Again { .. }
            | What::Absent(_)
            | What::Spread { .. }
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Fired(_)
            | What::Held(_)
            | What::Released(_)
            | What::Skipped(_)
            | What::Examining { .. }
            | What::Examined(_)
            | What::Revealed(_)
            | What::Noted(_)
            | What::Paused(_)
            | What::Resumed => {}
        }
    }

    fn see(&mut self, checkpoint: InjectId, at: SimTime, met: bool) {
        self.seen.entry(checkpoint).or_insert((at, met));
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "`take` lists the kinds that come here")]
    fn take_of_question(&mut self, fact: &'f Fact) {
        let truth = self.truth();
        match &fact.what {
            What::Opened { question, lapses, good, offered } => {
                let sitting = Sitting {
                    opened: fact.at,
                    lapses: *lapses,
                    good: *good,
                    offered,
                    hints: Vec::new(),
                    replies: Vec::new(),
                    lapsed: None,
                    closed: false,
                };
                self.sittings[question.at()].get_or_insert(sitting);
            }
            What::Answered { question, answer, confidence, .. } => self.with(*question, |sitting| {
                let reply = Reply { at: fact.at, answer, confidence: *confidence, truth };
                sitting.replies.push(reply);
            }),
            What::Lapsed(question) => {
                self.with(*question, |sitting| sitting.lapsed = Some((fact.at, truth)));
            }
            What::Closed(question) => self.with(*question, |sitting| sitting.closed = true),
            What::Extended { question, lapses, good, granted: _ } => self.with(*question, |sitting| {
                sitting.lapses = Some(*lapses);
                sitting.good = *good;
            }),
            What::Hinted { question, hint } => self.with(*question, |sitting| sitting.hints.push(*hint)),
            _ => {}
        }
    }

    fn with(&mut self, question: QuestionId, change: impl FnOnce(&mut Sitting<'f>)) {
        if let Some(sitting) = &mut self.sittings[question.at()] {
            change(sitting);
        }
    }
}

fn settings(fact: &Fact) -> Option<Settings> {
    if let What::Started { settings, .. } = &fact.what { Some(*settings) } else { None }
}
