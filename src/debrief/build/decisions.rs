//! One decision for each scored item, in the score's order: known, chosen, best, why.

use tr::tr;

use super::super::decision::{Decision, Earlier, Of, Pick, Standing};
use super::super::model::Source;
use super::super::render::plain;
use super::super::words;
use super::played::{At, Played, Reply, Sitting};
use super::teller::Teller;
use super::{answers, known, owed, sum};
use crate::engine::{Answer, DutyStep};
use crate::scenario::{
    ActionId, Ask, DutyId, EvidenceId, InjectId, InjectKind, Question, QuestionId, SeatSet, SimTime, TruthId,
    clean,
};
use crate::score::{self, Item, ItemOf, Score};

/// What differs between the kinds of decision.
struct Told {
    of: Of,
    name: String,
    title: String,
    /// The whole question, in safe Markdown.
    says: String,
    /// The row of the facts at which it was settled, and its moment.
    settled: At<()>,
    chosen: Vec<Pick>,
    best: Vec<Pick>,
    best_since: Option<SimTime>,
    earlier: Vec<Earlier>,
    reason: Option<String>,
    hints: Vec<String>,
    rests_on: Vec<EvidenceId>,
    why: String,
    source: Option<Source>,
}

pub(in crate::debrief) fn decisions(
    teller: &Teller<'_>,
    played: &Played<'_>,
    score: &Score,
) -> Vec<Decision> {
    let mut since = 0;
    let mut decisions = Vec::with_capacity(score.items.len());
    for (row, item) in score.items.iter().enumerate() {
        let told = match item.of {
            ItemOf::Question(id) => of_question(teller, played, id, item),
            ItemOf::Action(id) => of_action(teller, played, id, item),
            ItemOf::Checkpoint(id) => of_checkpoint(teller, played, id, item),
            ItemOf::Duty(id) => of_duty(teller, played, id, item),
        };
        let known = known::known(teller, played, told.settled.row, since, &told.rests_on);
        since = since.max(told.settled.row);
        decisions.push(Decision {
            number: u16::try_from(row + 1).unwrap_or(u16::MAX),
            of: told.of,
            name: told.name,
            stage: item.stage.label().into(),
            seats: teller.seats(seats_of(teller, item.of)),
            says: if plain(&told.says) == told.title { String::new() } else { told.says },
            title: told.title,
            at: teller.moment(told.settled.at),
            asked: teller.moment(item.asked),
            decided: item.decided.map(|at| teller.moment(at)),
            known,
            chosen: told.chosen,
            best: told.best,
            best_since: told.best_since.map(|at| teller.moment(at)),
            earlier: told.earlier,
            reason: told.reason,
            confidence: item.confidence,
            hints: told.hints,
            standing: standing(item.standing),
            assisted: item.assisted,
            why: told.why,
            source: told.source,
            points: sum(item.tally),
            weight: item.weight,
            credit: item.credit.0,
            timeliness: item.timeliness,
            help: item.help,
            arithmetic: item.arithmetic.iter().map(|line| teller.fill(line)).collect(),
            otherwise: Vec::new(),
        });
    }
    decisions
}

/// The seats that an item belongs to.
fn seats_of(teller: &Teller<'_>, of: ItemOf) -> SeatSet {
    match of {
        ItemOf::Question(id) => teller.scenario.question(id).seats,
        ItemOf::Action(id) => teller.scenario.action(id).seats,
        ItemOf::Checkpoint(_) | ItemOf::Duty(_) => SeatSet::default(),
    }
}

pub(in crate::debrief) const fn standing(standing: score::Standing) -> Standing {
    match standing {
        score::Standing::Best => Standing::Best,
        score::Standing::Defensible => Standing::Defensible,
        score::Standing::Poor => Standing::Poor,
        score::Standing::Harmful => Standing::Harmful,
        score::Standing::Lapsed => Standing::Lapsed,
    }
}

