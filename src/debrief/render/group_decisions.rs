//! The decisions of a group: who answered how often what, what was decided, what was best and why.

use tr::tr;

use super::super::decision::{Of, Pick};
use super::super::group::{Answers, Decided, GroupDebrief, GroupDecision};
use super::super::model::Source;
use super::super::words::{capital, credit, length, out_of, percent};
use super::group::alone;
use super::page::{Block, ColumnKind::*, Pair, Section, Table};
use super::sections::{section, source};
use crate::speech::label;

pub(super) fn decisions(debrief: &GroupDebrief) -> Option<Section> {
    let mut blocks = Vec::new();
    for decision in &debrief.decisions {
        let title = format!("{}. {}", decision.number, capital(&decision.title));
        blocks.push(Block::heading(title));
        let stage = match decision.seats.as_str() {
            "" => label(&decision.stage),
            seats => tr!("{0} · for {1}", label(&decision.stage), seats),
        };
        blocks.push(Block::note(format!("{} · {stage}", decision.asked.clock)));
        blocks.push(Block::Pairs { pairs: pairs(debrief, decision) });
        blocks.extend(distribution(debrief, decision).map(Block::Table));
        blocks.extend(reasons(decision));
    }
    section("decisions", tr!("Decision by decision"), blocks)
}

fn pairs(debrief: &GroupDebrief, decision: &GroupDecision) -> Vec<Pair> {
    let mut pairs = vec![answered(debrief, decision)];
    pairs.extend(about(&decision.answers));
    for decided in &decision.decided {
        pairs.push(of_team(debrief, decision, decided));
    }
    if let Some(mean) = decision.difficulty {
        let points = decision.points.map(out_of).unwrap_or_default();
        pairs.push(Pair::new(&tr!("Mean credit"), credit(mean), points));
    }
    if !decision.best.is_empty() && decision.of == Of::Question {
        let best = decision.best.iter().map(|pick: &Pick| pick.says.clone()).collect();
        pairs.push(Pair::of(&tr!("Best"), best, ""));
    }
    pairs
}

/// How many answered, and whether these are enough to say more.
fn answered(debrief: &GroupDebrief, decision: &GroupDecision) -> Pair {
    let Answers { count, of, told, .. } = &decision.answers;
    // What one answered alone stands with the team.
    let lone = !decision.decided.is_empty() && decision.decided.iter().all(|decided| decided.votes.of == 0);
    let few = (!told && *count > Some(0) && !lone && decision.of == Of::Question)
        .then(|| tr!("too few to be broken down"));
    let text = match count {
        Some(count) => tr!("{0} of {1}", count, of),
        None => tr!("too few to be broken down"),
    };
    match (decision.of, alone(debrief)) {
        (Of::Question, _) => Pair::new(&tr!("Answered"), text, few.unwrap_or_default()),
        (Of::Action | Of::Checkpoint | Of::Duty, true) => Pair::new(&tr!("Did it"), text, ""),
        (Of::Action | Of::Checkpoint | Of::Duty, false) => Pair::new(&tr!("Teams that did it"), text, ""),
    }
}

/// How far people agreed, how sure they were, how many were right, how long it took.
fn about(answers: &Answers) -> Vec<Pair> {
    let mut pairs = Vec::new();
    if let (Some(agreement), Some(unified)) = (answers.agreement, answers.unified) {
        let mind = if unified { tr!("of one mind") } else { tr!("divided") };
        pairs.push(Pair::new(&tr!("Agreement"), percent(agreement), mind));
    }
    pairs.extend(answers.right.map(|right| Pair::new(&tr!("Right"), percent(right), "")));
    pairs.extend(answers.confidence.map(|sure| Pair::new(&tr!("How sure"), percent(sure), tr!("median"))));
    pairs.extend(answers.seconds.map(|took| Pair::new(&tr!("Time to answer"), length(took), tr!("median"))));
    pairs
}

