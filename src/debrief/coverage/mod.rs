//! What scripts cover together: stages, kinds of incident, techniques, script by script.
//!
//! [`coverage`] reads it off the scenarios as plain data; [`coverage_markdown`] writes it as
//! tables, [`coverage_svg`] draws it. For trainers: it says what each script is about.

mod draw;
mod markdown;

pub use draw::coverage_svg;
pub use markdown::coverage_markdown;

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::{Audience, InjectKind, Level, Scenario, Stage, Taxonomy, Verdict};
use crate::speech::noted;

/// What a script covers whose truth is that nothing happened: a row beside the classes.
pub const NO_INCIDENT: &str = "no incident";

/// What some scripts cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The scripts, in the order given.
    pub scripts: Vec<Covered>,
    /// Names and labels of the classes: those of RSIT, then the scripts' own, then [`NO_INCIDENT`].
    pub classes: Vec<(String, String)>,
    /// ATT&CK techniques, each with the version that it was taken from.
    pub techniques: BTreeSet<(String, String)>,
}

/// What one script covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// For whom.
    pub audience: Audience,
    /// How hard.
    pub level: Level,
    /// Real minutes of play.
    pub minutes: u16,
    /// Language tag.
    pub language: String,
    /// Roles that trainees can take.
    pub seats: usize,
    /// Things that count for each stage, in the order of [`Stage::ALL`]: questions, actions,
    /// expected actions and duties.
    pub stages: [usize; 10],
    /// Names of the classes that its truth has at any time, a class of its own by the class of RSIT
    /// that it stands for, and [`NO_INCIDENT`].
    pub classes: BTreeSet<String>,
    /// ATT&CK techniques with their version.
    pub techniques: BTreeSet<(String, String)>,
}

impl Covered {
    /// The stages that count in it, in the order of an incident.
    pub fn exercised(&self) -> impl Iterator<Item = Stage> {
        Stage::ALL.into_iter().zip(self.stages).filter(|(_, things)| *things > 0).map(|(stage, _)| stage)
    }
}

/// Reads off what `scripts` cover.
#[must_use]
pub fn coverage(scripts: &[(&str, &Scenario)]) -> Coverage {
    let rsit = Taxonomy::rsit().classes;
    let mut classes: Vec<(String, String)> = rsit.into_iter().map(|c| (c.name, c.label)).collect();
    let mut own = BTreeMap::new();
    for (_, scenario) in scripts {
        for class in scenario.taxonomy.classes.iter().filter(|class| class.rsit.is_none()) {
            own.entry(class.name.clone()).or_insert_with(|| class.label.clone());
        }
    }
    let scripts: Vec<Covered> = scripts.iter().map(|(name, scenario)| covered(name, scenario)).collect();
    let told = |name: &String| scripts.iter().any(|script| script.classes.contains(name));
    own.retain(|name, _| told(name) && !classes.iter().any(|(rsit, _)| rsit == name));
    classes.extend(own);
    classes.push((NO_INCIDENT.into(), noted!("No incident at all").into()));
    let techniques = scripts.iter().flat_map(|script| script.techniques.iter().cloned()).collect();
    Coverage { scripts, classes, techniques }
}

/// Reads off what one script covers.
#[must_use]
pub fn covered(name: &str, scenario: &Scenario) -> Covered {
    let head = &scenario.head;
    let mut stages = [0; 10];
    let checkpoints = scenario.injects.iter().filter_map(|inject| match &inject.kind {
        InjectKind::Checkpoint(checkpoint) => Some(checkpoint.stage),
        InjectKind::Contextual | InjectKind::Contingency => None,
    });
    let asked = scenario.questions.iter().map(|q| q.stage).chain(scenario.actions.iter().map(|a| a.stage));
    for stage in asked.chain(checkpoints).chain(scenario.duties.iter().map(|d| d.stage)) {
        stages[stage as usize] += 1;
    }
    let mut classes = BTreeSet::new();
    for truth in &scenario.truth {
        let class = truth.category.as_ref().and_then(|category| category.class);
        let class = class.map(|id| &scenario.taxonomy.classes[id.at()]);
        classes.extend(class.map(|own| own.rsit.as_ref().unwrap_or(&own.name).clone()));
        if truth.verdict == Verdict::NotAnIncident {
            classes.insert(NO_INCIDENT.into());
        }
    }
    Covered {
        name: name.into(),
        title: head.title.clone(),
        audience: head.audience,
        level: head.level,
        minutes: head.minutes,
        language: head.language.clone(),
        seats: scenario.seats.len(),
        stages,
        classes,
        techniques: head.techniques.iter().map(|id| (id.clone(), head.attack_version.clone())).collect(),
    }
}
