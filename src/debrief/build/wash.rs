//! What is talked about afterwards: what was never looked at, the incident record, reflections.

use super::super::model::{Noted, Record, RecordLine, Reflection, Unexamined};
use super::super::render::plain;
use super::answers;
use super::played::Played;
use super::teller::Teller;
use crate::engine::Answer;
use crate::scenario::{Ask, EvidenceId, clean};
use crate::score::{ItemOf, Score};

pub(in crate::debrief) fn unexamined(
    teller: &Teller<'_>,
    played: &Played<'_>,
    score: &Score,
) -> Vec<Unexamined> {
    let mut missed: Vec<Unexamined> = Vec::new();
    let mut told: Vec<EvidenceId> = Vec::new();
    for shown in &played.revealed {
        let id = shown.what;
        if told.contains(&id) || played.examined.iter().any(|e| e.what == id) {
            continue;
        }
        told.push(id);
        let artefact = teller.scenario.artefact(id);
        let rests = |of: &ItemOf| match of {
            ItemOf::Question(question) => teller.scenario.question(*question).rests_on.contains(&id),
            ItemOf::Action(_) | ItemOf::Checkpoint(_) | ItemOf::Duty(_) => false,
        };
        let rows = score.items.iter().enumerate().filter(|(_, item)| rests(&item.of));
        missed.push(Unexamined {
            title: teller.fill(&artefact.title),
            takes: artefact.takes.0,
            since: teller.moment(shown.at),
            decisions: rows.map(|(row, _)| u16::try_from(row + 1).unwrap_or(u16::MAX)).collect(),
            decoy: artefact.decoy,
        });
    }
    missed
}

pub(in crate::debrief) fn record(teller: &Teller<'_>, played: &Played<'_>) -> Record {
    let noted = |line: &super::played::At<&str>| Noted { at: teller.moment(line.at), says: clean(line.what) };
    let mut record = Record { noted: played.noted.iter().map(noted).collect(), full: Vec::new() };
    for (id, sitting) in &played.sittings {
        let question = teller.scenario.question(*id);
        if !matches!(question.ask, Ask::Record { .. }) {
            continue;
        }
        let answer = sitting.replies.last().map(|reply| reply.what.answer);
        let picked = answer.map_or(Vec::new(), |answer| answers::chosen(teller, question, answer));
        for line in answers::best(teller, question, sitting, None) {
            let picked = picked.iter().any(|p| p.says == line.says);
            record.full.push(RecordLine { says: line.says, why: plain(&line.why), picked });
        }
    }
    record
}

pub(in crate::debrief) fn reflections(teller: &Teller<'_>, played: &Played<'_>) -> Vec<Reflection> {
    let mut reflections = Vec::new();
    for (id, sitting) in &played.sittings {
        let question = teller.scenario.question(*id);
        let Ask::Reflect { key_points } = &question.ask else { continue };
        let reply = sitting.replies.last();
        let own = reply.and_then(|r| match r.what.answer {
            Answer::Text(text) => Some(clean(text)),
            Answer::One(_)
            | Answer::Several(_)
            | Answer::Order(_)
            | Answer::Pairs(_)
            | Answer::Number(_)
            | Answer::Category(_) => None,
        });
        reflections.push(Reflection {
            asked: teller.line(&question.says),
            at: reply.map(|r| teller.moment(r.at)),
            own: own.filter(|own| !own.trim().is_empty()),
            key_points: key_points.iter().map(|p| teller.line(p)).collect(),
        });
    }
    reflections
}