fn of_question(teller: &Teller<'_>, played: &Played<'_>, id: QuestionId, item: &Item) -> Told {
    let question = teller.scenario.question(id);
    let sitting = played.sittings.get(&id).expect("checked: a question that is scored was open");
    let last: Option<&At<Reply<'_>>> = sitting.replies.last();
    let settled = last.map(|r| At { row: r.row, at: r.at, what: () }).or(sitting.lapsed);
    let settled = settled.expect("checked: a question that is scored was answered or lapsed");
    let (truth, best_since) = truth_for(played, question, settled);
    let chosen = last.map_or(Vec::new(), |reply| answers::chosen(teller, question, reply.what.answer));
    let mut best = answers::best(teller, question, sitting, truth);
    if item.standing == score::Standing::Best && !chosen.is_empty() {
        // Where several are best, the one that was chosen is.
        let why = best.first().filter(|_| chosen.len() == 1).map(|b| (b.why.clone(), b.source.clone()));
        best = chosen.clone();
        if let (Some((why, source)), [only]) = (why, &mut best[..])
            && only.why.is_empty()
        {
            (only.why, only.source) = (why, source);
        }
    }
    let whys = [
        if item.standing == score::Standing::Lapsed {
            teller.fill(&question.lapse_why)
        } else {
            String::new()
        },
        teller.fill(&question.why),
    ];
    Told {
        of: Of::Question,
        name: question.name.to_string(),
        title: teller.asked(&question.says),
        says: teller.fill(&question.says),
        settled,
        chosen,
        best,
        best_since,
        earlier: earlier(teller, question, sitting),
        reason: last.and_then(|r| r.what.reason).map(clean).filter(|r| !r.trim().is_empty()),
        hints: hints(teller, question, sitting),
        rests_on: question.rests_on.clone(),
        why: whys.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join("\n\n"),
        source: question.source.map(|s| teller.source(s)),
    }
}

/// The truth that an answer is measured by. A categorization that may be
/// revised is measured by the last one, which may have come later.
pub(in crate::debrief) fn truth_for(
    played: &Played<'_>,
    question: &Question,
    settled: At<()>,
) -> (Option<TruthId>, Option<SimTime>) {
    let revisable = matches!(&question.ask, Ask::Categorize(spec) if spec.revisable);
    let then = played.truth_before(settled.row);
    let last = played.last_truth().filter(|last| revisable && last.row >= settled.row);
    (last.or(then).map(|at| at.what), last.map(|at| at.at))
}

fn earlier(teller: &Teller<'_>, question: &Question, sitting: &Sitting<'_>) -> Vec<Earlier> {
    let Some((_, before)) = sitting.replies.split_last() else { return Vec::new() };
    let mut earlier = Vec::new();
    for reply in before {
        if let Answer::Category(category) = reply.what.answer {
            let says = answers::called(teller, question, category);
            earlier.push(Earlier { at: teller.moment(reply.at), says });
        }
    }
    earlier
}

fn hints(teller: &Teller<'_>, question: &Question, sitting: &Sitting<'_>) -> Vec<String> {
    let taken = sitting.hints.iter().filter_map(|hint| question.hints.get(usize::from(*hint)));
    taken.map(|hint| teller.line(&hint.says)).collect()
}

fn of_action(teller: &Teller<'_>, played: &Played<'_>, id: ActionId, item: &Item) -> Told {
    let action = teller.scenario.action(id);
    let begun = played.begun.get(&id).map_or(&[][..], Vec::as_slice);
    let settled = begun.iter().find(|stint| Some(stint.at) == item.decided).copied();
    let done = settled.is_some();
    let pick = Pick {
        says: teller.fill(&action.label),
        right: None,
        why: teller.fill(&action.why),
        source: action.source.map(|s| teller.source(s)),
    };
    Told {
        of: Of::Action,
        name: action.name.to_string(),
        title: teller.fill(&action.label),
        says: String::new(),
        settled: settled.unwrap_or_else(|| played.after(not_done_by(played, action.window))),
        chosen: if done { vec![pick.clone()] } else { Vec::new() },
        best: if done { Vec::new() } else { vec![pick] },
        best_since: None,
        earlier: Vec::new(),
        reason: None,
        hints: Vec::new(),
        rests_on: Vec::new(),
        why: String::new(),
        source: None,
    }
}

