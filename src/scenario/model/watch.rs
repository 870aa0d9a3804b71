//! What the engine looks things up in: the script's own clock, and who reads what.
//!
//! Both tables are made once, when a script is lowered, so that a drill never
//! searches the whole script for the few things that a moment or a fact can
//! touch. They say nothing that the other tables do not say.

use crate::scenario::id::{ActionId, DutyId, EndingId, EvidenceId, GaugeId, InjectId, QuestionId, SpreadId};
use crate::scenario::time::SimTime;

/// What the script itself puts on the clock, by moment, and in the order of ties within one.
#[derive(Clone, Debug, Default)]
pub struct Timetable(Vec<(SimTime, Mark)>);

/// One thing at a moment of the timetable. The order is that of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The question opens by itself, if it has not been asked.
    Opens(QuestionId),
    /// The checkpoint's window closes, if what it expects has not been seen.
    Closes(InjectId),
    /// The checkpoint's window opens.
    Window(InjectId, WatcherId),
    /// A moment comes that this watcher reads.
    Turns(WatcherId),
    /// A moment that some other condition names (of a choice, an action).
    Named,
}

impl Timetable {
    /// The timetable of these entries.
    pub(in crate::scenario) fn new(mut entries: Vec<(SimTime, Mark)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }

    /// What comes after `from`, soonest first.
    #[must_use]
    pub fn after(&self, from: SimTime) -> &[(SimTime, Mark)] {
        &self.0[self.0.partition_point(|(at, _)| *at <= from)..]
    }

    /// What comes at `now`, in the order of ties.
    #[must_use]
    pub fn at(&self, now: SimTime) -> &[(SimTime, Mark)] {
        let from = &self.0[self.0.partition_point(|(at, _)| *at < now)..];
        let count = from.iter().take_while(|(at, _)| *at == now).count();
        &from[..count]
    }
}

/// Row of [`Watchers::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WatcherId(pub u16);

impl WatcherId {
    /// The row, for reaching into a table.
    #[must_use]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// Something whose condition is waited for, whatever else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watcher {
    /// Which truth is in force.
    Truth,
    /// A duty whose clock may start, or that may be met.
    Duty(DutyId),
    /// A spread that may be contained, or begin.
    Spread(SpreadId),
    /// An expected action, an inject with a condition to come true, or one that is waited for.
    Inject(InjectId),
    /// An ending that applies at once.
    Ending(EndingId),
}

/// The watchers, in the order in which they are looked at, and what each reads.
#[derive(Clone, Debug, Default)]
pub struct Watchers {
    pub(in crate::scenario) all: Vec<Watcher>,
    pub(in crate::scenario) of_questions: Readers,
    pub(in crate::scenario) of_actions: Readers,
    pub(in crate::scenario) of_injects: Readers,
    pub(in crate::scenario) of_evidence: Readers,
    pub(in crate::scenario) of_gauges: Readers,
    pub(in crate::scenario) of_category: Readers,
    pub(in crate::scenario) of_spreads: Readers,
    pub(in crate::scenario) of_duties: Readers,
}

impl Watchers {
    /// The watchers, in the order in which they are looked at.
    #[must_use]
    pub fn all(&self) -> &[Watcher] {
        &self.all
    }
    /// Who reads what became of a question.
    #[must_use]
    pub fn of_question(&self, question: QuestionId) -> &[WatcherId] {
        self.of_questions.row(question.at())
    }
    /// Who reads whether an action was done.
    #[must_use]
    pub fn of_action(&self, action: ActionId) -> &[WatcherId] {
        self.of_actions.row(action.at())
    }
    /// Who reads what became of an inject.
    #[must_use]
    pub fn of_inject(&self, inject: InjectId) -> &[WatcherId] {
        self.of_injects.row(inject.at())
    }
    /// Who reads whether evidence was examined.
    #[must_use]
    pub fn of_evidence(&self, evidence: EvidenceId) -> &[WatcherId] {
        self.of_evidence.row(evidence.at())
    }
    /// Who reads a gauge.
    #[must_use]
    pub fn of_gauge(&self, gauge: GaugeId) -> &[WatcherId] {
        self.of_gauges.row(gauge.at())
    }
    /// Who reads where a spread stands.
    #[must_use]
    pub fn of_spread(&self, spread: SpreadId) -> &[WatcherId] {
        self.of_spreads.row(spread.at())
    }
    /// Who reads where a duty stands.
    #[must_use]
    pub fn of_duty(&self, duty: DutyId) -> &[WatcherId] {
        self.of_duties.row(duty.at())
    }
    /// Who reads the latest categorization.
    #[must_use]
    pub fn of_category(&self) -> &[WatcherId] {
        self.of_category.row(0)
    }
}

/// For each row of a table, the watchers that read it, ascending.
#[derive(Clone, Debug, Default)]
pub(in crate::scenario) struct Readers {
    /// Where each row's readers end.
    ends: Vec<u32>,
    readers: Vec<WatcherId>,
}

impl Readers {
    /// From pairs of row and watcher, for a table of `rows` rows.
    pub(in crate::scenario) fn new(rows: usize, mut pairs: Vec<(usize, WatcherId)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let ends = (0..rows).map(|row| pairs.partition_point(|(r, _)| *r <= row));
        let ends = ends.map(|end| u32::try_from(end).expect("checked: tables are within limits")).collect();
        Self { ends, readers: pairs.into_iter().map(|(_, watcher)| watcher).collect() }
    }

    fn row(&self, row: usize) -> &[WatcherId] {
        let from = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.readers[from as usize..self.ends[row] as usize]
    }
}
