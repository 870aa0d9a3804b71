//! The trainer's console as it stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::data::Data;
use super::super::frame::{BlockId, Kind, Next, Now, seconds_of_day};
use super::Desk;
use super::run::Run;
use crate::debrief::Rating as Said;
use crate::debrief::prose_html;
use crate::drill::Clock;
use crate::engine::{Asked, What};
use crate::room::{Member, Presence, TeamId, Way};
use crate::scenario::{Calendar, SimTime, Stage};
use crate::score::Rating;
use crate::speech::{label, speaking};
use tr::tr;

/// People that the console lists.
const PEOPLE: usize = 400;

/// How fast the console offers to let drill time pass.
const PACES: [u16; 6] = [1, 6, 12, 20, 30, 60];

impl<C: Clock> Desk<C> {
    /// Publishes the console.
    pub(super) fn publish_console(&mut self) {
        let language = self.language;
        self.fold_whole();
        let before = self.trainer.borrow().clone();
        let frame = speaking(language, || {
            let mut next = Next::after(&before, self.page);
            self.steps(&mut next);
            self.sent(&mut next);
            self.questions(&mut next);
            self.people(&mut next);
            next.set(BlockId(Kind::Clock, 0), ("clock", 0), Data::Plain("clock", "c", self.clockwork()));
            let observed = self.observed();
            next.set(
                BlockId(Kind::Observations, 0),
                ("observations", 0),
                Data::Plain("observations", "o", observed),
            );
            if let Some(washed) = self.hot_washed() {
                next.set(BlockId(Kind::Washed, 0), ("washed", 0), Data::Plain("washed", "w", washed));
            }
            next.done(self.room_now())
        });
        if let Some(frame) = frame {
            self.observer.send_replace(Arc::new(frame.only(&[Kind::Step, Kind::Sent, Kind::Observations])));
            self.trainer.send_replace(Arc::new(frame));
        }
    }

    /// Folds what the trainer's screens show: every team's drill, or, of those whom each plays alone, the foremost.
    fn fold_whole(&mut self) {
        let alone = self.room.terms.way.alone();
        let foremost = self.shown();
        for (n, run) in (1..).zip(&mut self.runs) {
            if !alone || foremost == Some(TeamId(n)) {
                speaking(self.language, || run.fold_whole());
            }
        }
        let Some(run) = foremost.and_then(|team| self.run(team)) else { return };
        let started = run.drill.facts().first().map(|fact| &fact.what);
        if self.show.bodies.is_empty() || self.show.started.as_ref() != started {
            let injects = self.scenario.injects.iter();
            let bodies = injects.map(|inject| prose_html(&self.filled(run, &inject.body))).collect();
            let titles = self.scenario.injects.iter().map(|inject| self.title(run, inject)).collect();
            self.show = Told { started: started.cloned(), bodies, titles };
        }
    }

    /// The run whose clock stands for the room's: the furthest.
    pub(super) fn foremost(&self) -> Option<(TeamId, &Run<C>)> {
        let teams = (1..).map(TeamId).zip(&self.runs);
        let peopled = teams.filter(|(team, _)| self.room.members_of(*team).next().is_some());
        peopled.max_by_key(|(team, run)| (run.drill.state().running(), run.now(), std::cmp::Reverse(*team)))
    }

    /// The drill by which the run of show is told: the foremost, or, while nobody is there, the first.
    pub(super) fn shown(&self) -> Option<TeamId> {
        let first = (!self.runs.is_empty()).then_some(TeamId(1));
        self.foremost().map(|(team, _)| team).or(first)
    }

