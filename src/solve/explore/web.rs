//! What has to do with what: which parts of a state something changes, and which it reads.
//!
//! Two things that happen have nothing to do with each other if neither reads or changes
//! what the other changes; which of them comes first makes no difference then.

use crate::scenario::{Condition, Effect, Inject, InjectKind, Scenario, SimTime, SpreadStart, Trigger};
use crate::solve::atoms::{Atom, Atoms, Rows, atoms_of};
use crate::solve::cone::bearers;
use crate::solve::reads::{Alive, Reads, conditions, effects};

/// Follows what changes what, as far as it matters.
pub(super) struct Web<'s> {
    scenario: &'s Scenario,
    reads: &'s Reads,
    rows: Rows,
    /// What can make a difference at all.
    matters: Atoms,
    /// Gauges that effects move one way only: which of two comes first makes no difference.
    one_way: Vec<usize>,
    at_once: Vec<Watch<'s>>,
}

/// A condition that is looked at as soon as anything changes.
struct Watch<'s> {
    whose: Alive,
    read: Atoms,
    /// What its turning brings about in the same moment.
    then: &'s [Effect],
}

impl<'s> Web<'s> {
    pub(super) fn of(scenario: &'s Scenario, reads: &'s Reads) -> Self {
        let rows = Rows::of(scenario);
        let mut matters = rows.none();
        rows.all(scenario).filter(|atom| reads.matters(*atom)).for_each(|atom| matters.put(rows.row(atom)));
        let one_way = |gauge: &usize| {
            let moves = effects(scenario).filter_map(|effect| {
                if let Effect::Add(id, amount) = effect {
                    return (id.at() == *gauge).then(|| amount.signum());
                }
                matches!(effect, Effect::Set(id, _) if id.at() == *gauge).then_some(0)
            });
            let mut moves: Vec<i64> = moves.collect();
            moves.dedup();
            matches!(moves[..], [] | [1] | [-1])
        };
        let one_way = (0..scenario.gauges.len()).filter(one_way).collect();
        Self { scenario, reads, matters, one_way, at_once: at_once(scenario, reads, &rows), rows }
    }

    /// Nothing at all.
    pub(super) fn none(&self) -> Atoms {
        self.rows.none()
    }

    /// What work changes when it is done, with what follows from that at once.
    pub(super) fn changes(&self, own: Atom, effects: &[Effect]) -> Atoms {
        let mut found = self.rows.none();
        found.put(self.rows.row(own));
        self.follow(effects, &mut found);
        self.react(&mut found);
        found.keep(&self.matters);
        found
    }

    /// What something that happens by the clock has to do with: what it reads and what it
    /// changes, and whatever else is read together with that.
    pub(super) fn happens(&self, whose: Alive) -> Atoms {
        let mut read = self.rows.none();
        for (_, condition) in conditions(self.scenario).into_iter().filter(|(alive, _)| *alive == whose) {
            atoms_of(condition, &mut |atom| read.put(self.rows.row(atom)));
        }
        let mut found = read.clone();
        self.turn(whose, &mut found);
        self.react(&mut found);
        for watch in self.at_once.iter().filter(|watch| watch.read.meets(&found) && !watch.read.single()) {
            read.add(&watch.read);
        }
        for row in self.one_way.iter().map(|gauge| self.rows.row(Atom::Gauge(*gauge))) {
            found.take(row);
        }
        found.add(&read);
        found.keep(&self.matters);
        found
    }

    /// Moments that conditions name, or that bring another truth.
    pub(super) fn moments(&self) -> Vec<(SimTime, Atoms)> {
        let mut found = Vec::new();
        for (whose, condition) in conditions(self.scenario) {
            let mut named = Vec::new();
            moments_of(condition, &mut named);
            if named.is_empty() || !self.reads.reader(whose) {
                continue;
            }
            let mut touched = self.happens(whose);
            if matches!(whose, Alive::Ending(row) if !self.scenario.endings[row].at_once) {
                touched.fill();
            }
            found.extend(named.into_iter().map(|at| (at, touched.clone())));
        }
        if self.reads.reader(Alive::Truth) {
            let touched = self.happens(Alive::Truth);
            found.extend(self.scenario.truth.iter().map(|truth| (truth.from, touched.clone())));
        }
        found
    }

    fn put(&self, atom: Atom, found: &mut Atoms) {
        found.put(self.rows.row(atom));
    }

    /// What effects change in the same moment; an inject that comes later only as such.
    fn follow(&self, effects: &[Effect], found: &mut Atoms) {
        for effect in effects {
            match effect {
                Effect::Set(gauge, _) | Effect::Add(gauge, _) => self.put(Atom::Gauge(gauge.at()), found),
                Effect::Deliver(inject, SimTime(0)) => self.turn(Alive::Inject(inject.at()), found),
                Effect::Deliver(inject, _) | Effect::Cancel(inject) => {
                    self.put(Atom::Inject(inject.at()), found);
                }
                Effect::Ask(question) => self.turn(Alive::Opening(question.at()), found),
                Effect::Close(question) => self.put(Atom::Question(question.at()), found),
                Effect::Reveal(evidence) => self.put(Atom::Evidence(evidence.at()), found),
                Effect::Start(spread) | Effect::Stop(spread) => self.put(Atom::Spread(spread.at()), found),
                Effect::StartDuty(duty) | Effect::DeclareDuty(duty) | Effect::MeetDuty(duty) => {
                    self.put(Atom::Duty(duty.at()), found);
                }
                Effect::End => found.fill(),
            }
        }
    }

