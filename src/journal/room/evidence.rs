//! One room as a file that can be handed in, and checked without the data folder.
//!
//! It is built as the file of a drill is (`journal/evidence.rs`): a title line with
//! header and script, a line for each entry and each checkpoint, and a closing line
//! that counts, digests and signs everything before it. Words stay sealed: they
//! open only beside the data folder in which the room was played, and those of
//! somebody who was erased nowhere.

use std::io::Write;

use tr::tr;

use super::header::RoomHeader;
use super::keys::Keys;
use super::read::{ReadRoom, decode_room};
use super::sqlite::Record;
use crate::journal::chain::{Digest, from_hex_exact, hex};
use crate::journal::check::{Care, Checked, check, sound};
use crate::journal::codec::Object;
use crate::journal::connection::Stored;
use crate::journal::error::Damage;
use crate::journal::evidence::{Lines, altered, checkpoint_line, parse_checkpoint, read_title, title_line};
use crate::journal::header::Titled;
use crate::journal::id::{RoomId, Whose};
use crate::journal::sidecar;
use crate::journal::sign::Seal;
use crate::journal::{JournalError, Store};
use crate::limits::{EVIDENCE_FILE_BYTES_MAX, ROOM_ENTRIES_MAX};
use crate::speech::noted;

const FORMAT: &str = "breachdrill/room-evidence/1";

/// What the title line of a room's evidence file begins with, whatever its version.
const TITLE: &str = "{\"evidence\":\"breachdrill/room-evidence/";

/// Lines that are no entries, of which so many are named; more would only say the same.
const DAMAGE_MAX: usize = 20;

/// The evidence file of a room in which nothing was changed.
#[derive(Clone, Debug)]
pub struct VerifiedRoom {
    /// The title page.
    pub header: RoomHeader,
    /// How many entries there are.
    pub entries: usize,
    /// Whether the room has been closed.
    pub closed: bool,
    /// The head of the chain.
    pub head: Digest,
    stored: Stored<Record>,
    checked: Checked<RoomHeader>,
}

impl Store {
    /// Writes a room's evidence file.
    ///
    /// # Errors
    /// If the room is damaged, cannot be read, or is too large for one file; or if `out` takes no more.
    pub fn export_room(&self, id: RoomId, out: &mut impl Write) -> Result<(), JournalError> {
        let (stored, checked) = self.checked_room(id, Care::Thorough, true)?;
        sound(&checked)?;
        let header = checked.header.expect("checked: a sound room has a header");
        let text = self.room_evidence(&header, &stored, checked.head);
        if text.len() as u64 > EVIDENCE_FILE_BYTES_MAX {
            let most = EVIDENCE_FILE_BYTES_MAX >> 20;
            return Err(JournalError::TooLarge(tr!("An evidence file has at most {most} MiB", most)));
        }
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(JournalError::file(noted!("write the evidence"), tr!("the evidence file").as_ref()))
    }

    fn room_evidence(&self, header: &RoomHeader, stored: &Stored<Record>, head: Digest) -> String {
        let mut text = title(header, stored.script.as_deref().unwrap_or_default());
        text.push('\n');
        let mut checkpoints = stored.checkpoints.iter().peekable();
        for n in 0..=stored.records.len() as u64 {
            if let Some(record) = n.checked_sub(1).and_then(|row| stored.records.get(row as usize)) {
                text.push_str(&entry_line(record));
                text.push('\n');
            }
            while let Some(checkpoint) = checkpoints.next_if(|c| c.n == n) {
                text.push_str(&checkpoint_line(checkpoint));
                text.push('\n');
            }
        }
        let sum = Digest::of(text.as_bytes());
        let signature = self.pen.sign(closing_statement(sum, header));
        text.push_str(&closing_line(stored.records.len(), head, sum, &signature));
        text.push('\n');
        text
    }
}

fn title(header: &RoomHeader, script: &str) -> String {
    title_line(FORMAT, (&header.encode(), header.digest()), script)
}

fn entry_line(record: &Record) -> String {
    let hash = record.hash.to_string();
    Object::new().number("n", record.n).raw("entry", &record.body).text("hash", &hash).end()
}

fn closing_line(entries: usize, head: Digest, sum: Digest, signature: &[u8; 64]) -> String {
    Object::new()
        .number("entries", entries)
        .text("head", &head.to_string())
        .text("sha256", &sum.to_string())
        .text("signature", &hex(signature))
        .end()
}

fn closing_statement(sum: Digest, header: &RoomHeader) -> Digest {
    Digest::of_parts("room-evidence", &[&sum.0, &header.digest().0])
}

/// Whether these are the bytes of a room's evidence file, sound or not.
pub(in crate::journal) fn is_of_a_room(bytes: &[u8]) -> bool {
    bytes.starts_with(TITLE.as_bytes())
}

