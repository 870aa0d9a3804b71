//! Exploration: moves a second, bytes a state, growth with the size of a script.
//!
//! Beside the floors that were measured on a two-core machine with hand-written code
//! and nothing around it: 0.4 to 0.7 million transitions a second, 2 kB a state on the
//! frontier. Marks to hold: 200,000 transitions a second, 64 bytes a visited state. Run
//! with `cargo bench --bench solve`; `docs/performance.md` says what was measured where.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]
#![expect(clippy::print_stderr, reason = "figures that criterion has no place for")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Duration;

use breachdrill::engine::{Seed, Settings};
use breachdrill::scenario::{Scenario, SeatSet, library, load};
use breachdrill::solve::{Bounds, Exploration, Goal, explore, prove};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const SETTINGS: Settings = Settings { seed: Seed(7), untimed: false, factor: 100, seats: SeatSet::ALL };

fn points(scenario: &Scenario, states: usize) -> Exploration {
    explore(scenario, SETTINGS, Goal::Points, Bounds { states }, &mut |_| true)
}

/// A script with `injects` injects and a question for every fifth. What is chosen moves
/// a gauge between three values, which decides what the next question offers; so lines
/// join again and again, and work grows with the length of the script alone.
fn generated(injects: usize) -> String {
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Generated", summary: "For benches.", audience: Responders, minutes: 10,
cast: { "ada": (label: "Ada", role: "operator") },
clock: (startex: "2026-03-06 08:00", zone: "Europe/Berlin", length: "200h", pace: 600),
gauges: { "g": (label: "G", start: 0, min: 0, max: 2, good: Low) },
injects: {
"#,
    );
    for n in 0..injects {
        let ask = if n % 5 == 0 { format!("Ask(\"q{n}\")") } else { String::new() };
        let at = 60 + n * 60;
        let _ = writeln!(
            text,
            r#""i{n}": (at: "{at}s", via: Desk(from: "ada"), body: "Inject {n}.", then: [{ask}]),"#
        );
    }
    text.push_str("},\nquestions: {\n");
    for n in (0..injects).step_by(5) {
        let _ = writeln!(
            text,
            r#""q{n}": (stage: Response, says: "Question {n}?", lapses: "4m", why: "w", ask: ChooseOne({{ "a": (says: "First of {n}", credit: 100, when: AtMost("g", 1), then: [Add("g", 1)]), "b": (says: "Second of {n}", credit: 20, then: [Add("g", -1)]), "c": (says: "Third of {n}", credit: -50) }})),"#
        );
    }
    text.push_str("},\nendings: { \"bad\": (when: AtLeast(\"g\", 2), title: \"Bad\", says: \"b\"), \"end\": (good: true, title: \"End\", says: \"e\") },\n)");
    text
}

/// What this process holds in memory now, and held at most, in bytes; on Linux only.
fn memory() -> Option<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = |key: &str| {
        let line = status.lines().find(|line| line.starts_with(key))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    Some((kilobytes("VmRSS:")? * 1024, kilobytes("VmHWM:")? * 1024))
}

/// Questions that are open at once, each with a weight of its own on one gauge: hardly
/// any two lines come to the same, so the table is filled to its bound.
fn filling() -> String {
    let mut text = String::from(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Filling", summary: "For benches.", audience: Everyone, minutes: 10,
cast: { "ada": (label: "Ada") },
clock: (startex: "2026-03-09 09:00", zone: "Europe/Berlin", length: "4h", pace: 60),
gauges: { "g": (label: "G", start: 0, min: -1000000000, max: 1000000000, good: Low) },
injects: { "i": (at: "0m", via: Desk(from: "ada"), body: "b") },
questions: {
"#,
    );
    for row in 0..22 {
        let (one, other) = (1_u64 << row, 3_u64.pow(row % 18));
        let _ = writeln!(
            text,
            r#""q{row}": (stage: Response, says: "Q{row}?", opens: "{row}m", lapses: "3h", why: "w", ask: ChooseOne({{ "a": (says: "A{row}", credit: 100, then: [Add("g", {one})]), "b": (says: "B{row}", credit: 20, then: [Add("g", -{other})]) }})),"#
        );
    }
    text.push_str("},\nendings: { \"much\": (when: AtLeast(\"g\", 900000000), at_once: true, title: \"M\", says: \"m\"), \"end\": (title: \"E\", says: \"e\") },\n)");
    text
}

fn bytes_a_state() {
    let scenario = load(&filling()).scenario.unwrap();
    for states in [500_000, 1_000_000, 2_000_000] {
        let Some((before, _)) = memory() else { return };
        let found = points(&scenario, states);
        let Some((_, most)) = memory() else { return };
        let visited = found.progress.states.max(1) as u64;
        let each = most.saturating_sub(before) / visited;
        eprintln!("{visited} states visited: at most {each} bytes each while the table grew (mark 64)");
    }
}

fn benches(c: &mut Criterion) {
    bytes_a_state();
    let mut group = c.benchmark_group("explore");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (name, text) in library() {
        let scenario = load(text).scenario.unwrap();
        let found = points(&scenario, 100_000);
        eprintln!("{name}: {:?}, cut {:?}", found.progress, found.cut);
        group.throughput(Throughput::Elements(found.progress.transitions));
        group.bench_function(*name, |b| b.iter(|| points(black_box(&scenario), 100_000)));
    }
    for injects in [100, 1_000, 5_000] {
        let scenario = load(&generated(injects)).scenario.unwrap();
        let found = points(&scenario, 1_000_000);
        eprintln!("{injects} injects: {:?}, cut {:?}", found.progress, found.cut);
        group.throughput(Throughput::Elements(found.progress.transitions));
        group.bench_function(format!("{injects} injects"), |b| {
            b.iter(|| points(black_box(&scenario), 1_000_000));
        });
    }
    group.finish();
    let mut group = c.benchmark_group("prove everything");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (name, text) in library().iter().filter(|(name, _)| *name == "first-light") {
        let scenario = load(text).scenario.unwrap();
        group.bench_function(*name, |b| {
            b.iter(|| prove(black_box(&scenario), SETTINGS, Bounds::default(), &mut |_| true));
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
