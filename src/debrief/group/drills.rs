//! The drills of a room, each sorted and scored once, and what people answered in them.

use std::collections::BTreeMap;

use super::super::build::decisions::{decisions, truth_for};
use super::super::build::played::{At, Played};
use super::super::build::teller::Teller;
use super::super::decision::Decision;
use super::model::FEW;
use crate::engine::{Answer, EndCause, Fact};
use crate::room::{Room, TeamId};
use crate::scenario::{ChoiceSet, QuestionId, Scenario, SeatSet, SimTime, TruthId};
use crate::score::{Credit, Item, ItemOf, Score, credit, score};

/// One drill of the room.
pub(super) struct One<'r> {
    pub(super) team: TeamId,
    pub(super) facts: &'r [Fact],
    pub(super) played: Played<'r>,
    pub(super) score: Score,
}

/// A room with its drills.
pub(super) struct Group<'r> {
    pub(super) scenario: &'r Scenario,
    pub(super) room: &'r Room,
    pub(super) drills: Vec<One<'r>>,
    /// The row of the drill that went on longest, whose moments tell what day it is.
    longest: usize,
    /// Everything that was scored in any drill, by the moment at which it was first asked.
    pub(super) items: Vec<(ItemOf, SimTime)>,
}

/// What somebody answered.
#[derive(Clone, Copy)]
pub(super) struct Given<'r> {
    /// The answer; none where something was done or left.
    pub(super) answer: Option<&'r Answer>,
    pub(super) credit: Option<Credit>,
    pub(super) right: Option<bool>,
    pub(super) confidence: Option<u8>,
    pub(super) seconds: Option<u32>,
    pub(super) reason: Option<&'r str>,
}

impl<'r> Group<'r> {
    /// The drills that were begun, in the order of teams.
    pub(super) fn of(scenario: &'r Scenario, room: &'r Room, drills: &[(TeamId, &'r [Fact])]) -> Self {
        let begun = drills.iter().filter(|(_, facts)| !facts.is_empty());
        let one = |(team, facts): &(TeamId, &'r [Fact])| {
            let mut score = score(scenario, facts);
            if room.terms.way.alone() {
                // Nobody reads the arithmetic of so many.
                score.items.iter_mut().for_each(|item| item.arithmetic = Vec::new());
            }
            One { team: *team, facts, played: Played::of(scenario, facts), score }
        };
        let mut drills: Vec<One<'r>> = begun.map(one).collect();
        drills.sort_by_key(|one| one.team);
        let longest = (0..drills.len()).rev().max_by_key(|row| drills[*row].played.end).unwrap_or(0);
        let mut asked: BTreeMap<ItemOf, SimTime> = BTreeMap::new();
        for item in drills.iter().flat_map(|one| &one.score.items) {
            let first = asked.entry(item.of).or_insert(item.asked);
            *first = item.asked.min(*first);
        }
        let mut items: Vec<(ItemOf, SimTime)> = asked.into_iter().collect();
        items.sort_by_key(|(of, asked)| (*asked, *of));
        Self { scenario, room, drills, longest, items }
    }

    /// Whether each plays a drill of their own.
    pub(super) fn alone(&self) -> bool {
        self.room.terms.way.alone()
    }

    /// Whether what came of the drills would tell what single people did.
    pub(super) fn few(&self) -> bool {
        self.alone() && self.drills.len() < FEW
    }

    /// Whether every drill came to its end, and none was broken off.
    pub(super) fn whole(&self) -> bool {
        let ended = |one: &One<'_>| one.played.ended.is_some_and(|(cause, _)| cause != EndCause::Asked);
        !self.drills.is_empty() && self.drills.iter().all(ended)
    }

    /// The words of the script, and moments as they are told of the longest drill.
    pub(super) fn teller(&self) -> Teller<'r> {
        let nothing = Played::default();
        let played = self.drills.get(self.longest).map_or(&nothing, |one| &one.played);
        Teller::new(self.scenario, played).in_a_room()
    }

    /// The drill that went on longest; none where none was begun.
    pub(super) fn longest(&self) -> Option<&One<'r>> {
        self.drills.get(self.longest)
    }

    /// The number of a decision, from 1.
    pub(super) fn number(&self, of: ItemOf) -> u16 {
        let row = self.items.iter().position(|(item, _)| *item == of).unwrap_or(0);
        u16::try_from(row + 1).unwrap_or(u16::MAX)
    }

