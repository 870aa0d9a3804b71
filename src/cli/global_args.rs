//! What was typed for every command: where drills are kept, how and in what language it speaks.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tr::tr;

use crate::speech::Language;

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// Where drills are kept [default: the user's data directory]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data_dir: Option<PathBuf>,
    /// One line after the other: for screen readers, pipes and simple terminals
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(super) color: ColorChoice,
    /// Marks in ASCII only
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Say only what was asked for
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Never ask; say which option would have answered
    #[arg(long, global = true)]
    pub(super) no_input: bool,
    /// Print JSON where something is listed or reported
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// What to speak: en, de [default: the locale's language, or English]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = spoken)]
    pub(super) lang: Option<Language>,
}

/// A language of the program; scripts are in whatever their authors wrote.
fn spoken(tag: &str) -> Result<Language, String> {
    Language::named(tag).ok_or_else(|| {
        let tags: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        tr!(
            "breachdrill speaks {}; scripts have languages of their own (breachdrill list --language)",
            tags.join(", ")
        )
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
