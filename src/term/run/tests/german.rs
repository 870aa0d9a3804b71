//! The same desk in German: no English word on any screen, and the keys fit.

use super::*;
use crate::speech::{Language, speaking};

const ERSTES_LICHT: &str = include_str!("../../../../scenarios/first-light-de.ron");

/// Words that no German sentence has, with what stands around them.
const TELLTALES: [&str; 16] = [
    " the ",
    " you ",
    " your ",
    " and ",
    " to ",
    " of ",
    " is ",
    "The ",
    "You ",
    "Nothing ",
    "There ",
    "What ",
    "EXERCISE",
    " until ",
    " question",
    " back",
];

/// What is on the screen, and no English in it.
fn in_german(desk: &Sitting<'_, '_>) -> String {
    let text = desk.text();
    let flat = format!(" {} ", text.split_whitespace().collect::<Vec<_>>().join(" "));
    for word in TELLTALES {
        assert!(!flat.contains(word), "{word:?} on this screen:\n{text}");
    }
    text
}

#[test]
fn every_screen_is_in_german() {
    for (columns, lines) in [(84, 30), (60, 24)] {
        speaking(Language::German, || {
            let brief = Seating { brief: true, ..seating(true) };
            sit_at(ERSTES_LICHT, columns, lines, brief, |desk| {
                while !desk.live.table.view.started {
                    in_german(desk);
                    desk.keys("\n");
                }
                for key in "xe\n\x1ban\x1bg\x1bto?cp\nq".chars() {
                    desk.keys(&key.to_string());
                    in_german(desk);
                }
                desk.keys("en");
                in_german(desk);
                desk.keys("r2\nnBank angerufen\na1\n");
                in_german(desk);
                for _ in 0..60 {
                    // Where a text is asked for, letters are text until Esc lets go of them.
                    desk.keys("\x1bw");
                    in_german(desk);
                    desk.keys("j");
                    in_german(desk);
                    if desk.outcome.is_some() || desk.live.table.over() {
                        break;
                    }
                }
                let last = in_german(desk);
                assert!(last.contains("ENDEX"), "{last}");
            });
        });
    }
}

#[test]
fn a_german_j_says_yes_and_so_does_y() {
    for yes in ["j", "y"] {
        speaking(Language::German, || {
            let facts = sit_at(ERSTES_LICHT, 84, 30, seating(true), |desk| {
                desk.keys("qe");
                desk.sees("Damit ist die Übung endgültig zu Ende");
                desk.keys(yes);
                desk.sees("Sie haben die Übung beendet.");
            });
            assert!(matches!(facts.last(), Some(What::Ended { .. })));
        });
    }
}
