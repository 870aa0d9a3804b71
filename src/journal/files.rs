//! Files of the data folder: private, whole or not there, and on the disk when said to be.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use tr::tr;

use super::JournalError;
use crate::speech::noted;

/// Makes a folder that is nobody else's business.
pub(super) fn make_folder(path: &Path) -> Result<(), JournalError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path).map_err(JournalError::file(noted!("make the folder"), path))
}

/// How files here are opened: for their owner only.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// The whole of a file that may not be there, up to `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, JournalError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(JournalError::file(noted!("read the file"), path)(error)),
    };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(JournalError::file(noted!("read the file"), path))?;
    if bytes.len() as u64 > most {
        return Err(JournalError::TooLarge(tr!(
            "{} is larger than any that breachdrill writes there (at most {most} bytes)",
            path.display(),
            most
        )));
    }
    Ok(Some(bytes))
}

/// Puts `bytes` at `path`: after a crash the old file is there, or the new one, whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let beside = path.with_extension("new");
    let failed = JournalError::file(noted!("write the file"), path);
    let put = || {
        let mut file = private().write(true).create(true).truncate(true).open(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        sync_folder_of(path)
    };
    put().map_err(failed)
}

/// As [`replace`], and what stood there before is overwritten, not only unlinked.
pub(super) fn replace_secret(path: &Path, bytes: &[u8]) -> Result<(), JournalError> {
    let old = OpenOptions::new().write(true).open(path).ok();
    replace(path, bytes)?;
    if let Some(mut old) = old {
        let mut wipe = || {
            let length = old.metadata()?.len();
            let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
            old.write_all(&zeros)?;
            old.sync_all()
        };
        wipe().map_err(JournalError::file(noted!("wipe the old file"), path))?;
    }
    Ok(())
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), JournalError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(JournalError::file(noted!("remove the file"), path)(error))
        }
        _ => Ok(()),
    }
}

/// A name in a folder is on the disk only when the folder is.
pub(super) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        #[cfg(unix)]
        Some(folder) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

/// Holds a file for this process until it is dropped; the system lets go when the process dies, however it dies.
#[derive(Debug)]
pub(super) struct Lock {
    held: File,
}

impl Drop for Lock {
    /// Lets go in so many words: a program that is being started just now has a copy of the handle for a moment,
    /// and closing ours alone would leave the file held by that.
    fn drop(&mut self) {
        let _ = self.held.unlock();
    }
}

impl Lock {
    /// None if another process, or another part of this one, holds it.
    pub(super) fn try_take(path: &Path) -> Result<Option<Self>, JournalError> {
        let file = Self::open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { held: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(JournalError::file(noted!("lock the file"), path)(error)),
        }
    }

    /// Waits until nobody else holds it. For work of a moment only.
    pub(super) fn take(path: &Path) -> Result<Self, JournalError> {
        let file = Self::open(path)?;
        file.lock().map_err(JournalError::file(noted!("lock the file"), path))?;
        Ok(Self { held: file })
    }

    fn open(path: &Path) -> Result<File, JournalError> {
        private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(JournalError::file(noted!("lock the file"), path))
    }
}
