//! What can go wrong between a drill and a disk, in sentences.
//!
//! Two kinds are kept apart. A [`JournalError`] says that something could not
//! be done now, and what to do about it. A [`Damage`] says that what stands on
//! the disk is not what was written, and where; it is never read over.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use tr::tr;

use super::id::{DrillId, RoomId};
use super::room::RoomError;
use crate::speech::label;

/// A journal could not do what was asked.
#[derive(Debug)]
pub enum JournalError {
    /// A file would not be read or written.
    File {
        /// What was being done, as "write the checkpoint".
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// SQLite would not.
    Database {
        /// What was being done.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// What SQLite said.
        said: String,
    },
    /// What is there is not what was written.
    Damaged(Vec<Damage>),
    /// No drill has this id.
    NoSuchDrill(String),
    /// More than one drill has an id that begins so.
    Ambiguous {
        /// What was asked for.
        prefix: String,
        /// How many begin so.
        many: usize,
    },
    /// No person has this name or number here.
    NoSuchPerson {
        /// Who was asked for.
        wanted: String,
        /// Who is called so but for capitals and blanks.
        like: Vec<String>,
    },
    /// The key that signed the drills here is not there.
    KeyGone(PathBuf),
    /// Keys that opened names and words are not there, and were not erased.
    KeysMissing {
        /// The file of keys.
        path: PathBuf,
        /// The numbers of the people whose keys they are.
        people: Vec<u32>,
    },
    /// Which drill was begun last cannot be told, for the journal has nothing of these.
    LastLost(Vec<DrillId>),
    /// The data folder can be read and not written.
    ReadOnly(PathBuf),
    /// Another process plays this drill right now.
    InUse(DrillId),
    /// The drill was erased.
    Forgotten(DrillId),
    /// An earlier append failed; nothing is added after a hole.
    Stopped {
        /// Which drill.
        drill: DrillId,
        /// What went wrong then.
        because: String,
    },
    /// A newer breachdrill wrote this.
    Newer {
        /// What.
        path: PathBuf,
        /// The format it names.
        found: String,
    },
    /// A bound of `limits` would be passed: what is too large, as a sentence without its full stop.
    TooLarge(String),
    /// The script in the journal does not load with this breachdrill.
    Script(DrillId),
    /// The system gave no random bytes for a key.
    NoRandomness(String),
    /// Something about a room.
    Room(RoomError),
}

impl From<RoomError> for JournalError {
    fn from(error: RoomError) -> Self {
        Self::Room(error)
    }
}

impl JournalError {
    pub(super) fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File { doing, path: path.to_owned(), source }
    }

    /// One damage at one place.
    pub(super) fn damaged(place: Place, kind: Kind, what: impl Into<String>) -> Self {
        Self::Damaged(vec![Damage::new(place, kind, what)])
    }
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::File { doing, path, source } => could_not(doing, path, &said(source)),
            Self::Database { doing, path, said } => could_not(doing, path, &label(said)),
            Self::Damaged(damage) => damaged(damage),
            Self::NoSuchDrill(wanted) => {
                tr!("No drill is called `{wanted}`. `breachdrill drills` lists them.", wanted)
            }
            Self::Ambiguous { prefix, many } => {
                tr!("{many} drills begin with `{prefix}`. Give more of the id.", many, prefix)
            }
            Self::NoSuchPerson { wanted, like } => nobody(wanted, like),
            Self::KeyGone(path) => key_gone(path),
            Self::KeysMissing { path, people } => keys_missing(path, people),
            Self::LastLost(lost) => last_lost(lost),
            Self::ReadOnly(path) => read_only(path),
            Self::InUse(id) => {
                tr!("Drill {} is being played by another breachdrill. Close that one first.", id.short())
            }
            Self::Forgotten(id) => tr!("Drill {} was erased; only its tombstone is left.", id.short()),
            Self::Stopped { drill, because } => tr!(
                "Drill {} takes no more facts since one could not be written: {because} \
                 Mend the cause, then resume the drill.",
                drill.short(),
                because
            ),
            Self::Newer { path, found } => tr!(
                "{} is in the format `{found}`, which this breachdrill does not know. A newer one will read it.",
                path.display(),
                found
            ),
            Self::TooLarge(what) => format!("{what}."),
            Self::Script(id) => tr!(
                "The script that drill {} was played from does not load with this breachdrill. \
                 The breachdrill that played it still reads it.",
                id.short()
            ),
            Self::NoRandomness(said) => tr!("The system gave no random bytes for a key: {said}.", said),
            Self::Room(error) => error.to_string(),
        })
    }
}

