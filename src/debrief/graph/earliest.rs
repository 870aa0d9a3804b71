//! When each thing of a script can come at the earliest.
//!
//! Conditions are taken as kindly as can be: what reads a gauge may hold at once. But what
//! waits for something else cannot come before that has.

use super::links::Tie;
use super::{LinkKind, Thing};
use crate::scenario::{
    ActionId, Ask, Condition, DutyId, Effect, EndingId, EvidenceId, InjectId, InjectKind, QuestionId,
    Scenario, SimTime, SpreadId, SpreadStart, Trigger,
};
use std::collections::BTreeMap;

/// When each thing can come at the earliest: what the clock brings, and whatever that can
/// bring, over and over until nothing comes earlier. Conditions are taken as kindly as can be.
pub(super) fn earliest(scenario: &Scenario, ties: &[Tie]) -> BTreeMap<Thing, SimTime> {
    let mut at = BTreeMap::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        let by_clock = match (&inject.kind, &inject.trigger) {
            (InjectKind::Checkpoint(checkpoint), _) => Some(checkpoint.opens),
            (_, Trigger::At(moment)) => Some(*moment),
            (_, Trigger::When | Trigger::After(..) | Trigger::Effect) => None,
        };
        at.extend(by_clock.map(|moment| (Thing::Inject(InjectId::of(row)), moment)));
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        at.extend(question.opens.map(|moment| (Thing::Question(QuestionId::of(row)), moment)));
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        if spread.start == SpreadStart::Startex {
            at.insert(Thing::Spread(SpreadId::of(row)), spread.first);
        }
    }
    for (row, _) in scenario.endings.iter().enumerate().filter(|(_, ending)| !ending.at_once) {
        at.insert(Thing::Ending(EndingId::of(row)), scenario.clock.length);
    }
    let (held, mut found) = (held(scenario), Earliest { scenario, at });
    // Times only ever become earlier, and each round settles one thing more at the least.
    while found.round(ties, &held) {}
    for Held { of, opens, .. } in held {
        found.at.entry(of).or_insert(opens);
    }
    found.at
}

/// Something that comes with a condition.
struct Held<'s> {
    of: Thing,
    /// From when on.
    opens: SimTime,
    condition: &'s Condition,
    /// How long after the condition holds.
    delay: SimTime,
}

/// What comes as soon as a condition holds, or so long after.
fn held(scenario: &Scenario) -> Vec<Held<'_>> {
    let mut held = Vec::new();
    let mut put = |of, opens, condition, delay| held.push(Held { of, opens, condition, delay });
    let none = SimTime::ZERO;
    for (row, inject) in scenario.injects.iter().enumerate() {
        match &inject.trigger {
            _ if matches!(inject.kind, InjectKind::Checkpoint(_)) => {}
            Trigger::When => put(Thing::Inject(InjectId::of(row)), none, &inject.when, none),
            Trigger::After(condition, delay) => {
                put(Thing::Inject(InjectId::of(row)), none, condition, *delay);
            }
            Trigger::At(_) | Trigger::Effect => {}
        }
    }
    for (row, action) in scenario.actions.iter().enumerate() {
        let opens = action.window.map_or(SimTime::ZERO, |(opens, _)| opens);
        put(Thing::Action(ActionId::of(row)), opens, &action.when, none);
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        if let SpreadStart::When(condition) = &spread.start {
            put(Thing::Spread(SpreadId::of(row)), none, condition, spread.first);
        }
    }
    for (row, duty) in scenario.duties.iter().enumerate() {
        if let Some(starts) = &duty.starts {
            put(Thing::Duty(DutyId::of(row)), none, starts, none);
        }
    }
    for (row, ending) in scenario.endings.iter().enumerate().filter(|(_, ending)| ending.at_once) {
        put(Thing::Ending(EndingId::of(row)), none, &ending.when, none);
    }
    held
}

/// The earliest moments that are known by now.
struct Earliest<'s> {
    scenario: &'s Scenario,
    at: BTreeMap<Thing, SimTime>,
}

