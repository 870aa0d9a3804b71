//! The title page of a room: script, engine, when it was opened, who signs.
//!
//! As with a drill it stays out of the chain, and the checkpoint signatures
//! cover its digest. What was settled for the room is its first entry.

use serde_json::Value;
use tr::tr;

use crate::journal::chain::{Digest, ENGINE, from_hex_exact};
use crate::journal::codec::{Fault, Object};
use crate::journal::header::{Titled, misfit};
use crate::journal::id::{RoomId, Whose};
use crate::limits::LABEL_BYTES_MAX;
use crate::scenario::{Scenario, clean};
use crate::speech::noted;

/// The format of every room's journal that this code writes.
const FORMAT: &str = "breachdrill/room/1";

/// The title page of a room's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomHeader {
    /// The room.
    pub id: RoomId,
    /// The script's title.
    pub title: String,
    /// Digest of the script's text.
    pub script: Digest,
    /// Version of the engine that plays it.
    pub engine: String,
    /// When it was opened, in milliseconds since 1970 (UTC), as the caller's clock said.
    pub opened: u64,
    /// Public half of the key that signs its checkpoints, in hexadecimal digits.
    pub signer: String,
}

impl RoomHeader {
    pub(super) fn new(id: RoomId, scenario: &Scenario, opened: u64, signer: String) -> Self {
        Self {
            id,
            title: scenario.head.title.clone(),
            script: Digest::of(scenario.text.as_bytes()),
            engine: ENGINE.to_owned(),
            opened,
            signer,
        }
    }

    /// The canonical JSON.
    pub(super) fn encode(&self) -> String {
        Object::new()
            .text("format", FORMAT)
            .text("room", &self.id.to_string())
            .text("title", &self.title)
            .text("script", &self.script.to_string())
            .text("engine", &self.engine)
            .number("opened", self.opened)
            .text("signer", &self.signer)
            .end()
    }

    /// Reads canonical JSON; any other spelling is refused.
    pub(super) fn decode(text: &str) -> Result<Self, Fault> {
        let value: Value =
            serde_json::from_str(text).map_err(|_| Fault::new(noted!("the header is not JSON")))?;
        let field = |key: &str| value.get(key).and_then(Value::as_str).ok_or_else(|| misfit(key));
        let format = field("format")?;
        if format != FORMAT {
            let format = clean(format);
            return Err(Fault::new(tr!("the format `{format}` is not known to this breachdrill", format)));
        }
        let header = Self {
            id: RoomId::parse(field("room")?).ok_or_else(|| misfit("room"))?,
            title: field("title")?.to_owned(),
            script: from_hex_exact(field("script")?).map(Digest).ok_or_else(|| misfit("script"))?,
            engine: field("engine")?.to_owned(),
            opened: value.get("opened").and_then(Value::as_u64).ok_or_else(|| misfit("opened"))?,
            signer: field("signer")?.to_owned(),
        };
        if header.title.len() > LABEL_BYTES_MAX || header.title != clean(&header.title) {
            return Err(misfit("title"));
        }
        if header.encode() == text {
            Ok(header)
        } else {
            Err(Fault::new(noted!("the header is spelt differently")))
        }
    }
}

impl Titled for RoomHeader {
    fn whose(&self) -> Whose {
        Whose::Room(self.id)
    }

    fn script(&self) -> Digest {
        self.script
    }

    fn signer(&self) -> &str {
        &self.signer
    }

    fn digest(&self) -> Digest {
        Digest::of_parts("room-header", &[self.encode().as_bytes()])
    }

    /// As with a drill it is equal wherever the same script is played by the same engine.
    fn genesis(&self) -> Digest {
        Digest::of_parts("room-genesis", &[&self.script.0, self.engine.as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_there_is_no_second_spelling() {
        let header = RoomHeader {
            id: RoomId([0x7f; 16]),
            title: "The Friday \"invoice\"".into(),
            script: Digest::of(b"script"),
            engine: "1".into(),
            opened: 1_772_807_000_123,
            signer: "00".repeat(32),
        };
        let text = header.encode();
        assert_eq!(RoomHeader::decode(&text), Ok(header));
        for other in [
            text.replace(':', ": "),
            text.replace("room/1", "room/2"),
            text.replace("invoice", "\\u001b[2J"),
            text.replace("1772807000123", "-1"),
            text.replace("7f", "7F"),
        ] {
            assert!(RoomHeader::decode(&other).is_err(), "{other}");
        }
    }
}
