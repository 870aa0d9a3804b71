//! Publishing: what a team's pages show after what has become durable.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::data::{Card, Data, Told, Voting};
use super::super::frame::{BlockId, Kind, Next, Now, by_time};
use super::Desk;
use super::run::Viewpoint;
use crate::drill::{Clock, TraineeView};
use crate::engine::PauseCause;
use crate::room::{Identity, Member, MemberId, Message, RoomRefusal, TeamId, Way};
use crate::scenario::{Channel, QuestionId, SeatSet, SimTime};
use crate::speech::speaking;

impl<C: Clock> Desk<C> {
    /// Publishes every trainee's page on which anything may have changed.
    pub(in crate::host) fn publish_pages(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        let voted = std::mem::take(&mut self.voted);
        if touched.is_empty() && voted.is_empty() {
            return;
        }
        self.stale = true;
        self.turn_page();
        for team in &touched {
            self.publish_team(*team);
        }
        for member in voted {
            self.publish_votes(member);
        }
    }

    /// Whether anything waits for [`Desk::publish_screens`].
    pub(in crate::host) fn is_stale(&self) -> bool {
        self.stale || !self.counted.is_empty()
    }

    /// Publishes what is told now and then only: how many have voted, and the trainer's screens.
    pub(in crate::host) fn publish_screens(&mut self) {
        self.touched.append(&mut self.counted);
        self.publish_pages();
        if std::mem::take(&mut self.stale) {
            self.turn_page();
            self.publish_console();
            self.publish_projector();
        }
    }

    /// Publishes the pages of one team.
    pub(super) fn publish_team(&mut self, team: TeamId) {
        let Some(run) = self.run(team) else { return };
        let viewpoints: Vec<Viewpoint> = run.audiences.iter().map(|audience| audience.from).collect();
        for from in viewpoints {
            speaking(from.language, || self.publish_audience(team, from));
        }
        if self.room.terms.way.alone() {
            return;
        }
        let ballots = self.room.team(team).map(|team| team.ballots.values()).into_iter().flatten();
        let voted: BTreeSet<MemberId> =
            ballots.flat_map(|ballot| ballot.votes().iter().map(|vote| vote.member)).collect();
        voted.into_iter().for_each(|member| self.publish_votes(member));
    }

    /// From where somebody sees their drill.
    pub(super) fn viewpoint(&self, member: &Member) -> Viewpoint {
        Viewpoint {
            seats: member.seats,
            lead: self.room.leads(member.id),
            language: self.language_of(member.id),
        }
    }

