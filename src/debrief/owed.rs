//! What went on by itself, and what was owed by when.

use serde::Serialize;
use tr::tr;

use super::model::{Moment, Source};
use super::words::at;

/// A spread, from its beginning to what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The author's name for it.
    pub name: String,
    /// What it is.
    pub label: String,
    /// When it began; none if it never did.
    pub began: Option<Moment>,
    /// Every step it took.
    pub steps: Vec<Moment>,
    /// Steps that were left out because their condition did not hold.
    pub waited: u32,
    /// When it was contained, or took its last step; none if it went on until ENDEX.
    pub until: Option<Moment>,
    /// What became of it.
    pub fate: Fate,
    /// What contained it, in words; empty if nothing did.
    pub by: String,
}

/// What became of a spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It never began.
    NeverBegan,
    /// It was contained before it began.
    Prevented,
    /// It was contained.
    Contained,
    /// It took its last step.
    Spent,
    /// It went on until ENDEX.
    WentOn,
}

/// A duty whose clock started, or that the trainee declared or met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// The author's name for it.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Key of the rule in the catalogue; none for a clock of the script's own.
    pub regime: Option<String>,
    /// To whom it is owed.
    pub to: String,
    /// Article or clause; may be empty.
    pub rule: String,
    /// How long there is, in words.
    pub deadline: String,
    /// When its clock started; none if it never did.
    pub started: Option<Moment>,
    /// The deadline; the day is in words, such as `Monday 9 March, 15:52`.
    pub due: Option<Moment>,
    /// When the trainee declared that it had started.
    pub declared: Option<Moment>,
    /// When it was met.
    pub met: Option<Moment>,
    /// How it stands at the end.
    pub stands: Stands,
    /// Why it applies, and from when, in safe Markdown.
    pub why: String,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// What of the rule is to be verified before anybody relies on it; may be empty.
    pub uncertain: String,
}

/// How a duty stands at ENDEX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stands {
    /// Its clock never started.
    NeverStarted,
    /// It was met in time.
    Met,
    /// It was met after the deadline.
    Late,
    /// The deadline passed.
    Missed,
    /// The clock still runs.
    Open,
}

impl Spread {
    /// What became of it, in a clause.
    #[must_use]
    pub fn told(&self) -> String {
        let when = spoken(self.until.as_ref());
        match (self.fate, self.by.as_str()) {
            (Fate::NeverBegan, _) => tr!("never began"),
            (Fate::Prevented, "") => tr!("contained {at}, before it began", at = when),
            (Fate::Prevented, by) => tr!("contained {at} by {by}, before it began", at = when, by),
            (Fate::Contained, "") => tr!("contained {at}", at = when),
            (Fate::Contained, by) => tr!("contained {at} by {by}", at = when, by),
            (Fate::Spent, _) => tr!("took its last step {at}", at = when),
            (Fate::WentOn, _) => tr!("went on until ENDEX"),
        }
    }
}

impl Duty {
    /// How it stands, in a clause.
    #[must_use]
    pub fn told(&self) -> String {
        let due = self.due.as_ref().map_or("", |moment| moment.clock.as_str());
        match self.stands {
            Stands::NeverStarted => tr!("its clock never started"),
            Stands::Met => tr!("met {at}", at = spoken(self.met.as_ref())),
            Stands::Late => tr!("met late, {at}", at = spoken(self.met.as_ref())),
            Stands::Missed => tr!("missed, it was due {0}", due),
            Stands::Open => tr!("open, due {0}", due),
        }
    }
}

fn spoken(moment: Option<&Moment>) -> String {
    at(moment.unwrap_or(&Moment::default()))
}
