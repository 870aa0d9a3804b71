//! What other choices would have changed: below its row in every format, and said once.

use breachdrill::debrief::{Debrief, Screen};
use breachdrill::speech::{Language, speaking};

use super::{drills, in_markdown, on_terminal, page};

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
fn tables(text: &str) -> String {
    let heads = ["Other choices,", "Andere Möglichkeiten,"];
    let ends = ["Each played", "Jede ist mit"];
    let cut = |text: &str, at: &[&str]| at.iter().find_map(|at| text.find(at)).unwrap_or(text.len());
    let mut rest = text;
    let mut all = String::new();
    loop {
        rest = &rest[cut(rest, &heads)..];
        if rest.is_empty() {
            return all;
        }
        let end = cut(rest, &ends);
        all.push_str(&rest[..end]);
        rest = &rest[end..];
    }
}

#[test]
fn a_terminal_says_it_below_the_row_as_wide_as_it_is() {
    for width in [40, 60, 80] {
        in_both(|debrief| {
            let text = on_terminal(debrief, Screen { width, colour: false, ascii: false });
            let tables = tables(&text);
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
        let tables = tables(&text);
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
        let tables = tables(&text);
        let led = tables.matches("<tr role=\"row\" class=\"led\">").count();
        assert_eq!(led, tables.matches("class=\"below\" colspan=\"3\">").count());
        assert!(led > 0, "{tables}");
        [tables, text]
    });
}