fn of_team(debrief: &GroupDebrief, decision: &GroupDecision, decided: &Decided) -> Pair {
    let says = match (decision.of, decided.says.as_str()) {
        (Of::Question, "") => tr!("nothing before it lapsed"),
        (Of::Question, says) => says.to_owned(),
        (Of::Action | Of::Checkpoint | Of::Duty, _) => match decided.seconds {
            Some(_) => tr!("done"),
            None => tr!("not done"),
        },
    };
    let mut notes = vec![label(decided.standing.word()), out_of(decided.points)];
    if let Some(took) = decided.seconds.filter(|_| decision.of == Of::Question) {
        notes.push(tr!("after {}", length(took)));
    }
    notes.extend(decided.confidence.map(|sure| tr!("{} sure", percent(sure))));
    let votes = &decided.votes;
    match (decision.of, votes.of) {
        (Of::Question, 0) if decided.seconds.is_some() => notes.push(tr!("answered by one alone")),
        (Of::Question, _) => notes.push(tr!("votes: {0} of {1}", votes.count.unwrap_or_default(), votes.of)),
        (Of::Action | Of::Checkpoint | Of::Duty, _) => {}
    }
    if let (Some(agreement), Some(unified)) = (votes.agreement, votes.unified) {
        notes.push(match unified {
            true => tr!("{} agreed, of one mind", percent(agreement)),
            false => tr!("{} agreed, divided", percent(agreement)),
        });
    }
    notes.extend(votes.right.map(|right| tr!("{} voted for what was right", percent(right))));
    Pair::new(&team_name(debrief, decided.team), says, notes.join(" · "))
}

/// What a team is called.
pub(super) fn team_name(debrief: &GroupDebrief, number: u32) -> String {
    let team = debrief.teams.iter().find(|team| team.number == number);
    let name = team.map(|team| team.name.clone()).unwrap_or_default();
    if name.is_empty() { tr!("Team {}", number) } else { name }
}

/// Who answered what, as a table; a column for each team where all may be told.
fn distribution(debrief: &GroupDebrief, decision: &GroupDecision) -> Option<Table> {
    let answers = &decision.answers;
    if !answers.told || answers.shares.is_empty() {
        return None;
    }
    let teams: Vec<&Decided> = decision.decided.iter().filter(|decided| decided.votes.told).collect();
    let teams = if decision.decided.len() > 1 { teams } else { Vec::new() };
    let mut columns = vec![(tr!("Answer"), Text), (tr!("All"), Number), (tr!("Share"), Number)];
    columns.extend(teams.iter().map(|decided| (team_name(debrief, decided.team), Number)));
    columns.push((tr!("Worth"), Number));
    let mut table = Table::new(tr!("Answers to no. {}", decision.number), &columns);
    for share in &answers.shares {
        let of = u64::from(share.count) * 100 / u64::from(answers.count.unwrap_or_default().max(1));
        let mut row = vec![share.says.clone(), share.count.to_string(), percent(of)];
        for decided in &teams {
            let same = decided.votes.shares.iter().find(|of_team| of_team.says == share.says);
            row.push(same.map_or_else(|| "0".into(), |of_team| of_team.count.to_string()));
        }
        row.push(share.credit.map_or_else(|| "–".into(), credit));
        table.rows.push(row);
    }
    if answers.rest > 0 {
        let mut row = vec![tr!("other answers"), answers.rest.to_string()];
        row.resize(columns.len(), "–".into());
        table.rows.push(row);
    }
    Some(table)
}

/// Why the best was best, and what that rests on; each source once.
fn reasons(decision: &GroupDecision) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut cited: Vec<&Source> = Vec::new();
    let whys = decision.best.iter().map(|pick| &pick.why).chain([&decision.why]);
    blocks.extend(whys.filter(|why| !why.is_empty()).map(|why| Block::Prose { text: why.clone() }));
    let sources = decision.best.iter().filter_map(|pick| pick.source.as_ref()).chain(&decision.source);
    for one in sources {
        if !cited.contains(&one) {
            cited.push(one);
            blocks.push(source(one));
        }
    }
    blocks
}
