//! The live terminal without a terminal: keys in, a screen model out.

mod german;
mod late;
mod lists;

use std::io::{self, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::Live;
use crate::drill::{Drill, ManualClock};
use crate::engine::{Seed, Settings, What};
use crate::journal::Memory;
use crate::scenario::{Scenario, SeatSet, SimTime, load};
use crate::term::panel::{Frame, Scene};
use crate::term::screen::Screen;
use crate::term::style::{Style, line_columns};
use crate::term::table::Table;
use crate::term::{Outcome, Seating};

const DEMO: &str = include_str!("../../../../scenarios/first-light.ron");

fn demo() -> Scenario {
    script(DEMO)
}

fn script(text: &str) -> Scenario {
    load(text).scenario.expect("the demo is sound")
}

fn seating(color: bool) -> Seating {
    let settings = Settings { seed: Seed(7), untimed: false, factor: 100, seats: SeatSet::ALL };
    let style = Style { color, ascii: false };
    Seating { style, settings, pace: Some(10), brief: false, typed: true }
}

/// A device that shows what was written to it.
#[derive(Clone)]
struct Device(Arc<Mutex<vt100::Parser>>);

impl Write for Device {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("one thread").process(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn some(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).expect("a screen has a size")
}

type Desk<'t, 's> = Live<'t, 's, Memory, ManualClock>;

/// One trainee at a desk with a screen of this size.
struct Sitting<'t, 's> {
    live: Desk<'t, 's>,
    device: Device,
    seating: Seating,
    outcome: Option<Outcome>,
}

impl Sitting<'_, '_> {
    fn text(&self) -> String {
        let device = self.device.0.lock().expect("one thread");
        device.screen().contents()
    }

    fn show(&mut self) {
        if self.live.table.view.started {
            self.live.table.advance().expect("memory takes every fact");
        }
        self.live.show().expect("a model of a screen takes everything");
    }

    fn event(&mut self, event: &Event) {
        if self.outcome.is_none() {
            self.outcome = self.live.take(event, &self.seating).expect("memory takes every fact");
        }
        self.show();
    }

    fn code(&mut self, code: KeyCode) {
        self.event(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    }

    /// Keys as letters; `\n` is Enter, `\x1b` Esc, `\x03` Ctrl-C.
    fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            match key {
                '\n' => self.code(KeyCode::Enter),
                '\x1b' => self.code(KeyCode::Esc),
                '\x03' => self.event(&Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))),
                key => self.code(KeyCode::Char(key)),
            }
        }
    }

    fn resize(&mut self, columns: u16, lines: u16) {
        self.device.0.lock().expect("one thread").screen_mut().set_size(some(lines), some(columns));
        self.event(&Event::Resize(columns, lines));
    }

    /// The panel as it is drawn at a moment.
    fn frame(&mut self, now: SimTime) -> Frame {
        let (width, height) = self.live.screen.size();
        let scene = Scene { view: &self.live.table.view, now, left: None, width, height };
        self.live.panel.draw(scene)
    }

    fn sees(&self, words: &str) {
        let text = self.text();
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "no {words:?} on this screen:\n{text}");
    }

    fn sees_not(&self, words: &str) {
        let text = self.text();
        assert!(!text.contains(words), "{words:?} on this screen:\n{text}");
    }

    fn once(&self, words: &str) {
        let text = self.text();
        assert_eq!(text.matches(words).count(), 1, "{words:?} once on this screen:\n{text}");
    }
}

fn sit(columns: u16, lines: u16, seating: Seating, play: impl FnOnce(&mut Sitting<'_, '_>)) -> Vec<What> {
    sit_at(DEMO, columns, lines, seating, play)
}

fn sit_at(
    text: &str,
    columns: u16,
    lines: u16,
    seating: Seating,
    play: impl FnOnce(&mut Sitting<'_, '_>),
) -> Vec<What> {
    let scenario = script(text);
    let mut drill = Drill::new(&scenario, Memory::default());
    let mut clock = ManualClock::default();
    let device = Device(Arc::new(Mutex::new(vt100::Parser::new(some(lines), some(columns), 0))));
    let screen = Screen::new(Box::new(device.clone()), (columns, lines), seating.style);
    let table = Table::new(&mut drill, &mut clock);
    let mut live = Live::new(table, screen, seating.style);
    live.sit_down(&seating).expect("memory takes every fact");
    let mut sitting = Sitting { live, device, seating, outcome: None };
    sitting.show();
    play(&mut sitting);
    drop(sitting);
    drill.facts().iter().map(|fact| fact.what.clone()).collect()
}

