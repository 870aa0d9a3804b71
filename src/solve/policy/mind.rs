//! A simulated trainee at work: what it does next, and a whole drill of it.

use super::Policy;
use super::answer::{Sheet, guess};
use super::best::best;
use super::guide::{Guide, Known, When};
use super::words::Looks;
use crate::engine::{
    Answer, Asked, Fact, Input, Seed, Settings, Shelf, State, Stream, Submission, What, holds, step,
};
use crate::scenario::{ActionId, ChoiceId, EvidenceId, QuestionId, Scenario, SimTime, Stage};
use crate::score::tally;
use std::cmp::Reverse;
use std::slice::from_ref;

/// What all simulated trainees of a scenario share.
pub(in crate::solve) struct Table<'s> {
    pub(in crate::solve) scenario: &'s Scenario,
    guide: &'s Guide,
    looks: Looks,
}

impl<'s> Table<'s> {
    pub(in crate::solve) fn new(scenario: &'s Scenario, guide: &'s Guide) -> Self {
        Self { scenario, guide, looks: Looks::of(scenario) }
    }
}

/// Plays one drill to ENDEX; its facts are in `facts`, which is emptied first. The expert
/// follows, of the lines to go by, the one that earns most in it.
pub(in crate::solve) fn play(
    table: &Table<'_>,
    policy: Policy,
    settings: Settings,
    facts: &mut Vec<Fact>,
) -> State {
    let first = table.guide.first();
    let lines = if policy == Policy::Expert { table.guide.lines(settings.seed) } else { from_ref(first) };
    let [line] = lines else {
        let mut other = Vec::new();
        let mut best = follow(table, &lines[0], policy, settings, facts);
        for line in &lines[1..] {
            let state = follow(table, line, policy, settings, &mut other);
            if tally(table.scenario, &other).earned > tally(table.scenario, facts).earned {
                std::mem::swap(facts, &mut other);
                best = state;
            }
        }
        return best;
    };
    follow(table, line, policy, settings, facts)
}

/// Plays one drill to ENDEX with one line to go by.
fn follow(
    table: &Table<'_>,
    line: &Known,
    policy: Policy,
    settings: Settings,
    facts: &mut Vec<Fact>,
) -> State {
    let scenario = table.scenario;
    let length = scenario.clock.length;
    let mut state = State::new(scenario);
    facts.clear();
    step(scenario, &mut state, SimTime::ZERO, &Input::Start(settings), facts)
        .expect("checked: a new drill starts");
    let mut mind = Mind::new(table, line, policy, settings.seed);
    let mut now = SimTime::ZERO;
    while !state.over() {
        while let Some(input) = mind.next(&state, now, facts) {
            // Who is refused has lost nothing: whatever it was is not tried again.
            let _ = step(scenario, &mut state, now, &input, facts);
        }
        if state.over() {
            break;
        }
        let until = mind.wakes(&state, now).unwrap_or(length).min(length);
        let before = facts.len();
        let _ = step(scenario, &mut state, until, &Input::Tick, facts);
        now = facts[before..].last().map_or(until, |fact| fact.at);
    }
    state
}

/// What a trainee has in mind.
struct Mind<'t, 's> {
    table: &'t Table<'s>,
    line: &'t Known,
    policy: Policy,
    seed: Seed,
    /// How many facts it has taken in.
    seen: usize,
    /// Questions to answer: where in the facts each opened.
    asked: Vec<usize>,
    /// Steps of the guide that are still to come.
    ahead: Vec<usize>,
    /// Actions and artefacts it has made up its mind about.
    settled: Vec<bool>,
    /// One action, one artefact to begin after an answer.
    owes: [bool; 2],
}

