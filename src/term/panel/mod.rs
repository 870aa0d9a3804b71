//! The panel below the story: a pure model. Keys go in, wishes come out.
//!
//! It knows what the trainee sees and nothing of drills, clocks or terminals;
//! `draw.rs` turns it into lines, `run.rs` grants its wishes. Rules that
//! matter: a key that was meant for something else answers nothing, and what
//! arrives never changes what is under the trainee's fingers.

#![expect(clippy::wildcard_enum_match_arm, reason = "a keyboard has more keys than any one place wants")]

mod asking;
mod draw;
mod left;
mod other;
mod overlay;
mod titles;

pub(super) use draw::{Frame, Scene};
pub(super) use left::{TimeLine, bar_columns};

use tr::tr;

use crate::drill::TraineeView;
use crate::engine::{Input, PauseCause, Submission};
use crate::scenario::SimTime;
use crate::speech::label;
use asking::{Asked, Asking};
use overlay::Overlay;

use super::editor::FULL;
use super::key::{Key, says_yes};
use super::lists::{Row, situation, take_deed, take_from_shelf};
use super::pick::Picked;
use super::style::Style;
use super::table::Loss;

/// The panel.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    style: Style,
    asking: Option<Asking>,
    /// Questions that were left for another one, with what was given for them so far.
    aside: Vec<Asking>,
    overlay: Option<Overlay>,
    notice: String,
    /// Before STARTEX: whether there is more of the pre-brief to read.
    more: bool,
    /// Whether the question waits behind a line, so that the message it came with can be read.
    folded: bool,
}

/// What the trainee wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// STARTEX.
    Begin,
    /// Hand in an answer.
    Submit(Submission),
    /// Something else for the drill.
    Put(Input),
    /// Let time pass; whatever that brings, if `sure`.
    Wait {
        /// Whether an open question may run out of time.
        sure: bool,
    },
    /// Save and quit.
    Save,
    /// Leave at once.
    Leave,
}

const PAUSE: Wish = Wish::Put(Input::Pause(PauseCause::Asked));

impl Panel {
    /// A panel before anything is asked.
    pub(super) const fn new(style: Style) -> Self {
        Self {
            style,
            asking: None,
            aside: Vec::new(),
            overlay: None,
            notice: String::new(),
            more: false,
            folded: false,
        }
    }

    /// Follows what the trainee knows. Says whether the question under the
    /// trainee's fingers went away, so that keys typed for it can be dropped.
    pub(super) fn follow(&mut self, view: &TraineeView) -> bool {
        let mut gone = false;
        if let Some(asking) = &mut self.asking {
            match view.question(asking.draft.question.id) {
                Some(question) if question.category == asking.draft.question.category => {
                    asking.draft.question = question.clone();
                }
                // It is settled, perhaps by what stood when the time was up.
                Some(_) | None => {
                    gone = true;
                    self.asking = None;
                }
            }
        }
        if self.asking.is_none()
            && let Some(question) = view.open.first()
        {
            self.take_up(question.clone());
            gone = true;
        }
        self.folded &= !gone;
        if let Some(Overlay::Hint(question, _)) = self.overlay
            && !view.open.iter().any(|q| q.id == question)
        {
            self.overlay = None;
        }
        gone
    }

    /// Before STARTEX: whether there is more of the pre-brief to read.
    pub(super) const fn more_to_read(&mut self, more: bool) {
        self.more = more;
    }

    /// Says something to the trainee until the next key.
    pub(super) fn say(&mut self, what: String) {
        self.notice = what;
    }

    /// Lets the question wait until a key is pressed: it would cover the message it came with.
    pub(super) const fn fold(&mut self) {
        self.folded = true;
    }

    /// Asks whether to let time pass all the same.
    pub(super) fn confirm(&mut self, loss: Loss) {
        self.overlay = Some(Overlay::RunOut(loss));
    }

    /// What stands of the answer to the open question, if its time ran out now.
    pub(super) fn standing(&self) -> Option<Submission> {
        self.asking.as_ref().and_then(Asking::standing)
    }

    /// Whether a question is under the trainee's fingers.
    pub(super) const fn asks(&self) -> bool {
        self.asking.is_some()
    }

