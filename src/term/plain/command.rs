//! What a line of the plain mode means.
//!
//! The words are the same in every language; what people write of themselves in theirs
//! is understood as well.

use crate::speech::{Language, language};

/// A line, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Nothing: say again what is asked.
    Nothing,
    /// Numbers: rows counted from one, or a number asked for.
    Numbers(Vec<i64>),
    /// Evidence and messages, or one of them.
    Shelf(Option<usize>),
    /// Actions, or one of them.
    Deeds(Option<usize>),
    /// A line for the incident log.
    Note(String),
    /// Let time pass.
    Wait,
    /// Stop the clock.
    Pause,
    /// Let it go on.
    Resume,
    /// More time.
    MoreTime,
    /// A hint.
    Hint,
    /// Yes.
    Yes,
    /// The situation.
    Situation,
    /// Another open question.
    Other,
    /// Revise the categorization.
    Revise,
    /// One step back.
    Back,
    /// Leave, after asking how.
    Quit,
    /// Save and quit.
    Save,
    /// ENDEX now.
    End,
    /// What one can type.
    Help,
    /// None of these.
    Text(String),
}

/// Reads a line. While a text is wanted, only what begins with a slash is a command.
pub(super) fn command(line: &str, text_wanted: bool) -> Command {
    let (line, slashed) = match line.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (line, false),
    };
    if text_wanted && !slashed {
        return Command::Text(line.to_owned());
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let row = || rest.parse::<usize>().ok();
    let bare = |command: Command| if rest.is_empty() { command } else { Command::Text(line.to_owned()) };
    let listed = |list: fn(Option<usize>) -> Command| match (rest, row()) {
        ("", _) => list(None),
        (_, Some(row)) => list(Some(row)),
        (_, None) => Command::Text(line.to_owned()),
    };
    match in_english(&word.to_lowercase()) {
        "" => Command::Nothing,
        "e" | "evidence" => listed(Command::Shelf),
        "a" | "act" | "actions" => listed(Command::Deeds),
        "n" | "note" => Command::Note(rest.to_owned()),
        "w" | "wait" => bare(Command::Wait),
        "p" | "pause" => bare(Command::Pause),
        "r" | "resume" => bare(Command::Resume),
        "t" | "time" => bare(Command::MoreTime),
        "?" | "hint" => bare(Command::Hint),
        "y" | "yes" => bare(Command::Yes),
        "g" | "situation" => bare(Command::Situation),
        "o" | "other" => bare(Command::Other),
        "c" | "revise" => bare(Command::Revise),
        "b" | "back" => bare(Command::Back),
        "q" | "quit" | "exit" => bare(Command::Quit),
        "s" | "save" => bare(Command::Save),
        "end" => bare(Command::End),
        "h" | "help" => bare(Command::Help),
        _ => numbers(line).map_or_else(|| Command::Text(line.to_owned()), Command::Numbers),
    }
}

/// The word for a command that somebody used who thinks in the language spoken.
fn in_english(word: &str) -> &str {
    match (language(), word) {
        (Language::German, "beleg" | "belege") => "evidence",
        (Language::German, "maßnahme" | "maßnahmen" | "massnahme" | "massnahmen") => "actions",
        (Language::German, "notiz") => "note",
        (Language::German, "warten") => "wait",
        (Language::German, "weiter") => "resume",
        (Language::German, "zeit") => "time",
        (Language::German, "hinweis") => "hint",
        (Language::German, "j" | "ja") => "yes",
        (Language::German, "lage") => "situation",
        (Language::German, "andere") => "other",
        (Language::German, "zurück") => "back",
        (Language::German, "speichern") => "save",
        (Language::German, "ende") => "end",
        (Language::German, "hilfe") => "help",
        (Language::English | Language::German, word) => word,
    }
}

fn numbers(line: &str) -> Option<Vec<i64>> {
    let parts = line.split(|c: char| c.is_whitespace() || c == ',').filter(|p| !p.is_empty());
    parts.map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_understood() {
        for (line, means) in [
            ("", Command::Nothing),
            ("2", Command::Numbers(vec![2])),
            ("1, 3 2", Command::Numbers(vec![1, 3, 2])),
            ("-5", Command::Numbers(vec![-5])),
            ("e", Command::Shelf(None)),
            ("E 2", Command::Shelf(Some(2))),
            ("a 1", Command::Deeds(Some(1))),
            ("note called the bank", Command::Note("called the bank".into())),
            ("note", Command::Note(String::new())),
            ("?", Command::Hint),
            ("/w", Command::Wait),
            ("wait a minute", Command::Text("wait a minute".into())),
            ("what", Command::Text("what".into())),
            ("99999999999999999999", Command::Text("99999999999999999999".into())),
        ] {
            assert_eq!(command(line, false), means, "{line}");
        }
    }

    #[test]
    fn a_text_is_a_text_unless_it_begins_with_a_slash() {
        assert_eq!(command("w", true), Command::Text("w".into()));
        assert_eq!(command("", true), Command::Text(String::new()));
        assert_eq!(command("/w", true), Command::Wait);
    }
}
