//! One drill as a file that can be handed in, and checked without the database.
//!
//! JSON Lines: a title line with header and script, a line for each fact with
//! its hash, a line for each checkpoint with its signature, and a closing line
//! that counts, digests and signs everything before it. There is one spelling
//! of each line, so no byte can be changed and none left out unnoticed.
//!
//! What that proves: that the file is as the data folder with this key exported
//! it, and that its facts are as they were signed one by one during the drill.
//! What it does not prove: that the owner of the folder did not make up the
//! whole record. Whoever needs more compares the head with one that was written
//! down at the time, on a printed debrief or in somebody else's hands.

use std::io::Write;

use tr::tr;

use super::JournalError;
use super::chain::{Digest, from_hex_exact, hex, link};
use super::check::{Care, sound};
use super::codec::{Fault, Object, kind_of, moment_of};
use super::connection::Stored;
use super::error::{Damage, Kind, Place};
use super::examine::read_all;
use super::header::{Header, Titled};
use super::id::DrillId;
use super::keys::Found;
use super::seal::{SEALED, Sealer};
use super::sign::{Checkpoint, Seal, Subject};
use super::sqlite::Record;
use super::store::{Read, Store, decode_all, player, scenario_of};
use crate::limits::{EVIDENCE_LINE_BYTES_MAX, FACTS_READ_MAX};
use crate::speech::noted;

const FORMAT: &str = "breachdrill/evidence/1";

/// Damage listed for one file; more would only say the same.
const DAMAGE_MAX: usize = 20;

/// An evidence file in which nothing was changed.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The title page.
    pub header: Header,
    /// The script as it was played.
    pub script: String,
    /// How many facts there are.
    pub facts: usize,
    /// How many checkpoints were signed.
    pub checkpoints: usize,
    /// Whether ENDEX is among the facts.
    pub ended: bool,
    /// The head of the chain.
    pub head: Digest,
    records: Vec<Record>,
}

impl Store {
    /// Writes a drill's evidence file.
    ///
    /// # Errors
    /// If the drill is damaged or cannot be read, or `out` takes no more.
    pub fn export(&self, id: DrillId, out: &mut impl Write) -> Result<(), JournalError> {
        let (stored, checked) = self.checked(id, Care::Thorough)?;
        sound(&checked)?;
        let header = checked.header.expect("checked: a sound drill has a header");
        let text = self.evidence(&header, &stored, checked.head);
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(JournalError::file(noted!("write the evidence"), tr!("the evidence file").as_ref()))
    }

    fn evidence(&self, header: &Header, stored: &Stored<Record>, head: Digest) -> String {
        let script = stored.script.as_deref().unwrap_or_default();
        let mut text = title_line(FORMAT, (&header.encode(), header.digest()), script) + "\n";
        let mut checkpoints = stored.checkpoints.iter().peekable();
        for n in 0..=stored.records.len() as u64 {
            if let Some(record) = n.checked_sub(1).and_then(|row| stored.records.get(row as usize)) {
                text.push_str(&fact_line(record.n, &record.body, record.hash));
                text.push('\n');
            }
            while let Some(checkpoint) = checkpoints.next_if(|c| c.n == n) {
                text.push_str(&checkpoint_line(checkpoint));
                text.push('\n');
            }
        }
        let sum = Digest::of(text.as_bytes());
        let facts = stored.records.len();
        let signature = self.pen.sign(closing_statement(sum, header));
        text.push_str(&closing_line(facts, head, sum, &signature));
        text.push('\n');
        text
    }
}

/// The title line of an evidence file of this format, with a header and its digest.
pub(super) fn title_line(format: &str, (header, digest): (&str, Digest), script: &str) -> String {
    Object::new()
        .text("evidence", format)
        .raw("header", header)
        .text("digest", &digest.to_string())
        .text("text", script)
        .end()
}

