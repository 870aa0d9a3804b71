//! The sections of a debrief, but for the decisions: who did what stands in `decisions.rs`.

use super::super::decision::Standing;
use super::super::happened::{Good, Lane, Mark};
use super::super::model::{Debrief, Moment, Rating, Source, Sum};
use super::super::otherwise::{LineEnd, Otherwise};
use super::super::picture::Picture;
use super::super::words::{brier, capital, count, length, out_of, percent, points, reading, span};
use super::page::{Block, ColumnKind::*, Pair, Section, Table};

fn section(id: &'static str, title: &str, blocks: Vec<Block>) -> Option<Section> {
    (!blocks.is_empty()).then(|| Section { id, title: title.into(), blocks })
}

/// A block for what something rests on.
pub(super) fn source(source: &Source) -> Block {
    cited("Source: ", source)
}

fn cited(label: &'static str, source: &Source) -> Block {
    let Source { title, address, read } = source.clone();
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
    section("happened", "What happened", blocks)
}

fn spreads(debrief: &Debrief) -> Table {
    let columns = [("What", Text), ("Began", Number), ("Steps", Number), ("What became of it", Text)];
    let mut table = Table::new("What went on by itself", &columns);
    for spread in &debrief.spreads {
        let waited = match spread.waited {
            0 => String::new(),
            n => format!(", {n} left out"),
        };
        table.rows.push(vec![
            capital(&spread.label),
            spread.began.as_ref().map_or("–".into(), |began| began.clock.clone()),
            format!("{}{waited}", spread.steps.len()),
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
        ("What", Text),
        ("To", Text),
        ("Clock started", Number),
        ("You declared", Number),
        ("Due", Text),
        ("How it stands", Text),
    ];
    let mut table = Table::new("Duties and their clocks", &columns);
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
            blocks.push(Block::note(format!(
                "To be verified before anybody relies on it: {}.",
                duty.uncertain
            )));
        }
        blocks.extend(duty.sources.iter().map(source));
    }
    blocks.insert(0, Block::Table(table));
    blocks.push(Block::note(
        "Deadlines are the drill's, on its own calendar, without public holidays; nothing here is legal advice.",
    ));
    section("duties", "What was owed, and by when", blocks)
}

fn timeline(debrief: &Debrief) -> Table {
    let columns = [("When", Number), ("No.", Number), ("What", Text), ("How", Text)];
    let mut table = Table::new("Timeline", &columns);
    for mark in &debrief.timeline {
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
            format!("decision: {}", standing.word())
        }
        _ if mark.assistance => format!("{}, help because something was missing", mark.kind),
        _ => mark.kind.clone(),
    }
}

fn gauges(debrief: &Debrief) -> Table {
    let columns =
        [("Gauge", Text), ("At STARTEX", Text), ("At ENDEX", Text), ("Good is", Text), ("Moved", Text)];
    let mut columns = columns.to_vec();
    if debrief.otherwise.is_some() {
        columns.splice(3..3, [("On the best line", Text), ("On the worst line", Text)]);
    }
    let mut table = Table::new("Gauges", &columns);
    for gauge in &debrief.gauges {
        let end = |line: &LineEnd| {
            let course = line.gauges.iter().find(|course| course.name == gauge.name);
            course.map_or(String::new(), |course| reading(gauge, course.end))
        };
        let moved: Vec<String> =
            gauge.steps.iter().map(|s| format!("{} → {}", s.at.clock, reading(gauge, s.reads))).collect();
        let good = match gauge.good {
            Good::Low => "less",
            Good::High => "more",
        };
        let mut row = vec![capital(&gauge.label), reading(gauge, gauge.start), reading(gauge, gauge.end)];
        row.extend(debrief.otherwise.iter().flat_map(|o| [end(&o.best), end(&o.worst)]));
        row.extend([good.into(), if moved.is_empty() { "never".into() } else { moved.join(", ") }]);
        table.rows.push(row);
    }
    table
}

/// The best and the worst line, and the change that would have made most of a difference.
fn lines(otherwise: &Otherwise) -> Vec<Block> {
    let line = |what: &str, line: &LineEnd| {
        let proved = match (line.proved, what) {
            (true, "best") => "proved: none earns more".to_owned(),
            (true, _) => "proved: none earns less".to_owned(),
            (false, _) => "the best that was found in a moment; not proved".replace("best", what),
        };
        let text = format!("{} points, ends “{}”", points(line.earned), line.ending);
        Pair::new(&format!("{} line", capital(what)), text, proved)
    };
    let mut blocks = vec![Block::heading("What could have been")];
    blocks.extend(otherwise.drawn.as_ref().map(|drawn| Block::says(drawn.says.clone())));
    blocks.push(Block::Pairs { pairs: vec![line("best", &otherwise.best), line("worst", &otherwise.worst)] });
    if otherwise.cut {
        blocks.push(Block::note(
            "This drill was too long to try every other choice; its first decisions were.",
        ));
    }
    blocks
}

