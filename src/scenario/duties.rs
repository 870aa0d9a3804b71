//! The catalogue of legal and contractual clocks: data, read once.
//!
//! The records stand in `duties.ron`. They are for training: each names the
//! source it was compared with and the day on which it was, and says what of
//! it is uncertain. Nothing here is legal advice, and the program says so.
//! Records are in English; whoever shows a text of one says it by [`label`].

use std::sync::OnceLock;

use serde::Deserialize;
use tr::tr;

use super::model::Deadline;
use super::near::near_miss;
use super::time::SimTime;
use crate::speech::{label, label_in, noted};

const CATALOGUE: &str = include_str!("duties.ron");

/// One rule of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regime {
    /// Its key, such as `eu-gdpr-33`.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Where it applies.
    pub jurisdiction: String,
    /// Who owes it.
    pub who: String,
    /// The kind of fact that starts its clock.
    pub starts: ClockStart,
    /// Which fact that is.
    pub from: String,
    /// How long there is; none where the rule names no number.
    pub deadline: Option<Deadline>,
    /// How long there is where the rule names no number: `without undue delay`; empty where it does.
    pub promptly: String,
    /// To whom.
    pub to: String,
    /// Article or section.
    pub article: String,
    /// Whether it is in force.
    pub status: Status,
    /// What else there is to know; may be empty.
    pub note: String,
    /// What is to be verified before anybody relies on it; empty where nothing is in doubt.
    pub uncertain: String,
    /// Title of what it was compared with.
    pub source: String,
    /// Address of that.
    pub address: String,
    /// The day on which it was compared, `2026-11-25`.
    pub checked: String,
}

/// The kind of fact that starts a clock. Telling these apart is most of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum ClockStart {
    /// Something is noticed, detected or identified.
    Discovery,
    /// The organisation is aware of it.
    Awareness,
    /// It is reasonably believed.
    Belief,
    /// It is determined, assessed or classified.
    Determination,
    /// A ransom is paid.
    Payment,
    /// An earlier report was made.
    Report,
}

impl ClockStart {
    /// The word for it, noted.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discovery => noted!("discovery"),
            Self::Awareness => noted!("awareness"),
            Self::Belief => noted!("belief"),
            Self::Determination => noted!("determination"),
            Self::Payment => noted!("payment"),
            Self::Report => noted!("an earlier report"),
        }
    }

    /// From when the clock runs, in the language spoken: `from discovery`.
    #[must_use]
    pub fn since(self) -> String {
        match self {
            Self::Discovery => tr!("from discovery"),
            Self::Awareness => tr!("from awareness"),
            Self::Belief => tr!("from belief"),
            Self::Determination => tr!("from determination"),
            Self::Payment => tr!("from payment"),
            Self::Report => tr!("from an earlier report"),
        }
    }
}

/// Whether a rule binds anybody today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Status {
    /// It is in force.
    InForce,
    /// It is made, and not in force yet.
    NotYetInForce,
    /// It binds by contract.
    Contract,
}

impl Status {
    /// The words for it, noted.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InForce => noted!("in force"),
            Self::NotYetInForce => noted!("not yet in force"),
            Self::Contract => noted!("by contract"),
        }
    }
}

/// All rules, in the order of the data file.
///
/// # Panics
/// Never: the file is part of the program and tested whole.
#[must_use]
pub fn regimes() -> &'static [Regime] {
    static READ: OnceLock<Vec<Regime>> = OnceLock::new();
    READ.get_or_init(|| {
        let file = file::Catalogue::read(CATALOGUE).expect("checked: a test reads the whole catalogue");
        file.into_iter().collect()
    })
}

/// The rule with this key.
#[must_use]
pub fn regime(key: &str) -> Option<&'static Regime> {
    regimes().iter().find(|regime| regime.key == key)
}

/// The key that was probably meant by one that there is not.
#[must_use]
pub fn regime_like(key: &str) -> Option<&'static str> {
    near_miss(key, regimes().iter().map(|regime| regime.key.as_str()))
}

impl Regime {
    /// How long there is, in words: `72 hours`, `without undue delay`.
    #[must_use]
    pub fn deadline_words(&self) -> String {
        self.deadline.map_or_else(|| label(&self.promptly), Deadline::words)
    }

    /// To whom, as it is said after “to” in the language spoken.
    #[must_use]
    pub fn recipient(&self) -> String {
        label_in("to", &self.to)
    }
}

impl Deadline {
    /// In words: `72 hours`, `4 business days`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Within(SimTime(seconds)) if seconds % 3_600 == 0 => {
                tr!("deadline" => "1 hour" | "{n} hours" % seconds / 3_600)
            }
            Self::Within(SimTime(seconds)) if seconds % 60 == 0 => {
                tr!("deadline" => "1 minute" | "{n} minutes" % seconds / 60)
            }
            Self::Within(time) => time.to_string(),
            Self::Days(days) => tr!("deadline" => "1 calendar day" | "{n} calendar days" % days),
            Self::BusinessDays(days) => tr!("deadline" => "1 business day" | "{n} business days" % days),
            Self::Months(months) => tr!("deadline" => "1 month" | "{n} months" % months),
        }
    }
}

