//! Questions of every kind, with their choices.

use super::super::at::{At, Span};
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::file::{self, Ask as Asked};
use super::super::id::{ChoiceId, QuestionId, TruthId};
use super::super::model::{
    Ask, CategorizeSpec, Choice, EstimateKey, EstimateSpec, Hint, Question, Stage, TriageTable, Verdict,
};
use super::super::severity::Scheme;
use super::conditions::Lower;
use super::offers::Offer;
use super::reader::{Kind, Owner, Seen, listed};
use crate::limits::{
    CHOICES_MAX, ENTRIES_MAX, GAUGE_AMOUNT_MAX, HINTS_MAX, LABEL_BYTES_MAX, SEVERITIES_MAX, TEXT_BYTES_MAX,
    WEIGHT_MAX,
};
use crate::speech::noted;

impl Lower<'_, '_, '_> {
    pub(super) fn questions(&mut self) -> Vec<Question> {
        let empty = file::Question::default();
        let mut questions = Vec::new();
        for (row, offers) in self.script.questions.iter().zip(&self.script.offers) {
            let id = QuestionId::of(questions.len());
            let read = self.reader.get(row.body);
            let q = read.unwrap_or(&empty);
            let owner = |field| Owner(row.key, "a question", field);
            let lapse = self.lapse(&q.lapse);
            questions.push(Question {
                name: row.name.clone(),
                stage: read.map_or(Stage::Identification, |_| self.stage(&q.stage, owner("stage"))),
                says: match read {
                    Some(_) => self.reader.must_text(&q.says, owner("says"), Seen::Play, TEXT_BYTES_MAX),
                    None => String::new(),
                },
                opens: self.reader.time(&q.opens),
                lapses: self.reader.time(&q.lapses),
                good: self.reader.time(&q.good),
                floor: self.reader.number(&q.floor, 0..=100, 50),
                weight: self.weight(&q.weight),
                seats: self.seat_set(&q.seats),
                choices: offers.iter().map(|offer| self.offer(offer)).collect(),
                ask: match read {
                    Some(_) => self.ask(&q.ask, id, owner("ask")),
                    None => Ask::ChooseOne,
                },
                keep_order: self.reader.flag(&q.keep_order, false),
                rests_on: {
                    let list = self.reader.list(&q.rests_on, ENTRIES_MAX);
                    list.into_iter().filter_map(|at| self.evidence(at)).collect()
                },
                confidence: self.reader.flag(&q.confidence, false),
                reason: self.reader.flag(&q.reason, false),
                hints: self.hints(&q.hints),
                lapse_credit: lapse.0,
                lapse_then: lapse.1,
                lapse_why: lapse.2,
                then: self.effects(&q.then),
                why: self.after(&q.why, TEXT_BYTES_MAX),
                source: self.source(&q.source),
            });
            if let Some(question) = questions.last_mut() {
                self.verdicts(&q.ask, question);
                needed(question);
            }
        }
        questions
    }

    fn offer(&mut self, offer: &Offer<'_>) -> Choice {
        let says = self.reader.some_text(offer.says, "says", Seen::Play, LABEL_BYTES_MAX);
        Choice {
            name: offer.name.clone(),
            says,
            credit: self.credit(offer.credit),
            by_truth: self.credits_by_truth(offer.by_truth),
            right: self.reader.flag(offer.right, false),
            when: self.condition(offer.when),
            then: self.effects(offer.then),
            why: self.after(offer.why, TEXT_BYTES_MAX),
            source: self.source(offer.source),
        }
    }

    fn hints(&mut self, field: &file::List<file::Hint>) -> Vec<Hint> {
        let list = self.reader.list(field, HINTS_MAX);
        let hints = list.into_iter().filter_map(|at| {
            let owner = Owner(self.reader.span(at), "a hint", "says");
            let hint = self.reader.get(at)?;
            Some(Hint {
                says: self.reader.must_text(&hint.says, owner, Seen::Play, TEXT_BYTES_MAX),
                price: self.reader.number(&hint.price, 0..=100, 0),
            })
        });
        hints.collect()
    }

    fn lapse(&mut self, field: &file::Opt<file::Lapse>) -> (i16, Vec<super::super::model::Effect>, String) {
        match self.reader.take(field) {
            Some(lapse) => (
                self.credit(&lapse.credit),
                self.effects(&lapse.then),
                self.after(&lapse.why, TEXT_BYTES_MAX),
            ),
            None => (0, Vec::new(), String::new()),
        }
    }

    fn ask(&mut self, field: &file::Opt<Asked>, id: QuestionId, owner: Owner) -> Ask {
        match self.reader.must(field, owner) {
            None | Some(Asked::ChooseOne(_)) => Ask::ChooseOne,
            Some(Asked::ChooseSeveral(_)) => Ask::ChooseSeveral,
            Some(Asked::Triage { table, .. }) => Ask::Triage(self.table(table)),
            Some(Asked::Categorize { asks, too_early, revisable, weights, over, under }) => {
                Ask::Categorize(CategorizeSpec {
                    too_early: self.reader.flag(too_early, true),
                    revisable: self.reader.flag(revisable, true),
                    weights: self.weights(weights),
                    over: self.steps(over, &[100, 60, 0]),
                    under: self.steps(under, &[100, 40, 0]),
                    ..self.asked(asks)
                })
            }
            Some(Asked::PutInOrder { before, .. }) => Ask::PutInOrder { before: self.before(before, id) },
            Some(Asked::Record { before, .. }) => Ask::Record { before: self.before(before, id) },
            Some(Asked::Assign { tasks, among }) => Ask::Assign(self.assign(id, tasks, among, owner.0)),
            Some(Asked::Notify { whom, through, by }) => {
                Ask::Notify(self.notify(id, whom, (through, by), owner.0))
            }
            Some(Asked::Estimate { unit, answer, tolerance, outer, by_truth }) => {
                let key = self.estimate([answer, tolerance, outer], owner.0, None);
                Ask::Estimate(EstimateSpec {
                    unit: self.reader.some_text(unit, "unit", Seen::Play, LABEL_BYTES_MAX),
                    key,
                    by_truth: self.keys_by_truth(by_truth, key),
                })
            }
            Some(Asked::Reflect { key_points }) => {
                let list = self.reader.list(key_points, ENTRIES_MAX);
                let points = list
                    .into_iter()
                    .map(|at| self.reader.filled(at, "key_points", Seen::After, LABEL_BYTES_MAX));
                Ask::Reflect { key_points: points.collect() }
            }
        }
    }

    /// One right number; what another truth leaves unsaid is as it is otherwise.
    fn estimate(
        &mut self,
        fields: [&file::Opt<i64>; 3],
        owner: Span,
        otherwise: Option<EstimateKey>,
    ) -> EstimateKey {
        let [answer, tolerance, outer] = fields;
        let amounts = 0..=GAUGE_AMOUNT_MAX;
        self.reader.must(answer, Owner(owner, "an estimate", "answer"));
        if otherwise.is_none() {
            self.reader.must(outer, Owner(owner, "an estimate", "outer"));
        }
        let near = otherwise.map_or(0, |key| key.tolerance);
        let tolerance_there: i64 = self.reader.number(tolerance, amounts.clone(), near);
        let far = otherwise.map_or(tolerance_there + 1, |key| key.outer);
        let outer_there = self.reader.number(outer, amounts, far);
        if let Some(at) = outer.as_ref().or(tolerance.as_ref())
            && outer_there <= tolerance_there
        {
            let message = "`outer` is not beyond `tolerance`";
            let finding = Diagnostic::new(Code::OutOfRange, self.reader.span(at), message);
            self.reader.report(finding.help("credit falls from `tolerance` to nothing at `outer`"));
        }
        EstimateKey {
            answer: self.reader.number(answer, -GAUGE_AMOUNT_MAX..=GAUGE_AMOUNT_MAX, 0),
            tolerance: tolerance_there,
            outer: outer_there,
        }
    }

    fn keys_by_truth(
        &mut self,
        field: &file::Map<file::Number>,
        otherwise: EstimateKey,
    ) -> Vec<(TruthId, EstimateKey)> {
        let mut keys = Vec::new();
        for (key, body) in self.reader.entries(field, "truths", ENTRIES_MAX) {
            let span = self.reader.span(body);
            if let (Some(row), Some(number)) = (self.reader.refer(Kind::Truth, key), self.reader.get(body)) {
                let fields = [&number.answer, &number.tolerance, &number.outer];
                keys.push((TruthId::of(row), self.estimate(fields, span, Some(otherwise))));
            }
        }
        keys
    }

    fn credits_by_truth(&mut self, field: &file::Map<i64>) -> Vec<(TruthId, i16)> {
        let mut credits = Vec::new();
        for (key, body) in self.reader.entries(field, "truths", ENTRIES_MAX) {
            let row = self.reader.refer(Kind::Truth, key);
            credits.extend(row.map(TruthId::of).zip(self.reader.number_at(body, -100..=100)));
        }
        credits
    }

    fn table(&mut self, field: &file::Opt<file::Table>) -> TriageTable {
        let mut table = TriageTable { credit: [[100, -50, 0], [-20, 100, 0], [40, 0, 100]], thin: 50 };
        let Some(written) = self.reader.take(field) else { return table };
        let rows = [&written.incident, &written.not_an_incident, &written.too_early];
        for (row, credit) in rows.into_iter().zip(&mut table.credit) {
            let Some((a, b, c)) = self.reader.take(row) else { continue };
            for (at, credit) in [a, b, c].into_iter().zip(credit) {
                *credit = self.reader.number_at(at, -100..=100).unwrap_or(*credit);
            }
        }
        table.thin = self.reader.number(&written.thin, -100..=100, table.thin);
        table
    }

    /// The three choices of a triage question: fixed texts, the script's effects and rationales.
    fn verdicts(&mut self, ask: &file::Opt<Asked>, question: &mut Question) {
        let Some(Asked::Triage { then, why, .. }) = ask.as_ref().and_then(At::ok) else { return };
        for (verdict, choice) in Verdict::ALL.iter().zip(&mut question.choices) {
            choice.says = match verdict {
                Verdict::Incident => noted!("This is an incident"),
                Verdict::NotAnIncident => noted!("This is not an incident"),
                Verdict::TooEarly => noted!("I need to know more before I call it"),
            }
            .to_owned();
        }
        for row in self.reader.rows(then, "verdicts", CHOICES_MAX) {
            if let Some(id) = self.verdict(row.name.as_str(), row.key) {
                let effects = self.reader.get(row.body).map(|_| self.effects_in(row.body));
                question.choices[id.at()].then = effects.unwrap_or_default();
            }
        }
        for row in self.reader.rows(why, "verdicts", CHOICES_MAX) {
            if let Some(id) = self.verdict(row.name.as_str(), row.key) {
                question.choices[id.at()].why = self.reader.text_at(row.body, Seen::After, TEXT_BYTES_MAX);
            }
        }
    }

    fn effects_in(&mut self, at: &At<Vec<At<file::Effect>>>) -> Vec<super::super::model::Effect> {
        let list = at.ok().map_or(&[][..], Vec::as_slice);
        list.iter().take(ENTRIES_MAX).filter_map(|at| self.effect(at)).collect()
    }

    fn verdict(&mut self, name: &str, span: Span) -> Option<ChoiceId> {
        let row = Verdict::ALL.iter().position(|verdict| verdict.name() == name);
        if row.is_none() {
            let finding =
                Diagnostic::new(Code::UnknownChoice, span, format!("{} is no verdict", quoted(name)));
            self.reader.report(finding.help(listed("verdicts", Verdict::ALL.iter().map(|v| v.name()))));
        }
        row.map(ChoiceId::of)
    }

    /// Which parts a categorization asks for; the class where nothing is said.
    fn asked(&mut self, field: &file::List<file::Part>) -> CategorizeSpec {
        let mut spec = CategorizeSpec {
            class: field.is_none(),
            severity: false,
            impact: [false; 3],
            too_early: true,
            revisable: true,
            weights: [3, 5, 2],
            over: Vec::new(),
            under: Vec::new(),
        };
        for at in self.reader.list(field, ENTRIES_MAX) {
            match self.reader.get(at) {
                Some(file::Part::Class) => spec.class = true,
                // This scheme tells severity by its axes.
                Some(file::Part::Severity) if self.known.scheme == Scheme::Sp80061 => spec.impact = [true; 3],
                Some(file::Part::Severity) => spec.severity = true,
                Some(file::Part::Functional) => spec.impact[0] = true,
                Some(file::Part::Information) => spec.impact[1] = true,
                Some(file::Part::Recoverability) => spec.impact[2] = true,
                None => {}
            }
        }
        if let Some(at) = field.as_ref().filter(|at| at.ok().is_some_and(Vec::is_empty)) {
            let finding = Diagnostic::new(
                Code::TooFewChoices,
                self.reader.span(at),
                "this categorization asks for nothing",
            );
            self.reader.report(finding.help("write `asks: [Class]`, and what else the trainee must say"));
        }
        spec
    }

    fn weights(&mut self, field: &file::Opt<(At<i64>, At<i64>, At<i64>)>) -> [u16; 3] {
        let default = [3, 5, 2];
        let Some((first, last, until)) = self.reader.take(field) else { return default };
        let mut weights = default;
        for (at, weight) in [first, last, until].into_iter().zip(&mut weights) {
            *weight = self.reader.number_at(at, 0..=i64::from(WEIGHT_MAX)).unwrap_or(*weight);
        }
        if let Some(at) = field.as_ref().filter(|_| weights == [0, 0, 0]) {
            let finding =
                Diagnostic::new(Code::OutOfRange, self.reader.span(at), "one weight must be above zero");
            self.reader.report(finding);
        }
        weights
    }

    /// Credit by steps off; an exact call comes first.
    fn steps(&mut self, field: &file::List<i64>, or: &[i16]) -> Vec<i16> {
        let list = self.reader.list(field, SEVERITIES_MAX);
        if list.is_empty() {
            return or.to_vec();
        }
        list.into_iter().map(|at| self.reader.number_at(at, 0..=100).unwrap_or(0)).collect()
    }

    /// Which item comes before which.
    fn before(
        &mut self,
        field: &file::List<file::Pair<String>>,
        id: QuestionId,
    ) -> Vec<(ChoiceId, ChoiceId)> {
        let list = self.reader.list(field, CHOICES_MAX * CHOICES_MAX);
        let pairs = list.into_iter().filter_map(|at| {
            let (first, second) = self.reader.get(at)?;
            Some((self.choice(id, first)?, self.choice(id, second)?))
        });
        pairs.collect()
    }
}

/// Which tasks somebody must do; recipients say so themselves.
fn needed(question: &mut Question) {
    if let Ask::Assign(spec) = &question.ask {
        for (worth, task) in spec.worth.iter().zip(&mut question.choices) {
            task.right = worth.iter().any(|(_, credit)| *credit > 0);
        }
    }
}
