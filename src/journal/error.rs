//! What can go wrong between a drill and a disk, in sentences.
//!
//! Two kinds are kept apart. A [`JournalError`] says that something could not
//! be done now, and what to do about it. A [`Damage`] says that what stands on
//! the disk is not what was written, and where; it is never read over.

use std::fmt;
use std::path::{Path, PathBuf};

use super::header::DrillId;

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
        match self {
            Self::File { doing, path, source } => could_not(f, doing, path, source),
            Self::Database { doing, path, said } => could_not(f, doing, path, said),
            Self::Damaged(damage) => {
                f.write_str("The record is not what was written:")?;
                damage.iter().try_for_each(|d| write!(f, "\n  {d}"))?;
                let whole = damage.iter().any(|d| matches!(d.place, Place::Folder(_)));
                if whole { write!(f, "\n{NO_JOURNAL}") } else { Ok(()) }
            }
            Self::NoSuchDrill(wanted) => {
                write!(f, "No drill is called `{wanted}`. `breachdrill drills` lists them.")
            }
            Self::Ambiguous { prefix, many } => {
                write!(f, "{many} drills begin with `{prefix}`. Give more of the id.")
            }
            Self::NoSuchPerson { wanted, like } => nobody(f, wanted, like),
            Self::KeyGone(path) => key_gone(f, path),
            Self::KeysMissing { path, people } => keys_missing(f, path, people),
            Self::LastLost(lost) => last_lost(f, lost),
            Self::ReadOnly(path) => read_only(f, path),
            Self::InUse(id) => {
                write!(
                    f,
                    "Drill {} is being played by another breachdrill. Close that one first.",
                    id.short()
                )
            }
            Self::Forgotten(id) => write!(f, "Drill {} was erased; only its tombstone is left.", id.short()),
            Self::Stopped { drill, because } => write!(
                f,
                "Drill {} takes no more facts since one could not be written: {because} \
                 Mend the cause, then resume the drill.",
                drill.short()
            ),
            Self::Newer { path, found } => write!(
                f,
                "{} is in the format `{found}`, which this breachdrill does not know. A newer one will read it.",
                path.display()
            ),
            Self::TooLarge(what) => write!(f, "{what}."),
            Self::Script(id) => write!(
                f,
                "The script that drill {} was played from does not load with this breachdrill. \
                 The breachdrill that played it still reads it.",
                id.short()
            ),
            Self::NoRandomness(said) => write!(f, "The system gave no random bytes for a key: {said}."),
        }
    }
}

fn could_not(f: &mut fmt::Formatter<'_>, doing: &str, path: &Path, said: &dyn fmt::Display) -> fmt::Result {
    let path = path.display();
    write!(
        f,
        "Could not {doing} ({path}): {said}. Check that the disk has room and that the folder is yours."
    )
}

/// What to do about a folder whose journal cannot be opened at all.
const NO_JOURNAL: &str = "Nothing here can mend it. Put the folder back from a copy; or move it out of the way with \
                          `breachdrill doctor --set-aside`, which deletes nothing; or keep new drills in another \
                          folder (--data-dir DIR).";

fn nobody(f: &mut fmt::Formatter<'_>, wanted: &str, like: &[String]) -> fmt::Result {
    write!(f, "Nobody is recorded here as `{wanted}`.")?;
    if like.is_empty() {
        return Ok(());
    }
    let like: Vec<String> = like.iter().map(|name| format!("`{name}`")).collect();
    write!(f, " Did you mean {}?", like.join(" or "))
}

fn key_gone(f: &mut fmt::Formatter<'_>, path: &Path) -> fmt::Result {
    write!(
        f,
        "{} is gone, although drills are kept here. It is the key that signed them: without it they can be \
         neither checked nor gone on with, and with a new one each would look like a stranger's. Nothing was \
         changed. Put the file back from a copy, or keep new drills in another folder (--data-dir DIR).",
        path.display()
    )
}

fn keys_missing(f: &mut fmt::Formatter<'_>, path: &Path, people: &[u32]) -> fmt::Result {
    let (keys, names) = match people {
        [one] => (format!("The key of person {one} is"), "a name and words"),
        [..] => {
            let people: Vec<String> = people.iter().map(u32::to_string).collect();
            (format!("The keys of persons {} are", people.join(", ")), "names and words")
        }
    };
    write!(
        f,
        "{keys} not in {}, although drills of theirs are kept here: {names} are closed that a copy of the file \
         would open. Nothing was changed. Put the file back from a copy; or give them up for good with \
         `breachdrill forget --keyless`, and go on; or keep new drills in another folder (--data-dir DIR).",
        path.display()
    )
}

fn last_lost(f: &mut fmt::Formatter<'_>, lost: &[DrillId]) -> fmt::Result {
    let lost: Vec<String> = lost.iter().map(DrillId::short).collect();
    let lost = lost.join(", ");
    write!(
        f,
        "Which drill was the last cannot be told: the journal has lost {lost}, of which only the checkpoints \
         are left. Name the drill you mean; `breachdrill drills` lists them. `breachdrill forget ID` drops one \
         that is lost for good."
    )
}

fn read_only(f: &mut fmt::Formatter<'_>, path: &Path) -> fmt::Result {
    write!(
        f,
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
            | Self::NoRandomness(_) => None,
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
    /// What is wrong, as a sentence fragment.
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
        match &self.place {
            Place::Folder(path) => write!(f, "{}", path.display())?,
            Place::Header(id) => write!(f, "drill {}, header", id.short())?,
            Place::Fact(id, n) => write!(f, "drill {}, fact {n}", id.short())?,
            Place::Sidecar(id, line) => write!(f, "drill {}, line {line} of its checkpoints", id.short())?,
            Place::Line(line) => write!(f, "line {line}")?,
        }
        write!(f, ": {}", self.what)
    }
}
