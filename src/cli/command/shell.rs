//! Completions and the manual page, made from the command line's own definition.

use clap::CommandFactory;

use crate::cli::args::{Cli, Completions};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::scenario::library;

pub(in crate::cli) fn completions(args: &Completions, out: &Output) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "breachdrill", &mut text);
    let mut text = String::from_utf8_lossy(&text).into_owned();
    let names = library().iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ");
    if args.shell == clap_complete::Shell::Zsh {
        // A script may be a file too; the other shells fall back on files by themselves.
        text = text.replace(&format!("({names})"), &format!("{{compadd {names}; _files}}"));
    }
    if args.shell == clap_complete::Shell::Fish {
        // Its generator passes over what stands without an option.
        let takes = |command: &&clap::Command| command.get_arguments().any(|arg| arg.get_id() == "script");
        let all = Cli::command();
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
    clap_mangen::Man::new(Cli::command()).render(&mut text).map_err(Failure::new)?;
    let mut text = String::from_utf8_lossy(&text).into_owned();
    // There is this one page; a command's own is its --help.
    for command in
        Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).chain(["help".into()])
    {
        let page = format!("breachdrill\\-{}(1)", command.replace('-', "\\-"));
        text = text.replace(&page, &format!("breachdrill {} \\-\\-help", command.replace('-', "\\-")));
    }
    out.result(&text.replace("breachdrill help \\-\\-help", "breachdrill help"))
}
