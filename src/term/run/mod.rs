//! The live terminal: one thread, one loop, one reader, one that draws.
//!
//! Each turn lets happen what is due, shows it, and then sleeps in
//! `event::poll` until a key comes or something is due, a quarter of a second
//! at most. Nothing else reads keys or writes to the terminal meanwhile.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crossterm::event::{self, Event};
use crossterm::terminal;
use tr::tr;

use crate::drill::{Clock, Drill, Journal};
use crate::engine::Input;
use crate::term::brief;
use crate::term::hangup::Hangup;
use crate::term::key::Key;
use crate::term::panel::{Panel, Scene, Wish};
use crate::term::raw::Raw;
use crate::term::screen::Screen;
use crate::term::signals::Signals;
use crate::term::story::Entry;
use crate::term::style::Style;
use crate::term::table::{Table, Waited};
use crate::term::{Outcome, Seating, TermError};

/// How long the loop sleeps at most; signals and resizes are noticed then.
const NAP: Duration = Duration::from_millis(250);

/// Lines of the panel while the question waits behind the message it came with.
const FOLDED: usize = 6;

/// Lines that may stay blank below the panel when a question is gone.
const SLACK: usize = 3;

/// Plays a drill live in the terminal, on standard error and standard input.
///
/// # Errors
/// If the journal cannot take a fact, or the terminal fails.
pub fn play_live<J: Journal, C: Clock>(
    drill: &mut Drill<'_, J>,
    clock: &mut C,
    seating: &Seating,
) -> Result<Outcome, TermError> {
    let signals = Signals::watch()?;
    let raw = Raw::take()?;
    let _hangup = Hangup::watch();
    let size = terminal::size().unwrap_or((80, 24));
    let screen = Screen::new(Box::new(io::stderr()), size, seating.style);
    let mut live = Live::new(Table::new(drill, clock), screen, seating.style);
    let outcome = live.play(&raw, &signals, seating);
    let closed = live.screen.close();
    drop(raw);
    let outcome = outcome?;
    closed?;
    Ok(outcome)
}

struct Live<'t, 's, J, C> {
    table: Table<'t, 's, J, C>,
    panel: Panel,
    screen: Screen,
    /// How much of the story is on the screen.
    told: usize,
    /// What is left of the pre-brief.
    unread: VecDeque<Entry>,
    /// How many lines the panel took when a question was last on it; none if there is none.
    asked: Option<usize>,
}

impl<'t, 's, J: Journal, C: Clock> Live<'t, 's, J, C> {
    fn new(table: Table<'t, 's, J, C>, screen: Screen, style: Style) -> Self {
        Self { table, panel: Panel::new(style), screen, told: 0, unread: VecDeque::new(), asked: None }
    }

    fn play(&mut self, raw: &Raw, signals: &Signals, seating: &Seating) -> Result<Outcome, TermError> {
        self.sit_down(seating)?;
        loop {
            self.table.stands(self.panel.standing());
            if self.table.view.started {
                self.table.advance()?;
            }
            if self.show()?
                && let Some(size) = drop_typed_ahead()?
            {
                self.screen.resize(size)?;
                self.show()?;
            }
            if self.table.over() {
                return Ok(Outcome::Ended);
            }
            if signals.told_to_end() {
                self.table.break_off()?;
                return Ok(Outcome::Left);
            }
            if signals.woken() {
                raw.take_again()?;
                self.screen.resize(terminal::size().unwrap_or((80, 24)))?;
            }
            if event::poll(self.nap())?
                && let Some(outcome) = self.take(&event::read()?, seating)?
            {
                return Ok(outcome);
            }
        }
    }

    fn sit_down(&mut self, seating: &Seating) -> Result<(), TermError> {
        if self.table.view.started || !seating.brief {
            self.table.begin(seating.settings)?;
        } else {
            self.unread = brief::entries(self.table.scenario(), seating, true).into();
            self.read_on()?;
        }
        Ok(())
    }

