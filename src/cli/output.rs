//! Results to standard output, everything else to standard error; the one
//! place that decides about colour, width, plainness and whether to ask.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use tr::tr;

use super::args::{ColorChoice, Global};
use super::failure::Failure;
use crate::debrief::Screen;
use crate::scenario::{clean, in_ascii};
use crate::speech::Language;
use crate::term::{FindingsStyle, Style};

/// The environment, read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Environment {
    no_color: bool,
    force_color: bool,
    dumb: bool,
    accessible: bool,
    columns: Option<u16>,
    ascii: bool,
    pager: Option<String>,
    less: bool,
    language: Option<Language>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub(super) fn read() -> Self {
        let set = |name: &str| std::env::var(name).is_ok_and(|v| !v.is_empty());
        let on = |name: &str| std::env::var(name).is_ok_and(|v| !v.is_empty() && v != "0");
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .iter()
            .find_map(|n| std::env::var(n).ok().filter(|v| !v.is_empty()));
        Self {
            no_color: set("NO_COLOR") || std::env::var("CLICOLOR").is_ok_and(|v| v == "0"),
            force_color: on("CLICOLOR_FORCE"),
            dumb: std::env::var("TERM").is_ok_and(|v| v == "dumb"),
            accessible: on("ACCESSIBLE"),
            columns: std::env::var("COLUMNS").ok().and_then(|v| v.parse().ok()),
            pager: std::env::var("PAGER").ok(),
            less: set("LESS"),
            ascii: locale.is_some_and(|l| matches!(l.as_str(), "C" | "POSIX")),
            language: locale_language(|name| std::env::var(name).ok()),
        }
    }

    /// The language of the locale, if it is spoken here.
    pub(super) const fn language(&self) -> Option<Language> {
        self.language
    }
}

/// As gettext has it: the locale of messages, and before it the list in `LANGUAGE` unless that locale is C.
fn locale_language(variable: impl Fn(&str) -> Option<String>) -> Option<Language> {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)?;
    if matches!(locale.split('.').next(), Some("C" | "POSIX")) {
        return None;
    }
    let listed = variable("LANGUAGE").unwrap_or_default();
    listed.split(':').find_map(Language::named).or_else(|| Language::named(&locale))
}

