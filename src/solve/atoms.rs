//! The parts of a state that conditions can read, as sets of bits.

use crate::scenario::{Condition, Scenario};

/// A part of a state that a condition can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// The latest categorization.
    Called,
    /// Where an inject stands.
    Inject(usize),
    /// How a question was settled.
    Question(usize),
    /// Whether an action was done.
    Action(usize),
    /// Whether an artefact was examined.
    Evidence(usize),
    /// What a gauge reads.
    Gauge(usize),
    /// Where a spread stands.
    Spread(usize),
    /// Where a duty stands.
    Duty(usize),
}

/// Calls `told` with everything that a condition reads, the clock left out.
pub(super) fn atoms_of(condition: &Condition, told: &mut impl FnMut(Atom)) {
    match condition {
        // Who has a seat does not change during a drill.
        Condition::Always | Condition::From(_) | Condition::Before(_) | Condition::Seated(_) => {}
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|c| atoms_of(c, told)),
        Condition::Not(part) => atoms_of(part, told),
        Condition::Chosen(id, _)
        | Condition::Paired(id, ..)
        | Condition::Answered(id)
        | Condition::Lapsed(id) => {
            told(Atom::Question(id.at()));
        }
        Condition::Did(id) => told(Atom::Action(id.at())),
        Condition::Delivered(id) | Condition::Met(id) | Condition::Missed(id) => told(Atom::Inject(id.at())),
        Condition::Examined(id) => told(Atom::Evidence(id.at())),
        Condition::Categorized(..) => told(Atom::Called),
        Condition::AtLeast(id, _) | Condition::AtMost(id, _) => told(Atom::Gauge(id.at())),
        Condition::Spreading(id) | Condition::Contained(id) => told(Atom::Spread(id.at())),
        Condition::DutyRunning(id) | Condition::DutyMet(id) | Condition::DutyMissed(id) => {
            told(Atom::Duty(id.at()));
        }
    }
}

/// Which bit is whose.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    starts: [usize; 7],
    words: usize,
}

impl Rows {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let counts = [
            scenario.injects.len(),
            scenario.questions.len(),
            scenario.actions.len(),
            scenario.evidence.len(),
            scenario.gauges.len(),
            scenario.spreads.len(),
            scenario.duties.len(),
        ];
        let mut starts = [1; 7];
        for row in 1..7 {
            starts[row] = starts[row - 1] + counts[row - 1];
        }
        Self { starts, words: (starts[6] + counts[6]) / 64 + 1 }
    }

    pub(super) const fn row(&self, atom: Atom) -> usize {
        match atom {
            Atom::Called => 0,
            Atom::Inject(row) => self.starts[0] + row,
            Atom::Question(row) => self.starts[1] + row,
            Atom::Action(row) => self.starts[2] + row,
            Atom::Evidence(row) => self.starts[3] + row,
            Atom::Gauge(row) => self.starts[4] + row,
            Atom::Spread(row) => self.starts[5] + row,
            Atom::Duty(row) => self.starts[6] + row,
        }
    }

    /// Every atom there is.
    pub(super) fn all(&self, scenario: &Scenario) -> impl Iterator<Item = Atom> {
        let rows = |atom: fn(usize) -> Atom, count: usize| (0..count).map(atom);
        std::iter::once(Atom::Called)
            .chain(rows(Atom::Inject, scenario.injects.len()))
            .chain(rows(Atom::Question, scenario.questions.len()))
            .chain(rows(Atom::Action, scenario.actions.len()))
            .chain(rows(Atom::Evidence, scenario.evidence.len()))
            .chain(rows(Atom::Gauge, scenario.gauges.len()))
            .chain(rows(Atom::Spread, scenario.spreads.len()))
            .chain(rows(Atom::Duty, scenario.duties.len()))
    }

    /// The empty set.
    pub(super) fn none(&self) -> Atoms {
        Atoms(vec![0; self.words])
    }
}

/// A set of atoms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atoms(Vec<u64>);

impl Atoms {
    pub(super) fn put(&mut self, row: usize) {
        self.0[row / 64] |= 1 << (row % 64);
    }
    pub(super) fn add(&mut self, more: &Self) {
        for (word, more) in self.0.iter_mut().zip(&more.0) {
            *word |= more;
        }
    }
    pub(super) fn add_few(&mut self, few: &Few) {
        for (row, word) in &few.0 {
            self.0[*row] |= word;
        }
    }
    pub(super) fn has(&self, row: usize) -> bool {
        self.0[row / 64] >> (row % 64) & 1 == 1
    }
    /// Everything at once.
    pub(super) fn fill(&mut self) {
        self.0.fill(u64::MAX);
    }
    /// Takes one out.
    pub(super) fn take(&mut self, row: usize) {
        self.0[row / 64] &= !(1 << (row % 64));
    }
    /// Leaves only what is in `these`, too.
    pub(super) fn keep(&mut self, these: &Self) {
        for (word, these) in self.0.iter_mut().zip(&these.0) {
            *word &= these;
        }
    }
    /// Whether there is just one.
    pub(super) fn single(&self) -> bool {
        self.0.iter().map(|word| word.count_ones()).sum::<u32>() == 1
    }
    /// Whether the two have anything in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The same, for adding it often: what a condition names is a small part of a large script.
    pub(super) fn few(&self) -> Few {
        Few(self.0.iter().copied().enumerate().filter(|(_, word)| *word != 0).collect())
    }
}

/// A small set of atoms: the words that are not empty, with their rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Few(Vec<(usize, u64)>);
