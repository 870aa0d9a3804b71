//! Every text of a command line's definition, in the order in which it is read.
//!
//! The one walk over it: what it does not visit is in no other language, and is missed by no test.

use clap::builder::{PossibleValuesParser, Resettable, StyledStr};
use clap::{Arg, Command};

/// What is said for a text.
type Say<'s> = &'s mut dyn FnMut(&str) -> String;

/// The definition with every text as `say` has it, commands within commands too.
pub(super) fn each(command: Command, say: Say<'_>) -> Command {
    let about = said(command.get_about(), say);
    let long_about = said(command.get_long_about(), say);
    let after = said(command.get_after_help(), say);
    let after_long = said(command.get_after_long_help(), say);
    command
        .about(about)
        .long_about(long_about)
        .after_help(after)
        .after_long_help(after_long)
        .mut_args(|arg| argument(arg, say))
        .mut_subcommands(|command| each(command, say))
}

fn argument(arg: Arg, say: Say<'_>) -> Arg {
    let (short, long) = (said(arg.get_help(), say), said(arg.get_long_help(), say));
    let arg = arg.help(short).long_help(long);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let values = arg.get_possible_values();
    let arg = if values.is_empty() || arg.is_hide_possible_values_set() {
        arg
    } else {
        // What was typed is read by the English definition; here it only has to be told whether it fits.
        let values = values.into_iter().map(|value| {
            let help = said(value.get_help(), say);
            value.help(help)
        });
        arg.value_parser(PossibleValuesParser::new(values))
    };
    let names: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(|name| say(name)).collect();
    if names.is_empty() { arg } else { arg.value_names(names) }
}

fn said(text: Option<&StyledStr>, say: Say<'_>) -> Resettable<StyledStr> {
    text.map(|text| StyledStr::from(say(&text.to_string()))).into()
}
