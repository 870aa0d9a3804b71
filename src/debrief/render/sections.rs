//! The sections of a debrief, but for the decisions: who did what stands in `decisions.rs`.

use tr::tr;

use super::super::happened::{Good, Lane, Mark};
use super::super::model::{Debrief, Moment, Objective, Source, Unexamined};
use super::super::otherwise::{LineEnd, Otherwise};
use super::super::picture::Picture;
use super::super::words::{brier, capital, length, percent, points, reading, span, sum_of};
use super::page::{Block, ColumnKind::*, Pair, Section, Table};
use crate::scenario::said_date;
use crate::speech::label;

/// A section, unless there is nothing in it.
pub(super) fn section(id: &'static str, title: String, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then_some(Section { id, title, blocks })
}

/// A block for what something rests on.
pub(super) fn source(source: &Source) -> Block {
    cited(tr!("Source: "), source)
}

fn cited(label: String, source: &Source) -> Block {
    let Source { title, address, read } = source.clone();
    let read = if read.is_empty() { read } else { tr!("read {}", said_date(&read)) };
    Block::Source { label, title, address, read }
}

pub(super) fn happened(debrief: &Debrief) -> Option<Section> {
    let mut blocks = Vec::new();
    if let Some(ending) = &debrief.ending {
        blocks.push(Block::heading(ending.title.clone()));
        blocks.push(Block::Prose { text: ending.says.clone() });
        blocks.push(Block::note(capital(&ending.cause)));
    }
    if !debrief.gauges.is_empty() {
        blocks.push(Block::picture(Picture::Gauges, debrief, gauges(debrief)));
        blocks.extend(debrief.otherwise.iter().flat_map(lines));
    }
    if !debrief.spreads.is_empty() {
        blocks.push(Block::Table(spreads(debrief)));
    }
    blocks.push(Block::picture(Picture::Timeline, debrief, timeline(debrief)));
    section("happened", tr!("What happened"), blocks)
}

fn spreads(debrief: &Debrief) -> Table {
    let columns = [
        (tr!("What"), Text),
        (tr!("Began"), Number),
        (tr!("Steps"), Number),
        (tr!("What became of it"), Text),
    ];
    let mut table = Table::new(tr!("What went on by itself"), &columns);
    for spread in &debrief.spreads {
        let steps = match spread.waited {
            0 => spread.steps.len().to_string(),
            waited => tr!("{0}, {1} left out", spread.steps.len(), waited),
        };
        table.rows.push(vec![
            capital(&spread.label),
            spread.began.as_ref().map_or("–".into(), |began| began.clock.clone()),
            steps,
            capital(&spread.told()),
        ]);
    }
    table
}

/// What was owed, and by when.
pub(super) fn duties(debrief: &Debrief) -> Option<Section> {
    if debrief.duties.is_empty() {
        return None;
    }
    let columns = [
        (tr!("What"), Text),
        (tr!("To"), Text),
        (tr!("Clock started"), Number),
        (tr!("You declared"), Number),
        (tr!("Due"), Text),
        (tr!("How it stands"), Text),
    ];
    let mut table = Table::new(tr!("Duties and their clocks"), &columns);
    let clock = |moment: &Option<Moment>| moment.as_ref().map_or("–".into(), |m| m.clock.clone());
    let mut blocks = Vec::new();
    for duty in &debrief.duties {
        let rule = if duty.rule.is_empty() { String::new() } else { format!(", {}", duty.rule) };
        table.rows.push(vec![
            format!("{}{rule}: {}", capital(&duty.label), duty.deadline),
            duty.to.clone(),
            clock(&duty.started),
            clock(&duty.declared),
            clock(&duty.due),
            capital(&duty.told()),
        ]);
        blocks.push(Block::heading(capital(&duty.label)));
        if !duty.why.is_empty() {
            blocks.push(Block::Prose { text: duty.why.clone() });
        }
        if !duty.uncertain.is_empty() {
            blocks.push(Block::note(tr!("To be verified before anybody relies on it: {}.", duty.uncertain)));
        }
        blocks.extend(duty.sources.iter().map(source));
    }
    blocks.insert(0, Block::Table(table));
    blocks.push(Block::note(tr!(
        "Deadlines are the drill's, on its own calendar, without public holidays; nothing here is legal advice."
    )));
    section("duties", tr!("What was owed, and by when"), blocks)
}

fn timeline(debrief: &Debrief) -> Table {
    timeline_of(tr!("Timeline"), &debrief.timeline)
}

/// Marks in order, as a table.
pub(super) fn timeline_of(caption: String, marks: &[Mark]) -> Table {
    let columns = [(tr!("When"), Number), (tr!("No."), Number), (tr!("What"), Text), (tr!("How"), Text)];
    let mut table = Table::new(caption, &columns);
    for mark in marks {
        table.rows.push(vec![
            span(&mark.at, mark.until.as_ref()),
            mark.label.clone(),
            mark.title.clone(),
            how(mark),
        ]);
    }
    table
}

