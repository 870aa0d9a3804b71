//! A generated drill played whole, for the benches that need one.

use breachdrill::drill::{Drill, scripted};
use breachdrill::engine::{Input, Seed, Settings};
use breachdrill::journal::Memory;
use breachdrill::scenario::{Answers, Scenario, SeatSet, SimTime};

pub(crate) const SETTINGS: Settings =
    Settings { seed: Seed(7), untimed: false, factor: 100, seats: SeatSet::ALL };

pub(crate) fn answers(scenario: &Scenario) -> Vec<scripted::Planned> {
    let steps: String = scenario
        .questions
        .iter()
        .map(|q| format!("(asked: \"{}\", after: \"20s\", does: Choose(\"b\")),", q.name))
        .collect();
    scripted::plan(scenario, &Answers::read(&format!("Answers(steps: [{steps}])")).unwrap()).unwrap()
}

/// The whole drill, inject by inject, as a trainee without hesitation plays it.
pub(crate) fn play<'s>(scenario: &'s Scenario, steps: &[scripted::Planned]) -> Drill<'s, Memory> {
    let mut drill = Drill::new(scenario, Memory::default());
    drill.submit(SimTime::ZERO, &Input::Start(SETTINGS)).unwrap().unwrap();
    scripted::run(&mut drill, steps, |_| {}).unwrap();
    drill
}
