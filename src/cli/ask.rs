//! Questions before the clock starts: a script, a title, a confirmation.

use std::io;

use tr::tr;

use super::failure::{Exit, Failure};
use super::output::Output;
use crate::term::Menu;

/// Asks through a menu, live or line by line; `None` means that the person went back.
fn ask<T>(out: &Output, question: impl FnOnce(&mut Menu<'_>) -> io::Result<Option<T>>) -> Result<T, Failure> {
    let answer = if out.plain {
        question(&mut Menu::Plain { input: &mut io::stdin().lock(), output: &mut io::stderr() })
    } else {
        question(&mut Menu::Live { style: out.style_talk(), width: usize::from(out.width) })
    };
    answer
        .map_err(|e| Failure::new(tr!("the terminal failed: {e}", e)))?
        .ok_or_else(|| Failure::silent(Exit::Interrupted))
}

/// One of `items`.
pub(super) fn pick(prompt: &str, items: &[String], default: usize, out: &Output) -> Result<usize, Failure> {
    ask(out, |menu| menu.pick(prompt, items, default))
}

/// A line of text; Enter alone takes `default`.
pub(super) fn line(prompt: &str, default: &str, out: &Output) -> Result<String, Failure> {
    ask(out, |menu| menu.line(prompt, default))
}

/// Yes or no; Enter alone says no.
pub(super) fn confirm(prompt: &str, out: &Output) -> Result<bool, Failure> {
    ask(out, |menu| menu.confirm(prompt, false))
}