/// What a mark is: its channel and whether it helped, or how the decision stands.
fn how(mark: &Mark) -> String {
    match (mark.lane, mark.standing) {
        (Lane::Decided, Some(standing)) if mark.kind == "decision" => {
            tr!("decision: {}", label(standing.word()))
        }
        _ if mark.assistance => tr!("{}, help because something was missing", label(&mark.kind)),
        _ => label(&mark.kind),
    }
}

fn gauges(debrief: &Debrief) -> Table {
    let mut columns = vec![(tr!("Gauge"), Text), (tr!("At STARTEX"), Text), (tr!("At ENDEX"), Text)];
    if debrief.otherwise.is_some() {
        columns.extend([(tr!("On the best line"), Text), (tr!("On the worst line"), Text)]);
    }
    columns.extend([(tr!("Good is"), Text), (tr!("Moved"), Text)]);
    let mut table = Table::new(tr!("Gauges"), &columns);
    for gauge in &debrief.gauges {
        let end = |line: &LineEnd| {
            let course = line.gauges.iter().find(|course| course.name == gauge.name);
            course.map_or(String::new(), |course| reading(gauge, course.end))
        };
        let moved: Vec<String> =
            gauge.steps.iter().map(|s| format!("{} → {}", s.at.clock, reading(gauge, s.reads))).collect();
        let good = match gauge.good {
            Good::Low => tr!("less"),
            Good::High => tr!("more"),
        };
        let mut row = vec![capital(&gauge.label), reading(gauge, gauge.start), reading(gauge, gauge.end)];
        row.extend(debrief.otherwise.iter().flat_map(|o| [end(&o.best), end(&o.worst)]));
        row.extend([good, if moved.is_empty() { tr!("never") } else { moved.join(", ") }]);
        table.rows.push(row);
    }
    table
}

/// The best and the worst line, and the change that would have made most of a difference.
fn lines(otherwise: &Otherwise) -> Vec<Block> {
    let pairs = ends(&otherwise.best, &otherwise.worst);
    let mut blocks = vec![Block::heading(tr!("What could have been"))];
    blocks.extend(otherwise.drawn.as_ref().map(|drawn| Block::says(drawn.says.clone())));
    blocks.push(Block::Pairs { pairs });
    if otherwise.cut {
        blocks.push(Block::note(tr!(
            "This drill was too long to try every other choice; its first decisions were."
        )));
    }
    blocks
}

/// What the best and the worst line earn, and whether that is proved.
pub(super) fn ends(best: &LineEnd, worst: &LineEnd) -> Vec<Pair> {
    let earns = |line: &LineEnd| tr!("{0}, ends “{1}”", sum_of(line.earned), line.ending);
    let no_more = match best.proved {
        true => tr!("proved: none earns more"),
        false => tr!("the best that was found in a moment; not proved"),
    };
    let no_less = match worst.proved {
        true => tr!("proved: none earns less"),
        false => tr!("the worst that was found in a moment; not proved"),
    };
    vec![
        Pair::new(&tr!("Best line"), earns(best), no_more),
        Pair::new(&tr!("Worst line"), earns(worst), no_less),
    ]
}

pub(super) fn stages(debrief: &Debrief) -> Option<Section> {
    let columns =
        [(tr!("Stage"), Text), (tr!("Rating"), Text), (tr!("Points"), Number), (tr!("Decisions"), Number)];
    let mut table = Table::new(tr!("Stages"), &columns);
    for stage in &debrief.stages {
        let rating = match stage.rating {
            Some(rating) => rating.shown(" "),
            None => tr!("not exercised"),
        };
        let share = stage.points.percent.map_or(String::new(), |p| format!(" ({})", percent(p)));
        let earned = match stage.points.possible {
            0 => "–".into(),
            _ => tr!("{0} of {1}", points(stage.points.earned), points(stage.points.possible)) + &share,
        };
        table.rows.push(vec![capital(&label(&stage.label)), rating, earned, stage.items.to_string()]);
    }
    section("stages", tr!("How it went, by stage"), vec![Block::picture(Picture::Stages, debrief, table)])
}

pub(super) fn calibration(debrief: &Debrief) -> Option<Section> {
    let calls = &debrief.calibration.calls;
    if calls.is_empty() {
        return None;
    }
    let columns = [
        (tr!("No."), Number),
        (tr!("Question"), Text),
        (tr!("You said"), Number),
        (tr!("It was"), Text),
        (tr!("Brier"), Number),
    ];
    let mut table = Table::new(tr!("Answers with a confidence, sure and wrong first"), &columns);
    for call in calls {
        table.rows.push(vec![
            call.decision.to_string(),
            call.title.clone(),
            percent(call.confidence),
            label(call.words()),
            brier(call.brier),
        ]);
    }
    let mut blocks = Vec::new();
    if calls.iter().any(super::super::calibration::Call::sure_and_wrong) {
        blocks.push(Block::says(tr!(
            "What you were sure of and wrong about comes first: it is what a debrief corrects best."
        )));
    }
    blocks.push(Block::picture(Picture::Calibration, debrief, table));
    if let Some(mean) = debrief.calibration.brier {
        let says = tr!(
            "Brier score {}: how far what you said lay from how it was. 0 is being right and certain each time, \
             0.25 is guessing, 1 is being wrong and certain each time.",
            brier(mean)
        );
        let few = (calls.len() < 30).then(|| tr!("A curve would need thirty answers."));
        blocks.push(Block::note([Some(says), few].into_iter().flatten().collect::<Vec<_>>().join(" ")));
    }
    section("calibration", tr!("How sure you were"), blocks)
}

