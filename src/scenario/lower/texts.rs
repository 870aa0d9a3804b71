//! Texts of a script: their length, what is in them, and the slots they name.

use super::super::at::{At, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file::Opt;
use super::super::id::Name;
use super::super::text::{acts, clean};
use super::reader::{Kind, Owner, Reader, Seen, Written, listed};

impl Reader<'_> {
    /// A text, clean and within bounds; empty where there is none.
    pub(super) fn text(&mut self, field: &Opt<String>, seen: Seen, bytes_max: usize) -> String {
        field.as_ref().map(|at| self.text_at(at, seen, bytes_max)).unwrap_or_default()
    }

    /// A text that must be there, with something in it.
    pub(super) fn must_text(&mut self, field: &Opt<String>, owner: Owner, seen: Seen, max: usize) -> String {
        let text = self.text(field, seen, max);
        match field {
            None => self.missing(owner),
            Some(at) => self.not_blank(at, owner.2),
        }
        text
    }

    /// A text that may be left out, but says something where it is there.
    pub(super) fn some_text(&mut self, field: &Opt<String>, what: &str, seen: Seen, max: usize) -> String {
        field.as_ref().map(|at| self.filled(at, what, seen, max)).unwrap_or_default()
    }

    /// One text with something in it.
    pub(super) fn filled(&mut self, at: &At<String>, what: &str, seen: Seen, max: usize) -> String {
        let text = self.text_at(at, seen, max);
        self.not_blank(at, what);
        text
    }

    fn not_blank(&mut self, at: &At<String>, what: &str) {
        if at.ok().is_some_and(|text| text.trim().is_empty()) {
            let finding = Diagnostic::new(Code::EmptyText, self.span(at), format!("`{what}` says nothing"));
            self.report(finding.help("write what people read here"));
        }
    }

    pub(super) fn text_at(&mut self, at: &At<String>, seen: Seen, bytes_max: usize) -> String {
        let span = self.span(at);
        let Some(text) = self.get(at) else { return String::new() };
        if text.len() > bytes_max {
            let finding = Diagnostic::new(Code::TooLong, span, format!("this text has {} bytes", text.len()));
            self.report(finding.help(format!("a text here has {bytes_max} bytes at most")));
            return String::new();
        }
        let text = text.replace("\r\n", "\n");
        if let Some(bad) = text.chars().find(|c| !matches!(c, '\n' | '\t') && acts(*c)) {
            let place = acting(&self.text[span.start..span.end], bad, span);
            let message = format!("this text holds the invisible character U+{:04X}", u32::from(bad));
            self.report(
                Diagnostic::new(Code::ControlCharacter, place, message)
                    .help("take it out: it could move, hide or reorder what a screen shows"),
            );
        }
        // Most texts are plain; cleaning them letter by letter would change nothing.
        let plain = text.bytes().all(|b| b == b'\n' || (b' '..=b'~').contains(&b));
        let text = if plain { text } else { clean(&text) };
        self.slots_of(&text, span, seen);
        self.written.push(Written { span, seen, text: text.clone() });
        text
    }

    /// Every `{slot.field}` of a text must be one.
    fn slots_of(&mut self, text: &str, span: Span, seen: Seen) {
        for (open, _) in text.match_indices('{') {
            let Some((inner, _)) = text[open + 1..].split_once('}') else { return };
            if inner.split('.').any(|part| Name::new(part).is_err()) {
                continue;
            }
            let (slot, field) = match inner.split_once('.') {
                Some(parts) => parts,
                // Logs and screens hold such brackets of their own; numbers count, they do not name.
                None if seen == Seen::Verbatim || inner.starts_with(|c: char| !c.is_alphabetic()) => continue,
                None => (inner, ""),
            };
            let row = self.names.get(&Kind::Slot).and_then(|names| names.get(slot)).copied();
            let fields = row.and_then(|row| self.slot_fields.get(row)).map_or(&[][..], Vec::as_slice);
            if let Some(row) = row {
                self.used.entry(Kind::Slot).or_default().insert(row);
            }
            let known = fields.iter().any(|f| f.as_str() == field);
            if known && seen != Seen::Before {
                continue;
            }
            let written = format!("{{{inner}}}");
            let place = self.text[span.start..span.end]
                .find(&written)
                .map_or(span, |at| Span { start: span.start + at, end: span.start + at + written.len() });
            if known {
                let finding =
                    Diagnostic::new(Code::EarlySlot, place, "this is read before anything is drawn");
                self.report(finding.help("write it without the slot; a text of the story can name it"));
                continue;
            }
            let finding = Diagnostic::new(
                Code::UnknownSlot,
                place,
                match row {
                    Some(_) if field.is_empty() => {
                        format!("nothing says which field of slot `{slot}` is meant")
                    }
                    Some(_) => format!("slot `{slot}` has no field {}", quoted(field)),
                    None => format!("no slot is named {}", quoted(slot)),
                },
            );
            let help = match row {
                Some(_) => listed("its fields", fields.iter().map(Name::as_str)),
                None => "name it in `slots`, or write the words themselves".to_owned(),
            };
            self.report(finding.help(help));
        }
    }
}

/// Where a character stands in the source of a text, written out or escaped.
fn acting(source: &str, bad: char, span: Span) -> Span {
    if let Some(at) = source.find(bad) {
        return Span { start: span.start + at, end: span.start + at + bad.len_utf8() };
    }
    let escapes = ["\\u{", "\\x", "\\r", "\\0"];
    match escapes.iter().filter_map(|e| source.find(e)).min() {
        Some(at) => {
            let end = source[at..]
                .find('}')
                .filter(|_| source[at..].starts_with("\\u{"))
                .map_or(at + 2, |n| at + n + 1);
            Span { start: span.start + at, end: span.start + end }
        }
        None => span,
    }
}
