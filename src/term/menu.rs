//! Choosing before the clock starts: a script, a name, a setting.
//!
//! The only place that names dialoguer. Its prompts can be neither interrupted
//! nor timed out, and a resize ends the program once crossterm has polled for
//! keys (`reference/ux.md`, section 4.3): so they come before a drill, never
//! during one nor after one in the same process. In plain mode the same
//! questions are asked by numbered lines.

use std::io::{self, BufRead, Write};

use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Confirm, Input, Select};
use tr::tr;

use super::key::says_yes;
use super::signals::Prompting;
use super::style::{Style, plain};
use super::wrap::cut;
use crate::speech::{Language, language};

/// Where the questions are asked.
pub enum Menu<'d> {
    /// By arrow keys, on the terminal.
    Live {
        /// How things look.
        style: Style,
        /// Columns; longer rows are cut, because dialoguer does not erase a row that wraps.
        width: usize,
    },
    /// By numbered lines.
    Plain {
        /// Where lines come from.
        input: &'d mut dyn BufRead,
        /// Where lines go.
        output: &'d mut dyn Write,
    },
}

impl Menu<'_> {
    /// One of `items`, or none if the person goes back.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn pick(&mut self, prompt: &str, items: &[String], default: usize) -> io::Result<Option<usize>> {
        match self {
            Self::Live { style, width } => {
                let _prompting = Prompting::begin()?;
                let room = width.saturating_sub(4).max(10);
                let row =
                    |item: &String| Style { color: false, ..*style }.paint(&cut(&vec![plain(item)], room));
                let rows: Vec<String> = items.iter().map(row).collect();
                let theme = theme(*style);
                if language() != Language::English && rows.len() > ROWS_MAX - 2 {
                    return by_pages(&*theme, prompt, &rows, default, &row);
                }
                let select = Select::with_theme(&*theme).with_prompt(prompt).items(&rows).default(default);
                told(select.max_length(ROWS_MAX).interact_opt())
            }
            Self::Plain { input, output } => {
                writeln!(output, "{prompt}")?;
                for (row, item) in items.iter().enumerate() {
                    writeln!(output, "{}. {item}", row + 1)?;
                }
                loop {
                    write!(output, "{} ", tr!("Type a number and press Enter, or Enter alone to go back:"))?;
                    output.flush()?;
                    let Some(line) = next_line(*input)? else { return Ok(None) };
                    match line.parse::<usize>() {
                        _ if line.is_empty() => return Ok(None),
                        Ok(number) if (1..=items.len()).contains(&number) => return Ok(Some(number - 1)),
                        _ => writeln!(output, "{}", tr!("The numbers go from 1 to {0}.", items.len()))?,
                    }
                }
            }
        }
    }

    /// A line, or `default` if nothing is typed.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn line(&mut self, prompt: &str, default: &str) -> io::Result<Option<String>> {
        match self {
            Self::Live { style, .. } => {
                let _prompting = Prompting::begin()?;
                let theme = theme(*style);
                let field: Input<'_, String> =
                    Input::with_theme(&*theme).with_prompt(prompt).allow_empty(true);
                let field = if default.is_empty() { field } else { field.default(default.to_owned()) };
                told(field.interact_text().map(Some))
            }
            Self::Plain { input, output } => {
                let offer = match default {
                    "" => String::new(),
                    default => format!(" ({})", tr!("Enter alone: {default}", default)),
                };
                write!(output, "{prompt}{offer}: ")?;
                output.flush()?;
                let line = next_line(*input)?;
                Ok(line.map(|line| if line.is_empty() { default.to_owned() } else { line }))
            }
        }
    }

    /// Yes or no.
    ///
    /// # Errors
    /// If the terminal fails.
    pub fn confirm(&mut self, prompt: &str, default: bool) -> io::Result<Option<bool>> {
        match self {
            Self::Live { style, .. } => {
                let _prompting = Prompting::begin()?;
                let theme = theme(*style);
                if language() == Language::English {
                    return told(
                        Confirm::with_theme(&*theme).with_prompt(prompt).default(default).interact_opt(),
                    );
                }
                // Its keys are y and n; a list of two is answered in any language.
                let both = [tr!("No"), tr!("Yes")];
                let select = Select::with_theme(&*theme).with_prompt(prompt).items(&both);
                Ok(told(select.default(usize::from(default)).interact_opt())?.map(|row| row == 1))
            }
            Self::Plain { input, output } => {
                let offer =
                    if default { tr!("y or n, Enter alone: y") } else { tr!("y or n, Enter alone: n") };
                write!(output, "{prompt} ({offer}): ")?;
                output.flush()?;
                Ok(next_line(*input)?.map(|line| line.chars().next().map_or(default, says_yes)))
            }
        }
    }
}