    pub(super) fn publish_audience(&mut self, team: TeamId, from: Viewpoint) {
        let Some(run) = self.run_mut(team) else { return };
        run.fold(from);
        let cards = self.cards(team, from);
        let people = self.team_card(team, from);
        let waiting = self.waiting(team, from);
        let own = self.own(team);
        let released = self.room.released || self.room.terms.way == Way::OwnTime;
        let named = self.room.terms.identity == Identity::Named;
        let (page, closed) = (self.page, self.room.closed);
        let now = self.now_of(team, from, waiting.is_some());
        let told = self.told(team, from.seats);
        let wrote = self.wrote(team);
        let scenario = self.scenario;
        let Some(run) = self.runs.get_mut(team.0 as usize - 1) else { return };
        let audience = run.audience(from);
        let view = &audience.view;
        let before = audience.frame.borrow().clone();
        let mut next = Next::after_among(&before, page, &mut self.alike);
        for (card, voting) in cards {
            let id = u32::from(card.question.id.0);
            // Below each there is room for what one voted for, and for how many have.
            // What may be revised stands below what is asked: that has its time.
            let revised = u64::from(card.question.category.is_some()) << 52;
            let order = revised | by_time(card.question.since, card.question.id.0) << 2;
            next.set(BlockId(Kind::Question, id), ("questions", order), Data::Question(Box::new(card)));
            // A block of its own, for it changes while people vote, and the question does not.
            if let Some(voting) = voting {
                next.set(BlockId(Kind::Counted, id), ("questions", order + 2), Data::Counted(voting));
            }
        }
        inbox(&mut next, view, scenario, &told);
        shelf(&mut next, view);
        log(&mut next, view, &wrote);
        if let Some(people) = people {
            next.set(BlockId(Kind::Team, 0), ("team", 0), Data::Plain("team", "g", people));
        }
        if let Some(waiting) = waiting {
            next.set(BlockId(Kind::Waiting, 0), ("top", 0), Data::Plain("waiting", "w", waiting));
        }
        if let Some(own) = own {
            next.set(BlockId(Kind::Own, 0), ("top", 1), Data::Plain("own", "o", own));
        }
        if let Some(over) = &view.over {
            let ending = serde_json::json!({
                "title": over.title, "body_html": crate::debrief::prose_html(&over.says), "debrief": released,
            });
            next.set(BlockId(Kind::Ending, 0), ("top", 2), Data::Plain("ending", "e", ending));
            if !closed {
                let rows = hot_wash(view, scenario).into_iter().enumerate();
                let rows = rows.map(|(n, asks)| serde_json::json!({ "n": n, "asks": asks, "said": "" }));
                let wash = serde_json::json!({ "rows": rows.collect::<Vec<_>>(), "named": named });
                next.set(BlockId(Kind::HotWash, 0), ("top", 3), Data::Plain("hotwash", "w", wash));
            }
        }
        if let Some(frame) = next.done(now) {
            audience.frame.send_replace(Arc::new(frame));
        }
    }

    /// The open questions of an audience, with how the team stands on each.
    fn cards(&self, team: TeamId, from: Viewpoint) -> Vec<(Card, Option<Voting>)> {
        let Some((run, audience)) = self.run(team).and_then(|run| Some((run, run.seen(from)?))) else {
            return Vec::new();
        };
        let view = &audience.view;
        let revisable = view.revisable.iter().filter(|_| view.over.is_none());
        view.open
            .iter()
            .chain(revisable)
            .map(|question| {
                let voting = self.voting(team, question, from.lead);
                let card = Card {
                    until: question.lapses.map_or_else(String::new, |at| view.clock(at)),
                    more_time: question.lapses.is_some() && run.pace.is_some(),
                    vote: voting.is_some(),
                    question: question.clone(),
                };
                (card, voting)
            })
            .collect()
    }

    fn voting(&self, team: TeamId, question: &crate::drill::OpenQuestion, lead: bool) -> Option<Voting> {
        if self.room.terms.way.alone() {
            return None;
        }
        let voters = self.voters(team, question.id);
        let ballot = self.ballot(team, question.id);
        if voters.len() < 2 && ballot.is_none() {
            return None;
        }
        let voted = ballot.map_or(0, |ballot| ballot.standing().count());
        let tallies = ballot.filter(|_| lead && voted > 0).map(|ballot| {
            let rows = ballot.broken_down(voters.len());
            rows.iter().map(|tally| (question.in_words(&tally.answer), tally.members.len())).collect()
        });
        Some(Voting { voted, of: voters.len().max(voted), tallies })
    }

    /// What the trainer sent to these seats, oldest first.
    fn told(&self, team: TeamId, seats: SeatSet) -> Vec<Message> {
        let taken = self.taken(team);
        let mine = seats.or_all();
        let for_us = |message: &&Message| message.to.reaches(team, taken, mine);
        self.room.messages.iter().filter(for_us).cloned().collect()
    }

    /// Who wrote each line of a team's incident log; of one person's own it need not be said.
    fn wrote(&self, team: TeamId) -> Vec<String> {
        let of = self.room.team(team).filter(|_| !self.room.terms.way.alone());
        let name = |whose: &Option<MemberId>| whose.map_or_else(String::new, |whose| self.name(whose));
        of.map(|team| team.wrote.iter().map(name).collect()).unwrap_or_default()
    }

