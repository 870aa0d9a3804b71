//! What became of the simulated world, how the stages went, what could be known, how sure somebody was.

use super::super::calibration::{Calibration, Call};
use super::super::decision::Decision;
use super::super::happened::{Gauge, Good, Step};
use super::super::model::{Period, Rating, Stage};
use super::played::Played;
use super::sum;
use super::teller::Teller;
use crate::scenario::{Direction, GaugeId};
use crate::score::{self, Score};

pub(in crate::debrief) fn gauges(teller: &Teller<'_>, played: &Played<'_>) -> Vec<Gauge> {
    let rows = teller.scenario.gauges.iter().enumerate();
    rows.map(|(row, gauge)| {
        let id = GaugeId::of(row);
        let mut steps: Vec<Step> = Vec::new();
        for moved in played.moved.iter().filter(|m| m.what.0 == id) {
            // Of several moves at one moment the last is what was seen.
            steps.pop_if(|last| last.at.second == moved.at.0);
            let before = steps.last().map_or(gauge.start, |last| last.reads);
            if moved.what.1 != before {
                steps.push(Step { at: teller.moment(moved.at), reads: moved.what.1 });
            }
        }
        Gauge {
            name: gauge.name.to_string(),
            label: teller.fill(&gauge.label),
            unit: teller.fill(&gauge.unit),
            good: match gauge.good {
                Direction::Low => Good::Low,
                Direction::High => Good::High,
            },
            hidden: gauge.hidden,
            start: gauge.start,
            end: steps.last().map_or(gauge.start, |last| last.reads),
            steps,
        }
    })
    .collect()
}

pub(in crate::debrief) fn stages(score: &Score) -> Vec<Stage> {
    let stage = |stage: &score::StageScore| Stage {
        label: stage.stage.label().into(),
        items: stage.items,
        points: sum(stage.tally),
        rating: stage.rating.map(Rating::from),
    };
    score.stages.iter().map(stage).collect()
}

pub(in crate::debrief) fn truth(teller: &Teller<'_>, played: &Played<'_>) -> Vec<Period> {
    let period = |known: &super::played::At<crate::scenario::TruthId>| {
        let truth = &teller.scenario.truth[known.what.at()];
        Period {
            from: teller.moment(known.at),
            says: teller.truth(truth),
            why: teller.fill(&truth.why),
            source: truth.source.map(|s| teller.source(s)),
        }
    };
    played.known.iter().map(period).collect()
}

pub(in crate::debrief) fn calibration(score: &Score, decisions: &[Decision]) -> Calibration {
    let call = |call: &score::Call| {
        let decision = &decisions[call.item];
        Call {
            decision: decision.number,
            title: decision.title.clone(),
            confidence: call.confidence,
            right: call.right,
            brier: call.brier,
        }
    };
    Calibration { calls: score.calibration.calls.iter().map(call).collect(), brier: score.calibration.brier }
}
