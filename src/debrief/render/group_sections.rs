//! The sections of a group debrief, but for the decisions.

use tr::tr;

use super::super::group::{Callers, Confusion, FEW, GroupDebrief, GroupGauge, StageMark, TeamTold};
use super::super::happened::Good;
use super::super::model::{Rating, Stage};
use super::super::picture::stages_finding;
use super::super::words::{amount, capital, coefficient, credit, percent, points, short, signed};
use super::group::alone;
use super::group_decisions::team_name;
use super::method::bands;
use super::page::{Block, ColumnKind::*, Pair, Section, Table};
use super::sections::{ends, section, timeline_of, unexamined_table};
use crate::speech::label;

pub(super) fn happened(debrief: &GroupDebrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for team in &debrief.teams {
        blocks.push(Block::heading(heading(debrief, team)));
        match &team.ending {
            Some(ending) => {
                blocks.push(Block::says(ending.title.clone()));
                blocks.push(Block::Prose { text: ending.says.clone() });
                blocks.push(Block::note(capital(&ending.cause)));
            }
            None => blocks.push(Block::note(tr!("Its drill is not over."))),
        }
        let caption = tr!("Timeline of {}", team_name(debrief, team.number));
        blocks.push(Block::Table(timeline_of(caption, &team.timeline)));
    }
    if !debrief.timeline.is_empty() {
        blocks.push(Block::Table(timeline_of(tr!("Timeline"), &debrief.timeline)));
    }
    section("happened", tr!("What happened"), blocks)
}

fn heading(debrief: &GroupDebrief, team: &TeamTold) -> String {
    let people = tr!("1 person" | "{n} people" % team.people as usize);
    format!("{}, {people}", team_name(debrief, team.number))
}

pub(super) fn gauges(debrief: &GroupDebrief) -> Option<Section> {
    let mut blocks = Vec::new();
    if !debrief.gauges.is_empty() {
        blocks.push(Block::Table(readings(debrief)));
    }
    if let (Some(best), Some(worst)) = (&debrief.best_line, &debrief.worst_line) {
        blocks.push(Block::Pairs { pairs: ends(best, worst) });
    }
    section("gauges", tr!("What became of the simulated world"), blocks)
}

fn readings(debrief: &GroupDebrief) -> Table {
    let mut columns = vec![(tr!("Gauge"), Text), (tr!("At STARTEX"), Text)];
    columns.extend(debrief.teams.iter().map(|team| (team_name(debrief, team.number), Text)));
    let quarters = debrief.gauges.iter().any(|gauge| gauge.quarters.is_some());
    if quarters {
        columns.extend([(tr!("Lower quarter"), Text), (tr!("Middle"), Text), (tr!("Upper quarter"), Text)]);
    }
    let lines = debrief.best_line.is_some();
    if lines {
        columns.extend([(tr!("On the best line"), Text), (tr!("On the worst line"), Text)]);
    }
    columns.push((tr!("Good is"), Text));
    let ends = quarters || !debrief.teams.is_empty();
    let title = match (ends, lines) {
        (true, _) => tr!("Gauges at ENDEX"),
        (false, true) => tr!("Gauges: where they began, and where they could have ended"),
        (false, false) => tr!("Gauges at STARTEX"),
    };
    let mut table = Table::new(title, &columns);
    for gauge in &debrief.gauges {
        let reads = |value: i64| amount(&gauge.unit, value);
        let mut row = vec![capital(&gauge.label), reads(gauge.start)];
        row.extend(gauge.ends.iter().map(|end| reads(end.reads)));
        if quarters {
            row.extend(gauge.quarters.unwrap_or([gauge.start; 3]).map(reads));
        }
        if lines {
            row.extend([gauge.best, gauge.worst].map(|end| end.map_or_else(String::new, reads)));
        }
        row.push(good(gauge));
        table.rows.push(row);
    }
    table
}

fn good(gauge: &GroupGauge) -> String {
    match gauge.good {
        Good::Low => tr!("less"),
        Good::High => tr!("more"),
    }
}