    /// The answer was taken; the next question may come up.
    pub(super) fn answered(&mut self) {
        self.asking = None;
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: &Key, view: &TraineeView, now: SimTime) -> Option<Wish> {
        self.notice.clear();
        if *key == Key::CtrlC {
            return self.leave(view);
        }
        if self.overlay.is_some() {
            return self.overlay_key(key, view);
        }
        if !view.started {
            return match key {
                Key::Enter | Key::Char(' ') => Some(Wish::Begin),
                Key::Char('q') => Some(Wish::Leave),
                _ => None,
            };
        }
        if view.paused.is_some() {
            return self.paused_key(key, view, now);
        }
        if self.folded {
            // Another key opens the question and does nothing else: what it asks could not be seen.
            return match key {
                Key::Char('t' | 'T') => self.more_time(),
                key => {
                    self.folded = false;
                    matches!(key, Key::Char('p' | 'P')).then_some(PAUSE)
                }
            };
        }
        match self.asking.as_mut().map(|asking| asking.key(key)) {
            Some(Asked::NotMine) if *key == Key::Esc => {
                // A revision that is given up leaves the call as it was.
                self.asking = self.asking.take().filter(|asking| asking.draft.question.category.is_none());
                None
            }
            None | Some(Asked::NotMine) => self.command(key, view, now),
            Some(Asked::Changed) => None,
            Some(Asked::Say(why)) => {
                self.notice = why;
                None
            }
            Some(Asked::Done(submission)) => Some(Wish::Submit(submission)),
        }
    }

    fn leave(&mut self, view: &TraineeView) -> Option<Wish> {
        if !view.started || matches!(self.overlay, Some(Overlay::Leave { .. } | Overlay::End { .. })) {
            return Some(Wish::Leave);
        }
        let stood = view.paused.is_some();
        self.overlay = Some(Overlay::Leave { stood });
        (!stood).then_some(PAUSE)
    }

    fn paused_key(&mut self, key: &Key, view: &TraineeView, now: SimTime) -> Option<Wish> {
        match key {
            Key::Char('p' | 'r') | Key::Enter => Some(Wish::Put(Input::Resume)),
            Key::Char('e' | 'g' | 'n' | 'q') => self.command(key, view, now),
            _ => {
                self.say(tr!("The clock stands still. Press p to go on."));
                None
            }
        }
    }

    fn command(&mut self, key: &Key, view: &TraineeView, now: SimTime) -> Option<Wish> {
        let Key::Char(letter) = key else {
            if *key == Key::Tab {
                self.other_question(view);
            }
            return None;
        };
        match letter.to_ascii_lowercase() {
            'e' => self.lay(Overlay::shelf(view), tr!("There is nothing to read yet.")),
            'a' => self.lay(Overlay::deeds(view), tr!("There is nothing to be done at the moment.")),
            'g' => self.overlay = Some(Overlay::read(situation(view, now))),
            'n' => self.overlay = Some(Overlay::note()),
            'o' => self.other_question(view),
            'c' => self.revise(view),
            '?' => self.ask_for_hint(),
            't' => return self.more_time(),
            'w' => return Some(Wish::Wait { sure: false }),
            'p' => return Some(PAUSE),
            'q' => return self.leave(view),
            _ => {}
        }
        None
    }

    fn lay(&mut self, overlay: Option<Overlay>, otherwise: String) {
        match overlay {
            Some(overlay) => self.overlay = Some(overlay),
            None => self.say(otherwise),
        }
    }

    fn ask_for_hint(&mut self) {
        let question = self.asking.as_ref().map(|a| &a.draft.question);
        match question.map(|q| (q.id, q.hint_price)) {
            Some((id, Some(price))) => self.overlay = Some(Overlay::Hint(id, price)),
            Some((_, None)) => self.say(tr!("There is no hint here.")),
            None => self.say(tr!("No question is open.")),
        }
    }

    fn more_time(&mut self) -> Option<Wish> {
        let question = self.asking.as_ref().map(|a| &a.draft.question)?;
        if question.lapses.is_none() {
            self.say(tr!("This question has no time limit."));
            return None;
        }
        Some(Wish::Put(Input::MoreTime(question.id)))
    }

