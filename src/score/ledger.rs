//! What each fact adds to the points earned, at the moment at which it happens.
//!
//! The same rules as [`score`](super::score()), without the arithmetic in words and
//! without looking back: exploration and simulation add up millions of drills.
//! A ledger holds only what later facts still need, so that two drills with
//! equal state and equal ledger can no longer differ in what they will earn.

use super::action::{in_window, window_of};
use super::categorization::call as single_call;
use super::duty::{Clock, declaring, meeting, together as parts};
use super::item::{earned, together};
use super::question::{Call, Calls, worth_of};
use super::tally::{Credit, Points};
use super::timing::Window;
use super::worth::Unsaid;
use crate::engine::{Answer, Asked, DutyStep, EndCause, Fact, Phase, Settings, State, What, Work};
use crate::scenario::{
    ActionId, Ask, ChoiceSet, DutyId, InjectId, InjectKind, QuestionId, Scenario, SimTime, TruthId,
};

/// What later facts need to know of earlier ones. Starts empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ledger {
    /// Actions that may be done often and have earned their credit.
    credited: Vec<ActionId>,
    /// Categorizations that may still be revised.
    called: Vec<Called>,
    /// What happened to duties so far.
    duties: Vec<(DutyId, Clock)>,
    /// The last truth and the last one of an earlier moment, where a categorization may be revised.
    truths: [Option<(SimTime, TruthId)>; 2],
    /// What ENDEX gave for questions that had not come to their lapse, until it is told who brought it.
    open: Vec<(QuestionId, Points)>,
    /// Whether there is something to forget once the moment has passed.
    fresh: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Called {
    question: QuestionId,
    opened: SimTime,
    full: Option<SimTime>,
    timeliness: u8,
    help: u8,
    replies: Vec<Call>,
}

/// What a fact earned, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gain {
    /// The question, action or checkpoint.
    pub of: super::ItemOf,
    /// Points; below zero for harm.
    pub points: Points,
}

