//! A room's drill as it is told to one who was in it: whose choice it was, whose line is whose, who ended it.

use tr::tr;

use super::super::group::story::{in_order, of_message};
use super::super::happened::Mark;
use super::super::model::{About, Debrief, Part};
use super::super::render::plain;
use super::otherwise::Asked;
use super::played::Played;
use super::story::LINE;
use super::teller::Teller;
use super::{answers, told};
use crate::engine::{Fact, What};
use crate::room::{MemberId, Room, Team};
use crate::scenario::{Scenario, SeatSet, clean};
use crate::score::{ItemOf, Score};

/// What is said to somebody about the drill that they played in a room, alone or with their team.
#[must_use]
pub fn of_member(
    scenario: &Scenario,
    (room, member): (&Room, MemberId),
    facts: &[Fact],
    score: &Score,
    about: &About,
) -> Debrief {
    let played = Played::of(scenario, facts);
    let nobody = Team::default();
    let team = room.member(member).and_then(|member| room.team(member.team)).unwrap_or(&nobody);
    let together = !room.terms.way.alone();
    let teller = Teller::new(scenario, &played).for_member(team.ended_by_trainer, together);
    let mut debrief = told(&teller, &played, facts, score, (about, &Asked::All { moves: about.moves }));
    let part = Part {
        team: together,
        wrote: if together { wrote(room, team, member, facts) } else { Vec::new() },
        voted: score.items.iter().map(|item| voted(&teller, team, member, item.of)).collect(),
    };
    let lines = debrief.timeline.iter_mut().filter(|mark| mark.kind == LINE);
    for (mark, whose) in lines.zip(&part.wrote).filter(|(_, whose)| !whose.is_empty()) {
        mark.title = format!("{whose}: {}", mark.title);
    }
    debrief.timeline.extend(sent(&teller, room, member, &played));
    let timeline = in_order(debrief.timeline);
    Debrief { part: Some(part), timeline, ..debrief }
}

/// What the trainer sent them besides the script.
fn sent(teller: &Teller<'_>, room: &Room, member: MemberId, played: &Played<'_>) -> Vec<Mark> {
    let Some(member) = room.member(member) else { return Vec::new() };
    let taken = played.settings.map_or(SeatSet::ALL, |settings| settings.seats);
    let mine = member.seats.or_all();
    let messages = room.messages.iter().filter(|message| message.to.reaches(member.team, taken, mine));
    messages.map(|message| of_message(teller, message)).collect()
}

/// Who wrote each line of the incident log.
fn wrote(room: &Room, team: &Team, member: MemberId, facts: &[Fact]) -> Vec<String> {
    let lines = facts.iter().filter(|fact| matches!(fact.what, What::Noted(_))).count();
    let name = |whose: MemberId| match whose == member {
        true => tr!("who wrote a line" => "you"),
        false => room.member(whose).map(|member| clean(&member.name)).unwrap_or_default(),
    };
    let whose = team.wrote.iter().copied().chain(std::iter::repeat(None)).take(lines);
    whose.map(|whose| whose.map(name).unwrap_or_default()).collect()
}

/// What somebody voted for, in words; empty if they did not.
fn voted(teller: &Teller<'_>, team: &Team, member: MemberId, of: ItemOf) -> String {
    let ItemOf::Question(id) = of else { return String::new() };
    let Some(vote) = team.ballots.get(&id).and_then(|ballot| ballot.last_of(member)) else {
        return String::new();
    };
    let picks = answers::chosen(teller, teller.scenario.question(id), &vote.answer);
    picks.iter().map(|pick| plain(&pick.says)).collect::<Vec<_>>().join("; ")
}
