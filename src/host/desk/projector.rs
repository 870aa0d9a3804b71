//! The projector: one thing at a time, and never a name or a note.

use std::sync::Arc;

use super::super::data::Data;
use super::super::frame::{BlockId, Kind, Next};
use super::Desk;
use super::page::channel;
use super::run::Run;
use crate::debrief::prose_html;
use crate::drill::{Clock, TraineeView};
use crate::engine::{Answer, Asked, What};
use crate::room::{Ballot, FEW, TeamId, Way};
use crate::scenario::QuestionId;
use crate::speech::{grouped_signed, speaking};

impl<C: Clock> Desk<C> {
    /// Publishes the projector.
    pub(super) fn publish_projector(&mut self) {
        let before = self.projector.borrow().clone();
        if self.qr.is_none() {
            let link = super::super::qr::link(&self.address, &self.room.code);
            self.qr = Some(super::super::qr::picture(&link));
        }
        let frame = speaking(self.language, || {
            let mut next = Next::after(&before, self.page);
            let began = self.runs.iter().any(Run::begun);
            if !began || self.room.terms.way == Way::OwnTime {
                let lobby = serde_json::json!({
                    "code": super::super::door::said_code(&self.room.code), "address": self.address,
                    "qr": self.qr,
                    "here": self.room.here(),
                    "locked": self.room.locked,
                });
                next.set(BlockId(Kind::Lobby, 0), ("stage", 0), Data::Plain("lobby", "l", lobby));
            } else if let Some((team, run)) = self.foremost() {
                self.scene(&mut next, team, run);
            }
            next.done(self.room_now())
        });
        if let Some(frame) = frame {
            self.projector.send_replace(Arc::new(frame));
        }
    }

    fn scene(&self, next: &mut Next<'_>, team: TeamId, run: &Run<C>) {
        let Some(view) = run.whole() else { return };
        // What only some seats see is not for the whole room.
        let public =
            view.inbox.iter().rev().find(|message| self.scenario.inject(message.inject).seats.is_empty());
        let open =
            view.open.iter().rev().find(|question| self.scenario.question(question.id).seats.is_empty());
        let message = public.filter(|_| view.over.is_none()).map(|m| {
            let kind = self.scenario.inject(m.inject).via.as_ref().map_or("desk", channel);
            serde_json::json!({
                "channel_kind": kind, "channel": m.channel, "from": m.from, "subject": m.subject,
                "body_html": prose_html(&m.body), "clock": m.clock,
            })
        });
        let question = open.map(|question| {
            let (answered, of) = self.counted(team, question.id);
            serde_json::json!({
                "says_html": prose_html(&question.says), "since": question.since.0,
                "until": question.lapses.filter(|_| run.pace.is_some()).map(|at| at.0), "answered": answered, "of": of,
            })
        });
        // How it ended for one of many who play alone is not the room's.
        let over = view.over.as_ref().map(|over| if self.room.terms.way.alone() { "" } else { &over.title });
        let scene = serde_json::json!({ "message": message, "question": question, "over": over });
        next.set(BlockId(Kind::Scene, 0), ("stage", 0), Data::Plain("scene", "s", scene));
        if let Some(result) = self.result(team, view, open.is_some()) {
            next.set(BlockId(Kind::Result, 0), ("stage", 1), Data::Plain("result", "r", result));
        }
    }

    /// How many have answered a question, of how many.
    fn counted(&self, team: TeamId, question: QuestionId) -> (usize, usize) {
        if self.room.terms.way.alone() {
            let row = question.at();
            let open = self.teams_where(row, |asked| matches!(asked, Asked::Open { .. })).len();
            let done = self.teams_where(row, |asked| matches!(asked, Asked::Answered { .. })).len();
            return (done, (open + done).max(1));
        }
        let voted = self.ballot(team, question).map_or(0, |ballot| ballot.votes().len());
        (voted, self.voters(team, question).len().max(voted).max(1))
    }

    /// The distribution of the question that was settled last, once none is open; and what is pinned.
    fn result(&self, team: TeamId, view: &TraineeView, asking: bool) -> Option<serde_json::Value> {
        let pinned = self.room.pinned.and_then(|(team, question, member)| {
            let votes = self.ballot(team, question)?.votes();
            votes.iter().find(|vote| vote.member == member)?.words()
        });
        let last =
            view.settled.iter().rev().find(|settled| self.scenario.question(settled.id).seats.is_empty());
        let last = last.filter(|_| !asking);
        let rows = last.map(|settled| self.distribution(team, settled.id)).unwrap_or_default();
        let told = view.over.is_some() && !self.room.terms.way.alone();
        let gauges: Option<Vec<_>> = told.then(|| {
            let shown = view.gauges.iter();
            shown
                .map(|g| serde_json::json!({ "label": g.label, "unit": g.unit, "start": grouped_signed(g.start), "end": grouped_signed(g.reads) }))
                .collect()
        });
        if rows.is_empty() && pinned.is_none() && gauges.is_none() {
            return None;
        }
        let of: usize = rows.iter().map(|(_, count)| count).sum();
        let listed: Vec<_> = rows.iter().map(|(text, count)| {
            serde_json::json!({ "text": text, "count": count, "percent": count * 100 / of.max(1) })
        }).collect();
        let says =
            last.filter(|_| !rows.is_empty()).map(|settled| prose_html(&settled.says)).unwrap_or_default();
        Some(serde_json::json!({
            "says_html": says, "rows": if of < FEW { Vec::new() } else { listed }, "of": of,
            "few": of > 0 && of < FEW, "words": pinned, "gauges": gauges,
        }))
    }

    /// Answers to a question that is settled, with how many gave each: the votes of a team, or the answers of
    /// all who play alone.
    fn distribution(&self, team: TeamId, question: QuestionId) -> Vec<(String, usize)> {
        let Some(run) = self.run(team) else { return Vec::new() };
        let mut counts: Vec<(&Answer, usize)> = Vec::new();
        let mut count = |answer| match counts.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, known)) => *known += 1,
            None => counts.push((answer, 1)),
        };
        if self.room.terms.way.alone() {
            self.runs.iter().filter_map(|run| run.answer_to(question)).for_each(&mut count);
        } else {
            let votes = self.ballot(team, question).map(Ballot::votes).unwrap_or_default();
            votes.iter().map(|vote| &vote.vote.answer).for_each(&mut count);
        }
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let words = self.words_for(run, question);
        counts.into_iter().map(|(answer, n)| (words(answer), n)).collect()
    }

    /// How answers to a question read, although it is settled.
    fn words_for(&self, run: &Run<C>, question: QuestionId) -> impl Fn(&Answer) -> String {
        let mut view = TraineeView::new(self.scenario);
        let opened = |fact: &&crate::engine::Fact| matches!(&fact.what, What::Opened { question: q, .. } if *q == question);
        let until = run.drill.facts().iter().position(|fact| opened(&fact));
        for fact in run.drill.facts().iter().take(until.map_or(0, |at| at + 1)) {
            view.fold(self.scenario, fact);
        }
        let asked = view.question(question).cloned();
        move |answer| asked.as_ref().map(|q| q.in_words(answer)).unwrap_or_default()
    }
}
