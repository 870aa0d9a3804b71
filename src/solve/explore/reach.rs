//! What lines reach: each thing with the first line that reached it.

use super::node::{Node, Outcome, Settled};
use super::search::Worth;
use crate::engine::{Answer, Asked, Input, What};
use crate::scenario::{ChoiceId, ChoiceSet, QuestionId, Scenario};
use crate::score::{Credit, Points};
use crate::solve::line::Step;

/// How a line reached something: its steps so far.
pub type Way = Option<Vec<Step>>;

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
            regret: choices,
            gauges: vec![None; scenario.gauges.len()],
        }
    }

    /// Notes what a step brought about; `path` leads there.
    pub(super) fn see(&mut self, scenario: &Scenario, node: &Node, outcome: &Outcome, path: &[Step]) {
        let mark = |way: &mut Way| {
            if way.is_none() {
                *way = Some(path.to_vec());
            }
        };
        for fact in &outcome.facts {
            #[expect(clippy::wildcard_enum_match_arm, reason = "no other fact reaches anything new")]
            match &fact.what {
                What::Delivered(id) | What::Met(id) => mark(&mut self.injects[id.at()]),
                What::Missed(id) => mark(&mut self.missed[id.at()]),
                What::Known(id) => mark(&mut self.truths[id.at()]),
                What::Revealed(id) | What::Examined(id) => mark(&mut self.evidence[id.at()]),
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
        for settled in &outcome.settled {
            self.settled(scenario, settled);
        }
        for (row, on_offer) in node.on_offer().iter().enumerate() {
            if *on_offer {
                mark(&mut self.actions[row]);
            }
        }
        if node.state.over() {
            for (range, reads) in self.gauges.iter_mut().zip(&node.state.gauges) {
                let (least, most) = range.unwrap_or((*reads, *reads));
                *range = Some((least.min(*reads), most.max(*reads)));
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

    /// Whether any line opened a question.
    #[must_use]
    pub fn opens(&self, question: QuestionId) -> bool {
        self.questions[question.at()].is_some()
    }
}
