//! Every line of a small scenario, one after another: no merging, no pruning, no
//! assumption. Written from the rules of the engine alone, as a judge of `solve`.
//!
//! Time is abstracted as exploration says that it does. A question may be answered when
//! it opens, when another truth comes into force (where the truth measures it), in its
//! last second, or never. A categorization may be revised when another truth comes into
//! force. Work may begin when it comes on offer, when other work has just been done, when
//! an inject arrives or a spread goes on, at the edges of an action's window
//! (its first and last second, and the one after), and so that
//! it ends just after anything that stands on the clock by then. At one moment several
//! things may be done, in any order. An action that takes no time is done once, however
//! often it may be done.
#![expect(clippy::wildcard_enum_match_arm, reason = "a judge names what matters to it")]

use breachdrill::engine::{
    Answer, Asked, Delivery, DutyClock, Fact, Input, Pair, Settings, Shelf, Spreading, State, Submission,
    What, Work, decide, holds,
};
use breachdrill::scenario::{
    ActionId, Ask, CategorizeSpec, Category, ChoiceId, ChoiceSet, ClassId, EstimateKey, EvidenceId,
    InjectKind, KindId, LevelId, Mark, PartnerId, QuestionId, Scenario, SimTime, Stage,
};
use breachdrill::score::{Points, score};
use breachdrill::solve::{Goal, Step};

/// What all lines together show.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) lines: usize,
    pub(crate) best: Option<(Points, Vec<Step>)>,
    pub(crate) worst: Option<(Points, Vec<Step>)>,
    /// By stage: the most that a line earned.
    pub(crate) stages: Vec<(Stage, Points)>,
    /// By question and choice: the most that a line earned on which it was chosen.
    pub(crate) through: Vec<((QuestionId, ChoiceId), Points)>,
    pub(crate) reached: Vec<Goal>,
}

/// Walks every line; `None` if there are more than `most`.
pub(crate) fn brute(scenario: &Scenario, settings: Settings, most: usize) -> Option<Found> {
    // One call for each move of a line, each with a state of its own: more than a test's thread holds.
    const STACK_BYTES: usize = 1 << 28;
    let walk = || {
        let mut walk = Walk { scenario, found: Found::default(), most };
        let here = walk.start(settings);
        walk.from(here).then_some(walk.found)
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, walk);
        thread.unwrap().join().unwrap()
    })
}

/// What a line reaches that is followed from one listed moment to the next, and whether
/// each of its steps is on the menu of the moment at which it is taken.
pub(crate) fn follow(scenario: &Scenario, settings: Settings, steps: &[Step]) -> (Vec<Goal>, bool) {
    let mut walk = Walk { scenario, found: Found::default(), most: usize::MAX };
    let mut here = walk.start(settings);
    let mut lawful = true;
    for step in steps {
        while here.now < step.at && !here.state.over() {
            here = walk.wait(&here, step.at);
        }
        lawful &= here.now == step.at && here.may.iter().any(|may| may.is(&step.input));
        match walk.take(&here, &step.input) {
            Some(next) => here = next,
            None => return (Vec::new(), false),
        }
    }
    while !here.state.over() {
        here = walk.wait(&here, SimTime::NEVER);
    }
    (walk.found.reached, lawful)
}

/// Everything that a script has and a line may reach.
pub(crate) fn goals(scenario: &Scenario) -> Vec<Goal> {
    use breachdrill::scenario::{EndingId, InjectId, TruthId};
    let mut goals = Vec::new();
    for (row, inject) in scenario.injects.iter().enumerate() {
        goals.push(Goal::Inject(InjectId::of(row)));
        if matches!(inject.kind, InjectKind::Checkpoint(_)) {
            goals.push(Goal::Missed(InjectId::of(row)));
        }
    }
    for (row, question) in scenario.questions.iter().enumerate() {
        goals.push(Goal::Question(QuestionId::of(row)));
        let choice = |choice| Goal::Choice(QuestionId::of(row), ChoiceId::of(choice));
        goals.extend((0..question.choices.len()).map(choice));
    }
    goals.extend((0..scenario.evidence.len()).map(|row| Goal::Evidence(EvidenceId::of(row))));
    goals.extend((0..scenario.actions.len()).map(|row| Goal::Action(ActionId::of(row))));
    goals.extend((0..scenario.truth.len()).map(|row| Goal::Truth(TruthId::of(row))));
    goals.extend((0..scenario.endings.len()).map(|row| Goal::Ending(EndingId::of(row))));
    goals
}

