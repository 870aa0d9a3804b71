//! Three sentences for a tired person: what happened, what went best, the one thing to change.
//!
//! No blame: each says what was done and what was stronger, with what was known
//! then. The thing to change is the dearest; what was sure and wrong, or did
//! harm, goes before what was only weak.

use super::super::decision::{Decision, Of, Pick, Standing};
use super::super::happened::{Gauge, telling};
use super::super::model::{Ended, Opening, SURE};
use super::super::words::{length, out_of, percent, points, quoted, reading};
use super::played::Played;
use super::teller::Teller;

/// Longer quotes are cut: a sentence has to be taken in at one glance.
const QUOTE_LETTERS: usize = 110;

pub(super) fn opening(
    teller: &Teller<'_>,
    played: &Played<'_>,
    ending: Option<&Ended>,
    gauges: &[Gauge],
    decisions: &[Decision],
) -> Opening {
    let best = decisions
        .iter()
        .filter(|d| d.points.earned > 0 && d.standing != Standing::Lapsed)
        .rev()
        .max_by_key(|d| d.points.earned);
    let lost = |d: &&Decision| d.points.possible - d.points.earned;
    let change = decisions.iter().filter(|d| lost(d) > 0).rev().max_by_key(|d| (grave(d), lost(d)));
    Opening {
        happened: happened(teller, played, ending, gauges),
        best: best.map_or_else(
            || match played.end.0 {
                0 => "What went best: nothing was asked of you yet.".to_owned(),
                end => format!(
                    "What went best: you stayed with it for {}, and the next drill starts from what you know now.",
                    length(end)
                ),
            },
            went_best,
        ),
        change: change.map_or_else(
            || match ending {
                Some(Ended { broken_off: false, .. }) => {
                    "Change one thing: nothing in this drill. Play it again with another seed, or a harder one."
                }
                _ => "Change one thing: play it to its end, for what was still to come is not judged here.",
            }
            .into(),
            |decision| to_change(decision, played),
        ),
    }
}

/// What a debrief corrects first.
fn grave(decision: &Decision) -> bool {
    let sure = decision.confidence.is_some_and(|c| c >= SURE);
    let wrong = matches!(decision.standing, Standing::Poor | Standing::Harmful);
    decision.standing == Standing::Harmful || (sure && wrong)
}

fn happened(teller: &Teller<'_>, played: &Played<'_>, ending: Option<&Ended>, gauges: &[Gauge]) -> String {
    let Some(ending) = ending else {
        return format!("The drill is not over; its last fact is of {}.", teller.moment(played.end).clock);
    };
    if ending.broken_off {
        return broken_off(teller, played, gauges);
    }
    let title = ending.title.trim_end_matches(['.', '!']);
    if let Some(first) = first_sentence(&ending.says) {
        return format!("{title}. {first}");
    }
    match telling(gauges).filter(|gauge| gauge.start != gauge.end) {
        Some(gauge) => {
            let (start, end) = (reading(gauge, gauge.start), reading(gauge, gauge.end));
            format!("{title}. {}: {end}, from {start} at STARTEX.", gauge.label)
        }
        None => format!("{title}."),
    }
}

/// What is said where the trainee ended the drill: that, and how things stood.
fn broken_off(teller: &Teller<'_>, played: &Played<'_>, gauges: &[Gauge]) -> String {
    let (done, whole) = (length(played.end.0), length(teller.scenario.clock.length.0));
    let at = teller.moment(played.end).clock;
    let stood = telling(gauges)
        .filter(|gauge| !gauge.hidden)
        .map_or_else(String::new, |gauge| format!("; {} then: {}", gauge.label, reading(gauge, gauge.end)));
    format!("Broken off: you ended this drill at {at}, after {done} of {whole} at most{stood}.")
}

/// The first sentence of an ending, without its emphasis.
fn first_sentence(says: &str) -> Option<String> {
    let line = says.trim().lines().next()?;
    let end = line.find(". ").map_or(line.len(), |dot| dot + 1);
    let sentence: String = line[..end].chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect();
    (!sentence.is_empty()).then_some(sentence)
}

fn quote(text: &str) -> String {
    let mut letters = text.trim().chars();
    let short: String = letters.by_ref().take(QUOTE_LETTERS).collect();
    let cut = letters.next().is_some();
    let short = match short.rsplit_once(' ') {
        Some((whole, _)) if cut => format!("{}…", whole.trim_end_matches([',', ';', ':', '.'])),
        _ if cut => format!("{short}…"),
        _ => short,
    };
    quoted(&short)
}