impl<'t, 's> Mind<'t, 's> {
    fn new(table: &'t Table<'s>, line: &'t Known, policy: Policy, seed: Seed) -> Self {
        let steps = if policy == Policy::Expert { line.steps.len() } else { 0 };
        let things = table.scenario.actions.len() + table.scenario.evidence.len();
        Self {
            table,
            line,
            policy,
            seed,
            seen: 0,
            asked: Vec::new(),
            ahead: (0..steps).collect(),
            settled: vec![false; things],
            owes: [false; 2],
        }
    }

    /// What the trainee does now; none if nothing.
    fn next(&mut self, state: &State, now: SimTime, facts: &[Fact]) -> Option<Input> {
        if self.policy == Policy::Silent || state.over() {
            return None;
        }
        for (row, fact) in facts.iter().enumerate().skip(self.seen) {
            if matches!(fact.what, What::Opened { .. }) {
                self.asked.push(row);
            }
        }
        self.seen = facts.len();
        if let Some(input) = self.guided(state, now) {
            return Some(input);
        }
        if let Some(input) = self.answer(state, facts) {
            return Some(input);
        }
        if state.busy.is_some() { None } else { self.work(state, now, facts) }
    }

    /// When the trainee wants to act next, whatever happens.
    fn wakes(&self, state: &State, now: SimTime) -> Option<SimTime> {
        let turns = self.ahead.iter().map(|row| &self.line.steps[*row]);
        turns.filter_map(|turn| due(state, turn.when)).filter(|due| *due > now).min()
    }

    /// The first step of the guide that is due and possible.
    fn guided(&mut self, state: &State, now: SimTime) -> Option<Input> {
        let steps = &self.line.steps;
        let ready = |row: &usize| {
            let turn = &steps[*row];
            due(state, turn.when).is_some_and(|due| due <= now) && self.possible(state, now, &turn.input)
        };
        let place = self.ahead.iter().position(ready)?;
        Some(steps[self.ahead.remove(place)].input.clone())
    }

    fn possible(&self, state: &State, now: SimTime, input: &Input) -> bool {
        match input {
            Input::Answer(given) => match state.questions[given.question.at()] {
                Asked::Open { offered, .. } => given.answer.choices().0 & !offered.0 == 0,
                Asked::Answered { .. } => true,
                Asked::Idle | Asked::Lapsed | Asked::Closed => false,
            },
            Input::Do(id) => state.busy.is_none() && self.on_offer(state, now, *id),
            Input::Examine(id) => state.busy.is_none() && state.evidence[id.at()] == Shelf::Available,
            Input::Hint(id) | Input::MoreTime(id) => {
                matches!(state.questions[id.at()], Asked::Open { .. })
            }
            Input::Note(_) | Input::End => true,
            Input::Tick | Input::Start(_) | Input::Pause(_) | Input::Resume => false,
            Input::Fire(_) | Input::Hold(_) | Input::Release(_) | Input::Skip(_) | Input::Extend(..) => false,
        }
    }

    fn on_offer(&self, state: &State, now: SimTime, id: ActionId) -> bool {
        let action = self.table.scenario.action(id);
        (action.often || !state.actions[id.at()]) && holds(&action.when, state, now)
    }

    /// The answer to a question that has just opened.
    fn answer(&mut self, state: &State, facts: &[Fact]) -> Option<Input> {
        while !self.asked.is_empty() {
            let What::Opened { question, offered, .. } = &facts[self.asked.remove(0)].what else { continue };
            if !matches!(state.questions[question.at()], Asked::Open { .. }) || self.leaves(state, *question)
            {
                continue;
            }
            if let Some((answer, confidence)) = self.say(state, facts, *question, offered) {
                self.owes = [true; 2];
                let submission = Submission { question: *question, answer, confidence, reason: None };
                return Some(Input::Answer(submission));
            }
        }
        None
    }

