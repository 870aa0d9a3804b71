//! The exact search: every line once, as far as lines can differ.
//!
//! Depth first over decisions, with a table of what each state is still worth. A
//! state's worth is what the best and the worst way to go on from it earn, so the
//! score so far need not be part of it. The table is the proof: when the search
//! comes to its end, every line has been looked at.

use super::key::Scratch;
use super::node::{Earned, Ground, Node, Outcome};
use super::reach::Reach;
use super::silence::{Lull, PLAYED_MAX};
use super::table::Table;
use crate::engine::{Answer, Input, Settings};
use crate::scenario::SimTime;
use crate::score::{ItemOf, Points};
use crate::solve::cone::Goal;
use crate::solve::line::{Line, Step};

/// What is still to be earned from a state on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Worth {
    pub(super) most: Points,
    pub(super) least: Points,
}

/// Why a search was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It had looked at as many states as it may.
    States,
    /// A line had more moves than a line may have.
    Depth,
    /// The caller said that it is time.
    Time,
    /// Somebody who watched said stop; only a caller can tell it from time.
    You,
    /// A question has more answers with different consequences than are tried.
    Answers,
}

impl Cut {
    /// What cut it short, as in "cut short by states".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Depth => "the length of a line",
            Self::Time => "time",
            Self::You => "you",
            Self::Answers => "the answers of a question",
        }
    }
}

/// What a search may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// States in the table, each of [`BYTES_A_STATE`] bytes.
    pub states: usize,
}

/// Moves of one line, waiting among them, so that the search's own stack is bounded.
const MOVES_MAX: usize = 4_000;
/// Bytes of stack that a search needs for a line of so many moves, with room to spare.
pub(super) const STACK_BYTES: usize = MOVES_MAX * 16 * 1024;

/// Bytes that a state in the table takes at most: fingerprint, two worths, and the
/// table's slack when it has just grown. While it grows, the old table is still there.
pub const BYTES_A_STATE: usize = 64;

impl Default for Bounds {
    fn default() -> Self {
        Self { states: 4_000_000 }
    }
}

/// Asked every few hundred moves whether to go on.
pub type KeepOn<'k> = dyn FnMut(Progress) -> bool + Send + 'k;

/// How far a search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// States in the table.
    pub states: usize,
    /// Moves made.
    pub transitions: u64,
}

/// A move, or none for waiting, and what came of it.
type Made = (Option<Input>, (Node, Outcome));

/// One search.
pub(super) struct Search<'g, 's> {
    pub(super) ground: &'g Ground<'s>,
    table: Table,
    scratch: Scratch,
    bounds: Bounds,
    keep_on: &'g mut KeepOn<'g>,
    path: Line,
    /// How many moves lead here; more than the path has steps, for waiting is none.
    moves: usize,
    pub(super) reach: Reach,
    pub(super) progress: Progress,
    pub(super) cut: Option<(Cut, SimTime)>,
    /// Lines that were played to see whether they are silent.
    played: u32,
    /// When first not every answer to a question was tried.
    dropped: Option<SimTime>,
    /// What ends the search as soon as it is reached.
    sought: Option<Goal>,
    pub(super) found: bool,
}

impl<'g, 's> Search<'g, 's> {
    pub(super) fn new(
        ground: &'g Ground<'s>,
        settings: Settings,
        bounds: Bounds,
        keep_on: &'g mut KeepOn<'g>,
    ) -> Self {
        Self {
            ground,
            table: Table::default(),
            scratch: Scratch::new(),
            bounds,
            keep_on,
            path: Line::silent(settings),
            moves: 0,
            reach: Reach::new(ground.scenario),
            progress: Progress::default(),
            cut: None,
            played: 0,
            dropped: None,
            sought: None,
            found: false,
        }
    }

    /// The same, to end as soon as `goal` is reached.
    pub(super) fn for_goal(mut self, goal: Goal) -> Self {
        self.sought = Some(goal);
        self
    }

