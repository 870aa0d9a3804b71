//! Whether what stands in the database is what was written.
//!
//! Every read goes through here: header, script, sequence, chain, signatures,
//! and the checkpoint file. What is found is named by its place; how far the
//! record is sound is said too, so that the rest can be salvaged on purpose.

use super::chain::{Digest, link};
use super::codec::{breaks_off, hands_over, kind_of};
use super::error::{Damage, Kind, Place};
use super::header::{DrillId, Header};
use super::sidecar::{self, Comparison};
use super::sign::{Seal, Subject};
use super::sqlite::{Record, Stored};
use crate::limits::{EVIDENCE_LINE_BYTES_MAX, FACTS_READ_MAX};
use crate::scenario::SimTime;
use crate::speech::noted;

/// What came out of checking one drill.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    /// The header, if it can be read at all.
    pub(super) header: Option<Header>,
    /// The head of the chain after the last sound fact.
    pub(super) head: Digest,
    /// How many facts are sound, from the first on.
    pub(super) sound: usize,
    /// Whether ENDEX is among them.
    pub(super) ended: bool,
    /// Whether the trainee brought it before the story came to its end.
    pub(super) broken_off: bool,
    /// Whether an answers file decided, all along or from some moment on.
    pub(super) answers: bool,
    /// Whether the checkpoint file wants its last line.
    pub(super) behind: bool,
    /// Everything that is not as it was written.
    pub(super) damage: Vec<Damage>,
}

/// How many signatures are checked. They are slow, and the last one covers the whole chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// The last, for a list of many drills.
    Glance,
    /// Every one, for whatever is read.
    Thorough,
}

/// Checks a drill against itself, its checkpoint file and this folder's key.
pub(super) fn check(
    id: DrillId,
    stored: &Stored,
    checkpoints: Option<&[u8]>,
    ours: &Seal,
    care: Care,
) -> Checked {
    let mut checked = Checked {
        header: None,
        head: Digest([0; 32]),
        sound: 0,
        ended: false,
        broken_off: false,
        answers: false,
        behind: false,
        damage: Vec::new(),
    };
    let header = match Header::decode(&stored.header) {
        Ok(header) if header.id == id => header,
        Ok(_) => {
            return checked.spoilt(
                Place::Header(id),
                Kind::Altered,
                noted!("it is the header of another drill"),
            );
        }
        Err(fault) => return checked.spoilt(Place::Header(id), Kind::Altered, &fault.to_string()),
    };
    checked.head = header.genesis();
    checked.answers = header.answers;
    let Some(seal) = Seal::parse(&header.signer) else {
        return checked.spoilt(Place::Header(id), Kind::Altered, noted!("it names no key that could sign"));
    };
    match &stored.script {
        Some(script) if Digest::of(script.as_bytes()) == header.script => {}
        Some(_) => {
            checked.add(Place::Header(id), Kind::Altered, noted!("the script is not the one that was played"))
        }
        None => checked.add(Place::Header(id), Kind::Shorter, noted!("the script is not there")),
    }
    let heads = checked.follow(id, &stored.records);
    checked.signatures(&header, stored, &heads, &seal, care);
    match sidecar::compare(checkpoints, &header, &stored.checkpoints, &seal) {
        Comparison::Whole => {}
        Comparison::OneBehind => checked.behind = true,
        Comparison::Damaged(damage) => checked.damage.push(damage),
    }
    if seal != *ours {
        checked.add(
            Place::Header(id),
            Kind::OtherKey,
            noted!("it was signed with another key than this folder's"),
        );
    }
    checked.header = Some(header);
    checked
}

impl Checked {
    fn add(&mut self, place: Place, kind: Kind, what: &str) {
        self.damage.push(Damage::new(place, kind, what));
    }

    fn spoilt(mut self, place: Place, kind: Kind, what: &str) -> Self {
        self.add(place, kind, what);
        self
    }

    /// Follows the chain as far as it holds, and gives the head after each fact, the first being the genesis.
    fn follow(&mut self, id: DrillId, records: &[Record]) -> Vec<Digest> {
        let mut heads = vec![self.head];
        for (before, record) in records.iter().enumerate() {
            let n = before as u64 + 1;
            if let Err(what) = follows(self.head, n, record) {
                self.add(Place::Fact(id, n), Kind::Altered, what);
                break;
            }
            self.head = record.hash;
            self.sound += 1;
            self.ended |= kind_of(&record.body) == Some("ended");
            self.broken_off |= breaks_off(&record.body);
            self.answers |= hands_over(&record.body);
            heads.push(record.hash);
        }
        heads
    }

    /// Whether every checkpoint is signed and agrees with the chain, from before the first fact to the last.
    fn signatures(&mut self, header: &Header, stored: &Stored, heads: &[Digest], seal: &Seal, care: Care) {
        let subject = Subject::of(header);
        let id = header.id;
        let mut last = None;
        for (row, checkpoint) in stored.checkpoints.iter().enumerate() {
            let place = Place::Fact(id, checkpoint.n);
            let Some(head) = usize::try_from(checkpoint.n).ok().and_then(|n| heads.get(n)) else {
                if self.damage.is_empty() {
                    let what = noted!("the journal ends before this fact, which was signed");
                    self.add(Place::Fact(id, stored.records.len() as u64 + 1), Kind::Shorter, what);
                }
                return;
            };
            let in_order = last.map_or(checkpoint.n == 0, |last| last < checkpoint.n);
            if !in_order || *head != checkpoint.head {
                return self.add(
                    place,
                    Kind::Altered,
                    noted!("what was signed here is not what stands here"),
                );
            }
            let asked = care == Care::Thorough || row + 1 == stored.checkpoints.len();
            if asked && !seal.vouches(&subject, checkpoint) {
                return self.add(
                    place,
                    Kind::Altered,
                    noted!("the signature is not one over this header and head"),
                );
            }
            last = Some(checkpoint.n);
        }
        let signed = last.unwrap_or(0);
        if (signed as usize) < self.sound || last.is_none() {
            self.add(
                Place::Fact(id, signed + 1),
                Kind::Altered,
                noted!("nothing from here on was ever signed"),
            );
        }
    }
}

/// Whether `record` is fact `n` after `before`.
fn follows(before: Digest, n: u64, record: &Record) -> Result<(), &'static str> {
    if n > FACTS_READ_MAX as u64 || record.body.len() > EVIDENCE_LINE_BYTES_MAX {
        return Err(noted!("no drill has so much to say"));
    }
    if record.n != n {
        return Err(noted!("it is not there"));
    }
    if link(before, n, SimTime(record.at), &record.body) != record.hash {
        return Err(noted!("its hash does not follow from what stands here"));
    }
    Ok(())
}
