//! What stands in the catalogues, and the finding of it. Read once, when a language is first spoken.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, Once};

use polib::po_file::parse_from_reader;
use tr::Translator;

use super::{Language, language};

/// The German catalogues.
pub(super) const GERMAN: &[(&str, &str)] = &[
    ("cli", include_str!("de/cli.po")),
    ("debrief", include_str!("de/debrief.po")),
    ("duties", include_str!("de/duties.po")),
    ("help", include_str!("de/help.po")),
    ("host", include_str!("de/host.po")),
    ("pages", include_str!("de/pages.po")),
    ("scenario", include_str!("de/scenario.po")),
    ("term", include_str!("de/term.po")),
];

/// English words, and what is said instead in which context: one form, or one and many.
/// Nested, so that both are looked up as they are borrowed; few words have several contexts.
type Texts = BTreeMap<String, Vec<(Option<String>, Vec<String>)>>;

static IN_GERMAN: LazyLock<Texts> = LazyLock::new(|| read(GERMAN));

/// The program's translator: what it says depends on the thread that asks.
struct Spoken;

/// Makes [`tr::tr!`] ask here. English needs no asking.
pub(super) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tr::set_translator!(Spoken));
}

/// What is said for an English text in a language; none in English, and where a catalogue lacks it.
pub(super) fn find(language: Language, english: &str, context: Option<&str>) -> Option<&'static str> {
    forms(language, english, context)?.first().map(String::as_str)
}

fn forms(language: Language, english: &str, context: Option<&str>) -> Option<&'static [String]> {
    let texts = match language {
        Language::English => return None,
        Language::German => &*IN_GERMAN,
    };
    let said = texts.get(english)?.iter().find(|(own, _)| own.as_deref() == context);
    said.map(|(_, forms)| forms.as_slice())
}

fn read(catalogues: &[(&str, &str)]) -> Texts {
    let mut texts = Texts::new();
    for (name, text) in catalogues {
        let read = parse_from_reader(text.as_bytes());
        let catalogue = read.unwrap_or_else(|e| panic!("checked: the catalogue {name} can be read: {e}"));
        for message in catalogue.messages() {
            let context = message.msgctxt().map(str::to_owned);
            let said = match message.msgstr_plural() {
                Ok(forms) => forms.clone(),
                Err(_) => {
                    vec![message.msgstr().expect("checked: a message is of one form or several").to_owned()]
                }
            };
            texts.entry(message.msgid().to_owned()).or_default().push((context, said));
        }
    }
    texts
}

impl Translator for Spoken {
    fn translate<'a>(&'a self, string: &'a str, context: Option<&'a str>) -> Cow<'a, str> {
        Cow::Borrowed(find(language(), string, context).unwrap_or(string))
    }

    fn ntranslate<'a>(
        &'a self,
        n: u64,
        singular: &'a str,
        plural: &'a str,
        context: Option<&'a str>,
    ) -> Cow<'a, str> {
        // English and German have one form for one, and another for everything else.
        let row = usize::from(n != 1);
        let said = forms(language(), singular, context).and_then(|forms| forms.get(row));
        Cow::Borrowed(said.map_or(if n == 1 { singular } else { plural }, String::as_str))
    }
}
