//! From a question that was open to an item: which rule applies, with which numbers.

use tr::tr;

use super::assistance;
use super::categorization::{UntilRight, call, revised};
use super::choice::{one, several, triage};
use super::estimate::estimate;
use super::item::{About, Losses, Scored, weigh};
use super::order::{marks, record, sequence};
use super::pairs::{assign, notify};
use super::played::{Played, Reply, Sitting};
use super::tally::{Credit, ItemOf};
use super::timing::Window;
use super::worth::{Unsaid, Words, Worth};
use crate::engine::Answer;
use crate::scenario::{
    Ask, CategorizeSpec, Category, ChoiceId, ChoiceSet, Question, QuestionId, Scenario, SimTime, Truth,
    TruthId, Verdict,
};
use crate::speech::noted;

/// One question as it was played.
struct Play<'p> {
    scenario: &'p Scenario,
    played: &'p Played<'p>,
    sitting: &'p Sitting<'p>,
    question: &'p Question,
    id: QuestionId,
}

/// The item of a question that opened. `None` where nothing is to be scored: it
/// was withdrawn, is still open, or was when the trainee ended the drill, opened with
/// ENDEX, has no key, or asks to reflect.
pub(super) fn item<W: Words>(scenario: &Scenario, played: &Played<'_>, id: QuestionId) -> Option<Scored> {
    let sitting = played.sittings[id.at()].as_ref()?;
    let play = Play { scenario, played, sitting, question: scenario.question(id), id };
    if matches!(play.question.ask, Ask::Reflect { .. }) {
        return None;
    }
    if let (Some(first), Some(last)) = (sitting.replies.first(), sitting.replies.last()) {
        return play.answered::<W>(first, last);
    }
    let (at, truth) = sitting.lapsed.filter(|_| !sitting.closed)?;
    play.lapsed::<W>(at, truth)
}

