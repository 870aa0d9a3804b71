//! The words in a help that are clap's own: headings, defaults, possible values, the options for help itself.
//!
//! clap has them fixed in English; so they are given here as if they were the program's.

use clap::builder::{StyledStr, Styles};
use clap::{Arg, ArgAction, Command};
use tr::tr;

/// A translated definition that shows its help and reads a command line, with clap's own words translated too.
pub(super) fn dressed(command: Command) -> Command {
    let mut command = with_own_options(with_values(command));
    // clap makes the command `help` when it begins to build; by then it can be told what to say.
    let _ = command.render_usage();
    with_usages(command.mut_subcommand("help", |help| {
        let which = |arg: Arg| arg.help(tr!("Print help for the subcommand(s)")).value_name(tr!("COMMAND"));
        let help = help.about(about_help()).mut_arg("subcommand", which);
        let template = template(&help);
        help.help_template(template)
    }))
}

/// A translated definition, built to its last branch, for completions and the manual page.
pub(super) fn described(command: Command) -> Command {
    let mut command = with_own_options(command);
    command.build();
    command.mut_subcommand("help", |help| {
        help.about(about_help()).mut_subcommand("help", |help| help.about(about_help()))
    })
}

fn about_help() -> String {
    tr!("Print this message or the help of the given subcommand(s)")
}

/// With the options for help and version, which clap would make in English.
fn with_own_options(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let command = command.disable_version_flag(true);
    with_help(command.arg(version.help(tr!("Print version")).display_order(LAST)))
}

/// Where clap puts what has no place of its own.
const LAST: usize = 999;

fn with_help(command: Command) -> Command {
    let template = template(&command);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST);
    let help = help
        .help(tr!("Print help (see more with '--help')"))
        .long_help(tr!("Print help (see a summary with '-h')"));
    command
        .help_template(template)
        .subcommand_value_name(tr!("COMMAND"))
        .disable_help_flag(true)
        .arg(help)
        .mut_subcommands(with_help)
}

fn with_values(command: Command) -> Command {
    let styles = command.get_styles().clone();
    command.mut_args(|arg| argument(arg, &styles)).mut_subcommands(with_values)
}

/// The parts of a help in clap's order, under headings in the language spoken.
fn template(command: &Command) -> StyledStr {
    let styles = command.get_styles();
    let (usage, header) = (styles.get_usage(), styles.get_header());
    let mut text =
        format!("{{before-help}}{{about-with-newline}}\n{usage}{}:{usage:#} {{usage}}", tr!("Usage"));
    let mut part = |heading: String, tag: &str| {
        text.push_str(&format!("\n\n{header}{heading}:{header:#}\n{{{tag}}}"));
    };
    if command.has_subcommands() {
        part(tr!("Commands"), "subcommands");
    }
    if command.get_positionals().next().is_some() {
        part(tr!("Arguments"), "positionals");
    }
    if command.get_name() != "help" {
        part(tr!("Options"), "options");
    }
    text.push_str("{after-help}");
    text.into()
}

/// With the default and the possible values in its help, where clap would have put them.
fn argument(arg: Arg, styles: &Styles) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let default = defaults(&arg);
    let values = if arg.is_hide_possible_values_set() { Vec::new() } else { arg.get_possible_values() };
    let short = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let long = arg.get_long_help().map_or_else(|| short.clone(), ToString::to_string);
    let names: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let listed = (!names.is_empty()).then(|| tr!("[possible values: {0}]", names.join(", ")));
    let in_short: Vec<String> =
        [Some(short), default.clone(), listed.clone()].into_iter().flatten().collect();
    let explained = values.iter().any(|value| value.get_help().is_some());
    let in_long = if explained {
        let literal = styles.get_literal();
        let longest = names.iter().map(|name| name.len()).max().unwrap_or_default();
        let mut text = tr!("Possible values:");
        for value in &values {
            let name = value.get_name();
            let said = value.get_help().map(ToString::to_string).unwrap_or_default();
            let room = longest - name.len();
            text.push_str(&format!("\n- {literal}{name}{literal:#}: {:room$}{said}", ""));
        }
        [Some(long), Some(text), default]
    } else {
        let specified: Vec<String> = [default, listed].into_iter().flatten().collect();
        [Some(long), (!specified.is_empty()).then(|| specified.join("\n")), None]
    };
    let in_long: Vec<String> = in_long.into_iter().flatten().collect();
    arg.help(in_short.join(" "))
        .long_help(in_long.join("\n\n"))
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn defaults(arg: &Arg) -> Option<String> {
    let values: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    (!values.is_empty()).then(|| tr!("[default: {0}]", values.join(" ")))
}

/// With usage lines of its own: clap's say `[OPTIONS]`.
fn with_usages(mut command: Command) -> Command {
    let mut built = command.clone();
    built.build();
    let own = usage(&built);
    command = command.mut_subcommands(|command| match built.find_subcommand(command.get_name()) {
        Some(built) => command.override_usage(usage(built)),
        None => command,
    });
    command.override_usage(own)
}

fn usage(built: &Command) -> StyledStr {
    let line = built.clone().render_usage().ansi().to_string();
    // Behind its title, which the template has, or whoever tells what is wrong.
    let line = line.split_once("Usage:").map_or(line.as_str(), |(_, rest)| rest);
    let line = line.split_once(' ').map_or(line, |(_, rest)| rest);
    line.replace("[OPTIONS]", &tr!("[OPTIONS]")).into()
}
