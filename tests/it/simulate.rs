//! Simulated trainees: in character, the same on every machine, and of use to an author.

use breachdrill::debrief::{
    LinkKind, Screen, Simulated, gauge_uses, graph, graph_mermaid, graph_svg, simulated_html,
    simulated_terminal,
};
use breachdrill::scenario::{Scenario, library, load};
use breachdrill::solve::{
    Bound, Bounds, Exploration, Goal, Guide, PassMark, Plan, Policy, Simulation, Skill, explore, guess_proof,
    simulate,
};

use crate::support::cli::Cli;
use crate::support::{MACHINE_ROOM, NIGHT_SHIFT, scenario, settings};

fn explored(scenario: &Scenario) -> Exploration {
    explore(scenario, settings(1), Goal::Points, Bounds::default(), &mut |p| p.transitions < 300_000)
}

fn everybody(scenario: &Scenario, drills: u32, threads: usize) -> Simulation {
    let guide = Guide::of(scenario, &explored(scenario).best.line);
    simulate(scenario, &guide, &Plan::everybody(drills, 1, threads), &|_| true)
}

fn shipped() -> impl Iterator<Item = (&'static str, Scenario)> {
    library().iter().map(|(name, text)| (*name, load(text).scenario.unwrap()))
}

/// One question in which the best choice gives itself away, and one that pays for silence.
fn giveaway(best: &str, others: &str) -> Scenario {
    scenario(&giveaway_text(best, others))
}

fn giveaway_text(best: &str, others: &str) -> String {
    format!(
        r#"#![type = "breachdrill/scenario/1"]
Scenario(title: "Giveaway", summary: "s", audience: Everyone, minutes: 1, pass: 60,
    clock: (startex: "2026-03-06 08:55", zone: "Europe/Berlin", length: "20m", pace: 10),
    cast: {{ "ada": (label: "Ada", role: "operator") }},
    injects: {{ "one": (at: "1m", via: Desk(from: "ada"), body: "b", then: [Ask("q")]) }},
    questions: {{ "q": (stage: Response, says: "What now?", lapses: "5m", ask: ChooseOne({{
        "best": (says: "{best}", credit: 100, why: "w1"),
        "a": (says: "{others} a", credit: 0, why: "w2"),
        "b": (says: "{others} bb", credit: 0, why: "w3"),
        "c": (says: "{others} ccc", credit: 0, why: "w4"),
    }})) }},
    endings: {{ "end": (good: true, title: "End", says: "e") }},
)"#
    )
}

#[test]
fn the_result_does_not_depend_on_how_many_work_at_it() {
    for text in [MACHINE_ROOM, NIGHT_SHIFT] {
        let scenario = scenario(text);
        assert_eq!(everybody(&scenario, 21, 1), everybody(&scenario, 21, 4));
    }
}

#[test]
fn whoever_answers_is_never_refused_an_answer() {
    // The fixtures have every kind of question.
    for text in [MACHINE_ROOM, NIGHT_SHIFT] {
        let scenario = scenario(text);
        let guide = Guide::none(&scenario);
        for policy in Policy::GUESSERS.into_iter().chain([Policy::Expert, Policy::Skilled(Skill::even(50))]) {
            let mut plan = Plan::everybody(16, 1, 1);
            plan.policies = vec![policy];
            let hits = simulate(&scenario, &guide, &plan, &|_| true).hits;
            for (question, hits) in scenario.questions.iter().zip(&hits.questions) {
                let answered = if policy == Policy::Silent { 0 } else { hits.opened };
                assert_eq!(hits.answered, answered, "{policy} at {}: {hits:?}", question.name);
            }
        }
    }
}

#[test]
fn the_expert_earns_the_whole_best_line() {
    for (name, scenario) in shipped() {
        let best = explored(&scenario).best;
        let proof = guess_proof(&scenario, &best.line, 8, 2, &|_| true);
        let missed = proof.missed.iter().find(|bound| matches!(bound, Bound::Expert { .. }));
        assert_eq!(missed, None, "{name}");
    }
}

#[test]
fn the_expert_leaves_what_the_best_line_leaves() {
    // The best line withdraws a question by an action, for answering it would end the drill.
    let scenario = scenario(include_str!("../fixtures/solve/closed-on-purpose.ron"));
    let best = explored(&scenario).best;
    assert!(best.proved());
    let proof = guess_proof(&scenario, &best.line, 8, 1, &|_| true);
    assert!(!proof.missed.iter().any(|bound| matches!(bound, Bound::Expert { .. })), "{:?}", proof.missed);
    let simulation = everybody(&scenario, 10, 1);
    assert!(simulation.played.iter().all(|played| played.of_best.ranks[6] <= 100), "nobody passes it");
}

