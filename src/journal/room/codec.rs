//! An entry of a room as one canonical JSON object, with the author's names.
//!
//! Canonical as a fact is (`journal/codec.rs`), and exhaustive: a new kind of
//! entry does not compile until it can be written and read. Facts of drills
//! stand in their entry as they would in a journal of their own. Words are
//! never written here: the caller says what stands in their place, and
//! [`speaker`] says whose they are.

use std::fmt::Write;

use crate::engine::Submission;
use crate::journal::chain::hex;
use crate::journal::codec::{self, Object, quote, submitted};
use crate::journal::names::Names;
use crate::room::{Cause, Entry, IdempotencyKey, Identity, Mark, MemberId, RoomFact, TeamId, Terms, To, Way};
use crate::scenario::{SeatSet, Stage};
use crate::score::Rating;

type Words<'w> = &'w mut dyn FnMut(&str) -> String;

/// Whose words an entry holds, and so whose key seals them: a member's, or with number 0 the trainer's.
pub(super) const fn speaker(what: &RoomFact) -> MemberId {
    match what {
        RoomFact::Joined { member, .. }
        | RoomFact::Voted { member, .. }
        | RoomFact::Washed { member, .. }
        | RoomFact::Played { cause: Cause::Member(member, _), .. } => *member,
        RoomFact::Played { cause: Cause::Clock | Cause::Trainer | Cause::Team, .. }
        | RoomFact::Opened(_)
        | RoomFact::Stretched { .. }
        | RoomFact::Seated { .. }
        | RoomFact::Leads(_)
        | RoomFact::Here(_)
        | RoomFact::Away(_)
        | RoomFact::Removed(_)
        | RoomFact::Readmitted(_)
        | RoomFact::Locked
        | RoomFact::Unlocked
        | RoomFact::Told { .. }
        | RoomFact::Resent { .. }
        | RoomFact::Paced { .. }
        | RoomFact::Pinned { .. }
        | RoomFact::Observed { .. }
        | RoomFact::Marked { .. }
        | RoomFact::Stopped
        | RoomFact::Cleared
        | RoomFact::Keyed { .. }
        | RoomFact::Watched { .. }
        | RoomFact::Released
        | RoomFact::Closed => TRAINER,
    }
}

/// Whose key seals what is nobody's in particular.
pub(super) const TRAINER: MemberId = MemberId(0);

/// The canonical JSON of an entry. `words` turns words into the JSON value that stands for them.
pub(super) fn encode(names: &Names, entry: &Entry, words: Words<'_>) -> String {
    let record = Object::new().number("wall", entry.wall).number("at", entry.at.0);
    let kind = |kind: &str| record_of(record, kind);
    let record = match &entry.what {
        RoomFact::Opened(terms) => opened(kind("opened"), terms, words),
        RoomFact::Keyed { code, trainer } => {
            kind("keyed").text("code", code).text("trainer", &marked(*trainer))
        }
        RoomFact::Watched { observer } => kind("watched").text("observer", &marked(*observer)),
        RoomFact::Joined { member, team, seats, name, mark, factor } => {
            placed(names, kind("joined"), *member, *team, *seats)
                .raw("name", &words(name))
                .text("mark", &marked(*mark))
                .number("factor", factor)
        }
        RoomFact::Stretched { member, factor } => {
            kind("stretched").number("member", member.0).optional("factor", *factor)
        }
        RoomFact::Seated { member, team, seats } => placed(names, kind("seated"), *member, *team, *seats),
        RoomFact::Leads(member) => kind("leads").number("member", member.0),
        RoomFact::Here(member) => kind("here").number("member", member.0),
        RoomFact::Away(member) => kind("away").number("member", member.0),
        RoomFact::Removed(member) => kind("removed").number("member", member.0),
        RoomFact::Readmitted(member) => kind("readmitted").number("member", member.0),
        RoomFact::Locked => kind("locked"),
        RoomFact::Unlocked => kind("unlocked"),
        RoomFact::Played { team, cause, facts } => {
            let record = caused(kind("played").number("team", team.0), *cause);
            record.list("facts", facts.iter().map(|fact| codec::encode(names, fact, words)))
        }
        RoomFact::Voted { member, key, vote } => {
            let record = kind("voted").number("member", member.0).text("key", &keyed(*key));
            let Submission { question, answer, confidence, reason } = vote;
            submitted(names, record, *question, (answer, *confidence, reason.as_deref()), words)
        }
        RoomFact::Told { to, from, subject, says } => told_to(names, kind("told"), *to)
            .raw("from", &words(from))
            .raw("subject", &words(subject))
            .raw("says", &words(says)),
        RoomFact::Resent { team, inject } => {
            kind("resent").number("team", team.0).text("inject", names.injects.name(inject.at()))
        }
        RoomFact::Paced { team, pace } => of_team(kind("paced"), *team).number("pace", pace),
        RoomFact::Pinned { team, question, member } => kind("pinned")
            .number("team", team.0)
            .text("question", names.questions.name(question.at()))
            .optional("member", member.map(|m| m.0)),
        RoomFact::Observed { team, says } => of_team(kind("observed"), *team).raw("says", &words(says)),
        RoomFact::Marked { team, stage, rating } => {
            let record = of_team(kind("marked"), *team).text("stage", stage_word(*stage));
            record.maybe(rating.is_some(), |r| r.text("rating", rating.map_or("", rating_word)))
        }
        RoomFact::Stopped => kind("stopped"),
        RoomFact::Cleared => kind("cleared"),
        RoomFact::Washed { member, row, says } => {
            kind("washed").number("member", member.0).number("row", row).raw("says", &words(says))
        }
        RoomFact::Released => kind("released"),
        RoomFact::Closed => kind("closed"),
    };
    record.end()
}