    fn now_of(&self, team: TeamId, from: Viewpoint, lobby: bool) -> Now {
        let Some((run, audience)) = self.run(team).and_then(|run| Some((run, run.seen(from)?))) else {
            return Now::before();
        };
        let view = &audience.view;
        let at = run.now();
        Now {
            at,
            startex: super::super::frame::seconds_of_day(&view.clock(SimTime::ZERO)),
            date: view.date(at),
            running: run.running(),
            pace: run.pace,
            paused: view
                .paused
                .filter(|_| view.over.is_none())
                .map(|cause| why_paused(cause, self.room.stopped, self.room.terms.way)),
            stopped: self.room.stopped,
            over: view.over.is_some(),
            busy: view.busy.as_ref().map(|busy| (busy.label.clone(), busy.until)),
            waiting: (lobby || self.room.closed).then(|| match (self.room.closed, self.room.terms.way) {
                (true, _) => RoomRefusal::Closed.to_string(),
                (false, Way::OwnTime) => tr::tr!("Begin when you are ready."),
                (false, Way::Together | Way::SideBySide) => tr::tr!("The trainer begins the exercise."),
            }),
        }
    }

    /// What somebody voted for, on their own page only.
    fn publish_votes(&mut self, id: MemberId) {
        let Some(member) = self.room.member(id) else { return };
        let Some(team) = self.room.team(member.team) else { return };
        let from = self.viewpoint(member);
        let seen = self.run(member.team).and_then(|run| run.seen(from));
        let open = seen.map(|audience| audience.view.open.iter().chain(&audience.view.revisable));
        let mine = |question: QuestionId| team.ballots.get(&question).and_then(|ballot| ballot.of(id));
        let votes: Vec<(u32, String)> = speaking(from.language, || {
            let open = open.into_iter().flatten();
            open.filter_map(|q| Some((u32::from(q.id.0), q.in_words(&mine(q.id)?.answer)))).collect()
        });
        if let Some(person) = self.people.get(&id) {
            person.follows.send_if_modified(|follows| {
                let changed = follows.votes != votes;
                follows.votes = votes;
                changed
            });
        }
    }
}

/// The second kind of two that share a list comes later, of what came at the same moment.
const LATER: u16 = 0x8000;

/// The questions of the hot wash: the script's own, or the three that every hot wash asks.
pub(super) fn hot_wash(view: &TraineeView, scenario: &crate::scenario::Scenario) -> Vec<String> {
    let own = view.hot_wash(scenario);
    if own.is_empty() { usual_hot_wash() } else { own }
}

/// The three questions that every hot wash asks.
fn usual_hot_wash() -> Vec<String> {
    vec![
        tr::tr!("What went well?"),
        tr::tr!("What should go better next time?"),
        tr::tr!("What will you do, and by when?"),
    ]
}

/// Why the clock stands still, as a trainee reads it.
fn why_paused(cause: PauseCause, stopped: bool, way: Way) -> String {
    if stopped {
        return tr::tr!("STOP. A real event: the exercise is halted. Do what the trainer says.");
    }
    match cause {
        PauseCause::Asked => tr::tr!("You paused the clock."),
        PauseCause::Trainer => tr::tr!("The trainer has paused the exercise."),
        PauseCause::RealEvent => tr::tr!("The exercise was halted for a real event. The trainer will go on."),
        PauseCause::ClockGap | PauseCause::Interrupted if way == Way::OwnTime => {
            tr::tr!("The host was away, so the clock stands still. Go on when you are ready.")
        }
        PauseCause::ClockGap => tr::tr!("The host’s machine was asleep. The trainer will go on."),
        PauseCause::Interrupted => tr::tr!("The host was started again. The trainer will go on."),
        PauseCause::Answers | PauseCause::Retry => tr::tr!("The clock stands still."),
    }
}

