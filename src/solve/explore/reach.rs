//! What lines reach: each thing with the first line that reached it.

use super::node::{Node, Outcome, Settled};
use super::search::Worth;
use crate::engine::{Answer, Asked, Fact, Input, Shelf, What};
use crate::scenario::{ChoiceId, ChoiceSet, QuestionId, Scenario, SimTime};
use crate::score::{Credit, Points};
use crate::solve::cone::Goal;
use crate::solve::line::Line;

/// How something was reached: in which variation, and by which steps so far.
pub type Way = Option<Line>;

/// A stretch before ENDEX by time in which nothing came and nothing could be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Since when.
    pub from: SimTime,
    /// ENDEX.
    pub until: SimTime,
    /// How a line came there.
    pub way: Line,
}

/// What exploration saw, table by table of the scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Injects that were delivered, and checkpoints that were met.
    pub injects: Vec<Way>,
    /// Checkpoints that were missed.
    pub missed: Vec<Way>,
    /// Questions that opened.
    pub questions: Vec<Way>,
    /// By question: the choices that were on offer.
    pub offered: Vec<ChoiceSet>,
    /// Questions that opened with nothing on offer.
    pub empty: Vec<Way>,
    /// Artefacts that could be examined.
    pub evidence: Vec<Way>,
    /// Actions that could be begun.
    pub actions: Vec<Way>,
    /// Truths that came into force.
    pub truths: Vec<Way>,
    /// Endings.
    pub endings: Vec<Way>,
    /// The longest stretch before ENDEX in which nothing came and nothing could be done, if it
    /// is long enough for a dead end.
    pub silence: Option<Silence>,
    /// By question and choice: by how little the best line through it falls short, in
    /// the situation that suits it best.
    pub regret: Vec<Vec<Option<Points>>>,
    /// By gauge: the least and the most that it read at ENDEX.
    pub gauges: Vec<Option<(i64, i64)>>,
}

