//! Three sentences for a tired person: what happened, what went best, the one thing to change.
//!
//! No blame: each says what was done and what was stronger, with what was known
//! then. The thing to change is what would have made most of a difference, as
//! told below among what could have been; else the dearest. What was sure and
//! wrong, or did harm, goes before what was only weak.

use tr::tr;

use super::super::calibration::SURE;
use super::super::decision::{Decision, Of, Pick, Standing};
use super::super::happened::{Gauge, telling};
use super::super::model::{Ended, Opening};
use super::super::otherwise::Otherwise;
use super::super::words::{self, length, out_of, percent, points, quoted, reading};
use super::played::Played;
use super::teller::Teller;

/// Longer quotes are cut: a sentence has to be taken in at one glance.
const QUOTE_LETTERS: usize = 110;

pub(super) fn opening(
    teller: &Teller<'_>,
    played: &Played<'_>,
    ending: Option<&Ended>,
    gauges: &[Gauge],
    (decisions, otherwise): (&[Decision], Option<&Otherwise>),
) -> Opening {
    let best = decisions
        .iter()
        .filter(|d| d.points.earned > 0 && d.standing != Standing::Lapsed)
        .rev()
        .max_by_key(|d| d.points.earned);
    let drawn = otherwise.and_then(|otherwise| otherwise.drawn.as_ref());
    let drawn =
        decisions.iter().find(|d| lost(d) > 0 && drawn.is_some_and(|drawn| drawn.decision == d.number));
    let dearest = dearest(decisions);
    let change = dearest.filter(|d| grave(d)).or(drawn).or(dearest);
    Opening {
        happened: happened(teller, played, ending, gauges),
        best: best.map_or_else(|| no_best(played), |decision| went_best(decision, teller.team)),
        change: change.map_or_else(
            || no_change(ending, teller.room),
            |decision| to_change(decision, played, teller.team),
        ),
    }
}

fn no_best(played: &Played<'_>) -> String {
    match played.end.0 {
        0 => tr!("What went best: nothing was asked of you yet."),
        end => tr!(
            "What went best: you stayed with it for {0}, and the next drill starts from what you know now.",
            length(end)
        ),
    }
}

fn no_change(ending: Option<&Ended>, by_trainer: bool) -> String {
    match ending {
        Some(Ended { broken_off: true, .. }) if by_trainer => nothing_judged(),
        Some(Ended { broken_off: false, .. }) => {
            tr!("Change one thing: nothing in this drill. Play it again with another seed, or a harder one.")
        }
        _ => tr!("Change one thing: play it to its end, for what was still to come is not judged here."),
    }
}

/// What there is to change where somebody else ended it.
pub(in crate::debrief) fn nothing_judged() -> String {
    tr!("Change one thing: nothing in what was judged; what was still to come is not.")
}

const fn lost(decision: &Decision) -> i64 {
    decision.points.possible - decision.points.earned
}

/// The decision that cost most; what is grave goes first.
pub(super) fn dearest(decisions: &[Decision]) -> Option<&Decision> {
    decisions.iter().filter(|d| lost(d) > 0).rev().max_by_key(|d| (grave(d), lost(d)))
}

/// What a debrief corrects first.
pub(super) fn grave(decision: &Decision) -> bool {
    let sure = decision.confidence.is_some_and(|c| c >= SURE);
    let wrong = matches!(decision.standing, Standing::Poor | Standing::Harmful);
    decision.standing == Standing::Harmful || (sure && wrong)
}

fn happened(teller: &Teller<'_>, played: &Played<'_>, ending: Option<&Ended>, gauges: &[Gauge]) -> String {
    let Some(ending) = ending else {
        return tr!("The drill is not over; its last fact is of {0}.", teller.moment(played.end).clock);
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
            tr!("{title}. {label}: {end}, from {start} at STARTEX.", title, label = gauge.label, end, start)
        }
        None => format!("{title}."),
    }
}

