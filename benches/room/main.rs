//! A load tool: a room full of trainees on this machine, over loopback and nothing else.
//!
//! It runs the program itself as a host, lets people join, follow their pages
//! and decide, kills the host and takes the room up again, and prints what that
//! cost as a Markdown table. Client and server share the machine, so on two cores
//! the server alone does better. Everything is bounded: people, rounds and time.
//!
//! ```text
//! cargo bench --bench room                          1,000 people in teams, and 1,000 each alone
//! cargo bench --bench room -- --people 5000 --way together
//! ```
//!
//! Marks are those of `docs/performance.md`. Times are from the moment at which
//! something was due, or was sent, to the moment at which the last of all had
//! read it; nobody waits for an answer before the clock of the next one starts.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]
#![expect(clippy::print_stdout, reason = "it prints its figures")]

mod figures;
mod host;
mod person;
mod script;

use std::time::Duration;

use figures::{Figures, Row};
use host::Host;
use person::Crowd;

/// What is asked of the tool.
struct Asked {
    people: Vec<usize>,
    ways: Vec<&'static str>,
}

fn asked() -> Asked {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let people = after("--people").map_or_else(
        || vec![1_000],
        |list| list.split(',').map(|n| n.parse::<usize>().unwrap().min(10_000)).collect(),
    );
    let ways = match after("--way").as_deref() {
        Some("together") => vec!["together"],
        Some("side-by-side") => vec!["side-by-side"],
        Some(other) => panic!("--way together or --way side-by-side, not {other}"),
        None => vec!["together", "side-by-side"],
    };
    Asked { people, ways }
}

fn main() {
    // `cargo test --benches` asks every bench to show that it runs, not to measure.
    let test = std::env::args().any(|word| word == "--test");
    let asked = if test { Asked { people: vec![8], ways: vec!["together"] } } else { asked() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for people in asked.people {
        for way in &asked.ways {
            println!("\n{people} people, {way}\n");
            let figures = runtime.block_on(measure(people, way));
            println!("{figures}");
        }
    }
}

/// Rounds of injects that are measured while nothing else goes on.
const ROUNDS: usize = 15;

/// The most people who decide at the same moment.
const AT_ONCE: usize = 5_000;

/// Attempts to come into a room that is full.
const FLOOD: usize = 10_000;

async fn measure(people: usize, way: &'static str) -> Figures {
    let mut figures = Figures::default();
    let mut host = Host::open(people, way);
    let trainer = host.trainer().await;
    let crowd = arrive(&host, people, &mut figures).await;
    trainer.act(&host, "start", "").await;
    inject(&crowd, people, &mut figures).await;
    for wave in 0..3 {
        trainer.fire(&host, wave).await;
        crowd.all_asked(wave).await;
        // More than these cannot have a connection each beside the one for their page, within the usual limit of files.
        if people > AT_ONCE {
            continue;
        }
        let took = crowd.decide_at_once(&host, wave).await;
        let mark = if people <= 1_000 { 100.0 } else { 350.0 };
        let what = format!("{people} decisions at once, last durable answer");
        figures.add(Row::plain(&what, "ms", took, Some(mark)));
    }
    trainer.fire(&host, script::LONG).await;
    crowd.all_asked(script::LONG).await;
    crowd.forget_beats();
    let rate = crowd.decide_for_long(&host).await;
    figures.add(Row::least("durable decisions a second, one after another", "/s", rate, 15_000.0));
    figures.add(Row::spread("how late the clock is meanwhile", "ms", &crowd.lateness(), Some(50.0)));
    flood(&host, &crowd, &mut figures).await;
    survive(&mut host, &crowd, &mut figures).await;
    figures
}

/// Everybody comes in and opens their page.
async fn arrive(host: &Host, people: usize, figures: &mut Figures) -> Crowd {
    let megabytes = |kib: i64| kib as f64 / 1024.0;
    let empty = host.resident_kib();
    figures.add(Row::plain("memory of the host, empty", "MB", megabytes(empty), Some(30.0)));
    let crowd = Crowd::join(host, people, figures).await;
    crowd.follow(host).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let full = host.resident_kib();
    let mark = 30.0 + 24.0 * people as f64 / 1024.0;
    figures.add(Row::plain("memory of the host, everybody there", "MB", megabytes(full), Some(mark)));
    let each = (full - empty) as f64 / people as f64;
    figures.add(Row::plain("more for each who is there", "KiB", each, None));
    crowd
}

/// Injects come, and nothing else happens.
async fn inject(crowd: &Crowd, people: usize, figures: &mut Figures) {
    let beats = crowd.beats(ROUNDS).await;
    let mark = match people {
        ..=1_000 => 35.0,
        1_001..=5_000 => 120.0,
        _ => 220.0,
    };
    figures.add(Row::spread("inject due to last of all", "ms", &beats.last, Some(mark)));
    figures.add(Row::spread("inject due to the first", "ms", &beats.first, None));
}

/// Strangers who have the code try to come into a room that is full.
async fn flood(host: &Host, crowd: &Crowd, figures: &mut Figures) {
    crowd.forget_beats();
    let before = host.resident_kib();
    let took = crowd.flood(host, FLOOD).await;
    figures.add(Row::plain(&format!("{FLOOD} refused joins at a full room"), "s", took, None));
    let cost = (host.resident_kib() - before) as f64 / 1024.0;
    figures.add(Row::plain("memory that they cost", "MB", cost, Some(50.0)));
    figures.add(Row::spread("how late the clock is meanwhile", "ms", &crowd.lateness(), Some(50.0)));
}

/// The host is killed and taken up again, and everything that was acknowledged is asked for once more.
async fn survive(host: &mut Host, crowd: &Crowd, figures: &mut Figures) {
    let back = crowd.survive(host).await;
    figures.add(Row::plain("kill -9 to everybody back on the right page", "s", back, Some(5.0)));
    let (asked, wrong) = crowd.ask_again(host).await;
    let what = format!("of {asked} decisions asked for once more, lost or doubled");
    figures.add(Row::plain(&what, "", wrong as f64, Some(0.0)));
    figures.add(Row::plain("journal verified afterwards, entries", "", host.verify() as f64, None));
}
