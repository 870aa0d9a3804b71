//! The checkpoints of one drill, or of one room, once more: in a text file beside the database.
//!
//! SQLite drops a damaged end of its log without a word, and the journal then
//! looks like a shorter one that is whole. This file is what notices: one line
//! for every append, written after the database has it and before anybody is
//! told. So it equals what the database says, or it is one line behind (a crash
//! between the two), or something was lost or changed, and here it is said what.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tr::tr;

use super::JournalError;
use super::chain::{Digest, from_hex_exact, hex};
use super::error::{Damage, Kind};
use super::files;
use super::header::Titled;
use super::id::{DrillId, Whose};
use super::sign::{Checkpoint, Seal, Subject};
use crate::limits::{ROOM_SIDECAR_BYTES_MAX, SIDECAR_BYTES_MAX};
use crate::speech::noted;

const TITLE: &str = "breachdrill/checkpoints/1";

/// How the file compares with the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// It says the same.
    Whole,
    /// The last line is not there, or half there: a crash before it was written. Nothing is lost.
    OneBehind,
    /// It says something else.
    Damaged(Damage),
}

/// The file of a drill.
pub(super) fn path(folder: &Path, id: DrillId) -> PathBuf {
    folder.join(format!("{id}.checkpoints"))
}

/// The file as it should be.
pub(super) fn expected(header: &impl Titled, checkpoints: &[Checkpoint]) -> String {
    let mut text = format!("{TITLE} {} {} {}\n", header.whose(), header.digest(), header.signer());
    for checkpoint in checkpoints {
        text.push_str(&line(checkpoint));
    }
    text
}

fn line(checkpoint: &Checkpoint) -> String {
    format!("{} {} {}\n", checkpoint.n, checkpoint.head, hex(&checkpoint.signature))
}

fn parse(line: &str) -> Option<Checkpoint> {
    let (n, rest) = line.split_once(' ')?;
    let (head, signature) = rest.split_once(' ')?;
    Some(Checkpoint {
        n: n.parse().ok()?,
        head: Digest(from_hex_exact(head)?),
        signature: from_hex_exact(signature)?,
    })
}

/// What the file holds now; none if it is not there.
pub(super) fn read(path: &Path, whose: Whose) -> Result<Option<Vec<u8>>, JournalError> {
    files::read(
        path,
        match whose {
            Whose::Drill(_) => SIDECAR_BYTES_MAX,
            Whose::Room(_) => ROOM_SIDECAR_BYTES_MAX,
        },
    )
}

/// The drills that have such a file.
pub(super) fn drills(folder: &Path) -> Result<Vec<DrillId>, JournalError> {
    let failed = || JournalError::file(noted!("list the checkpoints"), folder);
    let mut drills = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed())? {
        let name = entry.map_err(failed())?.file_name();
        let id = name.to_str().and_then(|n| n.strip_suffix(".checkpoints")).and_then(DrillId::parse);
        drills.extend(id);
    }
    drills.sort_unstable();
    Ok(drills)
}

/// Compares what the file holds with what it should.
pub(super) fn compare(
    found: Option<&[u8]>,
    header: &impl Titled,
    checkpoints: &[Checkpoint],
    seal: &Seal,
) -> Comparison {
    let whose = header.whose();
    let expected = expected(header, checkpoints);
    let expected = expected.as_bytes();
    let before_last = expected.len() - checkpoints.last().map_or(0, |c| line(c).len());
    let damaged = |place, kind, what: &str| Comparison::Damaged(Damage::new(place, kind, what));
    let Some(found) = found else {
        // The file is made right after the drill: before the first fact a crash can leave it out.
        if checkpoints.len() <= 1 {
            return Comparison::OneBehind;
        }
        let what = noted!("the file of checkpoints is gone; whether later facts were lost cannot be told");
        return damaged(whose.checkpoint_line(1), Kind::SidecarMissing, what);
    };
    if found == expected {
        return Comparison::Whole;
    }
    let same = found.iter().zip(expected).take_while(|(a, b)| a == b).count();
    let line_number = found[..same].iter().filter(|b| **b == b'\n').count() as u64 + 1;
    let place = whose.checkpoint_line(line_number);
    if same == found.len() {
        if same >= before_last && before_last > 0 {
            return Comparison::OneBehind;
        }
        let what = noted!("the checkpoints end here although the journal goes on");
        return damaged(place, Kind::SidecarCut, what);
    }
    let start = found[..same].iter().rposition(|b| *b == b'\n').map_or(0, |end| end + 1);
    other_checkpoint(&found[start..], header, checkpoints, seal).map_or_else(
        || damaged(place, Kind::SidecarAltered, noted!("this line is not what was written")),
        |signed| lost(whose, &signed, checkpoints),
    )
}

/// The last line of `rest` that was truly signed for this record and that the database does not have.
fn other_checkpoint(
    rest: &[u8],
    header: &impl Titled,
    held: &[Checkpoint],
    seal: &Seal,
) -> Option<Checkpoint> {
    let subject = Subject::of(header);
    let text = String::from_utf8_lossy(rest);
    let mut others = text.lines().rev().filter_map(parse).filter(|c| !held.contains(c));
    others.find(|c| seal.vouches(&subject, c))
}

fn lost(whose: Whose, signed: &Checkpoint, checkpoints: &[Checkpoint]) -> Comparison {
    let held = checkpoints.last().map_or(0, |c| c.n);
    let (place, kind, what) = if signed.n > held {
        let what = tr!(
            "the journal ends with fact {held}, but fact {} was signed (head {}): the facts between are lost",
            signed.n,
            signed.head.short(),
            held
        );
        (whose.record(held + 1), Kind::Shorter, what)
    } else {
        let what = tr!("another record was signed here (head {})", signed.head.short());
        (whose.record(signed.n), Kind::Altered, what)
    };
    Comparison::Damaged(Damage::new(place, kind, what))
}

/// The file, open for more lines.
#[derive(Debug)]
pub(super) struct Sidecar {
    file: File,
    path: PathBuf,
}

impl Sidecar {
    /// Writes the file anew as it should be, and opens it.
    pub(super) fn renew(
        path: PathBuf,
        header: &impl Titled,
        checkpoints: &[Checkpoint],
    ) -> Result<Self, JournalError> {
        files::replace(&path, expected(header, checkpoints).as_bytes())?;
        Self::open(path)
    }

    /// Opens the file, which is known to be whole.
    pub(super) fn open(path: PathBuf) -> Result<Self, JournalError> {
        let file = files::private()
            .append(true)
            .open(&path)
            .map_err(JournalError::file(noted!("open the checkpoints"), &path))?;
        Ok(Self { file, path })
    }

    /// Adds a line; it is on the disk when this returns.
    pub(super) fn add(&mut self, checkpoint: &Checkpoint) -> Result<(), JournalError> {
        let written = self.file.write_all(line(checkpoint).as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(JournalError::file(noted!("write the checkpoint"), &self.path))
    }
}
