//! Doing what a line of the plain mode says.

#![expect(clippy::wildcard_enum_match_arm, reason = "one can type more than any one place understands")]

use std::io;

use tr::tr;

use super::command::{Command, command};
use super::{Listed, Pending, Plain};
use crate::drill::{Clock, Journal};
use crate::engine::{Input, PauseCause};
use crate::speech::{label, noted};
use crate::term::ask::{Draft, Given, Step, Taken, short};
use crate::term::lists::{Row, deeds, shelf, situation};
use crate::term::table::{FOR_GOOD, Waited};
use crate::term::{Outcome, Seating, TermError};

type Obeyed = Result<Option<Outcome>, TermError>;

impl<J: Journal, C: Clock> Plain<'_, '_, '_, J, C> {
    /// Does what a line says.
    pub(super) fn obey(&mut self, line: &str, seating: &Seating) -> Obeyed {
        self.table.stands(self.standing());
        let asked = matches!(self.pending, Pending::Begin | Pending::Leave { .. });
        let free = !asked && self.table.view.paused.is_none();
        let typing = self.draft.as_ref().is_some_and(|d| matches!(d.step(), Step::Text | Step::Because));
        let yes = matches!(command(line, false), Command::Yes);
        let of_list = self.numbers.listed.is_some() && (line.is_empty() || line.parse::<usize>().is_ok());
        let command = command(line, free && typing && !of_list);
        let answers = matches!(command, Command::Numbers(_) | Command::Text(_));
        if std::mem::take(&mut self.sprung) && answers && self.draft.is_some() {
            self.say(&tr!(
                "The question before has closed meanwhile, and “{line}” was not taken. Type it again if you mean it for \
                 this one.",
                line
            ))?;
            return Ok(self.ask().map(|()| None)?);
        }
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Begin if command == Command::Quit => return Ok(Some(Outcome::Left)),
            Pending::Begin => self.table.begin(seating.settings)?,
            Pending::Leave { stood } => {
                self.pending = Pending::Leave { stood };
                return self.leave(&command, stood, seating);
            }
            // Anything but a yes means no, and is done as well.
            Pending::Hint(question) if yes => self.put(&Input::Hint(question))?,
            Pending::RunOut if yes => drop(self.table.wait(true)?),
            Pending::End if yes => self.put(&Input::End)?,
            Pending::Text(text) if yes => self.text(text)?,
            Pending::Nothing | Pending::Hint(_) | Pending::RunOut | Pending::End | Pending::Text(_) => {
                return self.command(command, seating);
            }
        }
        Ok(None)
    }

    /// Ctrl-C: asks how to leave, and leaves the second time.
    pub(super) fn interrupt(&mut self) -> Result<bool, TermError> {
        if !self.table.view.started || matches!(self.pending, Pending::Leave { .. }) {
            return Ok(true);
        }
        self.quit()?;
        self.output.flush()?;
        Ok(false)
    }

    fn command(&mut self, command: Command, seating: &Seating) -> Obeyed {
        match command {
            Command::Nothing if self.table.view.paused.is_none() => self.ask()?,
            Command::Nothing => self.say(&tr!("Type p and Enter to go on."))?,
            Command::Numbers(numbers) => match (self.numbers.listed, &numbers[..]) {
                (Some(listed), [number]) => self.row(listed, usize::try_from(*number).unwrap_or(0))?,
                _ => self.numbers(&numbers)?,
            },
            Command::Text(text) if self.doubtful(&text) => {
                self.say(&tr!(
                    "Is “{text}” your answer? Type y to hand it in, or write another. What you can do besides begins \
                     with a slash here: /help.",
                    text
                ))?;
                self.pending = Pending::Text(text);
            }
            Command::Text(text) => self.text(text)?,
            Command::Shelf(row) => self.shelf(row)?,
            Command::Deeds(row) => self.deeds(row)?,
            Command::Note(text) if text.is_empty() => {
                self.say(&tr!("Write the line behind the word, as in: note called the bank at 09:10."))?;
            }
            Command::Note(text) => self.put(&Input::Note(text))?,
            Command::Wait if self.table.view.paused.is_some() => self.say(&tr!("The clock stands still."))?,
            Command::Wait => {
                if let Waited::Asks(loss) = self.table.wait(false)? {
                    self.pending = Pending::RunOut;
                    self.say(&format!("{} {}", loss.asks(), tr!("Type y, or anything else.")))?;
                }
            }
            Command::Pause if self.table.view.paused.is_none() => {
                self.put(&Input::Pause(PauseCause::Asked))?
            }
            Command::Pause | Command::Resume => self.put(&Input::Resume)?,
            Command::MoreTime => match self.draft.as_ref().map(|d| d.question.id) {
                Some(question) => self.put(&Input::MoreTime(question))?,
                None => self.say(&tr!("No question is open."))?,
            },
            Command::Hint => self.hint()?,
            Command::Situation => {
                let entry = situation(&self.table.view, self.table.now());
                self.say_entry(&entry)?;
            }
            Command::Other => self.other()?,
            Command::Revise => self.revise()?,
            Command::Back => {
                match &mut self.draft {
                    // A revision that is given up leaves the call as it was.
                    Some(draft) if draft.at_start() && draft.question.category.is_some() => self.draft = None,
                    Some(draft) => draft.back(),
                    None => {}
                }
                self.ask()?;
            }
            Command::Quit => self.quit()?,
            Command::Save => return Ok(Some(Outcome::Saved)),
            Command::End => self.end(seating)?,
            Command::Help => self.help()?,
            Command::Yes => self.say(&tr!("There is nothing to say yes to."))?,
        }
        Ok(None)
    }

    fn put(&mut self, input: &Input) -> Result<(), TermError> {
        if let Err(refusal) = self.table.submit(input)? {
            let why = self.table.refused(refusal);
            self.say(&why)?;
        }
        Ok(())
    }

    fn numbers(&mut self, numbers: &[i64]) -> Result<(), TermError> {
        let Some(draft) = &self.draft else {
            self.say(&tr!("Nothing is asked of you right now. Type help to hear what you can do."))?;
            return Ok(());
        };
        let given = match (draft.step(), numbers) {
            (Step::Number, [number]) => Given::Number(*number),
            (Step::Mark, [0]) => Given::Rows(Vec::new()),
            _ => {
                let row = |n: &i64| usize::try_from(*n).ok().and_then(|n| n.checked_sub(1));
                match numbers.iter().map(row).collect() {
                    Some(rows) => Given::Rows(rows),
                    None => return Ok(self.say(&tr!("The numbers begin with 1."))?),
                }
            }
        };
        self.give(|draft| draft.take(given))
    }

    /// Whether a text, where one is asked for, may have been meant for something else.
    fn doubtful(&self, text: &str) -> bool {
        let asked = self.draft.as_ref().is_some_and(|draft| draft.step() == Step::Text);
        let other = || short(text) || !matches!(command(text, false), Command::Text(_));
        asked && !text.is_empty() && other()
    }

    /// A row of the list that was called up.
    fn row(&mut self, listed: Listed, row: usize) -> Result<(), TermError> {
        match listed {
            Listed::Shelf => self.shelf(Some(row)),
            Listed::Deeds => self.deeds(Some(row)),
        }
    }

    fn text(&mut self, text: String) -> Result<(), TermError> {
        match self.draft.as_ref().map(Draft::step) {
            Some(Step::Text) => self.give(|draft| draft.take(Given::Text(text))),
            Some(Step::Because) => self.give(|draft| draft.because(text)),
            _ => {
                Ok(self
                    .say(&tr!("That was not understood. Type a number, or help to hear what you can do."))?)
            }
        }
    }

    fn give(&mut self, take: impl FnOnce(&mut Draft) -> Taken) -> Result<(), TermError> {
        let Some(draft) = &mut self.draft else { return Ok(()) };
        match take(draft) {
            Taken::Next => self.ask()?,
            Taken::Not(why) => self.say(&why)?,
            Taken::Done(submission) => match self.table.submit(&Input::Answer(submission))? {
                Ok(()) => self.draft = None,
                Err(refusal) => {
                    let why = self.table.refused(refusal);
                    self.say(&why)?;
                }
            },
        }
        Ok(())
    }

    fn shelf(&mut self, row: Option<usize>) -> Result<(), TermError> {
        match row.map(|number| self.numbers.of_shelf(number, &self.table.view)) {
            Some(Some(row)) => self.take_row(row),
            Some(None) => Ok(self.say(&tr!("There is no such number. Type e for the list."))?),
            None => {
                let labels: Vec<String> =
                    shelf(&self.table.view).into_iter().map(|(_, label)| label).collect();
                self.say(&tr!("1 thing to read." | "{n} things to read." % labels.len()))?;
                self.list(&labels, Listed::Shelf)
            }
        }
    }

    fn deeds(&mut self, row: Option<usize>) -> Result<(), TermError> {
        match row.map(|number| self.numbers.of_deeds(number, &self.table.view)) {
            Some(Some(row)) => self.take_row(row),
            Some(None) => Ok(self.say(&tr!("There is no such number. Type a for the list."))?),
            None => {
                let labels: Vec<String> =
                    deeds(&self.table.view).into_iter().map(|(_, label)| label).collect();
                self.say(&tr!("1 action on your list." | "{n} actions on your list." % labels.len()))?;
                self.list(&labels, Listed::Deeds)
            }
        }
    }

    /// Reads a list out. From here on a bare number is one of its rows.
    fn list(&mut self, labels: &[String], listed: Listed) -> Result<(), TermError> {
        for (row, label) in labels.iter().enumerate() {
            self.say(&format!("{}. {label}", row + 1))?;
        }
        if !labels.is_empty() {
            self.say(&match (listed, self.draft.is_some()) {
                (Listed::Shelf, true) => tr!("A number reads one. Enter alone goes back to the question."),
                (Listed::Shelf, false) => tr!("A number reads one. Enter alone leaves the list."),
                (Listed::Deeds, true) => tr!("A number does one. Enter alone goes back to the question."),
                (Listed::Deeds, false) => tr!("A number does one. Enter alone leaves the list."),
            })?;
            self.numbers.read_out(listed, &self.table.view);
        }
        Ok(())
    }

    fn take_row(&mut self, row: Row) -> Result<(), TermError> {
        match row {
            Row::Do(input) => {
                self.put(&input)?;
                let asks = |draft: &Draft| self.table.view.question(draft.question.id).is_some();
                if self.numbers.listed.take().is_some()
                    && !self.table.over()
                    && self.draft.as_ref().is_some_and(asks)
                {
                    // Numbers answer the question again, so it is read again.
                    self.tell()?;
                    self.ask()?;
                }
                Ok(())
            }
            Row::Read(entry) => Ok(self.say_entry(&entry)?),
        }
    }

    fn hint(&mut self) -> io::Result<()> {
        let question = self.draft.as_ref().map(|d| &d.question);
        match question.map(|q| (q.id, q.hint_price)) {
            Some((id, Some(price))) => {
                self.pending = Pending::Hint(id);
                self.say(&tr!(
                    "A hint costs {price} percent of what this question can earn. Type y to take it.",
                    price
                ))
            }
            Some((_, None)) => self.say(&tr!("There is no hint here.")),
            None => self.say(&tr!("No question is open.")),
        }
    }

    fn other(&mut self) -> io::Result<()> {
        let open = &self.table.view.open;
        let here = self.draft.as_ref().map(|d| d.question.id);
        let place = open.iter().position(|q| Some(q.id) == here);
        let next = open.get(place.map_or(0, |place| (place + 1) % open.len()));
        match next.filter(|q| Some(q.id) != here) {
            Some(question) => {
                let question = question.clone();
                self.take_up(question)
            }
            None => self.say(&tr!("No other question is open.")),
        }
    }

    fn revise(&mut self) -> io::Result<()> {
        let here = self.draft.as_ref().map(|d| d.question.id);
        let revisable = &self.table.view.revisable;
        match revisable.iter().find(|q| Some(q.id) != here).cloned() {
            Some(question) => self.take_up(question),
            None if revisable.is_empty() => self.say(&tr!("There is no categorization to revise.")),
            None => self.say(&tr!("You are revising it. Type b to leave it as it is.")),
        }
    }

    fn quit(&mut self) -> Result<(), TermError> {
        let stood = self.table.view.paused.is_some();
        self.pending = Pending::Leave { stood };
        if !stood {
            self.put(&Input::Pause(PauseCause::Asked))?;
        }
        self.tell()?;
        self.say(&tr!("Type r to go on, s to save and quit, end to end it for good, or q to quit at once."))?;
        Ok(())
    }

    fn leave(&mut self, command: &Command, stood: bool, seating: &Seating) -> Obeyed {
        match command {
            Command::Resume | Command::Pause => {
                self.pending = Pending::Nothing;
                if !stood {
                    self.put(&Input::Resume)?;
                }
            }
            Command::Save => return Ok(Some(Outcome::Saved)),
            Command::Quit => return Ok(Some(Outcome::Left)),
            Command::End => {
                self.pending = Pending::Nothing;
                self.end(seating)?;
            }
            _ => self.say(&tr!("Type r, s, end or q."))?,
        }
        Ok(None)
    }

    /// Asks once more, unless nobody is there to answer.
    fn end(&mut self, seating: &Seating) -> Result<(), TermError> {
        if !seating.typed {
            return self.put(&Input::End);
        }
        self.pending = Pending::End;
        Ok(self.say(&format!("{} {}", label(FOR_GOOD), tr!("Type y, or anything else.")))?)
    }

    fn help(&mut self) -> Result<(), TermError> {
        for line in HELP {
            self.say(&label(line))?;
        }
        Ok(())
    }
}

const HELP: [&str; 15] = [
    noted!("Numbers answer the question. Enter alone asks it again."),
    noted!(
        "e lists evidence and everything that has arrived; then 2 reads the second, as e 2 does at any time."
    ),
    noted!("a lists what you can do; then 1 does the first, as a 1 does at any time."),
    noted!(
        "After a list numbers belong to it, until Enter alone asks the question again or something is done."
    ),
    noted!("w lets time pass until something happens."),
    noted!("note and a text behind it writes a line in your incident log, as in: note called the bank."),
    noted!("g tells the situation so far."),
    noted!("? asks for a hint, and says first what it costs."),
    noted!("t gives you more time for this question, at no cost."),
    noted!("o goes to another open question; b goes one step back."),
    noted!("c revises your categorization."),
    noted!("p pauses, and goes on."),
    noted!("save saves and quits; breachdrill resume goes on later."),
    noted!("end ends the exercise for good."),
    noted!("q asks how to leave."),
];
