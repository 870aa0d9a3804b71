//! From a question that was open to an item: which rule applies, with which numbers.

use super::assistance;
use super::categorization::{UntilRight, call, revised};
use super::choice::{one, several, triage};
use super::estimate::estimate;
use super::item::{About, Losses, Scored, weigh};
use super::order::{marks, record, sequence};
use super::played::{Played, Reply, Sitting};
use super::tally::{Credit, ItemOf};
use super::timing::Window;
use super::worth::Worth;
use crate::engine::Answer;
use crate::scenario::{
    Ask, CategorizeSpec, Category, ChoiceId, ChoiceSet, Question, QuestionId, Scenario, SimTime, Truth,
    TruthId, Verdict,
};

/// One question as it was played.
struct Play<'p> {
    scenario: &'p Scenario,
    played: &'p Played<'p>,
    sitting: &'p Sitting<'p>,
    question: &'p Question,
    id: QuestionId,
}

/// The item of a question that opened. `None` where nothing is to be scored: it
/// was withdrawn, is still open, opened with ENDEX, has no key, or asks to reflect.
pub(super) fn item(scenario: &Scenario, played: &Played<'_>, id: QuestionId) -> Option<Scored> {
    let sitting = played.sittings.get(&id)?;
    let play = Play { scenario, played, sitting, question: scenario.question(id), id };
    if matches!(play.question.ask, Ask::Reflect { .. }) {
        return None;
    }
    if let (Some(first), Some(last)) = (sitting.replies.first(), sitting.replies.last()) {
        return play.answered(first, last);
    }
    let (at, truth) = sitting.lapsed.filter(|_| !sitting.closed)?;
    play.lapsed(at, truth)
}

