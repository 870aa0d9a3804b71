//! Texts that give an answer away, or that try to be HTML.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::lower::{Seen, Written};
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

/// Characters of a rationale from which its appearance elsewhere is no chance.
const RATIONALE_CHARS_MIN: usize = 16;
/// Bytes that the search for rationales in texts may look at.
const SEARCH_BYTES_MAX: usize = 50_000_000;

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
        let shown = |written: &&Written| matches!(written.seen, Seen::Play | Seen::Verbatim);
        for written in self.reader.written.iter().filter(shown) {
            let lower = written.text.to_lowercase();
            if let Some(word) = TELLTALES.iter().find(|word| lower.contains(**word)) {
                let place = self.within(written.span, word);
                found.push((place, format!("{} tells trainees what the script thinks of it", quoted(word))));
            }
        }
        let choices = self.scenario.questions.iter().flat_map(|question| &question.choices);
        let whys: Vec<&str> = choices
            .map(|choice| choice.why.trim())
            .chain(self.scenario.actions.iter().map(|action| action.why.trim()))
            .filter(|why| why.chars().count() >= RATIONALE_CHARS_MIN)
            .collect();
        let bytes: usize = self.reader.written.iter().filter(shown).map(|written| written.text.len()).sum();
        if whys.len().saturating_mul(bytes) <= SEARCH_BYTES_MAX {
            for written in self.reader.written.iter().filter(shown) {
                if whys.iter().any(|why| written.text.contains(why)) {
                    found.push((
                        written.span,
                        "this text holds a rationale, which belongs to the debrief".to_owned(),
                    ));
                }
            }
        }
        for (place, message) in found {
            let finding = Diagnostic::new(Code::LeaksAnswer, place, message);
            self.report(finding.help("say only what the trainee could know at that moment"));
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