fn inbox(next: &mut Next<'_>, view: &TraineeView, scenario: &crate::scenario::Scenario, told: &[Message]) {
    for (n, message) in view.inbox.iter().enumerate() {
        let at = ("inbox", by_time(message.at, n as u16));
        let kind = scenario.inject(message.inject).via.as_ref().map_or("desk", channel);
        // What has come stays as it came, so a moment tells whether it is the same.
        let same = |data: &Data| matches!(data, Data::Message(old, ..) if (old.inject, old.at) == (message.inject, message.at));
        next.put(BlockId(Kind::Message, n as u32), at, same, || {
            Data::Message(Box::new(message.clone()), kind, false)
        });
    }
    for (n, message) in told.iter().enumerate() {
        let at = ("inbox", by_time(message.at, LATER | n as u16));
        let id = BlockId(Kind::Told, n as u32);
        match message.again {
            None => {
                let told = Told {
                    from: message.from.clone(),
                    subject: message.subject.clone(),
                    says: message.says.clone(),
                    clock: view.clock(message.at),
                };
                next.set(id, at, Data::Told(Box::new(told)));
            }
            Some(inject) => {
                let came = view.inbox.iter().rev().find(|m| m.inject == inject);
                if let Some(came) = came {
                    let kind = scenario.inject(inject).via.as_ref().map_or("desk", channel);
                    let again = crate::drill::Message { clock: view.clock(message.at), ..came.clone() };
                    next.set(id, at, Data::Message(Box::new(again), kind, true));
                }
            }
        }
    }
}

fn shelf(next: &mut Next<'_>, view: &TraineeView) {
    let may = view.busy.is_none();
    for (n, artefact) in view.evidence.iter().enumerate() {
        let same =
            |data: &Data| matches!(data, Data::Artefact(old, free) if **old == *artefact && *free == may);
        next.put(BlockId(Kind::Artefact, artefact.id.0.into()), ("evidence", n as u64), same, || {
            Data::Artefact(Box::new(artefact.clone()), may)
        });
    }
    for deed in &view.actions {
        let id = u32::from(deed.id.0);
        let same = |data: &Data| matches!(data, Data::Deed(old, free) if **old == *deed && *free == may);
        next.put(BlockId(Kind::Deed, id), ("actions", id.into()), same, || {
            Data::Deed(Box::new(deed.clone()), may)
        });
    }
    if !view.gauges.is_empty() {
        next.set(BlockId(Kind::Gauges, 0), ("world", 0), Data::Gauges(view.gauges.clone()));
    }
    if !view.duties.is_empty() {
        let owed = view.duties.iter().map(|owed| (owed.clone(), view.clock(owed.since))).collect();
        next.set(BlockId(Kind::Duties, 0), ("world", 1), Data::Duties(owed));
    }
}

fn log(next: &mut Next<'_>, view: &TraineeView, wrote: &[String]) {
    for (n, note) in view.notes.iter().enumerate() {
        let at = ("log", by_time(note.at, n as u16));
        let whose = wrote.get(n).map_or("", String::as_str);
        let same = |data: &Data| matches!(data, Data::Note(old, by) if **old == *note && by == whose);
        next.put(BlockId(Kind::Note, n as u32), at, same, || {
            Data::Note(Box::new(note.clone()), whose.to_owned())
        });
    }
    for (n, settled) in view.settled.iter().enumerate() {
        let at = ("log", by_time(settled.at, LATER | n as u16));
        let same = |data: &Data| matches!(data, Data::Settled(old, _) if **old == *settled);
        next.put(BlockId(Kind::Settled, n as u32), at, same, || {
            Data::Settled(Box::new(settled.clone()), view.clock(settled.at))
        });
    }
}

/// The kind of a channel, as the stylesheet names it.
pub(super) const fn channel(via: &Channel) -> &'static str {
    match via {
        Channel::Mail { .. } => "mail",
        Channel::Chat { .. } => "chat",
        Channel::Call { .. } => "call",
        Channel::Ticket { .. } => "ticket",
        Channel::Alert { .. } => "alert",
        Channel::News { .. } => "news",
        Channel::Post { .. } => "social",
        Channel::Letter { .. } => "letter",
        Channel::Desk { .. } => "desk",
    }
}
