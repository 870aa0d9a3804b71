//! What a fact costs, whatever the size of the script: drills of 100 to 5,000
//! injects by answers and as a simulation plays them, a real script, clones and
//! hashes, draws. Marks to hold: a drill of 375 facts 75 µs (floor of
//! hand-written code: 23 µs), a fact of a simulated drill 150 ns, a clone 0.5 µs
//! at 150 injects (floor: 37 ns). Run with `cargo bench --bench engine`; one over
//! the elements a second is the time for a fact.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]

mod generated;
mod played;

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::hint::black_box;

use breachdrill::drill::scripted;
use breachdrill::engine::{Answer, Fact, Input, Seed, State, Stream, Submission, What, step};
use breachdrill::scenario::{Answers, ChoiceId, QuestionId, Scenario, SimTime, library, load};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use generated::generated;
use played::{SETTINGS, answers, play};

/// The same drill without a journal, as a simulation plays it: each question is
/// answered twenty seconds after it opens. `facts` is room to work in.
fn simulate(scenario: &Scenario, facts: &mut Vec<Fact>) -> State {
    let mut state = State::new(scenario);
    let mut open: VecDeque<(SimTime, QuestionId)> = VecDeque::new();
    facts.clear();
    step(scenario, &mut state, SimTime::ZERO, &Input::Start(SETTINGS), facts).unwrap();
    let mut seen = 0;
    while !state.over() {
        for fact in &facts[seen..] {
            if let What::Opened { question, .. } = fact.what {
                open.push_back((fact.at + SimTime(20), question));
            }
        }
        seen = facts.len();
        let next = open.front().map_or(scenario.clock.length, |(at, _)| *at);
        step(scenario, &mut state, next, &Input::Tick, facts).unwrap();
        if facts.len() == seen
            && let Some((at, question)) = open.pop_front()
        {
            let answer = Answer::One(ChoiceId(1));
            let submission = Submission { question, answer, confidence: None, reason: None };
            step(scenario, &mut state, at, &Input::Answer(submission), facts).unwrap();
        }
    }
    state
}

fn drills(c: &mut Criterion) {
    let mut group = c.benchmark_group("drill");
    for injects in [100, 143, 1_000, 5_000] {
        let scenario = load(&generated(injects)).scenario.unwrap();
        let steps = answers(&scenario);
        let facts = play(&scenario, &steps).facts().to_vec();
        let mut room = Vec::new();
        simulate(&scenario, &mut room);
        assert_eq!(facts, room, "both play the same drill");
        group.throughput(Throughput::Elements(facts.len() as u64));
        let count = format!("{injects} injects, {} facts", facts.len());
        group.bench_function(format!("by answers, journal in memory: {count}"), |b| {
            b.iter(|| play(black_box(&scenario), &steps));
        });
        group.bench_function(format!("simulated: {count}"), |b| {
            b.iter(|| simulate(black_box(&scenario), &mut room));
        });
        group.bench_function(format!("replay: {count}"), |b| {
            b.iter(|| State::after(black_box(&scenario), &facts));
        });
        let half = State::after(&scenario, &facts[..facts.len() / 2]);
        group.throughput(Throughput::Elements(1));
        group.bench_function(format!("clone of a state at half-time: {injects} injects"), |b| {
            b.iter(|| black_box(&half).clone());
        });
        group.bench_function(format!("hash of a state at half-time: {injects} injects"), |b| {
            b.iter(|| {
                let mut hasher = DefaultHasher::new();
                black_box(&half).hash(&mut hasher);
                hasher.finish()
            });
        });
    }
    group.finish();
}

fn ward_round(c: &mut Criterion) {
    let (_, text) = library().iter().find(|(name, _)| *name == "ward-round").unwrap();
    let scenario = load(text).scenario.unwrap();
    let answers = Answers::read(include_str!("../tests/fixtures/answers/ward-round-good.ron")).unwrap();
    let steps = scripted::plan(&scenario, &answers).unwrap();
    let facts = play(&scenario, &steps).facts().to_vec();
    let mut group = c.benchmark_group("ward-round");
    group.throughput(Throughput::Elements(facts.len() as u64));
    group.bench_function(format!("by its good answers: {} facts", facts.len()), |b| {
        b.iter(|| play(black_box(&scenario), &steps));
    });
    group.bench_function(format!("replay: {} facts", facts.len()), |b| {
        b.iter(|| State::after(black_box(&scenario), &facts));
    });
    group.finish();
}

fn draws(c: &mut Criterion) {
    c.bench_function("draw of a number", |b| {
        b.iter(|| black_box(Seed(7)).up_to(Stream::Jitter, black_box("first-look"), 240));
    });
    c.bench_function("draw of an order of four", |b| {
        b.iter(|| {
            let mut order = [0, 1, 2, 3];
            black_box(Seed(7)).shuffle(Stream::Order, black_box("first-look"), &mut order);
            order
        });
    });
}

criterion_group!(all, drills, ward_round, draws);
criterion_main!(all);
