//! What becomes of open questions when time runs out.

use super::*;
use crate::drill::Wants;
use crate::engine::Answer;
use crate::scenario::SeatSet;

#[test]
fn letting_time_pass_ends_nothing_unasked() {
    let settings = Settings { seed: Seed(7), untimed: true, factor: 100, seats: SeatSet::ALL };
    let untimed = Seating { settings, pace: None, ..seating(true) };
    let facts = sit(80, 30, untimed, |desk| {
        for _ in 0..40 {
            desk.keys("w");
            if desk.text().contains("Let them pass?") {
                desk.keys("\n");
            }
            if desk.text().contains("Let it end?") {
                break;
            }
        }
        desk.sees("Waiting ends the exercise; what is open counts as not answered.");
        assert!(!desk.live.table.over());
        desk.keys("\x1bw");
        desk.sees("Enter or y let the exercise end");
        desk.keys("\n");
        desk.sees("ENDEX");
    });
    assert!(matches!(facts.last(), Some(What::Ended { .. })));
}

#[test]
fn what_was_given_is_handed_in_when_time_is_up() {
    for (wants, given) in [(Wants::One, "1\n"), (Wants::Text, "the desk\x1b")] {
        let mut handed_in = false;
        let facts = sit(80, 30, seating(true), |desk| {
            desk.keys("2\n");
            while desk
                .live
                .table
                .view
                .open
                .first()
                .is_none_or(|open| open.wants != wants || !open.confidence && wants == Wants::One)
            {
                desk.keys("w");
                if desk.text().contains("Wait all the same?") {
                    desk.keys("\n");
                }
            }
            assert!(desk.live.panel.standing().is_none());
            desk.keys(&given[..1]);
            assert_eq!(
                desk.live.panel.standing().is_some(),
                wants == Wants::Text,
                "highlighted is not chosen"
            );
            desk.keys(&given[1..]);
            let settled = desk.live.table.view.settled.len();
            while desk.live.table.view.settled.len() == settled {
                desk.keys("w");
                if desk.text().contains("Enter or y let") {
                    desk.keys("\n");
                }
            }
            handed_in = desk.text().contains("handed in as it stood");
            assert!(desk.live.table.over() || desk.live.panel.standing().is_none());
        });
        assert!(handed_in, "{given:?}");
        let last = facts.iter().rev().find_map(|what| {
            let What::Answered { answer, confidence: None, reason: None, .. } = what else { return None };
            Some(answer.clone())
        });
        let text = matches!(&last, Some(Answer::Text(text)) if text == "the desk");
        assert_eq!(text, wants == Wants::Text, "{last:?}");
    }
}
