//! A data folder: many drills in one database, one folder of checkpoints, one file of keys; and rooms.
//!
//! Everything that is read is checked first (`check.rs`). What is damaged is an
//! error that names the place; [`Store::salvage`] reads on purpose what is still
//! sound.

use std::path::{Path, PathBuf};

use tr::tr;

use super::admit::admit;
use super::beat;
use super::chain::Digest;
use super::check::{Care, Checked, check, settled, sound};
use super::connection::Stored;
use super::decode::decode;
use super::error::{Damage, Kind, Place};
use super::files::{self, Lock};
use super::header::{Header, Parent, Titled};
use super::id::{DrillId, Whose};
use super::keys::{Found, Words};
use super::names::Names;
use super::seal::{KEYLESS, Sealer};
use super::sidecar;
use super::sign::Pen;
use super::sqlite::{Db, Record};
use super::vault::{Person, Vault, open_name};
use super::writer::DrillJournal;
use super::{JournalError, keyfile, room};
use crate::engine::{Fact, PauseCause, State, What};
use crate::scenario::{Scenario, SimTime, load};
use crate::speech::noted;

/// A data folder.
#[derive(Debug)]
pub struct Store {
    pub(super) folder: PathBuf,
    pub(super) db: Db,
    pub(super) pen: Pen,
    pub(super) vault: Vault,
}

/// What is settled before STARTEX.
#[derive(Clone, Copy, Debug)]
pub struct NewDrill<'n> {
    /// What is played.
    pub scenario: &'n Scenario,
    /// When, in seconds since 1970 (UTC). The journal reads no clock.
    pub started: i64,
    /// Who plays; sealed at once.
    pub trainee: Option<&'n str>,
    /// The drill that this one branches off.
    pub parent: Option<Parent>,
    /// Whether an answers file decides in a person's stead, or did so in what it branches off.
    pub answers: bool,
}

/// Who played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    /// The person's number in this data folder.
    pub number: u32,
    /// The name; empty if none was given, none if it cannot be read.
    pub name: Option<String>,
    /// Whether name and words can be read.
    pub words: Words,
}

/// One drill as a list shows it.
#[derive(Clone, Debug)]
pub struct DrillSummary {
    /// Which.
    pub id: DrillId,
    /// The script's title; empty if the drill was forgotten or cannot be read.
    pub title: String,
    /// When it was begun, in seconds since 1970 (UTC).
    pub started: i64,
    /// How many facts are sound.
    pub facts: usize,
    /// Whether ENDEX has been.
    pub ended: bool,
    /// Whether the trainee brought it before the story came to its end.
    pub broken_off: bool,
    /// The drill that it branched off, if any: such a drill is never a first attempt.
    pub parent: Option<Parent>,
    /// Whether an answers file decided, all along or from some moment on.
    pub answers: bool,
    /// Who played; none if the drill was forgotten or cannot be read.
    pub person: Option<Player>,
    /// Whether only its tombstone is left.
    pub forgotten: bool,
    /// The head of the chain.
    pub head: Option<Digest>,
    /// What is not as it was written; mostly nothing.
    pub damage: Vec<Damage>,
}

/// A drill, read and checked.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its title page.
    pub header: Header,
    /// Who played.
    pub person: Player,
    /// The script as it was played.
    pub scenario: Scenario,
    /// What happened.
    pub facts: Vec<Fact>,
    /// The head of the chain.
    pub head: Digest,
}

impl Read {
    /// Whether an answers file decided, all along or from some moment on.
    #[must_use]
    pub fn from_file(&self) -> bool {
        let handed_over = |fact: &Fact| fact.what == What::Paused(PauseCause::Answers);
        self.header.answers || self.facts.iter().any(handed_over)
    }
}

impl Store {
    /// Opens a data folder, and makes it first if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made or read, or the database in it is gone or not ours.
    pub fn open(folder: &Path) -> Result<Self, JournalError> {
        Self::open_to_write(folder).map_err(|refused| {
            let reads = refusal(&refused) && Self::read_only(folder).is_ok();
            if reads { JournalError::ReadOnly(folder.to_owned()) } else { refused }
        })
    }

    /// As [`Store::open`]; but a folder that may not be written is opened all the same, and left as it is.
    ///
    /// # Errors
    /// If the folder cannot be made or read, or the database in it is gone or not ours.
    pub fn open_to_read(folder: &Path) -> Result<Self, JournalError> {
        match Self::open_to_write(folder) {
            Err(refused) if refusal(&refused) => match Self::read_only(folder) {
                // What is said of writing says more than that reading does not help.
                Err(other) if refusal(&other) => Err(refused),
                read => read,
            },
            opened => opened,
        }
    }

