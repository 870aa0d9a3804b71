//! Dead ends: a stretch before ENDEX in which nothing comes and nothing can be done.
//!
//! Whatever there was to do before: work that can be done once, and that nothing reads, does
//! not fill an hour. So a line that may end in silence is given all such work, as early as
//! there is time for it, and is then *played*; what is told is what was silent there.

use super::node::{Ground, Node};
use super::reach::Silence;
use super::weave::fill;
use crate::engine::{Asked, EndCause, Phase, Shelf, State, What, Work, holds};
use crate::scenario::{ActionId, EvidenceId, Scenario, SimTime};
use crate::solve::atoms::Atom;
use crate::solve::line::{Line, Run};
use crate::solve::reads::Doing;

/// Real seconds with nothing to do and nothing coming that are a dead end.
const DEAD_SECONDS: u32 = 120;
/// Lines that one search plays to see whether they are silent as long as they look.
pub(super) const PLAYED_MAX: u32 = 256;

/// Since when nothing comes and nothing can be done, while a line waits; at the earliest, for
/// work that is spare is taken to be done as soon as it can be.
#[derive(Clone, Debug)]
pub(super) struct Quiet {
    from: SimTime,
    /// Spare work that is on offer, or was since the wait began; none before that was looked at.
    spare: Option<Vec<Work>>,
}

/// What may be silent before ENDEX.
#[derive(Clone, Debug)]
pub(super) struct Lull {
    /// Since when at the earliest.
    pub(super) from: SimTime,
    /// ENDEX.
    pub(super) until: SimTime,
    /// When the wait began that ended there.
    since: SimTime,
    /// What is left to do there, without a consequence.
    spare: Vec<Work>,
}

impl Quiet {
    pub(super) const fn begin(node: &Node) -> Self {
        Self { from: node.now, spare: None }
    }

    /// Goes on from `node` to `next`, at which something came or not.
    pub(super) fn pass(&mut self, ground: &Ground<'_>, node: &Node, next: SimTime, came: bool) {
        let known = self.spare.as_ref().map(Vec::len);
        let spare = self.spare.get_or_insert_default();
        if ground.left_to_do(node, spare) || came {
            self.from = next;
        }
        // Whatever was on offer when the wait began may have been done before.
        let length = ground.scenario.clock.length;
        for work in spare.iter().skip(known.unwrap_or(spare.len())) {
            let done = (node.now + takes(ground.scenario, *work)).min(length);
            self.from = self.from.max(done);
        }
    }

    /// What is silent to the end of the drill, if it ends by time.
    pub(super) fn lull(self, since: SimTime, end: &State) -> Option<Lull> {
        let by_time = matches!(end.phase, Phase::Over(EndCause::Time, _));
        let spare = self.spare.unwrap_or_default();
        (by_time && self.from < end.at).then_some(Lull { from: self.from, until: end.at, since, spare })
    }
}

impl Ground<'_> {
    /// Whether something with a consequence, or again and again, can be done; what else is on
    /// offer is spare, and put there once.
    fn left_to_do(&self, node: &Node, spare: &mut Vec<Work>) -> bool {
        let state = &node.state;
        let mut left = busy_or_asked(state);
        let mut put = |work: Work| {
            if !spare.contains(&work) {
                spare.push(work);
            }
        };
        for row in (0..state.evidence.len()).filter(|row| state.evidence[*row] == Shelf::Available) {
            if self.reads.read(&node.live, Atom::Evidence(row)) {
                left = true;
            } else {
                put(Work::Evidence(EvidenceId::of(row)));
            }
        }
        for (row, action) in self.scenario.actions.iter().enumerate() {
            let id = ActionId::of(row);
            if !action.often && state.actions[row] || !holds(&action.when, state, node.now) {
                continue;
            }
            if action.often || self.doing(node, id) == Doing::Branch {
                left = true;
            } else {
                put(Work::Action(id));
            }
        }
        left
    }

    /// How long a line that came to a lull is silent when it is played with all that was left
    /// to do, done as early as can be; or else with that done in the end.
    pub(super) fn silent(&self, line: &Line, lull: &Lull) -> Option<Silence> {
        let early = fill(self.scenario, line, lull.spare.clone(), SimTime::ZERO);
        let found = silence(self.scenario, early);
        if found.as_ref().is_some_and(|found| found.from <= lull.from) || lull.since == SimTime::ZERO {
            return found;
        }
        let late = silence(self.scenario, fill(self.scenario, line, lull.spare.clone(), lull.since));
        [found, late].into_iter().flatten().min_by_key(|found| found.from)
    }

    /// Whether it is long enough for a dead end.
    pub(super) fn is_dead(&self, from: SimTime, until: SimTime) -> bool {
        until.since(from).0 / u32::from(self.scenario.clock.pace.max(1)) >= DEAD_SECONDS
    }
}

/// What is silent before ENDEX on a line, if ENDEX comes by time.
fn silence(scenario: &Scenario, line: Line) -> Option<Silence> {
    let mut run = Run::start(scenario, line.settings);
    let mut steps = line.steps.iter().peekable();
    let (mut now, mut from) = (SimTime::ZERO, SimTime::ZERO);
    loop {
        run.advance(now);
        while let Some(step) = steps.next_if(|step| step.at <= now) {
            let _ = run.take(now, &step.input);
            run.advance(now);
        }
        if run.state.over() {
            break;
        }
        let turn = scenario.watch.iter().find(|moment| **moment > now).copied();
        let step = steps.peek().map(|step| step.at);
        let until = turn.into_iter().chain(step).min().unwrap_or(SimTime::NEVER).min(scenario.clock.length);
        let (left, seen) = (anything_to_do(scenario, &run.state, now), run.facts.len());
        now = if run.tick(until) { run.facts[seen].at } else { until };
        if left || run.facts[seen..].iter().any(|fact| shown(&fact.what)) {
            from = now;
        }
    }
    let until = run.state.at;
    let by_time = matches!(run.state.phase, Phase::Over(EndCause::Time, _));
    (by_time && from < until).then_some(Silence { from, until, way: line })
}

/// Whether a question is open, work under way, or something could be begun, be there time
/// enough to finish it or not.
fn anything_to_do(scenario: &Scenario, state: &State, now: SimTime) -> bool {
    let possible = |(row, action): (usize, &crate::scenario::Action)| {
        (!state.actions[row] || action.often) && holds(&action.when, state, now)
    };
    busy_or_asked(state)
        || state.evidence.contains(&Shelf::Available)
        || scenario.actions.iter().enumerate().any(possible)
}

fn busy_or_asked(state: &State) -> bool {
    state.busy.is_some() || state.questions.iter().any(|asked| matches!(asked, Asked::Open { .. }))
}

fn takes(scenario: &Scenario, work: Work) -> SimTime {
    match work {
        Work::Action(id) => scenario.action(id).takes,
        Work::Evidence(id) => scenario.artefact(id).takes,
    }
}

/// Whether a fact is something that a trainee sees coming.
pub(super) const fn shown(what: &What) -> bool {
    matches!(what, What::Delivered(_) | What::Opened { .. } | What::Revealed(_) | What::Lapsed(_))
}