impl Ledger {
    /// Enters `fact`, which happened in the state `before` it; `told` hears of each gain.
    pub fn enter(&mut self, scenario: &Scenario, before: &State, fact: &Fact, mut told: impl FnMut(Gain)) {
        let Phase::Running(settings) = before.phase else { return };
        if self.fresh && fact.at > before.at {
            // Not earlier: a truth that comes with ENDEX is nothing that anybody could act on.
            (0..self.called.len()).for_each(|row| self.forget(scenario, row));
            self.fresh = false;
        }
        let mut gain = |of: super::ItemOf, points: Points| {
            if points != Points(0) {
                told(Gain { of, points });
            }
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact settles an item")]
        match &fact.what {
            What::Answered { question, answer, .. } => {
                let points = self.answered(scenario, before, settings, fact.at, *question, answer);
                gain(super::ItemOf::Question(*question), points);
            }
            What::Lapsed(question) => {
                let points = lapsed(scenario, before, fact.at, *question);
                if points != Points(0) && still_open(before, fact.at, *question) {
                    self.open.push((*question, points));
                }
                gain(super::ItemOf::Question(*question), points);
            }
            What::Did(action) => {
                gain(super::ItemOf::Action(*action), self.did(scenario, before, settings, fact.at, *action));
            }
            What::Met(inject) => {
                gain(super::ItemOf::Checkpoint(*inject), met(scenario, settings, fact.at, *inject));
            }
            What::Duty { duty, step } => {
                gain(super::ItemOf::Duty(*duty), self.owed(scenario, settings, fact.at, *duty, *step));
            }
            What::Known(truth) if scenario.questions.iter().any(|q| revisable(&q.ask)) => {
                let [earlier, last] = self.truths;
                let earlier = if last.is_some_and(|(at, _)| at == fact.at) { earlier } else { last };
                self.truths = [earlier, Some((fact.at, *truth))];
                self.fresh = true;
            }
            What::Ended { cause, .. } => {
                // Only now is it known who brought ENDEX: what the trainee could still have answered is not counted.
                let open = std::mem::take(&mut self.open);
                for (question, points) in open.into_iter().filter(|_| *cause == EndCause::Asked) {
                    gain(super::ItemOf::Question(question), Points(-points.0));
                }
                for (question, points) in self.close(scenario, settings, fact.at) {
                    gain(super::ItemOf::Question(question), points);
                }
            }
            _ => {}
        }
    }

    /// Forgets a categorization that may be revised: somebody else answers for its points.
    pub fn leave_out(&mut self, question: QuestionId) {
        self.called.retain(|called| called.question != question);
    }

    fn answered(
        &mut self,
        scenario: &Scenario,
        before: &State,
        settings: Settings,
        at: SimTime,
        id: QuestionId,
        answer: &Answer,
    ) -> Points {
        let question = scenario.question(id);
        let call = |called| Call { at, called, truth: before.truth };
        let Asked::Open { since, lapses, good, offered, hints } = before.questions[id.at()] else {
            if let (Some(row), Answer::Category(category)) =
                (self.called.iter().position(|c| c.question == id), answer)
            {
                self.called[row].replies.push(call(*category));
                self.fresh = true;
            }
            return Points(0);
        };
        let timeliness = window(since, lapses, good, question.floor, settings.untimed).percent(at);
        let help = together(question.hints.iter().take(hints.into()).map(|hint| hint.price));
        if let (Ask::Categorize(spec), Answer::Category(category)) = (&question.ask, answer) {
            let called = Called {
                question: id,
                opened: since,
                full: limit(good).or(limit(lapses)).map(|moment| moment.since(since)),
                timeliness,
                help,
                replies: vec![call(*category)],
            };
            if spec.revisable {
                self.called.push(called);
                return Points(0);
            }
            return called.points(scenario, settings, at, None);
        }
        let order: Vec<_> = offered.iter().collect();
        let worth = worth_of::<Unsaid>(scenario, question, &order, answer, before.truth);
        worth.map_or(Points(0), |worth| earned(question.weight, worth.credit, timeliness, help))
    }

    /// Drops what no later fact can need of the calls of a categorization: of all but
    /// the first, the one that stood when the last truth came, the first that was right
    /// since, and the last.
    fn forget(&mut self, scenario: &Scenario, row: usize) {
        let Some((since, truth)) = self.truths[1] else { return };
        let called = &mut self.called[row];
        let Ask::Categorize(spec) = &scenario.question(called.question).ask else { return };
        let right = |call: &Call| {
            single_call::<Unsaid>(
                spec,
                &scenario.taxonomy,
                Some(&scenario.truth[truth.at()]),
                Some(&call.called),
            )
            .is_some_and(|w| w.right())
        };
        let last = called.replies.len().saturating_sub(1);
        let stood = called.replies.iter().rposition(|call| call.at <= since);
        let later = called.replies.iter().position(|call| call.at > since && right(call));
        let kept = |at: &usize| *at == 0 || *at == last || Some(*at) == stood || Some(*at) == later;
        called.replies = (0..=last).filter(kept).map(|at| called.replies[at]).collect();
        // What came before the truth is as if it had come with it.
        for call in &mut called.replies {
            call.at = call.at.max(since);
        }
    }

    /// The first time that is worth something; harm once, whenever it is done.
    fn did(
        &mut self,
        scenario: &Scenario,
        before: &State,
        settings: Settings,
        at: SimTime,
        id: ActionId,
    ) -> Points {
        let action = scenario.action(id);
        let begun = match before.busy {
            Some((Work::Action(busy), until)) if busy == id => SimTime(until.0 - action.takes.0),
            _ => at,
        };
        let points = earned(action.weight, Credit::percent(action.credit), 100, 0);
        if action.credit < 0 {
            return if before.actions[id.at()] { Points(0) } else { points };
        }
        if !in_window(action, settings, begun) || self.credited.contains(&id) {
            return Points(0);
        }
        if action.often {
            self.credited.push(id);
            self.credited.sort_unstable();
        }
        points
    }

    /// What one more fact about a duty adds: each part is earned as soon as it is settled.
    fn owed(
        &mut self,
        scenario: &Scenario,
        settings: Settings,
        at: SimTime,
        id: DutyId,
        step: DutyStep,
    ) -> Points {
        let row = self.duties.partition_point(|(other, _)| *other < id);
        if self.duties.get(row).is_none_or(|(other, _)| *other != id) {
            self.duties.insert(row, (id, Clock::default()));
        }
        let duty = scenario.duty(id);
        let worth = |clock: &Clock| {
            let meeting =
                clock.started.and_then(|span| meeting::<Unsaid>(duty, settings, span, clock.met, None));
            let declaring = declaring(scenario, duty, settings, clock, false);
            let worth = parts(duty.declare, meeting, declaring);
            worth.map_or(Points(0), |worth| earned(duty.weight, worth.credit, 100, 0))
        };
        let clock = &mut self.duties[row].1;
        let before = worth(clock);
        clock.take(at, step);
        Points(worth(clock).0 - before.0)
    }

    fn close(&mut self, scenario: &Scenario, settings: Settings, end: SimTime) -> Vec<(QuestionId, Points)> {
        // A truth that comes with ENDEX is nothing that anybody could act on.
        let [earlier, last] = self.truths;
        let known = last.filter(|(at, _)| *at < end).or(earlier).or(last);
        let called = std::mem::take(&mut self.called);
        called.iter().map(|c| (c.question, c.points(scenario, settings, end, known))).collect()
    }
}

impl Called {
    fn points(
        &self,
        scenario: &Scenario,
        settings: Settings,
        end: SimTime,
        last_truth: Option<(SimTime, TruthId)>,
    ) -> Points {
        let question = scenario.question(self.question);
        let Ask::Categorize(spec) = &question.ask else { return Points(0) };
        let calls = Calls {
            spec,
            replies: &self.replies,
            opened: self.opened,
            full: self.full,
            last_truth,
            end: scenario.clock.length.max(end),
            untimed: settings.untimed,
        };
        let worth = calls.worth::<Unsaid>(scenario);
        worth.map_or(Points(0), |worth| earned(question.weight, worth.credit, self.timeliness, self.help))
    }
}

const fn revisable(ask: &Ask) -> bool {
    matches!(ask, Ask::Categorize(spec) if spec.revisable)
}

/// Whether a question that lapses had time left.
fn still_open(before: &State, at: SimTime, id: QuestionId) -> bool {
    matches!(before.questions[id.at()], Asked::Open { lapses, .. } if at < lapses)
}

/// Silence is an answer; one that opened with ENDEX was never asked.
fn lapsed(scenario: &Scenario, before: &State, at: SimTime, id: QuestionId) -> Points {
    let Asked::Open { since, hints, .. } = before.questions[id.at()] else { return Points(0) };
    let question = scenario.question(id);
    let unasked = since == at || matches!(question.ask, Ask::Reflect { .. }) || unkeyed(scenario, before, id);
    if unasked {
        return Points(0);
    }
    let help = together(question.hints.iter().take(hints.into()).map(|hint| hint.price));
    earned(question.weight, Credit::percent(question.lapse_credit), 100, help)
}

/// Whether nothing about the question can be scored with what is known.
fn unkeyed(scenario: &Scenario, before: &State, id: QuestionId) -> bool {
    let Asked::Open { offered, .. } = before.questions[id.at()] else { return true };
    let order: Vec<_> = offered.iter().collect();
    super::question::best_of(scenario, scenario.question(id), &order, before.truth).is_none()
}

fn met(scenario: &Scenario, settings: Settings, at: SimTime, id: InjectId) -> Points {
    let InjectKind::Checkpoint(checkpoint) = &scenario.inject(id).kind else { return Points(0) };
    let timeliness = window_of(checkpoint, Some(settings)).percent(at);
    earned(checkpoint.weight, Credit::percent(100), timeliness, 0)
}

/// What one answer to an open question with these choices on offer is worth, before
/// time and help, with `truth` in force. `None` where nothing is to be scored. A
/// categorization is taken as if it were never revised.
#[must_use]
pub fn credit(
    scenario: &Scenario,
    question: QuestionId,
    offered: ChoiceSet,
    answer: &Answer,
    truth: Option<TruthId>,
) -> Option<Credit> {
    let question = scenario.question(question);
    let worth = match (&question.ask, answer) {
        (Ask::Categorize(spec), Answer::Category(called)) => {
            let truth = truth.map(|truth| &scenario.truth[truth.at()]);
            single_call::<Unsaid>(spec, &scenario.taxonomy, truth, Some(called))
        }
        _ => worth_of(scenario, question, &offered.iter().collect::<Vec<_>>(), answer, truth),
    };
    worth.map(|worth| worth.credit)
}

/// What `credit` earns if an open question is answered at this moment, hints counted.
#[must_use]
pub fn timely(scenario: &Scenario, state: &State, at: SimTime, id: QuestionId, credit: Credit) -> Points {
    let (Asked::Open { since, lapses, good, hints, .. }, Phase::Running(settings)) =
        (state.questions[id.at()], state.phase)
    else {
        return Points(0);
    };
    let question = scenario.question(id);
    let timeliness = window(since, lapses, good, question.floor, settings.untimed).percent(at);
    let help = together(question.hints.iter().take(hints.into()).map(|hint| hint.price));
    earned(question.weight, credit, timeliness, help)
}

fn window(since: SimTime, lapses: SimTime, good: SimTime, floor: u8, untimed: bool) -> Window {
    Window { opened: since, good: limit(good), lapses: limit(lapses), floor, untimed }
}

fn limit(moment: SimTime) -> Option<SimTime> {
    (moment != SimTime::NEVER).then_some(moment)
}
