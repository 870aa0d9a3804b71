//! The signing key of a data folder, made at first use.

use std::path::Path;

use zeroize::Zeroize;

use super::JournalError;
use super::chain::{from_hex_exact, hex};
use super::error::{Kind, Place};
use super::files::{self, Lock};
use super::sign::{Pen, Seal};
use crate::speech::noted;

const TITLE: &str = "breachdrill/key/1";

/// The key in the file at `path`, made if there is no such file and nothing was ever signed here.
///
/// A key that is made while drills are `kept` would make every one of them look like another folder's.
pub(super) fn pen(
    path: &Path,
    kept: impl FnOnce() -> Result<bool, JournalError>,
) -> Result<Pen, JournalError> {
    if let Some(pen) = read(path)? {
        return Ok(pen);
    }
    let _lock = Lock::take(&path.with_extension("lock"))?;
    if let Some(pen) = read(path)? {
        return Ok(pen);
    }
    // Asked under the lock: whoever makes a key begins a drill only afterwards.
    if kept()? {
        return Err(JournalError::KeyGone(path.to_owned()));
    }
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|e| JournalError::NoRandomness(e.to_string()))?;
    let pen = Pen::new(&secret);
    // The public half stands beside the secret one, so that a damaged file does not pass for another key.
    let mut text = format!("{TITLE} {} {}\n", hex(&secret), pen.seal());
    secret.zeroize();
    let written = files::replace(path, text.as_bytes());
    text.zeroize();
    written.map(|()| pen)
}

/// The key in the file at `path`, if there is such a file.
pub(super) fn read(path: &Path) -> Result<Option<Pen>, JournalError> {
    let Some(mut bytes) = files::read(path, 1_000)? else { return Ok(None) };
    let pen = parse(&bytes);
    bytes.zeroize();
    let damaged = || {
        let what = noted!("it is not the key that was written; without it no drill here can be continued");
        JournalError::damaged(Place::Folder(path.to_owned()), Kind::Altered, what)
    };
    pen.map(Some).ok_or_else(damaged)
}

fn parse(bytes: &[u8]) -> Option<Pen> {
    let line = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
    let (secret, public) = line.strip_prefix(TITLE)?.strip_prefix(' ')?.split_once(' ')?;
    let mut secret = from_hex_exact(secret)?;
    let pen = Pen::new(&secret);
    secret.zeroize();
    (Seal::parse(public)? == pen.seal()).then_some(pen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_a_damaged_one_is_no_key() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("signing.key");
        let made = pen(&path, || Ok(false)).expect("made").seal();
        assert_eq!(pen(&path, || Ok(true)).expect("read").seal(), made);
        let whole = std::fs::read(&path).expect("the file");
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            assert!(parse(&flipped).is_none(), "byte {at}");
            assert!(parse(&whole[..at]).is_none(), "cut {at}");
        }
    }
    #[test]
    fn no_key_is_made_where_drills_are_kept() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("signing.key");
        assert!(matches!(pen(&path, || Ok(true)), Err(JournalError::KeyGone(gone)) if gone == path));
        assert!(!path.exists());
    }
}
