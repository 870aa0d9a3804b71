//! What other choices would have changed: below its row in every format, and said once.

use breachdrill::debrief::{Debrief, Decision, Screen, Standing, build};
use breachdrill::score::score;
use breachdrill::speech::{Language, speaking};

use super::{drills, in_markdown, on_terminal, page};
use crate::support::Rehearsal;

const DRILL: (&str, &str) = ("wrong-recipient-de", "bad");

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_both(of: impl Fn(&Debrief) -> [String; 2]) {
    for (language, asked, not_asked) in [
        (Language::English, "ou would have been asked ", "ou would not have been asked "),
        (Language::German, "ie wären auch gefragt worden: ", "ie wären nicht gefragt worden: "),
    ] {
        speaking(language, || {
            let debrief = drills::played(DRILL.0, DRILL.1);
            let others = || debrief.decisions.iter().flat_map(|decision| &decision.otherwise);
            let (more, fewer) =
                (others().filter(|o| !o.asked.is_empty()).count(), others().filter(|o| !o.never.is_empty()));
            let fewer = fewer.count();
            assert!(others().any(|other| other.asked.len() > 1), "there is something to say once");
            let [table, around] = of(&debrief);
            assert_eq!(table.matches(asked).count(), more, "once for each choice: {table}");
            assert_eq!(table.matches(not_asked).count(), fewer, "{table}");
            assert!(!around.contains("−1 points") && !around.contains("−1 Punkte"), "{around}");
        });
    }
}

/// From the first table of other choices on, without the sentences that stand before each.
fn tables(text: &str, ends: &[&str]) -> String {
    let heads = ["Other choices,", "Andere Möglichkeiten,"];
    let cut = |text: &str, at: &[&str]| at.iter().find_map(|at| text.find(at)).unwrap_or(text.len());
    let mut rest = text;
    let mut all = String::new();
    loop {
        rest = &rest[cut(rest, &heads)..];
        if rest.is_empty() {
            return all;
        }
        let end = cut(rest, ends);
        all.push_str(&rest[..end]);
        rest = &rest[end..];
    }
}

#[test]
fn a_terminal_says_it_below_the_row_as_wide_as_it_is() {
    for width in [40, 60, 80] {
        in_both(|debrief| {
            let text = on_terminal(debrief, Screen { width, colour: false, ascii: false });
            let tables = tables(&text, &["\n\n"]);
            let words = tables.lines().filter(|line| line.starts_with("      "));
            let long = words.filter(|line| line.chars().count() > usize::from(width) / 2).count();
            assert!(long > 3, "no column of single words: {tables}");
            [flat(&tables), flat(&text)]
        });
    }
}

#[test]
fn markdown_says_it_in_the_list() {
    in_both(|debrief| {
        let text = in_markdown(debrief);
        let tables = tables(&text, &["\n\n#", "\n\nEach played", "\n\nJede ist mit"]);
        assert!(tables.lines().any(|line| line.starts_with("- 16:") && line.contains(" · ")), "{tables}");
        assert!(tables.lines().any(|line| line.starts_with("  - ")), "{tables}");
        assert!(!tables.contains("\n|"), "{tables}");
        [tables, text]
    });
}

#[test]
fn a_page_says_it_in_a_row_of_its_own() {
    in_both(|debrief| {
        let text = page(debrief);
        let tables = tables(&text, &["</table>"]);
        let led = tables.matches("<tr role=\"row\" class=\"led\">").count();
        assert_eq!(led, tables.matches("class=\"below\" colspan=\"3\">").count());
        assert!(led > 0, "{tables}");
        [tables, text]
    });
}

#[test]
fn how_they_were_tried_is_told_once() {
    let debrief = drills::played(DRILL.0, DRILL.1);
    assert!(debrief.decisions.iter().filter(|decision| !decision.otherwise.is_empty()).count() > 3);
    let screen = Screen { width: 80, colour: false, ascii: false };
    for text in [page(&debrief), in_markdown(&debrief), on_terminal(&debrief, screen)] {
        assert_eq!(text.matches("Each played").count(), 1, "{text}");
    }
}

/// Whether a debrief corrects first what the pictures show as the change that matters, unless
/// something did harm or was sure and wrong.
fn of_one_mind(debrief: &Debrief) -> bool {
    let Some(drawn) = debrief.otherwise.as_ref().and_then(|otherwise| otherwise.drawn.as_ref()) else {
        return false;
    };
    let grave = |decision: &&Decision| {
        let lost = decision.points.possible > decision.points.earned;
        let sure = decision.confidence.is_some_and(|sure| sure >= 80);
        lost && (decision.standing == Standing::Harmful || sure && decision.standing == Standing::Poor)
    };
    if debrief.decisions.iter().any(|decision| grave(&decision)) {
        return false;
    }
    let decision = debrief.decisions.iter().find(|decision| decision.number == drawn.decision).unwrap();
    if decision.points.earned >= decision.points.possible {
        return false;
    }
    let change = &debrief.opening.change;
    let [at, asked] = [&decision.at.clock, &decision.asked.clock];
    let title: String = decision.title.chars().take(30).collect();
    assert!(
        change.contains(at) || change.contains(asked) || change.contains(&title),
        "{change}\n{}",
        drawn.says
    );
    true
}

#[test]
fn the_one_thing_to_change_is_what_could_have_been() {
    let scenario = drills::shipped("first-light-de");
    let mut told = 0;
    for seed in 1..60 {
        for answer in ["report", "wait", "crowd"] {
            let answers =
                format!(r#"Answers(steps: [(asked: "prompt", after: "1m", does: Choose("{answer}"))])"#);
            let facts = Rehearsal::of(&scenario).seed(seed).answers(&answers).facts();
            told += usize::from(of_one_mind(&build(
                &scenario,
                &facts,
                &score(&scenario, &facts),
                &drills::about(),
            )));
        }
    }
    assert!(told > 30, "{told} drills had something to tell");
}
