//! The run of show on the console: what has come, what comes next, what is kept in reserve, what is expected.

use super::super::data::Data;
use super::super::frame::{BlockId, Kind, Next};
use super::Desk;
use super::run::Run;
use super::sent::begins;
use super::show::seats;
use crate::debrief::prose_html;
use crate::drill::{Clock, TraineeView};
use crate::engine::{Delivery, Phase, State, What, closing};
use crate::scenario::{
    Ask, Channel, Checkpoint, Choice, Effect, Inject, InjectId, InjectKind, Question, SimTime, Trigger,
    TruthId, clean,
};
use tr::tr;

impl<C: Clock> Desk<C> {
    /// The run of show: a step for each inject and each expected action, over all teams.
    pub(super) fn steps(&self, next: &mut Next<'_>) {
        let Some(run) = self.shown().and_then(|team| self.run(team)) else { return };
        let state = run.drill.state();
        let injects = || self.scenario.injects.iter().enumerate();
        let due = |(row, inject): &(usize, &Inject)| due(&state.injects[*row]).or(planned(state, inject));
        let coming = injects().filter(|step| !is_checkpoint(step.1) && due(step).is_some());
        let soonest = coming.min_by_key(due).map(|(row, _)| row);
        let Some(view) = run.whole() else { return };
        let reached = self.reached();
        for (row, inject) in self.scenario.injects.iter().enumerate() {
            let (at, values) = match &inject.kind {
                InjectKind::Checkpoint(checkpoint) => {
                    self.expectation(run, view, (row, &reached[row]), checkpoint)
                }
                InjectKind::Contextual | InjectKind::Contingency => {
                    self.step(run, view, (row, &reached[row]), inject, soonest == Some(row))
                }
            };
            next.set(BlockId(Kind::Step, row as u32), at, Data::Plain("step", "s", values));
        }
    }

