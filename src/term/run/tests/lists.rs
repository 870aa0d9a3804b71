//! Lists and questions of yes or no: a key that is not theirs does nothing.

use super::{seating, sit};
use crate::engine::What;

#[test]
fn a_key_that_is_not_for_a_list_does_nothing_and_says_so() {
    let facts = sit(84, 40, seating(true), |desk| {
        desk.keys("w");
        for list in ["e", "a"] {
            desk.keys(list);
            for key in ["x", "w", "n", "e"] {
                desk.keys(key);
                desk.sees("Here numbers and arrows choose, Enter takes, p pauses, Esc goes back.");
            }
            desk.keys("1");
            desk.sees("> 1");
            desk.keys("\x1b");
            desk.sees("whether this sign-in is yours");
        }
    });
    assert!(!facts.iter().any(|what| matches!(what, What::Answered { .. } | What::Begun { .. })));
}

#[test]
fn a_list_stays_while_the_clock_stands_still() {
    let facts = sit(84, 40, seating(true), |desk| {
        desk.keys("wep");
        desk.sees("What has been looked at, and what has arrived");
        desk.sees("paused");
        desk.keys("1\n");
        desk.sees("The clock stands still. Press p to go on, then do it.");
        desk.keys("p1\n");
        desk.sees("07700 900 631");
    });
    let count = |wanted: fn(&What) -> bool| facts.iter().filter(|what| wanted(what)).count();
    assert_eq!(count(|what| matches!(what, What::Paused(_))), 1);
    assert_eq!(count(|what| matches!(what, What::Examined(_))), 1);
}

#[test]
fn p_stops_the_clock_and_p_starts_it() {
    let facts = sit(84, 30, seating(true), |desk| {
        desk.keys("p");
        desk.sees("paused");
        desk.keys("w");
        desk.sees("EXERCISE · 07:40");
        desk.keys("p");
        desk.sees_not("paused");
        desk.keys("w");
        desk.sees("07:41 Chat");
    });
    let pauses = facts.iter().filter(|what| matches!(what, What::Paused(_))).count();
    let goes_on = facts.iter().filter(|what| matches!(what, What::Resumed)).count();
    assert_eq!((pauses, goes_on), (1, 1));
}

#[test]
fn g_tells_how_things_stand() {
    sit(84, 40, seating(true), |desk| {
        desk.keys("2\nw");
        desk.keys("g");
        desk.sees("So far");
        desk.sees("What was decided");
        desk.sees("Deny it, and ring the service desk");
    });
}

#[test]
fn a_message_is_read_before_the_question_that_it_brings() {
    let facts = sit(50, 24, seating(true), |desk| {
        desk.sees("You are asked something about this.");
        desk.sees("07:40");
        desk.sees("Until 07:48");
        desk.keys("2");
        desk.sees("whether this sign-in is yours");
        desk.sees_not("> 2");
        desk.keys("2");
        let tall = desk.text().lines().count();
        desk.keys("\n");
        desk.sees("You decided");
        assert!(
            desk.text().lines().count() + 3 >= tall,
            "nothing but a few lines stays blank\n{}",
            desk.text()
        );
    });
    assert!(facts.iter().any(|what| matches!(what, What::Answered { .. })));
}