#[test]
fn the_expert_knows_the_best_line_of_every_drill() {
    let scenario =
        load(library().iter().find(|(name, _)| *name == "night-noise").unwrap().1).scenario.unwrap();
    let plan = Plan {
        policies: vec![Policy::Expert, Policy::Skilled(Skill::even(80))],
        ..Plan::everybody(24, 3, 2)
    };
    let first = explore(&scenario, settings(3), Goal::Points, Bounds::default(), &mut |_| true).best.line;
    let guide = Guide::of_plan(&scenario, &first, &plan, 300_000, &mut |_| true);
    let known = simulate(&scenario, &guide, &plan, &|_| true);
    assert_eq!(known.played[0].scores.ranks, [100; 7], "everything, whatever chance leaves out");
    assert!(known.played[1].of_best.ranks[6] <= 100, "{:?}", known.played[1].of_best);
    // With one line to go by, it has to make do where the dice fall otherwise.
    let one = simulate(&scenario, &Guide::of(&scenario, &first), &plan, &|_| true);
    assert!(one.played[0].scores.mean < 10_000, "{:?}", one.played[0].scores);
}

#[test]
fn things_are_drawn_where_they_can_come_at_the_earliest() {
    let text = giveaway_text("Best", "Other").replace(
        "    endings:",
        r#"    evidence: { "log": (title: "Log", takes: "7m", body: "b", decoy: true) },
    actions: {
        "act": (label: "Act", takes: "2m", stage: Response, credit: 50, when: Examined("log"), result: "r", why: "w"),
        "tell": (label: "Tell", stage: Response, credit: 50, when: All([Did("act"), Delivered("one")]), result: "r", why: "x"),
        "ask": (label: "Ask", stage: Response, credit: 50, when: Any([Delivered("one"), Did("tell")]), result: "r", why: "y"),
        "round": (label: "Round", stage: Response, credit: 50, when: Did("round"), window: ("3m", "9m"), result: "r", why: "z"),
    },
    endings:"#,
    );
    let laid = graph(&scenario(&text), None);
    let from = |name: &str| laid.rows.iter().find(|row| row.name == name).unwrap().span.0.0;
    assert_eq!(["act", "tell", "ask", "round"].map(from), [420, 540, 60, 180]);
}

