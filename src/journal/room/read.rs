//! The entries behind a room's records, once those were found sound: opened, and each lawful where it stands.

use std::collections::BTreeSet;

use super::admit::Lawful;
use super::codec::{TRAINER, speaker};
use super::decode::decode;
use super::error::RoomError;
use super::header::RoomHeader;
use super::keys::Keys;
use super::sqlite::Record;
use super::writer::Receipt;
use crate::journal::JournalError;
use crate::journal::chain::Digest;
use crate::journal::check::Checked;
use crate::journal::codec::Fault;
use crate::journal::connection::Stored;
use crate::journal::error::Kind;
use crate::journal::header::Titled;
use crate::journal::names::Names;
use crate::journal::seal::Sealer;
use crate::room::Entry;
use crate::scenario::{Scenario, load};
use crate::speech::noted;

/// A room, read and checked.
#[derive(Clone, Debug)]
pub struct ReadRoom {
    /// Its title page.
    pub header: RoomHeader,
    /// The script that is played.
    pub scenario: Scenario,
    /// Everything that happened, from the opening on. Words that were erased are
    /// [`ERASED`](crate::journal::ERASED); those whose key is gone are [`KEYLESS`](crate::journal::KEYLESS).
    pub entries: Vec<Entry>,
    /// What stands after each entry: its number, and the head of the chain then.
    pub receipts: Vec<Receipt>,
    /// The head of the chain.
    pub head: Digest,
}

/// The room behind what was found sound.
pub(super) fn decode_room(
    stored: Stored<Record>,
    checked: Checked<RoomHeader>,
    keys: &Keys,
) -> Result<ReadRoom, JournalError> {
    let header = checked.header.expect("checked: a sound room has a header");
    let script = stored.script.unwrap_or_default();
    let scenario = load(&script).scenario.ok_or(RoomError::Script(header.id))?;
    let (names, genesis) = (Names::of(&scenario), header.genesis());
    let mut lawful = Lawful::new(&scenario);
    let mut entries = Vec::with_capacity(checked.sound);
    let mut receipts = Vec::with_capacity(checked.sound);
    for record in stored.records.into_iter().take(checked.sound) {
        let unlawful =
            |what: &str| JournalError::damaged(header.whose().record(record.n), Kind::Altered, what);
        let entry = entry_of(&record, &names, (keys, genesis))
            .and_then(|entry| lawful.admit(&entry).map(|()| entry))
            .map_err(|fault| unlawful(&fault.to_string()))?;
        if (entry.wall, entry.at.0) != (record.wall, record.at) {
            return Err(unlawful(noted!("its moment is written twice, differently")));
        }
        entries.push(entry);
        receipts.push(Receipt { n: record.n, head: record.hash });
    }
    if entries.is_empty() {
        let what = noted!("the room has not been opened yet");
        return Err(JournalError::damaged(header.whose().record(1), Kind::Shorter, what));
    }
    drop(lawful);
    Ok(ReadRoom { header, scenario, entries, receipts, head: checked.head })
}

/// The entry behind one record.
pub(super) fn entry_of(
    record: &Record,
    names: &Names,
    (keys, genesis): (&Keys, Digest),
) -> Result<Entry, Fault> {
    let mut sealer = None;
    decode(names, &record.body, &mut |speaker, value| {
        let sealer = sealer.get_or_insert_with(|| {
            let mut sealer = Sealer::new(keys.key(speaker), genesis).or(keys.without(speaker));
            sealer.at(record.n);
            sealer
        });
        sealer.open(value)
    })
}

/// Whose words stand in a room, and whose keys are neither there nor erased.
pub(super) fn missing_keys(keys: &Keys, entries: &[Entry]) -> Vec<u32> {
    let speakers: BTreeSet<_> = entries.iter().map(|entry| speaker(&entry.what)).chain([TRAINER]).collect();
    speakers.into_iter().filter(|member| !keys.knows(*member)).map(|member| member.0).collect()
}
