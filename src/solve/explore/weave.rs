//! Puts what was assumed into a line: the work that exploration took for granted is
//! begun wherever the line leaves time for it. Whether it fits is shown by playing.

use crate::engine::{Input, Settings, Work, holds};
use crate::scenario::{ActionId, Condition, EvidenceId, Scenario, SimTime};
use crate::solve::line::{Line, Run, Step};

/// The line with these steps, and with as much of the `wanted` work as there is time for.
pub(super) fn weave(scenario: &Scenario, settings: Settings, steps: Vec<Step>, wanted: Vec<Work>) -> Line {
    let run = Run::start(scenario, settings);
    Loom { run, steps, row: 0, wanted, from: SimTime::ZERO, for_points: true, woven: Vec::new() }
        .line(settings)
}

/// The line with as much of the `wanted` work as there is time for from some moment on,
/// whether it earns anything there or not.
pub(super) fn fill(scenario: &Scenario, line: &Line, wanted: Vec<Work>, from: SimTime) -> Line {
    let (run, steps) = (Run::start(scenario, line.settings), line.steps.clone());
    Loom { run, steps, row: 0, wanted, from, for_points: false, woven: Vec::new() }.line(line.settings)
}

struct Loom<'s> {
    run: Run<'s>,
    steps: Vec<Step>,
    row: usize,
    wanted: Vec<Work>,
    /// From when on it is begun.
    from: SimTime,
    /// Whether work is wanted for what it earns.
    for_points: bool,
    woven: Vec<Step>,
}

impl Loom<'_> {
    fn line(mut self, settings: Settings) -> Line {
        let mut now = SimTime::ZERO;
        while !self.run.state.over() {
            self.at(now);
            now = self.next(now);
        }
        Line { settings, steps: self.woven }
    }

    /// Everything that the line does at this moment, and what else there is time for.
    fn at(&mut self, now: SimTime) {
        self.run.advance(now);
        while let Some(step) = self.steps.get(self.row).filter(|step| step.at <= now).cloned() {
            self.row += 1;
            self.take(now, step.input);
        }
        while !self.run.state.over() && self.run.state.busy.is_none() && now >= self.from {
            let fits = self.wanted.iter().position(|work| self.fits(*work, now));
            let Some(row) = fits else { return };
            let input = match self.wanted.remove(row) {
                Work::Action(id) => Input::Do(id),
                Work::Evidence(id) => Input::Examine(id),
            };
            self.take(now, input);
        }
    }

    fn take(&mut self, now: SimTime, input: Input) {
        if self.run.take(now, &input).is_ok() {
            self.woven.push(Step { at: now, input });
            self.run.advance(now);
        }
    }

    /// Whether work may begin now and is done before the line's own work begins.
    fn fits(&self, work: Work, now: SimTime) -> bool {
        let scenario = self.run.scenario;
        let (may, takes) = match work {
            Work::Action(id) => {
                let action = scenario.action(id);
                let inside = action.window.is_none_or(|(opens, closes)| opens <= now && now < closes);
                let may = holds(&action.when, &self.run.state, now)
                    && (action.credit <= 0 || inside || !self.for_points);
                (may, action.takes)
            }
            Work::Evidence(id) => {
                let available = self.run.state.evidence[id.at()] == crate::engine::Shelf::Available;
                (available, scenario.artefact(id).takes)
            }
        };
        let works = |step: &&Step| matches!(step.input, Input::Do(_) | Input::Examine(_));
        let next = self.steps[self.row..].iter().find(works).map_or(scenario.clock.length, |step| step.at);
        may && now + takes <= next
    }

    /// The next moment at which something happens or may be begun.
    fn next(&mut self, now: SimTime) -> SimTime {
        let length = self.run.scenario.clock.length;
        let mut next = self.steps.get(self.row).map_or(length, |step| step.at);
        for work in &self.wanted {
            if let Work::Action(id) = work
                && let Some((opens, _)) = self.run.scenario.action(*id).window
                && opens > now
            {
                next = next.min(opens);
            }
        }
        let turn = self.run.scenario.watch.iter().find(|moment| **moment > now);
        next = next.min(turn.copied().unwrap_or(length)).max(SimTime(now.0 + 1));
        let seen = self.run.facts.len();
        if self.run.tick(next) { self.run.facts[seen].at } else { next }
    }
}

/// What a condition wants done, if it is to hold.
pub(super) fn wants(condition: &Condition, wanted: &mut Vec<Work>) {
    let work = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            return parts.iter().for_each(|part| wants(part, wanted));
        }
        Condition::Did(id) => Work::Action(*id),
        Condition::Examined(id) => Work::Evidence(*id),
        Condition::Always
        | Condition::Not(_)
        | Condition::Chosen(..)
        | Condition::Paired(..)
        | Condition::Seated(_)
        | Condition::Answered(_)
        | Condition::Lapsed(_)
        | Condition::Delivered(_)
        | Condition::Met(_)
        | Condition::Missed(_)
        | Condition::Categorized(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::From(_)
        | Condition::Before(_)
        | Condition::Spreading(_)
        | Condition::Contained(_)
        | Condition::DutyRunning(_)
        | Condition::DutyMet(_)
        | Condition::DutyMissed(_) => return,
    };
    if !wanted.contains(&work) {
        wanted.push(work);
    }
}

/// All the work there is.
pub(super) fn all_work(scenario: &Scenario) -> impl Iterator<Item = Work> {
    let actions = (0..scenario.actions.len()).map(|row| Work::Action(ActionId::of(row)));
    actions.chain((0..scenario.evidence.len()).map(|row| Work::Evidence(EvidenceId::of(row))))
}
