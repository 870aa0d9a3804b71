//! From a word on the command line to a drill: the last one, an id, or an evidence file.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use tr::tr;

use super::command::menu::demo;
use super::failure::{Failure, said};
use super::rooms::{PlayedRoom, Which, no_drill};
use crate::debrief::{About, LINE_MOVES};
use crate::engine::Fact;
use crate::journal::{self, DrillId, Evidence, JournalError, Store, examine};
use crate::limits::EVIDENCE_FILE_BYTES_MAX;
use crate::scenario::{Scenario, clean, utc_stamp};

/// How the lines of an evidence file begin, the longest first.
const LINE_STARTS: [&str; 3] = ["{\"checkpoint\":", "{\"evidence\":", "{\"n\":"];

/// Where drills are kept.
#[derive(Clone, Debug)]
pub(super) struct Data {
    folder: Option<PathBuf>,
}

/// A drill that was read, from the data folder or from an evidence file.
pub(super) struct Played {
    pub(super) scenario: Scenario,
    pub(super) facts: Vec<Fact>,
    pub(super) about: About,
    /// When it was begun, in seconds since 1970 (UTC).
    pub(super) started: i64,
}

/// Something that was played: a drill, or a room with all its drills.
pub(super) enum Record {
    Drill(Box<Played>),
    Room(Box<PlayedRoom>),
}

impl Data {
    /// The folder asked for, or this user's data folder.
    pub(super) fn new(asked: Option<&Path>) -> Self {
        let args = AppStrategyArgs {
            top_level_domain: "org".into(),
            author: "breachdrill".into(),
            app_name: "breachdrill".into(),
        };
        let usual = || choose_app_strategy(args).ok().map(|strategy| strategy.data_dir());
        Self { folder: asked.map(Path::to_owned).or_else(usual) }
    }

    /// The folder.
    pub(super) fn folder(&self) -> Result<&Path, Failure> {
        let folder = self.folder.as_deref().ok_or_else(|| {
            Failure::new(tr!("this user has no data folder")).hint(tr!("name one with --data-dir DIR"))
        })?;
        if folder.is_file() {
            return Err(Failure::usage(tr!(
                "{} is a file, and drills are kept in a folder",
                folder.display()
            ))
            .hint(tr!("--data-dir names a folder; one that is not there yet is made"))
            .hint(tr!(
                "an evidence file is read as it is: breachdrill debrief FILE, breachdrill verify FILE"
            )));
        }
        Ok(folder)
    }

    /// Whether anything has been kept there.
    pub(super) fn exists(&self) -> bool {
        self.folder.as_deref().is_some_and(Path::exists)
    }

    /// Where the pages lie that `debrief --open` wrote.
    pub(super) fn debriefs(&self) -> Result<PathBuf, Failure> {
        Ok(self.folder()?.join("debriefs"))
    }

    /// Opens the folder, making it if need be.
    pub(super) fn open(&self) -> Result<Store, Failure> {
        Store::open(self.folder()?).map_err(from_journal)
    }

    /// Opens the folder to look into it, even where it may not be written.
    pub(super) fn open_to_read(&self) -> Result<Store, Failure> {
        Store::open_to_read(self.folder()?).map_err(from_journal)
    }

    /// What is said where nothing has been played.
    pub(super) fn nothing_played() -> Failure {
        Failure::new(tr!("no drill has been played here")).hint(format!("breachdrill play {}", demo()))
    }

    /// The drill that `word` names; the last one if none. To be read: what writes opens the folder itself.
    pub(super) fn find(&self, word: Option<&str>) -> Result<(Store, DrillId), Failure> {
        let Some(word) = word else {
            if !self.exists() {
                return Err(Self::nothing_played());
            }
            let store = self.open_to_read()?;
            let last = store.last().map_err(from_journal)?.ok_or_else(Self::nothing_played)?;
            return Ok((store, last));
        };
        match self.which(word)? {
            Which::Drill(store, id) => Ok((store, id)),
            Which::Room(_, id) => Err(no_drill(&id.short())),
        }
    }

    /// Reads the drill that `word` names: an evidence file, an id, or the last one.
    pub(super) fn read(&self, word: Option<&str>) -> Result<Played, Failure> {
        match self.read_any(word)? {
            Record::Drill(played) => Ok(*played),
            Record::Room(room) => Err(no_drill(&room.short)),
        }
    }

    /// Reads the drill or the room that `word` names: an evidence file, an id, or the last drill.
    pub(super) fn read_any(&self, word: Option<&str>) -> Result<Record, Failure> {
        let drill = |read| Record::Drill(Box::new(Played::of(read)));
        let room = |read| Record::Room(Box::new(PlayedRoom::of(read)));
        let Some(word) = word else {
            let (store, found) = self.find(None)?;
            return store.read(found).map(drill).map_err(from_journal);
        };
        if Path::new(word).is_file() || word.ends_with(".jsonl") {
            // Names and words open only where the keys are: in the folder it was played in. A folder that does
            // not open is one without keys; the file needs none.
            let store = self.folder().ok().filter(|f| f.exists()).and_then(|f| Store::open_to_read(f).ok());
            return match examine(evidence(word)?).map_err(from_journal)? {
                Evidence::Drill(verified) => verified.read(store.as_ref()).map(drill),
                Evidence::Room(verified) => verified.read(store.as_ref()).map(room),
            }
            .map_err(from_journal);
        }
        match self.which(word)? {
            Which::Drill(store, id) => store.read(id).map(drill),
            Which::Room(store, id) => store.read_room(id).map(room),
        }
        .map_err(from_journal)
    }
}

/// An evidence file, opened; what begins like no line of one is none, and is not called altered.
pub(super) fn evidence(word: &str) -> Result<impl Read, Failure> {
    let cannot = |e: std::io::Error| Failure::new(tr!("{word} cannot be read: {e}", word, e = said(&e)));
    let mut file = File::open(word).map_err(cannot)?;
    let large = file.metadata().is_ok_and(|of| of.len() > EVIDENCE_FILE_BYTES_MAX);
    let mut start = Vec::new();
    file.by_ref().take(LINE_STARTS[0].len() as u64).read_to_end(&mut start).map_err(cannot)?;
    let begins = |known: &&str| {
        let many = start.len().min(known.len());
        start[..many] == known.as_bytes()[..many]
    };
    // That it is too large is said by whoever reads it.
    if large || LINE_STARTS.iter().any(begins) {
        return Ok(BufReader::new(Cursor::new(start).chain(file)));
    }
    Err(Failure::new(tr!("{word} is no evidence file of breachdrill", word = clean(word))).hint(tr!(
        "breachdrill export ID --output FILE writes one; `breachdrill drills` lists what there is"
    )))
}

impl Played {
    pub(super) fn of(read: journal::Read) -> Self {
        let answers = read.from_file();
        let started = read.header.started;
        let about = About {
            drill: read.header.id.to_string(),
            head: read.head.to_string(),
            trainee: read.person.name.filter(|name| !name.is_empty()),
            started: Some(utc_stamp(read.header.started)),
            engine: read.header.engine,
            moves: LINE_MOVES,
            answers,
            parent: read.header.parent.map(|parent| (parent.drill.to_string(), parent.facts)),
        };
        Self { scenario: read.scenario, facts: read.facts, about, started }
    }
}

/// Seconds since 1970, for the journal's title page; nothing is decided by them.
#[expect(clippy::disallowed_methods, reason = "the title page says when a drill was begun")]
pub(super) fn wall_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(0)
}

/// What the journal says, with what to do about it.
pub(super) fn from_journal(error: JournalError) -> Failure {
    Failure::new(error)
}