/// Reads a title line of this format: the header, and the script beside it. That is not yet known to be the one
/// that was played.
pub(super) fn read_title<H: Titled>(
    line: &str,
    format: &str,
    decode: impl Fn(&str) -> Result<H, Fault>,
    encode: impl Fn(&H) -> String,
) -> Result<(H, String), Vec<Damage>> {
    let bad = |what: &str| vec![altered(1, what)];
    let not_ours =
        || bad(noted!("this is not the title line of an evidence file that this breachdrill knows"));
    let start = Object::new().text("evidence", format).end().replace('}', ",\"header\":");
    let rest = line.strip_prefix(&start).and_then(|rest| rest.strip_suffix('}')).ok_or_else(not_ours)?;
    let (header, script) = rest.split_once(",\"text\":").ok_or_else(not_ours)?;
    let (header, digest) = header.split_once(",\"digest\":").ok_or_else(not_ours)?;
    let header = decode(header).map_err(|fault| bad(&fault.to_string()))?;
    if digest != format!("\"{}\"", header.digest()) {
        return Err(bad(noted!("the header is not the one that was written")));
    }
    let script: String =
        serde_json::from_str(script).map_err(|_| bad(noted!("the script cannot be read")))?;
    if title_line(format, (&encode(&header), header.digest()), &script) != line {
        return Err(bad(noted!("the script is spelt differently")));
    }
    Ok((header, script))
}

fn fact_line(n: u64, body: &str, hash: Digest) -> String {
    Object::new().number("n", n).raw("fact", body).text("hash", &hash.to_string()).end()
}

pub(super) fn checkpoint_line(checkpoint: &Checkpoint) -> String {
    Object::new()
        .number("checkpoint", checkpoint.n)
        .text("head", &checkpoint.head.to_string())
        .text("signature", &hex(&checkpoint.signature))
        .end()
}

fn closing_line(facts: usize, head: Digest, sum: Digest, signature: &[u8; 64]) -> String {
    Object::new()
        .number("facts", facts)
        .text("head", &head.to_string())
        .text("sha256", &sum.to_string())
        .text("signature", &hex(signature))
        .end()
}

fn closing_statement(sum: Digest, header: &Header) -> Digest {
    Digest::of_parts("evidence", &[&sum.0, &header.digest().0])
}

/// Checks the evidence file of a drill.
///
/// # Errors
/// [`JournalError::Damaged`] with every place found, or that it could not be read.
pub fn verify(source: impl std::io::Read) -> Result<Verified, JournalError> {
    verify_bytes(&read_all(source)?).map_err(JournalError::Damaged)
}

pub(super) fn verify_bytes(bytes: &[u8]) -> Result<Verified, Vec<Damage>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        vec![altered(line, noted!("this is not text"))]
    })?;
    let mut lines = Lines { rest: text, number: 0 };
    let mut walk = Walk::begin(lines.next()?)?;
    loop {
        let start = text.len() - lines.rest.len();
        let line = match lines.next() {
            Ok(line) => line,
            Err(cut) => {
                walk.damage.extend(cut);
                break;
            }
        };
        if line.starts_with("{\"facts\":") {
            walk.close(&bytes[..start], line, lines.number);
            break;
        }
        walk.step(line, lines.number);
        if walk.damage.len() >= DAMAGE_MAX {
            break;
        }
    }
    if !lines.rest.is_empty() && walk.damage.is_empty() {
        walk.damage.push(altered(lines.number + 1, noted!("something follows the closing line")));
    }
    walk.end()
}

pub(super) fn altered(line: u64, what: &str) -> Damage {
    Damage::new(Place::Line(line), Kind::Altered, what)
}

/// The lines of a file that ends with a whole one.
pub(super) struct Lines<'t> {
    pub(super) rest: &'t str,
    pub(super) number: u64,
}

