//! Whether the script teaches what it promises, and what its evidence is for.

use super::super::diagnostic::{Code, Diagnostic, quoted};
use super::super::model::{Ask, Condition, InjectKind, Stage, Verdict};
use super::super::time::SimTime;
use super::Check;

impl Check<'_, '_, '_> {
    pub(super) fn teaching(&mut self) {
        self.promises();
        self.evidence();
        self.first_truth();
    }

    /// What is asked at STARTEX needs a key at STARTEX.
    fn first_truth(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        let scored = scenario.questions.iter().any(|q| matches!(q.ask, Ask::Triage(_) | Ask::Categorize(_)));
        let at_once = scenario.truth.iter().any(|t| t.from == SimTime::ZERO && t.when == Condition::Always);
        if let (true, false, Some(row)) = (scored, at_once, script.truth.first()) {
            let message = "nothing is true at the beginning, so a call made then cannot be scored";
            let finding = Diagnostic::new(Code::LateTruth, row.key, message);
            self.report(finding.help(
                "let one truth begin at `0m` without `when`; `verdict: TooEarly` may be the right one",
            ));
        }
    }

    fn promises(&mut self) {
        let (script, scenario, head) = (self.script, self.scenario, self.head());
        if scenario.head.content_note.trim().is_empty() {
            let finding = Diagnostic::new(Code::MissingContentNote, head, "the script has no content note");
            self.report(
                finding.help("say in `content_note` what may distress somebody, or that nothing does"),
            );
        }
        if scenario.head.objectives.is_empty() {
            let finding = Diagnostic::new(Code::MissingObjectives, head, "the script has no objectives");
            self.report(finding.help("write `objectives: [(says: \"…\", stage: Identification)]`"));
        }
        let idle = scenario.questions.is_empty() && scenario.actions.is_empty();
        if idle {
            let finding =
                Diagnostic::new(Code::NothingToDo, head, "there is nothing to decide and nothing to do");
            self.report(finding.help("add a question or an action"));
        }
        let exercised = self.exercised();
        let written = script.file.objectives.as_ref().and_then(|at| at.ok()).map_or(&[][..], Vec::as_slice);
        for (at, objective) in written.iter().zip(&scenario.head.objectives) {
            if !idle && !exercised.contains(&objective.stage) {
                let place = at.ok().map_or(head, |o| self.place(&o.stage, self.reader.span(at)));
                let message = format!("nothing in this script exercises {}", quoted(objective.stage.label()));
                let finding = Diagnostic::new(Code::UnexercisedObjective, place, message);
                self.report(
                    finding.help(
                        "add a question, an action or a checkpoint of that stage, or drop the objective",
                    ),
                );
            }
        }
    }

    fn exercised(&self) -> Vec<Stage> {
        let scenario = self.scenario;
        let mut stages: Vec<_> = scenario.questions.iter().map(|question| question.stage).collect();
        stages.extend(scenario.actions.iter().map(|action| action.stage));
        stages.extend(scenario.injects.iter().filter_map(|inject| match &inject.kind {
            InjectKind::Checkpoint(checkpoint) => Some(checkpoint.stage),
            InjectKind::Contextual | InjectKind::Contingency => None,
        }));
        stages.extend(scenario.duties.iter().filter(|duty| duty.weight > 0).map(|duty| duty.stage));
        stages
    }

    fn evidence(&mut self) {
        let (script, scenario) = (self.script, self.scenario);
        for (row, evidence) in script.evidence.iter().zip(&scenario.evidence) {
            if evidence.supports.is_empty() && !evidence.decoy {
                let finding = Diagnostic::new(Code::IdleEvidence, row.key, "this evidence supports nothing");
                self.report(finding.help("name the truth it `supports`, or say `decoy: true`"));
            }
            if evidence.decoy && !evidence.supports.is_empty() {
                let place = row.body.ok().map_or(row.key, |file| self.place(&file.supports, row.key));
                let finding = Diagnostic::new(
                    Code::DecoySupports,
                    place,
                    "a decoy leads nowhere, yet this one supports a truth",
                );
                self.report(finding.help("take `decoy` or `supports` away"));
            }
        }
        for (number, (row, truth)) in script.truth.iter().zip(&scenario.truth).enumerate() {
            let supported = scenario.evidence.iter().any(|e| e.supports.iter().any(|t| t.at() == number));
            if truth.verdict != Verdict::TooEarly && !supported {
                let finding =
                    Diagnostic::new(Code::UnsupportedTruth, row.key, "no evidence supports this truth");
                self.report(
                    finding.help("add evidence from which a trainee can tell, and let it `supports` this"),
                );
            }
        }
    }
}
