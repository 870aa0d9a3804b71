//! The votes of a team on one question, and the one answer that they come to.

use super::fact::MemberId;
use crate::engine::{Answer, Submission};

/// Answers of fewer people are not broken down: that would tell whose they are.
pub const FEW: usize = 5;

/// One vote; the latest of each person counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub member: MemberId,
    /// For what.
    pub vote: Submission,
    /// Whether it has become an answer already: it is told afterwards, and does not count again.
    pub settled: bool,
}

/// The votes on one question, in the order in which people first voted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    votes: Vec<Vote>,
}

/// How many voted for one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The answer.
    pub answer: Answer,
    /// Who voted for it, in the order in which they first voted.
    pub members: Vec<MemberId>,
}

impl Vote {
    /// What somebody wrote: the answer, where that is free text, or why they voted so.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match &self.vote.answer {
            Answer::Text(text) => Some(text),
            Answer::One(_)
            | Answer::Several(_)
            | Answer::Order(_)
            | Answer::Pairs(_)
            | Answer::Number(_)
            | Answer::Category(_) => self.vote.reason.as_deref(),
        }
    }
}

impl Ballot {
    /// Takes a vote; one that was cast before by the same person is changed in its place.
    pub fn cast(&mut self, member: MemberId, vote: Submission) {
        match self.votes.iter_mut().find(|cast| cast.member == member) {
            Some(cast) => (cast.vote, cast.settled) = (vote, false),
            None => self.votes.push(Vote { member, vote, settled: false }),
        }
    }

    /// The votes have become an answer. Where that may be revised, people vote anew.
    pub(super) fn settle(&mut self) {
        self.votes.iter_mut().for_each(|vote| vote.settled = true);
    }

    /// The votes that count: those that have not become an answer yet.
    pub fn standing(&self) -> impl Iterator<Item = &Vote> {
        self.votes.iter().filter(|vote| !vote.settled)
    }

    /// What somebody voted for last, whether it counts still or not.
    #[must_use]
    pub fn last_of(&self, member: MemberId) -> Option<&Submission> {
        self.votes.iter().find(|cast| cast.member == member).map(|cast| &cast.vote)
    }

    /// The last vote of everybody, whether it counts still or not.
    #[must_use]
    pub fn votes(&self) -> &[Vote] {
        &self.votes
    }

    /// Somebody's vote, if it counts.
    #[must_use]
    pub fn of(&self, member: MemberId) -> Option<&Submission> {
        self.standing().find(|cast| cast.member == member).map(|cast| &cast.vote)
    }

    /// Votes by answer: the most first, and of as many those that were first voted for.
    #[must_use]
    pub fn tallies(&self) -> Vec<Tally> {
        let mut tallies: Vec<Tally> = Vec::new();
        for Vote { member, vote, .. } in self.standing() {
            match tallies.iter_mut().find(|tally| tally.answer == vote.answer) {
                Some(tally) => tally.members.push(*member),
                None => tallies.push(Tally { answer: vote.answer.clone(), members: vec![*member] }),
            }
        }
        tallies.sort_by_key(|tally| std::cmp::Reverse(tally.members.len()));
        tallies
    }

    /// The same once [`FEW`] have voted, or all `of` who may; nothing before, for that would tell who voted how
    /// while it can still sway the others.
    #[must_use]
    pub fn broken_down(&self, of: usize) -> Vec<Tally> {
        if self.standing().count() < of.min(FEW) { Vec::new() } else { self.tallies() }
    }

    /// What the team answers: what most voted for; of as many, what the lead voted for, or else what
    /// was first voted for. Its confidence is the middle one, the lower of two, of those who voted
    /// so and said how sure they were. None if nobody voted.
    #[must_use]
    pub fn answer(&self, lead: Option<MemberId>) -> Option<Submission> {
        let tallies = self.tallies();
        let most = tallies.first()?.members.len();
        let first = tallies.iter().take_while(|tally| tally.members.len() == most);
        let of_lead = first.clone().find(|tally| lead.is_some_and(|lead| tally.members.contains(&lead)));
        let chosen = of_lead.or_else(|| first.clone().next())?;
        let mut sure: Vec<u8> = chosen.members.iter().filter_map(|m| self.of(*m)?.confidence).collect();
        sure.sort_unstable();
        Some(Submission {
            question: self.standing().next()?.vote.question,
            answer: chosen.answer.clone(),
            confidence: sure.get(sure.len().saturating_sub(1) / 2).copied(),
            reason: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{ChoiceId, QuestionId};

    fn vote(choice: u8, confidence: Option<u8>) -> Submission {
        let answer = Answer::One(ChoiceId(choice));
        Submission { question: QuestionId(3), answer, confidence, reason: Some("mine".into()) }
    }

    fn ballot(votes: &[(u32, u8, Option<u8>)]) -> Ballot {
        let mut ballot = Ballot::default();
        for (member, choice, sure) in votes {
            ballot.cast(MemberId(*member), vote(*choice, *sure));
        }
        ballot
    }

    fn chosen(ballot: &Ballot, lead: Option<u32>) -> Option<(Answer, Option<u8>)> {
        ballot.answer(lead.map(MemberId)).map(|s| (s.answer, s.confidence))
    }

    #[test]
    fn nobody_s_vote_is_no_answer() {
        assert_eq!(Ballot::default().answer(Some(MemberId(1))), None);
    }

    #[test]
    fn most_votes_count_and_the_latest_of_each() {
        let cast = ballot(&[(1, 0, Some(50)), (2, 1, Some(90)), (3, 1, Some(60)), (1, 1, Some(99))]);
        assert_eq!(cast.votes().len(), 3);
        assert_eq!(chosen(&cast, None), Some((Answer::One(ChoiceId(1)), Some(90))), "the middle of 60 90 99");
        assert_eq!(cast.answer(None).and_then(|s| s.reason), None, "words stay whose they are");
    }

    #[test]
    fn a_tie_goes_to_the_lead_and_else_to_the_first() {
        let cast = ballot(&[(1, 4, None), (2, 2, Some(75)), (3, 2, Some(50)), (4, 4, None)]);
        assert_eq!(chosen(&cast, None).map(|(a, _)| a), Some(Answer::One(ChoiceId(4))));
        let lead = Some((Answer::One(ChoiceId(2)), Some(50)));
        assert_eq!(chosen(&cast, Some(3)), lead, "the lower of two in the middle");
        assert_eq!(
            chosen(&cast, Some(9)).map(|(a, _)| a),
            Some(Answer::One(ChoiceId(4))),
            "who did not vote"
        );
        let lone = ballot(&[(1, 4, None), (2, 2, None), (3, 2, None)]);
        assert_eq!(chosen(&lone, Some(1)).map(|(a, _)| a), Some(Answer::One(ChoiceId(2))), "a majority wins");
    }
}
