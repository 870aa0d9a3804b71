//! What exploration proves of a whole script: points, and everything that can be reached.
//!
//! One search for points tells most. Whatever it did not come across is then looked
//! for by itself, with only what it depends on kept apart, in several variations of the
//! script: those that leave out something else, and a few with other delays.

use std::collections::BTreeSet;

use super::node::Ground;
use super::reach::Reach;
use super::search::{Bounds, Cut, KeepOn, Progress, Search};
use super::{Exploration, deep, explore};
use crate::engine::{Fact, Seed, Settings, SpreadStep, What};
use crate::scenario::{
    ActionId, ChoiceId, EndingId, EvidenceId, InjectId, InjectKind, QuestionId, Scenario, SimTime, Stage,
    TruthId,
};
use crate::score::{Points, score};
use crate::solve::cone::{Exact, Goal};
use crate::solve::line::Run;

/// Seeds that are looked through for variations.
const SEEDS: u64 = 256;
/// Variations that are explored.
const VARIATIONS_MAX: usize = 12;
/// Variations that are explored at least, where anything varies at all.
const VARIATIONS_MIN: usize = 4;

/// What is proved of a script.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Best and worst line, in the first variation.
    pub points: Exploration,
    /// What was reached in any variation, with the first line to it.
    pub reach: Reach,
    /// What no line reached.
    pub unreached: Vec<Unreached>,
    /// The variations, the first being that of the points.
    pub variations: Vec<Settings>,
    /// What each stage can earn.
    pub stages: Vec<StageReach>,
    /// Whether every search came to its end; if not, why and when the first did not.
    pub cut: Option<(Cut, SimTime)>,
    /// What all searches together looked at.
    pub progress: Progress,
}

/// Something that no line reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// What.
    pub goal: Goal,
    /// Whether every line was looked at: otherwise it may lie beyond the bounds.
    pub proved: bool,
}

/// What a stage can earn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageReach {
    /// The stage.
    pub stage: Stage,
    /// The most that a line earned in it.
    pub earned: Points,
    /// What was possible in it on that line.
    pub possible: Points,
    /// Whether no line earns more.
    pub proved: bool,
}

/// Proves what can be proved of `scenario`. `keep_on` is asked every few hundred moves
/// whether to go on.
pub fn prove(scenario: &Scenario, settings: Settings, bounds: Bounds, keep_on: &mut KeepOn<'_>) -> Proof {
    let points = explore(scenario, settings, Goal::Points, bounds, keep_on);
    let variations = variations(scenario, settings);
    let mut proof = Proof {
        reach: points.reach.clone(),
        cut: points.cut,
        progress: points.progress,
        points,
        unreached: Vec::new(),
        variations,
        stages: Vec::new(),
    };
    for goal in goals(scenario) {
        proof.seek(scenario, goal, bounds, keep_on);
    }
    proof.rate_stages(scenario, settings, bounds, keep_on);
    proof
}

impl Proof {
    /// Whether everything was looked at, and the best and the worst line are that.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.cut.is_none() && self.points.best.proved() && self.points.worst.proved()
    }

    fn seek(&mut self, scenario: &Scenario, goal: Goal, bounds: Bounds, keep_on: &mut KeepOn<'_>) {
        let mut proved = true;
        for settings in self.variations.clone() {
            if self.reach.has(goal) {
                return;
            }
            let (progress, cut, reach) = deep(|| look_for(scenario, settings, goal, bounds, keep_on));
            self.progress.transitions += progress.transitions;
            self.progress.states = self.progress.states.max(progress.states);
            self.cut = self.cut.or(cut);
            proved &= cut.is_none();
            self.reach.add(&reach);
        }
        if !self.reach.has(goal) {
            self.unreached.push(Unreached { goal, proved });
        }
    }

    fn rate_stages(
        &mut self,
        scenario: &Scenario,
        settings: Settings,
        bounds: Bounds,
        keep_on: &mut KeepOn<'_>,
    ) {
        let (facts, _) = self.points.best.line.play(scenario);
        let best = score(scenario, &facts);
        for own in best.stages {
            let (earned, possible) = (own.tally.earned, own.tally.possible);
            let mut reach = StageReach { stage: own.stage, earned, possible, proved: true };
            let goal = Goal::Stage(own.stage);
            // A line that leaves the stage alone on its way to the best may earn nothing in it.
            if earned < Ground::of(scenario, goal, &Exact::new()).ceiling().most {
                let found = explore(scenario, settings, goal, bounds, keep_on);
                self.progress.transitions += found.progress.transitions;
                self.cut = self.cut.or(found.cut);
                let (facts, _) = found.best.line.play(scenario);
                let rated = score(scenario, &facts);
                let stage = rated.stages.iter().find(|s| s.stage == own.stage).map(|s| s.tally);
                if let Some(tally) = stage.filter(|tally| tally.earned > earned) {
                    (reach.earned, reach.possible) = (tally.earned, tally.possible);
                }
                reach.proved = found.best.bound <= reach.earned;
            }
            self.stages.push(reach);
        }
    }
}