    fn overlay_key(&mut self, key: &Key, view: &TraineeView) -> Option<Wish> {
        let mut overlay = self.overlay.take()?;
        if let Key::Char('p' | 'P') = key
            && overlay.lets_pause()
        {
            self.overlay = Some(overlay);
            return Some(if view.paused.is_some() { Wish::Put(Input::Resume) } else { PAUSE });
        }
        let done = match &mut overlay {
            Overlay::Leave { stood } => return self.leave_key(key, *stood),
            Overlay::End { stood } => match key {
                key if agrees(key) => Some(Some(Wish::Put(Input::End))),
                Key::Char('n' | 'N') | Key::Esc => {
                    self.overlay = Some(Overlay::Leave { stood: *stood });
                    return None;
                }
                _ => None,
            },
            Overlay::Hint(question, _) => asked(key, Wish::Put(Input::Hint(*question))),
            Overlay::RunOut(_) => asked(key, Wish::Wait { sure: true }),
            Overlay::Note(editor) => match key {
                Key::Esc => Some(None),
                Key::Enter if editor.is_empty() => Some(None),
                Key::Enter => Some(Some(Wish::Put(Input::Note(editor.text())))),
                key => {
                    editor.key(key);
                    if editor.overflowed() {
                        self.notice = label(FULL);
                    }
                    None
                }
            },
            Overlay::Reader(_, top) => read_on(key, top).then_some(None),
            Overlay::Shelf(picker, _) | Overlay::Deeds(picker, _) => match picker.key(key) {
                Picked::Done(rows) => return self.open_row(overlay, rows[0], view),
                Picked::Say(why) => {
                    self.notice = why;
                    None
                }
                Picked::NotMine if *key == Key::Esc => Some(None),
                Picked::NotMine => {
                    self.say(tr!("Here numbers and arrows choose, Enter takes, p pauses, Esc goes back."));
                    None
                }
                Picked::Moved => None,
            },
        };
        if done.is_none() {
            self.overlay = Some(overlay);
        }
        done.flatten()
    }

    fn leave_key(&mut self, key: &Key, stood: bool) -> Option<Wish> {
        match key {
            Key::Char('r' | 'R') | Key::Esc => (!stood).then_some(Wish::Put(Input::Resume)),
            Key::Char('s' | 'S') => Some(Wish::Save),
            Key::Char('e' | 'E') => {
                self.overlay = Some(Overlay::End { stood });
                None
            }
            _ => {
                self.overlay = Some(Overlay::Leave { stood });
                None
            }
        }
    }

    /// A row of a list was taken: something to do, to look at, or to read again.
    fn open_row(&mut self, overlay: Overlay, row: usize, view: &TraineeView) -> Option<Wish> {
        let taken = match &overlay {
            Overlay::Deeds(_, rows) => Some(take_deed(view, *rows.get(row)?)),
            Overlay::Shelf(_, rows) => take_from_shelf(view, *rows.get(row)?),
            Overlay::Reader(..)
            | Overlay::Note(_)
            | Overlay::Hint(..)
            | Overlay::RunOut(_)
            | Overlay::Leave { .. }
            | Overlay::End { .. } => None,
        };
        match taken? {
            Row::Do(_) if view.paused.is_some() => {
                self.say(tr!("The clock stands still. Press p to go on, then do it."));
                self.overlay = Some(overlay);
                None
            }
            Row::Do(input) => Some(Wish::Put(input)),
            Row::Read(entry) => {
                self.overlay = Some(Overlay::read(*entry));
                None
            }
        }
    }
}

fn agrees(key: &Key) -> bool {
    matches!(key, Key::Char(letter) if says_yes(*letter))
}

/// What a key says to a question of yes or no: nothing, no, or yes with its wish.
fn asked(key: &Key, yes: Wish) -> Option<Option<Wish>> {
    match key {
        Key::Enter => Some(Some(yes)),
        key if agrees(key) => Some(Some(yes)),
        Key::Esc | Key::Char('n' | 'N') => Some(None),
        _ => None,
    }
}

/// Scrolls a text that is being read; whether the key closes it.
fn read_on(key: &Key, top: &mut usize) -> bool {
    match key {
        Key::Esc | Key::Enter => return true,
        Key::Down => *top += 1,
        Key::PageDown | Key::Char(' ') => *top += 10,
        Key::Up => *top = top.saturating_sub(1),
        Key::PageUp => *top = top.saturating_sub(10),
        Key::Home => *top = 0,
        Key::End => *top = usize::MAX / 2,
        _ => {}
    }
    false
}
