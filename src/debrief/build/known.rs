//! What had reached the trainee by a row of the facts, and what could have been looked at.

use super::super::decision::{Available, Delivered, Known, Looked};
use super::played::Played;
use super::teller::Teller;
use crate::scenario::{EvidenceId, InjectKind};
use crate::speech::label;

/// More than this says nothing any more.
const AVAILABLE_MAX: usize = 8;

/// What was known before `row`; what came since `since` is told in full.
pub(super) fn known(
    teller: &Teller<'_>,
    played: &Played<'_>,
    row: usize,
    since: usize,
    rests_on: &[EvidenceId],
) -> Known {
    let mut known = Known::default();
    for arrival in played.delivered.iter().filter(|d| d.row < row) {
        if arrival.row < since {
            known.delivered_before += 1;
            continue;
        }
        let inject = teller.scenario.inject(arrival.what);
        let (kind, title) = teller.message(inject);
        known.delivered.push(Delivered {
            at: teller.moment(arrival.at),
            title: format!("{}, {title}", label(kind)),
            assistance: matches!(inject.kind, InjectKind::Contingency),
        });
    }
    for look in played.examined.iter().filter(|e| e.row < row) {
        let rests = rests_on.contains(&look.what);
        if look.row < since && !rests {
            known.examined_before += 1;
            continue;
        }
        let title = teller.fill(&teller.scenario.artefact(look.what).title);
        known.examined.push(Looked { at: teller.moment(look.at), title, rests_on: rests });
    }
    let seen = |id: EvidenceId| played.examined.iter().any(|e| e.row < row && e.what == id);
    let open = played.revealed.iter().filter(|r| r.row < row).map(|r| r.what).filter(|id| !seen(*id));
    let mut open: Vec<EvidenceId> = open.collect();
    open.sort_by_key(|id| (!rests_on.contains(id), *id));
    open.dedup();
    known.available_more = open.len().saturating_sub(AVAILABLE_MAX) as u32;
    known.available = open
        .into_iter()
        .take(AVAILABLE_MAX)
        .map(|id| {
            let artefact = teller.scenario.artefact(id);
            let (title, takes) = (teller.fill(&artefact.title), artefact.takes.0);
            Available { title, takes, rests_on: rests_on.contains(&id) }
        })
        .collect();
    known
}