impl<'t> Lines<'t> {
    /// The next line, which must be whole.
    pub(super) fn next(&mut self) -> Result<&'t str, Vec<Damage>> {
        self.number += 1;
        let cut = |what: &str| vec![Damage::new(Place::Line(self.number), Kind::Cut, what)];
        match self.rest.split_once('\n') {
            Some((line, _)) if line.len() > EVIDENCE_LINE_BYTES_MAX => {
                Err(vec![altered(self.number, noted!("no line of an evidence file is so long"))])
            }
            Some((line, rest)) => {
                self.rest = rest;
                Ok(line)
            }
            None if self.rest.is_empty() => {
                Err(cut(noted!("the file ends before this line; the closing line is missing")))
            }
            None => Err(cut(noted!("the file ends in the middle of this line"))),
        }
    }
}

/// Going through a file line by line, with everything that the next line must fit.
struct Walk {
    header: Header,
    script: String,
    seal: Seal,
    head: Digest,
    records: Vec<Record>,
    /// Each checkpoint and its line; signatures are checked last, for they are slow.
    checkpoints: Vec<(Checkpoint, u64)>,
    damage: Vec<Damage>,
}

impl Walk {
    fn begin(line: &str) -> Result<Self, Vec<Damage>> {
        let bad = |what: &str| vec![altered(1, what)];
        let (header, script) = read_title(line, FORMAT, Header::decode, Header::encode)?;
        if Digest::of(script.as_bytes()) != header.script {
            return Err(bad(noted!("the script is not the one that was played")));
        }
        let seal = Seal::parse(&header.signer)
            .ok_or_else(|| bad(noted!("the header names no key that could sign")))?;
        let head = header.genesis();
        Ok(Self {
            header,
            script,
            seal,
            head,
            records: Vec::new(),
            checkpoints: Vec::new(),
            damage: Vec::new(),
        })
    }

    fn step(&mut self, line: &str, number: u64) {
        if let Err(what) = self.fact_or_checkpoint(line, number) {
            self.damage.push(altered(number, what));
        }
    }

    fn fact_or_checkpoint(&mut self, line: &str, number: u64) -> Result<(), &'static str> {
        let n = self.records.len() as u64;
        if line.starts_with("{\"checkpoint\":") {
            let checkpoint =
                parse_checkpoint(line).ok_or(noted!("this is not a checkpoint as breachdrill writes it"))?;
            let expected = self.checkpoints.last().is_none_or(|(last, _)| last.n < checkpoint.n);
            self.checkpoints.push((checkpoint, number));
            if !expected || checkpoint.n != n || checkpoint.head != self.head {
                return Err(noted!("what was signed here is not what stands here"));
            }
            return Ok(());
        }
        let (body, hash) = parse_fact(line, n + 1).ok_or(noted!("this is not the fact that comes next"))?;
        let at = moment_of(body).ok_or(noted!("this fact has no moment"))?;
        let follows = link(self.head, n + 1, at, body) == hash;
        // The chain goes on from what is stated, so that one change is not reported at every line after it.
        self.head = hash;
        self.records.push(Record { n: n + 1, at: at.0, body: body.to_owned(), hash });
        match () {
            () if !follows => Err(noted!("the hash does not follow from what stands here and before")),
            () if n as usize >= FACTS_READ_MAX => Err(noted!("no drill has so many facts")),
            () if self.checkpoints.is_empty() => {
                Err(noted!("the checkpoint of the beginning is missing before it"))
            }
            () => Ok(()),
        }
    }

    fn close(&mut self, before: &[u8], line: &str, number: u64) {
        let sum = Digest::of(before);
        let signature =
            line.strip_suffix("\"}").and_then(|l| from_hex_exact(l.get(l.len().checked_sub(128)?..)?));
        let facts = self.records.len();
        let what = match signature {
            Some(signature) if closing_line(facts, self.head, sum, &signature) != line => {
                noted!("what this line counts and digests is not what stands before it")
            }
            Some(signature) if !self.seal.checks(closing_statement(sum, &self.header), &signature) => {
                noted!("the signature is not one over this file")
            }
            Some(_) if self.checkpoints.last().is_none_or(|(last, _)| last.n != facts as u64) => {
                noted!("the last facts were never signed")
            }
            Some(_) => return,
            None => noted!("this is not a closing line as breachdrill writes it"),
        };
        // With damage found above, that this line does not fit is no news.
        self.sign_check();
        if self.damage.is_empty() {
            self.damage.push(altered(number, what));
        }
    }

    fn sign_check(&mut self) {
        if !self.damage.is_empty() {
            return;
        }
        let subject = Subject::of(&self.header);
        let mut unsigned = Vec::new();
        for (checkpoint, line) in &self.checkpoints {
            if !self.seal.vouches(&subject, checkpoint) {
                unsigned.push(*line);
            } else if !unsigned.is_empty() {
                // This one holds, so the header is the one that was signed; what was changed is named already.
                break;
            }
        }
        if !unsigned.is_empty() && unsigned.len() == self.checkpoints.len() {
            // Every signature covers the header; if none holds, it is the header that was changed.
            self.damage.push(altered(
                1,
                noted!("the header is not the one that was signed, or another key signed it"),
            ));
            return;
        }
        let what = noted!("the signature is not one over this header and head");
        self.damage.extend(unsigned.into_iter().take(DAMAGE_MAX).map(|line| altered(line, what)));
    }

    fn end(mut self) -> Result<Verified, Vec<Damage>> {
        self.sign_check();
        if !self.damage.is_empty() {
            return Err(self.damage);
        }
        Ok(Verified {
            facts: self.records.len(),
            checkpoints: self.checkpoints.len(),
            ended: self.records.iter().any(|r| kind_of(&r.body) == Some("ended")),
            head: self.head,
            header: self.header,
            script: self.script,
            records: self.records,
        })
    }
}