#[test]
fn a_message_arrives_above_while_a_question_stays_open_below() {
    sit(80, 40, seating(true), |desk| {
        desk.sees("EXERCISE · 07:40");
        desk.sees("whether this sign-in is yours");
        desk.code(KeyCode::Down);
        desk.code(KeyCode::Down);
        desk.sees("> 2 Deny it, and ring the service desk");
        desk.keys("w");
        desk.sees("07:41 Chat From: Jonas Reed (IT)");
        desk.sees("> 2 Deny it, and ring the service desk");
        desk.once("whether this sign-in is yours");
        desk.once("EXERCISE · ");
        desk.keys("\n");
        desk.sees("You decided Deny it, and ring the service desk");
    });
}

#[test]
fn a_whole_drill_by_keys() {
    let facts = sit(80, 24, seating(true), |desk| {
        desk.keys("2\nw");
        while desk.live.table.view.open.is_empty() {
            desk.keys("w");
        }
        desk.keys("1\n");
        desk.sees("How sure are you?");
        desk.keys("\x1b");
        desk.sees("Is somebody trying");
        desk.keys("1\n4\n");
        while desk.live.table.view.open.is_empty() {
            desk.keys("w");
        }
        desk.keys("?");
        desk.sees("A hint costs 20 % of what this question can earn.");
        desk.keys("\n");
        desk.sees("Hint Which of these ways was in your hands");
        desk.keys("4\n5\n");
        while desk.live.table.view.open.is_empty() {
            desk.keys("w");
        }
        // Letters are text, whatever they do elsewhere; Esc lets go of them.
        desk.keys("aw");
        desk.sees("> aw_");
        desk.keys("\x1ba");
        desk.sees("What do you do?");
        desk.keys("\x1b\n");
        desk.code(KeyCode::Backspace);
        desk.code(KeyCode::Backspace);
        desk.keys("desk\n");
        desk.sees("That is short.");
        desk.keys(", the one on the badge");
        desk.sees("> desk, the one on the badge_");
        desk.keys("\n");
        desk.sees("ENDEX");
        desk.sees_not("Until ");
        desk.sees_not("leave");
    });
    assert!(matches!(facts.last(), Some(What::Ended { .. })));
}

#[test]
fn a_lapse_takes_the_question_away_and_enter_then_answers_nothing() {
    let facts = sit(80, 30, seating(true), |desk| {
        desk.keys("2");
        while !desk.text().contains("Wait all the same?") {
            desk.keys("w");
        }
        desk.keys("\x1b");
        desk.sees("whether this sign-in is yours");
        desk.keys("wy");
        assert_eq!(desk.live.table.view.settled.len(), 1);
        desk.keys("\n\n\n");
        desk.sees("Time is up");
    });
    assert!(!facts.iter().any(|what| matches!(what, What::Answered { .. })));
}

#[test]
fn a_resize_leaves_nothing_behind() {
    sit(90, 30, seating(true), |desk| {
        desk.keys("w2");
        for (columns, lines) in [(60, 30), (40, 24), (100, 20), (200, 50), (80, 40)] {
            desk.resize(columns, lines);
            desk.once("EXERCISE");
            desk.once("> 2");
            desk.once("Until");
            assert!(desk.text().lines().count() <= usize::from(lines));
        }
        desk.once("You are in the queue");
        desk.once("07:41  Chat");
    });
}

#[test]
fn everything_can_be_read_again_and_done() {
    sit(80, 40, seating(false), |desk| {
        desk.keys("we");
        desk.sees("Evidence, and what has arrived");
        desk.keys("1\n");
        desk.sees("07700 900 631");
        desk.keys("e1\n");
        desk.sees("Esc back to the question");
        desk.keys("\x1ba");
        desk.sees("What do you do?");
        desk.keys("1\n");
        desk.sees("Done Ring the service desk");
        desk.keys("nI rang the desk\n");
        desk.sees("Your log I rang the desk");
        desk.keys("g");
        desk.sees("What is asked");
        // What has not moved yet would tell what is to come.
        desk.sees_not("Colleagues warned");
    });
}