#[test]
fn why_no_mark_will_do_is_said_plainly() {
    let told = |random, expert, skilled| {
        let scenario = giveaway("Best", "Other");
        let mut plan = Plan::everybody(2, 1, 1);
        plan.policies = vec![Policy::Random];
        let mut simulation = simulate(&scenario, &Guide::none(&scenario), &plan, &|_| true);
        simulation.mark = PassMark::None { missed_at_random: random, expert, skilled };
        let best = explored(&scenario).best;
        let (simulation, best) = (&simulation, best.earned);
        let simulated = Simulated { scenario: &scenario, plan: &plan, simulation, best, proved: true };
        let mut text = String::new();
        let screen = Screen { width: 80, colour: false, ascii: false };
        simulated_terminal(&simulated, screen, &mut text).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = told(105, 100, 100);
    assert!(
        all.contains("one in twenty who answer at random earns everything, and no mark is above that"),
        "{all}"
    );
    assert!(!all.contains("105"), "{all}");
    let some = told(85, 90, 80);
    assert!(some.contains("to miss it, it would have to be 85 %, but half of those who know 80 %"), "{some}");
    assert!(!some.contains("expert earns"), "{some}");
}

#[test]
fn a_choice_that_gives_itself_away_is_found() {
    let cases = [
        ("A long and careful answer, as only somebody who knows gives it", "Short", Policy::LongestChoice),
        ("Wait", "Something that takes a good many words", Policy::ShortestChoice),
        ("Report it to the desk", "Do whatever else comes to mind", Policy::AlwaysEscalate),
        ("Shut everything off at once", "Do whatever else comes to mind", Policy::MostDrastic),
        ("Do whatever comes to mind", "Report it and tell", Policy::NeverEscalate),
    ];
    for (best, others, guesser) in cases {
        let scenario = giveaway(best, others);
        let line = explored(&scenario).best.line;
        let proof = guess_proof(&scenario, &line, 40, 1, &|_| true);
        let found = |policy| {
            proof
                .missed
                .iter()
                .any(|b| matches!(b, Bound::Guesser { policy: p, mean: 10_000 } if *p == policy))
        };
        assert!(found(guesser), "{guesser}: {:?}", proof.missed);
        assert!(!found(Policy::Silent) && !found(Policy::FirstChoice), "{:?}", proof.missed);
        // One choice in four is right: one in twenty at random earns everything.
        assert!(proof.missed.contains(&Bound::Random { high: 100, pass: 60 }), "{:?}", proof.missed);
    }
}

#[test]
fn knowing_more_earns_more_and_a_pass_mark_tells_them_apart() {
    let scenario =
        load(library().iter().find(|(name, _)| *name == "ward-round").unwrap().1).scenario.unwrap();
    let guide = Guide::of(&scenario, &explored(&scenario).best.line);
    let mut plan = Plan::everybody(40, 1, 2);
    let skilled = [0, 25, 50, 80, 100].map(|percent| Policy::Skilled(Skill::even(percent)));
    plan.policies = skilled.into_iter().chain([Policy::Random, Policy::Expert]).collect();
    let simulation = simulate(&scenario, &guide, &plan, &|_| true);
    let means: Vec<u32> = simulation.played.iter().map(|p| p.scores.mean).collect();
    assert!(means[..5].is_sorted() && means[4] > means[0] * 2, "{means:?}");
    assert!(
        matches!(simulation.mark, PassMark::Suggested(mark) if (20..=90).contains(&mark)),
        "{:?}",
        simulation.mark
    );
    let drills: u32 = simulation.hits.endings.iter().sum();
    assert_eq!(drills, 40 * 7, "every drill ends");
}

#[test]
fn conditions_are_counted_on_both_sides() {
    let scenario = scenario(MACHINE_ROOM);
    let hits = everybody(&scenario, 12, 1).hits;
    assert!(!hits.gates.is_empty());
    assert!(hits.gates.iter().any(|(_, side)| side.held > 0 && side.failed > 0), "{:?}", hits.gates);
    assert!(hits.gates.iter().all(|(_, side)| side.held <= hits.drills && side.failed <= hits.drills));
}

#[test]
fn pages_and_pictures_are_written_for_the_browser() {
    let shelf = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("debrief");
    std::fs::create_dir_all(&shelf).unwrap();
    // Of the renderings those with the longest words; the browser takes seconds for each page.
    let looked_at = |(name, _): &(&str, Scenario)| !name.ends_with("-fr") && !name.ends_with("-es");
    for (name, scenario) in shipped().filter(looked_at) {
        let best = explored(&scenario).best;
        let plan = Plan::everybody(12, 1, 2);
        let simulation = simulate(&scenario, &Guide::of(&scenario, &best.line), &plan, &|_| true);
        let simulated = Simulated {
            scenario: &scenario,
            plan: &plan,
            simulation: &simulation,
            best: best.earned,
            proved: best.proved(),
        };
        let mut page = String::new();
        simulated_html(&simulated, &mut page).unwrap();
        assert!(page.contains("<title>EXERCISE · Simulation: ") && page.matches("<svg").count() == 6);
        std::fs::write(shelf.join(format!("simulation-{name}.html")), page).unwrap();
        let mut drawn = String::new();
        graph_svg(&graph(&scenario, Some(&simulation.hits)), &mut drawn).unwrap();
        std::fs::write(shelf.join(format!("graph-{name}.svg")), drawn).unwrap();
    }
}

/// A number within an attribute.
fn numbers<'t>(svg: &'t str, attribute: &'t str) -> impl Iterator<Item = i32> + 't {
    svg.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok())
}

