//! What is wrong with a command line, in a language that clap does not speak.
//!
//! As clap tells it in English: what, what was perhaps meant, how the command is called, where more is said.

use std::error::Error as _;
use std::fmt::Write;
use std::num::{IntErrorKind, ParseIntError};

use clap::builder::{StyledStr, Styles};
use clap::error::{ContextKind, ContextValue, ErrorFormatter, ErrorKind};
use tr::tr;

/// Writes clap's errors in the language spoken.
pub(super) struct Refused;

type Error = clap::error::Error<Refused>;

impl ErrorFormatter for Refused {
    fn format_error(error: &Error) -> StyledStr {
        let styles = Styles::default();
        let (mark, literal) = (styles.get_error(), styles.get_literal());
        let mut text = format!("{mark}{}:{mark:#} {}", tr!("error"), what(error, &styles));
        let tips = tips(error);
        if !tips.is_empty() {
            text.push('\n');
        }
        for tip in tips {
            let valid = styles.get_valid();
            let _ = write!(text, "\n  {valid}{}:{valid:#} {tip}", tr!("tip"));
        }
        if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
            let usage = usage.ansi().to_string().replacen("Usage:", &format!("{}:", tr!("Usage")), 1);
            let _ = write!(text, "\n\n{usage}");
        }
        let help = format!("{literal}--help{literal:#}");
        let _ = writeln!(text, "\n\n{}", tr!("For more information, try `{help}`.", help));
        text.into()
    }
}

fn what(error: &Error, styles: &Styles) -> String {
    let (invalid, literal) = (styles.get_invalid(), styles.get_literal());
    let wrong = |kind| string(error, kind).map(|text| format!("{invalid}{text}{invalid:#}"));
    let value = wrong(ContextKind::InvalidValue).unwrap_or_default();
    let at = string(error, ContextKind::InvalidArg).unwrap_or_default();
    let at = format!("{literal}{at}{literal:#}");
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "clap adds kinds; those not named here do not come up"
    )]
    match error.kind() {
        ErrorKind::ArgumentConflict => conflict(error, styles),
        ErrorKind::InvalidValue => {
            let empty = string(error, ContextKind::InvalidValue).is_none_or(str::is_empty);
            let mut text = if empty {
                tr!("a value is required for `{at}`, and none was given", at)
            } else {
                tr!("invalid value `{value}` for `{at}`", value, at)
            };
            let values = strings(error, ContextKind::ValidValue);
            if !values.is_empty() {
                let _ = write!(text, "\n  {}", tr!("[possible values: {0}]", values.join(", ")));
            }
            text
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(why).unwrap_or_default();
            tr!("invalid value `{value}` for `{at}`: {why}", value, at, why)
        }
        ErrorKind::TooManyValues => tr!("`{at}` takes no value, and `{value}` was given", at, value),
        ErrorKind::InvalidSubcommand => {
            let name = wrong(ContextKind::InvalidSubcommand).unwrap_or_default();
            tr!("there is no command `{name}`", name)
        }
        ErrorKind::MissingRequiredArgument => {
            let mut text = tr!("the following required arguments were not given:");
            let valid = styles.get_valid();
            for missing in strings(error, ContextKind::InvalidArg) {
                let _ = write!(text, "\n  {valid}{missing}{valid:#}");
            }
            text
        }
        ErrorKind::UnknownArgument => {
            let arg = wrong(ContextKind::InvalidArg).unwrap_or_default();
            tr!("unexpected argument `{arg}`", arg)
        }
        ErrorKind::InvalidUtf8 => tr!("an argument is not valid text (UTF-8)"),
        _ => tr!("the command line does not fit"),
    }
}

/// What does not go together.
fn conflict(error: &Error, styles: &Styles) -> String {
    let invalid = styles.get_invalid();
    let marked = |text: &str| format!("{invalid}{text}{invalid:#}");
    let arg = string(error, ContextKind::InvalidArg).or(string(error, ContextKind::InvalidSubcommand));
    let arg = arg.unwrap_or_default();
    let others = match error.get(ContextKind::PriorArg) {
        Some(ContextValue::String(other)) if other == arg => {
            return tr!("`{arg}` cannot be given more than once", arg = marked(arg));
        }
        Some(ContextValue::String(other)) => vec![marked(other)],
        Some(ContextValue::Strings(others)) => others.iter().map(|other| marked(other)).collect(),
        _ => Vec::new(),
    };
    match others.as_slice() {
        [] => tr!("`{arg}` cannot be given together with what else was given", arg = marked(arg)),
        [other] => tr!("`{arg}` and `{other}` cannot be given together", arg = marked(arg), other = other),
        others => {
            let arg = marked(arg);
            tr!("`{arg}` cannot be given together with any of these:\n  {0}", others.join("\n  "), arg)
        }
    }
}

/// Why a value does not do: our own words are in the language spoken; those of clap and Rust are few.
fn why(source: &(dyn std::error::Error + 'static)) -> String {
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the other kinds are of one sort: it is no number"
        )]
        return match number.kind() {
            IntErrorKind::PosOverflow => tr!("the number is too large"),
            IntErrorKind::NegOverflow => tr!("the number is too small"),
            _ => tr!("it is not a whole number"),
        };
    }
    let said = source.to_string();
    let bounds = said.split_once(" is not in ").and_then(|(_, bounds)| bounds.split_once("..="));
    bounds.map_or(said.clone(), |(least, most)| tr!("it goes from {least} to {most}", least, most))
}

/// What was perhaps meant.
fn tips(error: &Error) -> Vec<String> {
    let mut tips = Vec::new();
    for kind in [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue] {
        let near: Vec<&str> = string(error, kind).into_iter().chain(strings(error, kind)).collect();
        if !near.is_empty() {
            let near = near.join(&format!("` {} `", tr!("or")));
            tips.push(tr!("did you mean `{near}`?", near));
        }
    }
    if let Some(ContextValue::StyledStrs(others)) = error.get(ContextKind::Suggested) {
        tips.extend(others.iter().map(|other| tip(&other.to_string())));
    }
    tips
}

/// clap gives these as whole sentences.
fn tip(said: &str) -> String {
    let between = |before: &str, after: &str| said.strip_prefix(before)?.strip_suffix(after);
    if let Some((word, typed)) = between("to pass '", "'").and_then(|s| s.split_once("' as a value, use '")) {
        return tr!("to pass `{word}` as a value, type `{typed}`", word, typed);
    }
    if let Some(there) = between("'", "' exists") {
        return tr!("`{there}` exists", there);
    }
    if let Some(name) = between("subcommand '", "' exists; to use it, remove the '--' before it") {
        return tr!("the command `{name}` exists; leave out the `--` before it", name);
    }
    said.to_owned()
}

fn string(error: &Error, kind: ContextKind) -> Option<&str> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest of clap's values are no single word")]
    match error.get(kind)? {
        ContextValue::String(text) => Some(text),
        _ => None,
    }
}

fn strings(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
