//! Simulated trainees, beside the floor of a two-core machine: hand-written code with
//! nothing around it plays 43,000 drills of 375 facts a second and core. The mark is
//! 13,000, or 75 µs a drill, by one thread and with its score. Run with `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]

mod generated;

use std::hint::black_box;
use std::time::Duration;

use breachdrill::scenario::{Scenario, library, load};
use breachdrill::solve::{Guide, Plan, Policy, Skill, simulate};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use generated::generated;

/// Drills at a time; the expert plays once more for each seed, as the measure of the others.
const DRILLS: u32 = 64;

fn bench(c: &mut Criterion, name: &str, scenario: &Scenario) {
    let guide = Guide::none(scenario);
    let mut group = c.benchmark_group(format!("simulated trainees, {name}"));
    group.throughput(Throughput::Elements(u64::from(DRILLS) * 2)).measurement_time(Duration::from_secs(3));
    for policy in [Policy::Silent, Policy::Random, Policy::LongestChoice, Policy::Skilled(Skill::even(80))] {
        let plan = Plan {
            policies: vec![policy, Policy::Expert],
            drills: DRILLS,
            seed: 1,
            untimed: false,
            threads: 1,
        };
        group.bench_function(policy.to_string(), |b| {
            b.iter(|| simulate(black_box(scenario), &guide, &plan, &|_| true));
        });
    }
    group.finish();
}

fn benches(c: &mut Criterion) {
    bench(c, "143 injects, about 375 facts", &load(&generated(143)).scenario.unwrap());
    for (name, text) in library() {
        bench(c, name, &load(text).scenario.unwrap());
    }
}

criterion_group!(all, benches);
criterion_main!(all);
