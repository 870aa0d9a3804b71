//! Values that remember where in the script they were written.
//!
//! RON gives positions for its own errors only, yet a finding must point at
//! the reference that does not resolve. So a value is read twice: first as a
//! borrowed [`RawValue`], which is a slice of the script and so has an address,
//! then for what it means. A value that cannot be read keeps its fault instead
//! of failing the whole script, so that one mistake does not hide the next.

use std::fmt;
use std::marker::PhantomData;

use ron::Options;
use ron::error::{Position, SpannedError};
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A stretch of the script, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Where it begins.
    pub start: usize,
    /// Where it ends; the byte there is not part of it.
    pub end: usize,
}

/// A value with its place. Places are addresses until [`At::span`] is told
/// where the script begins, so reading needs no shared state.
pub(super) struct At<T> {
    value: Result<T, Box<Fault>>,
    address: usize,
    length: usize,
}

/// Why a value could not be read, and where, as addresses.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) error: ron::Error,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What an author should have written, for the sentence about what they did write.
pub(super) trait Wanted {
    /// Such as `a text in double quotes`.
    const WANTS: &'static str;
}

impl<T> At<T> {
    /// Reads `slice`, which must be part of the script.
    pub(super) fn read<'s>(slice: &'s str) -> Self
    where
        T: Deserialize<'s>,
    {
        let address = slice.as_ptr() as usize;
        let value = options().from_str(slice).map_err(|error| Box::new(fault(slice, error)));
        Self { value, address, length: slice.len() }
    }

    /// A value made from parts of `slice` that were read one by one.
    pub(super) fn made(slice: &str, value: T) -> Self {
        Self { value: Ok(value), address: slice.as_ptr() as usize, length: slice.len() }
    }

    /// No value, which has been reported.
    pub(super) fn nothing(beside: &str) -> Self {
        let address = beside.as_ptr() as usize;
        let fault = Fault { error: ron::Error::Fmt, start: address, end: address };
        Self { value: Err(Box::new(fault)), address, length: beside.len() }
    }

    /// What was read.
    pub(super) fn value(&self) -> Result<&T, &Fault> {
        self.value.as_ref().map_err(AsRef::as_ref)
    }

    /// What was read, if it could be.
    pub(super) fn ok(&self) -> Option<&T> {
        self.value.as_ref().ok()
    }

    /// Where it stands in the script that begins at address `base`.
    pub(super) fn span(&self, base: usize) -> Span {
        let start = self.address - base;
        Span { start, end: start + self.length }
    }
}

impl<T> fmt::Debug for At<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At({:#x}, {})", self.address, self.length)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?;
        // Only a comment beside the value makes the slice longer than the value.
        let raw = if raw.get_ron().contains('/') { raw.trim() } else { raw };
        Ok(Self::read(raw.get_ron()))
    }
}

/// A map in the author's order, doubled keys and all.
pub(super) struct Rows<V>(pub(super) Vec<(At<String>, At<V>)>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Rows<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
            type Value = Rows<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows<V>, A::Error> {
                let mut rows = Vec::new();
                while let Some(row) = map.next_entry()? {
                    rows.push(row);
                }
                Ok(Rows(rows))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// What RON said about `slice`, with the place as addresses.
pub(super) fn fault(slice: &str, error: SpannedError) -> Fault {
    let address = slice.as_ptr() as usize;
    let (start, end) = (offset(slice, error.span.start), offset(slice, error.span.end));
    Fault { error: error.code, start: address + start, end: address + end }
}

/// How scripts are read: authors never write `Some(…)`. The recursion limit stays.
fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The byte at which a line and column lie; RON counts both from one, and columns in characters.
fn offset(text: &str, position: Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
    let rest = &text[line..];
    line + rest.char_indices().nth(position.col - 1).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_exact() {
        let text = "{ \"ä\" : /* why */ 12 // so\n, \"b\": r#\"x\"y\"# }";
        let rows = At::<Rows<At<ron::Value>>>::read(text);
        let base = text.as_ptr() as usize;
        let seen: Vec<_> = rows
            .ok()
            .expect("it reads")
            .0
            .iter()
            .flat_map(|(key, value)| [key.span(base), value.span(base)])
            .map(|span| &text[span.start..span.end])
            .collect();
        assert_eq!(seen, ["\"ä\"", "12", "\"b\"", "r#\"x\"y\"#"]);
    }

    #[test]
    fn a_bad_value_does_not_fail_its_neighbours() {
        let rows = At::<Vec<At<u8>>>::read("[1, \"two\", 3, 999]");
        let read: Vec<_> = rows.ok().expect("the list reads").iter().map(|at| at.ok().copied()).collect();
        assert_eq!(read, [Some(1), None, Some(3), None]);
    }
}
