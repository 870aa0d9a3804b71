//! Pages and pictures in German: none of our own words is left in English.

use breachdrill::debrief::{
    Debrief, Simulated, coverage, coverage_markdown, coverage_svg, graph, graph_mermaid, graph_svg,
    simulated_html,
};
use breachdrill::scenario::{library, load};
use breachdrill::solve::{Bounds, Goal, Guide, Plan, explore, simulate};
use breachdrill::speech::{Language, speaking};

use super::{WIDE, drills, in_markdown, on_terminal, page, sample, shelf};
use crate::support::settings;

/// English words that say something in no German text.
const TELLTALE: [&str; 13] =
    ["the", "The", "you", "You", "your", "and", "of", "were", "What", "from", "with", "No", "Not"];

/// A debrief whose every text from scripts and people is one word.
fn wordless() -> Debrief {
    let mut debrief = sample::rich(&|_| "x".to_owned());
    debrief.sheet.language = "de".into();
    for decision in &mut debrief.decisions {
        decision.arithmetic.clear();
    }
    debrief
}

/// What a reader of markup reads.
pub(super) fn without_tags(markup: &str) -> String {
    let body = markup.split("</style>").last().unwrap();
    let parts = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<Vec<_>>().join(" ")
}

/// Lines with an English word; names of a script, which are English, have hyphens or stand alone.
pub(super) fn english(text: &str) -> Vec<String> {
    let word = |word: &str| TELLTALE.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    text.lines().filter(|line| line.split_whitespace().any(word)).map(str::to_owned).collect()
}

#[test]
fn a_debrief_has_no_english_word_of_its_own() {
    let said = speaking(Language::German, || {
        let debrief = wordless();
        let page = page(&debrief);
        assert!(page.contains("<html lang=\"de\">") && page.contains("<title>ÜBUNG · Auswertung: "));
        [on_terminal(&debrief, WIDE), in_markdown(&debrief), without_tags(&page)]
    });
    for text in &said {
        assert!(text.contains("ÜBUNG") && text.contains("Was Sie nie angesehen haben"), "{text}");
        assert_eq!(english(text), Vec::<String>::new());
    }
}

#[test]
fn a_page_marks_the_language_of_what_the_script_says() {
    let debrief = drills::played("first-light-de", "bad");
    let (english, german) = (page(&debrief), speaking(Language::German, || page(&debrief)));
    assert!(english.contains("<html lang=\"en\">") && english.contains("<h1 lang=\"de\">"));
    assert!(
        german.contains("<html lang=\"de\">") && german.contains("<h1>") && !german.contains(" lang=\"en\"")
    );
    let german = speaking(Language::German, || {
        let debrief = drills::played("first-light-de", "bad");
        let rich = sample::rich(&super::as_is);
        [("first-light-de-bad", page(&debrief)), ("rich-de", page(&rich))]
    });
    for (name, page) in german {
        std::fs::write(shelf().join(format!("{name}.html")), page).unwrap();
    }
}

#[test]
fn what_was_owed_is_said_in_the_words_of_the_german_catalogue() {
    let said = speaking(Language::German, || {
        let debrief = drills::played("open-bucket", "bad");
        [on_terminal(&debrief, WIDE), in_markdown(&debrief), without_tags(&page(&debrief))]
    });
    for text in &said {
        for says in ["UK GDPR, Meldung an das ICO", "Art. 33: 72 Stunden", "das ICO"] {
            assert!(text.contains(says), "{says}: {text}");
        }
        assert!(!text.contains("breach notified to"), "{text}");
    }
}

#[test]
fn simulations_graphs_and_coverage_have_no_english_word_of_their_own() {
    let scripts: Vec<_> = library()
        .iter()
        .filter(|(name, _)| name.ends_with("-de"))
        .map(|(name, text)| (*name, load(text).scenario.unwrap()))
        .collect();
    let named: Vec<_> = scripts.iter().map(|(name, scenario)| (*name, scenario)).collect();
    speaking(Language::German, || {
        let covered = coverage(&named);
        let (mut tables, mut picture) = (String::new(), String::new());
        coverage_markdown(&covered, &mut tables).unwrap();
        coverage_svg(&covered, &mut picture).unwrap();
        assert_eq!(english(&tables), Vec::<String>::new());
        assert_eq!(english(&without_tags(&picture)), Vec::<String>::new());
        for (name, scenario) in &scripts {
            let explored = explore(scenario, settings(1), Goal::Points, Bounds::default(), &mut |p| {
                p.transitions < 300_000
            });
            let plan = Plan::everybody(12, 1, 2);
            let guide = Guide::of(scenario, &explored.best.line);
            let simulation = simulate(scenario, &guide, &plan, &|_| true);
            let (best, proved) = (explored.best.earned, explored.best.proved());
            let simulated = Simulated { scenario, plan: &plan, simulation: &simulation, best, proved };
            let (mut page, mut drawn, mut mermaid) = (String::new(), String::new(), String::new());
            simulated_html(&simulated, &mut page).unwrap();
            let laid = graph(scenario, Some(&simulation.hits));
            graph_svg(&laid, &mut drawn).unwrap();
            graph_mermaid(&laid, &mut mermaid).unwrap();
            for text in [without_tags(&page), without_tags(&drawn), mermaid] {
                assert_eq!(english(&text), Vec::<String>::new(), "{name}");
            }
            std::fs::write(shelf().join(format!("simulation-{name}-de.html")), page).unwrap();
            std::fs::write(shelf().join(format!("graph-{name}-de.svg")), drawn).unwrap();
        }
    });
}