/// A file as a shell takes it.
pub(super) fn quoted(file: &Path) -> String {
    let mut name = file.display().to_string();
    if name.starts_with('-') {
        // It would be read as an option.
        name.insert_str(0, "./");
    }
    let plain = |letter: char| letter.is_alphanumeric() || "-_./:\\~".contains(letter);
    if name.chars().all(plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

/// How and where the program speaks.
#[derive(Clone, Debug)]
pub(super) struct Output {
    /// Colour on standard output.
    pub(super) color: bool,
    /// Colour on standard error.
    pub(super) color_talk: bool,
    /// Columns, 40 … 200.
    pub(super) width: u16,
    /// Whether anybody said how wide: a terminal, or the environment.
    fits: bool,
    /// One line after the other, nothing redrawn.
    pub(super) plain: bool,
    /// Whether plainness was asked for, rather than found.
    pub(super) narrated: bool,
    /// ASCII marks only.
    pub(super) ascii: bool,
    /// Only what was asked for.
    pub(super) quiet: bool,
    /// JSON where something is listed or reported.
    pub(super) json: bool,
    /// Whether there is a person at a terminal who may be asked.
    pub(super) asks: bool,
    /// Whether asking was not forbidden.
    pub(super) may_ask: bool,
    /// The folder that was asked for, if one was.
    data_dir: Option<String>,
    /// Whether what is said is broken into lines here: a terminal would break in mid-word.
    breaks: bool,
    /// What shows a long text page by page, where somebody looks on.
    pager: Option<Pager>,
}

/// A program that shows a text page by page.
#[derive(Clone, Debug)]
struct Pager {
    command: String,
    /// Whether `less` has settings of its own.
    settled: bool,
}

impl Pager {
    /// Whether it did; a pager that is not there shows nothing.
    fn show(&self, text: &str) -> bool {
        let mut command = Command::new("sh");
        command.arg("-c").arg(&self.command).stdin(Stdio::piped());
        if !self.settled {
            // Colours as they are, and what was read stays on the screen.
            command.env("LESS", "FRX");
        }
        let Ok(mut child) = command.spawn() else { return false };
        if let Some(mut page) = child.stdin.take() {
            // Who leaves before the end has read enough.
            let _ = page.write_all(text.as_bytes());
        }
        const NOT_FOUND: i32 = 127;
        child.wait().is_ok_and(|status| status.code() != Some(NOT_FOUND))
    }
}

impl Output {
    pub(super) fn new(global: &Global, env: &Environment) -> Self {
        let (stdin, stdout, stderr) =
            (io::stdin().is_terminal(), io::stdout().is_terminal(), io::stderr().is_terminal());
        let color = |terminal: bool| match global.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !env.no_color && (env.force_color || (terminal && !env.dumb)),
        };
        let terminal_width = crossterm::terminal::size().ok().map(|(columns, _)| columns);
        let width = if stdout || stderr { terminal_width } else { None };
        Self {
            color: color(stdout),
            color_talk: color(stderr),
            width: env.columns.or(width).unwrap_or(80).clamp(40, 200),
            fits: env.columns.or(width).is_some(),
            plain: global.plain || env.accessible || env.dumb || !stdin || !stdout || !stderr,
            narrated: global.plain || env.accessible || env.dumb,
            ascii: global.ascii || env.ascii,
            quiet: global.quiet,
            json: global.json,
            asks: stdin && stderr && !global.no_input,
            may_ask: !global.no_input,
            breaks: stderr,
            data_dir: global.data_dir.as_deref().map(quoted),
            pager: (stdin
                && stdout
                && stderr
                && !global.no_input
                && !global.plain
                && !env.accessible
                && !env.dumb)
                .then(|| env.pager.clone().unwrap_or_else(|| "less".into()))
                .filter(|command| !command.trim().is_empty())
                .map(|command| Pager { command, settled: env.less }),
        }
    }

    /// How standard output looks.
    pub(super) const fn style(&self) -> Style {
        Style { color: self.color, ascii: self.ascii }
    }

    /// How standard error looks.
    pub(super) const fn style_talk(&self) -> Style {
        Style { color: self.color_talk, ascii: self.ascii }
    }

    /// How findings look on standard output.
    pub(super) fn findings(&self) -> FindingsStyle {
        self.findings_in(self.color)
    }

    /// How findings look on standard error.
    pub(super) fn findings_talk(&self) -> FindingsStyle {
        self.findings_in(self.color_talk)
    }

    /// Findings keep their carets in a pipe: only who asked for plain gets them narrated.
    fn findings_in(&self, color: bool) -> FindingsStyle {
        if self.narrated { FindingsStyle::Plain } else { FindingsStyle::Rich { color, width: self.width } }
    }

    /// How a debrief looks on standard output.
    pub(super) const fn screen(&self) -> Screen {
        Screen { width: self.width, colour: self.color, ascii: self.ascii }
    }

    /// The same, for a file: no colour, and the width of a page.
    pub(super) fn for_a_file(&self) -> Self {
        Self { color: false, width: 80, ..self.clone() }
    }

    /// Writes the thing asked for.
    ///
    /// # Errors
    /// If standard output cannot take it. A reader that went away is no error.
    pub(super) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let newline = if text.ends_with('\n') { "" } else { "\n" };
        match write!(out, "{text}{newline}").and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::new(tr!("standard output cannot be written: {error}", error)))
            }
            _ => Ok(()),
        }
    }

    /// Writes a text for people, in ASCII where that was asked for.
    ///
    /// # Errors
    /// If standard output cannot take it.
    pub(super) fn prose(&self, text: &str) -> Result<(), Failure> {
        if self.ascii { self.result(&in_ascii(text, |_| None)) } else { self.result(text) }
    }

    /// `says` in lines that fit, the first `first` columns in and the others `rest`; a no-break space holds.
    pub(super) fn hung(&self, says: &str, first: usize, rest: usize) -> String {
        let (first, rest) = (" ".repeat(first), " ".repeat(rest));
        let options = textwrap::Options::new(usize::from(self.width).clamp(40, 80))
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let mut text = textwrap::fill(says, options).replace('\u{a0}', " ");
        text.push('\n');
        text
    }

    /// The same for a row of a list, which in a pipe stays one line: programs read it there.
    pub(super) fn row(&self, says: &str, rest: usize) -> String {
        if self.fits { self.hung(says, 0, rest) } else { format!("{}\n", says.replace('\u{a0}', " ")) }
    }

    /// Writes the thing asked for: on a terminal that it does not fit, page by page.
    ///
    /// # Errors
    /// If standard output cannot take it.
    pub(super) fn result_paged(&self, text: &str) -> Result<(), Failure> {
        let rows = crossterm::terminal::size().map_or(usize::MAX, |(_, rows)| usize::from(rows));
        let pager = self.pager.as_ref().filter(|_| text.lines().count() >= rows);
        if pager.is_some_and(|pager| pager.show(text)) { Ok(()) } else { self.result(text) }
    }

    /// Empties the screen of a terminal.
    ///
    /// # Errors
    /// If standard output cannot take it.
    pub(super) fn clear(&self) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let all = crossterm::terminal::Clear(crossterm::terminal::ClearType::All);
        crossterm::execute!(out, all, crossterm::cursor::MoveTo(0, 0))
            .map_err(|error| Failure::new(tr!("standard output cannot be written: {error}", error)))
    }

    /// Says something beside the result, unless told to be quiet.
    pub(super) fn talk(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Says something that is said even when quiet.
    ///
    /// File names and other words from outside are in it, so it is cleaned here.
    pub(super) fn say(&self, text: &str) {
        for line in clean(text).split('\n') {
            // What goes on is set in, below what was begun.
            let margin = line.len() - line.trim_start().len() + 2;
            Self::put(&self.broken(line, usize::from(self.width), margin.min(8)));
        }
    }

    /// In lines of at most `width` columns where a terminal would break in mid-word, and as it is elsewhere.
    fn broken(&self, text: &str, width: usize, margin: usize) -> String {
        if !self.breaks {
            return text.to_owned();
        }
        let margin = " ".repeat(margin);
        let options = textwrap::Options::new(width).subsequent_indent(&margin).break_words(false);
        textwrap::fill(text, options.word_splitter(textwrap::WordSplitter::NoHyphenation))
    }

    /// Says something behind a mark that may be coloured.
    fn say_marked(&self, mark: &str, text: &str) {
        const SHOWN: usize = "error: ".len();
        let room = usize::from(self.width).saturating_sub(SHOWN).max(20);
        let text = self.broken(&clean(text), room, 0);
        Self::put(&format!("{mark}: {text}"));
    }

    /// Says what a renderer made, which is clean and may be coloured.
    pub(super) fn say_as_is(&self, text: &str) {
        Self::put(text);
    }

    fn put(text: &str) {
        // Nobody is left to tell if standard error is gone.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// The line that says what to do next.
    pub(super) fn next(&self, text: &str) {
        if !self.json {
            // A sentence is no command.
            let command = text.starts_with("breachdrill ") && !text.contains([';', ',']);
            let text = if command { self.here(text) } else { text.to_owned() };
            self.talk(&tr!("Next: {text}", text));
        }
    }

    /// A command that finds what was kept where this one was told to keep it.
    pub(super) fn here(&self, command: &str) -> String {
        self.data_dir
            .as_ref()
            .map_or_else(|| command.to_owned(), |folder| format!("{command} --data-dir {folder}"))
    }

    /// The folder that `--data-dir` named, as a shell reads it.
    pub(super) fn data_dir(&self) -> Option<&str> {
        self.data_dir.as_deref()
    }

    /// Says what went wrong.
    pub(super) fn failure(&self, failure: &Failure) {
        if failure.message.is_empty() {
            return;
        }
        let error = tr!("error");
        let mark = if self.color_talk { format!("\u{1b}[1;31m{error}\u{1b}[0m") } else { error };
        self.say_marked(&mark, &failure.message);
        for found in &failure.found {
            self.say(&format!("  {found}"));
        }
        for hint in &failure.hints {
            self.say(&tr!("  help: {hint}", hint));
        }
    }
}
