//! Credits and keys: whether a question can be answered well, and only well.

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file;
use super::super::lower::{Offer, Row};
use super::super::model::{Ask, CategorizeSpec, Choice, Question, TriageTable, Verdict};
use super::super::taxonomy::Axis;
use super::Check;

/// A worst choice above this is not poor any more (`scoring.md`: poor is 0 to 20).
const POOR_CREDIT_MAX: i16 = 20;

impl Check<'_, '_, '_> {
    pub(super) fn scores(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for ((row, offers), question) in script.questions.iter().zip(&script.offers).zip(&scenario.questions)
        {
            let sound = row.body.ok().is_some_and(|q| q.ask.as_ref().is_some_and(|ask| ask.ok().is_some()));
            if !sound || offers.iter().any(|offer| !offer.sound) {
                continue;
            }
            match &question.ask {
                Ask::ChooseOne => {
                    self.enough(row, offers);
                    self.best_and_worst(row, offers, question);
                }
                Ask::ChooseSeveral => {
                    self.enough(row, offers);
                    self.some_right(row, offers, question, true);
                }
                Ask::PutInOrder { before } => {
                    self.enough(row, offers);
                    if before.is_empty() {
                        let message = "nothing says which order is right";
                        let finding = Diagnostic::new(Code::NoBestChoice, row.key, message);
                        self.report(finding.help("write `before: [(\"first\", \"second\")]`"));
                    }
                }
                Ask::Record { before } => {
                    self.enough(row, offers);
                    self.some_right(row, offers, question, before.is_empty());
                }
                Ask::Assign(_) | Ask::Notify(_) => self.pairs(row, offers, question),
                Ask::Triage(table) => {
                    self.truth_for_triage(row);
                    self.right_calls(row, table);
                }
                Ask::Categorize(spec) => {
                    self.truth_for(row, spec);
                    self.right_levels(row, spec);
                }
                Ask::Estimate(_) | Ask::Reflect { .. } => {}
            }
            self.same_choice(offers, question);
            self.silence(row, question);
        }
    }

    /// Not answering is never the way to earn something.
    fn silence(&mut self, row: &Row<'_, file::Question>, question: &Question) {
        let Some(file) = row.body.ok().filter(|_| question.lapse_credit > POOR_CREDIT_MAX) else { return };
        let lapse = file.lapse.as_ref().and_then(|at| at.ok());
        let place = lapse.map_or(row.key, |lapse| self.place(&lapse.credit, row.key));
        let message = format!("not answering this question earns {}", question.lapse_credit);
        let finding = Diagnostic::new(Code::SilencePays, place, message);
        self.report(finding.help("silence earns 0 to 20, or less than nothing where it does harm"));
    }

    /// A call earns most where it is right.
    fn right_calls(&mut self, row: &Row<'_, file::Question>, table: &TriageTable) {
        for (verdict, credits) in Verdict::ALL.iter().zip(&table.credit) {
            let right = credits[*verdict as usize];
            if credits.iter().enumerate().any(|(called, c)| called != *verdict as usize && *c >= right) {
                let truth = quoted(verdict.name());
                let message = format!("where {truth} is true, another call earns as much or more");
                self.wrong_call(row, &message, "let the right call of each row earn the most, usually 100");
            }
        }
    }

    /// A level earns less the further it is off.
    fn right_levels(&mut self, row: &Row<'_, file::Question>, spec: &CategorizeSpec) {
        let rises = |credits: &[i16]| credits.windows(2).any(|pair| pair[1] > pair[0]);
        let level = |credits: &[i16]| credits.first().is_some_and(|exact| credits[1..].contains(exact));
        if spec.severity && [&spec.over, &spec.under].iter().any(|c| rises(c) || level(c)) {
            let message = "a severity that is further off earns as much or more";
            self.wrong_call(row, message, "let `over` and `under` begin with 100 and fall from there");
        }
    }

    fn wrong_call(&mut self, row: &Row<'_, file::Question>, message: &str, help: &str) {
        let place = row.body.ok().map_or(row.key, |file| self.place(&file.ask, row.key));
        // The kind of question is enough to point at; the rest may be long.
        let end = self.reader.text[place.start..place.end].find('(').map_or(place.end, |at| place.start + at);
        let finding = Diagnostic::new(Code::WrongCallPays, Span { start: place.start, end }, message);
        self.report(finding.help(help));
    }

    fn enough(&mut self, row: &Row<'_, file::Question>, offers: &[Offer<'_>]) {
        if offers.len() < 2 && !self.reader.troubled(self.reader.span(row.body)) {
            let message = "this question leaves nothing to decide";
            let finding = Diagnostic::new(Code::TooFewChoices, row.key, message);
            self.report(finding.help("offer two choices at least"));
        }
    }

    fn best_and_worst(&mut self, row: &Row<'_, file::Question>, offers: &[Offer<'_>], question: &Question) {
        // A choice counts with all that it can be worth, whatever is known by then.
        let most = |choice: &Choice| choice.by_truth.iter().map(|(_, c)| *c).fold(choice.credit, i16::max);
        let least = |choice: &Choice| choice.by_truth.iter().map(|(_, c)| *c).fold(choice.credit, i16::min);
        let best = question.choices.iter().map(most).max();
        let (Some(best), Some(worst)) = (best, question.choices.iter().map(least).min()) else { return };
        if self.reader.troubled(self.reader.span(row.body)) {
            return;
        }
        if best < 100 {
            let message = format!("the best choice of this question earns {best} only");
            let finding = Diagnostic::new(Code::NoBestChoice, row.key, message);
            self.report(finding.help("give `credit: 100` to the choice that you would want to see"));
        }
        if worst > POOR_CREDIT_MAX && question.choices.len() > 1 {
            let worst_row = question.choices.iter().position(|choice| least(choice) == worst).unwrap_or(0);
            let message = format!("the worst choice of this question still earns {worst}");
            let span = self.place(offers[worst_row].credit, offers[worst_row].key);
            let finding = Diagnostic::new(Code::WorstPays, span, message);
            self.report(finding.help("a poor choice earns 0 to 20, a harmful one less than nothing"));
        }
    }

    fn some_right(
        &mut self,
        row: &Row<'_, file::Question>,
        offers: &[Offer<'_>],
        question: &Question,
        all_matters: bool,
    ) {
        let right = question.key().len();
        if right == 0 {
            let finding = Diagnostic::new(Code::NoBestChoice, row.key, "nothing on offer is right");
            self.report(finding.help("write `right: true` on what belongs to the answer"));
        } else if right == offers.len() && all_matters && right > 1 {
            let finding = Diagnostic::new(Code::EverythingRight, row.key, "everything on offer is right");
            self.report(finding.help("offer something that looks right and is not"));
        }
    }

    /// Tasks and recipients: somebody must be needed, and there must be a choice.
    fn pairs(&mut self, row: &Row<'_, file::Question>, offers: &[Offer<'_>], question: &Question) {
        let partners = question.ask.partners().len();
        let ask = row.body.ok().and_then(|q| q.ask.as_ref()?.ok());
        let missing = matches!(ask, Some(file::Ask::Assign { tasks, among }) if tasks.is_none() || among.is_none())
            || matches!(ask, Some(file::Ask::Notify { whom, through, .. }) if whom.is_none() || through.is_none());
        if missing || self.reader.troubled(self.reader.span(row.body)) {
            return;
        }
        let help = if matches!(question.ask, Ask::Notify(_)) {
            "write `right: true` on somebody who must be told"
        } else {
            "write `to` on a task that somebody must do"
        };
        if offers.is_empty() || partners == 0 || offers.len() + partners < 3 {
            let message = "this question leaves nothing to decide";
            let finding = Diagnostic::new(Code::TooFewChoices, row.key, message);
            self.report(finding.help("offer two rows at least, or two to pair one with"));
        } else if question.key().is_empty() {
            let finding = Diagnostic::new(Code::NoBestChoice, row.key, "nothing on offer is right");
            self.report(finding.help(help));
        }
    }

    fn same_choice(&mut self, offers: &[Offer<'_>], question: &Question) {
        for (row, choice) in question.choices.iter().enumerate() {
            let says = choice.says.trim().to_lowercase();
            let first =
                question.choices[..row].iter().position(|other| other.says.trim().to_lowercase() == says);
            if let (Some(first), Some(at)) = (first.filter(|_| !says.is_empty()), offers[row].says) {
                let finding =
                    Diagnostic::new(Code::SameChoice, self.reader.span(at), "two choices say the same");
                let finding =
                    finding.label(self.place(offers[first].says, offers[first].key), "the first one");
                self.report(finding.help("trainees cannot tell them apart; change one of them"));
            }
            if offers[row].says.is_none() && !matches!(question.ask, Ask::Triage(_)) {
                let finding = Diagnostic::new(Code::MissingField, offers[row].key, "a choice needs `says`");
                self.report(finding);
            }
        }
    }

    fn truth_for_triage(&mut self, row: &Row<'_, file::Question>) {
        if self.scenario.truth.is_empty() && !self.reader.holes {
            self.no_truth(row, "this question is scored against the truth, and the script tells none");
        }
    }

    /// Every part that is asked must be told by some truth.
    fn truth_for(&mut self, row: &Row<'_, file::Question>, spec: &CategorizeSpec) {
        if self.reader.holes {
            return;
        }
        let categories = || self.scenario.truth.iter().filter_map(|truth| truth.category);
        let mut untold = Vec::new();
        if spec.class && !categories().any(|category| category.class.is_some()) {
            untold.push("class");
        }
        if spec.severity && !categories().any(|category| category.severity.is_some()) {
            untold.push("severity");
        }
        for axis in Axis::ALL {
            if spec.asks(axis) && !categories().any(|category| category.impact[axis as usize].is_some()) {
                untold.push(axis.name());
            }
        }
        if let Some(part) = untold.first() {
            self.no_truth(row, &format!("this question asks for `{part}`, and no truth tells it"));
        }
    }

    fn no_truth(&mut self, row: &Row<'_, file::Question>, message: &str) {
        let finding = Diagnostic::new(Code::NoTruth, row.key, message);
        self.report(finding.help("add it to `truth`, with the moment from which it can be known"));
    }
}
