//! The open question as a prompt of our own: a draft and the field it wants.

use tr::tr;

use super::draw::Keys;
use crate::drill::OpenQuestion;
use crate::engine::Submission;
use crate::limits::TYPED_BYTES_MAX;
use crate::speech::{label, noted};
use crate::term::ask::{Draft, Given, Step, Taken, short};
use crate::term::editor::{Editor, FULL};
use crate::term::key::Key;
use crate::term::pick::{How, Picked, Picker};
use crate::term::style::Style;

/// What is said of a text that may have been meant for something else.
const SHORT: &str = noted!("That is short. Enter once more hands it in as it is; or go on writing.");

/// A question being answered.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    /// What has been given so far.
    pub(super) draft: Draft,
    /// Where the next part is given.
    pub(super) field: Field,
}

/// Where an answer is given.
#[derive(Clone, Debug)]
pub(super) enum Field {
    /// A list.
    List(Picker),
    /// A line of typing; while it is held, letters are text and no commands.
    Line {
        /// The line.
        editor: Editor,
        /// Whether letters go into it; only then it shows a caret. Esc lets go of it, and
        /// letters are commands again until Enter.
        held: bool,
        /// Whether it was said that this is short, and asked whether to hand it in.
        warned: bool,
    },
}

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// It is not a key for this.
    NotMine,
    /// Something changed.
    Changed,
    /// It did nothing, and this says why.
    Say(String),
    /// The answer is complete.
    Done(Submission),
}

impl Asking {
    pub(super) fn new(question: OpenQuestion, style: Style) -> Self {
        let draft = Draft::new(question, Some(style));
        let field = field_for(&draft);
        Self { draft, field }
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: &Key) -> Asked {
        if *key == Key::Esc {
            return self.back();
        }
        let taken = match &mut self.field {
            Field::List(picker) => match picker.key(key) {
                Picked::NotMine => return Asked::NotMine,
                Picked::Moved => return Asked::Changed,
                Picked::Say(why) => return Asked::Say(why),
                Picked::Done(rows) => self.draft.take(Given::Rows(rows)),
            },
            Field::Line { held, .. } if !*held => {
                if *key != Key::Enter {
                    return Asked::NotMine;
                }
                *held = true;
                return Asked::Changed;
            }
            Field::Line { editor, warned, .. } if *key == Key::Enter => {
                let text = editor.text();
                if self.draft.step() == Step::Text && !text.is_empty() && short(&text) && !*warned {
                    *warned = true;
                    return Asked::Say(label(SHORT));
                }
                match self.draft.step() {
                    Step::Because => self.draft.because(text),
                    Step::Number => match text.parse() {
                        Ok(number) => self.draft.take(Given::Number(number)),
                        Err(_) => Taken::Not(tr!("Type a whole number, such as 12.")),
                    },
                    _ => self.draft.take(Given::Text(text)),
                }
            }
            Field::Line { editor, warned, .. } => {
                *warned = false;
                return match editor.key(key) {
                    true if editor.overflowed() => Asked::Say(label(FULL)),
                    true => Asked::Changed,
                    false => Asked::NotMine,
                };
            }
        };
        match taken {
            Taken::Next => {
                self.field = field_for(&self.draft);
                Asked::Changed
            }
            Taken::Done(submission) => Asked::Done(submission),
            Taken::Not(why) => Asked::Say(why),
        }
    }

    /// Esc: first lets go of the line, then goes back a step.
    fn back(&mut self) -> Asked {
        match &mut self.field {
            Field::Line { held, .. } if *held && self.draft.step() == Step::Text => *held = false,
            Field::List(_) | Field::Line { .. } if self.draft.at_start() => return Asked::NotMine,
            Field::List(_) | Field::Line { .. } => {
                self.draft.back();
                self.field = field_for(&self.draft);
            }
        }
        Asked::Changed
    }

    /// What stands if nothing more is given.
    pub(super) fn standing(&self) -> Option<Submission> {
        let typed = match &self.field {
            Field::Line { editor, .. } => Some(editor.text()),
            Field::List(_) => None,
        };
        // A revision that is not confirmed leaves the call as it was.
        self.draft.question.category.is_none().then(|| self.draft.standing(typed.as_deref())).flatten()
    }

    /// Whether letters are being typed.
    pub(super) fn typing(&self) -> bool {
        matches!(&self.field, Field::Line { held: true, .. }) && self.draft.step() != Step::Number
    }

    /// The keys of this step, for the footer.
    pub(super) fn keys(&self) -> Keys {
        let mut keys = match (&self.field, self.draft.step()) {
            (Field::Line { held: false, .. }, _) => vec![("Enter", tr!("key" => "write"))],
            (Field::Line { .. }, Step::Number) => {
                vec![(noted!("digits"), tr!("key" => "write")), ("Enter", tr!("key" => "confirm"))]
            }
            (Field::Line { .. }, Step::Because) => {
                vec![("Enter", tr!("key" => "done")), (noted!("Ctrl-U"), tr!("key" => "rub out"))]
            }
            (Field::Line { .. }, _) => vec![
                ("Enter", tr!("key" => "done")),
                (noted!("Ctrl-U"), tr!("key" => "rub out")),
                ("Esc", tr!("key" => "other keys")),
            ],
            (Field::List(_), Step::Mark) => {
                vec![(noted!("1-9 or space"), tr!("key" => "mark")), ("Enter", tr!("key" => "confirm"))]
            }
            (Field::List(_), Step::Rank | Step::Record) => {
                vec![
                    (noted!("1-9 or space"), tr!("key" => "pick the next")),
                    (noted!("Backspace"), tr!("key" => "take back")),
                    ("Enter", tr!("key" => "confirm")),
                ]
            }
            (Field::List(_), _) => {
                vec![(noted!("1-9 or arrows"), tr!("key" => "choose")), ("Enter", tr!("key" => "confirm"))]
            }
        };
        if !self.draft.at_start() {
            keys.push(("Esc", tr!("key" => "back")));
        }
        keys
    }
}

fn field_for(draft: &Draft) -> Field {
    let list = |how| Field::List(Picker::new(how, draft.options()));
    match draft.step() {
        Step::Mark => list(How::Several),
        Step::Rank | Step::Record => list(How::Order),
        Step::Number => Field::Line { editor: Editor::number(), held: true, warned: false },
        // A stray letter can be seen and rubbed out; a word that acted as commands could not be undone.
        Step::Text | Step::Because => {
            Field::Line { editor: Editor::new(TYPED_BYTES_MAX), held: true, warned: false }
        }
        Step::Choose
        | Step::With(_)
        | Step::By(_)
        | Step::Review
        | Step::Class
        | Step::Kind
        | Step::Severity
        | Step::Factor(_)
        | Step::Impact(_)
        | Step::Sure => list(How::One),
    }
}