    /// What changes when it comes to this: an inject that is delivered, a question and its answers.
    fn turn(&self, whose: Alive, found: &mut Atoms) {
        let s = self.scenario;
        match whose {
            Alive::Inject(row) => {
                self.once(Atom::Inject(row), std::iter::once(&s.injects[row].then[..]), found)
            }
            Alive::Opening(row) => self.once(Atom::Question(row), bearers(&s.questions[row]), found),
            Alive::Spread(row) => {
                self.once(Atom::Spread(row), std::iter::once(&s.spreads[row].then[..]), found)
            }
            Alive::Duty(row) => self.put(Atom::Duty(row), found),
            Alive::Truth => {
                let measured = self.reads.by_truth.iter().enumerate().filter(|(_, by_truth)| **by_truth);
                measured.for_each(|(row, _)| found.put(self.rows.row(Atom::Question(row))));
            }
            Alive::Doing(row) => self.put(Atom::Action(row), found),
            Alive::Ending(_) => {}
        }
    }

    fn once<'e>(&self, own: Atom, effects: impl Iterator<Item = &'e [Effect]>, found: &mut Atoms) {
        if !found.has(self.rows.row(own)) {
            found.put(self.rows.row(own));
            effects.for_each(|effects| self.follow(effects, found));
        }
    }

    /// Adds what is set off at once by what was found.
    fn react(&self, found: &mut Atoms) {
        loop {
            let before = found.clone();
            for watch in self.at_once.iter().filter(|watch| watch.read.meets(&before)) {
                match watch.whose {
                    Alive::Ending(_) => found.fill(),
                    Alive::Inject(row) => {
                        self.put(Atom::Inject(row), found);
                        self.follow(watch.then, found);
                    }
                    Alive::Spread(row) => self.put(Atom::Spread(row), found),
                    Alive::Duty(_) | Alive::Truth | Alive::Opening(_) | Alive::Doing(_) => {
                        self.turn(watch.whose, found);
                    }
                }
            }
            if *found == before {
                return;
            }
        }
    }
}

/// Conditions that are looked at as soon as anything changes, as far as they matter.
fn at_once<'s>(scenario: &'s Scenario, reads: &Reads, rows: &Rows) -> Vec<Watch<'s>> {
    let mut found = Vec::new();
    let mut watch = |whose: Alive, condition: &Condition, then: &'s [Effect]| {
        let mut read = rows.none();
        atoms_of(condition, &mut |atom| read.put(rows.row(atom)));
        if reads.reader(whose) && !read.is_empty() {
            found.push(Watch { whose, read, then });
        }
    };
    for (row, inject) in scenario.injects.iter().enumerate() {
        for (condition, then) in awaited(inject) {
            watch(Alive::Inject(row), condition, then);
        }
    }
    for (row, spread) in scenario.spreads.iter().enumerate() {
        spread.unless.iter().for_each(|unless| watch(Alive::Spread(row), unless, &[]));
        if let SpreadStart::When(start) = &spread.start {
            watch(Alive::Spread(row), start, &[]);
        }
    }
    for (row, duty) in scenario.duties.iter().enumerate() {
        duty.starts.iter().chain(&duty.met).for_each(|condition| watch(Alive::Duty(row), condition, &[]));
    }
    scenario.truth.iter().for_each(|truth| watch(Alive::Truth, &truth.when, &[]));
    for (row, ending) in scenario.endings.iter().enumerate().filter(|(_, ending)| ending.at_once) {
        watch(Alive::Ending(row), &ending.when, &[]);
    }
    found
}

/// What an inject waits for, and what it brings in the moment in which that comes.
fn awaited(inject: &Inject) -> Vec<(&Condition, &[Effect])> {
    if let InjectKind::Checkpoint(checkpoint) = &inject.kind {
        return vec![(&checkpoint.met_when, &[])];
    }
    let mut found: Vec<(&Condition, &[Effect])> = Vec::new();
    if let Trigger::After(condition, delay) = &inject.trigger {
        found.push((condition, if delay.0 == 0 { &inject.then } else { &[] }));
    }
    if inject.until.is_some() || matches!(inject.trigger, Trigger::When) {
        found.push((&inject.when, &inject.then));
    }
    found
}

/// The moments that a condition names.
#[expect(clippy::wildcard_enum_match_arm, reason = "no other condition names a moment")]
fn moments_of(condition: &Condition, found: &mut Vec<SimTime>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|c| moments_of(c, found)),
        Condition::Not(part) => moments_of(part, found),
        Condition::From(moment) | Condition::Before(moment) => found.push(*moment),
        _ => {}
    }
}