    fn step(
        &self,
        run: &Run<C>,
        view: &TraineeView,
        (row, (have, reached)): (usize, &(usize, String)),
        inject: &Inject,
        soonest: bool,
    ) -> ((&'static str, u64), serde_json::Value) {
        let id = InjectId::of(row);
        let came = view.inbox.iter().rev().find(|message| message.inject == id);
        let mut stands = Stands::of(run.drill.state(), row, inject, came.map(|message| message.at), soonest);
        if stands.word == "skipped" && !run.drill.facts().iter().any(|fact| fact.what == What::Skipped(id)) {
            stands.word = "undue";
        }
        // Of those who play alone the foremost may never get what others have.
        if matches!(stands.word, "undue" | "shelf") && *have > 0 {
            stands.word = "past";
        }
        let heading = inject.via.as_ref().map(|via| view.heading(self.scenario, via));
        let (channel, from) =
            heading.map_or_else(Default::default, |heading| (heading.channel, heading.from));
        let values = serde_json::json!({
            "state": stands.word, "when": stands.when(view), "due": stands.due.filter(|_| run.begun()).map(|at| at.0),
            "title": self.show.titles[row], "name": inject.name.as_str(), "channel": channel, "from": from, "to": seats(self.scenario, inject.seats), "team": "",
            "body_html": self.show.bodies[row], "asks": self.asks(run, inject),
            "reached": reached,
            "can": stands.can(run.drill.state().running() && !self.room.stopped && !self.room.closed),
        });
        ((stands.place(), stands.order(row)), values)
    }

    /// What a step is called: by its headline where people read one, else by how it begins.
    pub(super) fn title(&self, run: &Run<C>, inject: &Inject) -> String {
        let headline = inject.via.as_ref().and_then(|via| match via {
            Channel::Mail { subject, .. } | Channel::Letter { subject, .. } => Some(subject),
            Channel::News { headline, .. } => Some(headline),
            Channel::Chat { .. }
            | Channel::Call { .. }
            | Channel::Ticket { .. }
            | Channel::Alert { .. }
            | Channel::Post { .. }
            | Channel::Desk { .. } => None,
        });
        let headline = headline.map(|text| self.filled(run, text)).map(|text| clean(&text));
        // Before STARTEX nobody knows what stands in a slot.
        let known = |text: &String| !text.is_empty() && !text.contains('{');
        let begins = || Some(begins(&self.filled(run, &inject.body))).filter(known);
        let title = headline.filter(known).or_else(begins);
        title.unwrap_or_else(|| inject.name.as_str().replace('-', " "))
    }

    /// Of each inject: how many drills have it, or have met it, and that in words; empty where there is one drill only.
    fn reached(&self) -> Vec<(usize, String)> {
        let mut reached = vec![0_usize; self.scenario.injects.len()];
        let mut begun = 0;
        for run in self.runs.iter().filter(|run| run.begun()) {
            begun += 1;
            for (count, delivery) in reached.iter_mut().zip(&run.drill.state().injects) {
                let there = matches!(delivery, Delivery::Delivered | Delivery::Again { .. } | Delivery::Met);
                *count += usize::from(there);
            }
        }
        let said =
            |n: usize| if begun < 2 { String::new() } else { tr!("{n} of {of} have it", n, of = begun) };
        reached.into_iter().map(|n| (n, said(n))).collect()
    }

    /// What an inject asks of people, and what the script takes for best where that is a choice.
    #[expect(clippy::wildcard_enum_match_arm, reason = "one kind of effect is looked for")]
    fn asks(&self, run: &Run<C>, inject: &Inject) -> Vec<serde_json::Value> {
        let asked = inject.then.iter().filter_map(|effect| match effect {
            Effect::Ask(question) => Some(self.scenario.question(*question)),
            _ => None,
        });
        asked
            .map(|question| {
                let truth = run.drill.state().truth;
                let best: Vec<String> =
                    best(question, truth).into_iter().map(|choice| self.filled(run, choice)).collect();
                let says = self.filled(run, &question.says);
                serde_json::json!({ "says_html": prose_html(&says), "best": best.join("; ") })
            })
            .collect()
    }

    /// Something that the script expects of people within a window.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what is neither met nor missed is open still")]
    fn expectation(
        &self,
        run: &Run<C>,
        view: &TraineeView,
        (row, (_, reached)): (usize, &(usize, String)),
        checkpoint: &Checkpoint,
    ) -> ((&'static str, u64), serde_json::Value) {
        let state = run.drill.state();
        let closes = match state.phase {
            Phase::Running(settings) => closing(checkpoint, settings),
            Phase::Before | Phase::Over(..) => checkpoint.closes,
        };
        let (word, place) = match state.injects[row] {
            Delivery::Met => ("met", "past"),
            Delivery::Missed => ("missed", "past"),
            // What could still have been done counts neither way, on the console as in the debrief.
            _ if state.over() && state.at < closes => ("unsettled", "past"),
            _ if state.over() => ("missed", "past"),
            _ if run.begun() && state.at >= checkpoint.opens => ("expected", "steps"),
            _ => ("expected", "later"),
        };
        let settled = |fact: &&crate::engine::Fact| matches!(fact.what, What::Met(id) | What::Missed(id) if id == InjectId::of(row));
        let at = run.drill.facts().iter().rev().find(settled).map(|fact| fact.at);
        let when = match at {
            Some(at) => view.clock(at),
            None if closes == SimTime::NEVER => tr!("from {time}", time = view.clock(checkpoint.opens)),
            None => format!("{}–{}", view.clock(checkpoint.opens), view.clock(closes)),
        };
        let values = serde_json::json!({
            "state": word, "when": when, "due": null, "title": self.filled(run, &checkpoint.expects), "name": "", "channel": "",
            "from": "", "to": "", "team": "", "body_html": "", "asks": [],
            "reached": reached,
            "can": { "fire": false, "hold": false, "release": false, "skip": false, "resend": false },
        });
        // What comes is above what is expected meanwhile.
        let rank = if place == "steps" { 3 } else { 2 };
        let order = rank << 50 | u64::from(at.unwrap_or(checkpoint.opens).0) << 16 | row as u64;
        ((place, order), values)
    }
}

/// The choices that earn most while a truth is in force, where one or several are to be chosen.
fn best(question: &Question, truth: Option<TruthId>) -> Vec<&str> {
    let choices = question.choices.iter();
    match question.ask {
        Ask::ChooseOne => {
            let credit = |choice: &Choice| {
                let own = choice.by_truth.iter().find(|(of, _)| Some(*of) == truth);
                own.map_or(choice.credit, |(_, credit)| *credit)
            };
            let most = choices.clone().map(credit).max();
            choices.filter(|choice| Some(credit(choice)) == most).map(|choice| choice.says.as_str()).collect()
        }
        Ask::ChooseSeveral => {
            choices.filter(|choice| choice.right).map(|choice| choice.says.as_str()).collect()
        }
        Ask::Triage(_)
        | Ask::Categorize(_)
        | Ask::PutInOrder { .. }
        | Ask::Estimate(_)
        | Ask::Assign(_)
        | Ask::Notify(_)
        | Ask::Record { .. }
        | Ask::Reflect { .. } => Vec::new(),
    }
}

/// When an inject will come, before STARTEX: nothing is on the clock then, and the script says what will be.
fn planned(state: &State, inject: &Inject) -> Option<SimTime> {
    match inject.trigger {
        Trigger::At(at) if state.phase == Phase::Before => Some(at),
        Trigger::At(_) | Trigger::After(..) | Trigger::When | Trigger::Effect => None,
    }
}

/// Whether nothing is delivered by it.
const fn is_checkpoint(inject: &Inject) -> bool {
    matches!(inject.kind, InjectKind::Checkpoint(_))
}

/// Where an inject stands in the run of show.
struct Stands {
    word: &'static str,
    due: Option<SimTime>,
    came: Option<SimTime>,
}

impl Stands {
    fn of(state: &State, row: usize, inject: &Inject, came: Option<SimTime>, soonest: bool) -> Self {
        let planned = planned(state, inject);
        let due = due(&state.injects[row]).or(planned).filter(|_| !state.over());
        let word = match state.injects[row] {
            Delivery::Held(_) | Delivery::Due(_) | Delivery::Awaited(_) if state.over() => "undue",
            Delivery::Held(_) => "held",
            Delivery::Due(_) if soonest => "next",
            Delivery::Due(_) => "future",
            Delivery::Awaited(_) => "waiting",
            Delivery::Idle if planned.is_some() && soonest => "next",
            Delivery::Idle if planned.is_some() => "future",
            Delivery::Idle => "shelf",
            Delivery::Delivered | Delivery::Again { .. } | Delivery::Met => "past",
            Delivery::Gone | Delivery::Missed => "skipped",
        };
        Self { word, due: due.filter(|at| *at != SimTime::NEVER), came }
    }

    fn when(&self, view: &TraineeView) -> String {
        match self.came.or(self.due) {
            Some(at) => view.clock(at),
            None if matches!(self.word, "skipped" | "undue" | "past") => String::new(),
            None => tr!("when it is called for"),
        }
    }

    /// In which list of the console it stands.
    const fn place(&self) -> &'static str {
        match self.word.as_bytes() {
            b"shelf" => "shelf",
            b"past" | b"skipped" | b"undue" => "past",
            b"next" | b"held" => "steps",
            _ => "later",
        }
    }

    /// What comes next stands on top, whatever is held right below.
    fn order(&self, row: usize) -> u64 {
        // What was skipped has no moment, and stands below what has come.
        let never = if matches!(self.word, "skipped" | "undue" | "past") { 0 } else { u64::from(u32::MAX) };
        let at = self.came.or(self.due).map_or(never, |at| u64::from(at.0));
        let rank = match self.word {
            "next" => 0,
            // What never came stands below what did.
            "held" | "skipped" | "undue" => 1,
            _ => 2,
        };
        rank << 50 | at << 16 | row as u64
    }

    /// What the trainer can do with it: nothing before STARTEX, in a halt and after ENDEX.
    fn can(&self, steered: bool) -> serde_json::Value {
        let waits = steered && matches!(self.word, "next" | "future" | "waiting" | "shelf");
        serde_json::json!({
            "fire": waits, "hold": waits && self.word != "shelf", "release": steered && self.word == "held",
            "skip": waits || (steered && self.word == "held"), "resend": steered && self.word == "past",
        })
    }
}

fn due(delivery: &Delivery) -> Option<SimTime> {
    match delivery {
        Delivery::Due(at) | Delivery::Awaited(at) | Delivery::Held(at) => Some(*at),
        Delivery::Again { due, .. } => Some(*due),
        Delivery::Idle | Delivery::Delivered | Delivery::Gone | Delivery::Met | Delivery::Missed => None,
    }
}