fn record_of(record: Object, kind: &str) -> Object {
    record.text("entry", kind)
}

/// The kind of a canonical entry, such as `joined`, without reading the rest.
pub(super) fn kind_of(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once(",\"entry\":\"")?;
    rest.split_once('"').map(|(kind, _)| kind)
}

fn opened(record: Object, terms: &Terms, words: Words<'_>) -> Object {
    // The seed is text: readers in other languages round large numbers.
    record
        .text("way", terms.way.word())
        .text("identity", terms.identity.word())
        .list("teams", terms.teams.iter().map(|team| words(team)))
        .text("seed", &terms.seed.to_string())
        .optional("pace", terms.pace)
        .number("places", terms.places)
        .number("keep_days", terms.keep_days)
        .optional("until", terms.until)
        .raw("rehearsal", if terms.rehearsal { "true" } else { "false" })
}

fn placed(names: &Names, record: Object, member: MemberId, team: TeamId, seats: SeatSet) -> Object {
    seated(names, record.number("member", member.0).number("team", team.0), seats)
}

fn seated(names: &Names, record: Object, seats: SeatSet) -> Object {
    record.list("seats", seats.iter().map(|seat| quote(names.seats.name(seat.at()))))
}

fn told_to(names: &Names, record: Object, to: To) -> Object {
    seated(names, of_team(record, to.team), to.seats)
}

fn of_team(record: Object, team: Option<TeamId>) -> Object {
    record.optional("team", team.map(|team| team.0))
}

fn caused(record: Object, cause: Cause) -> Object {
    match cause {
        Cause::Clock => record.text("cause", "clock"),
        Cause::Trainer => record.text("cause", "trainer"),
        Cause::Team => record.text("cause", "team"),
        Cause::Member(member, key) => {
            record.text("cause", "member").number("member", member.0).text("key", &keyed(key))
        }
    }
}

fn marked(mark: Mark) -> String {
    hex(&mark.0)
}

fn keyed(key: IdempotencyKey) -> String {
    let mut digits = String::with_capacity(32);
    write!(digits, "{:032x}", key.0).expect("checked: text takes text");
    digits
}

/// The way of a word in a journal.
pub(super) fn way(word: &str) -> Option<Way> {
    Way::ALL.into_iter().find(|way| way.word() == word)
}

/// The identity of a word in a journal.
pub(super) fn identity(word: &str) -> Option<Identity> {
    Identity::ALL.into_iter().find(|identity| identity.word() == word)
}

pub(super) const fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Identification => "identification",
        Stage::Categorization => "categorization",
        Stage::Analysis => "analysis",
        Stage::Response => "response",
        Stage::Communication => "communication",
        Stage::Legal => "legal",
        Stage::Documentation => "documentation",
        Stage::LessonsLearned => "lessons-learned",
        Stage::Training => "training",
        Stage::Collaboration => "collaboration",
    }
}

pub(super) const fn rating_word(rating: Rating) -> &'static str {
    match rating {
        Rating::Performed => "performed",
        Rating::Some => "some",
        Rating::Major => "major",
        Rating::Unable => "unable",
    }
}
