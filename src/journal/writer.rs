//! One drill that takes facts: durable, chained and signed before `append` returns.
//!
//! Database first, checkpoint file second, and only then does the caller hear
//! that it is done. After any failure the drill takes nothing more: a retried
//! commit can lose what it says it kept.

use tr::tr;

use super::beat::{self, Beat};
use super::chain::{Digest, link};
use super::check::Checked;
use super::codec::encode;
use super::connection::Stored;
use super::files::Lock;
use super::header::{Header, Titled};
use super::id::DrillId;
use super::names::Names;
use super::seal::{Key, Sealer};
use super::sidecar::{self, Sidecar};
use super::sign::{Pen, Subject};
use super::sqlite::{Db, Record};
use super::store::{Read, Store};
use super::{Journal, JournalError};
use crate::engine::Fact;
use crate::limits::{EVIDENCE_LINE_BYTES_MAX, FACTS_READ_MAX};
use crate::scenario::{Scenario, SimTime};

/// The journal of one drill on a disk. While it lives nobody else can write to the drill.
#[derive(Debug)]
pub struct DrillJournal {
    header: Header,
    subject: Subject,
    names: Names,
    key: Option<Key>,
    pen: Pen,
    db: Db,
    number: i64,
    sidecar: Sidecar,
    beat: Beat,
    head: Digest,
    count: usize,
    stopped: Option<String>,
    _lock: Lock,
}

impl DrillJournal {
    pub(super) fn begin(
        store: &Store,
        header: Header,
        scenario: &Scenario,
        key: Key,
    ) -> Result<Self, JournalError> {
        let lock = store.lock(header.id)?.ok_or(JournalError::InUse(header.id))?;
        let subject = Subject::of(&header);
        let head = header.genesis();
        let first = store.pen.checkpoint(&subject, 0, head);
        let db = Db::open(store.db.path())?;
        let number = db.add_drill(&header, &scenario.text, &first)?;
        let sidecar = Sidecar::renew(sidecar::path(&store.checkpoints(), header.id), &header, &[first])?;
        Ok(Self {
            names: Names::of(scenario),
            beat: Beat::at(beat::path(&store.checkpoints(), header.id)),
            key: Some(key),
            pen: store.pen.clone(),
            count: 0,
            stopped: None,
            _lock: lock,
            header,
            subject,
            db,
            number,
            sidecar,
            head,
        })
    }

    pub(super) fn go_on(
        store: &Store,
        lock: Lock,
        stored: &Stored<Record>,
        checked: &Checked<Header>,
        read: &Read,
    ) -> Result<Self, JournalError> {
        let header = read.header.clone();
        let folder = store.checkpoints();
        let sidecar = sidecar::path(&folder, header.id);
        let sidecar = if checked.behind {
            Sidecar::renew(sidecar, &header, &stored.checkpoints)?
        } else {
            Sidecar::open(sidecar)?
        };
        let db = Db::open(store.db.path())?;
        let number = db.number(header.id)?.ok_or_else(|| JournalError::NoSuchDrill(header.id.to_string()))?;
        Ok(Self {
            subject: Subject::of(&header),
            names: Names::of(&read.scenario),
            beat: Beat::at(beat::path(&folder, header.id)),
            key: store.key_of(&header)?.key().cloned(),
            pen: store.pen.clone(),
            db,
            number,
            head: checked.head,
            count: checked.sound,
            stopped: None,
            _lock: lock,
            sidecar,
            header,
        })
    }

    /// The drill.
    #[must_use]
    pub const fn id(&self) -> DrillId {
        self.header.id
    }

    /// The title page.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header
    }

    fn records(&self, facts: &[Fact]) -> Result<Vec<Record>, JournalError> {
        let mut sealer = Sealer::new(self.key.as_ref(), self.header.genesis());
        let mut head = self.head;
        let mut records = Vec::with_capacity(facts.len());
        for (n, fact) in (self.count as u64 + 1..).zip(facts) {
            sealer.at(n);
            let body = encode(&self.names, fact, &mut |text| sealer.seal(text));
            if n > FACTS_READ_MAX as u64 {
                return Err(JournalError::TooLarge(tr!("A drill has at most {} facts", FACTS_READ_MAX)));
            }
            if body.len() > EVIDENCE_LINE_BYTES_MAX / 2 {
                let most = EVIDENCE_LINE_BYTES_MAX / 2;
                return Err(JournalError::TooLarge(tr!("Fact {n} has more than {most} bytes", n, most)));
            }
            head = link(head, n, fact.at, &body);
            records.push(Record { n, at: fact.at.0, body, hash: head });
        }
        Ok(records)
    }

    fn write(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        let records = self.records(facts)?;
        let Some(last) = records.last() else { return Ok(()) };
        let checkpoint = self.pen.checkpoint(&self.subject, last.n, last.hash);
        self.db.append(self.number, &records, &checkpoint)?;
        self.sidecar.add(&checkpoint)?;
        self.head = checkpoint.head;
        self.count += records.len();
        Ok(())
    }
}

impl Journal for DrillJournal {
    fn append(&mut self, facts: &[Fact]) -> Result<(), JournalError> {
        if let Some(because) = &self.stopped {
            return Err(JournalError::Stopped { drill: self.id(), because: because.clone() });
        }
        self.write(facts).inspect_err(|error| self.stopped = Some(error.to_string()))
    }

    fn len(&self) -> usize {
        self.count
    }

    fn head(&self) -> Option<Digest> {
        Some(self.head)
    }

    fn beat(&mut self, now: SimTime) {
        // See the trait: a beat that cannot be written costs a few seconds, at worst.
        let _ = self.beat.write(now);
    }
}
