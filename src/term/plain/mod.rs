//! Line by line: for screen readers, pipes and simple terminals.
//!
//! One sentence per line, options numbered, answers read back, the time said at
//! the start, at half and in the last quarter only. Nothing is ever redrawn.

mod command;
mod left;
mod numbers;
mod obey;
mod reader;

use std::io::{self, Read, Write};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use tr::tr;

use super::ask::{Draft, Step};
use super::markdown::spoken;
use super::signals::Signals;
use super::story::{Body, Entry};
use super::style::Style;
use super::table::Table;
use super::wrap::flow;
use super::{Outcome, Seating, TermError, brief};
use crate::drill::{Clock, Drill, Journal, OpenQuestion, Wants};
use crate::engine::Submission;
use crate::scenario::{QuestionId, clean};
use numbers::Numbers;
use reader::{Incoming, lines};

/// How long the loop sleeps at most.
const NAP: Duration = Duration::from_millis(250);

/// Plays a drill line by line.
///
/// # Errors
/// If the journal cannot take a fact, or the output fails.
pub fn play_plain<J: Journal, C: Clock>(
    drill: &mut Drill<'_, J>,
    clock: &mut C,
    input: impl Read + Send + 'static,
    output: &mut dyn Write,
    seating: &Seating,
) -> Result<Outcome, TermError> {
    let signals = Signals::watch()?;
    // Who types sees a terminal that breaks lines in mid-word; a pipe and its reader do not.
    let columns = if seating.typed { crossterm::terminal::size().ok() } else { None };
    let incoming = lines(input);
    let mut talk = Plain {
        table: Table::new(drill, clock),
        output,
        // Nobody listens to colours.
        style: Style { color: false, ..seating.style },
        width: columns.map(|(columns, _)| usize::from(columns).saturating_sub(1).max(20)),
        told: 0,
        draft: None,
        aside: Vec::new(),
        pending: Pending::Nothing,
        numbers: Numbers::default(),
        warned: None,
        idle: false,
        unasked: false,
        sprung: false,
    };
    talk.greet(seating)?;
    loop {
        if let Some(outcome) = talk.catch_up()? {
            return Ok(outcome);
        }
        // Nobody is asked how to leave who cannot answer.
        if signals.told_to_end() || (signals.interrupted() && (!seating.typed || talk.interrupt()?)) {
            talk.table.break_off()?;
            return Ok(Outcome::Left);
        }
        let obeyed = match incoming.recv_timeout(talk.nap()) {
            Ok(Incoming::Line(line)) => {
                talk.unasked = false;
                talk.obey(&line, seating)?
            }
            Ok(Incoming::TooLong) => {
                talk.say(&tr!("That line was too long and was dropped.")).map(|()| None)?
            }
            Err(RecvTimeoutError::Timeout) => {
                talk.unasked = seating.typed;
                None
            }
            Err(RecvTimeoutError::Disconnected) => talk.input_over()?,
        };
        if let Some(outcome) = obeyed {
            return Ok(outcome);
        }
    }
}

struct Plain<'o, 't, 's, J, C> {
    table: Table<'t, 's, J, C>,
    output: &'o mut dyn Write,
    style: Style,
    /// Columns to break lines at, if at all.
    width: Option<usize>,
    /// How much of the story was told.
    told: usize,
    draft: Option<Draft>,
    /// Questions that were left for another one, with what was given for them so far.
    aside: Vec<Draft>,
    pending: Pending,
    numbers: Numbers,
    /// For which question a warning was given, and at which of half and last quarter.
    warned: Option<(QuestionId, u32)>,
    /// Whether it was said that nothing is asked.
    idle: bool,
    /// Whether what is said comes unasked, while somebody may be typing.
    unasked: bool,
    /// Whether a question has closed by itself since the last line: the next one may still
    /// have been meant for it.
    sprung: bool,
}

/// A list that can be called up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    /// Evidence and messages.
    Shelf,
    /// Actions.
    Deeds,
}