    /// Whether the expert leaves a question to its guide, or unanswered as the guide does.
    fn leaves(&self, state: &State, id: QuestionId) -> bool {
        let turn = |row: &&usize| self.line.steps[**row].when;
        let ahead = self.ahead.iter().find(|row| matches!(turn(row), When::Asked(other, _) if other == id));
        let fits = |row: &usize| match (&self.line.steps[*row].input, state.questions[id.at()]) {
            (Input::Answer(given), Asked::Open { offered, lapses, since, .. }) => {
                let late = matches!(turn(&row), When::Asked(_, delay) if since + delay >= lapses);
                given.answer.choices().0 & !offered.0 == 0 && !late
            }
            _ => false,
        };
        self.policy == Policy::Expert && (ahead.is_some_and(fits) || self.line.left[id.at()])
    }

    fn say(
        &self,
        state: &State,
        facts: &[Fact],
        id: QuestionId,
        offered: &[ChoiceId],
    ) -> Option<(Answer, Option<u8>)> {
        let question = self.table.scenario.question(id);
        let knows = self.knows(question.stage, question.name.as_str());
        let sheet = Sheet {
            scenario: self.table.scenario,
            looks: &self.table.looks,
            seed: self.seed,
            picks: picks(facts),
            id,
            offered,
        };
        let answer = if knows {
            best(self.table.scenario, id, offered, state.truth)
        } else {
            guess(self.policy, sheet)
        };
        let sure = match (self.policy, knows) {
            (Policy::Expert, _) => 99,
            (_, true) => 90,
            (_, false) => 50,
        };
        Some((answer?, question.confidence.then_some(sure)))
    }

    /// Whether the trainee knows what to do here; drawn by name, so once and for all.
    fn knows(&self, stage: Stage, name: &str) -> bool {
        match self.policy {
            Policy::Expert => true,
            Policy::Skilled(skill) => self.seed.percent(Stream::Knows, name, skill.of(stage)),
            Policy::Silent
            | Policy::Random
            | Policy::FirstChoice
            | Policy::LastChoice
            | Policy::LongestChoice
            | Policy::ShortestChoice
            | Policy::MostDrastic
            | Policy::AlwaysEscalate
            | Policy::NeverEscalate => false,
        }
    }

    /// Work that the trainee begins by itself while it is idle.
    fn work(&mut self, state: &State, now: SimTime, facts: &[Fact]) -> Option<Input> {
        match self.policy {
            Policy::Expert | Policy::Silent => None,
            Policy::Random | Policy::Skilled(_) => self.drawn(state, now),
            Policy::AlwaysEscalate => self.report(state, now),
            Policy::NeverEscalate => self.owed_evidence(state, facts),
            Policy::FirstChoice
            | Policy::LastChoice
            | Policy::LongestChoice
            | Policy::ShortestChoice
            | Policy::MostDrastic => {
                self.owed_action(state, now, facts).or_else(|| self.owed_evidence(state, facts))
            }
        }
    }

    /// The next thing on offer that the dice, or knowledge, want done.
    fn drawn(&mut self, state: &State, now: SimTime) -> Option<Input> {
        let scenario = self.table.scenario;
        for row in 0..scenario.actions.len() {
            let (id, action) = (ActionId::of(row), &scenario.actions[row]);
            if self.settled[row] || !self.on_offer(state, now, id) {
                continue;
            }
            let inside = action.window.is_none_or(|(opens, closes)| opens <= now && now < closes);
            let wants = if self.knows(action.stage, action.name.as_str()) {
                if action.credit > 0 && !inside {
                    continue;
                }
                action.credit > 0 || self.line.does(&Input::Do(id))
            } else {
                self.seed.percent(Stream::Does, action.name.as_str(), 50)
            };
            self.settled[row] = true;
            if wants {
                return Some(Input::Do(id));
            }
        }
        for row in 0..scenario.evidence.len() {
            let (id, artefact) = (EvidenceId::of(row), &scenario.evidence[row]);
            let place = scenario.actions.len() + row;
            if self.settled[place] || state.evidence[row] != Shelf::Available {
                continue;
            }
            self.settled[place] = true;
            let name = artefact.name.as_str();
            if self.knows(Stage::Analysis, name) || self.seed.percent(Stream::Does, name, 50) {
                return Some(Input::Examine(id));
            }
        }
        None
    }

