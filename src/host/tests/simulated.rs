//! A simulated room: arrivals, decisions, losses, duplicates, reorderings and restarts, by a seed.
//!
//! Whatever happens to messages, no decision that was acknowledged is lost or
//! doubled, and what a person's page shows of the past stays as it was.

use std::collections::{BTreeMap, VecDeque};

use super::{Kept, shipped, terms};
use crate::engine::{Seed, Stream, What};
use crate::host::desk::{Act, ConsoleAct, Looks};
use crate::host::rehearse::some_answer;
use crate::journal::Receipt;
use crate::room::{Cause, IdempotencyKey, MemberId, RoomFact, TeamId, Way};
use crate::scenario::{QuestionId, SeatSet};

/// A decision on its way: whose, under which key, what.
type Letter = (MemberId, u128, Act);

struct Dice {
    seed: Seed,
    thrown: u32,
}

impl Dice {
    fn up_to(&mut self, most: u32) -> u32 {
        self.thrown += 1;
        self.seed.nth_up_to(Stream::Answer, "simulated room", self.thrown, most)
    }

    fn percent(&mut self, percent: u32) -> bool {
        self.up_to(99) < percent
    }
}

/// The keys of the decisions that stand in a journal, each with how often.
fn decided(kept: &Kept) -> BTreeMap<(MemberId, u128), usize> {
    let mut decided = BTreeMap::new();
    for entry in &kept.entries {
        let key = match &entry.what {
            RoomFact::Played { cause: Cause::Member(member, IdempotencyKey(key)), .. }
            | RoomFact::Voted { member, key: IdempotencyKey(key), .. } => (*member, *key),
            _ => continue,
        };
        *decided.entry(key).or_insert(0) += 1;
    }
    decided
}

fn play(seed: u64, way: Way, script: &str) {
    let scenario = shipped(script);
    let mut dice = Dice { seed: Seed(seed), thrown: 0 };
    let mut kept = Kept::open(scenario, terms(way, usize::from(way == Way::Together) * 2));
    let mut people: Vec<MemberId> = Vec::new();
    let mut acked: BTreeMap<(MemberId, u128), Receipt> = BTreeMap::new();
    let mut post: VecDeque<Letter> = VecDeque::new();
    let mut key = 0_u128;
    let mut shown: BTreeMap<MemberId, Vec<String>> = BTreeMap::new();
    for _ in 0..4 {
        arrive(&mut kept, &mut people);
    }
    kept.trainer(&ConsoleAct::Start(None)).expect("it starts");
    for turn in 0..400 {
        match dice.up_to(9) {
            0 if people.len() < 9 => arrive(&mut kept, &mut people),
            1 => {
                // The program dies and is started again; what was on its way is sent again by those who wait.
                kept = Kept::again(scenario, kept.entries.clone());
                people.iter().for_each(|id| kept.desk.came(*id));
                let _ = kept.trainer(&ConsoleAct::Resume(None));
            }
            2 => {
                let teams = kept.desk.room.teams.len() as u32;
                let next = (1..=teams).filter_map(|team| kept.desk.next_moment(TeamId(team))).min();
                if let Some(next) = next {
                    kept.until(next.0);
                }
            }
            3..=5 => {
                let id = people[dice.up_to(people.len() as u32 - 1) as usize];
                if let Some(question) = kept.desk.before(id).open.first() {
                    key += 1;
                    post.push_back((id, key, Act::Answer(question.id, some_answer(question, turn))));
                }
            }
            _ => deliver(&mut kept, &mut dice, &mut post, &mut acked),
        }
        remember(&mut kept, &people, &mut shown);
    }
    let decided = decided(&kept);
    assert!(decided.values().all(|times| *times == 1), "seed {seed}: nothing is doubled");
    for (decision, receipt) in &acked {
        assert!(decided.contains_key(decision), "seed {seed}: {decision:?} was acknowledged and is lost");
        assert_eq!(
            super::receipt(&kept.entries[..receipt.n as usize]),
            *receipt,
            "seed {seed}: its receipt holds"
        );
    }
    assert!(!acked.is_empty(), "seed {seed}: somebody decided something");
    settled_once(&kept, seed);
}

fn arrive(kept: &mut Kept, people: &mut Vec<MemberId>) {
    let name = format!("Person {}", people.len());
    people.extend(kept.join(&name, None, SeatSet::default()));
}

/// A letter arrives: late, twice, or not at all, and then it is sent again.
fn deliver(
    kept: &mut Kept,
    dice: &mut Dice,
    post: &mut VecDeque<Letter>,
    acked: &mut BTreeMap<(MemberId, u128), Receipt>,
) {
    let Some(letter) = post.pop_front() else { return };
    if dice.percent(25) {
        post.push_back(letter);
        return;
    }
    let (member, key, act) = &letter;
    let answer = kept.act_as(*member, *key, act);
    if dice.percent(20) {
        // The answer was lost on its way back: the browser sends the same thing again.
        post.push_back(letter);
        return;
    }
    if let Ok(Some(receipt)) = answer {
        let before = acked.insert((*member, *key), receipt);
        assert!(before.is_none_or(|before| before == receipt), "one decision has one receipt");
    }
    if dice.percent(20) {
        let again = kept.act_as(*member, *key, act);
        assert_eq!(again, answer, "twice the same is once");
    }
}

/// What stood on a page stays there: a page of a prefix is a prefix of the page.
fn remember(kept: &mut Kept, people: &[MemberId], shown: &mut BTreeMap<MemberId, Vec<String>>) {
    for id in people {
        let frame = kept.page(*id);
        let inbox: Vec<String> =
            frame.in_place("inbox").iter().map(|block| block.html(frame.language).to_owned()).collect();
        let before = shown.insert(*id, inbox.clone()).unwrap_or_default();
        assert!(inbox.starts_with(&before), "{id:?}: what was read is still there");
    }
}

/// No drill settled a question twice, but for categorizations that may be revised.
fn settled_once(kept: &Kept, seed: u64) {
    let mut settled: BTreeMap<(TeamId, QuestionId), usize> = BTreeMap::new();
    for entry in &kept.entries {
        let RoomFact::Played { team, facts, .. } = &entry.what else { continue };
        for fact in facts {
            if let What::Lapsed(question) = &fact.what {
                *settled.entry((*team, *question)).or_default() += 1;
            }
        }
    }
    assert!(settled.values().all(|times| *times == 1), "seed {seed}");
}

#[test]
fn no_acknowledged_decision_is_lost_or_doubled_together() {
    (0..24).for_each(|seed| play(seed, Way::Together, "ward-round"));
}

#[test]
fn no_acknowledged_decision_is_lost_or_doubled_side_by_side() {
    (100..124).for_each(|seed| play(seed, Way::SideBySide, "friday-invoice"));
}