/// Rows of the screen that a list takes, with its prompt and one more.
const ROWS_MAX: usize = 12;

/// By pages of our own: dialoguer numbers its pages in English.
fn by_pages(
    theme: &dyn Theme,
    prompt: &str,
    rows: &[String],
    default: usize,
    painted: &dyn Fn(&String) -> String,
) -> io::Result<Option<usize>> {
    let high = crossterm::terminal::size().map_or(ROWS_MAX, |(_, rows)| usize::from(rows));
    let page_rows = high.min(ROWS_MAX).saturating_sub(3).max(1);
    let pages = rows.len().div_ceil(page_rows);
    let (mut page, mut at) = (default / page_rows, default % page_rows);
    loop {
        let first = page * page_rows;
        let mut shown = rows[first..rows.len().min(first + page_rows)].to_vec();
        let more = shown.len();
        shown.push(painted(&tr!("more … (page {0} of {1})", page + 1, pages)));
        let select = Select::with_theme(theme).with_prompt(prompt).items(&shown).default(at).report(false);
        match told(select.interact_opt())? {
            Some(row) if row == more => (page, at) = ((page + 1) % pages, 0),
            Some(row) => {
                let mut said = String::new();
                // A text takes whatever is written into it.
                let _ = theme.format_select_prompt_selection(&mut said, prompt, &shown[row]);
                writeln!(io::stderr(), "{said}")?;
                return Ok(Some(first + row));
            }
            None => return Ok(None),
        }
    }
}

/// The simple theme marks the row with `>`, which shows without colour too.
fn theme(style: Style) -> Box<dyn Theme> {
    if style.color && !style.ascii { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) }
}

/// Ctrl-C goes back; dialoguer then leaves the cursor hidden, and `console` sends the
/// program a SIGINT, which would end it before the cursor is shown: hence [`Prompting`].
fn told<T>(answer: dialoguer::Result<Option<T>>) -> io::Result<Option<T>> {
    match answer {
        Ok(answer) => Ok(answer),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
            crossterm::execute!(io::stderr(), crossterm::cursor::Show)?;
            Ok(None)
        }
        Err(dialoguer::Error::IO(error)) => Err(error),
    }
}

/// A line without its end; none when the input has come to its end.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    let limit = crate::limits::TYPED_BYTES_MAX as u64;
    let read = io::Read::take(&mut *input, limit).read_line(&mut line)?;
    Ok((read > 0).then(|| crate::scenario::clean(line.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain_menu<T>(typed: &str, ask: impl FnOnce(&mut Menu<'_>) -> io::Result<T>) -> (T, String) {
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let answer = ask(&mut Menu::Plain { input: &mut input, output: &mut output });
        (answer.expect("memory"), String::from_utf8(output).expect("text"))
    }

    #[test]
    fn numbers_pick_and_enter_goes_back() {
        let items = ["one".to_owned(), "two".to_owned()];
        let (picked, said) = plain_menu("3\nx\n2\n", |menu| menu.pick("Which?", &items, 0));
        assert_eq!(picked, Some(1));
        assert!(said.starts_with("Which?\n1. one\n2. two\n") && said.contains("from 1 to 2"), "{said}");
        assert_eq!(plain_menu("\n", |menu| menu.pick("Which?", &items, 0)).0, None);
        assert_eq!(plain_menu("", |menu| menu.pick("Which?", &items, 0)).0, None);
    }

    #[test]
    fn lines_and_yes_have_defaults() {
        assert_eq!(plain_menu("\n", |menu| menu.line("Name", "Ada")).0.as_deref(), Some("Ada"));
        assert_eq!(
            plain_menu("Bo\u{1b}[2J\n", |menu| menu.line("Name", "")).0.as_deref(),
            Some("Bo\u{fffd}[2J")
        );
        assert_eq!(plain_menu("", |menu| menu.line("Name", "Ada")).0, None);
        assert_eq!(plain_menu("\n", |menu| menu.confirm("Sure?", true)).0, Some(true));
        assert_eq!(plain_menu("no\n", |menu| menu.confirm("Sure?", true)).0, Some(false));
    }
}
