//! Whose time it is: how long somebody wants for what is asked, and time that passes only when it is let pass.

use super::Desk;
use super::run::Run;
use crate::drill::{Clock, Pace};
use crate::engine::{Refusal, Seed, Settings};
use crate::room::{Cause, Member, RoomFact, RoomRefusal, TeamId, Way};
use crate::speech::speaking;

impl<C: Clock> Desk<C> {
    /// Somebody wants more time, or less, for what will be asked of them; nobody else is told.
    pub(super) fn stretch(&mut self, member: &Member, factor: Option<u16>) -> Result<(), RoomRefusal> {
        let terms = &self.room.terms;
        // A team has one clock, and without a limit one has to let time pass alone.
        let offered = match terms.way {
            Way::Together => false,
            Way::SideBySide => factor.is_some(),
            Way::OwnTime => true,
        };
        let sound = factor.is_none_or(|percent| (100..=1_000).contains(&percent));
        if !offered || !sound || terms.pace.is_none() {
            return Err(RoomRefusal::Drill(Refusal::NotAvailable));
        }
        if self.room.team(member.team).is_some_and(|team| team.started) {
            return Err(RoomRefusal::Drill(Refusal::AlreadyStarted));
        }
        if member.factor != factor {
            self.happened(member.team, RoomFact::Stretched { member: member.id, factor });
        }
        Ok(())
    }

    /// STARTEX of one drill, with windows as long as `factor` says; none if nothing is to lapse.
    pub(super) fn start(
        &mut self,
        team: TeamId,
        cause: Cause,
        factor: Option<u16>,
    ) -> Result<(), RoomRefusal> {
        let terms = &self.room.terms;
        let settings = Settings {
            seed: Seed(terms.seed),
            untimed: terms.pace.is_none() || factor.is_none(),
            factor: factor.unwrap_or(100),
            seats: if terms.way.alone() { self.scenario.all_seats() } else { self.taken(team) },
        };
        let make = self.make_clock;
        if settings.untimed
            && let Some(run) = self.run_mut(team).filter(|run| !run.begun())
        {
            (run.pace, run.clock) = (None, make(run.drill.state().at, Pace::Untimed));
        }
        self.enter(team, cause, &crate::engine::Input::Start(settings))
    }

    /// Where time passes only when it is let pass: it goes on to the next moment at which there is anything to
    /// see, and never by itself to the end.
    pub(super) fn pass_time(&mut self, team: TeamId) -> Result<(), RoomRefusal> {
        let length = self.scenario.clock.length;
        let run = self.run(team).ok_or(RoomRefusal::NoSuchPlace)?;
        if run.pace.is_some() || !run.begun() {
            return Err(RoomRefusal::Drill(Refusal::NotAvailable));
        }
        if !run.running() {
            return Err(RoomRefusal::Drill(Refusal::Paused));
        }
        let seen = self.what_shows(team);
        loop {
            let run = self.run_mut(team).ok_or(RoomRefusal::NoSuchPlace)?;
            let next = run.drill.next_moment_after(run.seen.max(run.now())).filter(|next| *next < length);
            let next = next.ok_or(RoomRefusal::NothingComes)?;
            run.clock.leap(next);
            self.advance_one(team);
            if self.what_shows(team) != seen {
                return Ok(());
            }
        }
    }

    /// Work that was begun where time does not pass by itself is done at once, or until something comes.
    pub(super) fn work(&mut self, team: TeamId) {
        let alone = self.room.terms.way.alone();
        let waits = |run: &Run<C>| alone && run.pace.is_none() && run.drill.state().busy.is_some();
        if self.run(team).is_some_and(waits) {
            // Work that ends after ENDEX is never done, as anywhere.
            let _ = self.pass_time(team);
        }
    }

    /// Everything on a page that time changes.
    fn what_shows(&mut self, team: TeamId) -> [usize; 8] {
        let language = self.language;
        let Some(run) = self.run_mut(team) else { return [0; 8] };
        speaking(language, || run.fold_whole());
        let Some(view) = run.whole() else { return [0; 8] };
        let open = view.open.iter().map(|question| question.id.at() + 1).sum();
        [
            view.inbox.len(),
            view.open.len(),
            open,
            view.settled.len(),
            usize::from(view.busy.is_some()),
            view.duties.iter().filter(|owed| owed.met).count(),
            view.duties.len(),
            usize::from(view.over.is_some()),
        ]
    }
}
