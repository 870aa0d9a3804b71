//! What a German debrief says is German throughout, but for what never is: names of sources and keys.

use breachdrill::speech::{Language, speaking};
use serde_json::Value;

use super::drills::played;
use super::in_json;

/// Words that no German sentence has.
const TELLTALES: [&str; 14] = [
    "the", "you", "your", "and", "with", "of", "at", "points", "worth", "would", "been", "then", "right",
    "by",
];

/// Words of the data that are shown by their label, machine words, and titles of works.
const ENGLISH: [&str; 13] = [
    "engine",
    "fate",
    "good",
    "kind",
    "lane",
    "name",
    "rating",
    "reading",
    "source",
    "sources",
    "stage",
    "standing",
    "uncertain",
];

fn texts<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(rows) => rows.iter().for_each(|row| texts(row, into)),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(name, _)| !ENGLISH.contains(&name.as_str()));
            said.for_each(|(name, value)| {
                if name != "stages" {
                    texts(value, into)
                }
            });
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn a_german_debrief_has_no_english_in_it() {
    let mut wrong = Vec::new();
    for script in ["first-light-de", "quiet-carriage-de", "wrong-recipient-de"] {
        for line in ["good", "bad"] {
            let debrief = speaking(Language::German, || played(script, line));
            assert!(debrief.opening.change.starts_with("Eines ändern: "), "{}", debrief.opening.change);
            assert!(debrief.decisions.iter().all(|d| d.arithmetic.iter().any(|a| a.starts_with("Punkte: "))));
            let json: Value = serde_json::from_str(&in_json(&debrief)).unwrap();
            let mut said = Vec::new();
            texts(&json, &mut said);
            assert!(said.len() > 100, "a whole debrief");
            for text in said {
                let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
                if words.any(|word| TELLTALES.contains(&word.to_lowercase().as_str())) {
                    wrong.push(format!("{script}, {line}: {text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn data_and_numbers_do_not_change_with_the_language() {
    let (english, german) =
        (played("first-light-de", "bad"), speaking(Language::German, || played("first-light-de", "bad")));
    assert_eq!((english.points, english.passed), (german.points, german.passed));
    assert_eq!(english.stages, german.stages);
    let words = |debrief: &breachdrill::debrief::Debrief| {
        let kinds = debrief.timeline.iter().map(|mark| mark.kind.clone());
        let stages = debrief.decisions.iter().map(|decision| decision.stage.clone());
        kinds.chain(stages).collect::<Vec<_>>()
    };
    assert_eq!(words(&english), words(&german));
}
