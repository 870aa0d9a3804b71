//! Where the end of work makes a difference: before, or after, what happens by the clock.
//!
//! Work that ends between the same two things that happen leads to the same, whenever it
//! began. So beside the moments at which it can begin anyhow, work begins so that it ends
//! just after something that stands on the clock by then, where what it changes and what
//! happens there have to do with each other. `web` says what has.

use super::node::{Ground, Node};
use super::web::Web;
use crate::engine::{Asked, Delivery, DutyClock, Shelf, Spreading, State, Work};
use crate::scenario::{ActionId, EvidenceId, InjectId, Mark, Scenario, SimTime, SpreadId};
use crate::solve::atoms::{Atom, Atoms};
use crate::solve::reads::{Alive, Doing, Reads};

/// What the end of work can make a difference to.
#[derive(Debug)]
pub(super) struct Ends {
    /// What an action changes when it is done, and what follows at once.
    actions: Vec<Atoms>,
    evidence: Vec<Atoms>,
    /// What an inject that comes, or a window that closes, has to do with.
    injects: Vec<Atoms>,
    questions: Vec<Atoms>,
    spreads: Vec<Atoms>,
    duties: Vec<Atoms>,
    /// What a moment that a condition names has to do with.
    moments: Vec<(SimTime, Atoms)>,
}

impl Ends {
    pub(super) fn of(scenario: &Scenario, reads: &Reads) -> Self {
        let web = Web::of(scenario, reads);
        let none = || web.none();
        let action = |row: usize| {
            let followed = reads.has_consequence(ActionId::of(row));
            if followed { web.changes(Atom::Action(row), &scenario.actions[row].then) } else { none() }
        };
        let examined =
            |row: usize| if reads.evidence(row) { web.changes(Atom::Evidence(row), &[]) } else { none() };
        let actions: Vec<Atoms> = (0..scenario.actions.len()).map(action).collect();
        let evidence: Vec<Atoms> = (0..scenario.evidence.len()).map(examined).collect();
        let mut ends = Self {
            actions,
            evidence,
            injects: Vec::new(),
            questions: Vec::new(),
            spreads: Vec::new(),
            duties: Vec::new(),
            moments: Vec::new(),
        };
        if ends.any() {
            let all = |alive: fn(usize) -> Alive, count: usize| (0..count).map(alive).map(|a| web.happens(a));
            ends.injects = all(Alive::Inject, scenario.injects.len()).collect();
            ends.questions = all(Alive::Opening, scenario.questions.len()).collect();
            ends.spreads = all(Alive::Spread, scenario.spreads.len()).collect();
            ends.duties = all(Alive::Duty, scenario.duties.len()).collect();
            ends.moments = web.moments();
        }
        ends
    }

    /// Whether it makes a difference to the end of an action that something came.
    pub(super) fn of_action(&self, row: usize, came: Came) -> bool {
        self.actions[row].meets(self.touched(came))
    }

    /// The same for the end of an examination.
    pub(super) fn of_evidence(&self, row: usize, came: Came) -> bool {
        self.evidence[row].meets(self.touched(came))
    }

    fn touched(&self, came: Came) -> &Atoms {
        match came {
            Came::Inject(id) => &self.injects[id.at()],
            Came::Step(id) => &self.spreads[id.at()],
        }
    }

    /// Whether the end of any work makes a difference.
    pub(super) fn any(&self) -> bool {
        self.actions.iter().chain(&self.evidence).any(|changes| !changes.is_empty())
    }