fn parse_fact(line: &str, n: u64) -> Option<(&str, Digest)> {
    let rest = line.strip_prefix("{\"n\":")?.strip_prefix(&n.to_string())?.strip_prefix(",\"fact\":")?;
    let (body, hash) = rest.strip_suffix("\"}")?.rsplit_once(",\"hash\":\"")?;
    Some((body, Digest(from_hex_exact(hash)?)))
}

pub(super) fn parse_checkpoint(line: &str) -> Option<Checkpoint> {
    let (n, rest) = line.strip_prefix("{\"checkpoint\":")?.split_once(",\"head\":\"")?;
    let (head, signature) = rest.strip_suffix("\"}")?.split_once("\",\"signature\":\"")?;
    let checkpoint = Checkpoint {
        n: n.parse().ok()?,
        head: Digest(from_hex_exact(head)?),
        signature: from_hex_exact(signature)?,
    };
    (checkpoint_line(&checkpoint) == line).then_some(checkpoint)
}

impl Verified {
    /// The drill behind the file. With the data folder in which it was played, names and words are opened.
    ///
    /// # Errors
    /// If the script does not load any more, or a fact names what it has not.
    pub fn read(&self, folder: Option<&Store>) -> Result<Read, JournalError> {
        let scenario = scenario_of(&self.header, &self.script)?;
        // The file is whole in itself: a folder that cannot be read only keeps its names and words sealed.
        let found = folder.and_then(|store| store.key_of(&self.header).ok()).unwrap_or(Found::Missing);
        let sealer = Sealer::new(found.key(), self.header.genesis()).or(SEALED);
        let facts = decode_all(&self.header, &scenario, &self.records, sealer)?;
        let person = player(&self.header, &found);
        Ok(Read { header: self.header.clone(), person, scenario, facts, head: self.head })
    }

    /// Whether this folder's key signed it.
    #[must_use]
    pub fn signed_by(&self, folder: &Store) -> bool {
        self.header.signer == folder.pen.seal().to_string()
    }
}
