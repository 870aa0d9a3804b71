//! Texts that give an answer away, or that try to be HTML.

use std::collections::BTreeMap;

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::lower::{Seen, Written};
use super::super::model::Ask;
use super::Check;

/// What no trainee should read before the debrief.
const TELLTALES: &[&str] = &[
    "(correct)",
    "[correct]",
    "(right)",
    "[right]",
    "(best)",
    "[best]",
    "(wrong)",
    "[wrong]",
    "(incorrect)",
    "correct answer",
    "right answer",
    "best answer",
    "wrong answer",
    "best choice",
    "correct choice",
    "right choice",
    "wrong choice",
    "trick question",
];

/// One of these is in each of them; most texts have none.
const STEMS: [&str; 5] = ["correct", "right", "best", "wrong", "trick"];

/// Bytes of a rationale from which its appearance elsewhere is no chance.
const RATIONALE_BYTES_MIN: usize = 16;
/// Bytes by which rationales are looked up.
const LOOKED_UP: usize = 8;

/// Rationales by how they begin, so that each text is read once and not once for each.
struct Rationales<'s> {
    beginnings: Vec<bool>,
    by_beginning: BTreeMap<&'s [u8], Vec<&'s [u8]>>,
}

impl<'s> Rationales<'s> {
    fn of(whys: impl Iterator<Item = &'s str>) -> Self {
        let mut rationales = Self { beginnings: vec![false; 1 << 16], by_beginning: BTreeMap::new() };
        for why in whys.map(str::as_bytes).filter(|why| why.len() >= RATIONALE_BYTES_MIN) {
            rationales.beginnings[pair(why)] = true;
            rationales.by_beginning.entry(&why[..LOOKED_UP]).or_default().push(why);
        }
        rationales
    }

    fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.windows(LOOKED_UP).enumerate().any(|(at, window)| {
            let whys = self.beginnings[pair(window)].then(|| self.by_beginning.get(window)).flatten();
            whys.is_some_and(|whys| whys.iter().any(|why| bytes[at..].starts_with(why)))
        })
    }
}

/// The first two bytes as a number.
fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// Elements that somebody might write into a text.
const TAGS: &[&str] = &[
    "a", "audio", "b", "base", "body", "br", "button", "center", "code", "details", "div", "em", "embed",
    "font", "form", "h1", "h2", "h3", "head", "hr", "html", "i", "iframe", "img", "input", "li", "link",
    "meta", "object", "ol", "p", "pre", "script", "span", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "td", "th", "tr", "u", "ul", "video",
];

impl Check<'_, '_, '_> {
    pub(super) fn leaks(&mut self) {
        let mut found = Vec::new();
        let shown = |written: &&Written| matches!(written.seen, Seen::Before | Seen::Play | Seen::Verbatim);
        for written in self.reader.written.iter().filter(shown) {
            let lower = written.text.to_lowercase();
            if STEMS.iter().any(|stem| lower.contains(stem))
                && let Some(word) = TELLTALES.iter().find(|word| lower.contains(**word))
            {
                let place = self.within(written.span, word);
                found.push((place, format!("{} tells trainees what the script thinks of it", quoted(word))));
            }
        }
        let choices = self.scenario.questions.iter().flat_map(|question| &question.choices);
        let whys = choices.map(|choice| choice.why.trim());
        let rationales =
            Rationales::of(whys.chain(self.scenario.actions.iter().map(|action| action.why.trim())));
        for written in self.reader.written.iter().filter(shown) {
            if rationales.any_in(&written.text) {
                found.push((
                    written.span,
                    "this text holds a rationale, which belongs to the debrief".to_owned(),
                ));
            }
        }
        self.told_beforehand(&mut found);
        for (place, message) in found {
            let finding = Diagnostic::new(Code::LeaksAnswer, place, message);
            self.report(finding.help("say only what the trainee could know at that moment"));
        }
    }

    /// Questions that say the best choice word for word.
    fn told_beforehand(&self, found: &mut Vec<(Span, String)>) {
        for (row, question) in self.script.questions.iter().zip(&self.scenario.questions) {
            let Some(file) = row.body.ok().filter(|_| matches!(question.ask, Ask::ChooseOne)) else {
                continue;
            };
            let says = question.says.to_lowercase();
            for choice in question.choices.iter().filter(|choice| choice.credit == 100) {
                let best = choice.says.trim().trim_end_matches('.').to_lowercase();
                let others = || question.choices.iter().filter(|other| other.credit < 100);
                // A question may name all its choices; one that names the best alone tells it.
                let named = |other: &super::super::model::Choice| {
                    says.contains(&other.says.trim().trim_end_matches('.').to_lowercase())
                };
                if best.len() >= RATIONALE_BYTES_MIN && says.contains(&best) && !others().any(named) {
                    let place = self.place(&file.says, row.key);
                    found.push((place, "this question says its best choice word for word".to_owned()));
                }
            }
        }
    }

    pub(super) fn html(&mut self) {
        let mut found = Vec::new();
        for written in &self.reader.written {
            if written.seen != Seen::Verbatim
                && let Some(tag) = tag(&written.text)
            {
                found.push((self.within(written.span, tag), quoted(tag)));
            }
        }
        for (place, tag) in found {
            let finding =
                Diagnostic::new(Code::RawHtml, place, format!("{tag} is HTML, which is shown as it stands"));
            self.report(finding.help("texts are Markdown: *emphasis*, `code`, lists, tables, quotes"));
        }
    }

    /// The place of some words within a text, whatever their case, or the whole text.
    pub(super) fn within(&self, span: Span, words: &str) -> Span {
        let source = &self.reader.text[span.start..span.end];
        let lower = source.to_ascii_lowercase();
        lower.find(&words.to_ascii_lowercase()).map_or(span, |at| {
            let start = span.start + at;
            Span { start, end: start + words.len() }
        })
    }
}

/// The first HTML element of a text.
fn tag(text: &str) -> Option<&str> {
    for (open, _) in text.match_indices('<') {
        let rest = &text[open + 1..];
        let name = rest.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let ends_well = name[end..].starts_with(['>', ' ', '/', '\n']);
        let close = rest.find('>').filter(|close| *close < 200);
        if let (true, true, Some(close)) =
            (TAGS.contains(&name[..end].to_ascii_lowercase().as_str()), ends_well, close)
        {
            return Some(&text[open..open + close + 2]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn html_is_told_from_prose() {
        assert_eq!(tag("see <script>alert(1)</script>"), Some("<script>"));
        assert_eq!(tag("a <img src=x onerror=y> b"), Some("<img src=x onerror=y>"));
        assert_eq!(tag("</B>"), Some("</B>"));
        for prose in ["a < b and b > c", "<your name>", "if x<y", "<mara@halden.example>", "i <3 u"] {
            assert_eq!(tag(prose), None, "{prose}");
        }
    }
}