    /// What stands on the clock after `now`.
    fn on_the_clock(&self, ground: &Ground<'_>, state: &State, now: SimTime) -> Vec<Due<'_>> {
        let (scenario, reads) = (ground.scenario, &ground.reads);
        let mut found = Vec::new();
        let mut put = |at: SimTime, every: Option<SimTime>, touched| found.push(Due { at, every, touched });
        for (row, delivery) in state.injects.iter().enumerate().filter(|(row, _)| reads.inject(*row)) {
            let inject = &scenario.injects[row];
            match *delivery {
                Delivery::Due(due) | Delivery::Again { due, .. } => {
                    let every = inject.again.as_ref().map(|again| again.every);
                    put(due, every.filter(|_| inject.jitter == SimTime::ZERO), &self.injects[row]);
                }
                Delivery::Awaited(until) => put(until, None, &self.injects[row]),
                // Nobody holds anything in what is explored.
                Delivery::Held(_)
                | Delivery::Idle
                | Delivery::Delivered
                | Delivery::Gone
                | Delivery::Met
                | Delivery::Missed => {}
            }
        }
        for (row, asked) in state.questions.iter().enumerate() {
            if let Asked::Open { lapses, .. } = asked {
                put(*lapses, None, &self.questions[row]);
            }
        }
        for (row, stands) in state.spreads.iter().enumerate().filter(|(row, _)| reads.spread(*row)) {
            if let Spreading::On { due, .. } = *stands {
                let spread = &scenario.spreads[row];
                put(due, spread.every.filter(|_| spread.jitter == SimTime::ZERO), &self.spreads[row]);
            }
        }
        for (row, owed) in state.duties.iter().enumerate().filter(|(row, _)| reads.reader(Alive::Duty(*row)))
        {
            if let DutyClock::Running(due) = owed.clock {
                put(due, None, &self.duties[row]);
            }
        }
        for (at, mark) in scenario.timetable.after(now) {
            match *mark {
                Mark::Opens(id) if state.questions[id.at()] == Asked::Idle => {
                    put(*at, None, &self.questions[id.at()]);
                }
                Mark::Closes(id) | Mark::Window(id, _) if state.injects[id.at()] == Delivery::Idle => {
                    put(*at, None, &self.injects[id.at()]);
                }
                Mark::Opens(_) | Mark::Closes(_) | Mark::Window(..) | Mark::Turns(_) | Mark::Named => {}
            }
        }
        self.moments.iter().for_each(|(at, touched)| put(*at, None, touched));
        found
    }
}

/// Something that came.
#[derive(Clone, Copy)]
pub(super) enum Came {
    Inject(InjectId),
    Step(SpreadId),
}

/// Something that stands on the clock.
struct Due<'e> {
    at: SimTime,
    /// How soon it comes again each time, as far as that is known.
    every: Option<SimTime>,
    /// What it has to do with.
    touched: &'e Atoms,
}

impl Due<'_> {
    /// The first time that it comes from `moment` on, before ENDEX.
    fn from(&self, moment: SimTime, length: SimTime) -> Option<SimTime> {
        let short = moment.since(self.at).0;
        let at = match self.every {
            Some(every) if every.0 > 0 => self.at + SimTime(short.div_ceil(every.0).saturating_mul(every.0)),
            _ => self.at,
        };
        (at >= moment && at < length).then_some(at)
    }
}

impl Ground<'_> {
    /// Work on offer whose end makes a difference, and when after now it would have to
    /// begin to end just after something on the clock.
    pub(super) fn begins(&self, node: &Node) -> Vec<(SimTime, Work)> {
        let mut begins = Vec::new();
        if !self.ends.any() || node.state.busy.is_some() || node.state.over() {
            return begins;
        }
        let work = self.work_that_matters(node);
        if work.is_empty() {
            return begins;
        }
        let length = self.scenario.clock.length;
        for due in self.ends.on_the_clock(self, &node.state, node.now) {
            for (work, takes, _) in work.iter().filter(|(_, _, changes)| changes.meets(due.touched)) {
                // What is done at the very moment comes before; what takes no time, after.
                let takes = (*takes).max(SimTime(1));
                if let Some(at) = due.from(node.now + takes, length) {
                    begins.push((SimTime(at.0 + 1 - takes.0), *work));
                }
            }
        }
        begins
    }

    /// Work that is on offer and has consequences: what it takes, and what it changes.
    fn work_that_matters(&self, node: &Node) -> Vec<(Work, SimTime, &Atoms)> {
        let scenario = self.scenario;
        let actions = node.on_offer.iter().enumerate().filter(|(row, on_offer)| {
            **on_offer
                && !self.ends.actions[*row].is_empty()
                && self.doing(node, ActionId::of(*row)) == Doing::Branch
        });
        let actions = actions.map(|(row, _)| {
            (Work::Action(ActionId::of(row)), scenario.actions[row].takes, &self.ends.actions[row])
        });
        let shelf = node.state.evidence.iter().enumerate().filter(|(row, shelf)| {
            **shelf == Shelf::Available && self.reads.read(&node.live, Atom::Evidence(*row))
        });
        let evidence = shelf.map(|(row, _)| {
            (Work::Evidence(EvidenceId::of(row)), scenario.evidence[row].takes, &self.ends.evidence[row])
        });
        actions.chain(evidence).collect()
    }
}
