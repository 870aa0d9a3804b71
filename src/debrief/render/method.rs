//! How a drill was scored, and how to check that nothing of it was altered.

use tr::tr;

use super::super::decision::Standing;
use super::super::model::{Debrief, Rating, Sum};
use super::super::words::{out_of, short};
use super::page::{Block, Pair, Section};
use super::sections::section as of_blocks;
use crate::speech::label;

pub(super) fn section(debrief: &Debrief) -> Option<Section> {
    let mut blocks = vec![
        Block::says(tr!(
            "Decisions: {}. Points are weight × credit × timeliness, less what hints cost. Sums are exact; what \
             you read here is rounded, and percentages are rounded down.",
            out_of(debrief.points)
        )),
        Block::list(rules(debrief.part.is_some())),
        Block::says(tr!("Stages are rated by points earned out of points possible:")),
    ];
    blocks.extend(bands());
    if debrief.stages.iter().any(|s| s.points == Sum::default()) {
        blocks.push(Block::note(tr!("A stage that nothing asked about is not exercised, and not rated.")));
    }
    of_blocks("method", tr!("How this was scored"), blocks)
}

/// From how many percent on a stage is rated how, and whose words these are.
pub(super) fn bands() -> [Block; 2] {
    let band = |rating: Rating, from: String| format!("{}: {from}", rating.shown(", "));
    [
        Block::list(vec![
            band(Rating::P, tr!("from 80 %")),
            band(Rating::S, tr!("from 65 %")),
            band(Rating::M, tr!("from 50 %")),
            band(Rating::U, tr!("below 50 %")),
        ]),
        Block::note(tr!(
            "The four words are HSEEP's; the percentages are this project's own, for HSEEP gives none."
        )),
    ]
}

/// What every decision is scored by.
fn rules(room: bool) -> Vec<String> {
    let marks = Standing::ALL.map(|s| format!("{} {}", s.mark(false), label(s.word()))).join(", ");
    vec![
        tr!(
            "Credit is what the answer is worth with what could be known at that moment, from −100 % for what does \
         harm to 100 % for the best."
        ),
        tr!(
            "Timeliness is 100 % within the good window and falls in a straight line to the question's floor at its \
         lapse. It counts drill time; a pause and more time asked for cost nothing, and in an untimed drill it is 100 % \
         throughout."
        ),
        if room {
            tr!(
                "What was never asked on the line you played counts neither for nor against you; nor does what could \
             still have been answered or done when the drill was ended early."
            )
        } else {
            tr!(
                "What was never asked on the line you played counts neither for nor against you; nor does what you could \
         still have answered or done when you ended the drill early."
            )
        },
        tr!("A decision is marked {}: defensible from 40 % credit, harmful below zero.", marks),
        tr!(
            "A message that came only because an expected action was missing is help, and is marked as help; it \
         costs nothing."
        ),
        tr!(
            "Confidence is scored apart, as (p − o)² after Brier (1950); an answer counts as right from 80 % credit."
        ),
    ]
}

pub(super) fn facts(debrief: &Debrief) -> Option<Section> {
    let sheet = &debrief.sheet;
    let facts = usize::try_from(sheet.facts).unwrap_or(usize::MAX);
    let id = short(&sheet.drill);
    let file = format!("drill-{id}.jsonl");
    let kept = sheet.folder.as_ref().map(|folder| format!(" --data-dir {folder}")).unwrap_or_default();
    let pairs = vec![
        Pair::new(&tr!("This drill"), sheet.drill.clone(), ""),
        Pair::new(
            &tr!("Its facts"),
            tr!("1 fact" | "{n} facts" % facts),
            tr!("played with breachdrill {}", sheet.engine),
        ),
        Pair::new(
            &tr!("Head"),
            sheet.head.clone(),
            tr!("the hash of the last fact, which seals all before it"),
        ),
        verified(debrief, format!("breachdrill export {id} -o {file}{kept} && breachdrill verify {file}")),
    ];
    of_blocks("facts", tr!("Facts of this drill"), vec![Block::Pairs { pairs }])
}

/// How anybody can check that nothing was altered: who was in a room has receipts, the trainer has the journal.
fn verified(debrief: &Debrief, command: String) -> Pair {
    if debrief.part.is_none() {
        return Pair::new(&tr!("Verify with"), command, "");
    }
    let receipts = tr!(
        "each receipt on your page is the number and the hash of an entry in the room’s journal, where the trainer finds it"
    );
    Pair::new(&tr!("Verify with"), receipts, "")
}