pub(super) fn unexamined(debrief: &Debrief) -> Option<Section> {
    let block = match debrief.unexamined.is_empty() {
        true => Block::says(tr!("You looked at everything that was there.")),
        false => {
            let caption = tr!("Evidence that was there and was never examined");
            Block::Table(unexamined_table(caption, &debrief.unexamined))
        }
    };
    section("unexamined", tr!("What you never looked at"), vec![block])
}

/// Evidence that was there and that nobody looked at.
pub(super) fn unexamined_table(caption: String, unexamined: &[Unexamined]) -> Table {
    let columns = [
        (tr!("What"), Text),
        (tr!("There since"), Number),
        (tr!("Takes"), Number),
        (tr!("A decision rested on it"), Text),
    ];
    let mut table = Table::new(caption, &columns);
    for missed in unexamined {
        let numbers: Vec<String> = missed.decisions.iter().map(|n| tr!("no. {}", n)).collect();
        let rested = match (missed.decoy, numbers.is_empty()) {
            (true, _) => tr!("no; it led nowhere, on purpose"),
            (false, true) => tr!("no"),
            (false, false) => tr!("yes, {}", numbers.join(", ")),
        };
        table.rows.push(vec![missed.title.clone(), missed.since.clock.clone(), length(missed.takes), rested]);
    }
    table
}

pub(super) fn truth(debrief: &Debrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for period in &debrief.truth {
        let label = tr!("From {} it could be known that", period.from.clock);
        blocks.push(Block::Pairs { pairs: vec![Pair::new(&label, period.says.clone(), "")] });
        if !period.why.is_empty() {
            blocks.push(Block::Prose { text: period.why.clone() });
        }
        blocks.extend(period.source.as_ref().map(source));
    }
    section("truth", tr!("What could be known, and when"), blocks)
}

pub(super) fn hot_wash(debrief: &Debrief) -> Option<Section> {
    let mut blocks = Vec::new();
    if !debrief.hot_wash.is_empty() {
        blocks.push(Block::List { items: debrief.hot_wash.clone(), numbered: true });
    }
    for reflection in &debrief.reflections {
        blocks.push(Block::heading(reflection.asked.clone()));
        match &reflection.own {
            Some(own) => blocks.push(Block::Quote { text: own.clone() }),
            None => {
                blocks.push(Block::note(tr!("You wrote nothing here; it can be talked about instead.")));
            }
        }
        if !reflection.key_points.is_empty() {
            blocks.push(Block::note(tr!("The author would look for")));
            blocks.push(Block::list(reflection.key_points.clone()));
        }
    }
    section("hot-wash", tr!("Hot wash"), blocks)
}

pub(super) fn good(debrief: &Debrief) -> Option<Section> {
    good_of(&debrief.good, &debrief.objectives)
}

/// What good looks like, and what the script trains.
pub(super) fn good_of(good: &str, objectives: &[Objective]) -> Option<Section> {
    let mut blocks = Vec::new();
    if !good.is_empty() {
        blocks.push(Block::Prose { text: good.to_owned() });
    }
    if !objectives.is_empty() {
        blocks.push(Block::heading(tr!("What this drill trains")));
        let items = objectives.iter().map(|o| format!("{} ({})", capital(&o.says), label(&o.stage)));
        blocks.push(Block::list(items.collect()));
    }
    section("good", tr!("What good looks like"), blocks)
}

pub(super) fn improvements(debrief: &Debrief) -> Option<Section> {
    let columns = [
        (tr!("What to change"), Text),
        (tr!("Stage"), Text),
        (tr!("Owner"), Empty),
        (tr!("plan" => "Start"), Empty),
        (tr!("plan" => "Due"), Empty),
    ];
    let mut table = Table::new(tr!("Improvement plan; owner and dates are for you to fill in"), &columns);
    for improvement in &debrief.improvements {
        let mut row = vec![improvement.says.clone(), label(&improvement.stage)];
        row.resize(5, String::new());
        table.rows.push(row);
    }
    let blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    section("plan", tr!("Improvement plan"), blocks)
}

pub(super) fn further_reading(reading: &[Source]) -> Option<Section> {
    let cited = reading.iter().map(|source| cited(String::new(), source));
    section("reading", tr!("Further reading"), cited.collect())
}
