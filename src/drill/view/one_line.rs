//! An author's text on one line, for lists and titles, where emphasis has no place.

use pulldown_cmark::{Event, Parser};

/// The words of `text` without its marks of emphasis and code.
///
/// Only what has such marks is read as Markdown: a choice that begins with `1.` is no list.
#[must_use]
pub fn one_line(text: &str) -> String {
    if !text.contains(['*', '`', '\n']) {
        return text.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    for event in Parser::new(text) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "marks say nothing")]
        match event {
            Event::Text(said) | Event::Code(said) => words.push_str(&said),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        assert_eq!(one_line("say *no evidence*, since `log` ends"), "say no evidence, since log ends");
        assert_eq!(one_line("a line: *we are\nlooking*"), "a line: we are looking");
        assert_eq!(one_line("1. Ring them"), "1. Ring them");
        assert_eq!(one_line("2 * 3 is 6"), "2 * 3 is 6");
    }
}
