//! What is known of a drill before its first fact: script, engine, person, when.
//!
//! A header is one canonical JSON object. It stays out of the chain, so that
//! equal drills have equal heads; the checkpoint signatures cover its digest.
//! Seed and settings are in the first fact.

use serde_json::Value;
use tr::tr;

use super::chain::{Digest, ENGINE, FORMAT, from_hex_exact};
use super::codec::{Fault, Object};
use super::id::{DrillId, Whose};
use crate::limits::LABEL_BYTES_MAX;
use crate::speech::noted;

/// The drill that another one branched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Which.
    pub drill: DrillId,
    /// How many of its facts the branch begins with; the next one is where they part.
    pub facts: u64,
}

/// The title page of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The drill.
    pub id: DrillId,
    /// The script's title.
    pub title: String,
    /// Digest of the script's text.
    pub script: Digest,
    /// Version of the engine that played it.
    pub engine: String,
    /// When it was begun, in seconds since 1970 (UTC), as the caller's clock said.
    pub started: i64,
    /// Number of the person who played, within this data folder.
    pub person: u32,
    /// Which key sealed the person's name and words; says nothing about either.
    pub(super) key_mark: String,
    /// The person's name, sealed; empty if none was given.
    pub(super) sealed_name: String,
    /// Public half of the key that signs its checkpoints, in hexadecimal digits.
    pub signer: String,
    /// The drill that this one branched off, if any.
    pub parent: Option<Parent>,
    /// Whether it was begun with an answers file in a person's stead; old journals do not say so.
    pub answers: bool,
}

/// What a header says of a drill that was begun with an answers file.
const FROM_FILE: &str = "answers";

impl Header {
    /// The canonical JSON.
    pub(super) fn encode(&self) -> String {
        let record = Object::new()
            .text("format", FORMAT)
            .text("drill", &self.id.to_string())
            .text("title", &self.title)
            .text("script", &self.script.to_string())
            .text("engine", &self.engine)
            .number("started", self.started)
            .number("person", self.person)
            .text("key", &self.key_mark)
            .text("name", &self.sealed_name)
            .text("signer", &self.signer);
        let record = match self.parent {
            Some(parent) => record.text("parent", &parent.drill.to_string()).number("forked", parent.facts),
            None => record,
        };
        record.maybe(self.answers, |record| record.text("played", FROM_FILE)).end()
    }

    /// Reads canonical JSON; any other spelling is refused.
    pub(super) fn decode(text: &str) -> Result<Self, Fault> {
        let value: Value =
            serde_json::from_str(text).map_err(|_| Fault::new(noted!("the header is not JSON")))?;
        let field = |key: &str| value.get(key).and_then(Value::as_str).ok_or_else(|| misfit(key));
        let format = field("format")?;
        if format != FORMAT {
            let format = crate::scenario::clean(format);
            return Err(Fault::new(tr!("the format `{format}` is not known to this breachdrill", format)));
        }
        let header = Self {
            id: DrillId::parse(field("drill")?).ok_or_else(|| misfit("drill"))?,
            title: field("title")?.to_owned(),
            script: from_hex_exact(field("script")?).map(Digest).ok_or_else(|| misfit("script"))?,
            engine: field("engine")?.to_owned(),
            started: value.get("started").and_then(Value::as_i64).ok_or_else(|| misfit("started"))?,
            person: value
                .get("person")
                .and_then(Value::as_u64)
                .and_then(|n| u32::try_from(n).ok())
                .ok_or_else(|| misfit("person"))?,
            key_mark: field("key")?.to_owned(),
            sealed_name: field("name")?.to_owned(),
            signer: field("signer")?.to_owned(),
            parent: match value.get("parent") {
                Some(_) => {
                    let drill = DrillId::parse(field("parent")?).ok_or_else(|| misfit("parent"))?;
                    let facts =
                        value.get("forked").and_then(Value::as_u64).ok_or_else(|| misfit("forked"))?;
                    Some(Parent { drill, facts })
                }
                None => None,
            },
            answers: value.get("played").is_some(),
        };
        if header.title.len() > LABEL_BYTES_MAX || header.title != crate::scenario::clean(&header.title) {
            return Err(misfit("title"));
        }
        if header.encode() == text {
            Ok(header)
        } else {
            Err(Fault::new(noted!("the header is spelt differently")))
        }
    }

    /// The version that writes journals now.
    pub(super) fn engine_now() -> String {
        ENGINE.to_owned()
    }
}

/// What the header of a drill and that of a room have in common.
pub(super) trait Titled {
    /// Whose it is.
    fn whose(&self) -> Whose;

    /// Digest of the script's text.
    fn script(&self) -> Digest;

    /// Public half of the key that signs, in hexadecimal digits.
    fn signer(&self) -> &str;

    /// What checkpoint signatures cover in the header's stead.
    fn digest(&self) -> Digest;

    /// What the chain begins with.
    fn genesis(&self) -> Digest;
}

impl Titled for Header {
    fn whose(&self) -> Whose {
        Whose::Drill(self.id)
    }

    fn script(&self) -> Digest {
        self.script
    }

    fn signer(&self) -> &str {
        &self.signer
    }

    fn digest(&self) -> Digest {
        Digest::of_parts("header", &[self.encode().as_bytes()])
    }

    fn genesis(&self) -> Digest {
        super::chain::genesis(self.script, &self.engine)
    }
}

pub(super) fn misfit(key: &str) -> Fault {
    Fault::new(tr!("`{key}` of the header is not what stands there", key))
}

#[cfg(test)]
pub(super) fn sample() -> Header {
    Header {
        id: DrillId([0x7f; 16]),
        title: "The Friday \"invoice\"".into(),
        script: Digest::of(b"script"),
        engine: Header::engine_now(),
        started: 1_772_807_000,
        person: 3,
        key_mark: "00".repeat(8),
        sealed_name: String::new(),
        signer: "00".repeat(32),
        parent: None,
        answers: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let header = sample();
        assert_eq!(Header::decode(&header.encode()), Ok(header.clone()));
        let parent = Some(Parent { drill: DrillId([1; 16]), facts: 12 });
        let header = Header { parent, ..header };
        assert_eq!(Header::decode(&header.encode()), Ok(header.clone()));
        let header = Header { answers: true, ..header };
        assert!(Header::decode(&header.encode().replace("answers", "a person")).is_err());
        assert_eq!(Header::decode(&header.encode()), Ok(header));
    }

    #[test]
    fn no_second_spelling_and_no_other_format() {
        let text = sample().encode();
        assert!(Header::decode(&text.replace(':', ": ")).is_err());
        assert!(Header::decode(&text.replace("journal/1", "journal/2")).is_err());
        assert!(Header::decode(&text.replace("invoice", "\\u001b[2J")).is_err(), "a title is clean");
    }
}