    fn open_to_write(folder: &Path) -> Result<Self, JournalError> {
        files::make_folder(folder)?;
        let checkpoints = folder.join(CHECKPOINTS);
        files::make_folder(&checkpoints)?;
        let database = folder.join(DATABASE);
        let orphans = if database.exists() { 0 } else { sidecar::drills(&checkpoints)?.len() };
        if orphans > 0 {
            let what = tr!("it is gone, although {orphans} drills have checkpoints", orphans);
            return Err(JournalError::damaged(Place::Folder(database), Kind::Shorter, what));
        }
        let db = Db::open(&database)?;
        let signed = || {
            let stones = !db.tombstones()?.is_empty() || room::any(folder)?;
            Ok(stones || !db.drills()?.is_empty() || !sidecar::drills(&checkpoints)?.is_empty())
        };
        let pen = keyfile::pen(&folder.join(KEY), signed)?;
        Ok(Self { db, pen, vault: Vault::at(folder.join(PEOPLE)), folder: folder.to_owned() })
    }

    /// Takes no lock, and makes no file.
    fn read_only(folder: &Path) -> Result<Self, JournalError> {
        let key = folder.join(KEY);
        Ok(Self {
            db: Db::open_to_read(&folder.join(DATABASE))?,
            pen: keyfile::read(&key)?.ok_or(JournalError::KeyGone(key))?,
            vault: Vault::at(folder.join(PEOPLE)),
            folder: folder.to_owned(),
        })
    }

    /// Begins a drill's journal.
    ///
    /// # Errors
    /// If it cannot be made durable; or if keys of people who played here are missing, for new ones would hide that.
    pub fn create(&self, new: NewDrill<'_>) -> Result<DrillJournal, JournalError> {
        let keyless = self.people_without_keys()?;
        if !keyless.is_empty() {
            return Err(JournalError::KeysMissing { path: self.folder.join(PEOPLE), people: keyless });
        }
        let taken = self.db.headers()?.iter().filter_map(|h| Header::decode(h).ok()).map(|h| h.person).max();
        self.vault
            .enrol(new.trainee.unwrap_or_default(), taken.unwrap_or(0), |person| self.begin(new, person))
    }

    fn begin(&self, new: NewDrill<'_>, person: &Person) -> Result<DrillJournal, JournalError> {
        let header = Header {
            id: DrillId::random()?,
            title: new.scenario.head.title.clone(),
            script: Digest::of(new.scenario.text.as_bytes()),
            engine: Header::engine_now(),
            started: new.started,
            person: person.number,
            key_mark: person.key.mark(),
            sealed_name: person.sealed_name.clone(),
            signer: self.pen.seal().to_string(),
            parent: new.parent,
            answers: new.answers,
        };
        DrillJournal::begin(self, header, new.scenario, person.key.clone())
    }

    /// Takes a drill up again where it stopped.
    ///
    /// # Errors
    /// If it is damaged, forgotten, or being played; or if the key for its words is missing.
    pub fn resume(&self, id: DrillId) -> Result<(DrillJournal, Read), JournalError> {
        let lock = self.lock(id)?.ok_or(JournalError::InUse(id))?;
        let (stored, checked) = self.looked(id, Care::Thorough, false)?;
        sound(&checked)?;
        let read = self.decode(&stored, &checked)?;
        if read.person.words == Words::KeyMissing {
            let people = vec![read.person.number];
            return Err(JournalError::KeysMissing { path: self.folder.join(PEOPLE), people });
        }
        let journal = DrillJournal::go_on(self, lock, &stored, &checked, &read)?;
        Ok((journal, read))
    }

    /// How far drill time had come when it was last noted, facts or none.
    ///
    /// # Errors
    /// If the note cannot be read.
    pub fn beat(&self, id: DrillId) -> Result<Option<SimTime>, JournalError> {
        beat::read(&self.checkpoints(), id)
    }

    /// Reads a drill.
    ///
    /// # Errors
    /// If there is none, or anything about it is not as it was written.
    pub fn read(&self, id: DrillId) -> Result<Read, JournalError> {
        let (stored, checked) = self.checked(id, Care::Thorough)?;
        sound(&checked)?;
        self.decode(&stored, &checked)
    }

    /// Reads what is still sound of a damaged drill, from the first fact on, with the damage.
    ///
    /// # Errors
    /// If not even header and script can be read.
    pub fn salvage(&self, id: DrillId) -> Result<(Read, Vec<Damage>), JournalError> {
        let (stored, checked) = self.checked(id, Care::Thorough)?;
        if checked.header.is_none() || stored.script.is_none() {
            return Err(JournalError::Damaged(checked.damage));
        }
        Ok((self.decode(&stored, &checked)?, checked.damage))
    }

