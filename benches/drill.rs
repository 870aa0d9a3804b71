//! Load, drill, replay and debrief, beside the floors that were measured on a
//! two-core machine with hand-written code and nothing around it: a drill of
//! 375 facts 23 µs, its replay 21 µs, a clone of the state 37 ns. Marks to
//! hold: 75 µs, 1.2 times the drill, 0.5 µs; a what-if from half-time 40 µs, all
//! of a 25-question drill 20 ms. Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]

mod generated;
mod played;

use std::hint::black_box;

use breachdrill::debrief::{self, About, build};
use breachdrill::engine::{Fact, State};
use breachdrill::scenario::{library, load};
use breachdrill::solve::WhatIf;
use criterion::{Criterion, criterion_group, criterion_main};
use generated::generated;
use played::{answers, play};

fn benches(c: &mut Criterion) {
    let text = generated(143);
    let scenario = load(&text).scenario.unwrap();
    let steps = answers(&scenario);
    let facts: Vec<Fact> = play(&scenario, &steps).facts().to_vec();
    c.bench_function(&format!("drill of {} facts (mark 75 µs per 375)", facts.len()), |b| {
        b.iter(|| play(black_box(&scenario), &steps));
    });
    c.bench_function(&format!("replay of {} facts", facts.len()), |b| {
        b.iter(|| State::after(black_box(&scenario), &facts));
    });
    let state = State::after(&scenario, &facts);
    c.bench_function("clone of a state (mark 500 ns)", |b| b.iter(|| black_box(&state).clone()));
    c.bench_function(&format!("load of a generated script of {} kB", text.len() / 1000), |b| {
        b.iter(|| load(black_box(&text)));
    });
    for (name, text) in library() {
        c.bench_function(&format!("load of {name}, {} kB", text.len() / 1000), |b| {
            b.iter(|| load(black_box(text)));
        });
    }
    let earned = breachdrill::score::score(&scenario, &facts);
    let about = About {
        drill: "bench".into(),
        head: String::new(),
        trainee: None,
        started: None,
        engine: "bench".into(),
        parent: None,
        moves: 0,
        answers: false,
    };
    c.bench_function("debrief: built, and set as a page", |b| {
        b.iter(|| {
            let told = build(black_box(&scenario), &facts, &earned, &about);
            let mut page = String::new();
            debrief::html(&told, &mut page).unwrap();
            page.len()
        });
    });
    c.bench_function("score", |b| b.iter(|| breachdrill::score::score(black_box(&scenario), &facts)));
}

/// One decision changed at half-time, and every choice of every decision.
fn what_ifs(c: &mut Criterion) {
    let scenario = load(&generated(125)).scenario.unwrap();
    let steps = answers(&scenario);
    let facts: Vec<Fact> = play(&scenario, &steps).facts().to_vec();
    let drill = WhatIf::of(&scenario, &facts).unwrap();
    let all = drill.all();
    let half = all.turns.iter().find(|(_, others)| others[0].fork.cut >= facts.len() / 2).unwrap();
    let fork = half.1[0].fork.clone();
    c.bench_function("what-if from half-time (mark 40 µs)", |b| b.iter(|| drill.try_out(black_box(&fork))));
    let many: usize = all.turns.iter().map(|(_, others)| others.len()).sum();
    c.bench_function(&format!("all {many} what-ifs of 25 questions (mark 20 ms)"), |b| {
        b.iter(|| WhatIf::of(black_box(&scenario), &facts).unwrap().all());
    });
}

criterion_group!(all, benches, what_ifs);
criterion_main!(all);