pub(super) fn stages(debrief: &Debrief) -> Option<Section> {
    let columns = [("Stage", Text), ("Rating", Text), ("Points", Number), ("Decisions", Number)];
    let mut table = Table::new("Stages", &columns);
    for stage in &debrief.stages {
        let rating = match stage.rating {
            Some(rating) => format!("{} {}", rating.letter(), rating.words()),
            None => "not exercised".into(),
        };
        let share = stage.points.percent.map_or(String::new(), |p| format!(" ({})", percent(p)));
        let earned = match stage.points.possible {
            0 => "–".into(),
            _ => format!("{} of {}{share}", points(stage.points.earned), points(stage.points.possible)),
        };
        table.rows.push(vec![capital(&stage.label), rating, earned, stage.items.to_string()]);
    }
    section("stages", "How it went, by stage", vec![Block::picture(Picture::Stages, debrief, table)])
}

pub(super) fn calibration(debrief: &Debrief) -> Option<Section> {
    let calls = &debrief.calibration.calls;
    if calls.is_empty() {
        return None;
    }
    let columns =
        [("No.", Number), ("Question", Text), ("You said", Number), ("It was", Text), ("Brier", Number)];
    let mut table = Table::new("Answers with a confidence, sure and wrong first", &columns);
    for call in calls {
        table.rows.push(vec![
            call.decision.to_string(),
            call.title.clone(),
            percent(call.confidence),
            call.words().into(),
            brier(call.brier),
        ]);
    }
    let mut blocks = Vec::new();
    if calls.iter().any(super::super::model::Call::sure_and_wrong) {
        blocks.push(Block::says(
            "What you were sure of and wrong about comes first: it is what a debrief corrects best.",
        ));
    }
    blocks.push(Block::picture(Picture::Calibration, debrief, table));
    if let Some(mean) = debrief.calibration.brier {
        let few = if calls.len() < 30 { " A curve would need thirty answers." } else { "" };
        blocks.push(Block::note(format!(
            "Brier score {}: how far what you said lay from how it was. 0 is being right and certain each time, \
             0.25 is guessing, 1 is being wrong and certain each time.{few}",
            brier(mean)
        )));
    }
    section("calibration", "How sure you were", blocks)
}

pub(super) fn unexamined(debrief: &Debrief) -> Option<Section> {
    let columns =
        [("What", Text), ("There since", Number), ("Takes", Number), ("A decision rested on it", Text)];
    let mut table = Table::new("Evidence that was there and was never examined", &columns);
    for missed in &debrief.unexamined {
        let numbers: Vec<String> = missed.decisions.iter().map(|n| format!("no. {n}")).collect();
        let rested = match (missed.decoy, numbers.is_empty()) {
            (true, _) => "no; it led nowhere, on purpose".into(),
            (false, true) => "no".into(),
            (false, false) => format!("yes, {}", numbers.join(", ")),
        };
        table.rows.push(vec![missed.title.clone(), missed.since.clock.clone(), length(missed.takes), rested]);
    }
    let block = match debrief.unexamined.is_empty() {
        true => Block::says("You looked at everything that was there."),
        false => Block::Table(table),
    };
    section("unexamined", "What you never looked at", vec![block])
}

pub(super) fn record(debrief: &Debrief) -> Option<Section> {
    let record = &debrief.record;
    let mut blocks = vec![Block::heading("Yours")];
    if record.noted.is_empty() {
        blocks.push(Block::note("No line was noted during the drill."));
    } else {
        let mut table = Table::new("Lines you noted", &[("When", Number), ("Line", Text)]);
        table.rows = record.noted.iter().map(|n| vec![n.at.clock.clone(), n.says.clone()]).collect();
        blocks.push(Block::Table(table));
    }
    if !record.full.is_empty() {
        let columns = [("No.", Number), ("A full record holds", Text), ("Yours", Text), ("Why", Text)];
        let mut table = Table::new("The full record, in order", &columns);
        for (row, line) in record.full.iter().enumerate() {
            let picked = if line.picked { "in it" } else { "not in it" };
            table.rows.push(vec![(row + 1).to_string(), line.says.clone(), picked.into(), line.why.clone()]);
        }
        blocks.push(Block::heading("The full one"));
        blocks.push(Block::Table(table));
    }
    section("record", "Your incident record beside the full one", blocks)
}