impl Play<'_> {
    fn answered(&self, first: &Reply<'_>, last: &Reply<'_>) -> Option<Scored> {
        let worth = self.worth(first)?;
        let window = Window {
            opened: self.sitting.opened,
            good: self.sitting.good,
            lapses: self.sitting.lapses,
            floor: self.question.floor,
            untimed: self.untimed(),
        };
        let calls = self.sitting.replies.iter().filter_map(|reply| {
            let right = self.right(reply, &worth)?;
            Some((reply.confidence?, right))
        });
        let calls = calls.collect();
        let did = if self.sitting.replies.len() > 1 { "first answered" } else { "answered" };
        let losses = Losses { time: Some(window.leaves(first.at, did)), hints: self.prices() };
        let about = self.about(Some(last.at), last.confidence, first.at);
        Some(Scored { item: weigh(about, worth, losses), settled: last.at, calls })
    }

    /// Silence is an answer: it earns what the script says.
    fn lapsed(&self, at: SimTime, truth: Option<TruthId>) -> Option<Scored> {
        let endex = self.played.ended.is_some_and(|(end, _)| end == at);
        if endex && at == self.sitting.opened {
            return None;
        }
        let credit = Credit::percent(self.question.lapse_credit);
        let best = self.best(truth)?.max(credit);
        let until = if endex { "by ENDEX" } else { "before it lapsed" };
        let line = format!("not answered {until}: the script gives {credit} % for that");
        let losses = Losses { time: None, hints: self.prices() };
        let about = self.about(None, None, at);
        let worth = Worth { credit, best, lines: vec![line] };
        Some(Scored { item: weigh(about, worth, losses), settled: at, calls: Vec::new() })
    }

    fn about(&self, decided: Option<SimTime>, confidence: Option<u8>, until: SimTime) -> About {
        let opened = self.sitting.opened;
        let helped = decided.is_some()
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

    fn offered(&self) -> ChoiceSet {
        self.sitting.offered.iter().copied().collect()
    }

    fn credits(&self) -> impl Iterator<Item = i16> {
        self.sitting.offered.iter().map(|choice| self.question.choice(*choice).credit)
    }

    /// What the answer is worth; for a categorization, with all its revisions.
    fn worth(&self, reply: &Reply<'_>) -> Option<Worth> {
        let (question, offered) = (self.question, self.offered());
        let worth = match (&question.ask, reply.answer) {
            (Ask::Triage(table), Answer::One(choice)) => {
                triage(table, self.truth(reply.truth), verdict(*choice), &self.verdicts())
            }
            (Ask::ChooseOne, Answer::One(choice)) => one(question.choice(*choice).credit, self.credits()),
            (Ask::ChooseSeveral, Answer::Several(chosen)) => {
                let mut marks = marks(*chosen, question.key(), offered);
                let harm = chosen.iter().map(|choice| question.choice(choice).credit).filter(|c| *c < 0);
                marks.harm = harm.collect();
                several(&marks)
            }
            (Ask::PutInOrder { before }, Answer::Order(order)) => return sequence(order, before, offered),
            (Ask::Record { before }, Answer::Order(picked)) => {
                record(picked, question.key(), before, offered)
            }
            (Ask::Estimate(spec), Answer::Number(number)) => estimate(spec, *number),
            (Ask::Categorize(spec), Answer::Category(_)) => return self.categorized(spec),
            _ => return None,
        };
        Some(worth)
    }

    /// The most that was on offer when nobody answered.
    fn best(&self, truth: Option<TruthId>) -> Option<Credit> {
        let truth = self.truth(truth);
        match &self.question.ask {
            Ask::Triage(table) => Some(triage(table, truth, None, &self.verdicts()).best),
            Ask::ChooseOne => self.credits().max().map(Credit::percent),
            Ask::PutInOrder { before } => sequence(&[], before, self.offered()).map(|worth| worth.best),
            Ask::Categorize(spec) => call(spec, truth, None).map(|worth| worth.best),
            Ask::ChooseSeveral | Ask::Estimate(_) | Ask::Record { .. } => Some(Credit::percent(100)),
            Ask::Reflect { .. } => None,
        }
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.sitting.offered.iter().filter_map(|choice| verdict(*choice)).collect()
    }

    /// Whether an answer was right when it was given, for calibration.
    fn right(&self, reply: &Reply<'_>, worth: &Worth) -> Option<bool> {
        match (&self.question.ask, category(reply)) {
            (Ask::Categorize(spec), Some(called)) => {
                call(spec, self.truth(reply.truth), Some(called)).map(|worth| worth.right())
            }
            _ => Some(worth.right()),
        }
    }

    fn categorized(&self, spec: &CategorizeSpec) -> Option<Worth> {
        let replies: Vec<_> = self.sitting.replies.iter().filter_map(|r| Some((r, category(r)?))).collect();
        let ((first, first_call), (_, last_call)) = (replies.first()?, replies.last()?);
        let first = call(spec, self.truth(first.truth), Some(first_call));
        if !spec.revisable {
            return first;
        }
        let last_truth = self.played.last_truth();
        let truth = self.truth(last_truth.map(|(_, truth)| truth));
        let last = call(spec, truth, Some(last_call));
        let until = last.is_some().then(|| {
            let known = last_truth.map_or(SimTime::ZERO, |(at, _)| at);
            self.until_right(known, |called| call(spec, truth, Some(called)).is_some_and(|w| w.right()))
                .worth()
        });
        revised(spec.weights, [first, last, until])
    }

    fn until_right(&self, known: SimTime, right: impl Fn(&Category) -> bool) -> UntilRight {
        let sitting = self.sitting;
        let since = known.max(sitting.opened);
        let calls = || sitting.replies.iter().filter_map(|r| Some((r.at, category(r)?)));
        let standing = calls().take_while(|(at, _)| *at <= since).last().map(|(_, called)| (since, called));
        let later = calls().filter(|(at, _)| *at > since);
        let end = self.scenario.clock.length.max(self.played.ended.map_or(SimTime::ZERO, |(at, _)| at));
        UntilRight {
            since,
            right: standing.into_iter().chain(later).find(|(_, called)| right(called)).map(|(at, _)| at),
            full: sitting.good.or(sitting.lapses).map(|moment| moment.since(sitting.opened)),
            end,
            untimed: self.untimed(),
        }
    }
}

const fn category<'f>(reply: &Reply<'f>) -> Option<&'f Category> {
    if let Answer::Category(category) = reply.answer { Some(category) } else { None }
}

fn verdict(choice: ChoiceId) -> Option<Verdict> {
    Verdict::ALL.get(choice.at()).copied()
}
