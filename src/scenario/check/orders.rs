//! Orders that nothing can satisfy.

use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file::Ask as Asked;
use super::super::model::{Ask, Question};
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn orders(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, question) in script.questions.iter().zip(&scenario.questions) {
            let (Ask::PutInOrder { before } | Ask::Record { before }) = &question.ask else { continue };
            let Some(caught) = cycle(before, question) else { continue };
            let ask = row.body.ok().and_then(|q| q.ask.as_ref()?.ok());
            let field = match ask {
                Some(Asked::PutInOrder { before, .. } | Asked::Record { before, .. }) => before,
                Some(
                    Asked::Triage { .. }
                    | Asked::Categorize { .. }
                    | Asked::ChooseOne(_)
                    | Asked::ChooseSeveral(_)
                    | Asked::Assign { .. }
                    | Asked::Notify { .. }
                    | Asked::Estimate { .. }
                    | Asked::Reflect { .. },
                )
                | None => &None,
            };
            let span = self.place(field, row.key);
            let names: Vec<_> = caught.iter().map(|c| quoted(question.choices[*c].name.as_str())).collect();
            let message = format!("no order can satisfy this: {} come before each other", names.join(", "));
            self.report(Diagnostic::new(Code::OrderCycle, span, message).help("take one of the pairs away"));
        }
    }
}

/// What is left when everything without a forerunner is taken away, again and again.
fn cycle(
    before: &[(super::super::ChoiceId, super::super::ChoiceId)],
    question: &Question,
) -> Option<Vec<usize>> {
    let mut left: Vec<usize> = (0..question.choices.len()).collect();
    loop {
        let waits = |item: usize| {
            before.iter().any(|(first, second)| second.at() == item && left.contains(&first.at()))
        };
        let still: Vec<_> = left.iter().copied().filter(|item| waits(*item)).collect();
        if still.is_empty() {
            return None;
        }
        if still.len() == left.len() {
            // What only waits for a cycle is not part of one.
            let leads = |item: usize| {
                before.iter().any(|(first, second)| first.at() == item && left.contains(&second.at()))
            };
            return Some(left.iter().copied().filter(|item| leads(*item)).collect());
        }
        left = still;
    }
}