    pub(super) fn checked(
        &self,
        id: DrillId,
        care: Care,
    ) -> Result<(Stored<Record>, Checked<Header>), JournalError> {
        self.looked(id, care, true)
    }

    /// Whether `others` may be writing to it meanwhile; not while we hold it ourselves.
    fn looked(
        &self,
        id: DrillId,
        care: Care,
        others: bool,
    ) -> Result<(Stored<Record>, Checked<Header>), JournalError> {
        let look = || {
            let checkpoints = sidecar::read(&sidecar::path(&self.checkpoints(), id), Whose::Drill(id))?;
            let Some(stored) = self.db.stored(id)? else {
                return Err(self.missing(id, checkpoints.is_some()));
            };
            let header = Header::decode(&stored.header);
            let with = (&self.pen.seal(), care);
            let checked = check(Whose::Drill(id), header, &stored, checkpoints.as_deref(), with);
            Ok((stored, checked))
        };
        settled(look, || others && matches!(self.lock(id), Ok(None)))
    }

    pub(super) fn missing(&self, id: DrillId, checkpoints: bool) -> JournalError {
        match self.db.tombstones() {
            Err(error) => error,
            Ok(stones) if stones.iter().any(|(stone, _)| *stone == id) => JournalError::Forgotten(id),
            Ok(_) if checkpoints => {
                let what = noted!("its checkpoints are there, but the journal has nothing of it");
                JournalError::damaged(Place::Header(id), Kind::Shorter, what)
            }
            Ok(_) => JournalError::NoSuchDrill(id.to_string()),
        }
    }

    fn decode(&self, stored: &Stored<Record>, checked: &Checked<Header>) -> Result<Read, JournalError> {
        let header = checked.header.clone().expect("checked: only drills with a header come here");
        let scenario = scenario_of(&header, stored.script.as_deref().unwrap_or_default())?;
        let found = self.key_of(&header)?;
        let sealer = Sealer::new(found.key(), header.genesis());
        let sealer = if found.words() == Words::KeyMissing { sealer.or(KEYLESS) } else { sealer };
        let facts = decode_all(&header, &scenario, &stored.records[..checked.sound], sealer)?;
        let person = player(&header, &found);
        Ok(Read { header, person, scenario, facts, head: checked.head })
    }

    pub(super) fn checkpoints(&self) -> PathBuf {
        self.folder.join(CHECKPOINTS)
    }

    pub(super) fn lock(&self, id: DrillId) -> Result<Option<Lock>, JournalError> {
        Lock::try_take(&self.checkpoints().join(format!("{id}.lock")))
    }
}

/// The folder of checkpoints within the data folder.
const CHECKPOINTS: &str = "drills";
const DATABASE: &str = "journal.db";
const KEY: &str = "signing.key";
const PEOPLE: &str = "people.keys";

/// Whether the system would not let us, rather than that what is there is wrong.
pub(super) const fn refusal(error: &JournalError) -> bool {
    matches!(error, JournalError::File { .. } | JournalError::Database { .. })
}

/// The scenario as it was played: the journal's own script, which may differ from the one on offer today.
pub(super) fn scenario_of(header: &Header, script: &str) -> Result<Scenario, JournalError> {
    load(script).scenario.ok_or(JournalError::Script(header.id))
}

/// The facts behind records that were found sound.
pub(super) fn decode_all(
    header: &Header,
    scenario: &Scenario,
    records: &[Record],
    mut sealer: Sealer<'_>,
) -> Result<Vec<Fact>, JournalError> {
    let names = Names::of(scenario);
    let mut state = State::new(scenario);
    let mut facts = Vec::with_capacity(records.len());
    for record in records {
        sealer.at(record.n);
        let unlawful =
            |what: &str| JournalError::damaged(Place::Fact(header.id, record.n), Kind::Altered, what);
        let fact = decode(&names, &record.body, &mut |value| sealer.open(value))
            .and_then(|fact| admit(scenario, &state, &fact).map(|()| fact))
            .map_err(|fault| unlawful(&fault.to_string()))?;
        if fact.at.0 != record.at {
            return Err(unlawful(noted!("its moment is written twice, differently")));
        }
        state.apply(&fact);
        facts.push(fact);
    }
    Ok(facts)
}

pub(super) fn player(header: &Header, found: &Found) -> Player {
    let name = found.key().and_then(|key| open_name(key, &header.sealed_name));
    Player { number: header.person, name, words: found.words() }
}
