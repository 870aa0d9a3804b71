//! What was typed: nothing is resolved or run here. The doc comments are the help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use super::again_args::{Replay, Retry, WhatIfArgs};
pub(super) use super::author_args::{AudienceChoice, Explain, Graph, List, New, Simulate};
pub(super) use super::global_args::{ColorChoice, Global};
#[cfg(feature = "host")]
pub(super) use super::host_args::Host;
use super::scripts::ScriptWord;

/// A flight simulator for security incidents.
///
/// Plays a breach script against the clock, scores what you decide, and hands
/// over a debrief that says what each decision was worth. Offline, one binary.
#[derive(Debug, Parser)]
#[command(
    name = "breachdrill",
    version,
    max_term_width = 100,
    after_help = "Examples:
  breachdrill                           the menu, with a three-minute demo
  breachdrill play first-light          practise alone
  breachdrill debrief --format html --open
  breachdrill check my-script.ron       what an author should mend

Exit codes:
  0 done   1 failure   2 wrong command line   3 the script has errors
  4 below the score asked for with --min-score, or broken off
  5 what `explore` tells is partial, not proved
  130 interrupted: by Ctrl-C, by a signal to end, or left unfinished"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the shipped scripts, all or those that fit
    List(List),
    /// Show what a script trains, without spoilers
    Show(Show),
    /// Play a drill alone
    Play(Play),
    /// Go on with a drill that was interrupted
    Resume(Resume),
    /// Run a drill for a room: people join from phones and laptops
    #[cfg(feature = "host")]
    Host(Host),
    /// List the drills and rooms played here
    Drills,
    /// Say what a drill's decisions were worth, or what a room did
    Debrief(DebriefArgs),
    /// Watch a drill again
    Replay(Replay),
    /// Say what would have come of other choices
    WhatIf(WhatIfArgs),
    /// Rewind a drill to a decision, and play on from there
    Retry(Retry),
    /// Say what an author should mend in a script
    Check(Check),
    /// Play a script with simulated trainees: who passes, what is reached
    Simulate(Simulate),
    /// Draw a script: what there is, when, and what leads to what
    Graph(Graph),
    /// Write a new script that checks clean
    New(New),
    /// Look at every line of a script: best, worst, and what none reaches
    Explore(Explore),
    /// Explain a finding of `check`
    Explain(Explain),
    /// List the legal and contractual clocks that scripts can name
    Duties(Duties),
    /// Write a drill or a room to an evidence file
    Export(Export),
    /// Say whether a drill, a room or an evidence file was altered
    Verify(Verify),
    /// Erase a drill, a room or a person
    Forget(Forget),
    /// Say what breachdrill finds on this machine
    Doctor(Doctor),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  breachdrill show friday-invoice --spoilers")]
pub(super) struct Show {
    /// A shipped script's name, or a file
    #[arg(value_parser = ScriptWord, hide_possible_values = true)]
    pub(super) script: String,
    /// With truth, injects and key: for trainers and authors
    #[arg(long)]
    pub(super) spoilers: bool,
    /// With --spoilers: although a drill of this script is unfinished here
    #[arg(long, requires = "spoilers")]
    pub(super) unfinished: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill play first-light
  breachdrill play friday-invoice --untimed
  breachdrill play my-script.ron --seed 7 --pace 20
  breachdrill play first-light --answers answers.ron --json

While it runs: numbers and arrows choose, Enter confirms, ? hint, e evidence,
g the situation so far, a actions, n note, w let time pass, o another question,
c change a category, t more time, p pause, Ctrl-C asks.")]
pub(super) struct Play {
    /// A shipped script's name, or a file [default: asks]
    #[arg(value_parser = ScriptWord, hide_possible_values = true)]
    pub(super) script: Option<String>,
    /// Play this variation again [default: a new one each time]
    #[arg(long, value_name = "NUMBER")]
    pub(super) seed: Option<u64>,
    /// Drill seconds for each real second, 1 to 600 [default: the script's]
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) pace: Option<u16>,
    /// Time passes only when you let it; nothing lapses
    #[arg(long, conflicts_with = "pace")]
    pub(super) untimed: bool,
    /// Stretch every answering time, in percent: 150 gives half as much again
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(u16).range(100..=1000))]
    pub(super) time_factor: u16,
    /// Your name for the debrief; sealed on disk, and erased by `forget`
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// Play these answers at full speed, without a person; docs/answers.md says how they are written
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// Exit with 4 below this score, and where the drill is broken off
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min_score: Option<u8>,
    /// Steps of an answers file that were refused or not reached are told, and are no failure
    #[arg(long, requires = "answers")]
    pub(super) lenient: bool,
}

