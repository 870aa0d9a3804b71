//! From one question to another: what was given for the first waits for its return.

use tr::tr;

use super::Panel;
use super::asking::Asking;
use crate::drill::{OpenQuestion, TraineeView};

impl Panel {
    /// Puts the question aside that is under the trainee's fingers, and takes up another, as it was left.
    pub(super) fn take_up(&mut self, question: OpenQuestion) {
        self.aside.extend(self.asking.take());
        let left = self.aside.iter().position(|asking| {
            let draft = &asking.draft.question;
            draft.id == question.id && draft.category == question.category
        });
        let mut asking = match left {
            Some(left) => self.aside.remove(left),
            None => Asking::new(question.clone(), self.style),
        };
        asking.draft.question = question;
        self.asking = Some(asking);
    }

    /// The next open question; what was given for this one so far waits.
    pub(super) fn other_question(&mut self, view: &TraineeView) {
        let here = self.asking.as_ref().map(|a| a.draft.question.id);
        let place = view.open.iter().position(|q| Some(q.id) == here);
        let next = place.map_or(0, |place| (place + 1) % view.open.len());
        match view.open.get(next) {
            Some(question) if Some(question.id) != here => self.take_up(question.clone()),
            _ => self.say(tr!("No other question is open.")),
        }
    }

    pub(super) fn revise(&mut self, view: &TraineeView) {
        let here = self.asking.as_ref().map(|a| a.draft.question.id);
        match view.revisable.iter().find(|q| Some(q.id) != here) {
            Some(question) => self.take_up(question.clone()),
            None if view.revisable.is_empty() => self.say(tr!("There is no categorization to revise.")),
            None => self.say(tr!("You are revising it. Esc leaves it as it is.")),
        }
    }
}
