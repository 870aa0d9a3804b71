//! The timeline: what reached the trainee, what was decided, what was looked at and done, and the clock.

use tr::tr;

use super::super::decision::{Decision, Of, Standing};
use super::super::happened::{Lane, Mark};
use super::super::owed::Spread;
use super::super::words::{capital, length};
use super::ended_by;
use super::played::Played;
use super::teller::Teller;
use crate::engine::{Fact, PauseCause, What};
use crate::scenario::{InjectId, InjectKind, SimTime, clean};
use crate::speech::noted;

/// The kind of a line that was noted.
pub(super) const LINE: &str = noted!("line in the incident log");

pub(in crate::debrief) fn timeline(
    teller: &Teller<'_>,
    played: &Played<'_>,
    facts: &[Fact],
    (decisions, spreads): (&[Decision], &[Spread]),
) -> Vec<Mark> {
    let mut story = Story { teller, played, marks: Vec::new(), messages: 0, work: 0 };
    for fact in facts {
        story.tell(fact);
    }
    let mut marks = story.marks;
    for decision in decisions {
        marks.extend(of_decision(decision));
    }
    marks.extend(
        spreads.iter().enumerate().filter_map(|(row, spread)| story_of_spread(teller, played, row, spread)),
    );
    // At the same moment what arrived stands before what was decided, and the clock frames both.
    marks.sort_by_key(|mark| (mark.at.second, mark.lane == Lane::Decided, mark.title.starts_with("ENDEX")));
    marks
}

/// A decision, and the calls before it that it revised.
fn of_decision(decision: &Decision) -> Vec<Mark> {
    let kind = match decision.of {
        Of::Question => noted!("decision"),
        // What was done unasked stands on the lane of work already.
        Of::Action => return Vec::new(),
        Of::Checkpoint if decision.standing != Standing::Lapsed => return Vec::new(),
        // What was owed has a table of its own.
        Of::Duty => return Vec::new(),
        Of::Checkpoint => noted!("expected action, missed"),
    };
    let mark = |at: &super::super::model::Moment, kind: &str, standing| Mark {
        at: at.clone(),
        until: None,
        lane: Lane::Decided,
        label: decision.number.to_string(),
        kind: kind.into(),
        title: capital(&decision.title),
        standing,
        assistance: false,
    };
    let revised = noted!("decision, revised later");
    let mut marks: Vec<Mark> = decision.earlier.iter().map(|call| mark(&call.at, revised, None)).collect();
    marks.push(mark(&decision.at, kind, Some(decision.standing)));
    marks
}

/// A spread that began, from its beginning to its end.
fn story_of_spread(teller: &Teller<'_>, played: &Played<'_>, row: usize, spread: &Spread) -> Option<Mark> {
    Some(Mark {
        at: spread.began.clone()?,
        until: Some(spread.until.clone().unwrap_or_else(|| teller.moment(played.end))),
        lane: Lane::World,
        label: format!("s{}", row + 1),
        kind: noted!("spread").into(),
        title: capital(&spread.label),
        standing: None,
        assistance: false,
    })
}

fn stopped(cause: PauseCause) -> String {
    match cause {
        PauseCause::Asked => tr!("The clock stopped: you asked"),
        PauseCause::ClockGap => tr!("The clock stopped: the machine had been asleep, or its clock was set"),
        PauseCause::Interrupted => tr!("The clock stopped: the program had stopped"),
        PauseCause::Answers => tr!("The clock stopped: from here on an answers file decided"),
        PauseCause::Retry => tr!("The clock stopped: from here on it is a retry"),
        PauseCause::Trainer => tr!("The clock stopped: the trainer stopped it"),
        PauseCause::RealEvent => tr!("The clock stopped: something happened in earnest"),
    }
}

struct Story<'t> {
    teller: &'t Teller<'t>,
    played: &'t Played<'t>,
    marks: Vec<Mark>,
    messages: u32,
    work: u32,
}