impl Play<'_> {
    fn answered<W: Words>(&self, first: &Reply<'_>, last: &Reply<'_>) -> Option<Scored> {
        let worth = self.worth::<W>(first)?;
        let window = Window {
            opened: self.sitting.opened,
            good: self.sitting.good,
            lapses: self.sitting.lapses,
            floor: self.question.floor,
            untimed: self.untimed(),
        };
        let calls = self.sitting.replies.iter().filter_map(|reply| {
            let confidence = reply.confidence?;
            Some((confidence, self.right(reply, &worth)?))
        });
        let calls = calls.collect();
        let did = if self.sitting.replies.len() > 1 { noted!("first answered") } else { noted!("answered") };
        let losses = Losses { time: Some(window.leaves(first.at, did)), hints: self.prices() };
        let about = self.about::<W>(Some(last.at), last.confidence, first.at);
        Some(Scored { item: weigh(about, worth, losses), settled: last.at, calls })
    }

    /// Silence is an answer: it earns what the script says.
    fn lapsed<W: Words>(&self, at: SimTime, truth: Option<TruthId>) -> Option<Scored> {
        let endex = self.played.ended.is_some_and(|(end, _)| end == at);
        let open = || self.sitting.lapses.is_none_or(|lapses| at < lapses);
        if endex && (at == self.sitting.opened || (self.played.broken_off && open())) {
            return None;
        }
        let credit = Credit::percent(self.question.lapse_credit);
        let best = best_of(self.scenario, self.question, self.sitting.offered, truth)?.max(credit);
        let lines = W::of(|| match endex {
            true => tr!("not answered by ENDEX: the script gives {0} % for that", credit),
            false => tr!("not answered before it lapsed: the script gives {0} % for that", credit),
        });
        let losses = Losses { time: None, hints: self.prices() };
        let about = self.about::<W>(None, None, at);
        let worth = Worth { credit, best, lines };
        Some(Scored { item: weigh(about, worth, losses), settled: at, calls: Vec::new() })
    }

    fn about<W: Words>(&self, decided: Option<SimTime>, confidence: Option<u8>, until: SimTime) -> About {
        let opened = self.sitting.opened;
        let helped = W::READ
            && decided.is_some()
            && assistance::with_question(self.scenario, self.played, self.id, opened, until);
        About {
            of: ItemOf::Question(self.id),
            stage: self.question.stage,
            weight: self.question.weight,
            asked: opened,
            decided,
            confidence,
            assisted: helped || !self.sitting.hints.is_empty(),
        }
    }

    fn prices(&self) -> Vec<u8> {
        let hints = &self.question.hints;
        self.sitting.hints.iter().filter_map(|hint| hints.get(usize::from(*hint))).map(|h| h.price).collect()
    }

    fn untimed(&self) -> bool {
        self.played.settings.is_some_and(|settings| settings.untimed)
    }

    fn truth(&self, id: Option<TruthId>) -> Option<&Truth> {
        id.map(|id| &self.scenario.truth[id.at()])
    }

    /// What the answer is worth; for a categorization, with all its revisions.
    fn worth<W: Words>(&self, reply: &Reply<'_>) -> Option<Worth<W>> {
        match (&self.question.ask, reply.answer) {
            (Ask::Categorize(spec), Answer::Category(_)) => self.categorized(spec),
            _ => worth_of(self.scenario, self.question, self.sitting.offered, reply.answer, reply.truth),
        }
    }

    /// Whether an answer was right when it was given, for calibration.
    fn right<W>(&self, reply: &Reply<'_>, worth: &Worth<W>) -> Option<bool> {
        match (&self.question.ask, category(reply)) {
            (Ask::Categorize(spec), Some(called)) => {
                call::<Unsaid>(spec, &self.scenario.taxonomy, self.truth(reply.truth), Some(called))
                    .map(|worth| worth.right())
            }
            _ => Some(worth.right()),
        }
    }

    fn categorized<W: Words>(&self, spec: &CategorizeSpec) -> Option<Worth<W>> {
        let sitting = self.sitting;
        let replies: Vec<Call> = sitting
            .replies
            .iter()
            .filter_map(|r| Some(Call { at: r.at, called: *category(r)?, truth: r.truth }))
            .collect();
        let calls = Calls {
            spec,
            replies: &replies,
            opened: sitting.opened,
            full: sitting.good.or(sitting.lapses).map(|moment| moment.since(sitting.opened)),
            last_truth: self.played.last_truth(),
            end: self.scenario.clock.length.max(self.played.ended.map_or(SimTime::ZERO, |(at, _)| at)),
            untimed: self.untimed(),
        };
        calls.worth(self.scenario)
    }
}

/// One call of a categorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Call {
    pub(super) at: SimTime,
    pub(super) called: Category,
    /// The truth in force when it was made.
    pub(super) truth: Option<TruthId>,
}

/// All calls of a categorization, with what their worth depends on.
pub(super) struct Calls<'c> {
    pub(super) spec: &'c CategorizeSpec,
    pub(super) replies: &'c [Call],
    pub(super) opened: SimTime,
    /// For how long being right earns everything, from the opening.
    pub(super) full: Option<SimTime>,
    /// The truth that the last call is measured against, with its moment.
    pub(super) last_truth: Option<(SimTime, TruthId)>,
    pub(super) end: SimTime,
    pub(super) untimed: bool,
}

impl Calls<'_> {
    /// What they are worth together; one that may not be revised, by itself.
    pub(super) fn worth<W: Words>(&self, scenario: &Scenario) -> Option<Worth<W>> {
        let truth = |id: Option<TruthId>| id.map(|id| &scenario.truth[id.at()]);
        let (spec, words) = (self.spec, &scenario.taxonomy);
        let (first, last) = (self.replies.first()?, self.replies.last()?);
        let first = call(spec, words, truth(first.truth), Some(&first.called));
        if !spec.revisable {
            return first;
        }
        let known = truth(self.last_truth.map(|(_, truth)| truth));
        let last = call(spec, words, known, Some(&last.called));
        let until = last.is_some().then(|| {
            let right = |called: &Category| call::<Unsaid>(spec, words, known, Some(called));
            self.until_right(|called| right(called).is_some_and(|w| w.right())).worth()
        });
        revised(spec.weights, [first, last, until])
    }

    fn until_right(&self, right: impl Fn(&Category) -> bool) -> UntilRight {
        let since = self.last_truth.map_or(SimTime::ZERO, |(at, _)| at).max(self.opened);
        let standing = self.replies.iter().take_while(|r| r.at <= since).last().map(|r| (since, r.called));
        let later = self.replies.iter().filter(|r| r.at > since).map(|r| (r.at, r.called));
        UntilRight {
            since,
            right: standing.into_iter().chain(later).find(|(_, called)| right(called)).map(|(at, _)| at),
            full: self.full,
            end: self.end,
            untimed: self.untimed,
        }
    }
}

