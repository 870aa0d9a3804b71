//! `replay`: watch a drill again, at once or at a pace.

use std::io::{self, Write};

use tr::tr;

use crate::cli::args::Replay;
use crate::cli::drills::Data;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::engine::What;
use crate::term::{self, Showing};

pub(in crate::cli) fn run(args: &Replay, out: &Output, data: &Data) -> Result<(), Failure> {
    let played = data.read(args.drill.as_deref())?;
    let width = (!out.narrated).then_some(usize::from(out.width));
    let showing = Showing { style: out.style(), width, pace: args.pace };
    let mut said = io::stdout().lock();
    let told = term::replay(&played.scenario, &played.facts, showing, &mut said).and_then(|()| said.flush());
    match told {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(Failure::new(tr!("standard output cannot be written: {error}", error)));
        }
        _ => {}
    }
    let id = played.about.short();
    let over = played.facts.iter().any(|fact| matches!(fact.what, What::Ended { .. }));
    out.next(&format!("breachdrill {} {id}", if over { "debrief" } else { "resume" }));
    Ok(())
}
