//! The tables that the engine looks things up in, made from the others.

use super::super::id::{DutyId, EndingId, InjectId, QuestionId, SpreadId};
use super::super::model::{
    Condition, Inject, InjectKind, Mark, Readers, Scenario, SpreadStart, Timetable, Trigger, Watcher,
    WatcherId, Watchers,
};
use super::super::time::SimTime;

/// Who reads what, as it is collected.
#[derive(Default)]
struct Collected {
    questions: Vec<(usize, WatcherId)>,
    actions: Vec<(usize, WatcherId)>,
    injects: Vec<(usize, WatcherId)>,
    evidence: Vec<(usize, WatcherId)>,
    gauges: Vec<(usize, WatcherId)>,
    category: Vec<(usize, WatcherId)>,
    spreads: Vec<(usize, WatcherId)>,
    duties: Vec<(usize, WatcherId)>,
    moments: Vec<(SimTime, Mark)>,
}

impl Collected {
    fn reads(&mut self, condition: &Condition, watcher: WatcherId) {
        match condition {
            // Who has a seat is settled before anything is looked at.
            Condition::Seated(_) | Condition::Always => {}
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| self.reads(part, watcher));
            }
            Condition::Not(part) => self.reads(part, watcher),
            Condition::Chosen(question, _)
            | Condition::Paired(question, ..)
            | Condition::Answered(question)
            | Condition::Lapsed(question) => {
                self.questions.push((question.at(), watcher));
            }
            Condition::Did(action) => self.actions.push((action.at(), watcher)),
            Condition::Delivered(inject) | Condition::Met(inject) | Condition::Missed(inject) => {
                self.injects.push((inject.at(), watcher));
            }
            Condition::Examined(evidence) => self.evidence.push((evidence.at(), watcher)),
            Condition::Categorized(..) => self.category.push((0, watcher)),
            Condition::AtLeast(gauge, _) | Condition::AtMost(gauge, _) => {
                self.gauges.push((gauge.at(), watcher));
            }
            Condition::Spreading(spread) | Condition::Contained(spread) => {
                self.spreads.push((spread.at(), watcher));
            }
            Condition::DutyRunning(duty) | Condition::DutyMet(duty) | Condition::DutyMissed(duty) => {
                self.duties.push((duty.at(), watcher));
            }
            Condition::From(moment) | Condition::Before(moment) => {
                self.moments.push((*moment, Mark::Turns(watcher)));
            }
        }
    }

    fn inject(&mut self, id: InjectId, inject: &Inject, watcher: WatcherId) {
        if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
            self.reads(&checkpoint.met_when, watcher);
            self.moments.push((checkpoint.opens, Mark::Window(id, watcher)));
            self.moments.push((checkpoint.closes, Mark::Closes(id)));
            return;
        }
        if let Trigger::After(condition, _) = &inject.trigger {
            self.reads(condition, watcher);
        }
        if inject.until.is_some() || matches!(inject.trigger, Trigger::When) {
            self.reads(&inject.when, watcher);
        }
    }
}

/// Makes both tables; `moments` are those that any condition names.
pub(super) fn tables(scenario: &Scenario) -> (Timetable, Watchers) {
    let all = watchers(scenario);
    let mut found = Collected::default();
    for (row, watcher) in all.iter().enumerate() {
        let id = WatcherId(u16::try_from(row).expect("checked: tables are within limits"));
        match *watcher {
            Watcher::Truth => {
                for truth in &scenario.truth {
                    found.reads(&truth.when, id);
                    found.moments.push((truth.from, Mark::Turns(id)));
                }
            }
            Watcher::Duty(duty) => {
                let duty = scenario.duty(duty);
                duty.starts.iter().chain(&duty.met).for_each(|condition| found.reads(condition, id));
            }
            Watcher::Spread(spread) => {
                let spread = scenario.spread(spread);
                spread.unless.iter().for_each(|unless| found.reads(unless, id));
                if let SpreadStart::When(start) = &spread.start {
                    found.reads(start, id);
                }
            }
            Watcher::Inject(inject) => found.inject(inject, scenario.inject(inject), id),
            Watcher::Ending(ending) => found.reads(&scenario.endings[ending.at()].when, id),
        }
    }
    let mut moments = found.moments;
    moments.extend(scenario.watch.iter().map(|moment| (*moment, Mark::Named)));
    let opens = scenario.questions.iter().enumerate();
    moments.extend(opens.filter_map(|(row, q)| Some((q.opens?, Mark::Opens(QuestionId::of(row))))));
    let watchers = Watchers {
        all,
        of_questions: Readers::new(scenario.questions.len(), found.questions),
        of_actions: Readers::new(scenario.actions.len(), found.actions),
        of_injects: Readers::new(scenario.injects.len(), found.injects),
        of_evidence: Readers::new(scenario.evidence.len(), found.evidence),
        of_gauges: Readers::new(scenario.gauges.len(), found.gauges),
        of_category: Readers::new(1, found.category),
        of_spreads: Readers::new(scenario.spreads.len(), found.spreads),
        of_duties: Readers::new(scenario.duties.len(), found.duties),
    };
    (Timetable::new(moments), watchers)
}

fn watchers(scenario: &Scenario) -> Vec<Watcher> {
    let waits = |inject: &Inject| {
        matches!(inject.kind, InjectKind::Checkpoint(_))
            || matches!(inject.trigger, Trigger::After(..) | Trigger::When)
            || inject.until.is_some()
    };
    let injects = scenario.injects.iter().enumerate().filter(|(_, inject)| waits(inject));
    let endings = scenario.endings.iter().enumerate().filter(|(_, ending)| ending.at_once);
    std::iter::once(Watcher::Truth)
        .chain((0..scenario.duties.len()).map(|row| Watcher::Duty(DutyId::of(row))))
        .chain((0..scenario.spreads.len()).map(|row| Watcher::Spread(SpreadId::of(row))))
        .chain(injects.map(|(row, _)| Watcher::Inject(InjectId::of(row))))
        .chain(endings.map(|(row, _)| Watcher::Ending(EndingId::of(row))))
        .collect()
}