/// What the system said, in our own words where it is said often; they are the same on every system.
#[must_use]
pub fn said(error: &std::io::Error) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever is said seldom is said by the system")]
    match error.kind() {
        ErrorKind::NotFound => tr!("there is no such file or folder"),
        ErrorKind::PermissionDenied => tr!("that is not permitted"),
        ErrorKind::AlreadyExists => tr!("it is there already"),
        ErrorKind::IsADirectory => tr!("it is a folder"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => tr!("no room" => "{0}", error),
        ErrorKind::ReadOnlyFilesystem => tr!("not to be written" => "{0}", error),
        ErrorKind::NotADirectory => tr!("no folder" => "{0}", error),
        _ => tr!("the system" => "{0}", error),
    }
}

/// That SQLite cannot read what stands there.
pub(super) fn unreadable(error: &rusqlite::Error) -> String {
    tr!("it cannot be read: {error}", error = said_by_sqlite(error))
}

/// What SQLite said. As with the system, English needs no more than its own words.
pub(super) fn said_by_sqlite(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => tr!("no room" => "{0}", error),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => tr!("not to be written" => "{0}", error),
        Some(ErrorCode::CannotOpen) => tr!("not to be opened" => "{0}", error),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => tr!("in use" => "{0}", error),
        Some(ErrorCode::SystemIoFailure) => tr!("the disk" => "{0}", error),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => tr!("no journal" => "{0}", error),
        _ => tr!("SQLite" => "{0}", error),
    }
}

fn could_not(doing: &str, path: &Path, said: &str) -> String {
    tr!(
        "Could not {doing} ({path}): {said}. Check that the disk has room and that the folder is yours.",
        doing = label(doing),
        path = path.display(),
        said = said
    )
}

fn damaged(damage: &[Damage]) -> String {
    let mut text = tr!("The record is not what was written:");
    for damage in damage {
        text.push_str(&format!("\n  {damage}"));
    }
    if damage.iter().any(|d| matches!(d.place, Place::Folder(_))) {
        text.push('\n');
        text.push_str(&no_journal());
    }
    text
}

/// What to do about a folder whose journal cannot be opened at all.
fn no_journal() -> String {
    tr!("Nothing here can mend it. Put the folder back from a copy; or move it out of the way with \
         `breachdrill doctor --set-aside`, which deletes nothing; or keep new drills in another folder \
         (--data-dir DIR).")
}

fn nobody(wanted: &str, like: &[String]) -> String {
    let nobody = tr!("Nobody is recorded here as `{wanted}`.", wanted);
    if like.is_empty() {
        return nobody;
    }
    let like: Vec<String> = like.iter().map(|name| format!("`{name}`")).collect();
    tr!("{nobody} Did you mean {0}?", like.join(&format!(" {} ", tr!("or"))), nobody)
}

fn key_gone(path: &Path) -> String {
    tr!(
        "{} is gone, although drills are kept here. It is the key that signed them: without it they can be \
         neither checked nor gone on with, and with a new one each would look like a stranger's. Nothing was \
         changed. Put the file back from a copy, or keep new drills in another folder (--data-dir DIR).",
        path.display()
    )
}

fn keys_missing(path: &Path, people: &[u32]) -> String {
    let missing = match people {
        [one] => tr!(
            "The key of person {one} is not in {path}, although drills of theirs are kept here: a name and words \
             are closed that a copy of the file would open.",
            one,
            path = path.display()
        ),
        [..] => tr!(
            "The keys of persons {people} are not in {path}, although drills of theirs are kept here: names and \
             words are closed that a copy of the file would open.",
            people = people.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
            path = path.display()
        ),
    };
    tr!(
        "{missing} Nothing was changed. Put the file back from a copy; or give them up for good with \
         `breachdrill forget --keyless`, and go on; or keep new drills in another folder (--data-dir DIR).",
        missing
    )
}

fn last_lost(lost: &[DrillId]) -> String {
    let lost: Vec<String> = lost.iter().map(DrillId::short).collect();
    tr!(
        "Which drill was the last cannot be told: the journal has lost {lost}, of which only the checkpoints \
         are left. Name the drill you mean; `breachdrill drills` lists them. `breachdrill forget ID` drops one \
         that is lost for good.",
        lost = lost.join(", ")
    )
}

