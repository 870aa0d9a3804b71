//! Completions and the manual page, made from the command line's own definition.

use tr::tr;

use crate::cli::args::Completions;
use crate::cli::failure::Failure;
use crate::cli::help;
use crate::cli::output::Output;
use crate::scenario::library;
use crate::speech::{Language, language};

pub(in crate::cli) fn completions(args: &Completions, out: &Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut help::described(), "breachdrill", &mut text);
    let mut text = String::from_utf8_lossy(&text).into_owned();
    let names = library().iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    if args.shell == clap_complete::Shell::Zsh {
        // A script may be a file too; the other shells fall back on files by themselves.
        text = text.replace(&format!("({names})"), &format!("{{compadd {names}; _files}}"));
    }
    if args.shell == clap_complete::Shell::Fish {
        // Its generator passes over what stands without an option.
        let takes = |command: &&clap::Command| command.get_arguments().any(|arg| arg.get_id() == "script");
        let all = help::described();
        let commands: Vec<&str> = all.get_subcommands().filter(takes).map(clap::Command::get_name).collect();
        let commands = commands.join(" ");
        text.push_str(&format!(
            "complete -c breachdrill -n \"__fish_seen_subcommand_from {commands}\" -a \"{names}\"\n"
        ));
    }
    out.result(&text)
}

pub(in crate::cli) fn man(out: &Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_mangen::Man::new(help::described()).render(&mut text).map_err(Failure::new)?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    // There is this one page; a command's own is its --help.
    for command in help::described()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .chain(["help".into()])
    {
        let page = format!("breachdrill\\-{}(1)", command.replace('-', "\\-"));
        text = text.replace(&page, &format!("breachdrill {} \\-\\-help", command.replace('-', "\\-")));
    }
    out.result(&in_words_of_our_own(&text.replace("breachdrill help \\-\\-help", "breachdrill help")))
}

/// The words that the maker of the page puts into it, in the language spoken.
fn in_words_of_our_own(page: &str) -> String {
    if language() == Language::English {
        return page.to_owned();
    }
    let heading = |said: String| format!(".SH {}\n", said.to_uppercase());
    let default = tr!("[default: {0}]", "");
    page.replace(".SH SYNOPSIS\n", &heading(tr!("Usage")))
        .replace(".SH DESCRIPTION\n", &heading(tr!("Description")))
        .replace(".SH OPTIONS\n", &heading(tr!("Options")))
        .replace(".SH SUBCOMMANDS\n", &heading(tr!("Commands")))
        .replace(".SH EXTRA\n", &heading(tr!("Examples and exit codes")))
        .replace("[\\fIsubcommands\\fR]", &format!("[\\fI{}\\fR]", tr!("COMMAND")))
        .replace("Possible values:", &tr!("Possible values:"))
        .replace(" [default: ", &format!(" {}", default.trim_end_matches(']')))
}