    /// For each decision one drill's account of it: of one that did not find the best, if there is such a one.
    pub(super) fn accounts(&self) -> BTreeMap<ItemOf, Decision> {
        let mut wanted: BTreeMap<ItemOf, usize> = BTreeMap::new();
        for (row, one) in self.drills.iter().enumerate() {
            for item in &one.score.items {
                let best = |row: usize| {
                    let item = self.drills[row].item(item.of);
                    item.is_some_and(|item| item.standing == crate::score::Standing::Best)
                };
                let kept = wanted.entry(item.of).or_insert(row);
                if best(*kept) && !best(row) {
                    *kept = row;
                }
            }
        }
        let mut accounts = BTreeMap::new();
        for (row, one) in self.drills.iter().enumerate().filter(|(row, _)| wanted.values().any(|w| w == row))
        {
            let teller = Teller::new(self.scenario, &one.played).in_a_room();
            let told = decisions(&teller, &one.played, &one.score);
            for (item, decision) in one.score.items.iter().zip(told) {
                if wanted.get(&item.of) == Some(&row) {
                    accounts.insert(item.of, decision);
                }
            }
        }
        accounts
    }

    /// How many people of a team were asked: those on the seats, and who left too if they voted.
    pub(super) fn asked(&self, one: &One<'_>, seats: SeatSet, voted: usize) -> usize {
        let taken = one.played.settings.map_or(SeatSet::ALL, |settings| settings.seats);
        let sits = |mine: SeatSet| mine.is_empty() || seats.reaches(taken, mine);
        self.room.members_of(one.team).filter(|member| sits(member.seats)).count().max(voted)
    }
}

impl<'r> One<'r> {
    pub(super) fn item(&self, of: ItemOf) -> Option<&Item> {
        self.score.items.iter().find(|item| item.of == of)
    }

    /// The moment at which a question was settled in this drill, what was on offer, and the truth it is measured by.
    pub(super) fn settled(
        &self,
        scenario: &Scenario,
        id: QuestionId,
    ) -> Option<(ChoiceSet, Option<TruthId>)> {
        let sitting = self.played.sittings.get(&id)?;
        let last = sitting.replies.last().map(|reply| At { row: reply.row, at: reply.at, what: () });
        let (truth, _) = truth_for(&self.played, scenario.question(id), last.or(sitting.lapsed)?);
        Some((sitting.offered.iter().copied().collect(), truth))
    }

    /// What was answered in this drill.
    pub(super) fn given(&self, item: &Item) -> Option<Given<'r>> {
        let decided = item.decided?;
        let reply = if let ItemOf::Question(id) = item.of { self.last(id) } else { None };
        Some(Given {
            answer: reply.map(|(answer, _)| answer),
            credit: Some(item.credit),
            right: Some(item.credit.right(best(item))),
            confidence: item.confidence,
            seconds: Some(decided.since(item.asked).0),
            reason: reply.and_then(|(_, reason)| reason),
        })
    }

    /// The last answer to a question, and the reason with it.
    pub(super) fn last(&self, id: QuestionId) -> Option<(&'r Answer, Option<&'r str>)> {
        let reply = self.played.sittings.get(&id)?.replies.last()?;
        Some((reply.what.answer, reply.what.reason))
    }

    /// What one of a team answered alone, where nobody else could: such a question was put to no vote.
    pub(super) fn lone(&self, group: &Group<'r>, item: &Item) -> Option<Given<'r>> {
        let ItemOf::Question(id) = item.of else { return None };
        let room: &'r Room = group.room;
        let ballot = room.team(self.team).and_then(|team| team.ballots.get(&id));
        if ballot.is_some_and(|ballot| !ballot.votes().is_empty()) { None } else { self.given(item) }
    }

    /// What the people of a team voted for.
    pub(super) fn votes(&self, group: &Group<'r>, id: QuestionId) -> Vec<Given<'r>> {
        let room: &'r Room = group.room;
        let Some(ballot) = room.team(self.team).and_then(|team| team.ballots.get(&id)) else {
            return Vec::new();
        };
        let settled = self.settled(group.scenario, id);
        let best = self.item(ItemOf::Question(id)).map(best);
        let given = |vote: &'r crate::room::Vote| {
            let vote = &vote.vote;
            let worth =
                settled.and_then(|(offered, truth)| credit(group.scenario, id, offered, &vote.answer, truth));
            Given {
                answer: Some(&vote.answer),
                credit: worth,
                right: worth.zip(best).map(|(worth, best)| worth.right(best)),
                confidence: vote.confidence,
                seconds: None,
                reason: vote.reason.as_deref(),
            }
        };
        ballot.votes().iter().map(given).collect()
    }
}

/// The most that an answer could have been worth, before time and help.
fn best(item: &Item) -> Credit {
    let whole = i64::from(item.weight) * 100;
    let best = item.tally.possible.0.checked_div(whole).unwrap_or(0);
    Credit(i32::try_from(best).unwrap_or(i32::MAX))
}
