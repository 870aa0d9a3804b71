//! What `new` writes: a short script with comments that checks clean.
//!
//! It is the first page of the guide: every part a script needs, once, with a
//! sentence on what it is for. Its times follow the minutes asked for, so that
//! it can be played as it stands.

use super::model::Audience;
use super::text::clean;
use super::time::SimTime;
use crate::limits::MINUTES_MAX;
use crate::speech::Language;

/// What a new script should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its title.
    pub title: String,
    /// For whom.
    pub audience: Audience,
    /// Real minutes of play.
    pub minutes: u16,
    /// The language of its texts and comments; the words of the script language are the same in all.
    pub language: Language,
}

/// Drill minutes per real minute of a new script.
const PACE: u32 = 10;
/// Characters of a title that fit a catalogue.
const TITLE_CHARS_MAX: usize = 80;

/// The text of a new script.
#[must_use]
pub fn template(wanted: &Template) -> String {
    let minutes = wanted.minutes.clamp(1, MINUTES_MAX);
    let length = u32::from(minutes) * 60 * PACE;
    let part = |percent: u32| SimTime(length * percent / 100).to_string();
    let (audience, level) = match wanted.audience {
        Audience::Everyone => ("Everyone", "Intro"),
        Audience::Responders => ("Responders", "Intermediate"),
        Audience::Leadership => ("Leadership", "Intro"),
    };
    let filled = [
        ("@title@", quoted(&wanted.title, wanted.language)),
        ("@audience@", audience.to_owned()),
        ("@level@", level.to_owned()),
        ("@minutes@", minutes.to_string()),
        ("@length@", SimTime(length).to_string()),
        ("@pace@", PACE.to_string()),
        ("@third@", part(30)),
        ("@half@", part(50)),
        ("@late@", part(80)),
    ];
    let text = match wanted.language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    };
    filled.iter().fold(text.to_owned(), |text, (mark, value)| text.replace(mark, value))
}

/// A title as it stands between double quotes.
fn quoted(title: &str, language: Language) -> String {
    // Braces would be read as a slot, angles as HTML, and marks as this template's own.
    let title = clean(title).replace(['\n', '{', '}', '@', '<', '>'], " ");
    let title: String = title.trim().chars().take(TITLE_CHARS_MAX).collect();
    let title = match (title.is_empty(), language) {
        (false, _) => title,
        (true, Language::English) => "A new script".to_owned(),
        (true, Language::German) => "Ein neues Drehbuch".to_owned(),
    };
    title.replace('\\', "\\\\").replace('"', "\\\"")
}

const ENGLISH: &str = include_str!("template.ron");
const GERMAN: &str = include_str!("template.de.ron");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn whatever_is_asked_for_checks_clean() {
        let titles = ["Lost laptop", "", "\"}),\\", "\u{1b}[2J\n{x.y} @half@ <b>", &"long ".repeat(1_000)];
        for audience in [Audience::Everyone, Audience::Responders, Audience::Leadership] {
            for minutes in [0, 1, 3, 10, 45, 240, u16::MAX] {
                for (title, language) in titles.iter().flat_map(|title| Language::ALL.map(|l| (title, l))) {
                    let title = (*title).to_owned();
                    let text = template(&Template { title, audience, minutes, language });
                    let loaded = load(&text);
                    assert_eq!(loaded.findings, [], "{minutes} minutes:\n{text}");
                    let head = loaded.scenario.expect("it has no finding").head;
                    assert_eq!((head.audience, &head.language[..]), (audience, language.tag()));
                }
            }
        }
    }

    /// What is left of a script when its texts and comments are taken away.
    fn bones(language: Language) -> String {
        let wanted = Template { title: String::new(), audience: Audience::Everyone, minutes: 10, language };
        let text = template(&wanted);
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("language:"));
        let code = lines.map(|line| line.split_once("// ").map_or(line, |(code, _)| code).trim_end());
        let pieces = |line: &str| {
            // A text has a space or begins with a capital, but for three; a name has neither.
            let word = |part: &str| ["clothing", "people", "you"].contains(&part);
            let name = |at: usize, part: &str| {
                at.is_multiple_of(2)
                    || !part.contains(' ') && !part.starts_with(char::is_uppercase) && !word(part)
            };
            line.replace("\\\"", "")
                .split('"')
                .enumerate()
                .filter(|(at, part)| name(*at, part))
                .map(|(_, part)| part.to_owned())
                .collect::<String>()
        };
        code.map(pieces).filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_language_tells_the_same_script() {
        assert_eq!(bones(Language::German), bones(Language::English));
    }
}