#[derive(Debug, Args)]
pub(super) struct Resume {
    /// The drill's id, or its beginning [default: the unfinished one that was played last]
    pub(super) drill: Option<String>,
    /// Drill seconds for each real second, 1 to 600 [default: the script's]
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u16).range(1..=600))]
    pub(super) pace: Option<u16>,
    /// Play these answers at full speed, without a person; docs/answers.md says how they are written
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,
    /// End it where it stands, for its debrief; what is still open counts neither for nor against
    #[arg(long, conflicts_with_all = ["pace", "answers"])]
    pub(super) end: bool,
    /// Exit with 4 below this score, and where the drill is broken off
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) min_score: Option<u8>,
    /// Steps of an answers file that were refused or not reached are told, and are no failure
    #[arg(long, requires = "answers")]
    pub(super) lenient: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For the terminal
    Terminal,
    /// For a wiki
    #[value(alias = "md")]
    Markdown,
    /// One self-contained page with pictures, for browsers and paper
    Html,
    /// For programs
    Json,
    /// Of a room: its decisions as a table for spreadsheets
    Csv,
    /// Of a room: who was there and how long, as a table for spreadsheets
    Attendance,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill debrief
  breachdrill debrief --format html --open
  breachdrill debrief 7f3a --format markdown --output debrief.md
  breachdrill debrief evidence.jsonl --format json
  breachdrill debrief 9c1e --output room.html       what a room did, for everybody to read
  breachdrill debrief 9c1e --format attendance --output attendance.csv")]