fn joined(picks: &[Pick]) -> String {
    quote(&picks.iter().map(|p| p.says.as_str()).collect::<Vec<_>>().join("; "))
}

fn went_best(decision: &Decision) -> String {
    let (at, title) = (&decision.at.clock, quote(&decision.title));
    let worth = if decision.standing == Standing::Best {
        "and nothing on offer was better".to_owned()
    } else {
        format!("worth {}", out_of(decision.points))
    };
    let best = if decision.standing == Standing::Poor { "What earned most" } else { "Best" };
    match (decision.of, &decision.chosen[..]) {
        (Of::Question, [only]) => format!("{best}: at {at} you chose {}, {worth}.", quote(&only.says)),
        (Of::Question, _) => format!("{best}: your answer at {at} to {title}, {worth}."),
        (Of::Action, _) => format!("{best}: at {at} you did this unasked: {title}."),
        (Of::Checkpoint, _) => format!("{best}: by {at} what was expected had been done: {title}."),
        (Of::Duty, _) => format!("{best}: what was owed was met at {at}: {title}."),
    }
}

fn to_change(decision: &Decision, played: &Played<'_>) -> String {
    let (at, title) = (&decision.at.clock, quote(&decision.title));
    let asked = &decision.asked.clock;
    let change = match (decision.of, decision.standing) {
        (Of::Question, Standing::Lapsed) => {
            let best = stronger(decision).unwrap_or_default();
            if played.ended.is_some() && decision.at.second == played.end.0 {
                format!("{title} was still open at ENDEX, {at}{best}")
            } else {
                format!("{title} was still open when it lapsed at {at}{best}")
            }
        }
        (Of::Question, Standing::Best) if decision.help > 0 => {
            // The gap is what both took away together.
            let sooner = if decision.timeliness < 100 { " and sooner" } else { "" };
            format!(
                "you were right about {title} at {at}; without the hint{sooner} it is worth {} more",
                gap(decision)
            )
        }
        (Of::Question, Standing::Best) => {
            format!(
                "you were right about {title} at {at}; the same answer sooner is worth {} more",
                gap(decision)
            )
        }
        (Of::Question, standing) => {
            let chosen = match &decision.chosen[..] {
                [only] => quote(&only.says),
                _ => format!("your answer to {title}"),
            };
            let sure = decision.confidence.filter(|c| *c >= SURE);
            let was = match (sure, standing) {
                (Some(c), Standing::Harmful) => {
                    format!("{chosen} did harm, and you were {} sure of it", percent(c))
                }
                (Some(c), _) => format!("you were {} sure of {chosen}", percent(c)),
                (None, Standing::Harmful) => format!("{chosen} did harm"),
                (None, _) => format!("you chose {chosen}"),
            };
            let best = stronger(decision).unwrap_or_else(|| format!("; it cost {}", gap(decision)));
            format!("at {at} {was}{best}")
        }
        (Of::Action, Standing::Lapsed) => format!("from {asked} on you could have done this: {title}"),
        (Of::Action, _) => format!("at {at} this cost {}: {title}", gap(decision)),
        (Of::Duty, Standing::Lapsed) => format!("from {asked} on this was owed: {title}"),
        (Of::Duty, _) => format!("the clock of {title} cost {}", gap(decision)),
        (Of::Checkpoint, Standing::Lapsed) => format!("from {asked} to {at} this was expected: {title}"),
        (Of::Checkpoint, _) => format!("{title} came at {at}; sooner is worth {} more", gap(decision)),
    };
    format!("Change one thing: {change}.")
}

/// The points between what was earned and what was possible.
fn gap(decision: &Decision) -> String {
    let lost = points(decision.points.possible - decision.points.earned);
    if lost == "1" { "1 point".into() } else { format!("{lost} points") }
}

/// What was stronger, from when on that could be known.
fn stronger(decision: &Decision) -> Option<String> {
    (!decision.best.is_empty()).then(|| {
        let best = joined(&decision.best);
        match &decision.best_since {
            Some(since) => format!("; from {} on it could be known that {best} was stronger", since.clock),
            None => format!("; with what you knew then, {best} was stronger"),
        }
    })
}