/// The stages of the whole room, as the picture of one drill has them.
pub(super) fn as_stages(debrief: &GroupDebrief) -> Vec<Stage> {
    let stage = |stage: &super::super::group::GroupStage| Stage {
        label: stage.label.clone(),
        items: stage.items,
        points: stage.whole.points,
        rating: stage.whole.rating,
    };
    debrief.stages.iter().map(stage).collect()
}

pub(super) fn stages(debrief: &GroupDebrief) -> Option<Section> {
    let marked =
        debrief.stages.iter().any(|s| s.whole.marked.is_some() || s.teams.iter().any(|t| t.marked.is_some()));
    if debrief.sheet.few && !marked {
        return None;
    }
    let columns = [
        (tr!("Stage"), Text),
        (tr!("Who"), Text),
        (tr!("Computed"), Text),
        (tr!("Points"), Number),
        (tr!("Marked"), Text),
        (tr!("Difference"), Text),
    ];
    let mut table = Table::new(tr!("Stages, as computed and as trainer and observers marked them"), &columns);
    for stage in &debrief.stages {
        let teams = if stage.teams.len() > 1 || debrief.teams.len() > 1 { &stage.teams[..] } else { &[] };
        let only = if stage.teams.len() == 1 { stage.teams.first() } else { None };
        table.rows.push(row(debrief, &capital(&label(&stage.label)), &one_of(&stage.whole, only)));
        for team in teams.iter().filter(|team| team.rating.is_some() || team.marked.is_some()) {
            table.rows.push(row(debrief, "", team));
        }
    }
    let finding = stages_finding(&as_stages(debrief));
    section("stages", tr!("How it went, by stage"), vec![Block::drawn("stages", finding, table)])
}

/// Where there is but one team, what was marked of it is marked of the room.
fn one_of(whole: &StageMark, only: Option<&StageMark>) -> StageMark {
    match only {
        Some(team) if whole.marked.is_none() => StageMark { team: None, ..team.clone() },
        _ => whole.clone(),
    }
}

fn row(debrief: &GroupDebrief, stage: &str, mark: &StageMark) -> Vec<String> {
    let shown = |rating: Option<Rating>| rating.map_or_else(|| "–".into(), |rating| rating.shown(" "));
    let computed = match mark.rating {
        Some(rating) => rating.shown(" "),
        None => tr!("not exercised"),
    };
    let share = mark.points.percent.map_or(String::new(), |share| format!(" ({})", percent(share)));
    let earned = match mark.points.possible {
        0 => "–".into(),
        possible => tr!("{0} of {1}", points(mark.points.earned), points(possible)) + &share,
    };
    let who = mark.team.map_or_else(|| tr!("all"), |team| team_name(debrief, team));
    let apart = mark.weaker.map_or_else(String::new, |steps| match steps {
        0 => tr!("seen as computed"),
        1.. => tr!("seen 1 step weaker" | "seen {n} steps weaker" % usize::from(steps.unsigned_abs())),
        _ => tr!("seen 1 step stronger" | "seen {n} steps stronger" % usize::from(steps.unsigned_abs())),
    });
    vec![stage.to_owned(), who, computed, earned, shown(mark.marked), apart]
}

/// What the picture of severity shows, in a sentence.
pub(super) fn severity_finding(told: &Confusion) -> String {
    match (told.over, told.under) {
        (0, 0) => tr!("Severity was called as it was each time"),
        (over, under) => {
            tr!("Calls of severity: {0} as it was, {1} too high, {2} too low", told.exact, over, under)
        }
    }
}

pub(super) fn severity(debrief: &GroupDebrief) -> Option<Section> {
    let told = debrief.severity.as_ref()?;
    let mut columns = vec![(tr!("It was ↓ called →"), Text)];
    columns.extend(told.levels.iter().map(|level| (level.clone(), Number)));
    let mut table = Table::new(tr!("Severity, as it was and as it was called"), &columns);
    for (level, cells) in told.levels.iter().zip(&told.cells) {
        let cells = cells.iter().map(u32::to_string);
        table.rows.push([level.clone()].into_iter().chain(cells).collect());
    }
    let of = match told.of {
        Callers::People => tr!("Each person's calls."),
        Callers::Teams => tr!("The calls of teams, for fewer than five people called."),
    };
    let mut notes = vec![of];
    if told.too_early > 0 {
        let early = told.too_early as usize;
        notes.push(tr!("One called it too early to tell, and is not counted."
            | "{n} called it too early to tell, and are not counted." % early));
    }
    notes.push(match told.kappa {
        Some(kappa) => tr!(
            "Quadratic weighted kappa {} (Cohen 1968): agreement beyond chance, where two steps off weigh four times \
             as much as one. 1 is always as it was, 0 is no better than chance.",
            coefficient(kappa)
        ),
        None => tr!("A weighted kappa says nothing of fewer than five calls, nor where all calls and all truths are one level."),
    });
    let blocks = vec![Block::drawn("severity", severity_finding(told), table), Block::note(notes.join(" "))];
    section("severity", tr!("How severe it was called"), blocks)
}

