//! The real binary on a real terminal: keys in, a screen model out.
//!
//! Nothing here measures time. A test presses keys and waits, with a generous
//! deadline, until the screen shows what it should; if it never does, the
//! failure shows the screen.
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

use breachdrill::drill::{Drill, Pace, WallClock};
use breachdrill::engine::{Fact, Seed, Settings};
use breachdrill::journal::{Digest, Journal, JournalError};
use breachdrill::scenario::{SeatSet, SimTime, load};
use breachdrill::term::{Seating, Style, play_live};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;

/// A hundredth of this is one look at the screen.
const DEADLINE: Duration = Duration::from_secs(40);

/// The demo, the same every time.
const DEMO: [&str; 4] = ["play", "first-light", "--seed", "7"];

/// A program on a terminal.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal's mode can be read after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<vt100::Parser>>,
    /// How many bytes the program has written.
    written: Arc<AtomicUsize>,
}

fn size(columns: u16, lines: u16) -> PtySize {
    PtySize { rows: lines, cols: columns, ..PtySize::default() }
}

fn some(size: u16) -> NonZeroU16 {
    NonZeroU16::new(size).unwrap()
}

impl Terminal {
    fn open(
        place: &TempDir,
        columns: u16,
        lines: u16,
        program: &Path,
        args: &[&str],
        env: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, lines)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.cwd(place.path());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "ACCESSIBLE"] {
            command.env_remove(name);
        }
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let screen = Arc::new(Mutex::new(vt100::Parser::new(some(lines), some(columns), 500)));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&screen);
        let written = Arc::new(AtomicUsize::new(0));
        let heard = Arc::clone(&written);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 {
                    return;
                }
                seen.lock().unwrap().process(&bytes[..count]);
                heard.fetch_add(count, Ordering::SeqCst);
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { master: pair.master, _slave: pair.slave, child, keys, screen, written }
    }

    /// The program itself, with its data in `place`.
    fn run(place: &TempDir, columns: u16, lines: u16, args: &[&str], env: &[(&str, &str)]) -> Self {
        let args = [&["--data-dir", "data"], args].concat();
        Self::open(place, columns, lines, Path::new(env!("CARGO_BIN_EXE_breachdrill")), &args, env)
    }

    /// The screen, with every run of blanks as one.
    fn text(&self) -> String {
        let contents = self.screen.lock().unwrap().screen().contents();
        contents.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn dump(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    fn until(&self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        for _ in 0..400 {
            if holds(self) {
                return;
            }
            sleep(DEADLINE / 400);
        }
        panic!("it never came to this: {what}\n{}", self.dump());
    }

    fn sees(&self, words: &str) {
        self.until(words, |terminal| terminal.text().contains(words));
    }

    /// Waits for the words without a key; only if the machine itself was stopped
    /// for so long that the drill asks whether to go on, it is told to.
    fn waits(&mut self, words: &str) {
        for _ in 0..400 {
            let text = self.text();
            if text.contains(words) {
                return;
            }
            if text.contains("The clock stands still.") {
                self.keys("p");
                self.sees("Going on");
            }
            sleep(DEADLINE / 400);
        }
        panic!("it never came to this by itself: {words}\n{}", self.dump());
    }

    /// Waits until the words stand on the screen exactly once.
    fn once(&self, words: &str) {
        self.until(&format!("{words}, once"), |terminal| terminal.text().matches(words).count() == 1);
    }

    fn keys(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses a key again and again until the words are there, looking in between.
    fn keys_until(&mut self, keys: &str, words: &str) {
        for _ in 0..60 {
            self.keys(keys);
            for _ in 0..20 {
                if self.text().contains(words) {
                    return;
                }
                sleep(Duration::from_millis(20));
            }
        }
        panic!("{keys:?} never brought {words:?}\n{}", self.dump());
    }

    fn resize(&self, columns: u16, lines: u16) {
        let before = self.written.load(Ordering::SeqCst);
        self.screen.lock().unwrap().screen_mut().set_size(some(lines), some(columns));
        self.master.resize(size(columns, lines)).unwrap();
        // The screen is put up afresh. A key pressed in that very instant waits in
        // crossterm (0.29) for the next one: its poll forgets the terminal when a
        // signal comes with it. So the new screen is awaited, as a person would.
        self.until("the screen put up afresh", |t| t.written.load(Ordering::SeqCst) > before);
        let mut last = 0;
        self.until("the screen at rest", |t| {
            let now = t.written.load(Ordering::SeqCst);
            std::mem::replace(&mut last, now) == now
        });
    }

    /// The number that stands before a row of the list.
    fn number_of(&self, words: &str) -> String {
        self.sees(words);
        let text = self.text();
        let before = &text[..text.find(words).unwrap()];
        before.split(' ').rfind(|w| w.parse::<u8>().is_ok()).unwrap().to_owned()
    }

    fn begin(&mut self) {
        self.sees("EXERCISE First light");
        self.keys_until("\r", "whether this sign-in is yours");
    }

    fn ended(&mut self) -> u32 {
        for _ in 0..400 {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on its way to the screen.
                sleep(Duration::from_millis(200));
                return status.exit_code();
            }
            sleep(DEADLINE / 400);
        }
        panic!("it does not end\n{}", self.dump());
    }

    /// Nothing on the screen has a colour, is bold or reversed.
    fn colourless(&self) {
        let parser = self.screen.lock().unwrap();
        let screen = parser.screen();
        let (lines, columns) = (screen.size().0.get(), screen.size().1.get());
        for at in 0..lines * columns {
            let Some(cell) = screen.cell(at / columns, at % columns) else { continue };
            assert_eq!((cell.fgcolor(), cell.bold(), cell.inverse()), (vt100::Color::Default, false, false));
        }
    }

    /// Whether the terminal is as a shell wants it: lines, echo, a cursor.
    fn restored(&self) {
        let flags = format!("{:?}", self.master.get_termios().unwrap().local_flags);
        assert!(flags.contains("ICANON") && flags.contains("ECHO"), "{flags}");
        let screen = self.screen.lock().unwrap();
        assert!(!screen.screen().hide_cursor(), "the cursor is hidden");
        assert!(!screen.screen().bracketed_paste(), "pasting is still bracketed");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Already ended, unless the test failed.
        let _gone = self.child.kill();
    }
}

#[test]
fn a_whole_drill_by_keys() {
    let place = TempDir::new().unwrap();
    let mut terminal = Terminal::run(&place, 80, 36, &[&DEMO[..], &["--pace", "20"]].concat(), &[]);
    terminal.begin();
    // A slow machine needs more time than a person; a person may ask for it too.
    terminal.keys("tttt");
    terminal.sees("More time You have until 08:04.");
    let report = terminal.number_of("Deny it, and ring the service desk");
    terminal.keys(&report);
    // Nobody presses anything: the message comes by the clock, above the open question.
    terminal.sees("07:41 Chat From: Jonas Reed (IT)");
    let chosen = format!("> {report} Deny it, and ring");
    terminal.once(&chosen);
    for (columns, lines) in [(60, 36), (44, 30), (120, 40), (80, 36)] {
        terminal.resize(columns, lines);
        terminal.once("EXERCISE ·");
        terminal.once(&chosen);
        terminal.once("Until 08:04 [");
    }
    terminal.keys("p");
    terminal.sees("The clock stands still.");
    terminal.keys("p");
    terminal.sees("Going on");
    terminal.keys("\r");
    terminal.sees("You decided Deny it, and ring the service desk");
    terminal.keys_until("w", "Is somebody trying to get into your account?");
    terminal.keys_until("w", "Wait all the same?");
    terminal.keys("y");
    terminal.sees("Time is up Nobody answered: Prompts that you did not cause");
    terminal.keys_until("w", "How do you find out");
    terminal.keys("tt?");
    terminal.sees("A hint costs 20 %");
    terminal.keys("\r");
    terminal.sees("Hint Which of these ways was in your hands");
    terminal.keys("\u{3}");
    terminal.sees("s save and quit");
    terminal.keys("r");
    terminal.sees("1-9 or arrows");
    let badge = terminal.number_of("Ring the service desk on the number printed");
    terminal.keys(&badge);
    terminal.keys("\r");
    terminal.sees("How sure are you?");
    terminal.keys("4\r");
    terminal.sees("You decided Ring the service desk on the number printed");
    terminal.keys_until("w", "whom would you ring");
    terminal.keys("the desk, by the badge\r");
    assert_eq!(terminal.ended(), 0);
    terminal.restored();
}

#[test]
fn a_question_lapses_while_nobody_presses_a_key() {
    let place = TempDir::new().unwrap();
    let mut terminal = Terminal::run(&place, 84, 40, &[&DEMO[..], &["--pace", "100"]].concat(), &[]);
    terminal.begin();
    // The countdown runs into its last quarter, and out, all by itself.
    terminal.waits("Until 07:48 [");
    terminal.waits("▲ only");
    terminal.waits("Time is up Nobody answered: The phone asks whether this sign-in is yours.");
    // It goes on: the next question opens, with a countdown of its own, and so on to ENDEX.
    terminal.waits("Is somebody trying to get into your account?");
    terminal.waits("Until 07:5");
    terminal.waits("Time is up Nobody answered: Four minutes, says the message.");
    terminal.waits("ENDEX");
    assert_eq!(terminal.ended(), 0);
    terminal.restored();
}

#[test]
fn a_line_meant_for_a_question_that_closed_is_not_taken_for_the_next() {
    let place = TempDir::new().unwrap();
    let plain = [&DEMO[..], &["--plain", "--pace", "60"]].concat();
    let mut terminal = Terminal::run(&place, 84, 60, &plain, &[]);
    terminal.sees("Press Enter to begin");
    terminal.keys("\r");
    terminal.waits("Is somebody trying to get into your account?");
    terminal.keys("1\r");
    terminal.sees("“1” was not taken.");
    terminal.keys("1\r");
    terminal.sees("You decided");
    terminal.keys("q\rs\r");
    terminal.ended();
}

#[test]
fn ctrl_c_saves_what_was_and_resume_goes_on() {
    let place = TempDir::new().unwrap();
    let no_color = [("NO_COLOR", "1")];
    let play = [&DEMO[..], &["--untimed"]].concat();
    let mut terminal = Terminal::run(&place, 40, 24, &play, &no_color);
    terminal.begin();
    terminal.keys("\u{3}");
    terminal.sees("What now?");
    terminal.colourless();
    terminal.keys("\u{3}");
    assert_eq!(terminal.ended(), 130);
    terminal.sees("breachdrill resume");
    terminal.restored();
    let mut terminal = Terminal::run(&place, 40, 24, &["resume"], &no_color);
    terminal.sees("The clock stands still.");
    terminal.keys("p");
    terminal.sees("1-9 or arrows");
    let report = terminal.number_of("Deny it, and ring");
    terminal.keys(&report);
    terminal.keys("\r");
    terminal.sees("You decided");
    terminal.keys("q");
    terminal.sees("What now?");
    terminal.keys("s");
    assert_eq!(terminal.ended(), 130);
    terminal.restored();
}

#[test]
fn ctrl_c_in_a_menu_gives_the_cursor_back() {
    for (args, shown) in [(&[][..], "Choose a script"), (&["play"], "First light")] {
        let place = TempDir::new().unwrap();
        let mut terminal = Terminal::run(&place, 80, 24, args, &[]);
        terminal.sees(shown);
        // The menu is written before it begins to read.
        sleep(Duration::from_millis(500));
        terminal.keys("\u{3}");
        assert_eq!(terminal.ended(), 130);
        terminal.restored();
    }
}

#[test]
fn a_long_menu_has_pages_in_german_too() {
    let place = TempDir::new().unwrap();
    let mut terminal = Terminal::run(&place, 80, 24, &["play", "--lang", "de"], &[]);
    terminal.sees("(Seite 1 von 3)");
    let first = terminal.text();
    terminal.keys("\u{1b}[A\r");
    terminal.sees("(Seite 2 von 3)");
    assert_ne!(terminal.text(), first, "other scripts");
    assert!(!terminal.text().contains("Page"), "{}", terminal.dump());
    terminal.keys("\u{1b}[A\r");
    terminal.sees("(Seite 3 von 3)");
    terminal.keys("\u{1b}[A\r");
    terminal.sees("(Seite 1 von 3)");
    assert_eq!(terminal.text(), first, "round, and nothing is left above");
    terminal.keys("\u{3}");
    assert_eq!(terminal.ended(), 130);
    terminal.restored();
}

#[test]
fn a_signal_to_end_gives_the_terminal_back() {
    for signal in ["-TERM", "-HUP"] {
        let place = TempDir::new().unwrap();
        let mut terminal = Terminal::run(&place, 80, 24, &[&DEMO[..], &["--untimed"]].concat(), &[]);
        terminal.begin();
        let id = terminal.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        terminal.ended();
        terminal.restored();
    }
}

/// Takes so many facts, then panics.
#[derive(Debug)]
struct Brittle(usize);

impl Journal for Brittle {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        self.0 += facts.len();
        assert!(self.0 < 8, "a bug of ours");
        Ok(())
    }
    fn len(&self) -> usize {
        self.0
    }
    fn head(&self) -> Option<Digest> {
        None
    }
}