    /// Why and when it did not look at every line; it may have come to its end all the same.
    pub(super) fn partial(&self) -> Option<(Cut, SimTime)> {
        self.cut.or(self.dropped.map(|at| (Cut::Answers, at)))
    }

    /// Everything from STARTEX on: what the whole is worth.
    pub(super) fn whole(&mut self, start: &Node, outcome: &Outcome) -> Worth {
        self.look(start, outcome);
        let rest = self.from(start);
        Worth { most: rest.most + outcome.earned.most, least: rest.least + outcome.earned.least }
    }

    /// What is still to be earned from `node` on.
    fn from(&mut self, node: &Node) -> Worth {
        if node.state.over() {
            return Worth { most: Points(0), least: Points(0) };
        }
        if node.menu.is_empty() {
            // Nothing to decide: the same as where the clock goes on to.
            let (next, outcome) = self.ground.wait(node);
            return self.branch(node.now, None, &next, &outcome);
        }
        let fingerprint = self.scratch.fingerprint(self.ground, node);
        if let Some(worth) = self.table.get(fingerprint) {
            return worth;
        }
        if self.stop(node.now) {
            // What this is worth is not known; nobody will ask.
            return Worth { most: Points(0), least: Points(0) };
        }
        if self.dropped.is_none() && !self.ground.all_answers(node) {
            self.dropped = Some(node.now);
        }
        let mut branches = Vec::new();
        for input in self.ground.moves(node) {
            if let Some((next, outcome)) = self.ground.make(node, &input) {
                let worth = self.branch(node.now, Some(input.clone()), &next, &outcome);
                branches.push((Some(input), worth));
            }
        }
        let (next, outcome) = self.ground.wait(node);
        let worth = self.branch(node.now, None, &next, &outcome);
        branches.push((None, worth));
        let worth = together(&branches);
        if self.cut.is_none() && !self.found {
            self.reach.judge(node, &branches, worth);
            if self.progress.states < self.bounds.states {
                self.table.insert(fingerprint, worth);
                self.progress.states += 1;
            }
        }
        worth
    }

    fn branch(&mut self, at: SimTime, input: Option<Input>, next: &Node, outcome: &Outcome) -> Worth {
        self.progress.transitions += 1;
        self.moves += 1;
        let depth = self.path.steps.len();
        self.path.steps.extend(input.map(|input| Step { at, input }));
        self.look(next, outcome);
        let rest = self.from(next);
        self.path.steps.truncate(depth);
        self.moves -= 1;
        Worth { most: rest.most + outcome.earned.most, least: rest.least + outcome.earned.least }
    }

    /// Notes what a step reached, and puts on the path what was settled on the way.
    fn look(&mut self, node: &Node, outcome: &Outcome) {
        self.path.steps.extend(outcome.settled.iter().map(|settled| settled.step(&settled.best)));
        self.reach.see(self.ground.scenario, node, outcome, &self.path);
        if let Some(lull) = &outcome.lull {
            self.listen(lull);
        }
        self.found = self.found || self.sought.is_some_and(|goal| self.reach.has(goal));
    }

    /// Plays the line that came here, if it may be silent for longer than any before.
    fn listen(&mut self, lull: &Lull) {
        let longest = self.reach.silence.as_ref().map_or(0, |known| known.until.since(known.from).0);
        let longer = lull.until.since(lull.from).0 > longest && self.ground.is_dead(lull.from, lull.until);
        if !longer || self.played >= PLAYED_MAX {
            return;
        }
        self.played += 1;
        let silence = self.ground.silent(&self.path, lull);
        if let Some(silence) = silence.filter(|found| self.ground.is_dead(found.from, found.until)) {
            self.reach.be_silent(&silence);
        }
    }