impl Story<'_> {
    fn tell(&mut self, fact: &Fact) {
        let teller = self.teller;
        match &fact.what {
            What::Started { .. } => self.clock(fact.at, tr!("STARTEX: the exercise begins")),
            What::Delivered(inject) => {
                let inject = teller.scenario.inject(*inject);
                let (kind, title) = teller.message(inject);
                self.messages += 1;
                let label = format!("m{}", self.messages);
                let assistance = matches!(inject.kind, InjectKind::Contingency);
                let mark = self.mark(fact.at, Lane::Reached, kind, title);
                self.marks.push(Mark { label, assistance, ..mark });
            }
            What::Begun { action, until } => {
                let label = teller.fill(&teller.scenario.action(*action).label);
                self.work(fact.at, Some(*until), noted!("action"), label);
            }
            What::Examining { evidence, until } => {
                let title = teller.fill(&teller.scenario.artefact(*evidence).title);
                self.work(fact.at, Some(*until), noted!("evidence"), title);
            }
            What::Noted(line) => self.work(fact.at, None, LINE, clean(line)),
            What::Hinted { question, .. } => {
                let asked = teller.asked(&teller.scenario.question(*question).says);
                self.work(fact.at, None, noted!("hint"), asked);
            }
            What::Closed(question) => {
                let asked = teller.asked(&teller.scenario.question(*question).says);
                self.clock(fact.at, tr!("No longer asked: {0}", asked));
            }
            What::Paused(cause) => self.clock(fact.at, stopped(*cause)),
            What::Resumed => self.clock(fact.at, tr!("The clock went on")),
            What::Ended { cause, .. } => {
                self.clock(fact.at, tr!("ENDEX, its end: {0}", ended_by(teller, *cause)))
            }
            What::Fired(_)
            | What::Held(_)
            | What::Released(_)
            | What::Skipped(_)
            | What::Extended { granted: Some(_), .. } => self.steered(fact),
            // Decisions are told by what they were worth; the rest nobody saw, or is told by a gauge.
            What::Opened { .. }
            | What::Answered { .. }
            | What::Lapsed(_)
            | What::Met(_)
            | What::Missed(_)
            | What::Known(_)
            | What::Scheduled { .. }
            | What::Awaited { .. }
            | What::Again { .. }
            | What::Absent(_)
            | What::Spread { .. }
            | What::Duty { .. }
            | What::Withheld(_)
            | What::Cancelled(_)
            | What::Extended { granted: None, .. }
            | What::Did(_)
            | What::Examined(_)
            | What::Revealed(_)
            | What::Moved { .. } => {}
        }
    }

    fn mark(&self, at: SimTime, lane: Lane, kind: &str, title: String) -> Mark {
        Mark {
            at: self.teller.moment(at),
            until: None,
            lane,
            label: String::new(),
            kind: kind.into(),
            title,
            standing: None,
            assistance: false,
        }
    }

    /// What the trainer did with the drill.
    #[expect(clippy::wildcard_enum_match_arm, reason = "`tell` lists the kinds that come here")]
    fn steered(&mut self, fact: &Fact) {
        let teller = self.teller;
        let what = |inject: InjectId| teller.message(teller.scenario.inject(inject)).1;
        let title = match &fact.what {
            What::Fired(inject) => tr!("The trainer sent: {0}", what(*inject)),
            What::Held(inject) => tr!("The trainer held back: {0}", what(*inject)),
            What::Released(inject) => tr!("The trainer released: {0}", what(*inject)),
            What::Skipped(inject) => tr!("The trainer left out: {0}", what(*inject)),
            What::Extended { question, granted: Some(more), .. } => {
                let asked = teller.asked(&teller.scenario.question(*question).says);
                tr!("The trainer gave {0} of drill time more: {1}", length(more.0), asked)
            }
            _ => return,
        };
        let mark = self.mark(fact.at, Lane::Clock, noted!("trainer"), title);
        self.marks.push(mark);
    }

    fn clock(&mut self, at: SimTime, title: String) {
        let mark = self.mark(at, Lane::Clock, noted!("clock"), title);
        self.marks.push(mark);
    }

    /// Work that ENDEX cut short ends there.
    fn work(&mut self, at: SimTime, until: Option<SimTime>, kind: &str, title: String) {
        self.work += 1;
        let until = until.map(|until| self.teller.moment(until.min(self.played.end)));
        let mark = Mark { label: format!("a{}", self.work), until, ..self.mark(at, Lane::Done, kind, title) };
        self.marks.push(mark);
    }
}
