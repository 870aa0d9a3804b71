//! The languages that breachdrill speaks, apart from those that scripts are written in.
//!
//! English stands in the code, where it is said; every other language is a folder of
//! gettext catalogues beside this file, found by the English words. What is said is wrapped in
//! [`tr::tr!`], and a label that is stored before it is said in `noted!`: so every text of
//! the program can be found, and `tests/it/speech.rs` holds that none is missing.
//! Knows nothing of what the texts are about.

mod catalogue;

use std::cell::Cell;

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English: what stands in the code.
    #[default]
    English,
    /// German.
    German,
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// Its tag (BCP 47), as pages name it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language that a tag or a POSIX locale names, such as `de`, `de-AT` or `de_DE.UTF-8`; none
    /// that is not spoken.
    #[must_use]
    pub fn named(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// Whether its readers read what authors name things by: names are English in every script.
    #[must_use]
    pub const fn reads_names(self) -> bool {
        match self {
            Self::English => true,
            Self::German => false,
        }
    }

    /// Between whole and parts of a number.
    #[must_use]
    pub const fn decimal_mark(self) -> char {
        match self {
            Self::English => '.',
            Self::German => ',',
        }
    }

    /// Between thousands.
    #[must_use]
    pub const fn thousands_mark(self) -> char {
        match self {
            Self::English => ',',
            Self::German => '.',
        }
    }
}

/// What this thread speaks.
#[must_use]
pub fn language() -> Language {
    SPOKEN.get()
}

/// Does `work` with this thread speaking `language`, and then what it spoke before.
///
/// A thread, not the program: a room may be asked in one language and answered in another.
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    struct Before(Language);
    impl Drop for Before {
        fn drop(&mut self) {
            SPOKEN.set(self.0);
        }
    }
    catalogue::install();
    let _before = Before(SPOKEN.replace(language));
    work()
}

/// A label that was stored in English, and `noted!` there, in the language spoken.
#[must_use]
pub fn label(english: &str) -> String {
    catalogue::find(language(), english, None).map_or_else(|| english.to_owned(), str::to_owned)
}

/// The same for a label that is said otherwise in `context`, as a case of its own.
#[must_use]
pub fn label_in(context: &str, english: &str) -> String {
    catalogue::find(language(), english, Some(context)).map_or_else(|| english.to_owned(), str::to_owned)
}

/// A whole number with its thousands apart, in the marks of the language spoken: `184,300`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (row, digit) in digits.chars().enumerate() {
        if row > 0 && (digits.len() - row).is_multiple_of(3) {
            grouped.push(language().thousands_mark());
        }
        grouped.push(digit);
    }
    grouped
}

/// As [`grouped`], with its sign: `−184,300`.
#[must_use]
pub fn grouped_signed(number: i64) -> String {
    format!("{}{}", if number < 0 { "−" } else { "" }, grouped(number.unsigned_abs()))
}

/// What is gained or lost, with its sign: `+60`, `−60`.
#[must_use]
pub fn gained(number: i64) -> String {
    format!("{}{}", if number < 0 { "" } else { "+" }, grouped_signed(number))
}

/// Every catalogue of a language as it is shipped, by name; for tests and translators.
#[must_use]
pub const fn catalogues(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::English => &[],
        Language::German => catalogue::GERMAN,
    }
}

/// Marks a text that is stored in English and said by [`label`].
macro_rules! noted {
    ($text:literal) => {
        $text
    };
}
pub(crate) use noted;

#[cfg(test)]
mod tests {
    use super::*;
    use tr::tr;

    #[test]
    fn a_locale_names_a_language() {
        for tag in ["de", "DE", "de-AT", "de_DE.UTF-8", "de@euro"] {
            assert_eq!(Language::named(tag), Some(Language::German), "{tag}");
        }
        assert_eq!(Language::named("en_GB"), Some(Language::English));
        for tag in ["", "C", "POSIX", "fr_FR", "deu", "den"] {
            assert_eq!(Language::named(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_language_is_spoken_for_as_long_as_it_is_asked_for() {
        assert_eq!(tr!("Leave"), "Leave");
        let said = speaking(Language::German, || {
            let inner = speaking(Language::English, || tr!("Leave"));
            assert_eq!(inner, "Leave");
            (tr!("Leave"), label("Leave"), tr!("one {0} that nobody {1}", "text", "knows"))
        });
        assert_eq!(said, ("Beenden".into(), "Beenden".into(), "one text that nobody knows".into()));
        assert_eq!((language(), label("Leave").as_str()), (Language::English, "Leave"));
    }
}
