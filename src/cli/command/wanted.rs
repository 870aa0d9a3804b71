//! What somebody wants of a script, for `list`: words resolved, near misses told.

use std::ffi::OsStr;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum};
use tr::tr;

use super::new::audience;
use crate::cli::args::{AudienceChoice, List};
use crate::cli::failure::Failure;
use crate::debrief::{Covered, NO_INCIDENT, coverage};
use crate::scenario::{Audience, Level, Scenario, Stage, near_miss};
use crate::speech::{Language, label, language as spoken, speaking};

/// The filters, resolved. A script fits that fits all of them.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    audience: Option<Audience>,
    stage: Option<Stage>,
    class: Option<String>,
    minutes: Option<(u16, u16)>,
    level: Option<Level>,
    language: Option<String>,
}

impl Wanted {
    /// Resolves what was typed; `scripts` say which classes and languages there are.
    pub(super) fn of(args: &List, scripts: &[(&'static str, Scenario)]) -> Result<Self, Failure> {
        let audience = args.audience.as_deref();
        let audience = audience.map(|word| {
            let unknown = || tr!("no audience is called `{word}`", word);
            one_of(word, &Audience::ALL.map(|a| (a.label(), a)), unknown)
        });
        let level = args.level.as_deref();
        let level = level.map(|word| {
            let unknown = || tr!("no level is called `{word}`", word);
            one_of(word, &Level::ALL.map(|l| (l.label(), l)), unknown)
        });
        let stage = args.stage.as_deref();
        let stage = stage.map(|word| {
            let unknown = || tr!("no stage is called `{word}`", word);
            one_of(word, &Stage::ALL.map(|stage| (stage.label(), stage)), unknown)
        });
        Ok(Self {
            audience: audience.transpose()?,
            stage: stage.transpose()?,
            class: args.class.as_deref().map(|word| class(word, scripts)).transpose()?,
            minutes: args.minutes,
            level: level.transpose()?,
            language: args.language.as_deref().map(|word| language(word, scripts)).transpose()?,
        })
    }

    /// Whether a script is all that is wanted.
    pub(super) fn fits(&self, script: &Covered) -> bool {
        self.audience.is_none_or(|audience| script.audience == audience)
            && self.stage.is_none_or(|stage| script.stages[stage as usize] > 0)
            && self.class.as_ref().is_none_or(|class| script.classes.contains(class))
            && self.minutes.is_none_or(|(least, most)| (least..=most).contains(&script.minutes))
            && self.level.is_none_or(|level| script.level == level)
            && self.language.as_ref().is_none_or(|language| script.language == *language)
    }
}

/// Case, hyphens and blanks do not count.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['-', '_'], " ").trim().to_owned()
}

/// What `word` names: in English, as everywhere in this program, or as it is shown in the language spoken;
/// the first word of either will do.
fn one_of<T: Copy>(word: &str, known: &[(&str, T)], none: impl FnOnce() -> String) -> Result<T, Failure> {
    let shown: Vec<String> = known.iter().map(|(own, _)| label(own)).collect();
    let is = |own: &str| plain(own) == plain(word);
    let rows = || known.iter().zip(&shown);
    let found = rows().find(|((own, _), shown)| is(own) || is(shown));
    let found = found.or_else(|| rows().find(|((own, _), shown)| is(first(own)) || is(first(shown))));
    found.map(|((_, value), _)| *value).ok_or_else(|| {
        let whole: Vec<&str> = shown.iter().map(String::as_str).collect();
        let meant = whole.iter().flat_map(|label| [label, first(label)]).collect();
        unknown(none(), word, meant, &whole)
    })
}

fn first(label: &str) -> &str {
    label.split(' ').next().unwrap_or_default()
}

fn class(word: &str, scripts: &[(&'static str, Scenario)]) -> Result<String, Failure> {
    let named: Vec<(&str, &Scenario)> = scripts.iter().map(|(name, scenario)| (*name, scenario)).collect();
    let classes = coverage(&named).classes;
    let is = |own: &str| plain(own) == plain(word);
    let same = |(name, own): &&(String, String)| is(name) || is(own) || is(&label(own));
    match classes.iter().find(same) {
        Some((name, _)) => Ok(name.clone()),
        None if is("not an incident") || is(&label("not an incident")) => Ok(NO_INCIDENT.into()),
        None => {
            let shown: Vec<String> = classes
                .iter()
                .map(|(name, own)| if spoken().reads_names() { name.clone() } else { label(own) })
                .collect();
            let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
            Err(unknown(tr!("no class is called `{word}`", word), word, shown.clone(), &shown))
        }
    }
}

fn language(word: &str, scripts: &[(&'static str, Scenario)]) -> Result<String, Failure> {
    let mut known: Vec<&str> = scripts.iter().map(|(_, scenario)| scenario.head.language.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let found = known.iter().find(|own| own.eq_ignore_ascii_case(word));
    found
        .map(|own| (*own).to_owned())
        .ok_or_else(|| unknown(tr!("no language is called `{word}`", word), word, known.clone(), &known))
}

/// What may have been meant, or all that there is.
fn unknown(says: String, word: &str, meant: Vec<&str>, all: &[&str]) -> Failure {
    let failure = Failure::usage(says);
    match near_miss(word, meant.into_iter()) {
        Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
        None => failure.hint(tr!("there are: {}", all.join(", "))),
    }
}

/// For whom, as `new` takes it: in English, or as it is shown in a language that is spoken.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct AudienceWord;

impl TypedValueParser for AudienceWord {
    type Value = AudienceChoice;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<AudienceChoice, clap::Error> {
        // What is spoken is known only when the whole line has been read.
        let is = |choice: &AudienceChoice| {
            let said = |language: &Language| speaking(*language, || label(audience(*choice).label()));
            let typed = value.to_str().map(plain);
            Language::ALL.iter().any(|language| typed.as_ref() == Some(&plain(&said(language))))
        };
        match AudienceChoice::value_variants().iter().find(|choice| is(choice)) {
            Some(choice) => Ok(*choice),
            None => EnumValueParser::new().parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let own = |choice: &AudienceChoice| {
            let value = choice.to_possible_value()?;
            let english = audience(*choice).label();
            let said = label(english);
            Some(match value.get_help().cloned() {
                Some(help) if said != english => PossibleValue::new(said).alias(english).help(help),
                _ => value,
            })
        };
        Some(Box::new(AudienceChoice::value_variants().iter().filter_map(own)))
    }
}

/// `15` for fifteen at most, `10-30` for from ten to thirty.
pub(in crate::cli) fn minutes(word: &str) -> Result<(u16, u16), String> {
    let number =
        |word: &str| word.trim().parse::<u16>().map_err(|_| tr!("say 15 for at most fifteen, or 10-30"));
    match word.split_once('-') {
        None => Ok((0, number(word)?)),
        Some((least, most)) => {
            let (least, most) = (number(least)?, number(most)?);
            if least > most {
                Err(tr!("{least} is more than {most}", least, most))
            } else {
                Ok((least, most))
            }
        }
    }
}
