//! Rationales and their sources: without them a debrief can only say "wrong".

use std::collections::BTreeMap;

use super::super::at::Span;
use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::model::{Ask, InjectKind};
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn rationales(&mut self) {
        self.of_questions();
        self.of_the_rest();
        self.same_rationale();
    }

    fn missing_why(&mut self, span: Span, what: &str) {
        let finding = Diagnostic::new(Code::MissingRationale, span, format!("{what} has no rationale"));
        self.report(finding.help("say in `why` what is right or wrong about it, kindly"));
    }

    fn of_questions(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for ((row, offers), question) in script.questions.iter().zip(&script.offers).zip(&scenario.questions)
        {
            let Some(file) = row.body.ok() else { continue };
            if file.ask.as_ref().is_none_or(|ask| ask.ok().is_none()) {
                continue;
            }
            match &question.ask {
                Ask::ChooseOne
                | Ask::ChooseSeveral
                | Ask::PutInOrder { .. }
                | Ask::Record { .. }
                | Ask::Assign(_)
                | Ask::Notify(_) => {
                    let with: Vec<_> =
                        (0..offers.len()).filter(|c| !question.choices[*c].why.trim().is_empty()).collect();
                    match with[..] {
                        [only] if offers.len() > 1 && question.choices[only].credit == 100 => {
                            let message = "only the best choice has a rationale, which gives it away in the debrief of others";
                            let finding = Diagnostic::new(Code::OnlyReason, offers[only].key, message);
                            self.report(
                                finding
                                    .help("write a `why` for every choice; the tempting ones need it most"),
                            );
                        }
                        _ => {
                            for (offer, choice) in offers.iter().zip(&question.choices) {
                                if offer.sound && choice.why.trim().is_empty() {
                                    self.missing_why(
                                        offer.key,
                                        &format!("choice {}", quoted(offer.name.as_str())),
                                    );
                                }
                            }
                        }
                    }
                }
                Ask::Triage(_) | Ask::Categorize(_) | Ask::Estimate(_) => {
                    if question.why.trim().is_empty() {
                        self.missing_why(row.key, "this question");
                    }
                }
                Ask::Reflect { .. } => {}
            }
            if question.lapses.is_some()
                && question.lapse_why.trim().is_empty()
                && !matches!(question.ask, Ask::Reflect { .. })
            {
                let span = self.place(&file.lapses, row.key);
                let finding =
                    Diagnostic::new(Code::MissingRationale, span, "nothing says what silence means here");
                self.report(
                    finding.help("write `lapse: (why: \"…\")`; who did not answer reads a debrief too"),
                );
            }
        }
    }

    fn of_the_rest(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, action) in script.actions.iter().zip(&scenario.actions) {
            if row.body.ok().is_some() && action.why.trim().is_empty() {
                self.missing_why(row.key, "this action");
            }
        }
        for (row, inject) in script.injects.iter().zip(&scenario.injects) {
            if let InjectKind::Checkpoint(checkpoint) = &inject.kind
                && checkpoint.why.trim().is_empty()
            {
                self.missing_why(row.key, "this checkpoint");
            }
        }
        for (row, duty) in script.duties.iter().zip(&scenario.duties) {
            if row.body.ok().is_some() && duty.why.trim().is_empty() {
                self.missing_why(row.key, "this duty");
            }
        }
        for (row, truth) in script.truth.iter().zip(&scenario.truth) {
            if row.body.ok().is_some() && truth.why.trim().is_empty() {
                self.missing_why(row.key, "this truth");
            }
        }
    }

    /// Each scored item should rest on something that a trainee can read.
    pub(super) fn sources_named(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let mut bare = Vec::new();
        for (row, question) in script.questions.iter().zip(&scenario.questions) {
            let named =
                question.source.is_some() || question.choices.iter().any(|choice| choice.source.is_some());
            if row.body.ok().is_some() && !named && !matches!(question.ask, Ask::Reflect { .. }) {
                bare.push((row.key, "no rationale of this question names a source"));
            }
        }
        for (row, action) in script.actions.iter().zip(&scenario.actions) {
            if row.body.ok().is_some() && action.source.is_none() && action.credit != 0 {
                bare.push((row.key, "the rationale of this action names no source"));
            }
        }
        for (row, inject) in script.injects.iter().zip(&scenario.injects) {
            if matches!(&inject.kind, InjectKind::Checkpoint(checkpoint) if checkpoint.source.is_none()) {
                bare.push((row.key, "the rationale of this checkpoint names no source"));
            }
        }
        for (row, duty) in script.duties.iter().zip(&scenario.duties) {
            // A rule of the catalogue names its own.
            if row.body.ok().is_some() && duty.source.is_none() && duty.regime.is_none() {
                bare.push((row.key, "the rationale of this duty names no source"));
            }
        }
        for (row, source) in script.sources.iter().zip(&scenario.sources) {
            if let (Some(file), false, true) =
                (row.body.ok(), source.address.is_empty(), source.read.is_empty())
            {
                let place = self.place(&file.address, row.key);
                let message = "nothing says when this address was read";
                let finding = Diagnostic::new(Code::UndatedSource, place, message);
                self.report(finding.help("write the day in `read`, such as `read: \"2026-11-23\"`"));
            }
        }
        if script.file.sources.is_none() && !bare.is_empty() {
            bare = vec![(self.head(), "this script names no sources")];
        }
        for (span, message) in bare {
            let finding = Diagnostic::new(Code::MissingSource, span, message);
            self.report(finding.help("name one in `source` and list it in `sources`; a debrief shows it"));
        }
    }

    fn same_rationale(&mut self) {
        let script = self.script;
        let of_choices = script.offers.iter().flatten().map(|offer| offer.why);
        let of_actions = script.actions.iter().filter_map(|row| Some(&row.body.ok()?.why));
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for at in of_choices.chain(of_actions).flatten() {
            let Some(why) = at.ok().map(|why| why.trim()).filter(|why| !why.is_empty()) else { continue };
            let span = self.reader.span(at);
            match seen.get(why) {
                None => {
                    seen.insert(why, span);
                }
                Some(first) => {
                    let finding = Diagnostic::new(
                        Code::SameRationale,
                        span,
                        "this rationale stands here for the second time",
                    );
                    self.reader.report(
                        finding.label(*first, "the first time").help("say what is particular about this one"),
                    );
                }
            }
        }
    }
}
