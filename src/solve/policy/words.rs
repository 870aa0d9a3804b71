//! How a text looks to somebody who does not know the matter: its length, and whether it
//! sounds drastic or like reporting.
//!
//! By lists of English words, because words are all that a stranger sees. In a script of
//! another language no word matches; then the choice that sets most in motion counts as
//! the most drastic, which is what its text will tell as well.

use crate::scenario::{Effect, Scenario};

/// Words of measures that go all the way.
const DRASTIC: [&str; 40] = [
    "all",
    "alarm",
    "block",
    "close",
    "completely",
    "cut",
    "declare",
    "delete",
    "destroy",
    "disable",
    "disconnect",
    "emergency",
    "entire",
    "entirely",
    "erase",
    "every",
    "everybody",
    "everyone",
    "everything",
    "evacuate",
    "immediately",
    "isolate",
    "lock",
    "major",
    "never",
    "nobody",
    "nothing",
    "now",
    "off",
    "once",
    "police",
    "reinstall",
    "restart",
    "scratch",
    "shut",
    "stop",
    "switch",
    "unplug",
    "whole",
    "wipe",
];

/// Words of telling somebody, and of whom one tells.
const REPORTING: [&str; 32] = [
    "alarm",
    "alert",
    "announce",
    "authority",
    "bank",
    "board",
    "call",
    "cert",
    "csirt",
    "declare",
    "desk",
    "director",
    "escalate",
    "hotline",
    "incident",
    "inform",
    "management",
    "notification",
    "notify",
    "phone",
    "police",
    "raise",
    "report",
    "regulator",
    "ring",
    "show",
    "tell",
    "telephone",
    "wake",
    "warn",
    "warning",
    "write",
];

/// How one text looks.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// Letters as shown; none where a slot in it has to be filled first.
    letters: Option<usize>,
    /// How drastic it sounds: words of the list, then what it sets in motion.
    pub(super) drastic: (usize, usize),
    /// Words of reporting in it.
    pub(super) reporting: usize,
}

impl Look {
    pub(super) fn of(text: &str, effects: &[Effect]) -> Self {
        let count = |list: &[&str]| {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.filter(|word| list.iter().any(|known| word.eq_ignore_ascii_case(known))).count()
        };
        Self {
            letters: (!text.contains('{')).then(|| text.chars().count()),
            drastic: (count(&DRASTIC), effects.len()),
            reporting: count(&REPORTING),
        }
    }

    /// Letters as shown in a drill with these picks.
    pub(super) fn letters(&self, scenario: &Scenario, text: &str, picks: &[u8]) -> usize {
        self.letters.unwrap_or_else(|| scenario.fill(text, picks).chars().count())
    }
}

/// How everything looks that a trainee may choose from.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    /// Choices of each question.
    pub(super) choices: Vec<Vec<Look>>,
    /// Whom or what they are paired with.
    pub(super) partners: Vec<Vec<Look>>,
    /// Actions.
    pub(super) actions: Vec<Look>,
    /// Titles of evidence.
    pub(super) evidence: Vec<Look>,
}

impl Looks {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let questions = scenario.questions.iter();
        Self {
            choices: questions
                .map(|q| q.choices.iter().map(|c| Look::of(&c.says, &c.then)).collect())
                .collect(),
            partners: scenario
                .questions
                .iter()
                .map(|q| q.ask.partners().iter().map(|p| Look::of(&p.says, &[])).collect())
                .collect(),
            actions: scenario.actions.iter().map(|a| Look::of(&a.label, &a.then)).collect(),
            evidence: scenario.evidence.iter().map(|e| Look::of(&e.title, &[])).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_each_word_once_and_in_lower_case() {
        for list in [&DRASTIC[..], &REPORTING[..]] {
            for (row, word) in list.iter().enumerate() {
                assert!(
                    word.chars().all(|c| c.is_ascii_lowercase()) && !list[..row].contains(word),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn whole_words_count_whatever_their_case() {
        let look = Look::of("Switch EVERYTHING off, and tell the desk. Offer calls.", &[]);
        assert_eq!((look.drastic.0, look.reporting), (3, 2));
    }
}