/// The shape of the data file.
mod file {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::{ClockStart, Regime, Status};
    use crate::scenario::model;
    use crate::scenario::time::SimTime;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Catalogue {
        sources: BTreeMap<String, Source>,
        regimes: Vec<Record>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Source {
        title: String,
        address: String,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Record {
        key: String,
        title: String,
        jurisdiction: String,
        who: String,
        starts: ClockStart,
        from: String,
        deadline: Deadline,
        to: String,
        article: String,
        status: Status,
        #[serde(default)]
        note: String,
        #[serde(default)]
        uncertain: String,
        source: String,
        checked: String,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    enum Deadline {
        Within(String),
        Days(u16),
        BusinessDays(u16),
        Months(u16),
        Promptly(String),
    }

    impl Catalogue {
        pub(super) fn read(text: &str) -> Result<Vec<Regime>, String> {
            let file: Self = ron::from_str(text).map_err(|error| error.to_string())?;
            file.regimes.iter().map(|record| record.lower(&file.sources)).collect()
        }
    }

    impl Record {
        fn lower(&self, sources: &BTreeMap<String, Source>) -> Result<Regime, String> {
            let source = sources.get(&self.source).ok_or(format!("{} has no source", self.key))?;
            let deadline = match &self.deadline {
                Deadline::Within(time) => Some(model::Deadline::Within(SimTime::parse(time)?)),
                Deadline::Days(days) => Some(model::Deadline::Days(*days)),
                Deadline::BusinessDays(days) => Some(model::Deadline::BusinessDays(*days)),
                Deadline::Months(months) => Some(model::Deadline::Months(*months)),
                Deadline::Promptly(_) => None,
            };
            let promptly = match &self.deadline {
                Deadline::Promptly(words) => words.clone(),
                Deadline::Within(_) | Deadline::Days(_) | Deadline::BusinessDays(_) | Deadline::Months(_) => {
                    String::new()
                }
            };
            Ok(Regime {
                key: self.key.clone(),
                title: self.title.clone(),
                jurisdiction: self.jurisdiction.clone(),
                who: self.who.clone(),
                starts: self.starts,
                from: self.from.clone(),
                deadline,
                promptly,
                to: self.to.clone(),
                article: self.article.clone(),
                status: self.status,
                note: self.note.clone(),
                uncertain: self.uncertain.clone(),
                source: source.title.clone(),
                address: source.address.clone(),
                checked: self.checked.clone(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::id::Name;
    use crate::speech::{Language, speaking};

    #[test]
    fn every_record_is_whole() {
        file::Catalogue::read(CATALOGUE).expect("the catalogue reads");
        assert!(regimes().len() >= 50, "{}", regimes().len());
        for regime in regimes() {
            assert!(Name::new(&regime.key).is_ok(), "{}", regime.key);
            let texts = [
                &regime.title,
                &regime.jurisdiction,
                &regime.who,
                &regime.from,
                &regime.deadline_words(),
                &regime.to,
                &regime.article,
                &regime.source,
            ];
            for text in texts {
                assert!(!text.trim().is_empty() && text.trim() == text, "{}: {text:?}", regime.key);
            }
            assert!(regime.address.starts_with("https://"), "{}", regime.key);
            let day: Vec<_> = regime.checked.split('-').map(str::parse::<u16>).collect();
            assert!(matches!(day[..], [Ok(2026..), Ok(1..=12), Ok(1..=31)]), "{}", regime.checked);
            for sentence in [&regime.note, &regime.uncertain] {
                assert!(sentence.trim() == sentence, "{}", regime.key);
            }
            assert!(regime.note.is_empty() || regime.note.ends_with('.'), "{}", regime.key);
        }
    }

    #[test]
    fn keys_are_unique_and_found() {
        let keys: BTreeSet<_> = regimes().iter().map(|regime| regime.key.as_str()).collect();
        assert_eq!(keys.len(), regimes().len());
        let gdpr = regime("eu-gdpr-33").expect("it is there");
        assert_eq!(
            (gdpr.deadline, gdpr.starts),
            (Some(Deadline::Within(SimTime(259_200))), ClockStart::Awareness)
        );
        assert_eq!(gdpr.deadline_words(), "72 hours");
        assert_eq!(regime("eu-gdpr-34").and_then(|r| r.deadline), None, "it names no number");
        assert_eq!(regime_like("eu-gdpr-3"), Some("eu-gdpr-33"));
        assert_eq!(regime("nowhere"), None);
    }

    #[test]
    fn what_was_first_read_in_one_language_is_said_in_another() {
        let words = |key| regime(key).map(|rule| (rule.deadline_words(), rule.starts.since()));
        let english = |key| words(key).expect("it is there");
        let german = |key| speaking(Language::German, || english(key));
        assert_eq!(german("eu-gdpr-33"), ("72 Stunden".into(), "nach Kenntnis".into()));
        assert_eq!(german("eu-gdpr-34"), ("unverzüglich".into(), "nach Feststellung".into()));
        assert_eq!(english("eu-gdpr-33"), ("72 hours".into(), "from awareness".into()));
        assert_eq!(english("eu-gdpr-34"), ("without undue delay".into(), "from determination".into()));
    }
}