/// The decisions as items of a test.
pub(super) fn test(debrief: &GroupDebrief) -> Option<Section> {
    if debrief.decisions.iter().all(|d| d.difficulty.is_none()) {
        return None;
    }
    let tells = debrief.decisions.iter().any(|d| d.discrimination.is_some());
    let mut columns = vec![(tr!("No."), Number), (tr!("Decision"), Text), (tr!("Mean credit"), Number)];
    columns.push((tr!("In drills"), Number));
    if tells {
        columns.push((tr!("Discrimination"), Number));
    }
    let mut table = Table::new(tr!("How hard each decision was"), &columns);
    for decision in &debrief.decisions {
        let mean = decision.difficulty.map_or_else(|| "–".into(), credit);
        let mut row =
            vec![decision.number.to_string(), capital(&decision.title), mean, decision.drills.to_string()];
        if tells {
            row.push(decision.discrimination.map_or_else(|| "–".into(), coefficient));
        }
        table.rows.push(row);
    }
    let note = match debrief.test.alpha {
        Some(alpha) => tr!(
            "Cronbach's alpha {0} over {1} decisions and {2} drills. Discrimination is the correlation of a decision \
             with the rest of the drill; a low one asks whether the question is clear.",
            coefficient(alpha),
            debrief.test.items,
            debrief.test.drills
        ),
        None => tr!(
            "Discrimination and reliability would need thirty drills; here there are {}.",
            debrief.test.drills
        ),
    };
    section("test", tr!("How hard it was"), vec![Block::Table(table), Block::note(note)])
}

/// What other choices of the teams would have changed.
pub(super) fn otherwise(debrief: &GroupDebrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for team in debrief.teams.iter().filter(|team| !team.otherwise.is_empty()) {
        let columns = [(tr!("No."), Number), (tr!("What would have been"), Text), (tr!("Points"), Number)];
        let caption = tr!("Other choices of {}", team_name(debrief, team.number));
        let mut table = Table::new(caption, &columns);
        for other in &team.otherwise {
            table.rows.push(vec![other.decision.to_string(), other.says.clone(), signed(other.points)]);
        }
        blocks.push(Block::Table(table));
        if team.cut {
            blocks.push(Block::note(tr!(
                "This drill was too long to try every other choice; its first decisions were."
            )));
        }
    }
    if !blocks.is_empty() {
        blocks.push(Block::note(tr!(
            "Tried out for the three decisions of each team that cost most, each played again with the same chance. \
             Two changes together may do more, or less, than their sum."
        )));
    }
    section("otherwise", tr!("What could have been"), blocks)
}

pub(super) fn unexamined(debrief: &GroupDebrief) -> Option<Section> {
    let caption = tr!("Evidence that was there and that nobody examined");
    let table = unexamined_table(caption, &debrief.unexamined);
    let block = if table.rows.is_empty() { None } else { Some(Block::Table(table)) };
    section("unexamined", tr!("What nobody looked at"), block.into_iter().collect())
}

pub(super) fn findings(debrief: &GroupDebrief) -> Option<Section> {
    let listed = |findings: &[super::super::group::Finding]| {
        Block::list(findings.iter().map(|finding| finding.says.clone()).collect())
    };
    let mut blocks = Vec::new();
    if !debrief.strengths.is_empty() {
        blocks.extend([Block::heading(tr!("Strengths")), listed(&debrief.strengths)]);
    }
    if !debrief.areas.is_empty() {
        blocks.extend([Block::heading(tr!("Areas for improvement")), listed(&debrief.areas)]);
    }
    section("findings", tr!("Strengths and areas for improvement"), blocks)
}

