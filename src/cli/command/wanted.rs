//! What somebody wants of a script, for `list`: words resolved, near misses told.

use tr::tr;

use crate::cli::args::List;
use crate::cli::failure::Failure;
use crate::debrief::{Covered, NO_INCIDENT, coverage};
use crate::scenario::{Audience, Level, Scenario, Stage, near_miss};
use crate::speech::label;

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
            one_of(word, &stages(), unknown)
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

/// A stage goes by its label, and by its first word alone.
fn stages() -> Vec<(&'static str, Stage)> {
    let whole = Stage::ALL.map(|stage| (stage.label(), stage));
    let first = Stage::ALL.map(|stage| (stage.label().split(' ').next().unwrap_or_default(), stage));
    whole.into_iter().chain(first).collect()
}

/// Case, hyphens and blanks do not count.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['-', '_'], " ").trim().to_owned()
}

/// What `word` names: in English, as everywhere in this program, or as it is shown in the language spoken.
fn one_of<T: Copy>(word: &str, known: &[(&str, T)], none: impl FnOnce() -> String) -> Result<T, Failure> {
    let shown: Vec<String> = known.iter().map(|(own, _)| label(own)).collect();
    let is = |own: &str| plain(own) == plain(word);
    let first = |own: &str| own.split(' ').next().is_some_and(is);
    let rows = || known.iter().zip(&shown);
    let found = rows().find(|((own, _), shown)| is(own) || is(shown));
    let found = found.or_else(|| rows().find(|(_, shown)| first(shown))).map(|((_, value), _)| *value);
    found.ok_or_else(|| unknown(none(), word, shown.iter().map(String::as_str).collect()))
}

fn class(word: &str, scripts: &[(&'static str, Scenario)]) -> Result<String, Failure> {
    let named: Vec<(&str, &Scenario)> = scripts.iter().map(|(name, scenario)| (*name, scenario)).collect();
    let classes = coverage(&named).classes;
    let is = |own: &str| plain(own) == plain(word);
    let same = |(name, own): &&(String, String)| is(name) || is(own) || is(&label(own));
    match classes.iter().find(same) {
        Some((name, _)) => Ok(name.clone()),
        None if is("not an incident") || is(&label("not an incident")) => Ok(NO_INCIDENT.into()),
        None => Err(unknown(
            tr!("no class is called `{word}`", word),
            word,
            classes.iter().map(|(name, _)| name.as_str()).collect(),
        )),
    }
}

fn language(word: &str, scripts: &[(&'static str, Scenario)]) -> Result<String, Failure> {
    let mut known: Vec<&str> = scripts.iter().map(|(_, scenario)| scenario.head.language.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let found = known.iter().find(|own| own.eq_ignore_ascii_case(word));
    found
        .map(|own| (*own).to_owned())
        .ok_or_else(|| unknown(tr!("no language is called `{word}`", word), word, known.clone()))
}

fn unknown(says: String, word: &str, known: Vec<&str>) -> Failure {
    let failure = Failure::usage(says);
    match near_miss(word, known.iter().copied()) {
        Some(near) => failure.hint(tr!("did you mean `{near}`?", near)),
        None => failure.hint(tr!("there are: {}", all(known))),
    }
}

/// Each word once, for a stage goes by two.
fn all(mut known: Vec<&str>) -> String {
    let whole = known.clone();
    known.retain(|word| {
        !whole.iter().any(|other| other.len() > word.len() && other.starts_with(&format!("{word} ")))
    });
    let mut seen = Vec::new();
    for word in known {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(", ")
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
