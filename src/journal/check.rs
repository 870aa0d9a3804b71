//! Whether what stands in the database is what was written.
//!
//! Every read goes through here: header, script, sequence, chain, signatures,
//! and the checkpoint file. What is found is named by its place; how far the
//! record is sound is said too, so that the rest can be salvaged on purpose.

use super::JournalError;
use super::chain::Digest;
use super::codec::Fault;
use super::connection::Stored;
use super::error::{Damage, Kind, Place};
use super::header::Titled;
use super::id::Whose;
use super::sidecar::{self, Comparison};
use super::sign::{Seal, Subject};
use crate::limits::EVIDENCE_LINE_BYTES_MAX;
use crate::speech::noted;

/// One row of a chain: a fact of a drill, or an entry of a room.
pub(super) trait Linked {
    /// How many there can be.
    const MOST: u64;

    /// Its place; the first is 1.
    fn n(&self) -> u64;

    /// What it says.
    fn body(&self) -> &str;

    /// The hash that stands beside it.
    fn hash(&self) -> Digest;

    /// The hash that it must have as number `n` after `before`.
    fn linked(&self, before: Digest, n: u64) -> Digest;
}

/// What came out of checking one record.
#[derive(Clone, Debug)]
pub(super) struct Checked<H> {
    /// The header, if it can be read at all.
    pub(super) header: Option<H>,
    /// The head of the chain after the last sound row.
    pub(super) head: Digest,
    /// How many rows are sound, from the first on.
    pub(super) sound: usize,
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

/// Checks a record against itself, its checkpoint file and this folder's key.
pub(super) fn check<H: Titled, R: Linked>(
    whose: Whose,
    header: Result<H, Fault>,
    stored: &Stored<R>,
    checkpoints: Option<&[u8]>,
    (ours, care): (&Seal, Care),
) -> Checked<H> {
    let damage = Vec::new();
    let mut checked = Checked { header: None, head: Digest([0; 32]), sound: 0, behind: false, damage };
    let header = match header {
        Ok(header) if header.whose() == whose => header,
        Ok(_) => return checked.spoilt(whose.header(), Kind::Altered, of_another(whose)),
        Err(fault) => return checked.spoilt(whose.header(), Kind::Altered, &fault.to_string()),
    };
    checked.head = header.genesis();
    let Some(seal) = Seal::parse(header.signer()) else {
        return checked.spoilt(whose.header(), Kind::Altered, noted!("it names no key that could sign"));
    };
    match &stored.script {
        Some(script) if Digest::of(script.as_bytes()) == header.script() => {}
        Some(_) => {
            checked.add(whose.header(), Kind::Altered, noted!("the script is not the one that was played"))
        }
        None => checked.add(whose.header(), Kind::Shorter, noted!("the script is not there")),
    }
    let heads = checked.follow(whose, &stored.records);
    checked.signatures(&header, stored, &heads, &seal, care);
    match sidecar::compare(checkpoints, &header, &stored.checkpoints, &seal) {
        Comparison::Whole => {}
        Comparison::OneBehind => checked.behind = true,
        Comparison::Damaged(damage) => checked.damage.push(damage),
    }
    if seal != *ours {
        checked.add(
            whose.header(),
            Kind::OtherKey,
            noted!("it was signed with another key than this folder's"),
        );
    }
    checked.header = Some(header);
    checked
}

const fn of_another(whose: Whose) -> &'static str {
    match whose {
        Whose::Drill(_) => noted!("it is the header of another drill"),
        Whose::Room(_) => noted!("it is the header of another room"),
    }
}

impl<H: Titled> Checked<H> {
    pub(super) fn add(&mut self, place: Place, kind: Kind, what: &str) {
        self.damage.push(Damage::new(place, kind, what));
    }

    fn spoilt(mut self, place: Place, kind: Kind, what: &str) -> Self {
        self.add(place, kind, what);
        self
    }

    /// Follows the chain as far as it holds, and gives the head after each row, the first being the genesis.
    fn follow(&mut self, whose: Whose, records: &[impl Linked]) -> Vec<Digest> {
        let mut heads = Vec::with_capacity(records.len() + 1);
        heads.push(self.head);
        for (before, record) in records.iter().enumerate() {
            let n = before as u64 + 1;
            if let Err(what) = follows(whose, self.head, n, record) {
                self.add(whose.record(n), Kind::Altered, what);
                break;
            }
            self.head = record.hash();
            self.sound += 1;
            heads.push(self.head);
        }
        heads
    }

    /// Whether every checkpoint is signed and agrees with the chain, from before the first row to the last.
    fn signatures<R: Linked>(
        &mut self,
        header: &H,
        stored: &Stored<R>,
        heads: &[Digest],
        seal: &Seal,
        care: Care,
    ) {
        let (subject, whose) = (Subject::of(header), header.whose());
        let mut last = None;
        for (row, checkpoint) in stored.checkpoints.iter().enumerate() {
            // What was signed before the first row is the header.
            let place = if checkpoint.n == 0 { whose.header() } else { whose.record(checkpoint.n) };
            let Some(head) = usize::try_from(checkpoint.n).ok().and_then(|n| heads.get(n)) else {
                if self.damage.is_empty() {
                    let what = noted!("the journal ends before this fact, which was signed");
                    self.add(whose.record(stored.records.len() as u64 + 1), Kind::Shorter, what);
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
            self.add(whose.record(signed + 1), Kind::Altered, noted!("nothing from here on was ever signed"));
        }
    }
}

/// Whether `record` is number `n` after `before`.
fn follows<R: Linked>(whose: Whose, before: Digest, n: u64, record: &R) -> Result<(), &'static str> {
    if n > R::MOST || record.body().len() > EVIDENCE_LINE_BYTES_MAX {
        return Err(match whose {
            Whose::Drill(_) => noted!("no drill has so much to say"),
            Whose::Room(_) => noted!("no room has so much to say"),
        });
    }
    if record.n() != n {
        return Err(noted!("it is not there"));
    }
    if record.linked(before, n) != record.hash() {
        return Err(noted!("its hash does not follow from what stands here"));
    }
    Ok(())
}

/// Looks at the checkpoint file first and then at the database: the other way round, a record that goes on
/// in between would look shorter than what was signed. This way it may look as if checkpoints were missing;
/// then once more, and what goes on faster than we look is `held` by whoever writes it.
pub(super) fn settled<S, H: Titled>(
    mut look: impl FnMut() -> Result<(S, Checked<H>), JournalError>,
    held: impl Fn() -> bool,
) -> Result<(S, Checked<H>), JournalError> {
    let mut tries = 3;
    loop {
        let (stored, mut checked) = look()?;
        tries -= 1;
        let moving = checked.damage.iter().any(|d| d.kind == Kind::SidecarCut);
        if moving && tries > 0 {
            continue;
        }
        if moving && held() {
            checked.damage.retain(|d| d.kind != Kind::SidecarCut);
        }
        return Ok((stored, checked));
    }
}

/// Damage of any kind is an error here, that of the checkpoint file too.
pub(super) fn sound<H>(checked: &Checked<H>) -> Result<(), JournalError> {
    if checked.damage.is_empty() { Ok(()) } else { Err(JournalError::Damaged(checked.damage.clone())) }
}