pub(super) fn truth(debrief: &Debrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for period in &debrief.truth {
        let label = format!("From {} it could be known that", period.from.clock);
        blocks.push(Block::Pairs { pairs: vec![Pair::new(&label, period.says.clone(), "")] });
        if !period.why.is_empty() {
            blocks.push(Block::Prose { text: period.why.clone() });
        }
        blocks.extend(period.source.as_ref().map(source));
    }
    section("truth", "What could be known, and when", blocks)
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
            None => blocks.push(Block::note("You wrote nothing here; it can be talked about instead.")),
        }
        if !reflection.key_points.is_empty() {
            blocks.push(Block::note("The author would look for"));
            blocks.push(Block::list(reflection.key_points.clone()));
        }
    }
    section("hot-wash", "Hot wash", blocks)
}

pub(super) fn good(debrief: &Debrief) -> Option<Section> {
    let mut blocks = Vec::new();
    if !debrief.good.is_empty() {
        blocks.push(Block::Prose { text: debrief.good.clone() });
    }
    if !debrief.objectives.is_empty() {
        blocks.push(Block::heading("What this drill trains"));
        let items = debrief.objectives.iter().map(|o| format!("{} ({})", capital(&o.says), o.stage));
        blocks.push(Block::list(items.collect()));
    }
    section("good", "What good looks like", blocks)
}

pub(super) fn improvements(debrief: &Debrief) -> Option<Section> {
    let columns =
        [("What to change", Text), ("Stage", Text), ("Owner", Empty), ("Start", Empty), ("Due", Empty)];
    let mut table = Table::new("Improvement plan; owner and dates are for you to fill in", &columns);
    for improvement in &debrief.improvements {
        let mut row = vec![improvement.says.clone(), improvement.stage.clone()];
        row.resize(5, String::new());
        table.rows.push(row);
    }
    (!table.rows.is_empty()).then(|| section("plan", "Improvement plan", vec![Block::Table(table)])).flatten()
}

pub(super) fn further_reading(debrief: &Debrief) -> Option<Section> {
    section("reading", "Further reading", debrief.reading.iter().map(|s| cited("", s)).collect())
}

pub(super) fn method(debrief: &Debrief) -> Option<Section> {
    let band = |rating: Rating, from: &str| format!("{}, {}: {from}", rating.letter(), rating.words());
    let marks = Standing::ALL.map(|s| format!("{} {}", s.mark(false), s.word())).join(", ");
    let mut blocks = vec![
        Block::says(format!(
            "Decisions: {}. Points are weight × credit × timeliness, less what hints cost. Sums are exact; only \
             what you read here is rounded.",
            out_of(debrief.points)
        )),
        Block::list(vec![
            "Credit is what the answer is worth with what could be known at that moment, from −100 % for what does \
             harm to 100 % for the best."
                .into(),
            "Timeliness is 100 % within the good window and falls in a straight line to the question's floor at its \
             lapse. It is drill time, never reading speed; in an untimed drill it is 100 % throughout."
                .into(),
            "What was never asked on the line you played counts neither for nor against you; nor does what you could \
             still have answered or done when you ended the drill early."
                .into(),
            format!("A decision is marked {marks}: defensible from 40 % credit, harmful below zero."),
            "A message that came only because an expected action was missing is help, and is marked as help; it \
             costs nothing."
                .into(),
            "Confidence is scored apart, as (p − o)² after Brier (1950); an answer counts as right from 80 % credit."
                .into(),
        ]),
        Block::says("Stages are rated by points earned out of points possible:"),
        Block::list(vec![
            band(Rating::P, "from 80 %"),
            band(Rating::S, "from 65 %"),
            band(Rating::M, "from 50 %"),
            band(Rating::U, "below 50 %"),
        ]),
        Block::note("The four words are HSEEP's; the percentages are this project's own, for HSEEP gives none."),
    ];
    if debrief.stages.iter().any(|s| s.points == Sum::default()) {
        blocks.push(Block::note("A stage that nothing asked about is not exercised, and not rated."));
    }
    section("method", "How this was scored", blocks)
}

pub(super) fn facts(debrief: &Debrief) -> Option<Section> {
    let sheet = &debrief.sheet;
    let facts = usize::try_from(sheet.facts).unwrap_or(usize::MAX);
    let id: String = sheet.drill.chars().take(8).collect();
    let file = format!("drill-{id}.jsonl");
    let pairs = vec![
        Pair::new("This drill", sheet.drill.clone(), ""),
        Pair::new(
            "Its facts",
            count(facts, "fact", "facts"),
            format!("played with breachdrill {}", sheet.engine),
        ),
        Pair::new("Head", sheet.head.clone(), "the hash of the last fact, which seals all before it"),
        Pair::new(
            "Verify with",
            format!("breachdrill export {id} -o {file} && breachdrill verify {file}"),
            "",
        ),
    ];
    section("facts", "Facts of this drill", vec![Block::Pairs { pairs }])
}