pub(super) fn hot_wash(debrief: &GroupDebrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for wash in &debrief.hot_wash {
        let asked = if wash.asked.is_empty() { tr!("Said besides") } else { wash.asked.clone() };
        blocks.push(Block::heading(asked));
        if wash.said.is_empty() {
            blocks.push(Block::note(tr!("Nothing was written here; it can be talked about instead.")));
        }
        for said in &wash.said {
            blocks.push(Block::Quote { text: said.says.clone() });
            blocks.extend(said.by.iter().map(|by| Block::note(by.clone())));
        }
    }
    for reflection in &debrief.reflections {
        blocks.push(Block::heading(reflection.asked.clone()));
        blocks.push(Block::says(tr!("{0} of {1} wrote something.", reflection.count, reflection.of)));
        if !reflection.key_points.is_empty() {
            blocks.push(Block::note(tr!("The author would look for")));
            blocks.push(Block::list(reflection.key_points.clone()));
        }
    }
    section("hot-wash", tr!("Hot wash"), blocks)
}

/// Rows for what the talk brings up.
const BLANK_ROWS: usize = 3;

pub(super) fn plan(debrief: &GroupDebrief) -> Option<Section> {
    let columns = [
        // The name of a stage is not to be torn apart.
        (tr!("Capability"), Number),
        (tr!("Issue"), Text),
        (tr!("Corrective action"), Text),
        (tr!("Owner"), Empty),
        (tr!("plan" => "Start"), Empty),
        (tr!("plan" => "Due"), Empty),
    ];
    let mut table = Table::new(tr!("Improvement plan; owner and dates are for you to fill in"), &columns);
    for planned in &debrief.plan {
        let mut row =
            vec![capital(&label(&planned.capability)), planned.issue.clone(), planned.action.clone()];
        row.resize(columns.len(), String::new());
        table.rows.push(row);
    }
    table.rows.extend(vec![vec![String::new(); columns.len()]; BLANK_ROWS]);
    section("plan", tr!("Improvement plan"), vec![Block::Table(table)])
}

pub(super) fn method(debrief: &GroupDebrief) -> Option<Section> {
    let mut rules = vec![
        tr!(
            "Fewer than {} answers to a question are not broken down: it is said how many answered, and what a team decided. Where one team has that few voters, no team’s votes are told, for theirs would follow from the others’.",
            FEW
        ),
        tr!("Agreement is the share of the most frequent answer; from 60 % on a group was of one mind."),
        tr!("An answer counts as right from 80 % of the credit that the best on offer earns."),
        tr!("Of two in the middle the median is the lower. Percentages are rounded down."),
        tr!("Nobody is ranked: teams stand in their own order, and people do not stand here at all."),
    ];
    if alone(debrief) {
        rules.push(tr!(
            "Each played a drill of their own, and has a debrief of their own; here stand only sums."
        ));
    }
    let mut blocks = vec![
        Block::list(rules),
        Block::says(tr!("Stages are rated by points earned out of points possible:")),
    ];
    blocks.extend(bands());
    section("method", tr!("How this was scored"), blocks)
}

pub(super) fn entries(debrief: &GroupDebrief) -> Option<Section> {
    let sheet = &debrief.sheet;
    let id = short(&sheet.room);
    let file = format!("room-{id}.jsonl");
    let pairs = vec![
        Pair::new(&tr!("This room"), sheet.room.clone(), ""),
        Pair::new(
            &tr!("Its journal"),
            tr!("1 entry" | "{n} entries" % usize::try_from(sheet.entries).unwrap_or(usize::MAX)),
            tr!("written by breachdrill {}", sheet.engine),
        ),
        Pair::new(
            &tr!("Head"),
            sheet.head.clone(),
            tr!("the hash of the last entry, which seals all before it"),
        ),
        Pair::new(
            &tr!("Verify with"),
            format!("breachdrill export {id} -o {file} && breachdrill verify {file}"),
            "",
        ),
    ];
    section("entries", tr!("Journal of this room"), vec![Block::Pairs { pairs }])
}
