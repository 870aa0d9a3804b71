//! Lines from outside, read by a thread of their own so that time can pass
//! while nobody types.

use std::io::Read;
use std::sync::mpsc::{Receiver, sync_channel};

use crate::limits::TYPED_BYTES_MAX;

/// A line that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Incoming {
    /// A line, without its end.
    Line(String),
    /// A line that was longer than anything may be; it is dropped.
    TooLong,
}

/// Starts reading. The channel closes when the input has come to its end.
pub(super) fn lines(input: impl Read + Send + 'static) -> Receiver<Incoming> {
    // No buffer: a line is taken from the pipe only when the drill is ready for it.
    let (lines, incoming) = sync_channel(0);
    std::thread::spawn(move || {
        let mut bytes = std::io::BufReader::new(input).bytes();
        while let Some(line) = next_line(&mut bytes) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    incoming
}

fn next_line(bytes: &mut impl Iterator<Item = std::io::Result<u8>>) -> Option<Incoming> {
    let mut line = Vec::new();
    let mut long = false;
    let mut any = false;
    for byte in bytes {
        let Ok(byte) = byte else { break };
        any = true;
        if byte == b'\n' {
            break;
        }
        long |= line.len() > 2 * TYPED_BYTES_MAX;
        if !long {
            line.push(byte);
        }
    }
    if long {
        return Some(Incoming::TooLong);
    }
    any.then(|| Incoming::Line(String::from_utf8_lossy(&line).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8]) -> Vec<Incoming> {
        lines(bytes).iter().collect()
    }

    #[test]
    fn lines_come_one_by_one_and_the_last_needs_no_end() {
        let line = |text: &str| Incoming::Line(text.into());
        assert_eq!(read(b"1\r\n\nlast"), [line("1"), line(""), line("last")]);
        assert_eq!(read(b""), []);
        assert_eq!(read(b"\xff\n"), [line("\u{fffd}")]);
    }

    #[test]
    fn an_endless_line_takes_no_memory() {
        let endless = std::io::Read::chain(std::io::repeat(b'x').take(1 << 20), &b"\nnext\n"[..]);
        let read: Vec<_> = lines(endless).iter().collect();
        assert_eq!(read, [Incoming::TooLong, Incoming::Line("next".into())]);
    }
}