/// What one answer is worth, by the rule of its kind. `None` where nothing is to be
/// scored, and for a categorization, whose revisions count.
pub(super) fn worth_of<W: Words>(
    scenario: &Scenario,
    question: &Question,
    order: &[ChoiceId],
    answer: &Answer,
    id: Option<TruthId>,
) -> Option<Worth<W>> {
    let offered: ChoiceSet = order.iter().copied().collect();
    let truth = id.map(|id| &scenario.truth[id.at()]);
    Some(match (&question.ask, answer) {
        (Ask::Triage(table), Answer::One(choice)) => triage(table, truth, verdict(*choice), verdicts(order)),
        (Ask::ChooseOne, Answer::One(choice)) => {
            let choice = question.choice(*choice);
            one(choice.credit(id), !choice.by_truth.is_empty(), credits(question, order, id))
        }
        (Ask::ChooseSeveral, Answer::Several(chosen)) => {
            let mut marks = marks(*chosen, question.key(), offered);
            marks.harm = chosen.iter().map(|c| question.choice(c).credit).filter(|c| *c < 0).collect();
            several(&marks)
        }
        (Ask::PutInOrder { before }, Answer::Order(order)) => return sequence(order, before, offered),
        (Ask::Record { before }, Answer::Order(picked)) => record(picked, question.key(), before, offered),
        (Ask::Assign(spec), Answer::Pairs(pairs)) => assign(spec, &question.choices, offered, pairs),
        (Ask::Notify(spec), Answer::Pairs(pairs)) => notify(spec, &question.choices, offered, pairs),
        (Ask::Estimate(spec), Answer::Number(number)) => estimate(spec.key(id), &spec.unit, *number),
        _ => return None,
    })
}

/// The most that is on offer, where nobody answers. `None` where nothing is to be scored.
pub(super) fn best_of(
    scenario: &Scenario,
    question: &Question,
    order: &[ChoiceId],
    id: Option<TruthId>,
) -> Option<Credit> {
    let truth = id.map(|id| &scenario.truth[id.at()]);
    let offered = || order.iter().copied().collect();
    match &question.ask {
        Ask::Triage(table) => Some(triage::<Unsaid>(table, truth, None, verdicts(order)).best),
        Ask::ChooseOne => credits(question, order, id).max().map(Credit::percent),
        Ask::PutInOrder { before } => sequence::<Unsaid>(&[], before, offered()).map(|worth| worth.best),
        Ask::Assign(spec) => Some(assign::<Unsaid>(spec, &question.choices, offered(), &[]).best),
        Ask::Notify(spec) => Some(notify::<Unsaid>(spec, &question.choices, offered(), &[]).best),
        Ask::Categorize(spec) => {
            call::<Unsaid>(spec, &scenario.taxonomy, truth, None).map(|worth| worth.best)
        }
        Ask::ChooseSeveral | Ask::Estimate(_) | Ask::Record { .. } => Some(Credit::percent(100)),
        Ask::Reflect { .. } => None,
    }
}

fn credits(question: &Question, offered: &[ChoiceId], truth: Option<TruthId>) -> impl Iterator<Item = i16> {
    offered.iter().map(move |choice| question.choice(*choice).credit(truth))
}

fn verdicts(offered: &[ChoiceId]) -> impl Iterator<Item = Verdict> {
    offered.iter().filter_map(|choice| verdict(*choice))
}

const fn category<'f>(reply: &Reply<'f>) -> Option<&'f Category> {
    if let Answer::Category(category) = reply.answer { Some(category) } else { None }
}

fn verdict(choice: ChoiceId) -> Option<Verdict> {
    Verdict::ALL.get(choice.at()).copied()
}