#[test]
fn leaving_asks_first_and_then_goes_at_once() {
    let facts = sit(80, 24, seating(true), |desk| {
        desk.keys("\x03");
        desk.sees("r go on s save and quit e end it for good");
        desk.keys("rp");
        desk.sees("The clock stands still.");
        desk.keys("1\n");
        desk.keys("\x03s");
        assert_eq!(desk.outcome, Some(Outcome::Saved));
    });
    let paused = facts.iter().filter(|what| matches!(what, What::Paused(_))).count();
    let resumed = facts.iter().filter(|what| matches!(what, What::Resumed)).count();
    assert_eq!((paused, resumed), (3, 2));
    sit(80, 24, seating(true), |desk| {
        desk.keys("\x03\x03");
        assert_eq!(desk.outcome, Some(Outcome::Left));
    });
    let facts = sit(80, 24, seating(true), |desk| {
        desk.keys("qe");
        desk.sees("This ends the exercise for good");
        desk.keys("\n\x1be");
        assert!(!desk.live.table.over());
        desk.keys("y");
    });
    assert!(matches!(facts.last(), Some(What::Ended { .. })));
}

#[test]
fn without_colour_no_sequence_sets_one() {
    let scenario = demo();
    let mut drill = Drill::new(&scenario, Memory::default());
    let mut clock = ManualClock::default();
    let raw = Arc::new(Mutex::new(Vec::new()));
    struct Tape(Arc<Mutex<Vec<u8>>>);
    impl Write for Tape {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one thread").extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let seating = seating(false);
    let screen = Screen::new(Box::new(Tape(Arc::clone(&raw))), (80, 24), seating.style);
    let mut live = Live::new(Table::new(&mut drill, &mut clock), screen, seating.style);
    live.sit_down(&seating).expect("memory takes every fact");
    live.show().expect("a tape takes everything");
    let tape = String::from_utf8(raw.lock().expect("one thread").clone()).expect("text");
    for part in tape.split('\u{1b}').skip(1) {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).expect("a whole sequence");
        assert_ne!(&part[end..=end], "m", "{part:?}");
    }
}

#[test]
fn the_last_quarter_is_said_and_shaped() {
    sit(80, 30, seating(true), |desk| {
        desk.sees("Until 07:48");
        desk.sees_not("only");
        let time = desk.frame(SimTime(7 * 60)).time.expect("the question has a limit");
        assert_eq!((time.short, time.words.as_str()), (true, "▲ only 1 min of drill time left"));
        assert_eq!(time.left_permille, 125);
    });
}

#[test]
fn a_short_window_is_for_the_choices() {
    for (columns, least) in [(80, 4), (40, 1)] {
        sit(columns, 12, seating(true), |desk| {
            let frame = desk.frame(SimTime(60));
            assert!(frame.time.is_none() && frame.lines() <= 12, "{frame:?}");
            desk.sees("8 min of");
            let text = desk.text();
            let choice = |line: &&str| line.trim().split(' ').next().is_some_and(|n| n.parse::<u8>().is_ok());
            assert!(text.lines().filter(choice).count() >= least, "{text}");
            assert!(frame.lines() >= 9, "{text}");
        });
    }
}

#[test]
fn any_keys_at_any_size_neither_panic_nor_overflow() {
    const KEYS: [&str; 24] = [
        "1", "2", "5", "9", "\n", "\n", "\n", "w", "w", "e", "a", "n", "g", "?", "t", "o", "c", "p", "\x1b",
        "x", " ", "ü", "国", "q",
    ];
    for seed in 0..24_u64 {
        sit(80, 24, seating(seed % 2 == 0), |desk| {
            let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            for _ in 0..150 {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                match dice % 31 {
                    30 => desk.resize(24 + (dice >> 8) as u16 % 180, 6 + (dice >> 24) as u16 % 50),
                    29 => desk.code(KeyCode::Backspace),
                    28 => desk.code(KeyCode::Tab),
                    27 => desk.code(KeyCode::Up),
                    26 => desk.event(&Event::Paste("pasted \u{1b}[2J\ntext".into())),
                    other => desk.keys(KEYS[other as usize % KEYS.len()]),
                }
                if desk.live.table.over() {
                    break;
                }
                let text = desk.text();
                assert!(text.matches("EXERCISE").count() <= 1, "a ghost of the panel:\n{text}");
                let (width, height) = desk.live.screen.size();
                let frame = desk.frame(SimTime::ZERO);
                assert!(
                    frame.head.iter().chain(&frame.body).all(|line| line_columns(line) <= width),
                    "{frame:?}"
                );
                assert!(frame.lines() <= height.max(14), "{} lines of {height}: {frame:?}", frame.lines());
            }
        });
    }
}
