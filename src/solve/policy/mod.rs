//! Simulated trainees: who they are, as plain data.
//!
//! A [`Policy`] is a habit. `mind` turns it into inputs from what a trainee may know
//! (what is shown, what is on offer, what was done) and from draws of its own, keyed by
//! the drill's seed and by name. Only the expert and who knows look at the key; a
//! guesser never does. Everybody answers the moment a question opens, which is the most
//! that time can give: a script that stands up to these stands up to slower ones.

mod answer;
mod best;
mod guide;
mod mind;
mod words;

pub use guide::Guide;
pub(super) use mind::{Table, play};

use std::fmt;

use tr::tr;

use crate::scenario::Stage;

/// The habit of a simulated trainee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// Follows the best line; where the drill has left it, gives the best answer on offer.
    Expert,
    /// Neither answers nor does anything.
    Silent,
    /// Answers at random; each action and artefact with even chance.
    Random,
    /// The first choice shown; the first half where several may be chosen.
    FirstChoice,
    /// The last choice shown.
    LastChoice,
    /// The choice with the most letters.
    LongestChoice,
    /// The choice with the fewest letters.
    ShortestChoice,
    /// The choice that sounds most drastic, by a list of words.
    MostDrastic,
    /// Calls everything an incident of the highest severity, and reports, by a list of words.
    AlwaysEscalate,
    /// Calls nothing an incident, takes the lowest severity, and tells nobody.
    NeverEscalate,
    /// Knows, or does not, question by question.
    Skilled(Skill),
}

/// How likely a trainee is to know what to do, in percent by stage, in the order of
/// [`Stage::ALL`]. Who knows gives the best answer on offer and does what the best line
/// does; who does not guesses as [`Policy::Random`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skill(pub [u8; 10]);

impl Skill {
    /// The same in every stage.
    #[must_use]
    pub const fn even(percent: u8) -> Self {
        Self([percent; 10])
    }

    /// Percent for one stage.
    #[must_use]
    pub const fn of(self, stage: Stage) -> u8 {
        self.0[stage as usize]
    }
}

/// The words of a policy: `expert`, `first-choice`, `skill=70`, `skill=70,legal=20`.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Skilled(skill) = self else { return f.write_str(self.word()) };
        let usual = skill.0[0];
        write!(f, "skill={usual}")?;
        let others = Stage::ALL.into_iter().filter(|stage| skill.of(*stage) != usual);
        others.into_iter().try_for_each(|stage| write!(f, ",{}={}", stage_word(stage), skill.of(stage)))
    }
}

impl Policy {
    /// Who knows nothing of the key.
    pub const GUESSERS: [Self; 9] = [
        Self::Silent,
        Self::Random,
        Self::FirstChoice,
        Self::LastChoice,
        Self::LongestChoice,
        Self::ShortestChoice,
        Self::MostDrastic,
        Self::AlwaysEscalate,
        Self::NeverEscalate,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Silent => "silent",
            Self::Random => "random",
            Self::FirstChoice => "first-choice",
            Self::LastChoice => "last-choice",
            Self::LongestChoice => "longest-choice",
            Self::ShortestChoice => "shortest-choice",
            Self::MostDrastic => "most-drastic",
            Self::AlwaysEscalate => "always-escalate",
            Self::NeverEscalate => "never-escalate",
            Self::Skilled(_) => "skill",
        }
    }

    /// What people read where it is spoken of; its own words where a command line is meant.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Expert => tr!("expert"),
            Self::Silent => tr!("silent"),
            Self::Random => tr!("random"),
            Self::FirstChoice => tr!("first-choice"),
            Self::LastChoice => tr!("last-choice"),
            Self::LongestChoice => tr!("longest-choice"),
            Self::ShortestChoice => tr!("shortest-choice"),
            Self::MostDrastic => tr!("most-drastic"),
            Self::AlwaysEscalate => tr!("always-escalate"),
            Self::NeverEscalate => tr!("never-escalate"),
            Self::Skilled(skill) => {
                let rest = self.to_string().split_once(',').map(|(_, rest)| format!(",{rest}"));
                tr!("skill={0}{1}", skill.0[0], rest.unwrap_or_default())
            }
        }
    }

    /// The policy that these words name.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what there is.
    pub fn named(words: &str) -> Result<Self, String> {
        let plain = [Self::Expert].into_iter().chain(Self::GUESSERS).find(|policy| policy.word() == words);
        if let Some(policy) = plain {
            return Ok(policy);
        }
        let Some(rest) = words.strip_prefix("skill=") else {
            let known: Vec<&str> = [Self::Expert].iter().chain(&Self::GUESSERS).map(|p| p.word()).collect();
            return Err(tr!("the policies are {} and skill=PERCENT", known.join(", ")));
        };
        let mut parts = rest.split(',');
        let mut skill = Skill::even(percent(parts.next().unwrap_or_default())?);
        for part in parts {
            let (word, share) = part.split_once('=').unwrap_or((part, ""));
            let stage = Stage::ALL.into_iter().find(|stage| stage_word(*stage) == word);
            let Some(stage) = stage else {
                let known: Vec<&str> = Stage::ALL.into_iter().map(stage_word).collect();
                return Err(tr!("no stage is called `{word}`; there are {}", known.join(", "), word));
            };
            skill.0[stage as usize] = percent(share)?;
        }
        Ok(Self::Skilled(skill))
    }
}

fn percent(text: &str) -> Result<u8, String> {
    let number = text.parse().ok().filter(|percent| *percent <= 100);
    number.ok_or_else(|| tr!("`{text}` is no percentage from 0 to 100", text))
}

/// The first word of a stage's name.
fn stage_word(stage: Stage) -> &'static str {
    stage.label().split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_policies_and_policies_their_words() {
        for policy in [Policy::Expert].into_iter().chain(Policy::GUESSERS) {
            assert_eq!(Policy::named(&policy.to_string()), Ok(policy));
        }
        let uneven = Policy::named("skill=70,legal=20,lessons=5");
        let Ok(Policy::Skilled(skill)) = uneven else { panic!("{uneven:?}") };
        let stages = [Stage::Identification, Stage::Legal, Stage::LessonsLearned];
        assert_eq!(stages.map(|stage| skill.of(stage)), [70, 20, 5]);
        assert_eq!(Policy::Skilled(skill).to_string(), "skill=70,legal=20,lessons=5");
        for wrong in ["skill", "skill=", "skill=101", "skill=70,law=3", "skill=70,legal", "Expert", ""] {
            assert!(Policy::named(wrong).is_err(), "{wrong}");
        }
    }
}