/// What is said where the trainee ended the drill: that, and how things stood.
fn broken_off(teller: &Teller<'_>, played: &Played<'_>, gauges: &[Gauge]) -> String {
    let (done, whole) = (length(played.end.0), length(teller.scenario.clock.length.0));
    let at = words::at(&teller.moment(played.end));
    let stood = telling(gauges)
        .filter(|gauge| !gauge.hidden)
        .map_or_else(String::new, |gauge| tr!("; {0} then: {1}", gauge.label, reading(gauge, gauge.end)));
    if teller.room {
        return tr!(
            "Broken off: the trainer ended this exercise {at}, after {done} of {whole} at most{stood}.",
            at,
            done,
            whole,
            stood
        );
    }
    tr!(
        "Broken off: you ended this drill {at}, after {done} of {whole} at most{stood}.",
        at,
        done,
        whole,
        stood
    )
}

/// The first sentence of an ending, without its emphasis.
fn first_sentence(says: &str) -> Option<String> {
    let line = says.trim().lines().next()?;
    let end = line.find(". ").map_or(line.len(), |dot| dot + 1);
    let sentence: String = line[..end].chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect();
    (!sentence.is_empty()).then_some(sentence)
}

/// A text in quotation marks, cut where it is long.
pub(in crate::debrief) fn quote(text: &str) -> String {
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

fn went_best(decision: &Decision, team: bool) -> String {
    let (at, title) = (words::at(&decision.at), quote(&decision.title));
    let worth = match decision.standing {
        Standing::Best => tr!("and nothing on offer was better"),
        Standing::Defensible | Standing::Poor | Standing::Harmful | Standing::Lapsed => {
            tr!("worth {0}", out_of(decision.points))
        }
    };
    let best = match decision.standing {
        Standing::Poor => tr!("What earned most"),
        Standing::Best | Standing::Defensible | Standing::Harmful | Standing::Lapsed => {
            tr!("what went best" => "Best")
        }
    };
    match (decision.of, &decision.chosen[..]) {
        (Of::Question, [only]) => {
            let chosen = quote(&only.says);
            if team {
                return tr!("{best}: {at} your team chose {chosen}, {worth}.", best, at, chosen, worth);
            }
            tr!("{best}: {at} you chose {chosen}, {worth}.", best, at, chosen, worth)
        }
        (Of::Question, _) if team => {
            tr!("{best}: your team’s answer {at} to {title}, {worth}.", best, at, title, worth)
        }
        (Of::Question, _) => {
            tr!("{best}: your answer {at} to {title}, {worth}.", best, at, title, worth)
        }
        (Of::Action, _) if team => tr!("{best}: {at} your team did this unasked: {title}.", best, at, title),
        (Of::Action, _) => tr!("{best}: {at} you did this unasked: {title}.", best, at, title),
        (Of::Checkpoint, _) => tr!(
            "{best}: by {clock} what was expected had been done: {title}.",
            best,
            clock = decision.at.clock,
            title
        ),
        (Of::Duty, _) => tr!("{best}: what was owed was met {at}: {title}.", best, at, title),
    }
}

fn to_change(decision: &Decision, played: &Played<'_>, team: bool) -> String {
    let (at, title) = (words::at(&decision.at), quote(&decision.title));
    let (asked, clock) = (&decision.asked.clock, &decision.at.clock);
    let gap = || gap(decision);
    let change = match (decision.of, decision.standing) {
        (Of::Question, Standing::Lapsed) => {
            let best = stronger(decision).unwrap_or_default();
            if played.ended.is_some() && decision.at.second == played.end.0 {
                tr!("{title} was still open at ENDEX, {clock}{best}", title, clock, best)
            } else {
                tr!("{title} was still open when it lapsed {at}{best}", title, at, best)
            }
        }
        (Of::Question, Standing::Best) if team => right_but(decision),
        // The gap is what both took away together.
        (Of::Question, Standing::Best) if decision.help > 0 && decision.timeliness < 100 => tr!(
            "you were right about {title} {at}; without the hint and sooner it is worth {gap} more",
            title,
            at,
            gap = gap()
        ),
        (Of::Question, Standing::Best) if decision.help > 0 => tr!(
            "you were right about {title} {at}; without the hint it is worth {gap} more",
            title,
            at,
            gap = gap()
        ),
        (Of::Question, Standing::Best) => tr!(
            "you were right about {title} {at}; the same answer sooner is worth {gap} more",
            title,
            at,
            gap = gap()
        ),
        (Of::Question, standing) => weak(decision, standing, team),
        (Of::Action, Standing::Lapsed) if team => {
            tr!("from {asked} on your team could have done this: {title}", asked, title)
        }
        (Of::Action, Standing::Lapsed) => {
            tr!("from {asked} on you could have done this: {title}", asked, title)
        }
        (Of::Action, _) => tr!("{at} this cost {gap}: {title}", at, gap = gap(), title),
        (Of::Duty, Standing::Lapsed) => tr!("from {asked} on this was owed: {title}", asked, title),
        (Of::Duty, _) => tr!("the clock of {title} cost {gap}", title, gap = gap()),
        (Of::Checkpoint, Standing::Lapsed) => {
            tr!("from {asked} to {clock} this was expected: {title}", asked, clock, title)
        }
        (Of::Checkpoint, _) => {
            tr!("{title} came {at}; sooner is worth {gap} more", title, at, gap = gap())
        }
    };
    tr!("Change one thing: {0}.", change)
}

/// What took points from the best answer of a team.
fn right_but(decision: &Decision) -> String {
    let (at, title) = (words::at(&decision.at), quote(&decision.title));
    let gap = gap(decision);
    match (decision.help > 0, decision.timeliness < 100) {
        (true, true) => tr!(
            "your team was right about {title} {at}; without the hint and sooner it is worth {gap} more",
            title,
            at,
            gap
        ),
        (true, false) => tr!(
            "your team was right about {title} {at}; without the hint it is worth {gap} more",
            title,
            at,
            gap
        ),
        (false, _) => tr!(
            "your team was right about {title} {at}; the same answer sooner is worth {gap} more",
            title,
            at,
            gap
        ),
    }
}

/// What was wrong with an answer, and what was stronger.
fn weak(decision: &Decision, standing: Standing, team: bool) -> String {
    let (at, title) = (words::at(&decision.at), quote(&decision.title));
    let best = stronger(decision).unwrap_or_else(|| tr!("; it cost {0}", gap(decision)));
    let only = match &decision.chosen[..] {
        [only] => Some(quote(&only.says)),
        _ => None,
    };
    let sure = decision.confidence.filter(|sure| *sure >= SURE).map(percent);
    let answer =
        || if team { tr!("your team’s answer to {0}", title) } else { tr!("your answer to {0}", title) };
    let named = || only.clone().unwrap_or_else(answer);
    if team {
        return match (sure, standing, &only) {
            (Some(sure), Standing::Harmful, _) => tr!(
                "{at} {chosen} did harm, and your team was {sure} sure of it{best}",
                at,
                chosen = named(),
                sure,
                best
            ),
            (Some(sure), ..) => {
                tr!("{at} your team was {sure} sure of {chosen}{best}", at, sure, chosen = named(), best)
            }
            (None, Standing::Harmful, _) => tr!("{at} {chosen} did harm{best}", at, chosen = named(), best),
            (None, _, Some(chosen)) => tr!("{at} your team chose {chosen}{best}", at, chosen, best),
            (None, _, None) => {
                tr!("{at} your team chose its answer to {title}{best}", at, title, best)
            }
        };
    }
    match (sure, standing, &only) {
        (Some(sure), Standing::Harmful, _) => tr!(
            "{at} {chosen} did harm, and you were {sure} sure of it{best}",
            at,
            chosen = named(),
            sure,
            best
        ),
        (Some(sure), ..) => {
            tr!("{at} you were {sure} sure of {chosen}{best}", at, sure, chosen = named(), best)
        }
        (None, Standing::Harmful, _) => tr!("{at} {chosen} did harm{best}", at, chosen = named(), best),
        (None, _, Some(chosen)) => tr!("{at} you chose {chosen}{best}", at, chosen, best),
        (None, _, None) => tr!("{at} you chose your answer to {title}{best}", at, title, best),
    }
}

/// The points between what was earned and what was possible.
fn gap(decision: &Decision) -> String {
    let lost = points(decision.points.possible - decision.points.earned);
    if lost == "1" { tr!("1 point") } else { tr!("{0} points", lost) }
}

/// What was stronger, from when on that could be known.
fn stronger(decision: &Decision) -> Option<String> {
    (!decision.best.is_empty()).then(|| {
        let best = joined(&decision.best);
        match &decision.best_since {
            Some(since) => tr!("; from {0} on it could be known that {1} was stronger", since.clock, best),
            None => tr!("; with what you knew then, {0} was stronger", best),
        }
    })
}