    pub(super) fn room_now(&self) -> Now {
        let calendar = Calendar::of(self.scenario);
        let startex = seconds_of_day(&calendar.clock(SimTime::ZERO));
        let waiting = Some(tr!("The exercise has not begun."));
        let Some((_, run)) = self.foremost() else {
            return Now { startex, date: calendar.date(SimTime::ZERO), waiting, ..Now::before() };
        };
        let (state, at) = (run.drill.state(), run.now());
        Now {
            at,
            startex,
            date: calendar.date(at),
            running: run.running(),
            pace: run.pace,
            paused: state.paused.filter(|_| self.room.stopped || !state.over()).map(|_| {
                match (self.room.stopped, self.room.terms.way) {
                    (true, _) => tr!("Halted for a real event, on every page."),
                    (false, Way::OwnTime) => {
                        tr!("Each plays by their own clock; this one is of the drill that has come furthest.")
                    }
                    (false, Way::Together | Way::SideBySide) => tr!("The clock stands still."),
                }
            }),
            stopped: self.room.stopped,
            over: state.over(),
            busy: None,
            waiting: waiting.filter(|_| !run.begun()),
        }
    }

    /// A text of the script as it reads in a run.
    pub(super) fn filled(&self, run: &Run<C>, text: &str) -> String {
        // STARTEX is the first fact of every drill.
        match run.drill.facts().first().map(|fact| &fact.what) {
            Some(What::Started { picks, .. }) => self.scenario.fill(text, picks).into_owned(),
            _ => text.to_owned(),
        }
    }

    fn people(&self, next: &mut Next<'_>) {
        for member in self.room.members.iter().take(PEOPLE) {
            let values = self.person(member);
            let order = u64::from(member.team.0) << 32 | u64::from(member.id.0);
            next.set(BlockId(Kind::Seat, member.id.0), ("seats", order), Data::Plain("seat", "p", values));
        }
    }

    fn person(&self, member: &Member) -> serde_json::Value {
        let of = self.room.team(member.team);
        let team = of.map(|of| of.name.clone()).filter(|name| !name.is_empty() && self.room.teams.len() > 1);
        let place: Vec<String> = team
            .into_iter()
            .chain([seats(self.scenario, member.seats)])
            .filter(|part| !part.is_empty())
            .collect();
        let alone = self.room.terms.way.alone();
        let leads = !alone && self.room.leads(member.id);
        let gone = member.presence == Presence::Removed;
        let factor = super::cards::said_factor(member.factor);
        serde_json::json!({
            "name": member.name, "place": place.join(" · "),
            "presence": match member.presence {
                Presence::Here => "here", Presence::Away => "away", Presence::Removed => "removed",
            },
            "lead": leads, "answered": self.answered(member), "open": self.stands(member), "factor": factor,
            "can": { "lead": !alone && !leads && !gone, "remove": !gone, "readmit": gone },
        })
    }

    /// How many of the questions that were asked of somebody alone are answered.
    fn answered(&self, member: &Member) -> String {
        let Some(run) = self.run(member.team).filter(|_| self.room.terms.way.alone()) else {
            return String::new();
        };
        let asked = run.drill.state().questions.iter().filter(|q| !matches!(q, Asked::Idle | Asked::Closed));
        let answered = asked.clone().filter(|q| matches!(q, Asked::Answered { .. })).count();
        match asked.count() {
            0 => String::new(),
            of => tr!("{answered} of {of}", answered, of),
        }
    }

    /// How the drill of somebody stands who plays in their own time.
    fn stands(&self, member: &Member) -> String {
        let own = self.room.terms.way == Way::OwnTime;
        let Some(run) = self.run(member.team).filter(|_| own) else { return String::new() };
        let state = run.drill.state();
        match (run.begun(), state.over(), state.paused.is_some()) {
            (false, ..) => tr!("not begun"),
            (true, true, _) => tr!("over"),
            (true, false, true) => tr!("paused"),
            (true, false, false) => tr!("playing"),
        }
    }

    /// The paces on offer, the script's own among them.
    fn paces(&self) -> Vec<u16> {
        let all: BTreeSet<u16> = PACES.into_iter().chain([self.scenario.clock.pace]).collect();
        all.into_iter().collect()
    }

