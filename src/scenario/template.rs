//! What `new` writes: a short script with comments that checks clean.
//!
//! It is the first page of the guide: every part a script needs, once, with a
//! sentence on what it is for. Its times follow the minutes asked for, so that
//! it can be played as it stands.

use super::model::Audience;
use super::text::clean;
use super::time::SimTime;
use crate::limits::MINUTES_MAX;

/// What a new script should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its title.
    pub title: String,
    /// For whom.
    pub audience: Audience,
    /// Real minutes of play.
    pub minutes: u16,
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
        ("@title@", quoted(&wanted.title)),
        ("@audience@", audience.to_owned()),
        ("@level@", level.to_owned()),
        ("@minutes@", minutes.to_string()),
        ("@length@", SimTime(length).to_string()),
        ("@pace@", PACE.to_string()),
        ("@third@", part(30)),
        ("@half@", part(50)),
        ("@late@", part(80)),
    ];
    filled.iter().fold(TEXT.to_owned(), |text, (mark, value)| text.replace(mark, value))
}

/// A title as it stands between double quotes.
fn quoted(title: &str) -> String {
    // Braces would be read as a slot, angles as HTML, and marks as this template's own.
    let title = clean(title).replace(['\n', '{', '}', '@', '<', '>'], " ");
    let title: String = title.trim().chars().take(TITLE_CHARS_MAX).collect();
    let title = if title.is_empty() { "A new script".to_owned() } else { title };
    title.replace('\\', "\\\\").replace('"', "\\\"")
}

const TEXT: &str = include_str!("template.ron");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn whatever_is_asked_for_checks_clean() {
        let titles = ["Lost laptop", "", "\"}),\\", "\u{1b}[2J\n{x.y} @half@ <b>", &"long ".repeat(1_000)];
        for audience in [Audience::Everyone, Audience::Responders, Audience::Leadership] {
            for minutes in [0, 1, 3, 10, 45, 240, u16::MAX] {
                for title in titles {
                    let text = template(&Template { title: title.to_owned(), audience, minutes });
                    let loaded = load(&text);
                    assert_eq!(loaded.findings, [], "{title:?}, {minutes} minutes:\n{text}");
                    assert!(loaded.scenario.is_some_and(|scenario| scenario.head.audience == audience));
                }
            }
        }
    }
}
