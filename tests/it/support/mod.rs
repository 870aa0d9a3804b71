//! What the tests share: drills that read like drills, and trainees at random.

pub(crate) mod cli;
pub(crate) mod fenced;
pub(crate) mod generated;

use breachdrill::drill::{Drill, scripted};
use breachdrill::engine::{
    Answer, Asked, CONFIDENCE_STEPS, Fact, Input, Pair, PauseCause, Seed, Settings, State, Submission,
};
use breachdrill::journal::Memory;
use breachdrill::scenario::{
    ActionId, Answers, Ask, Category, ChoiceId, ClassId, EvidenceId, InjectId, KindId, LevelId, PartnerId,
    QuestionId, Scenario, SeatSet, SimTime, load,
};

/// The fixture in which every trigger, effect and kind of question occurs.
pub(crate) const MACHINE_ROOM: &str = include_str!("../../fixtures/machine-room.ron");

/// The fixture with spreads, duties, repeats and chance.
pub(crate) const NIGHT_SHIFT: &str = include_str!("../../fixtures/night-shift.ron");

/// A scenario that must load without errors.
pub(crate) fn scenario(text: &str) -> Scenario {
    let loaded = load(text);
    loaded.scenario.unwrap_or_else(|| panic!("the script does not load: {:#?}", loaded.findings))
}

/// Settings as `play` has them by default.
pub(crate) fn settings(seed: u64) -> Settings {
    Settings { seed: Seed(seed), untimed: false, factor: 100, seats: SeatSet::ALL }
}

/// A drill played from answers, without a person. Every one is also a replay test.
pub(crate) struct Rehearsal<'s> {
    scenario: &'s Scenario,
    settings: Settings,
    answers: String,
}

impl<'s> Rehearsal<'s> {
    pub(crate) fn of(scenario: &'s Scenario) -> Self {
        Self { scenario, settings: settings(1), answers: String::new() }
    }

    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = Seed(seed);
        self
    }

    pub(crate) fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    pub(crate) fn untimed(mut self) -> Self {
        self.settings.untimed = true;
        self
    }

    pub(crate) fn factor(mut self, factor: u16) -> Self {
        self.settings.factor = factor;
        self
    }

    /// Steps as an answers file has them, without the brackets around.
    pub(crate) fn steps(mut self, steps: &str) -> Self {
        self.answers.push_str(steps);
        self
    }

    /// A whole answers file.
    pub(crate) fn answers(mut self, file: &str) -> Self {
        let inner = file.split_once("steps:").unwrap().1;
        let inner = &inner[inner.find('[').unwrap() + 1..inner.rfind(']').unwrap()];
        self.answers = inner.to_owned();
        self
    }

    /// The facts, and the lines about steps that were refused.
    pub(crate) fn run(self) -> (Vec<Fact>, Vec<String>) {
        let answers = Answers::read(&format!("Answers(steps: [{}])", self.answers)).unwrap();
        let steps = scripted::plan(self.scenario, &answers).unwrap();
        let mut drill = Drill::new(self.scenario, Memory::default());
        drill.submit(SimTime::ZERO, &Input::Start(self.settings)).unwrap().unwrap();
        let notices = scripted::run(&mut drill, &steps, |_| {}).unwrap();
        let replayed = State::after(self.scenario, drill.facts());
        assert_eq!(&replayed, drill.state(), "the state is a fold over the facts");
        (drill.facts().to_vec(), notices)
    }

    pub(crate) fn facts(self) -> Vec<Fact> {
        self.run().0
    }
}

/// A trainee who does something at random; `dice` decides everything.
pub(crate) fn something(scenario: &Scenario, state: &State, dice: u32) -> Input {
    let row = |count: usize, dice: u32| dice as usize % count.max(1);
    match dice % 16 {
        0..8 => {
            let open: Vec<_> = (0..scenario.questions.len())
                .filter(|q| matches!(state.questions[*q], Asked::Open { .. } | Asked::Answered { .. }))
                .collect();
            match open.get(row(open.len(), dice / 16)) {
                Some(question) => answer(scenario, state, QuestionId::of(*question), dice / 256),
                None => Input::Note("nothing is asked".into()),
            }
        }
        8..10 => Input::Do(ActionId::of(row(scenario.actions.len(), dice / 16))),
        10..12 => Input::Examine(EvidenceId::of(row(scenario.evidence.len(), dice / 16))),
        12 => Input::Hint(QuestionId::of(row(scenario.questions.len(), dice / 16))),
        13 => Input::MoreTime(QuestionId::of(row(scenario.questions.len(), dice / 16))),
        14 if (dice / 16).is_multiple_of(4) => Input::Pause(PauseCause::Asked),
        14 => Input::Note(format!("note {dice}")),
        _ => Input::Resume,
    }
}