fn read_only(path: &Path) -> String {
    tr!(
        "{} can be read but not written, so nothing can be kept there. Name another folder with --data-dir DIR, \
         or have this one made writable.",
        path.display()
    )
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Database { .. }
            | Self::Damaged(_)
            | Self::NoSuchDrill(_)
            | Self::Ambiguous { .. }
            | Self::NoSuchPerson { .. }
            | Self::KeyGone(_)
            | Self::KeysMissing { .. }
            | Self::LastLost(_)
            | Self::ReadOnly(_)
            | Self::InUse(_)
            | Self::Forgotten(_)
            | Self::Stopped { .. }
            | Self::Newer { .. }
            | Self::TooLarge(_)
            | Self::Script(_)
            | Self::NoRandomness(_)
            | Self::Room(_) => None,
        }
    }
}

/// Something that is not as it was written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where.
    pub place: Place,
    /// Of which kind.
    pub kind: Kind,
    /// What is wrong, as a sentence fragment; in English where it was noted, for [`label`].
    pub what: String,
}

/// Where damage was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The data folder as a whole, or one file in it.
    Folder(PathBuf),
    /// The header of a drill.
    Header(DrillId),
    /// A fact of a drill; the first is 1.
    Fact(DrillId, u64),
    /// A line of the checkpoint file of a drill; the first is 1.
    Sidecar(DrillId, u64),
    /// The header of a room.
    RoomHeader(RoomId),
    /// An entry of a room; the first is 1.
    Entry(RoomId, u64),
    /// A line of the checkpoint file of a room; the first is 1.
    RoomSidecar(RoomId, u64),
    /// A line of an evidence file; the first is 1.
    Line(u64),
}

/// Kinds of damage that call for different answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something was changed.
    Altered,
    /// The journal ends before its last checkpoint: facts were lost or taken away.
    Shorter,
    /// A file ends in the middle.
    Cut,
    /// It cannot be read at all.
    Unreadable,
    /// The record is whole, but another folder's key signed it.
    OtherKey,
    /// The facts are whole, but the checkpoint file that would notice a cut tail is gone.
    SidecarMissing,
    /// The facts are whole, but the checkpoint file ends too early.
    SidecarCut,
    /// The facts are whole, but the checkpoint file was changed.
    SidecarAltered,
}

impl Damage {
    pub(super) fn new(place: Place, kind: Kind, what: impl Into<String>) -> Self {
        Self { place, kind, what: what.into() }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.place {
            Place::Folder(path) => path.display().to_string(),
            Place::Header(id) => tr!("drill {}, header", id.short()),
            Place::Fact(id, n) => tr!("drill {}, fact {n}", id.short(), n),
            Place::Sidecar(id, line) => tr!("drill {}, line {line} of its checkpoints", id.short(), line),
            Place::RoomHeader(id) => tr!("room {}, header", id.short()),
            Place::Entry(id, n) => tr!("room {}, entry {n}", id.short(), n),
            Place::RoomSidecar(id, line) => tr!("room {}, line {line} of its checkpoints", id.short(), line),
            Place::Line(line) => tr!("line {line}", line),
        };
        write!(f, "{place}: {}", label(&self.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::{Language, speaking};

    #[test]
    fn what_goes_wrong_is_said_in_german() {
        let id = DrillId([7; 16]);
        let path = PathBuf::from("/x");
        let system = std::io::Error::from(ErrorKind::PermissionDenied);
        let said = speaking(Language::German, || {
            [
                JournalError::file("read the file", &path)(system).to_string(),
                JournalError::damaged(Place::Fact(id, 3), Kind::Altered, "it is not there").to_string(),
                JournalError::NoSuchPerson { wanted: "ada".into(), like: vec!["Ada".into()] }.to_string(),
                JournalError::KeysMissing { path: path.clone(), people: vec![1, 2] }.to_string(),
            ]
        });
        assert!(said[0].starts_with("Es gelang nicht, die Datei zu lesen (/x): das ist nicht erlaubt."));
        assert!(said[1].ends_with("\n  Übung 07070707, Eintrag 3: er fehlt"), "{}", said[1]);
        assert_eq!(said[2], "Unter `ada` ist hier niemand verzeichnet. Meinten Sie `Ada`?");
        assert!(said[3].starts_with("Die Schlüssel der Personen 1, 2 fehlen in /x"), "{}", said[3]);
    }

    #[test]
    fn what_the_system_says_stands_behind_a_sentence_of_ours() {
        const FULL: i32 = 28;
        let full = || std::io::Error::from_raw_os_error(FULL);
        let corrupt = || rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(26), None);
        assert_eq!((said(&full()), said_by_sqlite(&corrupt())), (full().to_string(), corrupt().to_string()));
        speaking(Language::German, || {
            if cfg!(unix) {
                assert_eq!(said(&full()), format!("der Datenträger ist voll ({})", full()));
            }
            assert_eq!(said_by_sqlite(&corrupt()), format!("das ist keine heile Datenbank ({})", corrupt()));
        });
    }
}