pub(super) struct DebriefArgs {
    /// The id of a drill or a room, its beginning, or an evidence file [default: the last drill]
    #[arg(value_name = "DRILL|ROOM|FILE")]
    pub(super) drill: Option<String>,
    /// How to write it [default: terminal, html with --open]
    #[arg(short, long, value_enum)]
    pub(super) format: Option<Format>,
    /// Write to this file; its ending (.html, .md, .json, .csv) says how, unless --format does
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Show it in the browser
    #[arg(long)]
    pub(super) open: bool,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Of a drill that was broken off: although one begun earlier is unfinished here; of a room: although it is not over
    #[arg(long)]
    pub(super) unfinished: bool,
    /// Print it at once; on a terminal that it does not fit it is shown by $PAGER [default: less]
    #[arg(long)]
    pub(super) no_pager: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill check my-script.ron
  breachdrill check my-script.ron --watch
  breachdrill check scenarios --strict --format sarif > findings.sarif

What a finding means: breachdrill explain CODE. What is right as it stands can
be allowed in the script, with a reason: allow: { \"best-is-longest\": \"…\" }.

Exit codes: 0 sound; 3 errors were found, or warnings under --strict; 1 a script
could not be read; 2 wrong command line.")]
pub(super) struct Check {
    /// Script files, folders with scripts, or names of shipped scripts
    #[arg(required = true, value_name = "SCRIPT")]
    pub(super) scripts: Vec<String>,
    /// How to write what was found [default: human, json with --json]
    #[arg(short, long, value_enum)]
    pub(super) format: Option<CheckFormat>,
    /// Warnings count as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Also look at every line: what none reaches, dead ends, harm that pays
    #[arg(long)]
    pub(super) prove: bool,
    /// With --prove: although a drill of the script is unfinished here
    #[arg(long, requires = "prove")]
    pub(super) unfinished: bool,
    #[command(flatten)]
    pub(super) exploring: Exploring,
    /// Check again whenever a script changes, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
}

/// How far exploration goes.
#[derive(Clone, Debug, Args)]
pub(super) struct Exploring {
    /// States that exploration may keep apart
    #[arg(long, value_name = "NUMBER", default_value_t = 4_000_000)]
    pub(super) states: usize,
    /// Memory that it may use for them, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 512)]
    pub(super) memory: u64,
    /// Seconds that it may take for one script
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(super) seconds: u64,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill explore friday-invoice
  breachdrill explore my-script.ron --question first-look
  breachdrill explore my-script.ron --line ending:gone --output gone.ron
  breachdrill play my-script.ron --answers gone.ron

Time is abstracted: a question is answered when it opens, when another truth
comes into force, at its last second, or never; work begins when it comes on
offer, when other work is done, when something happens, and at the edges of its
window.")]
pub(super) struct Explore {
    /// A shipped script's name, or a file
    #[arg(value_parser = ScriptWord, hide_possible_values = true)]
    pub(super) script: String,
    /// The variation whose best and worst line are looked for
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(super) seed: u64,
    /// What each choice of this question is worth, and by how much it falls short of the best line
    #[arg(long, value_name = "NAME", conflicts_with = "line")]
    pub(super) question: Option<String>,
    /// Write a line as an answers file: best, worst, dead-end, ending:NAME, inject:NAME …
    #[arg(long, value_name = "LINE")]
    pub(super) line: Option<String>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE", requires = "line")]
    pub(super) output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    pub(super) force: bool,
    /// Although a drill of this script is unfinished here
    #[arg(long)]
    pub(super) unfinished: bool,
    #[command(flatten)]
    pub(super) exploring: Exploring,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// With the place in the script and what to do
    Human,
    /// file:line:column: severity[code]: message
    Short,
    /// For programs; see docs/check-json.md
    Json,
    /// Notes beside the lines of a change, in a workflow of GitHub
    Github,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill duties --in union
  breachdrill duties eu-gdpr-33")]
pub(super) struct Duties {
    /// The key of a rule, such as eu-gdpr-33 [default: lists them]
    pub(super) key: Option<String>,
    /// Only rules of this jurisdiction, or part of its name
    #[arg(long, value_name = "PLACE", conflicts_with = "key")]
    pub(super) r#in: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill export 7f3a --output drill.jsonl
  breachdrill export 9c1e --output room.jsonl    a room with all its drills; names and words stay sealed")]
pub(super) struct Export {
    /// The id of a drill or a room, or its beginning [default: the last drill]
    #[arg(value_name = "DRILL|ROOM")]
    pub(super) drill: Option<String>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Also a drill or a room that is not over: the file holds the script, with its key
    #[arg(long)]
    pub(super) unfinished: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill verify drill.jsonl
  breachdrill verify 7f3a")]
pub(super) struct Verify {
    /// An evidence file, or the id of a drill or a room, or its beginning [default: the last drill]
    #[arg(value_name = "FILE|DRILL|ROOM")]
    pub(super) what: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  breachdrill forget 7f3a              the drill is gone; a tombstone says that there was one
  breachdrill forget --person Amber    name and texts are gone; the chain still verifies
  breachdrill forget 9c1e              a room is gone, with all its drills
  breachdrill forget 9c1e --member Kit   the same as --person, for somebody in a room")]
pub(super) struct Forget {
    /// The id of a drill or a room, or its beginning
    #[arg(value_name = "DRILL|ROOM")]
    pub(super) drill: Option<String>,
    /// Of a room: only somebody who was in it, by name or number
    #[arg(long, value_name = "NAME", requires = "drill")]
    pub(super) member: Option<String>,
    /// A person's name, or number
    #[arg(long, value_name = "NAME", conflicts_with = "drill")]
    pub(super) person: Option<String>,
    /// Everybody whose key is missing from people.keys: their names and words stay closed for good
    #[arg(long, conflicts_with_all = ["drill", "person"])]
    pub(super) keyless: bool,
    /// Do not ask
    #[arg(short, long)]
    pub(super) yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// Move a data folder that cannot be read out of the way, with all that is in it
    #[arg(long)]
    pub(super) set_aside: bool,
    /// Do not ask
    #[arg(short, long, requires = "set_aside")]
    pub(super) yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}