fn of_duty(teller: &Teller<'_>, played: &Played<'_>, id: DutyId, item: &Item) -> Told {
    let duty = teller.scenario.duty(id);
    let at = |step: fn(&DutyStep) -> bool| {
        let fact = played.owed.iter().find(|(_, _, duty, s)| *duty == id && step(s));
        fact.map(|(row, at, ..)| At { row: *row, at: *at, what: () })
    };
    let declared = at(|step| matches!(step, DutyStep::Declared { .. }));
    let met = at(|step| matches!(step, DutyStep::Met));
    let due = played
        .owed
        .iter()
        .filter(|(_, _, duty, _)| *duty == id)
        .find_map(|(_, _, _, step)| if let DutyStep::Started { due } = step { Some(*due) } else { None });
    let due = due.map(|due| teller.calendar.day_and_clock(due)).unwrap_or_default();
    let when = |at: SimTime| words::at(&teller.moment(at));
    let mut says = vec![tr!("its clock started {at}, due {due}", at = when(item.asked), due)];
    says.extend(declared.map(|at| tr!("you declared its start {at}", at = when(at.at))));
    says.push(met.map_or_else(|| tr!("not met by ENDEX"), |at| tr!("met {at}", at = when(at.at))));
    let mut sources = owed::sources(teller, duty).into_iter();
    let pick =
        Pick { says: says.join("; "), right: None, why: teller.fill(&duty.why), source: sources.next() };
    let decided = item.decided.is_some();
    Told {
        of: Of::Duty,
        name: duty.name.to_string(),
        title: teller.line(&duty.called()),
        says: String::new(),
        settled: met.or(declared).unwrap_or_else(|| played.after(played.end)),
        chosen: if decided { vec![pick.clone()] } else { Vec::new() },
        best: if decided { Vec::new() } else { vec![pick] },
        best_since: None,
        earlier: Vec::new(),
        reason: None,
        hints: Vec::new(),
        rests_on: Vec::new(),
        why: String::new(),
        source: sources.next(),
    }
}

/// When an action that nobody did could no longer be done.
fn not_done_by(played: &Played<'_>, window: Option<(SimTime, SimTime)>) -> SimTime {
    let Some((opens, closes)) = window else { return played.end };
    match played.settings {
        Some(settings) if settings.untimed => played.end,
        Some(settings) => played.end.min(opens + closes.since(opens).stretched(settings.factor)),
        None => played.end.min(closes),
    }
}

fn of_checkpoint(teller: &Teller<'_>, played: &Played<'_>, id: InjectId, item: &Item) -> Told {
    let inject = teller.scenario.inject(id);
    let InjectKind::Checkpoint(checkpoint) = &inject.kind else {
        unreachable!("checked: only checkpoints are scored as such")
    };
    let settled = played.settled.get(&id).copied();
    let settled = settled.unwrap_or_else(|| played.after(item.decided.unwrap_or(played.end)));
    let pick = Pick {
        says: teller.line(&checkpoint.expects),
        right: None,
        why: teller.fill(&checkpoint.why),
        source: checkpoint.source.map(|s| teller.source(s)),
    };
    let met = item.decided.is_some();
    Told {
        of: Of::Checkpoint,
        name: inject.name.to_string(),
        title: teller.line(&checkpoint.expects),
        says: String::new(),
        settled,
        chosen: if met { vec![pick.clone()] } else { Vec::new() },
        best: if met { Vec::new() } else { vec![pick] },
        best_since: None,
        earlier: Vec::new(),
        reason: None,
        hints: Vec::new(),
        rests_on: Vec::new(),
        why: String::new(),
        source: None,
    }
}