/// What the next line answers, if not the question.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pending {
    Nothing,
    /// Whether to begin.
    Begin,
    /// Whether to take a hint.
    Hint(QuestionId),
    /// Whether to let time pass, whatever that ends.
    RunOut,
    /// Whether to end the exercise for good.
    End,
    /// Whether to hand in this text, which may have been meant for something else.
    Text(String),
    /// How to leave; and whether the clock stood still before.
    Leave {
        stood: bool,
    },
}

impl<J: Journal, C: Clock> Plain<'_, '_, '_, J, C> {
    fn say(&mut self, sentence: &str) -> io::Result<()> {
        if std::mem::take(&mut self.unasked) {
            writeln!(self.output)?;
        }
        let line = super::style::plain(sentence);
        match self.width {
            None => writeln!(self.output, "{}", self.style.paint(&vec![line])),
            Some(width) => {
                let lines = flow(&[line], width);
                lines.iter().try_for_each(|line| writeln!(self.output, "{}", self.style.paint(line)))
            }
        }
    }

    fn say_entry(&mut self, entry: &Entry) -> io::Result<()> {
        if std::mem::take(&mut self.unasked) {
            writeln!(self.output)?;
        }
        // A log is heard as it stands.
        let verbatim = matches!(entry.body, Body::Verbatim(_));
        entry.sentences(self.style).iter().try_for_each(|sentence| {
            if verbatim { writeln!(self.output, "{sentence}") } else { self.say(sentence) }
        })
    }

    fn greet(&mut self, seating: &Seating) -> Result<(), TermError> {
        if self.table.view.started || !seating.brief {
            let title = clean(&self.table.scenario().head.title);
            self.say(&tr!("EXERCISE: {title}.", title))?;
            self.table.begin(seating.settings)?;
            return Ok(());
        }
        for entry in brief::entries(self.table.scenario(), seating, false) {
            self.say_entry(&entry)?;
        }
        self.say(&tr!(
            "Press Enter to begin, or type q and Enter to leave. In the exercise, type help to hear what you can do."
        ))?;
        self.pending = Pending::Begin;
        self.output.flush()?;
        Ok(())
    }

    /// Says that nobody will type any more; what is kept only if anything is.
    fn input_over(&mut self) -> Result<Option<Outcome>, TermError> {
        if !self.table.view.started {
            self.say(&tr!("The input has come to its end."))?;
            return Ok(Some(Outcome::Left));
        }
        self.table.break_off()?;
        self.say(&tr!("The input has come to its end. Everything so far is saved."))?;
        Ok(Some(Outcome::Saved))
    }

    /// Lets happen what is due, says it, and asks what is to be asked.
    fn catch_up(&mut self) -> Result<Option<Outcome>, TermError> {
        if !self.table.view.started {
            return Ok(None);
        }
        let (stood, unasked) = (self.table.view.paused, self.unasked);
        let asked = |talk: &Self| talk.draft.as_ref().map(|draft| draft.question.id);
        let before = asked(self);
        self.table.stands(self.standing());
        self.table.advance()?;
        let news = self.tell()?;
        if self.table.over() {
            self.output.flush()?;
            return Ok(Some(Outcome::Ended));
        }
        if self.table.view.paused.is_some() && (news || stood.is_none()) && self.pending == Pending::Nothing {
            self.say(&tr!("Type p and Enter to go on."))?;
        }
        self.follow()?;
        self.sprung |= unasked && before.is_some() && before != asked(self);
        self.output.flush()?;
        Ok(None)
    }

    /// Tells what has not been told; says whether there was anything.
    fn tell(&mut self) -> io::Result<bool> {
        let news = self.told < self.table.story.len();
        while let Some(entry) = self.table.story.get(self.told).cloned() {
            self.say_entry(&entry)?;
            self.told += 1;
        }
        Ok(news)
    }

    /// What stands of the answer to the open question, if its time ran out now.
    fn standing(&self) -> Option<Submission> {
        let draft = self.draft.as_ref().filter(|draft| draft.question.category.is_none())?;
        draft.standing(None)
    }

    /// Keeps the question in step with the drill.
    fn follow(&mut self) -> io::Result<()> {
        if let Some(draft) = &mut self.draft {
            match self.table.view.question(draft.question.id) {
                Some(question) if question.category == draft.question.category => {
                    draft.question = question.clone();
                }
                // It is settled, perhaps by what stood when the time was up.
                Some(_) | None => self.draft = None,
            }
        }
        if self.table.view.paused.is_some() {
            return Ok(());
        }
        match (&self.draft, self.table.view.open.first()) {
            (None, Some(question)) => {
                self.idle = false;
                let question = question.clone();
                self.take_up(question)
            }
            (Some(_), _) => self.warn(),
            (None, None) if self.idle => Ok(()),
            (None, None) => {
                self.idle = true;
                self.ask()
            }
        }
    }

    /// Puts aside what was asked, and asks another question, where it was left.
    fn take_up(&mut self, question: OpenQuestion) -> io::Result<()> {
        self.aside.extend(self.draft.take());
        let left = self.aside.iter().position(|draft| {
            draft.question.id == question.id && draft.question.category == question.category
        });
        let mut draft = match left {
            Some(left) => self.aside.remove(left),
            None => Draft::new(question.clone(), None),
        };
        draft.question = question;
        self.draft = Some(draft);
        self.ask()
    }

    /// Asks the question, or the next part of it.
    fn ask(&mut self) -> io::Result<()> {
        self.numbers.listed = None;
        let Some(draft) = self.draft.clone() else {
            return self.say(&tr!("Nothing is asked of you right now. Type w to let time pass, or help."));
        };
        if draft.at_start() {
            let others = self.table.view.open.iter().filter(|q| q.id != draft.question.id);
            let until = others.clone().filter_map(|q| q.lapses).min().map(|at| self.table.view.clock(at));
            self.say(&match until {
                _ if others.count() == 0 => tr!("Question."),
                Some(until) => tr!("Question. Another one is open too, until {until}; type o for it.", until),
                None => tr!("Question. Another one is open too; type o for it."),
            })?;
            for line in spoken(&draft.question.says) {
                self.say(&super::style::line_text(&line))?;
            }
            if !draft.question.whose.is_empty() {
                self.say(&tr!("For: {0}.", draft.question.whose))?;
            }
            if let (Some(call), Wants::Category(categories)) =
                (&draft.question.category, &draft.question.wants)
            {
                self.say(&tr!("Your call so far: {so_far}.", so_far = categories.in_words(call)))?;
            }
        }
        if let Some(heading) = draft.heading() {
            self.say(&heading)?;
        }
        for (row, option) in draft.options().iter().enumerate() {
            self.say(&format!("{}. {option}", row + 1))?;
        }
        self.say(&how(&draft))?;
        if draft.at_start()
            && let Some(left) = self.left()
        {
            self.say(&left)?;
        }
        Ok(())
    }

    /// Until something is due or something is to be said.
    fn nap(&self) -> Duration {
        let due = self.table.next_moment().and_then(|moment| self.table.clock().until(moment));
        due.map_or(NAP, |due| due.min(NAP))
    }
}

/// How this step is answered.
fn how(draft: &Draft) -> String {
    match draft.step() {
        Step::Mark => tr!("Type the numbers of all that apply, such as 1 3, or 0 for none, and press Enter."),
        Step::Rank => tr!("Type all the numbers in order, such as 2 1 3, and press Enter."),
        Step::Record => tr!("Type the numbers of what belongs in the log, in order, and press Enter."),
        Step::Number => tr!("Type a whole number and press Enter."),
        Step::Text => {
            tr!("Write one line and press Enter. Here a command begins with a slash, such as /help.")
        }
        Step::Because => tr!("Write one line, or nothing, and press Enter."),
        Step::Choose
        | Step::With(_)
        | Step::By(_)
        | Step::Review
        | Step::Class
        | Step::Kind
        | Step::Severity
        | Step::Factor(_)
        | Step::Impact(_)
        | Step::Sure => tr!("Type a number and press Enter."),
    }
}