    /// Whether it is time to stop.
    fn stop(&mut self, now: SimTime) -> bool {
        if self.cut.is_some() || self.found {
            return true;
        }
        if self.moves >= MOVES_MAX {
            self.cut = Some((Cut::Depth, now));
        } else if self.progress.states >= self.bounds.states {
            self.cut = Some((Cut::States, now));
        } else if self.progress.transitions.is_multiple_of(256) && !(self.keep_on)(self.progress) {
            self.cut = Some((Cut::Time, now));
        }
        self.cut.is_some()
    }

    /// The move that leads to the most, or the least, by what the table says.
    fn by_table(&mut self, node: &Node, best: bool) -> Option<Made> {
        let mut chosen: Option<(Points, Made)> = None;
        let mut moves: Vec<Option<Input>> = self.ground.moves(node).into_iter().map(Some).collect();
        // Of what comes to the same, work that is not needed is left undone.
        let answers = moves.iter().take_while(|input| matches!(input, Some(Input::Answer(_)))).count();
        moves.insert(answers, None);
        for input in moves {
            let made = match &input {
                Some(input) => self.ground.make(node, input),
                None => Some(self.ground.wait(node)),
            };
            let Some((next, outcome)) = made else { continue };
            let (rest, earned) = (self.from(&next), outcome.earned);
            let worth = if best { rest.most + earned.most } else { rest.least + earned.least };
            let better = |so_far: Points| if best { worth > so_far } else { worth < so_far };
            if chosen.as_ref().is_none_or(|(so_far, _)| better(*so_far)) {
                chosen = Some((worth, (input, (next, outcome))));
            }
        }
        chosen.map(|(_, made)| made)
    }

    /// The answer that looks best by its own points, or that harms; where not every line
    /// was looked at.
    fn hasty(&self, node: &Node, best: bool) -> Option<Made> {
        let answers = self.ground.moves(node).into_iter().filter(|input| matches!(input, Input::Answer(_)));
        let made = answers.filter_map(|input| Some((self.ground.make(node, &input)?, input)));
        let made = made.map(|(made, input)| (Some(input), made));
        if best {
            made.max_by_key(|(_, (_, outcome))| outcome.earned.most)
        } else {
            let harm = made.filter(|(_, (_, outcome))| outcome.earned.least < Points(0));
            harm.min_by_key(|(_, (_, outcome))| outcome.earned.least)
        }
    }

    /// The line that earns the most, or the least, from `start` on; after a search
    /// that was cut, a line that looks good, or bad, as far as it came.
    pub(super) fn line(
        &mut self,
        start: &Node,
        outcome: &Outcome,
        best: bool,
    ) -> (Vec<Step>, Vec<(ItemOf, Earned)>) {
        let (mut steps, mut assumed) = (Vec::new(), Vec::new());
        let mut settled = |outcome: &Outcome, steps: &mut Vec<Step>| {
            assumed.extend_from_slice(&outcome.assumed);
            for question in &outcome.settled {
                let answer = if best { Some(&question.best) } else { question.worst.as_ref() };
                steps.extend(answer.map(|answer| question.step(answer)));
            }
        };
        settled(outcome, &mut steps);
        let mut node = start.clone();
        while !node.state.over() {
            let chosen =
                if self.cut.is_some() { self.hasty(&node, best) } else { self.by_table(&node, best) };
            let (input, (next, outcome)) = chosen.unwrap_or_else(|| (None, self.ground.wait(&node)));
            steps.extend(input.map(|input| Step { at: node.now, input }));
            settled(&outcome, &mut steps);
            node = next;
        }
        (steps, assumed)
    }
}

fn together(branches: &[(Option<Input>, Worth)]) -> Worth {
    let most = branches.iter().map(|(_, worth)| worth.most).max();
    let least = branches.iter().map(|(_, worth)| worth.least).min();
    Worth { most: most.unwrap_or_default(), least: least.unwrap_or_default() }
}

impl super::node::Settled {
    fn step(&self, answer: &Answer) -> Step {
        let input = Input::Answer(crate::engine::Submission {
            question: self.question,
            answer: answer.clone(),
            confidence: None,
            reason: None,
        });
        Step { at: self.at, input }
    }
}