/// Checks the evidence file of a room.
pub(in crate::journal) fn verified(bytes: &[u8]) -> Result<VerifiedRoom, Vec<Damage>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        vec![altered(line, noted!("this is not text"))]
    })?;
    let mut lines = Lines { rest: text, number: 0 };
    let (header, mut stored) = begin(lines.next()?)?;
    let mut damage = Vec::new();
    let closing = loop {
        let start = text.len() - lines.rest.len();
        let line = match lines.next() {
            Ok(line) => line,
            Err(cut) => {
                damage.extend(cut);
                break None;
            }
        };
        if line.starts_with("{\"entries\":") {
            break Some((&bytes[..start], line, lines.number));
        }
        if let Err(what) = take(&mut stored, line) {
            damage.push(altered(lines.number, what));
        }
        if damage.len() >= DAMAGE_MAX {
            return Err(damage);
        }
    };
    if !lines.rest.is_empty() && damage.is_empty() {
        damage.push(altered(lines.number + 1, noted!("something follows the closing line")));
    }
    let checked = chained(&header, &stored).map_err(|chain| {
        // Where a line could not be read, that the chain breaks there is no news.
        if damage.is_empty() { chain } else { std::mem::take(&mut damage) }
    })?;
    if let Some((before, line, number)) = closing.filter(|_| damage.is_empty())
        && let Err(what) = closed(&header, (&stored, checked.head), before, line)
    {
        damage.push(altered(number, what));
    }
    if !damage.is_empty() {
        return Err(damage);
    }
    let is_closing = |r: &Record| super::codec::kind_of(&r.body) == Some("closed");
    Ok(VerifiedRoom {
        entries: stored.records.len(),
        closed: stored.records.iter().any(is_closing),
        head: checked.head,
        header,
        stored,
        checked,
    })
}

/// The title line, which carries header and script.
fn begin(line: &str) -> Result<(RoomHeader, Stored<Record>), Vec<Damage>> {
    let (header, script) = read_title(line, FORMAT, RoomHeader::decode, RoomHeader::encode)?;
    let (records, checkpoints, encoded) = (Vec::new(), Vec::new(), header.encode());
    Ok((header, Stored { header: encoded, script: Some(script), records, checkpoints }))
}

/// An entry, or a checkpoint over those before it.
fn take(stored: &mut Stored<Record>, line: &str) -> Result<(), &'static str> {
    let n = stored.records.len() as u64;
    if line.starts_with("{\"checkpoint\":") {
        let checkpoint =
            parse_checkpoint(line).ok_or(noted!("this is not a checkpoint as breachdrill writes it"))?;
        let here = checkpoint.n == n;
        stored.checkpoints.push(checkpoint);
        return if here { Ok(()) } else { Err(noted!("what was signed here is not what stands here")) };
    }
    let record = entry(line, n + 1).ok_or(noted!("this is not the entry that comes next"))?;
    stored.records.push(record);
    if n as usize >= ROOM_ENTRIES_MAX { Err(noted!("no room has so many entries")) } else { Ok(()) }
}

fn entry(line: &str, n: u64) -> Option<Record> {
    let rest = line.strip_prefix("{\"n\":")?.strip_prefix(&n.to_string())?.strip_prefix(",\"entry\":")?;
    let (body, hash) = rest.strip_suffix("\"}")?.rsplit_once(",\"hash\":\"")?;
    let (wall, rest) = body.strip_prefix("{\"wall\":")?.split_once(",\"at\":")?;
    let (at, _) = rest.split_once(',')?;
    Some(Record {
        n,
        wall: wall.parse().ok()?,
        at: at.parse().ok()?,
        body: body.to_owned(),
        hash: Digest(from_hex_exact(hash)?),
    })
}

/// Chain and signatures, as they are checked in a data folder. The file stands for the file of checkpoints too.
fn chained(header: &RoomHeader, stored: &Stored<Record>) -> Result<Checked<RoomHeader>, Vec<Damage>> {
    let seal = Seal::parse(&header.signer)
        .ok_or_else(|| vec![altered(1, noted!("the header names no key that could sign"))])?;
    let beside = sidecar::expected(header, &stored.checkpoints);
    let with = (&seal, Care::Thorough);
    let checked = check(Whose::Room(header.id), Ok(header.clone()), stored, Some(beside.as_bytes()), with);
    if checked.damage.is_empty() { Ok(checked) } else { Err(checked.damage) }
}

/// Whether the closing line is the one that was written over what stands before it.
fn closed(
    header: &RoomHeader,
    (stored, head): (&Stored<Record>, Digest),
    before: &[u8],
    line: &str,
) -> Result<(), &'static str> {
    let sum = Digest::of(before);
    let signature = line
        .strip_suffix("\"}")
        .and_then(|line| from_hex_exact(line.get(line.len().checked_sub(128)?..)?))
        .ok_or(noted!("this is not a closing line as breachdrill writes it"))?;
    if closing_line(stored.records.len(), head, sum, &signature) != line {
        return Err(noted!("what this line counts and digests is not what stands before it"));
    }
    let seal = Seal::parse(&header.signer);
    if seal.is_some_and(|seal| seal.checks(closing_statement(sum, header), &signature)) {
        Ok(())
    } else {
        Err(noted!("the signature is not one over this file"))
    }
}

impl VerifiedRoom {
    /// The room behind the file. With the data folder in which it was played, names and words are opened.
    ///
    /// # Errors
    /// If the script does not load any more, or an entry could not have happened.
    pub fn read(&self, folder: Option<&Store>) -> Result<ReadRoom, JournalError> {
        // The file is whole in itself: a folder that cannot be read only keeps its names and words sealed.
        let kept = folder.and_then(|store| Keys::read(&store.room_folder(self.header.id).ok()?.keys()).ok());
        decode_room(self.stored.clone(), self.checked.clone(), &kept.unwrap_or_else(Keys::nowhere))
    }
}