    fn clockwork(&self) -> serde_json::Value {
        let runs = || self.runs.iter().filter(|run| run.begun());
        let started = runs().next().is_some();
        let own = self.room.terms.way == Way::OwnTime;
        let over = started && runs().all(|run| run.drill.state().over()) && !own;
        let running = runs().any(Run::running);
        // Who plays alone and stopped their own clock lets it go on.
        let stands = |run: &Run<C>| run.drill.state().paused.is_some_and(|cause| !own || cause.of_trainer());
        let held = runs().any(|run| !run.drill.state().over() && stands(run));
        let pace = self.room.terms.pace;
        let teams: Vec<_> = if self.room.terms.way.alone() || self.runs.len() < 2 {
            Vec::new()
        } else {
            (1..)
                .zip(&self.runs)
                .map(|(n, run)| {
                    serde_json::json!({
                        "n": n, "name": self.room.teams[n - 1].name, "running": run.running(),
                        "over": run.drill.state().over(), "pace": run.pace.unwrap_or(1),
                    })
                })
                .collect()
        };
        let late = if self.room.terms.rehearsal {
            tr!("A rehearsal: simulated trainees are in the room, and nobody is judged.")
        } else {
            String::new()
        };
        serde_json::json!({
            "started": started || own, "running": running, "held": held, "over": over, "stopped": self.room.stopped, "own": own,
            "locked": self.room.locked, "closed": self.room.closed, "released": self.room.released,
            "pace": pace.unwrap_or(0), "paces": if pace.is_some() { self.paces() } else { Vec::new() },
            "here": self.room.here(),
            "members": self.room.members.iter().filter(|m| m.presence != Presence::Removed).count(),
            "teams": teams, "late": late,
        })
    }

    fn observed(&self) -> serde_json::Value {
        let calendar = Calendar::of(self.scenario);
        let team_name = |team: Option<TeamId>| {
            let of = team.and_then(|team| self.room.team(team)).filter(|_| self.room.teams.len() > 1);
            of.map(|of| of.name.clone()).unwrap_or_default()
        };
        let notes: Vec<_> = self.room.observations.iter().rev().take(50).map(|note| {
            serde_json::json!({ "clock": calendar.clock(note.at), "team": team_name(note.team), "says": note.says })
        }).collect();
        let exercised: Vec<Stage> = Stage::ALL
            .into_iter()
            .filter(|stage| self.scenario.questions.iter().any(|q| q.stage == *stage))
            .collect();
        let table = |team: Option<TeamId>, name: String| {
            let stages: Vec<_> = exercised
                .iter()
                .map(|stage| {
                    let key = Stage::ALL.iter().position(|other| other == stage);
                    let mark = self
                        .room
                        .marks
                        .get(&(team, *stage))
                        .map_or("", |rating| Said::from(*rating).letter());
                    serde_json::json!({ "key": key, "label": label(stage.label()), "mark": mark })
                })
                .collect();
            let team = team.map(|team| team.0.to_string()).unwrap_or_default();
            serde_json::json!({ "team": team, "name": name, "stages": stages })
        };
        let several = !self.room.terms.way.alone() && self.room.teams.len() > 1;
        let tables: Vec<_> = if several {
            (1..).map(TeamId).zip(&self.room.teams).map(|(id, of)| table(Some(id), of.name.clone())).collect()
        } else {
            vec![table(None, tr!("the room"))]
        };
        let said = |said: Said| serde_json::json!({ "letter": said.letter(), "says": label(said.words()) });
        let ratings: Vec<_> = Rating::ALL.into_iter().map(|rating| said(rating.into())).collect();
        serde_json::json!({ "notes": notes, "ratings": ratings, "tables": tables })
    }
}

/// What the run of show tells of each inject, as it reads in a drill that began like this.
#[derive(Debug, Default)]
pub(super) struct Told {
    started: Option<What>,
    pub(super) bodies: Vec<String>,
    pub(super) titles: Vec<String>,
}

/// Seats by their names.
pub(super) fn seats(scenario: &crate::scenario::Scenario, seats: crate::scenario::SeatSet) -> String {
    let labels: Vec<&str> = seats.iter().map(|seat| scenario.seat(seat).label.as_str()).collect();
    labels.join(", ")
}
