//! Evidence files: nothing can be changed or left out unnoticed, and what is noticed has its place.

use super::{NOTE, TRAINEE, played};
use breachdrill::journal::{JournalError, Kind, Place, SEALED, Store, verify};

fn exported() -> (tempfile::TempDir, Vec<u8>, Vec<breachdrill::engine::Fact>) {
    let (folder, id, facts) = played();
    let mut out = Vec::new();
    Store::open(folder.path()).unwrap().export(id, &mut out).unwrap();
    (folder, out, facts)
}

/// The line of every byte, and of the end.
fn lines_of(bytes: &[u8]) -> Vec<u64> {
    let mut lines = vec![1];
    for byte in bytes {
        lines.push(lines[lines.len() - 1] + u64::from(*byte == b'\n'));
    }
    lines
}

#[test]
fn an_evidence_file_verifies_and_reads_without_the_database() {
    let (folder, out, facts) = exported();
    let verified = verify(&out[..]).unwrap();
    assert_eq!((verified.facts, verified.ended), (facts.len(), true));
    let store = Store::open(folder.path()).unwrap();
    assert!(verified.signed_by(&store));
    assert_eq!(verified.read(Some(&store)).unwrap().facts, facts);
    assert_eq!(verified.read(Some(&store)).unwrap().head, store.read(verified.header.id).unwrap().head);

    let elsewhere = tempfile::tempdir().unwrap();
    let other = Store::open(elsewhere.path()).unwrap();
    assert!(!verified.signed_by(&other));
    let read = verified.read(None).unwrap();
    assert_eq!((read.facts.len(), read.person.name), (facts.len(), None));
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(NOTE) && !text.contains(TRAINEE), "words stay sealed");
    assert!(format!("{:?}", read.facts).contains(SEALED));
}

#[test]
fn a_second_export_is_the_same_file() {
    let (folder, out, _) = exported();
    let store = Store::open(folder.path()).unwrap();
    let mut again = Vec::new();
    store.export(store.last().unwrap().unwrap(), &mut again).unwrap();
    assert!(out == again);
}

#[test]
fn every_truncation_is_named() {
    let (_folder, out, _) = exported();
    let lines = lines_of(&out);
    for length in 0..out.len() {
        let Err(JournalError::Damaged(damage)) = verify(&out[..length]) else {
            panic!("cut after {length} bytes: not noticed")
        };
        assert_eq!(damage[0].kind, Kind::Cut, "cut after {length} bytes: {damage:?}");
        assert_eq!(damage[0].place, Place::Line(lines[length]), "cut after {length} bytes");
    }
}

#[test]
fn every_changed_byte_is_named_with_its_line() {
    let (_folder, out, _) = exported();
    let lines = lines_of(&out);
    let mut changed = out.clone();
    for at in 0..out.len() {
        for flip in [0x01, 0x20, 0xff] {
            changed[at] ^= flip;
            let Err(JournalError::Damaged(damage)) = verify(&changed[..]) else {
                panic!("byte {at} ^ {flip:#x}: not noticed")
            };
            assert_eq!(damage[0].place, Place::Line(lines[at]), "byte {at} ^ {flip:#x}: {damage:?}");
            changed[at] = out[at];
        }
    }
}

#[test]
fn lines_cannot_be_left_out_doubled_swapped_or_added() {
    let (_folder, out, _) = exported();
    let lines: Vec<&[u8]> = out.split_inclusive(|b| *b == b'\n').collect();
    let refused = |lines: &[&[u8]], what: &str| assert!(verify(&lines.concat()[..]).is_err(), "{what}");
    for n in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(n);
        refused(&without, &format!("without line {}", n + 1));
        let mut twice = lines.clone();
        twice.insert(n, lines[n]);
        refused(&twice, &format!("line {} twice", n + 1));
        if n > 0 {
            let mut swapped = lines.clone();
            swapped.swap(n - 1, n);
            refused(&swapped, &format!("lines {n} and {} swapped", n + 1));
        }
    }
    let mut more = lines.clone();
    more.push(b"\n");
    refused(&more, "a line more");
}

#[test]
fn two_true_files_cannot_be_mixed() {
    let (_one, first, _) = exported();
    let (_other, second, _) = exported();
    let split = |bytes: &[u8]| bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
    let mixed = [&first[..split(&first)], &second[split(&second)..]].concat();
    let Err(JournalError::Damaged(damage)) = verify(&mixed[..]) else { panic!("not noticed") };
    assert!(!damage.is_empty());
}

#[test]
fn what_never_was_evidence_is_refused() {
    for nothing in [&b""[..], b"\n", b"{}\n", b"\xff\xfe\n", &[b'x'; 100_000]] {
        assert!(matches!(verify(nothing), Err(JournalError::Damaged(_))));
    }
}
