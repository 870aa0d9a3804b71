//! Where in its text a scenario says something: for findings that are made after loading.

use super::at::Span;
use super::code::Code;
use super::cut;
use super::diagnostic::Diagnostic;
use super::model::Scenario;
use super::outline::{self, Member};

/// Finds the names of a scenario in its text.
#[derive(Debug)]
pub struct Places<'s> {
    text: &'s str,
    top: Vec<Member>,
}

impl<'s> Places<'s> {
    /// The places of a scenario.
    #[must_use]
    pub fn of(scenario: &'s Scenario) -> Self {
        let text = scenario.text.as_str();
        let (start, _) = cut::start(text);
        let top = text[start..].find('(').map(|open| outline::members(text, start + open).0);
        Self { text, top: top.unwrap_or_default() }
    }

    /// The key of an entry of a table, such as `injects` and the name of an inject; the
    /// table's own where the entry is not found, the beginning where neither is.
    #[must_use]
    pub fn entry(&self, table: &str, name: &str) -> Span {
        let found = self.table(table).and_then(|table| Some((table.key, self.member(table.value?, name))));
        match found {
            Some((_, Some(member))) => member.key,
            Some((key, None)) => key,
            None => Span::default(),
        }
    }

    /// The key of a choice, or item, of a question.
    #[must_use]
    pub fn choice(&self, question: &str, choice: &str) -> Span {
        let asked = self.table("questions").and_then(|table| self.member(table.value?, question));
        let ask = asked.and_then(|asked| asked.value).and_then(|body| self.find(body, "ask"));
        let found = ask.and_then(|ask| {
            let quoted = format!("\"{choice}\"");
            let inside = &self.text[ask.start..ask.end];
            let mut keys = inside.match_indices(&quoted);
            let key = keys.find(|(at, _)| inside[at + quoted.len()..].trim_start().starts_with(':'));
            key.map(|(at, _)| Span { start: ask.start + at, end: ask.start + at + quoted.len() })
        });
        found.unwrap_or_else(|| self.entry("questions", question))
    }

    fn table(&self, name: &str) -> Option<&Member> {
        self.top.iter().find(|member| &self.text[member.key.start..member.key.end] == name)
    }

    /// The entry of a map, by its name.
    fn member(&self, map: Span, name: &str) -> Option<Member> {
        let quoted = format!("\"{name}\"");
        let (members, _) = outline::members(self.text, map.start);
        members.into_iter().find(|m| self.text[m.key.start..m.key.end] == quoted)
    }

    /// The value of a field of a group.
    fn find(&self, group: Span, field: &str) -> Option<Span> {
        let (members, _) = outline::members(self.text, group.start);
        let found = members.into_iter().find(|m| &self.text[m.key.start..m.key.end] == field)?;
        // A word before its brackets is a token of its own: the member reaches to its end.
        Some(Span { start: found.value?.start, end: group.end })
    }
}

/// A finding that is made after loading, with what to do about it.
#[must_use]
pub fn finding(code: Code, span: Span, message: &str, help: &[String]) -> Diagnostic {
    help.iter().fold(Diagnostic::new(code, span, message), Diagnostic::help)
}

#[cfg(test)]
mod tests {
    use super::super::{library, load};
    use super::*;

    #[test]
    fn every_name_of_the_shipped_scripts_is_found() {
        for (_, text) in library() {
            let scenario = load(text).scenario.expect("it is sound");
            let places = Places::of(&scenario);
            let says = |span: Span| scenario.text[span.start..span.end].trim_matches('"').to_owned();
            for inject in &scenario.injects {
                assert_eq!(says(places.entry("injects", inject.name.as_str())), inject.name.as_str());
            }
            for question in &scenario.questions {
                let name = question.name.as_str();
                assert_eq!(says(places.entry("questions", name)), name);
                let own = !matches!(question.ask, super::super::Ask::Triage(_));
                for choice in question.choices.iter().filter(|_| own) {
                    assert_eq!(says(places.choice(name, choice.name.as_str())), choice.name.as_str());
                }
            }
            assert_eq!(places.entry("nothing", "here"), Span::default());
        }
    }
}
