//! A drill driven by hand: names in, facts out.

use breachdrill::engine::{Answer, Fact, Input, Refusal, Seed, Settings, State, Submission, decide};
use breachdrill::scenario::{
    ActionId, Category, ChoiceId, EvidenceId, InjectId, LevelId, Name, QuestionId, Scenario, SimTime, load,
};
use breachdrill::score::{Item, ItemOf, Score, score};

pub(super) const SCRIPT: &str = include_str!("script.ron");

/// One drill, driven by hand: names in, facts out.
pub(super) struct Rehearsal {
    pub(super) scenario: Scenario,
    pub(super) state: State,
    pub(super) facts: Vec<Fact>,
}

fn row<T>(table: &[T], name: &str, of: impl Fn(&T) -> &Name) -> usize {
    table.iter().position(|t| of(t).as_str() == name).unwrap_or_else(|| panic!("nothing is named {name}"))
}

impl Rehearsal {
    pub(super) fn with(text: &str, settings: Settings) -> Self {
        let (scenario, findings) = load(text);
        let Some(scenario) = scenario else { panic!("the script is sound: {findings:#?}") };
        let state = State::new(&scenario);
        let mut drill = Self { scenario, state, facts: Vec::new() };
        drill.put(0, &Input::Start(settings));
        drill
    }

    pub(super) fn start() -> Self {
        Self::with(SCRIPT, PLAIN)
    }

    /// Lets time pass up to the second.
    pub(super) fn pass(&mut self, second: u32) {
        loop {
            let facts =
                decide(&self.scenario, &self.state, SimTime(second), &Input::Tick).expect("ticks pass");
            if facts.is_empty() {
                return;
            }
            self.take(facts);
        }
    }

    pub(super) fn take(&mut self, facts: Vec<Fact>) {
        for fact in facts {
            self.state.apply(&fact);
            self.facts.push(fact);
        }
    }

    pub(super) fn put(&mut self, second: u32, input: &Input) {
        let refused = self.offer(second, input);
        assert_eq!(refused, Ok(()), "{input:?} at {second}");
    }

    pub(super) fn offer(&mut self, second: u32, input: &Input) -> Result<(), Refusal> {
        if !matches!(input, Input::Start(_)) {
            self.pass(second);
        }
        self.take(decide(&self.scenario, &self.state, SimTime(second), input)?);
        Ok(())
    }

    pub(super) fn question(&self, name: &str) -> QuestionId {
        QuestionId::of(row(&self.scenario.questions, name, |q| &q.name))
    }
    pub(super) fn action(&self, name: &str) -> ActionId {
        ActionId::of(row(&self.scenario.actions, name, |a| &a.name))
    }
    pub(super) fn checkpoint(&self, name: &str) -> InjectId {
        InjectId::of(row(&self.scenario.injects, name, |i| &i.name))
    }
    pub(super) fn choices(&self, question: &str, names: &[&str]) -> Vec<ChoiceId> {
        let choices = &self.scenario.question(self.question(question)).choices;
        names.iter().map(|name| ChoiceId::of(row(choices, name, |c| &c.name))).collect()
    }

    pub(super) fn answer(&mut self, second: u32, question: &str, answer: Answer, confidence: Option<u8>) {
        let question = self.question(question);
        let submission = Submission { question, answer, confidence, reason: None };
        self.put(second, &Input::Answer(submission));
    }
    pub(super) fn choose(&mut self, second: u32, question: &str, choice: &str, confidence: Option<u8>) {
        let choice = self.choices(question, &[choice])[0];
        self.answer(second, question, Answer::One(choice), confidence);
    }
    pub(super) fn several(&mut self, second: u32, question: &str, names: &[&str]) {
        let chosen = self.choices(question, names).into_iter().collect();
        self.answer(second, question, Answer::Several(chosen), None);
    }
    pub(super) fn order(&mut self, second: u32, question: &str, names: &[&str]) {
        let order = self.choices(question, names);
        self.answer(second, question, Answer::Order(order), None);
    }
    pub(super) fn call(&mut self, second: u32, category: Category, confidence: Option<u8>) {
        self.answer(second, "cat", Answer::Category(category), confidence);
    }
    pub(super) fn act(&mut self, second: u32, action: &str) {
        self.put(second, &Input::Do(self.action(action)));
    }
    pub(super) fn examine(&mut self, second: u32) {
        self.put(second, &Input::Examine(EvidenceId(0)));
    }

    pub(super) fn score(&self) -> Score {
        score(&self.scenario, &self.facts)
    }
    /// ENDEX by the clock, and the score.
    pub(super) fn finish(&mut self) -> Score {
        self.pass(self.scenario.clock.length.0);
        assert!(self.state.over());
        self.score()
    }

    pub(super) fn of_question(&self, score: &Score, name: &str) -> Option<Item> {
        find(score, ItemOf::Question(self.question(name)))
    }
    pub(super) fn of_action(&self, score: &Score, name: &str) -> Option<Item> {
        find(score, ItemOf::Action(self.action(name)))
    }
    pub(super) fn of_checkpoint(&self, score: &Score, name: &str) -> Option<Item> {
        find(score, ItemOf::Checkpoint(self.checkpoint(name)))
    }
}

fn find(score: &Score, of: ItemOf) -> Option<Item> {
    score.items.iter().find(|item| item.of == of).cloned()
}

pub(super) const PLAIN: Settings = Settings { seed: Seed(1), untimed: false, factor: 100 };
pub(super) const MINUTE: u32 = 60;

/// The category that names these; `fraud` has its types in RSIT's order.
pub(super) fn category(drill: &Rehearsal, class: &str, kind: &str, severity: u8, functional: u8) -> Category {
    let taxonomy = &drill.scenario.taxonomy;
    let class = taxonomy.class(class).expect("RSIT has it");
    Category {
        class: Some(class),
        kind: taxonomy.kind(class, kind),
        severity: Some(LevelId(severity)),
        impact: [Some(LevelId(functional)), None, None],
        too_early: false,
    }
}
pub(super) const EARLY: Category =
    Category { class: None, kind: None, severity: None, impact: [None; 3], too_early: true };
