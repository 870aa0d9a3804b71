//! The incident record that was kept, beside the full one.

use tr::tr;

use super::super::model::Debrief;
use super::page::{Block, ColumnKind::*, Section, Table};
use super::sections::section;

pub(super) fn record(debrief: &Debrief) -> Option<Section> {
    let record = &debrief.record;
    let team = debrief.of_team();
    let yours = || if team { tr!("record" => "Your team’s") } else { tr!("record" => "Yours") };
    let mut blocks = vec![Block::heading(yours())];
    if record.noted.is_empty() {
        blocks.push(Block::note(tr!("No line was noted during the drill.")));
    } else if let Some(part) = debrief.part.as_ref().filter(|part| part.team) {
        let columns =
            [(tr!("When"), Number), (tr!("record" => "By whom"), Text), (tr!("record" => "Line"), Text)];
        let mut table = Table::new(tr!("Lines your team noted"), &columns);
        let lines = record.noted.iter().enumerate();
        let wrote = |row: usize| part.wrote.get(row).cloned().unwrap_or_default();
        table.rows = lines.map(|(row, n)| vec![n.at.clock.clone(), wrote(row), n.says.clone()]).collect();
        blocks.push(Block::Table(table));
    } else {
        let columns = [(tr!("When"), Number), (tr!("record" => "Line"), Text)];
        let mut table = Table::new(tr!("Lines you noted"), &columns);
        table.rows = record.noted.iter().map(|n| vec![n.at.clock.clone(), n.says.clone()]).collect();
        blocks.push(Block::Table(table));
    }
    if !record.full.is_empty() {
        let columns =
            [(tr!("No."), Number), (tr!("A full record holds"), Text), (yours(), Text), (tr!("Why"), Text)];
        let mut table = Table::new(tr!("The full record, in order"), &columns);
        for (row, line) in record.full.iter().enumerate() {
            let picked = if line.picked { tr!("in it") } else { tr!("not in it") };
            table.rows.push(vec![(row + 1).to_string(), line.says.clone(), picked, line.why.clone()]);
        }
        blocks.push(Block::heading(tr!("The full one")));
        blocks.push(Block::Table(table));
    }
    let title = match (team, record.full.is_empty()) {
        (true, false) => tr!("Your team’s incident record beside the full one"),
        (true, true) => tr!("Your team’s incident record"),
        (false, false) => tr!("Your incident record beside the full one"),
        (false, true) => tr!("Your incident record"),
    };
    section("record", title, blocks)
}
