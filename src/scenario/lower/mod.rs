//! From the file model to the scenario: names become rows, texts become times.
//!
//! All names are made known first, so that a reference may point forward. Then
//! every part is lowered, come what may, and what was wrong is reported. A
//! scenario made of a script with errors never leaves `load`; it exists so that
//! the checks can find the rest.

mod conditions;
mod duties;
mod forms;
mod head;
mod injects;
mod offers;
mod pairs;
mod questions;
mod reader;
mod seats;
mod sorting;
mod spreads;
mod texts;
mod watch;
mod world;

pub(super) use offers::{Offer, Side};
pub(super) use reader::{Kind, Reader, Row, Seen, Written};

use super::file::{self, File};
use super::model::{Checked, Effect, Scenario, SpreadStart, Timetable, Watchers};
use super::time::SimTime;
use crate::limits::{
    ACTIONS_MAX, DUTIES_MAX, ENTRIES_MAX, EVIDENCE_MAX, GAUGES_MAX, INJECTS_MAX, QUESTIONS_MAX, SEATS_MAX,
    SPREADS_MAX,
};
use conditions::Lower;

/// The rows of a script, in step with the tables of its scenario.
pub(super) struct Script<'f> {
    pub(super) file: &'f File,
    pub(super) systems: Vec<Row<'f, file::System>>,
    pub(super) cast: Vec<Row<'f, file::Person>>,
    pub(super) seats: Vec<Row<'f, file::Seat>>,
    pub(super) slots: Vec<Row<'f, Vec<super::at::At<super::at::Rows<String>>>>>,
    pub(super) gauges: Vec<Row<'f, file::Gauge>>,
    pub(super) truth: Vec<Row<'f, file::Truth>>,
    pub(super) evidence: Vec<Row<'f, file::Evidence>>,
    pub(super) spreads: Vec<Row<'f, file::Spread>>,
    pub(super) duties: Vec<Row<'f, file::Duty>>,
    pub(super) injects: Vec<Row<'f, file::Inject>>,
    pub(super) questions: Vec<Row<'f, file::Question>>,
    /// What each question offers.
    pub(super) offers: Vec<Vec<Offer<'f>>>,
    /// What the rows of each question are paired with.
    pub(super) sides: Vec<Vec<Side<'f>>>,
    pub(super) actions: Vec<Row<'f, file::Action>>,
    pub(super) endings: Vec<Row<'f, file::Ending>>,
    pub(super) sources: Vec<Row<'f, file::Source>>,
}

impl<'f> Script<'f> {
    /// Makes every name known.
    pub(super) fn new(reader: &mut Reader<'_>, file: &'f File) -> Self {
        let mut truth = reader.rows(&file.truth, "truths", ENTRIES_MAX);
        // The table is in order of `from`; what cannot be read is reported later.
        truth.sort_by_key(|row| {
            let from = row.body.ok().and_then(|truth| truth.from.as_ref()?.ok());
            from.and_then(|text| SimTime::parse(text).ok()).unwrap_or_default()
        });
        let mut script = Self {
            file,
            systems: reader.rows(&file.systems, "systems", ENTRIES_MAX),
            cast: reader.rows(&file.cast, "persons", ENTRIES_MAX),
            seats: reader.rows(&file.seats, "seats", SEATS_MAX),
            slots: reader.rows(&file.slots, "slots", ENTRIES_MAX),
            gauges: reader.rows(&file.gauges, "gauges", GAUGES_MAX),
            truth,
            evidence: reader.rows(&file.evidence, "artefacts", EVIDENCE_MAX),
            spreads: reader.rows(&file.spreads, "spreads", SPREADS_MAX),
            duties: reader.rows(&file.duties, "duties", DUTIES_MAX),
            injects: reader.rows(&file.injects, "injects", INJECTS_MAX),
            questions: reader.rows(&file.questions, "questions", QUESTIONS_MAX),
            offers: Vec::new(),
            sides: Vec::new(),
            actions: reader.rows(&file.actions, "actions", ACTIONS_MAX),
            endings: reader.rows(&file.endings, "endings", ENTRIES_MAX),
            sources: reader.rows(&file.sources, "sources", ENTRIES_MAX),
        };
        script.offers = script
            .questions
            .iter()
            .map(|row| row.body.ok().map_or_else(Vec::new, |q| offers::of(reader, q)))
            .collect();
        script.sides = script
            .questions
            .iter()
            .map(|row| row.body.ok().map_or_else(Vec::new, |q| offers::sides(reader, q)))
            .collect();
        reader.know(Kind::Seat, &script.seats, &file.seats);
        reader.know(Kind::System, &script.systems, &file.systems);
        reader.know(Kind::Person, &script.cast, &file.cast);
        reader.know(Kind::Slot, &script.slots, &file.slots);
        reader.know(Kind::Gauge, &script.gauges, &file.gauges);
        reader.know(Kind::Truth, &script.truth, &file.truth);
        reader.know(Kind::Evidence, &script.evidence, &file.evidence);
        reader.know(Kind::Spread, &script.spreads, &file.spreads);
        reader.know(Kind::Duty, &script.duties, &file.duties);
        reader.know(Kind::Inject, &script.injects, &file.injects);
        reader.know(Kind::Question, &script.questions, &file.questions);
        reader.know(Kind::Action, &script.actions, &file.actions);
        reader.know(Kind::Ending, &script.endings, &file.endings);
        reader.know(Kind::Source, &script.sources, &file.sources);
        script
    }