    /// The pre-brief, as much at a time as a screen holds.
    fn read_on(&mut self) -> io::Result<()> {
        let (width, height) = self.screen.size();
        let mut room = height.saturating_sub(6);
        while let Some(entry) = self.unread.pop_front() {
            self.screen.tell(&entry)?;
            let next = self.unread.front().map_or(0, |next| next.lines(width - 1).len() + 1);
            room = room.saturating_sub(entry.lines(width - 1).len() + 1);
            if next > room {
                break;
            }
        }
        self.panel.more_to_read(!self.unread.is_empty());
        Ok(())
    }

    /// Until something is due, or the time on the screen is stale.
    fn nap(&self) -> Duration {
        let due = self.table.next_moment().and_then(|moment| self.table.clock().until(moment));
        due.map_or(NAP, |due| due.min(NAP))
    }

    /// Brings the screen up to date. Says whether keys typed so far were meant for a
    /// question that went away.
    fn show(&mut self) -> Result<bool, TermError> {
        let (width, height) = self.screen.size();
        let mut news = 0;
        while let Some(entry) = self.table.story.get(self.told) {
            self.screen.tell(entry)?;
            self.told += 1;
            news += entry.lines(width - 1).len() + 1;
        }
        if self.table.over() {
            self.screen.close()?;
            return Ok(false);
        }
        let gone = self.panel.follow(&self.table.view);
        let left = self.panel.lapse().and_then(|moment| self.table.clock().until(moment));
        let scene = Scene { view: &self.table.view, now: self.table.now(), left, width, height };
        let mut frame = self.panel.draw(scene);
        if news > 0 && news + frame.lines() > height {
            if gone && news + FOLDED <= height {
                self.panel.fold();
            } else {
                self.panel
                    .say(tr!("Some of this has scrolled away: scroll up, or press e to read it again."));
            }
            frame = self.panel.draw(scene);
        }
        self.screen.show(&frame)?;
        let was = std::mem::replace(&mut self.asked, self.panel.asks().then(|| frame.lines()));
        if self.asked.is_none() && was.is_some_and(|lines| frame.lines() + SLACK < lines) {
            // The panel was large and is small: what it had pushed away comes back.
            let size = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            self.screen.resize((size(width), size(height)))?;
            self.screen.show(&frame)?;
        }
        Ok(gone)
    }

    fn take(&mut self, event: &Event, seating: &Seating) -> Result<Option<Outcome>, TermError> {
        if let Event::Resize(columns, lines) = event {
            self.screen.resize((*columns, *lines))?;
            return Ok(None);
        }
        let Some(key) = Key::of(event) else { return Ok(None) };
        match self.panel.key(&key, &self.table.view, self.table.now()) {
            Some(wish) => self.grant(wish, seating),
            None => Ok(None),
        }
    }

    fn grant(&mut self, wish: Wish, seating: &Seating) -> Result<Option<Outcome>, TermError> {
        self.table.stands(self.panel.standing());
        let input = match wish {
            Wish::Begin if !self.unread.is_empty() => {
                self.read_on()?;
                return Ok(None);
            }
            Wish::Begin => {
                self.table.begin(seating.settings)?;
                return Ok(None);
            }
            Wish::Wait { sure } => {
                if let Waited::Asks(loss) = self.table.wait(sure)? {
                    self.panel.confirm(loss);
                }
                return Ok(None);
            }
            Wish::Save => return Ok(Some(Outcome::Saved)),
            Wish::Leave => return Ok(Some(Outcome::Left)),
            Wish::Submit(submission) => {
                match self.table.submit(&Input::Answer(submission))? {
                    Ok(()) => self.panel.answered(),
                    Err(refusal) => self.panel.say(refusal.to_string()),
                }
                return Ok(None);
            }
            Wish::Put(input) => input,
        };
        if let Err(refusal) = self.table.submit(&input)? {
            self.panel.say(self.table.refused(refusal));
        }
        Ok(None)
    }
}

/// Keys typed for a question that went away must not answer the next one.
/// Gives the window's new size, should that have changed among them.
fn drop_typed_ahead() -> io::Result<Option<(u16, u16)>> {
    let mut size = None;
    while event::poll(Duration::ZERO)? {
        if let Event::Resize(columns, lines) = event::read()? {
            size = Some((columns, lines));
        }
    }
    Ok(size)
}

#[cfg(test)]
mod tests;