/// An answer of the kind that the question asks for; not always a lawful one.
pub(crate) fn answer(scenario: &Scenario, state: &State, id: QuestionId, dice: u32) -> Input {
    let question = scenario.question(id);
    let offered: Vec<ChoiceId> = if let Asked::Open { offered, .. } = state.questions[id.at()] {
        offered.iter().collect()
    } else {
        Vec::new()
    };
    let one = offered.get(dice as usize % offered.len().max(1)).copied().unwrap_or(ChoiceId(0));
    let rotated = || {
        let mut order = offered.clone();
        order.rotate_left(dice as usize % offered.len().max(1));
        order
    };
    let answer = match &question.ask {
        Ask::Triage(_) | Ask::ChooseOne => Answer::One(one),
        Ask::ChooseSeveral => {
            Answer::Several(offered.iter().copied().filter(|c| dice >> c.0 & 1 == 1).collect())
        }
        Ask::PutInOrder { .. } => Answer::Order(rotated()),
        Ask::Record { .. } => {
            let mut picked = rotated();
            picked.truncate(1 + dice as usize % offered.len().max(1));
            Answer::Order(picked)
        }
        Ask::Assign(_) | Ask::Notify(_) => {
            let by = |dice: u32| {
                let deadlines = question.ask.deadlines();
                deadlines.get(dice as usize % deadlines.len().max(1)).copied()
            };
            let pair = |row: &ChoiceId| Pair {
                row: *row,
                with: PartnerId((dice / 3 % 4) as u8),
                by: by(dice / 11 + u32::from(row.0)),
            };
            Answer::Pairs(offered.iter().filter(|c| dice >> c.0 & 1 == 1).map(pair).collect())
        }
        Ask::Estimate(spec) => Answer::Number(spec.key.answer + i64::from(dice % 21) - 10),
        Ask::Categorize(spec) => Answer::Category(if dice.is_multiple_of(5) && spec.too_early {
            Category { too_early: true, ..Category::default() }
        } else {
            let level = |asked: bool, d: u32| asked.then_some(LevelId((d % 4) as u8));
            Category {
                class: spec.class.then_some(ClassId((dice % 11) as u8)),
                kind: (spec.class && dice.is_multiple_of(3)).then_some(KindId(0)),
                severity: level(spec.severity, dice / 3),
                factors: None,
                impact: [0, 1, 2].map(|axis| level(spec.impact[axis], dice / 7)),
                too_early: false,
            }
        }),
        Ask::Reflect { .. } => Answer::Text(format!("thought {dice}")),
    };
    let confidence = dice.is_multiple_of(3).then_some(CONFIDENCE_STEPS[dice as usize % 5]);
    let reason = dice.is_multiple_of(4).then(|| format!("reason {dice}"));
    Input::Answer(Submission { question: id, answer, confidence, reason })
}

/// A trainer who does something at random.
pub(crate) fn steering(scenario: &Scenario, dice: u32) -> Input {
    let inject = InjectId::of((dice / 16) as usize % scenario.injects.len().max(1));
    let question = QuestionId::of((dice / 16) as usize % scenario.questions.len().max(1));
    match dice % 16 {
        0..4 => Input::Fire(inject),
        4..8 => Input::Hold(inject),
        8..12 => Input::Release(inject),
        12 => Input::Skip(inject),
        13 => Input::Extend(question, SimTime(dice / 256 % 600)),
        14 => Input::Pause(PauseCause::Trainer),
        _ => Input::Resume,
    }
}

/// A whole drill by a trainee at random: the facts, and the inputs that were taken.
pub(crate) fn at_random(
    scenario: &Scenario,
    settings: Settings,
    dice: &[(u16, u32)],
) -> (Vec<Fact>, Vec<(SimTime, Input)>) {
    randomly(scenario, settings, dice, something)
}

/// The same with a trainer at random beside the trainee.
pub(crate) fn steered_at_random(
    scenario: &Scenario,
    settings: Settings,
    dice: &[(u16, u32)],
) -> (Vec<Fact>, Vec<(SimTime, Input)>) {
    randomly(scenario, settings, dice, |scenario, state, dice| match dice % 2 {
        0 => something(scenario, state, dice / 2),
        _ => steering(scenario, dice / 2),
    })
}

fn randomly(
    scenario: &Scenario,
    settings: Settings,
    dice: &[(u16, u32)],
    input: impl Fn(&Scenario, &State, u32) -> Input,
) -> (Vec<Fact>, Vec<(SimTime, Input)>) {
    let mut drill = Drill::new(scenario, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(settings)).unwrap().unwrap();
    let mut now = SimTime::ZERO;
    let mut inputs = Vec::new();
    for (wait, dice) in dice {
        if drill.state().paused.is_none() {
            now = now + SimTime(u32::from(*wait));
        }
        drill.advance(now).unwrap();
        let input = input(scenario, drill.state(), *dice);
        if drill.submit(now, &input).unwrap().is_ok() {
            inputs.push((now, input));
        }
    }
    if drill.state().paused.is_some() && drill.submit(now, &Input::Resume).unwrap().is_ok() {
        inputs.push((now, Input::Resume));
    }
    drill.advance(scenario.clock.length).unwrap();
    (drill.facts().to_vec(), inputs)
}