impl Earliest<'_> {
    /// Whether anything can come earlier than was known.
    fn round(&mut self, ties: &[Tie], held: &[Held<'_>]) -> bool {
        let mut changed = false;
        for own in held {
            let from = self.holds(own.condition).map(|from| from.max(own.opens) + own.delay);
            changed |= from.is_some_and(|from| self.put(own.of, from));
        }
        for tie in ties.iter().filter(|tie| tie.kind == LinkKind::Brings) {
            let due = self.done(tie.from).map(|from| from + tie.delay);
            changed |= due.is_some_and(|due| self.put(tie.to, due));
        }
        changed
    }

    fn put(&mut self, of: Thing, moment: SimTime) -> bool {
        let moment = moment.min(self.scenario.clock.length);
        let earlier = self.at.get(&of).is_none_or(|known| moment < *known);
        if earlier {
            self.at.insert(of, moment);
        }
        earlier
    }

    /// When something can have come, and an action be done.
    fn done(&self, of: Thing) -> Option<SimTime> {
        let takes = if let Thing::Action(id) = of { self.scenario.action(id).takes } else { SimTime::ZERO };
        self.at.get(&of).map(|from| *from + takes)
    }

    /// When a condition can hold, as far as that is known; kindly where it reads no thing.
    fn holds(&self, condition: &Condition) -> Option<SimTime> {
        let known = |of: Thing| self.at.get(&of).copied();
        match condition {
            Condition::All(parts) => {
                parts.iter().try_fold(SimTime::ZERO, |from, part| Some(from.max(self.holds(part)?)))
            }
            Condition::Any(parts) => parts.iter().filter_map(|part| self.holds(part)).min(),
            Condition::From(moment) => Some(*moment),
            Condition::Chosen(id, _) | Condition::Paired(id, ..) | Condition::Answered(id) => {
                known(Thing::Question(*id))
            }
            Condition::Lapsed(id) => {
                let lapses = self.scenario.question(*id).lapses.unwrap_or(self.scenario.clock.length);
                known(Thing::Question(*id)).map(|from| from + lapses)
            }
            Condition::Did(id) => self.done(Thing::Action(*id)),
            Condition::Examined(id) => {
                self.available(*id).map(|from| from + self.scenario.artefact(*id).takes)
            }
            Condition::Delivered(id) | Condition::Met(id) => known(Thing::Inject(*id)),
            Condition::Missed(id) => match &self.scenario.inject(*id).kind {
                InjectKind::Checkpoint(checkpoint) => Some(checkpoint.closes),
                InjectKind::Contextual | InjectKind::Contingency => None,
            },
            Condition::Categorized(..) => {
                let asks = self.scenario.questions.iter().enumerate();
                let asks = asks.filter(|(_, question)| matches!(question.ask, Ask::Categorize(_)));
                asks.filter_map(|(row, _)| known(Thing::Question(QuestionId::of(row)))).min()
            }
            Condition::DutyRunning(id) | Condition::DutyMet(id) | Condition::DutyMissed(id) => {
                known(Thing::Duty(*id))
            }
            Condition::Always
            | Condition::Not(_)
            | Condition::Seated(_)
            | Condition::AtLeast(..)
            | Condition::AtMost(..)
            | Condition::Before(_)
            | Condition::Spreading(_)
            | Condition::Contained(_) => Some(SimTime::ZERO),
        }
    }

    /// When an artefact can be examined.
    fn available(&self, id: EvidenceId) -> Option<SimTime> {
        let s = self.scenario;
        if s.artefact(id).from_start {
            return Some(SimTime::ZERO);
        }
        let reveals = |then: &[Effect]| then.contains(&Effect::Reveal(id));
        let injects = s.injects.iter().enumerate().filter(|(_, inject)| reveals(&inject.then));
        let questions = s.questions.iter().enumerate().filter(|(_, question)| {
            let choices = question.choices.iter().any(|choice| reveals(&choice.then));
            choices || reveals(&question.then) || reveals(&question.lapse_then)
        });
        let actions = s.actions.iter().enumerate().filter(|(_, action)| reveals(&action.then));
        let spreads = s.spreads.iter().enumerate().filter(|(_, spread)| reveals(&spread.then));
        let by = injects.map(|(row, _)| Thing::Inject(InjectId::of(row)));
        let by = by.chain(questions.map(|(row, _)| Thing::Question(QuestionId::of(row))));
        let by = by.chain(actions.map(|(row, _)| Thing::Action(ActionId::of(row))));
        let by = by.chain(spreads.map(|(row, _)| Thing::Spread(SpreadId::of(row))));
        by.filter_map(|of| self.done(of)).min()
    }
}