impl Reach {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let choices = scenario.questions.iter().map(|q| vec![None; q.choices.len()]).collect();
        Self {
            injects: vec![None; scenario.injects.len()],
            missed: vec![None; scenario.injects.len()],
            questions: vec![None; scenario.questions.len()],
            offered: vec![ChoiceSet::default(); scenario.questions.len()],
            empty: vec![None; scenario.questions.len()],
            evidence: vec![None; scenario.evidence.len()],
            actions: vec![None; scenario.actions.len()],
            truths: vec![None; scenario.truth.len()],
            endings: vec![None; scenario.endings.len()],
            silence: None,
            regret: choices,
            gauges: vec![None; scenario.gauges.len()],
        }
    }

    /// Notes what a step brought about; `path` leads there.
    pub(super) fn see(&mut self, scenario: &Scenario, node: &Node, outcome: &Outcome, path: &Line) {
        for settled in &outcome.settled {
            self.settled(scenario, settled);
        }
        self.happened(scenario, &outcome.facts, path);
        for (row, shelf) in node.state.evidence.iter().enumerate() {
            if *shelf == Shelf::Available && !node.state.over() {
                mark(&mut self.evidence[row], path);
            }
        }
        for id in &outcome.offered {
            mark(&mut self.actions[id.at()], path);
        }
        if node.state.over() {
            for (range, reads) in self.gauges.iter_mut().zip(&node.state.gauges) {
                let (least, most) = range.unwrap_or((*reads, *reads));
                *range = Some((least.min(*reads), most.max(*reads)));
            }
        }
    }

    /// Notes what a line reaches that was played, and not come across by the search.
    pub(super) fn played(&mut self, scenario: &Scenario, line: &Line) {
        let (facts, _) = line.play(scenario);
        self.happened(scenario, &facts, line);
    }

    /// What these facts reach; `path` leads there.
    fn happened(&mut self, scenario: &Scenario, facts: &[Fact], path: &Line) {
        let mark = |way: &mut Way| mark(way, path);
        let ended = facts.last().filter(|fact| matches!(fact.what, What::Ended { .. }));
        for fact in facts {
            #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact reaches anything new")]
            match &fact.what {
                What::Delivered(id) | What::Met(id) => mark(&mut self.injects[id.at()]),
                What::Missed(id) => mark(&mut self.missed[id.at()]),
                What::Known(id) => mark(&mut self.truths[id.at()]),
                // What comes with ENDEX comes too late to be examined.
                What::Revealed(id) if ended.is_none_or(|ended| ended.at > fact.at) => {
                    mark(&mut self.evidence[id.at()]);
                }
                What::Did(id) => mark(&mut self.actions[id.at()]),
                What::Ended { ending, .. } => mark(&mut self.endings[ending.at()]),
                What::Opened { question, offered, .. } => {
                    let row = question.at();
                    mark(&mut self.questions[row]);
                    let set: ChoiceSet = offered.iter().copied().collect();
                    self.offered[row].0 |= set.0;
                    if offered.is_empty() && !scenario.questions[row].choices.is_empty() {
                        mark(&mut self.empty[row]);
                    }
                }
                _ => {}
            }
        }
    }

    /// The same for a question without consequences, which was settled as it opened.
    fn settled(&mut self, scenario: &Scenario, settled: &Settled) {
        let weight = scenario.question(settled.question).weight;
        let best = settled.asked.first().map_or(Credit(0), |(_, credit)| *credit);
        for (answer, credit) in &settled.asked {
            if let Answer::One(choice) = answer {
                let short = Credit(best.0 - credit.0).points(weight, 100);
                self.fell_short(settled.question, *choice, short);
            }
        }
    }

    fn fell_short(&mut self, question: QuestionId, choice: ChoiceId, short: Points) {
        let regret = &mut self.regret[question.at()][choice.at()];
        *regret = Some(regret.map_or(short, |least| least.min(short)));
    }

    /// Notes how far each choice is from the best that could be done instead.
    pub(super) fn judge(&mut self, node: &Node, branches: &[(Option<Input>, Worth)], worth: Worth) {
        for (input, branch) in branches {
            let Some(Input::Answer(submission)) = input else { continue };
            let question = submission.question;
            if !matches!(node.state.questions[question.at()], Asked::Open { .. }) {
                continue;
            }
            let short = Points(worth.most.0 - branch.most.0);
            if let Answer::One(choice) = submission.answer {
                self.fell_short(question, choice, short);
            }
        }
    }

    /// Whether what a goal asks for was reached; never for points.
    #[must_use]
    pub fn has(&self, goal: Goal) -> bool {
        self.way(goal).is_some()
    }

    /// How what a goal asks for was reached. For a choice, how its question was opened.
    #[must_use]
    pub fn way(&self, goal: Goal) -> Option<&Line> {
        match goal {
            Goal::Points | Goal::Stage(_) => None,
            Goal::Inject(id) => self.injects[id.at()].as_ref(),
            Goal::Missed(id) => self.missed[id.at()].as_ref(),
            Goal::Question(id) => self.questions[id.at()].as_ref(),
            Goal::Choice(id, choice) => {
                self.questions[id.at()].as_ref().filter(|_| self.offered[id.at()].has(choice))
            }
            Goal::Evidence(id) => self.evidence[id.at()].as_ref(),
            Goal::Action(id) => self.actions[id.at()].as_ref(),
            Goal::Truth(id) => self.truths[id.at()].as_ref(),
            Goal::Ending(id) => self.endings[id.at()].as_ref(),
        }
    }

    /// Adds what another search reached.
    pub(super) fn add(&mut self, more: &Self) {
        let ways = |own: &mut Vec<Way>, more: &[Way]| {
            for (own, more) in own.iter_mut().zip(more) {
                if own.is_none() {
                    own.clone_from(more);
                }
            }
        };
        ways(&mut self.injects, &more.injects);
        ways(&mut self.missed, &more.missed);
        ways(&mut self.questions, &more.questions);
        ways(&mut self.empty, &more.empty);
        ways(&mut self.evidence, &more.evidence);
        ways(&mut self.actions, &more.actions);
        ways(&mut self.truths, &more.truths);
        ways(&mut self.endings, &more.endings);
        for (own, more) in self.offered.iter_mut().zip(&more.offered) {
            own.0 |= more.0;
        }
        if let Some(silence) = &more.silence {
            self.be_silent(silence);
        }
    }

    pub(super) fn be_silent(&mut self, silence: &Silence) {
        let long = |s: &Silence| s.until.since(s.from);
        if self.silence.as_ref().is_none_or(|own| long(own) < long(silence)) {
            self.silence = Some(silence.clone());
        }
    }
}

/// Notes a way to something, if none is known.
fn mark(way: &mut Way, path: &Line) {
    if way.is_none() {
        *way = Some(path.clone());
    }
}
