//! What would give away a drill that somebody is still playing here, and the asking before it does.
//!
//! Knows which drills lie in the data folder; what is shown is each command's own.

use tr::tr;

use super::ask;
use super::drills::{Data, Played, from_journal};
use super::failure::Failure;
use super::output::Output;
use super::rooms::PlayedRoom;
use crate::engine::{EndCause, Fact, What};
use crate::journal::{DrillId, DrillSummary, Store};
use crate::scenario::Scenario;

/// Asks before something gives away a script of which a drill is unfinished here.
pub(super) fn spoils(scenario: &Scenario, out: &Output, data: &Data) -> Result<(), Failure> {
    let Some(id) = unfinished(scenario, data, |_| true) else { return Ok(()) };
    refuse(&id.short(), out)
}

/// The same for the debrief, or the what-ifs, of a drill that was broken off or that a file played:
/// begun and ended at once beside one that had been begun before, it would be nothing but the key.
pub(super) fn spoils_beside(
    played: &Played,
    unfinished_too: bool,
    out: &Output,
    data: &Data,
) -> Result<(), Failure> {
    if unfinished_too || !(played.about.answers || played.facts.iter().any(broken_off)) {
        return Ok(());
    }
    beside(&played.scenario, played.started, out, data)
}

/// The same for what a room did, if its trainer ended it.
pub(super) fn spoils_beside_room(
    played: &PlayedRoom,
    unfinished_too: bool,
    out: &Output,
    data: &Data,
) -> Result<(), Failure> {
    let facts = || played.drills.iter().flat_map(|(_, facts)| facts);
    if unfinished_too || !facts().any(broken_off) {
        return Ok(());
    }
    beside(&played.scenario, played.opened, out, data)
}

const fn broken_off(fact: &Fact) -> bool {
    matches!(fact.what, What::Ended { cause: EndCause::Asked, .. })
}

fn beside(scenario: &Scenario, started: i64, out: &Output, data: &Data) -> Result<(), Failure> {
    // A retry follows a debrief that has been read: it keeps no secret.
    let earlier = |other: &DrillSummary| other.started <= started && other.parent.is_none();
    let Some(id) = unfinished(scenario, data, earlier) else { return Ok(()) };
    refuse(&id.short(), out)
}

fn refuse(id: &str, out: &Output) -> Result<(), Failure> {
    let why = tr!("drill {id} of this story is unfinished, and this would give away the rest of it", id);
    if out.asks && ask::confirm(&tr!("Mind: {why}. Show it all the same?", why), out)? {
        return Ok(());
    }
    Err(Failure::new(why)
        .hint(tr!("breachdrill resume {id} plays it to its end", id))
        .hint(tr!("--unfinished shows it all the same")))
}

/// An unfinished drill of the same story that counts.
fn unfinished(scenario: &Scenario, data: &Data, counts: impl Fn(&DrillSummary) -> bool) -> Option<DrillId> {
    if !data.exists() {
        return None;
    }
    // A folder that cannot be read has nothing to say in this.
    let store = data.open_to_read().ok()?;
    let drills = store.list().map_err(from_journal).unwrap_or_default();
    let open = drills.into_iter().filter(|d| !d.ended && d.facts > 0 && counts(d));
    open.into_iter().find(|d| same_story(scenario, d, &store)).map(|d| d.id)
}

/// Whether a drill is of this script, of an edition of it, or of a rendering in another language:
/// those have another title, and the same questions and injects.
fn same_story(scenario: &Scenario, drill: &DrillSummary, store: &Store) -> bool {
    if drill.title == scenario.head.title {
        return true;
    }
    let names = |scenario: &Scenario| {
        let questions = scenario.questions.iter().map(|question| question.name.to_string());
        questions.chain(scenario.injects.iter().map(|inject| inject.name.to_string())).collect::<Vec<_>>()
    };
    store.read(drill.id).is_ok_and(|read| names(&read.scenario) == names(scenario))
}