/// Something on the menu of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    Answer(QuestionId),
    Do(ActionId),
    Examine(EvidenceId),
}

impl May {
    fn is(self, input: &Input) -> bool {
        match (self, input) {
            (Self::Answer(id), Input::Answer(given)) => given.question == id,
            (Self::Do(id), Input::Do(done)) => *done == id,
            (Self::Examine(id), Input::Examine(seen)) => *seen == id,
            _ => false,
        }
    }
}

#[derive(Clone)]
struct Here {
    state: State,
    facts: Vec<Fact>,
    steps: Vec<Step>,
    now: SimTime,
    may: Vec<May>,
    /// Which actions are on offer.
    offer: Vec<bool>,
}

impl Here {
    fn put(&mut self, may: May) {
        if !self.may.contains(&may) {
            self.may.push(may);
        }
    }
}

struct Walk<'s> {
    scenario: &'s Scenario,
    found: Found,
    most: usize,
}

impl Walk<'_> {
    fn start(&mut self, settings: Settings) -> Here {
        let mut here = Here {
            state: State::new(self.scenario),
            facts: Vec::new(),
            steps: Vec::new(),
            now: SimTime::ZERO,
            may: Vec::new(),
            offer: vec![false; self.scenario.actions.len()],
        };
        let facts = decide(self.scenario, &here.state, SimTime::ZERO, &Input::Start(settings)).unwrap();
        self.hear(&mut here, facts);
        self.on_the_shelf(&mut here);
        self.listed(&mut here);
        self.settle(&mut here);
        here
    }

    /// Every line from here on; whether there were few enough.
    fn from(&mut self, here: Here) -> bool {
        if here.state.over() {
            return self.count(here);
        }
        for may in here.may.clone() {
            for input in self.inputs(&here, may) {
                if let Some(next) = self.take(&here, &input)
                    && !self.from(next)
                {
                    return false;
                }
            }
        }
        let next = self.wait(&here, SimTime::NEVER);
        self.from(next)
    }

    fn count(&mut self, here: Here) -> bool {
        let found = &mut self.found;
        found.lines += 1;
        let score = score(self.scenario, &here.facts);
        let earned = score.decisions.earned;
        for own in &score.stages {
            match found.stages.iter_mut().find(|(stage, _)| *stage == own.stage) {
                Some((_, most)) => *most = own.tally.earned.max(*most),
                None => found.stages.push((own.stage, own.tally.earned)),
            }
        }
        for step in &here.steps {
            let Input::Answer(given) = &step.input else { continue };
            let Answer::One(choice) = given.answer else { continue };
            match found.through.iter_mut().find(|(of, _)| *of == (given.question, choice)) {
                Some((_, most)) => *most = earned.max(*most),
                None => found.through.push(((given.question, choice), earned)),
            }
        }
        if found.best.as_ref().is_none_or(|(best, _)| earned > *best) {
            found.best = Some((earned, here.steps.clone()));
        }
        if found.worst.as_ref().is_none_or(|(worst, _)| earned < *worst) {
            found.worst = Some((earned, here.steps));
        }
        found.lines < self.most
    }

    fn take(&mut self, here: &Here, input: &Input) -> Option<Here> {
        let facts = decide(self.scenario, &here.state, here.now, input).ok()?;
        let mut next = here.clone();
        next.may.retain(|may| !may.is(input));
        next.steps.push(Step { at: here.now, input: input.clone() });
        self.hear(&mut next, facts);
        self.settle(&mut next);
        Some(next)
    }

    /// The next moment at which something may be done, up to `most`, or ENDEX.
    fn wait(&mut self, here: &Here, most: SimTime) -> Here {
        let mut next = here.clone();
        next.may.clear();
        while !next.state.over() && next.may.is_empty() && next.now < most {
            let begins = self.begins(&next);
            let first = begins.iter().map(|(at, _)| *at).min().unwrap_or(SimTime::NEVER);
            let stop = self.stop(&next).min(first).min(most);
            let due = decide(self.scenario, &next.state, stop, &Input::Tick).unwrap();
            next.now = due.first().map_or(stop, |fact| fact.at);
            self.hear(&mut next, due);
            self.listed(&mut next);
            let now = next.now;
            begins.iter().filter(|(at, _)| *at == now).for_each(|(_, may)| next.put(*may));
            self.settle(&mut next);
        }
        next
    }

    /// When work that is on offer would have to begin to end just after something on the
    /// clock: what is done at the very moment comes before it, what takes no time after.
    fn begins(&self, here: &Here) -> Vec<(SimTime, May)> {
        if here.state.busy.is_some() || here.state.over() {
            return Vec::new();
        }
        let actions = (0..here.offer.len()).filter(|row| here.offer[*row]).map(ActionId::of);
        let actions = actions.map(|id| (May::Do(id), self.scenario.action(id).takes));
        let evidence = (0..here.state.evidence.len()).map(EvidenceId::of);
        let evidence = evidence.filter(|id| here.state.evidence[id.at()] == Shelf::Available);
        let evidence = evidence.map(|id| (May::Examine(id), self.scenario.artefact(id).takes));
        let work: Vec<_> = actions.chain(evidence).collect();
        let clock = if work.is_empty() { Vec::new() } else { self.clock(here) };
        let begin = |at: SimTime, takes: SimTime| (at.0 + 1).checked_sub(takes.0.max(1)).map(SimTime);
        let all =
            clock.into_iter().flat_map(|at| work.iter().map(move |(may, takes)| (begin(at, *takes), *may)));
        all.filter_map(|(at, may)| Some((at.filter(|at| *at > here.now)?, may))).collect()
    }

    /// Everything that stands on the clock: what is due, what comes again by then, what
    /// the script has put there.
    fn clock(&self, here: &Here) -> Vec<SimTime> {
        let (s, state, length) = (self.scenario, &here.state, self.scenario.clock.length.0);
        let mut clock = Vec::new();
        let mut again = |due: SimTime, every: Option<SimTime>, jitter: SimTime| {
            let every = every.filter(|_| jitter == SimTime::ZERO).map_or(length, |every| every.0);
            clock.extend((due.0..length).step_by(every as usize).map(SimTime));
        };
        for (stands, inject) in state.injects.iter().zip(&s.injects) {
            if let Delivery::Due(due) | Delivery::Again { due, .. } = stands {
                again(*due, inject.again.as_ref().map(|again| again.every), inject.jitter);
            } else if let Delivery::Awaited(until) = stands {
                again(*until, None, SimTime::ZERO);
            }
        }
        for (stands, spread) in state.spreads.iter().zip(&s.spreads) {
            if let Spreading::On { due, .. } = stands {
                again(*due, spread.every, spread.jitter);
            }
        }
        for owed in &state.duties {
            if let DutyClock::Running(due) = owed.clock {
                again(due, None, SimTime::ZERO);
            }
        }
        for asked in &state.questions {
            if let Asked::Open { lapses, .. } = asked {
                again(*lapses, None, SimTime::ZERO);
            }
        }
        for (at, mark) in s.timetable.after(here.now) {
            let stands = match mark {
                Mark::Opens(question) => state.questions[question.at()] == Asked::Idle,
                Mark::Closes(inject) | Mark::Window(inject, _) => {
                    state.injects[inject.at()] == Delivery::Idle
                }
                _ => true,
            };
            if stands {
                again(*at, None, SimTime::ZERO);
            }
        }
        clock.sort_unstable();
        clock.dedup();
        clock
    }

    /// The next listed moment: last seconds, edges of windows, moments that conditions name.
    fn stop(&self, here: &Here) -> SimTime {
        let edges = self.scenario.actions.iter().filter_map(|action| action.window);
        let edges = edges.flat_map(|(opens, closes)| [opens.0, closes.0.saturating_sub(1), closes.0]);
        let last = here.state.questions.iter().filter_map(|asked| match asked {
            Asked::Open { lapses, .. } if *lapses != SimTime::NEVER => Some(lapses.0 - 1),
            _ => None,
        });
        let named = self.scenario.watch.iter().map(|moment| moment.0);
        let later = edges.chain(last).chain(named).filter(|moment| *moment > here.now.0);
        later.map(SimTime).min().unwrap_or(SimTime::NEVER).min(self.scenario.clock.length)
    }

    /// What this moment is listed for.
    fn listed(&self, here: &mut Here) {
        for row in 0..here.state.questions.len() {
            if matches!(here.state.questions[row], Asked::Open { lapses, .. } if lapses.0 == here.now.0 + 1) {
                here.put(May::Answer(QuestionId::of(row)));
            }
        }
        for (row, action) in self.scenario.actions.iter().enumerate() {
            let Some((opens, closes)) = action.window else { continue };
            if opens == here.now || closes == here.now || closes.0 == here.now.0 + 1 {
                here.put(May::Do(ActionId::of(row)));
            }
        }
    }

    /// Folds facts in, and puts on the menu what they bring.
    fn hear(&mut self, here: &mut Here, facts: Vec<Fact>) {
        for fact in facts {
            here.state.apply(&fact);
            self.reach(&fact);
            match &fact.what {
                What::Opened { question, .. } => here.put(May::Answer(*question)),
                What::Known(_) => {
                    for (row, question) in self.scenario.questions.iter().enumerate() {
                        let measured = match &question.ask {
                            Ask::ChooseOne => question.choices.iter().any(|c| !c.by_truth.is_empty()),
                            Ask::Triage(_) | Ask::Categorize(_) => true,
                            Ask::Estimate(spec) => !spec.by_truth.is_empty(),
                            _ => false,
                        };
                        let stands = here.state.questions[row];
                        let open = matches!(stands, Asked::Open { .. });
                        let given = matches!(stands, Asked::Answered { .. })
                            && matches!(&question.ask, Ask::Categorize(spec) if spec.revisable);
                        if measured && (open || given) {
                            here.put(May::Answer(QuestionId::of(row)));
                        }
                    }
                }
                What::Revealed(id) => here.put(May::Examine(*id)),
                What::Did(_) | What::Examined(_) | What::Delivered(_) | What::Spread { .. } => {
                    here.offer.fill(false);
                    self.on_the_shelf(here);
                }
                _ => {}
            }
            here.facts.push(fact);
        }
    }

    fn on_the_shelf(&self, here: &mut Here) {
        for row in 0..here.state.evidence.len() {
            if here.state.evidence[row] == Shelf::Available {
                here.put(May::Examine(EvidenceId::of(row)));
            }
        }
    }

    /// What else is due at this very moment, and what is on offer then.
    fn settle(&mut self, here: &mut Here) {
        loop {
            let due = decide(self.scenario, &here.state, here.now, &Input::Tick).unwrap();
            if due.is_empty() {
                break;
            }
            self.hear(here, due);
        }
        if here.state.over() {
            return;
        }
        for (row, action) in self.scenario.actions.iter().enumerate() {
            let id = ActionId::of(row);
            let under_way = matches!(here.state.busy, Some((Work::Action(busy), _)) if busy == id);
            let again = action.often && action.takes > SimTime::ZERO;
            let in_time = here.now + action.takes <= self.scenario.clock.length;
            let offer = in_time
                && !under_way
                && (again || !here.state.actions[row])
                && holds(&action.when, &here.state, here.now);
            if offer && !here.offer[row] {
                here.put(May::Do(id));
            }
            if offer {
                self.note(Goal::Action(id));
            }
            here.offer[row] = offer;
        }
        for row in 0..here.state.evidence.len() {
            if here.state.evidence[row] == Shelf::Available {
                self.note(Goal::Evidence(EvidenceId::of(row)));
            }
        }
    }

    fn note(&mut self, goal: Goal) {
        if !self.found.reached.contains(&goal) {
            self.found.reached.push(goal);
        }
    }

    fn reach(&mut self, fact: &Fact) {
        match &fact.what {
            What::Delivered(id) | What::Met(id) => self.note(Goal::Inject(*id)),
            What::Missed(id) => self.note(Goal::Missed(*id)),
            What::Known(id) => self.note(Goal::Truth(*id)),
            What::Ended { ending, .. } => self.note(Goal::Ending(*ending)),
            What::Opened { question, offered, .. } => {
                self.note(Goal::Question(*question));
                offered.iter().for_each(|choice| self.note(Goal::Choice(*question, *choice)));
            }
            _ => {}
        }
    }

    /// Every way to do what is on the menu.
    fn inputs(&self, here: &Here, may: May) -> Vec<Input> {
        match may {
            May::Do(id) => vec![Input::Do(id)],
            May::Examine(id) => vec![Input::Examine(id)],
            May::Answer(question) => {
                let given = |answer| Submission { question, answer, confidence: None, reason: None };
                let answers = self.answers(here, question).into_iter();
                answers.map(|answer| Input::Answer(given(answer))).collect()
            }
        }
    }

    /// Every answer; of numbers those that an estimate tells apart.
    fn answers(&self, here: &Here, id: QuestionId) -> Vec<Answer> {
        let offered: Vec<ChoiceId> = match here.state.questions[id.at()] {
            Asked::Open { offered, .. } => offered.iter().collect(),
            _ => Vec::new(),
        };
        match &self.scenario.question(id).ask {
            Ask::Triage(_) | Ask::ChooseOne => offered.into_iter().map(Answer::One).collect(),
            Ask::ChooseSeveral => {
                let all = subsets(&offered).into_iter();
                all.map(|set| Answer::Several(set.into_iter().collect::<ChoiceSet>())).collect()
            }
            Ask::PutInOrder { .. } => orders(&offered).into_iter().map(Answer::Order).collect(),
            Ask::Record { .. } => {
                let picked = subsets(&offered).into_iter().filter(|set| !set.is_empty());
                picked.flat_map(|set| orders(&set)).map(Answer::Order).collect()
            }
            Ask::Estimate(spec) => {
                let keys = [spec.key].into_iter().chain(spec.by_truth.iter().map(|(_, key)| *key));
                let tells = |key: EstimateKey| {
                    let far = [0, key.tolerance, (key.tolerance + key.outer) / 2, key.outer, key.outer + 1];
                    far.map(|off| Answer::Number(key.answer + off))
                };
                keys.flat_map(tells).collect()
            }
            Ask::Assign(_) | Ask::Notify(_) => self.pairs(id, &offered),
            Ask::Categorize(spec) => self.calls(spec).into_iter().map(Answer::Category).collect(),
            Ask::Reflect { .. } => vec![Answer::Text("x".into())],
        }
    }

    /// Every row left open, or paired with anybody, by any deadline.
    fn pairs(&self, id: QuestionId, offered: &[ChoiceId]) -> Vec<Answer> {
        let ask = &self.scenario.question(id).ask;
        let deadlines = ask.deadlines().iter().copied().map(Some);
        let deadlines: Vec<_> = if ask.deadlines().is_empty() { vec![None] } else { deadlines.collect() };
        let mut all: Vec<Vec<Pair>> = vec![Vec::new()];
        for row in offered {
            let mut more = all.clone();
            for with in (0..ask.partners().len()).map(PartnerId::of) {
                for by in &deadlines {
                    let pair = Pair { row: *row, with, by: *by };
                    more.extend(all.iter().map(|pairs| [pairs.as_slice(), &[pair]].concat()));
                }
            }
            all = more;
        }
        all.into_iter().map(Answer::Pairs).collect()
    }

    fn calls(&self, spec: &CategorizeSpec) -> Vec<Category> {
        let mut kinds: Vec<(Option<ClassId>, Option<KindId>)> = vec![(None, None)];
        if spec.class {
            kinds.clear();
            for (row, class) in self.scenario.taxonomy.classes.iter().enumerate() {
                kinds.push((Some(ClassId::of(row)), None));
                kinds.extend((0..class.types.len()).map(|t| (Some(ClassId::of(row)), Some(KindId::of(t)))));
            }
        }
        let levels = |asked: bool, count: usize| {
            if asked { (0..count).map(|row| Some(LevelId::of(row))).collect() } else { vec![None] }
        };
        let mut calls = Vec::new();
        for (class, kind) in kinds {
            for severity in levels(spec.severity, self.scenario.severities.len()) {
                for functional in levels(spec.impact[0], 4) {
                    let impact = [functional, None, None];
                    calls.push(Category { class, kind, severity, impact, ..Category::default() });
                }
            }
        }
        if spec.too_early {
            calls.push(Category { too_early: true, ..Category::default() });
        }
        calls
    }
}

fn subsets(of: &[ChoiceId]) -> Vec<Vec<ChoiceId>> {
    let set = |bits: u32| (0..of.len()).filter(|row| bits >> row & 1 == 1).map(|row| of[row]).collect();
    (0..1 << of.len()).map(set).collect()
}

fn orders(of: &[ChoiceId]) -> Vec<Vec<ChoiceId>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for row in 0..of.len() {
        let mut rest = of.to_vec();
        let first = rest.remove(row);
        found.extend(orders(&rest).into_iter().map(|order| [vec![first], order].concat()));
    }
    found
}