#[test]
fn every_script_can_be_drawn() {
    let fixtures = [("machine-room", scenario(MACHINE_ROOM)), ("night-shift", scenario(NIGHT_SHIFT))];
    for (name, scenario) in shipped().chain(fixtures) {
        let laid = graph(&scenario, None);
        let things = scenario.injects.len() + scenario.questions.len() + scenario.actions.len();
        let others = scenario.spreads.len() + scenario.duties.len() + scenario.endings.len();
        assert_eq!(laid.rows.len(), things + others, "{name}");
        let brought = laid.links.iter().filter(|link| link.kind == LinkKind::Brings).count();
        assert!(brought > 0 && laid.links.iter().all(|link| link.from != link.to), "{name}");
        for row in &laid.rows {
            assert!(row.span.0 <= row.span.1 && row.span.1 <= scenario.clock.length, "{name}: {row:?}");
        }
        let mut svg = String::new();
        graph_svg(&laid, &mut svg).unwrap();
        well_formed(&svg);
        let high: i32 =
            svg.split("viewBox=\"0 0 1264 ").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        assert!(numbers(&svg, " x=\"").all(|x| (0..1264).contains(&x)), "{name}");
        assert!(numbers(&svg, " y=\"").all(|y| (0..high).contains(&y)), "{name}");
        let mut mermaid = String::new();
        graph_mermaid(&laid, &mut mermaid).unwrap();
        assert_eq!(mermaid.matches("[\"").count(), laid.rows.len() + mermaid.matches("subgraph").count());
        assert_eq!(mermaid.matches("\n  end\n").count(), mermaid.matches("subgraph").count());
    }
}

/// Every element that is opened is closed, in order, and nothing else has an angle bracket.
fn well_formed(svg: &str) {
    let mut open = Vec::new();
    let body = svg.replace(svg.split("<style>").nth(1).unwrap().split("</style>").next().unwrap(), "");
    for tag in body.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap();
        assert!(!text.contains('>'), "{text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name.to_owned()));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap().to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn gauges_are_told_where_they_are_read_and_moved() {
    let (_, scenario) = shipped().find(|(name, _)| *name == "first-light").unwrap();
    let uses = gauge_uses(&scenario);
    let inside = uses.iter().find(|u| u.gauge == "strangers-in").unwrap();
    assert!(inside.reads.contains(&"ending next-door (≥ 1)".to_owned()), "{inside:?}");
    assert!(inside.moves.contains(&"question prompt/approve (+1)".to_owned()), "{inside:?}");
    assert!(inside.moves.contains(&"inject desk-call (= 0)".to_owned()), "{inside:?}");
}

#[test]
fn the_commands_say_what_was_asked_for() {
    let cli = Cli::new();
    let args = ["simulate", "first-light", "--trainees", "20", "--json"];
    let told = cli.json(&args);
    assert_eq!((&told["format"], &told["drills_each"]), (&"breachdrill/simulate/1".into(), &20.into()));
    assert_eq!(told["trainees"].as_array().unwrap().len(), 12);
    assert_eq!(told["trainees"][0]["of_best_line"]["mean_hundredths"], 10_000);
    assert_eq!(cli.ok(&args), cli.ok(&args), "the same bytes every time");
    let table = cli.ok(&[
        "simulate",
        "first-light",
        "-n",
        "20",
        "--policy",
        "random",
        "--policy",
        "skill=60,legal=5",
    ]);
    assert!(
        table.contains("random") && table.contains("skill=60,legal=5") && !table.contains("silent"),
        "{table}"
    );
    cli.ok(&["simulate", "first-light", "-n", "8", "--output", "page.html"]);
    assert!(std::fs::read_to_string(cli.path("page.html")).unwrap().starts_with("<!DOCTYPE html>"));
    assert_eq!(cli.run(&["simulate", "first-light", "--policy", "clever"]).code, 2);
    let too_many = cli.run(&["simulate", "first-light", "-n", "1000000"]);
    assert!(too_many.code == 2 && too_many.err.contains("more than 10000000"), "{}", too_many.err);
    assert!(cli.ok(&["graph", "first-light", "--simulate", "4"]).starts_with("<svg"));
    assert!(cli.ok(&["graph", "first-light", "--mermaid"]).starts_with("flowchart LR"));
    assert!(cli.ok(&["graph", "first-light", "--gauges"]).contains("| strangers-in | moved by |"));
    let gauges = cli.json(&["graph", "first-light", "--gauges", "--json"]);
    assert_eq!(gauges["gauges"][1]["gauge"], "strangers-in");
}

#[test]
fn an_expert_without_a_line_gives_the_best_on_offer() {
    let scenario = giveaway("Best", "Other");
    let mut plan = Plan::everybody(4, 1, 1);
    plan.policies = vec![Policy::Expert];
    let simulation = simulate(&scenario, &Guide::none(&scenario), &plan, &|_| true);
    assert_eq!(simulation.played[0].scores.ranks, [100; 7]);
    assert_eq!(simulation.hits.choices[0], [4, 0, 0, 0]);
}