/// One search, to end as soon as `goal` is reached.
fn look_for(
    scenario: &Scenario,
    settings: Settings,
    goal: Goal,
    bounds: Bounds,
    keep_on: &mut KeepOn<'_>,
) -> (Progress, Option<(Cut, SimTime)>, Reach) {
    let ground = Ground::of(scenario, goal, &Exact::new());
    let (start, outcome) = ground.start(settings);
    let mut search = Search::new(&ground, settings, bounds, keep_on).for_goal(goal);
    search.whole(&start, &outcome);
    (search.progress, search.partial(), search.reach)
}

/// Everything that a script has and that a line should reach.
fn goals(scenario: &Scenario) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        goals.push(Goal::Inject(InjectId::of(row)));
        if matches!(inject.kind, InjectKind::Checkpoint(_)) {
            goals.push(Goal::Missed(InjectId::of(row)));
        }
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        let id = QuestionId::of(row);
        goals.push(Goal::Question(id));
        goals.extend((0..question.choices.len()).map(|choice| Goal::Choice(id, ChoiceId::of(choice))));
    }
    goals.extend((0..scenario.evidence.len()).map(|row| Goal::Evidence(EvidenceId::of(row))));
    goals.extend((0..scenario.actions.len()).map(|row| Goal::Action(ActionId::of(row))));
    goals.extend((0..scenario.truth.len()).map(|row| Goal::Truth(TruthId::of(row))));
    goals.extend((0..scenario.endings.len()).map(|row| Goal::Ending(EndingId::of(row))));
    goals
}

/// The first variation of a script is that of `settings`; the others leave out something
/// else, or fall with other delays.
fn variations(scenario: &Scenario, settings: Settings) -> Vec<Settings> {
    let mut found = vec![settings];
    let mut seen = BTreeSet::from([left_out(scenario, settings)]);
    let delays = scenario.injects.iter().any(|i| i.jitter > SimTime::ZERO)
        || scenario.spreads.iter().any(|s| s.jitter > SimTime::ZERO);
    for seed in 0..SEEDS {
        let other = Settings { seed: Seed(settings.seed.0.wrapping_add(1 + seed)), ..settings };
        let new = seen.insert(left_out(scenario, other));
        let spare = delays && found.len() < VARIATIONS_MIN;
        if found.len() < VARIATIONS_MAX && (new || spare) {
            found.push(other);
        }
    }
    found
}

/// What a seed leaves out of a drill.
fn left_out(scenario: &Scenario, settings: Settings) -> Vec<(u8, usize)> {
    let run = Run::start(scenario, settings);
    let mut out = Vec::new();
    for Fact { what, .. } in &run.facts {
        #[expect(clippy::wildcard_enum_match_arm, reason = "nothing else is left out")]
        match what {
            What::Started { left_out, .. } => out.extend(left_out.iter().map(|inject| (0, inject.at()))),
            What::Absent(evidence) => out.push((1, evidence.at())),
            What::Spread { spread, step: SpreadStep::LeftOut } => out.push((2, spread.at())),
            _ => {}
        }
    }
    out
}
