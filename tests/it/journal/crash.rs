//! Killed at any instant, on a full disk: what was acknowledged is there.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::{begin, small};
use breachdrill::engine::{Fact, Seed, Settings, What};
use breachdrill::journal::{Journal, Store};
use breachdrill::scenario::{SeatSet, SimTime};

/// Names the data folder to the child, which is this test binary once more.
const FOLDER: &str = "BREACHDRILL_CRASH_FOLDER";

const CHILD: &str = "journal::crash::the_child_writes_until_it_is_killed";

/// How often the child is killed; a few hundred take a minute.
const KILLS: u64 = 40;

/// The folder that a parent named to its child.
#[expect(clippy::disallowed_methods, reason = "how the parent talks to its child")]
pub(crate) fn told_folder() -> Option<std::ffi::OsString> {
    std::env::var_os(FOLDER)
}

/// Not a test but the child that is killed: without its folder it has nothing to do.
#[test]
fn the_child_writes_until_it_is_killed() {
    let Some(folder) = told_folder() else { return };
    let store = Store::open(Path::new(&folder)).unwrap();
    let mut journal = begin(&store, &small());
    let mut out = std::io::stdout();
    let settings = Settings { seed: Seed(1), untimed: true, factor: 100, seats: SeatSet::ALL };
    let start = What::Started { settings, picks: Vec::new(), plan: Vec::new(), left_out: Vec::new() };
    journal.append(&[Fact { at: SimTime(0), what: start }]).unwrap();
    for n in 1.. {
        // The number of facts in an append varies, and so do their sizes.
        let note =
            |m: usize| Fact { at: SimTime(0), what: What::Noted(format!("{n} {}", "x".repeat(m * 97))) };
        let facts: Vec<Fact> = (0..1 + n % 3).map(note).collect();
        if let Err(error) = journal.append(&facts) {
            writeln!(out, "\nfull {} {error}", journal.len()).unwrap();
            return;
        }
        writeln!(out, "\nkept {} {}", journal.id(), journal.len()).unwrap();
        out.flush().unwrap();
    }
}

/// The child that one of these tests is, once more as a process of its own.
pub(crate) fn child(test: &str, folder: &Path, limit: Option<u32>) -> (Child, BufReader<ChildStdout>) {
    let program = std::env::current_exe().unwrap();
    let mut command = match limit {
        None => Command::new(program),
        Some(blocks) => {
            let mut shell = Command::new("sh");
            // No file may grow beyond so many blocks; with the signal ignored, a write fails as on a full disk.
            shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]).arg(program);
            shell
        }
    };
    let command = command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(FOLDER, folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// The last `kept` of at most `most` that come out of the child, if any do.
pub(crate) fn last_kept(out: &mut BufReader<ChildStdout>, most: usize) -> Option<(String, usize)> {
    let kept = |line: String| {
        let (id, count) = line.strip_prefix("kept ")?.split_once(' ')?;
        Some((id.to_owned(), count.parse().unwrap()))
    };
    out.lines().map_while(Result::ok).filter_map(kept).take(most).last()
}

#[test]
fn killed_at_any_instant_nothing_acknowledged_is_lost() {
    let mut acknowledged = 0;
    let mut folder = tempfile::tempdir().unwrap();
    for kill in 0..KILLS {
        // Now and then a fresh folder, so that making it is interrupted too; else one that was killed before.
        if kill % 4 == 0 {
            folder = tempfile::tempdir().unwrap();
        }
        let (mut child, mut out) = child(CHILD, folder.path(), None);
        // Every other one is let come to writing first, however busy the machine is.
        let before = if kill % 2 == 0 { None } else { last_kept(&mut out, 1 + kill as usize % 11) };
        std::thread::sleep(Duration::from_micros(kill * 7_919 % 30_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = last_kept(&mut out, usize::MAX).or(before);
        let store = Store::open(folder.path()).unwrap();
        let list = store.list().unwrap();
        assert!(list.iter().all(|d| d.damage.is_empty()), "kill {kill}: {list:?}");
        let Some((id, count)) = kept else { continue };
        let (mut journal, read) = store.resume(store.find(&id).unwrap()).unwrap();
        assert!(read.facts.len() >= count, "kill {kill}: {} of {count} facts", read.facts.len());
        acknowledged += count;
        journal.append(&[Fact { at: SimTime(0), what: What::Resumed }]).unwrap();
        assert_eq!(journal.len(), read.facts.len() + 1);
    }
    assert!(acknowledged > 100, "the children came to write: {acknowledged}");
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_a_drill_stops_and_what_it_kept_stays() {
    for blocks in [200, 280, 450] {
        let folder = tempfile::tempdir().unwrap();
        let (mut child, out) = child(CHILD, folder.path(), Some(blocks));
        let lines: Vec<String> = out.lines().map_while(Result::ok).collect();
        child.wait().unwrap();
        let full = lines.iter().rev().find_map(|l| l.strip_prefix("full ")).expect("the disk filled up");
        let (count, said) = full.split_once(' ').unwrap();
        let count: usize = count.parse().unwrap();
        assert!(said.contains("Could not"), "{said}");
        let store = Store::open(folder.path()).unwrap();
        let id = store.last().unwrap().unwrap();
        let (mut journal, read) = store.resume(id).unwrap();
        // The failed append may have reached the database before the checkpoint file could not take it.
        assert!((count..count + 4).contains(&read.facts.len()), "{count} kept, {} read", read.facts.len());
        journal.append(&[Fact { at: SimTime(0), what: What::Noted("room again".into()) }]).unwrap();
        assert_eq!(store.read(id).unwrap().facts.len(), read.facts.len() + 1);
    }
}