    /// Every action on offer that sounds like reporting, the most so first.
    fn report(&mut self, state: &State, now: SimTime) -> Option<Input> {
        let actions = (0..self.table.scenario.actions.len()).map(ActionId::of);
        let sounds = |id: &ActionId| self.table.looks.actions[id.at()].reporting;
        let wanted = actions
            .filter(|id| sounds(id) > 0 && !self.settled[id.at()] && self.on_offer(state, now, *id))
            .min_by_key(|id| Reverse(sounds(id)))?;
        self.settled[wanted.at()] = true;
        Some(Input::Do(wanted))
    }

    /// After an answer one action, by the same habit.
    fn owed_action(&mut self, state: &State, now: SimTime, facts: &[Fact]) -> Option<Input> {
        if !std::mem::take(&mut self.owes[0]) {
            return None;
        }
        let scenario = self.table.scenario;
        let offered: Vec<usize> = (0..scenario.actions.len())
            .filter(|row| !state.actions[*row] && self.on_offer(state, now, ActionId::of(*row)))
            .collect();
        let looks = &self.table.looks.actions;
        let letters =
            |row: &usize| looks[*row].letters(scenario, &scenario.actions[*row].label, picks(facts));
        let row = if self.policy == Policy::MostDrastic {
            offered.into_iter().min_by_key(|row| Reverse(looks[*row].drastic))
        } else {
            by_place_or_length(self.policy, &offered, letters)
        };
        row.map(|row| Input::Do(ActionId::of(row)))
    }

    /// After an answer one artefact, by the same habit.
    fn owed_evidence(&mut self, state: &State, facts: &[Fact]) -> Option<Input> {
        if !std::mem::take(&mut self.owes[1]) {
            return None;
        }
        let scenario = self.table.scenario;
        let offered: Vec<usize> =
            (0..scenario.evidence.len()).filter(|row| state.evidence[*row] == Shelf::Available).collect();
        let looks = &self.table.looks.evidence;
        let letters =
            |row: &usize| looks[*row].letters(scenario, &scenario.evidence[*row].title, picks(facts));
        let row = by_place_or_length(self.policy, &offered, letters)?;
        // Begun once the action is done, if one is under way by then.
        Some(Input::Examine(EvidenceId::of(row)))
    }
}

/// The row that a habit of place or length takes; the first for all others.
fn by_place_or_length(policy: Policy, offered: &[usize], letters: impl Fn(&usize) -> usize) -> Option<usize> {
    let rows = offered.iter().copied();
    match policy {
        Policy::LastChoice => rows.last(),
        Policy::LongestChoice => rows.min_by_key(|row| Reverse(letters(row))),
        Policy::ShortestChoice => rows.min_by_key(letters),
        Policy::Expert
        | Policy::Silent
        | Policy::Random
        | Policy::FirstChoice
        | Policy::MostDrastic
        | Policy::AlwaysEscalate
        | Policy::NeverEscalate
        | Policy::Skilled(_) => offered.first().copied(),
    }
}

/// When a step of the guide is due; none while its question has not been asked.
fn due(state: &State, when: When) -> Option<SimTime> {
    match when {
        When::At(at) => Some(at),
        When::Asked(id, delay) => match state.questions[id.at()] {
            Asked::Open { since, .. } => Some(since + delay),
            Asked::Idle | Asked::Answered { .. } | Asked::Lapsed | Asked::Closed => None,
        },
    }
}

/// How the slots of a drill fell.
fn picks(facts: &[Fact]) -> &[u8] {
    match facts.first().map(|fact| &fact.what) {
        Some(What::Started { picks, .. }) => picks,
        _ => &[],
    }
}
