//! `verify`: whether an evidence file was altered, and where.

use std::fs::File;
use std::io::BufReader;

use serde_json::json;

use super::list::pretty;
use crate::cli::args::Verify;
use crate::cli::drills::from_journal;
use crate::cli::failure::{Exit, Failure};
use crate::cli::output::Output;
use crate::journal::{JournalError, verify};
use crate::scenario::utc_stamp;
use crate::term;

pub(in crate::cli) fn run(args: &Verify, out: &Output) -> Result<(), Failure> {
    let shown = args.file.display();
    let file = File::open(&args.file).map_err(|e| Failure::new(format!("{shown} cannot be read: {e}")))?;
    match verify(BufReader::new(file)) {
        Ok(verified) => {
            if out.json {
                return out.result(&pretty(&json!({
                    "format": "breachdrill/verify/1",
                    "altered": false,
                    "drill": verified.header.id.to_string(),
                    "title": verified.header.title,
                    "facts": verified.facts,
                    "head": verified.head.to_string(),
                    "signer": verified.header.signer,
                })));
            }
            out.result(&format!(
                "{shown} was not altered: {}, {}, begun {}",
                verified.header.title,
                term::count(verified.facts, "fact"),
                utc_stamp(verified.header.started)
            ))?;
            out.result(&format!("head {}\nsigned with {}", verified.head, verified.header.signer))?;
            out.talk("Compare the head with the one printed in the debrief: the key is that machine's own.");
            Ok(())
        }
        Err(JournalError::Damaged(damage)) => {
            if out.json {
                let list: Vec<String> = damage.iter().map(ToString::to_string).collect();
                out.result(&pretty(
                    &json!({ "format": "breachdrill/verify/1", "altered": true, "damage": list }),
                ))?;
                return Err(Failure::silent(Exit::Failure));
            }
            let failure = Failure::new(format!("{shown} is not as it was written"));
            Err(damage.iter().fold(failure, |failure, damage| failure.hint(damage)))
        }
        Err(error) => Err(from_journal(error)),
    }
}