    /// Whether an inject is written as a checkpoint.
    pub(super) fn is_checkpoint(&self, row: usize) -> bool {
        let kind = self.injects[row].body.ok().and_then(|inject| inject.kind.as_ref()?.ok());
        matches!(kind, Some(file::InjectKind::Checkpoint))
    }
}

/// Lowers the whole script.
pub(super) fn lower(reader: &mut Reader<'_>, script: &Script<'_>, text: &str) -> Scenario {
    let mut lower = Lower { reader, script, known: sorting::Known::default() };
    // Slots come first: texts name them. Then the words that truths and conditions use.
    let slots = lower.slots();
    lower.known.taxonomy = lower.taxonomy();
    lower.distances();
    lower.severities();
    let mut scenario = Scenario {
        head: lower.head(),
        organisation: lower.organisation(),
        systems: lower.systems(),
        cast: lower.cast(),
        seats: lower.seats(),
        clock: lower.clock(),
        slots,
        gauges: lower.gauges(),
        truth: lower.truth(),
        evidence: lower.evidence_table(),
        spreads: lower.spreads(),
        duties: lower.duties(),
        injects: lower.injects(),
        questions: lower.questions(),
        actions: lower.actions(),
        endings: lower.endings(),
        wash: lower.wash(),
        sources: lower.sources(),
        pass: lower.pass(),
        taxonomy: lower.known.taxonomy.clone(),
        scheme: lower.known.scheme,
        severities: lower.known.severities.clone(),
        watch: Vec::new(),
        timetable: Timetable::default(),
        watchers: Watchers::default(),
        text: text.to_owned(),
        _checked: Checked,
    };
    from_start(&mut scenario);
    declared(&mut scenario);
    scenario.watch = std::mem::take(&mut reader.moments);
    scenario.watch.sort_unstable();
    scenario.watch.dedup();
    (scenario.timetable, scenario.watchers) = watch::tables(&scenario);
    scenario
}

/// Evidence is there from STARTEX unless some effect reveals it; likewise a
/// spread begins at STARTEX unless some effect starts it.
fn from_start(scenario: &mut Scenario) {
    let mut hidden = vec![false; scenario.evidence.len()];
    let mut started = vec![false; scenario.spreads.len()];
    scenario.each_effect(|effect| {
        if let Effect::Reveal(evidence) = effect {
            hidden[evidence.at()] = true;
        }
        if let Effect::Start(spread) = effect {
            started[spread.at()] = true;
        }
    });
    for (spread, started) in scenario.spreads.iter_mut().zip(started) {
        if started && spread.start == SpreadStart::Startex {
            spread.start = SpreadStart::Effect;
        }
    }
    for (evidence, hidden) in scenario.evidence.iter_mut().zip(hidden) {
        evidence.from_start = !hidden;
    }
}

/// Declaring the start of a clock is part of a duty only where a trainee can do it.
fn declared(scenario: &mut Scenario) {
    let mut declared = vec![false; scenario.duties.len()];
    scenario.each_effect(|effect| {
        if let Effect::DeclareDuty(duty) = effect {
            declared[duty.at()] = true;
        }
    });
    for (duty, declared) in scenario.duties.iter_mut().zip(declared) {
        if !declared {
            duty.declare = 0;
        }
    }
}

impl Scenario {
    /// Every effect of the script.
    pub(super) fn each_effect(&self, mut see: impl FnMut(&Effect)) {
        let of_questions = self.questions.iter().flat_map(|q| {
            q.then.iter().chain(&q.lapse_then).chain(q.choices.iter().flat_map(|choice| &choice.then))
        });
        let of_injects = self.injects.iter().flat_map(|inject| &inject.then);
        let of_actions = self.actions.iter().flat_map(|action| &action.then);
        let of_spreads = self.spreads.iter().flat_map(|spread| &spread.then);
        of_questions.chain(of_injects).chain(of_actions).chain(of_spreads).for_each(&mut see);
    }
}