/// Run by the test below, on a terminal of its own.
#[test]
#[ignore = "it panics on purpose"]
fn child_that_panics() {
    let text = include_str!("../../scenarios/first-light.ron");
    let scenario = load(text).scenario.unwrap();
    let mut drill = Drill::new(&scenario, Brittle(0));
    let mut clock = WallClock::standing_at(SimTime::ZERO, Pace::Untimed);
    let seating = Seating {
        style: Style { color: true, ascii: false },
        settings: Settings { seed: Seed(7), untimed: true, factor: 100, seats: SeatSet::ALL },
        pace: None,
        brief: false,
        typed: true,
    };
    let _outcome = play_live(&mut drill, &mut clock, &seating);
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let me = std::env::current_exe().unwrap();
    let args = ["--ignored", "--exact", "pty::child_that_panics", "--nocapture"];
    let place = TempDir::new().unwrap();
    let mut terminal = Terminal::open(&place, 80, 24, &me, &args, &[]);
    terminal.sees("whether this sign-in is yours");
    terminal.keys_until("nwrote it down\r", "a bug of ours");
    terminal.ended();
    terminal.restored();
}

#[test]
fn a_long_debrief_is_shown_page_by_page() {
    let place = TempDir::new().unwrap();
    let good = crate::support::cli::answers("first-light-good");
    let mut played = Terminal::run(&place, 80, 24, &["play", "first-light", "--answers", &good], &[]);
    played.sees("Next: ");
    assert!(played.child.wait().unwrap().success());
    let pager = [("PAGER", "wc -l > lines; echo paged")];
    let mut paged = Terminal::run(&place, 80, 24, &["debrief"], &pager);
    paged.sees("paged");
    assert!(paged.child.wait().unwrap().success());
    let lines = std::fs::read_to_string(place.path().join("lines")).unwrap();
    assert!(lines.trim().parse::<usize>().unwrap() > 24, "{lines}");
    for (args, env) in
        [(&["debrief", "--no-pager"][..], pager[0]), (&["debrief"], ("PAGER", "no-such-pager"))]
    {
        let mut whole = Terminal::run(&place, 80, 24, args, &[env]);
        whole.sees("EXERCISE. Everything above was simulated");
        assert!(whole.child.wait().unwrap().success());
    }
}
